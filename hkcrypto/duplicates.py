"""Copies of one text: the same words, or nearly so, found by signatures that stand for texts."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from zlib import crc32

if TYPE_CHECKING:
    from rensa import RMinHash

# Two texts are copies where they share seven tenths of their runs of three words: so do an article and its copy with another
# masthead and footer and every thirtieth word changed (0.75 to 0.85). Any two of 33 articles on the same field share at most 0.03.
THRESHOLD = 0.7
RUN = 3
# And where one has nineteen of twenty names and figures of the other: an authority's notices on two firms differ in little else.
NAMES = 0.95
# The error of the estimate is 0.04 at the threshold; with 32 bands of 4, no pair above it is missed. A text costs 5 KB.
HASHES, BANDS, SEED = 128, 32, 1
_WORD = re.compile(r"[㐀-鿿]|[^\W㐀-鿿]+")


@dataclass(frozen=True, slots=True)
class Signature:
    """What stands for a text: the signature of its runs of words, and checksums of its names and figures."""

    runs: RMinHash
    names: array[int]

    def is_copy_of(self, other: Signature) -> bool:
        """Return whether the two texts are the same, or nearly so."""
        return self.runs.jaccard(other.runs) >= THRESHOLD and _contained(set(self.names), set(other.names)) >= NAMES


def signature(text: str) -> Signature | None:
    """Return the signature of a text, without punctuation and line breaks (an ideograph is a word); None where it has no words."""
    from rensa import RMinHash

    words = _WORD.findall(text)
    if not words:
        return None
    folded = [word.casefold() for word in words]
    runs = {" ".join(folded[i : i + RUN]) for i in range(max(len(words) - RUN + 1, 1))}
    found = RMinHash(HASHES, SEED)
    found.update([run.encode("utf-8", "surrogatepass") for run in sorted(runs)])
    names = {word for word in words if word[0].isupper() or word[0].isdigit()}
    return Signature(found, array("I", sorted(crc32(word.encode("utf-8", "surrogatepass")) for word in names)))


@dataclass(slots=True)
class Originals:
    """Texts, each by a name, of which none is a copy of another one; only their signatures are kept."""

    names: list[str] = field(default_factory=list)
    signatures: list[Signature] = field(default_factory=list)
    index: Any = None

    def original_of(self, name: str, signed: Signature) -> str | None:
        """Return the name of the first text that this one is a copy of; where there is none, keep it and return None."""
        from rensa import RMinHashLSH

        self.index = self.index or RMinHashLSH(THRESHOLD, HASHES, BANDS)
        for number in sorted(self._candidates(signed)):
            if signed.is_copy_of(self.signatures[number]):
                return self.names[number]
        self.index.insert(len(self.names), signed.runs)
        self.names.append(name)
        self.signatures.append(signed)
        return None

    def _candidates(self, signed: Signature) -> Iterable[int]:
        found: list[int] = self.index.query(signed.runs)
        return found


def _contained(one: set[int], other: set[int]) -> float:
    """Return how much of the smaller set is in the larger one."""
    return len(one & other) / min(len(one), len(other)) if one and other else 1.0
