"""The knowledge base: `data/kb/*.yaml`, checked, merged with the user's own files and ready to be matched.

`data/README.md` says how an entry is written. Reading 1,500 entries costs about 0.2 s, so `make model` and the wheel
compile them into one JSON file, which is used as long as the checksum of the YAML files fits.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from hkcrypto.errors import DataError, unknown
from hkcrypto.schema import ENTITY_TYPES
from hkcrypto.yamlfile import parse_yaml

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
DATES = ("valid_from", "valid_to")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")

Report = Callable[[DataError], None]  # what becomes of a fault: it is raised, or kept while reading goes on


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
    overlays = {str(path): _read_bytes(path) for path in extra}
    if overlays:
        # by number: where the files lie differs from machine to machine
        fingerprint = _fingerprint({"": fingerprint.encode(), **{str(n): text for n, text in enumerate(overlays.values())}})
    if overlays or without:
        entries = _overlaid(entries, overlays, without)
    return KnowledgeBase(entries, f"sha256:{fingerprint}")


def find_faults(files: Sequence[Path] = ()) -> list[DataError]:
    """Return all that is wrong with the package's files, and with the user's `files` laid over them in this order.

    Files of the package may be among `files`. Raises DataError where one cannot be opened.
    """
    overlays = {str(path): _read_bytes(path) for path in files if path.resolve().parent != KB_FOLDER.resolve()}
    found: dict[str, DataError] = {}  # a flag of an entry is read once for each of its aliases

    def keep(fault: DataError) -> None:
        found.setdefault(str(fault), fault)

    _overlaid(_read_files(_package_texts(), keep), overlays, (), keep)
    return list(found.values())


def closest_id(entity_id: str, entries: Iterable[str]) -> str:
    """Return the remedy for an id that there is not."""
    close = get_close_matches(entity_id, entries, n=1)
    return f"did you mean {close[0]}?" if close else "find the id with `hkcrypto kb search`"


def compile_kb(path: Path) -> None:
    """Check the package's YAML files and write them to `path` in the fast form, the same bytes for the same files."""
    texts = _package_texts()
    entries = _read_package(texts)
    rows = [_compact(asdict(entry)) for entry in entries.values()]
    content = {"fingerprint": _fingerprint(texts), "entries": rows}
    path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def _refuse(fault: DataError) -> None:
    raise fault


def read_entries(text: str | bytes, path: str, report: Report = _refuse) -> dict[str, dict[str, Any]]:
    """Return the raw entries of one YAML file by id, each with its type and file.

    `report` gets a DataError, and by default raises it, where the file has another shape than `type:` and `entities:`.
    """
    try:
        content = parse_yaml(text, path)
    except DataError as error:
        report(error)
        return {}
    entities = content.get("entities") if isinstance(content, dict) else None
    if not isinstance(entities, dict) and entities != "":  # "": all entries are commented out
        report(DataError(f"{path}: it holds no entities", "give it a key 'entities:' with one entry per id"))
        return {}
    for key in sorted(content.keys() - {"type", "entities"}):
        report(DataError(f"{path}: unknown key {key!r}", "a file has the keys 'type' and 'entities'"))
    raw: dict[str, dict[str, Any]] = {}
    for entity_id, entry in (entities or {}).items():
        if isinstance(entry, dict):
            raw[entity_id] = {"type": content.get("type"), **entry, "file": path}
        else:
            report(DataError(f"{path}, {entity_id}: an entry is a mapping", "give it at least a name"))
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
    entries = _read_files(texts, _refuse)
    _check(entries, _refuse)
    return entries


def _read_files(texts: Mapping[str, bytes], report: Report) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    for name, text in texts.items():
        for entity_id, raw in read_entries(text, name, report).items():
            if entity_id in entries:
                report(DataError(f"{name}, {entity_id}: the id is in {entries[entity_id].file} too", "give one of them another id"))
            entries[entity_id] = _entry(entity_id, raw, report)
    return entries


def _overlaid(
    entries: dict[str, Entry], overlays: Mapping[str, bytes], without: Iterable[str], report: Report = _refuse
) -> dict[str, Entry]:
    """The entries with the user's files laid over them, less those to hide, and less all references to what is gone."""
    seen = set(entries)
    for name, text in overlays.items():
        for entity_id, raw in read_entries(text, name, report).items():
            _lay_over(entries, entity_id, raw, report)
        seen |= entries.keys()
    for entity_id in without:
        entries.pop(entity_id, None)
    if gone := seen - entries.keys():
        entries = {entity_id: _without_references(entry, gone) for entity_id, entry in entries.items()}
    _check(entries, report)
    return entries


def _lay_over(entries: dict[str, Entry], entity_id: str, raw: dict[str, Any], report: Report) -> None:
    """Add an entry of the user; `extend` adds to a known one, `disable` takes it out."""
    known, where = entries.get(entity_id), f"{raw['file']}, {entity_id}"
    disable, extend = (_flag(raw, key, where, report) for key in ("disable", "extend"))
    if known is None and (disable or extend):
        problem = f"there is no such entry to {'disable' if disable else 'extend'}"
        report(
            DataError(f"{where}: {problem}", f"{closest_id(entity_id, entries)}{'' if disable else '; to add a new one leave extend out'}")
        )
    elif disable:
        del entries[entity_id]
    elif known is not None and extend:
        entries[entity_id] = _extended(known, raw, report)
    elif known is not None:
        report(DataError(f"{where}: the id is in {known.file} too", "write 'extend: true' to add to that entry"))
    else:
        entries[entity_id] = _entry(entity_id, raw, report)


def _extended(known: Entry, raw: dict[str, Any], report: Report) -> Entry:
    """The entry with what the user adds; an alias that it has already takes over the user's flags."""
    added = _entry(known.id, {**raw, "type": raw["type"] or known.type, "name": raw.get("name", known.name)}, report)
    new = added.aliases if "name" in raw else added.aliases[1:]
    aliases = {(alias.text, alias.language): alias for alias in (*known.aliases, *new)}
    adjectives = dict.fromkeys((*known.adjectives, *added.adjectives))
    given = {key: getattr(added, key) for key in (*REFERENCES, *DATES, "source") if key in raw}
    return replace(known, aliases=tuple(aliases.values()), adjectives=tuple(adjectives), **given)


def _entry(entity_id: str, raw: dict[str, Any], report: Report) -> Entry:
    where = f"{raw['file']}, {entity_id}"
    if not _SLUG.fullmatch(entity_id):
        report(DataError(f"{where}: the id is no slug", "write lower-case letters a to z and figures, with single hyphens between words"))
    for key in sorted(raw.keys() - ENTRY_KEYS - {"file"}):
        _report_unknown(where, "key", key, ENTRY_KEYS, report)
    if raw["type"] not in ENTITY_TYPES:
        _report_unknown(where, "type", str(raw["type"] or ""), ENTITY_TYPES, report)
    aliases = tuple(dict.fromkeys(_all_aliases(raw, where, report)))
    adjectives = raw.get("adjectives") or []
    adjectives = adjectives if isinstance(adjectives, list) else [adjectives]
    if not all(isinstance(word, str) for word in adjectives):
        report(DataError(f"{where}: 'adjectives' is a list of words", "write adjectives: [A, B]"))
    return Entry(
        id=entity_id,
        type=str(raw["type"]),
        name=aliases[0].text if aliases else entity_id,
        aliases=aliases,
        adjectives=tuple(adjectives),
        file=raw["file"],
        **{key: _text(raw, key, where, report) for key in (*REFERENCES, *DATES, "source")},
    )


def _all_aliases(raw: dict[str, Any], where: str, report: Report) -> Iterator[Alias]:
    """The names of an entry, the English one first, and its aliases."""
    names = raw.get("name")
    if not names and names != "":
        report(DataError(f"{where}: it has no name", "give it a name"))
        names = {}
    names = names if isinstance(names, dict) and "text" not in names else {"en": names}
    for language in sorted(names, key=lambda name: name != "en"):
        yield from _alias(language, names[language], raw, where, report)
    lists = raw.get("aliases", {})
    if not isinstance(lists, dict | list):
        report(DataError(f"{where}: 'aliases' is a list, or one list for each language", "write aliases: [A, B] or aliases: {en: [A, B]}"))
        lists = {}
    for language, given in (lists if isinstance(lists, dict) else {"en": lists}).items():
        for item in given if isinstance(given, list) else [given]:
            yield from _alias(language, item, raw, where, report)


def _alias(language: str, item: Any, raw: dict[str, Any], where: str, report: Report) -> Iterator[Alias]:
    """The alias, if it is one; flags of the entry hold for all its aliases."""
    if language not in LANGUAGES:
        _report_unknown(where, "language", language, LANGUAGES, report)
    fields = item if isinstance(item, dict) else {"text": item}
    if not isinstance(fields.get("text"), str) or not fields["text"].strip() or fields.keys() - ALIAS_KEYS:
        report(DataError(f"{where}: the alias {item!r} is no text", "write a string or {text: ..., ambiguous: true, case: true}"))
        return
    ambiguous, case = (_flag(fields, key, where, report) or _flag(raw, key, where, report) for key in ("ambiguous", "case"))
    yield Alias(fields["text"], language, ambiguous, case)


def _flag(raw: Mapping[str, Any], key: str, where: str, report: Report) -> bool:
    value = raw.get(key, "false")
    if value not in ("true", "false"):
        report(DataError(f"{where}: {key} is {value!r}", "write true or false"))
    return bool(value == "true")


def _text(raw: Mapping[str, Any], key: str, where: str, report: Report) -> str | None:
    value = raw.get(key) or None
    if value is None or (isinstance(value, str) and (key not in DATES or _DATE.fullmatch(value))):
        return value
    remedy = "write 2023, 2023-05 or 2023-05-18" if key in DATES else "write one text"
    report(DataError(f"{where}: {key} is {value!r}", remedy))
    return None


def _report_unknown(where: str, what: str, name: str, known: Iterable[str], report: Report) -> None:
    message, remedy = unknown(what, name, known)
    report(DataError(f"{where}: {message}", remedy))


def _check(entries: Mapping[str, Entry], report: Report) -> None:
    """References lead somewhere, and two entities share an alias only where both say that it is ambiguous."""
    owners: dict[str, list[tuple[Entry, Alias]]] = defaultdict(list)
    for entry in entries.values():
        for key in REFERENCES:
            if (target := getattr(entry, key)) and target not in entries:
                report(DataError(f"{entry.file}, {entry.id}: {key} {target!r} is unknown", closest_id(target, entries)))
        if (home := entries.get(entry.place or "")) and home.type != "PLACE":
            report(DataError(f"{entry.file}, {entry.id}: place {home.id!r} is of type {home.type}", "name the id of a PLACE"))
        for alias in entry.aliases:
            owners[alias.text.casefold()].append((entry, alias))
    for shared in owners.values():
        for entry, alias in shared:
            other = next((e for e, _ in shared if e.id != entry.id), None)
            if other and not alias.ambiguous:
                message = f"{entry.file}, {entry.id}: the alias {alias.text!r} is also one of {other.id} ({other.file})"
                report(DataError(message, "mark it in both as {text: ..., ambiguous: true}, or take it out of one"))


def _without_references(entry: Entry, gone: Collection[str]) -> Entry:
    lost: dict[str, Any] = {key: None for key in REFERENCES if getattr(entry, key) in gone}
    return replace(entry, **lost) if lost else entry


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
