"""A document as the name rules see it: text, statistical names, sentence starts, headlines, runs of capitals."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from spacy.tokens import Doc

from hkcrypto.pipeline.gazetteer import LEGAL_TAIL
from hkcrypto.pipeline.namewords import NameWords, name_words
from hkcrypto.pipeline.tokenizer import content_spans, unwrapped

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
    "issued|run|wide|quoted|traded|friendly|approved|certified|funded|sponsored|controlled|anchored|founded|made|bound|savvy|heavy|"
    "facing|denominated|themed|compliant|ready|native|centric|specific|mad|crazy|trained|educated|only|free|time|and"
)
UPPER = "A-ZÀ-ÖØ-Þ"
OWNERS = "|".join(sorted(name_words().owners))
CAPITALISED = (
    rf"(?:(?:{OWNERS})['’]s(?= [{UPPER}])|"
    rf"[{UPPER}][\w&]*(?:-(?!(?:{ADJECTIVE})\b)[\w&]+)*(?:[’'](?!s\b)\w+)*(?:\.(?=[\w,])\w*)*|[a-z]-[A-Z]\w+)"
)
CAMEL = re.compile(r"(?<![\w.@/-])(?:[A-Z][a-z]+[A-Z]\w*|[A-Z]{2,}[a-z]{3,}|\d{1,3}[A-Z][a-z]{2,})(?![\w@]|\.\w)")
RUN = re.compile(
    rf"(?<![\w-]){CAPITALISED}(?:(?:(?<=s)['’])?(?: (?:of|for|&|de|del|da|di|du|van|von|bin|al)(?: the| an?)?)? {CAPITALISED})*"
    rf"(?: \([A-Z][\w ]+\)(?= [A-Z]))?(?: {CAPITALISED})*"
)
# "Policy Statement 2.0 on the Development of Digital Assets": small words run on until the sentence does something else.
POLICY = re.compile(
    r"(?:[A-Z]\w+ ){0,3}(?:Statement|Declaration|Notice|Circular|Guidelines?|Guidance|Paper|Opinions?|Measures|Convention|Code"
    r"|Regime|Standards?|Rules|Regulations?"
    r"|Plenary|Congress|Roundtable|Conference|Forum|Summit|Workshop|Seminar|Symposium)"
    r"(?: \d[\d.]*)? (?:on|for|to)(?: the)?"
    r"(?: (?:of|and|the|in|on|to|for|Related))*(?: [A-Z][\w’'-]+(?: (?:of|and|the|in|on|to|for|with)(?= (?:the )?[A-Z])(?: the)?)*)+"
)

LOCAL_ARM = re.compile(r" (?:\((?:Hong Kong|HK|Asia|China|Singapore|International)\)|HK|Hong Kong)(?![\w-]| [A-Z])")
ABBREVIATED = re.compile(r"\b(?:Ltd|Inc|Corp|Co|Plc|Pte|Bhd|Pty)$")
# In capitals throughout: an abbreviation that may be a name.
CAPITALS = re.compile(r"(?:(?<![\w.@/&-])(?<![a-zA-Z] )|(?<=[a-z,] ))[A-Z][A-Z0-9]{2,6}(?![\w@&]|-[A-Z]| [A-Z])")
# A place is something one is in.
IN_PLACE = re.compile(r"(?:\b(?:in|at|from|near|across|throughout|outside|inside|around|to|of|over|into|for)) (?:the )?$", re.IGNORECASE)


# "X, a licensed crypto exchange"; what follows "of", "that" and the like is about something else.
APPOSITION = re.compile(
    r"[\"”’']?, (?:an?|the|its|their|one of the) ((?:[\w’'&-]+ ){0,7}?[\w-]+)"
    r"(?=[,.;:)]|$| (?:of|in|that|which|who|whose|for|with|from|run|owned|on|at|to|by|and|is|has|was|where|when)\b)"
)
# A word of a name by itself: no capital behind it, no word before it.
ALONE = re.compile(rf"(?! [{UPPER}])(?!\w)")
AFTER_WORD = re.compile(r"[\w.] $")
NOUN_AFTER = re.compile(r"[\"”’']? ([a-z]+)(?![\w-])")


class Page:
    """A document as the name rules see it: its text, the statistical names, sentence starts and headlines."""

    def __init__(self, doc: Doc, words: NameWords) -> None:
        self.text = unwrapped(doc)
        self.words = words
        self.spans = content_spans(doc)
        self.starts = [s for s, _ in self.spans]
        inside = [(e.start_char, e.end_char, e.label_) for e in doc.ents if e.label_ in LABELS]
        self.names = [(start, end, label) for start, end, label in inside if self._in_content(start, end)]
        self.headlines = {s for s, e in self.spans if is_headline(self.text[s:e])}
        self.prose = "\n".join(self.text[s:e] for s, e in self.spans if s not in self.headlines)

    def is_whole(self, start: int, end: int) -> bool:
        """Whether a run is all that its paragraph has: a heading."""
        place = max(bisect_right(self.starts, start) - 1, 0)
        return not re.search(r"\w", self.text[self.starts[place] : start] + self.text[end : self.spans[place][1]])

    def headline_spans(self) -> list[tuple[int, int]]:
        """The paragraphs that are headlines, those in capitals throughout apart."""
        return [(s, e) for s, e in self.spans if s in self.headlines and not self.text[s:e].isupper()]

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
        return next(self._places(name), None) is not None

    def has_mid_sentence(self, name: str) -> bool:
        """Whether the name stands inside a sentence too, where its capital says something."""
        return any(re.match(r"[\w,] ", self.prose[place - 2 : place]) for place in self._places(name) if place > 1)

    def _places(self, name: str) -> Iterator[int]:
        """Where the name stands outside headlines, as offsets into the prose."""
        first = re.match(r"\w+|\W", name)
        for place in self._index.get(first[0], ()) if first else ():
            if self.prose.startswith(name, place) and not self.prose[place + len(name) : place + len(name) + 1].isalnum():
                yield place

    @cached_property
    def _index(self) -> dict[str, list[int]]:
        """The offsets of every word in the prose."""
        index: dict[str, list[int]] = defaultdict(list)
        for match in re.finditer(r"\w+", self.prose):
            index[match[0]].append(match.start())
        return index

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
        before = re.search(rf"(?<![.!?] )(?<!^)\b([{UPPER}][\w-]+) $", self.text[max(start - 30, 0) : start])
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
        words, places = name.split(), list(self._places(name))
        ends = [place + len(name) for place in places]
        person = sum(self.words.person_after.match(self.prose, end) is not None for end in ends)
        firm = sum(self.words.firm_after.match(self.prose, end) is not None for end in ends)
        if len(words) > 1 and ends:
            lasts = set(self._places(words[-1])) - {end - len(words[-1]) for end in ends}
            firsts = set(self._places(words[0])) - set(places)
            person += 2 * any(
                ALONE.match(self.prose, p + len(words[-1])) and not AFTER_WORD.search(self.prose, p - 2, p) for p in lasts if p > 1
            )
            firm += 2 * any(ALONE.match(self.prose, p + len(words[0])) for p in firsts)
        return None if person == firm else "PERSON" if person > firm else "FIRM"

    def is_name(self, position: int) -> bool:
        """Whether the net saw a name at this place."""
        return bool(self._seen_at(position, position + 1))

    def is_name_of(self, label: str, start: int, end: int) -> bool:
        """Whether the net saw a name with this label in the span."""
        return any(s < end and start < e and seen == label for s, e, seen in self._seen_at(start, end))

    def _seen_at(self, start: int, end: int) -> list[tuple[int, int, str]]:
        first = bisect_right(self.names, start, key=lambda n: n[1])
        return self.names[first : bisect_left(self.names, end, key=lambda n: n[0])]

    def type_from_context(self, start: int, end: int) -> str | None:
        """The type that a noun before ("crypto exchange X") or in apposition ("X, a custodian") speaks for."""
        if kind := self.noun_before(start, end):
            return kind
        if POSITION_AFTER.match(self.text, end) or self.words.firm_before.search(self.text[max(start - 40, 0) : start]):
            return "FIRM"
        if (after := NOUN_AFTER.match(self.text, end)) and (kind := self.words.nouns_after.get(after[1])):
            return kind
        if apposition := APPOSITION.match(self.text, end, min(end + 90, len(self.text))):
            words = apposition[1].split()
            for i in range(len(words) - 1, -1, -1):
                kind = self.words.nouns.get(" ".join(words[max(i - 1, 0) : i + 1])) or self.words.nouns.get(words[i])
                if kind and (kind != "BANK" or i == len(words) - 1):
                    return kind
        return None

    def noun_before(self, start: int, end: int) -> str | None:
        """The type by the noun right before ("the exchange X") or before a comma ("its chief executive, X, said")."""
        before = re.search(r"([\w-]+ )?([\w-]+)(,? [\"“‘']?)$", self.text[max(start - 40, 0) : start])
        if not before or (before[3].startswith(",") and not re.match(r"[\"”’']?[,.;]|$", self.text[end : end + 2])):
            return None
        if before[2] in self.words.courtesy:
            return "PERSON"
        kind = self.words.nouns.get(before[1] + before[2] if before[1] else "") or self.words.nouns.get(before[2])
        if kind is None and before[2][:1].isupper() and before[2] not in self.words.heads:  # "Lender X" opens the sentence
            kind = self.words.nouns.get(before[2].lower())
        if kind is None and before[2].endswith("-based"):
            return None if self.words.is_person(self.text[start:end].split()) else "FIRM"
        return kind

    def is_token(self, start: int, end: int) -> bool:
        """Whether the words around a name say that it is a token: what backs it, that it is minted."""
        ticker = self.text[start:end].isupper() and end - start < 9
        before = self.words.asset_before.search(self.text[max(start - 40, 0) : start]) if ticker else self.text[start - 1 : start] == "$"
        return bool(before or self.words.asset_after.match(self.text, end, min(end + 120, len(self.text))))


def is_headline(text: str) -> bool:
    """Whether most of the longer words of a short paragraph have a capital, so that a capital says nothing."""
    words = [w for w in re.findall(r"[A-Za-z][\w’'-]*", text) if len(w) > 3]
    if re.search(r"\b(?:the|its|his|her|their|will|is|are|was|has|have|had|said)\b.*\.[\"”’]?$", text):
        return False
    if len(text) > 220 or len(words) < 3 or re.search(r"[.!?]\s+[A-Z].*[.!?]$", text):
        return len(words) < 3 and text.isupper()
    return all(w[0].isupper() for w in words if len(w) > 4) and sum(w[0].isupper() for w in words) >= 0.75 * len(words)
