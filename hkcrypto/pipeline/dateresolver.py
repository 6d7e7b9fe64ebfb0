"""From a date expression to its place in the calendar, seen from the publication of the text."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from hkcrypto.pipeline import periods
from hkcrypto.pipeline.dategrammar import CLOSING, MONTHS, QUARTERS, WEEKDAYS, Atom
from hkcrypto.pipeline.numerals import number

if TYPE_CHECKING:
    from collections.abc import Callable

    from hkcrypto.pipeline.periods import Period
    from hkcrypto.pipeline.tense import Tenses

OFFSETS = {"last": -1, "this": 0, "current": 0, "next": 1, "coming": 1}
_LENGTHS = {"day": 1, "week": 7, "fortnight": 14}
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}


def in_year(atom: Atom, year: int) -> Period | None:
    """Return the day, days, month, quarter, half or year that the expression names in that year, None where the calendar has none such."""
    parts = atom.parts
    if "q" in parts:
        index = QUARTERS.get(parts["q"].lower()) or int(parts["q"])
        if parts["k"] in {"quarter", "Q"}:
            return periods.quarter(year, index)
        return periods.half(year, index) if index < 3 else None
    if "m" not in parts:
        return closing(parts, periods.year(year))
    month = MONTHS.index(parts["m"].lower()[:3]) + 1 if parts["m"][0].isalpha() else int(parts["m"])
    if "d" not in parts:
        return closing(parts, periods.month(year, month))
    first = periods.on(year, month, int(parts["d"]))
    if "d2" not in parts or first is None:
        return first
    last = periods.on(year, month, int(parts["d2"]))
    return periods.span(first, last) if last else None


def closing(parts: dict[str, str], period: Period) -> Period:
    """Return the last day of the period where the expression says "end of", else the period."""
    return periods.day(period.last) if parts.get("edge", "").lower() in CLOSING else period


class Resolver:
    """Resolves the expressions of one stretch of text in order; `published` is the day, month or year of publication, if known."""

    def __init__(self, tenses: Tenses, published: Period | None) -> None:
        self._tenses = tenses
        self._published = published
        self._day = published.first if published and published.first == published.last else None
        self._month = published if published and (published.last - published.first).days < 31 else None
        self._previous: tuple[int, Period] | None = None
        self._rules: dict[str, Callable[[Atom], Period | None]] = {
            "numeric": self._numeric,
            "first_months": self._first_months,
            "fiscal": self._years,
            "years": self._years,
            "within": self._within,
            "year_end": self._year_end,
            "unit": self.relative,
            "next_years": self._next_years,
            "ago": self._ago,
            "later": self._later,
            "weekday": self._weekday,
            "today": self._today,
        }

    def resolve(self, atom: Atom, frame: Atom | None = None) -> Period | None:
        """Return the period of an expression, None where it cannot be known; a frame ("last year in …") narrows it."""
        period = self._framed(atom, frame) if frame else None
        period = period or self._rules.get(atom.rule, self._calendar)(atom)
        return self.remember(atom, period)

    def resolve_range(self, first: Atom, last: Atom) -> Period | None:
        """Return the period from the first expression to the last; one without a year takes that of the other."""
        if "y" in last.parts and is_yearless(first):
            end = self.resolve(last)
            candidates = [in_year(first, end.year - back) for back in (0, 1)] if end else []
            begin = next((period for period in candidates if period and end and period.first <= end.first), None)
        else:
            begin = self.resolve(first)
            if begin and is_yearless(last):
                candidates = [in_year(last, begin.year + ahead) for ahead in (0, 1)]
                end = next((period for period in candidates if period and period.first >= begin.first), None)
            else:
                end = self.resolve(last)
        return self.remember(last, periods.span(begin, end)) if begin and end else None

    def remember(self, atom: Atom, period: Period | None) -> Period | None:
        """Keep what later expressions may refer to ("that January", "a year later"); return the period."""
        if period:
            self._previous = atom.end, period
        return period

    def relative(self, atom: Atom) -> Period | None:
        """Return the week, month, quarter, year or season (as its year) before, at or after publication."""
        unit, offset = atom.parts["u"], OFFSETS[atom.parts["rel"].lower()]
        if unit == "year":
            return closing(atom.parts, periods.year(self._published.year + offset)) if self._published else None
        if unit in _SEASONS:
            return self._season(unit, offset)
        if unit.startswith("week"):
            week = periods.week(self._day + timedelta(days=7 * offset)) if self._day else None
            return periods.days(week.last - timedelta(days=1), week.last) if week and unit == "weekend" else week
        if not self._month:
            return None
        month = self._month.first.month
        if unit == "quarter":
            return periods.quarter(self._month.year, (month + 2) // 3 + offset)
        return closing(atom.parts, periods.month(self._month.year, month + offset))

    def _season(self, name: str, offset: int) -> Period | None:
        if not self._month:
            return None
        (first, last), month = _SEASONS[name], self._month.first.month
        moved = {-1: -(month <= last), 0: 0, 1: int(month >= first)}[offset]
        return periods.year(self._month.year + moved)

    def _framed(self, atom: Atom, frame: Atom) -> Period | None:
        around = self.relative(frame)
        if around is None or "y" in atom.parts:
            return None
        if atom.rule == "weekday":
            days = (around.last - around.first).days
            return periods.day(around.first + timedelta(days=WEEKDAYS.index(atom.parts["w"]))) if days == 6 else None
        options = (in_year(atom, year) for year in {around.first.year, around.last.year})
        return next((period for period in options if period and period.first <= around.last and period.last >= around.first), None)

    def _calendar(self, atom: Atom) -> Period | None:
        parts = atom.parts
        if (year := self._year(parts)) is not None:
            return in_year(atom, year)
        relation = parts.get("rel", "").lower()
        if relation == "that":
            return in_year(atom, self._previous[1].year) if self._previous else None
        if not self._month and not (relation == "this" and self._published):
            return None
        return self._nearest(atom, lambda year: in_year(atom, year), relation)

    def _year(self, parts: dict[str, str]) -> int | None:
        if "y" in parts:
            return int(parts["y"])
        if "yy" in parts:
            return 2000 + int(parts["yy"])
        if ("ry" in parts or "ty" in parts) and self._published:
            return self._published.year + OFFSETS[parts.get("ry", "this")]
        return None

    def _nearest(self, atom: Atom, option: Callable[[int], Period | None], relation: str = "") -> Period | None:
        """Return the latest such period that had begun at publication, or the next that is not over, as the sentence has it."""
        published = self._published
        if not published:
            return None
        if relation == "this":
            return option(published.year)
        # Four years either way, for 29 February.
        options = [period for year in range(published.year - 4, published.year + 5) if (period := option(year))]
        strict = relation != ""
        past = [period for period in options if (period.last < published.first if strict else period.first <= published.last)]
        future = [period for period in options if (period.first > published.last if strict else period.last >= published.first)]
        if not past or not future:
            return None
        looks = {"last": "past", "next": "future"}.get(relation) or self._tenses.direction(atom.start, atom.end)
        ahead, back = (future[0].first - published.last).days, (published.first - past[-1].last).days
        if (looks == "near" and ahead < back) or (looks is None and "d" in atom.parts and ahead <= 45 and back > 300):
            looks = "future"
        return future[0] if looks == "future" else past[-1]

    def _numeric(self, atom: Atom) -> Period | None:
        """Return a day in figures, where only one order of day and month is possible."""
        first, second, year = int(atom.parts["d"]), int(atom.parts["m"]), int(atom.parts["y"])
        options = {(first, second), (second, first)}
        days = [period for day, month in options if 1 <= month <= 12 and (period := periods.on(year, month, day))]
        return days[0] if len(days) == 1 else None

    def _first_months(self, atom: Atom) -> Period | None:
        year, months = self._year(atom.parts), int(number(atom.parts["n"])) * (3 if atom.parts["u"] == "quarter" else 1)
        return periods.days(date(year, 1, 1), periods.month(year, months).last) if year and 1 <= months <= 12 else None

    @staticmethod
    def _years(atom: Atom) -> Period | None:
        first = int(atom.parts["y"])
        first += 2000 if first < 100 else 0
        if "y2" not in atom.parts:
            return periods.year(first)
        last = int(atom.parts["y2"])
        last += first // 100 * 100 if last < 100 else 0
        return periods.span(periods.year(first), periods.year(last)) if first < last <= first + 30 else None

    def _within(self, atom: Atom) -> Period | None:
        around = self._published
        if around and atom.parts["u"] == "year":
            around = periods.year(around.year)
        elif self._month:
            around = periods.month(self._month.year, self._month.first.month)
        return closing(atom.parts, around) if around else None

    def _year_end(self, atom: Atom) -> Period | None:
        if "y" in atom.parts:
            return periods.on(int(atom.parts["y"]), 12, 31)
        if self._tenses.direction(atom.start, atom.end) != "past":
            return periods.on(self._published.year, 12, 31) if self._published else None
        return self._nearest(atom, lambda year: periods.on(year, 12, 31))

    def _next_years(self, atom: Atom) -> Period | None:
        """Return the next years; from the second half of a year on, they begin with the one after it."""
        count = int(number(atom.parts["n"]))
        if not self._month or not 2 <= count <= 30:
            return None
        first = self._month.year + (self._month.first.month > 6)
        return periods.span(periods.year(first), periods.year(first + count - 1))

    def _ago(self, atom: Atom) -> Period | None:
        return self._moved(self._published, -int(number(atom.parts["n"])), atom.parts["u"])

    def _later(self, atom: Atom) -> Period | None:
        """Return the time so long after the date before it in the sentence."""
        if not self._previous or self._previous[0] < self._tenses.sentence_start(atom.start):
            return None
        origin, count, unit = self._previous[1], int(number(atom.parts["n"])), atom.parts["u"]
        if unit == "year" and (origin.last - origin.first).days < 31:
            count, unit = 12 * count, "month"
        return self._moved(origin, count, unit)

    @staticmethod
    def _moved(origin: Period | None, count: int, unit: str) -> Period | None:
        if not origin:
            return None
        if unit == "year":
            return periods.year(origin.year + count) if abs(count) < 200 else None
        length = (origin.last - origin.first).days
        if unit == "month":
            return periods.month(origin.year, origin.first.month + count) if length < 31 else None
        if length:
            return None
        day = origin.first + timedelta(days=count * _LENGTHS[unit])
        return periods.day(day) if unit == "day" else periods.week(day)

    def _weekday(self, atom: Atom) -> Period | None:
        if not self._day:
            return None
        parts, index = atom.parts, WEEKDAYS.index(atom.parts["w"])
        relation = parts.get("rel", "").lower()
        if "wr" in parts or relation == "this":
            monday = periods.week(self._day).first + timedelta(days=7 * OFFSETS[parts.get("wr", "this")])
            return periods.day(monday + timedelta(days=index))
        ahead = (index - self._day.weekday()) % 7
        if relation in {"next", "coming"}:
            return periods.day(self._day + timedelta(days=ahead or 7))
        if relation == "last":
            return periods.day(self._day + timedelta(days=ahead - 7))
        if self._tenses.direction(atom.start, atom.end) == "future":
            return periods.day(self._day + timedelta(days=ahead))
        return periods.day(self._day + timedelta(days=ahead - 7 if ahead else 0))

    def _today(self, atom: Atom) -> Period | None:
        moved = {"yesterday": -1, "tomorrow": 1}.get(atom.parts["t"].lower(), 0)
        return periods.day(self._day + timedelta(days=moved)) if self._day else None


def is_yearless(atom: Atom) -> bool:
    """Return whether the expression needs a year from elsewhere."""
    return ("m" in atom.parts or "q" in atom.parts) and not atom.parts.keys() & {"y", "yy", "ry", "ty", "rel"}
