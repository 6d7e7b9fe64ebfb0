"""From clauses to relations: what the frames read in the clauses of a doc, one fact once, with its evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hkcrypto.confidence import load_confidences
from hkcrypto.language.clause import STATUS_ORDER
from hkcrypto.language.cues import load_cues
from hkcrypto.language.en.clauses import ClauseBuilder
from hkcrypto.language.zh.clauses import ChineseClauses
from hkcrypto.pipeline.certainty import reading, rule_name
from hkcrypto.pipeline.facts import Fact, FactReader
from hkcrypto.pipeline.tokenizer import is_chinese, text_of
from hkcrypto.pipeline.trees import sentences
from hkcrypto.pipeline.valuebook import ValueBook

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from hkcrypto.frames import Frames
    from hkcrypto.pipeline.proposer import Proposer

# How strong a status is where several sentences state one fact; a later negation or end beats all that was said before.
STRENGTH = {"possible": 0, "planned": 1, "asserted": 2, "ended": 3, "negated": 3}
# Of several actions against one target the gravest is kept.
GRAVITY = (
    "warned",
    "investigated",
    "ordered",
    "sued",
    "seized",
    "charged",
    "suspended",
    "rejected",
    "revoked",
    "fined",
    "arrested",
    "convicted",
)


class RelationFinder:
    """Sets `doc._.relations`: relations as plain data in the shape of the record, in the order of their first evidence."""

    def __init__(self, frames: Frames, proposer: Proposer | None = None) -> None:
        self.frames = frames
        self.proposer = proposer
        self.confidences = load_confidences()
        self.english = ClauseBuilder(load_cues("en"), self._is_wanted)
        self.chinese = ChineseClauses(self._is_wanted)

    def _is_wanted(self, kind: str, word: str) -> bool:
        return bool(self.frames.triggered(kind, word))

    def __call__(self, doc: Doc) -> Doc:
        """Find the relations of a doc."""
        return self.set_relations(doc, self.facts(doc))

    def set_relations(self, doc: Doc, found: dict[tuple[str, str, str], list[Fact]]) -> Doc:
        """Set the relations of a doc by what `facts` has read in it."""
        text = text_of(doc)
        relations = [self._relation(facts, text) for facts in found.values()]
        doc._.relations = sorted(
            relations, key=lambda r: (r["evidence"][0]["start"], r["evidence"][0]["end"], r["type"], r["subject"], r["object"])
        )
        return doc

    def facts(self, doc: Doc) -> dict[tuple[str, str, str], list[Fact]]:
        """Return what is read in a doc, by what makes facts the same fact, as they come in the text."""
        text = text_of(doc)
        types = {row[0]: row[1] for row in doc._.entities}
        named = ((s.start_char, s.kb_id_) for s in doc.spans["mentions"] if s.id_ != "coref")
        reader = FactReader(self.frames, text, types, ValueBook(doc._.values), named)
        found: dict[tuple[str, str, str], list[Fact]] = {}
        builder = self.chinese if is_chinese(doc) else self.english
        builder.begin()
        for sentence in sentences(doc):
            for clause in builder.clauses(sentence):
                for fact in reader.facts(clause):
                    found.setdefault(fact.key, []).append(fact)
        if self.proposer and builder is self.english:
            for fact in self.proposer.propose(text, sentences(doc), types, set(found)):
                found[fact.key] = [fact]
        return found

    def confidence(self, best: list[Fact]) -> float:
        """Return how sure a relation is by the facts that give it its status."""
        learned = [fact.confidence for fact in best if fact.confidence is not None]
        return max(learned) if learned else self.confidences.best(map(reading, best))

    def _relation(self, facts: list[Fact], text: str) -> dict[str, Any]:
        """One relation of all the facts with one key."""
        status, best = strongest(facts)
        qualifiers: dict[str, str] = {}
        for fact in best:
            for name, value in fact.qualifiers.items():
                if name not in qualifiers or (name == "action" and GRAVITY.index(value) > GRAVITY.index(qualifiers[name])):
                    qualifiers[name] = value
        return {
            "type": facts[0].relation.name,
            "subject": facts[0].subject,
            "object": facts[0].object,
            "status": status,
            "confidence": self.confidence(best),
            "qualifiers": qualifiers,
            "evidence": _evidence(facts, text),
        }


def strongest(facts: list[Fact]) -> tuple[str, list[Fact]]:
    """Return the status that stands of all facts with one key, and the facts that say so."""
    stated = _stated(facts)
    status = stated[0][0]
    for said, _ in stated[1:]:
        if STRENGTH[said] > STRENGTH[status] or (STRENGTH[said] == STRENGTH[status] == 3):
            status = said
    return status, [fact for said, group in stated if said == status for fact in group]


def _stated(facts: list[Fact]) -> list[tuple[str, list[Fact]]]:
    """The status that each sentence gives the fact: where several frames read it there, the hedge stands."""
    by_sentence: dict[int, list[Fact]] = {}
    for fact in facts:
        by_sentence.setdefault(fact.clause.sentence.start if fact.clause.sentence else 0, []).append(fact)
    return [(max((f.status for f in group), key=STATUS_ORDER.index), group) for group in by_sentence.values()]


def _evidence(facts: list[Fact], text: str) -> list[dict[str, Any]]:
    rows: dict[tuple[int, int, str], dict[str, Any]] = {}
    for fact in facts:
        sentence, cue = fact.clause.sentence, fact.clause.cue
        if sentence is None:
            continue
        inside = [
            n for n in (*fact.nodes, fact.clause.node, *([cue] if cue else ())) if sentence.start <= n.start and n.end <= sentence.end
        ]
        start, end = min(n.start for n in inside), max(n.end for n in inside)
        rule = rule_name(fact)
        rows.setdefault(
            (start, end, rule),
            {
                "text": text[start:end],
                "start": start,
                "end": end,
                "sentence_start": sentence.start,
                "sentence_end": sentence.end,
                "section": sentence.section,
                "rule": rule,
                "cue": {"text": text[cue.start : cue.end], "start": cue.start, "end": cue.end} if cue else None,
            },
        )
    return [rows[key] for key in sorted(rows)]
