"""What a line of a text shows by itself: the features, and the phrase of a page's furniture that it bears."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from hkcrypto.lines import BULLET, DATE, LOOSE_DATE, NAME, SHORT, Line, byline_names, count_words, is_item, plain
from hkcrypto.schema import SectionKind
from hkcrypto.sectionmodel import Cue, section_model

SEPARATOR = re.compile(r"\s*[|›»•·]\s*|\s[/>]\s|\]\s*\[")
_END = re.compile(r"(?<![ap]\.m)([.。!?！？])[\"'”’」』）)\]\s]*(?:\[\d+\])*$")
_SIGNATURE = re.compile(rf"[—–-]{{1,2}}\s*{NAME}")
_ADDRESS = re.compile(r"[^\s@]{1,64}@[^\s@]{1,99}\.\w|https?://\S+|www\.\S+")
_AGO = re.compile(r"\b\d+ (?:min|minute|hour|day|week)s? ago\b", re.IGNORECASE)
_FULL_NAME = re.compile(rf"\W*{NAME}\W*")
_LEAD = re.compile(r"([a-z][\w' -]{1,24}?)\s*(?:[:|｜—–)\]】]|\s-)\s*(?=\S)|([㐀-鿿]{2,6})\s*[:：|｜—–)\]】\s]\s*(?=\S)")
_QUOTE = re.compile(r"[▲▼△▽↑↓🔺🔻]\s*[\d.,+-]+|\d[\d.,]*\s+[+-]\d[\d.,]*\s*%?|\d[\d.,]*\s*\(?[+-]\d[\d.,]*%")
_PICTURE = re.compile(r"[☰▶►⏵⬇☎✉⭐📱-📿\U0001f300-\U0001f9ff]")
_STARS = re.compile(r"\*{3}|={3,}|~{3,}|_{3,}")
_PAGE = re.compile(r"\W*(?:page )?\d{1,3}(?:(?: of |/)\d{1,3})?\W*", re.IGNORECASE)
_CLOCK = re.compile(r"(?:^\W*|\s)\d{1,2}:\d\d(?:\s?[ap]m)?\W*$", re.IGNORECASE)
_STEM = re.compile(r"[a-z]{4,}|(?-i:[A-Z]{3})|[㐀-鿿]+", re.IGNORECASE)
_CAPITAL = re.compile(r"(?<![A-Za-z])[A-Z][A-Za-z]{3,}")
PROMOTED = frozenset({"promotion_2", "promotion_3", "promotion_4"})
_ROW_SHAPES = frozenset({"menu", "separators", "quote", "numbers", "date_line", "dated_edge", "run"})


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
    }
    features = {name for name, holds in {**found, **_lengths(words)}.items() if holds}
    if words <= 14 and not last and (found["date"] or _AGO.search(head) or (words <= 6 and LOOSE_DATE.search(text))):
        features.add("date_line")
    if last is None and words <= 30:
        features |= _furniture_shapes(text[: 2 * SHORT], words, len(segments))
    folded = plain(text)
    if words <= 60:
        features |= _promotion(folded[: 3 * SHORT], words)
    cue, is_label = _cue(folded, words)
    return Unit(line.start, line.end, text, line.gap, folded, words, cue, is_label, features)


def _lengths(words: float) -> dict[str, bool]:
    return {"short": words < 4, "middling": 4 <= words < 6, "full": 6 <= words <= 30, "wordy": words > 18, "endless": words > 30}


def _furniture_shapes(text: str, words: float, segments: int) -> set[str]:
    """Return the features of a line that is no sentence: what menus, quotes, counters and lists of headlines look like."""
    found = {
        "quote": bool(_QUOTE.search(text)),
        "menu": segments >= 4,
        "picture": bool(_PICTURE.match(text)),
        "stars": bool(_STARS.search(text)),
        "page_number": bool(_PAGE.fullmatch(text)),
        "numbers": sum(map(str.isdigit, text)) * 2 > sum(map(str.isalnum, text)) and "%" not in text,
        "dated_edge": words >= 4 and _is_dated_at_edge(text),
        "footer": len(section_model().footer.findall(plain(text))) >= 2,
    }
    return {name for name, holds in found.items() if holds}


def _is_dated_at_edge(text: str) -> bool:
    """Whether a line begins or ends with a date or an hour, as teasers do."""
    found = [match.span() for match in DATE.finditer(text)]
    return bool(found and (found[0][0] <= 2 or found[-1][1] >= len(text) - 2)) or _CLOCK.search(text) is not None


def _promotion(folded: str, words: float) -> set[str]:
    """Return in how many ways a line speaks like a promotion: an order, the page on itself, a platform, an offer ..."""
    count = sum(bool(family.search(folded)) for family in section_model().promotion.values()) - int(words > 30)
    return {f"promotion_{min(count, 4)}"} if count > 0 else set()


def stems(text: str) -> set[str]:
    """Return what tells a line's topic: the beginnings of its longer words, pairs of Han characters."""
    found = set[str]()
    for word in _STEM.findall(text):
        if word[0] >= "㐀":
            found |= {word[at : at + 2] for at in range(len(word) - 1)}
        elif (low := word.casefold()) not in section_model().common:
            found.add(low[:5])
    return found


def add_topic(lines: Sequence[Unit]) -> None:
    """Add to each line how much of its words and names the prose of the page shares."""
    found = [(stems(line.text[: 3 * SHORT]), _names(line.text[: 3 * SHORT])) for line in lines]
    count, names = Counter[str](), Counter[str]()
    for line, (own, called) in zip(lines, found, strict=True):
        if _is_core(line):
            count.update(own)
            names.update(called)
    for line, (own, called) in zip(lines, found, strict=True):
        least = 2 if _is_core(line) else 1
        shared = sum(count[stem] >= least for stem in own)
        line.features |= _topic(line, shared, len(own))
        if shared >= 2 and any(names[name] >= least for name in called):
            line.features.add("kin")
    for is_dated, group in groupby(lines, key=lambda line: "dated_edge" in line.features):
        rows = list(group)
        if is_dated and sum("topic_0" not in row.features for row in rows) * 2 >= len(rows) >= 3:
            for row in rows:  # a timeline, no list of other articles
                row.features -= {"dated_edge", "date_line", "run"}


def _topic(line: Unit, shared: int, own: int) -> set[str]:
    """Return the features of a line of which so many of its words are those of the page's prose."""
    is_strange = own >= 4 and shared * 6 < own and not line.features & {"item", "table_row"}
    kind = "strange_prose" if "prose" in line.features else "strange"
    found = {
        f"topic_{min(shared, 3)}": True,
        "kin": shared >= 3 and shared * 3 >= own,
        "topical": shared * 2 >= own > 1,
        kind: is_strange,
        "stranger": is_strange and line.words <= 30 and bool(line.features & {"promotion_1", *PROMOTED}),
    }
    return {name for name, holds in found.items() if holds}


def _names(text: str) -> set[str]:
    """Return the words of a line with a capital, less those of many names."""
    return {word for word in _CAPITAL.findall(text) if word.casefold() not in section_model().common_names}


def _is_core(line: Unit) -> bool:
    """Whether the words of a line are those of the article, as far as can be told before it is found."""
    return is_plain_prose(line) or ("sentence" in line.features and line.cue is None and not line.features & PROMOTED)


def is_plain_prose(line: Unit) -> bool:
    """Return whether a line is a paragraph of prose that bears no phrase of a page's furniture."""
    return "prose" in line.features and not line.cue and not line.features & {"bullet", *PROMOTED}


def add_runs(lines: Sequence[Unit]) -> None:
    """Mark the lines of tables (equally many cells in four rows and more), and the short lines that follow upon each other."""
    for cells, group in groupby(lines, key=lambda line: len(SEPARATOR.findall(line.text))):
        rows = list(group)
        if cells >= 2 and len(rows) >= 4:
            for row in rows:
                row.features -= _ROW_SHAPES
                row.features.add("table_row")
    for is_short, group in groupby(lines, key=lambda line: bool(line.features & {"heading", "rule"}) and "table_row" not in line.features):
        rows = list(group)
        if is_short and len(rows) >= 4:
            for row in rows:
                row.features.add("run")


def _cue(phrase: str, words: float) -> tuple[Cue | None, bool]:
    """Return the cue of a line, and whether the line is a label only, over what it heads."""
    if words <= 12 and len(phrase) <= SHORT:
        bare = re.sub(r"[\W_]+$", "", phrase)
        for cue in section_model().cues:
            if cue.whole.fullmatch(bare):
                return cue, True
        if words <= 7 and section_model().label.fullmatch(bare):
            return next(cue for cue in section_model().cues if cue.name == "related"), True
    if lead := _LEAD.match(phrase):
        for cue in section_model().cues:
            if cue.teasers and cue.whole.fullmatch(lead[1] or lead[2]):
                return cue, False
    for cue in section_model().cues:
        if cue.start.match(phrase):
            return cue, words <= 8 and phrase.endswith((":", "：", "▽", "▼", "↓", "👇"))
    return next((cue for cue in section_model().cues if any(part in phrase for part in cue.anywhere)), None), False


def is_promotion(text: str) -> bool:
    """Return whether a line speaks like a promotion in two ways and more."""
    return bool(_promotion(plain(text)[: 3 * SHORT], count_words(text)) & PROMOTED)


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
