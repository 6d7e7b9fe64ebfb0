"""Numbers as English news writes them, in digits or in words, with their magnitude."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TypeAlias

Hit: TypeAlias = tuple[int, int, dict[str, str]]

# A gap inside an expression: blanks, or the one line break that a hard-wrapped text puts there.
GAP = r"(?:[^\S\n]{1,3}|[^\S\n]?\n[^\S\n]?)"
DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,5}|[0-9]{1,15})(?:\.[0-9]{1,10})?(?![0-9]|[.,][0-9])"

_ONES = {
    "zero": 0,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_MAGNITUDES = {
    "hundred": 2,
    "thousand": 3,
    "lakh": 5,
    "million": 6,
    "mln": 6,
    "mn": 6,
    "mm": 6,
    "crore": 7,
    "billion": 9,
    "bln": 9,
    "bn": 9,
    "trillion": 12,
    "trn": 12,
    "tn": 12,
    "k": 3,
    "m": 6,
    "b": 9,
    "t": 12,
}
_LETTERS = r"(?:(?i:mm|[kmbt])|[^\S\n][kmb](?!['’-]))\b"
_LARGE = r"(?i:hundred|thousand|lakh|million|mln|mn|crore|billion|bln|bn|trillion|trn|tn)\b"
_UNIT = rf"(?i:(?:{'|'.join(_TENS)})(?:-(?:{'|'.join(list(_ONES)[1:10])}))?|{'|'.join(reversed(_ONES))})\b"

MAGNITUDE = rf"(?:(?:(?:{GAP}|-)?{_LARGE}){{1,2}}|{_LETTERS})"
SMALL_WORDS = _UNIT
WORDS = (
    rf"(?:(?:[Hh]alf{GAP})?[Aa]n?\b(?=(?:{GAP}|-)(?:hundred|thousand|million|billion|trillion)\b)"
    rf"|{_UNIT}(?:{GAP}hundred\b(?:{GAP}(?:and{GAP})?{_UNIT})?)?)"
)
_MAGNITUDE_WORD = re.compile(r"[a-z]+")


def scale(magnitude: str | None) -> Decimal:
    """Return the factor of a magnitude as MAGNITUDE finds it (" hundred million", "bn"); 1 where there is none."""
    power = sum(_MAGNITUDES[word] for word in _MAGNITUDE_WORD.findall((magnitude or "").lower()))
    return Decimal(10) ** power


def number(text: str) -> Decimal:
    """Return the value of a number as DIGITS or WORDS finds it."""
    if text[0].isdigit():
        return Decimal(text.replace(",", ""))
    total = Decimal(0)
    for word in re.split(r"[\s-]+", text.lower()):
        if word == "hundred":
            total *= 100
        elif word == "half":
            total += Decimal("0.5")
        elif word in {"a", "an"}:
            total += 0 if total else 1
        elif word != "and":
            total += _ONES[word] if word in _ONES else _TENS[word]
    return total


def plain(value: Decimal) -> str:
    """Return the value as a decimal string without exponent or trailing zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
