"""Why an entity has its type and its link: by which mentions, each with what speaks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hkcrypto.explanation.words import clean, quoted

if TYPE_CHECKING:
    from hkcrypto.kb import KnowledgeBase
    from hkcrypto.schema import Entity, Mention
    from hkcrypto.trace import Trace

# What a weight of a name means; `Candidate` has them.
EVIDENCE = {
    20: "name rule: its own words (a head noun, a legal form) tell the type",
    3: "name rule: its make or the words around it tell the type",
    2: "name rule: a list joins it to a name of this type",
    1: "base model: the statistical recogniser alone",
    0: "taken up: a form of a name that the text has in full",
}


def explain_entity(seen: Trace, kb: KnowledgeBase, entity: Entity) -> dict[str, Any]:
    """Return type, link and mentions of an entity with the reason for each."""
    rows = [{**_row(seen, kb, entity, mention), "why": _why(seen, entity, mention)} for mention in entity.mentions]
    return {
        "id": entity.id,
        "name": entity.name,
        "type": entity.type,
        "kb": entity.kb,
        "type_why": _type_why(seen, entity),
        "link_why": _link_why(kb, entity),
        "mentions": rows,
    }


def _row(seen: Trace, kb: KnowledgeBase, entity: Entity, mention: Mention) -> dict[str, Any]:
    others = [i for i in seen.ids.get((mention.start, mention.end), ()) if i != entity.id]
    return {
        "text": clean(mention.text),
        "start": mention.start,
        "end": mention.end,
        "section": mention.section,
        "method": mention.method,
        "also": [{"id": i, "name": kb.entries[i].name} for i in others],
    }


def _type_why(seen: Trace, entity: Entity) -> str:
    if entity.kb:
        return f"the knowledge base has {entity.id} as {entity.type}"
    weights = [seen.weights.get((m.start, m.end), 0) for m in entity.mentions]
    best = max(weights, default=0)
    first = next(m for m, weight in zip(entity.mentions, weights, strict=True) if weight == best)
    return f"{EVIDENCE.get(best, EVIDENCE[1])}, in {quoted(first.text)}" if best else "it was given, or is a form of another name"


def _link_why(kb: KnowledgeBase, entity: Entity) -> str:
    if not entity.kb:
        return "no entry of the knowledge base has this name; the id is made of the name, for this document"
    entry = kb.entries.get(entity.id)
    return f"the knowledge base has this name for {quoted(entry.name)} ({entry.id})" if entry else "given with the document"


def _why(seen: Trace, entity: Entity, mention: Mention) -> str:
    if mention.method == "coref":
        before = [m for m in entity.mentions if m.start < mention.start and m.method != "coref"]
        after = [m for m in entity.mentions if m.start > mention.start and m.method != "coref"]
        if not (before or after):
            return "coreference: it stands for a name"
        antecedent = before[-1] if before else after[0]
        return f"coreference: it stands for {quoted(antecedent.text)} at {antecedent.start}"
    if mention.method == "ruler":
        others = [i for i in seen.ids.get((mention.start, mention.end), ()) if i != entity.id]
        return "knowledge base: a form of this name" + (", the likeliest here of several entries that have it" if others else "")
    return EVIDENCE.get(seen.weights.get((mention.start, mention.end), 0), EVIDENCE[1])
