from typing import Any

from .records import clashes, clause, date, record, relation, stages, the_life


def law(source: str, stage: str, *, status: str = "asserted", by: str = "legco", **more: str) -> dict[str, Any]:
    return record(source, relation("enacts", by, "petrel-ordinance", status=status, stage=stage, text=f"words of {source}", **more))


def licence(source: str, kind: str = "licenses", status: str = "asserted", published: str | None = None, **more: str) -> dict[str, Any]:
    ends = ("lotusex", "sfc") if kind == "applies_for_licence" else ("sfc", "lotusex")
    return record(source, relation(kind, *ends, status=status, **more), published=published)


def test_law_goes_through_its_stages() -> None:
    found = [law("a", "in_force", date="2025-08-01"), law("b", "gazetted"), law("c", "proposed"), law("d", "passed", date="2025-05-21")]
    assert stages(*found) == [("proposed", None), ("passed", "2025-05-21"), ("gazetted", None), ("in_force", "2025-08-01")]


def test_law_has_one_life_whoever_enacts_it() -> None:
    life = the_life(law("a", "passed", date="2025"), law("b", "passed", date="2025-05", by="hong-kong"))
    assert [(event.date, event.by, event.sources) for event in life.events] == [("2025-05", ["hong-kong", "legco"], 2)]


def test_stage_is_the_last_that_was_reached() -> None:
    life = the_life(law("a", "passed", date="2025-05"), law("b", "in_force", date="2025-08", status="planned"))
    assert (life.stage, life.since) == ("passed", "2025-05")


def test_licence_goes_from_application_to_revocation() -> None:
    found = [
        licence("a", "enforces_against", action="revoked"),
        licence("b", stage="granted"),
        licence("c", stage="in_principle"),
        licence("d", "applies_for_licence"),
    ]
    assert [stage for stage, _ in stages(*found)] == ["applied", "in_principle", "granted", "revoked"]


def test_licence_that_ended_is_revoked() -> None:
    assert the_life(licence("a", status="ended")).stage == "revoked"


def withdrawn(source: str, published: str) -> dict[str, Any]:
    """Return the record of a document that tells of an application, and then that it was withdrawn."""
    fact = relation("applies_for_licence", "lotusex", "sfc", status="negated", date="2024-05")
    cue = {"text": "withdrew", "start": 100, "end": 108}
    fact["evidence"] = [clause("it applied in", 0, "applies_for_licence.x"), clause("withdrew that in", 100) | {"cue": cue}]
    return record(source, fact, date("2024-05", 117), date("2023-11", 14), published=published)


def test_document_tells_of_an_application_and_of_its_end() -> None:
    life = the_life(withdrawn("a", "2024-06"))
    assert [(event.status, event.date) for event in life.events] == [("asserted", "2023-11"), ("negated", "2024-05")]
    assert life.stage is None


def test_what_a_document_takes_back_contradicts_nobody() -> None:
    assert clashes(withdrawn("a", "2024-06"), withdrawn("b", "2024-07")) == []


def test_fine_is_no_step_of_a_licence() -> None:
    assert stages(licence("a"), licence("b", "enforces_against", action="fined")) == [("granted", None)]


def test_two_dates_of_one_step_contradict_each_other() -> None:
    (found,) = clashes(law("a", "passed", date="2023-08"), law("b", "passed", date="2025-05-21"))
    assert (found.kind, found.object, found.stage) == ("dates", "petrel-ordinance", "passed")
    assert [(side.says, side.evidence[0].text) for side in found.sides] == [("2023-08", "words of a"), ("2025-05-21", "words of b")]


def test_document_can_contradict_itself() -> None:
    fact = relation("enacts", "legco", "petrel-ordinance", stage="passed", date="2023-08")
    fact["evidence"] = [clause("after passing it", 0), clause("the passage of the law", 100)]
    (found,) = clashes(record("a", fact, date("2023-08", 19), date("2025-08-01", 126)))
    assert [(side.says, side.evidence[0].start) for side in found.sides] == [("2023-08", 0), ("2025-08-01", 100)]


def test_more_exact_date_is_no_contradiction() -> None:
    assert clashes(law("a", "passed", date="2025"), law("b", "passed", date="2025-05"), law("c", "passed", date="2025-Q2")) == []


def test_dates_of_two_steps_and_of_plans_are_no_contradiction() -> None:
    assert clashes(law("a", "passed", date="2023"), law("b", "in_force", date="2025")) == []
    assert clashes(law("a", "passed", date="2023"), law("b", "passed", date="2025", status="planned")) == []


def test_consultations_come_more_than_once() -> None:
    assert clashes(law("a", "consulted", date="2023"), law("b", "consulted", date="2025")) == []


def test_licences_of_two_kinds_have_two_dates() -> None:
    assert clashes(licence("a", licence="Type 1", date="2023"), licence("b", licence="Type 9", date="2024")) == []
    assert len(clashes(licence("a", licence="Type 1", date="2023"), licence("b", licence="type 1", date="2024"))) == 1


def test_denial_contradicts_what_was_asserted_before() -> None:
    (found,) = clashes(licence("a", published="2024-01"), licence("b", status="negated", published="2024-02"))
    assert (found.kind, [side.says for side in found.sides]) == ("status", ["asserted", "negated"])


def test_denial_without_a_date_contradicts() -> None:
    assert len(clashes(licence("a"), licence("b", status="negated", published="2024-02"))) == 1


def test_what_came_about_after_a_denial_is_no_contradiction() -> None:
    assert clashes(licence("a", published="2024-03"), licence("b", status="negated", published="2024-02")) == []


def test_end_is_no_contradiction() -> None:
    assert clashes(licence("a", published="2024-01"), licence("b", status="ended", published="2024-02")) == []
