"""Chinese clauses: stretches between commas, read from left to right, come out as predicates with roles as English ones do."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hkcrypto.language.clause import STATUS_ORDER, Clause, Sentence
from hkcrypto.language.zh.chunks import chunks
from hkcrypto.language.zh.lexicon import load_lexicon
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
        for part in segments(sentence):
            predicates = StretchReader(chunks(part, self.lexicon), context, self.lexicon).read()
            found += [_clause(p) for p in predicates if self.wanted("verbs", p.node.lemma) and not p.open]
        for clause in found:
            clause.sentence = sentence
        yield from sorted(found, key=lambda c: c.node.i)


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
