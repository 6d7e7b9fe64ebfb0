"""Names that neither the net nor a head noun gives away: words that only names look like, and what else has a capital in a sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from spacy.lang.en.stop_words import STOP_WORDS

from hkcrypto.pipeline.candidate import Candidate
from hkcrypto.pipeline.nametypes import NameTypes, Neighbours
from hkcrypto.pipeline.namewords import NameWords
from hkcrypto.pipeline.page import UPPER, Page

# "(NASDAQ: XYZ)": the code of a share.
SHARE = re.compile(r"\([A-Za-z]+: ?$")
# "We'll", "HKD2.5": a contraction, an amount.
NO_NAME = re.compile(r"\w+['’](?:ll|ve|d|t|re|m)$|(?:[A-Z]{3}|RMB|HK|US)\$?\d[\d.,]*$")
ADDRESS = re.compile(r" (?:Road|Street|Lane|Avenue|Terrace|Drive|Boulevard|Square|Place|Path)$")
# What a headline has in one go: no comma, no small word.
HEADLINE_PART = re.compile(rf"[{UPPER}][\w’'&-]*(?: (?:[{UPPER}][\w’'&-]*|to(?= [{UPPER}])|&))*")
WORD = re.compile(rf"[{UPPER}0-9][\w&-]*(?:['’](?!s\b)\w+)*")


class Capitals:
    """Proposes what the other rules left over."""

    def __init__(self, words: NameWords, types: NameTypes) -> None:
        self.lists = words
        self.types = types

    def words(self, page: Page, typed: Sequence[Candidate]) -> Iterator[Candidate]:
        """Single words that only names look like: "CoinHub"; "QXL" where a list, a post or a peg shows that it is one."""
        neighbours = Neighbours(page.text, typed)
        for start, end in page.camel_words():
            if page.text[start:end] not in self.lists.no_names:
                kind = self.types.of_word(page, start, end, neighbours.type_of(start, end))
                yield Candidate(start, end, kind, "ner", 5, weight=3 if kind != "FIRM" else 1)
        for start, end in page.acronyms():
            if (
                page.text[start:end] not in self.lists.no_names
                and not NO_NAME.match(page.text[start:end])
                and not SHARE.search(page.text, max(start - 12, 0), start)
            ):
                guess = (
                    self.lists.coined_type(page.text[start:end])
                    or page.type_from_context(start, end)
                    or ("ASSET" if page.is_token(start, end) else neighbours.type_of(start, end))
                )
                if guess and guess != "PERSON":
                    yield Candidate(start, end, guess, "ner", 3 if guess == "ASSET" else 5, weight=4 if guess == "ASSET" else 2)

    def rest(self, page: Page, found: Sequence[Candidate]) -> Iterator[Candidate]:
        """Runs of capitals that no candidate touches: several words inside a sentence, or a single one that no dictionary has."""
        taken = sorted((c.start, c.end) for c in found)
        left = [run for run in page.runs() if _is_free(taken, *run) and not page.is_whole(*run)]
        neighbours = Neighbours(page.text, found)
        for start, end in left:
            for name in self._names(page, start, end):
                yield self._typed(page, *name, neighbours)
        for start, end in page.headline_spans():
            for name in self._in_headline(page, start, end):
                if _is_free(taken, *name):
                    yield self._typed(page, *name, neighbours)

    def _in_headline(self, page: Page, start: int, end: int) -> Iterator[tuple[int, int]]:
        """What begins a headline up to its verb, and elsewhere what begins with a word that no dictionary has."""
        for part in HEADLINE_PART.finditer(page.text, start, end):
            words = [(m.start() + part.start(), m.end() + part.start()) for m in re.finditer(r"\S+", part[0])]
            stop = next((i for i, w in enumerate(words) if page.text[slice(*w)].lower() in self.lists.headline_verbs), len(words))
            subject = part.start() == start and 0 < stop < len(words)
            for chunk, is_subject in ((words[:stop], subject), (words[stop + 1 :], False)):
                texts = [page.text[slice(*w)] for w in chunk]
                first = next((i for i, w in enumerate(texts) if self._may_be_name(w)), None)
                if is_subject and self.lists.head_type(texts) in {"FIRM", "BANK"}:
                    yield chunk[0][0], chunk[-1][1]
                elif first is not None:
                    last = self._name_end(texts, first)
                    first -= bool(first and texts[first - 1] in self.lists.given)
                    yield chunk[first][0], chunk[last][1]

    def _may_be_name(self, word: str) -> bool:
        return len(word) > 3 and word[0].isupper() and word[1:].islower() and "-" not in word and not self.lists.is_ordinary(word)

    def _name_end(self, words: list[str], first: int) -> int:
        """The last word of a name in a headline: its head, or the last that no dictionary has."""
        last = first
        if words[first] in self.lists.given:
            return min(first + 1, len(words) - 1)
        for i in range(first + 1, len(words)):
            if self._may_be_name(words[i]) or words[i] in self.lists.legal or self.lists.heads.get(words[i]) in {"FIRM", "BANK"}:
                last = i
            else:
                break
        return last

    def _names(self, page: Page, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The parts of a run that may be names, without the words that open the sentence."""
        for part in re.finditer(r"(?:(?!['’]? (?:of|for) |['’] ).)+", page.text[start:end]):
            yield from self._name(page, part.start() + start, part.end() + start)

    def _name(self, page: Page, start: int, end: int) -> Iterator[tuple[int, int]]:
        words = [(m.start(), m.end()) for m in WORD.finditer(page.text, start, end)]
        while words and self._is_no_part(page, *words[0]):
            words.pop(0)
        texts = [page.text[slice(*w)] for w in words]
        if not words or all(self._is_common(w) for w in texts) or self.types.is_portfolio(page.text, words[0][0], texts):
            return
        if is_address(page, start, " ".join(texts)):
            return
        if (
            len(words) > 1
            and page.text[words[0][0] : words[-1][1]].isupper()
            and all(self.lists.is_ordinary(re.sub(r"['’]S$", "", w)) for w in texts)
        ):
            return
        if len(words) > 1 or self._is_coined(page, *words[0]) or self._is_introduced(page, *words[0]):
            yield words[0][0], words[-1][1]

    def _is_no_part(self, page: Page, start: int, end: int) -> bool:
        word = page.text[start:end]
        if NO_NAME.match(word):
            return True
        word = re.sub(r"['’].*", "", word)
        if word in self.lists.openers | self.lists.courtesy | self.lists.titles or word.lower() in STOP_WORDS:
            return True
        return word.lower() in self.lists.nouns and page.starts_sentence(start)

    def _is_common(self, word: str) -> bool:
        if NO_NAME.match(word):
            return True
        word = re.sub(r"['’]\w+$", "", word)
        return (
            word in self.lists.no_names
            or word in self.lists.titles
            or word.lower() in self.lists.field_words
            or word.isdigit()
            or len(word) == 1
        )

    @staticmethod
    def _is_introduced(page: Page, start: int, end: int) -> bool:
        """Whether a noun inside the sentence says what the single word names: "the exchange Trident"."""
        return not page.starts_sentence(start) and page.text[start - 1 : start] == " " and page.noun_before(start, end) is not None

    def _is_coined(self, page: Page, start: int, end: int) -> bool:
        """Whether a single word is a name: no dictionary has it, and it is no abbreviation or adjective of place."""
        word = page.text[start:end]
        if (
            len(word) < 4
            or not word[1:].islower()
            or "-" in word
            or page.text[end : end + 1] == "-"
            or page.text[start - 1 : start] in {"-", "."}
        ):
            return False
        return not self.lists.is_ordinary(word) and not page.is_name_of("NORP", start, end)

    def _typed(self, page: Page, start: int, end: int, neighbours: Neighbours) -> Candidate:
        words = page.text[start:end].split()
        around = page.type_from_context(start, end)
        if around and not (around == "FIRM" and self.lists.is_person(words)):
            return Candidate(start, end, around, "ner", 6, weight=3)
        if self.lists.is_person(words) and words[0] in self.lists.given:
            return Candidate(start, end, "PERSON", "ner", 6, weight=3)
        if (len(words) == 1 and self.lists.coined_type(words[0]) == "ASSET") or page.is_token(start, end):
            return Candidate(start, end, "ASSET", "ner", 6, weight=3)
        kind = neighbours.type_of(start, end) or (page.person_or_firm(" ".join(words)) if len(words) > 1 else None)
        if kind is None and self.lists.is_person(words) and not self.lists.is_ordinary(words[-1]):
            kind = "PERSON"
        return Candidate(start, end, kind or "FIRM", "ner", 6, weight=1)


def is_address(page: Page, start: int, text: str) -> bool:
    """Whether a street with its number before it is what looks like a name: "18 Harbour Road"."""
    return ADDRESS.search(text) is not None and re.search(r"\d[A-Z]? $", page.text[max(start - 4, 0) : start]) is not None


def _is_free(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether none of the spans, given by offset, reaches into this one."""
    place = bisect_left(taken, (end,))
    return all(e <= start for _, e in taken[max(place - 4, 0) : place])
