"""Words of a Chinese text: names and values that are known, and what a dictionary makes of the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from hkcrypto.language.zh.lexicon import load_lexicon

if TYPE_CHECKING:
    from rjieba import Jieba

# As good as certain, so that a word of ours is never cut; what the dictionary has longer still goes first.
_OFTEN = 200_000


@dataclass(frozen=True, slots=True)
class Token:
    """A word in Simplified characters and its part of speech ("v", "n", "x" for marks); offsets are those of the text."""

    start: int
    end: int
    word: str
    tag: str


class Segmenter:
    """Cuts text into words, those of the cue lists and `extra` among them; the dictionary is read on first use."""

    def __init__(self, extra: Iterable[str] = ()) -> None:
        self.extra = sorted(set(extra) | set(load_lexicon().words()))

    @cached_property
    def jieba(self) -> Jieba:
        """The dictionary with our words in it."""
        from rjieba import Jieba

        jieba = Jieba()
        for word in self.extra:
            if len(word) > 1:
                jieba.add_word(word, _OFTEN, _tag(jieba, word))
        return jieba

    @cached_property
    def plain(self) -> Jieba:
        """The dictionary as it comes."""
        from rjieba import Jieba

        return Jieba()

    def tokens(self, plain: str, start: int, end: int) -> Iterator[Token]:
        """Yield the words of plain[start:end], white space left out."""
        position = start
        for word, tag in self.jieba.tag(plain[start:end], hmm=False):
            if len(word) == 2 and word[1] == "港" and word[0] in "在来赴驻于访抵":  # "赴港上市"
                yield Token(position, position + 1, word[0], "v" if word[0] in "来驻访抵" else "p")
                yield Token(position + 1, position + 2, "港", "ns")
            elif not word.isspace():
                yield Token(position, position + len(word), word, tag)
            position += len(word)

    def around(self, plain: str, start: int, end: int, taken: Sequence[tuple[int, int]]) -> Iterator[Token]:
        """Yield the words of plain[start:end] between the stretches that are taken (sorted), which come whole, tagged "name"."""
        position = start
        for left, right in taken:
            yield from self.tokens(plain, position, left)
            yield Token(left, right, plain[left:right], "name")
            position = right
        yield from self.tokens(plain, position, end)

    def cuts(self, plain: str, start: int, end: int) -> list[tuple[int, int]]:
        """Return the spans of the dictionary's own words in plain[start:end]."""
        spans, position = [], start
        for word in self.plain.cut(plain[start:end], hmm=False):
            spans.append((position, position + len(word)))
            position += len(word)
        return spans

    def is_word(self, word: str) -> bool:
        """Whether the dictionary has a word."""
        return bool(self.plain.has_word(word))


def _tag(jieba: Jieba, word: str) -> str:
    """The part of speech of a word, or of its last part: Chinese words end in their heads."""
    return str(jieba.tag(word, hmm=False)[-1][1])
