"""Records read back from a file, in any of the formats that they are written in."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any, TextIO

import yaml

from hkcrypto.errors import InputError

STANDARD_INPUT = "-"
NEEDED = frozenset({"document", "entities", "relations"})
CORPUS = frozenset({"corpus_version", "documents", "entities", "relations"})
REMEDY = "give a file that `hkcrypto extract` wrote"
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_records(path: str | Path, *, corpora: bool = False) -> Iterator[dict[str, Any]]:
    """Yield the records of a file (jsonl, json or yaml, as its content shows); "-" is standard input.

    With `corpora`, yield corpus records (`is_corpus`) as well.

    Raises InputError, naming the file and the line, where it cannot be read or holds something else.
    """
    name = str(path)
    try:
        with _open(name) as stream:
            for place, item in _items(stream, Path(name).suffix.lower()):
                if not isinstance(item, dict) or not (item.keys() >= NEEDED or (corpora and is_corpus(item))):
                    raise InputError(f"{name}, {place}: it is no record", REMEDY)
                yield item
    except _BrokenError as error:
        raise InputError(f"{name}, line {error.line}: {error.problem}", REMEDY) from None
    except UnicodeDecodeError:
        raise InputError(f"{name}: it is no UTF-8", REMEDY) from None
    except OSError as error:
        raise InputError(f"{name}: {error.strerror}", "name a file that can be read") from None


def is_corpus(item: Mapping[str, Any]) -> bool:
    """Return whether this is a corpus record, and not the record of a document."""
    return item.keys() >= CORPUS


class _BrokenError(Exception):
    def __init__(self, line: int, problem: str) -> None:
        super().__init__(line, problem)
        self.line = line
        self.problem = problem


@contextmanager
def _open(name: str) -> Iterator[TextIO]:
    if name != STANDARD_INPUT:
        with Path(name).open(encoding="utf-8-sig") as stream:
            yield stream
        return
    wrapped = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig")
    try:
        yield wrapped
    finally:
        wrapped.detach()


def _items(stream: TextIO, suffix: str) -> Iterator[tuple[str, Any]]:
    """Yield what the file holds, each with the words for its place; the first line with text tells the format."""
    head: list[str] = []
    for line in stream:
        head.append(line)
        if line.strip():
            break
    first = head[-1].strip() if head else ""
    lines = chain(head, stream)
    if suffix not in {".yaml", ".yml"} and first.startswith(("[", "{")):
        is_one = first.startswith("[") or not _is_json(first)
        yield from _json_items("".join(lines)) if is_one else _jsonl_items(lines)
    elif suffix in {".json", ".jsonl", ".ndjson"} and first:
        raise _BrokenError(len(head), "it is no JSON")
    else:
        yield from _yaml_items(lines)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _json_items(text: str) -> Iterator[tuple[str, Any]]:
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        # A broken first line of JSON Lines looks like the start of a longer object.
        raise _BrokenError(error.lineno, f"it is no JSON: {error.msg}") from None
    for number, item in enumerate(content if isinstance(content, list) else [content], 1):
        yield f"item {number}", item


def _jsonl_items(lines: Iterable[str]) -> Iterator[tuple[str, Any]]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield f"line {number}", json.loads(line)
            except json.JSONDecodeError as error:
                raise _BrokenError(number, f"it is no JSON: {error.msg}") from None


def _yaml_items(lines: Iterable[str]) -> Iterator[tuple[str, Any]]:
    """Yield one document at a time: a stream of many records need not fit into memory."""
    start, document = 1, list[str]()
    for number, line in enumerate(chain(lines, ["---"]), 1):
        if line.rstrip() != "---":
            document.append(line)
            continue
        if "".join(document).strip():
            yield f"line {start}", _load_yaml("".join(document), start)
        start, document = number + 1, []


def _load_yaml(text: str, start: int) -> Any:
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506 (a SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise _BrokenError(start + (mark.line if mark else 0), "it is no YAML") from None
