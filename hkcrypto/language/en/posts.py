"""Mends posts beside names: "director of X Ada Moorhen", "Ada Moorhen, director, X", "chairman of X and CEO of Y"."""

from __future__ import annotations

from hkcrypto.language.clause import Node, Sentence
from hkcrypto.language.cues import load_cues

POSTS = load_cues("en").posts
HOUSES = frozenset({"FIRM", "BANK", "REGULATOR", "GOVERNMENT", "ORGANIZATION", "MEDIA"})


def mend_posts(sentence: Sentence) -> None:
    """Hang each post of a sentence on who holds it, and its house on the post."""
    nodes = sentence.nodes
    for at, node in enumerate(nodes):
        if node.named and node.type in HOUSES:
            if at + 1 < len(nodes) and nodes[at + 1].type == "PERSON":
                _house_before_person(node, nodes[at + 1])
            if node.dep == "appos":
                _house_behind_post(node)
        elif _is_post(node):
            _second_post(nodes, at)
            _person_behind_post(nodes, at)


def _is_post(node: Node) -> bool:
    return not node.named and node.lemma.lower() in POSTS and node.tag.startswith("NN")


def _house_before_person(house: Node, person: Node) -> None:
    """Mend "managing director of X Ada Moorhen said": X is what she directs."""
    preposition = person.head
    post = preposition.head if preposition is not None and person.dep == "pobj" and preposition.text.lower() in {"of", "at"} else None
    if preposition is None or post is None or house.head is not person or not _is_post(post):
        return
    person.attach(post, "appos")
    house.attach(preposition, "pobj")


def _house_behind_post(house: Node) -> None:
    """Mend "Ada Moorhen, director, X": X is where she is director, not who."""
    post = house.head
    if post is not None and _is_post(post) and post.dep == "appos" and post.head is not None and post.head.type == "PERSON":
        house.attach(post, "nmod")


def _second_post(nodes: list[Node], at: int) -> None:
    """Mend "chairman of X and CEO of Y": the second post is coordinated with the first, and Y is its own."""
    words = [n for n in nodes[at + 1 :] if n.dep != "det"][:2]
    before = next((n for n in reversed(nodes[:at]) if n.dep not in {"det", "compound", "amod", "nmod"}), None)
    post, house = nodes[at], nodes[at].head
    preposition = house.head if house is not None and house.named and house.dep == "pobj" else None
    first = preposition.head if preposition is not None else None
    if before is None or before.text.lower() != "and" or first is None or not _is_post(first) or post.dep != "conj" or len(words) < 2:
        return
    post.attach(first, "conj")
    if words[0].text.lower() in {"of", "at"} and words[1].named:
        words[0].attach(post, "prep")
        words[1].attach(words[0], "pobj")


def _person_behind_post(nodes: list[Node], at: int) -> None:
    """Mend "X's CEO and CIO, Ada Moorhen, said": she is the CEO."""
    post, behind = nodes[at], nodes[at + 1 : at + 3]
    if len(behind) < 2 or behind[0].text != "," or behind[1].type != "PERSON" or behind[1].dep not in {"npadvmod", "compound", "nmod"}:
        return
    if behind[1].head is post or behind[1].head is post.head:
        first = post.head if post.dep == "conj" and post.head is not None and _is_post(post.head) else post
        behind[1].attach(first, "appos")
