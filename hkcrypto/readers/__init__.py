"""Readers: one file for each input format, registered under the suffixes that it reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING

from hkcrypto.errors import ConfigError, InputError
from hkcrypto.plugins import Registry
from hkcrypto.schema import Document, Failure

if TYPE_CHECKING:
    from typing import BinaryIO

MEGABYTE = 1_000_000
BUFFER = 1 << 16  # what is looked at to tell the format and the encoding of a stream


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read: the format (else by suffix or content), the names of the fields of rows, and how large things may be.

    `max_size` counts the bytes of one document or row, `max_length` the characters of its text, `max_expansion` how many
    times its size a gzip file may become.
    """

    format: str | None = None
    text_field: str | None = None
    title_field: str | None = None
    date_field: str | None = None
    url_field: str | None = None
    id_field: str | None = None
    max_size: int = 20 * MEGABYTE
    max_length: int = 100_000  # beyond it one document takes longer than half a minute
    max_expansion: int = 200

    def changed(self) -> bool:
        """Return whether any option is not at its default."""
        return any(getattr(self, item.name) != item.default for item in fields(self))


Reader = Callable[[BufferedReader, str, ReadOptions], Iterator[Document | Failure]]

readers: Registry[Reader] = Registry("hkcrypto.readers")


def suffixes() -> tuple[str, ...]:
    """Return the suffixes that have a reader, with their full stop, sorted; each may be followed by `.gz`."""
    return tuple(readers.all())


def suffix_of(name: str) -> str:
    """Return the suffix of a file name that tells its format, in small letters: that before `.gz` where it ends so."""
    path = Path(name.lower())
    return Path(path.stem).suffix if path.suffix == ".gz" else path.suffix


def check_format(format: str | None) -> None:  # noqa: A002 (the name of the option)
    """Raise ConfigError where no reader has this format."""
    if format is not None and f".{format}" not in suffixes():
        raise ConfigError(f"the input format {format!r} is unknown", f"use {', '.join(name[1:] for name in suffixes())}")


def read_stream(raw: BinaryIO, name: str, source: str, options: ReadOptions) -> Iterator[Document | Failure]:
    """Yield the documents of a stream, by the reader of the option, of the suffix of `name`, or of what the stream looks like.

    What is compressed with gzip is expanded on the way. A document that cannot be used is a Failure; the others go on.
    Raises InputError where the stream cannot be read on, OSError where the system says so.
    """
    from hkcrypto.readers.sniff import expanded, sniff

    stream = expanded(raw, options)
    known = readers.all()
    suffix = f".{options.format}" if options.format else suffix_of(name)
    read = known[suffix] if suffix in known else known[sniff(stream.peek(BUFFER))]
    for item in read(stream, source, options):
        yield _checked(item, options)


def read_all(stream: BufferedReader, options: ReadOptions) -> bytes:
    """Return what is left of a stream. Raises InputError where that is more than a document may be."""
    data = stream.read(options.max_size + 1)
    if len(data) > options.max_size:
        raise InputError(f"it is larger than {_megabytes(options.max_size)}", "raise --max-size, or split it")
    return data


def too_large(options: ReadOptions) -> InputError:
    """Return the error for a row that is larger than a document may be."""
    return InputError(f"it is larger than {_megabytes(options.max_size)}", "raise --max-size, or leave the row out")


def check_length(text: str, options: ReadOptions) -> None:
    """Raise InputError where a text is longer than a document's may be."""
    if len(text) > options.max_length:
        raise InputError(f"its text has {len(text):,} characters, more than {options.max_length:,}", "raise --max-length, or split it")


def _checked(item: Document | Failure, options: ReadOptions) -> Document | Failure:
    if isinstance(item, Failure):
        return item
    if not item.text.strip():
        return Failure(item.source, "it is blank" if item.text else "it is empty", "leave it out, or put an article in it")
    try:
        check_length(item.text, options)
    except InputError as error:
        return Failure(item.source, error.message, error.remedy)
    return item


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:g} MB"
