from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkcrypto.pipeline.values import FoundValue, find_values

SAMPLE = (
    "HK$ US$ $ ¥ RMB HKD USDT yuan won dollars million bn m k hundred half a 1,000 20 30 0.5 2025 2021 12 3 % per cent percent points to "
    "and or between - – . , ( ) last next this year month week quarter May March Sept. Friday on in since by until end of early first "
    "second third Q3 H1 ago later today will said be firms people two thirty-six FY 2023/24 2026-04-10 10/04/2026 the from"
)
WORDS = SAMPLE.split()
TOKENS = st.lists(st.sampled_from([*WORDS, "\n", " "]), max_size=40)
TEXTS = st.one_of(st.text(), TOKENS.map(" ".join), TOKENS.map("".join))


def values(text: str, kind: str, published: str | None = "2025-08-26") -> list[FoundValue]:
    return [value for value in find_values(text, [(0, len(text))], published) if value.type == kind]


def money(text: str) -> list[str]:
    return [f"{value.value['amount']} {value.value['currency']}" for value in values(text, "MONEY")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a fee of HK$26.1 billion.", ["26100000000 HKD"]),
        ("fell to HK$14.90 apiece", ["14.9 HKD"]),
        ("US$12m, NT$5k, S$4.2m, A$3bn, C$1.55", ["12000000 USD", "5000 TWD", "4200000 SGD", "3000000000 AUD", "1.55 CAD"]),
        ("HKD2.5 billion and 300 million USD", ["2500000000 HKD", "300000000 USD"]),
        ("RMB 81m (HK$88 million)", ["81000000 CNY", "88000000 HKD"]),
        ("20 million Hong Kong dollars", ["20000000 HKD"]),
        ("LOSES US$1.5 BILLION", ["1500000000 USD"]),
        ("a 50-million-dollar fund", ["50000000 USD"]),
        ("$50 million HKD", ["50000000 HKD"]),
        ("1,000 BTC and 500 million USDT", ["1000 BTC", "500000000 USDT"]),
        ("Rs 500 crore", ["5000000000 INR"]),
        ("USD 5 million\nEUR 300 million", ["5000000 USD", "300000000 EUR"]),
        ("US$30\nmillion", ["30000000 USD"]),
        ("(figures in Hong Kong dollars) It made $5 million.", ["5000000 HKD"]),
        ("¥3 billion from Shenzhen", ["3000000000 CNY"]),
        ("¥3 billion in Tokyo", ["3000000000 JPY"]),
    ],
)
def test_money_has_amount_and_currency(text: str, expected: list[str]) -> None:
    assert money(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HK$30 billion to HK$45 billion", ["30000000000 HKD", "45000000000 HKD"]),
        ("HK$30 to HK$45 billion", ["30000000000 HKD", "45000000000 HKD"]),
        ("$20-30 million", ["20000000 USD", "30000000 USD"]),
        ("20-30 million yuan", ["20000000 CNY", "30000000 CNY"]),
        ("between HK$20 million and HK$50 million", ["20000000 HKD", "50000000 HKD"]),
        ("from $500 to $2 million", ["500 USD", "2000000 USD"]),
        ("US$5 million and 3 million users", ["5000000 USD"]),
    ],
)
def test_money_range_gives_both_ends(text: str, expected: list[str]) -> None:
    assert money(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("two million dollars", ["2000000 USD"]),
        ("half a billion dollars", ["500000000 USD"]),
        ("two hundred and fifty million yuan", ["250000000 CNY"]),
        ("a few hundred million dollars", []),
        ("hundreds of millions of dollars", []),
        ("a team of three won", []),
        ("three yuan stablecoins", []),
        ("a 2024 BTC rally", []),
    ],
)
def test_money_in_words_needs_a_number(text: str, expected: list[str]) -> None:
    assert money(text) == expected


def test_money_text_leaves_out_hedges() -> None:
    text = "raised more than about US$12.5 million from"
    (value,) = values(text, "MONEY")
    assert text[value.start : value.end] == "US$12.5 million"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("up 233%", ["233"]),
        ("at 14.7 per cent or 2 percent", ["14.7", "2"]),
        ("20-30% and 5% to 6%", ["20", "30", "5", "6"]),
        ("between 20 and 30 per cent", ["20", "30"]),
        ("ten percent", ["10"]),
        ("a change of -5%", ["-5"]),
        ("3 percentage points, 2 per cent points, a third", []),
    ],
)
def test_percent_is_read(text: str, expected: list[str]) -> None:
    assert [value.value["percent"] for value in values(text, "PERCENT")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("70% of the 300 Web3 firms", [("300", "Web3 firms")]),
        ("thirty-six applications", [("36", "applications")]),
        ("more than 1.2 million users", [("1200000", "users")]),
        ("10,000 people came", [("10000", "people")]),
        ("2,025 firms", [("2025", "firms")]),
        ("Type 1 licences, 10 months, 7:42 PM, [3] new firms, version 2.0 tokens, one of the firms", []),
        ("Three Arrows and 2025 Eastbound Publishers", []),
    ],
)
def test_count_has_what_it_counts(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(value.value["count"], value.value["of"]) for value in values(text, "COUNT")] == expected


def test_values_outside_the_spans_are_left_out() -> None:
    text = "US$1 million. US$2 million. US$3 million."
    assert [value.value["amount"] for value in find_values(text, [(14, 27)], None)] == ["2000000"]


@given(TEXTS, st.sampled_from([None, "2025-08-26", "2024-02", "2024-02-29", "x"]))
def test_values_lie_in_order_without_overlap(text: str, published: str | None) -> None:
    found = find_values(text, [(0, len(text))], published)
    assert all(0 <= value.start < value.end <= len(text) for value in found)
    assert all(left.end <= right.start for left, right in pairwise(found))
    assert all(text[value.start : value.end] == text[value.start : value.end].strip() for value in found)
    assert all(not part.startswith(".") and "E" not in part for value in found if value.type == "MONEY" for part in [value.value["amount"]])
