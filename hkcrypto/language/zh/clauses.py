"""Chinese clauses: stretches between commas, read from left to right, come out as predicates with roles as English ones do."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hkcrypto.language.clause import STATUS_ORDER, Clause, Filler, Sentence
from hkcrypto.language.zh.chunks import chunks
from hkcrypto.language.zh.lexicon import load_lexicon
from hkcrypto.language.zh.phrases import noun_phrase
from hkcrypto.language.zh.positions import PositionReader
from hkcrypto.language.zh.sentences import segments
from hkcrypto.language.zh.stretch import Context, Predicate, StretchReader

Wanted = Callable[[str, str], bool]


class ChineseClauses:
    """Makes the clauses of a sentence; `wanted(kind, word)` says which predicates are worth the work."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self.lexicon = load_lexicon()
        self.positions = PositionReader(self.lexicon, wanted)
        self.begin()

    def begin(self) -> None:
        """Forget the document before."""
        self.positions.begin()

    def clauses(self, sentence: Sentence) -> Iterator[Clause]:
        """Yield the clauses of a sentence, in the order of their predicates."""
        found = list(self.positions.clauses(sentence))
        context = Context()
        predicates: list[Predicate] = []
        for part in segments(sentence):
            if predicates and self.lexicon.has("examples", part[0].lemma) and not any(n.tag == "VB" for n in part[1:]):
                _fill(predicates[-1], noun_phrase(part[1:], self.lexicon))
                continue
            predicates = StretchReader(chunks(part, self.lexicon), context, self.lexicon).read()
            found += [_clause(p) for p in predicates if self.wanted("verbs", p.node.lemma) and not p.open]
        for clause in found:
            clause.sentence = sentence
        yield from sorted(found, key=lambda c: c.node.i)


def _fill(predicate: Predicate, examples: Filler | None) -> None:
    """Put examples where the noun stands that they are of: "為多間機構提供服務，包括X及Y"."""
    open_ones = [f for name, fillers in predicate.roles.items() if name not in {"speaker", "topic"} for f in fillers if not f.members]
    nouns = [f for f in open_ones if f.head.tag == "NN"]
    if examples is not None and examples.members and nouns:
        max(nouns, key=lambda f: f.head.i).members.extend(examples.members)
        for other in nouns:
            if not other.members:
                other.members.extend(m for m in examples.members if m not in other.members)


def _clause(predicate: Predicate) -> Clause:
    node = predicate.node
    best = max(predicate.flags, key=lambda f: STATUS_ORDER.index(f.status), default=None)
    return Clause(
        node.lemma,
        "verbs",
        node,
        predicate.roles,
        best.status if best else "asserted",
        best.node if best else None,
        phrase=(node.start, node.end),
        speaker=predicate.speaker,
    )
