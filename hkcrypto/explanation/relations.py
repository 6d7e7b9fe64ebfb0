"""Why there is a relation: the sentence with its roles, the clause, the frame, the status cue, and where the confidence comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hkcrypto.explanation.words import clause_row, clean
from hkcrypto.pipeline.certainty import is_implied, reading
from hkcrypto.pipeline.facts import LEARNED
from hkcrypto.pipeline.relations import strongest
from hkcrypto.pipeline.tokenizer import text_of

if TYPE_CHECKING:
    from hkcrypto.confidence import Confidences
    from hkcrypto.pipeline.facts import Fact
    from hkcrypto.schema import Relation
    from hkcrypto.trace import Trace


def explain_relation(seen: Trace, relation: Relation) -> dict[str, Any]:
    """Return a relation with all its readings; those that give it another status than the one that stands are there too."""
    facts = seen.facts_of(relation.type, relation.subject, relation.object)
    _, best = strongest(facts)
    sentences = len({fact.clause.sentence.start for fact in best if fact.clause.sentence})
    names = {entity.id: {"id": entity.id, "name": entity.name, "type": entity.type} for entity in seen.record.entities}
    table = seen.finder.confidences
    return {
        "type": relation.type,
        "subject": names[relation.subject],
        "object": names[relation.object],
        "status": relation.status,
        "qualifiers": dict(relation.qualifiers),
        "confidence": relation.confidence,
        "sentences": sentences,
        "repeated": table.repeated if sentences > 1 and best[0].frame is not LEARNED else None,
        "readings": [{**_reading(seen, fact, table), "stands": fact in best} for fact in facts],
    }


def _reading(seen: Trace, fact: Fact, table: Confidences) -> dict[str, Any]:
    text, clause, sentence = text_of(seen.doc), fact.clause, fact.clause.sentence
    start, end = (sentence.start, sentence.end) if sentence else clause.phrase
    learned = fact.frame is LEARNED
    return {
        "sentence": {"text": text[start:end], "start": start, "end": end},
        "marks": [mark for mark in _marks(fact, text) if start <= mark["start"] and mark["end"] <= end],
        "ends": [_end(fact, 0), _end(fact, 1)],
        "clause": clause_row(clause, text),
        "status": {"value": fact.status, "of_clause": clause.status, "by_frame": fact.status != clause.status},
        "rule": {"id": reading(fact).rule, "file": None if learned else fact.frame.file, "triggers": _triggers(fact)},
        "looked_at": list(fact.reasons),
        "confidence": {"value": fact.confidence, "from": "encoder"} if learned else _confidence(fact, table),
    }


def _triggers(fact: Fact) -> list[str]:
    return [fact.clause.predicate] if fact.frame is not LEARNED else []


def _marks(fact: Fact, text: str) -> list[dict[str, Any]]:
    """What is marked in the sentence, in the order of the text; of two that overlap the first of subject, object, predicate, cue."""
    nodes = [(role, node) for role, node in zip(("subject", "object"), fact.nodes, strict=True) if not is_implied(node)]
    spans = [(role, node.start, node.end) for role, node in nodes]
    if fact.clause.node not in fact.nodes:
        spans.append(("predicate", fact.clause.node.start, fact.clause.node.end))
    if cue := fact.clause.cue:
        spans.append(("cue", cue.start, cue.end))
    kept: list[tuple[str, int, int]] = []
    for role, start, end in spans:
        if all(end <= s or e <= start for _, s, e in kept):
            kept.append((role, start, end))
    return [{"role": role, "text": text[s:e], "start": s, "end": e} for role, s, e in sorted(kept, key=lambda k: k[1])]


def _end(fact: Fact, place: int) -> dict[str, Any]:
    """How an end was found: by its name, by a word that stands for it, or because it goes without saying."""
    node = fact.nodes[place]
    how = "implied" if is_implied(node) else "named" if node.named else "resolved"
    return {"role": ("subject", "object")[place], "how": how, "text": None if how == "implied" else clean(node.text)}


def _confidence(fact: Fact, table: Confidences) -> dict[str, Any]:
    read = reading(fact)
    source, rate = table.source(read)
    return {
        "value": round(table.of(read), 2),
        "from": source,
        "precision": rate.precision,
        "right": rate.right,
        "cases": rate.cases,
        "steps": {name: {"times": count, "factor": table.steps[name]} for name, count in read.steps.items()},
    }
