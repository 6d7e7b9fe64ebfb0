"""Records and texts as an evaluation needs them: by the name of their document, without folder and suffix."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from hkcrypto.errors import InputError
from hkcrypto.readers.text import decode
from hkcrypto.recordfile import read_records

RECORD_SUFFIXES = frozenset({".jsonl", ".ndjson", ".json", ".yaml", ".yml"})
Record = Mapping[str, Any]


def record_files(path: str) -> list[Path] | None:
    """Return the record files at a path, a file or a folder; None where it is a folder of articles."""
    place = Path(path)
    if not place.is_dir():
        return [place]
    from hkcrypto.readers import suffixes

    files = [file for file in sorted(place.rglob("*")) if file.is_file()]
    articles = set(suffixes()) - RECORD_SUFFIXES
    if any(file.suffix.lower() in articles and not file.name.lower().startswith("readme") for file in files):
        return None
    return [file for file in files if file.suffix.lower() in RECORD_SUFFIXES]


def by_name(records: Iterable[Record], origin: str) -> dict[str, Record]:
    """Return records by the stem of their source. Raises InputError where a record has no source, or two have the same."""
    found: dict[str, Record] = {}
    for record in records:
        source = (record.get("document") or {}).get("source")
        if not isinstance(source, str) or not source:
            raise InputError(f"{origin}: a record has no document.source", "write it again with `hkcrypto extract`")
        if (name := Path(source).stem) in found:
            raise InputError(f"{origin}: there are two records for {name}", "keep one of them")
        found[name] = record
    return found


def read_all(files: Iterable[Path]) -> Iterable[Record]:
    """Yield the records of files. Raises InputError, naming file and line, where one cannot be read."""
    for file in files:
        yield from read_records(file)


def read_texts(names: Iterable[str], folder: Path, records: Mapping[str, Record]) -> dict[str, str]:
    """Return the texts of documents: NAME.txt in the folder, else what the record has stored; none where there is neither.

    Raises InputError where a file is no text.
    """
    texts = {}
    for name in names:
        path = folder / f"{name}.txt"
        stored = (records.get(name, {}).get("document") or {}).get("text")
        if path.is_file():
            try:
                texts[name] = decode(path.read_bytes())
            except InputError as error:
                raise InputError(f"{path}: {error.message}", error.remedy) from None
        elif isinstance(stored, str):
            texts[name] = stored
    return texts
