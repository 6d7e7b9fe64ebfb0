"""Who said what: quotations and reported clauses with their speakers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from hkcrypto.language.clause import Node, Sentence
from hkcrypto.language.cues import load_cues
from hkcrypto.language.en.clauses import ClauseBuilder
from hkcrypto.language.en.phrases import conjuncts, objects
from hkcrypto.pipeline.quotes import LIMIT, Quote, quotes
from hkcrypto.pipeline.speech import inverted, is_saying, is_withheld, reported, stance
from hkcrypto.pipeline.tokenizer import is_chinese, text_of
from hkcrypto.pipeline.trees import forget, sentences
from hkcrypto.pipeline.zh.statements import ChineseStatements
from hkcrypto.schema import ORGANISATION_TYPES

if TYPE_CHECKING:
    from spacy.tokens import Doc

SPEAKERS = ORGANISATION_TYPES | {"PERSON", "PLACE"}
SPOKESMEN = frozenset({"spokesman", "spokeswoman", "spokesperson"})
ISSUED_BY = frozenset({"from", "by", "at", "of"})
FEWEST = 8  # characters of what is reported, not quoted
QUOTED = re.compile(r"[“\"]([^“”\"]{12,400}?)[,.!?]?[”\"]")


@dataclass(frozen=True, slots=True)
class Said:
    """A stretch of text that somebody says or is reported to say."""

    speaker: str
    verb: str
    start: int
    end: int
    direct: bool

    def is_of_length(self) -> bool:
        """Return whether it is a statement by its length: a clause or more, or any words that are quoted."""
        return (1 if self.direct else FEWEST) <= self.end - self.start <= LIMIT

    def row(self, text: str) -> dict[str, Any]:
        """Return the statement as plain data."""
        direct = self.direct or text[self.start - 1 : self.start] in {"“", '"'} or bool(QUOTED.search(text, self.start, self.end))
        said = text[self.start : self.end]
        return {"speaker": self.speaker, "verb": self.verb, "text": said, "direct": direct, "start": self.start, "end": self.end}


class StatementFinder:
    """Sets `doc._.statements`: statements as plain data in the shape of the record, by offset."""

    def __init__(self) -> None:
        self.cues = load_cues("en")
        self.builder = ClauseBuilder(self.cues, lambda _kind, _word: False)
        self.chinese = ChineseStatements()

    def __call__(self, doc: Doc) -> Doc:
        """Find the statements of a doc."""
        if is_chinese(doc):
            return self.chinese(doc)
        text = text_of(doc)
        types = {row[0]: row[1] for row in doc._.entities}
        said = [Said(*row, direct=False) for sentence in sentences(doc) for row in self._of_sentence(sentence)]
        said = [replace(s, start=start, end=end) for s in said for start, end in [_strip(text, s.start, s.end)]]
        quoted = [Said(q.speaker, q.verb, *_strip(text, q.start, q.end), direct=True) for q in self._quotes(doc, text, said)]
        kept = [s for s in _without_doubles([*quoted, *said]) if types.get(s.speaker) in SPEAKERS and s.is_of_length()]
        doc._.statements = [s.row(text) for s in sorted(kept, key=lambda s: (s.start, s.end, s.speaker))]
        forget(doc)
        return doc

    def _quotes(self, doc: Doc, text: str, said: list[Said]) -> Iterator[Quote]:
        """The quotations of all paragraphs; one that opens a paragraph may go on with what was said in the last."""
        nodes: dict[int, list[Node]] = defaultdict(list)
        for sentence in sentences(doc):
            nodes[sentence.paragraph] += sentence.nodes
        last = ""
        for number, span in enumerate(doc.spans["paragraphs"]):
            verbs = [n for n in nodes[number] if is_saying(n, self.cues)]
            here = list(quotes(text, span.start_char, span.end_char, nodes[number], verbs, self._speakers, last))
            yield from here
            spoken = [
                *((q.start, q.speaker) for q in here),
                *((s.start, s.speaker) for s in said if span.start_char <= s.start < span.end_char),
            ]
            last = max(spoken, default=(0, ""))[1]

    def _speakers(self, verb: Node) -> list[str]:
        """Who is the subject of a reporting verb, before it, behind it ("said X") or of the verb that governs it."""
        subject = inverted(verb) or self.builder.subject(verb)
        if subject is None:
            behind = (c for c in verb.children if c.dep in {"attr", "dobj", "npadvmod"} and c.i > verb.i)
            subject = next((c for c in behind if c.type == "PERSON"), None)
        subjects = [] if subject is None else [subject, *(c for c in verb.children if c.dep == "nsubj")]
        return next((named for s in subjects if (named := self._named(s))), []) or self._spoken_for(verb)

    def _spoken_for(self, verb: Node) -> list[str]:
        """The body whose nameless spokesman speaks of it: "Kwun Labs will list, a spokesman said"."""
        speaker, clause = verb.child("nsubj"), verb.child("ccomp")
        if speaker is None or clause is None or speaker.lemma not in SPOKESMEN or any(c.dep in {"prep", "poss"} for c in speaker.children):
            return []
        body = clause.child("nsubj", "nsubjpass")
        return list(body.entities) if body is not None and body.named and body.type in ORGANISATION_TYPES else []

    def _named(self, subject: Node) -> list[str]:
        """The entities that a subject stands for: itself, those joined to it, or the body that a spokesman speaks for."""
        found: list[str] = []
        for conjunct in conjuncts(subject):
            node = _apposed(conjunct)
            members = node.entities or tuple(e for m in self.builder.phrases.stands_for(node) if m.type == "PERSON" for e in m.entities)
            if not members and node.lemma in self.cues.spokespeople:
                named = [c for c in node.children if c.dep in {"poss", "compound"} and c.entities]
                named += [p for c in node.children if c.dep == "prep" for p in objects(c) if p.entities]
                members = named[0].entities if named else ()
            found += members
        return list(dict.fromkeys(found))

    def _of_sentence(self, sentence: Sentence) -> Iterator[tuple[str, str, int, int]]:
        for node in sentence.nodes:
            if is_saying(node, self.cues):
                yield from self._of_verb(node)
            elif (held := stance(node, self.cues)) is not None and not is_withheld(held[0]):
                for speaker in self._speakers(held[0]):
                    yield speaker, node.text, *held[1]
            elif node.text.lower() in self.cues.according and node.dep in {"prep", "pcomp", "ROOT", "advcl", "advmod"}:
                for speaker in self._according(node):
                    yield speaker, node.text.lower(), *_without(sentence, node)

    def _of_verb(self, verb: Node) -> Iterator[tuple[str, str, int, int]]:
        if any(c.dep == "auxpass" for c in verb.children):
            yield from self._of_passive(verb)
            return
        if is_withheld(verb):
            return
        speakers = self._speakers(verb)
        said = reported(verb, self.cues)
        if said is not None:
            for speaker in speakers:
                yield speaker, verb.text, *said

    def _of_passive(self, verb: Node) -> Iterator[tuple[str, str, int, int]]:
        """Statements of "reports of a sale were denied by X"."""
        thing = verb.child("nsubjpass")
        agents = [p for c in verb.children if c.dep == "agent" for p in objects(c)]
        if thing is not None and agents:
            nodes = list(thing.subtree())
            for speaker in self._named(agents[0]):
                yield speaker, verb.text, min(n.start for n in nodes), max(n.end for n in nodes)

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
                    stack += [c for c in pobj.children if c.dep == "prep" and c.text.lower() in ISSUED_BY]
        return found[:1]


def _apposed(node: Node) -> Node:
    """The name that a noun stands beside, for a noun without one: "Kwun Labs, the firm that said"."""
    is_beside = node.dep == "appos" and not node.entities and node.head is not None and node.head.named
    return node.head if is_beside and node.head is not None else node


def _without_doubles(said: list[Said]) -> list[Said]:
    """Leave out what lies within another statement of the same speaker."""
    found: list[Said] = []
    for one in sorted(said, key=lambda s: (s.start - s.end, s.start)):
        if not any(o.speaker == one.speaker and o.start <= one.start and one.end <= o.end for o in found if o.end - o.start <= LIMIT):
            found.append(one)
    return found


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
