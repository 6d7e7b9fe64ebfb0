"""Headlines whose verb the parser takes for a noun: "SFC fines Kwun Labs HK$9 million", "Kwun Labs eyes Dubai licence"."""

from __future__ import annotations

from itertools import pairwise

from hkcrypto.language.clause import Node, Sentence
from hkcrypto.language.cues import load_cues

VERBS = load_cues("en").headline_verbs
FINITE = frozenset({"VBZ", "VBD", "VBP", "MD"})


def mend_headline(sentence: Sentence) -> None:
    """Make the noun in -s behind the first name a verb, where the sentence has none of its own."""
    if any(n.tag in FINITE and n.dep in {"ROOT", "aux", "auxpass"} for n in sentence.nodes):
        return
    for name, noun in pairwise(sentence.nodes):
        if name.named and name.type != "TOPIC" and noun.tag in {"NNS", "NNP", "NNPS"} and noun.text.endswith("s"):
            if (verb := _verb(noun)) in VERBS and name.head is noun and name.dep in {"compound", "nmod", "poss", "amod"}:
                _make_verb(sentence, name, noun, verb)
            return


def _verb(noun: Node) -> str:
    """The lemma that a word has as a verb: "fines", "eyes", "launches", "carries"."""
    word = noun.text.lower()
    forms = (word.removesuffix("s"), word.removesuffix("es"), f"{word.removesuffix('ies')}y")
    return next((form for form in forms if form in VERBS), "")


def _make_verb(sentence: Sentence, subject: Node, verb: Node, lemma: str) -> None:
    """Put the verb on top, the name before it as its subject, the phrase behind it as its object."""
    top = verb
    while top.head is not None and top.dep in {"compound", "nmod", "amod", "poss"} and top.head.i > verb.i:
        top = top.head
    subject.attach(verb, "nsubj")
    if top is not verb:
        head, dep = top.head, top.dep
        verb.head.children.remove(verb) if verb.head is not None else None
        verb.head, verb.dep = None, dep
        if head is not None:
            head.children.remove(top)
            top.head = None
            verb.attach(head, dep)
        top.attach(verb, "dobj")
    else:
        behind = [n for n in sentence.nodes if n.i > verb.i and n.head is verb and n.dep in {"appos", "npadvmod", "dep", "nmod"}]
        if behind and verb.child("dobj") is None:
            behind[0].dep = "dobj"
    verb.tag, verb.lemma = "VBZ", lemma
    if verb.head is None:
        verb.dep = "ROOT"
