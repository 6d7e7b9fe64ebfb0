"""Writers: one file for each output format; and files that appear only when they are complete."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from hkcrypto.errors import ConfigError, unknown
from hkcrypto.plugins import Registry

Writer = Callable[[Iterable[Mapping[str, Any]], TextIO], None]

writers: Registry[Writer] = Registry("hkcrypto.writers")

SUFFIXES = {".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".yaml": "yaml", ".yml": "yaml"}
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def find_writer(name: str | None, path: Path | None = None) -> Writer:
    """Return the writer of this name, or where it is None the one for the suffix of `path`.

    Raises ConfigError where the format is unknown, or the suffix tells none.
    """
    known = writers.all()
    if name is None:
        suffix = path.suffix.lower() if path else ""
        name = SUFFIXES.get(suffix, suffix[1:])
        if name not in known:
            raise ConfigError(f"the format of {path} is not to be seen from its name", f"name it with -f: {', '.join(known)}")
    if name not in known:
        raise ConfigError(*unknown("format", name, known))
    return known[name]


@contextmanager
def replacing(path: Path) -> Iterator[TextIO]:
    """Open a text file (UTF-8, Unix newlines) that takes the place of `path` at the end of the block; on an exception nothing is left.

    What is no file (a pipe, a device) is written as it is. Raises OSError where the folder cannot be written.
    """
    if path.exists() and not path.is_file():
        with path.open("w", encoding="utf-8", newline="\n") as out:
            yield out
        return
    target = path.resolve()
    draft = target.with_name(f".{os.getpid()}-{os.urandom(4).hex()}.tmp")
    try:
        with draft.open("x", encoding="utf-8", newline="\n") as out:
            yield out
        if target.exists():
            draft.chmod(target.stat().st_mode & 0o7777)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def escape_surrogates(text: str) -> str:
    r"""Return the text with each lone surrogate as "\udXXX": UTF-8 has no bytes for it, JSON has this escape."""
    return _SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
