"""What a description says of a name, and how sure that is."""

from __future__ import annotations

from hkcrypto.language.clause import Clause, Node
from hkcrypto.language.cues import Cues, load_cues
from hkcrypto.language.en.phrases import MODIFIERS, SUBJECTS, conjuncts, is_verb, prepositions
from hkcrypto.language.en.status import read_status

COPULAS = load_cues("en").copulas
OWN = frozenset({*MODIFIERS, "poss", "det"})


def same_kind_members(node: Node) -> list[Node]:
    """Return what words before the first of coordinated names are said of: all of them, but those with such words of their own.

    "London-based X and Y" are both from London, in "London-based X and Tokyo-based Y" and "... and its rival Y" only X is.
    """
    return [node, *(c for c in conjuncts(node)[1:] if not any(m.dep in OWN and m.i < c.i for m in c.children))]


def named_attributes(noun: Node, cues: Cues) -> list[Node]:
    """The names in "its chairman is X"."""
    copula = noun.head if noun.dep in SUBJECTS and noun.head is not None and noun.head.lemma in cues.copulas else None
    return [c for c in copula.children if c.dep == "attr" and c.entities and c.type != "TOPIC"] if copula is not None else []


def ticker(firm: Node) -> Node | None:
    """Return the exchange in "X (NASDAQ: KRWL)"."""
    for child in firm.children:
        marks = {c.text for c in child.children}
        if child.named and child.dep == "appos" and child.type in {"FIRM", "ORGANIZATION"} and {"(", ":"} <= marks:
            return child
    return None


def in_brackets(name: Node) -> list[Node]:
    """Return the firm or place in "Ada Moorhen (Kwun Labs)", "Kwun Labs (Tokyo)"; brackets hold nothing but the name."""
    if name.type not in {"PERSON", "FIRM", "BANK"}:
        return []
    kinds = {"PLACE"} if name.type != "PERSON" else {"FIRM", "BANK", "ORGANIZATION", "REGULATOR"}
    beside = [c for c in name.children if c.named and c.dep == "appos" and c.type in kinds and c.i > name.i]
    around = [*name.children, *(g for c in beside for g in c.children)]
    return [
        c for c in beside if {"(", ")"} <= {m.text for m in around if abs(m.i - c.i) <= 6} and not any(m.text == ":" for m in c.children)
    ]


def firm_of(noun: Node) -> Node | None:
    """Return the name in "the Berlin firm of X", which is that firm."""
    if noun.lemma not in {"firm", "company", "house", "outfit", "team", "startup", "shop", "brokerage"} or noun.dep in {"attr", "appos"}:
        return None
    places = [c for c in noun.children if c.type == "PLACE" and c.dep in MODIFIERS]
    names = [p for word, p in prepositions(noun) if word == "of" and p.type in {"FIRM", "BANK"}]
    return names[0] if places and names else None


def hyphenated(verb: Node) -> tuple[Node, list[Node]] | None:
    """Return what "London-based", "Tencent-backed" is said of, and its names; None where it is no such compound."""
    if verb.dep not in {"amod", "acl", "compound"} or verb.head is None or verb.tag not in {"VBN", "VBD"}:
        return None
    names = [c for c in verb.children if c.entities and c.i < verb.i and c.dep in MODIFIERS | {"nsubj", "dep", "advmod"}]
    if not names or not any(c.text == "-" for c in verb.children if names[0].i < c.i < verb.i):
        return None
    head = verb.head
    while head.head is not None and head.dep in MODIFIERS and (not head.entities or head.type == "TOPIC"):
        if head.i >= head.head.i or is_verb(head.head):
            break
        head = head.head  # "the London-based crypto exchange X"
    return head, names


def described(adjective: Node, head: Node) -> Node | None:
    """Return what an adjective that is no complement is said of: "subject to Y, X ...", "X, available on Y"."""
    if adjective.dep in {"advcl", "acl"} and is_verb(head):
        return head.child(*SUBJECTS)
    return head if adjective.dep in {"amod", "acl", "appos"} and adjective.i > head.i else None


def first_of(node: Node) -> Node:
    """The first of what a node is coordinated with."""
    while node.dep == "conj" and node.head is not None and node.head.entities:
        node = node.head
    return node


def is_attribute(clause: Clause) -> bool:
    """Whether a clause tells what something is on the side, without a verb of its own."""
    if clause.kind == "is_a":
        is_subject = clause.node.dep in SUBJECTS and clause.node.head is not None and clause.node.head.lemma in COPULAS
        return not is_subject and not is_verb(clause.node) and clause.node.dep not in {"attr", "oprd", "conj", "acomp"}
    return clause.kind in {"possessive", "prepositions"}


def to_come(event: Node, cues: Cues, lemma_of: dict[int, str]) -> str | None:
    """Whether an event is still to come: where it takes place is as certain as that it does."""
    status = read_status(event, cues, lemma_of).status()
    return status if status in {"planned", "possible"} else None


def past_post(clause: Clause, status: str, cues: Cues) -> str | None:
    """What "X was chairman of Y" tells: a former post."""
    if clause.kind != "is_a" or status != "asserted" or clause.node.head is None:
        return None
    verb = clause.node.head
    about_person = any(m.type == "PERSON" for f in clause.roles.get("is", []) for m in f.members)
    return (
        "ended" if about_person and verb.text.lower() in cues.past_copulas and verb.dep != "ccomp" and clause.node.dep == "attr" else None
    )


def title_span(noun: Node, cues: Cues) -> tuple[int, int]:
    """Characters of a noun with its modifiers and an "of" phrase that is no name: "head of digital assets"."""
    before = [
        c
        for c in noun.children
        if c.i < noun.i and (c.dep in MODIFIERS or c.dep == "advmod") and not c.entities and c.text.lower() not in cues.adjectives
    ]
    start, end = min([c.start for c in before], default=noun.start), noun.end
    for child in noun.children:
        if child.dep == "prep" and child.text.lower() in {"of", "for"} and child.i > noun.i:
            below = list(child.subtree())
            if not any(n.entities and n.type not in {"TOPIC", "ASSET"} for n in below) and len(below) < 9:
                end = max(n.end for n in below)
    return start, end
