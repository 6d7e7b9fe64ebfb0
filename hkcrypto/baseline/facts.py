"""What a record says, one row a fact: no offsets, no confidence, nothing that changes while the meaning stays."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

Row = dict[str, Any]
Key = tuple[str, ...]

# The first key of a row is its kind; these tell one row of a kind from another.
IDENTITY = {
    "metadata": ("metadata",),
    "entity": ("entity",),
    "value": ("value", "type"),
    "relation": ("relation", "subject", "object"),
    "statement": ("statement",),
}
METADATA = ("title", "publisher", "authors", "url", "published", "published_inferred", "language", "duplicate_of")


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one document, in the order of its record; `text` is the SHA-256 of the text that they were read in."""

    source: str
    text: str
    producer: dict[str, Any]
    rows: tuple[Row, ...]

    def keyed(self) -> dict[Key, Row]:
        """Return the rows by what identifies them; a second one of the same identity gets a number."""
        found: dict[Key, Row] = {}
        for row in self.rows:
            kind = kind_of(row)
            key = same = (kind, *(row[name] for name in IDENTITY[kind]))
            number = 1
            while key in found:
                number += 1
                key = (*same, str(number))
            found[key] = row
        return found

    def pack(self) -> bytes:
        """Return the facts in a compact form: equal where the facts are."""
        return json.dumps((self.source, self.text, self.producer, self.rows), separators=(",", ":")).encode()


def unpack(packed: bytes) -> Facts:
    """Return the facts that `Facts.pack` made compact."""
    source, text, producer, rows = json.loads(packed)
    return Facts(source, text, producer, tuple(rows))


def kind_of(row: Row) -> str:
    """Return which kind of fact a row is: metadata, entity, value, relation or statement."""
    return next(iter(row))


def facts_of(record: Mapping[str, Any]) -> Facts:
    """Return the facts of a record.

    Raises KeyError, TypeError, ValueError or AttributeError where parts of it are missing.
    """
    document = record["document"]
    rows = (*_metadata(document), *_entities(record), *_values(record), *_relations(record), *_statements(record))
    return Facts(document["source"], document["id"], dict(record["producer"]), rows)


@cache
def symmetric_relations() -> frozenset[str]:
    """Return the relations without direction."""
    from hkcrypto.frames import load_signatures

    return frozenset(name for name, relation in load_signatures().items() if relation.symmetric)


def _metadata(document: Mapping[str, Any]) -> Iterator[Row]:
    for name in METADATA:
        value = document.get(name)
        if value not in (None, [], False):
            yield {"metadata": name, "is": list(value) if isinstance(value, tuple) else value}


def _entities(record: Mapping[str, Any]) -> Iterator[Row]:
    for entity in record["entities"]:
        mentions = _counted(mention["text"] for mention in entity["mentions"])
        yield {"entity": entity["id"], "type": entity["type"], "name": entity["name"], "kb": entity["kb"], "mentions": mentions}


def _values(record: Mapping[str, Any]) -> Iterator[Row]:
    """Yield a row for each text of a value, with its normal forms: the same words can mean two dates."""
    forms: dict[tuple[str, str], list[str]] = {}
    for value in record.get("values", ()):
        forms.setdefault((value["type"], _line(value["text"])), []).append(" ".join(value["value"].values()))
    for (kind, text), found in forms.items():
        yield {"value": text, "type": kind, "is": _counted(sorted(found))}


def _relations(record: Mapping[str, Any]) -> Iterator[Row]:
    for relation in record["relations"]:
        subject, target = relation["subject"], relation["object"]
        if relation["type"] in symmetric_relations() and target < subject:
            subject, target = target, subject
        yield {
            "relation": relation["type"],
            "subject": subject,
            "object": target,
            "status": relation["status"],
            "qualifiers": dict(relation["qualifiers"]),
            "rules": list(dict.fromkeys(evidence["rule"] for evidence in relation["evidence"])),
        }


def _statements(record: Mapping[str, Any]) -> Iterator[Row]:
    for said in record.get("statements", ()):
        yield {"statement": _line(said["text"]), "speaker": said["speaker"], "verb": said["verb"], "direct": said["direct"]}


def _counted(texts: Iterable[str]) -> dict[str, int]:
    return dict(Counter(map(_line, texts)))


def _line(text: str) -> str:
    return " ".join(text.split())
