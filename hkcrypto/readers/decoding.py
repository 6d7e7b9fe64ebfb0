"""From bytes to text: by byte order mark, as UTF-8, by the declared charset, by detection, else with replacements."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from hkcrypto.errors import InputError
from hkcrypto.readers import BUFFER

REPLACED = "\ufffd"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What browsers take these names for: the larger charset that the pages mostly are in.
_WIDER = {"big5": "big5hkscs", "gb2312": "gb18030", "gbk": "gb18030", "iso8859-1": "cp1252", "ascii": "cp1252"}
_GUESSES = ["big5hkscs", "gb18030", "cp1252"]
_NAMES = {"big5hkscs": "Big5-HKSCS", "gb18030": "GB18030", "cp1252": "Windows-1252"}
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SIGNATURES = {b"%PDF-": "PDF", b"PK\x03\x04": "a ZIP archive", b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"{\\rtf": "RTF"}
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Encoding:
    """A codec, how many bytes of byte order mark stand before the text, and whether it was only guessed."""

    codec: str
    mark: int = 0
    guessed: bool = False

    @property
    def warnings(self) -> tuple[str, ...]:
        """What to say of a text that was read so."""
        return (f"the encoding was guessed: {_NAMES.get(self.codec, self.codec)}",) if self.guessed else ()


def decode(data: bytes, declared: Callable[[bytes], str | None] | None = None) -> tuple[str, tuple[str, ...]]:
    """Return bytes as text, newlines as they are, without a byte order mark, and what to warn of.

    `declared` finds the charset that the data names itself. Raises InputError where the data is binary.
    """
    encoding = find_encoding(data, declared(data) if declared else None)
    text, warnings = mended(data[encoding.mark :].decode(encoding.codec, _errors(encoding.codec)))
    if text.count(REPLACED) * 4 > len(text):
        raise InputError("it is binary, or in an unknown encoding", "give text files, best in UTF-8")
    return text, (*encoding.warnings, *warnings)


@contextmanager
def text_stream(stream: io.BufferedReader, *, newline: str | None = None) -> Iterator[tuple[io.TextIOWrapper, tuple[str, ...]]]:
    """Give a stream of bytes as one of text, by how it begins, and what to warn of; its parts are to be `mended`."""
    encoding = find_encoding(stream.peek(BUFFER), whole=False)
    stream.read(encoding.mark)
    text = io.TextIOWrapper(stream, encoding.codec, _errors(encoding.codec), newline)
    try:
        yield text, encoding.warnings
    finally:
        if not stream.closed:
            text.detach()  # the stream belongs to the caller


def mended(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the text with what is no character replaced by U+FFFD, and a warning that counts those that it has."""
    text = _SURROGATES.sub(REPLACED, text)
    count = text.count(REPLACED)
    return text, (f"{count} {'character' if count == 1 else 'characters'} that could not be read, in the text as U+FFFD",) if count else ()


def find_encoding(data: bytes, declared: str | None = None, *, whole: bool = True) -> Encoding:
    """Return the encoding of data (of its beginning, where it is not the whole). Raises InputError where it is binary."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return Encoding(name, len(mark))
    for signature, kind in _SIGNATURES.items():
        if data.startswith(signature):
            raise InputError(f"it is binary: {kind}", "convert it to text")
    if b"\0" in data:
        return _without_mark(data)
    if _decodes(data, "utf-8", whole=whole):
        return Encoding("utf-8")
    if len(_CONTROLS.findall(data)) * 20 > len(data):
        raise InputError("it is binary", "give text files")
    if (codec := _known(declared)) and _decodes(data, codec, whole=whole):
        return Encoding(codec)
    if _is_mostly_utf8(data):
        return Encoding("utf-8")
    guess = _guess(data)
    return Encoding(guess, guessed=True) if guess else Encoding("utf-8")


def _without_mark(data: bytes) -> Encoding:
    """UTF-16 without its mark shows by zeros in every other place; zeros elsewhere are no text."""
    for codec, zeros, others in (("utf-16-le", data[1::2], data[::2]), ("utf-16-be", data[::2], data[1::2])):
        if zeros.count(0) * 3 > len(zeros) and others.count(0) * 50 < len(others) and len(data) % 2 == 0 and not _CONTROLS.search(others):
            return Encoding(codec)
    raise InputError(f"it is binary: the byte at offset {data.index(0)} is NUL", "give text files")


def _known(declared: str | None) -> str | None:
    """Return the codec of a charset's name, None where there is none of text."""
    try:
        codec = codecs.lookup((declared or "").strip()).name
        "".encode(codec)  # some codecs are none of text
    except (LookupError, ValueError):
        return None
    return _WIDER.get(codec, codec)


def _decodes(data: bytes, codec: str, *, whole: bool = True) -> bool:
    try:
        codecs.getincrementaldecoder(codec)().decode(data, whole)
    except UnicodeDecodeError:
        return False
    return True


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether what is no UTF-8 are only a few bytes among many characters that are."""
    text = data.decode("utf-8", "surrogateescape")
    wrong = len(_SURROGATES.findall(text))
    return sum(not character.isascii() for character in text) - wrong > 5 * wrong


def _guess(data: bytes) -> str | None:
    from charset_normalizer import from_bytes  # 50 ms

    best = from_bytes(data[: 4 * BUFFER], cp_isolation=_GUESSES).best()
    return best.encoding if best and _decodes(data[: 4 * BUFFER], best.encoding, whole=len(data) <= 4 * BUFFER) else None


def _errors(codec: str) -> str:
    # Each wrong byte becomes one surrogate, which `mended` counts and replaces; UTF-16 and UTF-32 know no such thing.
    return "replace" if codec.startswith(("utf-16", "utf-32")) else "surrogateescape"
