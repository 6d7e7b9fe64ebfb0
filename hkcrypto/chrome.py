"""Entities of what is no content of an article (navigation, related stories, biographies): a second look, at these parts alone.

What stands there never enters a relation, since the relations are read before, from the content.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace

from hkcrypto.schema import CONTENT_SECTIONS, Document, Entity, Mention, Record, Section
from hkcrypto.sections import mark_sections


def inverted(document: Document) -> Document:
    """Return the document with its content for chrome and its chrome for content."""
    sections = document.sections if document.sections is not None else mark_sections(document.text)
    swapped = (Section("boilerplate" if s.kind in CONTENT_SECTIONS else "body", s.start, s.end) for s in sections)
    return replace(document, sections=tuple(swapped))


def with_chrome(record: Record, found: Iterable[Entity]) -> Record:
    """Return the record with the entities that were found in its chrome, in order of first offset.

    One that the content has, too, gets more mentions; pronouns and the like are left out. Mentions have the kind of their section.
    """
    sections = record.document.sections
    starts = [section.start for section in sections]
    known = {_key(entity): entity for entity in record.entities}
    ids = {entity.id for entity in record.entities}
    for entity in found:
        places = [
            replace(mention, section=sections[max(bisect_right(starts, mention.start) - 1, 0)].kind)
            for mention in entity.mentions
            if mention.method != "coref"
        ]
        same = known.get(_key(entity))
        if same and places:
            known[_key(entity)] = replace(same, mentions=sorted([*same.mentions, *places], key=_place))
        elif places:
            name = _unused(entity.id, ids)
            ids.add(name)
            known[_key(entity)] = replace(entity, id=name, mentions=places)
    return replace(record, entities=sorted(known.values(), key=lambda entity: _place(entity.mentions[0])))


def _key(entity: Entity) -> tuple[str, ...]:
    return ("kb", entity.id) if entity.kb else (entity.type, entity.name.casefold())


def _place(mention: Mention) -> tuple[int, int]:
    return mention.start, mention.end


def _unused(name: str, taken: set[str]) -> str:
    number = 2
    choice = name
    while choice in taken:
        choice = f"{name}-{number}"
        number += 1
    return choice
