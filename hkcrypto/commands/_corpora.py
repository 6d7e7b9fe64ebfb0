"""Corpora for the commands that need one: a corpus record, or what records add up to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hkcrypto.errors import InputError

if TYPE_CHECKING:
    from hkcrypto.corpus.model import Corpus

RECORDS_HELP = "Files of records (jsonl, json, yaml), folders of them, '-' for standard input."


def corpus_of_files(names: Sequence[str], frames: tuple[Path, ...], *, corpora: bool = False, own: Path | None = None) -> Corpus:
    """Return the corpus of the records in files and folders; with `corpora`, one that a file holds ready. `own` is passed over in folders.

    Raises InputError, naming the file, where one cannot be read or holds something else, or where there is nothing.
    """
    from hkcrypto.corpus.build import Builder
    from hkcrypto.corpus.model import corpus_from_dict
    from hkcrypto.recordfile import is_corpus

    builder = Builder(frames)
    ready: list[Corpus] = []
    for file, item in _items(names, own, corpora=corpora):
        if is_corpus(item):
            ready.append(corpus_from_dict(item, file))
        else:
            builder.add(item, file)
        if len(ready) > 1 or (ready and builder.pages):
            raise InputError(f"{file}: a corpus record stands for itself", "give it alone, or the records that it was made from")
    if not ready and not builder.pages:
        raise InputError(f"{', '.join(names)}: there is no record", "give files that `hkcrypto extract` wrote")
    return ready[0] if ready else builder.corpus()


def _items(names: Sequence[str], own: Path | None, *, corpora: bool) -> Iterator[tuple[str, Any]]:
    from hkcrypto.baseline.recordsets import record_files
    from hkcrypto.recordfile import read_records

    for name in names:
        for file in record_files(name):
            if file != name and own and Path(file).resolve() == own.resolve():
                continue
            yield from ((file, item) for item in read_records(file, corpora=corpora))
