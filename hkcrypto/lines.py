"""The lines of an article: paragraphs, headings and list items, hard-wrapped or broken sentences as one."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from hkcrypto.schema import Section

_MONTH = r"(?P<{0}>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
DATE = re.compile(
    rf"(?<!\w)(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[ -]{_MONTH.format('m1')},?[ -](?P<y1>\d{{4}})"
    rf"|(?P<y6>\d{{4}})[ -]{_MONTH.format('m6')}[ -](?P<d6>\d{{1,2}})"
    rf"|{_MONTH.format('m2')}\s*(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{{4}})"
    r"|(?P<y3>\d{4})\s?(?:[-/.]|年)\s?(?P<m3>\d{1,2})\s?(?:[-/.]|月)\s?(?P<d3>\d{1,2})日?"
    r"|(?P<d7>0?[1-9]|[12]\d|3[01])\.(?P<m7>0?[1-9]|1[0-2])\.(?P<y7>(?:19|20)\d\d)"
    # 05/08/2025 may be a day of May or of August: only where one of the two is no month does it tell
    r"|(?P<n1>1[3-9]|2\d|3[01])[/.-](?P<n2>0?[1-9]|1[0-2])[/.-](?P<y4>(?:19|20)\d\d)"
    r"|(?P<o1>0?[1-9]|1[0-2])[/.-](?P<o2>1[3-9]|2\d|3[01])[/.-](?P<y5>(?:19|20)\d\d))(?!\d)",
    re.IGNORECASE,
)
# What may be a date: one of which the order is not known, or a month alone.
LOOSE_DATE = re.compile(
    r"(?<![\w/])\d{1,2}/\d{1,2}/(?:19|20)\d\d(?![\w/])|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,? (?:19|20)\d\d\b",
    re.IGNORECASE,
)
NAME = r"[A-Z][\w.'’-]*(?: (?:(?!(?:and|for|in|at|by|on|of|the|to|is|as) )[a-z]{1,3} )?[A-Z][\w.'’-]*){0,3}"
_FULL_NAME = re.compile(NAME)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_ONLY = re.compile(r"(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)")
_COMPACT = re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?:T?\d{4,6}Z?)?")
_BYLINE = re.compile(
    r"(?:^\W*|[|·•.!?]\s+)"
    r"(?:(?:(?:(?:Written|Reported|Story|Words|Text|Authored|Interview|Report) )?[Bb]y|BY|Authors?):?"
    r"|(?:Words|Text|Story|Report):|(?:Reporters?|Writers?|Correspondents?|Words|Text):?\s\||[A-Z][A-Z'’ &]{5,30} with)\s+"
    rf"(?P<names>{NAME}(?:(?:,| and| &)\s+{NAME})*)"
    r"(?: (?:staff|newsroom|desk|correspondents?|reporters?|writers?)){0,2}\W*(?:$|[|·•,–—(-])",
)
_HAN_BYLINE = re.compile(
    r"[【（(]?(?:(?:[㐀-鿿]{1,6}[報报網网社])?(?:記者|记者)|(?:作者|撰文|撰稿|編譯|编译|文)(?=\s*[:：/／|丨]))[\s:：/／|丨]*"
    r"(?P<names>[㐀-鿿]{2,4}(?:[、\s][㐀-鿿]{2,4})*?)\s*(?:報道|報導|报道|撰文?|編譯|编译)?[】）)]?",
)
_ROLE = (
    r"(?:(?:[Ss]enior|[Cc]hief|[Ss]taff|[Aa]ssistant|[Aa]ssociate|[Dd]eputy|[Mm]anaging|[Gg]uest|[A-Z]\w+) ){0,3}"
    r"(?:[Rr]eporter|[Ee]ditor|[Ww]riter|[Cc]orrespondent|[Cc]olumnist|[Cc]ontributor|[Pp]artner|[Cc]ounsel|[Aa]ssociate|[Ff]ellow|[Pp]rofessor"
    r"|[Ee]conomist|[Ss]trategist|[Ll]ecturer|[Aa]uthor|[Tt]rainee)s?\b"
)
# A name with a role, a button or an address behind it; names alone, at least two, with marks of where they work; the account of a post.
_CREDITED = re.compile(
    rf"(?P<names>{NAME}(?:(?:,| and| &)\s+{NAME})*?)(?:,\s+{_ROLE}.*|\s*[|·•(<]\s*(?:Follow\b|Following\b|{_ROLE}|[\w.]+@[\w.]+|@\w+).*)"
)
_AFFILIATION = re.compile(r"\s*(?:\([\w*†‡, ]{1,6}\)|[*†‡¹²³⁴⁵]+)")
_ORIGINAL = re.compile(
    r"(?:原[创創]\s+(?P<names>[㐀-鿿]{2,4})\s+\S+|(?P<name>[㐀-鿿]{2,4}))\s+(?:\d{4}[\W年]|昨天|今天|\d+月)[\d\W年月日]*(?:[㐀-鿿]{2})?"
)
_PLACE = re.compile(r" (?:in|for|at|from) (?:[A-Z][\w-]+[ ,]*){1,3}")
BULLET = re.compile(r"(?:[-*•◦▪‣–·●○■►▶✅✔]|--)\s+\S")
SHORT = 200  # characters: names, labels and bylines are no longer, and searching more for them is a waste
_NUMBERED = re.compile(r"(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)、]|[①-⑳]|\d{1,2}\s?:)\s*\S")
_WORD = re.compile(r"[^\W㐀-鿿]+(?:[.,'’-][^\W㐀-鿿]+)*")
_HAN = re.compile(r"[㐀-鿿]")
_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
_COLUMNS = re.compile(r"(?<=[^\s.!?:;,|·•])(?:[ \u00a0]{3,}|\t[ \t]*)(?=[^\s|·•])")
_WIDE = re.compile(r"(?<=[^\s.!?:;,|·•])[ \u00a0\u3000]{2,}(?=[^\s|·•])")
_SEPARATED = re.compile(r"\s[|·•]\s")
_BREAK = re.compile(r"\r\n?|[\n\v\f\x85\u2028\u2029]")
_CONTINUES = re.compile(r"[a-z]+[\s,.;]|[.,;)’]\S*\s")
_SENTENCE_END = re.compile(r"[.!?。！？…:：;；\u2600-\u27bf\U0001f300-\U0001faff][\"'”’」』）)\]\s\d]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, heading or list item: where it is, what it says, and whether a blank line (or nothing) is above it."""

    start: int
    end: int
    text: str
    gap: bool


def flatten(text: str) -> str:
    """Return a text on one line: breaks are spaces, and columns set apart by spaces ("Home   Search   Sign in") are parted by " | "."""
    if len(_WIDE.findall(text)) >= 2:
        return " ".join(_WIDE.sub(r" | ", text).split())
    return " ".join(_COLUMNS.sub(r" | ", text).split())


@lru_cache(maxsize=8)
def split_lines(text: str) -> tuple[Line, ...]:
    """Return the lines of a text, blank ones left out; what belongs together is one line."""
    groups: list[list[Line]] = []
    raw = list(_raw_lines(text))
    width = _wrap_width(raw)
    for line in raw:
        if groups and _goes_on(groups[-1][-1].text, line, width):
            groups[-1].append(line)
        else:
            groups.append([line])
    return tuple(Line(group[0].start, group[-1].end, " ".join(line.text for line in group), group[0].gap) for group in groups)


def _raw_lines(text: str) -> Iterator[Line]:
    end = 0
    for match in _LINE.finditer(text):
        if stripped := match[0].strip():
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            yield Line(start, start + len(stripped), flatten(stripped), end == 0 or len(_BREAK.findall(text, end, start)) > 1)
            end = start + len(stripped)


def _wrap_width(lines: Sequence[Line]) -> int:
    """Return the column at which the text was wrapped, 0 where it was not: most lines that go on are as long as they can be."""
    pairs = [(len(a.text), len(b.text.split(maxsplit=1)[0])) for a, b in pairwise(lines) if not b.gap and not is_item(b.text)]
    if len(pairs) < 3:
        return 0
    width = sorted(length for length, _ in pairs)[len(pairs) * 19 // 20]
    full = sum(length + 1 + word > width for length, word in pairs)
    return width if 40 <= width <= 120 and full * 2 >= len(pairs) else 0


def _goes_on(before: str, line: Line, width: int) -> bool:
    """Whether a line goes on with the sentence of the line before."""
    if is_item(line.text) or byline_names(line.text):
        return False
    if width and not line.gap and len(before) + 1 + len(line.text.split(maxsplit=1)[0]) > width:
        return True
    # A link or a ticker in the middle of a sentence often comes out as a line of its own.
    is_masthead = before.isupper() and count_words(before) <= 5
    if not _CONTINUES.match(line.text) or _SENTENCE_END.search(before) or is_item(before) or is_masthead or _SEPARATED.search(before):
        return False
    return max(len(before), len(line.text)) >= 60 or (not line.gap and count_words(before) >= 2)


def is_item(text: str) -> bool:
    """Return whether a line is an item of a list."""
    return bool(BULLET.match(text) or _NUMBERED.match(text))


def paragraphs(text: str, section: Section) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each paragraph of a section without the white space around it: text to parse as one piece.

    Bullets, headings and single lines are paragraphs of their own; hard-wrapped lines belong together.
    """
    lines = split_lines(text)
    first = max(0, bisect_right(lines, section.start, key=lambda line: line.start) - 1)
    for at in range(first, len(lines)):
        line = lines[at]
        if line.start >= section.end:
            return
        start, end = max(line.start, section.start), min(line.end, section.end)
        piece = text[start:end]
        if stripped := piece.strip():
            start += len(piece) - len(piece.lstrip())
            yield start, start + len(stripped)


def iso_date(match: re.Match[str]) -> str | None:
    """Return the day of a match of DATE in ISO 8601, None where there is no such day."""
    found = match.groupdict()
    keys = (
        ("y1", "m1", "d1"),
        ("y2", "m2", "d2"),
        ("y3", "m3", "d3"),
        ("y4", "n2", "n1"),
        ("y5", "o1", "o2"),
        ("y6", "m6", "d6"),
        ("y7", "m7", "d7"),
    )
    year, month, day = next((found[y], found[m], found[d]) for y, m, d in keys if found[y])
    return _iso(int(year), int(month) if month.isdigit() else _MONTHS.index(month.casefold()) + 1, int(day))


def read_date(text: str) -> str | None:
    """Return the day (or "2023-03", the month) that a field for a date names, in ISO 8601; None where it names none for certain."""
    words = text.strip()
    if match := _COMPACT.fullmatch(words):
        return _iso(int(match["y"]), int(match["m"]), int(match["d"]))
    if match := _MONTH_ONLY.fullmatch(words):
        return words if _iso(int(match["y"]), int(match["m"]), 1) else None
    return next((day for match in DATE.finditer(words) if (day := iso_date(match))), None)


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def byline_names(text: str) -> list[str]:
    """Return the names of a byline ("By X and Y", "記者 X"), none where the text is no byline."""
    if len(text) > SHORT:
        return []
    said = _PLACE.sub(" ", text) if text[:3] in {"By ", "BY "} else text
    match = _HAN_BYLINE.fullmatch(text) or _BYLINE.search(said) or _CREDITED.fullmatch(text) or _ORIGINAL.fullmatch(text)
    names = (match["names"] or match["name"]) if match else _AFFILIATION.sub("", text) if _AFFILIATION.search(text) else ""
    found = re.split(r",\s+(?:and\s+)?|\s+and\s+|\s+&\s+|[、\s](?=[㐀-鿿])", names.strip()) if names else []
    return found if match or (len(found) > 1 and all(_FULL_NAME.fullmatch(name) and " " in name for name in found)) else []


def plain(text: str) -> str:
    """Return the text as phrases are compared: folded, straight quotation marks, no marks before the first word."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'").replace("‘", "'")
    return re.sub(r"^[^\w©👉▲]+", "", re.sub(r"\s+", " ", folded)).strip()


def count_words(text: str) -> float:
    """Return how many words a text has; Han characters count by their average share of a word."""
    return len(_WORD.findall(text)) + len(_HAN.findall(text)) / 1.7
