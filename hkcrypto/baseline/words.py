"""Changes in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from hkcrypto.baseline.compare import Change, Comparison

LONGEST = 200
PLURALS = {"entity": "entities", "metadata": "metadata"}


def headline(change: Change) -> str:
    """Return what happened to what: `relation removed: Xiao Feng holds_position HashKey`."""
    return f"{change.kind} {change.change}: {shortened(change.key)}"


def details(change: Change) -> str:
    """Return both sides: `status planned → status asserted`, or the one there is."""
    return " → ".join(shortened(fields(side)) for side in (change.old, change.new) if side is not None)


def cause(change: Change) -> str:
    """Return the cause as an addition in brackets, or nothing."""
    return f" [{change.cause}]" if change.cause else ""


def fields(side: Mapping[str, Any]) -> str:
    """Return the fields of one side on one line."""
    return ", ".join(
        f"{'' if name == 'is' else f'{name} '}{_value(value)}" for name, value in side.items() if value not in ({}, None) or len(side) == 1
    )


def total(comparison: Comparison) -> str:
    """Return how much was compared and how much differs, in one sentence."""
    found = Counter(change.kind for change in comparison.differences)
    documents = len({change.document for change in comparison.differences if change.kind != "floor"})
    edited = sum(not change.counts for change in comparison.changes)
    parts = [f"{len(comparison.documents):,} documents compared, {documents:,} with differences" if found else ""]
    parts += [", ".join(f"{count:,} {kind if count == 1 else PLURALS.get(kind, f'{kind}s')}" for kind, count in found.items())]
    if not found:
        parts = [f"{len(comparison.documents):,} documents compared, no differences"]
    return "; ".join(part for part in parts if part) + (f"; {edited:,} with another text" if edited else "")


def shortened(text: str) -> str:
    """Return the text, cut in its middle where it is long."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 60]} … {text[-50:]}"


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(_counted(name, item) for name, item in value.items()) or "none"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return {True: "yes", False: "no", None: "none"}.get(value, str(value)) if isinstance(value, bool | None) else str(value)


def _counted(name: str, item: Any) -> str:
    if isinstance(item, int):
        return f"“{name}”" if item == 1 else f"“{name}” ×{item}"
    return f"{name}: {item}"
