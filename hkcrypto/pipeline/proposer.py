"""Proposes relations for pairs of entities that the frames leave open, by weights that were learned from sentences with gold.

Two steps. The first looks at each pair with each relation that its types allow (`pairs`). The second lets the candidates
of a sentence compete: a pair is less likely a relation's where another object fits its subject better, or
another relation the pair. Both are sums of weights: `Proposal.reasons` names those that counted most.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from math import exp
from pathlib import Path
from typing import TYPE_CHECKING

from hkcrypto.errors import ConfigError
from hkcrypto.language.clause import STATUS_ORDER, Clause, Node, Sentence
from hkcrypto.language.cues import load_cues
from hkcrypto.language.en.status import Reading, read_status
from hkcrypto.pipeline.pairs import (
    Known,
    Lexicon,
    Pair,
    SentenceView,
    nearest_trigger,
    pair_features,
    relation_features,
)

if TYPE_CHECKING:
    from hkcrypto.frames import Frames, RelationType

NONE = -9.0  # the score of a rival that is not there
DULL = -2.5  # what a pair's own features must count before a relation is looked at more closely; one in 200 proposals is lost
HOPELESS = -5.0  # below, a candidate is neither proposed nor anybody's rival
SURE = 4.0  # at least that of what the frames found
WIDEST = 6.0
ATTRIBUTES = frozenset({"appos", "compound"})
Merged = dict[str, dict[str, float]]
_PACKAGE = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of features for all relations (`shared`) and for each; `second` for those of `competition`; thresholds by relation."""

    bias: float
    shared: dict[str, float]
    relations: dict[str, dict[str, float]]
    second: dict[str, float]
    thresholds: dict[str, float]


@dataclass(slots=True, eq=False)
class Candidate:
    """A pair with a relation that its types allow; `known` where the frames found it."""

    view: SentenceView
    relation: RelationType
    pair: Pair
    seen: list[str]
    seen_of_relation: list[str]
    known: bool
    score: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """A relation that is likely, the clause that it was read from, the nodes of its ends, and what counted most."""

    relation: RelationType
    subject: str
    object: str
    confidence: float
    clause: Clause
    nodes: tuple[Node, Node]
    reasons: tuple[str, ...]


@cache
def load_weights(path: Path | None = None) -> Weights:
    """Return the weights that hkcrypto comes with, or those of a file; ConfigError where there are none."""
    places = [path] if path else [folder / "models" / "proposer" / "weights.json" for folder in (_PACKAGE, _PACKAGE.parent)]
    for place in places:
        if place.is_file():
            raw = json.loads(place.read_text(encoding="utf-8"))
            return Weights(raw["bias"], raw["shared"], raw["relations"], raw["second"], raw["thresholds"])
    raise ConfigError("the weights of the proposer are missing from this installation", "install hkcrypto again")


def candidates(
    parsed: Iterable[tuple[Sentence, Sequence[Clause]]],
    types: dict[str, str],
    known: Known,
    lexicon: Lexicon,
    weights: Merged | None = None,
) -> list[list[Candidate]]:
    """Return, by sentence, every pair with every relation that its types allow; with weights, those that have a chance, half scored."""
    relations = list(lexicon.frames.relations.values())
    found = []
    for sentence, clauses in parsed:
        view = SentenceView(sentence, clauses, types, lexicon)
        rows: list[Candidate] = []
        for pair in view.pairs() if len(view.ends) > 1 else ():
            subject, target = (types[entity] for entity in pair.ids)
            in_order = view.place[pair.ends[0].i] < view.place[pair.ends[1].i]
            fitting = [r for r in relations if subject in r.subject and target in r.object and (in_order or not r.symmetric)]
            seen = pair_features(view, pair) if fitting else []
            joined = known.relations.get(pair.ids, set())
            for relation, score in zip(fitting, _pair_scores(fitting, seen, weights), strict=True):
                if score >= DULL or relation.name in joined:
                    more = relation_features(view, pair, relation.name, known)
                    rows.append(Candidate(view, relation, pair, seen, more, relation.name in joined, score))
        found.append(rows)
    return found


def _pair_scores(relations: Sequence[RelationType], seen: Sequence[str], weights: Merged | None) -> list[float]:
    """What the features of a pair alone count for each relation."""
    if weights is None:
        return [0.0] * len(relations)
    return [sum(map(own.get, ("", *seen), repeat(0.0))) for own in (weights[relation.name] for relation in relations)]


def merged(weights: Weights, relations: Iterable[str]) -> Merged:
    """Return the weights of the first step by relation, those of all relations and the bias ("") added in."""
    found = {}
    for relation in relations:
        own = weights.relations.get(relation, {})
        found[relation] = {f: own.get(f, 0.0) + weights.shared.get(f, 0.0) for f in own.keys() | weights.shared.keys()}
        found[relation][""] = own.get("", 0.0) + weights.bias
    return found


def competition(rows: Sequence[Candidate]) -> list[tuple[Candidate, dict[str, float]]]:
    """Return the scored candidates of one sentence that have a chance, with the features of the second step."""
    best: dict[tuple[str, str, str], list[tuple[float, int]]] = {}
    for k, row in enumerate(rows):
        score = max(row.score, SURE) if row.known else row.score
        if score < HOPELESS:
            continue
        subject, target = row.pair.ids
        for key in ((row.relation.name, subject, ""), (row.relation.name, "", target), ("", subject, target)):
            best.setdefault(key, []).append((score, k))
    for ranked in best.values():
        ranked.sort(reverse=True)

    def rival(key: tuple[str, str, str], k: int) -> float:
        return next((score for score, other in best.get(key, ()) if other != k), NONE)

    found = []
    for k, row in enumerate(rows):
        if row.score < HOPELESS:
            continue
        subject, target = row.pair.ids
        rivals = {
            "other object": rival((row.relation.name, subject, ""), k),
            "other subject": rival((row.relation.name, "", target), k),
            "other relation": rival(("", subject, target), k),
            "reverse": rival(("", target, subject), -1),
        }
        features = {"own": row.score, "own, likely": max(row.score, 0.0), "named": float(row.pair.ends[0].named + row.pair.ends[1].named)}
        for name, score in rivals.items():
            features |= {name: score, f"{name}, likely": max(score, 0.0)}
            features |= {f"before {name}": (lead := min(row.score - score, WIDEST)), f"well before {name}": max(lead, 0.0)}
        features[row.relation.name] = 1.0
        found.append((row, features))
    return found


class Proposer:
    """Scores the pairs of a document and proposes those above the threshold of their relation."""

    def __init__(self, frames: Frames, weights: Weights | None = None) -> None:
        self.weights = weights or load_weights()
        self.lexicon = Lexicon(frames)
        self.first = merged(self.weights, frames.relations)
        self.cues = load_cues("en")

    def propose(
        self, parsed: Iterable[tuple[Sentence, Sequence[Clause]]], types: dict[str, str], found: Iterable[tuple[RelationType, str, str]]
    ) -> list[Proposal]:
        """Return what the sentences of a document most likely say beyond what was `found` in them; each fact once, by its best pair."""
        known = Known()
        for relation, subject, target in found:
            known.add(relation.name, subject, target)
            if relation.symmetric:
                known.add(relation.name, target, subject)
        best: dict[tuple[str, ...], tuple[float, Candidate]] = {}
        for rows in candidates(parsed, types, known, self.lexicon, self.first):
            self.score(rows)
            for row, probability in self.probabilities(rows):
                ends = sorted(row.pair.ids) if row.relation.symmetric else row.pair.ids
                key = (row.relation.name, *ends)
                if not row.known and probability >= self._threshold(row) and probability > best.get(key, (0.0,))[0]:
                    best[key] = (probability, row)
        proposals = (self._proposal(row, probability) for probability, row in best.values())
        return [proposal for proposal in proposals if proposal is not None]

    def score(self, rows: Iterable[Candidate]) -> None:
        """Add to the scores of half scored candidates what the features of their relation count."""
        for row in rows:
            total = row.score + sum(map(self.first[row.relation.name].get, row.seen_of_relation, repeat(0.0)))
            row.score = max(min(total, -NONE), NONE)

    def rescore(self, rows: Iterable[Candidate]) -> None:
        """Score candidates that were made without weights, or with others."""
        for row in rows:
            (row.score,) = _pair_scores([row.relation], row.seen, self.first)
            self.score([row])

    def probabilities(self, rows: Sequence[Candidate]) -> list[tuple[Candidate, float]]:
        """Return the candidates of a sentence that have a chance, with how likely each is, its rivals considered."""
        second = self.weights.second
        sums = [(row, sum(second.get(f, 0.0) * v for f, v in features.items())) for row, features in competition(rows)]
        return [(row, 1.0 / (1.0 + exp(-(second["bias"] + total)))) for row, total in sums]

    def reasons(self, row: Candidate, most: int = 5) -> list[tuple[str, float]]:
        """Return the features of a candidate that count most, for or against it, with their weights."""
        own = self.first[row.relation.name]
        weights = {feature: own.get(feature, 0.0) for feature in (*row.seen, *row.seen_of_relation)}
        return sorted(weights.items(), key=lambda item: (-abs(item[1]), item[0]))[:most]

    def _threshold(self, row: Candidate) -> float:
        return self.weights.thresholds.get(row.relation.name, self.weights.thresholds[""])

    def _proposal(self, row: Candidate, probability: float) -> Proposal | None:
        """The relation with the clause that it stands in; None where that states nothing ("did not say whether")."""
        if (reading := self._reading(row)) is None:
            return None
        node = self._predicate(row)
        word = row.view.words.get(node.i)
        kind = "verbs" if word is not None and word.is_verb else "nouns"
        clause = Clause(
            word.lemma if word else node.lemma,
            kind,
            node,
            {},
            reading.status() or "asserted",
            reading.cue,
            row.view.sentence,
            (node.start, node.end),
        )
        reasons = tuple(f"{feature} {weight:+.1f}" for feature, weight in self.reasons(row))
        return Proposal(row.relation, *row.pair.ids, round(probability, 2), clause, row.pair.ends, reasons)

    @staticmethod
    def _predicate(row: Candidate) -> Node:
        """The word that most likely states it: a trigger that is near, else the verb on the path, else the top of the path."""
        trigger = nearest_trigger(row.view, row.pair, row.relation.name)
        if trigger is not None:
            return trigger[0].node
        words = [row.view.words[n.i] for n in row.pair.nodes if n.i in row.view.words]
        return next((w.node for w in words if w.is_verb), words[0].node if words else row.pair.top)

    def _reading(self, row: Candidate) -> Reading | None:
        """What the words on the path say of the status, the strongest of it; None where all of them state nothing."""
        words = row.view.words
        lemma_of = {i: word.lemma for i, word in words.items() if word.is_verb}
        nodes = [n for n in row.pair.nodes if n.tag.startswith(("NN", "VB")) and n.i in words]
        readings = [read_status(n, self.cues, lemma_of, attribute=n.dep in ATTRIBUTES) for n in nodes] or [Reading()]
        stated = [(STATUS_ORDER.index(status), reading) for reading in readings if (status := reading.status()) is not None]
        return max(stated, key=lambda item: item[0])[1] if stated else None
