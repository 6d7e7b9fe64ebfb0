"""From a row (a JSON object, a line of a table, front matter) to a document: which field is what, and the text that they make."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from hkcrypto.errors import InputError
from hkcrypto.lines import read_date
from hkcrypto.readers import ReadOptions, check_length
from hkcrypto.readers.decoding import mended
from hkcrypto.schema import Document, Failure
from hkcrypto.sections import titled
from hkcrypto.yamlfile import parse_yaml

DATA = Path(__file__).parents[1] / "data" / "fields.yaml"
OWN = frozenset({"schema_version", "producer", "document", "entities"})
_AND = re.compile(r"\s*[;、]\s*|\s+(?:and|&)\s+|\n")
_URL = re.compile(r"\w+://|www\.")


class OwnRecordError(InputError):
    """The input is a file of records, not of articles."""

    def __init__(self) -> None:
        super().__init__(
            "it holds records that hkcrypto wrote, no articles",
            "see them with `hkcrypto summary`, compare them with `hkcrypto diff`, or exclude them",
        )


def document(row: Mapping[str, Any], source: str, options: ReadOptions, warnings: tuple[str, ...] = ()) -> Document:
    """Return the document of a row; its text begins with the title.

    Raises OwnRecordError where the row is a record, InputError where it has no text.
    """
    if row.keys() >= OWN:
        raise OwnRecordError
    text = _text(row, options)
    check_length(text, options)
    values = {name: _words(_value(row, name)) for name in ("publisher", "url", "title")}
    title = _words(_given(row, options.title_field)) if options.title_field else values["title"]
    day, more = _published(row, options)
    body, mends = mended(text)
    whole, sections = titled(mended(title)[0] if title else None, body)
    return Document(
        text=whole,
        source=source,
        title=mended(title)[0] if title else None,
        publisher=values["publisher"] if not _URL.match(values["publisher"] or "") else None,
        authors=tuple(_names(_value(row, "authors"))),
        url=_url(row, options),
        published=day,
        sections=sections,
        warnings=(*warnings, *mends, *more),
    )


def document_or_failure(
    read: Callable[[], Mapping[str, Any]], source: str, number: int, options: ReadOptions, warnings: tuple[str, ...] = ()
) -> Document | Failure:
    """Return the document of the row that `read` gives, or why there is none. Raises OwnRecordError where it is a record of ours."""
    name = f"{source}#{number}"
    try:
        row = read()
        name = source_of(row, source, number, options)
        return document(row, name, options, warnings)
    except OwnRecordError:
        raise
    except InputError as error:
        return Failure(name, error.message, error.remedy)


def has_text_field(names: Iterable[str]) -> bool:
    """Return whether fields of these names make rows of articles."""
    found = [_plain(name) for name in names]
    return len(found) > 1 and any(name in found for name in _fields()["text"])


def source_of(row: Mapping[str, Any], source: str, number: int, options: ReadOptions) -> str:
    """Return the source of a part of a file: its number from 1, or what the field for ids says."""
    name = _words(_given(row, options.id_field)) if options.id_field else None
    return f"{source}#{name or number}"


def lists() -> tuple[str, ...]:
    """Return the keys under which an object may hold its articles."""
    return _fields()["lists"]


def metadata(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what front matter says, as the fields of a Document."""
    day, warnings = _published(row, ReadOptions())
    return {
        "title": _words(_value(row, "title")),
        "publisher": _words(_value(row, "publisher")),
        "authors": tuple(_names(_value(row, "authors"))),
        "url": _url(row, ReadOptions()),
        "published": day,
        "warnings": warnings,
    }


@lru_cache(maxsize=1)
def _fields() -> dict[str, tuple[str, ...]]:
    raw = parse_yaml(DATA.read_text(encoding="utf-8"), f"data/{DATA.name}")
    return {kind: tuple(map(_plain, names)) for kind, names in raw.items()}


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()


def _given(row: Mapping[str, Any], path: str | None) -> Any:
    """Return the field that the user named; a full stop leads into an object ("meta.date")."""
    value: Any = row.get(path or "")
    if value is None and path and "." in path:
        value = row
        for part in path.split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _value(row: Mapping[str, Any], kind: str) -> Any:
    """Return the first field with something in it that has one of the names of its kind."""
    named = {_plain(name): value for name, value in row.items() if isinstance(name, str)}
    return next((named[name] for name in _fields()[kind] if named.get(name) not in (None, "", [], {})), None)


def _words(value: Any) -> str | None:
    """Return a value as one line of text, None where there is nothing in it."""
    if isinstance(value, Mapping):
        value = next((value[key] for key in ("name", "title", "rendered", "text") if key in value), None)
    if isinstance(value, list):
        value = _words(value[0]) if value else None
    return " ".join(str(value).split()) or None if isinstance(value, str | int | float) and not isinstance(value, bool) else None


def _text(row: Mapping[str, Any], options: ReadOptions) -> str:
    value = _given(row, options.text_field) if options.text_field else _value(row, "text")
    if isinstance(value, Mapping):
        value = next((value[key] for key in ("rendered", "text", "plain") if key in value), None)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        value = "\n\n".join(value)
    if not isinstance(value, str):
        missing = f"it has no field {options.text_field!r}" if options.text_field else "it has no field with an article's text"
        known = ", ".join(sorted(map(str, row))[:8])
        raise InputError(missing, f"name it with --text-field; there are {known}" if known else "name it with --text-field")
    if not value.strip():
        raise InputError("it is blank", "leave it out, or put an article in it")
    return value


def _names(value: Any) -> list[str]:
    """Return names from a list or from a line of them."""
    items = value if isinstance(value, list) else _AND.split(value) if isinstance(value, str) else [value]
    found = [re.sub(r"^(?:[Bb]y|BY)\s+", "", name) for item in items if (name := _words(item))]
    return [name for item in found for name in (_comma_parts(item) if len(items) == 1 else [item]) if not _URL.match(name)]


def _comma_parts(name: str) -> list[str]:
    parts = [part.strip() for part in name.split(",") if part.strip()]
    return parts if len(parts) > 1 and all(" " in part for part in parts) else [name]


def _url(row: Mapping[str, Any], options: ReadOptions) -> str | None:
    if options.url_field:
        return _words(_given(row, options.url_field))
    named = {_plain(name): value for name, value in row.items() if isinstance(name, str)}
    found = (_words(named.get(name)) for name in _fields()["url"])
    return next((value for value in found if value and _URL.match(value)), None)


def _published(row: Mapping[str, Any], options: ReadOptions) -> tuple[str | None, tuple[str, ...]]:
    """Return the day that a row names, and a warning where it cannot be read."""
    value = _given(row, options.date_field) if options.date_field else _value(row, "published")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_epoch(value), ()
    words = _words(value)
    day = read_date(words) if words else None
    if words and not day and re.fullmatch(r"1\d{9}(?:\d{3})?(?:\.\d+)?", words):
        day = _from_epoch(float(words))
    return day, (f"the date {words[:40]!r} cannot be read",) if words and not day else ()


def _from_epoch(seconds: float) -> str | None:
    """Return the day of a time stamp in seconds or milliseconds, in UTC; None where it is none of this or the last century."""
    seconds = seconds / 1000 if seconds > 1e11 else seconds
    return datetime.fromtimestamp(seconds, UTC).date().isoformat() if 1e8 < seconds < 1e10 else None
