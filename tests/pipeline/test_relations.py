"""From the clauses of a text to relations: one fact once."""

from collections.abc import Callable
from typing import Any

import pytest
from spacy.tokens import Doc

Parse = Callable[..., Doc]


def facts(doc: Doc) -> list[tuple[str, str, str, str]]:
    return [(r["subject"], r["type"], r["object"], r["status"]) for r in doc._.relations]


def only(doc: Doc) -> dict[str, Any]:
    (relation,) = doc._.relations
    found: dict[str, Any] = relation
    return found


def test_clause_states_a_relation(parse: Parse) -> None:
    relation = only(parse("On Monday Kwun Labs bought Tidal Pay, as it had said."))
    assert (relation["subject"], relation["type"], relation["object"]) == ("Kwun Labs", "acquires", "Tidal Pay")
    assert relation["status"] == "asserted"


@pytest.mark.parametrize(
    "text",
    [
        "Kwun Labs and Tidal Pay met in May.",
        "Kwun Labs has bought a lake. Tidal Pay has bought a hill.",
        "Kwun Labs bought a lake when Tidal Pay bought a hill.",
        "Kwun Labs praised Tidal Pay, whose owner bought a hill.",
        "Kwun Labs did not say whether it would buy Tidal Pay.",
        "Ada Moorhen bought a paper about Kwun Labs.",
    ],
)
def test_names_in_one_sentence_are_no_relation(parse: Parse, text: str) -> None:
    assert facts(parse(text)) == []


def test_sentences_that_state_one_fact_are_its_evidence(parse: Parse) -> None:
    text = "Kwun Labs has bought Tidal Pay. Tidal Pay was acquired by Kwun Labs in May."
    evidence = only(parse(text))["evidence"]
    assert [e["text"] for e in evidence] == ["Kwun Labs has bought Tidal Pay", "Tidal Pay was acquired by Kwun Labs"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Kwun Labs may buy Tidal Pay. Kwun Labs will buy Tidal Pay.", "planned"),
        ("Kwun Labs will buy Tidal Pay. Kwun Labs may buy Tidal Pay.", "planned"),
        ("Kwun Labs bought Tidal Pay. Last year Kwun Labs planned to buy Tidal Pay.", "asserted"),
        ("Kwun Labs bought Tidal Pay. Kwun Labs did not buy Tidal Pay.", "negated"),
        ("Kwun Labs owns Tidal Pay. Kwun Labs no longer owns Tidal Pay.", "ended"),
    ],
)
def test_strongest_or_last_status_stands(parse: Parse, text: str, status: str) -> None:
    assert only(parse(text))["status"] == status


def test_fact_without_direction_is_one_both_ways(parse: Parse) -> None:
    text = "Kwun Labs teamed up with Tidal Pay. Tidal Pay teamed up with Kwun Labs."
    relation = only(parse(text))
    assert relation["type"] == "partners_with"
    assert len(relation["evidence"]) == 2


def test_fact_with_direction_is_two_both_ways(parse: Parse) -> None:
    found = facts(parse("Kwun Labs bought Tidal Pay. Tidal Pay bought Kwun Labs."))
    assert [(s, o) for s, _, o, _ in found] == [("Kwun Labs", "Tidal Pay"), ("Tidal Pay", "Kwun Labs")]


def test_every_member_of_a_list_has_its_relation(parse: Parse) -> None:
    found = facts(parse("Kwun Labs bought Tidal Pay and Orchid Markets."))
    assert {o for _, _, o, _ in found} == {"Tidal Pay", "Orchid Markets"}


def test_type_that_does_not_fit_makes_no_relation(parse: Parse) -> None:
    assert facts(parse("Kwun Labs bought the Petrel Ordinance.")) == []


def test_amount_and_date_of_the_clause_are_qualifiers(parse: Parse) -> None:
    relation = only(parse("Kwun Labs bought Tidal Pay for HK$5 million in May 2025, and rents fell by US$2 in 2024."))
    assert relation["qualifiers"] == {"amount": "5000000 HKD", "date": "2025-05"}


def test_reported_fact_names_who_said_it(parse: Parse) -> None:
    relation = only(parse("Orchid Markets said Kwun Labs had bought Tidal Pay."))
    assert relation["qualifiers"] == {"attributed_to": "Orchid Markets"}


def test_title_is_the_phrase(parse: Parse) -> None:
    relation = only(parse("Ada Moorhen, head of digital assets at Kwun Labs, spoke."))
    assert relation["qualifiers"]["title"] == "head of digital assets"


def test_pronoun_lowers_the_confidence(parse: Parse) -> None:
    named, pronoun = parse("Kwun Labs bought Tidal Pay."), parse("Kwun Labs grew. It bought Tidal Pay.")
    assert facts(named) == facts(pronoun)
    assert 0 < only(pronoun)["confidence"] < only(named)["confidence"] < 1


def test_evidence_is_the_clause_with_its_cue(parse: Parse) -> None:
    text = "In May rents fell. On Monday, Kwun Labs refused to buy Tidal Pay, as it had said."
    (evidence,) = only(parse(text))["evidence"]
    assert evidence["text"] == "Kwun Labs refused to buy Tidal Pay"
    assert evidence["cue"]["text"] == "refused"
    assert text[evidence["sentence_start"] : evidence["sentence_end"]] == text[19:]
    assert evidence["rule"] == "acquires.buy"


def test_relations_stand_in_the_order_of_the_text(parse: Parse) -> None:
    found = facts(parse("Tidal Pay bought Orchid Markets. Kwun Labs bought Tidal Pay."))
    assert [s for s, *_ in found] == ["Tidal Pay", "Kwun Labs"]
