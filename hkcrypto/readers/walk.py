"""From the arguments of a command to documents: files, folders and standard input, one document at a time."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from hkcrypto.errors import InputError
from hkcrypto.readers import ReadOptions, check_format, read_stream, suffix_of, suffixes
from hkcrypto.schema import Document, Failure

STANDARD_INPUT = "-"
NO_ARTICLES = ("readme", "license")
FAULTS = {
    errno.ENOENT: ("it does not exist", "check the path"),
    errno.ENOTDIR: ("it does not exist", "check the path"),
    errno.EACCES: ("there is no permission to read it", "change its permissions, or leave it out"),
    errno.EPERM: ("there is no permission to read it", "change its permissions, or leave it out"),
    errno.ELOOP: ("it is a link that leads back to itself", "remove the link"),
    errno.ENAMETOOLONG: ("its name is too long", "check the path"),
}


def find_documents(paths: Sequence[str], exclude: Sequence[str] = (), options: ReadOptions | None = None) -> Iterator[Document | Failure]:
    """Yield the documents of files, folders and '-' (standard input), in the order of the arguments, folders sorted by path.

    `exclude` holds globs on a file's source or its name. In a folder, dot-files, README*, LICENSE* and suffixes without a
    reader are passed over; a file that two arguments name is read once. What cannot be read is a Failure. Raises ConfigError
    where the format of the options is unknown.
    """
    chosen = options or ReadOptions()
    check_format(chosen.format)
    for item in find_files(paths, exclude):
        if isinstance(item, Failure):
            yield item
        else:
            yield from _read(item, chosen)


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read, and the source of its document; None stands for standard input."""

    path: Path | None
    source: str


def find_files(paths: Sequence[str], exclude: Sequence[str] = ()) -> Iterator[Found | Failure]:
    """Yield the files that `find_documents` reads, unopened."""
    walk = _Walk(tuple(exclude))
    for argument in paths:
        if argument == STANDARD_INPUT:
            yield Found(None, walk.unique(STANDARD_INPUT, STANDARD_INPUT))
        else:
            yield from walk.argument(argument)


def _read(found: Found, options: ReadOptions) -> Iterator[Document | Failure]:
    """Yield the documents of a file; what ends the reading is a Failure, after those before it."""
    path, source = found.path, found.source
    try:
        if path is None:
            yield from read_stream(sys.stdin.buffer, "", source, options)
            return
        if not stat.S_ISREG(path.stat().st_mode):
            yield Failure(source, "it is a pipe, a socket or a device", "give a file, or '-' to read standard input")
            return
        with path.open("rb") as stream:
            yield from read_stream(stream, path.name, source, options)
    except InputError as error:
        yield Failure(source, error.message, error.remedy)
    except OSError as error:
        yield _failure(source, path or Path(source), error)


@dataclass(slots=True)
class _Walk:
    """One run over the arguments; it remembers what it has seen, so that no source comes twice."""

    exclude: tuple[str, ...]
    files: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)

    def argument(self, argument: str) -> Iterator[Found | Failure]:
        """Yield the files of one argument."""
        path = Path(argument)
        name = path.name or path.resolve().name or argument
        try:
            is_folder = stat.S_ISDIR(path.stat().st_mode)
        except (OSError, ValueError) as error:
            yield _failure(argument, path, error)
            return
        if not is_folder:
            if not self._is_excluded(name):
                yield from self._file(path, name, argument)
            return
        found = False
        for item in self._folder(path, argument):
            found = True
            yield item
        if not found:
            yield Failure(argument, "it is a folder without articles", f"put articles in it that end in {', '.join(suffixes())}, or .gz")

    def _folder(self, root: Path, argument: str) -> Iterator[Found | Failure]:
        """Yield the files below a folder; links to folders are followed, unless they lead back up."""
        waiting = [(root, frozenset[tuple[int, int]]())]
        while waiting:
            path, above = waiting.pop()
            source = path.relative_to(root).as_posix()
            try:
                status = path.stat()
                if not stat.S_ISDIR(status.st_mode):
                    yield from self._file(path, source, argument)
                    continue
                identity = (status.st_dev, status.st_ino)
                if identity in above:
                    yield Failure(self.unique(source, argument), *FAULTS[errno.ELOOP])
                    continue
                names = sorted(os.listdir(path), reverse=True)  # noqa: PTH208 (names are all that is needed)
                waiting += [(path / name, above | {identity}) for name in names if self._is_wanted(path / name, root)]
            except OSError as error:
                yield _failure(self.unique(source, argument), path, error)

    def _is_wanted(self, path: Path, root: Path) -> bool:
        if path.name.startswith(".") or self._is_excluded(path.relative_to(root).as_posix()):
            return False
        return path.is_dir() or (suffix_of(path.name) in suffixes() and not path.name.lower().startswith(NO_ARTICLES))

    def _is_excluded(self, source: str) -> bool:
        return any(fnmatchcase(name, glob) for glob in self.exclude for name in (source, source.rpartition("/")[2]))

    def _file(self, path: Path, source: str, argument: str) -> Iterator[Found]:
        if (absolute := os.path.abspath(path)) not in self.files:  # noqa: PTH100 (resolve() would take two links for one file)
            self.files.add(absolute)
            yield Found(path, self.unique(source, argument))

    def unique(self, source: str, argument: str) -> str:
        """Return the source, with the argument's name or the whole argument before it where another has it already."""
        path = Path(argument)
        inside = "" if source in {path.name, "."} else f"/{source}"
        choices = [source, f"{path.name}{inside}", f"{path.as_posix()}{inside}"]
        number = 2
        while (choice := choices.pop(0)) in self.sources:
            choices = choices or [f"{path.as_posix()}{inside}#{number}"]
            number += 1
        self.sources.add(choice)
        return choice


def _failure(source: str, path: Path, error: OSError | ValueError) -> Failure:
    if isinstance(error, FileNotFoundError) and path.is_symlink():
        return Failure(source, "it is a link to nothing", "mend or remove the link")
    if isinstance(error, OSError):
        return Failure(source, *FAULTS.get(error.errno or 0, (error.strerror or "it cannot be read", "check the file")))
    return Failure(source, "it is no path", "check the argument")
