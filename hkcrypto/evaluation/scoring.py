"""One document scored: all figures, from the gold, the record, and the text where there is one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hkcrypto.errors import InputError
from hkcrypto.evaluation.entities import score_entities, stands_for
from hkcrypto.evaluation.facts import score_chrome, score_metadata, score_statements, score_values
from hkcrypto.evaluation.gold import Gold
from hkcrypto.evaluation.mentions import fits_text, score_mentions
from hkcrypto.evaluation.names import Sentences
from hkcrypto.evaluation.relations import RelationScorer
from hkcrypto.evaluation.tally import Scores

# In the order in which they are shown.
FIGURES = (
    "entity",
    "entity_coarse",
    "mention",
    "mention_exact",
    "mention_partial",
    "mention_type",
    "linking",
    "relation",
    "relation_pair",
    "status",
    "qualifier",
    "value",
    "statement",
    "metadata",
)


def score_document(
    name: str, gold: Gold, record: Mapping[str, Any], *, symmetric: frozenset[str] = frozenset(), text: str | None = None
) -> Scores:
    """Return what a record counts against its gold; an empty record misses everything.

    `symmetric` has the relations without direction. Without the text, or where the record's offsets are not those of
    this text, there is no figure for mentions, and faults have no sentence but that of their evidence.
    Raises InputError where the record has parts missing.
    """
    scores, sentences = Scores(), Sentences(text)
    try:
        meant = stands_for(gold, record.get("entities") or [])
        score_entities(name, gold, record, scores, sentences)
        RelationScorer(name, gold, meant, symmetric, scores, sentences).score(record.get("relations") or [])
        score_values(name, gold, record, scores, sentences)
        score_statements(name, gold, record, meant, scores, sentences)
        score_metadata(name, gold, record, scores)
        score_chrome(name, gold, record, meant, scores, sentences)
        if text is not None and fits_text(record, text):
            from hkcrypto.sections import mark_sections

            # Never the record's own sections: what it takes for chrome would not be missed.
            score_mentions(gold, record, text, mark_sections(text), scores)
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{name}: its record has parts missing ({error})", "see `hkcrypto validate`") from None
    return scores


def score_corpus(
    golds: Mapping[str, Gold], records: Mapping[str, Mapping[str, Any]], texts: Mapping[str, str], symmetric: frozenset[str]
) -> dict[str, Scores]:
    """Return the scores of every gold document by name; a document without a record misses everything.

    Raises InputError where a record has parts missing.
    """
    return {
        name: score_document(name, gold, records.get(name, {}), symmetric=symmetric, text=texts.get(name)) for name, gold in golds.items()
    }
