"""The knowledge base: `data/kb/*.yaml`, checked, merged with the user's own files and ready to be matched.

`data/README.md` says how an entry is written. Reading 1,500 entries costs about 0.2 s, so `make model` and the wheel
compile them into one JSON file, which is used as long as the checksum of the YAML files fits.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from hkcrypto.errors import DataError
from hkcrypto.schema import ENTITY_TYPES
from hkcrypto.yamlfile import parse_yaml, unknown

KB_FOLDER = Path(__file__).parent / "data" / "kb"
LANGUAGES = ("en", "zh-Hant", "zh-Hans")
ENTRY_KEYS = frozenset(
    {
        "type",
        "name",
        "aliases",
        "ambiguous",
        "case",
        "valid_from",
        "valid_to",
        "place",
        "part_of",
        "owner",
        "adjectives",
        "source",
        "extend",
        "disable",
    }
)
ALIAS_KEYS = frozenset({"text", "ambiguous", "case"})
REFERENCES = ("place", "part_of", "owner")


@dataclass(frozen=True, slots=True)
class Alias:
    """A surface form. `ambiguous`: a name only with evidence; `case`: only in exactly this case."""

    text: str
    language: str
    ambiguous: bool = False
    case: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A known entity; `aliases` holds its names too, the English name first. References are ids of other entries."""

    id: str
    type: str
    name: str
    aliases: tuple[Alias, ...]
    valid_from: str | None = None
    valid_to: str | None = None
    place: str | None = None
    part_of: str | None = None
    owner: str | None = None
    adjectives: tuple[str, ...] = ()
    source: str | None = None
    file: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class KnowledgeBase:
    """Entries by id, in the order of the files, and the checksum of all that they came from."""

    entries: dict[str, Entry]
    fingerprint: str

    def __len__(self) -> int:
        return len(self.entries)

    def aliases(self) -> Iterator[tuple[Alias, Entry]]:
        """Yield every alias with its entry, in the order of the files."""
        for entry in self.entries.values():
            for alias in entry.aliases:
                yield alias, entry


def load_kb(extra: Sequence[Path] = (), *, without: Iterable[str] = (), compiled: Path | None = None) -> KnowledgeBase:
    """Return the knowledge base of the package, with the user's files laid over it.

    `without` hides entries by id; `compiled` is a file that `compile_kb` wrote, used where it is up to date.
    Raises DataError, naming file, entry and remedy, where an entry is at fault.
    """
    texts = _package_texts()
    fingerprint = _fingerprint(texts)
    entries = _read_compiled(compiled, fingerprint) if compiled else None
    if entries is None:
        entries = _read_package(texts)
    if extra:
        overlays = {str(path): _read_bytes(path) for path in extra}
        for name, text in overlays.items():
            _lay_over(entries, read_entries(text, name))
        fingerprint = _fingerprint({"": fingerprint.encode(), **overlays})
    for entity_id in without:
        entries.pop(entity_id, None)
    if extra or without:
        entries = _without_dangling(entries) if without else entries
        _check(entries)
    return KnowledgeBase(entries, f"sha256:{fingerprint}")


def compile_kb(path: Path) -> None:
    """Check the package's YAML files and write them to `path` in the fast form, the same bytes for the same files."""
    texts = _package_texts()
    entries = _read_package(texts)
    rows = [_compact(asdict(entry)) for entry in entries.values()]
    content = {"fingerprint": _fingerprint(texts), "entries": rows}
    path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def read_entries(text: str | bytes, path: str) -> dict[str, dict[str, Any]]:
    """Return the raw entries of one YAML file by id, each with its type and file.

    Raises DataError where the file has another shape than `type:` and `entities:`.
    """
    content = parse_yaml(text, path)
    if not isinstance(content, dict) or not isinstance(content.get("entities"), dict):
        raise DataError(f"{path}: it holds no entities", "give it a key 'entities:' with one entry per id")
    if extra := sorted(content.keys() - {"type", "entities"}):
        raise DataError(f"{path}: unknown key {extra[0]!r}", "a file has the keys 'type' and 'entities'")
    raw: dict[str, dict[str, Any]] = {}
    for entity_id, entry in content["entities"].items():
        if not isinstance(entry, dict):
            raise DataError(f"{path}, {entity_id}: an entry is a mapping", "give it at least a name")
        raw[entity_id] = {"type": content.get("type"), **entry, "file": path}
    return raw


def _package_texts() -> dict[str, bytes]:
    return {f"data/kb/{path.name}": path.read_bytes() for path in sorted(KB_FOLDER.glob("*.yaml"))}


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError(f"{path}: {error.strerror}", "name a knowledge-base file that can be read") from None


def _fingerprint(texts: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, text in texts.items():
        digest.update(f"{name}\0{len(text)}\0".encode())
        digest.update(text)
    return digest.hexdigest()


def _read_package(texts: Mapping[str, bytes]) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    for name, text in texts.items():
        for entity_id, raw in read_entries(text, name).items():
            if entity_id in entries:
                raise DataError(f"{name}, {entity_id}: the id is in {entries[entity_id].file} too", "give one of them another id")
            entries[entity_id] = _entry(entity_id, raw)
    _check(entries)
    return entries


def _lay_over(entries: dict[str, Entry], raws: Mapping[str, dict[str, Any]]) -> None:
    """Add the user's entries; `extend` adds to a known one, `disable` takes it out."""
    for entity_id, raw in raws.items():
        known = entries.get(entity_id)
        if _flag(raw, "disable", raw["file"], entity_id):
            if known is None:
                raise DataError(
                    f"{raw['file']}, {entity_id}: there is no such entry to disable", "see `hkcrypto info` for the knowledge base in use"
                )
            del entries[entity_id]
        elif _flag(raw, "extend", raw["file"], entity_id):
            if known is None:
                raise DataError(f"{raw['file']}, {entity_id}: there is no such entry to extend", "leave 'extend' out to add a new one")
            added = _entry(entity_id, {**raw, "type": raw["type"] or known.type, "name": raw.get("name", known.name)})
            aliases = tuple(dict.fromkeys((*known.aliases, *added.aliases)))
            given = {key: getattr(added, key) for key in (*REFERENCES, "valid_from", "valid_to", "source") if key in raw}
            entries[entity_id] = replace(known, aliases=aliases, **given)
        elif known is not None:
            raise DataError(f"{raw['file']}, {entity_id}: the id is in {known.file} too", "write 'extend: true' to add to that entry")
        else:
            entries[entity_id] = _entry(entity_id, raw)


def _entry(entity_id: str, raw: dict[str, Any]) -> Entry:
    where = f"{raw['file']}, {entity_id}"
    if extra := sorted(raw.keys() - ENTRY_KEYS - {"file"}):
        raise DataError(f"{where}: {unknown('key', extra[0], ENTRY_KEYS)[0]}", unknown("key", extra[0], ENTRY_KEYS)[1])
    if raw["type"] not in ENTITY_TYPES:
        message, remedy = unknown("type", str(raw["type"]), ENTITY_TYPES)
        raise DataError(f"{where}: {message}", remedy)
    if "name" not in raw:
        raise DataError(f"{where}: it has no name", "give it a name")
    names = raw["name"] if isinstance(raw["name"], dict) and "text" not in raw["name"] else {"en": raw["name"]}
    aliases = _aliases(names, raw, where)
    lists = raw.get("aliases", {})
    if not isinstance(lists, dict | list):
        raise DataError(f"{where}: 'aliases' is a list, or one list for each language", "write aliases: [A, B] or aliases: {en: [A, B]}")
    lists = lists if isinstance(lists, dict) else {"en": lists}
    for language, given in lists.items():
        for item in given if isinstance(given, list) else [given]:
            aliases += _aliases({language: item}, raw, where)
    adjectives = raw.get("adjectives", [])
    return Entry(
        id=entity_id,
        type=raw["type"],
        name=aliases[0].text,
        aliases=tuple(dict.fromkeys(aliases)),
        adjectives=tuple(adjectives if isinstance(adjectives, list) else [adjectives]),
        file=raw["file"],
        **{key: raw.get(key) for key in (*REFERENCES, "valid_from", "valid_to", "source")},
    )


def _aliases(names: Mapping[str, Any], raw: dict[str, Any], where: str) -> list[Alias]:
    """One alias for each language; flags of the entry hold for all its aliases."""
    found = []
    for language, item in names.items():
        if language not in LANGUAGES:
            message, remedy = unknown("language", language, LANGUAGES)
            raise DataError(f"{where}: {message}", remedy)
        fields = item if isinstance(item, dict) else {"text": item}
        if not isinstance(fields.get("text"), str) or not fields["text"].strip() or fields.keys() - ALIAS_KEYS:
            raise DataError(f"{where}: the alias {item!r} is no text", "write a string or {text: ..., ambiguous: true, case: true}")
        ambiguous = _flag(fields, "ambiguous", where) or _flag(raw, "ambiguous", where)
        case = _flag(fields, "case", where) or _flag(raw, "case", where)
        found.append(Alias(fields["text"], language, ambiguous, case))
    return found


def _flag(raw: Mapping[str, Any], key: str, *where: str) -> bool:
    value = raw.get(key, "false")
    if value not in ("true", "false"):
        raise DataError(f"{', '.join(where)}: {key} is {value!r}", "write true or false")
    return bool(value == "true")


def _check(entries: Mapping[str, Entry]) -> None:
    """References lead somewhere, and two entities share an alias only where both say that it is ambiguous."""
    owners: dict[str, list[tuple[Entry, Alias]]] = defaultdict(list)
    for entry in entries.values():
        for key in REFERENCES:
            if (target := getattr(entry, key)) and target not in entries:
                message, remedy = (
                    unknown(key, target, entries) if len(entries) < 40 else (f"{key} {target!r} is unknown", "name the id of an entry")
                )
                raise DataError(f"{entry.file}, {entry.id}: {message}", remedy)
        for alias in entry.aliases:
            owners[alias.text.casefold()].append((entry, alias))
    for shared in owners.values():
        if len({entry.id for entry, _ in shared}) > 1:
            for entry, alias in shared:
                if not alias.ambiguous:
                    other = next(e for e, _ in shared if e.id != entry.id)
                    raise DataError(
                        f"{entry.file}, {entry.id}: the alias {alias.text!r} is also one of {other.id} ({other.file})",
                        "mark it in both as {text: ..., ambiguous: true}, or take it out of one",
                    )


def _without_dangling(entries: Mapping[str, Entry]) -> dict[str, Entry]:
    """The entries, less the references to entries that were hidden."""

    def held(entity_id: str | None) -> str | None:
        return entity_id if entity_id in entries else None

    return {i: replace(e, place=held(e.place), part_of=held(e.part_of), owner=held(e.owner)) for i, e in entries.items()}


def _compact(row: dict[str, Any]) -> dict[str, Any]:
    row["aliases"] = [[a["text"], a["language"], int(a["ambiguous"]), int(a["case"])] for a in row["aliases"]]
    return {key: value for key, value in row.items() if value not in (None, (), [], "")}


def _read_compiled(path: Path, fingerprint: str) -> dict[str, Entry] | None:
    """The compiled entries, or None where the file is missing, damaged or older than the YAML files."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["fingerprint"] != fingerprint:
            return None
        return {
            row["id"]: Entry(
                **{
                    **row,
                    "aliases": tuple(
                        Alias(text, language, bool(ambiguous), bool(case)) for text, language, ambiguous, case in row["aliases"]
                    ),
                    "adjectives": tuple(row.get("adjectives", ())),
                }
            )
            for row in content["entries"]
        }
    except (OSError, ValueError, KeyError, TypeError):
        return None
