"""Records by hand, as small as they can be."""

from __future__ import annotations

from typing import Any

from hkcrypto.baseline.compare import Comparison, compare
from hkcrypto.baseline.facts import facts_of
from hkcrypto.baseline.recordsets import RecordSet

PRODUCER = {"hkcrypto": "0.1.0", "model": "m", "kb": "k", "frames": "f", "options": {}}
Item = dict[str, Any]


def entity(name: str = "HKMA", kind: str = "REGULATOR", *mentions: str, kb: bool = True) -> Item:
    texts = mentions or (name,)
    return {"id": name.lower(), "type": kind, "name": name, "kb": kb, "mentions": [{"text": text} for text in texts]}


def relation(
    subject: str = "hkma", kind: str = "licenses", target: str = "osl", *rules: str, status: str = "asserted", **qualifiers: str
) -> Item:
    evidence = [{"rule": rule} for rule in rules or (f"{kind}.verb",)]
    return {"type": kind, "subject": subject, "object": target, "status": status, "qualifiers": qualifiers, "evidence": evidence}


def value(text: str = "March", kind: str = "DATE", **form: str) -> Item:
    return {"type": kind, "text": text, "value": form or {"date": "2023-03"}}


def statement(speaker: str = "hkma", text: str = "it is fine", verb: str = "said") -> Item:
    return {"speaker": speaker, "verb": verb, "text": text, "direct": False}


def record(*facts: Item, source: str = "a.txt", text: str = "1", title: str = "A title", **producer: Any) -> Item:
    """Return a record of these facts, which tell by their keys what they are."""
    parts: dict[str, list[Item]] = {"entities": [], "values": [], "relations": [], "statements": []}
    for fact in facts:
        kind = "entities" if "mentions" in fact else "relations" if "evidence" in fact else "statements" if "speaker" in fact else "values"
        parts[kind].append(fact)
    return {"producer": {**PRODUCER, **producer}, "document": {"id": text, "source": source, "title": title}, **parts}


def record_set(*records: Item) -> RecordSet:
    found = RecordSet()
    for item in records:
        found.add(facts_of(item))
    return found


def compared(old: Item, new: Item) -> Comparison:
    return compare(record_set(old), record_set(new))


OSL = entity("OSL", "FIRM")
HKMA = entity()
LICENCE = relation()
