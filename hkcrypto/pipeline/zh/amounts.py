"""Sums of money, percentages and counts in Chinese text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from hkcrypto.pipeline.numerals import Hit, plain
from hkcrypto.script import simplified
from hkcrypto.yamlfile import parse_yaml

_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3}
_UNIT = {"十": 10, "百": 100, "千": 1000}
_LARGE = {
    "千": 10**3,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "十亿": 10**9,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
    "兆": 10**12,
}
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[零〇一二三四五六七八九十百千两半]+)"
_MAGNITUDE = rf"(?:{'|'.join(sorted(_LARGE, key=len, reverse=True))})"
_FILE = Path(__file__).parents[2] / "data" / "currencies_zh.yaml"
_RAW = parse_yaml(_FILE.read_bytes(), "data/currencies_zh.yaml")
_CURRENCIES = {simplified(name): code for code, names in _RAW.items() for name in names}
_TOKENS = frozenset(name for name, code in _CURRENCIES.items() if code in {"BTC", "ETH", "USDT"})
_CODES = "HKD|USD|CNY|RMB|EUR|GBP|JPY|SGD|TWD|AUD|KRW|USDT|USDC|BTC|ETH"
_SIGNS = {
    "HK$": "HKD",
    "US$": "USD",
    "S$": "SGD",
    "NT$": "TWD",
    "A$": "AUD",
    "C$": "CAD",
    "$": "",
    "€": "EUR",
    "£": "GBP",
    "¥": "CNY",
    "￥": "CNY",
    "RMB": "CNY",
}
_NAME = "|".join(sorted(_CURRENCIES, key=len, reverse=True))
_PREFIX = (
    rf"(?:{'|'.join(re.escape(s) for s in sorted(_SIGNS, key=len, reverse=True))}|{_CODES}|人民币|港币|港元|美元|美金|新台币|欧元|英镑)"
)
_MONEY = re.compile(
    rf"(?:(?P<prefix>{_PREFIX})\s?)?(?:(?P<number2>{_NUMBER})\s?(?P<magnitude2>{_MAGNITUDE})?(?P<name2>{_NAME}|元)?\s?(?:至|到|-|–|—|~|～)\s?)?"
    rf"(?P<number>{_NUMBER})\s?(?P<magnitude>{_MAGNITUDE})?(?P<more>[余多])?(?:个|枚|颗)?\s?(?P<name>{_NAME}|元(?P<of>人民币|港币|港元|美元|美金)|元(?!旦|宇|老|素|件|组|首)|圆(?!桌)|(?:{_CODES})(?![A-Za-z]))?"
)
_PERCENT = re.compile(
    rf"(?:(?P<low>{_NUMBER})[%％]?\s?(?:至|到|-|–|~)\s?)?(?P<number>{_NUMBER})\s?[%％](?!\s?点)|百分之(?P<han>{_NUMBER}(?:点[零一二三四五六七八九]+)?)"
)
_TENTHS = re.compile(
    r"(?<![零一二三四五六七八九十百千万亿完达组构变形当作生分合落促\d])(?P<number>[一二三四五六七八九两]|\d(?:\.\d)?)成(?P<rest>[一二三四五六七八九半])?(?![为立员功本长就果熟交分都人了效品份年型名群])"
)
_MEASURES = "个|家|间|宗|张|名|位|只|款|份|项|枚|人|种|套|座|所|轮|笔|起|次|条|批|支|台|单|例"
_COUNT = re.compile(
    rf"(?<![第\d.,零一二三四五六七八九十百千万亿])(?P<number>{_NUMBER})(?P<magnitude>{_MAGNITUDE})?(?:多|余)?(?:{_MEASURES})(?!百分)(?P<of>[^\W\d在的等已将与和及获被由为是向对把给后前]{{2,4}})?"
)


def number(said: str) -> Decimal:
    """Return the number that figures or Chinese numerals (Simplified) say; "半" is a half."""
    if said[0].isdigit():
        return Decimal(said.replace(",", ""))
    if said == "半":
        return Decimal("0.5")
    total, digit = 0, 0
    if not any(c in _UNIT for c in said):
        return Decimal("".join(str(_DIGIT.get(c, 5)) for c in said))
    for char in said:
        if char in _UNIT:
            total += (digit or 1) * _UNIT[char]
            digit = 0
        else:
            digit = _DIGIT.get(char, 0)
    return Decimal(total + digit)


def find_money(text: str, start: int, end: int, home: str) -> Iterator[Hit]:
    """Yield the sums of text[start:end], which is in Simplified characters; `home` is the currency of a bare 元."""
    for match in _MONEY.finditer(text, start, end):
        if not (match["prefix"] or match["name"]):
            continue
        currency = _currency(match, home)
        bare = not (match["prefix"] or match["magnitude"])
        if bare and match["name"] in _TOKENS and not any(c in match[0] for c in "枚个颗"):
            continue
        amount = number(match["number"]) * _LARGE.get(match["magnitude"] or "", 1)
        if match["number2"]:
            shared = match["magnitude2"] or match["magnitude"] or ""
            first = match.start("prefix") if match["prefix"] else match.start("number2")
            yield (
                first,
                max(match.end("number2"), match.end("magnitude2"), match.end("name2")),
                _money(number(match["number2"]) * _LARGE.get(shared, 1), currency),
            )
            yield match.start("number"), match.end(), _money(amount, currency)
        else:
            yield match.start(), match.end(), _money(amount, currency)


def _money(amount: Decimal, currency: str) -> dict[str, str]:
    return {"amount": plain(amount), "currency": currency}


def _currency(match: re.Match[str], home: str) -> str:
    name, prefix = match["of"] or match["name"] or "", match["prefix"] or ""
    if name in {"元", "圆"} or not name:
        named = _CURRENCIES.get(prefix) or _SIGNS.get(prefix) or ("CNY" if prefix == "RMB" else prefix if prefix.isalpha() else "")
        return named or (home if name in {"元", "圆"} else "USD")
    return _CURRENCIES.get(name) or ("CNY" if name == "RMB" else name)


def find_percents(text: str, start: int, end: int) -> Iterator[Hit]:
    """Yield the percentages of text[start:end]: 6%, 百分之六, 三成半; percentage points are none."""
    for match in _PERCENT.finditer(text, start, end):
        if match["low"]:
            yield *match.span("low"), {"percent": plain(number(match["low"]))}
        if match["han"]:
            whole, _, rest = match["han"].partition("点")
            value = number(whole) + (number(rest) / 10 ** len(rest) if rest else 0)
            yield *match.span(), {"percent": plain(value)}
        else:
            yield match.start("number"), match.end(), {"percent": plain(number(match["number"]))}
    for match in _TENTHS.finditer(text, start, end):
        half = number(match["rest"]) if match["rest"] and match["rest"] != "半" else Decimal(5 if match["rest"] else 0)
        yield *match.span(), {"percent": plain(number(match["number"]) * 10 + half)}


def find_counts(text: str, start: int, end: int) -> Iterator[Hit]:
    """Yield the counted things of text[start:end]: {"count", "of"}, from the number to what it counts."""
    for match in _COUNT.finditer(text, start, end):
        if match["of"]:
            amount = number(match["number"]) * _LARGE.get(match["magnitude"] or "", 1)
            yield *match.span(), {"count": plain(amount), "of": match["of"]}
