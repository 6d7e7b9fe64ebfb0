"""Relations: which of the system's state a fact of the gold, and what that counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hkcrypto.evaluation.gold import Gold, GoldRelation
from hkcrypto.evaluation.names import Sentences
from hkcrypto.evaluation.tally import Fault, Scores

Item = Mapping[str, Any]
Key = tuple[str, ...]
SCORED_QUALIFIERS = frozenset({"stage", "action", "date", "amount"})


@dataclass(frozen=True, slots=True)
class RelationScorer:
    """Counts the relations of one document; `stands_for` gives the gold ids that an id of the system may mean."""

    name: str
    gold: Gold
    stands_for: Mapping[str, Sequence[str]]
    symmetric: frozenset[str]
    scores: Scores
    sentences: Sentences

    def score(self, relations: Sequence[Item]) -> None:
        """Count strictly, by status, by ends alone, and the qualifiers of what is right."""
        wanted, found = self._wanted(), dict[Key, Item]()
        for relation, hit in zip(relations, self._hits(relations, wanted), strict=True):
            if hit is None:
                self._spurious(relation)
            else:
                found[hit] = relation
        for key, goal in wanted.items():
            if goal.optional:
                continue
            if key in found:
                self._right(goal, found[key])
            else:
                self._missed(goal)
        self._score_pairs(relations)

    def judge(self, relations: Sequence[Item]) -> list[bool | None]:
        """Return for each relation whether the gold has it, by type and ends; None where it is optional there."""
        wanted = self._wanted()
        return [None if hit and wanted[hit].optional else hit is not None for hit in self._hits(relations, wanted)]

    def _wanted(self) -> dict[Key, GoldRelation]:
        return {self._key(r.type, r.subject, r.object): r for r in self.gold.relations}

    def _hits(self, relations: Sequence[Item], wanted: Mapping[Key, GoldRelation]) -> list[Key | None]:
        """The fact of the gold that each relation states; None where it is not in the gold, or was stated already."""
        hits: list[Key | None] = []
        for relation in relations:
            keys = (self._key(relation["type"], *pair) for pair in self._ends(relation))
            hits.append(next((key for key in keys if key in wanted and key not in hits), None))
        return hits

    def _key(self, kind: str, subject: str, target: str) -> Key:
        return (kind, *sorted((subject, target))) if kind in self.symmetric else (kind, subject, target)

    def _ends(self, relation: Item) -> Iterator[tuple[str, str]]:
        for subject in self.stands_for.get(relation["subject"], ()):
            for target in self.stands_for.get(relation["object"], ()):
                if subject != target:
                    yield subject, target

    def _spurious(self, relation: Item) -> None:
        self.scores.figures["relation"].fp += 1
        self.scores.relation_types[relation["type"]].fp += 1
        self.scores.statuses[str(relation.get("status"))].fp += 1
        said = f"{relation['subject']} → {relation['object']} ({relation.get('status')})"
        self._fault("relation", "", said, self.sentences.around(relation), relation["type"])

    def _missed(self, goal: GoldRelation) -> None:
        self.scores.figures["relation"].fn += 1
        self.scores.relation_types[goal.type].fn += 1
        self.scores.statuses[goal.status].fn += 1
        names = {entity.id: entity.names for entity in self.gold.entities}
        sentence = self.sentences.holding(names.get(goal.subject, ()), names.get(goal.object, ()))
        self._fault("relation", f"{goal.subject} → {goal.object} ({goal.status})", "", sentence, goal.type)

    def _right(self, goal: GoldRelation, relation: Item) -> None:
        self.scores.figures["relation"].tp += 1
        self.scores.relation_types[goal.type].tp += 1
        fact = f"{goal.type} {goal.subject} → {goal.object}"
        self._score_status(goal, relation, fact)
        said = relation.get("qualifiers") or {}
        figure = self.scores.figures["qualifier"]
        for name, value in goal.qualifiers.items():
            if name not in SCORED_QUALIFIERS:
                continue
            is_right = str(said.get(name)) == str(value)
            figure.tp += is_right
            figure.fn += not is_right
            figure.fp += not is_right and name in said
            if not is_right:
                self._fault("qualifier", f"{fact}: {name} {value}", str(said.get(name, "")), self.sentences.around(relation), name)

    def _score_status(self, goal: GoldRelation, relation: Item, fact: str) -> None:
        status = relation.get("status")
        is_right = status == goal.status
        figure = self.scores.figures["status"]
        figure.tp += is_right
        figure.fp += not is_right
        figure.fn += not is_right
        if is_right:
            self.scores.statuses[goal.status].tp += 1
        else:
            self.scores.statuses[goal.status].fn += 1
            self.scores.statuses[str(status)].fp += 1
            self._fault("status", f"{fact}: {goal.status}", str(status), self.sentences.around(relation), goal.status)

    def _score_pairs(self, relations: Sequence[Item]) -> None:
        """Count pairs of entities that some relation joins, whatever its type and direction; each pair once."""
        wanted = {frozenset((r.subject, r.object)) for r in self.gold.relations}
        needed = {frozenset((r.subject, r.object)) for r in self.gold.relations if not r.optional}
        found: set[frozenset[str]] = set()
        wrong: set[frozenset[str]] = set()
        for relation in relations:
            hits = [pair for ends in self._ends(relation) if (pair := frozenset(ends)) in wanted]
            if hits:
                found.add(next((pair for pair in hits if pair not in found), hits[0]))
            else:
                wrong.add(frozenset((relation["subject"], relation["object"])))
        figure = self.scores.figures["relation_pair"]
        figure.tp += len(needed & found)
        figure.fn += len(needed - found)
        figure.fp += len(wrong)

    def _fault(self, figure: str, gold: str, system: str, sentence: str, kind: str) -> None:
        fault = "wrong" if gold and system else "missed" if gold else "spurious"
        self.scores.faults.append(Fault(self.name, figure, fault, kind, gold, system, sentence))  # type: ignore[arg-type]
