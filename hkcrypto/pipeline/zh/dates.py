"""Dates in Chinese text, resolved against the day or month of publication."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta

from hkcrypto.pipeline import periods
from hkcrypto.pipeline.numerals import Hit
from hkcrypto.pipeline.periods import Period
from hkcrypto.pipeline.zh.amounts import number

_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_YEAR = r"(?P<y>(?:19|20)\d{2}|二[零〇○][零〇○一二三四五六七八九]{2})年"
_REL_YEAR = r"(?P<ry>今年|去年|明年|前年|后年|本年|上年|翌年|同年)"
_REL_MONTH = r"(?P<rm>本月|上月|下月|上个月|下个月|这个月|当月|同月|今个月)"
_MONTH = rf"(?P<m>{_N})月(?!份额)份?"
_DAY = rf"(?P<d>{_N})[日号](?![本报线])"
_QUARTER = r"(?:第(?P<q>[一二三四1-4])季度?|(?P<q2>[首一二次三四])季度?|Q(?P<q3>[1-4])|(?P<rq>本季|上季|下季)度?)"
_HALF = r"(?P<h>上半年|下半年)"
_EDGE = r"(?P<edge>年底|年末|年终|年初|年中|岁末|底|初|末|中旬|上旬|下旬|中)?"
_DAYS = {
    "今日": 0,
    "今天": 0,
    "今早": 0,
    "今晨": 0,
    "今晚": 0,
    "昨日": -1,
    "昨天": -1,
    "昨晚": -1,
    "昨": -1,
    "前日": -2,
    "前天": -2,
    "明日": 1,
    "明天": 1,
    "后天": 2,
    "后日": 2,
}
_WEEKDAYS = {c: i for i, c in enumerate("一二三四五六日")} | {"天": 6}
_DATE = re.compile(
    rf"(?P<iso>(?P<iy>(?:19|20)\d{{2}})[-/.](?P<im>\d{{1,2}})[-/.](?P<id>\d{{1,2}})(?!\d))"
    rf"|(?P<years>(?P<y1>(?:19|20)\d{{2}})年?(?:至|到|-|–|/)(?P<y2>(?:19|20)\d{{2}})年(?!\d))"
    rf"|(?P<months>{_YEAR.replace('<y>', '<fy>')}(?P<fm>{_N})月(?:至|到|-|–|—)(?:{_YEAR.replace('<y>', '<ty>')})?(?P<tm>{_N})月(?!\d))"
    rf"|(?:(?:{_YEAR}|{_REL_YEAR})的?)?(?:{_QUARTER}|{_HALF}"
    rf"|{_MONTH}(?:{_DAY}(?:(?:至|到|-|–|、)(?:(?P<m2>{_N})月)?(?P<d2>{_N})[日号])?|{_EDGE.replace('edge', 'medge')}))"
    rf"|{_REL_MONTH}(?:{_DAY.replace('<d>', '<rd>')}(?:(?:至|到|-|–)(?P<rd2>{_N})[日号])?|{_EDGE.replace('edge', 'redge')})"
    rf"|(?:{_YEAR.replace('<y>', '<ey>')}|{_REL_YEAR.replace('<ry>', '<ery>')}){_EDGE}"
    r"|(?P<bare>年底|年末|年内|年中|岁末)(?!前后)"
    r"|(?P<week>本周|上周|下周|这周|本星期|上星期|下星期|上个星期|下个星期|今周)(?P<wd>[一二三四五六日天])?"
    r"|(?:周|星期|礼拜)(?P<w>[一二三四五六日天])(?![期年岁])"
    rf"|(?P<t>{'|'.join(sorted((k for k in _DAYS if len(k) > 1), key=len, reverse=True))}|昨(?=[日（(]))"
    rf"|(?<![\d.月第])(?P<only>\d{{1,2}})[日号](?![本报线])"
    rf"|(?P<ago>{_N}|两|数)(?P<unit>日|天|周|个?星期|个月|年)(?P<dir>前|后)(?![后来])"
)
_FUTURE = re.compile(r"将|拟|计划|预计|料|冀|起(?:生效|实施|施行|接受)?|即将|有望|目标|筹备|准备|预期|争取|会(?:于|在)|定于|限期|截止|截至")
_OFFSET = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1, "后年": 2}
_MONTHS = {"本月": 0, "这个月": 0, "今个月": 0, "上月": -1, "上个月": -1, "下月": 1, "下个月": 1}
_ONSET = {"首": 1, "一": 1, "次": 2, "二": 2, "三": 3, "四": 4}


def find_dates(text: str, start: int, end: int, published: str | None) -> Iterator[Hit]:
    """Yield the dates of text[start:end] (Simplified) that can be resolved, in ISO 8601 with quarters and halves."""
    reader = _Reader(text, periods.parse(published))
    for match in _DATE.finditer(text, start, end):
        period = reader.read(match)
        if period is not None:
            yield match.start(), match.end(), {"date": period.iso}


def infer_published(text: str, spans: Sequence[tuple[int, int]]) -> str | None:
    """Return the day that "今日（2026年4月10日）" names, None where no such stands in the text or two disagree."""
    days = {
        period.iso
        for start, end in spans
        for match in re.finditer(r"(?:今[日天])[（(](\d{4})年(\d{1,2})月(\d{1,2})日[）)]", text[start:end])
        if (period := periods.on(int(match[1]), int(match[2]), int(match[3])))
    }
    return days.pop() if len(days) == 1 else None


def _year(said: str) -> int:
    return int(said) if said.isdigit() else int(number(said.replace("○", "零")))


def _months(part: dict[str, str | None]) -> Period | None:
    """Two months and what lies between them."""
    first = periods.month(_year(part["fy"] or ""), int(number(part["fm"] or "")))
    return periods.span(first, periods.month(_year(part["ty"] or part["fy"] or ""), int(number(part["tm"] or ""))))


class _Reader:
    """Resolves the dates of a stretch in order; remembers the last year that was named."""

    def __init__(self, text: str, published: Period | None) -> None:
        self.text = text
        self.published = published
        self.last: Period | None = None

    def read(self, match: re.Match[str]) -> Period | None:
        """Return the period of a match."""
        found = self._read(match)
        if found is not None and match.lastgroup is not None and "/" not in found.iso:
            self.last = found
        return found

    def _read(self, match: re.Match[str]) -> Period | None:
        part = match.groupdict()
        readers: tuple[tuple[str, Callable[[], Period | None]], ...] = (
            ("iso", lambda: periods.on(int(part["iy"]), int(part["im"]), int(part["id"]))),
            ("years", lambda: periods.span(periods.year(int(part["y1"])), periods.year(int(part["y2"])))),
            ("months", lambda: _months(part)),
            *((name, lambda: self._quarter(match, part)) for name in ("q", "q2", "q3", "rq", "h")),
            ("m", lambda: self._month(match, part)),
            ("rm", lambda: self._relative_month(part)),
            *((name, lambda: self._of_year(self._stated(part["ey"], part["ery"]), part["edge"])) for name in ("ey", "ery")),
            ("bare", lambda: self._of_year(self.published.year if self.published else None, part["bare"])),
        )
        return next((read() for name, read in readers if part[name]), None) if any(part[n] for n, _ in readers) else self._near(match, part)

    def _stated(self, year: str | None, relative: str | None) -> int | None:
        if year:
            return _year(year)
        if relative in {"同年", "翌年"}:
            return self.last.year + (relative == "翌年") if self.last else None
        return self.published.year + _OFFSET[relative] if relative and self.published else None

    @staticmethod
    def _of_year(year: int | None, edge: str | None) -> Period | None:
        if year is None:
            return None
        if edge in {"年底", "年末", "年终", "岁末", "底", "末"}:
            return periods.on(year, 12, 31)
        return periods.year(year)

    def _quarter(self, match: re.Match[str], part: dict[str, str | None]) -> Period | None:
        if part["rq"]:
            if not self.published or len(self.published.iso) < 7:
                return None
            moved = {"本季": 0, "上季": -1, "下季": 1}[part["rq"]]
            return periods.quarter(self.published.year, (self.published.first.month + 2) // 3 + moved)
        year = self._stated(part["y"], part["ry"])
        if year is None:
            if part["q2"] in {"一", "二", "三", "四"} and match[0][-1] != "度":
                return None
            year = self.published.year if self.published else None
        if year is None:
            return None
        if part["h"]:
            return periods.half(year, 1 if part["h"][0] == "上" else 2)
        said = part["q"] or part["q2"] or part["q3"] or ""
        return periods.quarter(year, int(said) if said.isdigit() else _ONSET[said])

    def _month(self, match: re.Match[str], part: dict[str, str | None]) -> Period | None:
        month = int(number(part["m"] or ""))
        if not 1 <= month <= 12:
            return None
        year = self._stated(part["y"], part["ry"])
        days = [part["d"], part["d2"]]
        if year is not None:
            return self._in(year, month, days, part)
        if self.published is None:
            return None
        options = [p for y in range(self.published.year - 1, self.published.year + 2) if (p := self._in(y, month, days, part))]
        past = [p for p in options if p.first <= self.published.last]
        future = [p for p in options if p.last >= self.published.first]
        if not past or not future:
            return None
        return future[0] if self._looks_ahead(match) and future[0].first.year <= self.published.year + 1 else past[-1]

    def _in(self, year: int, month: int, days: list[str | None], part: dict[str, str | None]) -> Period | None:
        if not days[0]:
            whole = periods.month(year, month)
            return periods.day(whole.last) if part.get("medge") in {"底", "末"} else whole
        first = periods.on(year, month, int(number(days[0])))
        if not days[1] or first is None:
            return first
        last = periods.on(year, int(number(part["m2"])) if part["m2"] else month, int(number(days[1])))
        return periods.span(first, last) if last else None

    def _relative_month(self, part: dict[str, str | None]) -> Period | None:
        name = part["rm"] or ""
        base = self.last if name in {"同月", "当月"} else self.published
        if base is None or len(base.iso) < 7:
            return None
        month = periods.month(base.year, base.first.month + _MONTHS.get(name, 0))
        if not part["rd"]:
            return periods.day(month.last) if part["redge"] in {"底", "末"} else month
        first = periods.on(month.year, month.first.month, int(number(part["rd"])))
        last = periods.on(month.year, month.first.month, int(number(part["rd2"]))) if part["rd2"] else None
        return periods.span(first, last) if first and last else first

    def _near(self, match: re.Match[str], part: dict[str, str | None]) -> Period | None:
        """Days and weeks seen from the day of publication."""
        if self.published is None or len(self.published.iso) != 10:
            return None
        today = self.published.first
        if part["t"]:
            found: Period | None = periods.day(today + timedelta(days=_DAYS[part["t"]]))
        elif part["week"]:
            monday = periods.week(today + timedelta(days={"上": -7, "下": 7}.get(part["week"][0], 0))).first
            found = periods.day(monday + timedelta(days=_WEEKDAYS[part["wd"]])) if part["wd"] else periods.week(monday)
        elif part["w"]:
            ahead = (_WEEKDAYS[part["w"]] - today.weekday()) % 7
            found = periods.day(today + timedelta(days=ahead if not ahead or self._looks_ahead(match) else ahead - 7))
        else:
            found = self._day(match, int(part["only"])) if part["only"] else self._ago(part)
        return found

    def _day(self, match: re.Match[str], day: int) -> Period | None:
        """A bare day of the month: the latest that had come, or the next where the sentence looks ahead."""
        if self.published is None:
            return None
        months = [periods.on(self.published.year, self.published.first.month, day)]
        here = months[0]
        if here is not None and here.first <= self.published.first:
            return here
        if self._looks_ahead(match):
            return here
        before = periods.month(self.published.year, self.published.first.month - 1)
        return periods.on(before.year, before.first.month, day)

    def _ago(self, part: dict[str, str | None]) -> Period | None:
        said, unit = part["ago"] or "", part["unit"] or ""
        if said == "数" or self.published is None:
            return None
        count = int(number(said)) * (-1 if part["dir"] == "前" else 1)
        if part["dir"] == "后":
            return None
        if unit == "年":
            return periods.year(self.published.year + count)
        if unit == "个月":
            return periods.month(self.published.year, self.published.first.month + count)
        day = self.published.first + timedelta(days=count * (1 if unit in {"日", "天"} else 7))
        return periods.day(day) if unit in {"日", "天"} else periods.week(day)

    def _looks_ahead(self, match: re.Match[str]) -> bool:
        """Whether the stretch between commas speaks of what is to come."""
        left = max((self.text.rfind(mark, 0, match.start()) for mark in "，。；！？\n"), default=-1)
        right = min((i for mark in "，。；！？\n" if (i := self.text.find(mark, match.end())) >= 0), default=len(self.text))
        return _FUTURE.search(self.text, left + 1, right) is not None
