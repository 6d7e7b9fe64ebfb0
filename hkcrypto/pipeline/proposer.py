"""Proposes relations that the frames leave open, by a trained encoder (`hkcrypto.proposer`) sentence by sentence."""

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

REASONS = 3
Found = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence as the encoder reads it, and the entities in it by number."""

    text: str
    sentence: Sentence
    mentions: list[Mention]
    ids: list[str]


class Proposer:
    """Scores the pairs of a document's entities, sentence by sentence."""

    def __init__(self, frames: Frames, scorer: Scorer) -> None:
        self.frames = frames
        self.scorer = scorer

    def propose(self, text: str, sentences: Sequence[Sentence], types: dict[str, str], found: set[Found]) -> list[Fact]:
        """Return what sentences most likely state beyond what was `found` (relation and ends), each fact once, by its likeliest reading."""
        best: dict[Found, Fact] = {}
        for passage in passages(text, sentences):
            kinds = [types[entity] for entity in passage.ids]
            for scored in self.scorer.score(passage.text, passage.mentions, kinds):
                relation = self.frames.relations[scored.relation]
                if kinds[scored.subject] in relation.subject and kinds[scored.object] in relation.object:
                    fact = self._fact(passage, relation, scored)
                    if fact.key not in found and (fact.key not in best or best[fact.key].confidence < fact.confidence):  # type: ignore[operator]
                        best[fact.key] = fact
        return list(best.values())

    def _fact(self, passage: Passage, relation: RelationType, scored: Scored) -> Fact:
        sentence, looks = passage.sentence, _looks(passage.sentence, scored)
        ends = passage.ids[scored.subject], passage.ids[scored.object]
        nodes = tuple(next(n for n in sentence.nodes if n.entities == (entity,)) for entity in ends)
        predicate, frame = self._predicate(sentence, relation, looks)
        kind = "verbs" if is_verb(predicate) else "nouns"
        clause = Clause(predicate.lemma, kind, predicate, {}, scored.status, None, sentence, (predicate.start, predicate.end))
        qualifiers = frame.constants if frame else {}
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
    """Yield every sentence with at least two entities, named or pointed to by a word that is resolved."""
    for sentence in sentences:
        nodes = sorted((n for n in sentence.nodes if len(n.entities) == 1), key=lambda n: n.start)
        ids = list(dict.fromkeys(n.entities[0] for n in nodes))
        if len(ids) > 1:
            numbers = {entity: k for k, entity in enumerate(ids)}
            mentions = [Mention(n.start - sentence.start, n.end - sentence.start, numbers[n.entities[0]]) for n in nodes]
            yield Passage(text[sentence.start : sentence.end], sentence, mentions, ids)


def _looks(sentence: Sentence, scored: Scored) -> list[tuple[Node, float]]:
    """The words of a sentence that name nothing, by how much they were looked at."""
    shares: dict[int, float] = defaultdict(float)
    words = sorted(sentence.nodes, key=lambda n: n.start)
    at = 0
    for start, _, share in scored.looks:
        while at + 1 < len(words) and words[at + 1].start <= sentence.start + start:
            at += 1
        shares[words[at].i] += share
    plain = [n for n in words if not n.entities and n.text[:1].isalpha()]
    return sorted(((n, shares[n.i]) for n in plain), key=lambda item: (-item[1], item[0].i))
