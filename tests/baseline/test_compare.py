import pytest

from hkcrypto.baseline.compare import compare

from .records import HKMA, LICENCE, OSL, Item, compared, entity, record, record_set, relation, statement, value


def found(old: Item, new: Item) -> list[str]:
    return [f"{change.kind} {change.change} {change.key}" for change in compared(old, new).changes]


def test_compare_of_the_same_finds_nothing() -> None:
    facts = (HKMA, OSL, LICENCE, value(), statement())
    assert not compared(record(*facts), record(*facts)).changes


@pytest.mark.parametrize(
    ("fact", "kind", "key"),
    [
        (entity("SFC"), "entity", "SFC (sfc)"),
        (relation("hkma", "regulates", "osl"), "relation", "HKMA regulates OSL"),
        (value(), "value", "March"),
        (statement(), "statement", "HKMA: it is fine"),
    ],
)
def test_compare_finds_what_was_added_and_removed(fact: Item, kind: str, key: str) -> None:
    assert found(record(HKMA, OSL), record(HKMA, OSL, fact)) == [f"{kind} added {key}"]
    assert found(record(HKMA, OSL, fact), record(HKMA, OSL)) == [f"{kind} removed {key}"]


def test_compare_shows_what_differs_of_a_relation() -> None:
    change = compared(record(relation(date="2023")), record(relation(status="planned", date="2023"))).changes[0]
    assert (change.change, change.type, change.old, change.new) == ("changed", "licenses", {"status": "asserted"}, {"status": "planned"})


def test_compare_shows_which_mentions_differ() -> None:
    change = compared(record(entity("HKMA", "REGULATOR", "HKMA", "it")), record(entity("HKMA", "REGULATOR", "HKMA", "it", "it"))).changes[0]
    assert (change.old, change.new) == ({"mentions": {"it": 1}}, {"mentions": {"it": 2}})


def test_compare_sees_another_type_and_link() -> None:
    change = compared(record(entity()), record(entity(kind="BANK", kb=False))).changes[0]
    assert (change.old, change.new) == ({"type": "REGULATOR", "kb": True}, {"type": "BANK", "kb": False})


def test_compare_sees_another_meaning_of_a_value() -> None:
    assert found(record(value(date="2023-03")), record(value(date="2024-03"))) == ["value changed March"]


def test_compare_sees_another_title() -> None:
    assert found(record(), record(title="Another")) == ["metadata changed title"]


def test_compare_takes_no_direction_from_symmetric_relations() -> None:
    assert not found(record(relation("a", "partners_with", "b")), record(relation("b", "partners_with", "a")))


def test_compare_keeps_two_facts_of_one_identity_apart() -> None:
    assert found(record(LICENCE, relation(status="planned")), record(LICENCE)) == ["relation removed hkma licenses osl"]


def test_compare_finds_documents_that_come_and_go() -> None:
    changes = compare(record_set(record(HKMA, source="a")), record_set(record(source="b"))).changes
    assert [(c.kind, c.change, c.document) for c in changes] == [("document", "removed", "a"), ("document", "added", "b")]
    assert changes[0].old == {"metadata": 1, "entity": 1}


def test_edited_text_with_the_same_facts_is_no_difference() -> None:
    comparison = compared(record(HKMA), record(HKMA, text="2"))
    assert [change.change for change in comparison.changes] == ["edited"]
    assert not comparison.differences
