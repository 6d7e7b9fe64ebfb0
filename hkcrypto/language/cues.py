"""The cue words of each language, from `data/cues.yaml`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from hkcrypto.yamlfile import parse_yaml

CUES_FILE = Path(__file__).parents[1] / "data" / "cues.yaml"


@dataclass(frozen=True, slots=True)
class Cues:
    """What each word says of the status of what it governs or stands beside."""

    governors: dict[str, str]
    modals: dict[str, str]
    negators: frozenset[str]
    adverbs: dict[str, str]
    adjectives: dict[str, str]
    open_marks: frozenset[str]
    conditional_marks: frozenset[str]
    object_control: frozenset[str]
    reporting: frozenset[str]
    clause_only: frozenset[str]
    hearers: frozenset[str]
    asking_to: frozenset[str]
    pressing: frozenset[str]
    stances: frozenset[str]
    spokespeople: frozenset[str]
    according: frozenset[str]
    stand_for: frozenset[str]
    list_leads: frozenset[str]
    naming: frozenset[str]
    copulas: frozenset[str]
    past_copulas: frozenset[str]
    stand_for_place: frozenset[str]
    anonymous: frozenset[str]
    particles: frozenset[str]
    leaving: frozenset[str]
    asking: frozenset[str]
    denying: frozenset[str]
    wishing: frozenset[str]
    bodies: frozenset[str]
    listing: frozenset[str]
    headline_verbs: frozenset[str]
    plural_modifiers: frozenset[str]
    posts: frozenset[str]
    months: frozenset[str]
    weekdays: frozenset[str]
    ending: frozenset[str]
    cancelling: frozenset[str]
    plans: frozenset[str]
    onlooking: frozenset[str]
    standing: frozenset[str]
    bringing: frozenset[str]
    adjuncts: frozenset[str]
    rules: frozenset[str]
    duties: frozenset[str]


@cache
def load_cues(language: str) -> Cues:
    """Return the cue words of a language; DataError where the file is at fault."""
    raw: dict[str, Any] = parse_yaml(CUES_FILE.read_bytes(), "data/cues.yaml")[language]

    def by_word(lists: dict[str, list[str]]) -> dict[str, str]:
        return {word: status for status, words in lists.items() for word in words}

    named: dict[str, Any] = {name: frozenset(raw[name]) for name in (f.name for f in fields(Cues)) if isinstance(raw[name], list)}
    maps: dict[str, Any] = {name: by_word(raw[name]) for name in ("governors", "modals", "adverbs", "adjectives")}
    return Cues(**maps, **named)
