"""Small cases, counted by hand: true positives, false positives, false negatives."""

import pytest

from hkcrypto.errors import InputError
from hkcrypto.evaluation.gold import GoldRelation, GoldStatement, GoldValue

from .make import counts, entity, goal, gold, mention, record, relation, score

HKMA = goal("hkma", "REGULATOR", "Hong Kong Monetary Authority", "HKMA")
OSL = goal("osl", "FIRM", "OSL")
HSBC = goal("hsbc", "BANK", "HSBC")
SEEN_HKMA = entity("hkma", "REGULATOR", "Hong Kong Monetary Authority", "HKMA")
SEEN_OSL = entity("osl", "FIRM", "OSL")
SEEN_HSBC = entity("hsbc", "BANK", "HSBC")
THREE = (SEEN_HKMA, SEEN_OSL, SEEN_HSBC)


def test_entity_that_is_never_proposed_is_missed() -> None:
    assert counts(score(gold(HKMA, OSL), record(SEEN_OSL)), "entity") == (1, 0, 1)


def test_entity_that_is_proposed_twice_counts_once() -> None:
    assert counts(score(gold(OSL), record(SEEN_OSL, entity("osl-2", "FIRM", "OSL"))), "entity") == (1, 1, 0)


def test_entity_of_two_merged_finds_one() -> None:
    merged = entity("osl", "FIRM", "OSL", "HSBC")
    assert counts(score(gold(OSL, HSBC), record(merged)), "entity") == (1, 0, 1)


def test_entity_of_three_merged_finds_none() -> None:
    merged = entity("osl", "FIRM", "OSL", "HSBC", "HKMA")
    assert counts(score(gold(OSL, HSBC, HKMA), record(merged)), "entity") == (0, 1, 3)


def test_entity_that_is_split_costs_its_parts() -> None:
    parts = entity("a", "REGULATOR", "Hong Kong Monetary Authority"), entity("b", "REGULATOR", "HKMA")
    assert counts(score(gold(HKMA), record(*parts)), "entity") == (1, 1, 0)


def test_entity_with_ragged_names_is_wrong() -> None:
    assert counts(score(gold(OSL), record(entity("osl", "FIRM", "OSL shares", "rival OSL", "OSL"))), "entity") == (0, 1, 1)


def test_entity_is_known_by_its_names_however_written() -> None:
    assert counts(score(gold(HSBC), record(entity("x", "BANK", "the ＨＳＢＣ’s"))), "entity") == (1, 0, 0)


def test_entity_of_another_organisation_type_is_right_coarsely() -> None:
    scores = score(gold(HSBC), record(entity("hsbc", "FIRM", "HSBC")))
    assert (counts(scores, "entity"), counts(scores, "entity_coarse")) == ((0, 1, 1), (1, 0, 0))


def test_entity_of_another_type_is_in_the_confusion_table() -> None:
    scores = score(gold(HSBC, OSL), record(entity("hsbc", "FIRM", "HSBC"), entity("x", "PERSON", "Xiao")))
    assert scores.confusion == {("BANK", "FIRM"): 1, ("FIRM", "—"): 1, ("—", "PERSON"): 1}


def test_optional_entity_is_neither_found_nor_missed() -> None:
    wanted = gold(goal("osl", "FIRM", "OSL", optional=True))
    assert counts(score(wanted, record(SEEN_OSL)), "entity") == counts(score(wanted, record()), "entity") == (0, 0, 0)


def test_junk_in_chrome_does_not_count() -> None:
    assert counts(score(gold(OSL), record(SEEN_OSL, entity("x", "PERSON", "Subscribe", section="related"))), "entity") == (1, 0, 0)


def test_junk_in_chrome_counts_where_a_relation_uses_it() -> None:
    found = record(SEEN_OSL, entity("x", "FIRM", "Ripple", section="related"), relations=[relation("owns", "x", "osl")])
    scores = score(gold(OSL, chrome=["Ripple"]), found)
    assert (counts(scores, "entity"), counts(scores, "relation"), counts(scores, "chrome")) == ((1, 1, 0), (0, 1, 0), (0, 1, 0))


def test_junk_that_calls_itself_a_topic_counts() -> None:
    scores = score(gold(OSL), record(SEEN_OSL, entity("x", "TOPIC", "the market")))
    assert counts(scores, "entity") == (1, 1, 0)
    assert scores.entity_types["TOPIC"].fp == 1


def test_topic_of_the_controlled_list_does_not_count() -> None:
    assert counts(score(gold(OSL), record(SEEN_OSL, entity("custody", "TOPIC", "custody", kb=True))), "entity") == (1, 0, 0)


def test_pronouns_are_no_names() -> None:
    seen = {**SEEN_OSL, "mentions": [mention("OSL"), mention("it", method="coref"), mention("the firm", method="coref")]}
    assert counts(score(gold(OSL), record(seen)), "entity") == (1, 0, 0)


@pytest.mark.parametrize(("link", "expected"), [("osl", (1, 0, 0)), ("other", (0, 1, 1)), (None, (0, 0, 1))])
def test_link_is_right_by_its_id(link: str | None, expected: tuple[int, int, int]) -> None:
    seen = entity(link or "osl", "FIRM", "OSL", kb=link is not None)
    assert counts(score(gold(goal("x", "FIRM", "OSL", kb="osl")), record(seen)), "linking") == expected


def test_link_without_an_id_in_the_gold_is_not_counted() -> None:
    assert "linking" not in score(gold(OSL), record(entity("osl", "FIRM", "OSL", kb=True))).figures


OWNS = GoldRelation("owns", "hsbc", "osl")


def test_relation_is_found() -> None:
    assert counts(score(gold(HSBC, OSL, relations=[OWNS]), record(*THREE, relations=[relation("owns", "hsbc", "osl")])), "relation") == (
        1,
        0,
        0,
    )


def test_relation_turned_round_is_wrong_but_joins_the_right_pair() -> None:
    scores = score(gold(HSBC, OSL, relations=[OWNS]), record(*THREE, relations=[relation("owns", "osl", "hsbc")]))
    assert (counts(scores, "relation"), counts(scores, "relation_pair")) == ((0, 1, 1), (1, 0, 0))


def test_symmetric_relation_is_right_either_way_round() -> None:
    wanted = gold(HSBC, OSL, relations=[GoldRelation("partners_with", "hsbc", "osl")])
    assert counts(score(wanted, record(*THREE, relations=[relation("partners_with", "osl", "hsbc")])), "relation") == (1, 0, 0)


def test_symmetric_relation_stated_both_ways_is_one_fact() -> None:
    wanted = gold(HSBC, OSL, relations=[GoldRelation("partners_with", "hsbc", "osl")])
    both = [relation("partners_with", "osl", "hsbc"), relation("partners_with", "hsbc", "osl")]
    assert counts(score(wanted, record(*THREE, relations=both)), "relation") == (1, 1, 0)


def test_relation_stands_though_an_end_has_the_wrong_type() -> None:
    found = record(SEEN_OSL, entity("hsbc", "PERSON", "HSBC"), relations=[relation("owns", "hsbc", "osl")])
    assert counts(score(gold(HSBC, OSL, relations=[OWNS]), found), "relation") == (1, 0, 0)


def test_optional_relation_is_neither_found_nor_missed() -> None:
    wanted = gold(HSBC, OSL, relations=[GoldRelation("owns", "hsbc", "osl", optional=True)])
    for relations in ([], [relation("owns", "hsbc", "osl")]):
        scores = score(wanted, record(*THREE, relations=relations))
        assert counts(scores, "relation") == counts(scores, "relation_pair") == (0, 0, 0)


def test_relation_with_another_status_is_right_and_its_status_is_wrong() -> None:
    scores = score(gold(HSBC, OSL, relations=[OWNS]), record(*THREE, relations=[relation("owns", "hsbc", "osl", "planned")]))
    assert (counts(scores, "relation"), counts(scores, "status")) == ((1, 0, 0), (0, 1, 1))
    assert (scores.statuses["asserted"].fn, scores.statuses["planned"].fp) == (1, 1)


def test_qualifier_left_out_is_missed_and_a_wrong_one_is_false_too() -> None:
    wanted = gold(
        HSBC, OSL, relations=[GoldRelation("acquires", "hsbc", "osl", qualifiers={"date": "2024", "amount": "5 HKD", "stake": "all"})]
    )
    found = record(*THREE, relations=[relation("acquires", "hsbc", "osl", date="2023")])
    assert counts(score(wanted, found), "qualifier") == (0, 1, 2)


def test_value_is_known_by_its_normal_form() -> None:
    wanted = gold(
        values=[GoldValue("MONEY", {"amount": "1000", "currency": "HKD"}, "HK$1,000"), GoldValue("DATE", {"date": "2024"}, "2024")]
    )
    found = record(
        values=[
            {"type": "MONEY", "value": {"amount": "1E3", "currency": "HKD"}},
            {"type": "MONEY", "value": {"amount": "1000.0", "currency": "HKD"}},
            {"type": "PERCENT", "value": {"percent": "5"}},
            {"type": "PERCENT", "value": {"percent": "6"}, "section": "related"},
            {"type": "COUNT", "value": {"count": "7", "of": "firms"}},
        ]
    )
    assert counts(score(wanted, found), "value") == (1, 1, 1)


def test_statement_needs_its_speaker_and_its_words_and_an_end() -> None:
    wanted = gold(HSBC, OSL, statements=[GoldStatement("hsbc", "no comment"), GoldStatement("osl", "all is well")])
    said = [
        {"speaker": "hsbc", "text": "It had “no comment”."},
        {"speaker": "hsbc", "text": "no comment, again"},
        {"speaker": "osl", "text": "all is well " * 40},
    ]
    assert counts(score(wanted, record(*THREE, statements=said)), "statement") == (1, 2, 1)


def test_metadata_counts_where_the_gold_has_it() -> None:
    wanted = gold(title="A title", published="2024-01-02")
    found = {**record(), "document": {"source": "d.txt", "title": "a Title", "published": None, "publisher": "anyone"}}
    assert counts(score(wanted, found), "metadata") == (1, 0, 1)


def test_broken_record_is_named() -> None:
    with pytest.raises(InputError, match="d: its record has parts missing"):
        score(gold(OSL), {"entities": [{"id": "osl"}]})


def test_fault_has_the_sentence_of_both_ends() -> None:
    text = "HSBC rose. HSBC owns OSL. OSL fell."
    fault = score(gold(HSBC, OSL, relations=[OWNS]), record(SEEN_OSL, SEEN_HSBC), text).faults[0]
    assert (fault.figure, fault.fault, fault.sentence) == ("relation", "missed", "HSBC owns OSL.")
