"""Rules for names that the knowledge base does not have: runs of capitals, abbreviations, and what the net saw."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from calendar import day_name, month_name
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.lang.en.stop_words import STOP_WORDS

from hkcrypto.pipeline.candidate import Candidate
from hkcrypto.pipeline.capitals import NO_NAME, Capitals, is_address
from hkcrypto.pipeline.nametypes import NameTypes, Neighbours
from hkcrypto.pipeline.namewords import name_words
from hkcrypto.pipeline.page import POLICY, UPPER, Page

LEADING = re.compile(r"^(?:the|a|an|its|his|her|their|our)\s+", re.IGNORECASE)
TRAILING = re.compile(r"(?:['’]s?|[\s,;:.!?\"“”()\[\]–—-])+$")
# Words before "of" in names that have one: "Bank of", "Institute of".
BODIES = frozenset({"BANK", "REGULATOR", "GOVERNMENT", "ORGANIZATION"})
OF_HEADS = frozenset(
    {"Mutual", "Office", "Order", "Exchange", "House", *(w for w, kind in name_words().heads.items() if kind in BODIES | {"LAW"})}
)
JOINED_BEFORE = re.compile(r"\bthe ((?:[A-Z][a-z]+ ){1,2})and $", re.IGNORECASE)
JOINED_AFTER = re.compile(r" and ([A-Z][a-z]+)(?= *(?:[,.;:)]|$|[a-z(]))")
# "Ex-Harrier Bank", "Footie-mad Harrier Labs", "BRIEF-Harrier": what a hyphen puts before a name.
BEFORE_HYPHEN = re.compile(r"(?:Ex|Non|Pre|Post|Anti|Pro|Then|BRIEF|CORRECTED|EXCLUSIVE|ANALYSIS|FACTBOX|INSIGHT)-(?=[A-Z])")
# Small words inside a person's name.
PARTICLES = frozenset(
    {"von", "van", "de", "del", "der", "den", "da", "di", "du", "la", "le", "bin", "binti", "ibn", "al", "el", "dos", "das", "ter", "ten"}
)
# Words with a capital that no name inside a sentence begins with.
SMALL = frozenset(
    {
        "the",
        "a",
        "an",
        "of",
        "for",
        "in",
        "on",
        "at",
        "by",
        "and",
        "or",
        "but",
        "its",
        "his",
        "her",
        "their",
        "our",
        "my",
        "to",
        "with",
        "from",
    }
)
DATED = re.compile(r"\b(?:in|of|on|since|until|till|by|from|during|last|next|this|early|mid|late|\d+) $", re.IGNORECASE)
CALENDAR = frozenset({*day_name, *month_name} - {"", "May"})
ADJECTIVE = re.compile(r"[A-Z][\w]*-[a-z]\w+")


class NameRules:
    """Proposes candidates without ids, each with a type and the weight of the evidence for it."""

    def __init__(self) -> None:
        self.words = name_words()
        self.types = NameTypes(self.words)
        self.capitals = Capitals(self.words, self.types)
        self.title = re.compile(rf"(?:{'|'.join(sorted(self.words.titles, key=len, reverse=True))})\.?\s+(?=\S)")
        # What a sentence or a heading puts before a name, with a capital: articles, titles, weekdays, adjectives of place.
        self.openers = self.words.courtesy | self.words.openers

    def propose(self, page: Page, known: Sequence[Candidate]) -> list[Candidate]:
        """Return the candidates of a page; `known` are those of the knowledge base, topics apart."""
        runs = list(self._runs(page, known))
        typed = [*known, *(c for c in runs if c.weight == 20)]
        seen = list(self._statistical(page, known, typed))
        others = [*runs, *seen, *self.capitals.words(page, [*typed, *seen])]
        return [*others, *self.capitals.rest(page, [*known, *others])]

    def _runs(self, page: Page, known: Sequence[Candidate]) -> Iterator[Candidate]:
        """Runs of capitalised words that end like a name; one that cuts through a known name or ends with it is none."""
        for start, end in page.runs():
            for piece in self._pieces(page, start, end):
                inside = within(known, *piece)
                kind = self.types.of_run(page, *piece) or self._with_place(page, *piece, inside)
                if kind and all(piece[0] <= c.start and self._is_inner(page.text, c, *piece) for c in inside):
                    left, right = self._joined(page, *piece, kind)
                    yield Candidate(left, page.arm_end(page.legal_end(right), kind), kind, "ner", 1 if inside else 3, weight=20)

    def _with_place(self, page: Page, start: int, end: int, inside: Sequence[Candidate]) -> str | None:
        """A coined word with a known place behind it is a firm ("Saltfish Asia"), so is one behind a place; "Kowloon East" is a place."""
        if len(inside) != 1 or inside[0].type != "PLACE" or (inside[0].start > start and inside[0].end < end):
            return None
        rest = (page.text[start : inside[0].start] + page.text[inside[0].end : end]).split()
        if inside[0].start == start and rest and all(w in {"East", "West", "North", "South"} for w in rest):
            return "PLACE"
        if not rest or any(w in self.words.titles | self.words.no_names | self.words.given | self.words.surnames for w in rest):
            return None
        if page.is_name_of("NORP", start, end):
            return None
        coined = not self.words.is_ordinary(rest[0]) and (inside[0].end == end or not self.words.is_ordinary(rest[-1]))
        return "FIRM" if coined or (inside[0].end == end and self.words.heads.get(rest[-1]) == "FIRM") else None

    def _may_open(self, words: list[str]) -> bool:
        """Whether a name may well begin with such a word inside a sentence: "the Asian Terns Federation", "Nine Terns Capital"."""
        kind = self.words.head_type(words)
        return kind in {"ORGANIZATION", "EVENT", "LAW", "MEDIA"} or (kind is not None and words[0].lower() in STOP_WORDS)

    def _opens(self, page: Page, start: int, end: int, last: int) -> bool:
        """Whether a word with a capital stands before a name without being part of it: an article, or what opens the sentence."""
        word = page.text[start:end].rstrip(".,")
        if word in self.words.courtesy or word.lower() in SMALL or word in CALENDAR or ADJECTIVE.fullmatch(word):
            return True
        if word == "May" and DATED.search(page.text, max(start - 10, 0), start):
            return True
        if word in self.openers or word.lower() in STOP_WORDS:
            return page.starts_sentence(start) or not self._may_open(page.text[start:last].split())
        opener = word.lower() in self.words.nouns and word not in self.words.heads and word not in self.words.given
        return opener and page.starts_sentence(start)

    @staticmethod
    def _joined(page: Page, left: int, right: int, kind: str) -> tuple[int, int]:
        """With the words that "and" joins to a body's name: "the Convention and Exhibition Centre", "University of Science and Arts"."""
        if kind in BODIES:
            before = JOINED_BEFORE.search(page.text, max(left - 50, 0), left)
            after = JOINED_AFTER.match(page.text, right) if " of " in page.text[left:right] else None
            if before and not page.is_name(before.start(1)):
                left = before.start(1)
            if after and not page.is_name(after.start(1)):
                right = after.end()
        return left, right

    def _is_inner(self, text: str, known: Candidate, left: int, right: int) -> bool:
        """Whether a known name inside a run leaves the run its own name: it stands before its end, behind "of", or is but a head noun."""
        if known.start == left and known.end == right:
            return False
        if known.type == "PLACE" and known.end == right and self.words.head_type(text[left:right].split()) is None:
            return True  # `_with_place` saw to it
        if text[known.start : known.end] in self.words.legal:
            return True
        if known.end != right:  # "the Securities Commission of Malta" is the known commission, "Bank of Malta" another bank than Bank
            return known.end < right and not (known.start == left and re.match(r" (?:of|for) ", text[known.end : known.end + 5]))
        behind_of = re.search(r" (?:of|for)(?: the)? $", text[max(known.start - 9, 0) : known.start]) is not None and known.type == "PLACE"
        return behind_of or all(w in self.words.heads or w == "Stock" for w in text[known.start : known.end].split())

    def _pieces(self, page: Page, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The run, cut at an "of" that joins no name, without the words at its start that are no part of one: titles, articles."""
        text = page.text
        words = [(m.start() + start, m.end() + start) for m in re.finditer(r"\S+", text[start:end])]
        pieces: list[list[tuple[int, int]]] = [[]]
        for i, (left, right) in enumerate(words):
            if text[left:right] in {"of", "for"} and i and text[slice(*words[i - 1])] not in OF_HEADS and not POLICY.match(text, start):
                pieces.append([])
            else:
                pieces[-1].append((left, right))
                if text[right - 1] in "'’" and not self._is_owner(page, left, words[-1]):
                    pieces.append([])
        for piece in pieces:
            while piece and (self._opens(page, *piece[0], piece[-1][1]) or text[piece[0][0]].islower()):
                piece.pop(0)
            if piece and (hyphen := BEFORE_HYPHEN.match(text, *piece[0])):
                piece[0] = (hyphen.end(), piece[0][1])
            if len(piece) > 1:
                yield piece[0][0], piece[-1][1]

    def _is_owner(self, page: Page, start: int, last: tuple[int, int]) -> bool:
        """Whether a plural with an apostrophe is part of a body's or an event's name: "Farmers' Bank", "Validators' Retreat"."""
        kind = self.words.heads.get(page.text[slice(*last)])
        return kind in BODIES | {"EVENT"} and self.words.is_ordinary(page.text[start : last[0]].split()[0].rstrip("'’"))

    def _statistical(self, page: Page, known: Sequence[Candidate], typed: Sequence[Candidate]) -> Iterator[Candidate]:
        found = []
        others = sorted([(c.start, c.end) for c in known] + [(s, e) for s, e, label in page.names if label != "NORP"])
        for start, end, label in self._split(page):
            left, right = self._trim(page.text, start, end, titles=label == "PERSON")
            if left < right and not page.is_headline(left):
                left, right = self._whole(page, left, right, others)
            right = page.legal_end(right)
            if self.types.is_portfolio(page.text, left, page.text[left:right].split() or [""]):
                left = self._behind_title(page.text, left, right) if label == "PERSON" else right
            text = page.text[left:right]
            if text and self._is_name(page, left, text, label):
                kind, weight = self.types.of_statistical(page, left, right, label)
                if kind:
                    found.append(Candidate(left, right, kind, "ner", 4, weight=weight))
        certain = Neighbours(page.text, [*typed, *(c for c in found if c.weight > 1)])
        for candidate in found:
            neighbour = certain.type_of(candidate.start, candidate.end) if candidate.weight == 1 else None
            yield replace(candidate, type=neighbour, weight=2) if neighbour else candidate

    def _split(self, page: Page) -> Iterator[tuple[int, int, str]]:
        """What the net saw, two names that it took for one cut at "and" unless they end like a body's name."""
        for start, end, label in page.names:
            text = page.text[start:end]
            if label == "NORP" and " " not in text:
                continue
            middle = text.find(" and ")
            if middle > 0 and not self.words.head_type(text.split()) and text[middle + 5 : middle + 6].isupper():
                yield start, start + middle, label
                yield start + middle + 5, end, label
            else:
                yield start, end, label

    def _behind_title(self, text: str, start: int, end: int) -> int:
        """Where the person's name begins in what is left of "Secretary for Transport Mable Chan"; the end where there is none."""
        for word in list(re.finditer(r"\S+", text[start:end]))[1:]:
            if self.words.is_person(text[start + word.start() : end].split()):
                return start + word.start()
        return end

    def _whole(self, page: Page, start: int, end: int, taken: Sequence[tuple[int, int]]) -> tuple[int, int]:
        """The name with the capitalised words right beside it that the net left off, unless they are somebody else's."""
        if hyphen := re.match(r"-[a-z]\w*", page.text[end : end + 20]):  # "HO Sai" and "-wing"
            end += hyphen.end()
        own = (start, end)
        while (word := re.match(rf" ([{UPPER}][\w&-]+)(?![\w.])", page.text[end : end + 40])) and self._may_join(
            word[1], end + 1, end + word.end(), own, taken
        ):
            end += word.end()
        while (
            (word := re.search(rf"(?<![\w.-])([{UPPER}][\w&-]+) $", page.text[max(start - 40, 0) : start]))
            and not page.starts_sentence(start - len(word[0]))
            and self._may_join(word[1], start - len(word[0]), start - 1, own, taken)
        ):
            start -= len(word[0])
        return start, end

    def _may_join(self, word: str, start: int, end: int, own: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
        """Whether a word beside a name belongs to it; `taken` are the other names, by offset."""
        if word in self.words.no_names or word in self.words.titles:
            return False
        place = bisect_left(taken, (end,))
        return not any(s < end and start < e and not (s < own[1] and own[0] < e) for s, e in taken[max(place - 3, 0) : place])

    def _trim(self, text: str, start: int, end: int, *, titles: bool) -> tuple[int, int]:
        """Without article, title, possessive and punctuation."""
        if inner := re.search(r"['’]s ", text[start:end]):
            after = text[start + inner.end() : end]
            named = self.words.head_type(after.split()) or self.words.is_person(after.split())
            start, end = (start + inner.end(), end) if named else (start, start + inner.start())
        piece = TRAILING.sub("", text[start:end])
        if piece.count("(") == text[start:end].count("(") and text[start + len(piece) : start + len(piece) + 1] == ")" and "(" in piece:
            piece += ")"
        while lead := LEADING.match(piece) or (titles and self.title.match(piece)) or self._role(piece):
            start += lead.end()
            piece = piece[lead.end() :]
        return start, start + len(piece)

    def _role(self, text: str) -> re.Match[str] | None:
        """What the net took along before a name: "exchange Redshank", "CTO Dane Redshank"."""
        lead = re.match(r"(?:([a-z-]+)|C[A-Z]O) ", text)
        return lead if lead and (lead[1] is None or lead[1] in self.words.nouns) else None

    def _is_lone_name(self, page: Page, start: int, word: str, label: str) -> bool:
        """Whether a single word is a name, though its capital may be the sentence's, or that of a role ("the Administration")."""
        if page.has_mid_sentence(word) or word in self.words.given | self.words.surnames:
            return not (label == "ORG" and self.words.is_ordinary(word) and page.text[start - 4 : start].lower() == "the ")
        return not page.starts_sentence(start) or not self.words.is_ordinary(word)

    def _looks_like_name(self, text: str, words: list[str], label: str) -> bool:
        """Whether there is a capital and a word that is not of the field, and nothing that no name has."""
        if "\n" in text or not any(c.isupper() for c in text) or not text[0].isalnum():
            return False
        if label == "PERSON" and any(c.isdigit() for c in text):
            return False
        if label == "PERSON" and any(w.islower() and w not in PARTICLES for w in words[1:]):
            return False
        return not all(w in self.words.no_names or len(w) == 1 or w.lower() in self.words.field_words or w[0].isdigit() for w in words)

    def _is_name(self, page: Page, start: int, text: str, label: str) -> bool:
        words = re.findall(r"[\w.&’'-]+", text)
        if not words or not self._looks_like_name(text, words, label) or NO_NAME.match(text):
            return False
        if is_address(page, start, text):
            return False
        if len(words) == 1 and text[1:].islower() and not self._is_lone_name(page, start, text, label):
            return False
        if page.is_whole(start, start + len(text)) and len(words) > 1 and all(map(self.words.is_ordinary, words)):
            return False
        if page.is_headline(start):  # there every word has a capital: only what the body of the text names too
            return page.occurs_in_prose(text)
        return text[0].isupper() or label in {"ORG", "PRODUCT"}


def within(names: Sequence[Candidate], start: int, end: int) -> list[Candidate]:
    """The names, given by offset and without overlap, that lie in a span at least in part."""
    first = bisect_right(names, start, key=lambda c: c.end)
    last = bisect_left(names, end, key=lambda c: c.start)
    return list(names[first:last])
