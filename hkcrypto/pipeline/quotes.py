"""Quotations and who is quoted: the subject of a reporting verb beside them, else whoever was speaking just before."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from hkcrypto.language.clause import Node

QUOTE = re.compile(r"“([^“”]+)”|(?<!\w)\"([^\"]+)\"(?!\w)")
LIMIT = 400  # characters: a statement is a clause or a sentence or two
BESIDE = 140  # characters from a quotation to the verb that reports it: a name with a title lies between
_WORDS = re.compile(r"\w+")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
FEWEST = 4  # words: what is shorter is a term in quotation marks


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation without its marks, who says it, and by which verb ("" where it only goes on)."""

    start: int
    end: int
    speaker: str
    verb: str


Speaker = Callable[[Node], list[str]]


def quotes(
    text: str, start: int, end: int, nodes: Sequence[Node], verbs: Sequence[Node], speakers: Speaker, before: str
) -> Iterator[Quote]:
    """Yield the quotations of a paragraph whose speaker is known.

    `verbs` are its reporting verbs, `speakers` gives the entities that such a verb has for its subject, `before` is who spoke last.
    """
    spans = [(m.start(1 if m[1] else 2), m.end(1 if m[1] else 2)) for m in QUOTE.finditer(text, start, end)]
    outside = [v for v in verbs if not any(a <= v.start < b for a, b in spans)]
    last = before if spans and spans[0][0] <= start + 2 else ""
    position = start
    for left, right in spans:
        said = [v for v in outside if position <= v.start < left and speakers(v)]
        last = speakers(said[-1])[0] if said else last
        verb = _reporting(text, left, right, outside, speakers)
        if verb is not None:
            last = speakers(verb)[0]
        elif not said and any(n.named and n.type == "PERSON" and n.dep == "nsubj" for n in nodes if position <= n.start < left):
            last = ""
        tagged = verb is not None and verb.start >= right and "," in text[right - 1 : right + 2]
        if last and (tagged or len(_WORDS.findall(text, left, right)) >= FEWEST):
            yield from (Quote(a, b, last, verb.text if verb is not None else "") for a, b in _pieces(text, left, right))
        position = right


def _reporting(text: str, left: int, right: int, verbs: Sequence[Node], speakers: Speaker) -> Node | None:
    """The verb that a quotation hangs on: behind it where it breaks off with a comma or a question, else before it."""
    if text[right - 1] in ",?!" or text[right + 1 : right + 2] == ",":
        behind = [v for v in verbs if right <= v.start < right + BESIDE and not _ends(text[right + 1 : v.start]) and speakers(v)]
        if behind:
            return behind[0]
    ahead = [v for v in verbs if left - BESIDE < v.start < left and not _ends(text[v.end : left - 1]) and speakers(v)]
    return ahead[-1] if ahead else None


def _ends(between: str) -> bool:
    """Whether a sentence ends in a stretch of text."""
    return re.search(r"[.!?]\s+[“\"A-Z]", between) is not None


def _pieces(text: str, left: int, right: int) -> Iterator[tuple[int, int]]:
    """Yield a quotation, in runs of whole sentences where it is longer than a statement."""
    start = end = left
    for boundary in [*(m.end() for m in _SENTENCE.finditer(text, left, right)), right]:
        if boundary - start > LIMIT and end > start:
            yield start, end
            start = end
        end = boundary
    if end - start <= LIMIT:
        yield start, end
