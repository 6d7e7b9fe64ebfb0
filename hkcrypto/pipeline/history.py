"""The entities that a text has met so far, and which of them stands out most."""

from __future__ import annotations

from dataclasses import dataclass, field

from hkcrypto.language.clause import Node
from hkcrypto.pipeline.anaphors import load_anaphors

MARGIN = 1.0  # by which a place's only firm stands out
WINDOW = 4  # sentences back; a role may reach further, since it names its type
SUBJECT_DEPS = frozenset({"nsubj", "nsubjpass", "poss"})
WORDS = load_anaphors("en")


@dataclass(slots=True)
class Trace:
    """Where an entity was named or pointed to last, and how prominently."""

    sentence: int
    position: int
    weight: float
    gender: str = ""
    count: int = 1


@dataclass(slots=True)
class History:
    """The entities met so far in a doc."""

    types: dict[str, str]
    homes: dict[str, str | None]
    roles: dict[str, str]
    traces: dict[str, Trace] = field(default_factory=dict)
    groups: list[tuple[int, tuple[Node, ...]]] = field(default_factory=list)
    partners: tuple[int, tuple[str, ...]] = (-9, ())  # who made the venture that was told of last
    thing: tuple[int, int] = (-9, -1)  # the last unnamed thing that an object pronoun may mean

    def unnamed_since(self, sentence: int, skip: frozenset[str], allowed: frozenset[str]) -> bool:
        """Whether a thing without a name came up after every entity that could be meant instead."""
        number, position = self.thing
        named = [t.position for e, t in self.traces.items() if e not in skip and self.types.get(e) in allowed]
        return sentence - number <= 1 and position > max(named, default=-1)

    def sole(self, allowed: frozenset[str], sentence: int, window: int, *, skip: frozenset[str]) -> str | None:
        """The most salient entity of these types, where no other stands as near to it."""
        first = self.best(allowed, sentence, window, skip=skip)
        second = self.best(allowed, sentence, window, skip=skip | {first}) if first is not None else None
        if first is None or second is None:
            return first
        one, other = self.traces[first], self.traces[second]
        return first if one.weight - 1.5 * (sentence - one.sentence) > other.weight - 1.5 * (sentence - other.sentence) + MARGIN else None

    def note(self, entity: str, node: Node, sentence: int) -> None:
        """Remember a mention."""
        weight = 3.0 if node.dep in SUBJECT_DEPS else 2.0 if node.dep in {"dobj", "appos", "ROOT"} else 1.0
        old = self.traces.get(entity)
        position = node.start
        if old is not None and old.sentence == sentence:
            position = node.start if len(node.entities) == 1 else old.position  # "one of them" makes nobody the topic
            weight = max(weight, old.weight)
        before = next((c.text.lower().rstrip(".") for c in node.children if c.dep == "compound" and c.i < node.i), "")
        gender = WORDS.gender.get(before) or (old.gender if old else "")
        self.traces[entity] = Trace(sentence, position, weight, gender, old.count + 1 if old else 1)

    def best(
        self, allowed: frozenset[str], sentence: int, window: int, *, gender: str = "", skip: frozenset[str] = frozenset()
    ) -> str | None:
        """The most salient entity of these types, or None where two are as good as each other."""
        scored = []
        for entity, trace in self.traces.items():
            age = sentence - trace.sentence
            if (
                self.types.get(entity) in allowed
                and entity not in skip
                and age <= window
                and not (gender and trace.gender and gender != trace.gender)
            ):
                place = 1.5 if self.types[entity] == "PLACE" and len(allowed) > 1 else 0.0  # "it" is a city only where one is the subject
                scored.append((trace.weight - 1.5 * age - place, trace.position, entity))
        scored.sort(reverse=True)
        return scored[0][2] if scored else None
