"""Clauses that leave their predicate out: "so has X", "X did so too", "X followed suit", "nor has X"."""

from __future__ import annotations

from hkcrypto.language.clause import Clause, Filler, Node, Sentence
from hkcrypto.language.cues import Cues
from hkcrypto.language.en.phrases import SUBJECTS, is_verb
from hkcrypto.language.en.status import Reading

AUXILIARIES = frozenset({"have", "do", "be", "will", "would", "can", "could", "may", "might"})
COMPLEMENTS = frozenset({"dobj", "xcomp", "ccomp", "attr", "acomp", "oprd", "dative"})


class Ellipses:
    """Remembers the last clause that somebody did something in, and completes what points back to it."""

    def __init__(self) -> None:
        self.last: Clause | None = None
        self.place: tuple[int, int] = (-1, -1)

    def note(self, clause: Clause, number: int) -> None:
        """Remember a clause with an agent or patient that is an entity; one that only governs another is none to point back to."""
        governs = any(c.dep in {"xcomp", "ccomp"} for c in clause.node.children)
        if clause.kind == "verbs" and not governs and any(f.members for role in ("agent", "patient") for f in clause.roles.get(role, [])):
            self.last, self.place = clause, (number, clause.node.i)

    def cancelled(self, node: Node, number: int) -> Clause | None:
        """Return the last clause once more, at the verb that takes it back."""
        last = self.last
        if last is None or number - self.place[0] > 1 or (number == self.place[0] and self.place[1] >= node.i):
            return None
        return Clause(last.predicate, last.kind, node, last.roles, phrase=(node.start, node.end))

    def complete(self, node: Node, subject: Filler | None, sentence: Sentence, number: int) -> Clause | None:
        """Return the last clause with this subject, where the node only points back to it; None elsewhere."""
        last = self.last
        if last is None or subject is None or not subject.members or number - self.place[0] > 1 or not _points_back(node, sentence):
            return None
        role = "agent" if any(f.members for f in last.roles.get("agent", [])) else "patient"
        if any(m.entities == n.entities for m in subject.members for f in last.roles[role] for n in f.members):
            return None
        roles = {**last.roles, role: [subject], "instead": last.roles[role]}  # who is no default for what else is left out
        return Clause(last.predicate, last.kind, node, roles, last.status, phrase=(node.start, node.end))


def cancels(node: Node, cues: Cues) -> bool:
    """Whether a verb takes back what was said: "denied it", "that plan has been dropped"."""
    if node.lemma not in cues.cancelling:
        return False
    deps = {"nsubjpass"} if any(c.dep == "auxpass" for c in node.children) else {"dobj"}
    return any(
        c.dep in deps and c.lemma.lower() in cues.plans and not any(m.entities or m.dep in {"prep", "acl", "relcl"} for m in c.children)
        for c in node.children
    )


def _points_back(node: Node, sentence: Sentence) -> bool:
    """Whether a verb has no predicate of its own."""
    words = {c.text.lower() for c in node.children}
    if _breaks_off(node):
        return True
    if node.lemma == "do" and any(c.text.lower() == "same" for c in node.children) and node.child("prep") is None:
        return True
    bare = not any(c.dep in COMPLEMENTS and c.text.lower() not in {"so", "suit", "it", "likewise"} for c in node.children)
    if node.lemma == "do" and words & {"so", "likewise"}:
        return True
    if node.lemma == "follow" and bare and (words & {"suit"} or not any(c.dep == "dobj" for c in node.children)):
        return not any(
            c.dep in {"nsubjpass", "auxpass", "agent", "prep"} and c.text.lower() not in {"in", "on", "soon"} for c in node.children
        )
    if node.lemma in AUXILIARIES and bare and not any(c.dep in {"prep", "advcl"} for c in node.children):
        before = [n.text.lower() for n in sentence.nodes if n.i < node.i][-2:]
        negated = node.tag in {"MD", "VBZ", "VBP", "VBD"} and any(c.dep == "neg" for c in node.children)  # "X has not"
        return bool({"so", "nor", "neither", "too", "likewise"} & {*before, *words}) or negated
    return False


def read_pointer(clause: Clause, sentence: Sentence, cues: Cues, reading: Reading) -> None:
    """Add what a verb says that only points back: "nor has X", "X intends to"; "so does X" is as certain as what it repeats."""
    node = clause.node
    if node.lemma == clause.predicate:
        return
    if node.lemma in AUXILIARIES and is_negative(node, sentence) and not reading.negations:
        reading.raise_flag("negated", node)
    elif (
        node.lemma in {"do", "be"}
        and clause.status in {"planned", "possible"}
        and not any(c.text.lower() == "so" and c.i > node.i for c in node.children)
    ):
        reading.raise_flag(clause.status, node)
    elif _breaks_off(node) and (status := cues.governors.get(node.lemma)):
        reading.raise_flag(status, node)


def is_negative(node: Node, sentence: Sentence) -> bool:
    """Whether "nor" or "neither" opens the clause."""
    return bool({"nor", "neither"} & {n.text.lower() for n in sentence.nodes if node.i - 3 < n.i < node.i})


def _breaks_off(node: Node) -> bool:
    """Whether an infinitive is left out behind a verb: "X intends to."."""
    last = node.children[-2:] if node.children else []
    ending = [c for c in last if c.text.lower() == "to" and not c.children]
    return bool(ending) and all(c is ending[0] or c.dep == "punct" for c in last if c.i >= ending[0].i)


def may_point_back(node: Node, cues: Cues) -> bool:
    """Whether a word could be such a verb at all."""
    if node.lemma in cues.governors and is_verb(node) and _breaks_off(node):
        return True
    if node.lemma == "do" and any(c.text.lower() == "so" for c in node.children):
        return True
    verb = (is_verb(node) or node.tag == "MD") and (node.lemma in AUXILIARIES or node.lemma == "follow")
    return verb and any(c.dep in SUBJECTS for c in node.children)
