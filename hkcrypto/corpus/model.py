"""The corpus record, as plain data. The field order below is the key order of the output."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from hkcrypto.errors import InputError
from hkcrypto.schema import Cue, EntityType, Language, Producer, SectionKind, Status, strict_adapter, strict_schema

CORPUS_VERSION = "1.0"


@dataclass(frozen=True, slots=True)
class CorpusDocument:
    """A document; `story` is the source of the first document that tells its story, `copy` says why it is taken for a copy of that."""

    source: str
    id: str
    title: str | None
    publisher: str | None
    published: str | None
    language: Language
    story: str
    copy: str | None


@dataclass(frozen=True, slots=True)
class Merge:
    """Why the entities of these documents are one, or one with those before; `names` are those that these documents give it.

    They have the `id` of the knowledge base, a `name` that no other has, or a name and `shared` `neighbours` (ids, or type and name).
    """

    by: Literal["id", "name", "neighbours"]
    names: list[str]
    shared: list[str]
    sources: list[str]


@dataclass(frozen=True, slots=True)
class CorpusEntity:
    """One real-world thing of the corpus; `id` is the knowledge base's where `kb` is true, else a slug unique in the corpus."""

    id: str
    type: EntityType
    name: str
    kb: bool
    names: list[str]
    documents: int
    mentions: int
    merges: list[Merge]


@dataclass(frozen=True, slots=True)
class Claim:
    """One piece of evidence: what one clause of one document says of a relation.

    `status` and in `qualifiers` the stage or action and the date are those of this clause, as far as the record lets one see that.
    Offsets count Unicode code points in the text of `source`, end exclusive.
    """

    source: str
    story: str
    publisher: str | None
    published: str | None
    status: Status
    confidence: float
    qualifiers: dict[str, str]
    text: str
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    section: SectionKind
    rule: str
    cue: Cue | None


@dataclass(frozen=True, slots=True)
class CorpusRelation:
    """A fact with all its evidence; `sources` counts the stories that state it, without those that say the contrary.

    `dates` are those that the evidence gives, `first_reported` and `last_reported` those of the documents.
    """

    type: str
    subject: str
    object: str
    status: Status
    confidence: float
    qualifiers: dict[str, str]
    sources: int
    dates: list[str]
    first_reported: str | None
    last_reported: str | None
    evidence: list[Claim]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document and where they stand there."""

    source: str
    publisher: str | None
    published: str | None
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Event:
    """One step: its stage, how certain it is, its date as exactly as any document gives it, and who takes it."""

    stage: str | None
    status: Status
    date: str | None
    by: list[str]
    sources: int
    evidence: list[Quote]


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """The steps of a law, or of a firm's licence from an authority, in their order; `stage` is the last that was reached and not undone."""

    kind: Literal["law", "licence"]
    entity: str
    authority: str | None
    stage: str | None
    since: str | None
    events: list[Event]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a contradiction: the date or the status that it states, and the words."""

    says: str
    sources: int
    evidence: list[Quote]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What cannot all be true: two `dates` of one step, or a fact that is asserted and negated (`status`)."""

    kind: Literal["dates", "status"]
    relation: str
    subject: str | None
    object: str
    stage: str | None
    sides: list[Side]


@dataclass(frozen=True, slots=True)
class Corpus:
    """What many records say together; `producers` made the records."""

    corpus_version: str
    producers: list[Producer]
    documents: list[CorpusDocument]
    entities: list[CorpusEntity]
    relations: list[CorpusRelation]
    lifecycles: list[Lifecycle]
    contradictions: list[Contradiction]

    def to_dict(self) -> dict[str, Any]:
        """Return the corpus as plain dictionaries and lists, keys in the order of the schema."""
        return asdict(self)


def corpus_from_dict(data: Mapping[str, Any], name: str) -> Corpus:
    """Return the corpus that `data` (parsed JSON or YAML of the file `name`) describes.

    Raises InputError, naming the file and the first place, where a key is unknown, missing or of the wrong type.
    """
    from pydantic import ValidationError

    try:
        corpus: Corpus = strict_adapter(Corpus).validate_python(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        message = f"{name}: its corpus record is wrong at {place}: {first['msg']}"
        raise InputError(message, "write it again with `hkcrypto corpus`") from None
    return corpus


def corpus_schema(relation_types: Sequence[str] = ()) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a corpus record; with `relation_types`, no other relation is valid."""
    schema = strict_schema(Corpus)
    if relation_types:
        schema["$defs"]["CorpusRelation"]["properties"]["type"]["enum"] = list(relation_types)
    return schema
