"""Whole pages with all their furniture, by a writer who knew nothing of the rules: what of them is the article, and what they say of it.

Pages with even numbers are scored as figures only: nobody reads their faults.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from hkcrypto.evaluation.names import fold, occurrences
from hkcrypto.evaluation.tally import Tally
from hkcrypto.metadata import read_metadata
from hkcrypto.schema import CONTENT_SECTIONS
from hkcrypto.sections import mark_sections

PAGES = sorted((Path(__file__).parent / "pages").glob("*.json"))


@dataclass(frozen=True, slots=True)
class Scores:
    """What a set of pages counts: metadata, names of the article, names of the furniture."""

    metadata: Tally
    content: Tally
    chrome: Tally


@cache
def scores(half: str) -> Scores:
    found = Scores(Tally(), Tally(), Tally())
    for path in PAGES:
        if (int(path.stem[1:]) % 2 == 1) == (half == "odd"):
            _score(path, found)
    return found


def _score(path: Path, found: Scores) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    sections = mark_sections(text)
    said = read_metadata(text, sections)
    for key in ("title", "publisher", "published"):
        value = getattr(said, key)
        if gold[key]:
            right = fold(value or "") == fold(gold[key])
            found.metadata.add(Tally(right, not right and value is not None, not right))
    content = " ".join(re.sub(r"\s+", " ", text[s.start : s.end]) for s in sections if s.kind in CONTENT_SECTIONS)
    for names, tally, wanted in ((gold["content_names"], found.content, True), (gold["chrome"], found.chrome, False)):
        for name in names:
            inside = any(occurrences(content, name))
            tally.add(Tally(tp=inside == wanted, fn=inside != wanted))


@pytest.mark.parametrize(("half", "floor"), [("odd", 0.93), ("even", 0.85)])
def test_metadata_of_pages_keeps_its_floor(half: str, floor: float) -> None:
    assert scores(half).metadata.f1 >= floor


@pytest.mark.parametrize(("half", "floor"), [("odd", 0.99), ("even", 0.96)])
def test_names_of_the_article_are_content(half: str, floor: float) -> None:
    assert scores(half).content.recall >= floor


@pytest.mark.parametrize(("half", "floor"), [("odd", 0.99), ("even", 0.89)])
def test_names_of_the_furniture_are_no_content(half: str, floor: float) -> None:
    assert scores(half).chrome.recall >= floor
