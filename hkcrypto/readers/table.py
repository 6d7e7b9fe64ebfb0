"""CSV and its like: one article a row, under a line of names; read as a stream."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import BufferedReader, TextIOWrapper

from hkcrypto.errors import InputError
from hkcrypto.readers import ReadOptions, readers, too_large
from hkcrypto.readers.decoding import text_stream
from hkcrypto.readers.rows import document, source_of
from hkcrypto.schema import Document, Failure

DELIMITERS = ",;\t|"


@readers.register(".csv", ".tsv")
def read_table(stream: BufferedReader, source: str, options: ReadOptions) -> Iterator[Document | Failure]:
    """Yield the documents of the rows; one that is no article is a Failure.

    Raises InputError where there is no line of names, or the quotation marks are such that the rows cannot be told apart.
    """
    csv.field_size_limit(min(options.max_size, 2**31 - 1))
    with text_stream(stream, newline="") as (text, warnings):
        yield from _documents(text, source, options, warnings)


def _documents(text: TextIOWrapper, source: str, options: ReadOptions, warnings: tuple[str, ...]) -> Iterator[Document | Failure]:
    lines = _lines(text, options)
    first = next((line for line in lines if line.strip()), "")
    if not first:
        raise InputError("it is empty", "leave it out, or put articles in it")
    delimiter = max(DELIMITERS, key=first.count)
    names = [name.strip() for name in next(csv.reader([first], delimiter=delimiter))]
    if options.text_field and options.text_field not in names:
        raise InputError(f"it has no column {options.text_field!r}", f"name one with --text-field; there are {', '.join(names[:8])}")
    rows = csv.reader(lines, delimiter=delimiter)
    number = 0
    try:
        for number, values in enumerate(rows, 1):
            if values:
                yield _document(names, values, source, number, options, warnings)
    except csv.Error as error:
        raise InputError(f"its row {number + 1} is no CSV: {error}", "mend its quotation marks, or raise --max-size") from None
    if not number:
        raise InputError("it has names of columns, but no rows", "put articles in it")


def _document(
    names: list[str], values: list[str], source: str, number: int, options: ReadOptions, warnings: tuple[str, ...]
) -> Document | Failure:
    row = dict(zip(names, values, strict=False))
    name = source_of(row, source, number, options)
    try:
        return document(row, name, options, warnings)
    except InputError as error:
        return Failure(name, error.message, error.remedy)


def _lines(text: TextIOWrapper, options: ReadOptions) -> Iterator[str]:
    while line := text.readline(options.max_size):
        if len(line) == options.max_size:
            raise too_large(options)
        yield line
