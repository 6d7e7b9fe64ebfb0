"""What probably lies behind a change: text, kb, frame, model, code or options, from what the two records say of themselves.

A name follows where it can be told: `kb:hkma` is the knowledge-base entry, `frame:owns.unit` the frame.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from hkcrypto.baseline.facts import Facts, Key, Row

# Another base model or knowledge base has its own checksum, and a stored text changes no fact.
SILENT_OPTIONS = frozenset({"kb", "model", "with_text"})
LOWER_CASE = frozenset({"TOPIC", "ASSET"})  # types with names in small letters
WORD = re.compile(r"\w{2,}")
GLUE = frozenset({"and", "for", "in", "of", "on", "the", "to"})


class Causes:
    """The causes of the changes in one document that both sets have."""

    def __init__(self, old: Facts, new: Facts, before: Mapping[Key, Row], after: Mapping[Key, Row]) -> None:
        self.before = before
        self.after = after
        self.possible = {"text"} if old.text != new.text else _possible(old.producer, new.producer)
        self.entries = _Entries(before, after)
        self.moved_rules = _rules(before.values()) ^ _rules(after.values())

    def of(self, key: Key) -> str:
        """Return the likely cause of the change in the fact of this key."""
        possible = self.possible - (set() if key[0] == "relation" else {"frame"})
        row = self._row(key)
        entry = self.entries.behind(row) if "kb" in possible else None
        if entry and (len(possible) == 1 or self.entries.names(row)):
            return f"kb:{entry}"
        if "frame" in possible and (len(possible) == 1 or not self.entries.moves(row)):
            return f"frame:{rule}" if (rule := self._rule(key)) else "frame"
        return next((cause for cause in ("text", "options", "model", "code", "kb") if cause in possible), "code")

    def _row(self, key: Key) -> Row:
        return self.before.get(key) or self.after[key]

    def _rule(self, key: Key) -> str | None:
        """The frame that read the relation on one side only; best one that the whole document has on one side only."""
        old, new = (dict.fromkeys(side.get(key, {}).get("rules", ())) for side in (self.before, self.after))
        rules = [rule for rule in {**old, **new} if rule not in old or rule not in new] or [*old, *new]
        return next((rule for rule in rules if rule in self.moved_rules), rules[0] if rules else None)


class _Entries:
    """The knowledge-base entries behind the changed entities of a document."""

    def __init__(self, before: Mapping[Key, Row], after: Mapping[Key, Row]) -> None:
        self.old, self.new = ({key[1]: row for key, row in side.items() if key[0] == "entity"} for side in (before, after))
        ids = dict.fromkeys((*self.old, *self.new))
        self.changed = [i for i in ids if self.old.get(i) != self.new.get(i)]
        self.gone = [i for i in self.changed if _linked(self.old, i) and not _linked(self.new, i)]
        self.come = [i for i in self.changed if _linked(self.new, i) and not _linked(self.old, i)]
        self.culprits = {i: self._culprit(i) for i in self.changed}
        known = {entry for entry in self.culprits.values() if entry}
        self.only = self.gone[0] if len(self.gone) == 1 else known.pop() if len(known) == 1 else None

    def moves(self, row: Row) -> bool:
        """Return whether an entity or an end of the fact has changed."""
        return any(i in self.culprits for i in _ids(row))

    def names(self, row: Row) -> bool:
        """Return whether an entity or an end of the fact has changed by an entry that can be named."""
        return any(self.culprits.get(i) for i in _ids(row))

    def behind(self, row: Row) -> str | None:
        """Return the entry that lies behind a change: of the entity or an end of the fact, else the only one of the document."""
        found = [entry for i in _ids(row) if (entry := self.culprits.get(i))]
        return next((entry for entry in found if entry in self.gone), found[0] if found else self.only)

    def _culprit(self, entity: str) -> str | None:
        """An entity changes by its own entry, unless its words come from, or go to, one whose link has changed."""
        if entity in self.gone:
            return entity
        others = self.gone if entity in self.come else [*self.gone, *self.come]
        forms = self._forms(entity)
        if taken := next((other for other in others if _share_words(forms, self._forms(other))), None):
            return taken
        if others and all(form.islower() for form in forms) and self._type(entity) not in LOWER_CASE:
            return others[0]  # pronouns and roles: no entry has them, they follow the names around them
        return entity if _linked(self.old, entity) or _linked(self.new, entity) else None

    def _forms(self, entity: str) -> set[str]:
        """The forms of the entity that are more or fewer than before; all of them where none is."""
        old, new = (side.get(entity, {}).get("mentions", {}) for side in (self.old, self.new))
        return {text for text in {**old, **new} if old.get(text) != new.get(text)} or {*old, *new}

    def _type(self, entity: str) -> str:
        return str((self.old.get(entity) or self.new[entity])["type"])


def _possible(old: Mapping[str, Any], new: Mapping[str, Any]) -> set[str]:
    names = {"model": "model", "kb": "kb", "frames": "frame", "hkcrypto": "code"}
    found = {cause for name, cause in names.items() if old.get(name) != new.get(name)}
    options, changed = ({k: v for k, v in side.get("options", {}).items() if k not in SILENT_OPTIONS} for side in (old, new))
    return found | ({"options"} if options != changed else set()) or {"code"}


def _ids(row: Row) -> Iterator[str]:
    for name in ("entity", "subject", "object", "speaker"):
        if name in row:
            yield row[name]
    if said := row.get("qualifiers", {}).get("attributed_to"):
        yield said


def _linked(side: Mapping[str, Row], entity: str) -> bool:
    return bool(side.get(entity, {}).get("kb"))


def _share_words(one: set[str], other: set[str]) -> bool:
    return bool(_words(one) & _words(other)) or any(a in b or b in a for a in one for b in other if not a.isascii() and not b.isascii())


def _words(forms: set[str]) -> set[str]:
    return {word for form in forms for word in WORD.findall(form.casefold().replace(".", ""))} - GLUE


def _rules(rows: Iterable[Row]) -> set[str]:
    return {rule for row in rows for rule in row.get("rules", ())}
