"""Headlines whose verb the parser takes for a noun: "SFC fines Kwun Labs HK$9 million", "Kwun Labs eyes Dubai licence"."""

from __future__ import annotations

from itertools import pairwise

from hkcrypto.language.clause import Node, Sentence
from hkcrypto.language.cues import load_cues

VERBS = load_cues("en").headline_verbs
MODIFIERS_IN_S = load_cues("en").plural_modifiers
FINITE = frozenset({"VBZ", "VBD", "VBP", "MD"})


def list_as_subject(sentence: Sentence) -> None:
    """Mend "A, B, and C have agreed", where the parser takes the first name for the head of all: the list is the subject."""
    name = next((n for n in sentence.nodes if n.head is None and n.named and n.type != "TOPIC"), None)
    verb = next((c for c in name.children if c.dep == "conj" and c.tag.startswith("VB") and c.i > name.i), None) if name else None
    if (
        name is None
        or verb is None
        or verb.child("nsubj", "nsubjpass") is not None
        or not any(c.dep == "conj" for c in name.children if c.named)
    ):
        return
    name.children.remove(verb)
    verb.head, verb.dep = None, "ROOT"
    name.attach(verb, "nsubjpass" if verb.child("auxpass") is not None else "nsubj")


def mend_headline(sentence: Sentence) -> None:
    """Make the noun in -s behind the first name a verb, where the sentence has none of its own."""
    _second_verb(sentence)
    _mend_arguments(sentence)
    if any(n.tag in FINITE and n.dep in {"ROOT", "aux", "auxpass"} for n in sentence.nodes):
        return
    for name, noun in pairwise(sentence.nodes):
        if name.named and name.type != "TOPIC" and noun.tag in {"NN", "NNS", "NNP", "NNPS"} and noun.text.endswith("s"):
            if name.dep in {"compound", "nmod", "poss", "amod", "ROOT"} and (verb := _verb(noun) or _verb_before_name(sentence, noun)):
                _make_verb(sentence, name, noun, verb)
            return
    _verb_behind_list(sentence)


def _second_verb(sentence: Sentence) -> None:
    """Make "Eyes" a verb in "X Sets Up Shop in Y, Eyes Z"."""
    first = next((n for n in sentence.nodes if n.tag in FINITE and n.dep == "ROOT"), None)
    for comma, noun, name in zip(sentence.nodes, sentence.nodes[1:], sentence.nodes[2:], strict=False):
        if comma.text not in {",", ";"} or noun.tag not in {"NNS", "NNPS"} or first is None or first.i > comma.i or not name.named:
            continue
        if (name.head is noun or noun.head is name) and (verb := _verb(noun)):
            if noun.head is name:
                name.children.remove(noun)
                noun.head = None
            name.head.children.remove(name) if name.head is not None else None
            name.head = None
            noun.attach(first, "conj")
            noun.tag, noun.lemma = "VBZ", verb
            name.attach(noun, "dobj")


def _mend_arguments(sentence: Sentence) -> None:
    """Give a verb of a headline the name before it as subject, and the phrase behind it as object: "X seals Y takeover"."""
    for name, word in pairwise(sentence.nodes):
        verb = word if word.tag != "TO" or word.head is None else word.head
        if not name.named or name.head is not verb or verb.tag not in {*FINITE, "VB"} or name.dep not in {"compound", "nmod", "dep"}:
            continue
        if verb.child("nsubj", "nsubjpass") is None and name.type not in {"TOPIC", "PLACE"}:
            name.dep = "nsubj"
            behind = [c for c in verb.children if c.i > verb.i and c.dep in {"appos", "npadvmod"} and c.tag.startswith("NN")]
            if behind and verb.child("dobj") is None:
                behind[0].dep = "dobj"


def _verb_before_name(sentence: Sentence, noun: Node) -> str:
    """The lemma of "shadows" in "X shadows Y", "mirrors" in "X mirrors the dollar": between two noun phrases only a verb stands."""
    behind = next((n for n in sentence.nodes if n.i > noun.i), None)
    word = noun.text.lower()
    if noun.tag == "NN":
        return ""
    if behind is None or noun.head is None or noun.head.i < noun.i or word in MODIFIERS_IN_S or word.endswith(("ss", "us", "is")):
        return ""
    follows = behind.tag in {"DT", "PRP$"} or (behind.named and behind.type not in {"TOPIC", "PERSON"} and noun.head is behind)
    return (f"{word[:-3]}y" if word.endswith("ies") else word[:-1]) if follows else ""


def _verb_behind_list(sentence: Sentence) -> None:
    """Make "ink" a verb in "X, Y ink deal"."""
    nodes = sentence.nodes
    for first, comma, second, verb in zip(nodes, nodes[1:], nodes[2:], nodes[3:], strict=False):
        names = first.named and second.named and comma.text.lower() in {",", "and", "&"} and first.type == second.type
        if names and not verb.named and verb.tag in {"NN", "NNP", "VB"} and verb.text.lower() in VERBS and second.head is not None:
            if verb.tag != "VB" and verb.dep in {"compound", "nmod", "appos", "ROOT", "amod"}:
                _make_verb(sentence, first, verb, verb.text.lower())
                second.attach(first, "conj")
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
    if subject.head is None and top.head is subject:  # the parser took the name for the head of the line
        subject.children.remove(top)
        top.head = None
        if verb is top:
            verb.dep = "ROOT"
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
