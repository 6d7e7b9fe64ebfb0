"""What has changed between two sets of records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from hkcrypto.baseline.causes import Causes
from hkcrypto.baseline.facts import IDENTITY, Facts, Key, Row, kind_of, unpack
from hkcrypto.baseline.recordsets import RecordSet
from hkcrypto.schema import Failure

Kind = Literal["document", "metadata", "entity", "value", "relation", "statement", "floor"]
What = Literal["added", "removed", "changed", "edited", "stale", "failed", "below"]
SILENT = frozenset({"rules"})  # they tell the cause


@dataclass(frozen=True, slots=True)
class Change:
    """One change; `old` and `new` hold what differs of a changed fact, else the whole fact, and are None where there was none.

    `type` is that of the entity, value or relation, else the field or what happened to the document. `cause` is empty where nothing tells.
    """

    document: str
    kind: Kind
    type: str
    change: What
    key: str
    old: Mapping[str, Any] | None
    new: Mapping[str, Any] | None
    cause: str

    @property
    def counts(self) -> bool:
        """Return whether this is a difference: an edited text with the same facts is none."""
        return self.change != "edited"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The documents of both sets and what has changed in them, sorted by source; `folder` is where the sources lie, if that is known."""

    documents: tuple[str, ...]
    changes: tuple[Change, ...]
    folder: str = ""

    @property
    def differences(self) -> tuple[Change, ...]:
        """Return the changes that count."""
        return tuple(change for change in self.changes if change.counts)

    def by_document(self) -> dict[str, list[Change]]:
        """Return the changes of each document that has any."""
        found: dict[str, list[Change]] = {}
        for change in self.changes:
            found.setdefault(change.document, []).append(change)
        return found


def compare(old: RecordSet, new: RecordSet) -> Comparison:
    """Return what has changed from one set of records to another."""
    sources = tuple(sorted({*old.packed, *new.packed, *new.failures}))
    return Comparison(sources, tuple(change for source in sources for change in _of_source(source, old, new)))


def changed_facts(old: Facts, new: Facts) -> Iterator[tuple[Key, Change]]:
    """Yield the changes between two versions of one document's facts, each with the key of its fact."""
    if old.rows == new.rows:
        return
    before, after = old.keyed(), new.keyed()
    causes = Causes(old, new, before, after)
    names = {key[1]: row["name"] for side in (after, before) for key, row in side.items() if key[0] == "entity"}
    for key in dict.fromkeys((*before, *after)):
        was, now = (_content(side[key]) if key in side else None for side in (before, after))
        if was == now:
            continue
        what: What = "added" if was is None else "removed" if now is None else "changed"
        if was is not None and now is not None:
            was, now = _narrowed(was, now), _narrowed(now, was)
        row = before.get(key) or after[key]
        yield key, Change(old.source, _KINDS[key[0]], _type(row), what, _readable(row, names), was, now, causes.of(key))


def _of_source(source: str, old: RecordSet, new: RecordSet) -> Iterator[Change]:
    before, after = old.packed.get(source), new.packed.get(source)
    if failure := new.failures.get(source):
        yield _failed(failure, new.texts.get(source), unpack(before) if before else None)
    elif before is None and after is not None:
        yield _document(source, "added", None, _counts(unpack(after)))
    elif before is not None and after is None:
        yield _document(source, "removed", _counts(unpack(before)), None)
    elif before is not None and after is not None and before != after:
        was, now = unpack(before), unpack(after)
        if was.text != now.text:
            yield _document(source, "edited", {"text": was.text[:12]}, {"text": now.text[:12]})
        yield from (change for _, change in changed_facts(was, now))


def _failed(failure: Failure, text: str | None, before: Facts | None) -> Change:
    """A document that cannot even be read has no text, and so another one than before."""
    cause = "code" if text and (before is None or text == before.text) else "text"
    was = _counts(before) if before else None
    return Change(failure.source, "document", "failed", "failed", failure.source, was, {"error": failure.error}, cause)


def _document(source: str, what: What, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> Change:
    return Change(source, "document", what, what, source, old, new, "text")


def _counts(facts: Facts) -> dict[str, int]:
    kinds = [kind_of(row) for row in facts.rows]
    return {kind: kinds.count(kind) for kind in IDENTITY if kind in kinds}


def _content(row: Row) -> dict[str, Any]:
    kind = kind_of(row)
    return {name: value for name, value in row.items() if name not in IDENTITY[kind] and name not in SILENT}


def _narrowed(fields: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """The fields, and the parts of a field, that the other side has not."""
    found = {}
    for name, value in fields.items():
        if value != other[name]:
            both = isinstance(value, dict) and isinstance(other[name], dict)
            found[name] = {k: v for k, v in value.items() if other[name].get(k) != v} if both else value
    return found


def _type(row: Row) -> str:
    return str(row.get("relation") or row.get("metadata") or row.get("type") or row["verb"])


def _readable(row: Row, names: Mapping[str, str]) -> str:
    kind = kind_of(row)
    if kind == "entity":
        return f"{row['name']} ({row['entity']})"
    if kind == "relation":
        return f"{names.get(row['subject'], row['subject'])} {row['relation']} {names.get(row['object'], row['object'])}"
    if kind == "statement":
        return f"{names.get(row['speaker'], row['speaker'])}: {row['statement']}"
    return str(row[kind])


_KINDS: dict[str, Kind] = {kind: kind for kind in ("metadata", "entity", "value", "relation", "statement")}
