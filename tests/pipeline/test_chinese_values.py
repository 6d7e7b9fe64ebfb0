from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkcrypto.pipeline.zh.values import find_values

PUBLISHED = "2026-04-10"


def found(text: str, kind: str, language: str = "zh-Hant", published: str | None = PUBLISHED) -> list[dict[str, str]]:
    return [v.value for v in find_values(text, [(0, len(text))], published, language) if v.type == kind]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15億元", ["1500000000 HKD"]),
        ("80億至120億港元", ["8000000000 HKD", "12000000000 HKD"]),
        ("人民幣3.2億元", ["320000000 CNY"]),
        ("兩億元人民幣", ["200000000 CNY"]),
        ("逾五百萬美元", ["5000000 USD"]),
        ("HK$1,200萬", ["12000000 HKD"]),
        ("ＨＫ＄１２億", ["1200000000 HKD"]),
        ("1,000枚比特幣", ["1000 BTC"]),
        ("5,000萬USDT", ["50000000 USDT"]),
        ("元宇宙和2026年", []),
    ],
)
def test_money_is_normalised(text: str, expected: list[str]) -> None:
    assert [f"{v['amount']} {v['currency']}" for v in found(text, "MONEY")] == expected


def test_bare_yuan_is_that_of_the_script() -> None:
    assert [found("4.36元", "MONEY", language)[0]["currency"] for language in ("zh-Hant", "zh-Hans")] == ["HKD", "CNY"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("不足6%", ["6"]), ("百分之五點五", ["5.5"]), ("三成半", ["35"]), ("近两成", ["20"]), ("1.5個百分點", []), ("成立三家公司", [])],
)
def test_percentages_are_normalised(text: str, expected: list[str]) -> None:
    assert [v["percent"] for v in found(text, "PERCENT")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026年4月9日", "2026-04-09"),
        ("今日公布", "2026-04-10"),
        ("（7日）", "2026-04-07"),
        ("本月發牌", "2026-04"),
        ("去年11月", "2025-11"),
        ("下半年", "2026-H2"),
        ("今年第二季", "2026-Q2"),
        ("年底前", "2026-12-31"),
        ("9月推出", "2025-09"),
        ("將於9月推出", "2026-09"),
        ("二○二四年七月至二○二五年二月", "2024-07/2025-02"),
        ("上週三", "2026-04-01"),
        ("三個月前", "2026-01"),
    ],
)
def test_dates_are_seen_from_the_day_of_publication(text: str, expected: str) -> None:
    assert [v["date"] for v in found(text, "DATE")] == [expected]


def test_relative_dates_are_left_out_without_a_day_of_publication() -> None:
    assert found("昨日及去年11月", "DATE", published=None) == []


@given(st.text(alphabet="今去明年月日季度0123456789一二三十百千萬億成半元港美%至到上下週三個前後，。 HK$", max_size=30))
def test_values_are_inside_the_text_and_apart(text: str) -> None:
    values = find_values(text, [(0, len(text))], PUBLISHED, "zh-Hant")
    assert all(0 <= v.start < v.end <= len(text) for v in values)
    assert all(a.end <= b.start for a, b in pairwise(values))
