"""Why two entities that share a sentence are in no relation, in words for a reader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from hkcrypto.explanation.apart import apart
from hkcrypto.explanation.refusals import Refusal, refusal
from hkcrypto.explanation.words import KINDS, clause_row, clean, holds, nodes_of, quoted, roles_of
from hkcrypto.language.cues import load_cues
from hkcrypto.language.en.clauses import ClauseBuilder
from hkcrypto.language.en.phrases import is_verb
from hkcrypto.language.zh.clauses import ChineseClauses

if TYPE_CHECKING:
    from hkcrypto.frames import RelationType
    from hkcrypto.language.clause import Clause, Node, Sentence
    from hkcrypto.trace import Trace

# What says most goes first; a possessor or preposition joins names that a verb may join too.
ORDER = {"verbs": 0, "nouns": 1, "is_a": 2, "possessive": 3, "prepositions": 4}
PRONOUNS = frozenset({"PRP", "PRP$"})


@dataclass(frozen=True, slots=True)
class _Place:
    """A sentence that names both, with all its clauses, and those of them that state nothing."""

    sentence: Sentence
    clauses: list[Clause]
    unstated: list[Clause]


class Pairs:
    """Looks at every clause of a document, whether a frame knows its predicate or not."""

    def __init__(self, seen: Trace) -> None:
        self.seen = seen
        self.frames = seen.finder.frames
        self.types = {entity.id: entity.type for entity in seen.record.entities}
        self.names = {entity.id: entity.name for entity in seen.record.entities}
        self.copulas = load_cues("en").copulas
        self.is_chinese = seen.record.document.language.startswith("zh")
        self.places = self._read()

    def _read(self) -> list[_Place]:
        if self.is_chinese:
            return self._read_chinese()
        builder = ClauseBuilder(load_cues("en"), lambda *_: True)
        places = []
        for sentence in self.seen.sentences:
            before = len(builder.unstated)
            clauses = list(builder.clauses(sentence))
            places.append(_Place(sentence, clauses, builder.unstated[before:]))
        return places

    def _read_chinese(self) -> list[_Place]:
        builder = ChineseClauses(lambda *_: True)
        builder.begin()
        return [_Place(sentence, list(builder.clauses(sentence)), []) for sentence in self.seen.sentences]

    def unrelated(self) -> Iterator[tuple[str, str]]:
        """Yield all pairs that share a sentence without being in a relation, each once, in the order of the text."""
        met = {frozenset((r.subject, r.object)) for r in self.seen.record.relations}
        for place in self.places:
            here = dict.fromkeys(e for node in place.sentence.nodes for e in node.entities if e in self.types)
            for pair in combinations(here, 2):
                if frozenset(pair) not in met:
                    met.add(frozenset(pair))
                    yield pair

    def explain(self, left: str, right: str) -> dict[str, Any]:
        """Return the reason for each sentence that has both, or why there is none."""
        shared = [p for p in self.places if nodes_of(p.sentence.nodes, left) and nodes_of(p.sentence.nodes, right)]
        ends = [{"id": e, "name": self.names[e], "type": self.types[e]} for e in (left, right)]
        why = None if shared else "no sentence of the article has both"
        return {"ends": ends, "why": why, "sentences": [self._row(place, left, right) for place in shared]}

    def _row(self, place: _Place, left: str, right: str) -> dict[str, Any]:
        sentence, text = place.sentence, self.seen.doc.text
        code, why, clause = self._reason(place, left, right)
        return {
            "sentence": {"text": text[sentence.start : sentence.end], "start": sentence.start, "end": sentence.end},
            "reason": code,
            "why": why,
            "clause": clause_row(clause, text) if clause else None,
        }

    def _reason(self, place: _Place, left: str, right: str) -> tuple[str, str, Clause | None]:
        """A code, the words, and the clause that they speak of."""
        if never := self._never(left, right):
            return never
        if left_open := self._joining(place.unstated, left, right):
            return "open", f"{_word(left_open[0])} is not stated: the text leaves open whether it is so", left_open[0]
        if joining := self._joining(place.clauses, left, right):
            return self._of_clauses(joining, left, right)
        if side := next((c for c in place.clauses if self._are_listed(c, left, right)), None):
            return "listed", f"they are named side by side in {_word(side)}: nothing says that one did something to the other", side
        found = self._unresolved(place, left, right)
        return found or ("no-clause", apart(*self._nearest(place.sentence, left, right), self.names), None)

    def _never(self, left: str, right: str) -> tuple[str, str, None] | None:
        """Why no sentence could give such a relation."""
        if not any(self._fits(relation, left, right) for relation in self.frames.relations.values()):
            return "signature", f"no relation is recorded between entities of the types {self.types[left]} and {self.types[right]}", None
        return None

    def _of_clauses(self, joining: list[Clause], left: str, right: str) -> tuple[str, str, Clause]:
        """Why clauses in which both have roles give nothing; what something is says more than that it is."""
        joining = [clause for clause in joining if clause.predicate not in self.copulas] or joining
        if inside := _inside(joining[0], left, right):
            return "inside", inside, joining[0]
        refused = [r for clause in joining for r in self._refusals(clause, left, right)]
        if refused:
            nearest = min(refused, key=lambda r: r.rank)
            return nearest.code, nearest.why, nearest.clause
        clause = joining[0]
        kind = KINDS[clause.kind]
        if self.frames.triggered(clause.kind, clause.predicate):
            ends = f"{self.types[left]} and {self.types[right]}"
            return "types", f"{_word(clause)} joins them, but no frame of the {kind} {quoted(clause.predicate)} is for {ends}", clause
        return "no-frame", f"{_word(clause)} joins them, but no frame has the {kind} {quoted(clause.predicate)}", clause

    def _fits(self, relation: RelationType, left: str, right: str) -> bool:
        """Whether a relation may hold between entities of these types, one way or the other."""
        a, b = self.types[left], self.types[right]
        return (a in relation.subject and b in relation.object) or (b in relation.subject and a in relation.object)

    def _joining(self, clauses: list[Clause], left: str, right: str) -> list[Clause]:
        """The clauses in which they fill different roles, those that say most first."""

        def rank(clause: Clause) -> tuple[bool, int]:
            return _is_deep(clause, left) or _is_deep(clause, right), ORDER[clause.kind]

        found = []
        for clause in clauses:
            outer = [{role.partition(".")[0] for role in roles_of(clause, entity)} for entity in (left, right)]
            if all(outer) and len(outer[0] | outer[1]) > 1 and not self._are_listed(clause, left, right):
                found += [clause] if self._is_event(clause, left, right) else []
        return sorted(found, key=rank)

    def _is_event(self, clause: Clause, left: str, right: str) -> bool:
        """Whether a predicate brings both together itself.

        What a clause behind a verb says is that clause's matter, unless a frame looks there, and any noun that no frame knows has the
        roles of the verb above it only lent.
        """
        known = self.frames.triggered(clause.kind, clause.predicate)
        looked = {role for _, frame in known for role in (*frame.subject, *frame.object, *frame.members)}
        if any(_is_in_complement(clause, entity) and not looked & set(roles_of(clause, entity)) for entity in (left, right)):
            return False
        if known or clause.kind != "nouns":
            return True
        below = list(clause.node.subtree())
        return bool(nodes_of(below, left)) and bool(nodes_of(below, right))

    def _refusals(self, clause: Clause, left: str, right: str) -> Iterator[Refusal]:
        for relation, frame in self.frames.triggered(clause.kind, clause.predicate):
            if self._fits(relation, left, right):
                yield refusal(clause, relation, frame, (left, right), self.types, self.names)

    @staticmethod
    def _are_listed(clause: Clause, left: str, right: str) -> bool:
        return any(holds(f, left) and holds(f, right) for fillers in clause.roles.values() for f in fillers)

    def _unresolved(self, place: _Place, left: str, right: str) -> tuple[str, str, Clause] | None:
        """A clause that a frame reads with one of them in it, and a pronoun that stands for nothing in the place of the other."""
        for clause in place.clauses:
            if not self.frames.triggered(clause.kind, clause.predicate):
                continue
            pronoun = next(
                (f.head for fs in clause.roles.values() for f in fs if f.head.tag in PRONOUNS and not f.members and not f.head.entities),
                None,
            )
            end = next((e for e in (left, right) if roles_of(clause, e)), None)
            if pronoun is not None and end is not None:
                word = quoted(pronoun.text)
                why = f"{_word(clause)} has {quoted(self.names[end])} and {word}, and what {word} stands for is unclear"
                return "unresolved", why, clause
        return None

    @staticmethod
    def _nearest(sentence: Sentence, left: str, right: str) -> tuple[Node, Node]:
        """The two words for them that stand nearest to each other."""
        pairs = [(a, b) for a in nodes_of(sentence.nodes, left) for b in nodes_of(sentence.nodes, right)]
        return min(pairs, key=lambda pair: abs(pair[0].i - pair[1].i))


def _is_deep(clause: Clause, entity: str) -> bool:
    """Whether it stands only inside the phrase of a role, as in "X's customers"."""
    return all("." in role for role in roles_of(clause, entity))


def _is_in_complement(clause: Clause, entity: str) -> bool:
    """Whether it stands only in a clause behind the predicate."""
    fillers = [f for role in roles_of(clause, entity) for f in clause.fillers(role.partition(".")[0])]
    return _is_deep(clause, entity) and all(is_verb(f.head) for f in fillers)


def _inside(clause: Clause, left: str, right: str) -> str | None:
    """What a clause joins instead, where one of the two only stands in a phrase about something else."""
    for entity, other in ((left, right), (right, left)):
        if _is_deep(clause, entity) and not _is_deep(clause, other):
            outer = roles_of(clause, entity)[0].partition(".")[0]
            inner = [(f, g) for f in clause.fillers(outer) for found in f.roles.values() for g in found if holds(g, entity)]
            filler, held = inner[0]
            name = next(m.text for m in held.members if entity in m.entities)
            if not filler.members and not is_verb(filler.head):
                return f"{_word(clause)} goes with {quoted(filler.head.text)}, and {quoted(name)} only stands in the phrase of that"
    return None


def _word(clause: Clause) -> str:
    return quoted(clean(clause.node.text))
