"""Proposes relations that the frames leave open, by a trained encoder (`hkcrypto.proposer`) over passages of the content."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hkcrypto.language.clause import Clause, Node, Sentence
from hkcrypto.language.en.phrases import is_verb
from hkcrypto.language.en.verbs import lemma as verb_lemma
from hkcrypto.pipeline.facts import LEARNED, Fact
from hkcrypto.proposer.encoding import Mention

if TYPE_CHECKING:
    from hkcrypto.frames import Frame, Frames, RelationType
    from hkcrypto.proposer.scorer import Scored, Scorer

LONGEST = 700  # characters of a passage; it ends with the sentence that passes this
OVERLAP = 2  # sentences that the next passage begins with again
REASONS = 3
Found = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences that the encoder reads together, and the entities named there, by number."""

    text: str
    start: int
    sentences: list[Sentence]
    mentions: list[tuple[Node, Mention]]
    ids: list[str]


class Proposer:
    """Scores the pairs of a document's entities, passage by passage."""

    def __init__(self, frames: Frames, scorer: Scorer) -> None:
        self.frames = frames
        self.scorer = scorer

    def propose(self, text: str, sentences: Sequence[Sentence], types: dict[str, str], found: set[Found]) -> list[Fact]:
        """Return what the passages most likely state beyond what was `found` (relation and ends), each fact once, the likeliest reading."""
        best: dict[Found, Fact] = {}
        for passage in passages(text, sentences):
            kinds = [types[entity] for entity in passage.ids]
            for scored in self.scorer.score(passage.text, [mention for _, mention in passage.mentions], kinds):
                relation = self.frames.relations[scored.relation]
                if kinds[scored.subject] in relation.subject and kinds[scored.object] in relation.object:
                    fact = self._fact(passage, relation, scored)
                    if fact.key not in found and (fact.key not in best or best[fact.key].confidence < fact.confidence):  # type: ignore[operator]
                        best[fact.key] = fact
        return list(best.values())

    def _fact(self, passage: Passage, relation: RelationType, scored: Scored) -> Fact:
        sentence, looks = _sentence(passage, scored)
        ends = passage.ids[scored.subject], passage.ids[scored.object]
        nodes = tuple(_end(passage, sentence, entity) for entity in ends)
        predicate, frame = self._predicate(sentence, relation, looks)
        kind = "verbs" if is_verb(predicate) else "nouns"
        clause = Clause(predicate.lemma, kind, predicate, {}, scored.status, None, sentence, (predicate.start, predicate.end))
        qualifiers = {name: value for name, value in frame.qualifiers.items() if not value.startswith("$")} if frame else {}
        reasons = tuple(f"{node.text} {share:.2f}" for node, share in looks[:REASONS])
        return Fact(relation, LEARNED, clause, *ends, scored.status, qualifiers, nodes, round(scored.probability, 2), reasons)

    def _predicate(self, sentence: Sentence, relation: RelationType, looks: Sequence[tuple[Node, float]]) -> tuple[Node, Frame | None]:
        """The word that was looked at most of those that set off a frame of the relation, with it; else of all."""
        for node, _ in looks:
            for kind, word in (("verbs", verb_lemma(node)),) if is_verb(node) else (("nouns", node.lemma), ("is_a", node.lemma)):
                for name, frame in ((r.name, f) for r, f in self.frames.triggered(kind, word)):
                    if name == relation.name:
                        return node, frame
        return (looks[0][0] if looks else sentence.nodes[0]), None


def passages(text: str, sentences: Iterable[Sentence]) -> Iterator[Passage]:
    """Yield passages of sentences of one section with at least two entities named."""
    held: list[Sentence] = []
    fresh = 0
    for sentence in sentences:
        if held and sentence.section != held[-1].section:
            yield from _passage(text, held if fresh else [])
            held, fresh = [], 0
        held.append(sentence)
        fresh += 1
        if held[-1].end - held[0].start > LONGEST:
            yield from _passage(text, held)
            held, fresh = held[-OVERLAP:], 0
    yield from _passage(text, held if fresh else [])


def _passage(text: str, sentences: Sequence[Sentence]) -> Iterator[Passage]:
    named = [n for s in sentences for n in s.nodes if n.named and len(n.entities) == 1]
    ids = list(dict.fromkeys(n.entities[0] for n in named))
    if len(ids) < 2:
        return
    numbers = {entity: k for k, entity in enumerate(ids)}
    start = min(s.start for s in sentences)
    mentions = [(n, Mention(n.start - start, n.end - start, numbers[n.entities[0]])) for n in sorted(named, key=lambda n: n.start)]
    yield Passage(text[start : max(s.end for s in sentences)], start, list(sentences), mentions, ids)


def _sentence(passage: Passage, scored: Scored) -> tuple[Sentence, list[tuple[Node, float]]]:
    """The sentence that states it: one that names an end, both rather, and was looked at most; with its words by how much they were."""
    shares: dict[int, float] = defaultdict(float)
    words = sorted((n for s in passage.sentences for n in s.nodes), key=lambda n: n.start)
    at = 0
    for start, _, share in scored.looks:
        while at + 1 < len(words) and words[at + 1].start <= passage.start + start:
            at += 1
        shares[words[at].i] += share
    ends = {passage.ids[scored.subject], passage.ids[scored.object]}

    def weight(sentence: Sentence) -> tuple[int, float]:
        return len(ends & {e for n in sentence.nodes for e in n.entities}), sum(shares[n.i] for n in sentence.nodes)

    chosen = max(passage.sentences, key=weight)
    plain = [n for n in chosen.nodes if not n.entities and n.text[:1].isalpha()]
    return chosen, sorted(((n, shares[n.i]) for n in plain), key=lambda item: (-item[1], item[0].i))


def _end(passage: Passage, sentence: Sentence, entity: str) -> Node:
    """The node of an entity: in the sentence, else its last name before, else its first."""
    inside = [n for n in sentence.nodes if entity in n.entities]
    named = [n for n, _ in passage.mentions if entity in n.entities]
    before = [n for n in named if n.start < sentence.start]
    return inside[0] if inside else before[-1] if before else named[0]
