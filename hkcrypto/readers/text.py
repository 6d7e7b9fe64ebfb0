"""Plain text: one file, one document."""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader

from hkcrypto.errors import InputError
from hkcrypto.readers import ReadOptions, decoding, read_all, readers
from hkcrypto.schema import Document


@readers.register(".txt")
def read_text(stream: BufferedReader, source: str, options: ReadOptions) -> Iterator[Document]:
    """Yield the one document of a text. Raises InputError where it is binary or too large."""
    text, warnings = decoding.decode(read_all(stream, options))
    yield Document(text=text, source=source, warnings=warnings)


def decode(data: bytes) -> str:
    """Return the bytes of a plain text as an article's text, newlines as they are, without a byte order mark.

    Raises InputError where the data is blank or binary.
    """
    text, _ = decoding.decode(data)
    if not text.strip():
        raise InputError("it is blank" if data else "it is empty", "leave it out, or put an article in it")
    return text
