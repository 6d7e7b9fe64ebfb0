"""What a page says of its article: title, publisher, authors, the day of publication and the language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hkcrypto.linefeatures import is_promotion
from hkcrypto.lines import DATE, count_words, iso_date, read_date
from hkcrypto.page import TIME, Page, authors_of, words
from hkcrypto.publisher import publisher_of
from hkcrypto.schema import CONTENT_SECTIONS, Language, Section

# 05/08/2025: the day goes first where Hong Kong writes it so; only where no other date stands above the article.
_DAY_FIRST = re.compile(r"(?<![\w/])(0?[1-9]|1[0-2])/(0?[1-9]|1[0-2])/((?:19|20)\d\d)(?![\w/])")
_COPYRIGHT = re.compile(r"(?i:©|copyright|\(c\))\D{0,30}((?:19|20)\d\d)(?!\s?[-–])")
_NAME_OF_MONTH = r"(Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DAY_MONTH = re.compile(rf"(?<!\d)(?:(\d{{1,2}})(?:st|nd|rd|th)? {_NAME_OF_MONTH}|{_NAME_OF_MONTH} (\d{{1,2}}))(?!\d|,? \d{{4}})")
_MONTH = re.compile(r"(?<!\d )(?i:(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\.?,?\s+((?:19|20)\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of an article; `published` is an ISO date."""

    title: str | None
    publisher: str | None
    authors: tuple[str, ...]
    published: str | None
    language: Language


def read_metadata(text: str, sections: Sequence[Section]) -> Metadata:
    """Return what the text itself says of its title, publisher, authors, day of publication and language."""
    page = Page(text, tuple(sections))
    publisher = publisher_of(page)
    return Metadata(
        title=next((" ".join(text[s.start : s.end].split()) for s in sections if s.kind == "title"), None),
        publisher=publisher,
        authors=tuple(name for name in authors_of(page) if name != publisher),
        published=_published(page),
        language=_language(text, sections),
    )


def _published(page: Page) -> str | None:
    """Return the day of the front matter, else that of a line below the article, else the month of the front matter.

    One that the page calls that of publication goes first, one of a later change last.
    """
    ranks: dict[int, str] = {}
    for line in page.lines("byline", "boilerplate", "references", where="front"):
        if is_promotion(line):
            continue
        for match in DATE.finditer(line):
            if day := iso_date(match):
                ranks.setdefault(_rank(line[: match.start()].casefold()), day)
        if unsure := _DAY_FIRST.search(line):
            ranks.setdefault(3, f"{unsure[3]}-{unsure[2]:0>2}-{unsure[1]:0>2}")
    if 0 not in ranks and 1 not in ranks and (day := _closing_date(page)):
        return day
    return ranks[min(ranks)] if ranks else _yearless(page) or _month(page)


def _rank(before: str) -> int:
    if any(word in before[-20:] for word in words()["later_dates"]):
        return 2
    return 0 if any(word in before[-24:] for word in words()["first_dates"]) else 1


def _closing_date(page: Page) -> str | None:
    """Return the date of a line below the article, or at its end, that has little else in it; teasers have dates of their own."""
    below = [*page.lines("byline", "boilerplate", "references", where="back")]
    for line in [*list(page.lines("body"))[-2:], *below]:
        match = DATE.search(line)
        opening = line[: match.start()].casefold() if match else ""
        if not match or len(line) > 120 or any(word in opening for word in words()["later_dates"]) or "©" in line:
            continue
        rest = TIME.sub(" ", f"{opening} {line[match.end() :]}")
        is_said = re.match(rf"\W*(?:{'|'.join(words()['closing_dates'])})(?!\w)", line.casefold()) or _rank(opening) == 0
        if is_said or count_words(rest) <= (1 if line.endswith(".") else 3):
            return iso_date(match)
    return None


def _yearless(page: Page) -> str | None:
    """Return the day of a front matter that leaves out the year, which the copyright line has."""
    years = {match[1] for line in page.lines("boilerplate", "byline") for match in _COPYRIGHT.finditer(line)}
    if len(years) == 1:
        for line in page.lines("byline", where="front"):
            if match := _DAY_MONTH.search(line):
                return read_date(f"{match[1] or match[4]} {match[2] or match[3]} {years.pop()}")
    return None


def _month(page: Page) -> str | None:
    """Return the month ("2025-08") that a short line of the front matter names."""
    for line in page.lines("byline", "boilerplate", where="front"):
        if count_words(line) <= 10 and (match := _MONTH.search(line)):
            return read_date(f"1 {match[1]} {match[2]}")[:7]  # type: ignore[index]  # every month has a first
    return None


def _language(text: str, sections: Sequence[Section]) -> Language:
    """Tell the language by script: Han against other words, then by characters that only one form of Chinese has."""
    content = "".join(text[s.start : s.end] for s in sections if s.kind in CONTENT_SECTIONS) or text
    han = len(re.findall(r"[㐀-鿿]", content))
    tokens = re.findall(r"[^\W\d_㐀-鿿]+", content)
    if han > len(tokens):
        if len(re.findall(r"[぀-ヿ가-힣]", content)) > han / 20:
            return "other"
        hant, hans = (sum(content.count(c) for c in set(words()[kind])) for kind in ("hant", "hans"))
        return "zh-Hans" if hans > hant else "zh-Hant"
    common = sum(word.casefold() in words()["english"] for word in tokens)
    ascii_words = sum(word.isascii() for word in tokens)
    return "en" if ascii_words * 10 >= len(tokens) * 9 and (common * 10 >= len(tokens) or len(tokens) < 20) and tokens else "other"
