"""One entity of a corpus: what it holds, owns and has been granted, with whom, and when; also as of a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from difflib import get_close_matches
from typing import Any

from hkcrypto.corpus.contradictions import contradictions
from hkcrypto.corpus.dates import first_day, last_day
from hkcrypto.corpus.facts import fact, moment, quotes
from hkcrypto.corpus.lifecycles import lifecycles
from hkcrypto.corpus.model import Claim, Contradiction, Corpus, CorpusEntity, CorpusRelation, Event, Lifecycle, Quote
from hkcrypto.errors import ConfigError
from hkcrypto.evaluation.names import fold
from hkcrypto.schema import Status

TOLD = frozenset({"licenses", "applies_for_licence"})  # by the licences; what is enacted, by the laws
OWNERSHIP = frozenset({"owns", "acquires"})


@dataclass(frozen=True, slots=True)
class Party:
    """An entity by its id, type and name."""

    id: str
    type: str
    name: str


@dataclass(frozen=True, slots=True)
class Line:
    """A fact of the profile, with the words of the last document that states it; `sources` counts stories."""

    type: str
    subject: Party
    object: Party
    status: Status
    qualifiers: dict[str, str]
    attributed_to: Party | None
    sources: int
    first_reported: str | None
    last_reported: str | None
    quote: Quote


@dataclass(frozen=True, slots=True)
class Life:
    """The life of a law or a licence: the stage that it has reached and since when, and its events in order."""

    entity: Party
    authority: Party | None
    stage: str | None
    since: str | None
    events: list[Event]


@dataclass(frozen=True, slots=True)
class Profile:
    """What a corpus says of one entity, with `as_of` up to that day; `undated` counts the claims that then could not be placed."""

    id: str
    type: str
    name: str
    kb: bool
    names: list[str]
    documents: int
    as_of: str | None
    undated: int
    positions: list[Line]
    licences: list[Life]
    laws: list[Life]
    partners: list[Line]
    owners: list[Line]
    owned: list[Line]
    enforcement: list[Line]
    other: list[Line]
    timeline: list[Line]
    contradictions: list[Contradiction]

    def to_dict(self) -> dict[str, Any]:
        """Return the profile as plain dictionaries and lists."""
        return asdict(self)


def find_entity(corpus: Corpus, name: str, known: Callable[[str], Iterable[str]] = lambda _: ()) -> CorpusEntity:
    """Return the entity with this id, else with this name, else with this alias; `known` gives ids for names that no document uses.

    Raises ConfigError where there is none, or more than one.
    """
    by_id = {entity.id: entity for entity in corpus.entities}
    wanted = fold(name)
    found = [by_id[name]] if name in by_id else [entity for entity in corpus.entities if fold(entity.name) == wanted]
    found = found or [entity for entity in corpus.entities if wanted in map(fold, (entity.id, *entity.names))]
    found = found or [by_id[entity_id] for entity_id in known(name) if entity_id in by_id]
    if len(found) == 1:
        return found[0]
    if found:
        choices = ", ".join(f"{entity.id} ({entity.type})" for entity in found)
        raise ConfigError(f"{name!r} may be {choices}", "give the id of one of them")
    forms = {form.casefold(): entity.id for entity in reversed(corpus.entities) for form in (*entity.names, entity.id)}
    close = get_close_matches(name.casefold(), forms, n=1)
    remedy = f"did you mean {forms[close[0]]}?" if close else "see the entities with `hkcrypto summary`"
    raise ConfigError(f"the records name no {name!r}", remedy)


def as_of(corpus: Corpus, date: str) -> tuple[Corpus, list[CorpusRelation]]:
    """Return the corpus as it stood at the end of a date, and what of its relations has no date to tell.

    What is settled counts from the day that its evidence gives, else from that of the report; plans from their report.
    """
    day = last_day(date)
    until = _restricted(corpus.relations, lambda claim: "" < moment(claim) <= day)
    undated = _restricted(corpus.relations, lambda claim: not moment(claim))
    entities = {entity.id: entity for entity in corpus.entities}
    then = replace(corpus, relations=until, lifecycles=lifecycles(until, entities), contradictions=contradictions(until, entities))
    return then, undated


def profile(corpus: Corpus, entity: CorpusEntity, date: str | None = None) -> Profile:
    """Return what a corpus says of one of its entities; with `date`, how things stood at its end."""
    undated = 0
    if date:
        corpus, left = as_of(corpus, date)
        undated = sum(len(relation.evidence) for relation in left if entity.id in {relation.subject, relation.object})
    parties = {one.id: Party(one.id, one.type, one.name) for one in corpus.entities}
    own = [relation for relation in corpus.relations if entity.id in {relation.subject, relation.object}]
    sections: dict[str, list[Line]] = defaultdict(list)
    for relation in own:
        if relation.type in TOLD or (relation.type == "enacts" and parties[relation.object].type == "LAW"):
            continue
        sections[_section(relation, entity.id)].append(line_of(relation, parties))
    lives = [life for life in corpus.lifecycles if entity.id in {life.entity, life.authority}]
    laws = [life for life in corpus.lifecycles if life.kind == "law" and any(entity.id in event.by for event in life.events)]
    return Profile(
        entity.id,
        entity.type,
        entity.name,
        entity.kb,
        entity.names,
        entity.documents,
        date,
        undated,
        licences=[life_of(life, parties) for life in lives if life.kind == "licence"],
        laws=[life_of(life, parties) for life in ([*lives, *laws] if entity.type == "LAW" else laws) if life.kind == "law"],
        timeline=timeline(own, parties),
        contradictions=[item for item in corpus.contradictions if entity.id in {item.subject, item.object}],
        **{name: sections[name] for name in ("positions", "partners", "owners", "owned", "enforcement", "other")},
    )


def timeline(relations: Iterable[CorpusRelation], parties: Mapping[str, Party]) -> list[Line]:
    """Return what has a date, in the order of the dates: a fact once for each date that it is given."""
    found: dict[str, list[CorpusRelation]] = defaultdict(list)
    for relation in relations:
        for date in relation.dates:
            claims = [claim for claim in relation.evidence if claim.qualifiers.get("date") == date]
            found[date].append(fact(relation.type, relation.subject, relation.object, claims))
    dates = sorted(found, key=lambda date: (first_day(date), date))
    return [line_of(relation, parties) for date in dates for relation in found[date]]


def line_of(relation: CorpusRelation, parties: Mapping[str, Party]) -> Line:
    """Return a fact as a line, its ends by their names."""
    stating = [claim for claim in relation.evidence if claim.status == relation.status]
    return Line(
        relation.type,
        parties[relation.subject],
        parties[relation.object],
        relation.status,
        {name: value for name, value in relation.qualifiers.items() if name != "attributed_to"},
        parties.get(relation.qualifiers.get("attributed_to", "")),
        relation.sources,
        relation.first_reported,
        relation.last_reported,
        quotes(stating)[-1],
    )


def life_of(life: Lifecycle, parties: Mapping[str, Party]) -> Life:
    """Return a lifecycle with names in place of ids."""
    authority = parties[life.authority] if life.authority else None
    return Life(parties[life.entity], authority, life.stage, life.since, life.events)


def _section(relation: CorpusRelation, entity: str) -> str:
    if relation.type in OWNERSHIP:
        return "owned" if relation.subject == entity else "owners"
    known = {"holds_position": "positions", "partners_with": "partners", "enforces_against": "enforcement"}
    return known.get(relation.type, "other")


def _restricted(relations: Iterable[CorpusRelation], wanted: Callable[[Claim], bool]) -> list[CorpusRelation]:
    kept = ((relation, [claim for claim in relation.evidence if wanted(claim)]) for relation in relations)
    return [fact(relation.type, relation.subject, relation.object, claims) for relation, claims in kept if claims]
