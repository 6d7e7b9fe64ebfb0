"""The frames: `data/frames/*.yaml`, one relation a file, which say how clauses become relations.

`data/frames/README.md` says how a frame is written. Nothing here knows a language: the words are in the files, and a
clause is whatever the clause builder of a language makes.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from hkcrypto.errors import DataError, unknown
from hkcrypto.schema import ENTITY_TYPES, ORGANISATION_TYPES, STATUSES
from hkcrypto.script import HAN, simplified
from hkcrypto.yamlfile import parse_yaml

DATA = Path(__file__).parent / "data"
KINDS = ("verbs", "nouns", "is_a", "prepositions", "possessive")
FILE_KEYS = frozenset({"relation", "subject", "object", "symmetric", "qualifiers", "frames", "finds", "ignores"})
LANGUAGES = frozenset({"en", "zh"})
ENDS = ("subject", "object")
FRAME_KEYS = frozenset({*KINDS, *ENDS, "id", "members", "requires", "forbids", "types", "default", "if_status", "status", "qualifiers"})
ROLE = re.compile(r"[a-z_]+(\.[a-z_]+)?")
TAG = re.compile(r"<(s|o|e)( [A-Z]+)?>(.*?)</\1>")


@dataclass(frozen=True, slots=True)
class Frame:
    """One way to state a relation: triggers by kind of predicate, and the roles that hold its two ends.

    `requires` and `forbids` map a role to words, one of which it must (must not) contain. `default` gives the
    types of an end ("subject", "object") that the clause leaves out; `if_status` asks for a
    status of the clause, `status` overrides it; `qualifiers` values are constants, or `$role`, `$money`,
    `$predicate`: text or value of the clause. `file` is where the frame stands.
    """

    id: str
    triggers: dict[str, tuple[str, ...]]
    subject: tuple[str, ...]
    object: tuple[str, ...]
    members: tuple[str, ...] = ()
    requires: dict[str, frozenset[str]] = field(default_factory=dict)
    forbids: dict[str, frozenset[str]] = field(default_factory=dict)
    subject_types: frozenset[str] = frozenset()
    object_types: frozenset[str] = frozenset()
    default: dict[str, frozenset[str]] = field(default_factory=dict)
    if_status: frozenset[str] = frozenset()
    status: str | None = None
    qualifiers: dict[str, str] = field(default_factory=dict)
    file: str = ""

    @property
    def constants(self) -> dict[str, str]:
        """The qualifiers that the frame gives itself, whatever the clause says."""
        return {name: value for name, value in self.qualifiers.items() if not value.startswith("$")}


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence of a frame file, its tags taken out; `entities` are (start, end, type or "", "s" | "o" | "e")."""

    text: str
    entities: tuple[tuple[int, int, str, str], ...]
    status: str | None = None


@dataclass(frozen=True, slots=True)
class RelationType:
    """A relation: its signature, the values that its qualifiers may have (none: any), its frames and examples."""

    name: str
    subject: frozenset[str]
    object: frozenset[str]
    symmetric: bool
    qualifiers: dict[str, frozenset[str]]
    frames: tuple[Frame, ...]
    finds: tuple[Example, ...]
    ignores: tuple[Example, ...]
    file: str

    def key(self, subject: str, target: str) -> tuple[str, str, str]:
        """Return what makes two relations the same fact: the name and the ends, in order of their ids where there is no direction."""
        one, other = sorted((subject, target)) if self.symmetric else (subject, target)
        return self.name, one, other


@dataclass(frozen=True, slots=True)
class Frames:
    """All relations, the frames by (kind of predicate, trigger word), and the checksum of the files."""

    relations: dict[str, RelationType]
    index: dict[tuple[str, str], tuple[tuple[RelationType, Frame], ...]]
    fingerprint: str

    def triggered(self, kind: str, word: str) -> Sequence[tuple[RelationType, Frame]]:
        """Return the frames that this predicate sets off, in the order of the files."""
        return self.index.get((kind, word), ())

    def chinese(self, kind: str | None = None) -> Iterator[str]:
        """Yield the Chinese words that set off a frame, of one kind of predicate or else of all with those that frames ask for.

        They are in Simplified characters.
        """
        for relation in self.relations.values():
            for frame in relation.frames:
                every = (*frame.triggers.values(), *frame.requires.values(), *frame.forbids.values())
                groups = (frame.triggers.get(kind, ()),) if kind else every
                yield from (word for words in groups for word in words if HAN.match(word))


def load_frames(extra: Sequence[Path] = (), *, folder: Path = DATA / "frames") -> Frames:
    """Return the frames of the package and those of the user's files: of relations of their own, or more frames for known ones.

    Raises DataError, naming file, frame and remedy, where one is at fault.
    """
    paths = {f"data/frames/{path.name}": path for path in sorted(folder.glob("*.yaml"))} | {str(path): path for path in extra}
    digest = hashlib.sha256()
    word_classes = _word_classes(digest)
    relations: dict[str, RelationType] = {}
    for name, path in paths.items():
        try:
            text = path.read_bytes()
        except OSError as error:
            raise DataError(f"{name}: {error.strerror}", "name a frame file that can be read") from None
        digest.update(f"{name}\0{len(text)}\0".encode() + text)
        relation = _FileReader(name, word_classes).read(parse_yaml(text, name), relations)
        relations[relation.name] = relation
    index: dict[tuple[str, str], list[tuple[RelationType, Frame]]] = defaultdict(list)
    for relation in relations.values():
        for frame in relation.frames:
            for kind, words in frame.triggers.items():
                for word in words:
                    index[kind, word].append((relation, frame))
    return Frames(relations, {key: tuple(found) for key, found in index.items()}, f"sha256:{digest.hexdigest()}")


def load_signatures(extra: Sequence[Path] = ()) -> dict[str, RelationType]:
    """Return the relations of `load_frames`; those of the package without their frames and examples, which take ten times as long to read.

    Raises DataError, naming file, frame and remedy, where a file is at fault.
    """
    if extra:
        return load_frames(extra).relations
    relations: dict[str, RelationType] = {}
    for path in sorted((DATA / "frames").glob("*.yaml")):
        name = f"data/frames/{path.name}"
        head = parse_yaml(path.read_text(encoding="utf-8").partition("\nframes:")[0], name)
        relation = _FileReader(name, {}).read({**head, "frames": []}, relations)
        relations[relation.name] = relation
    return relations


def parse_example(text: str, status: str | None = None) -> Example:
    """Return the sentence without its tags `<s TYPE>`, `<o TYPE>` and `<e TYPE>`, and where they stood."""
    plain, entities, position = "", [], 0
    for match in TAG.finditer(text):
        plain += text[position : match.start()]
        entities.append((len(plain), len(plain) + len(match[3]), (match[2] or "").strip(), match[1]))
        plain += match[3]
        position = match.end()
    return Example(plain + text[position:], tuple(entities), status)


def _word_classes(digest: Any) -> dict[str, tuple[str, ...]]:
    path = DATA / "words.yaml"
    text = path.read_bytes()
    digest.update(text)
    content = parse_yaml(text, "data/words.yaml")
    return {name: tuple(words) for name, words in content.items()}


class _FileReader:
    """Reads and checks one frame file; keeps its name for the error messages."""

    def __init__(self, file: str, word_classes: Mapping[str, tuple[str, ...]]) -> None:
        self.file = file
        self.word_classes = word_classes

    def read(self, content: Any, known: Mapping[str, RelationType]) -> RelationType:
        """Return the relation of a parsed file, with the frames of the relation of that name that is known; DataError for a fault."""
        if not isinstance(content, dict):
            raise DataError(f"{self.file}: it is no mapping", "see data/frames/README.md for the keys of a frame file")
        self._keys(content, FILE_KEYS, {"relation", "frames"}, self.file)
        if content["relation"] in known:
            return self._extended(known[content["relation"]], content)
        self._keys(content, FILE_KEYS, {"subject", "object"}, self.file)
        qualifiers = {
            name: frozenset(values if isinstance(values, list) else ()) for name, values in (content.get("qualifiers") or {}).items()
        }
        return RelationType(
            name=content["relation"],
            subject=self._types(content["subject"]),
            object=self._types(content["object"]),
            symmetric=content.get("symmetric") == "true",
            qualifiers=qualifiers,
            frames=self._frames(content["frames"], qualifiers, ()),
            file=self.file,
            finds=tuple(self._examples(content.get("finds", []))),
            ignores=tuple(self._examples(content.get("ignores", []))),
        )

    def _extended(self, known: RelationType, content: dict[str, Any]) -> RelationType:
        """Return a known relation with the frames and examples of this file too; what else it is stays as it was."""
        if extra := sorted(content.keys() & {*ENDS, "symmetric", "qualifiers"}):
            raise DataError(
                f"{self.file}: {extra[0]!r} of {known.name} is set in {known.file}", "leave it out, or name a relation of your own"
            )
        return replace(
            known,
            frames=(*known.frames, *self._frames(content["frames"], known.qualifiers, known.frames)),
            finds=(*known.finds, *self._examples(content.get("finds", []))),
            ignores=(*known.ignores, *self._examples(content.get("ignores", []))),
        )

    def _frames(self, raw: list[Any], qualifiers: Mapping[str, frozenset[str]], before: Sequence[Frame]) -> tuple[Frame, ...]:
        frames = tuple(self._frame(item, qualifiers) for item in raw)
        if len({frame.id for frame in (*before, *frames)}) < len(before) + len(frames):
            raise DataError(f"{self.file}: two frames have the same id", "give each its own")
        return frames

    def _frame(self, raw: dict[str, Any], qualifiers: Mapping[str, frozenset[str]]) -> Frame:
        where = f"{self.file}, {raw.get('id', 'a frame without id')}"
        self._keys(raw, FRAME_KEYS, {"id"}, where)
        triggers = {kind: ("'s",) if kind == "possessive" else tuple(self._words(raw[kind])) for kind in KINDS if kind in raw}
        if not triggers:
            raise DataError(f"{where}: nothing sets it off", f"give it one of {', '.join(KINDS)}")
        roles = {key: tuple(_listed(raw.get(key))) for key in ("subject", "object", "members")}
        default = {end: self._types(types) for end, types in (raw.get("default") or {}).items()}
        if not roles["members"] and not all(roles[end] or end in default for end in ("subject", "object")):
            raise DataError(f"{where}: it does not say where both ends are", "give it 'subject' and 'object', or 'members'")
        for role in (*roles["subject"], *roles["object"], *roles["members"], *raw.get("requires", {}), *raw.get("forbids", {})):
            if not ROLE.fullmatch(role):
                raise DataError(f"{where}: {role!r} is no role", "write agent, patient, a preposition, or patient.of")
        for status in (*_listed(raw.get("status")), *_listed(raw.get("if_status"))):
            if status not in STATUSES:
                message, remedy = unknown("status", status, STATUSES)
                raise DataError(f"{where}: {message}", remedy)
        return Frame(
            id=raw["id"],
            triggers=triggers,
            **roles,
            default=default,
            if_status=frozenset(_listed(raw.get("if_status"))),
            status=raw.get("status"),
            qualifiers=self._qualifiers(raw.get("qualifiers", {}), qualifiers, where),
            requires={role: frozenset(self._words(words)) for role, words in raw.get("requires", {}).items()},
            forbids={role: frozenset(self._words(words)) for role, words in raw.get("forbids", {}).items()},
            subject_types=self._types(raw.get("types", {}).get("subject", [])),
            object_types=self._types(raw.get("types", {}).get("object", [])),
            file=self.file,
        )

    def _qualifiers(self, given: dict[str, str], known: Mapping[str, frozenset[str]], where: str) -> dict[str, str]:
        for name, value in given.items():
            if name not in known:
                raise DataError(f"{where}: {unknown('qualifier', name, known)[0]}", unknown("qualifier", name, known)[1])
            if known[name] and value not in known[name]:
                message, remedy = unknown(name, value, known[name])
                raise DataError(f"{where}: {message}", remedy)
        return dict(given)

    def _words(self, words: Any) -> Iterator[str]:
        """The words of a list, or of one list for each language; `@name` stands for a class of data/words.yaml.

        Chinese words come in Simplified characters, whichever the file has.
        """
        if isinstance(words, dict):
            self._keys(words, LANGUAGES, set(), f"{self.file}, a list of words")
        for word in [w for part in words.values() for w in _listed(part)] if isinstance(words, dict) else _listed(words):
            if word.startswith("@"):
                if word[1:] not in self.word_classes:
                    message, remedy = unknown("word class", word[1:], self.word_classes)
                    raise DataError(f"{self.file}: {message}", remedy)
                yield from map(simplified, self.word_classes[word[1:]])
            else:
                yield simplified(word)

    def _types(self, types: Any) -> frozenset[str]:
        found: set[str] = set()
        for name in _listed(types):
            if name == "ORGANISATIONS":
                found |= ORGANISATION_TYPES
            elif name in ENTITY_TYPES:
                found.add(name)
            else:
                message, remedy = unknown("type", name, [*ENTITY_TYPES, "ORGANISATIONS"])
                raise DataError(f"{self.file}: {message}", remedy)
        return frozenset(found)

    def _examples(self, raw: list[Any]) -> Iterator[Example]:
        for item in raw:
            text, status = (item["text"], item.get("status")) if isinstance(item, dict) else (item, None)
            yield parse_example(text, status)

    def _keys(self, item: Mapping[str, Any], allowed: frozenset[str], required: set[str], where: str) -> None:
        if extra := sorted(item.keys() - allowed):
            message, remedy = unknown("key", extra[0], allowed)
            raise DataError(f"{where}: {message}", remedy)
        if lost := sorted(required - item.keys()):
            raise DataError(f"{where}: it has no {lost[0]!r}", "add it")


def _listed(value: Any) -> list[str]:
    return [] if value is None else value if isinstance(value, list) else [value]
