"""What a stream is, by how it begins: compressed or not, and in which format."""

from __future__ import annotations

import gzip
import io
import json
import re
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from hkcrypto.errors import InputError
from hkcrypto.readers import BUFFER, MEGABYTE, ReadOptions

if TYPE_CHECKING:
    from typing import BinaryIO

Stream = io.BufferedReader
GZIP = b"\x1f\x8b"
FREE = 10 * MEGABYTE  # expanded bytes that are harmless whatever they come from
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|div|article|p|h1|meta|script)\b", re.IGNORECASE)
_FRONT_MATTER = re.compile(rb"---[ \t]*\r?\n(?:[\w-]+[ \t]*:.*\r?\n)")


def sniff(head: bytes) -> str:
    """Return the suffix of the reader for what begins with `head`."""
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text[:1] in {b"{", b"["}:
        return _json_kind(text)
    if _HTML.match(text) or (text[:1] == b"<" and _HTML.search(text[:2000])):
        return ".html"
    if _FRONT_MATTER.match(text):
        return ".md"
    return ".csv" if _is_table(text) else ".txt"


def _json_kind(text: bytes) -> str:
    """JSON Lines have a whole object on their first line and go on; plain text may begin with a bracket, too."""
    first, newline, rest = text.partition(b"\n")
    with suppress(ValueError, RecursionError):
        if isinstance(json.loads(first), dict):
            return ".jsonl" if newline and rest.strip() else ".json"
    return ".json" if re.match(rb'\{\s*"|\[\s*\{', text) else ".txt"


def _is_table(text: bytes) -> bool:
    from hkcrypto.readers.rows import has_text_field

    first = text.partition(b"\n")[0].decode("utf-8", "replace")
    return any(has_text_field(first.replace('"', "").strip().split(mark)) for mark in ",;\t" if mark in first)


def expanded(raw: BinaryIO, options: ReadOptions) -> Stream:
    """Return a stream that can be looked into without reading on, expanded where it is compressed."""
    stream: Stream = raw if isinstance(raw, io.BufferedReader) else io.BufferedReader(_Plain(raw), BUFFER)
    for _ in range(2):  # a file may have been compressed twice by accident; more is malice
        if not stream.peek(2).startswith(GZIP):
            break
        stream = io.BufferedReader(_Expanded(stream, options.max_expansion), BUFFER)
    return stream


class _Plain(io.RawIOBase):
    """A stream without `peek`, as the raw stream of one that has it; it counts what is read."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.count = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(size)
        self.count += len(data)
        return data

    def readinto(self, buffer: Any) -> int:
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


class _Expanded(io.RawIOBase):
    """The content of a gzip stream, which may be only so many times as large as what holds it."""

    def __init__(self, packed: Stream, most: int) -> None:
        self.packed = _Plain(packed)
        self.content = gzip.GzipFile(fileobj=self.packed)
        self.most = most
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self.content.read1(len(buffer))
        except EOFError:
            raise InputError("the gzip file is cut off", "fetch it again") from None
        except (gzip.BadGzipFile, zlib.error) as error:
            raise InputError(f"the gzip file is damaged: {error}", "fetch it again") from None
        self.count += len(data)
        if self.count > FREE and self.count > self.most * self.packed.count:
            raise InputError(f"it expands to more than {self.most} times its size", "raise --max-expansion if it is no gzip bomb")
        buffer[: len(data)] = data
        return len(data)
