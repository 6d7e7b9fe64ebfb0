"""Sums of money, percentages and counted things in English text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hkcrypto.pipeline.numerals import DIGITS, GAP, MAGNITUDE, WORDS, number, plain, scale

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hkcrypto.pipeline.numerals import Hit

_SYMBOLS = {
    "HK$": "HKD",
    "US$": "USD",
    "U.S.$": "USD",
    "AU$": "AUD",
    "A$": "AUD",
    "CA$": "CAD",
    "C$": "CAD",
    "SG$": "SGD",
    "S$": "SGD",
    "NT$": "TWD",
    "NZ$": "NZD",
    "R$": "BRL",
    "MOP$": "MOP",
    "CN¥": "CNY",
    "RMB¥": "CNY",
    "JP¥": "JPY",
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "￥": "JPY",
    "₩": "KRW",
    "₹": "INR",
    "Rs.": "INR",
    "Rs": "INR",
    "฿": "THB",
    "₫": "VND",
    "₿": "BTC",
}
_CODES = {
    **{
        code: code
        for code in (
            "HKD",
            "USD",
            "EUR",
            "GBP",
            "JPY",
            "CNY",
            "SGD",
            "AUD",
            "CAD",
            "TWD",
            "KRW",
            "INR",
            "THB",
            "CHF",
            "NZD",
            "MOP",
            "AED",
            "IDR",
            "MYR",
            "VND",
            "BRL",
            "SAR",
            "QAR",
            "ZAR",
            "RUB",
            "SEK",
            "NOK",
            "DKK",
        )
    },
    "CNH": "CNY",
    "RMB": "CNY",
    "NTD": "TWD",
}
_TICKERS = (
    "BTC",
    "ETH",
    "USDT",
    "USDC",
    "FDUSD",
    "XRP",
    "SOL",
    "BNB",
    "DOGE",
    "TRX",
    "ADA",
    "LTC",
    "DAI",
    "BUSD",
    "TUSD",
    "PYUSD",
    "RLUSD",
)
_NAMES = {
    "hong kong dollar": "HKD",
    "hk dollar": "HKD",
    "us dollar": "USD",
    "u.s. dollar": "USD",
    "american dollar": "USD",
    "singapore dollar": "SGD",
    "australian dollar": "AUD",
    "canadian dollar": "CAD",
    "new taiwan dollar": "TWD",
    "taiwan dollar": "TWD",
    "new zealand dollar": "NZD",
    "dollar": "USD",
    "chinese yuan": "CNY",
    "offshore yuan": "CNY",
    "yuan": "CNY",
    "renminbi": "CNY",
    "japanese yen": "JPY",
    "yen": "JPY",
    "euro": "EUR",
    "british pound": "GBP",
    "pound": "GBP",
    "pound sterling": "GBP",
    "korean won": "KRW",
    "south korean won": "KRW",
    "won": "KRW",
    "indian rupee": "INR",
    "rupee": "INR",
    "thai baht": "THB",
    "baht": "THB",
    "dirham": "AED",
    "ringgit": "MYR",
    "rupiah": "IDR",
    "swiss franc": "CHF",
    "pataca": "MOP",
}
_UNCOUNTED = {"yuan", "renminbi", "yen", "won", "baht", "ringgit", "rupiah"}


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_NAME = "|".join(
    re.escape(name).replace(r"\ ", GAP).replace("pound" + GAP, "pounds?" + GAP) + ("" if name in _UNCOUNTED else "s?")
    for name in sorted(_NAMES, key=len, reverse=True)
)
_PREFIX = rf"(?:(?:{_either(_CODES)})\$?|(?:HK|US) \$|{_either(_SYMBOLS)})"
_CODE = rf"(?:[^\S\n](?P<code>{_either(_CODES)})\b(?!{GAP}?[0-9]))"
_LINK = rf"(?P<link>[-–—]|[^\S\n][-–—][^\S\n]|{GAP}(?:to|and|or){GAP})"
_PREFIXED = re.compile(
    rf"(?=[A-Z$€£¥￥₩₹฿₫₿])(?<![A-Za-z$-])(?P<currency>{_PREFIX}){GAP}?(?P<number>{DIGITS})(?P<magnitude>{MAGNITUDE})?{_CODE}?"
    rf"(?:{_LINK}(?:(?P<currency2>{_PREFIX}){GAP}?)?(?P<number2>{DIGITS})(?P<magnitude2>{MAGNITUDE})?)?",
)
_SUFFIXED = re.compile(
    rf"\b(?<![0-9][.,])(?:(?P<number2>(?>{DIGITS}|{WORDS}))(?P<magnitude2>{MAGNITUDE})?(?P<link>[-–—]|{GAP}(?:to|and|or){GAP}))?"
    rf"(?P<number>{DIGITS}|{WORDS})(?P<magnitude>{MAGNITUDE})?"
    rf"(?P<gap>{GAP}|-)?(?:(?P<name>(?i:{_NAME}))|(?P<code>{_either([*_CODES, *_TICKERS])}))\b",
)
_BETWEEN = re.compile(rf"\bbetween{GAP}$", re.IGNORECASE)
_IN_DOLLARS = re.compile(
    r"\b(?:amounts|figures|prices|sums|values)\b[^.\n]{0,40}\bin (Hong Kong|Singapore|Australian|Canadian|New Taiwan) dollars",
)
_CHINA = re.compile(r"\b(?:yuan|renminbi|RMB|CN[YH]|China|Chinese|Beijing|Shanghai|Shenzhen)\b")
_JAPAN = re.compile(r"\b(?:yen|JPY|Japan|Japanese|Tokyo)\b")
# "three yuan stablecoins" counts stablecoins.
_COUNTED_NEXT = re.compile(
    rf"(?:{GAP}|-)(?:(?:backed|pegged|linked|based|denominated|stable)|(?:stablecoin|coin|token|bond|note|deposit|account|payment)s?)\b",
)
_YEAR_LIKE = re.compile(r"(?:19|20)[0-9]{2}")

_PERCENT = re.compile(
    rf"(?=[-−\w])(?<![\w.%％)])(?<![\w)][-−])(?:(?P<number2>(?>{DIGITS}|{WORDS}))(?P<link>[-–—]|{GAP}(?:to|and|or){GAP}))?(?P<sign>[-−])?(?P<number>{DIGITS}|{WORDS})"
    rf"(?:{GAP}?[%％]|(?:{GAP}|-)?(?i:per{GAP}?cent|pct)\b)(?!{GAP}?-?points?\b)",
)

_NO_HEAD = (
    "seconds|minutes|hours|days|weeks|fortnights|months|quarters|years|decades|times|"
    "dollars|euros|pounds|cents|points|yards|miles|metres|meters"
)
_NO_WORD = (
    "a|about|across|after|against|all|although|an|and|are|as|at|away|be|because|been|before|being|between|but|by|can|could|did|do|does|during|"
    "each|for|from|had|has|have|he|her|his|if|in|into|is|it|its|least|may|more|most|must|no|not|of|off|on|or|others|our|out|over|per|said|says|"
    "she|should|since|so|than|that|the|their|them|then|there|these|they|this|those|through|thus|till|to|under|until|up|us|was|we|were|when|"
    "where|which|while|who|will|with|would|yes|yet|you|plus|minus|versus|vs"
)
_CONTENT = rf"(?!(?:{_NO_WORD}|{_NO_HEAD})\b)"
_WORD = rf"{_CONTENT}[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*"
_PLURAL = rf"{_CONTENT}(?:[A-Za-z][A-Za-z0-9-]*[^\Wsui_]s|[Pp]eople|men|women|children|staff|personnel)"
_OF = rf"(?P<of>(?:(?:{_WORD}{GAP}){{0,4}}?{_PLURAL}|[Bb]itcoin|[Ee]ther)\b(?!['’][a-z]|-|/))"
_COUNT = re.compile(
    rf"\b(?<![\w.,:/$€£¥₩\[#&'’-])(?P<number>{DIGITS}|{WORDS}\b)(?P<magnitude>{MAGNITUDE})?{GAP}{_OF}",
)
_LABEL = re.compile(
    r"\b(?:type|class|no|nos|section|sections|category|chapter|cap|part|schedule|article|note|phase|level|rule|issue|paragraph|tier|page|web|version|unit|room|building|grade)"
    r"[.\s]+$",
    re.IGNORECASE,
)


def find_money(text: str, start: int, end: int) -> Iterator[Hit]:
    """Yield the sums of money of text[start:end]: {"amount", "currency"}; both ends of a range are sums of their own."""
    stated = _IN_DOLLARS.search(text, start, end)
    dollar = _NAMES[f"{stated[1].lower()} dollar"] if stated else "USD"
    for match in _PREFIXED.finditer(text, start, end):
        yield from _prefixed(match, dollar)
    for match in _SUFFIXED.finditer(text, start, end):
        yield from _suffixed(match, dollar)


def find_percents(text: str, start: int, end: int) -> Iterator[Hit]:
    """Yield the percentages of text[start:end]: {"percent"}; percentage points are none."""
    for match in _PERCENT.finditer(text, start, end):
        first = bool(match["number2"]) and _joins(match)
        if first:
            yield *match.span("number2"), {"percent": plain(number(match["number2"]))}
        sign = "-" if match["sign"] and not match["number2"] else ""
        yield match.start("sign" if sign else "number"), match.end(), {"percent": sign + plain(number(match["number"]))}


def find_counts(text: str, start: int, end: int) -> Iterator[Hit]:
    """Yield the counted things of text[start:end]: {"count", "of"}, from the number to the plural noun that it counts."""
    for match in _COUNT.finditer(text, start, end):
        if _counts(match):
            amount = number(match["number"]) * scale(match["magnitude"])
            yield *match.span(), {"count": plain(amount), "of": " ".join(match["of"].split())}


def _counts(match: re.Match[str]) -> bool:
    """Tell a counted thing from a label ("Type 1 licences"), a version ("2.0"), a year or a name ("2025 Web Awards", "Three Arrows")."""
    said, of = match["number"], match["of"]
    if said.lower() == "one" or ("." in said and not match["magnitude"]):
        return False
    if of[0].isupper() and (_YEAR_LIKE.fullmatch(said) or (said[0].isupper() and of.istitle())):
        return False
    return not _LABEL.search(match.string, max(0, match.start() - 12), match.start())


def _prefixed(match: re.Match[str], dollar: str) -> Iterator[Hit]:
    """Yield the sum after a currency sign, and the second one of a range that it may open ("US$20-30 million")."""
    first, second = number(match["number"]), number(match["number2"] or "0")
    magnitude, currency = match["magnitude"], _currency(match, "currency", dollar)
    joins = match["number2"] is not None and _joins(match)
    ranged = match["currency2"] is not None or (joins and (match["link"] in "-–—" or match["magnitude2"] is not None))
    if joins and not magnitude and first <= second:
        magnitude = match["magnitude2"]
    end = max(match.end("number"), match.end("magnitude"), match.end("code"))
    yield match.start(), end, {"amount": plain(first * scale(magnitude)), "currency": currency}
    if ranged:
        currency = _currency(match, "currency2", dollar) if match["currency2"] else currency
        begin = match.start("currency2" if match["currency2"] else "number2")
        yield begin, match.end(), {"amount": plain(second * scale(match["magnitude2"])), "currency": currency}


def _suffixed(match: re.Match[str], dollar: str) -> Iterator[Hit]:
    """Yield the sum before the name of a currency, and the one before that where they are a range ("20-30 million yuan")."""
    name = " ".join((match["name"] or "").lower().split())
    currency = _named(name, dollar) if name else _CODES.get(match["code"], match["code"])
    amount = number(match["number"]) * scale(match["magnitude"])
    if not match["magnitude"]:
        if _YEAR_LIKE.fullmatch(match["number"]) or (currency == "KRW" and amount < 1000):
            return
        if not name.endswith("s") and match["gap"] != "-" and _COUNTED_NEXT.match(match.string, match.end()):
            return
    if match["number2"] and _joins(match):
        first = number(match["number2"])
        shared = match["magnitude2"] or (match["magnitude"] if first <= number(match["number"]) else None)
        begin, end = match.span("number2")
        yield begin, max(end, match.end("magnitude2")), {"amount": plain(first * scale(shared)), "currency": currency}
    yield match.start("number"), match.end(), {"amount": plain(amount), "currency": currency}


def _named(name: str, dollar: str) -> str:
    """Return the code of a currency's name; dollars of no country are those of the text."""
    singular = name.replace("pounds ", "pound ").removesuffix("s")
    return dollar if singular == "dollar" else _NAMES[singular]


def _joins(match: re.Match[str]) -> bool:
    """Tell whether the link makes a range: a dash or "to" does, "and" only after "between"."""
    link = match["link"].strip()
    if link == "and":
        return bool(_BETWEEN.search(match.string, max(0, match.start() - 12), match.start()))
    return link != "or"


def _currency(match: re.Match[str], group: str, dollar: str) -> str:
    """Return the code of the sign.

    A bare $ is the dollar of the code behind the sum, else that of the text. A bare ¥ is the yuan where the words around
    speak of China and not of Japan, else the yen.
    """
    sign = match[group].replace(" ", "")
    if sign == "$":
        return _CODES.get(match["code"] or "", dollar)
    if sign in "¥￥":
        near = match.string[max(0, match.start() - 150) : match.end() + 150]
        return "CNY" if _CHINA.search(near) and not _JAPAN.search(near) else "JPY"
    return _SYMBOLS.get(sign) or _CODES[sign.removesuffix("$")]
