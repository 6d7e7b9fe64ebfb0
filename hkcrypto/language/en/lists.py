"""Mends lists of names: "A, B and the broker C", "two firms were admitted: A and B", "A in Tokyo and B in Seoul"."""

from __future__ import annotations

from collections.abc import Iterator

from hkcrypto.language.clause import Node, Sentence
from hkcrypto.language.cues import load_cues
from hkcrypto.language.en.fronting import FINITE, NO_DESCRIPTION
from hkcrypto.language.en.phrases import SUBJECTS, conjuncts

DATES = load_cues("en").months | load_cues("en").weekdays


def mend_lists(sentence: Sentence) -> None:
    """Coordinate the names of each list of a sentence, and hang those behind a colon on what they are said of."""
    for noun, colon, name in zip(sentence.nodes, sentence.nodes[1:], sentence.nodes[2:], strict=False):
        _list_behind_colon(noun, colon, name)
    for names in _lists(sentence):
        _coordinate(names)
    _list_at_the_end(sentence)


def mend_relative(relative: Node) -> None:
    """Mend "A, B, and C, which won": all won; "A and its arm B, which left": B did, being told of in words of its own."""
    name = relative.head
    pronoun = next((c for c in relative.children if c.text.lower() in {"which", "who"}), None)
    if relative.dep != "relcl" or name is None or not name.named or name.type == "TOPIC" or pronoun is None:
        return
    first = name
    while first.dep == "conj" and first.head is not None and first.head.named:
        first = first.head
    members = [m for m in conjuncts(first) if m.i < pronoun.i]
    nearest = max(members, key=lambda m: m.i)
    described = any(c.dep in {"poss", "compound", "amod", "det"} and not c.type for c in nearest.children)
    if len(members) > 1 and described and nearest is not relative.head:
        relative.attach(nearest, "relcl")
    elif len(members) > 2 and not described:
        relative.attach(first, "relcl")


def _list_behind_colon(noun: Node, colon: Node, name: Node) -> None:
    """Mend "the applicants: X and Y", "its partner: X": the name says who the noun is."""
    if (
        colon.text == ":"
        and name.named
        and name.type != "TOPIC"
        and not noun.named
        and noun.tag.startswith("NN")
        and noun.text not in DATES
        and not noun.is_below(name)
    ):
        name.attach(noun, "appos")


def _list_at_the_end(sentence: Sentence) -> None:
    """Mend "three firms were admitted to X: A and B", "Enrolled in X: A and B": the names say who it was."""
    nodes = sentence.nodes
    colons = [at for at, n in enumerate(nodes) if n.text == ":"]
    if len(colons) != 1 or colons[0] + 1 >= len(nodes) or colons[0] == 0:
        return
    before, name = nodes[: colons[0]], nodes[colons[0] + 1]
    if not name.named or name.type == "TOPIC" or any(n.tag in FINITE for n in nodes[colons[0] + 1 :]):
        return
    if (
        not before[-1].named
        and before[-1].tag.startswith("NN")
        and before[-1].lemma not in NO_DESCRIPTION | DATES
        and name.head is before[-1]
    ):
        return  # "its partners: A and B"
    groups = [
        n
        for n in before
        if n.tag == "NNS" and (not n.entities or n.type == "TOPIC") and n.dep in {*SUBJECTS, "dobj", "pobj", "attr"} and n.child("nummod")
    ]
    participle = before[0] if before[0].tag in {"VBN", "VBG"} and before[0].child(*SUBJECTS) is None else None
    if groups:
        target, dep = groups[0], "appos"
    elif participle is not None and not any(n.tag in FINITE for n in before):
        target, dep = participle, "nsubjpass" if participle.tag == "VBN" else "nsubj"
    else:
        return
    if not target.is_below(name):
        name.attach(target, dep)


def list_with_possessor(name: Node) -> None:
    """Mend "between X and Korea's Y": X and Y are coordinated, Korea possesses Y."""
    last = name.head
    possessor = next((c for c in name.children if c.dep == "conj" and any(m.text in {"'s", "’s"} for m in c.children)), None)
    if last is None or possessor is None or not last.named or not name.i < possessor.i < last.i or last.head is None:
        return
    head, dep = last.head, last.dep
    for earlier in [c for c in last.children if c.dep == "poss" and c.i < name.i]:
        earlier.attach(name, "poss")  # "Bavaria's X and Tuscany's Y"
    possessor.attach(last, "poss")
    name.attach(head, dep)
    last.attach(name, "conj")


def conjunct_of_place(name: Node) -> None:
    """Mend "X in Hong Kong and Y in Tokyo": Y is coordinated with X, and its place is its own."""
    place = name.head
    preposition = place.head if place is not None and place.type == "PLACE" and place.dep == "pobj" else None
    first = preposition.head if preposition is not None else None
    if first is None or not first.named or name.type == "PLACE" or _kind(name) != _kind(first):
        return
    name.attach(first, "conj")
    for own in [c for c in first.children if c.dep == "prep" and c.i > name.i]:
        own.attach(name, "prep")


def _lists(sentence: Sentence) -> Iterator[list[Node]]:
    """Names of one kind in a row, commas between them and "and" or "or" before the last; titles may stand before each ("the broker X")."""
    names: list[Node] = []
    titles: list[Node] = []
    joined = False
    for node in [*sentence.nodes, None]:
        if node is not None and names and node.type == "PLACE" and _kind(names[0]) != "PLACE" and _possesses(node):
            titles.append(node)  # "X and Tokyo's Y"
        elif node is not None and names and joined and not titles and _is_house(node, names[0]):
            titles.append(node)  # "premier Ada Moorhen and Kwun Labs director Ivo Lund"
        elif node is not None and node.named and node.type != "TOPIC" and (not names or _kind(node) == _kind(names[0])):
            if names:
                _entitle(node, titles)
            names.append(node)
            if joined and len(names) > 1 + (not titles):
                yield names
                names = []
            joined, titles = False, []
        elif node is not None and names and node.text.lower() in {"and", "or", "&"}:
            joined, titles = True, []
        elif node is not None and names and _may_entitle(node) and len(titles) < 4 and (titles or _follows_mark(sentence, node)):
            titles.append(node)
        elif node is None or titles or node.text.lower() not in {",", "the", ";", "as", "well"}:
            names, joined, titles = [], False, []


def _is_house(node: Node, person: Node) -> bool:
    return node.named and person.type == "PERSON" and _kind(node) in {"ORGANISATION", "PLACE"}


def _may_entitle(node: Node) -> bool:
    """Whether a word may stand in a title before a name: "Singapore-based custodian", "the trading house"."""
    return (node.tag in {"NN", "NNS", "NNP", "JJ", "VBN", "HYPH", "POS"} and not node.named) or node.text.lower() in {"-", "the", "a", "an"}


def _follows_mark(sentence: Sentence, node: Node) -> bool:
    before = next((n for n in reversed(sentence.nodes) if n.i < node.i), None)
    return before is not None and before.text.lower() in {",", "and", "or", "&", ";"}


def _entitle(name: Node, titles: list[Node]) -> None:
    """Hang the words of a title on its name."""
    for word in titles:
        apart = word.head is not name if word.named else not word.is_below(name)
        if apart and not name.is_below(word) and word.tag != "POS":
            word.attach(name, "det" if word.tag == "DT" else "poss" if word.named else "compound")


def _possesses(name: Node) -> bool:
    return any(c.text in {"'s", "’s"} for c in name.children)


def _kind(node: Node) -> str:
    return node.type if node.type in {"PERSON", "PLACE", "LAW", "EVENT", "ASSET", "PROJECT"} else "ORGANISATION"


def _coordinate(names: list[Node]) -> None:
    """Hang every later name of a list on the first as a conjunct; the first takes the place in the tree that the list has."""
    members = set(names)
    outer = [n for n in names if n.head is None or not any(n.head.is_below(m) for m in members)]
    if not outer:
        return
    first = names[0]
    governor = next((n for n in outer if n.dep not in {"npadvmod", "dep", "nmod", "appos", "compound"}), outer[0])
    if any(n.dep not in {"npadvmod", "dep", "nmod", "appos", "compound", "conj", "dobj"} for n in outer if not _is_rival(n, governor)):
        return
    head, dep = governor.head, governor.dep
    if head is not None and any(head.is_below(n) for n in names):
        return
    for name in names:
        if name.head is not None:
            name.head.children.remove(name)
            name.head = None
    first.dep = dep
    if head is not None:
        first.attach(head, dep)
    for name in names[1:]:
        name.attach(first, "conj")


def _is_rival(name: Node, governor: Node) -> bool:
    """Whether a name of a list is a second subject of one verb, which can only be coordinated with the first."""
    if name is governor:
        return True
    subjects = [c for c in name.head.children if c.dep in SUBJECTS] if name.head is not None and name.dep in SUBJECTS else []
    return len(subjects) > 1 and subjects[0] is not name
