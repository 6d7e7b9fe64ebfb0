"""The values of an English text: sums of money, percentages, dates and counts, each in its normal form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hkcrypto.pipeline.amounts import find_counts, find_money, find_percents
from hkcrypto.pipeline.dates import find_dates, infer_published

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hkcrypto.pipeline.numerals import Hit

__all__ = ["FoundValue", "find_values", "infer_published"]


@dataclass(frozen=True, slots=True)
class FoundValue:
    """One value: its type (MONEY, PERCENT, DATE, COUNT), its place in code points, end exclusive, and its normal form."""

    type: str
    start: int
    end: int
    value: dict[str, str]


def find_values(text: str, spans: Sequence[tuple[int, int]], published: str | None) -> list[FoundValue]:
    """Return all values inside the spans of the text, by offset and without overlap.

    Dates are resolved against `published` (ISO day or month); a date that cannot be resolved is left out.
    """
    found: list[FoundValue] = []
    taken = bytearray(len(text))
    for start, end in spans:
        # The surer kind first: what it takes, the next ones leave.
        kinds = (
            ("MONEY", find_money(text, start, end)),
            ("PERCENT", find_percents(text, start, end)),
            ("DATE", find_dates(text, start, end, published)),
            ("COUNT", find_counts(text, start, end)),
        )
        found += first_come(kinds, taken)
    return sorted(found, key=lambda value: value.start)


def first_come(kinds: Iterable[tuple[str, Iterable[Hit]]], taken: bytearray) -> Iterator[FoundValue]:
    """Yield the values that take no character which is taken already, and take theirs."""
    for kind, hits in kinds:
        for first, last, value in hits:
            if not any(taken[first:last]):
                taken[first:last] = b"\x01" * (last - first)
                yield FoundValue(kind, first, last, value)
