"""Dates in English text, resolved against the day or month of publication."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hkcrypto.pipeline import periods
from hkcrypto.pipeline.dategrammar import Atom, lex
from hkcrypto.pipeline.dateresolver import OFFSETS, Resolver, in_year, is_yearless
from hkcrypto.pipeline.tense import Tenses

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hkcrypto.pipeline.numerals import Hit

_DAYS = frozenset({"day_month", "month_day", "iso", "numeric"})
_CALENDAR = frozenset({"day_month", "month_day", "month", "quarter", "quarter_code", "code_quarter", "year_quarter"})
_ANCHORS = frozenset({"day_month", "month_day", "iso", "month", "year"})
_ENDS_OF_RANGE = _CALENDAR | _DAYS | {"year", "weekday"}

_APART = 14
_BESIDE = re.compile(r"[\s,(]*(?:the\s+)?")
_INSIDE = re.compile(r",?\s*\(?(?:(?:in|on)\s+)?")
_RANGE = re.compile(r"\s*[-–—]\s*|,?\s+(?:to|through|until|till)\s+")
_AND = re.compile(r"\s+and\s+")
_LIST = re.compile(r",?\s+(?:and|or|to)\s+|,\s+|\s*[-–—]\s*")
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?$", re.IGNORECASE)

_DATELINE = re.compile(r"(?:^|\n)[^\S\n]*[A-Z][A-Z .'’-]{2,40}(?:,[^\S\n]+[A-Z][\w .]{1,20})?,[^\S\n]+$")
_AFTER_DATELINE = re.compile(r"\s*(?:[(/—–-]|\[)")
_HEADER = re.compile(r"(?:^|\n)[^\S\n]*(?:Published|Posted|Issued|Dated?)\b[^\n]{0,30}$")


def find_dates(text: str, start: int, end: int, published: str | None) -> Iterator[Hit]:
    """Yield the dates of text[start:end] that can be resolved: {"date"} in ISO 8601, with quarters ("2023-Q1") and halves ("2025-H1").

    Without a publication date only those that carry their own year are.
    """
    atoms = list(lex(text, start, end))
    _share_years(text, atoms)
    framed = _framed(text, atoms)
    resolver = Resolver(Tenses(text, start, end), periods.parse(published))
    skip = False
    for index, (atom, frame) in enumerate(framed):
        if skip:
            skip = False
            continue
        following = framed[index + 1] if index + 1 < len(framed) else None
        if following and following[1] is None and _is_range(text, atom, following[0]):
            period = resolver.resolve_range(atom, following[0])
            if period:
                yield atom.start, following[0].end, {"date": period.iso}
                skip = True
                continue
        period = resolver.resolve(atom, frame)
        if period:
            yield atom.start, atom.end, {"date": period.iso}


def infer_published(text: str, spans: Sequence[tuple[int, int]]) -> str | None:
    """Return the month (YYYY-MM) or day in which the text must have been written; None where its anchors do not tell or disagree.

    Anchors are datelines, "today (28 March 2023)", and relative dates beside the ones that they stand for ("last year in September 2022").
    """
    years: set[int] = set()
    months: set[int] = set()
    days: set[int] = set()
    for start, end in spans:
        atoms = list(lex(text, start, end))
        for index, atom in enumerate(atoms):
            anchor = _anchor(text, atoms[index - 1] if index else None, atom)
            for known, part in zip((years, months, days), anchor, strict=True):
                known.update({part} if part else ())
    if len(years) != 1 or len(months) != 1 or len(days) > 1:
        return None
    month = f"{min(years):04}-{min(months):02}"
    return f"{month}-{min(days):02}" if days else month


def _anchor(text: str, before: Atom | None, atom: Atom) -> tuple[int | None, int | None, int | None]:
    """Return what an expression tells of the year, month and day of writing."""
    readable = atom.rule in _ANCHORS and "rel" not in atom.parts
    period = in_year(atom, int(atom.parts.get("y", "2000"))) if readable else None
    if not period:
        return None, None, None
    year, month, day = period.year if "y" in atom.parts else None, period.first.month, period.first.day
    if atom.rule in _DAYS and year and _is_heading(text, atom):
        return year, month, day
    if before and _joined(_INSIDE, text, before, atom):
        if before.rule == "today" and atom.rule in _DAYS and before.parts["t"].lower() == "today":
            return year, month, day
        if before.rule == "unit" and before.parts["u"] == "year":
            return year - OFFSETS[before.parts["rel"].lower()] if year else None, None, None
        if before.rule == "unit" and before.parts["u"] == "month" and atom.rule != "year":
            written = periods.month(year or 2000, month - OFFSETS[before.parts["rel"].lower()])
            return written.year if year else None, written.first.month, None
    return None, None, None


def _is_heading(text: str, atom: Atom) -> bool:
    line = text[max(0, atom.start - 80) : atom.start]
    return bool((_DATELINE.search(line) and _AFTER_DATELINE.match(text, atom.end)) or _HEADER.search(line))


def _share_years(text: str, atoms: list[Atom]) -> None:
    """Give the year at the end of a list to what stands before it ("March 3 and April 5, 2024")."""
    for atom, following in zip(reversed(atoms[:-1]), reversed(atoms[1:]), strict=True):
        alike = is_yearless(atom) and following.rule in _CALENDAR and atom.parts.keys() & {"d", "q"} == following.parts.keys() & {"d", "q"}
        if alike and "y" in following.parts and _joined(_LIST, text, atom, following):
            year = int(following.parts["y"])
            first, last = in_year(atom, year), in_year(following, year)
            if first and last and first.first <= last.first:
                atom.parts["y"] = following.parts["y"]


def _framed(text: str, atoms: list[Atom]) -> list[tuple[Atom, Atom | None]]:
    """Return each date with the relative one before it that it makes precise ("next month on April 28th"); no weekday beside a day."""
    framed: list[tuple[Atom, Atom | None]] = []
    for atom in atoms:
        before, frame = framed[-1][0] if framed else None, None
        if before and before.rule in _DAYS and atom.rule == "weekday" and _joined(_BESIDE, text, before, atom):
            continue
        if before and before.rule == "weekday" and atom.rule in _DAYS and _joined(_BESIDE, text, before, atom):
            framed.pop()
        elif before and before.rule == "unit" and _narrows(atom) and _joined(_INSIDE, text, before, atom):
            frame = framed.pop()[0]
        framed.append((atom, frame))
    return framed


def _narrows(atom: Atom) -> bool:
    return (atom.rule in _CALENDAR or atom.rule == "weekday") and "rel" not in atom.parts


def _is_range(text: str, first: Atom, last: Atom) -> bool:
    if first.rule not in _ENDS_OF_RANGE or last.rule not in _ENDS_OF_RANGE:
        return False
    between = _BETWEEN.search(text, max(0, first.start - 14), first.start)
    return _joined(_RANGE, text, first, last) or bool(between and _joined(_AND, text, first, last))


def _joined(pattern: re.Pattern[str], text: str, first: Atom, last: Atom) -> bool:
    return last.start - first.end <= _APART and bool(pattern.fullmatch(text, first.end, last.start))
