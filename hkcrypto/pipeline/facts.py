"""What the frames read in a clause: facts, each with the frame and the nodes that it was read from."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

from hkcrypto.frames import Frame
from hkcrypto.language.clause import Clause, Filler, Node
from hkcrypto.language.cues import load_cues
from hkcrypto.pipeline.tokenizer import plain_space
from hkcrypto.pipeline.valuebook import ValueBook

if TYPE_CHECKING:
    from hkcrypto.frames import Frames, RelationType

AUTHORITIES = frozenset({"REGULATOR", "GOVERNMENT"})
OPENLY = frozenset({"agent", "by", "to", "with", "from"})  # filled by whatever: then nothing is left out
NEAR = 300  # characters: a paragraph or so
LEARNED = Frame("learned", {}, (), ())  # the rule of a fact that trained weights propose


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation as one clause states it; `confidence` and `reasons` (what counted most) where it is learned and no frame read it."""

    relation: RelationType
    frame: Frame
    clause: Clause
    subject: str
    object: str
    status: str
    qualifiers: dict[str, str]
    nodes: tuple[Node, ...]
    confidence: float | None = None
    reasons: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes two facts the same fact."""
        return self.relation.key(self.subject, self.object)


class FactReader:
    """Reads the clauses of one document: what its entities are, its values, and whom it has named how often so far."""

    def __init__(self, frames: Frames, text: str, types: dict[str, str], values: ValueBook, named: Iterable[tuple[int, str]]) -> None:
        self.frames = frames
        self.text = text
        self.types = types
        self.values = values
        self.named = sorted(named)

    def facts(self, clause: Clause) -> list[Fact]:
        """Return the facts of a clause; an end that it leaves out is filled in only where nothing else fills it."""
        triggered = [
            (relation, frame, status)
            for relation, frame in self.frames.triggered(clause.kind, clause.predicate)
            if misfit(clause, frame) is None and (status := status_of(clause.status, frame)) is not None
        ]
        found: dict[tuple[str, str, str], Fact] = {}
        for relation, frame, status in triggered:
            for subject, obj in self._pairs(clause, relation, frame):
                for fact in self._of_pair(clause, relation, frame, status, subject, obj):
                    found.setdefault(fact.key, fact)
        for relation, frame, status in triggered:
            for subject, obj in self._completed(clause, relation, frame, found):
                for fact in self._of_pair(clause, relation, frame, status, subject, obj):
                    found.setdefault(fact.key, fact)
        return list(found.values())

    def _of_pair(self, clause: Clause, relation: RelationType, frame: Frame, status: str, subject: Node, obj: Node) -> Iterator[Fact]:
        subjects = [s for s in subject.entities if fits(self.types, s, relation.subject, frame.subject_types)]
        objects = [o for o in obj.entities if fits(self.types, o, relation.object, frame.object_types)]
        ends = [(s, o) for s in subjects for o in objects if s != o]
        if ends:
            qualifiers = _qualifiers(clause, relation, frame, self.values, self.text)
            yield from (Fact(relation, frame, clause, s, o, status, qualifiers, (subject, obj)) for s, o in ends)

    def _pairs(self, clause: Clause, relation: RelationType, frame: Frame) -> Iterator[tuple[Node, Node]]:
        for role in frame.members if not clause.roles.get("with") else ():  # "A and B work with C": A and B are no pair
            either = relation.subject | relation.object
            members = _entities(clause.fillers(role), self.types, either, frame.subject_types | frame.object_types)
            yield from combinations([one for m in members for one in _each(m)], 2)
        subjects = self._filled(clause, frame.subject, relation.subject, frame.subject_types)
        objects = self._filled(clause, frame.object, relation.object, frame.object_types)
        yield from ((s, o) for s in subjects for o in objects if s is not o)

    def _filled(self, clause: Clause, roles: Iterable[str], allowed: frozenset[str], narrower: frozenset[str]) -> list[Node]:
        """The entities of the first role that holds any of a fitting type."""
        filled = (_entities(clause.fillers(role), self.types, allowed, narrower) for role in roles)
        return next((found for found in filled if found), [])

    def _completed(
        self, clause: Clause, relation: RelationType, frame: Frame, found: dict[tuple[str, str, str], Fact]
    ) -> Iterator[tuple[Node, Node]]:
        """Pairs with an end that the clause leaves out: "withdrew its application" means the regulator's that the text is about."""
        if not frame.default:
            return
        here = {e for fillers in clause.roles.values() for f in fillers for m in f.members for e in m.entities}
        for end, types in frame.default.items():
            said = any(clause.fillers(role) for role in (frame.subject if end == "subject" else frame.object) if role in OPENLY)
            if said or (default := self._meant(types, clause.node.start, here)) is None:
                continue
            node = clause.node
            stand_in = Node(node.i, node.start, node.end, node.text, "", "", "", (default,), self.types[default])
            if end == "object":
                known = {f.subject for f in found.values() if f.relation is relation}
                subjects = self._filled(clause, frame.subject, relation.subject, frame.subject_types)
                yield from ((s, stand_in) for s in subjects if not known & set(s.entities))
            else:
                known = {f.object for f in found.values() if f.relation is relation}
                objects = self._filled(clause, frame.object, relation.object, frame.object_types)
                yield from ((stand_in, o) for o in objects if not known & set(o.entities))

    def _meant(self, types: frozenset[str], position: int, here: set[str]) -> str | None:
        """The entity that goes without saying: the firm named just before, the authority that the text has named most so far."""
        before = [(start, e) for start, e in self.named[: bisect_left(self.named, (position, ""))] if e not in here or types & AUTHORITIES]
        just_named = [e for _, e in before[bisect_left(before, (position - NEAR, "")) :] if self.types.get(e) in types]
        if not types & AUTHORITIES:
            return just_named[-1] if just_named else None
        if len(set(just_named)) == 1:
            return just_named[0]
        counts = Counter(entity for _, entity in before if self.types.get(entity) in types)
        last = {entity: start for start, entity in before}
        return max(counts, key=lambda entity: (counts[entity], last[entity]), default=None)


def _each(node: Node) -> list[Node]:
    """A node that stands for several entities ("they"), as one for each."""
    if len(node.entities) < 2:
        return [node]
    return [replace(node, entities=(entity,), children=[]) for entity in node.entities]


def fits(types: Mapping[str, str], entity: str, allowed: frozenset[str], narrower: frozenset[str]) -> bool:
    """Return whether the type of an entity is one that a relation allows at an end, and its frame, where that is narrower."""
    kind = types.get(entity, "")
    return kind in allowed and (not narrower or kind in narrower)


def misfit(clause: Clause, frame: Frame) -> tuple[str, frozenset[str], bool] | None:
    """Return the first condition on words that a clause does not meet: the role, the words, and whether they are forbidden there."""

    def has(role: str, words: frozenset[str]) -> bool:
        return any(f.words & words for f in clause.fillers(role))

    missing = next(((role, words, False) for role, words in frame.requires.items() if not has(role, words)), None)
    return missing or next(((role, words, True) for role, words in frame.forbids.items() if has(role, words)), None)


def status_of(of_clause: str, frame: Frame) -> str | None:
    """Return the status of a fact: the frame's own goes before the clause's; None where it states nothing, as to deny a withdrawal."""
    if frame.if_status:
        return (frame.status or of_clause) if of_clause in frame.if_status else None
    if frame.status is None or frame.status == "asserted":
        return of_clause
    if of_clause == "negated" and frame.status in {"negated", "ended"}:
        return None
    return "possible" if of_clause == "possible" and frame.status != "negated" else frame.status


def _entities(fillers: Iterable[Filler], types: dict[str, str], allowed: frozenset[str], narrower: frozenset[str]) -> list[Node]:
    members = [m for f in fillers for m in f.members]
    return [m for m in members if any(fits(types, e, allowed, narrower) for e in m.entities)]


def _qualifiers(clause: Clause, relation: RelationType, frame: Frame, values: ValueBook, text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in frame.qualifiers.items():
        if value == "$money":
            filled = values.money(clause)
        elif value == "$predicate":
            filled = plain_space(text[slice(*clause.phrase)])
        elif value.startswith("$"):
            filled = next((plain_space(_phrase_text(f, text)) for f in clause.fillers(value[1:])), None)
        else:
            filled = value
        if filled:
            found[name] = filled
    if "date" in relation.qualifiers and (date := values.date(clause)):
        found["date"] = date
    if speaker := _speaker(clause):
        found["attributed_to"] = speaker
    return {name: found[name] for name in [*relation.qualifiers, "attributed_to"] if name in found}


def _phrase_text(filler: Filler, text: str) -> str:
    """The words of a role without articles and possessors: "trading platform licence"."""
    head = filler.head
    before = [c for c in head.children if c.i < head.i and c.dep in {"compound", "amod", "nmod", "nummod"}]
    return text[min([c.start for c in before], default=head.start) : head.end]


def _speaker(clause: Clause) -> str | None:
    """Who is reported to have said it: the subject of the verb that governs the clause."""
    if clause.speaker is not None:
        return clause.speaker
    node = clause.node
    reporting = load_cues("en").reporting
    for _ in range(6):
        head = node.head
        if head is None:
            return None
        if node.dep == "ccomp" and head.lemma in reporting and (subject := head.child("nsubj")) is not None and len(subject.entities) == 1:
            return subject.entities[0]
        node = head
    return None
