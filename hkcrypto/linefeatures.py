"""What a line of a text shows by itself: the features, and the phrase of a page's furniture that it bears."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from hkcrypto.lines import BULLET, DATE, LOOSE_DATE, NAME, SHORT, Line, byline_names, count_words, is_item, plain
from hkcrypto.schema import SectionKind
from hkcrypto.sectionmodel import Cue, section_model

SEPARATOR = re.compile(r"\s*[|›»•·]\s*|\s[/>]\s|\]\s*\[")
_END = re.compile(r"(?<![ap]\.m)([.。!?！？])[\"'”’」』）)\]\s]*(?:\[\d+\])*$")
_SIGNATURE = re.compile(rf"[—–-]{{1,2}}\s*{NAME}")
_ADDRESS = re.compile(r"[^\s@]{1,64}@[^\s@]{1,99}\.\w|https?://\S+|www\.\S+")
_AGO = re.compile(r"\b\d+ (?:min|minute|hour|day|week)s? ago\b", re.IGNORECASE)
_FULL_NAME = re.compile(rf"\W*{NAME}\W*")
_LEAD = re.compile(r"([a-z][a-z' -]{1,24}?)\s*(?:[:|｜—–)\]】]|\s-)\s*(?=\S)|([㐀-鿿]{2,6})\s*[:：|｜—–)\]】\s]\s*(?=\S)")


@dataclass(slots=True)
class Unit:
    """A paragraph, heading or list item: where it is, what it says, what is known of it, and how much it looks like the article."""

    start: int
    end: int
    text: str
    gap: bool
    folded: str
    words: float = 0
    cue: Cue | None = None
    is_label: bool = False
    features: set[str] = field(default_factory=set)
    score: float = 0


def with_features(line: Line) -> Unit:
    """Copy a line, with the features that it shows by itself."""
    text, words = line.text, count_words(line.text)
    last = _END.search(text, max(0, len(text) - SHORT))
    head = text[:SHORT]  # dates, capitals and addresses tell something of short lines alone
    stops = last is not None and last[1] in ".。" and not text.endswith("...")
    segments = [part for part in SEPARATOR.split(text) if part] if last is None else []
    tokens = [word for word in re.findall(r"[A-Za-z]\w+", head) if len(word) > 3]
    found = {
        "prose": (stops and words >= 8) or words >= 25,
        "sentence": last is not None,
        "full_stop": stops,
        "long": words >= 40,
        "bullet": bool(BULLET.match(text)),
        "item": is_item(text),
        "heading": not last and words < 25 and not is_item(text),
        "separators": len(segments) > 1 and max(map(count_words, segments)) <= 4,
        "ellipsis": text.endswith(("…", "...")),
        "date": words <= 30 and bool(DATE.search(head)),
        "address": words < 20 and bool(_ADDRESS.search(head)),
        "name": 2 <= words <= 4 and bool(_FULL_NAME.fullmatch(text[:SHORT])) and text.upper() != text,
        "credit": words <= 40 and not stops and len(text) < 2 * SHORT and credit(text) is not None,
        "shouted": text.upper() == text and text.lower() != text,
        "title_case": bool(tokens) and sum(word[0].isupper() for word in tokens) / len(tokens) > 0.7,
        "rule": not words,
        "byline": words <= 16 and not text.endswith(".") and bool(byline_names(text) or _SIGNATURE.fullmatch(text[:SHORT])),
        "short": words < 4,
        "full": 6 <= words <= 30,
        "middling": 4 <= words < 6,
        "endless": words > 30,
    }
    features = {name for name, holds in found.items() if holds}
    if words <= 14 and not last and (found["date"] or _AGO.search(head) or (words <= 6 and LOOSE_DATE.search(text))):
        features.add("date_line")
    folded = plain(text)
    cue, is_label = _cue(folded, words)
    return Unit(line.start, line.end, text, line.gap, folded, words, cue, is_label, features)


def _cue(phrase: str, words: float) -> tuple[Cue | None, bool]:
    """Return the cue of a line, and whether the line is a label only, over what it heads."""
    if words <= 12 and len(phrase) <= SHORT:
        bare = re.sub(r"[\W_]+$", "", phrase)
        for cue in section_model().cues:
            if cue.whole.fullmatch(bare):
                return cue, True
    if lead := _LEAD.match(phrase):
        for cue in section_model().cues:
            if cue.teasers and cue.whole.fullmatch(lead[1] or lead[2]):
                return cue, False
    for cue in section_model().cues:
        if cue.start.match(phrase):
            return cue, words <= 8 and phrase.endswith(":")
    return next((cue for cue in section_model().cues if any(part in phrase for part in cue.anywhere)), None), False


def is_cued(text: str) -> bool:
    """Return whether a line bears a phrase of a page's furniture."""
    return cue_kind(text) is not None


def cue_kind(text: str) -> SectionKind | None:
    """Return the kind of section that a line's phrase speaks for, None where it bears none."""
    cue, _ = _cue(plain(text), count_words(text))
    return cue.kind if cue else None


def credit(text: str) -> re.Match[str] | None:
    """Return where a caption names its photographer; its first word is none ("Photo: ...")."""
    first = re.match(r"\W*\w+\W*", text)
    return section_model().credit.search(text, first.end()) if first else None
