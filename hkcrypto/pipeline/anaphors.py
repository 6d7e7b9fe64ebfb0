"""The words that point to an entity without naming it; they are in `data/coreference.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from hkcrypto.schema import ORGANISATION_TYPES
from hkcrypto.yamlfile import parse_yaml

FILE = Path(__file__).parents[1] / "data" / "coreference.yaml"
ORGANISATIONS = ORGANISATION_TYPES - {"MEDIA"}


@dataclass(frozen=True, slots=True)
class Anaphors:
    """Pronouns, roles and group nouns with the types that each may stand for; `groups` gives the size of "both", "trio"."""

    pronouns: dict[str, frozenset[str]]
    first_person: dict[str, frozenset[str]]
    roles: dict[str, frozenset[str]]
    group_nouns: dict[str, frozenset[str]]
    groups: dict[str, int]
    ventures: frozenset[str]
    gender: dict[str, str]
    plural: frozenset[str]
    possessive: frozenset[str]
    fields: frozenset[str]
    of_firms: frozenset[str]
    of_assets: frozenset[str]
    of_events: frozenset[str]
    others: frozenset[str]
    ordered: dict[str, int]


@cache
def load_anaphors(language: str) -> Anaphors:
    """Return the words of a language; DataError where the file is no YAML."""
    raw: dict[str, Any] = parse_yaml(FILE.read_bytes(), "data/coreference.yaml")[language]
    return Anaphors(
        pronouns=by_word(raw["pronouns"]),
        first_person=by_word(raw["first_person"]),
        roles=by_word(raw["roles"]),
        group_nouns=by_word(raw["group_nouns"]),
        groups={word: int(size) for word, size in raw["groups"].items()},
        ventures=frozenset(raw["ventures"]),
        gender=dict.fromkeys([*raw["masculine"], *raw["male_titles"]], "m") | dict.fromkeys([*raw["feminine"], *raw["female_titles"]], "f"),
        plural=frozenset(raw["plural"]),
        possessive=frozenset(raw["possessive"]),
        fields=frozenset(raw["fields"]),
        of_firms=frozenset(raw["of_firms"]),
        of_assets=frozenset(raw["of_assets"]),
        of_events=frozenset(raw["of_events"]),
        others=frozenset(raw["others"]),
        ordered={word: int(place) for word, place in raw["ordered"].items()},
    )


def by_word(lists: dict[str, list[str]]) -> dict[str, frozenset[str]]:
    """Return for each word the types of the list that it is in."""
    return {word: types(names) for names, words in lists.items() for word in words}


def types(names: str) -> frozenset[str]:
    """Return the types that a list of names stands for; ORGANISATIONS are all six kinds but media."""
    return frozenset(t for name in names.split() for t in (ORGANISATIONS if name == "ORGANISATIONS" else {name}))
