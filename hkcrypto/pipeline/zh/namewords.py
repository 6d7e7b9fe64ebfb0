"""The lists of `data/names_zh.yaml`, in Simplified characters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from hkcrypto.script import simplified
from hkcrypto.yamlfile import parse_yaml

FILE = Path(__file__).parents[2] / "data" / "names_zh.yaml"


@dataclass(frozen=True, slots=True)
class ChineseNameWords:
    """What Chinese names end with (`heads`, by type), what stands around them, and what no name begins with (`generic`)."""

    heads: dict[str, str]
    weak: frozenset[str]
    legal: frozenset[str]
    nouns: dict[str, str]
    titles: frozenset[str]
    courtesy: frozenset[str]
    surnames: frozenset[str]
    compound_surnames: frozenset[str]
    generic: frozenset[str]
    no_names: frozenset[str]


@cache
def chinese_name_words() -> ChineseNameWords:
    """Return the word lists; DataError where the file is no YAML."""
    raw: dict[str, Any] = parse_yaml(FILE.read_bytes(), "data/names_zh.yaml")

    def by_word(lists: dict[str, list[str]]) -> dict[str, str]:
        return {simplified(word): kind for kind, words in lists.items() for word in words}

    rest: dict[str, Any] = {
        name: frozenset(map(simplified, raw[name]))
        for name in ("weak", "legal", "titles", "courtesy", "surnames", "compound_surnames", "generic", "no_names")
    }
    return ChineseNameWords(by_word(raw["heads"]), nouns=by_word(raw["nouns"]), **rest)
