"""What a page says of its article: title, publisher, authors, the day of publication and the language."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from hkcrypto.lines import DATE, NAME, byline_names, count_words, paragraphs
from hkcrypto.schema import CONTENT_SECTIONS, Language, Section
from hkcrypto.sections import DATELINE, is_cued
from hkcrypto.yamlfile import parse_yaml

DATA = Path(__file__).parent / "data" / "metadata.yaml"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_SEPARATOR = re.compile(r"\s*[|｜›»•·]\s*|\s[/>]\s")
_NAMED = r"(?P<name>(?:\d{4} )?[A-Z\d㐀-鿿][\w&.'’ 㐀-鿿-]{1,40}?)"
_PERSON = re.compile(rf"[—–-]*\s*(?P<name>{NAME})")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of an article; `published` is an ISO date."""

    title: str | None
    publisher: str | None
    authors: tuple[str, ...]
    published: str | None
    language: Language


def read_metadata(text: str, sections: Sequence[Section]) -> Metadata:
    """Return what the text itself says of its title, publisher, authors, day of publication and language."""
    page = _Page(text, tuple(sections))
    publisher = _publisher(page)
    return Metadata(
        title=next((" ".join(text[s.start : s.end].split()) for s in sections if s.kind == "title"), None),
        publisher=publisher,
        authors=tuple(name for name in _authors(page) if name != publisher),
        published=_published(page),
        language=_language(text, sections),
    )


@dataclass(frozen=True, slots=True)
class _Page:
    """An article's text, and where its content begins and ends."""

    text: str
    sections: tuple[Section, ...]

    def lines(self, *kinds: str, where: str = "all") -> Iterator[str]:
        """Yield the lines of these kinds of section: above the body ("front"), below it ("back") or all."""
        body = [s for s in self.sections if s.kind == "body"]
        first, last = (body[0].start, body[-1].end) if body else (len(self.text), len(self.text))
        for section in self.sections:
            if section.kind in kinds and (where == "all" or (section.start < first if where == "front" else section.start >= last)):
                yield from (" ".join(self.text[start:end].split()) for start, end in paragraphs(self.text, section))


def _authors(page: _Page) -> list[str]:
    """Return the names of the bylines, in order, each once."""
    names: list[str] = []
    for line in page.lines("byline"):
        person = _PERSON.fullmatch(line)
        is_name = person and 2 <= count_words(line) <= 4 and line.upper() != line and not DATE.search(line) and not is_cued(line)
        names += [person["name"]] if person and is_name else byline_names(line)
    return [name for name in dict.fromkeys(names) if name.split()[-1].casefold() not in _data()["roles"]]


def _published(page: _Page) -> str | None:
    """Return the first date of the front matter; one that tells of a later change only without another."""
    later = None
    for line in page.lines("byline", "boilerplate", where="front"):
        for match in DATE.finditer(line):
            if day := _iso(match):
                if not any(word in line[max(0, match.start() - 20) : match.start()].casefold() for word in _data()["later_dates"]):
                    return day
                later = later or day
    return later


def _iso(match: re.Match[str]) -> str | None:
    """Return the date of a match of DATE, None where there is no such day."""
    found = match.groupdict()
    year = next(found[key] for key in ("y1", "y2", "y3") if found[key])
    day = next(found[key] for key in ("d1", "d2", "d3") if found[key])
    month = MONTHS.index((found["m1"] or found["m2"]).casefold()) + 1 if found["m1"] or found["m2"] else int(found["m3"])
    try:
        return date(int(year), month, int(day)).isoformat()
    except ValueError:
        return None


def _publisher(page: _Page) -> str | None:
    """Return the name with the best sum of weights; names that begin alike are one, in the form that came first."""
    weights: dict[str, float] = defaultdict(float)
    for name, weight in [*_mastheads(page), *_phrases(page)]:
        known = next((other for other in weights if _is_same(name, other)), name)
        weights[known] += weight
    below = "\n".join(page.lines("boilerplate", where="back")).casefold()
    for name in weights:
        weights[name] += float(_data()["confirmed"]) if name.casefold() in below else 0
    best = max(weights, key=lambda name: weights[name], default="")
    return _in_case(best, page.text) if best and weights[best] >= float(_data()["publisher_from"]) else None


def _mastheads(page: _Page) -> Iterator[tuple[str, float]]:
    """Yield the names on short lines above the article, and in its dateline."""
    for at, line in enumerate(page.lines("boilerplate", where="front")):
        name = _SEPARATOR.split(line)[0].strip("—–- ")
        is_name = re.fullmatch(r"[\w&.,'’ -]+", name) and name[:1].isupper() and name[-1:] not in ".,"
        is_han = re.fullmatch(r"[㐀-鿿]{2,10}", name)
        if (is_name or is_han) and count_words(name) <= 6 and not is_cued(line) and not is_cued(name) and _is_name_like(name):
            yield name, _weight(name, is_first=at == 0)
    for line in page.lines("byline", where="front"):
        if (dateline := DATELINE.match(f"{line} ")) and (name := dateline["agency"] or dateline["wire"]):
            yield name, 3.0


def _weight(name: str, *, is_first: bool) -> float:
    """How much a short line looks like a masthead."""
    is_media = any(word in name.casefold() for word in _data()["media_words"])
    held = {"masthead": True, "masthead_first": is_first, "masthead_media": is_media, "masthead_capitals": len(name) > 4 and name.isupper()}
    return sum(float(_data()[key]) for key, holds in held.items() if holds)


def _is_name_like(name: str) -> bool:
    words = [word for word in name.split() if word.casefold() not in _data()["small_words"]]
    return all(not word[0].islower() for word in words)


def _phrases(page: _Page) -> Iterator[tuple[str, float]]:
    """Yield the names in phrases such as "Why trust X"."""
    for line in page.lines("byline", "boilerplate", "related", "references"):
        for pattern, weight in _patterns():
            if match := pattern.search(line):
                name = re.sub(r"^\d{4}\s+", "", match["name"]).strip()
                words = name.split()
                while len(words) > 1 and words[-1].casefold() in _data()["company_words"]:
                    words.pop()
                if words and not words[0][0].isdigit():
                    yield " ".join(words), weight


def _is_same(one: str, other: str) -> bool:
    a, b = one.casefold(), other.casefold()
    return a == b or f"{a} ".startswith(f"{b} ") or f"{b} ".startswith(f"{a} ")


def _in_case(name: str, text: str) -> str:
    """Return a masthead in capitals as the text writes it elsewhere, else with capital initials."""
    if name.upper() != name or len(name) <= 5 or name.lower() == name:
        return name
    for match in re.finditer(re.escape(name), text, re.IGNORECASE):
        if match[0] != name:
            return match[0]
    words = [w.lower() if at and w.lower() in _data()["small_words"] else w.title() for at, w in enumerate(name.split())]
    return " ".join(words).replace("’S", "’s").replace("'S", "'s")


def _language(text: str, sections: Sequence[Section]) -> Language:
    """Tell the language by script: Han against other words, then by characters that only one form of Chinese has."""
    content = "".join(text[s.start : s.end] for s in sections if s.kind in CONTENT_SECTIONS) or text
    han = len(re.findall(r"[㐀-鿿]", content))
    words = re.findall(r"[^\W\d_㐀-鿿]+", content)
    if han > len(words):
        if len(re.findall(r"[぀-ヿ가-힣]", content)) > han / 20:
            return "other"
        hant, hans = (sum(content.count(c) for c in set(_data()[kind])) for kind in ("hant", "hans"))
        return "zh-Hans" if hans > hant else "zh-Hant"
    common = sum(word.casefold() in _data()["english"] for word in words)
    ascii_words = sum(word.isascii() for word in words)
    return "en" if ascii_words * 10 >= len(words) * 9 and (common * 10 >= len(words) or len(words) < 20) and words else "other"


@lru_cache(maxsize=1)
def _data() -> Mapping[str, Any]:
    data: dict[str, Any] = parse_yaml(DATA.read_text(encoding="utf-8"), f"data/{DATA.name}")
    shared = set(data["hant"]) & set(data["hans"])
    return data | {kind: "".join(sorted(set(data[kind]) - shared)) for kind in ("hant", "hans")}


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], float], ...]:
    """Return the phrases for publishers; the name ends at a mark, at the next word of the phrase or with the line."""
    patterns = []
    for phrase, weight in _data()["publisher"].items():
        before, _, after = phrase.partition("{name}")
        start = rf"(?i:{re.escape(before)})\s*" if before else r"^\W*"
        end = rf"(?i:{re.escape(after)})" if after else r"(?=[.,:：;|<，。]|\s[|·-]|$)"
        patterns.append((re.compile(start + _NAMED + r"\s*" + end), float(weight)))
    return tuple(patterns)
