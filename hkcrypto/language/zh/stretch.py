"""One stretch of a Chinese sentence, between two commas, read from left to right: its verbs with what fills their roles."""

from __future__ import annotations

from dataclasses import dataclass, field

from hkcrypto.language.clause import Filler, Node
from hkcrypto.language.zh.chunks import Chunk
from hkcrypto.language.zh.lexicon import Lexicon
from hkcrypto.language.zh.phrases import noun_phrase, words_of

Roles = dict[str, list[Filler]]


@dataclass(slots=True)
class Flag:
    """A word that sets the status of what comes behind it."""

    status: str
    node: Node


@dataclass(slots=True)
class Predicate:
    """A verb while its roles are being gathered; `own` tells whether its subject stands in its own stretch, right before it."""

    node: Node
    roles: Roles
    flags: list[Flag]
    passive: bool
    own: bool
    speaker: str | None
    open: bool = False


@dataclass(slots=True)
class Context:
    """What one stretch of a sentence hands on to the next."""

    subject: Filler | None = None
    speaker: str | None = None
    flags: list[Flag] = field(default_factory=list)
    hedge: Flag | None = None
    named: Filler | None = None  # the last subject that is an entity

    def carried(self) -> Filler | None:
        """Return the subject of a stretch that has none of its own: what the sentence is about."""
        return self.subject if self.subject is None or self.subject.members else self.named


class StretchReader:
    """Reads the chunks of one stretch; what it leaves in the context is for the next."""

    def __init__(self, parts: list[Chunk], context: Context, lexicon: Lexicon) -> None:
        self.parts = parts
        self.context = context
        self.lexicon = lexicon
        self.found: list[Predicate] = []
        self.subject: Filler | None = None
        self.own = False
        self.topic: Filler | None = None
        self.preps: Roles = {}
        self.role: str | None = None  # of the coverb that waits for its noun
        self.passive = False
        self.partners = list[Node]()  # who does with the subject what the next verb says
        self.open = False
        self.flags = [*context.flags] if parts and parts[0].kind == "ADD" else []
        if context.hedge is not None:
            self.flags.append(context.hedge)

    def read(self) -> list[Predicate]:
        """Return the predicates of the stretch, in order."""
        for at, part in enumerate(self.parts):
            later = any(p.kind == "VB" for p in self.parts[at + 1 :])
            if part.kind == "NP":
                self._noun(part, at, later=later)
            elif part.kind == "P":
                self.role = part.role
            elif part.kind == "LB":
                self.passive, self.role = True, "by"
            elif part.kind == "MD":
                self._mark(part.node)
            elif part.kind == "VB":
                self._verb(part)
        self._close()
        return self.found

    def _mark(self, node: Node) -> None:
        if self.lexicon.has("reports", node.lemma):
            self.context.hedge = Flag("possible", node)
        if self.lexicon.has("open", node.lemma):
            self.open = True
        elif (status := self.lexicon.status.get(node.lemma)) is not None:
            self.flags.append(Flag(status, node))
        self.role = None

    def _noun(self, part: Chunk, at: int, *, later: bool) -> None:
        last = self.found[-1] if self.found else None
        if part.relative and last is not None:
            self._relative(part, last)
            return
        filler = noun_phrase(part.nodes, self.lexicon)
        if filler is None:
            return
        role, self.role = self.role, None
        if role is not None:
            self._governed(role, filler, at)
        elif last is None or (later and (self.lexicon.has("telling", last.node.lemma) or self._is_prefix(last.node, filler))):
            if self.subject is not None and self.own and last is None:
                self.topic = self.subject
            if last is not None and filler.members:  # "警告X無牌經營": X is who is warned, and who does it
                last.roles.setdefault("patient", []).append(self._wide(filler, at))
            self.subject, self.own = filler, True
        else:
            self._object(filler, last, at, later=later)

    def _object(self, filler: Filler, last: Predicate, at: int, *, later: bool) -> None:
        """File an object with its verb, and with those right before it: "禁止買賣X" is about X."""
        last.roles.setdefault("patient", []).append(self._wide(filler, at))
        for outer, verb in zip(reversed(self.found[:-1]), reversed(self.found), strict=False):
            if "patient" in outer.roles and not outer.passive:
                break
            if verb.node.i - outer.node.i < 4:
                outer.roles.setdefault("complement", []).append(filler)
        self.flags = [f for f in self.flags if f.status != "negated" or f.node.i > last.node.i]
        self.preps = {}
        if self.lexicon.has("jointly", last.node.lemma):
            if later or self.subject is None:
                self.partners = [*self.partners, *filler.members]
            else:
                self.subject = _joined(self.subject, filler.members)
        if self.lexicon.has("pivots", last.node.lemma) and filler.members and later:
            self.subject, self.own = filler, True

    def _is_prefix(self, verb: Node, filler: Filler) -> bool:
        """Whether a verb only says since when somebody is what his title says: "現任X主席Y曾任..."."""
        return self.lexicon.has("prefixes", verb.lemma) and filler.head.type == "PERSON"

    def _wide(self, filler: Filler, at: int) -> Filler:
        """The filler with the words of all that follows it, since a verb inside a phrase cuts it in two: "批出發行牌照"."""
        behind = [word for p in self.parts[at + 1 :] for n in p.nodes for word in words_of(n)]
        return Filler(filler.head, filler.members, filler.words | frozenset(behind), filler.roles)

    def _governed(self, role: str, filler: Filler, at: int) -> None:
        """File what stands behind a coverb: with the verb right before it, or with the next one."""
        if not filler.members and self.lexicon.has("settings", filler.head.lemma):  # "在香港市場" is in Hong Kong
            inner = [m for name in ("compound", "possessor") for f in filler.roles.get(name, []) for m in f.members]
            filler = Filler(filler.head, inner[-1:], filler.words, filler.roles)
        before = self.parts[at - 2].kind if at > 1 else ""
        later = any(p.kind == "VB" for p in self.parts[at + 1 :])
        if self.found and before == "VB" and (not later or self.lexicon.has("postverbal", self.parts[at - 1].node.lemma)):
            self.found[-1].roles.setdefault(role, []).append(filler)
        else:
            self.preps.setdefault(role, []).append(filler)

    def _relative(self, part: Chunk, verb: Predicate) -> None:
        """The noun that a clause with 的 stands before: it is what the verb's own subject does it to, or who does it."""
        filler = noun_phrase(part.nodes, self.lexicon)
        if filler is None:
            return
        self.role, self.preps = None, {}
        entity = verb.own and bool(verb.roles.get("agent") and verb.roles["agent"][0].members)
        if verb.passive or ("by" in verb.roles and "patient" not in verb.roles):
            self._given(filler, verb)
        elif entity and "patient" not in verb.roles:
            verb.roles["patient"] = [filler]
        elif verb.own and not entity:  # "總部設於X的Y創辦人Z": it is Y's head office
            first = next((n for n in part.nodes if n.entities), None)
            verb.flags, verb.roles["topic"] = [], [Filler(first, [first], filler.words) if first is not None else filler]
        elif not entity:
            verb.roles["agent"] = [filler]
            verb.flags = [f for f in verb.flags if f is not self.context.hedge]
        outer = self.found[-2] if len(self.found) > 1 else None
        if outer is not None and verb.node.i - outer.node.i <= 2 and not outer.own and not verb.own and "agent" in verb.roles:
            outer.roles["agent"] = verb.roles["agent"]  # "遞交申請的X"
        elif outer is not None and "patient" not in outer.roles and not verb.own:
            outer.roles["patient"] = [filler]
            return
        self.subject, self.own = filler, True

    def _given(self, filler: Filler, verb: Predicate) -> None:
        """What somebody gets from somebody is the patient, the one who gets it the recipient: "獲X發出的牌照"."""
        given = [f for f in verb.roles.get("patient", []) if f.members] or ([self.context.subject] if self.context.subject else [])
        if not filler.members and given:
            verb.roles.setdefault("to", given)
            verb.roles.setdefault("topic", given)
        verb.roles["patient"] = [filler]

    def _verb(self, part: Chunk) -> None:
        node = part.node
        subject = self.subject or (self.context.carried() if not self.found else None)
        self.role = None  # "獲發牌": by whom goes without saying
        roles = self._voiced(part, subject)
        if subject is not None and self.lexicon.has("jointly", node.lemma):
            self.partners = [m for f in roles.get("with", []) for m in f.members]
        elif subject is not None and self.partners and "agent" in roles:
            subject = _joined(subject, self.partners)
            roles["agent"], self.partners = [subject], []
        self._add_frame(node, roles)
        own = self.own and self.subject is not None
        self.found.append(Predicate(node, roles, list(self.flags), self.passive, own, self.context.speaker, self.open))
        self._after(node, subject)

    def _voiced(self, part: Chunk, subject: Filler | None) -> Roles:
        """The roles of a verb from what stands before it: 被 and 獲 make its subject the patient, so may 由; 把 and 將 move the patient."""
        roles: Roles = {role: list(fillers) for role, fillers in self.preps.items()}
        moved = roles.pop("object", None)
        if self.passive:
            roles = {"agent": roles.pop("by"), **roles} if "by" in roles else roles
            if subject is not None:
                roles.setdefault("patient", [subject])
        elif "by" in roles:
            roles["agent"] = roles["by"]
            last = self.found[-1] if self.found else None
            if last is not None and "by" in last.roles and last.roles.get("patient"):
                roles["patient"] = last.roles["patient"]
            elif last is None and subject is not None and subject.members:
                roles["topic"] = [subject]
                roles |= {"patient": [subject]} if part.bare else {}
        elif subject is not None:
            roles["agent"] = [subject]
        return roles | ({"patient": moved} if moved is not None else {})

    def _add_frame(self, node: Node, roles: Roles) -> None:
        """Add what the sentence is about where the stretch has a subject of its own, and who is reported to say it."""
        if self.topic is not None:
            roles.setdefault("topic", [self.topic])
        elif self.own and self.context.subject is not None and self.context.subject is not self.subject:
            roles.setdefault("topic", [self.context.subject])
        if self.context.speaker is not None:
            speaker = Node(node.i, node.start, node.end, node.text, node.lemma, "", "", (self.context.speaker,))
            roles.setdefault("speaker", [Filler(speaker, [speaker], frozenset())])

    def _after(self, node: Node, subject: Filler | None) -> None:
        """What a verb leaves for those behind it: its own word may set their status, or say that somebody speaks."""
        if (status := self.lexicon.status.get(node.lemma)) is not None:
            self.flags.append(Flag(status, node))
        if self.lexicon.has("reports", node.lemma):
            self.context.hedge = Flag("possible", node)
        if self.lexicon.has("telling", node.lemma) and subject is not None and len(subject.members) == 1:
            self.context.speaker = subject.members[0].entities[0]
        self.subject, self.own, self.passive = subject, False, False

    def _close(self) -> None:
        """Give the last verb what stands behind its object, and hand on the subject."""
        for verb in self.found:
            if not any(f.head.i > verb.node.i for f in verb.roles.get("patient", [])):
                behind = [n for p in self.parts for n in p.nodes if n.i > verb.node.i]
                if behind:  # no object, but words that frames may ask for
                    words = frozenset(word for n in behind for word in words_of(n))
                    verb.roles.setdefault("patient", []).append(Filler(behind[-1], [], words))
        if self.found:
            for role, fillers in self.preps.items():
                if role not in self.found[-1].roles:
                    self.found[-1].roles[role] = fillers
        if self.subject is not None:
            self.context.subject = self.subject
            self.context.named = self.subject if self.subject.members else self.context.named
        self.context.flags = [f for f in self.flags if f.status in {"planned", "possible"} and f is not self.context.hedge]


def _joined(subject: Filler, others: list[Node]) -> Filler:
    """A subject and those who do it with him."""
    return Filler(subject.head, [*subject.members, *others], subject.words, subject.roles)
