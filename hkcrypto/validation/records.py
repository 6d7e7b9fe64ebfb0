"""Records against the schema, the signatures of the relations, and the texts that they come from."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from hkcrypto.frames import RelationType
from hkcrypto.schema import SCHEMA_VERSION, Record, Relation, record_from_dict
from hkcrypto.validation import Fault, is_date, value_problem

EXTRACT_AGAIN = "extract it again"


def check_record(data: Mapping[str, Any], relations: Mapping[str, RelationType], text: str | None = None) -> Iterator[Fault]:
    """Yield what is wrong with a record: its shape first, and the rest only where that is right.

    `text` is the text of its source; without it that of the record is taken, and without either no offset is compared.
    """
    faults = list(_shape(data))
    yield from faults
    if faults:
        return
    record = record_from_dict(data)
    yield from _document(record)
    yield from _entities(record)
    for place, relation in enumerate(record.relations):
        yield from _relation(f"relations.{place}", relation, record, relations)
    for place, value in enumerate(record.values):
        if problem := value_problem(value.type, value.value):
            yield Fault(f"values.{place}.value", problem, "see the ontology for the shape of a value")
    known = text if text is not None else record.document.text
    if known is not None and hashlib.sha256(known.encode(errors="surrogatepass")).hexdigest() != record.document.id:
        yield Fault("document.id", "it is not the SHA-256 of the text", f"the text has changed: {EXTRACT_AGAIN}")
        return
    yield from _sections(record, known)
    yield from _offsets(record, known)


def _shape(data: Mapping[str, Any]) -> Iterator[Fault]:
    from pydantic import ValidationError

    try:
        read = record_from_dict(data).to_dict()
    except ValidationError as error:
        for item in error.errors():
            yield Fault(".".join(map(str, item["loc"])), item["msg"], "see `hkcrypto schema`")
        return
    yield from _differences(data, read, "")


def _differences(given: Any, read: Any, path: str) -> Iterator[Fault]:
    """Yield where pydantic was generous: it fills what is missing, and takes "1" and true for 1."""
    if isinstance(given, Mapping) and isinstance(read, dict):
        for key in read:
            where = f"{path}.{key}".lstrip(".")
            if key in given:
                yield from _differences(given[key], read[key], where)
            else:
                yield Fault(where, "it is missing", "write null, or an empty list, for nothing")
    elif isinstance(given, list) and isinstance(read, list):
        for place, (one, other) in enumerate(zip(given, read, strict=True)):
            yield from _differences(one, other, f"{path}.{place}")
    elif given != read or isinstance(given, bool) != isinstance(read, bool):
        yield Fault(path, f"{given!r} is of the wrong type", "see `hkcrypto schema`")


def _document(record: Record) -> Iterator[Fault]:
    if record.schema_version != SCHEMA_VERSION:
        yield Fault("schema_version", f"it is {record.schema_version!r}, not {SCHEMA_VERSION!r}", EXTRACT_AGAIN)
    if not re.fullmatch("[0-9a-f]{64}", record.document.id):
        yield Fault("document.id", "it is no SHA-256", EXTRACT_AGAIN)
    if not 0 <= record.document.relevance <= 1:
        yield Fault("document.relevance", f"{record.document.relevance} is not from 0 to 1", EXTRACT_AGAIN)
    published = record.document.published
    if published is not None and ("/" in published or not is_date(published)):
        yield Fault("document.published", f"{published!r} is no date", "write it as 2023-03-28, or 2023-03")


def _entities(record: Record) -> Iterator[Fault]:
    counts = Counter(entity.id for entity in record.entities)
    for place, entity in enumerate(record.entities):
        if counts[entity.id] > 1:
            yield Fault(f"entities.{place}.id", f"{entity.id!r} is there {counts[entity.id]} times", "give each entity an id of its own")
        if not entity.mentions:
            yield Fault(f"entities.{place}.mentions", f"{entity.id!r} is mentioned nowhere", "leave it out")
    for place, statement in enumerate(record.statements):
        if statement.speaker not in counts:
            yield Fault(f"statements.{place}.speaker", f"there is no entity {statement.speaker!r}", "name one of the record")


def _relation(path: str, relation: Relation, record: Record, relations: Mapping[str, RelationType]) -> Iterator[Fault]:
    types = {entity.id: entity.type for entity in record.entities}
    known = relations.get(relation.type)
    if known is None:
        yield Fault(f"{path}.type", f"the relation {relation.type!r} is unknown", "see the ontology for the relations")
    for side in ("subject", "object"):
        end: str = getattr(relation, side)
        allowed = getattr(known, side) if known else frozenset(types.values())
        if end not in types:
            yield Fault(f"{path}.{side}", f"there is no entity {end!r}", "name one of the record")
        elif types[end] not in allowed:
            yield Fault(f"{path}.{side}", f"{end!r} is a {types[end]}", f"{relation.type} takes {', '.join(sorted(allowed))}")
    if relation.subject == relation.object:
        yield Fault(path, "both ends are one entity", "leave it out")
    if not 0 <= relation.confidence <= 1:
        yield Fault(f"{path}.confidence", f"{relation.confidence} is not from 0 to 1", EXTRACT_AGAIN)
    if not relation.evidence:
        yield Fault(f"{path}.evidence", "there is none", "leave the relation out")
    if known:
        yield from _qualifiers(path, relation, known, types.keys())


def _qualifiers(path: str, relation: Relation, known: RelationType, ids: Collection[str]) -> Iterator[Fault]:
    for name, value in relation.qualifiers.items():
        where = f"{path}.qualifiers.{name}"
        allowed_values = known.qualifiers.get(name)
        if allowed_values is None:
            yield Fault(where, f"{relation.type} has no such qualifier", "see the ontology for its qualifiers")
        elif allowed_values and value not in allowed_values:
            yield Fault(where, f"{value!r} is none of its values", f"use one of {', '.join(sorted(allowed_values))}")
        elif name == "date" and not is_date(value):
            yield Fault(where, f"{value!r} is no date", "write it in ISO 8601")
        elif name == "attributed_to" and value not in ids:
            yield Fault(where, f"there is no entity {value!r}", "name one of the record")


def _sections(record: Record, text: str | None) -> Iterator[Fault]:
    """Yield gaps and overlaps of the sections; their last end is that of the text, where there is one."""
    position = 0
    for place, section in enumerate(record.document.sections):
        if section.start != position or section.end < section.start:
            yield Fault(f"document.sections.{place}", f"it is {section.start}–{section.end}, after {position}", EXTRACT_AGAIN)
        position = section.end
    if text is not None and position != len(text):
        yield Fault("document.sections", f"they end at {position}, the text at {len(text)}", EXTRACT_AGAIN)


def _offsets(record: Record, text: str | None) -> Iterator[Fault]:
    length = len(text) if text is not None else max((section.end for section in record.document.sections), default=0)
    for path, item in _places(record):
        if not 0 <= item.start < item.end <= length:
            yield Fault(path, f"{item.start}–{item.end} is outside the text of {length} characters", EXTRACT_AGAIN)
        elif text is not None and text[item.start : item.end] != item.text:
            yield Fault(path, f"the text has {text[item.start : item.end]!r} there, not {item.text!r}", EXTRACT_AGAIN)
    for place, relation in enumerate(record.relations):
        for number, evidence in enumerate(relation.evidence):
            if not 0 <= evidence.sentence_start <= evidence.start <= evidence.end <= evidence.sentence_end <= length:
                yield Fault(f"relations.{place}.evidence.{number}", "it is outside its sentence", EXTRACT_AGAIN)


def _places(record: Record) -> Iterator[tuple[str, Any]]:
    """Yield everything that has offsets and a text, with its path."""
    for place, entity in enumerate(record.entities):
        yield from ((f"entities.{place}.mentions.{number}", mention) for number, mention in enumerate(entity.mentions))
    yield from ((f"values.{place}", value) for place, value in enumerate(record.values))
    yield from ((f"statements.{place}", statement) for place, statement in enumerate(record.statements))
    for place, relation in enumerate(record.relations):
        for number, evidence in enumerate(relation.evidence):
            path = f"relations.{place}.evidence.{number}"
            yield path, evidence
            if evidence.cue:
                yield f"{path}.cue", evidence.cue
