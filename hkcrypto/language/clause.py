"""What every language's builder makes of a text: clauses, each a predicate with what fills its roles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

STATUS_ORDER = ("asserted", "planned", "possible", "ended", "negated")


@dataclass(slots=True, eq=False)
class Node:
    """A word of a sentence, or a whole mention; `start` and `end` are characters of the text.

    `entities` are the ids that it stands for: one for a name, one or several for a pronoun or group that is resolved.
    """

    i: int
    start: int
    end: int
    text: str
    lemma: str
    tag: str
    dep: str
    entities: tuple[str, ...] = ()
    type: str | None = None
    named: bool = False
    head: Node | None = None
    children: list[Node] = field(default_factory=list)

    def subtree(self) -> Iterator[Node]:
        """Yield the node and all below it, in the order of the text."""
        stack, found = [self], []
        while stack:
            node = stack.pop()
            found.append(node)
            stack += node.children
        yield from sorted(found, key=lambda n: n.i)

    def child(self, *deps: str) -> Node | None:
        """Return the first child with one of these dependencies."""
        return next((c for c in self.children if c.dep in deps), None)

    def is_below(self, above: Node) -> bool:
        """Return whether the node hangs somewhere below another, or is that node."""
        here: Node | None = self
        while here is not None and here is not above:
            here = here.head
        return here is above

    def attach(self, head: Node, dep: str) -> None:
        """Hang the node on another head; what hangs on the node already is none, and it stays where it is."""
        if head.is_below(self):
            return
        if self.head is not None:
            self.head.children.remove(self)
        self.head, self.dep = head, dep
        head.children.append(self)
        head.children.sort(key=lambda n: n.i)


@dataclass(slots=True, eq=False)
class Sentence:
    """A sentence as a list of nodes in the order of the text, and where it stands."""

    nodes: list[Node]
    start: int
    end: int
    section: str
    paragraph: int


@dataclass(slots=True)
class Filler:
    """What fills a role: the head of its phrase, the nodes with the entities that it stands for, and words to test."""

    head: Node
    members: list[Node]
    words: frozenset[str]
    roles: dict[str, list[Filler]] = field(default_factory=dict)


@dataclass(slots=True)
class Clause:
    """A predicate, its kind (verbs, nouns, is_a, prepositions, possessive), its roles and its status."""

    predicate: str
    kind: str
    node: Node
    roles: dict[str, list[Filler]]
    status: str = "asserted"
    cue: Node | None = None
    sentence: Sentence | None = None
    phrase: tuple[int, int] = (0, 0)
    speaker: str | None = None  # who is reported to say it, where the builder knows

    def fillers(self, role: str) -> list[Filler]:
        """Return what fills a role; a dotted role looks inside the noun that fills the first part."""
        outer, _, inner = role.partition(".")
        found = self.roles.get(outer, [])
        return [f for filler in found for f in filler.roles.get(inner, [])] if inner else found
