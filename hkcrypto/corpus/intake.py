"""What a corpus keeps of a record: its document, its entities by their names, and its relations clause by clause."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hkcrypto.corpus.dates import first_day
from hkcrypto.corpus.model import Claim
from hkcrypto.duplicates import Signature, signature
from hkcrypto.schema import Cue, Producer

if TYPE_CHECKING:
    from hkcrypto.frames import Frames

GAP = 5  # code points between a clause and the date that belongs to it: " in ", ", on "
PASSAGE = 40  # code points; shorter words are the same in many articles
STEPS = ("stage", "action")


@dataclass(frozen=True, slots=True)
class Rules:
    """What the frames tell of a clause by their names (`relation.frame`): its stage or action, and whether the frame sets its status.

    `symmetric` are the relations without direction.
    """

    steps: Mapping[str, Mapping[str, str]]
    forcing: frozenset[str]
    symmetric: frozenset[str]

    @classmethod
    def of(cls, frames: Frames) -> Rules:
        """Return what these frames tell."""
        named = {f"{name}.{frame.id}": frame for name, relation in frames.relations.items() for frame in relation.frames}
        return cls(
            {rule: {step: frame.constants[step] for step in STEPS if step in frame.constants} for rule, frame in named.items()},
            frozenset(rule for rule, frame in named.items() if frame.status),
            frozenset(name for name, relation in frames.relations.items() if relation.symmetric),
        )


@dataclass(frozen=True, slots=True)
class LocalEntity:
    """An entity as one document has it; its id counts only there, unless it is linked."""

    id: str
    type: str
    name: str
    kb: bool
    names: tuple[str, ...]
    mentions: int


@dataclass(frozen=True, slots=True)
class LocalRelation:
    """A relation as one document states it: the ends by their local ids, and a claim for each clause."""

    type: str
    subject: str
    object: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One document; `passages` are checksums of the words that its record quotes, `signed` stands for its text where that is known."""

    source: str
    id: str
    producer: Producer
    title: str | None
    publisher: str | None
    published: str | None
    language: Any
    duplicate_of: str | None
    passages: frozenset[bytes]
    signed: Signature | None
    entities: tuple[LocalEntity, ...]
    relations: tuple[LocalRelation, ...]
    checksum: bytes


def page_of(record: Mapping[str, Any], rules: Rules) -> Page:
    """Return what counts of a record; `rules` are those of its frames.

    Raises KeyError, TypeError, ValueError or AttributeError where parts of it are missing.
    """
    document, ids = record["document"], {entity["id"] for entity in record["entities"]}
    if not isinstance(document["source"], str) or any({relation["subject"], relation["object"]} - ids for relation in record["relations"]):
        raise KeyError("a source, or an end of a relation")
    first_day(document["published"])
    quoted = [item["text"] for relation in record["relations"] for item in relation["evidence"]]
    quoted += [said["text"] for said in record["statements"]]
    return Page(
        document["source"],
        document["id"],
        Producer(**record["producer"]),
        document["title"],
        document["publisher"],
        document["published"],
        document["language"],
        document["duplicate_of"],
        frozenset(_checksum(words) for words in map(_folded, quoted) if len(words) >= PASSAGE),
        signature(document["text"]) if document.get("text") else None,
        tuple(_entity(entity) for entity in record["entities"]),
        tuple(_relation(relation, record, rules) for relation in record["relations"]),
        _checksum(json.dumps(record, sort_keys=True)),
    )


def _entity(entity: Mapping[str, Any]) -> LocalEntity:
    named = {" ".join(mention["text"].split()) for mention in entity["mentions"] if mention["method"] != "coref"}
    names = tuple(sorted({entity["name"], *named}))
    return LocalEntity(entity["id"], entity["type"], entity["name"], entity["kb"], names, len(entity["mentions"]))


def _relation(relation: Mapping[str, Any], record: Mapping[str, Any], rules: Rules) -> LocalRelation:
    return LocalRelation(relation["type"], relation["subject"], relation["object"], tuple(_claims(relation, record, rules)))


def _claims(relation: Mapping[str, Any], record: Mapping[str, Any], rules: Rules) -> Iterator[Claim]:
    """Yield a claim for each clause.

    A record gives a relation one stage, date and status, though its clauses may tell several. Here each clause has the stage of
    the frame that read it, and the one date that stands in it or right behind it; and it asserts, where neither a cue nor its
    frame says otherwise and another clause accounts for the status of the relation.
    """
    document, evidence = record["document"], relation["evidence"]
    dates = [(value["start"], value["end"], value["value"]["date"]) for value in record["values"] if value["type"] == "DATE"]
    own = _owner(relation["qualifiers"].get("date"), evidence, dates)
    marked = [item["cue"] is not None or item["rule"] in rules.forcing for item in evidence]
    for number, item in enumerate(evidence):
        qualifiers = dict(relation["qualifiers"])
        date = qualifiers.pop("date", None) if number == own else _date_in(item, dates)
        qualifiers |= rules.steps.get(item["rule"], {}) if len(evidence) > 1 else {}
        yield Claim(
            document["source"],
            document["source"],
            document["publisher"],
            document["published"],
            relation["status"] if marked[number] or not any(marked) else "asserted",
            relation["confidence"],
            {name: value for name, value in qualifiers.items() if name != "date"} | ({"date": date} if date else {}),
            item["text"],
            item["start"],
            item["end"],
            item["sentence_start"],
            item["sentence_end"],
            item["section"],
            item["rule"],
            Cue(**item["cue"]) if item["cue"] else None,
        )


def _owner(date: str | None, evidence: list[Any], dates: list[tuple[int, int, str]]) -> int | None:
    """Return which clause the date of a relation comes from: the first whose sentence has it, else the first of all."""
    if date is None:
        return None
    for number, item in enumerate(evidence):
        if any(item["sentence_start"] <= start < item["sentence_end"] and value == date for start, _, value in dates):
            return number
    return 0


def _date_in(item: Mapping[str, Any], dates: list[tuple[int, int, str]]) -> str | None:
    last = min(item["end"] + GAP, item["sentence_end"])
    found = {value for start, _, value in dates if item["start"] <= start <= last}
    return found.pop() if len(found) == 1 else None


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _checksum(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
