"""Copies of one text: the same words, or nearly so, found by signatures that stand for texts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rensa import RMinHash

# Two texts are copies where they share seven tenths of their runs of three words: so do an article and its copy with another
# masthead and footer and every thirtieth word changed (0.75 to 0.85). Any two of 33 articles on the same field share at most 0.03.
THRESHOLD = 0.7
RUN = 3
# The error of the estimate is 0.03 at the threshold; with 64 bands of 4, no pair at the threshold is missed.
HASHES, BANDS, SEED = 256, 64, 1
_WORD = re.compile(r"[㐀-鿿]|[^\W㐀-鿿]+")


def signature(text: str) -> RMinHash:
    """Return the signature (1 KB) of a text by its runs of words, without case and punctuation; an ideograph is a word."""
    from rensa import RMinHash

    words = _WORD.findall(text.casefold())
    runs = {" ".join(words[i : i + RUN]) for i in range(max(len(words) - RUN + 1, 1))}
    found = RMinHash(HASHES, SEED)
    found.update([run.encode("utf-8", "surrogatepass") for run in runs])
    return found


@dataclass(slots=True)
class Originals:
    """Texts, each by a name, of which none is a copy of another one; only their signatures are kept."""

    names: list[str] = field(default_factory=list)
    signatures: list[RMinHash] = field(default_factory=list)
    index: Any = None

    def original_of(self, name: str, signed: RMinHash) -> str | None:
        """Return the name of the first text that this one is a copy of; where there is none, keep it and return None."""
        from rensa import RMinHashLSH

        self.index = self.index or RMinHashLSH(THRESHOLD, HASHES, BANDS)
        for number in sorted(self._candidates(signed)):
            if self.signatures[number].jaccard(signed) >= THRESHOLD:
                return self.names[number]
        self.index.insert(len(self.names), signed)
        self.names.append(name)
        self.signatures.append(signed)
        return None

    def _candidates(self, signed: RMinHash) -> Iterable[int]:
        found: list[int] = self.index.query(signed)
        return found
