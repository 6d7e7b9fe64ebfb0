"""How two names stand in a sentence that no clause joins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from hkcrypto.explanation.words import quoted
from hkcrypto.language.en.phrases import is_verb, verb_above

if TYPE_CHECKING:
    from hkcrypto.language.clause import Node


def apart(left: Node, right: Node, names: Mapping[str, str]) -> str:
    """Return in words where each of two names stands: with which verb, in the phrase of which noun."""
    verbs, owners = (verb_above(left), verb_above(right)), (_owner(left), _owner(right))
    if verbs[0] is verbs[1] and owners[0] is owners[1]:
        words = f"{called(left, names)} and {called(right, names)}"
        where = owners[0] or verbs[0]
        return f"no clause is read that joins them: {words} stand side by side" + (
            f" with {quoted(where.text)}, not in two roles of it" if where else ""
        )
    same = verbs[0] is verbs[1]
    places = [_place(owner, None if same and owner else verb) for owner, verb in zip(owners, verbs, strict=True)]
    return f"no clause is read that joins them: {called(left, names)} stands {places[0]}, {called(right, names)} {places[1]}"


def called(node: Node, names: Mapping[str, str]) -> str:
    """Return a word of the text, with the name that it stands for where it is none itself."""
    stands = "" if node.named else f" ({', '.join(names.get(entity, entity) for entity in node.entities)})"
    return quoted(node.text) + stands


def _owner(node: Node) -> Node | None:
    """The common noun in whose phrase a name stands, as "customers" in "X's customers"."""
    here: Node | None = node
    while here is not None and here.head is not None and not is_verb(here.head):
        above = here.head
        if above.tag.startswith("NN") and not above.entities:
            return above
        here = above
    return None


def _place(owner: Node | None, verb: Node | None) -> str:
    if owner is not None:
        return f"in the phrase of {quoted(owner.text)}" + (f" under {quoted(verb.text)}" if verb is not None else "")
    return f"with {quoted(verb.text)}" if verb is not None else "by itself"
