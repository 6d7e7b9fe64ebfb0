"""What cannot all be true: two dates of one step, or a fact that one document asserts and another negates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from hkcrypto.corpus.dates import first_day, last_day
from hkcrypto.corpus.facts import in_the_end, moment, quotes, sources
from hkcrypto.corpus.lifecycles import Step, events_of, steps_by_life
from hkcrypto.corpus.model import Claim, Contradiction, CorpusEntity, CorpusRelation, Side

# Steps that a law or a licence takes once; consultations, proposals, amendments and applications come again.
ONCE = frozenset({"introduced", "passed", "gazetted", "in_force", "repealed", "in_principle", "granted", "revoked"})
RELATIONS = {"law": "enacts", "licence": "licenses"}


def contradictions(relations: Sequence[CorpusRelation], entities: Mapping[str, CorpusEntity]) -> list[Contradiction]:
    """Return all contradictions, both sides with their words, in a fixed order."""
    found = [*_of_dates(relations, entities), *_of_status(relations)]
    return sorted(found, key=lambda item: (item.kind, item.relation, item.subject or "", item.object, item.stage or ""))


def _of_dates(relations: Iterable[CorpusRelation], entities: Mapping[str, CorpusEntity]) -> Iterator[Contradiction]:
    for (kind, entity, authority), steps in steps_by_life(relations, entities).items():
        by_step: dict[tuple[str, str], list[Step]] = defaultdict(list)
        for step in steps:
            if step.stage in ONCE and step.status == "asserted" and step.date:
                by_step[step.stage, step.claim.qualifiers.get("licence", "").casefold()].append(step)
        for (stage, _), dated in by_step.items():
            events = sorted(events_of(dated), key=lambda event: (first_day(event.date), event.date or ""))
            if len(events) > 1:
                sides = [Side(event.date or "", event.sources, event.evidence) for event in events]
                yield Contradiction("dates", RELATIONS[kind], authority, entity, stage, sides)


def _of_status(relations: Iterable[CorpusRelation]) -> Iterator[Contradiction]:
    for relation in relations:
        by_step: dict[str | None, list[Claim]] = defaultdict(list)
        for claim in in_the_end(relation.evidence):
            by_step[claim.qualifiers.get("stage") or claim.qualifiers.get("action")].append(claim)
        for stage, claims in by_step.items():
            said, denied = ([claim for claim in claims if claim.status == status] for status in ("asserted", "negated"))
            if any(_clash(one, other) for one in said for other in denied):
                sides = [Side("asserted", sources(said), quotes(said)), Side("negated", sources(denied), quotes(denied))]
                yield Contradiction("status", relation.type, relation.subject, relation.object, stage, sides)


def _clash(said: Claim, denied: Claim) -> bool:
    """Return whether a denial speaks against an assertion: what was not so first and is so later has only come about."""
    from_day = moment(said)
    until_day = last_day(denied.qualifiers.get("date")) or last_day(denied.published)
    return not from_day or not until_day or until_day >= from_day
