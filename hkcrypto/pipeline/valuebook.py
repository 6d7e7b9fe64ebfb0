"""Which date and which amount belong to a clause."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from hkcrypto.language.clause import Clause, Node, Sentence
from hkcrypto.language.en.phrases import is_verb


class ValueBook:
    """The dates and amounts of a doc, asked for by clause."""

    def __init__(self, rows: Iterable[list[Any]]) -> None:
        self.rows = [(kind, start, end, json.loads(value)) for kind, start, end, value in rows]

    def date(self, clause: Clause) -> str | None:
        """The date that belongs to the clause, as it stands in a record."""
        return next((value["date"] for value in self._of(clause, "DATE")), None)

    def money(self, clause: Clause) -> str | None:
        """The amount that belongs to the clause: "9200000 HKD"."""
        return next((f"{value['amount']} {value['currency']}" for value in self._of(clause, "MONEY")), None)

    def _of(self, clause: Clause, kind: str) -> Iterator[dict[str, str]]:
        sentence = clause.sentence
        if sentence is None:
            return
        inside = [(start, value) for k, start, end, value in self.rows if k == kind and sentence.start <= start and end <= sentence.end]
        anchor = _predicate(clause.node)
        near = [
            (abs(start - anchor.start), value)
            for start, value in inside
            if (node := _node_at(sentence, start)) is not None and _predicate(node) is anchor
        ]
        yield from (value for _, value in sorted(near, key=lambda pair: pair[0]))


def _node_at(sentence: Sentence, position: int) -> Node | None:
    return next((n for n in sentence.nodes if n.end > position), None)


def _predicate(node: Node) -> Node:
    """The verb that a word hangs on, directly or by way of nouns and prepositions; control verbs count as one with their infinitive."""
    here = node
    while not is_verb(here) and here.head is not None:
        here = here.head
    while here.dep == "xcomp" and here.head is not None and is_verb(here.head):
        here = here.head
    return here
