"""The Chinese words that point to an entity without naming it; they are in `data/coreference.yaml`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from hkcrypto.pipeline.anaphors import FILE, by_word, types
from hkcrypto.script import simplified
from hkcrypto.yamlfile import parse_yaml


@dataclass(frozen=True, slots=True)
class ChineseAnaphors:
    """Pronouns and roles with the types that each may stand for; `groups` gives the size of "双方", and the types of its members."""

    pronouns: dict[str, frozenset[str]]
    roles: dict[str, frozenset[str]]
    own: frozenset[str]
    bare: frozenset[str]
    groups: dict[str, tuple[int, frozenset[str]]]
    former: frozenset[str]
    latter: frozenset[str]
    of_firms: frozenset[str]
    places: dict[str, str]

    def words(self) -> Iterator[str]:
        """Yield every word."""
        for words in (self.pronouns, self.roles, self.own, self.groups, self.former, self.latter):
            yield from words


@cache
def load_chinese_anaphors() -> ChineseAnaphors:
    """Return the words, in Simplified characters; DataError where the file is no YAML."""
    raw: dict[str, Any] = parse_yaml(FILE.read_bytes(), "data/coreference.yaml")["zh"]
    kinds = {simplified(noun): types(said) for noun, said in raw["group_types"].items()}

    def members(word: str) -> frozenset[str]:
        return next((kind for noun, kind in kinds.items() if word.endswith(noun)), types("ORGANISATIONS"))

    return ChineseAnaphors(
        pronouns=_plain(by_word(raw["pronouns"])),
        roles=_plain(by_word(raw["roles"])),
        places={simplified(word): entity for word, entity in raw["places"].items()},
        groups={simplified(word): (int(size), members(simplified(word))) for word, size in raw["groups"].items()},
        **{name: frozenset(map(simplified, raw[name])) for name in ("own", "bare", "former", "latter", "of_firms")},
    )


def _plain(words: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    return {simplified(word): kinds for word, kinds in words.items()}
