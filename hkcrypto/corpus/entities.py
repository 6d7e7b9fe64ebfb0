"""Entities merged over documents: those that the knowledge base knows by their ids, others only for good reasons."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from hkcrypto.corpus.groups import Groups
from hkcrypto.corpus.intake import LocalEntity, Page
from hkcrypto.corpus.model import CorpusEntity, Merge
from hkcrypto.evaluation.names import fold
from hkcrypto.yamlfile import parse_yaml

NAMES_FILE = Path(__file__).parents[1] / "data" / "names.yaml"
# A company's name of two words and more is its own; a person, a law or an event may share its name with another one.
NAMED_APART = frozenset({"FIRM", "BANK", "MEDIA"})
# That two articles mention Hong Kong, crypto or Bloomberg too says nothing of the others that they name.
EVERYWHERE = frozenset({"PLACE", "TOPIC", "MEDIA", "ASSET"})

Node = tuple[str, str]  # the source and the local id of an entity; "" and the id for one of the knowledge base
Ids = Mapping[Node, str]


@dataclass(slots=True)
class _Thing:
    """What one document says of an entity, or all documents say of one of the knowledge base; `near` are the keys of its neighbours."""

    type: str
    kb: bool
    seen: list[tuple[str, LocalEntity]] = field(default_factory=list)
    near: set[str] = field(default_factory=set)

    @property
    def sources(self) -> set[str]:
        return {source for source, _ in self.seen}


@dataclass(frozen=True, slots=True)
class _Group:
    """Things of one type and name that have been found to be one."""

    first: Node
    kb: bool
    sources: set[str]
    near: set[str]


def merged(pages: Sequence[Page]) -> tuple[list[CorpusEntity], dict[Node, str]]:
    """Return the entities of all pages (sorted by source), and for each source and local id the id in the corpus."""
    things = _things(pages)
    groups = Groups(things)
    merges: dict[Node, list[Merge]] = defaultdict(list)
    for node, thing in things.items():
        if len(thing.sources) > 1:
            merges[node].append(Merge("id", _names(thing.seen), [], sorted(thing.sources)))
    for bucket in _buckets(things).values():
        for one, other, merge in _joins(bucket, things):
            groups.join(one, other)
            merges[one].append(merge)
    found: list[CorpusEntity] = []
    ids: dict[Node, str] = {}
    taken = {node[1] for node in things if things[node].kb}
    for members in groups.all().values():
        whole = [item for node in members for item in things[node].seen]
        linked = next((node[1] for node in members if things[node].kb), None)
        name = linked or _free(_most(entity.id for _, entity in whole), taken)
        found.append(_entity(name, linked is not None, whole, [merge for node in members for merge in merges[node]]))
        ids |= {(source, entity.id): name for source, entity in whole}
    return sorted(found, key=lambda entity: (-entity.documents, -entity.mentions, entity.id)), ids


def core(name: str) -> str:
    """Return the form in which names are compared over documents: folded, without the legal forms at its end."""
    words = fold(name).split()
    while (size := _legal_end(words)) and len(words) > size:
        del words[-size:]
    return " ".join(words)


def _legal_end(words: list[str]) -> int:
    """Return how many words at the end are a legal form: "ltd", "s a"."""
    return next((size for size in (3, 2, 1) if " ".join(words[-size:]) in _legal_forms()), 0)


def _things(pages: Sequence[Page]) -> dict[Node, _Thing]:
    things: dict[Node, _Thing] = {}
    for page in pages:
        keys = {entity.id: entity.id if entity.kb else f"{entity.type} {core(entity.name)}" for entity in page.entities}
        here = {keys[entity.id] for entity in page.entities if entity.type not in {*EVERYWHERE, "REGULATOR", "GOVERNMENT"}}
        partners = _partners(page)
        for entity in page.entities:
            node = ("" if entity.kb else page.source, entity.id)
            thing = things.setdefault(node, _Thing(entity.type, entity.kb))
            thing.seen.append((page.source, entity))
            thing.near |= (here | {keys[other] for other in partners[entity.id] if other in keys}) - {keys[entity.id]}
    return things


def _partners(page: Page) -> dict[str, set[str]]:
    """Return for each entity those that a relation joins it to, places and the like apart."""
    telling = {entity.id for entity in page.entities if entity.type not in EVERYWHERE}
    found: dict[str, set[str]] = defaultdict(set)
    for relation in page.relations:
        for one, other in ((relation.subject, relation.object), (relation.object, relation.subject)):
            found[one] |= {other} & telling
    return found


def _buckets(things: Mapping[Node, _Thing]) -> dict[tuple[str, str], list[Node]]:
    """Return the things of one type and name, where one of them is not linked."""
    found: dict[tuple[str, str], list[Node]] = defaultdict(list)
    for node, thing in things.items():
        found[thing.type, core(thing.seen[0][1].name)].append(node)
    return {key: nodes for key, nodes in found.items() if len(nodes) > 1 and not all(things[node].kb for node in nodes)}


def _joins(bucket: Sequence[Node], things: Mapping[Node, _Thing]) -> Iterator[tuple[Node, Node, Merge]]:
    """Yield what of a bucket is one, and why; never two things of one document, nor two of the knowledge base."""
    groups: list[_Group] = []
    for node in bucket:
        mine = _Group(node, things[node].kb, set(things[node].sources), set(things[node].near))
        apart = []
        for group in groups:
            if (merge := _reason(group, mine, things[node])) is None:
                apart.append(group)
            else:
                yield group.first, node, merge
                mine = _Group(group.first, group.kb or mine.kb, group.sources | mine.sources, group.near | mine.near)
        groups = [*apart, mine]


def _reason(group: _Group, mine: _Group, thing: _Thing) -> Merge | None:
    if group.sources & mine.sources or (group.kb and mine.kb):
        return None
    names, sources = _names(thing.seen), sorted(thing.sources)
    if shared := sorted(group.near & mine.near):
        return Merge("neighbours", names, shared, sources)
    alone = thing.type in NAMED_APART and " " in core(names[0]) and not group.kb and not mine.kb
    return Merge("name", names, [], sources) if alone else None


def _entity(name: str, kb: bool, seen: Sequence[tuple[str, LocalEntity]], merges: list[Merge]) -> CorpusEntity:
    return CorpusEntity(
        name,
        _most(entity.type for _, entity in seen),  # type: ignore[arg-type]
        _most(entity.name for _, entity in seen),
        kb,
        sorted({form for _, entity in seen for form in entity.names}),
        len({source for source, _ in seen}),
        sum(entity.mentions for _, entity in seen),
        merges,
    )


def _names(seen: Iterable[tuple[str, LocalEntity]]) -> list[str]:
    return sorted({entity.name for _, entity in seen})


def _most(values: Iterable[str]) -> str:
    """Return the most frequent, the longest and then the alphabetically first of those."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], -len(value), value))


def _free(slug: str, taken: set[str]) -> str:
    """Return the slug, or where it is taken the slug with the first free number; it is taken from now on."""
    name, number = slug, 1
    while name in taken:
        number += 1
        name = f"{slug}-{number}"
    taken.add(name)
    return name


@cache
def _legal_forms() -> frozenset[str]:
    names = parse_yaml(NAMES_FILE.read_bytes(), "data/names.yaml")
    return frozenset(re.sub(r"[^\w]+", " ", form.casefold()).strip() for form in names["legal"])
