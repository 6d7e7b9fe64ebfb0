"""Rules for Chinese names that the knowledge base does not have: heads and legal forms, quotation marks, titles, Latin words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from hkcrypto.language.zh.lexicon import load_lexicon
from hkcrypto.language.zh.segment import Segmenter, Token
from hkcrypto.pipeline.candidate import Candidate
from hkcrypto.pipeline.namewords import name_words
from hkcrypto.pipeline.zh.namewords import chinese_name_words
from hkcrypto.script import HAN

if TYPE_CHECKING:
    from collections.abc import Mapping

_W = "A-Za-z0-9À-ɏ"
_LATIN = re.compile(
    rf"(?<![{_W}$@./])(?:[A-Z][{_W}&'’.-]*[{_W}+!]|[A-Z]|[a-z]{{1,2}}[A-Z][{_W}]+|\d+[A-Za-z][a-z][{_W}]+)"
    rf"(?: (?:[A-Z&][{_W}&'’.-]*|of|and|the|\d+(?![\d.,%])))*(?<!\.)(?<! of)(?<! and)(?<! the)(?![{_W}@%])"
)
_QUOTED = re.compile(r"[「『“]([^「」『』“”，。！？；：、\n]{2,16})[」』”]")
_TITLED = re.compile(r"《([^《》\n]{2,40})》")
_LISTED = re.compile(r"\s?(?:、|及|和|与|以及|或)\s?")
_LISTED_BEFORE = re.compile(_LISTED.pattern + "$")
_FOREIGN = re.compile(r"[一-鿿]{1,7}(?:[·•‧・．][一-鿿]{1,8}){1,3}")
_TAIL = re.compile(r"[（(](?:香港|中国|亚洲|国际|新加坡|亚太)[）)](?=有限公司|股份|控股|集团)")
_LOCAL_ARM = re.compile(r"[（(](?:香港|中国|亚洲|国际|新加坡|亚太)[）)]")
_LATIN_GLOSS = re.compile(r"[（(][A-Za-z]|[（(，,]?(?:下称|简称|以下简称|又称)")
_REPORTED = re.compile(r"报道|报导|引述|消息")


class ChineseNameRules:
    """Proposes candidates without ids, each with a type and the weight of the evidence for it."""

    def __init__(self, segmenter: Segmenter, verbs: frozenset[str]) -> None:
        self.segmenter = segmenter
        self.verbs = verbs
        self.words = chinese_name_words()
        self.lexicon = load_lexicon()
        self.function = self.lexicon.classes["adverbs"] | self.lexicon.classes["telling"] | set(self.lexicon.coverbs)
        bounds = {*self.lexicon.words(), *self.words.generic, *self.words.titles, *self.words.nouns, *verbs}
        self.barriers = frozenset(bounds - set(self.words.heads))
        # Words of one character that a name of two may begin with after all: "万汇信托".
        self.leads = (
            frozenset(w for w in self.words.generic if len(w) == 1)
            - set(self.lexicon.words())
            - {"家", "间", "个", "名", "位", "该", "各", "某"}
        )

    def propose(self, plain: str, spans: Sequence[tuple[int, int]], known: Sequence[Candidate]) -> list[Candidate]:
        """Return the candidates of the paragraphs of a text in Simplified characters."""
        found: list[Candidate] = []
        known = sorted(known, key=lambda c: c.start)
        starts = [c.start for c in known]
        for start, end in spans:
            inside = known[bisect_left(starts, start) : bisect_left(starts, end)]
            marked = [c for c in (*self._quoted(plain, start, end), *self._titled(plain, start, end)) if not _is_known(c, inside)]
            latin = _as_neighbours(plain, [c for c in self._latin(plain, start, end) if not _covered(c, inside)], inside)
            taken = _apart([*inside, *marked, *latin])
            tokens = list(self.segmenter.around(plain, start, end, [(c.start, c.end) for c in taken]))
            kinds = {c.start: c for c in taken}
            found += [*marked, *latin, *self._headed(plain, tokens, kinds), *self._persons(plain, tokens, kinds)]
        return found

    # --- marks ---

    def _titled(self, plain: str, start: int, end: int) -> Iterator[Candidate]:
        """What stands in 《》: a law by its last word, else a paper where somebody reports it."""
        for match in _TITLED.finditer(plain, start, end):
            kind = self._head_type(match[1])
            if kind in {"LAW", "MEDIA"}:
                yield Candidate(match.start(1), match.end(1), kind, "ner", 1, weight=20)
            elif _REPORTED.match(plain, match.end()) or plain[max(match.start() - 2, 0) : match.start()].endswith(("据", "引述")):
                yield Candidate(match.start(1), match.end(1), "MEDIA", "ner", 1, weight=20)

    def _quoted(self, plain: str, start: int, end: int) -> Iterator[Candidate]:
        """What stands in quotation marks where the word before or behind it says that it is a name."""
        for match in _QUOTED.finditer(plain, start, end):
            kind = self._noun_before(plain, match.start()) or self._noun_after(plain, match.end()) or self._strong_type(match[1])
            if kind and (match[1].isascii() or self._may_be_name(match[1])):
                yield Candidate(match.start(1), match.end(1), kind, "ner", 2, weight=20)

    def _may_be_name(self, text: str) -> bool:
        """Whether a quotation has no word that only clauses have."""
        return "的" not in text and not any(
            t.word in self.lexicon.status or t.word in self.function or (t.tag in {"d", "r"} and len(t.word) > 1)
            for t in self.segmenter.tokens(text, 0, len(text))
        )

    def _noun_before(self, plain: str, position: int) -> str | None:
        return next((kind for size in (6, 5, 4, 3, 2) if (kind := self.words.nouns.get(plain[max(position - size, 0) : position]))), None)

    def _noun_after(self, plain: str, position: int) -> str | None:
        behind = plain[position + (plain[position : position + 1] == "的") : position + 10]
        if any(behind.startswith(title) for title in self.words.titles) or behind.startswith(("旗下", "发言人", "母公司", "创办", "团队")):
            return "FIRM"
        return next((kind for size in (6, 5, 4, 3, 2) if (kind := self.words.nouns.get(behind[:size]))), None)

    # --- heads ---

    def _head_type(self, name: str) -> str | None:
        """The type that the last word of a name gives it; a legal form says firm, a bank before it bank."""
        bare = re.sub(r"[（(][^（()）]*[）)]$", "", name)
        for legal in sorted(self.words.legal, key=len, reverse=True):
            if bare.endswith(legal) and bare != legal:
                return "BANK" if "银行" in bare else "FIRM"
        return next((self.words.heads[bare[-size:]] for size in range(min(7, len(bare)), 0, -1) if bare[-size:] in self.words.heads), None)

    def _strong_type(self, name: str) -> str | None:
        """The type of a quoted name by a head that is no common word."""
        head = next((name[-size:] for size in range(min(7, len(name) - 1), 1, -1) if name[-size:] in self.words.heads), None)
        return (
            self.words.heads[head]
            if head is not None
            and len(name) > len(head) + 1
            and head not in {"计划", "项目", "框架", "规则", "数字", "服务", "资产", "系统"}
            else None
        )

    def _headed(self, plain: str, tokens: Sequence[Token], kinds: Mapping[int, Candidate]) -> Iterator[Candidate]:
        """Runs of words that end with a head noun or a legal form: "汇泓集团", "观澜数码科技有限公司"."""
        at = floor = 0  # the words before `floor` are of the name before
        while at < len(tokens):
            token = tokens[at]
            if token.tag == "name" or (token.word not in self.words.heads and token.word not in self.words.legal):
                at += 1
                continue
            last = at
            while last + 1 < len(tokens) and self._goes_on(plain, tokens, last):
                last += 1
            while last > at and self._is_verb(plain, tokens, last):
                last -= 1
            first, named = self._left_end(tokens, at, kinds, floor)
            if candidate := self._run(plain, tokens, first, at, last, named):
                yield candidate
                floor = last + 1
            at = last + 1

    def _is_verb(self, plain: str, tokens: Sequence[Token], at: int) -> bool:
        """Whether a head is the verb of the clause: "X资本投资Y"."""
        behind = tokens[at + 1] if at + 1 < len(tokens) else None
        return (
            tokens[at].word in self.verbs
            and behind is not None
            and bool(HAN.match(plain[behind.start]))
            and behind.word not in self.barriers
        )

    def _goes_on(self, plain: str, tokens: Sequence[Token], last: int) -> bool:
        """Whether the next word belongs to the name too: another head, a legal form, or the place of a local arm in brackets."""
        behind = tokens[last + 1]
        if behind.start != tokens[last].end:
            return False
        kind, here = self.words.heads.get(behind.word), self.words.heads.get(tokens[last].word)
        alike = kind is not None and (kind == here or kind not in {"PROJECT", "ASSET"})  # no "X集团计划"
        if behind.word in self.words.legal or (alike and behind.tag != "name"):
            return True
        return bool(_TAIL.match(plain, tokens[last].end)) or (behind.start - 3 >= 0 and bool(_TAIL.match(plain, behind.start - 1)))

    def _left_end(self, tokens: Sequence[Token], at: int, kinds: Mapping[int, Candidate], floor: int) -> tuple[int, Candidate | None]:
        """The index of the first word of the name that ends at `at`, and a known name that it begins with."""
        first = at
        while first > floor and tokens[first - 1].end == tokens[first].start and tokens[at].start - tokens[first - 1].start <= 8:
            before = tokens[first - 1]
            if before.tag == "name":
                known = kinds.get(before.start)
                if known is not None and known.type in {"PLACE", "FIRM", "BANK"}:
                    return first - 1, known
                if known is None or known.type != "TOPIC":
                    return first, None
                first -= 1
                continue
            completes = at - first == 1 and len(tokens[first].word) == 1 and before.word in self.leads
            if (
                (before.word in self.barriers and not completes)
                or not (HAN.match(before.word) or before.word.isalnum())
                or before.word[0].isdigit()
            ):
                break
            if before.tag.startswith(("v", "d", "p", "c", "u", "r", "m", "q", "t", "f")) and len(before.word) > 1:
                break
            first -= 1
        return first, None

    def _run(self, plain: str, tokens: Sequence[Token], first: int, head: int, last: int, known: Candidate | None) -> Candidate | None:
        start, end = tokens[first].start, tokens[last].end
        kind = self._head_type(plain[start:end])
        open_ended = tokens[last].word in self.lexicon.status and plain[end : end + 1] not in set("」』”》")  # "X计划" may plan
        if kind is None or head == first or open_ended:
            return None
        own = [t for t in tokens[first:head] if t.tag != "name"]
        legal = any(plain[start:end].endswith(word) for word in self.words.legal if len(word) > 2)
        if known is not None and known.type != "PLACE":
            if known.type == kind and not own and self._is_same(plain, known, end):
                return Candidate(start, end, kind, "ruler", 1, known.ids, weight=20)
            simple = kind in {"FIRM", "BANK"} and not own and last == head and tokens[head].word not in self.words.nouns
            return Candidate(start, end, kind, "ner", 1, weight=20) if legal or simple else None
        topical = any(t.tag == "name" for t in tokens[first + (known is not None) : head])
        public = kind in {"ORGANIZATION", "GOVERNMENT", "REGULATOR", "EVENT", "LAW"}
        if known is not None and (public or (legal and (own or topical)) or (last > head and own)):
            return self._candidate(plain, start, end, kind, 1)
        if topical:
            whole = legal or kind in {"ORGANIZATION", "EVENT"} or (kind == "LAW" and bool(own))
        else:
            whole = legal or self._is_named(plain, tokens, first, head, last)
        return self._candidate(plain, start, end, kind, 1 if known is not None or topical else 3) if whole else None

    @staticmethod
    def _candidate(plain: str, start: int, end: int, kind: str, priority: int) -> Candidate:
        arm = _LOCAL_ARM.match(plain, end) if kind in {"FIRM", "BANK"} else None
        return Candidate(start, arm.end() if arm else end, kind, "ner", 1 if arm else priority, weight=20)

    def _is_same(self, plain: str, known: Candidate, end: int) -> bool:
        """Whether what stands behind a known name is only more of it: a legal form, or the group."""
        rest, name = plain[known.end : end], plain[known.start : known.end]
        full = any(rest.endswith(word) for word in self.words.legal)
        return rest in self.words.legal or (rest == "集团" and known.type == "FIRM") or (full and self._head_type(name) is not None)

    def _is_named(self, plain: str, tokens: Sequence[Token], first: int, head: int, last: int) -> bool:
        """Whether the words before a head are a name's: coined, or said to be one by what stands around or by another place."""
        own, end = tokens[first:head], tokens[last].end
        name, size = plain[own[0].start : tokens[head].end], sum(len(t.word) for t in own)
        if size < 2:
            return False
        coined = any(len(t.word) == 1 or t.tag in {"nr", "nz"} or not self.segmenter.is_word(t.word) for t in own)
        gloss = bool(_LATIN_GLOSS.match(plain, end) or _LOCAL_ARM.match(plain, end)) or self._noun_after(plain, end) == "FIRM"
        if gloss or plain[end : end + 1] in "」』”" or last > head:
            return True
        weak = tokens[head].word in self.words.weak or len(tokens[head].word) == 1
        if coined:
            return not weak or size >= 3 or all(len(t.word) == 1 for t in own)
        return (not weak and size < 5) or plain.count(name) > 1

    # --- persons ---

    def _persons(self, plain: str, tokens: Sequence[Token], kinds: Mapping[int, Candidate]) -> Iterator[Candidate]:
        """Surname and given name behind a title, or before one or a verb of saying; foreign names with a dot between their parts."""
        for at, token in enumerate(tokens):
            if token.tag == "name" or not HAN.match(token.word):
                continue
            before = tokens[at - 1] if at else None
            titled = before is not None and before.end == token.start and before.word in self.words.titles
            bounded = before is None or before.tag == "name" or before.word in self.barriers or not HAN.match(before.word)
            if foreign := _FOREIGN.match(plain, token.start):
                yield Candidate(token.start, foreign.end(), "PERSON", "ner", 1, weight=20)
                continue
            end = self._name_end(tokens, at, titled=titled) if titled or bounded else None
            if end is None and titled and (last := self._transcribed(plain, tokens, at)) is not None:
                yield Candidate(token.start, tokens[last - 1].end, "PERSON", "ner", 4, weight=20)
            if end is None:
                continue
            behind = tokens[end] if end < len(tokens) and tokens[end].start == tokens[end - 1].end else None
            said = behind is not None and (
                behind.word in self.words.courtesy or self.lexicon.has("telling", behind.word) or behind.word in self.words.titles
            )
            name = tokens[at:end]
            coined = sum(len(t.word) for t in name) == 3 and not any(len(t.word) > 1 and self.segmenter.is_word(t.word) for t in name)
            if titled or said or self._is_listed(tokens, at, kinds) or (coined and self._is_bound(behind)):
                yield Candidate(token.start, tokens[end - 1].end, "PERSON", "ner", 2 if titled or said else 5, weight=20 if titled else 3)

    def _transcribed(self, plain: str, tokens: Sequence[Token], at: int) -> int | None:
        """The index behind a foreign name without a dot, between a title and a verb of saying or brackets: "總裁溫拓思表示"."""
        end = at
        while end < len(tokens) and tokens[end].end - tokens[at].start <= 6 and self._is_part(tokens[end], first=False, titled=False):
            if not HAN.match(tokens[end].word) or (end > at and tokens[end].start != tokens[end - 1].end) or tokens[end].tag == "name":
                break
            end += 1
        name = tokens[at:end]
        size = sum(len(t.word) for t in name)
        behind = tokens[end] if end < len(tokens) else None
        said = behind is not None and (self.lexicon.has("telling", behind.word) or bool(_LATIN_GLOSS.match(plain, behind.start)))
        coined = any(len(t.word) == 1 or not self.segmenter.is_word(t.word) for t in name)
        return end if 2 <= size <= 6 and coined and said else None

    def _is_bound(self, behind: Token | None) -> bool:
        """Whether a name ends before this word."""
        return (
            behind is None
            or behind.tag == "name"
            or behind.word in self.barriers
            or not HAN.match(behind.word)
            or (behind.tag.startswith("v") and len(behind.word) > 1)
        )

    @staticmethod
    def _is_listed(tokens: Sequence[Token], at: int, kinds: Mapping[int, Candidate]) -> bool:
        """Whether a list joins the word to a known person before it."""
        if at < 2 or tokens[at - 1].word not in {"、", "及", "和", "与"} or tokens[at - 2].tag != "name":
            return False
        known = kinds.get(tokens[at - 2].start)
        return known is not None and known.type == "PERSON"

    def _name_end(self, tokens: Sequence[Token], at: int, *, titled: bool) -> int | None:
        """The index behind the last word of a Chinese personal name that begins here: the first place where one may end."""
        text = ""
        for i in range(at, min(at + 4, len(tokens))):
            token = tokens[i]
            if token.tag == "name" or not HAN.match(token.word) or (i > at and token.start != tokens[i - 1].end):
                return None
            text += token.word
            surname = 2 if text[:2] in self.words.compound_surnames else 1
            if not self._is_part(token, first=i == at, titled=titled) and text not in self.words.compound_surnames:
                return None
            if (surname == 1 and text[:1] not in self.words.surnames) or len(text) > surname + 2:
                return None
            behind = tokens[i + 1] if i + 1 < len(tokens) and tokens[i + 1].start == token.end else None
            if len(text) > surname and (self._is_bound(behind) or len(text) == surname + 2):
                return i + 1
        return None

    def _is_part(self, token: Token, *, first: bool, titled: bool) -> bool:
        """Whether a word may be part of a personal name: no word of clauses, and no longer word of the dictionary but names."""
        if len(token.word) == 1:
            clausal = token.word in self.function or token.word in self.lexicon.status or token.word in self.words.generic
            return titled or first or not clausal
        if token.word in self.barriers:
            return False
        plain = not first and len(token.word) == 2 and token.tag[0] not in "vdtpr"
        return token.tag.startswith("nr") or not self.segmenter.is_word(token.word) or plain

    # --- Latin ---

    def _latin(self, plain: str, start: int, end: int) -> Iterator[Candidate]:
        """Latin words with a capital that are no abbreviations of the field, with the type that the words around them speak for."""
        for match in _LATIN.finditer(plain, start, end):
            words = match[0].split()
            while words and words[-1] in self.words.no_names:
                words.pop()
            if not words or (words[0] in self.words.no_names and len(words) == 1) or (len(words) == 1 and len(words[0]) < 2):
                continue
            left, right = match.start(), match.start() + len(" ".join(words))
            kind, weight = self._latin_type(plain, left, right, words)
            if kind:
                yield Candidate(left, right, kind, "ner", 4 if len(words) == 1 else 1, weight=weight)

    def _latin_type(self, plain: str, left: int, right: int, words: list[str]) -> tuple[str | None, int]:
        known = name_words()
        gap = 1 if plain[right : right + 1] == " " else 0
        before = plain[max(left - 8, 0) : left].rstrip(" 「“『（(")
        after = plain[right + gap : right + gap + 8].lstrip("」”』")
        kind = self._noun_before(before, len(before)) or self._noun_after(after, 0)
        if len(words) == 1 and (coined := known.coined_type(words[0])):
            return coined, 3
        if kind:
            return kind, 3
        titled = any(before.endswith(title) for title in self.words.titles)
        if (titled or known.is_person(words) or words[0] in known.given) and len(words) < 4 and (len(words) > 1 or titled):
            return "PERSON", 20 if titled else 3
        if head := known.head_type(words):
            return head, 20
        if words[0].isupper() and len(words) == 1:
            return (None, 0) if len(words[0]) > 6 or words[0].isdigit() else ("FIRM", 1)
        return "FIRM", 1


def _as_neighbours(plain: str, names: Sequence[Candidate], known: Sequence[Candidate]) -> list[Candidate]:
    """The names, with words in capitals that a list joins to an asset as assets: "AVAX、LINK及UNI"."""
    assets = {k.end for k in known if k.type == "ASSET"} | {k.start for k in known if k.type == "ASSET"}
    found = []
    for each in names:
        name = each
        before = _LISTED_BEFORE.search(plain, max(name.start - 4, 0), name.start)
        after = _LISTED.match(plain, name.end)
        beside = {name.start - len(before[0]) if before else -1, after.end() if after else -1}
        if name.weight == 1 and plain[name.start : name.end].isupper() and beside & assets:
            name = replace(name, type="ASSET", weight=3)
            assets |= {name.start, name.end}
        found.append(name)
    return found


def _is_known(candidate: Candidate, known: Sequence[Candidate]) -> bool:
    """Whether the knowledge base has just this name, or only its head goes beyond it."""
    return any(k.start == candidate.start and k.end == candidate.end for k in known)


def _covered(candidate: Candidate, known: Sequence[Candidate]) -> bool:
    """Whether a known name stands there, one that is but a part of it ("Exchange", "Hong Kong") apart."""
    return any(k.start < candidate.end and candidate.start < k.end and not _is_part_of(k, candidate) for k in known)


def _is_part_of(known: Candidate, candidate: Candidate) -> bool:
    inside = candidate.start <= known.start and known.end <= candidate.end and known.end - known.start < candidate.end - candidate.start
    return inside and known.type in {"TOPIC", "PLACE"}


def _apart(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates by offset, none overlapping one before it."""
    found: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda c: (c.start, -c.end)):
        if not found or found[-1].end <= candidate.start:
            found.append(candidate)
    return found
