"""Gold files: what a careful reader finds in a document, one JSON file each, named after the document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from hkcrypto.errors import DataError


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """One thing, with every form of its name in the text; `kb` is its id in the knowledge base, where the gold tells."""

    id: str
    type: str
    names: list[str]
    optional: bool = False
    kb: str | None = None


@dataclass(frozen=True, slots=True)
class GoldRelation:
    """A fact that the text states; `optional` where a careful reader could go either way."""

    type: str
    subject: str
    object: str
    status: str = "asserted"
    qualifiers: dict[str, Any] = field(default_factory=dict)
    optional: bool = False


@dataclass(frozen=True, slots=True)
class GoldValue:
    """An amount, a share or a date, as the text has it and in normal form."""

    type: str
    value: dict[str, Any]
    text: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """Who said something, and words that any rendering of it contains."""

    speaker: str
    contains: str


@dataclass(frozen=True, slots=True)
class Gold:
    """All that is to be found in one document; `chrome` has the names that stand outside the article alone."""

    id: str
    entities: list[GoldEntity]
    relations: list[GoldRelation]
    language: str
    values: list[GoldValue] = field(default_factory=list)
    statements: list[GoldStatement] = field(default_factory=list)
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    chrome: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    facts_from: Any = None


def gold_files(path: Path) -> list[Path]:
    """Return the gold files at a path, a folder or a file. Raises DataError where there are none."""
    files = [path] if path.is_file() else sorted(path.glob("*.json"))
    if not files:
        raise DataError(f"{path}: there are no gold files", "give a folder with a NAME.json for each document NAME.txt")
    return files


def read_gold(path: Path) -> Gold:
    """Return what a gold file says; keys that it does not know are left to `hkcrypto validate --gold`.

    Raises DataError, naming the file, and the place in it, where it is none.
    """
    from pydantic import TypeAdapter, ValidationError  # costs 0.1 s

    try:
        gold = TypeAdapter(Gold).validate_json(path.read_bytes())
    except OSError as error:
        raise DataError(f"{path}: {error.strerror}", "name a file that can be read") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise DataError(f"{path}: {f'{where}: ' if where else ''}{first['msg']}", "see `hkcrypto validate --gold`") from None
    if problem := _problem(gold):
        raise DataError(f"{path}: {problem}", "see `hkcrypto validate --gold`")
    return gold


def chosen(names: Iterable[str], only: Sequence[str] = (), exclude: Sequence[str] = ()) -> list[str]:
    """Return the names that fit one of `only` (globs; all, where there is none) and none of `exclude`."""
    return [name for name in names if (not only or _fits(name, only)) and not _fits(name, exclude)]


def read_golds(path: Path, language: str = "", only: Sequence[str] = (), exclude: Sequence[str] = ()) -> dict[str, Gold]:
    """Return the gold files of a folder by name, without suffix: those of a language whose names fit `only` and not `exclude` (globs).

    Raises DataError where one cannot be used, or none is left.
    """
    files = {file.stem: file for file in gold_files(path)}
    golds = {name: read_gold(files[name]) for name in chosen(files, only, exclude)}
    golds = {name: gold for name, gold in golds.items() if gold.language.startswith(language)}
    if not golds:
        raise DataError(f"{path}: no gold file is left", "ask for another language, or for other names")
    return golds


def _fits(name: str, globs: Sequence[str]) -> bool:
    return any(fnmatchcase(name, glob) for glob in globs)


def _problem(gold: Gold) -> str | None:
    """What makes the figures meaningless: the rest is no concern of a measurement."""
    ids = {entity.id for entity in gold.entities}
    if len(ids) < len(gold.entities):
        return "two entities have the same id"
    for entity in gold.entities:
        if not entity.names:
            return f"the entity {entity.id} has no names"
    ends = [end for relation in gold.relations for end in (relation.subject, relation.object)]
    for end in (*ends, *(statement.speaker for statement in gold.statements)):
        if end not in ids:
            return f"there is no entity {end!r}"
    return None
