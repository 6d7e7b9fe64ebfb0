"""A document as the name rules see it: text, statistical names, sentence starts, headlines, runs of capitals."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from spacy.tokens import Doc

from hkcrypto.pipeline.gazetteer import LEGAL_TAIL
from hkcrypto.pipeline.namewords import NameWords
from hkcrypto.pipeline.tokenizer import content_spans

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
POSITION_AFTER = re.compile(
    r"(?:['’]s)? (?:co-?)?(?:founder|chief|chairman|chairwoman|CEO|president|executive|head|director|spokes|analyst|partner|boss)"
)
# A hyphen joins names ("BOCI-Prudential"), but not "Nasdaq-listed".
ADJECTIVE = (
    "based|listed|backed|owned|led|licensed|headquartered|focused|linked|style|related|born|registered|incorporated|regulated|pegged|"
    "issued|run|wide"
)
UPPER = "A-ZÀ-ÖØ-Þ"
CAPITALISED = rf"(?:[{UPPER}][\w&]*(?:-(?!(?:{ADJECTIVE})\b)[\w&]+)*(?:[’'](?!s\b)\w+)*(?:\.(?=[\w,])\w*)*|[a-z]-[A-Z]\w+)"
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

LOCAL_ARM = re.compile(r" (?:\((?:Hong Kong|HK|Asia|China|Singapore|International)\)|HK|Hong Kong)(?![\w-]| [A-Z])")
ABBREVIATED = re.compile(r"\b(?:Ltd|Inc|Corp|Co|Plc|Pte|Bhd|Pty)$")
# In capitals throughout: an abbreviation that may be a name.
CAPITALS = re.compile(r"(?:(?<![\w.@/&-])(?<![a-zA-Z] )|(?<=[a-z,] ))[A-Z][A-Z0-9]{2,6}(?![\w@&]|-[A-Z]| [A-Z])")
# A place is something one is in.
IN_PLACE = re.compile(r"(?:\b(?:in|at|from|near|across|throughout|outside|inside|around|to|of|over|into|for)) (?:the )?$", re.IGNORECASE)


class Page:
    """A document as the name rules see it: its text, the statistical names, sentence starts and headlines."""

    def __init__(self, doc: Doc, words: NameWords) -> None:
        self.text = doc.text
        self.words = words
        self.spans = content_spans(doc)
        self.starts = [s for s, _ in self.spans]
        inside = [(e.start_char, e.end_char, e.label_) for e in doc.ents if e.label_ in LABELS]
        self.names = [(start, end, label) for start, end, label in inside if self._in_content(start, end)]
        self.headlines = {s for s, e in self.spans if is_headline(self.text[s:e])}
        self.prose = "\n".join(self.text[s:e] for s, e in self.spans if s not in self.headlines)

    def is_headline(self, position: int) -> bool:
        """Whether the paragraph at this place is a headline."""
        return self._paragraph(position) in self.headlines

    def _in_content(self, start: int, end: int) -> bool:
        place = bisect_right(self.starts, start) - 1
        return place >= 0 and end <= self.spans[place][1]

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

    def has_longer_person(self, name: str) -> bool:
        """Whether the net saw a longer name of a person with this word in it."""
        return any(label == "PERSON" and name in self.text[s:e].split() and e - s > len(name) for s, e, label in self.names)

    def runs(self) -> Iterator[tuple[int, int]]:
        """Capitalised words in a row, small words between them allowed, headlines apart."""
        for start, end in self.spans:
            if not self.is_headline(start):
                for pattern in (POLICY, RUN):
                    for match in pattern.finditer(self.text, start, end):
                        yield match.start(), match.end()

    def in_run(self, start: int, end: int) -> bool:
        """Whether another word with a capital stands right beside, so that this one may be part of a longer name."""
        before = re.search(rf"(?<![.!?:] )(?<!^)\b([{UPPER}][\w-]+) $", self.text[max(start - 30, 0) : start])
        after = re.match(rf" ([{UPPER}][\w-]+)", self.text[end : end + 30])
        words = {m[1] for m in (before, after) if m}
        return bool(words - self.words.no_names - self.words.titles - self.words.openers) and not self.is_headline(start)

    def camel_words(self) -> Iterator[tuple[int, int]]:
        """Words with a capital inside, which only names have."""
        for start, end in self.spans:
            for match in CAMEL.finditer(self.text, start, end):
                yield match.start(), match.end()

    def acronyms(self) -> Iterator[tuple[int, int]]:
        """Words in capitals, headlines and lines in capitals apart."""
        for start, end in self.spans:
            if not self.is_headline(start) and not self.text[start:end].isupper():
                for match in CAPITALS.finditer(self.text, start, end):
                    yield match.start(), match.end()

    def legal_end(self, end: int) -> int:
        """Where the name ends with the legal form behind it: "Pte. Ltd."."""
        if self.text[end : end + 1] == "." and ABBREVIATED.search(self.text, max(end - 15, 0), end):
            end += 1
        tail = LEGAL_TAIL.match(self.text[end : end + 40])
        return end + tail.end() if tail else end

    def arm_end(self, end: int, kind: str) -> int:
        """Where the name ends with the place of a local arm behind it: "(Hong Kong)"."""
        arm = LOCAL_ARM.match(self.text, end) if kind in {"FIRM", "BANK"} else None
        return arm.end() if arm else end

    def person_or_firm(self, name: str) -> str | None:
        """What the text as a whole makes of a name: what stands behind it, and which of its words stands alone later."""
        ends = [m.end() for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", self.prose)]
        person = sum(self.words.person_after.match(self.prose, end) is not None for end in ends)
        firm = sum(self.words.firm_after.match(self.prose, end) is not None for end in ends)
        words = name.split()
        if len(words) > 1 and ends:
            rest = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "\n", self.prose)
            person += 2 * (re.search(rf"(?<![\w.] )(?<!\w){re.escape(words[-1])}(?! [{UPPER}])(?!\w)", rest) is not None)
            firm += 2 * (re.search(rf"(?<!\w){re.escape(words[0])}(?! [{UPPER}])(?!\w)", rest) is not None)
        return None if person == firm else "PERSON" if person > firm else "FIRM"

    def is_name(self, position: int) -> bool:
        """Whether the net saw a name at this place."""
        return any(start <= position < end for start, end, _ in self.names)

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


def is_headline(text: str) -> bool:
    """Whether most of the longer words of a short paragraph have a capital, so that a capital says nothing."""
    words = [w for w in re.findall(r"[A-Za-z][\w’'-]*", text) if len(w) > 3]
    if len(text) > 220 or len(words) < 3 or re.search(r"[.!?]\s+[A-Z].*[.!?]$", text):
        return len(words) < 3 and text.isupper()
    return all(w[0].isupper() for w in words if len(w) > 4) and sum(w[0].isupper() for w in words) >= 0.75 * len(words)
