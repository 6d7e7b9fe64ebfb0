"""Entities: which of the system's stands for which of the gold's, and what that counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hkcrypto.evaluation.gold import Gold, GoldEntity
from hkcrypto.evaluation.names import Sentences, fold, folded
from hkcrypto.evaluation.tally import Fault, Scores
from hkcrypto.schema import CONTENT_SECTIONS, ENTITY_TYPES, ORGANISATION_TYPES

Item = Mapping[str, Any]
Kinds = Callable[[str], str | None]
TOPIC = "TOPIC"
NOTHING = "—"
# The types that general-purpose recognisers tell apart, for a comparison with them.
COARSE = dict.fromkeys((*ORGANISATION_TYPES, "ORG"), "ORG") | {name: name for name in ("PERSON", "PLACE", "LAW", "EVENT")}


def surface_forms(entity: Item) -> set[str]:
    """Return the folded texts by which the document names the entity; pronouns and roles are none."""
    return folded(mention.get("text") or "" for mention in entity.get("mentions") or [] if mention.get("method") != "coref") - {""}


def all_names(entity: Item) -> set[str]:
    """Return its surface forms and the name that the system gives it."""
    return ({fold(entity.get("name") or "")} | surface_forms(entity)) - {""}


def overlap(forms: set[str], names: set[str]) -> float:
    """Return the share of the forms that are names; 0 where it is less than half, as of a merged or a ragged entity."""
    share = len(forms & names) / len(forms) if forms else 0.0
    return share if share >= 0.5 else 0.0


def relation_ends(record: Item) -> set[str]:
    """Return the ids of the entities that the relations of a record join."""
    return {end for relation in record.get("relations") or [] for end in (relation["subject"], relation["object"])}


def is_scored(entity: Item, ends: set[str]) -> bool:
    """Return whether it counts as an entity: it stands in content, or is used as if it did, and is no topic of the controlled list."""
    if entity["type"] == TOPIC and entity.get("kb"):
        return False
    mentions = entity.get("mentions") or []
    return not mentions or entity["id"] in ends or any(mention.get("section", "body") in CONTENT_SECTIONS for mention in mentions)


def stands_for(gold: Gold, entities: Sequence[Item]) -> dict[str, list[str]]:
    """Return for each id of the system the gold ids that it may mean, its type aside.

    They are those with the largest overlap, the ones of its own type before others. Topics may be cut differently: for
    them a name in common is enough.
    """
    names = {entity.id: folded(entity.names) for entity in gold.entities}
    types = {entity.id: entity.type for entity in gold.entities}
    found: dict[str, list[str]] = {}
    for entity in entities:
        forms = surface_forms(entity)
        if entity["type"] == TOPIC:
            found[entity["id"]] = [key for key, known in names.items() if types[key] == TOPIC and forms & known]
            continue
        shares = {key: overlap(forms, known) for key, known in names.items()}
        best = max(shares.values(), default=0.0)
        tied = [key for key, share in shares.items() if share == best > 0]
        found[entity["id"]] = [key for key in tied if types[key] == entity["type"]] or tied
    return found


def match(wanted: Sequence[GoldEntity], system: Sequence[Item], kind: Kinds) -> dict[int, int]:
    """Return pairs of places in the two lists: equal in kind, one to one, the largest overlap first."""
    names = [folded(entity.names) for entity in wanted]
    ranked = sorted(
        (-share, goal.optional, i, j)
        for i, entity in enumerate(system)
        if (own := kind(entity["type"])) and (forms := surface_forms(entity))
        for j, goal in enumerate(wanted)
        if own == kind(goal.type) and (share := overlap(forms, names[j]))
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in ranked:
        if i not in taken and j not in pairs:
            taken.add(i)
            pairs[j] = i
    return pairs


def score_entities(name: str, gold: Gold, record: Item, scores: Scores, sentences: Sentences) -> None:
    """Count the entities of a document: by their own types, by coarse ones, the confusion of types, and the links."""
    ends = relation_ends(record)
    system = [entity for entity in record.get("entities") or [] if is_scored(entity, ends)]
    pairs = _score_strict(name, gold, system, scores, sentences)
    _score_coarse(gold, system, scores)
    _score_confusion(gold, system, pairs, scores)
    _score_links(name, gold, system, pairs, scores, sentences)


def _score_strict(name: str, gold: Gold, system: Sequence[Item], scores: Scores, sentences: Sentences) -> dict[int, int]:
    pairs = match(gold.entities, system, lambda kind: None if kind == TOPIC else kind)
    figure, types = scores.figures["entity"], scores.entity_types
    for j, goal in enumerate(gold.entities):
        if goal.optional or goal.type == TOPIC:
            continue
        if j in pairs:
            figure.tp += 1
            types[goal.type].tp += 1
        else:
            figure.fn += 1
            types[goal.type].fn += 1
            scores.faults.append(Fault(name, "entity", "missed", goal.type, goal.names[0], "", sentences.holding(goal.names)))
    for i in sorted(set(range(len(system))) - set(pairs.values())):
        entity = system[i]
        figure.fp += 1
        types[entity["type"]].fp += 1
        scores.faults.append(Fault(name, "entity", "spurious", entity["type"], "", str(entity.get("name")), sentences.of(entity)))
    return pairs


def _score_coarse(gold: Gold, system: Sequence[Item], scores: Scores) -> None:
    pairs = match(gold.entities, system, COARSE.get)
    goals = [j for j, goal in enumerate(gold.entities) if goal.type in COARSE and not goal.optional]
    figure = scores.figures["entity_coarse"]
    figure.tp += sum(j in pairs for j in goals)
    figure.fn += sum(j not in pairs for j in goals)
    figure.fp += sum(entity["type"] in COARSE for entity in system) - len(pairs)


def _score_confusion(gold: Gold, system: Sequence[Item], pairs: Mapping[int, int], scores: Scores) -> None:
    """Count gold type against system type; what `pairs` leaves over is matched by name alone."""
    goals = [goal for j, goal in enumerate(gold.entities) if j not in pairs and goal.type != TOPIC]
    others = [entity for i, entity in enumerate(system) if i not in pairs.values()]
    rest = match(goals, others, lambda _: "any")
    matched = [(gold.entities[j], system[i]["type"]) for j, i in pairs.items()] + [(goals[j], others[i]["type"]) for j, i in rest.items()]
    scores.confusion.update((goal.type, kind) for goal, kind in matched if not goal.optional)
    scores.confusion.update((goal.type, NOTHING) for j, goal in enumerate(goals) if j not in rest and not goal.optional)
    scores.confusion.update((NOTHING, entity["type"]) for i, entity in enumerate(others) if i not in rest.values())


def _score_links(name: str, gold: Gold, system: Sequence[Item], pairs: Mapping[int, int], scores: Scores, sentences: Sentences) -> None:
    """Count, where the gold has the id of the knowledge base, whether the matched entity is linked to it."""
    for j, goal in enumerate(gold.entities):
        if goal.kb is None or goal.optional:
            continue
        entity = system[pairs[j]] if j in pairs else {}
        link = str(entity["id"]) if entity.get("kb") else ""
        figure = scores.figures["linking"]
        figure.tp += link == goal.kb
        figure.fn += link != goal.kb
        figure.fp += bool(link) and link != goal.kb
        if link != goal.kb:
            fault = Fault(name, "linking", "wrong" if link else "missed", goal.type, goal.kb, link, sentences.holding(goal.names))
            scores.faults.append(fault)


def type_order(types: set[str]) -> list[str]:
    """Return types in the order of the ontology, others after them."""
    return sorted(types, key=lambda name: (ENTITY_TYPES.index(name) if name in ENTITY_TYPES else len(ENTITY_TYPES), name))
