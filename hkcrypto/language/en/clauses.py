"""English clauses from dependency trees: every construction comes out as the same predicate with the same roles."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hkcrypto.language.clause import Clause, Filler, Node, Sentence
from hkcrypto.language.cues import Cues
from hkcrypto.language.en.attributes import (
    described,
    firm_of,
    first_of,
    hyphenated,
    in_brackets,
    is_attribute,
    named_attributes,
    past_post,
    same_kind_members,
    ticker,
    title_span,
    to_come,
)
from hkcrypto.language.en.ellipsis import Ellipses, cancels, may_point_back, read_pointer
from hkcrypto.language.en.gapping import gapped
from hkcrypto.language.en.phrases import (
    MODIFIERS,
    RELATIVES,
    SUBJECTS,
    Phrases,
    conjuncts,
    gerunds,
    is_amount,
    is_verb,
    kind_of,
    law_below,
    partitive,
    prepositions,
)
from hkcrypto.language.en.status import duty, is_asked, read_status
from hkcrypto.language.en.verbs import governing_verb, is_passive, lemma

# "London-based", "Nasdaq-listed" say where; "Tencent-backed" says by whom.
WHERE = frozenset({"base", "list", "headquarter", "domicile", "register", "incorporate", "quote", "trade"})
Wanted = Callable[[str, str], bool]


class ClauseBuilder:
    """Makes the clauses of a sentence; `wanted(kind, word)` says which predicates are worth the work."""

    def __init__(self, cues: Cues, wanted: Wanted) -> None:
        self.cues = cues
        self.wanted = wanted
        self.phrases = Phrases(cues)
        self.begin()

    def begin(self) -> None:
        """Forget the document before."""
        self.ellipses = Ellipses()
        self.number = 0
        self.unstated: list[Clause] = []  # "did not say whether": no facts, but worth explaining

    def clauses(self, sentence: Sentence) -> Iterator[Clause]:
        """Yield the clauses of a sentence, in the order of their predicates."""
        lemma_of = {n.i: lemma(n) for n in sentence.nodes if is_verb(n)}
        self.number += 1
        full: list[Clause] = []
        for node in sentence.nodes:
            for clause in [*self._elliptic(node, sentence), *self._of_node(node, lemma_of)]:
                full.append(clause)
                if self._read(clause, sentence, lemma_of):
                    self.ellipses.note(clause, self.number)
                    yield clause
        yield from (c for c in gapped(full, sentence, self.phrases) if self._read(c, sentence, lemma_of))

    def _read(self, clause: Clause, sentence: Sentence, lemma_of: dict[int, str]) -> bool:
        """Set the status of a clause; False where it states nothing."""
        node = clause.node
        attribute = is_attribute(clause)
        reading = read_status(node, self.cues, lemma_of, attribute=attribute)
        if clause.predicate != node.lemma and clause.kind == "verbs" and cancels(node, self.cues):
            reading.raise_flag("negated", node)
        if clause.kind == "is_a" and lemma_of.get(node.i) in self.cues.leaving - {"succeed", "replace"}:
            reading.raise_flag("ended", node)
        if clause.kind == "verbs":
            read_pointer(clause, sentence, self.cues, reading)
        if node.tag == "VBD" and any(word == "until" for word, _ in prepositions(node)):
            reading.raise_flag("ended", node)
        status = reading.status()
        clause.cue, clause.sentence = reading.cue, sentence
        if status is None or (not attribute and is_asked(node, sentence)):
            self.unstated.append(clause)
            return False
        if clause.kind == "prepositions" and node.type == "EVENT":
            status = to_come(node, self.cues, lemma_of) or status
        clause.status = past_post(clause, status, self.cues) or status
        return True

    def _elliptic(self, node: Node, sentence: Sentence) -> list[Clause]:
        """The clause before with another subject, where a verb only points back to it."""
        if cancels(node, self.cues):
            cancelled = self.ellipses.cancelled(node, self.number)
            return [cancelled] if cancelled is not None else []
        if not may_point_back(node, self.cues):
            return []
        subject = self.subject(node)
        found = self.ellipses.complete(node, self.phrases.filler(subject) if subject is not None else None, sentence, self.number)
        return [found] if found is not None else []

    def _of_node(self, node: Node, lemma_of: dict[int, str]) -> Iterator[Clause]:
        if node.i in lemma_of:
            predicate = lemma_of[node.i]
            if self.wanted("verbs", predicate):
                roles = self._compound_roles(node) or self.verb_roles(node)
                roles["duty"] = [Filler(w, [], frozenset({w.lemma, w.text.lower()})) for w in duty(node, self.cues)]
                yield Clause(predicate, "verbs", node, roles, phrase=(node.start, node.end))
            yield from self._posts(node)
        elif (not node.named or node.type == "TOPIC") and node.tag.startswith("NN"):
            if not node.named and self.wanted("nouns", node.lemma):
                yield Clause(node.lemma, "nouns", node, self._event_roles(node), phrase=title_span(node, self.cues))
            if self.wanted("is_a", kind_of(node)):
                yield from self._is_a(node)
        elif node.tag in {"JJ", "VBN"} and self.wanted("is_a", node.text.lower()):
            yield from self._predicative(node)
        if node.entities and node.type != "TOPIC":
            yield from self._of_name(node)

    # --- verbs ---

    def verb_roles(self, verb: Node) -> dict[str, list[Filler]]:
        """Return who does it (agent), to what (patient), for whom (recipient), and its prepositions."""
        passive = is_passive(verb)
        direct = [c for c in verb.children if c.dep in {"dobj", "oprd"} or (c.dep == "attr" and verb.lemma not in self.cues.copulas)]
        roles = self._subject_roles(verb, direct, passive=passive)
        for child in direct:
            name = "amount" if passive and is_amount(child) else "patient"
            roles.setdefault(name, []).append(self.phrases.filler(self.phrases.antecedent(child)))
        for child in verb.children:
            if child.dep == "dative" and child.tag not in {"IN", "TO"}:
                roles.setdefault("recipient", []).append(self.phrases.filler(child))
            elif child.dep == "agent" and passive:
                roles["agent"] = [self.phrases.filler(c) for c in child.children if c.dep == "pobj"]
        self._complements(verb, roles)
        self._prepositions(verb, roles, passive=passive)
        for filler in roles.get("patient", []):
            for word, found in filler.roles.items():
                if word not in {"possessor", "compound"}:
                    roles.setdefault(word, []).extend(found)
        self._shared_objects(verb, roles)
        return roles

    def _prepositions(self, verb: Node, roles: dict[str, list[Filler]], *, passive: bool) -> None:
        """Add the prepositions of a verb, and who does what a passive says: "by" of the verb itself or of one that it shares it with."""
        for word, pobj in prepositions(verb):
            name = "agent" if word == "by" and passive else word
            found = roles.setdefault(name, [])
            if name != "agent" or not any(f.head is pobj for f in found):
                found.append(self.phrases.filler(pobj))
        if passive and "agent" not in roles:
            roles |= self._shared_agent(verb)
        for filler in roles["agent"] if passive and "agent" in roles else ():
            for word, pobj in prepositions(filler.head) if filler.head.named else ():  # "was brought by X against Y"
                if word not in {"of", "in", "at", "from"}:
                    roles.setdefault(word, []).append(self.phrases.filler(pobj))

    def _subject_roles(self, verb: Node, direct: list[Node], *, passive: bool) -> dict[str, list[Filler]]:
        """The role that the subject fills, and the antecedent of a relative clause without an object of its own."""
        roles: dict[str, list[Filler]] = {}
        subject = self.subject(verb)
        if subject is not None:
            given = any(c.dep == "dobj" and not is_amount(c) for c in direct)
            name = "agent" if not passive else "recipient" if given else "patient"
            lists = verb.lemma in self.cues.listing and not subject.entities  # "its backers include X": X does nothing to X
            roles[name] = [Filler(subject, [], frozenset()) if lists else self.phrases.filler(subject)]
        relative_subject = any(c.text.lower() in RELATIVES and c.dep in SUBJECTS for c in verb.children)
        is_relative = verb.dep == "relcl" or (verb.dep == "acl" and verb.tag in {"VBD", "VBZ", "VBP"} and verb.child(*SUBJECTS) is not None)
        if is_relative and not direct and not passive and verb.head is not None and not relative_subject:
            roles["patient"] = [self.phrases.filler(verb.head)]
        return roles

    def _complements(self, verb: Node, roles: dict[str, list[Filler]]) -> None:
        """Add the clauses behind a verb, and what stands in them for its object: "makes X available", "barred from offering X"."""
        for child in verb.children:
            if child.dep in {"ccomp", "xcomp"}:
                roles.setdefault("complement", []).append(self._complement(child))
                if child.tag.startswith("JJ") and "patient" not in roles and (thing := child.child("nsubj")) is not None:
                    roles["patient"] = [self.phrases.filler(thing)]
        for word, gerund in gerunds(verb):
            roles.setdefault(word, []).append(self._complement(gerund))

    def _complement(self, child: Node) -> Filler:
        """The clause behind a verb, with what it is about: its object, and the prepositions behind that."""
        filler = self.phrases.filler(child, depth=0)
        if is_verb(child):
            patients = [self.phrases.filler(c) for c in child.children if c.dep in {"dobj", "nsubjpass"}]
            for word, pobj in prepositions(child):
                filler.roles.setdefault(word, []).append(self.phrases.filler(pobj))
            for patient in patients:
                for name, found in patient.roles.items():
                    filler.roles.setdefault(name, []).extend(found)
            if patients:
                filler.roles["patient"] = patients
            if any(c.tag == "TO" for c in child.children):
                filler.words |= {"INFINITIVE"}
        return filler

    def _shared_agent(self, verb: Node) -> dict[str, list[Filler]]:
        """The agent of "was reprimanded and fined by X", "was ordered to pay by X", which stands with the last verb."""
        later = [c for c in verb.children if c.dep == "conj" and is_verb(c) and is_passive(c)]
        later += [x for v in (verb, *later) for x in v.children if x.dep == "xcomp" and is_verb(x) and not is_passive(x)]
        agents = [p for c in later for word, p in prepositions(c) if word == "by"]
        return {"agent": [self.phrases.filler(agents[0])]} if agents else {}

    def _shared_objects(self, verb: Node, roles: dict[str, list[Filler]]) -> None:
        """Give "issue" its object in "issue and list tokens", which stands with the last of the verbs."""
        if "patient" in roles or is_passive(verb):
            return
        for child in verb.children:
            if child.dep == "conj" and is_verb(child) and not is_passive(child) and not any(c.dep in SUBJECTS for c in child.children):
                shared = [c for c in child.children if c.dep == "dobj"]
                if shared and not any(c.dep == "prep" and c.i < child.i for c in verb.children):
                    roles["patient"] = [self.phrases.filler(c) for c in shared]
                    return

    def subject(self, verb: Node, depth: int = 0) -> Node | None:
        """Return the surface subject of a verb, its own or the one that it shares with its governor."""
        own = verb.child(*SUBJECTS)
        if own is not None:
            return self.phrases.antecedent(own) if own.text.lower() in RELATIVES else own
        head = verb.head
        if head is None or depth > 6:
            return None
        noun_governed = not is_verb(head)
        found: Node | None
        named = next((c for c in head.children if c.dep == "attr" and c.entities), None)
        if verb.dep == "csubj" and head.lemma in self.cues.copulas and named is not None:
            found = named  # "joining them is X"
        elif verb.dep == "advcl" and verb.tag == "VB" and head.lemma in self.cues.onlooking and (law := law_below(head)) is not None:
            found = law  # "welcomed the passage of the Bill to regulate X"
        elif verb.dep in {"acl", "relcl", "amod"} and noun_governed:
            found = self._noun_agent(head, depth) if verb.tag in {"VB", "TO"} else head
        elif verb.dep in {"xcomp", "ccomp"} and not noun_governed:
            found = self._controller(head, depth)
        elif verb.dep == "pcomp" and head.head is not None:
            noun = head.head.child("dobj") if is_verb(head.head) and head.text.lower() == "for" else head.head
            ruled = noun is not None and noun.lemma in self.cues.rules  # what rules are for is done by others
            found = None if ruled else self.subject(head.head, depth + 1) if is_verb(head.head) else self._noun_agent(head.head, depth)
        else:
            shares = verb.dep in {"xcomp", "acomp", "conj"} or (verb.dep in {"advcl", "dep"} and not noun_governed) or verb.tag[:2] == "JJ"
            found = self.subject(head, depth + 1) if shares or (verb.dep == "ccomp" and head.tag.startswith("JJ")) else None
        return found

    def _controller(self, governor: Node, depth: int) -> Node | None:
        """Whose act an infinitive is: the object's behind "allow", "urge", else the subject's."""
        if lemma(governor) in self.cues.object_control and not is_passive(governor) and (patient := governor.child("dobj")) is not None:
            return patient
        return self.subject(governor, depth + 1)

    def _noun_agent(self, noun: Node, depth: int) -> Node | None:
        """Whose plan, bid or right it is: the possessor's, else the subject's of the verb that governs the noun."""
        if (possessor := noun.child("poss")) is not None:
            return possessor
        if (part := partitive(noun)) is not None:  # "X is one of the first to open"
            return part.head if part.dep == "appos" else self._noun_agent(part, depth)
        governor = governing_verb(noun)
        above = noun.head.head if noun.dep == "pobj" and noun.head is not None else None
        if governor is None and above is not None and above.named and above.head is None and above.type not in {"TOPIC", "PLACE"}:
            return above  # "X in talks to buy Y"
        return self.subject(governor, depth + 1) if governor is not None and noun.dep not in SUBJECTS else None

    def _compound_roles(self, verb: Node) -> dict[str, list[Filler]] | None:
        """The roles of "London-based", "Tencent-backed" before a noun; None where it is no such compound."""
        if (found := hyphenated(verb)) is None:
            return None
        head, names = found
        role = "in" if verb.lemma in WHERE else "agent"
        return {"patient": [self._described(head)], role: [self.phrases.filler(n) for n in names]}

    def _described(self, head: Node) -> Filler:
        """A name, and those coordinated with it that share the words before it."""
        filler = self.phrases.filler(head)
        if head.entities:
            filler.members = [m for each in same_kind_members(head) for m in self.phrases.stands_for(each)]
        return filler

    # --- nouns ---

    def _event_roles(self, noun: Node) -> dict[str, list[Filler]]:
        """The roles of an event noun, with those of the verb that carries it ("X completed its acquisition of Y")."""
        roles = self.phrases.noun_roles(noun)
        governor = governing_verb(noun)
        if governor is not None and governor.lemma not in self.cues.onlooking:
            for name, fillers in self.verb_roles(governor).items():
                if name not in roles and not any(noun.is_below(f.head) for f in fillers):
                    roles[name] = fillers
        return roles

    def _is_a(self, noun: Node) -> Iterator[Clause]:
        """Clauses for a noun that says what something is, one for each thing."""
        predicates = [
            c.lemma for c in noun.children if c.dep in MODIFIERS and c.i < noun.i and not c.entities and self.wanted("is_a", c.lemma)
        ]
        predicate = predicates[-1] if predicates and noun.lemma in self.cues.bodies else kind_of(noun)  # "the parent company of X"
        for thing, extra in self._things(noun):
            roles = {"is": [thing], **{k: v for k, v in self.phrases.noun_roles(noun).items() if v[0].head is not thing.head}}
            yield Clause(predicate, "is_a", noun, {**extra, **roles}, phrase=title_span(noun, self.cues))

    def _predicative(self, adjective: Node) -> Iterator[Clause]:
        """A clause for "X is illegal in Y", "subject to Y, X ...", "X, available on Y": the adjective, and what it is said of."""
        head = adjective.head
        if head is None:
            return
        subject = self.subject(head) if adjective.dep == "acomp" and is_verb(head) else described(adjective, head)
        if subject is not None:
            roles = {"is": [self.phrases.filler(subject)]}
            behind = [c for c in prepositions(head) if c[1].i > adjective.i] if adjective.dep == "acomp" else []
            for word, pobj in [*prepositions(adjective), *behind]:
                roles.setdefault(word, []).append(self.phrases.filler(pobj))
            yield Clause(adjective.text.lower(), "is_a", adjective, roles, phrase=(adjective.start, adjective.end))

    def _things(self, noun: Node) -> Iterator[tuple[Filler, dict[str, list[Filler]]]]:
        """What a noun is said of, and the roles that hang on that instead of on the noun."""
        first = noun
        while first.dep == "conj" and first.head is not None and not first.head.entities:
            first = first.head
        coordinated = conjuncts(first) if first is not noun or any(c.dep == "conj" for c in noun.children) else []
        shared: dict[str, list[Filler]] = {}
        for name, fillers in (role for each in coordinated for role in self.phrases.noun_roles(each).items()):
            shared.setdefault(name, fillers)
        first = partitive(first) or first
        head = first.head
        if (called := firm_of(first)) is not None:
            yield self.phrases.filler(called), shared
        elif first.entities and not first.named:
            yield self.phrases.filler(first), shared
        elif (
            first.dep in {"attr", "oprd"}
            and head is not None
            and head.lemma in self.cues.copulas
            and (subject := self.subject(head)) is not None
        ):
            yield self.phrases.filler(subject), shared
        elif first.dep in {*SUBJECTS, "pobj"} and (listed := self.phrases.listed_members(first) or named_attributes(first, self.cues)):
            yield Filler(listed[0], [m for n in listed for m in self.phrases.filler(n).members], frozenset()), shared
        elif first.dep == "appos" and head is not None and head.entities:
            behind = [c for c in head.children if c.dep == "appos" and c.i > first.i and c.entities and c.type != "PERSON"]
            described = [m for each in conjuncts(first_of(head)) for m in self.phrases.stands_for(each)] if noun.tag == "NNS" else [head]
            yield Filler(head, described, frozenset()), {**({"at": [self.phrases.filler(behind[0])]} if behind else {}), **shared}
        elif first.dep in MODIFIERS and head is not None and head.entities and first.i < head.i:
            outer = {k: v for k, v in self.phrases.noun_roles(head).items() if k in {"possessor", "compound"} and v[0].head.i < first.i}
            yield self._described(head), {**outer, **shared}
        for child in first.children:
            if child.dep == "appos" and child.entities:
                yield Filler(child, [m for each in conjuncts(child) for m in self.phrases.stands_for(each)], frozenset()), shared

    def _posts(self, verb: Node) -> Iterator[Clause]:
        """Clauses of "was named chairman of Y", "joined Y as chairman", "serves as chairman"."""
        name = lemma(verb)
        roles: dict[str, list[Filler]] | None = None
        nouns = [c for c in verb.children if c.dep in {"oprd", "attr"} and not c.named] if name in self.cues.naming else []
        nouns += [pobj for word, pobj in prepositions(verb) if word == "as" and not pobj.named]
        for first in nouns:
            for noun in conjuncts(first):
                if noun.tag.startswith("NN") and self.wanted("is_a", noun.lemma):
                    roles = roles if roles is not None else self.verb_roles(verb)
                    things = roles.get("patient") if name in self.cues.naming else roles.get("agent")
                    if things and things[0].members:
                        employer = roles.get("agent" if name in self.cues.naming else "patient")
                        outer = {"at": employer} if employer else {}
                        yield Clause(
                            noun.lemma,
                            "is_a",
                            verb,
                            {**outer, **self.phrases.noun_roles(noun), "is": things[:1]},
                            phrase=title_span(noun, self.cues),
                        )

    # --- names ---

    def _of_name(self, node: Node) -> Iterator[Clause]:
        """A name with a possessor, and a name with a preposition behind it."""
        for child in node.children:
            if (
                child.dep == "poss"
                and child.entities
                and not (
                    node.type == "PERSON"
                    and any(
                        child.i < c.i < node.i and c.dep in MODIFIERS and not c.entities and c.tag.startswith("NN") for c in node.children
                    )
                )
            ):
                roles = {"head": [self._described(node)], "possessor": [self.phrases.filler(child)]}
                yield Clause("'s", "possessive", node, roles, phrase=(child.start, node.end))
        if (exchange := ticker(node)) is not None and self.wanted("verbs", "list"):  # "X (NASDAQ: KRWL)"
            listing = {"patient": [Filler(node, [node], frozenset())], "on": [self.phrases.filler(exchange)]}
            yield Clause("list", "verbs", exchange, listing, phrase=(exchange.start, exchange.end))
        for word, pobj in [*prepositions(node), *(("of", n) for n in in_brackets(node))]:
            if self.wanted("prepositions", word):
                roles = {"head": [Filler(node, [node], frozenset())], "object": [self.phrases.filler(pobj)]}
                yield Clause(word, "prepositions", node, roles, phrase=(node.start, pobj.end))
