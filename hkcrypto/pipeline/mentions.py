"""Where the text names something: knowledge base, name rules and statistical names, merged into spans without overlap.

Priority, where candidates overlap:

1. a run of capitalised words that ends in a head noun or legal form and reaches beyond a known name ("HashKey Capital",
   where only HashKey is known): it is another thing's name;
2. a name of the knowledge base; an ambiguous one only with evidence that it is a name here;
3. a run of capitalised words with a head noun or legal form ("Dock Street Holdings");
4. a statistical name, typed by the words in and around it.

Within one priority the longer and then the earlier one goes first.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from hkcrypto.pipeline.gazetteer import LEGAL_TAIL, Gazetteer, Match, fold
from hkcrypto.pipeline.namewords import NameWords, name_words
from hkcrypto.pipeline.tokenizer import content_spans

if TYPE_CHECKING:
    from hkcrypto.kb import KnowledgeBase

# The statistical labels that may be names of ours, and the type each stands for where no word says more.
LABELS = {
    "PERSON": "PERSON",
    "ORG": "FIRM",
    "GPE": "PLACE",
    "LOC": "PLACE",
    "LAW": "LAW",
    "EVENT": "EVENT",
    "FAC": "",
    "PRODUCT": "",
    "WORK_OF_ART": "",
    "NORP": "",
}
LEADING = re.compile(r"^(?:the|a|an|its|his|her|their|our)\s+", re.IGNORECASE)
POSITION_AFTER = re.compile(
    r"(?:['’]s)? (?:co-?)?(?:founder|chief|chairman|chairwoman|CEO|president|executive|head|director|spokes|analyst|partner|boss)"
)
LOCAL_ARM = re.compile(r" (?:\((?:Hong Kong|HK|Asia|China|Singapore|International)\)|HK|Hong Kong)(?![\w-]| [A-Z])")
TRAILING = re.compile(r"(?:['’]s?|[\s,;:.!?\"“”()\[\]–—-])+$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that may be a name; `ids` are the entries of the knowledge base that have it, best first."""

    start: int
    end: int
    type: str
    method: str
    priority: int
    ids: tuple[str, ...] = ()
    weight: int = (
        1  # of the evidence for its type: 1 the net's word, 2 a neighbour in a list, 3 the words around, 20 a head noun or legal form
    )


class MentionFinder:
    """Sets `doc.spans["mentions"]` (label: type; id: method; kb_id: ids of the knowledge base, joined by "|") and `doc.ents`."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb
        self.gazetteer = Gazetteer(kb)
        self.words = name_words()
        self.title = re.compile(rf"(?:{'|'.join(sorted(self.words.titles, key=len, reverse=True))})\.?\s+(?=\S)")

    def __call__(self, doc: Doc) -> Doc:
        """Find the mentions of a doc."""
        page = _Page(doc, self.words)
        matches = self.gazetteer.find(doc.text, content_spans(doc))
        candidates = list(self._known(page, matches))
        known = [c for c in candidates if c.type != "TOPIC"]
        candidates += self._runs(page, known)
        candidates += self._statistical(page, known)
        chosen = _without_overlap(candidates)
        set_mentions(doc, chosen)
        return doc

    def _known(self, page: _Page, matches: Sequence[Match]) -> Iterator[Candidate]:
        certain = {i for m in matches for i, a in m.candidates if not a.ambiguous}
        for match in matches:
            text = page.text[match.start : match.end]
            ids = [i for i, a in match.candidates if not a.ambiguous or i in certain]
            if not ids and self._has_evidence(page, match, text):
                ids = [i for i, _ in match.candidates]
            if ids and self._is_part(page.text, match, ids[0]):
                continue
            arm = LOCAL_ARM.match(page.text, match.end) if ids and self.kb.entries[ids[0]].type in {"FIRM", "BANK"} else None
            if arm:
                yield Candidate(match.start, arm.end(), self.kb.entries[ids[0]].type, "ner", 1, weight=20)
            elif ids:
                offset = len(lead[0]) if (lead := re.match(r"(?:the|The) (?=\S)", text)) else 0
                yield Candidate(match.start + offset, match.end, self.kb.entries[ids[0]].type, "ruler", 2, tuple(dict.fromkeys(ids)))

    def _is_part(self, text: str, match: Match, entity_id: str) -> bool:
        """Whether a hyphen joins the name to another word with a capital ("BOCI-Prudential"); places stand side by side."""
        return (
            self.kb.entries[entity_id].type not in {"PLACE", "TOPIC", "ASSET"}
            and re.match(r"-[A-Z]", text[match.end : match.end + 2]) is not None
        )

    def _has_evidence(self, page: _Page, match: Match, text: str) -> bool:
        """An ambiguous form is a name where its capital is not the sentence's or the headline's, or the net sees a name just there."""
        if all(self.kb.entries[i].type == "TOPIC" for i, _ in match.candidates) or text.islower():
            return False
        if any(start == match.start and end >= match.end for start, end, _ in page.names) or POSITION_AFTER.match(page.text, match.end):
            return True
        if text[0].isupper() and page.type_from_context(match.start, match.end) not in {None, "PERSON"}:
            return True
        return text[0].isupper() and not page.is_headline(match.start) and not page.starts_sentence(match.start)

    def _runs(self, page: _Page, known: Sequence[Candidate]) -> Iterator[Candidate]:
        """Runs of capitalised words that end like a name; one that cuts through a known name or ends with it is none."""
        for start, end in page.runs():
            for left, right in self._pieces(page.text, start, end):
                kind = self.words.head_type(page.text[left:right].split())
                inside = [c for c in known if c.start < right and left < c.end]
                if kind and all(left <= c.start and c.end < right for c in inside):
                    yield Candidate(left, page.legal_end(right), kind, "ner", 1 if inside else 3, weight=20)
        for start, end in page.camel_words():
            if page.text[start:end] not in self.words.no_names:
                yield Candidate(start, end, self._by_neighbour(page.text, start, end, known) or "FIRM", "ner", 5)

    def _pieces(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The run, cut at an "of" that joins no name, without the words at its start that are no part of one: titles, articles."""
        words = [(m.start() + start, m.end() + start) for m in re.finditer(r"\S+", text[start:end])]
        pieces: list[list[tuple[int, int]]] = [[]]
        for i, (left, right) in enumerate(words):
            if text[left:right] in {"of", "for"} and i and text[slice(*words[i - 1])] not in OF_HEADS and not POLICY.match(text, start):
                pieces.append([])
            else:
                pieces[-1].append((left, right))
        skipped = self.words.no_names | self.words.titles
        for piece in pieces:
            while piece and (text[slice(*piece[0])].rstrip(".,") in skipped or text[piece[0][0]].islower()):
                piece.pop(0)
            if len(piece) > 1:
                yield piece[0][0], piece[-1][1]

    def _statistical(self, page: _Page, known: Sequence[Candidate]) -> Iterator[Candidate]:
        for start, end, label in page.names:
            left, right = self._trim(page.text, start, end, titles=label == "PERSON")
            if left < right and not page.is_headline(left):
                left, right = self._whole(page, left, right, known)
                right = page.legal_end(right)
            text = page.text[left:right]
            if text and self._is_name(page, left, text, label) and not PART_OF_TITLE.search(page.text, max(left - 30, 0), left):
                kind, weight = self._type(page, left, right, label)
                if weight == 1 and (neighbour := self._by_neighbour(page.text, left, right, known)):
                    kind, weight = neighbour, 2
                if kind:
                    yield Candidate(left, right, kind, "ner", 4, weight=weight)

    def _type(self, page: _Page, start: int, end: int, label: str) -> tuple[str, int]:
        words = page.text[start:end].split()
        if label != "PERSON" and (kind := self.words.head_type(words)):
            return kind, 20
        if kind := page.type_from_context(start, end):
            return kind, 3
        if label == "PERSON" and (kind := self.words.head_type(words)) and not self.words.is_person(words):
            return kind, 20
        if label == "PERSON" and self.words.is_person(words):
            return "PERSON", 3
        return LABELS[label], 1

    @staticmethod
    def _by_neighbour(text: str, start: int, end: int, known: Sequence[Candidate]) -> str | None:
        """The type of the known name that a list joins to this one: "OSL, X and HashKey"."""
        for other in known:
            if (other.end < start <= other.end + 6 and JOINT.fullmatch(text, other.end, start)) or (
                end < other.start <= end + 6 and JOINT.fullmatch(text, end, other.start)
            ):
                return other.type if other.type not in {"TOPIC", "ASSET", "PLACE"} else None
        return None

    def _whole(self, page: _Page, start: int, end: int, known: Sequence[Candidate]) -> tuple[int, int]:
        """The name with the capitalised words right beside it that the net left off, unless they are somebody else's."""
        others = [(c.start, c.end) for c in known] + [(s, e) for s, e, _ in page.names if e <= start or end <= s]
        while (word := re.match(r" ([A-Z][\w&-]+)(?![\w.])", page.text[end : end + 40])) and self._may_join(
            word[1], end + 1, end + word.end(), others
        ):
            end += word.end()
        while (
            (word := re.search(r"(?<![\w.-])([A-Z][\w&-]+) $", page.text[max(start - 40, 0) : start]))
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

    def _is_name(self, page: _Page, start: int, text: str, label: str) -> bool:
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


class _Page:
    """A document as the name rules see it: its text, the statistical names, sentence starts and headlines."""

    def __init__(self, doc: Doc, words: NameWords) -> None:
        self.text = doc.text
        self.words = words
        self.spans = content_spans(doc)
        self.names = [(e.start_char, e.end_char, e.label_) for e in doc.ents if e.label_ in LABELS]
        self.starts = [s for s, _ in self.spans]
        self.headlines = {s for s, e in self.spans if _is_headline(self.text[s:e])}
        self.prose = "\n".join(self.text[s:e] for s, e in self.spans if s not in self.headlines)

    def is_headline(self, position: int) -> bool:
        """Whether the paragraph at this place is a headline."""
        return self._paragraph(position) in self.headlines

    def _paragraph(self, position: int) -> int:
        return self.starts[max(bisect_right(self.starts, position) - 1, 0)]

    def starts_sentence(self, position: int) -> bool:
        """Whether a sentence begins here, so that a capital says nothing."""
        before = self.text[max(position - 3, 0) : position]
        return self._paragraph(position) == position or bool(re.search(r"[.!?:•\-–\"“]\s+$|[\"“]$", before))

    def occurs_in_prose(self, name: str) -> bool:
        """Whether the name stands outside headlines too."""
        return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", self.prose) is not None

    def has_mid_sentence(self, name: str) -> bool:
        """Whether the name stands inside a sentence too, where its capital says something."""
        return re.search(rf"[\w,] {re.escape(name)}(?!\w)", self.prose) is not None

    def runs(self) -> Iterator[tuple[int, int]]:
        """Capitalised words in a row, small words between them allowed, headlines apart."""
        for start, end in self.spans:
            if not self.is_headline(start):
                for pattern in (POLICY, RUN):
                    for match in pattern.finditer(self.text, start, end):
                        yield match.start(), match.end()

    def camel_words(self) -> Iterator[tuple[int, int]]:
        """Words with a capital inside, which only names have."""
        for start, end in self.spans:
            for match in CAMEL.finditer(self.text, start, end):
                yield match.start(), match.end()

    def legal_end(self, end: int) -> int:
        """Where the name ends with the legal form behind it: "Pte. Ltd."."""
        tail = LEGAL_TAIL.match(self.text[end : end + 40])
        return end + tail.end() if tail else end

    def type_from_context(self, start: int, end: int) -> str | None:
        """The type that a noun before ("crypto exchange X") or in apposition ("X, a custodian") speaks for."""
        before = re.findall(r"[\w-]+", self.text[max(start - 30, 0) : start])
        if before and re.search(r"\w[ ]$", self.text[max(start - 2, 0) : start]):
            last, pair = before[-1], " ".join(before[-2:])
            if kind := self.words.nouns.get(pair) or self.words.nouns.get(last):
                return kind
            if last in self.words.courtesy:
                return "PERSON"
        if POSITION_AFTER.match(self.text, end):
            return "FIRM"
        after = self.text[end : end + 80]
        if apposition := re.match(r", (?:an?|the) ((?:[\w’'&-]+ ){0,5}?)([\w-]+)(?=[ ,.;]|$)(?! ?[\w-]*-)", after):
            for word in [*apposition[1].split(), apposition[2]]:
                if (kind := self.words.nouns.get(word)) and kind != "BANK":
                    return kind
        return None


# "Secretary for Financial Services": what comes after is part of the title.
PART_OF_TITLE = re.compile(
    r"(?:Secretary|Minister|Ministry|Director|Head|Commissioner|Chief|Officer|President|Manager|Superintendent) (?:for|of) (?:the )?$",
    re.IGNORECASE,
)
CAPITALISED = r"(?:[A-Z][\w&-]*(?:[’'](?!s\b)\w+)*(?:\.(?=[\w,])\w*)*|[a-z]-[A-Z]\w+)"
# Words before "of" in names that have one: "Bank of", "Institute of".
OF_HEADS = frozenset({"Mutual", "Office", "Order", *(w for w, kind in name_words().heads.items() if kind not in {"EVENT", "PROJECT"})})
JOINT = re.compile(r",? (?:and|or|&) |, ")
CAMEL = re.compile(r"(?<![\w.@/-])[A-Z][a-z]+[A-Z]\w*[a-z]\w*(?![\w@]|\.\w)")
RUN = re.compile(
    rf"(?<![\w-]){CAPITALISED}(?:(?: (?:of|for|&|de|del|van|von)(?: the| an?)?)? {CAPITALISED})*"
    rf"(?: \([A-Z][\w ]+\)(?= [A-Z]))?(?: {CAPITALISED})*"
)
# "Policy Statement 2.0 on the Development of Digital Assets": small words run on until the sentence does something else.
POLICY = re.compile(
    r"(?:[A-Z]\w+ ){0,3}(?:Statement|Declaration|Notice|Circular|Guidelines?|Guidance|Paper|Opinions?|Measures|Convention)"
    r"(?: \d[\d.]*)? (?:on|for|to)(?: the)?"
    r"(?: (?:of|and|the|in|on|to|for|Related))*(?: [A-Z][\w’'-]+(?: (?:of|and|the|in|on|to|for|with)(?= (?:the )?[A-Z])(?: the)?)*)+"
)


def _is_headline(text: str) -> bool:
    """Whether most of the longer words of a short paragraph have a capital, so that a capital says nothing."""
    words = [w for w in re.findall(r"[A-Za-z][\w’'-]*", text) if len(w) > 3]
    if len(text) > 220 or len(words) < 3 or re.search(r"[.!?]\s+[A-Z].*[.!?]$", text):
        return len(words) < 3 and text.isupper()
    return all(w[0].isupper() for w in words if len(w) > 4) and sum(w[0].isupper() for w in words) >= 0.75 * len(words)


def _without_overlap(candidates: Sequence[Candidate]) -> list[Candidate]:
    taken: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda c: (c.priority, c.start - c.end, c.start)):
        place = bisect_right(taken, candidate.start, key=lambda c: c.start)
        if (place == 0 or taken[place - 1].end <= candidate.start) and (place == len(taken) or candidate.end <= taken[place].start):
            taken.insert(place, candidate)
    return taken


def set_mentions(doc: Doc, candidates: Sequence[Candidate]) -> None:
    """Write the mentions to the doc; one that cuts through a token is left out."""
    spans = []
    for c in candidates:
        span = doc.char_span(c.start, c.end, label=c.type, kb_id="|".join(c.ids), span_id=c.method)
        if span is not None:
            spans.append(span)
    spans = filter_spans(spans)
    doc.spans["mentions"] = spans
    doc.set_ents([Span(doc, s.start, s.end, label=s.label, kb_id=s.kb_id) for s in spans if s.label_ != "TOPIC"])


def same_name(left: str, right: str) -> bool:
    """Whether two names are the same but for case, quotes, spaces and a leading article."""
    return _plain(left) == _plain(right)


def _plain(name: str) -> str:
    return re.sub(r"^(?:the|an?) ", "", re.sub(r"\W+", " ", fold(name)).strip())
