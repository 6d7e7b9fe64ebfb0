"""What the parts of a text are that tell of its metadata: lines by kind and place, authors, and the words of `data/metadata.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from hkcrypto.linefeatures import is_cued
from hkcrypto.lines import DATE, NAME, byline_names, count_words, flatten, paragraphs
from hkcrypto.schema import Section
from hkcrypto.yamlfile import parse_yaml

DATA = Path(__file__).parent / "data" / "metadata.yaml"
# What stands beside dates: times, zones, weekdays, minutes to read, and dates of which the order is not known.
TIME = re.compile(
    r"\b(?:\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?|\d{1,2}\s?[ap]m)|\b(?:HKT|E[SD]?T|UTC|GMT|SGT|BST)\b(?:[+-]\d+)?"
    r"|\b\d{1,2}/\d{1,2}/\d{4}\b|\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:[a-z]*day)?\b\.?,?"
    r"|T(?=\d\d:)|\d+ min(?:ute)?s?(?: read)?|[+-]\d{2}:?\d{2}\b",
    re.IGNORECASE,
)
_PERSON = re.compile(rf"[—–-]*\s*(?P<name>{NAME})")


@dataclass(frozen=True, slots=True)
class Page:
    """An article's text, and where its content begins and ends."""

    text: str
    sections: tuple[Section, ...]

    def lines(self, *kinds: str, where: str = "all") -> Iterator[str]:
        """Yield the lines of these kinds of section: above the body ("front"), below it ("back") or all."""
        body = [s for s in self.sections if s.kind == "body"]
        first, last = (body[0].start, body[-1].end) if body else (len(self.text), len(self.text))
        for section in self.sections:
            if section.kind in kinds and (where == "all" or (section.start < first if where == "front" else section.start >= last)):
                yield from (flatten(self.text[start:end]) for start, end in paragraphs(self.text, section))

    @property
    def title(self) -> int:
        """Where the title begins; 0 where there is none."""
        return next((section.start for section in self.sections if section.kind == "title"), 0)

    @property
    def above(self) -> Page:
        """What stands above the title."""
        return Page(self.text[: self.title], tuple(section for section in self.sections if section.end <= self.title))


def authors_of(page: Page) -> list[str]:
    """Return the names of the bylines, in order, each once; a bare name counts only where no line says "By"."""
    for where in ("front", "all"):
        said, bare = list[str](), list[str]()
        for line in page.lines("byline", where=where):
            person = _PERSON.fullmatch(line)
            is_name = person and 2 <= count_words(line) <= 4 and line.upper() != line and not DATE.search(line) and not is_cued(line)
            names = byline_names(line)
            said += names
            bare += [person["name"]] if person and is_name and not names else []
        if found := [name for name in dict.fromkeys(said or bare) if _is_person(name)]:
            return found
    return []


def _is_person(name: str) -> bool:
    """Whether a name in a byline may be a person's: no role, desk, paper or company."""
    found = [word.casefold() for word in name.split()]
    none = {*words()["roles"], *words()["staff_words"], *words()["media_words"], *words()["no_persons"]}
    return found[-1] not in none and found[0] not in words()["roles"]


@lru_cache(maxsize=1)
def words() -> Mapping[str, Any]:
    """Return what `data/metadata.yaml` holds. Raises DataError where it is at fault."""
    data: dict[str, Any] = parse_yaml(DATA.read_text(encoding="utf-8"), f"data/{DATA.name}")
    shared = set(data["hant"]) & set(data["hans"])
    return data | {kind: "".join(sorted(set(data[kind]) - shared)) for kind in ("hant", "hans")}
