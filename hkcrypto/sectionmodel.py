"""The weights and phrases by which `sections` tells an article from the furniture of its page, read from `data/sections.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from hkcrypto.errors import DataError
from hkcrypto.lines import plain
from hkcrypto.schema import SectionKind
from hkcrypto.yamlfile import parse_yaml

_HAN = "㐀"  # the first ideograph: what sorts behind it is no Latin letter
DATA = Path(__file__).parent / "data" / "sections.yaml"


@dataclass(frozen=True, slots=True)
class Cue:
    """Phrases that mark a line as being of a kind; with `heads`, the lines below it too; with `teasers`, what follows a mark on it."""

    name: str
    kind: SectionKind
    weight: float
    closes: float
    closes_inline: float
    heads: bool
    teasers: bool
    whole: re.Pattern[str]
    start: re.Pattern[str]
    anywhere: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """The weights and phrases of `data/sections.yaml`."""

    article: dict[str, float]
    title: dict[str, float]
    cues: tuple[Cue, ...]
    title_label: re.Pattern[str]
    credit: re.Pattern[str]
    promotion: dict[str, re.Pattern[str]]
    label: re.Pattern[str]
    footer: re.Pattern[str]
    common: frozenset[str]
    common_names: frozenset[str]
    dateline_places: frozenset[str]
    furniture_below: float
    title_from: float
    front_prose: float


@lru_cache(maxsize=1)
def section_model() -> Model:
    """Return the weights and phrases that hkcrypto comes with."""
    return read_model(DATA)


def read_model(path: Path) -> Model:
    """Return the weights and phrases of a section file. Raises DataError where it does not hold what it must."""
    raw = parse_yaml(path.read_text(encoding="utf-8"), f"data/{path.name}")
    try:
        return Model(
            article={name: float(weight) for name, weight in raw["article"].items()},
            title={name: float(weight) for name, weight in raw["title"].items()},
            cues=tuple(_read_cue(name, cue) for name, cue in raw["cues"].items()),
            title_label=_pattern(raw["title_labels"], closed=False),
            credit=_credit_pattern(raw["credits"]),
            promotion={name: _family(family) for name, family in raw["promotion"].items()},
            label=_label_pattern(raw["label"]),
            footer=_any_word(raw["footer"]),
            common=frozenset(raw["common"]),
            common_names=frozenset({*raw["common"], *raw["common_names"]}),
            dateline_places=frozenset(map(str.casefold, raw["dateline_places"])),
            furniture_below=float(raw["furniture_below"]),
            title_from=float(raw["title_from"]),
            front_prose=float(raw["front_prose"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DataError(f"data/{path.name}: {error!r}", "mend the file, or install hkcrypto again") from None


def _read_cue(name: str, raw: Mapping[str, Any]) -> Cue:
    return Cue(
        name=name,
        kind=cast("SectionKind", raw["kind"]),
        weight=float(raw["weight"]),
        closes=float(raw["closes"]),
        closes_inline=float(raw["closes_inline"]),
        heads=raw.get("heads") == "true",
        teasers=raw.get("teasers") == "true",
        whole=_pattern([re.sub(r"[^\w*]+$", "", plain(phrase)) for phrase in raw.get("whole", ())]),
        start=_pattern(raw.get("start", ())),
        anywhere=tuple(plain(phrase) for phrase in raw.get("anywhere", ())),
    )


def _pattern(phrases: Sequence[str], *, closed: bool = True) -> re.Pattern[str]:
    """Match any of the phrases, "*" for a few words; `closed`: the last word ends there."""

    def one(phrase: str) -> str:
        regex = r".{0,30}?".join(map(re.escape, plain(phrase).split("*")))
        return regex + (r"(?!\w)" if closed and re.search(r"[a-z0-9]$", phrase) else "")

    return re.compile("|".join(map(one, phrases)) or r"(?!)")


def _credit_pattern(phrases: Sequence[str]) -> re.Pattern[str]:
    """Match a credit: at most a few words, at the end."""
    return re.compile(rf"[\s(（]*(?:{'|'.join(map(re.escape, phrases))})\s*\S.{{0,60}}$", re.IGNORECASE)


def _any_word(phrases: Sequence[str]) -> re.Pattern[str]:
    """Match any of the phrases as whole words; Han characters have no ends of words."""
    latin = "|".join(re.escape(plain(phrase)).replace(r"\*", r"[\w-]+") for phrase in phrases if phrase < _HAN)
    han = "|".join(re.escape(phrase) for phrase in phrases if phrase >= _HAN)
    return re.compile("|".join([*([rf"(?<![\w-])(?:{latin})(?![\w-])"] if latin else []), *([han] if han else [])]) or r"(?!)")


def _family(raw: Mapping[str, Any]) -> re.Pattern[str]:
    """Match the phrases of a kind of promotion: those that open a line or a sentence, and those that stand anywhere."""
    opening = _any_word(raw.get("opening", ())).pattern
    return re.compile(rf"(?:^|[.!?:|—。！？：]\s*)(?:{opening})|{_any_word(raw.get('anywhere', ())).pattern}")


def _label_pattern(raw: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    """Match labels over lists of other articles: "Related" or the like, then what these are called."""
    before, after = ("|".join(map(re.escape, raw[key])) for key in ("before", "after"))
    return re.compile(
        rf"(?:(?:our|the|other|more) )?(?:{before})\s?(?:[\w&'-]+ ){{0,2}}(?:{after})(?: (?:from|on|in|of|by|for)\b.{{0,40}})?"
    )
