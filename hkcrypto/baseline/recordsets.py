"""Sets of records, by source: from files and folders in any format, from a baseline file, or fresh from the extractor."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hkcrypto.baseline.baselinefile import is_baseline, read_baseline
from hkcrypto.baseline.facts import Facts, facts_of
from hkcrypto.errors import InputError
from hkcrypto.recordfile import NEEDED, REMEDY, STANDARD_INPUT, read_records
from hkcrypto.schema import Failure
from hkcrypto.writers import SUFFIXES

LINES = frozenset({".jsonl", ".ndjson", ".json"})


@dataclass(slots=True)
class RecordSet:
    """The packed facts of every document; `lines` are checksums of the lines that they came from.

    `failures` are the documents that gave none, `texts` the checksums of all texts that could be read.
    """

    packed: dict[str, bytes] = field(default_factory=dict)
    lines: dict[bytes, str] = field(default_factory=dict)
    failures: dict[str, Failure] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    def add(self, facts: Facts) -> None:
        """Add a document. Raises InputError where it is there already."""
        self.put(facts.source, facts.pack())

    def put(self, source: str, packed: bytes) -> None:
        """Add a document by its packed facts. Raises InputError where it is there already."""
        if source in self.packed:
            raise InputError(f"the document {source} is there twice", "keep one record a document")
        self.packed[source] = packed


def read_set(path: str, like: RecordSet | None = None) -> RecordSet:
    """Return the records of a file, of a folder of files, of a baseline, or of standard input ("-").

    Lines that `like` has as well are not parsed again. Raises InputError, naming file and line, where something cannot be read.
    """
    found = RecordSet()
    for name in record_files(path):
        try:
            _read_into(found, name, like)
        except InputError as error:
            raise error if name in error.message else InputError(f"{name}: {error.message}", error.remedy) from None
    return found


def record_files(path: str) -> Iterable[str]:
    """Return the files of records that a path stands for: itself, or all in a folder, sorted.

    Raises InputError where a folder holds none.
    """
    folder = Path(path)
    if path == STANDARD_INPUT or not folder.is_dir():
        return [path]
    files = sorted(str(file) for file in folder.rglob("*") if file.suffix.lower() in SUFFIXES and file.is_file())
    if not files:
        raise InputError(f"{path}: it is a folder without records", f"name one with files that end in {', '.join(SUFFIXES)}")
    return files


def text_checksum(text: str) -> str:
    """Return what a record has as the id of a document with this text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _read_into(found: RecordSet, name: str, like: RecordSet | None) -> None:
    path = Path(name)
    if name != STANDARD_INPUT and is_baseline(path):
        for facts in read_baseline(path):
            found.add(facts)
    elif path.suffix.lower() in LINES and _is_lines(path):
        _read_lines(found, path, like)
    else:
        for number, record in enumerate(read_records(name), 1):
            found.add(_facts(record, f"{name}, record {number}"))


def _read_lines(found: RecordSet, path: Path, like: RecordSet | None) -> None:
    for number, line in _lines(path):
        digest = hashlib.blake2b(line, digest_size=16).digest()
        if like and (source := like.lines.get(digest)):
            found.put(source, like.packed[source])
            continue
        where = f"{path}, line {number}"
        try:
            record = json.loads(line)
        except ValueError as error:
            raise InputError(f"{where}: it is no JSON: {getattr(error, 'msg', error)}", REMEDY) from None
        facts = _facts(record, where)
        found.add(facts)
        found.lines[digest] = facts.source


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield the lines with a record; in a JSON array as hkcrypto writes it, a record has a line to itself too."""
    try:
        with path.open("rb") as stream:
            for number, line in enumerate(stream, 1):
                if (record := line.strip().rstrip(b",")) and record not in {b"[", b"]"}:
                    yield number, record
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}", "name a file that can be read") from None


def _is_lines(path: Path) -> bool:
    """Whether the first line with a record is a whole object: the suffix alone does not say so."""
    try:
        return isinstance(json.loads(next((line for _, line in _lines(path)), b"{}")), dict)
    except ValueError:
        return False


def _facts(record: Any, where: str) -> Facts:
    if not isinstance(record, dict) or not record.keys() >= NEEDED:
        raise InputError(f"{where}: it is no record", REMEDY)
    try:
        return facts_of(record)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise InputError(f"{where}: it is a record with parts missing", "write it again with `hkcrypto extract`") from None
