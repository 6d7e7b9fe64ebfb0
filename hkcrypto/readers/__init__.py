"""Readers: one file for each input format, registered under the suffixes that it reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from hkcrypto.plugins import Registry
from hkcrypto.schema import Document

Reader = Callable[[Path, str], Iterator[Document]]

readers: Registry[Reader] = Registry("hkcrypto.readers")


def suffixes() -> tuple[str, ...]:
    """Return the suffixes that have a reader, with their full stop, sorted."""
    return tuple(readers.all())


def read_file(path: Path, source: str) -> Iterator[Document]:
    """Yield the documents of a file, by the reader of its suffix; a suffix that nobody knows is read as text.

    Raises InputError where the file is not what its reader needs, OSError where it cannot be opened.
    """
    known = readers.all()
    return known.get(path.suffix.lower(), known[".txt"])(path, source)
