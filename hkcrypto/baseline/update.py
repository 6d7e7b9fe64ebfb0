"""Which changes a new baseline takes over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

from hkcrypto.baseline.baselinefile import merged
from hkcrypto.baseline.compare import Change, Comparison, changed_facts
from hkcrypto.baseline.facts import Facts, unpack
from hkcrypto.baseline.recordsets import RecordSet


def with_stale(comparison: Comparison) -> Comparison:
    """Return the comparison with documents that are gone called stale: nobody has taken them out of the baseline."""
    changes = (
        replace(change, change="stale", type="stale") if (change.kind, change.change) == ("document", "removed") else change
        for change in comparison.changes
    )
    return replace(comparison, changes=tuple(changes))


def fits(change: Change, patterns: Sequence[str]) -> bool:
    """Return whether one of the globs `kind/type/document` (its later parts may be left out) is about the change."""
    parts = (change.kind, change.type, change.document)
    return any(all(map(fnmatchcase, parts, pattern.split("/", 2))) for pattern in patterns)


def refusals(comparison: Comparison, patterns: Sequence[str]) -> list[str]:
    """Return why no baseline can be written: documents that failed, or are gone and no pattern accepts that."""
    return [
        f"{change.document} {'failed' if change.change == 'failed' else 'is missing'}"
        for change in comparison.changes
        if change.change == "failed" or (change.change == "stale" and not fits(change, patterns))
    ]


def updated(old: RecordSet, new: RecordSet, comparison: Comparison, patterns: Sequence[str]) -> Iterator[Facts]:
    """Yield the documents of the new baseline; with patterns, only the changes that one of them fits are made to the old."""
    documents = {change.document: change for change in comparison.changes if change.kind == "document"}
    for source in sorted({*old.packed, *new.packed}):
        before, after = (unpack(packed) if packed else None for packed in (old.packed.get(source), new.packed.get(source)))
        if not patterns:
            chosen = after
        elif before and after:
            chosen = _accepted(before, after, patterns)
        else:
            chosen = after if fits(documents[source], patterns) else before
        if chosen:
            yield chosen


def _accepted(before: Facts, after: Facts, patterns: Sequence[str]) -> Facts:
    changes = list(changed_facts(before, after))
    taken = {key for key, change in changes if fits(change, patterns)}
    if not taken:
        return before
    return after if len(taken) == len(changes) else merged(before, after, taken)
