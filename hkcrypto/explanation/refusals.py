"""Why a frame that a clause's predicate sets off does not read two entities there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hkcrypto.explanation.words import quoted, roles_of
from hkcrypto.pipeline.facts import fits, misfit, status_of

if TYPE_CHECKING:
    from hkcrypto.frames import Frame, RelationType
    from hkcrypto.language.clause import Clause

SHOWN = 6  # words of a condition
ROLES = {
    "agent": "the one who does it",
    "patient": "what it is done to",
    "recipient": "who gets it",
    "possessor": "whose it is",
    "is": "what it is said of",
    "head": "the name itself",
    "object": "the name behind it",
    "compound": "the name before the noun",
    "complement": "the clause behind it",
    "amount": "the amount",
}
# How near a frame came: the nearest is the one to tell of.
RANKS = {"taken": 0, "status": 1, "types": 2, "words": 3, "roles": 4, "far": 5}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A frame that does not fit, how near it came (0 is nearest), a code for the reason, and the reason in words."""

    rank: int
    code: str
    why: str
    clause: Clause


def refusal(
    clause: Clause, relation: RelationType, frame: Frame, pair: tuple[str, str], types: Mapping[str, str], names: Mapping[str, str]
) -> Refusal:
    """Return why a frame makes no relation of two entities in a clause."""
    rule = f"{relation.name}.{frame.id}"
    nearest = f"{quoted(clause.node.text)} joins them, but none of its frames fits: the nearest, {rule},"
    directions = [d for d in (pair, pair[::-1]) if _in_place(clause, frame, d)]
    word = misfit(clause, frame)
    if not directions:
        code = "far" if word else "roles"
        return Refusal(RANKS[code], "roles", f"{nearest} {_misplaced(clause, frame, pair, names)}", clause)
    if word:
        role, words, forbidden = word
        listed = ", ".join(sorted(words)[:SHOWN]) + (", …" if len(words) > SHOWN else "")
        need = "takes none of these words as" if forbidden else "asks for one of these words as"
        return Refusal(RANKS["words"], "words", f"{nearest} {need} {said(role)}: {listed}", clause)
    if status_of(clause.status, frame) is None:
        return Refusal(RANKS["status"], "status", f"{nearest} says nothing where the clause is {clause.status}", clause)
    if not any(
        fits(types, subject, relation.subject, frame.subject_types) and fits(types, target, relation.object, frame.object_types)
        for subject, target in directions
    ):
        subject, target = directions[0]
        takes = f"{_types(relation.subject, frame.subject_types)} → {_types(relation.object, frame.object_types)}"
        here = f"{names[subject]} is a {types[subject]}, {names[target]} a {types[target]}"
        return Refusal(RANKS["types"], "types", f"{nearest} joins {takes}; {here}", clause)
    return Refusal(RANKS["taken"], "taken", f"{nearest} finds another name in the place of one of them", clause)


def said(role: str) -> str:
    """Return a role in words."""
    outer, _, inner = role.partition(".")
    words = ROLES.get(outer, f"the words behind “{outer}”")
    return f"{words}, there {ROLES.get(inner, f'behind “{inner}”')}" if inner else words


def _in_place(clause: Clause, frame: Frame, ends: tuple[str, str]) -> bool:
    """Whether both stand where the frame looks for subject and object."""
    subject, target = roles_of(clause, ends[0]), roles_of(clause, ends[1])
    if set(frame.members) & set(subject) & set(target):
        return True
    return bool(set(frame.subject) & set(subject)) and bool(set(frame.object) & set(target))


def _misplaced(clause: Clause, frame: Frame, pair: tuple[str, str], names: Mapping[str, str]) -> str:
    """Which of the two stands where the frame does not look."""
    looked = {*frame.subject, *frame.object, *frame.members}
    for entity in pair:
        roles = roles_of(clause, entity)
        if not looked & set(roles):
            return f"does not look for {quoted(names[entity])} in {said(roles[0])}"
    return "looks for one end where both of them stand"


def _types(allowed: frozenset[str], narrower: frozenset[str]) -> str:
    kinds: Sequence[str] = sorted(allowed & narrower if narrower else allowed)
    return " or ".join(kinds)
