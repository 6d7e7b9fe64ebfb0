import pytest

from .records import HKMA, LICENCE, OSL, Item, compared, entity, record, relation, statement, value

BANK = entity("Monetary Authority", "FIRM", "HKMA", kb=False)


def causes(old: Item, new: Item) -> set[str]:
    return {change.cause for change in compared(old, new).changes}


@pytest.mark.parametrize(
    ("producer", "cause"),
    [
        ({"options": {"min_confidence": 0.5}}, "options"),
        ({"model": "m2"}, "model"),
        ({"hkcrypto": "0.2.0"}, "code"),
        ({}, "code"),
        ({"frames": "f2"}, "frame:licenses.verb"),
        ({"kb": "k2"}, "kb"),
        ({"kb": "k2", "options": {"kb": ["own.yaml"]}}, "kb"),
        ({"model": "m2", "options": {"model": "md"}}, "model"),
        ({"frames": "f2", "kb": "k2", "model": "m2", "hkcrypto": "0.2.0"}, "frame:licenses.verb"),
    ],
)
def test_cause_of_a_relation_that_is_gone(producer: Item, cause: str) -> None:
    assert causes(record(HKMA, OSL, LICENCE), record(HKMA, OSL, **producer)) == {cause}


def test_another_text_is_the_cause_of_all() -> None:
    assert causes(record(HKMA, OSL, LICENCE), record(text="2", kb="k2", model="m2", frames="f2")) == {"text"}


def test_knowledge_base_is_named_by_the_entry_that_is_gone() -> None:
    old, new = record(HKMA, OSL, LICENCE, statement()), record(OSL, kb="k2")
    assert causes(old, new) == {"kb:hkma"}


def test_knowledge_base_is_named_for_what_takes_the_place_of_an_entry() -> None:
    assert causes(record(HKMA, OSL, LICENCE), record(BANK, OSL, relation("monetary authority"), kb="k2")) == {"kb:hkma"}


def test_knowledge_base_is_named_for_pronouns_that_move() -> None:
    old = record(entity("HKMA", "REGULATOR", "HKMA", "its"), OSL)
    assert causes(old, record(entity("OSL", "FIRM", "OSL", "they"), kb="k2")) == {"kb:hkma"}


def test_knowledge_base_is_named_by_the_entry_that_is_new() -> None:
    assert causes(record(BANK), record(HKMA, kb="k2")) == {"kb:hkma"}


def test_knowledge_base_is_named_by_the_entry_that_has_changed() -> None:
    assert causes(record(HKMA), record(entity(kind="BANK"), kb="k2")) == {"kb:hkma"}


def test_knowledge_base_goes_before_other_causes_where_a_link_changes() -> None:
    assert causes(record(HKMA), record(kb="k2", model="m2", hkcrypto="0.2.0")) == {"kb:hkma"}


def test_model_goes_before_the_knowledge_base_where_no_link_changes() -> None:
    assert causes(record(entity(kb=False)), record(kb="k2", model="m2")) == {"model"}


def test_frame_is_the_one_whose_evidence_is_gone() -> None:
    old = record(relation("hkma", "licenses", "osl", "licenses.verb", "licenses.noun"))
    assert causes(old, record(relation(status="planned"), frames="f2")) == {"frame:licenses.noun"}


def test_frame_is_no_cause_for_a_value() -> None:
    assert causes(record(value()), record(frames="f2")) == {"code"}


def test_option_that_stores_the_text_is_no_cause() -> None:
    assert causes(record(value()), record(options={"with_text": True})) == {"code"}
