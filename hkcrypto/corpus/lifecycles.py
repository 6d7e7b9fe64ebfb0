"""The life of a law, and of a firm's licence from an authority: its steps, in their order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from hkcrypto.corpus.dates import disjoint, first_day, length
from hkcrypto.corpus.facts import quotes, sources
from hkcrypto.corpus.model import Claim, CorpusEntity, CorpusRelation, Event, Lifecycle
from hkcrypto.schema import Status

STAGES: Mapping[str, Sequence[str]] = {
    "law": ("proposed", "consulted", "introduced", "passed", "gazetted", "published", "in_force", "amended", "repealed"),
    "licence": ("applied", "in_principle", "granted", "upgraded", "renewed", "rejected", "suspended", "revoked"),
}
ACTIONS = frozenset({"rejected", "suspended", "revoked"})

Kind = Literal["law", "licence"]
Key = tuple[Kind, str, str | None]


@dataclass(frozen=True, slots=True)
class Step:
    """What one claim says of a life: the stage, and who takes it there."""

    stage: str | None
    status: Status
    by: str
    claim: Claim

    @property
    def date(self) -> str | None:
        """The date that the claim gives."""
        return self.claim.qualifiers.get("date")


def lifecycles(relations: Iterable[CorpusRelation], entities: Mapping[str, CorpusEntity]) -> list[Lifecycle]:
    """Return the life of every law and licence among the relations, by entity and authority."""
    found = steps_by_life(relations, entities)
    return [_lifecycle(key, steps) for key, steps in sorted(found.items(), key=lambda item: (item[0][0], item[0][1], item[0][2] or ""))]


def steps_by_life(relations: Iterable[CorpusRelation], entities: Mapping[str, CorpusEntity]) -> dict[Key, list[Step]]:
    """Return the steps of each life: a law's by its id, a licence's by the ids of firm and authority."""
    found: dict[Key, list[Step]] = defaultdict(list)
    for relation in relations:
        for claim in relation.evidence:
            if step := _step(relation, claim, entities):
                found[step[0]].append(step[1])
    return found


def events_of(steps: Iterable[Step]) -> list[Event]:
    """Return the events that the steps of one life tell, not yet in order.

    Steps of one stage and status are one event where their dates have a day in common; an undated one goes with the first of them.
    """
    grouped: dict[tuple[str | None, Status], list[list[Step]]] = defaultdict(list)
    for step in sorted(steps, key=_exactness):
        events = grouped[step.stage, step.status]
        same = next((event for event in events if not step.date or not event[0].date or not disjoint(step.date, event[0].date)), None)
        if same is None:
            events.append([step])
        else:
            same.append(step)
    return [_event(event) for events in grouped.values() for event in events]


def _step(relation: CorpusRelation, claim: Claim, entities: Mapping[str, CorpusEntity]) -> tuple[Key, Step] | None:
    subject, target, said = relation.subject, relation.object, claim.qualifiers
    if relation.type == "enacts" and entities[target].type == "LAW":
        return ("law", target, None), Step(said.get("stage"), claim.status, subject, claim)
    if relation.type == "applies_for_licence":
        return ("licence", subject, target), Step("applied", claim.status, subject, claim)
    if relation.type == "licenses":
        stage, status = ("revoked", "asserted") if claim.status == "ended" else (said.get("stage", "granted"), claim.status)
        return ("licence", target, subject), Step(stage, status, subject, claim)  # type: ignore[arg-type]
    if relation.type == "enforces_against" and said.get("action") in ACTIONS:
        return ("licence", target, subject), Step(said["action"], claim.status, subject, claim)
    return None


def _exactness(step: Step) -> tuple[bool, int, str, str, int]:
    """A key that sorts the most exact date first, and no date last."""
    return not step.date, length(step.date), first_day(step.date), step.claim.source, step.claim.start


def _event(steps: Sequence[Step]) -> Event:
    claims = sorted((step.claim for step in steps), key=lambda claim: (claim.source, claim.start))
    return Event(steps[0].stage, steps[0].status, steps[0].date, sorted({step.by for step in steps}), sources(claims), quotes(claims))


def _lifecycle(key: Key, steps: Iterable[Step]) -> Lifecycle:
    events = list(_ordered(events_of(steps), STAGES[key[0]]))
    undone = {event.stage: place for place, event in enumerate(events) if event.status in {"negated", "ended"}}
    reached = [e for place, e in enumerate(events) if e.status == "asserted" and e.stage and undone.get(e.stage, -1) < place]
    last = reached[-1] if reached else None
    return Lifecycle(*key, last.stage if last else None, last.date if last else None, events)


def _ordered(events: Iterable[Event], stages: Sequence[str]) -> Iterator[Event]:
    """Yield dated events by their dates; each undated one stands before the first dated one of a later stage."""

    def rank(event: Event) -> int:
        return stages.index(event.stage) if event.stage in stages else stages.index("passed" if "passed" in stages else "granted")

    waiting = sorted((event for event in events if not event.date), key=lambda event: (rank(event), event.status))
    for event in sorted((e for e in events if e.date), key=lambda event: (first_day(event.date), rank(event), event.status)):
        while waiting and rank(waiting[0]) < rank(event):
            yield waiting.pop(0)
        yield event
    yield from waiting
