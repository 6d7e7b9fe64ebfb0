"""Where a Chinese text names something: the knowledge base first, then rules for names that it does not have."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from hkcrypto.language.zh.segment import Segmenter
from hkcrypto.pipeline.candidate import Candidate, set_mentions, without_overlap
from hkcrypto.pipeline.gazetteer import Gazetteer, Match
from hkcrypto.pipeline.tokenizer import content_spans, text_of
from hkcrypto.pipeline.zh.names import ChineseNameRules
from hkcrypto.pipeline.zh.namewords import chinese_name_words
from hkcrypto.script import HAN, simplified

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from hkcrypto.kb import KnowledgeBase

_AMOUNT = re.compile(r"[\d一二三四五六七八九十百千万亿两半余多元]\s?$")
LOCAL_ARM = re.compile(r"[（(](香港|中国|亚洲|国际|新加坡|亚太)[）)]")
_MARKS = re.compile(r"[《》「」]")
SHORT = 4  # ideographs: a longer name is hardly ever part of other words
# Of these types even an ambiguous Chinese form is a name; a firm's may be a common word.
SURE = frozenset({"REGULATOR", "GOVERNMENT", "BANK", "PLACE", "MEDIA", "ORGANIZATION", "LAW", "ASSET", "PROJECT"})
WHOLE = frozenset({"FIRM", "BANK", "PERSON", "PLACE", "MEDIA", "ORGANIZATION"})


class ChineseMentions:
    """Sets the mentions of a Chinese doc, in the same form as those of an English one."""

    def __init__(self, kb: KnowledgeBase, gazetteer: Gazetteer, verbs: frozenset[str]) -> None:
        self.kb = kb
        self.gazetteer = gazetteer
        words = chinese_name_words()
        self.segmenter = Segmenter([*words.heads, *words.legal, *words.titles, *words.nouns, *words.generic, *verbs])
        self.rules = ChineseNameRules(self.segmenter, verbs)

    def __call__(self, doc: Doc) -> Doc:
        """Find the mentions of a doc."""
        text, spans = text_of(doc), content_spans(doc)
        plain = simplified(text)
        known = list(self._known(plain, self.gazetteer.find(text, spans), spans))
        found = self.rules.propose(plain, spans, known)
        set_mentions(doc, without_overlap([*known, *found]))
        return doc

    def _known(self, plain: str, matches: Sequence[Match], spans: Sequence[tuple[int, int]]) -> Iterator[Candidate]:
        certain = {i for m in matches for i, a in m.candidates if not a.ambiguous}
        cuts = _Cuts(self.segmenter, plain, spans)
        for match in matches:
            text = plain[match.start : match.end]
            ids = tuple(dict.fromkeys(i for i, _ in match.candidates))
            kind = self.kb.entries[ids[0]].type
            if kind == "ASSET" and _AMOUNT.search(plain, max(match.start - 3, 0), match.start) and self._is_money(ids[0]):
                continue
            if kind == "GOVERNMENT" and len(text) == 2 and self._is_narrowed(plain, match, matches):
                continue
            sure = any(not a.ambiguous or i in certain for i, a in match.candidates) or self._is_sure(text, kind)
            if not sure or (len(text) <= SHORT and HAN.match(text) and cuts.crosses(match.start, match.end, whole=kind in WHOLE)):
                continue
            start, end = match.start, match.end
            if _MARKS.match(text):
                start += 1
            if _MARKS.match(text[-1]):
                end -= 1
            if kind in {"FIRM", "BANK"} and (arm := LOCAL_ARM.match(plain, end)):
                found = self.gazetteer.exact(plain[start:end] + arm[1])
                yield Candidate(start, arm.end(), kind, "ruler" if found else "ner", 1, found, 20)
                continue
            yield Candidate(start, end, kind, "ruler", 3 if kind == "TOPIC" else 2, ids, 20)

    @staticmethod
    def _is_narrowed(plain: str, match: Match, matches: Sequence[Match]) -> bool:
        """Whether a word such as 政府 is another's by the name or the noun right before it."""
        return plain[max(match.start - 1, 0) : match.start] in set("国区地方市省州邦级") or any(m.end == match.start for m in matches)

    def _is_sure(self, text: str, kind: str) -> bool:
        """Whether an ambiguous form may do without the name in full elsewhere."""
        if HAN.match(text) is None:
            return kind not in {"TOPIC", "ASSET"}
        return kind in SURE or (kind in {"FIRM", "PERSON"} and not self.segmenter.is_word(text))

    def _is_money(self, entity_id: str) -> bool:
        return any(
            a.text.endswith(("元", "幣", "币", "圓", "圜", "鎊", "镑", "dollar", "yuan")) for a in self.kb.entries[entity_id].aliases
        )


class _Cuts:
    """The dictionary's words, a paragraph at a time, to tell a name from pieces of two words ("外币安排" names no 币安)."""

    def __init__(self, segmenter: Segmenter, plain: str, spans: Sequence[tuple[int, int]]) -> None:
        self.segmenter = segmenter
        self.plain = plain
        self.spans = spans
        self.words: dict[int, list[tuple[int, int]]] = {}

    def crosses(self, start: int, end: int, *, whole: bool) -> bool:
        """Whether a name takes the end of one word and the beginning of the next, or, for a `whole` one, part of one word."""
        first, last = self._word_at(start), self._word_at(end - 1)
        left, right = first[0] < start, last[1] > end
        if first == last:
            return whole and (left or right) and self.segmenter.is_word(self.plain[slice(*first)]) and not self._ends_in_suffix(first, end)
        return (left and right) or (left and end - start < 3 and whole)

    def _ends_in_suffix(self, word: tuple[int, int], end: int) -> bool:
        """Whether what the word has more is but a suffix: 香港 in 香港市, 汇丰 in 汇丰银行."""
        return self.plain[end : word[1]] in {"市", "省", "州", "县", "区", "人", "银行", "集团", "政府", "公司", "国", "岛"}

    def _word_at(self, position: int) -> tuple[int, int]:
        span = next(s for s in self.spans if s[0] <= position < s[1])
        if span[0] not in self.words:
            self.words[span[0]] = self.segmenter.cuts(self.plain, *span)
        words = self.words[span[0]]
        return words[bisect_right(words, position, key=lambda w: w[0]) - 1]
