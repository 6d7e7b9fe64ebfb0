"""The Chinese cue words of `data/cues.yaml`, in Simplified characters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from hkcrypto.language.cues import CUES_FILE
from hkcrypto.script import simplified
from hkcrypto.yamlfile import parse_yaml

STATUSES = ("planned", "possible", "negated", "ended")
# Marks that end a stretch which has one subject; "、" joins, quotation marks and brackets do neither.
BREAKS = frozenset("，,；;：:。！？!?—…【】\n")
OPENING = frozenset("「『“‘《〈（([")
CLOSING = frozenset("」』”’》〉）)]")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What each word does in a clause: its role (`coverbs`), the status that it gives (`status`), or the class that it is in."""

    coverbs: dict[str, str]
    status: dict[str, str]
    classes: dict[str, frozenset[str]]

    def has(self, name: str, word: str) -> bool:
        """Whether a word is in a class."""
        return word in self.classes[name]

    def words(self) -> Iterator[str]:
        """Yield every word, also twice."""
        yield from self.coverbs
        yield from self.status
        for words in self.classes.values():
            yield from words


@cache
def load_lexicon() -> Lexicon:
    """Return the Chinese cue words; DataError where the file is at fault."""
    raw: dict[str, Any] = parse_yaml(CUES_FILE.read_bytes(), "data/cues.yaml")["zh"]
    coverbs = {simplified(word): role for role, words in raw["coverbs"].items() for word in words}
    status = {simplified(word): name for name in STATUSES for word in raw[name]}
    classes = {name: frozenset(map(simplified, words)) for name, words in raw.items() if isinstance(words, list)}
    return Lexicon(coverbs, status, classes)
