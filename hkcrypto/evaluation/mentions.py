"""Mentions: every place where the text names an entity, compared by nervaluate in the four ways of SemEval 2013.

Gold has names and no offsets: a gold mention is a place in the content of the text where a gold name stands as words of
its own and in no longer name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hkcrypto.evaluation.entities import TOPIC
from hkcrypto.evaluation.gold import Gold, GoldEntity
from hkcrypto.evaluation.names import occurrences
from hkcrypto.evaluation.tally import Scores, Tally
from hkcrypto.schema import CONTENT_SECTIONS, ENTITY_TYPES, Section

Item = Mapping[str, Any]
Span = tuple[int, int]
# By nervaluate's names: bounds and type right; bounds right; the same, and half a hit where they overlap; type right where they overlap.
FIGURES = {"strict": "mention", "exact": "mention_exact", "partial": "mention_partial", "ent_type": "mention_type"}
TYPES = [name for name in ENTITY_TYPES if name != TOPIC]


def gold_mentions(gold: Gold, text: str, sections: Sequence[Section]) -> dict[Span, list[GoldEntity]]:
    """Return the places in content where names stand, with the entities that have the name; longer names first, none inside another."""
    owners: dict[str, list[GoldEntity]] = {name: [] for name in gold.chrome}
    for entity in gold.entities:
        if entity.type != TOPIC:
            for name in entity.names:
                owners.setdefault(name, []).append(entity)
    content = [(section.start, section.end) for section in sections if section.kind in CONTENT_SECTIONS]
    taken = bytearray(len(text))
    found: dict[Span, list[GoldEntity]] = {}
    for name in sorted(owners, key=lambda name: (-len(name), name)):
        for start, end in occurrences(text, name):
            if any(taken[start:end]):
                continue
            taken[start:end] = b"\1" * (end - start)
            if owners[name] and any(first <= start and end <= last for first, last in content):
                found[start, end] = owners[name]
    return dict(sorted(found.items()))


def fits_text(record: Item, text: str) -> bool:
    """Return whether every mention has the offsets of its own words in the text."""
    return all(text[start:end] == mention.get("text") for start, end, mention, _ in _mentions(record))


def score_mentions(gold: Gold, record: Item, text: str, sections: Sequence[Section], scores: Scores) -> None:
    """Count mentions in content, coreference and topics apart; optional entities, and what touches them, are left out."""
    from nervaluate import Evaluator

    places = gold_mentions(gold, text, sections)
    optional = [span for span, entities in places.items() if all(entity.optional for entity in entities)]
    system = {
        (start, end): kind
        for start, end, mention, kind in _mentions(record)
        if mention.get("section", "body") in CONTENT_SECTIONS and not any(start < last and first < end for first, last in optional)
    }
    wanted = {}
    for span, entities in places.items():
        if span not in optional:
            types = [entity.type for entity in entities]
            # Two things may share a name: the system may take it for either.
            wanted[span] = system[span] if system.get(span) in types else types[0]
    results = Evaluator([_spans(wanted)], [_spans(system)], tags=TYPES, loader="dict").evaluate()
    for key, figure in FIGURES.items():
        scores.figures[figure].add(_tally(results["overall"][key]))
    for kind, by_scheme in results["entities"].items():
        scores.mention_types[kind].add(_tally(by_scheme["strict"]))


def _mentions(record: Item) -> Iterator[tuple[int, int, Item, str]]:
    for entity in record.get("entities") or []:
        for mention in entity.get("mentions") or []:
            start, end = mention.get("start"), mention.get("end")
            if entity["type"] != TOPIC and mention.get("method") != "coref" and isinstance(start, int) and isinstance(end, int):
                yield start, end, mention, entity["type"]


def _spans(places: Mapping[Span, str]) -> list[dict[str, Any]]:
    return [{"label": kind, "start": start, "end": end - 1} for (start, end), kind in sorted(places.items())]


def _tally(result: Any) -> Tally:
    wrong = result.incorrect + result.partial / 2
    return Tally(result.correct + result.partial / 2, wrong + result.spurious, wrong + result.missed)
