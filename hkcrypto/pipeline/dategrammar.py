"""How English news writes dates: the patterns, and whether what they match is used as a date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from hkcrypto.pipeline.numerals import GAP, SMALL_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
QUARTERS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "final": 4}
CLOSING = frozenset({"end", "close"})


@dataclass(slots=True)
class Atom:
    """One date expression: the rule that found it, its place, and its named parts that are there."""

    rule: str
    start: int
    end: int
    parts: dict[str, str]


_FULL = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_SHORT = r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
_ANY_MONTH = "|".join(chain(_FULL, (name.upper() for name in _FULL)))
_M = rf"(?P<m>(?:{_SHORT})\.(?=\s?[0-9])|(?:{_ANY_MONTH}|{_SHORT})\b)"
_AFTER_DAY = rf"(?![\w%]|[.:][0-9]|,[0-9]{{3}}(?![0-9])|{GAP}(?:%|(?:per\s?cent|percent|hundred|thousand|million|billion|trillion)\b))"
_DAY = r"0?[1-9]|[12][0-9]|3[01]"
_D = rf"(?P<d>{_DAY})(?:st|nd|rd|th)?{_AFTER_DAY}"
_D2 = rf"(?P<d2>{_DAY})(?:st|nd|rd|th)?{_AFTER_DAY}"
_YEAR = r"(?:199[0-9]|20[0-4][0-9])"
_Y = rf"(?P<y>{_YEAR})(?![0-9]|[.,][0-9]|[%-]?\w)"
_RY = rf"(?P<ry>this|last|next){GAP}year\b"
_OF_YEAR = rf"(?:of{GAP})?(?:{_Y}|{_RY})"
_IN_YEAR = rf"(?:(?:of|in){GAP})?(?:the{GAP}|(?:fiscal|financial){GAP}(?:year{GAP})?)?(?:{_Y}|{_RY}|(?P<ty>year)\b)"
_EDGE_WORD = (
    r"(?P<edge>[Ee]arl(?:y|ier)|[Ll]ater?|[Mm]id"
    rf"|[Ee]nd(?!{GAP}in\b)|(?:[Mm]iddle|[Ss]tart|[Bb]eginning|[Cc]lose)(?={GAP}of\b))"
)
_EDGE = rf"(?:{_EDGE_WORD}(?:-|{GAP})(?:(?:of|in){GAP})?)"
_TO = rf"(?:{GAP}?[-–—]{GAP}?|{GAP}(?:to|through|until|till){GAP})"
_NUMBER = rf"(?P<n>{SMALL_WORDS}|[0-9]{{1,3}})"
_SOME = rf"(?P<n>[Aa]n?\b|{SMALL_WORDS}|[0-9]{{1,3}})"
_NTH = r"(?P<q>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]inal|1st|2nd|3rd|4th)"
_LENGTH = r"(?P<u>day|week|fortnight|month|year)s?"
_COMING = rf"{GAP}(?:coming{GAP}|past{GAP})?"
_Y2 = r"(?P<y2>(?:20)?[0-9]{2})"
# A list number on the next line is no day of the month.
_TO_DAY = r"(?:[^\S\n]{1,3}|[^\S\n]?\n(?![0-9]+[.)]))"

# The first rule that matches at a place has it, so the longer expressions come first.
_RULES = {
    "iso": rf"(?P<y>{_YEAR})[-/.](?P<m>0[1-9]|1[0-2])[-/.](?P<d>0[1-9]|[12][0-9]|3[01])(?=T[0-9]|(?![\w/-]))",
    "numeric": rf"(?P<d>[0-9]{{1,2}})[-/.](?P<m>[0-9]{{1,2}})[-/.](?P<y>{_YEAR})(?![\w/-])",
    "month_days": rf"{_M}{_TO_DAY}{_D}{_TO}{_D2}(?!{GAP}(?:{_SHORT}|May))(?:,?{GAP}{_Y})?",
    "days_month": rf"{_D}{_TO}{_D2}{GAP}(?:of{GAP})?{_M}(?:,?{GAP}{_OF_YEAR})?",
    "day_month": rf"{_D}{GAP}(?:of{GAP})?{_M}(?:,?{GAP}{_OF_YEAR})?",
    "month_day": rf"{_M}{_TO_DAY}(?:the{GAP})?{_D}(?:,?{GAP}?{_OF_YEAR})?",
    "quarter": rf"{_EDGE}?{_NTH}(?:-|{GAP})(?P<k>quarter|half)\b(?:,?{GAP}{_IN_YEAR})?",
    "quarter_code": rf"(?P<k>[QH])(?P<q>[1-4])(?:,?(?:{GAP}|[-/])?(?:of{GAP})?(?:FY{GAP}?)?{_Y}|{GAP}?['’](?P<yy>[0-9]{{2}}))?(?!\w)",
    "code_quarter": rf"(?P<q>[1-4])(?P<k>[QH])(?:{GAP}?(?:of{GAP})?{_Y}|{GAP}?['’]?(?P<yy>[0-9]{{2}}))?(?!\w)",
    "year_quarter": rf"(?P<y>{_YEAR}){GAP}?(?P<k>[QH])(?P<q>[1-4])(?!\w)",
    "first_months": rf"[Ff]irst{GAP}{_NUMBER}{GAP}(?P<u>month|quarter)s{GAP}{_IN_YEAR}",
    "fiscal": rf"(?:FY|[Ff]iscal(?:{GAP}year)?|[Ff]inancial{GAP}year)(?:{GAP}|-)?(?P<y>{_YEAR}|[0-9]{{2}})(?:[-–/]{_Y2})?(?!\w|[.,][0-9])",
    "years": rf"(?P<y>{_YEAR})[-–/]{_Y2}(?![\w/-]|[.,][0-9])",
    "within": rf"{_EDGE_WORD}{GAP}(?:of|in){GAP}the{GAP}(?P<u>month|year)\b",
    "year_end": rf"[Yy]ear-end(?:{GAP}{_Y})?\b",
    "month": rf"{_EDGE}?(?:(?P<rel>[Ll]ast|[Nn]ext|[Tt]his|[Tt]hat){_COMING})?{_M}(?!{_TO_DAY}{_D})(?:,?{GAP}{_OF_YEAR})?",
    "year": rf"{_EDGE}?{_Y}",
    "unit": rf"{_EDGE}?(?P<rel>[Ll]ast|[Tt]his|[Nn]ext|[Cc]urrent){GAP}"
    r"(?P<u>week(?:end)?|month|quarter|year|spring|summer|autumn|fall)\b(?!-)",
    "next_years": rf"(?:[Nn]ext|[Cc]oming){GAP}{_NUMBER}{GAP}years\b",
    "ago": rf"{_SOME}{GAP}{_LENGTH}{GAP}ago\b",
    "later": rf"{_SOME}{GAP}{_LENGTH}{GAP}later\b",
    "weekday": rf"(?:(?P<rel>[Ll]ast|[Nn]ext|[Tt]his|[Cc]oming){_COMING})?(?P<w>{'|'.join(WEEKDAYS)})\b(?!\.\w|-)"
    rf"(?:{GAP}(?P<wr>last|this|next){GAP}week\b)?",
    "today": r"(?P<t>[Tt]oday|[Tt]onight|[Yy]esterday|[Tt]omorrow)\b(?!['’]s)",
}
_PARSERS = {name: re.compile(pattern) for name, pattern in _RULES.items()}
_PART = re.compile(r"\(\?P<[a-z0-9]+>")
_BRANCHES = "|".join(f"(?P<{name}>{_PART.sub('(?:', pattern)})" for name, pattern in _RULES.items())
_ANY = re.compile(rf"\b(?<![\w/$€£¥@#])(?<![0-9][.,-])(?:{_BRANCHES})")

_LOOK = 24
_NAME_LIKE = frozenset({"mar", "apr", "may", "jun", "aug"})
_CLEARLY_IN = re.compile(r"\b(?:in|since|during|until|till|early|late|mid)[\s-]+$", re.IGNORECASE)
_LOOSELY_IN = re.compile(
    rf"\b(?:by|from|of|to|before|after|for|through|between|around|as|(?:(?:{_ANY_MONTH}|{_SHORT})(?:\.|\b),?{GAP}(?:and|or|to)))\s+$",
    re.IGNORECASE,
)
_MONTH_NEXT = re.compile(rf"(?:\s+(?:to|and|or|through|until)\s+|\s?[-–—/]\s?)(?:{_ANY_MONTH}|{_SHORT})\b")
_ATTRIBUTE = re.compile(r"(?:\b(?:the|a|an|its|their|his|her|our)|['’]s?)\s+$", re.IGNORECASE)
_CAPITAL_NEXT = re.compile(r"\s+[A-Z][a-z]")
_LOWER_NEXT = re.compile(r"[\s-]+[a-z]{3,}")

_YEAR_IN = re.compile(
    r"\b(?:in|since|by|until|till|during|through|throughout|around|circa|year|into|beyond|pre|post|before|after|mid|founded|established|formed)"
    r"(?:\s+(?:the\s+)?(?:year\s+)?|-)$",
    re.IGNORECASE,
)
_YEAR_AFTER = re.compile(rf"(?:\b(?:of|for|to|from|between|than)|{_YEAR},?\s+(?:and|or|to|versus|vs\.?)|[(\[])\s*$", re.IGNORECASE)
_COUNTED = re.compile(r"\s+(?!(?:was|has|onwards|towards|always|this|its|plus)\b)(?:[a-z]+[^sui\W]s|people)\b")
_AS_SUBJECT = re.compile(r"\s+(?:was|is|will|has|saw|marked|brought)\b")
_OPENING = re.compile(r"(?:^|[.!?\n])\s*$")
_NO_WEEKDAY = re.compile(r"\b(?:every|each|black|good|super|ash|cyber|easter|palm|most|the)\s+$", re.IGNORECASE)
_IN_THE = re.compile(r"\b(?:in|during|for|over|by)\s+the\s+$", re.IGNORECASE)
_ONE_OF_SEVERAL = re.compile(r"\ban?\s+$", re.IGNORECASE)
_REPEATED = re.compile(r"\s+(?:in\s+a\s+row|running|straight|consecutive)\b")


def lex(text: str, start: int, end: int) -> Iterator[Atom]:
    """Yield the date expressions of text[start:end] in order, without those that are names, numbers or other words."""
    for match in _ANY.finditer(text, start, end):
        rule = match.lastgroup or ""
        parsed = _PARSERS[rule].match(text, match.start(), end)
        if parsed:
            atom = Atom(rule, parsed.start(), parsed.end(), {name: part for name, part in parsed.groupdict().items() if part})
            # "In March 20 firms" has no day.
            if atom.parts.keys() == {"m", "d"} and rule == "month_day" and text[max(0, atom.start - 3) : atom.start].lower() == "in ":
                atom = Atom("month", atom.start, parsed.end("m"), {"m": atom.parts["m"]})
            check = _CHECKS.get(atom.rule)
            if not check or check(atom.parts, text[max(0, atom.start - _LOOK) : atom.start], text[atom.end : atom.end + _LOOK]):
                yield atom


def _is_month(parts: dict[str, str], before: str, after: str) -> bool:
    if parts.keys() & {"y", "ry", "edge"}:
        return True
    plain = parts["m"].lower()[:3] not in _NAME_LIKE and len(parts["m"]) > 4
    capital = bool(_CAPITAL_NEXT.match(after))
    if "rel" in parts:
        return plain or not capital or parts["rel"].lower() != "that"
    if _CLEARLY_IN.search(before) or _MONTH_NEXT.match(after):
        return True
    if capital or parts["m"].isupper():
        return False
    return plain or bool(_LOOSELY_IN.search(before)) or bool(_ATTRIBUTE.search(before) and _LOWER_NEXT.match(after))


def _is_year(parts: dict[str, str], before: str, after: str) -> bool:
    if "edge" in parts or _YEAR_IN.search(before) or after.startswith(("'s ", "’s ")):
        return True
    if _YEAR_AFTER.search(before):
        return not _COUNTED.match(after)
    if _ATTRIBUTE.search(before):
        return bool(_LOWER_NEXT.match(after))
    return bool(_OPENING.search(before) and _AS_SUBJECT.match(after))


def _is_quarter(parts: dict[str, str], before: str, after: str) -> bool:
    if parts.keys() & {"y", "yy", "ry", "ty"}:
        return True
    if parts["k"] in "QH":
        return parts["k"] == "Q" and not after.startswith((".", ":", ")"))
    if parts["k"] == "half":
        return bool(_IN_THE.search(before)) and not after.startswith(" of")
    return not _REPEATED.match(after) and not _ONE_OF_SEVERAL.search(before)


def _is_weekday(parts: dict[str, str], before: str, after: str) -> bool:
    proper = before.endswith(("on ", "On ")) or not _CAPITAL_NEXT.match(after) or bool(parts.keys() & {"rel", "wr"})
    return proper and not _NO_WEEKDAY.search(before)


def _is_unit(parts: dict[str, str], before: str, after: str) -> bool:
    """Tell a place in the calendar from a length ("over the last year") and a fall of prices."""
    length = "edge" not in parts and before.lower().endswith("the ") and parts["rel"].lower() in {"last", "next"}
    return not length and not (parts["u"] == "fall" and after.startswith(" in "))


def _is_exact(_parts: dict[str, str], before: str, _after: str) -> bool:
    return not before.lower().endswith(("than ", "over ", "quarter of "))


_CHECKS: dict[str, Callable[[dict[str, str], str, str], bool]] = {
    "month": _is_month,
    "year": _is_year,
    "quarter": _is_quarter,
    "quarter_code": _is_quarter,
    "code_quarter": _is_quarter,
    "weekday": _is_weekday,
    "unit": _is_unit,
    "ago": _is_exact,
}
