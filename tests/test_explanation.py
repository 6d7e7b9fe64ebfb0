"""Why there is a relation, why there is none, and why an entity is what it is."""

from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from hkcrypto.errors import ConfigError
from hkcrypto.explanation import Question, explain
from hkcrypto.explanation.view import explanation_view
from hkcrypto.extract import Extractor
from hkcrypto.language.clause import Clause, Sentence
from hkcrypto.pipeline.facts import LEARNED, Fact
from hkcrypto.readers.walk import find_documents
from hkcrypto.schema import Document
from hkcrypto.trace import trace

ARTICLES = Path(__file__).parent / "articles"
HELD = {f"dev-{number:02}" for number in range(3, 25, 3)}
Ask = Callable[..., dict[str, Any]]


def open_articles(folder: str) -> Iterator[Document]:
    for item in find_documents([str(ARTICLES / folder)], ["*.json", "*.md"]):
        if isinstance(item, Document) and Path(item.source).stem not in HELD:
            yield item


@pytest.fixture
def ask(extractor: Extractor) -> Ask:
    """Return a function that explains a text."""
    return lambda text, **question: explain(extractor, Document(text, "note.txt"), Question(**question))


def reason(found: dict[str, Any]) -> tuple[str, str]:
    (pair,) = found["pairs"]
    (sentence,) = pair["sentences"]
    return sentence["reason"], sentence["why"]


def test_every_relation_of_the_articles_is_explained(extractor: Extractor) -> None:
    for document in open_articles("dev"):
        found, record = explain(extractor, document), extractor.extract(document)
        rows = [(r["type"], r["subject"]["id"], r["object"]["id"], r["confidence"]) for r in found["relations"]]
        assert rows == [(r.type, r.subject, r.object, r.confidence) for r in record.relations]
        assert all(relation["readings"] for relation in found["relations"])


def test_trace_gives_the_record_of_the_extractor(extractor: Extractor) -> None:
    document = next(open_articles("fresh"))
    assert trace(extractor, document).record == extractor.extract(document)


def test_relation_names_clause_frame_and_cue(ask: Ask) -> None:
    (relation,) = ask("Kwunlon Limited plans to buy Tidalpay Limited.")["relations"]
    (reading,) = relation["readings"]
    assert [(mark["role"], mark["text"]) for mark in reading["marks"]] == [
        ("subject", "Kwunlon Limited"),
        ("cue", "plans"),
        ("predicate", "buy"),
        ("object", "Tidalpay Limited"),
    ]
    assert reading["clause"]["roles"] == {"agent": ["Kwunlon Limited"], "patient": ["Tidalpay Limited"]}
    assert reading["rule"]["id"] == "acquires.buy"
    assert reading["rule"]["file"] == "data/frames/acquires.yaml"


def test_offsets_of_marks_are_those_of_the_text(ask: Ask) -> None:
    text = "Rents fell.\nKwunlon Limited may\nbuy Tidalpay Limited."
    (relation,) = ask(text)["relations"]
    marks = relation["readings"][0]["marks"]
    assert marks
    assert all(text[mark["start"] : mark["end"]] == mark["text"] for mark in marks)


def test_confidence_is_the_product_of_its_parts(ask: Ask) -> None:
    (relation,) = ask("Kwunlon Limited grew. It bought Tidalpay Limited.")["relations"]
    parts = relation["readings"][0]["confidence"]
    product = parts["precision"]
    for step in parts["steps"].values():
        product *= step["factor"] ** step["times"]
    assert "coreference" in parts["steps"]
    assert relation["confidence"] == parts["value"] == round(product, 2)


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("Kwunlon Limited did not say whether it would buy Tidalpay Limited.", "open", "“buy” is not stated"),
        ("Kwunlon Limited and Tidalpay Limited moved house.", "listed", "side by side"),
        ("Kwunlon Limited grew while Tidalpay Limited shrank.", "no-clause", "“Kwunlon Limited” stands with “grew”"),
        ("Kwunlon Limited outnumbered Tidalpay Limited.", "no-frame", "no frame has the verb “outnumber”"),
        ("Kwunlon Limited outnumbered Tidalpay Limited's guests.", "inside", "“Tidalpay Limited” only stands in the phrase"),
    ],
)
def test_pair_without_a_relation_has_a_reason(ask: Ask, text: str, code: str, words: str) -> None:
    found = reason(ask(text, pair=("Kwunlon Limited", "Tidalpay Limited")))
    assert found[0] == code
    assert words in found[1]


def test_types_that_no_relation_joins_are_named(ask: Ask) -> None:
    code, why = reason(ask("Crypto trading differs from staking.", pair=("crypto trading", "staking")))
    assert code == "signature"
    assert "TOPIC and TOPIC" in why


class Guess:
    """Proposes that the first name of a text owns the second, as an encoder might."""

    def __init__(self, extractor: Extractor) -> None:
        self.relation = extractor.frames.relations["owns"]

    def propose(self, _text: str, sentences: list[Sentence], *_: Any) -> list[Fact]:
        names = [node for node in sentences[0].nodes if node.named]
        verb = next(node for node in sentences[0].nodes if node.tag.startswith("VB"))
        clause = Clause(verb.lemma, "verbs", verb, {}, sentence=sentences[0], phrase=(verb.start, verb.end))
        ends = names[0].entities[0], names[1].entities[0]
        return [Fact(self.relation, LEARNED, clause, *ends, "asserted", {}, (names[0], names[1]), 0.71, ("outnumbered 0.42",))]


def test_learned_relation_tells_what_was_looked_at(ask: Ask, extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extractor.nlp.get_pipe("relations"), "proposer", Guess(extractor))
    found = ask("Kwunlon Limited outnumbered Tidalpay Limited.")
    (relation,) = found["relations"]
    (reading,) = relation["readings"]
    assert (relation["confidence"], reading["rule"]["id"], reading["looked_at"]) == (0.71, "learned", ["outnumbered 0.42"])
    console = Console(width=100, file=StringIO())
    console.print(explanation_view(found))
    assert "0.71, the encoder's own probability" in console.file.getvalue()  # type: ignore[attr-defined]


def test_pair_with_a_relation_is_explained_as_one(ask: Ask) -> None:
    found = ask("Kwunlon Limited bought Tidalpay Limited.", pair=("tidalpay limited", "Kwunlon Limited"))
    assert [relation["type"] for relation in found["relations"]] == ["acquires"]
    assert found["pairs"] == []


def test_pair_in_different_sentences_shares_none(ask: Ask) -> None:
    (pair,) = ask("Kwunlon Limited grew. Tidalpay Limited shrank.", pair=("Kwunlon Limited", "Tidalpay Limited"))["pairs"]
    assert pair["why"] == "no sentence of the article has both"


def test_all_pairs_without_relation_have_a_reason(extractor: Extractor) -> None:
    for document in list(open_articles("fresh"))[:4]:
        found = explain(extractor, document, Question(pairs=True))
        assert found["relations"] == []
        assert all(pair["why"] or all(row["why"] for row in pair["sentences"]) for pair in found["pairs"])


def test_entity_tells_how_each_mention_was_found(ask: Ask) -> None:
    (entity,) = ask("The HKMA waits. It has time.", entity="hkma")["entities"]
    assert "knowledge base" in entity["link_why"]
    assert [mention["method"] for mention in entity["mentions"]] == ["ruler", "coref"]
    assert "stands for “HKMA” at 4" in entity["mentions"][1]["why"]


def test_unknown_firm_has_its_type_by_its_words(ask: Ask) -> None:
    (entity,) = ask("Kwunlon Limited waits.", entity="Kwunlon Limited")["entities"]
    assert entity["kb"] is False
    assert "head noun" in entity["type_why"]


def test_unknown_name_is_refused_with_a_remedy(ask: Ask) -> None:
    with pytest.raises(ConfigError, match="no entity 'Kwunlom Limited'; did you mean Kwunlon Limited"):
        ask("Kwunlon Limited waits.", entity="Kwunlom Limited")


def test_view_fits_sixty_columns(ask: Ask) -> None:
    console = Console(width=60, file=StringIO())
    for question in ({}, {"pairs": True}, {"entity": "Kwunlon Limited"}):
        console.print(explanation_view(ask("Kwunlon Limited bought Tidalpay Limited. Kwunlon Limited left Hong Kong.", **question)))
    lines = console.file.getvalue().splitlines()  # type: ignore[attr-defined]
    assert max(map(len, lines)) <= 60
    assert "  [subject Kwunlon Limited] [predicate bought] [object" in " ".join(lines)
