"""The words that a verb of saying reports: a clause, a quotation, or what somebody asks, wants or speaks of."""

from __future__ import annotations

from collections.abc import Iterable

from hkcrypto.language.clause import Node
from hkcrypto.language.cues import Cues
from hkcrypto.language.en.phrases import is_verb, verb_above
from hkcrypto.language.en.verbs import lemma

WISHES = frozenset({"expect", "want", "hope", "predict", "forecast", "advocate"})
SPOKEN_OF = frozenset({"for", "of", "about", "against"})
TRAILING = frozenset({"dobj", "xcomp", "ccomp", "prep", "npadvmod", "advmod", "dative"})
WITHHOLDING = frozenset({"decline", "refuse", "fail"})
NOBODY = frozenset({"none", "neither", "nobody", "no-one"})
ASIDE = frozenset({":", ";", "—", "–"})
Span = tuple[int, int]


def is_saying(verb: Node, cues: Cues) -> bool:
    """Whether a verb reports, alone or with its preposition: "say", "call for"."""
    return is_verb(verb) and (lemma(verb) in cues.reporting or _pressed(verb, cues) is not None)


def reported(verb: Node, cues: Cues) -> Span | None:
    """Return where the words stand that a verb of saying governs; None where it governs none."""
    clause = _clause(verb, cues)
    if clause is not None:
        inside = set(verb.subtree()) if clause is verb.head else set()
        start, end = _span(n for n in clause.subtree() if n not in inside and n.i != verb.i)
        return min(start, _opening(verb, clause)), end
    return _that(verb, cues) or _object(verb, cues)


def is_withheld(verb: Node) -> bool:
    """Whether a verb of saying is negated, so that nothing is said: "has not said", "declined to say", "none of them said"."""
    governor = verb.head if verb.dep == "xcomp" else None
    subject = verb.child("nsubj")
    return (
        verb.child("neg") is not None
        or (governor is not None and governor.lemma in WITHHOLDING)
        or (subject is not None and subject.lemma in NOBODY)
    )


def inverted(verb: Node) -> Node | None:
    """Return the speaker behind a verb that closes its sentence, which the parser took for an object: "..., reported X"."""
    if verb.child("nsubj", "nsubjpass", "cc") is not None:
        return None
    clause = verb.child("ccomp")
    joined = verb.dep == "conj" and verb.head is not None and not any(c.dep == "cc" for c in verb.head.children)
    behind = [c for c in verb.children if c.dep in {"attr", "dobj", "npadvmod"} and c.i > verb.i and c.named]
    if not behind or not (joined or (clause is not None and clause.i < verb.i)):
        return None
    others = (c for c in verb.children if c.i > verb.i and c.dep not in {"punct", "npadvmod", "prep", "appos"} and c is not behind[0])
    return None if any(others) else behind[0]


def stance(word: Node, cues: Cues) -> tuple[Node, Span] | None:
    """Return the verb and the clause of "is of the view that ..." and "is confident that ...": of the view and the adjective."""
    if word.lemma not in cues.stances:
        return None
    clause = next((c for c in word.children if c.dep in {"acl", "ccomp", "relcl"} and _opens_with_that(c)), None)
    above = word.head if word.dep in {"acomp", "dobj", "pobj", "attr"} else None
    if above is not None and above.dep == "prep":
        above = above.head
    return (above, _span(clause.subtree())) if clause is not None and above is not None and is_verb(above) else None


def _span(nodes: Iterable[Node]) -> Span:
    found = list(nodes)
    return min(n.start for n in found), max(n.end for n in found)


def _clause(verb: Node, cues: Cues) -> Node | None:
    """The clause that hangs on the verb, or the one that the verb hangs on as an aside ("the market, he said, had grown")."""
    own = [c for c in verb.children if c.dep == "ccomp" and not _is_apart(c, verb)]
    if own:
        return next((c for c in own if c.i > verb.i and _opens_with_that(c)), own[0])
    head = verb.head
    if head is None or not is_verb(head) or _is_apart(head, verb):
        return None
    if inverted(verb) is not None:
        return head
    is_aside = verb.dep in {"parataxis", "ccomp"} and verb.child("mark", "xcomp") is None and not is_saying(head, cues)
    return head if is_aside else None


def _opening(verb: Node, clause: Node) -> int:
    """Where a clause behind a verb opens: with the verb where it is a wish, with its subject where that hangs on the verb."""
    if clause.head is not verb or clause.i < verb.i:
        return clause.start
    if lemma(verb) in WISHES and any(c.tag == "TO" for c in clause.children):
        return verb.start
    thing = verb.child("dobj")
    lacks = thing is not None and verb.i < thing.i < clause.i and clause.child("nsubj", "nsubjpass", "expl", "csubj") is None
    return min(n.start for n in thing.subtree()) if thing is not None and lacks else clause.start


def _is_apart(clause: Node, verb: Node) -> bool:
    """Whether a colon, semicolon or dash parts a clause from the verb behind it: "Wait: he said no"."""
    between = [n for top in (clause, verb) for n in top.children if clause.i < n.i < verb.i]
    return any(n.text in ASIDE for n in between)


def _opens_with_that(clause: Node) -> bool:
    return min(clause.subtree(), key=lambda n: n.i).text.lower() == "that"


def _that(verb: Node, cues: Cues) -> Span | None:
    """The clause with "that" which the parser hung on a word between: "warned in remarks that", "told a dinner in May that"."""
    for node in verb.subtree():
        if node.i < verb.i or verb_above(node) is not verb:
            continue
        if _is_misplaced(node, verb, cues):
            return _span(node.subtree())
        if node.text.lower() == "that" and _heads_clause(node):
            return _span(n for n in verb.subtree() if n.i > node.i)
    return None


def _heads_clause(that: Node) -> bool:
    """Whether "that" was taken for the object, with the subject below it, or for the "that" of "that one" before a name."""
    subject = that.child("nsubj", "nsubjpass")
    if subject is None and that.dep == "det" and that.head is not None and that.head.named:
        subject = that.head
    return subject is not None and subject.i > that.i


def _is_misplaced(clause: Node, verb: Node, cues: Cues) -> bool:
    """Whether a clause with "that" qualifies no object of the verb, unless that is the hearer of "tell"."""
    if clause.dep not in {"acl", "relcl", "advcl"} or clause.head is None or not _opens_with_that(clause):
        return False
    if verb.lemma in cues.hearers:
        return clause.child("mark", "nsubj") is not None
    return clause.head.dep == "pobj" and any(c.dep == "mark" and c.text.lower() == "that" for c in clause.children)


def _object(verb: Node, cues: Cues) -> Span | None:
    """What somebody asks, wants, urges or speaks of, with the verb itself where that is a wish."""
    pressed = _pressed(verb, cues)
    if pressed is not None:
        return _span(pressed.subtree())
    wishes = lemma(verb) in WISHES and any(n.type == "PERSON" for n in verb.children if n.dep == "nsubj")
    asked = lemma(verb) in cues.asking_to and verb.child("xcomp") is not None
    if lemma(verb) in cues.clause_only and not wishes and not asked:
        return None
    content = [c for c in verb.children if c.dep in {"dobj", "xcomp"} or (c.dep == "prep" and c.text.lower() in SPOKEN_OF and c.i > verb.i)]
    if not content:
        return None
    start, end = _span(n for c in content for n in c.subtree())
    return (verb.start, max(end, _end(verb, content[0]))) if wishes else (start, end)


def _end(verb: Node, first: Node) -> int:
    """Where what a wish is about ends: before what is set off by a comma or joined."""
    end = first.end
    for child in (c for c in verb.children if c.i >= first.i):
        if child.dep not in TRAILING:
            break
        end = max(n.end for n in child.subtree())
    return end


def _pressed(verb: Node, cues: Cues) -> Node | None:
    """The preposition by which a verb reports: "call for", "push for"."""
    return next((c for c in verb.children if c.dep == "prep" and c.i > verb.i and f"{verb.lemma} {c.text.lower()}" in cues.pressing), None)
