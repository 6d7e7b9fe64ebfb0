"""What brackets behind a Chinese name define: "（下稱「X」）", "（Animoca Brands）"; and the short forms that a text may use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hkcrypto.pipeline.candidate import Candidate
from hkcrypto.pipeline.zh.namewords import chinese_name_words
from hkcrypto.script import HAN, simplified

_BRACKET = re.compile(r"[」』”》]?\s?[（(]([^（()）\n]{2,80})[)）]")
_LEAD = re.compile(
    r"^(?:以下|下文|英文名?稱?|英文名?称?|前身為|前身为|前稱|前称|又名|又稱|又称|亦稱|即|或)*(?P<said>下稱|下称|簡稱|简称|统称|統稱|英文名)?[:：]?\s*"
)
_QUOTES = "「」『』“”\"'‘’《》"
_NAME = re.compile(r"(?=.*[A-Z])[A-Za-z][\w&.'’ -]{1,40}")
_CODE = re.compile(r"\d|HKEX|NASDAQ|NYSE|[A-Z]+:|.*\.HK$|CEO$|CFO$|COO$|ETF$", re.IGNORECASE)
_PIECES = re.compile(r"[，,；;、]")


def definitions(text: str, mentions: Sequence[Candidate]) -> Iterator[tuple[str, Candidate]]:
    """Yield (form, mention) for each further name that brackets right behind a mention give it."""
    named = {(m.start, m.end) for m in mentions}
    for mention in mentions:
        match = _BRACKET.match(text, mention.end)
        if match is None or mention.type in {"TOPIC", "PLACE"}:
            continue
        name = simplified(text[mention.start : mention.end])
        for piece in _PIECES.split(match[1]):
            lead = _LEAD.match(piece)
            form = piece[lead.end() if lead else 0 :].strip(_QUOTES + " ")
            said = lead is not None and lead["said"] is not None
            start = text.find(form, match.start(1)) if form else -1
            if len(form) < 2 or _CODE.match(form):
                continue
            latin = bool(_NAME.fullmatch(form)) and HAN.match(name) is not None
            if said or latin or is_short_form(simplified(form), name) or (HAN.match(name) is None and (start, start + len(form)) in named):
                yield form, mention


def is_short_form(form: str, name: str) -> bool:
    """Whether a form is made of characters of the name, in their order, and is shorter: 金管局 of 香港金融管理局."""
    rest = iter(name)
    return HAN.match(form) is not None and 2 <= len(form) < len(name) and all(char in rest for char in form)


def chinese_forms(name: str, kind: str) -> set[str]:
    """Return the forms by which a text may take a Chinese name of an organisation up again: without legal form and last head nouns."""
    words = chinese_name_words()
    forms: set[str] = set()
    if kind not in {"FIRM", "BANK"} or not HAN.search(name):
        return forms
    rest = re.sub(r"[（(][^（()）]{2,4}[)）]", "", name)
    while True:
        plain = simplified(rest)
        tail = next((w for w in sorted(words.legal, key=len, reverse=True) if plain.endswith(w)), None)
        if tail is None and kind == "FIRM":
            tail = next((plain[-n:] for n in (4, 3, 2) if plain[-n:] in words.heads), None)
        if tail is None or len(rest) - len(tail) < 2:
            return forms
        rest = rest[: -len(tail)]
        if len(rest) >= 2:
            forms.add(rest)
