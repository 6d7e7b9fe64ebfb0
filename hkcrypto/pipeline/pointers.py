"""What the tree around a word tells of what it points to: who owns it, who says it, what it cannot mean."""

from __future__ import annotations

from collections.abc import Iterator

from hkcrypto.language.clause import Node, Sentence
from hkcrypto.language.cues import load_cues
from hkcrypto.language.en.phrases import conjuncts
from hkcrypto.pipeline.anaphors import load_anaphors

WORDS = load_anaphors("en")
POSTS = load_cues("en").posts


def coordinated(sentence: Sentence) -> Iterator[tuple[Node, ...]]:
    """Names joined by "and" or commas, for what "both" or "they" may take up."""
    for node in sentence.nodes:
        if node.named and node.dep != "conj" and node.type != "TOPIC":
            group, stack = [], [node]
            while stack:
                member = stack.pop(0)
                if member.named:
                    group.append(member)
                stack += [c for c in member.children if c.dep == "conj"]
            if len({m.entities[0] for m in group}) > 1:
                yield tuple(group)


def partners(sentence: Sentence) -> tuple[str, ...]:
    """The firms and banks that a sentence joins in a venture without a name: "X is setting up a venture with Y and Z"."""
    noun = next(
        (n for n in sentence.nodes if n.lemma in WORDS.ventures and not n.entities and n.dep in {"dobj", "pobj", "nsubjpass"}), None
    )
    if noun is None or any(c.named for c in noun.children if c.dep in {"appos", "acl"}):
        return ()
    around = [noun, *(n for n in sentence.nodes if n is noun.head or (noun.head is not None and n is noun.head.head))]
    first = [c for n in around for c in n.children if c.dep in {"nsubj", "nsubjpass", "poss"}]
    behind = [o for n in around for c in n.children if c.text.lower() in {"with", "between", "of"} for o in c.children if o.dep == "pobj"]
    members = [m for n in (*first, *behind) for m in conjuncts(n) if m.type in {"FIRM", "BANK"} and m.entities]
    return tuple(dict.fromkeys(e for m in members for e in m.entities))


def shares_verb(name: Node, pronoun: Node) -> bool:
    """Whether both are arguments of one verb: then they are two things."""
    return name.head is not None and name.head is pronoun.head and pronoun.dep != "poss"


def speaker(pronoun: Node, allowed: frozenset[str]) -> tuple[str, ...]:
    """Who says "I" or "we" in this sentence: the subject of the verb that reports it, or the house that the subject speaks for."""
    reporting = load_cues("en").reporting
    verb = pronoun.head
    for _ in range(8):
        if verb is None:
            return ()
        quoted = any(c.tag in {"``", "''"} for c in verb.subtree()) and verb.child("ccomp") is not None
        subject = verb.child("nsubj", "attr", "dobj") if verb.lemma in reporting or quoted else None
        if subject is not None and subject.named and subject is not pronoun:
            houses = [n for n in subject.subtree() if n.named and n.type in allowed]
            return (houses[0].entities[0],) if houses else ()
        verb = verb.head
    return ()


def sibling(pronoun: Node, word: str) -> Node | None:
    """The name that a possessor's noun is coordinated with: "charged X and its director"."""
    noun = pronoun.head
    other = noun.head if noun is not None and noun.dep == "conj" else None
    return other if other is not None and other.named and other.type in WORDS.pronouns[word] else None


def cataphor(pronoun: Node, word: str) -> Node | None:
    """The name that a possessor runs ahead of: "With its licence renewed, X ...", the subject that its phrase stands before."""
    node: Node | None = pronoun
    while node is not None and node.dep not in {"advcl", "prep", "npadvmod", "ROOT"}:
        node = node.head
    while node is not None and node.head is not None and node.head.dep in {"pobj", "pcomp", "prep", "acl"} and node.head.i < pronoun.i:
        node = node.head
    verb = node.head if node is not None else None
    if verb is None or not verb.tag.startswith("VB"):
        return None
    subject = verb.child("nsubj", "nsubjpass")
    return subject if subject is not None and subject.i > pronoun.i and subject.named and subject.type in WORDS.pronouns[word] else None


def is_narrowed(node: Node) -> bool:
    """Whether words behind a noun say which one it is; what comes behind a comma does not."""
    comma = min((c.i for c in node.children if c.text == "," and c.i > node.i), default=10**9)
    return any(c.dep in {"prep", "relcl", "acl", "appos"} and node.i < c.i < comma for c in node.children)


def is_of_asset(pronoun: Node) -> bool:
    """Whether only a coin or token can be meant: "it is pegged to", "its issuer"."""
    head = pronoun.head
    if head is not None and head.lemma == "be" and pronoun.dep == "nsubj":  # "it is redeemable", "it is to be pegged"
        return any(c.dep in {"acomp", "xcomp"} and c.lemma in WORDS.of_assets and c.tag in {"JJ", "VBN"} for c in head.children)
    if head is None or head.lemma not in WORDS.of_assets:
        return False
    return pronoun.dep == "nsubjpass" or (pronoun.dep in {"poss", "dobj"} and head.tag[:2] in {"NN", "VB"} and head.lemma != "issue")


def is_new_thing(node: Node) -> bool:
    """Whether a noun brings up something by "a" that is no name and says nothing of one: "launched a ledger"."""
    return (
        node.tag == "NN"
        and node.dep in {"dobj", "nsubj", "nsubjpass"}
        and any(c.text.lower() in {"a", "an"} for c in node.children)
        and not any(c.named and c.dep in {"appos", "acl"} for c in node.children)
        and not any(c.dep == "acl" and any(g.named for g in c.children) for c in node.children)
    )


def is_kind(modifier: Node) -> bool:
    """Whether a noun before "firm" tells its trade, which narrows nothing: "the validator company", not "the parent company"."""
    return modifier.dep == "compound" and modifier.tag == "NN" and not modifier.children and modifier.lemma not in WORDS.others


def is_bare_title(title: Node, sentence: Sentence) -> bool:
    """Whether a post stands right before a person's name with nothing that says where: "executive director X hinted"."""
    person = title.head
    if title.dep != "compound" or title.lemma not in POSTS or person is None or person.type != "PERSON" or not person.named:
        return False
    around = [c for n in (title, person) for c in n.children if c is not title]
    described = any(c.entities or c.dep in {"poss", "appos", "det", "relcl"} or c.text.lower() in {"of", "at", "for"} for c in around)
    return not described and not any(title.i < n.i < person.i and n.entities for n in sentence.nodes)


def identified(name: Node, before: Sentence | None) -> Node | None:
    """The noun of the sentence before that "it is X", "that affiliate, X," tell the name of: "found a new banker. It is X"."""
    if before is None or name.type == "TOPIC" or name.head is None:
        return None
    new = [n for n in before.nodes if n.tag == "NN" and not n.entities and n.dep in {"dobj", "pobj", "attr"} and _is_indefinite(n)]
    if name.dep == "appos" and name.head.tag == "NN" and any(c.text.lower() in {"that", "this"} for c in name.head.children):
        return next((n for n in new if n.lemma == name.head.lemma), None)
    subject = name.head.child("nsubj") if name.dep == "attr" and name.head.lemma == "be" else None
    if (
        subject is None
        or subject.named
        or name.head.child("neg", "relcl", "advcl", "ccomp", "aux") is not None
        or name.child("neg", "poss")
    ):
        return None
    points = subject.text.lower() in {"it", "that", "he", "she"} or any(c.text.lower() in {"that", "the"} for c in subject.children)
    cleft = any(c.dep == "relcl" and any(w.text.lower() == "that" for w in c.children) for c in name.children)
    return new[-1] if new and points and not cleft and len(subject.children) < 2 else None


def _is_indefinite(noun: Node) -> bool:
    return any(c.text.lower() in {"a", "an", "another", "new", "same", "one"} for c in noun.children)


def of_same_clause(node: Node) -> frozenset[str]:
    """The entities that an object pronoun cannot stand for: the subject and the other objects of its verb."""
    if node.dep == "poss" and node.head is not None:
        return _beside_unnamed_subject(node.head)
    if node.dep in {"nsubj", "nsubjpass"} or node.head is None:
        return frozenset()
    verb = node.head if node.head.dep != "prep" or node.head.head is None else node.head.head
    arguments = [c for c in verb.children if c is not node and c.dep in {"nsubj", "nsubjpass", "dobj", "pobj", "dative"}]
    return frozenset(e for c in arguments for n in [c, *(j for j in c.children if j.dep == "conj")] for e in n.entities)


def _beside_unnamed_subject(noun: Node) -> frozenset[str]:
    """What "its" cannot mean in "the firm counts X among its backers": the object, where the subject is the possessor."""
    verb = noun.head.head if noun.head is not None and noun.dep == "pobj" else None
    subject = verb.child("nsubj") if verb is not None else None
    if verb is None or subject is None or subject.named or not subject.tag.startswith("NN"):
        return frozenset()
    objects = [c for c in verb.children if c.dep == "dobj" and c.i < noun.i]
    return frozenset(e for c in objects for n in [c, *(j for j in c.children if j.dep == "conj")] for e in n.entities)


def is_expletive(node: Node) -> bool:
    """Whether it stands for nothing: "it is clear that", "it seems"."""
    verb = node.head
    return (
        verb is None
        or verb.lemma in {"seem", "appear", "rain", "mean", "turn"}
        or (
            verb.lemma in {"be", "become", "make"}
            and any(c.dep in {"acomp", "ccomp", "xcomp", "advcl"} or c.dep == "attr" for c in verb.children)
        )
    )
