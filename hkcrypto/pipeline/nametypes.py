"""What type a name has that the knowledge base does not know: by its own words, the words around it, its neighbours in a list."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from hkcrypto.pipeline.candidate import Candidate
from hkcrypto.pipeline.namewords import NameWords
from hkcrypto.pipeline.page import IN_PLACE, LABELS, Page

# "Secretary for Financial Services": what comes after is part of the title; after "Director of" only ordinary words are.
PORTFOLIO = re.compile(r"(?:Secretary|Minister|Ministry|Commissioner|Superintendent|Secretaries|Ministers) (?:for|of) (?:the )?$")
FIELD_OF = re.compile(r"(?:Director|Head|Manager|Director-General|Under[Ss]ecretary) (?:for|of) (?:the )?$")
JOINT = re.compile(r",? (?:and|or|&) |, ")


class NameTypes:
    """Types names by the word lists."""

    def __init__(self, words: NameWords) -> None:
        self.words = words

    def is_portfolio(self, text: str, start: int, words: Sequence[str]) -> bool:
        """Whether the words belong to the title before them: "Secretary for Transport", "Head of Digital Finance"."""
        before = text[max(start - 40, 0) : start]
        if PORTFOLIO.search(before):
            return True
        return FIELD_OF.search(before) is not None and words[-1] not in self.words.legal and all(map(self.words.is_ordinary, words))

    def of_run(self, page: Page, start: int, end: int) -> str | None:
        """The type of a run by its head noun; two names joined by "&" are a firm's, and part of a title is no name."""
        text = page.text[start:end]
        words = text.split()
        if self.is_portfolio(page.text, start, words):
            return None
        kind = self.words.head_type(words)
        if kind is None and re.search(r"[^\W\d_]{2} & [^\W\d_]{2}", text):
            around = page.type_from_context(start, end)
            kind = around if around in {"EVENT", "BANK"} else "FIRM"
        if kind == "FIRM" and page.noun_before(start, end) == "BANK":
            return "BANK"
        if words[-1] in self.words.unsure_heads:
            around = page.type_from_context(start, end)
            return around if around in {"FIRM", "ASSET"} else kind
        return kind

    def of_statistical(self, page: Page, start: int, end: int, label: str) -> tuple[str, int]:
        """The type of what the net saw, and how much speaks for it; an empty type where it is no name of ours."""
        words = page.text[start:end].split()
        person = self.words.is_person(words)
        kind = self.words.head_type(words)
        if label != "PERSON" and kind:
            return kind, 20
        if around := page.type_from_context(start, end):
            return ("PERSON" if around == "FIRM" and person and label == "PERSON" else around), 3
        if kind and not person:
            return kind, 20
        if person and (label == "PERSON" or (label == "ORG" and words[0] in self.words.given)):
            return (page.person_or_firm(" ".join(words)) if label == "ORG" else None) or "PERSON", 3
        return self._doubtful(page, start, end, words, label)

    def _doubtful(self, page: Page, start: int, end: int, words: list[str], label: str) -> tuple[str, int]:
        """By the make of a single word, what the text says of it, and last the net's own label."""
        if len(words) == 1 and (kind := self.words.coined_type(words[0])):
            return kind, 3
        if words[-1] not in self.words.surnames | self.words.given and page.is_token(start, end):
            return "ASSET", 3
        kind = page.person_or_firm(" ".join(words)) if label in {"PERSON", "ORG"} and len(words) > 1 else None
        return kind or ("FIRM" if self._is_mislabelled(page, start, words, label) else LABELS[label]), 1

    def _is_mislabelled(self, page: Page, start: int, words: list[str], label: str) -> bool:
        """Whether the net's person has no person's name, or nobody is in its place."""
        if label == "PERSON" and len(words) == 1:
            return words[0] not in self.words.given | self.words.surnames and not page.has_longer_person(words[0])
        if label == "PERSON":
            return self.words.is_firm(words)
        return label in {"GPE", "LOC"} and not IN_PLACE.search(page.text, max(start - 16, 0), start)

    def of_word(self, page: Page, start: int, end: int, neighbour: str | None) -> str:
        """The type of a single word that only a name can be."""
        word = page.text[start:end]
        around = page.type_from_context(start, end)
        if around and around != "PERSON":
            return around
        return self.words.coined_type(word) or ("ASSET" if page.is_token(start, end) else None) or neighbour or "FIRM"


class Neighbours:
    """The names that stand, by offset, to look up what a list joins to another."""

    def __init__(self, text: str, names: Sequence[Candidate]) -> None:
        self.text = text
        self.by_start = sorted(names, key=lambda c: c.start)
        self.by_end = sorted(names, key=lambda c: c.end)

    def type_of(self, start: int, end: int) -> str | None:
        """The type of the name that a list joins to this one: "OSL, X and HashKey"."""
        place = bisect_right(self.by_end, start, key=lambda c: c.end) - 1
        if place >= 0 and (other := self.by_end[place]).end < start <= other.end + 6 and JOINT.fullmatch(self.text, other.end, start):
            return self._lent(other, start, end)
        place = bisect_left(self.by_start, end, key=lambda c: c.start)
        if place < len(self.by_start) and (other := self.by_start[place]).start <= end + 6 and JOINT.fullmatch(self.text, end, other.start):
            return self._lent(other, start, end)
        return None

    def _lent(self, other: Candidate, start: int, end: int) -> str | None:
        """A name in full is seldom another bank or authority; an abbreviation in a list of them is."""
        if other.type in {"TOPIC", "PLACE"} or (other.type == "ASSET" and not self.text[start:end].isupper()):
            return None
        return other.type if other.type in {"FIRM", "PERSON"} or self.text[start:end].isupper() else None
