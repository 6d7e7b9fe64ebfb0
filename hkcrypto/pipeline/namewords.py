"""What the words in and around a name say about its type; the words themselves are in `data/names.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from hkcrypto.pipeline.lexicon import is_ordinary
from hkcrypto.yamlfile import parse_yaml

NAMES_FILE = Path(__file__).parents[1] / "data" / "names.yaml"


@dataclass(frozen=True, slots=True)
class NameWords:
    """The lists of `data/names.yaml`; `heads`, `firsts` and `nouns` give the type that a word speaks for."""

    heads: dict[str, str]
    firsts: dict[str, str]
    nouns: dict[str, str]
    nouns_after: dict[str, str]
    legal: frozenset[str]
    titles: frozenset[str]
    courtesy: frozenset[str]
    no_names: frozenset[str]
    surnames: frozenset[str]
    given: frozenset[str]
    openers: frozenset[str]
    field_words: frozenset[str]
    headline_verbs: frozenset[str]
    owners: frozenset[str]
    unsure_heads: frozenset[str]
    person_after: re.Pattern[str]
    firm_after: re.Pattern[str]
    asset_after: re.Pattern[str]
    asset_before: re.Pattern[str]
    ticker: re.Pattern[str]
    token_suffixes: tuple[str, ...]
    event_suffixes: tuple[str, ...]
    project_suffixes: tuple[str, ...]
    firm_before: re.Pattern[str]
    money: re.Pattern[str]
    money_before: re.Pattern[str]

    def head_type(self, words: list[str]) -> str | None:
        """Return the type that the last word of a name speaks for, legal forms apart; a legal form alone makes a firm."""
        rest = list(words)
        while rest and rest[-1].rstrip(".,") in self.legal:
            rest.pop()
        if not rest:
            return None
        legal = len(rest) < len(words)
        if len(rest) > 1 and rest[-1].startswith("(") and rest[-1].endswith(")"):
            rest.pop()
        rest = [w.capitalize() if w.isupper() and len(w) > 3 else w for w in rest]
        own = self._own_head(rest) if len(rest) > 1 else None
        if legal:
            return "BANK" if own == "BANK" else "FIRM"
        return own

    def _own_head(self, words: list[str]) -> str | None:
        """The type by the first words, else by the word before "of" or "on", else by the last ones."""
        first = self.firsts.get(" ".join(words[:2])) or self.firsts.get(words[0])
        last = self.heads.get(" ".join(words[-2:])) or self.heads.get(words[-1])
        if words[-1].isdigit() and self.heads.get(words[-2]) == "EVENT":
            return "EVENT"
        inner = self._inner_head(words) if len(words) > 2 else None
        if inner in {"LAW", "EVENT", "ORGANIZATION"}:
            return inner
        if first and (first != "BANK" or last in {None, "FIRM", "BANK"}) and not (first == "REGULATOR" and last in {"EVENT", "LAW"}):
            return inner or first if words[0] == "Bank" else first
        return last or inner

    def is_ordinary(self, word: str) -> bool:
        """Whether a word, whatever its case, is one of the dictionary's or the field's, and so by itself no name."""
        plain = word.lower()
        return plain in self.field_words or plain.removesuffix("s") in self.field_words or word in self.no_names or is_ordinary(word)

    def is_firm(self, words: list[str]) -> bool:
        """Whether a name of several words can hardly be a person's: none of its words is, and it ends in an ordinary one."""
        return len(words) > 1 and not self.is_person(words) and words[-1] not in self.given and self.is_ordinary(words[-1])

    def coined_type(self, word: str) -> str | None:
        """The type that the make of a single word speaks for: "HKDJ", "PeakDollar" are tokens, "MinerCon" an event."""
        if self.ticker.fullmatch(word) or (word.endswith(self.token_suffixes) and word not in self.token_suffixes):
            return "ASSET"
        if word.endswith(self.project_suffixes) and word[1:] != word[1:].lower():
            return "PROJECT"
        return "EVENT" if word.endswith(self.event_suffixes) and not is_ordinary(word) else None

    def is_person(self, words: list[str]) -> bool:
        """Whether a name looks like a person's: a known given name first, or a Chinese surname at either end."""
        return len(words) > 1 and (words[0] in self.given or words[0] in self.surnames or words[-1] in self.surnames or "-" in words[-1])

    def _inner_head(self, words: list[str]) -> str | None:
        """The head of "Ministry of Finance", "Bank of X", "Commission for Y", "Policy Statement on Z"."""
        for i, word in enumerate(words[1:], 1):
            if word in {"of", "for", "on", "and"}:
                return self.heads.get(words[i - 1]) or (
                    "LAW"
                    if word == "on" and words[i - 1] in {"Statement", "Declaration", "Notice", "Paper", "Standard", "Guidance"}
                    else None
                )
        return None


@cache
def name_words() -> NameWords:
    """Return the lists of `data/names.yaml`."""
    raw = parse_yaml(NAMES_FILE.read_bytes(), "data/names.yaml")

    def by_word(lists: dict[str, list[str]]) -> dict[str, str]:
        return {word: kind for kind, words in lists.items() for word in words}

    money, codes = "|".join(raw["money"]), "|".join(raw["currency_codes"])
    lists: dict[str, Any] = {
        key: frozenset(raw[key])
        for key in (
            *("legal", "titles", "courtesy", "no_names", "surnames", "given", "openers"),
            *("field_words", "headline_verbs", "owners", "unsure_heads"),
        )
    }
    return NameWords(
        by_word(raw["heads"]),
        by_word(raw["firsts"]),
        by_word(raw["nouns"]),
        by_word(raw["nouns_after"]),
        **lists,
        person_after=re.compile("|".join(raw["person_after"])),
        firm_after=re.compile("|".join(raw["firm_after"])),
        asset_after=re.compile("|".join(raw["asset_after"]).replace("MONEY", money)),
        asset_before=re.compile("|".join(raw["asset_before"])),
        ticker=re.compile(rf"[A-Z]{{1,4}}(?:{codes})|(?:{codes})(?:[A-Z]{{1,2}}|[a-z])|[A-Z](?:{codes})[A-Z]"),
        token_suffixes=tuple(raw["token_suffixes"]),
        event_suffixes=tuple(raw["event_suffixes"]),
        project_suffixes=tuple(raw["project_suffixes"]),
        firm_before=re.compile("|".join(raw["firm_before"])),
        money=re.compile(money),
        money_before=re.compile("|".join(raw["money_before"])),
    )


def short_forms(name: str, kind: str) -> set[str]:
    """Return the forms by which a text may take a name up again: surname, acronym, the name without its legal form or last words."""
    words = [w for w in re.split(r"[\s,]+", name) if w]
    if kind == "PERSON":
        return _person_forms(words)
    forms = set()
    known = name_words()
    while len(words) > 1 and words[-1].strip("().") in known.legal:
        words.pop()
        forms.add(" ".join(words).rstrip(","))
    if kind in {"FIRM", "BANK", "MEDIA", "ORGANIZATION"}:
        while len(words) > 1 and known.heads.get(words[-1]) in {"FIRM", kind}:
            words.pop()
            if len(words) > 1 or (len(words[0]) > 3 and words[0] not in known.no_names):
                forms.add(" ".join(words))
    return forms


def acronym(name: str) -> str:
    """Return the capital initials of a name's words: "Hong Kong Monetary Authority" gives HKMA."""
    return "".join(word[0] for word in re.findall(r"[A-Za-z][\w’']*", name) if word[0].isupper())


def _person_forms(words: list[str]) -> set[str]:
    """The surname: the first word of a name in Chinese order ("Lai Pak-yin", "Xiao Feng"), else the last."""
    if len(words) < 2:
        return set()
    surnames = name_words().surnames
    if words[0] in surnames and "-" not in words[0]:
        return {words[0], words[-1]} if words[-1] in surnames else {words[0]}
    return {words[-1]}
