"""Whether the words around a date look back or forward from the day of writing."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import Literal

Direction = Literal["past", "future", "near"]

_BEFORE, _AFTER = 400, 200
# No boundary after "Mr." or "U.S."; a line break inside a paragraph goes on in lower case.
_BOUNDARY = re.compile(r"(?:(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!Mrs)(?<!\.[A-Z])[.!?][\"”’)]{0,3}\s+(?=[A-Z“\"(‘])|\n(?=[^\S\n]*[^a-z\s]))")

_ADVERB = r"(?:\s+(?:not|also|now|then|still|only|never|soon|\w+ly))?"
_MODAL = r"(?:[Ww]ill|shall|would|should|must|may|might|can|could|cannot|won['’]t)"
_BE = rf"(?:\s+(?:be|have|get)\b(?:\s+been)?{_ADVERB}(?:\s+\w+)?)?"
# Present tense of what is fixed in a calendar: "delivers his Budget on Wednesday".
_SCHEDULED = (
    r"begins?|starts|opens|closes|delivers|expires?|ends|launches|meets?|hosts|unveils|votes|holds|speaks|resumes?|returns|enters|"
    r"(?:takes?|taking)\s+effect|comes?\s+into|coming\s+into|kicks?\s+off|goes\s+live"
)
_FUTURE = (
    rf"{_MODAL}\b{_ADVERB}{_BE}|['’]ll\b"
    r"|(?:is|are)\s+(?:set|due|expected|scheduled|slated|poised|likely|about|planned|to|\w+ing)\b"
    r"|(?:set|due|scheduled|slated|poised|expected|likely|planned|ready|plan(?:s|ning)?|aim(?:s|ing)?|intend(?:s|ing)?|expects?|hop(?:es?|ing)|wants?|seeks?|preparing|"
    rf"vows?|pledges?|needs?|has|have)\s+(?:for|until|to\b{_BE})|to\s+be\s+\w+"
    r"|(?:adjourned|postponed|delayed|deferred|extended|rescheduled|pushed)(?:\s+\w+){0,4}\s+(?:to|until|till)\b"
    rf"|(?:upcoming|forthcoming|ahead of|deadline|{_SCHEDULED})\b"
)
_IRREGULAR = (
    "said|told|was|were|had|has|have|did|came|went|took|made|sold|bought|became|began|held|gave|got|won|lost|left|led|met|rose|fell|grew|paid|ran|saw|sent|spoke|stood|"
    "struck|sought|built|brought|drew|quit|withdrew|wrote|found|shut|hit|cut|put|kept|knew|thought|wound|drove|broke|chose|spent|sank|stole|swore|fled|laid|dealt|ago|since"
)
_CUE = re.compile(rf"\b(?:(?P<future>{_FUTURE})|(?P<past>(?:{_IRREGULAR})\b|(?P<participle>[a-z]{{2,20}}[^\We]ed\b)))")
# There a word in -ed is an adjective, or belongs to an auxiliary that speaks for itself.
_ADJECTIVE = re.compile(r"(?:\b(?:the|an?|of|for|in|to|by|with|its|their|be|been|being|them|him|us)\s|-)$")
_ADJECTIVES = frozenset(
    {
        "licensed",
        "unlicensed",
        "listed",
        "regulated",
        "unregulated",
        "tokenised",
        "tokenized",
        "related",
        "interested",
        "proposed",
        "authorised",
        "authorized",
        "hundred",
    }
)
_DIRECT = re.compile(r"\b(?:(?P<past>[Ss]ince)|(?P<near>[Ss]tarting|[Bb]eginning|[Ee]ffective))(?:\s+(?:on|from|in|the))?\s*$")
# Where no verb tells, the infinitive of a headline does: "HKMA to issue licences in March".
_HEADLINE = re.compile(
    r"\bto\s+(?:launch|issue|open|start|begin|hold|host|list|grant|allow|introduce|unveil|publish|close|release|roll|implement|apply|vote|regulate|convene|meet|offer|"
    r"ban|require|enforce|facilitate|extend|expand|join|raise|test|trial|bring|take)\b",
    re.IGNORECASE,
)


class Tenses:
    """The verbs and sentence bounds of text[start:end], read when first asked for."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text, self._start, self._end = text, start, end

    def direction(self, start: int, end: int) -> Direction | None:
        """Return where the sentence looks from text[start:end], None where no verb tells.

        "near" is to whichever side is closer ("effective from August 1").
        Else the nearest verb before the expression decides, else the first one after it.
        """
        first = self.sentence_start(start)
        if direct := _DIRECT.search(self._text, max(first, start - 30), start):
            return "past" if direct["past"] else "near"
        places, directions = self._cues
        before, after = bisect_left(places, start) - 1, bisect_left(places, end)
        if before >= 0 and places[before] >= first:
            return directions[before]
        if after < len(places) and places[after] < self._sentence_end(end):
            return directions[after]
        return "future" if _HEADLINE.search(self._text, first, start) else None

    def sentence_start(self, place: int) -> int:
        """Return where the sentence around the place begins, or the edge of a bounded window before it."""
        index = bisect_right(self._bounds, place) - 1
        return max(place - _BEFORE, self._bounds[index] if index >= 0 else self._start)

    def _sentence_end(self, place: int) -> int:
        index = bisect_right(self._bounds, place)
        return min(place + _AFTER, self._bounds[index] if index < len(self._bounds) else self._end)

    @cached_property
    def _bounds(self) -> list[int]:
        return [match.end() for match in _BOUNDARY.finditer(self._text, self._start, self._end)]

    @cached_property
    def _cues(self) -> tuple[list[int], list[Direction]]:
        places: list[int] = []
        directions: list[Direction] = []
        for match in _CUE.finditer(self._text, self._start, self._end):
            if not (match["participle"] and self._is_adjective(match)):
                places.append(match.start())
                directions.append("future" if match["future"] else "past")
        return places, directions

    def _is_adjective(self, match: re.Match[str]) -> bool:
        return match["participle"] in _ADJECTIVES or bool(_ADJECTIVE.search(self._text, max(0, match.start() - 8), match.start()))
