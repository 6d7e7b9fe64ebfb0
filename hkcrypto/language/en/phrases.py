"""What a noun phrase stands for: its coordinated members, lists behind it, the name it is in apposition with."""

from __future__ import annotations

from collections.abc import Iterator

from hkcrypto.language.clause import Filler, Node
from hkcrypto.language.cues import Cues, load_cues

SOURCES = load_cues("en").according  # "according to X": X says it, and has no part in it
RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
SUBJECTS = ("nsubj", "nsubjpass")
NAMING = frozenset({"call", "name", "dub", "title", "brand", "nickname", "christen", "style", "know", "label", "codename", "entitle"})
# Adverbs and adjectives whose preposition belongs to the verb: "is back in", "went live on".
LEADING = frozenset({"back", "away", "home", "over", "out", "up", "down", "live", "public", "online", "private"})
COMPOSING = frozenset({"make", "compose", "consist", "comprise"})
MODIFIERS = frozenset({"compound", "nmod", "amod", "npadvmod"})


def is_verb(node: Node) -> bool:
    """Whether the node is a full verb."""
    return node.tag.startswith("VB") and node.dep not in {"aux", "auxpass"} and not node.named


def verb_above(node: Node) -> Node | None:
    """Return the verb that a word hangs on, however far below."""
    here = node.head
    while here is not None and not is_verb(here):
        here = here.head
    return here


def is_amount(node: Node) -> bool:
    """Whether a phrase is a sum of money or a share."""
    return (
        node.tag == "$"
        or node.text in {"%", "$"}
        or (node.tag in {"CD", "NN", "NNS"} and any(c.text.endswith("$") or c.tag == "$" for c in node.children))
    )


def conjuncts(node: Node) -> list[Node]:
    """Return the node and all that is coordinated with it, without what "not" takes out."""
    found = [node]
    for child in node.children:
        if child.dep == "conj" and not _is_excluded(node, child):
            found += conjuncts(child)
    return found


def _is_excluded(node: Node, member: Node) -> bool:
    between = [c for c in [*node.children, *member.children] if node.i < c.i < member.i]
    neither = any(c.text.lower() == "neither" for c in node.children)  # which denies both
    return not neither and any(c.text.lower() in {"not", "nor"} for c in between)


class Phrases:
    """Resolves phrases of one language's cues to the nodes that carry entities."""

    def __init__(self, cues: Cues) -> None:
        self.cues = cues

    def filler(self, node: Node, *, depth: int = 2) -> Filler:
        """Return what a phrase brings to a role, with the roles inside it down to a depth."""
        members: list[Node] = []
        for each in conjuncts(node):
            members += [m for m in self.stands_for(each) if m not in members]
        roles = self.noun_roles(node, depth=depth - 1) if depth and not node.entities else {}
        return Filler(node, members, _words(node), roles)

    def stands_for(self, node: Node, depth: int = 0) -> list[Node]:
        """Return the nodes with entities that a word stands for: itself, its apposition, the members of its list."""
        if node.type == "TOPIC" and node.dep == "appos" and node.head is not None and node.head.type == "ASSET":
            return [node.head]
        if node.type == "TOPIC" and (called := _called(node) or _told(node)):
            return called
        if node.entities:
            return [node]
        if depth > 3:
            return []
        return self._relative(node, depth) or self._identical(node, depth) or _called(node) or self._listed(node, depth)

    def _relative(self, node: Node, depth: int) -> list[Node]:
        antecedent = self.antecedent(node)
        if antecedent is node:
            return []
        return (
            [m for each in conjuncts(antecedent) for m in self.stands_for(each, depth + 1)]
            if node.tag != "WDT" or antecedent.tag == "NNS"
            else self.stands_for(antecedent, depth + 1)
        )

    @staticmethod
    def antecedent(node: Node) -> Node:
        """Return what a relative pronoun stands for, or the node itself."""
        if node.text.lower() not in RELATIVES:
            return node
        above = node.head
        for _ in range(4):
            if above is None:
                return node
            if above.dep == "relcl" and above.head is not None:
                return above.head
            above = above.head
        if node.text.lower() == "whose" and node.head is not None and node.head.head is not None and node.head.dep == "appos":
            return node.head.head
        return node

    def _identical(self, node: Node, depth: int) -> list[Node]:
        """A noun and the name in apposition with it, before it, or joined to it by a copula."""
        for child in node.children:
            if child.dep == "appos" and child.entities and child.type != "TOPIC":
                return [m for each in conjuncts(child) for m in self.stands_for(each, depth + 1)] if node.tag == "NNS" else [child]
        head = node.head
        if node.dep == "appos" and head is not None:
            return self.stands_for(head, depth + 1)
        if (part := partitive(node)) is not None:
            return self.stands_for(part, depth + 2)
        if listed := self.listed_members(node):
            return [m for each in listed for m in conjuncts(each) if m.entities]
        if node.dep == "attr" and head is not None and head.lemma in self.cues.copulas and (subject := head.child(*SUBJECTS)) is not None:
            return self.stands_for(subject, depth + 1)
        return []

    def listed_members(self, noun: Node) -> list[Node]:
        """The names in "the members are A and B", "its backers include A", "among the applicants are A and B"."""
        head = noun.head
        if head is None or not noun.tag.startswith(("NN", "DT")):
            return []
        if noun.dep == "pobj":
            verb = head.head if head.text.lower() == "among" else None
            deps = (*SUBJECTS, "attr") if verb is not None and verb.lemma in self.cues.copulas else ()
            found = [c for c in verb.children if c.dep in deps] if verb is not None else []
        elif noun.dep in SUBJECTS and head.lemma in self.cues.copulas:
            found = [c for c in head.children if c.dep == "attr"] if noun.tag == "NNS" else []
        elif noun.dep in SUBJECTS:
            found = [c for c in head.children if c.dep == "dobj"] if head.lemma in self.cues.listing else []
        else:
            found = []
        return [c for c in found if c.entities and c.type != "TOPIC"]

    def _listed(self, node: Node, depth: int) -> list[Node]:
        """The members of a list behind "such as", or what an arm, a trio, most of something stands for."""
        found: list[Node] = []
        for child in node.children:
            if child.dep == "acl" and child.lemma in COMPOSING:  # "a basket made up of X and Y"
                parts = [p for word, p in prepositions(child) if word == "of"] + [c for c in child.children if c.dep == "dobj"]
                found += [m for p in parts for each in conjuncts(p) for m in self.stands_for(each, depth + 1)]
            if child.dep != "prep":
                continue
            lead = child.text.lower()
            if lead == "as" and any(c.text.lower() == "such" for c in child.children):
                lead = "such as"
            if lead in self.cues.list_leads or (lead == "of" and node.lemma in self.cues.stand_for):
                found += [m for p in objects(child) for each in conjuncts(p) for m in self.stands_for(each, depth + 1)]
        if not found and node.lemma in self.cues.stand_for and node.lemma not in {"group", "parent", "operator"}:
            found = [
                c
                for c in node.children
                if c.dep in {"poss", "compound", "nmod"} and c.entities and c.type not in {"PLACE", "TOPIC", "ASSET"}
            ]
        if not found and node.lemma in self.cues.stand_for_place:
            places = [c for c in node.children if c.dep in {"poss", "compound", "nmod"}] + [
                p for word, p in prepositions(node) if word == "of"
            ]
            found = [c for c in places if c.type == "PLACE" and c.entities]
        return found

    def noun_roles(self, noun: Node, *, depth: int = 1) -> dict[str, list[Filler]]:
        """Return the roles that a noun phrase holds in itself: possessor, compound and its prepositions."""
        roles: dict[str, list[Filler]] = {}
        for child in noun.children:
            if child.dep == "poss":
                roles.setdefault("possessor", []).append(self.filler(child, depth=depth))
            elif child.dep in MODIFIERS and child.entities:
                roles.setdefault("compound", []).append(self.filler(child, depth=depth))
            elif child.dep in MODIFIERS and child.i < noun.i and not child.entities:
                for inner in child.children:
                    if inner.dep in MODIFIERS and inner.entities and (not is_verb(child) or _is_holding(child, inner)):
                        roles.setdefault("compound", []).append(self.filler(inner, depth=depth))
            elif child.dep == "acl" and child.tag == "VBN" and child.i > noun.i:  # "a round led by X"
                roles.setdefault("by", []).extend(self.filler(p, depth=depth) for word, p in prepositions(child) if word == "by")
        roles = {name: found for name, found in roles.items() if found}
        direct = list(prepositions(noun))
        for preposition, pobj in direct:
            roles.setdefault(preposition, []).append(self.filler(pobj, depth=depth))
        deeper = [inner for _, pobj in direct if not pobj.entities for inner in prepositions(pobj)]
        for preposition, pobj in deeper:
            if preposition not in roles:  # "a memorandum of understanding with X", "an application for a licence from X"
                roles[preposition] = [self.filler(pobj, depth=depth)]
        return roles


def kind_of(noun: Node) -> str:
    """Return the lemma of a noun by which it says what something is; of a topic the last word: "exchange" of "crypto exchanges"."""
    if noun.type != "TOPIC" or not noun.named:
        return noun.lemma
    last = noun.text.lower().replace("-", " ").split()[-1]
    return last.removesuffix("s") if noun.tag == "NNS" else last


def law_below(verb: Node) -> Node | None:
    """Return the law that a verb has for its object, or that its object is of: "welcomed the passage of the Bill"."""
    things = [c for c in verb.children if c.dep == "dobj"]
    things += [pobj for thing in things for _, pobj in prepositions(thing)]
    return next((t for t in things if t.type == "LAW" and t.entities), None)


def _is_holding(participle: Node, place: Node) -> bool:
    """Whether a place is no part of a participle but of what it describes: "a Singapore holding company"."""
    return participle.tag == "VBG" and place.type == "PLACE" and not any(c.text == "-" for c in participle.children)


def partitive(noun: Node) -> Node | None:
    """Return "one" in "X, one of the exchanges licensed by Y": what is said of them is said of it; None elsewhere."""
    preposition = noun.head
    part = preposition.head if noun.dep == "pobj" and preposition is not None and preposition.text.lower() == "of" else None
    if part is None or part.dep not in {"attr", "appos"} or (noun.entities and noun.type != "TOPIC") or noun.tag != "NNS":
        return None
    return part if part.tag == "CD" or part.text.lower() in {"one", "first", "latest", "last", "largest", "oldest", "some"} else None


def prepositions(node: Node) -> Iterator[tuple[str, Node]]:
    """Yield (preposition, object) of a word, those on another preposition too ("out of"); "there" is in a place."""
    for child in node.children:
        if child.dep == "advmod" and child.type == "PLACE" and child.entities:
            yield "in", child
        elif child.dep in {"advmod", "acomp"} and child.text.lower() in LEADING:
            yield from prepositions(child)  # "is back in X"
        if child.dep in {"prep", "agent", "dative"} and child.tag in {"IN", "TO", "VBG", "RP", "RB", "JJ", "VBN"} and not child.entities:
            word = child.text.lower()
            if word in SOURCES:
                continue
            for pobj in objects(child):
                yield word, pobj
            for inner in child.children:
                coordinated = inner.dep == "conj" and inner.tag in {"IN", "TO"} and not _is_excluded(child, inner)
                if inner.dep == "prep" or coordinated:  # "out of X", "from X and from Y"
                    for pobj in objects(inner):
                        yield inner.text.lower(), pobj


def gerunds(node: Node) -> Iterator[tuple[str, Node]]:
    """Yield (preposition, verb) of a word: "barred from offering X"."""
    for child in node.children:
        if child.dep == "prep":
            yield from ((child.text.lower(), c) for c in child.children if c.dep == "pcomp" and is_verb(c))


def _called(node: Node) -> list[Node]:
    """Return the name in "a token called X", "a fund to be known as X"."""
    for child in node.children:
        if child.dep in {"acl", "relcl"} and child.lemma in NAMING:
            names = [c for c in child.children if c.dep in {"oprd", "dobj", "attr", "appos"}]
            names += [p for word, p in prepositions(child) if word == "as"]
            if found := [n for n in names if n.named]:
                return conjuncts(found[0])
    return []


def _told(topic: Node) -> list[Node]:
    """Return the firms that a class is told to be: "two crypto exchanges were licensed: X and Y"."""
    firms = [c for c in topic.children if c.dep == "appos" and c.named and c.type in {"FIRM", "BANK"} and c.i > topic.i]
    return [m for firm in firms for m in conjuncts(firm)] if topic.tag == "NNS" else []


def objects(preposition: Node) -> list[Node]:
    """Return the objects of a preposition."""
    return [c for c in preposition.children if c.dep in {"pobj", "pcomp"} and not is_verb(c)]


def _words(node: Node) -> frozenset[str]:
    """The lemmas by which a phrase can be asked for: its head, what stands right before it, both together, and coordinated heads."""
    found: set[str] = set()
    for head in conjuncts(node):
        before = [c for c in head.children if c.i < head.i and c.dep in {"compound", "amod", "nmod", "nummod"}]
        found |= {head.lemma, head.text.lower(), *(c.lemma for c in before), *(f"{c.lemma} {head.lemma}" for c in before)}
        if is_amount(head):
            found.add("PERCENT" if head.text == "%" else "MONEY")
        if head.type == "TOPIC":
            words = head.text.lower().split()
            found |= {*words, *(w.removesuffix("s") for w in words)}
    return frozenset(found)
