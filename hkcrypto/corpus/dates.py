"""Dates of the ontology as stretches of days."""

from __future__ import annotations

import re

from hkcrypto.pipeline.periods import Period, half, parse, quarter, span

_PART_OF_YEAR = re.compile(r"(\d{4})-([QH])([1-4])")


def period(iso: str | None) -> Period | None:
    """Return the days of an ISO day, month, year, quarter, half or range; None where it is none."""
    first, _, last = (iso or "").partition("/")
    start, end = _part(first), _part(last or first)
    return span(start, end) if start and end and last else start


def disjoint(one: str, other: str) -> bool:
    """Return whether two dates have no day in common; what is no date has one with every other."""
    a, b = period(one), period(other)
    return a is not None and b is not None and (a.last < b.first or b.last < a.first)


def first_day(iso: str | None) -> str:
    """Return the first day of a date, "" where it is none."""
    found = period(iso)
    return found.first.isoformat() if found else ""


def last_day(iso: str | None) -> str:
    """Return the last day of a date, "" where it is none."""
    found = period(iso)
    return found.last.isoformat() if found else ""


def length(iso: str | None) -> int:
    """Return how many days a date leaves open, -1 where it is none."""
    found = period(iso)
    return (found.last - found.first).days if found else -1


def _part(iso: str) -> Period | None:
    match = _PART_OF_YEAR.fullmatch(iso)
    if match:
        number = int(match[3])
        return quarter(int(match[1]), number) if match[2] == "Q" else half(int(match[1]), min(number, 2))
    return parse(iso)
