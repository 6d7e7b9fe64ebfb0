"""Rules for names that the knowledge base does not have: runs of capitals, abbreviations, and what the net saw."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.lang.en.stop_words import STOP_WORDS

from hkcrypto.pipeline.candidate import Candidate
from hkcrypto.pipeline.namewords import name_words
from hkcrypto.pipeline.page import IN_PLACE, LABELS, POLICY, UPPER, Page

LEADING = re.compile(r"^(?:the|a|an|its|his|her|their|our)\s+", re.IGNORECASE)
TRAILING = re.compile(r"(?:['’]s?|[\s,;:.!?\"“”()\[\]–—-])+$")


# "Secretary for Financial Services": what comes after is part of the title.
PART_OF_TITLE = re.compile(
    r"(?:Secretary|Minister|Ministry|Director|Head|Commissioner|Chief|Officer|President|Manager|Superintendent) (?:for|of) (?:the )?$",
    re.IGNORECASE,
)
# Words before "of" in names that have one: "Bank of", "Institute of".
BODIES = frozenset({"BANK", "REGULATOR", "GOVERNMENT", "ORGANIZATION"})
OF_HEADS = frozenset({"Mutual", "Office", "Order", "Exchange", *(w for w, kind in name_words().heads.items() if kind in BODIES | {"LAW"})})
JOINT = re.compile(r",? (?:and|or|&) |, ")
JOINED_BEFORE = re.compile(r"\bthe ((?:[A-Z][a-z]+ ){1,2})and $", re.IGNORECASE)
JOINED_AFTER = re.compile(r" and ([A-Z][a-z]+)(?= *(?:[,.;:)]|$|[a-z(]))")


class NameRules:
    """Proposes candidates without ids, each with a type and the weight of the evidence for it."""

    def __init__(self) -> None:
        self.words = name_words()
        self.title = re.compile(rf"(?:{'|'.join(sorted(self.words.titles, key=len, reverse=True))})\.?\s+(?=\S)")
        # What a sentence or a heading puts before a name, with a capital: articles, titles, weekdays, adjectives of place.
        self.openers = self.words.courtesy | self.words.openers

    def propose(self, page: Page, known: Sequence[Candidate]) -> list[Candidate]:
        """Return the candidates of a page; `known` are those of the knowledge base, topics apart."""
        runs = list(self._runs(page, known))
        typed = [*known, *(c for c in runs if c.weight == 20)]
        seen = list(self._statistical(page, known, typed))
        return [*runs, *seen, *self._words_in_capitals(page, [*typed, *seen])]

    def _runs(self, page: Page, known: Sequence[Candidate]) -> Iterator[Candidate]:
        """Runs of capitalised words that end like a name; one that cuts through a known name or ends with it is none."""
        for start, end in page.runs():
            for piece in self._pieces(page.text, start, end):
                kind = self._run_type(page, *piece)
                inside = [c for c in known if c.start < piece[1] and piece[0] < c.end]
                if kind and all(piece[0] <= c.start and self._is_inner(page.text, c, *piece) for c in inside):
                    left, right = self._joined(page, *piece, kind)
                    yield Candidate(left, page.arm_end(page.legal_end(right), kind), kind, "ner", 1 if inside else 3, weight=20)

    def _run_type(self, page: Page, start: int, end: int) -> str | None:
        """The type of a run by its head noun; two names joined by "&" are a firm's, and part of a title is no name."""
        text = page.text[start:end]
        if PART_OF_TITLE.search(page.text, max(start - 30, 0), start):
            return None
        return self.words.head_type(text.split()) or ("FIRM" if re.search(r"[^\W\d_]{2} & [^\W\d_]{2}", text) else None)

    def _opens(self, word: str) -> bool:
        """Whether a word with a capital stands before a name without being part of it."""
        return word in self.openers or word.lower() in STOP_WORDS

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
        if known.end != right:  # "the Securities Commission of Malta" is the known commission, "Bank of Malta" another bank than Bank
            return known.end < right and not (known.start == left and re.match(r" (?:of|for) ", text[known.end : known.end + 5]))
        behind_of = re.search(r" (?:of|for)(?: the)? $", text[max(known.start - 9, 0) : known.start]) is not None and known.type == "PLACE"
        return behind_of or all(w in self.words.heads or w == "Stock" for w in text[known.start : known.end].split())

    def _words_in_capitals(self, page: Page, typed: Sequence[Candidate]) -> Iterator[Candidate]:
        """Single words that only names look like: "CoinHub"; "QXL" where a list or a post shows that it is one."""
        for start, end in page.camel_words():
            if page.text[start:end] not in self.words.no_names:
                coin = "ASSET" if page.text[start:end].endswith(self.words.token_suffixes) else None
                yield Candidate(start, end, coin or self._by_neighbour(page.text, start, end, typed) or "FIRM", "ner", 5)
        for start, end in page.acronyms():
            if page.text[start:end] not in self.words.no_names:
                kind = self._by_neighbour(page.text, start, end, typed) or page.type_from_context(start, end)
                if kind and kind != "PERSON":
                    yield Candidate(start, end, kind, "ner", 5, weight=2)

    def _pieces(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The run, cut at an "of" that joins no name, without the words at its start that are no part of one: titles, articles."""
        words = [(m.start() + start, m.end() + start) for m in re.finditer(r"\S+", text[start:end])]
        pieces: list[list[tuple[int, int]]] = [[]]
        for i, (left, right) in enumerate(words):
            if text[left:right] in {"of", "for"} and i and text[slice(*words[i - 1])] not in OF_HEADS and not POLICY.match(text, start):
                pieces.append([])
            else:
                pieces[-1].append((left, right))
        for piece in pieces:
            while piece and (self._opens(text[slice(*piece[0])].rstrip(".,")) or text[piece[0][0]].islower()):
                piece.pop(0)
            if len(piece) > 1:
                yield piece[0][0], piece[-1][1]

    def _statistical(self, page: Page, known: Sequence[Candidate], typed: Sequence[Candidate]) -> Iterator[Candidate]:
        found = []
        for start, end, label in self._split(page):
            left, right = self._trim(page.text, start, end, titles=label == "PERSON")
            if left < right and not page.is_headline(left):
                left, right = self._whole(page, left, right, known)
                right = page.legal_end(right)
            if PART_OF_TITLE.search(page.text, max(left - 30, 0), left):
                left = self._behind_title(page.text, left, right) if label == "PERSON" else right
            text = page.text[left:right]
            if text and self._is_name(page, left, text, label):
                kind, weight = self._type(page, left, right, label)
                if kind:
                    found.append(Candidate(left, right, kind, "ner", 4, weight=weight))
        certain = [*typed, *(c for c in found if c.weight > 1)]
        for candidate in found:
            neighbour = self._by_neighbour(page.text, candidate.start, candidate.end, certain) if candidate.weight == 1 else None
            yield replace(candidate, type=neighbour, weight=2) if neighbour else candidate

    def _split(self, page: Page) -> Iterator[tuple[int, int, str]]:
        """What the net saw, two names that it took for one cut at "and" unless they end like a body's name."""
        for start, end, label in page.names:
            text = page.text[start:end]
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

    def _type(self, page: Page, start: int, end: int, label: str) -> tuple[str, int]:
        words = page.text[start:end].split()
        if label != "PERSON" and (kind := self.words.head_type(words)):
            return kind, 20
        if kind := page.type_from_context(start, end):
            return kind, 3
        if label == "PERSON" and (kind := self.words.head_type(words)) and not self.words.is_person(words):
            return kind, 20
        if label == "PERSON" and self.words.is_person(words):
            return "PERSON", 3
        return self._doubtful(page, start, words, label), 1

    def _doubtful(self, page: Page, start: int, words: list[str], label: str) -> str:
        """The net's own label, except that one word is no person's full name, and a place that nobody is in is no place."""
        if (
            label == "PERSON"
            and len(words) == 1
            and words[0] not in self.words.given | self.words.surnames
            and not page.has_longer_person(words[0])
        ):
            return "FIRM"
        if label in {"PERSON", "ORG"} and len(words) > 1 and (kind := page.person_or_firm(" ".join(words))):
            return kind
        if label in {"GPE", "LOC"} and not IN_PLACE.search(page.text, max(start - 16, 0), start):
            return "FIRM"
        return LABELS[label]

    @staticmethod
    def _by_neighbour(text: str, start: int, end: int, known: Sequence[Candidate]) -> str | None:
        """The type of the known name that a list joins to this one: "OSL, X and HashKey"."""
        for other in known:
            if (other.end < start <= other.end + 6 and JOINT.fullmatch(text, other.end, start)) or (
                end < other.start <= end + 6 and JOINT.fullmatch(text, end, other.start)
            ):
                return other.type if other.type not in {"TOPIC", "ASSET", "PLACE"} else None
        return None

    def _whole(self, page: Page, start: int, end: int, known: Sequence[Candidate]) -> tuple[int, int]:
        """The name with the capitalised words right beside it that the net left off, unless they are somebody else's."""
        if hyphen := re.match(r"-[a-z]\w*", page.text[end : end + 20]):  # "HO Sai" and "-wing"
            end += hyphen.end()
        others = [(c.start, c.end) for c in known] + [(s, e) for s, e, label in page.names if (e <= start or end <= s) and label != "NORP"]
        while (word := re.match(rf" ([{UPPER}][\w&-]+)(?![\w.])", page.text[end : end + 40])) and self._may_join(
            word[1], end + 1, end + word.end(), others
        ):
            end += word.end()
        while (
            (word := re.search(rf"(?<![\w.-])([{UPPER}][\w&-]+) $", page.text[max(start - 40, 0) : start]))
            and not page.starts_sentence(start - len(word[0]))
            and self._may_join(word[1], start - len(word[0]), start - 1, others)
        ):
            start -= len(word[0])
        return start, end

    def _may_join(self, word: str, start: int, end: int, others: Sequence[tuple[int, int]]) -> bool:
        return word not in self.words.no_names | self.words.titles and not any(s < end and start < e for s, e in others)

    def _trim(self, text: str, start: int, end: int, *, titles: bool) -> tuple[int, int]:
        """Without article, title, possessive and punctuation."""
        if inner := re.search(r"['’]s ", text[start:end]):
            after = text[start + inner.end() : end]
            start, end = (start + inner.end(), end) if self.words.head_type(after.split()) else (start, start + inner.start())
        piece = TRAILING.sub("", text[start:end])
        if piece.count("(") == text[start:end].count("(") and text[start + len(piece) : start + len(piece) + 1] == ")" and "(" in piece:
            piece += ")"
        if re.search(r"\s(?:Inc|Ltd|Co|Corp|Plc|Pte|No)$", piece) and text[start + len(piece) : start + len(piece) + 1] == ".":
            piece += "."
        while lead := LEADING.match(piece) or (titles and self.title.match(piece)):
            start += lead.end()
            piece = piece[lead.end() :]
        return start, start + len(piece)

    def _is_name(self, page: Page, start: int, text: str, label: str) -> bool:
        words = re.findall(r"[\w.&’'-]+", text)
        if "\n" in text or not words or not any(c.isupper() for c in text) or not text[0].isalnum():
            return False
        if all(w in self.words.no_names or w.lower() in _COMMON or w[0].isdigit() for w in words) or (
            label == "PERSON" and any(c.isdigit() for c in text)
        ):
            return False
        if len(words) == 1 and label != "PERSON" and text[1:].islower() and page.starts_sentence(start) and not page.has_mid_sentence(text):
            return False
        if page.is_headline(start):  # there every word has a capital: only what the body of the text names too
            return page.occurs_in_prose(text)
        return text[0].isupper() or label in {"ORG", "PRODUCT"}


_COMMON = frozenset(
    {
        "crypto",
        "stablecoin",
        "stablecoins",
        "blockchain",
        "web3",
        "fintech",
        "digital",
        "virtual",
        "asset",
        "assets",
        "token",
        "tokens",
        "exchange",
        "bank",
    }
)
