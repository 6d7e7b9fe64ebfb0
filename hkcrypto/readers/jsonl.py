"""JSON Lines: one article a line, read as a stream."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from io import BufferedReader, TextIOWrapper
from typing import Any

from hkcrypto.errors import InputError
from hkcrypto.readers import ReadOptions, readers, too_large
from hkcrypto.readers.decoding import text_stream
from hkcrypto.readers.rows import document_or_failure
from hkcrypto.schema import Document, Failure


@readers.register(".jsonl", ".ndjson")
def read_jsonl(stream: BufferedReader, source: str, options: ReadOptions) -> Iterator[Document | Failure]:
    """Yield the documents of the lines; a line that is no article is a Failure. Raises InputError where they are records."""
    with text_stream(stream) as (text, warnings):
        yield from _documents(text, source, options, warnings)


def _documents(text: TextIOWrapper, source: str, options: ReadOptions, warnings: tuple[str, ...]) -> Iterator[Document | Failure]:
    empty = True
    for number, line in _lines(text, options):
        if line is not None and not line.strip():
            continue
        empty = False
        yield document_or_failure(partial(parsed, line, options), source, number, options, warnings)
    if empty:
        raise InputError("it is empty", "leave it out, or put articles in it")


def parsed(text: str | None, options: ReadOptions) -> dict[str, Any]:
    """Return the object of a line. Raises InputError where it is no JSON, something else, or (None) too large."""
    if text is None:
        raise too_large(options)
    try:
        row = json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(f"it is no JSON: {error.msg} at character {error.pos + 1}", "mend the line") from None
    except (ValueError, RecursionError):  # a number of thousands of digits; a thousand brackets
        raise InputError("it is no JSON that can be read", "mend the line") from None
    return checked(row)


def checked(item: Any) -> dict[str, Any]:
    """Return a JSON object as it is. Raises InputError where it is something else."""
    if not isinstance(item, dict):
        raise InputError("it is no JSON object", "give one object for each article")
    return item


def _lines(text: TextIOWrapper, options: ReadOptions) -> Iterator[tuple[int, str | None]]:
    """Yield the lines with their numbers, None for one that is too long: no more than that is ever held."""
    number = 0
    while line := text.readline(options.max_size):
        number += 1
        whole = line.endswith("\n") or len(line) < options.max_size
        yield number, line if whole else None
        while not whole:
            rest = text.readline(options.max_size)
            whole = rest.endswith("\n") or not rest
