"""What changes nothing in the meaning of an article changes nothing in its relations."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

import pytest

from hkcrypto.evaluation.bank import with_entities
from hkcrypto.evaluation.gold import Gold, GoldEntity, read_gold
from hkcrypto.extract import Extractor
from hkcrypto.schema import Document, Record
from hkcrypto.script import HAN

ARTICLES = sorted((Path(__file__).parent / "articles").glob("*/*.txt"))
AMERICAN = {
    "licence": "license", "Licence": "License", "organis": "organiz", "tokenis": "tokeniz", "Tokenis": "Tokeniz", "programme": "program",
    "authoris": "authoriz", "recognis": "recogniz", "finalis": "finaliz", "favour": "favor", "cancelled": "canceled", "defence": "defense",
    "digitis": "digitiz", "legalis": "legaliz", "penalis": "penaliz", "labour": "labor",
}  # fmt: skip
ABOVE = "Home | World | Money | Sport | Sign in\n\n"
BELOW = "\n\nRecent Posts\nFerry line adds a night boat\nTen noodle shops to try\n\nShare this article\n"
UNRELATED = "\n\nThe ferries ran late on Sunday because of the fog, and the noodle shops by the pier were full."
NAMES = {
    "FIRM": ("Quorvex", "Haldane Pay", "Mizzen Labs", "Orrery Markets", "Tarn Digital", "Fulmar Exchange"),
    "BANK": ("Grebe Bank", "Bank of Skerry", "Tern Commercial Bank"),
    "PERSON": ("Odile Marsh", "Tobin Reyes", "Wen Kaito", "Priya Lund"),
}


def wrapped(text: str) -> str:
    return "\n".join(
        textwrap.fill(line, 72, break_long_words=False, break_on_hyphens=False) if len(line) > 90 and not HAN.search(line) else line
        for line in text.split("\n")
    )


def straight(text: str) -> str:
    return text.translate(str.maketrans("’‘“”", "''\"\""))


def curly(text: str) -> str:
    text = re.sub(r"(?<=\w)'", "’", text)
    return re.sub(r"(^|[\s(])\"", r"\1“", text).replace('"', "”")


def american(text: str) -> str:
    for one, other in AMERICAN.items():
        text = text.replace(one, other)
    return text


def facts(record: Record) -> set[tuple[str, str, str, str]]:
    return {(r.type, r.subject, r.object, r.status) for r in record.relations}


def agreement(pairs: list[tuple[set[tuple[str, str, str, str]], set[tuple[str, str, str, str]]]]) -> float:
    """The share of relations that both versions have."""
    return sum(len(one & other) for one, other in pairs) / sum(len(one | other) for one, other in pairs)


@pytest.fixture(scope="module")
def plain(extractor: Extractor) -> dict[str, set[tuple[str, str, str, str]]]:
    """Return the relations of each article as it is."""
    return {path.stem: facts(extractor.extract(path.read_text(encoding="utf-8-sig"))) for path in ARTICLES}


@pytest.mark.parametrize(
    ("change", "at_least"),
    [
        pytest.param(wrapped, 0.97, id="hard-wrapped lines"),
        pytest.param(straight, 0.98, id="straight quotes"),
        pytest.param(curly, 0.98, id="curly quotes"),
        pytest.param(american, 0.98, id="American spelling"),
        pytest.param(lambda text: text.rstrip() + BELOW, 0.98, id="furniture below"),
        pytest.param(lambda text: ABOVE + text, 0.98, id="furniture above"),
    ],
)
def test_relations_stay_where_only_the_writing_changes(
    extractor: Extractor, plain: dict[str, set[tuple[str, str, str, str]]], change: Callable[[str], str], at_least: float
) -> None:
    pairs = []
    for path in ARTICLES:
        text = path.read_text(encoding="utf-8-sig")
        if (changed := change(text)) != text:
            pairs.append((plain[path.stem], facts(extractor.extract(changed))))
    assert agreement(pairs) >= at_least


@pytest.mark.parametrize("verb", ["acquired", "bought", "took over", "snapped up"])
@pytest.mark.parametrize(
    "template",
    [
        "{a} {verb} {b} in May.",
        "{b} was {past} by {a} in May.",
        "{b}, which {a} {verb} in May, is growing.",
        "In May {a}, which is growing, {verb} {b}.",
    ],
)
def test_active_and_passive_say_the_same(extractor: Extractor, verb: str, template: str) -> None:
    past = {"took over": "taken over"}.get(verb, verb)
    record = extractor.extract(template.format(a="Quorvex Exchange", b="Haldane Pay Limited", verb=verb, past=past))
    assert [(r.type, r.status) for r in record.relations] == [("acquires", "asserted")]


def test_unrelated_sentence_changes_nothing(extractor: Extractor) -> None:
    pairs = []
    for path in ARTICLES:
        document = Document(path.read_text(encoding="utf-8-sig"), path.stem)
        gold = read_gold(path.with_suffix(".json"))
        if gold.language == "en":
            one = extractor.extract(with_entities(document, gold))
            other = extractor.extract(with_entities(Document(document.text.rstrip() + UNRELATED, path.stem), gold))
            pairs.append((facts(one), facts(other)))
    assert agreement(pairs) >= 0.99


def swapped(text: str, gold: Gold) -> tuple[str, Gold]:
    """Return an article in which every firm, bank and person of one name has another name of its type."""
    pools = {kind: cycle(names) for kind, names in NAMES.items()}
    entities: list[GoldEntity] = []
    table: dict[str, str] = {}
    for entity in gold.entities:
        alone = len(entity.names) == 1 and sum(entity.names[0] in name for other in gold.entities for name in other.names) == 1
        if entity.type in pools and alone and entity.names[0].isascii():
            table[entity.names[0]] = f"{next(pools[entity.type])} {len(table)}"
            entities.append(GoldEntity(entity.id, entity.type, [table[entity.names[0]]]))
        else:
            entities.append(entity)
    for old, new in table.items():
        text = re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", new, text)
    return text, Gold(gold.id, entities, gold.relations, gold.language)


def test_other_names_of_the_type_have_the_same_relations(extractor: Extractor) -> None:
    pairs = []
    for path in ARTICLES:
        gold, text = read_gold(path.with_suffix(".json")), path.read_text(encoding="utf-8-sig")
        if gold.language == "en":
            new_text, new_gold = swapped(text, gold)
            one = extractor.extract(with_entities(Document(text, path.stem), gold))
            other = extractor.extract(with_entities(Document(new_text, path.stem), new_gold))
            pairs.append((facts(one), facts(other)))
    assert agreement(pairs) >= 0.97
