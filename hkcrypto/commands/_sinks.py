"""Where records go: a stream, a file, a folder with a file for each document, or tables on the screen."""

from __future__ import annotations

import glob
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hkcrypto.errors import ConfigError
from hkcrypto.terminal import data_stream, is_terminal, screen
from hkcrypto.writers import Writer, find_writer, replacing

Records = Iterable[Mapping[str, Any]]
Sink = Callable[[Records], None]

STREAM = "-"
UNSAFE = re.compile(r'[\x00-\x1f\x7f\ud800-\udfff<>:"|?*\\]')
LONGEST = 200  # bytes of a name; file systems allow 255, and a suffix and a number follow


def choose_sink(output: str | None, format: str | None) -> Sink:
    """Return the sink that `-o` and `-f` ask for; with neither of them, the screen where standard output is a terminal.

    Raises ConfigError where the format is unknown, or neither given nor to be seen from the suffix of the output,
    OSError where a folder cannot be made.
    """
    if output in {None, STREAM}:
        if output is None and format is None and is_terminal(sys.stdout):
            return to_screen
        write = find_writer(format or "jsonl")
        return lambda records: write(records, data_stream())
    path = Path(str(output))
    if is_folder(str(output)):
        path.mkdir(parents=True, exist_ok=True)
        return _Folder(path, find_writer(format or "jsonl"), f".{format or 'jsonl'}")
    write = find_writer(format, path)
    check_place(path)
    return lambda records: _to_file(records, write, path)


def is_folder(output: str) -> bool:
    """Return whether `-o` means a folder: it ends in a slash, or is one."""
    return output.endswith("/") or Path(output).is_dir()


def check_place(path: Path) -> None:
    """Raise ConfigError where no file can be written at `path`, before hours of work are lost for it."""
    if path.is_dir():
        raise ConfigError(f"{path} is a folder", "name a file")
    if not path.parent.is_dir():
        raise ConfigError(f"{path}: there is no folder {path.parent}", "make it first")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise ConfigError(f"{path}: there is no permission to write it", "name another file")


def own_files(paths: Sequence[str], outputs: Iterable[str]) -> tuple[str, ...]:
    """Return globs that keep what the run writes (`outputs`) from being read again, where it lies in a folder of `paths`.

    Raises ConfigError where an output would replace a file that is to be read.
    """
    globs = []
    for output in outputs:
        target = Path(output).resolve()
        for path in (Path(name).resolve() for name in paths if name != STREAM):
            if path == target and not is_folder(output):
                raise ConfigError(f"{output} is to be read and written", "name another file")
            if path in target.parents:
                inside = glob.escape(target.relative_to(path).as_posix())
                globs.append(f"{inside}/*" if is_folder(output) else inside)
    return tuple(globs)


def to_screen(records: Records) -> None:
    """Show every document as it comes, and what they add up to."""
    from hkcrypto.summary import Corpus, corpus_view, document_view

    console, corpus = screen(), Corpus()
    for record in records:
        corpus.add(record)
        console.print(document_view(record))
    if corpus.documents > 1:
        console.print(corpus_view(corpus))


def _to_file(records: Records, write: Writer, path: Path) -> None:
    with replacing(path) as out:
        write(records, out)


@dataclass(slots=True)
class _Folder:
    """One file a document, named after its source; never outside the folder, and never two documents in one file."""

    path: Path
    write: Writer
    suffix: str
    taken: set[str] = field(default_factory=set)

    def __call__(self, records: Records) -> None:
        for record in records:
            path = self._place(record["document"]["source"])
            path.parent.mkdir(parents=True, exist_ok=True)
            with replacing(path) as out:
                self.write([record], out)

    def _place(self, source: str) -> Path:
        parts = [_safe(part) for part in source.split("/") if part not in {"", ".", ".."}] or ["document"]
        name = stem = "stdin" if source == STREAM else "/".join(parts)
        number = 1
        while name.casefold() in self.taken:  # some file systems take capitals for small letters
            number += 1
            name = f"{stem}-{number}"
        self.taken.add(name.casefold())
        path = self.path / f"{name}{self.suffix}"
        if not path.resolve().is_relative_to(self.path.resolve()):
            raise ConfigError(f"{path} lies outside {self.path}, by a link", "remove the link, or write to another folder")
        return path


def _safe(part: str) -> str:
    return UNSAFE.sub("_", part).encode()[:LONGEST].decode(errors="ignore")
