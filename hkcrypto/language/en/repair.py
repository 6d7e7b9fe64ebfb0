"""Mends what the parser regularly gets wrong around names, before clauses are built."""

from __future__ import annotations

from hkcrypto.language.clause import Node, Sentence

ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "conj", "appos", "ROOT", "attr", "npadvmod", "nmod", "compound", "dep"})


def repair(sentence: Sentence) -> None:
    """Repair the tree of a sentence in place."""
    for left, right in zip(sentence.nodes, sentence.nodes[1:], strict=False):
        _descriptor_before_name(left, right)


def _descriptor_before_name(noun: Node, name: Node) -> None:
    """Mend "the Singapore exchange X has", "lawmaker X urged": the noun describes the name, and is no argument of its own."""
    if (
        not (name.named and name.type not in {"TOPIC", "PLACE", "ASSET"})
        or noun.named
        or noun.tag != "NN"
        or noun.head is None
        or noun.dep not in ARGUMENTS
    ):
        return
    if name.head is noun.head and name.dep in ARGUMENTS and noun.end + 1 >= name.start:
        for possessor in [c for c in noun.children if c.dep == "poss"]:
            possessor.attach(name, "poss")
        noun.attach(name, "compound")
