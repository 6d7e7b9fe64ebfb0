"""Chinese sentences as lists of nodes: names, values and words, each with its part in the clause."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from hkcrypto.language.clause import Node, Sentence
from hkcrypto.language.zh.lexicon import BREAKS, CLOSING, OPENING, Lexicon, load_lexicon
from hkcrypto.language.zh.segment import Segmenter, Token
from hkcrypto.script import HAN, simplified

_END = re.compile(r"[。！？!?；;]+|(?<=[\w%）)])\.(?=\s|$)|[\n\r]{2,}")
_SPACE_BREAK = re.compile(r"[^\S\n]+")
# Adverbs, conjunctions and particles of the dictionary, and its words of time, place and number, which are no subjects.
_ADVERBS = frozenset({"d", "c", "u", "y", "ul", "uj", "ud", "ug", "uv", "uz", "t", "f", "m", "q", "mq"})
_MARK = re.compile(r"[^\w%]+")


@dataclass(frozen=True, slots=True)
class Known:
    """A stretch that is one node: a mention with its entities and type, or a value with its kind and no entities."""

    start: int
    end: int
    kind: str
    entities: tuple[str, ...] = ()


class SentenceBuilder:
    """Makes the sentences of a paragraph; `is_trigger(kind, word)` says which words some frame asks for."""

    def __init__(self, segmenter: Segmenter, is_trigger: Callable[[str, str], bool]) -> None:
        self.segmenter = segmenter
        self.is_trigger = is_trigger
        self.lexicon = load_lexicon()

    def sentences(self, text: str, span: tuple[int, int], known: Sequence[Known], section: str, paragraph: int) -> Iterator[Sentence]:
        """Yield the sentences of text[span]; `known` lies within it, sorted and without overlap."""
        plain = simplified(text)
        starts = [k.start for k in known]
        for start, end in sentence_spans(text, *span):
            inside = known[bisect_left(starts, start) : bisect_left(starts, end)]
            nodes = self._nodes(text, plain, start, end, inside)
            if nodes:
                _hang(nodes)
                yield Sentence(nodes, nodes[0].start, nodes[-1].end, section, paragraph)

    def _nodes(self, text: str, plain: str, start: int, end: int, known: Sequence[Known]) -> list[Node]:
        by_start = {k.start: k for k in known}
        nodes: list[Node] = []
        depth = 0
        for token in self.segmenter.around(plain, start, end, [(k.start, k.end) for k in known]):
            if nodes and _is_gap(text, nodes[-1], token):
                nodes.append(Node(len(nodes), nodes[-1].end, nodes[-1].end + 1, " ", " ", "PU", ""))
            node = Node(len(nodes), token.start, token.end, text[token.start : token.end], token.word, "", "")
            fact = by_start.get(token.start) if token.tag == "name" else None
            if fact is not None:
                node.tag = "NAME" if fact.entities else fact.kind
                node.entities, node.type, node.named = fact.entities, fact.kind if fact.entities else None, bool(fact.entities)
            else:
                node.tag = part_of_speech(token, self.lexicon, self.is_trigger)
            depth += token.word in "（(["
            if depth and (nodes or depth > 1):
                node.dep = "paren"
            depth -= bool(depth) and token.word in "）)]"
            nodes.append(node)
        return nodes


def sentence_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of the sentences of text[start:end]; one that a quotation holds is no sentence of its own."""
    position = start
    for match in _END.finditer(text, start, end):
        stop = match.end()
        while stop < end and text[stop] in CLOSING:
            stop += 1
        if stop <= position or _is_quoted(text, position, stop):
            continue
        yield position, stop
        position = stop
    if text[position:end].strip():
        yield position, end


def _is_quoted(text: str, start: int, end: int) -> bool:
    """Whether a quotation is still open; one longer than a paragraph should be is taken for a lost mark."""
    piece = text[start:end]
    return len(piece) < 400 and any(piece.count(left) > piece.count(right) for left, right in ("「」", "『』", "“”", "（）"))


def _is_gap(text: str, before: Node, token: Token) -> bool:
    """Whether white space parts two stretches of a headline, as it does between ideographs."""
    gap = text[before.end : token.start]
    return bool(gap) and ("\u3000" in gap or (bool(HAN.match(text[before.end - 1])) and bool(HAN.match(text[token.start]))))


def part_of_speech(token: Token, lexicon: Lexicon, is_trigger: Callable[[str, str], bool]) -> str:
    """Return what a word is in a clause.

    PU a mark, DE 的, P a coverb, LB a passive marker, CC "and", VB a verb that something is known of, VBX any other, NN a noun,
    MD a word of status, RB any other adverb.
    """
    word = token.word
    rules = (
        ("CD", word.replace(".", "").replace(",", "").isdigit()),
        ("DE", word in {"的", "之"}),
        ("NN", lexicon.has("possessives", word)),
        ("LB", lexicon.has("passive", word)),
        ("VB", is_trigger("verbs", word) or any(lexicon.has(name, word) for name in ("telling", "pivots", "copulas"))),
        ("NN", is_trigger("is_a", word) or is_trigger("nouns", word)),
        ("P", word in lexicon.coverbs),
        ("CC", word == "、" or lexicon.has("conjunctions", word)),
        ("MD", word in lexicon.status or lexicon.has("open", word)),
        ("RB", lexicon.has("adverbs", word)),
        ("PU", _MARK.fullmatch(word) is not None),
        ("VBX", token.tag.startswith("v") and token.tag != "vn"),
        ("RB", token.tag in _ADVERBS and not word[0].isdigit()),
    )
    return next((tag for tag, holds in rules if holds), "NN")


def is_break(node: Node) -> bool:
    """Return whether a stretch ends here: at a comma and the like, or at the white space of a headline."""
    return node.tag == "PU" and node.text != ":" and (node.text == " " or any(c in BREAKS for c in node.text))


def segments(sentence: Sentence) -> list[list[Node]]:
    """Return the stretches of a sentence between commas and the like; what stands in brackets is left out, as are quotation marks."""
    found: list[list[Node]] = [[]]
    for node in sentence.nodes:
        if node.dep == "paren":
            continue
        if is_break(node):
            found.append([])
        elif node.tag != "PU" or not (set(node.text) <= OPENING | CLOSING):
            found[-1].append(node)
    return [part for part in found if part]


def _hang(nodes: list[Node]) -> None:
    """Hang every word on a verb of its stretch: the one before it, else the first; the verbs of a stretch on its first one.

    Words of a stretch without a verb wait for the next one ("去年11月，"); what stands in brackets hangs on nothing.
    """
    stretch: list[Node] = []
    waiting: list[Node] = []
    for node in [*nodes, None]:
        if node is not None and not is_break(node):
            stretch += [] if node.dep == "paren" else [node]
            continue
        first = next((n for n in stretch if n.tag.startswith("VB")), None)
        if first is None:
            waiting += stretch
        else:
            for word in waiting:
                _attach(word, first, "dep")
            waiting = []
            _hang_stretch(stretch, first)
        stretch = []


def _hang_stretch(stretch: list[Node], first: Node) -> None:
    last, governed = first, False
    for node in stretch:
        governed = governed or node.tag in {"P", "LB"}
        if node.tag.startswith("VB"):
            if node is not first:
                _attach(node, first, "xcomp")
            last = node
        elif node.i < first.i:
            _attach(node, first, "nsubj" if not governed else "dep")
        else:
            _attach(node, last, "dobj")


def _attach(node: Node, head: Node, dep: str) -> None:
    node.head, node.dep = head, dep
    head.children.append(node)
