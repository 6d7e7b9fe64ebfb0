"""Why a document's record says what it says: plain data in `explain`, shown by `hkcrypto.explanation.view`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from hkcrypto.errors import ConfigError
from hkcrypto.explanation.entities import explain_entity
from hkcrypto.explanation.pairs import Pairs
from hkcrypto.explanation.relations import explain_relation
from hkcrypto.trace import trace

if TYPE_CHECKING:
    from hkcrypto.extract import Extractor
    from hkcrypto.schema import Document, Entity
    from hkcrypto.trace import Trace


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be explained: relations (of one type), a pair, all pairs that share a sentence without a relation, an entity."""

    relation: str | None = None
    pair: tuple[str, str] | None = None
    pairs: bool = False
    entity: str | None = None


def explain(extractor: Extractor, document: Document, question: Question | None = None) -> dict[str, Any]:
    """Return the answers as plain data: `relations`, `pairs` and `entities` of one document; offsets are those of the record.

    Raises ConfigError where the document has no such entity.
    """
    asked = question or Question()
    seen = trace(extractor, document)
    ends = tuple(_find(seen, name) for name in asked.pair or ())
    everything = not (asked.pair or asked.entity or (asked.pairs and not asked.relation))
    relations = [
        relation
        for relation in seen.record.relations
        if (everything or (ends and {relation.subject, relation.object} == {e.id for e in ends}))
        and (not asked.relation or relation.type == asked.relation)
        and relation.confidence >= extractor.options.min_confidence
    ]
    wanted: list[tuple[str, str]] = [(ends[0].id, ends[1].id)] if len(ends) > 1 and not relations else []
    pairs = Pairs(seen)
    return {
        "source": seen.record.document.source,
        "relations": [explain_relation(seen, relation) for relation in relations],
        "pairs": [pairs.explain(*pair) for pair in (pairs.unrelated() if asked.pairs else wanted)],
        "entities": [explain_entity(seen, extractor.kb, _find(seen, asked.entity))] if asked.entity else [],
    }


def _find(seen: Trace, name: str) -> Entity:
    """The entity with this id, name or form, in upper or lower case."""
    plain = name.casefold()
    for fits in (_by_id, _by_name, _by_form):
        if found := next((entity for entity in seen.record.entities if plain in fits(entity)), None):
            return found
    source, names = seen.record.document.source, [entity.name for entity in seen.record.entities]
    close = get_close_matches(name, names, n=1)
    remedy = f"did you mean {close[0]}?" if close else f"`hkcrypto show {source}` shows its entities"
    raise ConfigError(f"{source}: there is no entity {name!r}", remedy)


def _by_id(entity: Entity) -> Sequence[str]:
    return [entity.id]


def _by_name(entity: Entity) -> Sequence[str]:
    return [entity.name.casefold()]


def _by_form(entity: Entity) -> Sequence[str]:
    return [mention.text.casefold() for mention in entity.mentions if mention.method != "coref"]
