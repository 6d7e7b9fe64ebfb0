"""Stretches of the calendar: their ISO form, and where one lies in relation to a day of publication."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

_PUBLISHED = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(?![0-9])")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, first and last included, and how ISO 8601 (with quarters and halves) writes it."""

    iso: str
    first: date
    last: date

    @property
    def year(self) -> int:
        """The year in which it begins."""
        return self.first.year


def day(when: date) -> Period:
    """Return one day."""
    return Period(when.isoformat(), when, when)


def month(year: int, number: int) -> Period:
    """Return a month; numbers below 1 and above 12 run into the years around."""
    year, index = year + (number - 1) // 12, (number - 1) % 12 + 1
    return Period(f"{year:04}-{index:02}", date(year, index, 1), date(year, index, calendar.monthrange(year, index)[1]))


def quarter(year: int, number: int) -> Period:
    """Return a quarter; numbers below 1 and above 4 run into the years around."""
    year, index = year + (number - 1) // 4, (number - 1) % 4 + 1
    return Period(f"{year:04}-Q{index}", month(year, 3 * index - 2).first, month(year, 3 * index).last)


def half(year: int, number: int) -> Period:
    """Return the first or second half of a year."""
    return Period(f"{year:04}-H{number}", month(year, 6 * number - 5).first, month(year, 6 * number).last)


def year(number: int) -> Period:
    """Return a year."""
    return Period(f"{number:04}", date(number, 1, 1), date(number, 12, 31))


def week(when: date) -> Period:
    """Return the week of a day, from Monday to Sunday."""
    monday = when - timedelta(days=when.weekday())
    return days(monday, monday + timedelta(days=6))


def days(first: date, last: date) -> Period:
    """Return the stretch from one day to another."""
    return Period(f"{first.isoformat()}/{last.isoformat()}", first, last)


def span(first: Period, last: Period) -> Period | None:
    """Return the stretch over both, in their own precision where they share it; None where the second is over before the first begins."""
    if last.last < first.first or "/" in first.iso + last.iso:
        return None
    if len(first.iso) == len(last.iso):
        return Period(f"{first.iso}/{last.iso}", first.first, last.last)
    return days(first.first, last.last)


def on(year_number: int, month_number: int, day_number: int) -> Period | None:
    """Return a day given by its numbers, None where the calendar has none such."""
    try:
        return day(date(year_number, month_number, day_number))
    except ValueError:
        return None


def parse(published: str | None) -> Period | None:
    """Return the period of an ISO day, month or year (a time behind it is ignored), None where it is none."""
    match = _PUBLISHED.match(published or "")
    if not match or not _FIRST_YEAR < int(match[1]) < _LAST_YEAR:
        return None
    if match[3]:
        return on(int(match[1]), int(match[2]), int(match[3]))
    if match[2]:
        return month(int(match[1]), int(match[2])) if 1 <= int(match[2]) <= 12 else None
    return year(int(match[1]))
