from typing import Any

import pytest

from hkcrypto.corpus.entities import core

from .records import built, entity, named, record, relation

HERE = relation("enforces_against", "hkma", "kwun")
THERE = relation("enforces_against", "hkma", "kwun", action="fined")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kwun Labs Ltd", "KWUN LABS"),
        ("Kwun-Labs, Inc.", "the Kwun Labs"),
        ("Kwun Labs S.A.", "Kwun Labs Pte. Ltd."),
        ("Limited", "LIMITED"),
    ],
)
def test_core_folds_case_punctuation_and_legal_forms(one: str, other: str) -> None:
    assert core(one) == core(other)


@pytest.mark.parametrize(("one", "other"), [("Kwun Labs", "Kwun Lab"), ("Kwun Labs", "Kwun"), ("Ltd", "Inc")])
def test_core_keeps_other_names_apart(one: str, other: str) -> None:
    assert core(one) != core(other)


def test_linked_entities_merge_by_id() -> None:
    corpus = built(record("a", relation("bans", "hkma", "lotusex")), record("b", relation("bans", "sfc", "lotusex")))
    (firm,) = named(corpus, "lotusex")
    assert (firm.documents, [(merge.by, merge.sources) for merge in firm.merges]) == (2, [("id", ["a", "b"])])


def test_firms_merge_by_a_name_of_two_words() -> None:
    corpus = built(record("a", entity("Kwun Labs")), record("b", entity("Kwun Labs Ltd")))
    (firm,) = corpus.entities
    assert (firm.names, firm.merges[0].by, firm.merges[0].sources) == (["Kwun Labs", "Kwun Labs Ltd"], "name", ["b"])


@pytest.mark.parametrize("item", [entity("Kwun"), entity("Ada Moorhen", "PERSON"), entity("Trading Act", "LAW")])
def test_other_names_alone_do_not_merge(item: dict[str, Any]) -> None:
    assert [found.id for found in built(record("a", item), record("b", item)).entities] == [item["id"], f"{item['id']}-2"]


def test_name_merges_with_a_shared_neighbour() -> None:
    corpus = built(record("a", entity("Kwun"), HERE), record("b", entity("Kwun"), THERE))
    (firm,) = named(corpus, "Kwun")
    assert [(merge.by, merge.shared) for merge in firm.merges] == [("neighbours", ["hkma"])]


def test_place_is_no_telling_neighbour() -> None:
    here = relation("located_in", "kwun", "hong-kong")
    assert len(named(built(record("a", entity("Kwun"), here), record("b", entity("Kwun"), here)), "Kwun")) == 2


def test_one_name_of_two_types_does_not_merge() -> None:
    other = relation("supports", "hkma", "kwun")
    assert len(named(built(record("a", entity("Kwun"), HERE), record("b", entity("Kwun", "ASSET"), other)), "Kwun")) == 2


def test_two_entities_of_one_document_never_merge() -> None:
    two = [entity("Kwun Labs Ltd"), entity("Kwun Labs Inc")]
    assert [found.documents for found in built(record("a", *two), record("b", entity("Kwun Labs"))).entities] == [2, 1]


def test_local_id_gives_way_to_that_of_the_knowledge_base() -> None:
    corpus = built(record("a", entity("LotusEx", "PERSON")), record("b", relation("bans", "hkma", "lotusex")))
    assert {(found.id, found.kb) for found in corpus.entities if "lotus" in found.id} == {("lotusex", True), ("lotusex-2", False)}
