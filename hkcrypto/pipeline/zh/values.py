"""The values of a Chinese text: sums of money, percentages, dates and counts, each in its normal form."""

from __future__ import annotations

from collections.abc import Sequence

from hkcrypto.pipeline.values import FoundValue, first_come
from hkcrypto.pipeline.zh.amounts import find_counts, find_money, find_percents
from hkcrypto.pipeline.zh.dates import find_dates
from hkcrypto.script import simplified


def find_values(text: str, spans: Sequence[tuple[int, int]], published: str | None, language: str) -> list[FoundValue]:
    """Return all values inside the spans of the text, by offset and without overlap.

    A bare 元 is the Hong Kong dollar in Traditional characters, the yuan in Simplified ones.
    """
    plain, home = simplified(text), "HKD" if language == "zh-Hant" else "CNY"
    taken = bytearray(len(text))
    found: list[FoundValue] = []
    for start, end in spans:
        kinds = (
            ("MONEY", find_money(plain, start, end, home)),
            ("PERCENT", find_percents(plain, start, end)),
            ("DATE", find_dates(plain, start, end, published)),
            ("COUNT", find_counts(plain, start, end)),
        )
        found += first_come(kinds, taken)
    return sorted(found, key=lambda value: value.start)
