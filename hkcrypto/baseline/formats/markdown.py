"""Markdown that fits into the comment of a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TextIO

from hkcrypto.baseline.compare import Change, Comparison
from hkcrypto.baseline.formats import formats
from hkcrypto.baseline.words import fields, shortened, total
from hkcrypto.terminal import visible

LONGEST = 60_000  # characters; GitHub takes 65,536
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!$&])")
HEAD = "| change | what | old | new | cause |\n|---|---|---|---|---|\n"


@formats.register("markdown")
def write_markdown(comparison: Comparison, out: TextIO) -> None:
    """Write a table for each document with changes, as many as fit, and how many were left out."""
    written = f"**hkcrypto**: {total(comparison)}\n"
    out.write(written)
    length, shown = len(written), 0
    for part, changes in _parts(comparison):
        if length + len(part) > LONGEST:
            out.write(f"\n… and {len(comparison.changes) - shown:,} more changes\n")
            return
        out.write(part)
        length, shown = length + len(part), shown + changes


def _parts(comparison: Comparison) -> Iterator[tuple[str, int]]:
    """Yield pieces that are whole by themselves, each with the number of changes in it."""
    for document, changes in comparison.by_document().items():
        for number, change in enumerate(changes):
            head = "" if number else f"\n#### {escaped(document)}\n\n{HEAD}"
            yield f"{head}{_line(change)}", 1


def _line(change: Change) -> str:
    old, new = (escaped(shortened(fields(side))) if side is not None else "" for side in (change.old, change.new))
    return f"| {change.kind} {change.change} | {escaped(shortened(change.key))} | {old} | {new} | {escaped(change.cause)} |\n"


def escaped(text: str) -> str:
    """Return text from outside as Markdown that shows it as it is, without links, mentions and references to issues."""
    line = _SPECIAL.sub(r"\\\1", " ".join(visible(text).split()))
    return re.sub(r"(@|https?:|www)", "\\1\u200b", line).replace("\\#", "\\#\u200b")
