"""JSON: an array of articles, an object that holds one ("articles": [...]), or one article; arrays are read as streams."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from io import BufferedReader
from typing import Any

from hkcrypto.errors import InputError
from hkcrypto.readers import BUFFER, ReadOptions, read_all, readers, too_large
from hkcrypto.readers.decoding import decode, text_stream
from hkcrypto.readers.jsonl import checked, parsed, read_jsonl
from hkcrypto.readers.rows import document, document_or_failure, has_text_field, lists
from hkcrypto.readers.sniff import sniff
from hkcrypto.schema import Document, Failure

_NEXT = re.compile(r"[\s,]*")


@readers.register(".json")
def read_json(stream: BufferedReader, source: str, options: ReadOptions) -> Iterator[Document | Failure]:
    """Yield the documents of an array or object; JSON Lines by the name of JSON are read as such.

    Raises InputError where it is no JSON, or records.
    """
    head = stream.peek(BUFFER)
    if sniff(head) == ".jsonl":
        yield from read_jsonl(stream, source, options)
    elif head.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"["):
        yield from _documents(_items(stream, options), source, options)
    else:
        text, warnings = decode(read_all(stream, options))
        if not text.strip():
            raise InputError("it is empty", "leave it out, or put an article in it")
        row = parsed(text, options)
        parts = _parts(row) if not options.text_field else None
        if parts is None:
            yield document(row, source, options, warnings)
        else:
            yield from _documents(parts, source, options, warnings)


def _parts(row: Mapping[str, Any]) -> list[Any] | None:
    """Return the list of articles in an object, None where the object is an article itself."""
    if has_text_field(row):
        return None
    found = (row.get(name) for name in lists())
    return next((value for value in found if isinstance(value, list) and value and isinstance(value[0], dict)), None)


def _documents(items: Iterable[Any], source: str, options: ReadOptions, warnings: tuple[str, ...] = ()) -> Iterator[Document | Failure]:
    number = 0
    for number, item in enumerate(items, 1):
        yield document_or_failure(partial(checked, item), source, number, options, warnings)
    if not number:
        raise InputError("it is empty", "leave it out, or put articles in it")


def _items(stream: BufferedReader, options: ReadOptions) -> Iterator[Any]:
    """Yield the items of an array one at a time, none larger than a document may be."""
    decoder = json.JSONDecoder()
    with text_stream(stream) as (text, _):
        rest, at = text.read(BUFFER).lstrip()[1:], 0
        size = BUFFER
        while True:
            at = _NEXT.match(rest, at).end()  # type: ignore[union-attr]  # it matches nothing, too
            if rest.startswith("]", at):
                return
            try:
                item, at = decoder.raw_decode(rest, at)
            except (ValueError, RecursionError) as error:
                more = text.read(size)
                if not more or isinstance(error, RecursionError):
                    raise InputError(f"it is no JSON from some place on: {error}", "mend the file") from None
                rest, at, size = rest[at:] + more, 0, size * 2
                if len(rest) > options.max_size:
                    raise too_large(options) from None
            else:
                size = BUFFER
                yield item
