"""The baseline: the facts of a set of records in a file, one a line, so that a pull request shows what changes.

A line with the producer, one for each document, and below it a line for each of its facts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from hkcrypto.baseline.facts import Facts, Key, Row
from hkcrypto.errors import InputError
from hkcrypto.writers import replacing
from hkcrypto.writers.jsonl import to_json

VERSION = 1
START = b'{"baseline": '
FIELDS = {
    "baseline": set[str](),
    "producer": set[str](),
    "document": {"text"},
    "metadata": {"is"},
    "entity": {"type", "name", "kb", "mentions"},
    "value": {"type", "is"},
    "relation": {"subject", "object", "status", "qualifiers", "rules"},
    "statement": {"speaker", "verb", "direct"},
}
REMEDY = "write it with `hkcrypto check --update`"


def is_baseline(path: Path) -> bool:
    """Return whether a file is a baseline, from its first bytes; False where it cannot be read."""
    try:
        with path.open("rb") as stream:
            return stream.read(len(START)) == START
    except OSError:
        return False


def read_baseline(path: Path) -> Iterator[Facts]:
    """Yield the facts of each document in a baseline file.

    Raises InputError, naming file and line, where it cannot be read or holds something else.
    """
    producer: dict[str, Any] = {}
    source, text, rows = "", "", list[Row]()
    for number, line in enumerate(_text(path).rstrip("\n").split("\n"), 1):  # not splitlines: names may hold U+2028
        row = _row(line, f"{path}, line {number}")
        if number == 1:
            _check_version(row, path)
        elif "producer" in row or "document" in row:
            if source:
                yield Facts(source, text, producer, tuple(rows))
            producer, source, text, rows = row.get("producer", producer), row.get("document", ""), row.get("text", ""), []
        elif source:
            rows.append(row)
        else:
            raise InputError(f"{path}, line {number}: a fact stands before the first document", REMEDY)
    if source:
        yield Facts(source, text, producer, tuple(rows))


def write_baseline(path: Path, documents: Iterable[Facts]) -> None:
    """Write a baseline in the place of the old one, once it is complete. Raises OSError where it cannot be written."""
    producer: Mapping[str, Any] | None = None
    with replacing(path) as out:
        out.write(f"{to_json({'baseline': VERSION})}\n")
        for facts in sorted(documents, key=lambda facts: facts.source):
            if facts.producer != producer:
                producer = facts.producer
                out.write(f"{to_json({'producer': producer})}\n")
            out.write(f"{to_json({'document': facts.source, 'text': facts.text})}\n")
            out.writelines(f"{to_json(row)}\n" for row in facts.rows)


def merged(old: Facts, new: Facts, accepted: set[Key]) -> Facts:
    """Return the old facts with only these changes made: it keeps the old text and producer, which explain the others."""
    before, after = old.keyed(), new.keyed()
    order, place = list(after), 0
    for key in before:
        if key not in after:
            order.insert(place, key)
        place = order.index(key) + 1
    chosen = ((after if key in accepted else before).get(key) for key in order)
    return Facts(old.source, old.text, old.producer, tuple(row for row in chosen if row))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}", "name a file that can be read") from None
    except UnicodeDecodeError:
        raise InputError(f"{path}: it is no UTF-8", REMEDY) from None


def _row(line: str, where: str) -> Row:
    try:
        row = json.loads(line)
    except ValueError:
        raise InputError(f"{where}: it is no JSON", REMEDY) from None
    kind = next(iter(row), "") if isinstance(row, dict) else ""
    if kind not in FIELDS or not row.keys() >= FIELDS[kind]:
        raise InputError(f"{where}: it is no line of a baseline", REMEDY)
    return dict(row)


def _check_version(row: Row, path: Path) -> None:
    if row.get("baseline") != VERSION:
        raise InputError(f"{path}: it is a baseline of version {row.get('baseline')}, not {VERSION}", REMEDY)
