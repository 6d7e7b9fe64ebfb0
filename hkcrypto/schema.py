"""The record: what hkcrypto knows of one document, as plain data.

Every offset counts Unicode code points in the text of the document, end exclusive, so that
`text[item.start:item.end] == item.text` holds for whatever carries a text. The field order below is the key order of
the output. `record_schema` gives the JSON Schema, generated from these classes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import Any, Literal, get_args

SCHEMA_VERSION = "1.0"

EntityType = Literal[
    "REGULATOR",
    "GOVERNMENT",
    "BANK",
    "FIRM",
    "ORGANIZATION",
    "MEDIA",
    "PERSON",
    "PLACE",
    "LAW",
    "EVENT",
    "PROJECT",
    "ASSET",
    "TOPIC",
]
ValueType = Literal["MONEY", "PERCENT", "DATE", "COUNT"]
Status = Literal["asserted", "planned", "possible", "negated", "ended"]
Method = Literal["ruler", "ner", "alias", "coref"]
SectionKind = Literal["title", "summary", "body", "caption", "byline", "boilerplate", "related", "references"]
Language = Literal["en", "zh-Hant", "zh-Hans", "other"]

ENTITY_TYPES: tuple[str, ...] = get_args(EntityType)
STATUSES: tuple[str, ...] = get_args(Status)
ORGANISATION_TYPES = frozenset({"REGULATOR", "GOVERNMENT", "BANK", "FIRM", "ORGANIZATION", "MEDIA"})
CONTENT_SECTIONS = frozenset({"title", "summary", "body", "caption"})


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the text and what it is; the sections of a document cover it without gap or overlap."""

    kind: SectionKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class KnownEntity:
    """An entity that is known before a document is read, with the names that it has there, the fullest first."""

    id: str
    type: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """An article as it was read: its text, never edited afterwards, and what its source says about it.

    Where `entities` are given, they are its entities, and no others are looked for.
    """

    text: str
    source: str
    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None
    published: str | None = None
    sections: tuple[Section, ...] | None = None
    entities: tuple[KnownEntity, ...] | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that gave no record, why, and what would help."""

    source: str
    error: str
    remedy: str


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A document that was not read, since it is too little about the field."""

    source: str
    relevance: float


@dataclass(frozen=True, slots=True)
class Producer:
    """What made a record: versions and checksums, and the options that were not at their defaults."""

    hkcrypto: str
    model: str
    kb: str
    frames: str
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """The document of a record; `id` is the SHA-256 of its text, `text` is null unless it was asked for."""

    id: str
    source: str
    title: str | None
    publisher: str | None
    authors: list[str]
    url: str | None
    published: str | None
    published_inferred: bool
    language: Language
    relevance: float
    duplicate_of: str | None
    sections: list[Section]
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where the text names an entity (`method: coref` where it only points to it)."""

    text: str
    start: int
    end: int
    section: SectionKind
    method: Method


@dataclass(frozen=True, slots=True)
class Entity:
    """One real-world thing of a document; `id` is the knowledge base's where `kb` is true, else a slug unique in the document."""

    id: str
    type: EntityType
    name: str
    kb: bool
    mentions: list[Mention]


@dataclass(frozen=True, slots=True)
class Value:
    """An amount, a share, a date or a count; `value` is its normal form, as the ontology gives it for each type."""

    type: ValueType
    text: str
    start: int
    end: int
    section: SectionKind
    value: dict[str, str]


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that set the status of a relation."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """The clause that states a relation, the sentence around it, and the frame (`rule`) that read it."""

    text: str
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    section: SectionKind
    rule: str
    cue: Cue | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A fact that the text states of two entities; `confidence` is between 0 and 1, with two decimals."""

    type: str
    subject: str
    object: str
    status: Status
    confidence: float
    qualifiers: dict[str, str]
    evidence: list[Evidence]


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that an entity of the document is reported to have said; `direct` for words between quotation marks."""

    speaker: str
    verb: str
    text: str
    direct: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Record:
    """All that was extracted from one document."""

    schema_version: str
    producer: Producer
    document: DocumentInfo
    entities: list[Entity]
    values: list[Value]
    relations: list[Relation]
    statements: list[Statement]
    warnings: list[str]

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain dictionaries and lists, keys in the order of the schema."""
        return asdict(self)


def record_from_dict(data: Mapping[str, Any]) -> Record:
    """Return the record that `data` (parsed JSON or YAML) describes.

    Raises pydantic's `ValidationError` where a key is unknown, missing or of the wrong type.
    """
    record: Record = strict_adapter(Record).validate_python(data)
    return record


def record_schema(relation_types: Sequence[str] = ()) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a record; with `relation_types`, no other relation is valid."""
    schema = strict_schema(Record)
    definitions = schema["$defs"]
    if relation_types:
        definitions["Relation"]["properties"]["type"]["enum"] = list(relation_types)
    definitions["DocumentInfo"]["properties"]["relevance"] |= {"minimum": 0, "maximum": 1}
    definitions["DocumentInfo"]["properties"]["id"]["pattern"] = "^[0-9a-f]{64}$"
    return schema


def strict_schema(kind: Any) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a dataclass and those in it: all keys required, no others, no negative offset."""
    schema = strict_adapter(kind).json_schema(mode="serialization")
    definitions = schema["$defs"]
    for definition in (schema, *definitions.values()):
        definition["additionalProperties"] = False
        definition["required"] = list(definition["properties"])
    for definition in definitions.values():
        for name in ("start", "end", "sentence_start", "sentence_end"):
            if name in definition["properties"]:
                definition["properties"][name]["minimum"] = 0
        if "confidence" in definition["properties"]:
            definition["properties"]["confidence"] |= {"minimum": 0, "maximum": 1}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


@cache
def strict_adapter(kind: Any) -> Any:
    """Return pydantic's adapter for a dataclass; it refuses unknown keys."""
    from pydantic import ConfigDict, TypeAdapter, with_config  # costs 0.1 s; most commands need no validation

    return TypeAdapter(with_config(ConfigDict(extra="forbid"))(kind))
