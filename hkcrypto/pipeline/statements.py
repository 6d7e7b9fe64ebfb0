"""Who said what: quotations and reported clauses with their speakers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from hkcrypto.language.clause import Node, Sentence
from hkcrypto.language.cues import load_cues
from hkcrypto.language.en.clauses import lemma
from hkcrypto.language.en.phrases import RELATIVES, is_verb, objects
from hkcrypto.pipeline.trees import forget, sentences
from hkcrypto.schema import ORGANISATION_TYPES

if TYPE_CHECKING:
    from spacy.tokens import Doc

SPEAKERS = ORGANISATION_TYPES | {"PERSON", "PLACE"}
LIMIT = 400  # characters: a statement is a clause or a sentence or two
QUOTED = re.compile(r"[“\"]([^“”\"]{12,400}?)[,.!?]?[”\"]")
SPOKESPEOPLE = frozenset(
    {
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "official",
        "representative",
        "source",
        "executive",
        "report",
        "statement",
        "document",
        "release",
        "data",
        "research",
    }
)


class StatementFinder:
    """Sets `doc._.statements`: statements as plain data in the shape of the record, by offset."""

    def __init__(self) -> None:
        self.cues = load_cues("en")

    def __call__(self, doc: Doc) -> Doc:
        """Find the statements of a doc."""
        text = doc.text  # spaCy puts it together anew on every call
        types = {row[0]: row[1] for row in doc._.entities}
        found: dict[tuple[int, int, str], dict[str, Any]] = {}
        for sentence in sentences(doc):
            for speaker, verb, start, end in self._of_sentence(sentence):
                if types.get(speaker) in SPEAKERS:
                    left, right = _strip(text, start, end)
                    direct = text[left - 1 : left] in {"“", '"'} or bool(QUOTED.search(text, left, right))
                    if 8 <= right - left <= LIMIT:
                        found.setdefault(
                            (left, right, speaker),
                            {"speaker": speaker, "verb": verb, "text": text[left:right], "direct": direct, "start": left, "end": right},
                        )
        doc._.statements = [found[key] for key in sorted(found)]
        forget(doc)
        return doc

    def _of_sentence(self, sentence: Sentence) -> Iterator[tuple[str, str, int, int]]:
        for node in sentence.nodes:
            if is_verb(node) and lemma(node) in self.cues.reporting:
                yield from self._of_verb(node)
            elif node.text.lower() in self.cues.according and node.dep in {"prep", "pcomp", "ROOT", "advcl", "advmod"}:
                for speaker in self._according(node):
                    yield speaker, node.text.lower(), *_without(sentence, node)

    def _of_verb(self, verb: Node) -> Iterator[tuple[str, str, int, int]]:
        subject = verb.child("nsubj")
        if subject is None and verb.dep == "conj" and verb.head is not None and is_verb(verb.head):
            subject = verb.head.child("nsubj")
        if subject is None or subject.text.lower() in RELATIVES:
            return
        speakers = _speakers(subject)
        said = self._said(verb)
        if said is not None:
            for speaker in speakers:
                yield speaker, verb.text, *said

    def _said(self, verb: Node) -> tuple[int, int] | None:
        """The clause, quotation or object that a reporting verb governs."""
        clause = verb.child("ccomp") or (
            verb.head if verb.dep in {"parataxis", "ccomp"} and verb.head is not None and is_verb(verb.head) else None
        )
        if clause is not None:
            inside = set(verb.subtree()) if clause is verb.head else set()
            nodes = [n for n in clause.subtree() if n not in inside and n.i != verb.i]
            return min(n.start for n in nodes), max(n.end for n in nodes)
        if lemma(verb) in self.cues.clause_only:
            return None
        content = [
            c
            for c in verb.children
            if c.dep in {"dobj", "xcomp"} or (c.dep == "prep" and c.text.lower() in {"for", "of", "about"} and c.i > verb.i)
        ]
        if not content:
            return None
        nodes = [n for c in content for n in c.subtree()]
        return min(n.start for n in nodes), max(n.end for n in nodes)

    @staticmethod
    def _according(node: Node) -> list[str]:
        """Who is named in "according to X", "as per X's report"."""
        stack, found = [node], []
        while stack:
            here = stack.pop(0)
            for pobj in [*objects(here), *(c for c in here.children if c.dep == "prep")]:
                if pobj.entities:
                    found.append(pobj.entities[0])
                elif pobj.dep == "prep":
                    stack.append(pobj)
                else:
                    found += [c.entities[0] for c in pobj.children if c.dep in {"poss", "compound"} and c.entities][:1]
        return found[:1]


def _speakers(subject: Node) -> list[str]:
    """The entities that a subject stands for: itself, those joined to it, or the body that a spokesman speaks for."""
    nodes = [subject]
    found: list[str] = []
    while nodes:
        node = nodes.pop(0)
        found += node.entities
        nodes += [c for c in node.children if c.dep == "conj"]
        if not node.entities:
            named = [c for c in node.children if c.dep == "appos" and c.entities and c.type == "PERSON"]
            if not named and node.lemma in SPOKESPEOPLE:
                named = [c for c in node.children if c.dep in {"poss", "compound"} and c.entities]
                named += [p for c in node.children if c.dep == "prep" for p in objects(c) if p.entities]
            found += [e for n in named[:1] for e in n.entities]
    return list(dict.fromkeys(found))


def _without(sentence: Sentence, phrase: Node) -> tuple[int, int]:
    """The sentence less the phrase that names the source, where it stands at an end."""
    inside = list(phrase.subtree())
    first, last = min(n.start for n in inside), max(n.end for n in inside)
    if first <= sentence.start + 1:
        return last, sentence.end
    return (sentence.start, first) if last >= sentence.end - 2 else (sentence.start, sentence.end)


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    """Without quotation marks, commas and a leading "that"."""
    while start < end and (text[start] in ' \n,;:“”"‘-—–' or text.startswith("that ", start)):
        start += 5 if text.startswith("that ", start) else 1
    while end > start and text[end - 1] in ' \n,;:“”"':
        end -= 1
    return start, end
