"""Clauses and words of the text as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hkcrypto.language.clause import Clause, Filler, Node

KINDS = {
    "verbs": "verb",
    "nouns": "noun",
    "is_a": "noun that says what something is",
    "prepositions": "preposition",
    "possessive": "possessive",
}


def clean(text: str) -> str:
    """Return a text on one line."""
    return " ".join(text.split())


def quoted(text: str) -> str:
    """Return a text of the article on one line, between quotes."""
    return f"“{clean(text)}”"


def clause_row(clause: Clause, text: str) -> dict[str, Any]:
    """Return predicate, kind, roles and status of a clause."""
    return {
        "predicate": clause.predicate,
        "word": clean(text[slice(*clause.phrase)]) if clause.phrase[1] else clean(clause.node.text),
        "kind": KINDS[clause.kind],
        "roles": {role: [_filler(filler) for filler in fillers] for role, fillers in clause.roles.items() if fillers},
        "status": clause.status,
        "cue": clean(clause.cue.text) if clause.cue else None,
    }


def _filler(filler: Filler) -> str:
    """The head of a role's phrase, and the names that it stands for where these are others."""
    names = [clean(member.text) for member in filler.members if member is not filler.head]
    head = clean(filler.head.text)
    return f"{head} ({', '.join(names)})" if names else head


def roles_of(clause: Clause, entity: str) -> list[str]:
    """Return the roles that an entity fills, with a dot where it does so inside the phrase of another role."""
    found = []
    for role, fillers in clause.roles.items():
        for filler in fillers:
            if holds(filler, entity):
                found.append(role)
            found += [f"{role}.{inner}" for inner, deeper in filler.roles.items() if any(holds(f, entity) for f in deeper)]
    return list(dict.fromkeys(found))


def holds(filler: Filler, entity: str) -> bool:
    """Whether an entity is among what a phrase stands for."""
    return any(entity in member.entities for member in filler.members)


def nodes_of(nodes: list[Node], entity: str) -> list[Node]:
    """Return the words that stand for an entity."""
    return [node for node in nodes if entity in node.entities]
