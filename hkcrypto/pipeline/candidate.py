"""Spans that may be names, and how those that stand are written to a `Doc`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from hkcrypto.pipeline.gazetteer import fold


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that may be a name; `ids` are the entries of the knowledge base that have it, best first.

    `weight` is that of the evidence for its type: 1 the net's word, 2 a neighbour in a list, 3 the words around it, 20 a head
    noun or legal form of its own, or the knowledge base.
    """

    start: int
    end: int
    type: str
    method: str
    priority: int
    ids: tuple[str, ...] = ()
    weight: int = 1


def without_overlap(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates that stand, by offset: of those that overlap, the one of the best priority, the longer, the earlier."""
    taken: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda c: (c.priority, c.start - c.end, c.start)):
        place = bisect_right(taken, candidate.start, key=lambda c: c.start)
        if (place == 0 or taken[place - 1].end <= candidate.start) and (place == len(taken) or candidate.end <= taken[place].start):
            taken.insert(place, candidate)
    return taken


def set_mentions(doc: Doc, candidates: Sequence[Candidate]) -> None:
    """Write the mentions to the doc (`doc.spans["mentions"]`, `doc.ents`, `doc._.weights`); one that cuts through a token is left out."""
    found = []
    for c in candidates:
        span = doc.char_span(c.start, c.end, label=c.type, kb_id="|".join(c.ids), span_id=c.method)
        if span is not None:
            found.append((span, c.weight))
    spans = filter_spans([span for span, _ in found])
    kept = {(span.start, span.end) for span in spans}
    doc.spans["mentions"] = spans
    doc._.weights = [weight for span, weight in found if (span.start, span.end) in kept]
    doc.set_ents([Span(doc, s.start, s.end, label=s.label, kb_id=s.kb_id) for s in spans if s.label_ != "TOPIC"])


def read_mentions(doc: Doc) -> list[Candidate]:
    """Return the mentions that `set_mentions` wrote."""
    return [
        Candidate(s.start_char, s.end_char, s.label_, s.id_, 0, tuple(s.kb_id_.split("|")) if s.kb_id_ else (), weight)
        for s, weight in zip(doc.spans["mentions"], doc._.weights, strict=True)
    ]


def same_name(left: str, right: str) -> bool:
    """Whether two names are the same but for case, quotes, spaces and a leading article."""
    return _plain(left) == _plain(right)


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    return re.sub(r"^(?:the|an?) ", "", re.sub(r"\W+", " ", fold(name)).strip())
