"""Figures of records against gold, as floors hold them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from hkcrypto.evaluation.corpus import by_name, read_texts
from hkcrypto.evaluation.gold import read_golds
from hkcrypto.evaluation.scoring import FIGURES, score_corpus
from hkcrypto.evaluation.tally import Tallies, total


def figures(gold: Path, records: Iterable[Mapping[str, Any]], symmetric: frozenset[str]) -> dict[str, dict[str, float]]:
    """Return F1 from 0 to 1 by kind of fact, relation and entity type, of those that the gold has at all.

    `symmetric` has the relations without direction. Raises DataError or InputError where gold or records cannot be used.
    """
    golds = read_golds(gold)
    found = by_name(records, str(gold))
    folder = gold if gold.is_dir() else gold.parent
    whole = total(score_corpus(golds, found, read_texts(golds, folder, found), symmetric).values())
    kinds = {name: whole.figures[name] for name in FIGURES if whole.figures.get(name)}
    return {"kinds": _f1(kinds), "relations": _f1(whole.relation_types), "types": _f1(whole.entity_types)}


def _f1(tallies: Mapping[str, Any] | Tallies) -> dict[str, float]:
    return {name: tally.f1 for name, tally in tallies.items() if tally.tp + tally.fn}
