"""Whether files say what they may: records against the schema, the signatures and their texts; gold against the ontology."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

_DATE_PART = re.compile(r"\d{4}(-\d{2}(-\d{2})?|-Q[1-4]|-H[12])?")
VALUE_KEYS = {
    "MONEY": frozenset({"amount", "currency"}),
    "PERCENT": frozenset({"percent"}),
    "DATE": frozenset({"date"}),
    "COUNT": frozenset({"count", "of"}),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, where in the file (`relations.0.object`), and what would mend it."""

    path: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{f'{self.path}: ' if self.path else ''}{self.problem}; {self.remedy}"


def is_date(value: object) -> bool:
    """Return whether it is an ISO 8601 day, month or year, a quarter (2025-Q3), a half (2025-H1), or a range A/B of two of them."""
    parts = str(value).split("/")
    if len(parts) > 2 or not all(_DATE_PART.fullmatch(part) for part in parts):
        return False
    for part in parts:
        numbers = [int(number) for number in part.split("-")] if re.fullmatch(r"[\d-]+", part) else []
        try:
            if len(numbers) > 1:
                date(*numbers, *[1] * (3 - len(numbers)))
        except ValueError:
            return False
    return len(parts) == 1 or parts[0] < parts[1]


def is_decimal(value: object) -> bool:
    """Return whether it is a string that holds a finite decimal number."""
    try:
        return isinstance(value, str) and Decimal(value).is_finite()
    except InvalidOperation:
        return False


def value_problem(kind: str, value: dict[str, str]) -> str | None:
    """Return what is wrong with the normal form of a value; None where nothing is."""
    keys = VALUE_KEYS.get(kind)
    if keys is None:
        return f"the type {kind!r} is unknown"
    if value.keys() != keys:
        return f"a {kind} has {' and '.join(sorted(keys))}, this has {', '.join(sorted(value)) or 'nothing'}"
    if kind == "MONEY" and not re.fullmatch(r"[A-Z0-9]{2,10}", value["currency"]):
        return f"{value['currency']!r} is no currency"
    for name in ("amount", "percent"):
        if name in value and not is_decimal(value[name]):
            return f"{name} {value[name]!r} is no decimal number"
    return f"{value['date']!r} is no date" if kind == "DATE" and not is_date(value["date"]) else None
