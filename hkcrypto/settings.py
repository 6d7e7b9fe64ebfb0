"""Defaults that a project keeps in a file: `hkcrypto.toml`, or the table `[tool.hkcrypto]` of `pyproject.toml`."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from hkcrypto.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Settings:
    """The options of a run; a field has the name of its option on the command line and of its key in a file (there with '-')."""

    format: str | None = None
    output: str | None = None
    errors: Path | None = None
    summary: bool | None = None
    kb: tuple[Path, ...] = ()
    frames: tuple[Path, ...] = ()
    model: str | None = None
    min_confidence: float = 0.0
    types: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    with_text: bool = False
    include_chrome: bool = False
    coref: bool = True
    recall: bool = False
    mark_duplicates: bool = False
    dedupe: bool = False
    input_format: str | None = None
    text_field: str | None = None
    title_field: str | None = None
    date_field: str | None = None
    url_field: str | None = None
    id_field: str | None = None
    max_size: int | None = None
    max_length: int | None = None
    max_expansion: int | None = None
    jobs: int = 1
    timeout_per_document: float | None = None
    min_relevance: float = 0.0
    cache: bool = True
    cache_size: int | None = None
    quiet: bool = False
    verbose: bool = False

    def override(self, **given: Any) -> "Settings":
        """Return the settings with what the command line gives; None and empty lists are not given."""
        fields: dict[str, Any] = {}
        for name, value in given.items():
            if value not in (None, []):
                fields[name] = tuple(value) if isinstance(value, list) else value
        return replace(self, **fields)


def load_settings(folder: Path | None = None) -> Settings:
    """Return the settings of the nearest file, from `folder` (by default the current one) upwards; the defaults where there is none.

    A `pyproject.toml` without `[tool.hkcrypto]` does not count; `hkcrypto.toml` goes before a `pyproject.toml` beside it.
    Paths in a file are relative to it. Raises ConfigError, naming file and key, where one is unknown or of the wrong type.
    """
    start = (folder or Path()).resolve()
    for parent in (start, *start.parents):
        for name in ("hkcrypto.toml", "pyproject.toml"):
            path = parent / name
            table = _table(path) if path.is_file() else None
            if table is not None:
                return _settings(table, path)
    return Settings()


def _table(path: Path) -> dict[str, Any] | None:
    """Return the table of settings in a file, None where a `pyproject.toml` has none."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}", "make it readable, or move it away") from None
    except ValueError as error:
        raise ConfigError(f"{path}: {error}", "mend the TOML") from None
    if path.name == "hkcrypto.toml":
        return content
    tools = content.get("tool", {})
    table = tools.get("hkcrypto") if isinstance(tools, dict) else None
    if table is not None and not isinstance(table, dict):
        raise ConfigError(f"{path}: hkcrypto is no table", "write [tool.hkcrypto]")
    return table


def _settings(table: dict[str, Any], path: Path) -> Settings:
    fields: dict[str, Any] = {}
    for key, value in table.items():
        name = key.replace("-", "_")
        if name not in _CHECKS:
            known = [field.replace("_", "-") for field in _CHECKS]
            close = get_close_matches(key, known, n=1)
            remedy = f"did you mean {close[0]}?" if close else f"use one of {', '.join(known)}"
            raise ConfigError(f"{path}: the key {key!r} is unknown", remedy)
        try:
            fields[name] = _CHECKS[name](value, path.parent)
        except _WrongTypeError as error:
            raise ConfigError(f"{path}: {key} is {value!r}", f"write {error}") from None
    return Settings(**fields)


class _WrongTypeError(Exception):
    """A value of the wrong type; it says what to write instead."""


def _flag(value: Any, _: Path) -> bool:
    if not isinstance(value, bool):
        raise _WrongTypeError("true or false")
    return value


def _text(value: Any, _: Path) -> str:
    if not isinstance(value, str) or not value:
        raise _WrongTypeError("a text between quotation marks")
    return value


def _texts(value: Any, folder: Path) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    try:
        return tuple(_text(item, folder) for item in values)
    except _WrongTypeError:
        raise _WrongTypeError("a list of texts between quotation marks") from None


def _place(value: Any, folder: Path) -> str:
    """Return a path as text with its slash at the end, which says that it is a folder."""
    text = _text(value, folder)
    return text if text == "-" else str(folder / text) + ("/" if text.endswith("/") else "")


def _path(value: Any, folder: Path) -> Path:
    return folder / _text(value, folder)


def _paths(value: Any, folder: Path) -> tuple[Path, ...]:
    return tuple(folder / text for text in _texts(value, folder))


def _model(value: Any, folder: Path) -> str:
    text = _text(value, folder)
    return str(folder / text) if "/" in text else text


def _share(value: Any, _: Path) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise _WrongTypeError("a number from 0 to 1")
    return float(value)


def _seconds(value: Any, _: Path) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
        raise _WrongTypeError("a number of seconds above 0")
    return float(value)


def _count(value: Any, _: Path) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise _WrongTypeError("a whole number from 1 on")
    return value


_CHECKS: dict[str, Callable[[Any, Path], Any]] = {
    "format": _text,
    "output": _place,
    "errors": _path,
    "summary": _flag,
    "kb": _paths,
    "frames": _paths,
    "model": _model,
    "min_confidence": _share,
    "types": _texts,
    "relations": _texts,
    "exclude": _texts,
    "with_text": _flag,
    "include_chrome": _flag,
    "coref": _flag,
    "recall": _flag,
    "mark_duplicates": _flag,
    "dedupe": _flag,
    "input_format": _text,
    "text_field": _text,
    "title_field": _text,
    "date_field": _text,
    "url_field": _text,
    "id_field": _text,
    "max_size": _count,
    "max_length": _count,
    "max_expansion": _count,
    "jobs": _count,
    "timeout_per_document": _seconds,
    "min_relevance": _share,
    "cache": _flag,
    "cache_size": _count,
    "quiet": _flag,
    "verbose": _flag,
}
