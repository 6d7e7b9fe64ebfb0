"""Chinese noun phrases: which words in a row are one phrase, its head, and whose it is."""

from __future__ import annotations

from collections.abc import Sequence

from hkcrypto.language.clause import Filler, Node
from hkcrypto.language.zh.lexicon import Lexicon


def noun_phrase(nodes: Sequence[Node], lexicon: Lexicon) -> Filler | None:
    """Return what a row of names, nouns, 的 and "and" stands for; None where nothing in it is a noun.

    Chinese phrases end in their heads: "X的牌照" is a licence whose `possessor` is X, "X創辦人Y" is Y with the `compound` X.
    """
    items = _items(_without_rest(nodes))
    if not items:
        return None
    fillers = [_item(item, lexicon) for item in items]
    last = fillers[-1]
    words = frozenset(word for n in nodes for word in words_of(n))
    members = [m for f in fillers for m in f.members]
    if not last.members and len(fillers) > 1:  # "A及B的牌照": the licences of both
        owners = [m for f in fillers[:-1] for m in f.members]
        role = "possessor" if "possessor" in last.roles or "compound" not in last.roles else "compound"
        if owners and (last.roles or not members):
            last.roles.setdefault(role, []).extend(Filler(m, [m], frozenset()) for m in owners)
            members = []
    roles = dict(last.roles)
    for filler in fillers[:-1]:
        for name, found in filler.roles.items():
            roles.setdefault(name, []).extend(found)
    return Filler(last.head, members, words, roles)


def _without_rest(nodes: Sequence[Node]) -> Sequence[Node]:
    """Without what 等 sums up: "A等十部門" is A."""
    rest = next((at for at, node in enumerate(nodes) if node.lemma in {"等", "等等"}), None)
    if rest is None or not any(n.entities for n in nodes[:rest]) or any(n.entities or n.tag == "DE" for n in nodes[rest:]):
        return nodes
    return nodes[:rest]


def words_of(node: Node) -> tuple[str, ...]:
    """Return what frames may ask of a node: its word and the halves of a compound, or the kind of a value."""
    if node.tag in {"MONEY", "PERCENT", "DATE", "COUNT"}:
        return (node.lemma, node.tag)
    return (node.lemma, node.lemma[:2], node.lemma[2:]) if len(node.lemma) == 4 and not node.named else (node.lemma,)


def _items(nodes: Sequence[Node]) -> list[list[Node]]:
    """The members of a list: what stands between "、" and "and"."""
    items: list[list[Node]] = [[]]
    for node in nodes:
        if node.tag == "CC":
            items.append([])
        elif node.tag != "RB":
            items[-1].append(node)
    return [item for item in items if any(n.tag != "DE" for n in item)]


def _item(nodes: Sequence[Node], lexicon: Lexicon) -> Filler:
    head = _head(nodes, lexicon)
    members = [head] if head.entities else []
    before = [n for n in nodes if n.i < head.i]
    roles: dict[str, list[Filler]] = {}
    for node in before:
        if node.entities:
            behind = [n for n in before if n.i > node.i]
            owns = any(n.tag == "DE" for n in behind)
            roles.setdefault("possessor" if owns else "compound", []).append(Filler(node, [node], frozenset((node.lemma,))))
    return Filler(head, members, frozenset(n.lemma for n in nodes), roles)


def _head(nodes: Sequence[Node], lexicon: Lexicon) -> Node:
    """The last noun; a name goes before a common noun that only says what it is ("X公司")."""
    nouns = [n for n in nodes if n.tag != "DE"]
    last = nouns[-1]
    if not last.entities and len(nouns) > 1 and nouns[-2].entities and nouns[-2].i == last.i - 1:
        if lexicon.has("kinds", last.lemma) and nouns[-2].type not in {"PLACE", "TOPIC", "PERSON"}:
            return nouns[-2]
        if lexicon.has("selves", last.lemma):
            return nouns[-2]
    return last
