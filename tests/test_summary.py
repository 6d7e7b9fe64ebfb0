from typing import Any

import pytest
from rich.console import Console, RenderableType

from hkcrypto.article import article_view
from hkcrypto.schema import ENTITY_TYPES, STATUSES
from hkcrypto.summary import (
    STATUS_STYLES,
    TYPE_STYLES,
    Corpus,
    Fact,
    Thing,
    brief,
    corpus_view,
    counted,
    document_view,
    phrase,
    plain,
    sentence,
)

TEXT = "LotusEx will apply to the HKMA.\tShare\x1b[31m this"


def relation(kind: str = "applies_for_licence", status: str = "planned", **qualifiers: str) -> dict[str, Any]:
    evidence = {"text": "will apply", "start": 8, "end": 18, "rule": "apply.verb", "cue": {"text": "will", "start": 8, "end": 12}}
    return {
        "type": kind,
        "subject": "lotusex",
        "object": "hkma",
        "status": status,
        "confidence": 0.9,
        "qualifiers": qualifiers,
        "evidence": [evidence],
    }


def record(*relations: dict[str, Any], source: str = "a.txt") -> dict[str, Any]:
    return {
        "document": {
            "source": source,
            "title": "A title",
            "published": "2023-03",
            "publisher": None,
            "language": "en",
            "relevance": 0.8,
            "sections": [{"kind": "body", "start": 0, "end": 32}, {"kind": "boilerplate", "start": 32, "end": len(TEXT)}],
        },
        "entities": [
            {"id": "lotusex", "type": "FIRM", "name": "LotusEx", "kb": False, "mentions": [{"text": "LotusEx", "start": 0, "end": 7}]},
            {"id": "hkma", "type": "REGULATOR", "name": "Hong Kong Monetary Authority", "kb": True, "mentions": [{"start": 26, "end": 30}]},
        ],
        "values": [],
        "relations": list(relations),
        "statements": [],
        "warnings": [],
    }


def shown(view: RenderableType, width: int = 80, *, colour: bool = False) -> str:
    console = Console(width=width, force_terminal=colour, color_system="standard" if colour else None, record=True, highlight=False)
    with console.capture() as capture:
        console.print(view)
    return capture.get()


def words(view: RenderableType, width: int = 80) -> str:
    return " ".join(shown(view, width).split())


def test_sentence_says_who_does_what_and_when() -> None:
    qualifiers = {"stage": "granted", "licence": "Type 1", "date": "2023-04"}
    fact = Fact("licenses", Thing("REGULATOR", "SFC"), Thing("FIRM", "LotusEx"), "possible", qualifiers)
    assert sentence(fact).plain == "SFC (REGULATOR) grants a licence to LotusEx (FIRM) · possible · 2023-04 · licence: Type 1"


def test_phrase_of_an_unknown_relation_is_its_name() -> None:
    assert phrase("sings_with", {}) == ("sings with", None)


def test_phrase_takes_in_a_qualifier() -> None:
    assert phrase("holds_position", {"title": "chief executive"}) == ("is chief executive of", "title")


def test_phrase_falls_back_where_a_qualifier_is_missing() -> None:
    assert phrase("enforces_against", {"action": "tickled"}) == ("acts against", None)


def test_corpus_joins_what_documents_share() -> None:
    corpus = Corpus.of(record(relation()), record(relation(), source="b.txt"))
    assert [thing.mentions for thing in corpus.things.values()] == [2, 2]
    assert [fact.documents for fact in corpus.facts.values()] == [2]


def test_corpus_keeps_one_name_with_two_types_apart() -> None:
    other = record()
    other["entities"][0]["type"] = "ASSET"
    assert len(Corpus.of(record(), other).things) == 3


def test_timeline_is_sorted_by_date() -> None:
    dates = ["2024", "2023-Q4", "2023-11", "2023-H1", "2022-12/2023-02"]
    view = shown(document_view(record(*(relation(date=date) for date in dates))), 200).partition("Timeline")[2]
    assert [line.split()[0] for line in view.splitlines() if line.strip()] == ["2022-12/2023-02", "2023-H1", "2023-Q4", "2023-11", "2024"]


def test_tables_stop_at_the_top() -> None:
    view = words(document_view(record(*(relation(status=status) for status in STATUSES)), top=2))
    assert "… 3 more" in view


@pytest.mark.parametrize("width", [60, 200])
def test_views_fit_the_width(width: int) -> None:
    one = record(relation(date="2023-04", licence="a licence " * 10))
    for view in (document_view(one), corpus_view(Corpus.of(one, one)), brief(Corpus.of(one), 3), article_view(one, TEXT)):
        assert max(map(len, shown(view, width).splitlines())) <= width


def test_status_is_there_as_text_without_colour() -> None:
    assert all(f"· {status}" in words(document_view(record(relation(status=status)))) for status in STATUSES)


def test_views_without_colour_hold_no_escapes() -> None:
    assert "\x1b" not in shown(document_view(record(relation()))) + shown(article_view(record(relation()), TEXT, colour=False))


def test_every_type_and_status_has_a_style() -> None:
    assert set(TYPE_STYLES) == set(ENTITY_TYPES)
    assert set(STATUS_STYLES) == set(STATUSES)


def test_document_without_entities_says_so() -> None:
    assert "no entities" in words(document_view({**record(), "entities": []}))


def test_document_that_is_a_copy_says_so() -> None:
    one = record()
    one["document"]["duplicate_of"] = "b.txt"
    assert "copy of b.txt" in words(document_view(one))
    assert "copy of" not in words(document_view(record()))


def test_brief_counts() -> None:
    assert words(brief(Corpus.of(record(relation())), 1), 200) == (
        "1 document · 2 entities (2 mentions) · 1 relation · 0 statements · 0 values · 1 failed REGULATOR 1 · FIRM 1 applies_for_licence 1"
    )


@pytest.mark.parametrize(("number", "text"), [(0, "0 entities"), (1, "1 entity"), (1200, "1,200 entities")])
def test_counted_knows_the_plural(number: int, text: str) -> None:
    assert counted(number, "entity") == text


def test_plain_keeps_every_character_in_its_place() -> None:
    assert plain("a\x1b[1m\r\n\u3000b\tc").plain == "a�[1m \n\u3000b c"


def test_article_marks_entities_without_colour() -> None:
    assert "[LotusEx|FIRM] will apply to the [HKMA|REGULATOR]. Share�[31m this" in shown(article_view(record(), TEXT, colour=False))


def test_article_colours_entities() -> None:
    assert "\x1b[32mLotusEx\x1b[0m will apply" in shown(article_view(record(), TEXT), colour=True)


def test_article_dims_what_is_no_content() -> None:
    assert "\x1b[2mShare" in shown(article_view(record(), TEXT), colour=True)


def test_article_gives_the_evidence() -> None:
    assert "“will apply” apply.verb, confidence 0.9" in words(article_view(record(relation()), TEXT))


def test_article_takes_the_longer_of_two_mentions() -> None:
    one = record()
    one["entities"][1]["mentions"] = [{"start": 0, "end": 12}]
    assert "[LotusEx will|REGULATOR] apply" in shown(article_view(one, TEXT, colour=False))
