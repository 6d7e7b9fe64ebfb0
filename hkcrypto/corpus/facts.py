"""Relations merged over documents: each fact once, with every clause that states it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from hkcrypto.corpus.dates import first_day
from hkcrypto.corpus.entities import Ids
from hkcrypto.corpus.intake import LocalEntity, Page
from hkcrypto.corpus.model import Claim, CorpusRelation, Quote
from hkcrypto.schema import Status

STRENGTH: Mapping[Status, int] = {"possible": 0, "planned": 1, "asserted": 2, "ended": 3, "negated": 4}
SETTLED = frozenset({"asserted", "ended", "negated"})


def facts(pages: Sequence[Page], ids: Ids, stories: Mapping[str, str], symmetric: frozenset[str]) -> list[CorpusRelation]:
    """Return the facts of all pages, those with most sources first; `ids` are those of the merged entities."""
    found: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for page in pages:
        local = {entity.id: ids[node_of(page, entity)] for entity in page.entities}
        for relation in page.relations:
            ends = local[relation.subject], local[relation.object]
            if ends[0] != ends[1]:
                subject, target = sorted(ends) if relation.type in symmetric else ends
                found[relation.type, subject, target] += [_with_ids(claim, local, stories) for claim in relation.claims]
    relations = [fact(*key, claims) for key, claims in found.items()]
    return sorted(relations, key=lambda relation: (-relation.sources, relation.type, relation.subject, relation.object))


def node_of(page: Page, entity: LocalEntity) -> tuple[str, str]:
    """Return what stands for an entity of a page among those of all pages."""
    return page.source, entity.id


def fact(kind: str, subject: str, target: str, claims: Iterable[Claim]) -> CorpusRelation:
    """Return the fact that these claims (one at least) state."""
    evidence = sorted(claims, key=lambda claim: (moment(claim), claim.source, claim.start, claim.end, claim.rule))
    status = standing(evidence)
    best = [claim for claim in evidence if claim.status == status]
    reported = sorted({claim.published for claim in evidence if claim.published}, key=lambda date: (first_day(date), date))
    dates = {claim.qualifiers["date"] for claim in evidence if "date" in claim.qualifiers}
    return CorpusRelation(
        kind,
        subject,
        target,
        status,
        max(claim.confidence for claim in best),
        _qualifiers(best),
        sources(claim for claim in evidence if (claim.status == "negated") == (status == "negated")),
        sorted(dates, key=lambda date: (first_day(date), date)),
        reported[0] if reported else None,
        reported[-1] if reported else None,
        evidence,
    )


def standing(claims: Iterable[Claim]) -> Status:
    """Return the status that stands in the end, the claims sorted by their moment.

    Of one moment, what most stories say; later, what is settled (asserted, ended, negated) beats what was, and a plan a possibility.
    """
    by_moment: dict[str, list[Claim]] = defaultdict(list)
    for claim in in_the_end(claims):
        by_moment[moment(claim)].append(claim)
    status: Status = "possible"
    for group in by_moment.values():
        said = _of_one_moment(group)
        if said in SETTLED or STRENGTH[said] > STRENGTH[status]:
            status = said
    return status


def in_the_end(claims: Iterable[Claim]) -> list[Claim]:
    """Return the claims that stand at the end of their documents: one that tells of an end or a denial has told of what was before."""
    whole = list(claims)
    over = {claim.source for claim in whole if claim.status in {"ended", "negated"}}
    return [claim for claim in whole if claim.source not in over or claim.status in {"ended", "negated"}]


def moment(claim: Claim) -> str:
    """Return the day from which a claim holds: that which it gives for what is settled, else that of the report; "" where there is none."""
    stated = first_day(claim.qualifiers.get("date")) if claim.status in SETTLED else ""
    return stated or first_day(claim.published)


def sources(claims: Iterable[Claim]) -> int:
    """Return how many stories make these claims: copies of one are one source."""
    return len({claim.story for claim in claims})


def quotes(claims: Iterable[Claim]) -> list[Quote]:
    """Return the words of claims, the first of each document."""
    first: dict[str, Claim] = {}
    for claim in claims:
        first.setdefault(claim.source, claim)
    return [Quote(c.source, c.publisher, c.published, c.text, c.start, c.end) for c in first.values()]


def _of_one_moment(claims: Sequence[Claim]) -> Status:
    said: dict[Status, list[Claim]] = defaultdict(list)
    for claim in claims:
        said[claim.status].append(claim)
    return max(said, key=lambda status: (status in SETTLED, sources(said[status]) if status in SETTLED else 0, STRENGTH[status]))


def _qualifiers(claims: Sequence[Claim]) -> dict[str, str]:
    """Return for each qualifier what most stories say, the alphabetically first of those; who said it, only where all have it from one."""
    said: dict[str, dict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        for name, value in claim.qualifiers.items():
            said[name][value].append(claim)
    if "attributed_to" in said and sum(map(len, said["attributed_to"].values())) < len(claims):
        del said["attributed_to"]
    return {name: min(values, key=lambda value: (-sources(values[value]), value)) for name, values in sorted(said.items())}


def _with_ids(claim: Claim, local: Mapping[str, str], stories: Mapping[str, str]) -> Claim:
    qualifiers = dict(claim.qualifiers)
    if speaker := qualifiers.get("attributed_to"):
        qualifiers["attributed_to"] = local.get(speaker, speaker)
    return replace(claim, story=stories[claim.source], qualifiers=qualifiers)
