"""From clauses to relations: what the frames read in the clauses of a doc, one fact once, with its evidence."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from hkcrypto.language.clause import STATUS_ORDER, Clause, Filler, Node, Sentence
from hkcrypto.language.cues import load_cues
from hkcrypto.language.en.clauses import ClauseBuilder
from hkcrypto.language.en.phrases import is_verb
from hkcrypto.pipeline.tokenizer import plain_space
from hkcrypto.pipeline.trees import sentences

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from hkcrypto.frames import Frame, Frames, RelationType

# How strong a status is where several sentences state one fact; a later negation or end beats all that was said before.
STRENGTH = {"possible": 0, "planned": 1, "asserted": 2, "ended": 3, "negated": 3}
# What a relation is worth by the kind of its predicate, and what a step of resolution takes off.
CONFIDENCE = {"verbs": 0.9, "nouns": 0.8, "is_a": 0.9, "prepositions": 0.8, "possessive": 0.85}
RESOLVED = 0.15


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation as one clause states it."""

    relation: RelationType
    frame: Frame
    clause: Clause
    subject: str
    object: str
    status: str
    qualifiers: dict[str, str]
    nodes: tuple[Node, ...]

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes two facts the same fact."""
        ends = (self.subject, self.object)
        return (self.relation.name, *(sorted(ends) if self.relation.symmetric else ends))


class RelationFinder:
    """Sets `doc._.relations`: relations as plain data in the shape of the record, in the order of their first evidence."""

    def __init__(self, frames: Frames) -> None:
        self.frames = frames
        self.builder = ClauseBuilder(load_cues("en"), lambda kind, word: bool(frames.triggered(kind, word)))

    def __call__(self, doc: Doc) -> Doc:
        """Find the relations of a doc."""
        types = {row[0]: row[1] for row in doc._.entities}
        values = _ValueBook(doc._.values)
        found: dict[tuple[str, str, str], list[Fact]] = {}
        for sentence in sentences(doc):
            for clause in self.builder.clauses(sentence):
                for fact in self._facts(clause, types, values, doc.text):
                    found.setdefault(fact.key, []).append(fact)
        relations = [_relation(facts, doc.text) for facts in found.values()]
        doc._.relations = sorted(
            relations, key=lambda r: (r["evidence"][0]["start"], r["evidence"][0]["end"], r["type"], r["subject"], r["object"])
        )
        return doc

    def _facts(self, clause: Clause, types: dict[str, str], values: _ValueBook, text: str) -> Iterator[Fact]:
        done: set[tuple[str, str, str]] = set()
        for relation, frame in self.frames.triggered(clause.kind, clause.predicate):
            if not _words_fit(clause, frame) or (status := _status(clause.status, frame)) is None:
                continue
            for subject, obj in _pairs(clause, relation, frame, types):
                qualifiers = _qualifiers(clause, relation, frame, values, text)
                for s in subject.entities:
                    for o in obj.entities:
                        if (
                            s != o
                            and (relation.name, s, o) not in done
                            and _fits(types, s, relation.subject, frame.subject_types)
                            and _fits(types, o, relation.object, frame.object_types)
                        ):
                            done.add((relation.name, s, o))
                            yield Fact(relation, frame, clause, s, o, status, qualifiers, (subject, obj))


def _fits(types: dict[str, str], entity: str, allowed: frozenset[str], narrower: frozenset[str]) -> bool:
    kind = types.get(entity, "")
    return kind in allowed and (not narrower or kind in narrower)


def _words_fit(clause: Clause, frame: Frame) -> bool:
    def has(role: str, words: frozenset[str]) -> bool:
        return any(f.words & words for f in clause.fillers(role))

    return all(has(role, words) for role, words in frame.requires.items()) and not any(
        has(role, words) for role, words in frame.forbids.items()
    )


def _status(of_clause: str, frame: Frame) -> str | None:
    """The frame's own status goes before the clause's; denying a withdrawal states nothing."""
    if frame.if_status:
        return (frame.status or of_clause) if of_clause in frame.if_status else None
    if frame.status is None or frame.status == "asserted":
        return of_clause
    if of_clause == "negated" and frame.status in {"negated", "ended"}:
        return None
    return "possible" if of_clause == "possible" and frame.status != "negated" else frame.status


def _pairs(clause: Clause, relation: RelationType, frame: Frame, types: dict[str, str]) -> Iterator[tuple[Node, Node]]:
    for role in frame.members if not clause.roles.get("with") else ():  # "A and B work with C": A and B are no pair
        members = _entities(clause.fillers(role), types, relation.subject | relation.object, frame.subject_types | frame.object_types)
        yield from combinations(members, 2)
    if frame.subject and frame.object:
        for subject_role in _filled(clause, frame.subject, types, relation.subject, frame.subject_types):
            for object_role in _filled(clause, frame.object, types, relation.object, frame.object_types):
                if subject_role is not object_role:
                    yield from ((s, o) for s in subject_role for o in object_role if s is not o)


def _filled(
    clause: Clause, roles: Iterable[str], types: dict[str, str], allowed: frozenset[str], narrower: frozenset[str]
) -> Iterator[list[Node]]:
    """The entities of the first role that holds any of a fitting type."""
    for role in roles:
        if found := _entities(clause.fillers(role), types, allowed, narrower):
            yield found
            return


def _entities(fillers: Iterable[Filler], types: dict[str, str], allowed: frozenset[str], narrower: frozenset[str]) -> list[Node]:
    members = [m for f in fillers for m in f.members]
    return [m for m in members if any(_fits(types, e, allowed, narrower) for e in m.entities)]


def _qualifiers(clause: Clause, relation: RelationType, frame: Frame, values: _ValueBook, text: str) -> dict[str, str]:
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


class _ValueBook:
    """The dates and amounts of a doc, asked for by clause."""

    def __init__(self, rows: Iterable[list[Any]]) -> None:
        self.rows = [(kind, start, end, json.loads(value)) for kind, start, end, value in rows]

    def date(self, clause: Clause) -> str | None:
        """The date that belongs to the clause, as it stands in a record."""
        return next((value["date"] for value in self._of(clause, "DATE")), None)

    def money(self, clause: Clause) -> str | None:
        """The amount that belongs to the clause: "9200000 HKD"."""
        return next((f"{value['amount']} {value['currency']}" for value in self._of(clause, "MONEY")), None)

    def _of(self, clause: Clause, kind: str) -> Iterator[dict[str, str]]:
        sentence = clause.sentence
        if sentence is None:
            return
        inside = [(start, value) for k, start, end, value in self.rows if k == kind and sentence.start <= start and end <= sentence.end]
        anchor = _predicate(clause.node)
        near = [
            (abs(start - anchor.start), value)
            for start, value in inside
            if (node := _node_at(sentence, start)) is not None and _predicate(node) is anchor
        ]
        yield from (value for _, value in sorted(near, key=lambda pair: pair[0]))


def _node_at(sentence: Sentence, position: int) -> Node | None:
    return next((n for n in sentence.nodes if n.end > position), None)


def _predicate(node: Node) -> Node:
    """The verb that a word hangs on, directly or by way of nouns and prepositions; control verbs count as one with their infinitive."""
    here = node
    while not is_verb(here) and here.head is not None:
        here = here.head
    while here.dep == "xcomp" and here.head is not None and is_verb(here.head):
        here = here.head
    return here


def _relation(facts: list[Fact], text: str) -> dict[str, Any]:
    """One relation of all the facts with one key."""
    stated = _stated(facts)
    status = stated[0][0]
    for said, _ in stated[1:]:
        if STRENGTH[said] > STRENGTH[status] or (STRENGTH[said] == STRENGTH[status] == 3):
            status = said
    best = [fact for said, group in stated if said == status for fact in group]
    qualifiers: dict[str, str] = {}
    for fact in best:
        for name, value in fact.qualifiers.items():
            qualifiers.setdefault(name, value)
    return {
        "type": facts[0].relation.name,
        "subject": facts[0].subject,
        "object": facts[0].object,
        "status": status,
        "confidence": max(_confidence(fact) for fact in best),
        "qualifiers": qualifiers,
        "evidence": _evidence(facts, text),
    }


def _stated(facts: list[Fact]) -> list[tuple[str, list[Fact]]]:
    """The status that each sentence gives the fact: where several frames read it there, the hedge stands."""
    by_sentence: dict[int, list[Fact]] = {}
    for fact in facts:
        by_sentence.setdefault(fact.clause.sentence.start if fact.clause.sentence else 0, []).append(fact)
    return [(max((f.status for f in group), key=STATUS_ORDER.index), group) for group in by_sentence.values()]


def _confidence(fact: Fact) -> float:
    resolved = sum(not node.named for node in fact.nodes)
    return round(max(CONFIDENCE[fact.clause.kind] - RESOLVED * resolved, 0.3), 2)


def _evidence(facts: list[Fact], text: str) -> list[dict[str, Any]]:
    rows: dict[tuple[int, int, str], dict[str, Any]] = {}
    for fact in facts:
        sentence, cue = fact.clause.sentence, fact.clause.cue
        if sentence is None:
            continue
        inside = [
            n for n in (*fact.nodes, fact.clause.node, *([cue] if cue else ())) if sentence.start <= n.start and n.end <= sentence.end
        ]
        start, end = min(n.start for n in inside), max(n.end for n in inside)
        rule = f"{fact.relation.name}.{fact.frame.id}"
        rows.setdefault(
            (start, end, rule),
            {
                "text": text[start:end],
                "start": start,
                "end": end,
                "sentence_start": sentence.start,
                "sentence_end": sentence.end,
                "section": sentence.section,
                "rule": rule,
                "cue": {"text": text[cue.start : cue.end], "start": cue.start, "end": cue.end} if cue else None,
            },
        )
    return [rows[key] for key in sorted(rows)]
