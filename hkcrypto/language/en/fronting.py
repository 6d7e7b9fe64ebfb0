"""Mends what stands before the subject: descriptions, participles, openings with a colon, "it is X that"."""

from __future__ import annotations

from hkcrypto.language.clause import Node, Sentence
from hkcrypto.language.cues import load_cues
from hkcrypto.language.en.phrases import MODIFIERS, RELATIVES, SUBJECTS, is_verb, objects

COPULAS = load_cues("en").copulas
NO_DESCRIPTION = frozenset({"year", "month", "week", "day", "time", "quarter", "morning", "afternoon", "evening", "night"})
FINITE = frozenset({"VBZ", "VBD", "VBP", "MD"})
ADVERBS = frozenset({"dual", "dually", "newly", "first", "jointly", "fully", "partly", "co", "previously", "originally"})
# Participles that have become prepositions.
PREPOSITIONS = frozenset({"compare", "give", "regard", "provide", "concern", "follow", "include", "depend", "owe"})


def mend_front(sentence: Sentence) -> None:
    """Mend the front of a sentence in place."""
    _opening_before_colon(sentence)
    for antecedent, comma, whose in zip(sentence.nodes, sentence.nodes[1:], sentence.nodes[2:], strict=False):
        if whose.text.lower() == "whose" and comma.text == "," and antecedent.tag.startswith("NN"):
            _clause_with_whose(antecedent, whose)
    for node in sentence.nodes:
        if node.tag == "VBN" and node.dep in {"prep", "acl"}:
            _fronted_participle(node)
        elif is_verb(node) and node.dep in {"ccomp", "advcl", "relcl", "ROOT"}:
            _cleft(node)
            _inverted(node)
            _description_before_subject(sentence, node)


def _clause_with_whose(antecedent: Node, whose: Node) -> None:
    """Mend "under X, whose chief steered it": the clause is said of X."""
    verb: Node | None = whose
    while verb is not None and not is_verb(verb):
        verb = verb.head
    if verb is not None and verb.dep in {"ccomp", "advcl", "conj", "parataxis", "dep"} and antecedent.i < whose.i < verb.i:
        above: Node | None = antecedent
        while above is not None and above is not verb:
            above = above.head
        if above is None:
            verb.attach(antecedent, "relcl")


def _opening_before_colon(sentence: Sentence) -> None:
    """Mend "Deep pockets: X bought Y": what stands before the colon is no subject of the verb behind it."""
    colon = next((n for n in sentence.nodes if n.text == ":"), None)
    if colon is None:
        return
    for verb in [n for n in sentence.nodes if n.i > colon.i and is_verb(n) and n.dep != "acl"]:
        before = [c for c in verb.children if c.dep in SUBJECTS and c.i < colon.i]
        behind = [c for c in verb.children if c.dep in SUBJECTS and c.i > colon.i]
        name = next((n for n in sentence.nodes if n.i > colon.i), None)
        if before and behind:
            for word in before:
                word.dep = "dep"
        elif not behind and name is not None and name.named and name.dep == "appos" and _reaches(name, verb, sentence):
            for word in before:
                word.dep = "dep"
            name.attach(verb, "nsubjpass" if verb.child("auxpass") is not None else "nsubj")


def _reaches(name: Node, verb: Node, sentence: Sentence) -> bool:
    """Whether a finite verb comes right behind a name, but for its auxiliaries and adverbs."""
    between = [n for n in sentence.nodes if name.i < n.i < verb.i]
    finite = verb.tag in FINITE or any(c.dep in {"aux", "auxpass"} and c.tag in FINITE for c in verb.children)
    return finite and all(n.dep in {"aux", "auxpass", "advmod", "neg"} for n in between)


def _fronted_participle(participle: Node) -> None:
    """Mend "Based in X, Y serves", "Dually listed in X, Y grew": the participle is said of the subject behind the comma."""
    head = participle.head
    adverb = None
    if participle.dep == "acl" and head is not None and head.text.lower() in ADVERBS and head.i < participle.i:
        adverb, head = head, head.head
    if head is None or not is_verb(head) or participle.lemma in PREPOSITIONS:
        return
    subject = head.child(*SUBJECTS)
    behind = [c for c in participle.children if c.dep in {"prep", "agent"} and objects(c)]
    if subject is None or not behind or not participle.i < behind[0].i < subject.i or (participle.dep == "prep" and behind[0].text == "on"):
        return
    participle.attach(head, "advcl")
    if adverb is not None:
        adverb.attach(participle, "advmod")


def _cleft(verb: Node) -> None:
    """Mend "it is X, not Y, that owns Z": the clause is said of X."""
    copula = verb.head
    inner = verb.child("ccomp") if verb.dep == "ROOT" else None
    if inner is not None and inner.lemma == "be" and inner.i < verb.i and verb.child("attr", "dobj") is not inner:
        _upside_down_cleft(inner, verb)
        return
    if copula is None or verb.dep not in {"ccomp", "advcl", "relcl"} or not any(c.text.lower() in RELATIVES for c in verb.children):
        return
    if verb.dep == "relcl":
        copula = copula.head if copula.dep in {"appos", "conj"} and copula.head is not None and copula.head.dep == "attr" else None
        copula = copula.head if copula is not None else None
    if copula is None or copula.lemma != "be":
        return
    subject, name = copula.child("nsubj"), copula.child("attr")
    if subject is None or subject.text.lower() not in {"it", "that"} or name is None or not name.entities or name.i > verb.i:
        return
    verb.attach(name, "relcl")
    for word in verb.children:
        if word.text.lower() in RELATIVES and word.dep == "mark":
            word.dep = "dobj" if verb.child(*SUBJECTS) is not None else "nsubj"


def _upside_down_cleft(copula: Node, verb: Node) -> None:
    """Mend "it is X that owns Z" where the parser put the second verb on top."""
    subject, name = copula.child("nsubj"), copula.child("attr")
    relative = next((c for c in verb.children if c.text.lower() in RELATIVES and c.dep in SUBJECTS), None)
    if subject is None or subject.text.lower() != "it" or name is None or not name.entities or relative is None:
        return
    verb.children.remove(copula)
    copula.head, copula.dep = None, "ROOT"
    verb.attach(name, "relcl")


def _inverted(verb: Node) -> None:
    """Mend "In charge of X is Y", "At the head sits Y": the name behind the verb is its subject."""
    if verb.tag not in FINITE or verb.child(*SUBJECTS, "csubj", "expl", "aux", "auxpass") is not None:
        return
    name = verb.child("attr") if verb.lemma == "be" else verb.child("dobj") if verb.lemma in {"sit", "stand", "lie", "come", "go"} else None
    fronted = any(c.dep == "prep" and c.i < verb.i for c in verb.children[:1])
    if name is not None and name.entities and name.type != "TOPIC" and name.i > verb.i and fronted:
        name.dep = "nsubj"


def _description_before_subject(sentence: Sentence, verb: Node) -> None:
    """Mend "A proud member of Y, X grew": the noun phrase in front describes the subject."""
    subjects = [c for c in verb.children if c.dep in SUBJECTS]
    name = subjects[-1] if subjects else None
    if name is None or not name.named or name.i > verb.i or name.type == "TOPIC":
        return
    first = name.i
    for node in reversed([n for n in name.subtree() if n.i < name.i]):
        if node.i < first and node.dep in {*MODIFIERS, "det", "poss", "case", "punct"} and node.text != ",":
            first = node.i
    comma = next((n for n in reversed(sentence.nodes) if n.i < first), None)
    for noun in [c for c in verb.children if c.dep in {*SUBJECTS, "dep", "npadvmod", "advcl"} and c.i < first and c is not name]:
        opens = sentence.nodes[0] in list(noun.subtree())
        article = noun.child("det")
        if (
            comma is not None
            and comma.text == ","
            and opens
            and noun.tag == "NN"
            and not noun.entities
            and noun.lemma not in NO_DESCRIPTION
            and ((article is not None and article.text.lower() in {"a", "an", "the"}) or noun.dep == "dep")
        ):
            noun.attach(name, "appos")
