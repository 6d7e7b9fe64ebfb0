"""GitHub workflow commands, which annotate the files of a pull request."""

from __future__ import annotations

from typing import TextIO

from hkcrypto.baseline.compare import Change, Comparison
from hkcrypto.baseline.formats import formats
from hkcrypto.baseline.words import cause, details, shortened, total
from hkcrypto.terminal import visible


@formats.register("github")
def write_github(comparison: Comparison, out: TextIO) -> None:
    """Write an error for each difference, a notice for each text that was only edited, and one with the total."""
    for change in comparison.changes:
        command = "error" if change.counts else "notice"
        file = place(change, comparison.folder)
        title = f"{change.kind} {change.change}{cause(change)}"
        sides = details(change)
        message = shortened(change.key) + (f": {sides}" if sides else "")
        out.write(f"::{command} file={_property(file)},title={_property(title)}::{_message(message)}\n")
    out.write(f"::notice title=hkcrypto::{_message(total(comparison))}\n")


def place(change: Change, folder: str) -> str:
    """Return the path of the file that a change is about; floors name their own."""
    return f"{folder}/{change.document}" if folder not in {"", "."} and change.kind != "floor" else change.document


def _message(text: str) -> str:
    return visible(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
