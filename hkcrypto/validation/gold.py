"""Gold files against the ontology and the text: what an annotator mistypes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from hkcrypto.evaluation.entities import TOPIC
from hkcrypto.evaluation.gold import Gold, GoldRelation
from hkcrypto.evaluation.names import fold, occurrences
from hkcrypto.frames import RelationType
from hkcrypto.schema import ENTITY_TYPES, ORGANISATION_TYPES, STATUSES
from hkcrypto.validation import Fault, is_date, value_problem

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SPEAKERS = ORGANISATION_TYPES | {"PERSON", "PLACE"}
REQUIRED = ("title", "publisher", "published", "values", "statements")
IN_TEXT = "copy it from the text"
IN_ONTOLOGY = "see the ontology"


def check_gold(data: bytes, stem: str, text: str, relations: Mapping[str, RelationType]) -> Iterator[Fault]:
    """Yield what is wrong with a gold file: its shape first, and the rest only where that is right.

    `stem` is the name of the file without suffix, `text` that of its document.
    """
    from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config

    try:
        gold: Gold = TypeAdapter(with_config(ConfigDict(extra="forbid", strict=True))(Gold)).validate_json(data)
    except ValidationError as error:
        for item in error.errors():
            yield Fault(".".join(map(str, item["loc"])), item["msg"], "see the gold files that are right for the shape")
        return
    checker = _Checker(gold, text, relations)
    yield from _missing(data)
    yield from checker.document(stem)
    yield from checker.entities()
    yield from checker.names()
    yield from checker.relations_()
    yield from checker.values()
    yield from checker.statements()


def _missing(data: bytes) -> Iterator[Fault]:
    """Yield the keys that a measurement can do without, but an annotator must not forget."""
    import json

    content: dict[str, Any] = json.loads(data)
    for key in REQUIRED:
        if key not in content:
            yield Fault(key, "it is missing", "write null, or an empty list, for nothing")
    for place, relation in enumerate(content["relations"]):
        if "status" not in relation:
            yield Fault(f"relations.{place}.status", "it is missing", f"use one of {', '.join(STATUSES)}")


class _Checker:
    """One gold file, its text, and the relations of the ontology."""

    def __init__(self, gold: Gold, text: str, relations: Mapping[str, RelationType]) -> None:
        self.gold = gold
        self.text = text
        self.relations = relations
        self.types = {entity.id: entity.type for entity in gold.entities}

    def document(self, stem: str) -> Iterator[Fault]:
        gold = self.gold
        if gold.id != stem:
            yield Fault("id", f"{gold.id!r} is not the name of the file", f"write {stem!r}")
        if gold.title is not None and gold.title not in self.text:
            yield Fault("title", "it is not in the text", IN_TEXT)
        if gold.published is not None and not (re.fullmatch(r"\d{4}-\d{2}-\d{2}", gold.published) and is_date(gold.published)):
            yield Fault("published", f"{gold.published!r} is no day", "write it as 2023-03-28")
        if not re.fullmatch(r"[a-z]{2}(-\w+)*", gold.language):
            yield Fault("language", f"{gold.language!r} is no language", "write en or zh-Hant")

    def entities(self) -> Iterator[Fault]:
        owners: dict[tuple[str, str], str] = {}
        seen: set[str] = set()
        for entity in self.gold.entities:
            where = f"entity {entity.id}"
            if not SLUG.fullmatch(entity.id):
                yield Fault(where, "the id is no slug", "write it in small letters, figures and single hyphens")
            if entity.id in seen:
                yield Fault(where, "the id is there twice", "give each entity an id of its own")
            seen.add(entity.id)
            if entity.type not in ENTITY_TYPES:
                yield Fault(where, f"the type {entity.type!r} is unknown", f"use one of {', '.join(ENTITY_TYPES)}")
            if not entity.names or len(set(entity.names)) < len(entity.names):
                yield Fault(where, "it has no names, or one twice", "name every form once")
            for name in {fold(name) for name in entity.names}:
                owner = owners.setdefault((entity.type, name), entity.id)
                if owner != entity.id:
                    yield Fault(where, f"{name!r} names {owner} too", "make them one entity, or give each its own names")

    def names(self) -> Iterator[Fault]:
        """Yield names that do not stand in the text, or stand only inside longer names of others."""
        chrome = self.gold.chrome
        of_entity = {fold(name) for entity in self.gold.entities for name in entity.names}
        for name in chrome:
            if not next(occurrences(self.text, name), None):
                yield Fault("chrome", f"{name!r} is not in the text", IN_TEXT)
            if fold(name) in of_entity:
                yield Fault("chrome", f"{name!r} is a name of an entity too", "leave it out of one of them")
        if len(set(chrome)) < len(chrome):
            yield Fault("chrome", "a name is there twice", "leave one out")
        proper = [(entity.id, entity.names) for entity in self.gold.entities if entity.type != TOPIC]
        places = [(owner, span) for owner, names in [*proper, ("", chrome)] for name in names for span in occurrences(self.text, name)]
        for entity in self.gold.entities:
            others = [span for owner, span in places if owner != entity.id]
            for name in entity.names:
                own = list(occurrences(self.text, name))
                if not own:
                    yield Fault(f"entity {entity.id}", f"{name!r} is not in the text as words of its own", IN_TEXT)
                elif all(any(start <= s and e <= end and (start, end) != (s, e) for start, end in others) for s, e in own):
                    yield Fault(f"entity {entity.id}", f"{name!r} stands only inside longer names", "leave it out")

    def relations_(self) -> Iterator[Fault]:
        seen: set[tuple[str, ...]] = set()
        for relation in self.gold.relations:
            where = f"relation {relation.type} {relation.subject} {relation.object}"
            known = self.relations.get(relation.type)
            if known is None:
                yield Fault(where, "the relation is unknown", f"use one of {', '.join(sorted(self.relations))}")
                continue
            yield from self._relation(where, relation, known)
            key = known.key(relation.subject, relation.object)
            if key in seen:
                yield Fault(where, "it is there twice", "leave one out: a fact is stated once")
            seen.add(key)

    def _relation(self, where: str, relation: GoldRelation, known: RelationType) -> Iterator[Fault]:
        if relation.status not in STATUSES:
            yield Fault(where, f"the status {relation.status!r} is unknown", f"use one of {', '.join(STATUSES)}")
        if relation.subject == relation.object:
            yield Fault(where, "both ends are one entity", "leave it out")
        for end, allowed in ((relation.subject, known.subject), (relation.object, known.object)):
            if end not in self.types:
                yield Fault(where, f"there is no entity {end!r}", "name one of the file")
            elif self.types[end] not in allowed:
                yield Fault(where, f"{end!r} is a {self.types[end]}", f"{relation.type} takes {', '.join(sorted(allowed))} there")
        for name, value in relation.qualifiers.items():
            allowed_values = known.qualifiers.get(name)
            if allowed_values is None:
                yield Fault(where, f"it has no qualifier {name!r}", f"use one of {', '.join(sorted(known.qualifiers))}")
            elif allowed_values and value not in allowed_values:
                yield Fault(where, f"{name} {value!r} is none of its values", f"use one of {', '.join(sorted(allowed_values))}")
            elif name == "date" and not is_date(value):
                yield Fault(where, f"date {value!r} is no date", "write it in ISO 8601")

    def values(self) -> Iterator[Fault]:
        for value in self.gold.values:
            where = f"value {value.text!r}"
            if not value.text or value.text not in self.text:
                yield Fault(where, "it is not in the text", IN_TEXT)
            if problem := value_problem(value.type, value.value):
                yield Fault(where, problem, IN_ONTOLOGY)

    def statements(self) -> Iterator[Fault]:
        for statement in self.gold.statements:
            where = f"statement {statement.contains!r}"
            if not statement.contains or statement.contains not in self.text:
                yield Fault(where, "it is not in the text", IN_TEXT)
            if statement.speaker not in self.types:
                yield Fault(where, f"there is no entity {statement.speaker!r}", "name one of the file")
            elif self.types[statement.speaker] not in SPEAKERS:
                yield Fault(where, f"the speaker is a {self.types[statement.speaker]}", "only persons, organisations and places speak")
