"""Records by hand, as small as the corpus can take them."""

from __future__ import annotations

import hashlib
from typing import Any

from hkcrypto.corpus.build import corpus_of
from hkcrypto.corpus.intake import Rules
from hkcrypto.corpus.model import Contradiction, Corpus, CorpusEntity, CorpusRelation, Lifecycle
from hkcrypto.frames import load_frames

Item = dict[str, Any]
TYPES = {
    "hkma": "REGULATOR",
    "sfc": "REGULATOR",
    "legco": "GOVERNMENT",
    "hong-kong": "PLACE",
    "lotusex": "FIRM",
    "tidal-pay": "FIRM",
    "petrel-ordinance": "LAW",
}
PRODUCER = {"hkcrypto": "0.1.0", "model": "m", "kb": "k", "frames": "f", "options": {}}


def entity(name: str, kind: str = "FIRM", *, kb: bool = False, text: str | None = None) -> Item:
    mention = {"text": text or name, "start": 0, "end": len(text or name), "section": "body", "method": "ner"}
    return {"id": name.lower().replace(" ", "-"), "type": kind, "name": name, "kb": kb, "mentions": [mention]}


def relation(kind: str, subject: str, target: str, *, status: str = "asserted", text: str = "the clause", **qualifiers: str) -> Item:
    evidence = [clause(text, rule=f"{kind}.some")]
    return {
        "type": kind,
        "subject": subject,
        "object": target,
        "status": status,
        "confidence": 0.9,
        "qualifiers": qualifiers,
        "evidence": evidence,
    }


def clause(text: str, start: int = 0, rule: str = "licenses.some") -> Item:
    end = start + len(text)
    return {
        "text": text,
        "start": start,
        "end": end,
        "sentence_start": start,
        "sentence_end": end + 20,
        "section": "body",
        "rule": rule,
        "cue": None,
    }


def date(value: str, start: int, text: str = "May") -> Item:
    return {"type": "DATE", "text": text, "start": start, "end": start + len(text), "section": "body", "value": {"date": value}}


def record(source: str, *facts: Item, published: str | None = None, **document: Any) -> Item:
    """Return a record of these entities, values and relations; an end that no entity has is one of the knowledge base."""
    entities = [fact for fact in facts if "mentions" in fact]
    relations = [fact for fact in facts if "evidence" in fact]
    known = {item["id"] for item in entities}
    ends = {end for item in relations for end in (item["subject"], item["object"])} - known
    details: Item = {
        "id": hashlib.sha256(source.encode()).hexdigest(),
        "source": source,
        "title": None,
        "publisher": None,
        "authors": [],
        "url": None,
        "published": published,
        "published_inferred": False,
        "language": "en",
        "relevance": 0.5,
        "duplicate_of": None,
        "sections": [],
        "text": None,
    }
    return {
        "schema_version": "1.0",
        "producer": PRODUCER,
        "document": details | document,
        "entities": entities + [entity(end, TYPES[end], kb=True) for end in sorted(ends)],
        "values": [fact for fact in facts if "value" in fact],
        "relations": relations,
        "statements": [],
        "warnings": [],
    }


def built(*records: Item) -> Corpus:
    return corpus_of(records)


def the_fact(*records: Item) -> CorpusRelation:
    (found,) = built(*records).relations
    return found


def the_life(*records: Item) -> Lifecycle:
    (found,) = built(*records).lifecycles
    return found


def stages(*records: Item) -> list[tuple[str | None, str | None]]:
    return [(event.stage, event.date) for event in the_life(*records).events]


def clashes(*records: Item) -> list[Contradiction]:
    return built(*records).contradictions


def named(corpus: Corpus, name: str) -> list[CorpusEntity]:
    return [entity for entity in corpus.entities if name in entity.names]


def first_frame(kind: str, step: str, value: str) -> str:
    """Return a rule of a relation that stands for this stage or action."""
    return next(rule for rule, steps in Rules.of(load_frames()).steps.items() if rule.startswith(kind) and steps.get(step) == value)
