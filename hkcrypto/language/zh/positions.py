"""What somebody or something is: "X主席Y", "Y是X的主席", "X旗下的Y"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile

from hkcrypto.language.clause import STATUS_ORDER, Clause, Filler, Node, Sentence
from hkcrypto.language.zh.lexicon import CLOSING, OPENING, Lexicon
from hkcrypto.language.zh.phrases import noun_phrase
from hkcrypto.language.zh.sentences import is_break

_REACH = 7  # words from a position to the name of the body that it is in
_MARKS = OPENING | CLOSING


class PositionReader:
    """Reads the nouns that say what a name is; a bare "副總裁Z" takes the body of the position before it."""

    def __init__(self, lexicon: Lexicon, wanted: Callable[[str, str], bool]) -> None:
        self.lexicon = lexicon
        self.wanted = wanted
        self.begin()

    def begin(self) -> None:
        """Forget the document before."""
        self.body: Filler | None = None

    def clauses(self, sentence: Sentence) -> Iterator[Clause]:
        """Yield a clause for each noun of the kind, with the roles `is`, `possessor` and `compound`."""
        yield from self._in([n for n in sentence.nodes if n.dep != "paren"])
        if any(n.dep == "paren" and self.wanted("is_a", n.lemma) for n in sentence.nodes):
            yield from (c for c in self._in(sentence.nodes) if c.node.dep == "paren")

    def _in(self, nodes: Sequence[Node]) -> Iterator[Clause]:
        for at, node in enumerate(nodes):
            if node.named or not self.wanted("is_a", node.lemma):
                continue
            things = self._things(nodes, at)
            if not things:
                continue
            owners, first, former = self._owners(nodes, at)
            if owners:
                self.body = owners[0]
            elif self.body is not None and node.lemma.startswith("副") and things[0].type == "PERSON":
                owners = [self.body]
            roles = {"is": [Filler(things[0], things, frozenset())]}
            if owners:
                roles["possessor"] = owners
            flags = self._flags(nodes, at, things[0])
            cue = former or (flags[0] if flags else None)
            status = "ended" if former is not None else self.lexicon.status[cue.lemma] if cue is not None else "asserted"
            yield Clause(node.lemma, "is_a", node, roles, status, cue, phrase=(first.start, node.end))

    def _things(self, nodes: Sequence[Node], at: int) -> list[Node]:
        """The names right behind the noun, quotation marks and further positions apart; else the subject of "X是Y的主席"."""
        behind = at + 1
        while behind < len(nodes) and self._is_between(nodes[behind]):
            behind += 1
        if behind < len(nodes) and nodes[behind].entities:
            return self._listed(nodes, behind)
        if behind < len(nodes) and self.lexicon.has("listing", nodes[behind].lemma):
            rest = list(takewhile(lambda n: not is_break(n) and not n.tag.startswith("VB"), nodes[behind + 1 :]))
            phrase = noun_phrase([n for n in rest if n.tag not in {"PU", "COUNT", "CD"}], self.lexicon)
            return phrase.members if phrase is not None else []
        if behind == at + 1 or (behind < len(nodes) and nodes[behind].tag == "PU"):
            return self._subject(nodes, at)
        return []

    def _is_between(self, node: Node) -> bool:
        return (
            node.tag == "DE"
            or (node.tag == "PU" and set(node.text) <= OPENING - set("（([《〈"))
            or self.lexicon.has("appositive", node.lemma)
            or (not node.named and self.wanted("is_a", node.lemma))
        )

    def _listed(self, nodes: Sequence[Node], at: int) -> list[Node]:
        """A name and those of its type that "、" and "and" join to it."""
        found = [nodes[at]]
        for node in nodes[at + 1 :]:
            if node.entities and node.type == found[0].type:
                found.append(node)
            elif not (node.tag == "CC" or self.lexicon.has("joint", node.lemma) or (node.tag == "PU" and set(node.text) <= _MARKS)):
                break
        return found

    def _subject(self, nodes: Sequence[Node], at: int) -> list[Node]:
        """The name before a copula that this noun closes: "Y是X的主席"; or before brackets that hold it: "Y（X主席）"."""
        for i in range(at - 1, max(at - 14, -1), -1):
            node = nodes[i]
            if node.tag == "PU" and not set(node.text) <= _MARKS:
                return []
            if self.lexicon.has("copulas", node.lemma) or (node.text in "（(" and nodes[at].dep == "paren"):
                before = [n for n in nodes[max(i - 4, 0) : i] if n.entities]
                return (
                    before[-1:]
                    if before and not any(n.tag in {"PU", "VB", "VBX"} for n in nodes[max(i - 4, 0) : i] if n.i > before[-1].i)
                    else []
                )
            if node.tag.startswith("VB"):
                return []
        return []

    def _owners(self, nodes: Sequence[Node], at: int) -> tuple[list[Filler], Node, Node | None]:
        """Whose position it is, the first word of its phrase, and the word that says that it is over."""
        first, former = nodes[at], None
        for i in range(at - 1, max(at - 1 - _REACH, -1), -1):
            node = nodes[i]
            if node.entities and node.type != "TOPIC":
                return [Filler(n, [n], frozenset((n.lemma,))) for n in reversed(self._joined(nodes, i))], first, former
            if self.lexicon.has("former", node.lemma):
                former = node
            if not node.entities and not self._is_modifier(node):
                break
            if node.tag not in {"DE", "PU"} and former is None and not self.wanted("is_a", node.lemma):
                first = node
        return [], first, former

    def _joined(self, nodes: Sequence[Node], at: int) -> list[Node]:
        """A name and those before it that are joined to it."""
        found = [nodes[at]]
        for node in reversed(nodes[:at]):
            if node.entities and node.type == found[0].type and node.type != "PERSON":
                found.append(node)
            elif not (node.tag == "CC" or self.lexicon.has("joint", node.lemma)):
                break
        return found

    def _is_modifier(self, node: Node) -> bool:
        if node.tag == "PU":
            return set(node.text) <= _MARKS - set("（()）")
        return (
            node.tag in {"DE", "CD"}
            or self.lexicon.has("modifiers", node.lemma)
            or self.lexicon.has("former", node.lemma)
            or self.lexicon.has("kinds", node.lemma)
            or self.wanted("is_a", node.lemma)
            or (node.tag == "NN" and len(node.lemma) > 1)
        )

    def _flags(self, nodes: Sequence[Node], at: int, thing: Node) -> list[Node]:
        """The words of status between a subject and its copula; none where the name stands right behind the noun."""
        if thing.i > at:
            return []
        flags = [n for n in nodes[:at] if n.i > thing.i and n.tag in {"MD", "RB"} and n.lemma in self.lexicon.status]
        return sorted(flags, key=lambda n: -STATUS_ORDER.index(self.lexicon.status[n.lemma]))
