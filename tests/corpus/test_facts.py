from typing import Any

import pytest

from hkcrypto.errors import InputError

from .records import built, clause, date, entity, first_frame, record, relation, the_fact


def told(*statuses: tuple[str, str | None]) -> str:
    facts = [
        record(str(number), relation("supports", "hkma", "lotusex", status=status), published=day)
        for number, (status, day) in enumerate(statuses)
    ]
    return the_fact(*facts).status


@pytest.mark.parametrize(
    ("statuses", "stands"),
    [
        ([("planned", "2024-01"), ("asserted", "2024-02")], "asserted"),
        ([("asserted", "2024-01"), ("planned", "2024-02")], "asserted"),
        ([("asserted", "2024-01"), ("ended", "2024-02")], "ended"),
        ([("ended", "2024-01"), ("asserted", "2024-02")], "asserted"),
        ([("possible", "2024-02"), ("planned", "2024-01")], "planned"),
        ([("negated", None), ("asserted", "2024-02")], "asserted"),
        ([("asserted", None), ("asserted", None), ("negated", None)], "asserted"),
        ([("asserted", None), ("negated", None)], "negated"),
    ],
)
def test_status_that_stands(statuses: list[tuple[str, str | None]], stands: str) -> None:
    assert told(*statuses) == stands


def test_clause_without_a_cue_keeps_the_status_where_nothing_else_accounts_for_it() -> None:
    assert told(("planned", None)) == "planned"


def test_who_denies_a_fact_is_no_source_of_it() -> None:
    said = [record(name, relation("bans", "hkma", "lotusex"), published="2024") for name in "ab"]
    denied = [record(day, relation("bans", "hkma", "lotusex", status="negated"), published=day) for day in ("2023", "2025")]
    assert [the_fact(*said, denial).sources for denial in denied] == [2, 1]


def test_stated_date_goes_before_that_of_the_report() -> None:
    grant = record("a", relation("licenses", "sfc", "lotusex", date="2020"), published="2024")
    end = record("b", relation("licenses", "sfc", "lotusex", status="ended"), published="2022")
    assert the_fact(grant, end).status == "ended"


def test_fact_keeps_all_its_evidence() -> None:
    fact = the_fact(
        record("b", relation("bans", "hkma", "lotusex", date="2024-06"), published="2024-07"),
        record("a", relation("bans", "hkma", "lotusex", date="2023"), published="2023-02-01"),
    )
    assert [claim.source for claim in fact.evidence] == ["a", "b"]
    assert (fact.dates, fact.first_reported, fact.last_reported) == (["2023", "2024-06"], "2023-02-01", "2024-07")


def test_symmetric_fact_is_one_in_both_directions() -> None:
    there, back = relation("partners_with", "lotusex", "tidal-pay"), relation("partners_with", "tidal-pay", "lotusex")
    assert the_fact(record("a", there), record("b", back)).sources == 2


def test_directed_facts_are_two() -> None:
    there, back = relation("owns", "lotusex", "tidal-pay"), relation("owns", "tidal-pay", "lotusex")
    assert len(built(record("a", there), record("b", back)).relations) == 2


def test_speaker_has_the_id_of_the_corpus() -> None:
    said = relation("bans", "hkma", "lotusex", attributed_to="kwun")
    corpus = built(record("a", entity("Kwun", "PERSON")), record("b", entity("Kwun", "PERSON"), said))
    assert corpus.relations[0].qualifiers["attributed_to"] == "kwun-2"


def test_speaker_of_one_report_is_not_that_of_the_fact() -> None:
    said = relation("bans", "hkma", "lotusex", attributed_to="hkma")
    assert "attributed_to" not in the_fact(record("a", said), record("b", relation("bans", "hkma", "lotusex"))).qualifiers


def two_clauses(*values: dict[str, Any], **qualifiers: str) -> list[dict[str, str]]:
    fact = relation("enacts", "legco", "petrel-ordinance", **qualifiers)
    fact["evidence"] = [
        clause("passed the law", 0, first_frame("enacts", "stage", "passed")),
        clause("it is in force", 100, first_frame("enacts", "stage", "in_force")),
    ]
    return [claim.qualifiers for claim in sorted(the_fact(record("a", fact, *values)).evidence, key=lambda claim: claim.start)]


def test_each_clause_has_the_stage_of_its_frame() -> None:
    assert [found["stage"] for found in two_clauses(stage="passed")] == ["passed", "in_force"]


def test_each_clause_has_the_date_that_stands_at_it() -> None:
    found = two_clauses(date("2025-05", 18), date("2025-08", 118), date="2025-05", stage="passed")
    assert [claim["date"] for claim in found] == ["2025-05", "2025-08"]


def test_clause_has_no_date_from_elsewhere_or_out_of_two() -> None:
    found = two_clauses(date("2025-05", 10), date("2025-07", 118), date("2025-08", 105), date="2025-05", stage="passed")
    assert [claim.get("date") for claim in found] == ["2025-05", None]


def test_corpus_takes_the_same_record_twice() -> None:
    one = record("a", relation("bans", "hkma", "lotusex"))
    assert built(one, one) == built(one)


@pytest.mark.parametrize("fault", [{"source": None}, {"published": 2023}])
def test_corpus_refuses_a_record_with_a_wrong_part(fault: dict[str, Any]) -> None:
    one = record("a")
    with pytest.raises(InputError, match="parts missing"):
        built(one | {"document": one["document"] | fault})


def test_corpus_refuses_a_relation_without_its_end() -> None:
    with pytest.raises(InputError, match="parts missing"):
        built(record("a", relation("bans", "hkma", "lotusex")) | {"entities": []})


def test_corpus_refuses_two_records_of_one_document() -> None:
    with pytest.raises(InputError, match="the document a is there twice"):
        built(record("a"), record("a", relation("bans", "hkma", "lotusex")))
