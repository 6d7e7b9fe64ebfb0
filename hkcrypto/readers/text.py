"""Plain text in UTF-8: one file, one document."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path

from hkcrypto.errors import InputError
from hkcrypto.readers import readers
from hkcrypto.schema import Document

UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@readers.register(".txt")
def read_text(path: Path, source: str) -> Iterator[Document]:
    """Yield the one document of a text file. Raises InputError where `decode` does."""
    yield Document(text=decode(path.read_bytes()), source=source)


def decode(data: bytes) -> str:
    """Return UTF-8 bytes as text, newlines as they are, without a byte order mark.

    Raises InputError where the data is blank, binary or no UTF-8 (with the offset of the first bad byte).
    """
    if data.startswith(UTF_16):
        raise InputError("it is UTF-16", "save it as UTF-8")
    if (offset := data.find(0)) >= 0:
        raise InputError(f"it is binary: the byte at offset {offset} is NUL", "give text files")
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        bom = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
        offset = error.start + bom
        raise InputError(f"it is no UTF-8: byte 0x{data[offset]:02x} at offset {offset}", "save it as UTF-8") from None
    if not text.strip():
        raise InputError("it is blank" if data else "it is empty", "leave it out, or put an article in it")
    return text
