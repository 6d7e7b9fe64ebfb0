"""Verbs: their lemma with its particle, passives, and the verb that a noun depends on."""

from __future__ import annotations

import re

from hkcrypto.language.clause import Node
from hkcrypto.language.cues import load_cues
from hkcrypto.language.en.phrases import is_verb, objects

# Endings of a lemma that the lemmatizer guesses for a verb that it does not know: "reliste", "depegge", "debanke".
GUESSED = re.compile(
    r"^(?:re|de|un|up|dis|over|out|on|geo|bench|co)\w*?(?:(?P<twice>[bdgmnpt])(?P=twice)e|(?:i|e|n|r|f)?(?:st|nk|rd|ck|rk|lt|nd|ld|rt|ct|nt|it)e)$"
)
KNOWN = frozenset(
    {
        "programme",
        "unite",
        "recite",
        "rewrite",
        "overwrite",
        "cite",
        "invite",
        "write",
        "delete",
        "despite",
        "underwrite",
        "reunite",
        "expedite",
        "ignite",
    }
)
PARTICLES = load_cues("en").particles
PREDICATES = frozenset({"public", "live", "online", "available", "private"})  # "go public", "make available"


def plain_lemma(guess: str) -> str:
    """Return the lemma of a verb without an "e" that it never had: "relist", "depeg"."""
    if guess in KNOWN or (found := GUESSED.match(guess)) is None:
        return guess
    return guess[:-2] if found["twice"] else guess[:-1]


def lemma(verb: Node, particles: frozenset[str] = PARTICLES) -> str:
    """Return a verb's lemma with its particle: "take over", "step down", "pull out (of)"."""
    for child in verb.children:
        word = child.text.lower()
        if word in PREDICATES and child.i > verb.i and child.dep in {"acomp", "advmod", "oprd", "ccomp", "xcomp", "amod"}:
            return f"{verb.lemma} {word}"
        if child.dep == "prt" or (
            word in particles
            and verb.i < child.i <= verb.i + 2
            and not child.entities
            and (child.dep == "advmod" or (child.dep == "prep" and not objects(child) and any(c.dep == "prep" for c in child.children)))
        ):
            return f"{verb.lemma} {word}"
    return verb.lemma


def is_passive(verb: Node) -> bool:
    """Whether the surface subject is what something is done to: full passives and reduced ones ("X, licensed by the SFC")."""
    if any(c.dep in {"auxpass", "nsubjpass"} for c in verb.children):
        return True
    if (
        verb.dep == "conj"
        and verb.tag == "VBN"
        and verb.head is not None
        and is_verb(verb.head)
        and not any(c.dep in {"aux", "nsubj"} for c in verb.children)
    ):
        return is_passive(verb.head)
    return (
        verb.tag == "VBN"
        and verb.dep in {"acl", "advcl", "amod", "relcl", "ROOT", "dep"}
        and not any(c.dep == "aux" for c in verb.children)
    )


def governing_verb(noun: Node) -> Node | None:
    """Return the verb that a noun is object, complement or subject of, by way of a preposition or a coordination."""
    node = noun
    for _ in range(4):
        head = node.head
        if head is None:
            return None
        if is_verb(head) and node.dep in {"dobj", "nsubjpass", "nsubj", "prep", "attr", "dative", "oprd"}:
            return head
        if node.dep not in {"pobj", "conj", "prep"} or (node.dep == "prep" and not is_verb(head)):
            return None
        node = head
    return None
