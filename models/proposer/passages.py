"""The training material: sentences with gold as passages with numbered entities, and the same with other names."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from hkcrypto.evaluation.bank import read_bank
from hkcrypto.evaluation.gold import Gold
from hkcrypto.proposer.encoding import Mention

# How often an entity gets another name of its type: invented names are worth nothing to remember, those of authorities and places a little.
SWAPPED = {"FIRM": 0.5, "BANK": 0.5, "PERSON": 0.5, "ORGANIZATION": 0.4, "PROJECT": 0.4, "MEDIA": 0.4, "EVENT": 0.3, "ASSET": 0.2}
SELDOM = 0.1


@dataclass(frozen=True, slots=True)
class Passage:
    """A text, its mentions in order, the types of its entities, and (subject, relation, object, status, optional) by number."""

    name: str
    text: str
    mentions: tuple[Mention, ...]
    types: tuple[str, ...]
    facts: tuple[tuple[int, str, int, str, bool], ...]


def read_passages(files: Iterable[Path]) -> list[Passage]:
    """Return the texts of these banks; those with fewer than two entities are left out."""
    every = (_passage(name, gold, text) for file in files for name, gold, text in read_bank(file))
    return [passage for passage in every if len(passage.types) > 1]


def _passage(name: str, gold: Gold, text: str) -> Passage:
    numbers = {entity.id: k for k, entity in enumerate(gold.entities)}
    names = {form: numbers[entity.id] for entity in gold.entities for form in entity.names}
    forms = "|".join(re.escape(form) for form in sorted(names, key=len, reverse=True))
    mentions = tuple(Mention(m.start(), m.end(), names[m[0]]) for m in re.finditer(rf"(?<!\w)(?:{forms})(?!\w)", text)) if forms else ()
    facts = tuple((numbers[r.subject], r.type, numbers[r.object], r.status, r.optional) for r in gold.relations)
    return Passage(name, text, mentions, tuple(entity.type for entity in gold.entities), facts)


def names_by_type(passages: Sequence[Passage]) -> dict[str, list[str]]:
    """Return the names that stand in the passages, by type, each once, in order."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for passage in passages:
        for mention in passage.mentions:
            found[passage.types[mention.entity]][passage.text[mention.start : mention.end]] = None
    return {kind: list(names) for kind, names in found.items()}


def renamed(passage: Passage, names: dict[str, list[str]], rng: random.Random) -> Passage:
    """Return the passage with some of its entities under other names of their types."""
    new = {k: rng.choice(names[kind]) for k, kind in enumerate(passage.types) if kind in names and rng.random() < SWAPPED.get(kind, SELDOM)}
    text, position, mentions, used = "", 0, [], set()
    for mention in passage.mentions:
        text += passage.text[position : mention.start]
        name = passage.text[mention.start : mention.end]
        if mention.entity in new:
            # A later mention of a person or a firm is often shorter.
            name = new[mention.entity] if mention.entity not in used or " " not in name else new[mention.entity].split()[0]
            used.add(mention.entity)
        mentions.append(Mention(len(text), len(text) + len(name), mention.entity))
        text += name
        position = mention.end
    return Passage(passage.name, text + passage.text[position:], tuple(mentions), passage.types, passage.facts)
