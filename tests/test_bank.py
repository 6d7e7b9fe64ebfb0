"""The bank of sentences says what it promises: names in the text, signatures of the ontology, enough for each relation."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from hkcrypto.evaluation.bank import read_bank, read_banks
from hkcrypto.evaluation.gold import Gold
from hkcrypto.evaluation.names import occurrences
from hkcrypto.frames import load_frames
from hkcrypto.schema import ENTITY_TYPES, STATUSES

BANK = Path(__file__).parent / "bank"
RELATIONS = load_frames().relations
FILES = [*sorted(BANK.glob("*/*.yaml")), BANK / "cooccurrence.yaml"]
ROWS = [row for half in ("dev", "held") for path in sorted((BANK / half).glob("*.yaml")) for row in read_bank(path)]


def problems(gold: Gold, text: str) -> list[str]:
    """What is wrong with a sentence."""
    types = {entity.id: entity.type for entity in gold.entities}
    found = [name for entity in gold.entities for name in entity.names if not any(occurrences(text, name))]
    found += [entity.type for entity in gold.entities if entity.type not in ENTITY_TYPES]
    for relation in gold.relations:
        known = RELATIONS[relation.type]
        fits = types[relation.subject] in known.subject and types[relation.object] in known.object
        allowed = all(str(value) in known.qualifiers[key] for key, value in relation.qualifiers.items() if known.qualifiers.get(key))
        if not (fits and allowed and relation.status in STATUSES):
            found.append(f"{relation}")
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_sentences_are_annotated_by_the_ontology(path: Path) -> None:
    assert [(name, found) for name, gold, text in read_bank(path) if (found := problems(gold, text))] == []


def test_every_relation_is_stated_a_hundred_times() -> None:
    stated = Counter(relation.type for _, gold, _ in ROWS for relation in gold.relations)
    assert {name for name in RELATIONS if stated[name] < 100} == set()


def test_no_sentence_stands_twice() -> None:
    assert [text for text, count in Counter(text for _, _, text in ROWS).items() if count > 1] == []


def test_halves_have_the_same_writers_and_sizes() -> None:
    sizes = [{path.stem: len(list(read_bank(path))) for path in (BANK / half).glob("*.yaml")} for half in ("dev", "held")]
    assert sizes[0] == sizes[1]


def test_cooccurring_entities_have_no_relation() -> None:
    golds, texts = read_banks([BANK / "cooccurrence.yaml"])
    assert len(texts) >= 150
    assert all(len(gold.entities) > 1 and not gold.relations for gold in golds.values())
