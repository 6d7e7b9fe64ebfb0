"""Records as tables for people: what is in a document or a corpus, who does what to whom, and when.

Everything here takes records as dictionaries and gives Rich renderables. Colour only repeats what the words say.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hkcrypto.schema import ENTITY_TYPES
from hkcrypto.terminal import visible
from hkcrypto.yamlfile import parse_yaml

PHRASES = Path(__file__).parent / "data" / "phrases.yaml"
STATUS_STYLES = {"asserted": "green", "planned": "cyan", "possible": "yellow", "negated": "red", "ended": "magenta"}
TYPE_STYLES = {
    "REGULATOR": "bold red",
    "GOVERNMENT": "red",
    "BANK": "bold green",
    "FIRM": "green",
    "ORGANIZATION": "bold cyan",
    "MEDIA": "cyan",
    "PERSON": "bold yellow",
    "PLACE": "yellow",
    "LAW": "bold magenta",
    "EVENT": "magenta",
    "PROJECT": "bold blue",
    "ASSET": "blue",
    "TOPIC": "bold",
}
STARTS = {"Q1": "01", "Q2": "04", "Q3": "07", "Q4": "10", "H1": "01", "H2": "07"}
SEPARATOR = " · "


@dataclass(slots=True)
class Thing:
    """An entity over all documents, with its mentions counted."""

    type: str
    name: str
    mentions: int = 0


@dataclass(slots=True)
class Fact:
    """A relation between two things with one status; `documents` says how many documents state it."""

    type: str
    subject: Thing
    object: Thing
    status: str
    qualifiers: dict[str, str]
    documents: int = 0


@dataclass(slots=True)
class Corpus:
    """What records add up to. An entity that the knowledge base knows is one thing in all documents, another is by type and name."""

    documents: int = 0
    statements: int = 0
    values: int = 0
    things: dict[tuple[str, ...], Thing] = field(default_factory=dict)
    facts: dict[tuple[Any, ...], Fact] = field(default_factory=dict)

    @classmethod
    def of(cls, *records: Mapping[str, Any]) -> "Corpus":
        """Return the corpus of these records."""
        corpus = cls()
        for record in records:
            corpus.add(record)
        return corpus

    def add(self, record: Mapping[str, Any]) -> None:
        """Count one more record."""
        self.documents += 1
        self.statements += len(record["statements"])
        self.values += len(record["values"])
        keys: dict[str, tuple[str, ...]] = {}
        for entity in record["entities"]:
            key = keys[entity["id"]] = (entity["id"],) if entity["kb"] else (entity["type"], entity["name"])
            self.things.setdefault(key, Thing(entity["type"], entity["name"])).mentions += len(entity["mentions"])
        for relation in record["relations"]:
            ends = keys[relation["subject"]], keys[relation["object"]]
            details = tuple(relation["qualifiers"].items())
            subject, target = (self.things[key] for key in ends)
            fact = Fact(relation["type"], subject, target, relation["status"], relation["qualifiers"])
            self.facts.setdefault((relation["type"], *ends, relation["status"], details), fact).documents += 1

    def by_type(self) -> dict[str, list[Thing]]:
        """Return the things of each type, the most mentioned first, types in the order of the ontology."""
        found: dict[str, list[Thing]] = {name: [] for name in ENTITY_TYPES}
        for thing in self.things.values():
            found.setdefault(thing.type, []).append(thing)
        return {name: sorted(things, key=lambda thing: -thing.mentions) for name, things in found.items() if things}


def document_view(record: Mapping[str, Any], top: int = 10) -> RenderableType:
    """Return one document: its title and source, then the tables of `corpus_view`."""
    document = record["document"]
    head = [plain(document["source"], "bold")]
    if document["title"]:
        head.append(plain(document["title"]))
    facts = (document["published"], document["publisher"], document["language"], f"relevance {document['relevance']}")
    head.append(plain(SEPARATOR.join(fact for fact in facts if fact), "dim"))
    if original := document.get("duplicate_of"):
        head.append(plain(f"copy of {original}", "yellow"))
    warnings = [Text.assemble(("warning: ", "yellow"), plain(warning)) for warning in record["warnings"]]
    return Group(*head, *warnings, _tables(Corpus.of(record), top))


def corpus_view(corpus: Corpus, top: int = 10) -> RenderableType:
    """Return the tables of many documents; at most `top` lines in each, and names in a line."""
    return Group(Text(counted(corpus.documents, "document"), "bold"), _tables(corpus, top))


def brief(corpus: Corpus, failed: int = 0, passed_over: int = 0) -> RenderableType:
    """Return a run in a few lines: documents, those passed over, failures, and how much of what was found."""
    mentions = sum(thing.mentions for thing in corpus.things.values())
    counts = Text(
        SEPARATOR.join(
            (
                counted(corpus.documents, "document"),
                f"{counted(len(corpus.things), 'entity')} ({counted(mentions, 'mention')})",
                counted(len(corpus.facts), "relation"),
                counted(corpus.statements, "statement"),
                counted(corpus.values, "value"),
            )
        ),
        "bold",
    )
    if passed_over:
        counts.append(f"{SEPARATOR}{passed_over:,} passed over")
    if failed:
        counts.append(f"{SEPARATOR}{failed} failed", "bold red")
    groups = corpus.by_type().items()
    types = Text(SEPARATOR).join(Text.assemble((name, TYPE_STYLES.get(name, "")), f" {len(things)}") for name, things in groups)
    kinds = Counter(fact.type for fact in corpus.facts.values()).most_common()
    relations = Text(SEPARATOR.join(f"{name} {count}" for name, count in kinds))
    return Group(counts, *(line for line in (types, relations) if line))


def sentence(fact: Fact) -> Text:
    """Return a relation as a sentence: `HashKey (FIRM) applies for a licence from HKMA (REGULATOR) · planned · 2023-03`."""
    words, said = phrase(fact.type, fact.qualifiers)
    text = Text.assemble(_end(fact.subject), f" {words} ", _end(fact.object), SEPARATOR, (fact.status, STATUS_STYLES.get(fact.status, "")))
    dates = [value for name, value in fact.qualifiers.items() if name == "date"]
    others = [visible(f"{name}: {value}") for name, value in fact.qualifiers.items() if name not in {"date", said}]
    if fact.documents > 1:
        others.append(counted(fact.documents, "document"))
    for detail in (*dates, *others):
        text.append(SEPARATOR).append(detail)
    return text


def phrase(relation: str, qualifiers: Mapping[str, str]) -> tuple[str, str | None]:
    """Return the words for a relation, and the name of the qualifier that they say already."""
    entry = _phrases().get(relation, relation.replace("_", " "))
    if isinstance(entry, str):
        return entry, None
    for name, words in entry.items():
        value = qualifiers.get(name)
        if isinstance(words, dict) and value in words:
            return words[value], name
        if isinstance(words, str) and value:
            return visible(words.replace("{}", value)), name
    return entry["phrase"], None


def plain(text: str, style: str = "") -> Text:
    """Return text from outside as it is, control characters made visible: an article cannot steer the terminal."""
    return Text(visible(text), style)


def counted(number: int, noun: str) -> str:
    """Return `1 entity`, `2 entities`."""
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"


def section(title: str, rows: Sequence[Iterable[Text]], top: int, *, bullet: bool = False) -> list[RenderableType]:
    """Return a heading and at most `top` of its rows, with hanging indents; nothing where there are no rows."""
    if not rows:
        return []
    grid = Table.grid(padding=(0, 1))
    for row in rows[:top]:
        grid.add_row(Text(" •" if bullet else " "), *row)
    more = [Text(f"   … {len(rows) - top} more", "dim")] if len(rows) > top else []
    return [Text(title, "bold"), grid, *more, Text()]


@cache
def _phrases() -> dict[str, Any]:
    phrases: dict[str, Any] = parse_yaml(PHRASES.read_bytes(), "data/phrases.yaml")
    return phrases


def _end(thing: Thing) -> Text:
    return plain(thing.name, TYPE_STYLES.get(thing.type, "")).append(f" ({thing.type})", "dim")


def _tables(corpus: Corpus, top: int) -> RenderableType:
    parts: list[RenderableType] = [_entity_table(corpus, top)]
    facts = sorted(corpus.facts.values(), key=lambda fact: -fact.documents)
    dated = sorted((fact for fact in facts if fact.qualifiers.get("date")), key=lambda fact: _moment(fact.qualifiers["date"]))
    parts += section("Relations", [[sentence(fact)] for fact in facts], top, bullet=True)
    parts += section("Timeline", [[Text(fact.qualifiers["date"], "bold"), sentence(_undated(fact))] for fact in dated], top)
    return Group(*parts)


def _entity_table(corpus: Corpus, top: int) -> RenderableType:
    if not corpus.things:
        return Padding(Text("no entities"), (1, 0, 1, 2))
    table = Table("Type", "Entities", "Mentions", "Most mentioned", box=SIMPLE_HEAD, header_style="bold", pad_edge=False)
    table.columns[1].justify = table.columns[2].justify = "right"
    for name, things in corpus.by_type().items():
        names = Text(", ").join(_mentioned(thing) for thing in things[:top])
        if len(things) > top:
            names.append(f", … {len(things) - top} more", "dim")
        table.add_row(Text(name, TYPE_STYLES.get(name, "")), str(len(things)), str(sum(thing.mentions for thing in things)), names)
    return table


def _mentioned(thing: Thing) -> Text:
    return plain(thing.name).append(f" {thing.mentions}" if thing.mentions > 1 else "", "dim")


def _undated(fact: Fact) -> Fact:
    others = {name: value for name, value in fact.qualifiers.items() if name != "date"}
    return Fact(fact.type, fact.subject, fact.object, fact.status, others, fact.documents)


def _moment(date: str) -> str:
    """Return a key that sorts quarters, halves and ranges among days: by where they begin."""
    return re.sub(r"[QH]\d", lambda match: STARTS.get(match[0], match[0]), date.partition("/")[0])
