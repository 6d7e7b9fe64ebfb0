"""Names and sentences in a text: when two names are the same, where a name stands, and what is said around it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

IDEOGRAPH = re.compile(r"[㐀-鿿]")
_ABBREVIATION = r"(?<!\b[A-Z])(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bCo)(?<!\bInc)(?<!\bLtd)(?<!\bMrs)(?<!\bCorp)"
_SENTENCE_END = re.compile(rf"{_ABBREVIATION}[.!?][\"”’)\]]*\s+(?=[\"“‘(]?[A-Z0-9㐀-鿿])|[。！？][”’」』）]*|\n+")


def fold(name: str) -> str:
    """Return the form in which two names are compared.

    It is without case, punctuation, a leading article, a trailing possessive, and variants of Unicode.
    """
    text = unicodedata.normalize("NFKC", name).casefold().strip()
    text = re.sub(r"[’']s$", "", text)
    text = re.sub(r"[^\w]+", " ", text).strip()
    return re.sub(r"^(the|an?)\s+", "", text)


def folded(names: Iterable[str]) -> set[str]:
    """Return the folded forms of names."""
    return {fold(name) for name in names}


def occurrences(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Yield where the name stands in the text as words of its own: (start, end) in code points, in order."""
    start = text.find(name) if name else -1
    while start >= 0:
        end = start + len(name)
        if not _is_joined(text[max(start - 1, 0) : start], name[0]) and not _is_joined(name[-1], text[end : end + 1]):
            yield start, end
        start = text.find(name, start + 1)


def _is_joined(left: str, right: str) -> bool:
    """Return whether two neighbours belong to one word; ideographs have no such bond."""
    return left.isalnum() and right.isalnum() and not IDEOGRAPH.match(left) and not IDEOGRAPH.match(right)


class Sentences:
    """The sentences of a text that may be unknown: whatever is asked for, it is "" where there is none."""

    def __init__(self, text: str | None) -> None:
        self.text = text or ""

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """The sentences in order, (start, end) in code points; a line feed ends one too."""
        ends = [match.end() for match in _SENTENCE_END.finditer(self.text)]
        return list(zip([0, *ends], [*ends, len(self.text)], strict=True))

    def at(self, start: int | None) -> str:
        """Return the sentence at an offset."""
        return next((self._clean(*span) for span in self.spans if start is not None and span[0] <= start < span[1]), "")

    def holding(self, *names: Iterable[str]) -> str:
        """Return the first sentence with a name out of each list, else the first with a name out of the first list."""
        wanted = [list(choice) for choice in names]
        for lists in (wanted, wanted[:1]):
            for start, end in self.spans:
                sentence = self.text[start:end]
                if all(any(next(occurrences(sentence, name), None) for name in choice) for choice in lists):
                    return self._clean(start, end)
        return ""

    def around(self, relation: Mapping[str, Any]) -> str:
        """Return the sentence of the first evidence of a relation, else what the evidence quotes."""
        evidence: Mapping[str, Any] = next(iter(relation.get("evidence") or []), {})
        sentence = self._clean(evidence.get("sentence_start") or 0, evidence.get("sentence_end") or 0)
        return sentence or " ".join((evidence.get("text") or "").split())

    def of(self, entity: Mapping[str, Any]) -> str:
        """Return the sentence of the first mention of an entity."""
        return self.at(next((mention.get("start") for mention in entity.get("mentions") or []), None))

    def _clean(self, start: int, end: int) -> str:
        return " ".join(self.text[start:end].split())
