"""What the words in and around a name say about its type; the words themselves are in `data/names.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from hkcrypto.yamlfile import parse_yaml

NAMES_FILE = Path(__file__).parents[1] / "data" / "names.yaml"


@dataclass(frozen=True, slots=True)
class NameWords:
    """The lists of `data/names.yaml`; `heads`, `firsts` and `nouns` give the type that a word speaks for."""

    heads: dict[str, str]
    firsts: dict[str, str]
    nouns: dict[str, str]
    legal: frozenset[str]
    titles: frozenset[str]
    courtesy: frozenset[str]
    no_names: frozenset[str]
    surnames: frozenset[str]
    given: frozenset[str]
    openers: frozenset[str]
    person_after: re.Pattern[str]
    firm_after: re.Pattern[str]
    token_suffixes: tuple[str, ...]

    def head_type(self, words: list[str]) -> str | None:
        """Return the type that the last word of a name speaks for, legal forms apart; a legal form alone makes a firm."""
        rest = [w.capitalize() if w.isupper() and len(w) > 3 else w for w in words]
        while rest and rest[-1].rstrip(".") in self.legal:
            rest.pop()
        if not rest:
            return None
        if rest[0] in self.firsts and len(rest) > 1:
            return self.firsts[rest[0]]
        if len(rest) > 1 and rest[-1].startswith("(") and rest[-1].endswith(")"):
            rest.pop()
        own = self.heads.get(rest[-1]) if len(rest) > 1 else None
        if own is None and len(rest) > 2:
            own = self._inner_head(rest)
        if len(rest) < len(words):
            return "BANK" if own == "BANK" else "FIRM"
        return own

    def is_person(self, words: list[str]) -> bool:
        """Whether a name looks like a person's: a known given name first, or a Chinese surname at either end."""
        return len(words) > 1 and (words[0] in self.given or words[0] in self.surnames or words[-1] in self.surnames or "-" in words[-1])

    def _inner_head(self, words: list[str]) -> str | None:
        """The head of "Ministry of Finance", "Bank of X", "Commission for Y", "Policy Statement on Z"."""
        for i, word in enumerate(words[1:], 1):
            if word in {"of", "for", "on", "and"}:
                return self.heads.get(words[i - 1]) or (
                    "LAW" if word == "on" and words[i - 1] in {"Statement", "Declaration", "Notice", "Law"} else None
                )
        return None


@cache
def name_words() -> NameWords:
    """Return the lists of `data/names.yaml`."""
    raw = parse_yaml(NAMES_FILE.read_bytes(), "data/names.yaml")

    def by_word(lists: dict[str, list[str]]) -> dict[str, str]:
        return {word: kind for kind, words in lists.items() for word in words}

    lists: dict[str, Any] = {
        key: frozenset(raw[key]) for key in ("legal", "titles", "courtesy", "no_names", "surnames", "given", "openers")
    }
    return NameWords(
        by_word(raw["heads"]),
        by_word(raw["firsts"]),
        by_word(raw["nouns"]),
        **lists,
        person_after=re.compile("|".join(raw["person_after"])),
        firm_after=re.compile("|".join(raw["firm_after"])),
        token_suffixes=tuple(raw["token_suffixes"]),
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
