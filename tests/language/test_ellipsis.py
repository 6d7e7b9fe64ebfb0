"""Clauses that leave their predicate out take the one before, with a subject and a status of their own."""

import pytest

from hkcrypto.extract import Extractor


def applications(extractor: Extractor, text: str) -> dict[str, str]:
    """Who applies, by name, and with what status."""
    record = extractor.extract(text)
    names = {e.id: e.name for e in record.entities}
    return {names[r.subject]: r.status for r in record.relations if r.type == "applies_for_licence"}


@pytest.mark.parametrize(
    ("second", "status"),
    [
        ("So has Kestrel Digital Limited.", "asserted"),
        ("Kestrel Digital Limited has said that it will follow.", "planned"),
        ("Kestrel Digital Limited plans to do so too.", "planned"),
        ("Kestrel Digital Limited is considering doing so.", "possible"),
    ],
)
def test_pointer_takes_the_predicate_before(extractor: Extractor, second: str, status: str) -> None:
    found = applications(extractor, f"Heron Markets Limited has applied to the SFC for a licence. {second}")
    assert found == {"Heron Markets Limited": "asserted", "Kestrel Digital Limited": status}


def test_nor_negates_its_own_clause_alone(extractor: Extractor) -> None:
    found = applications(extractor, "Heron Markets Limited has applied to the SFC for a licence; nor has Kestrel Digital Limited.")
    assert found == {"Heron Markets Limited": "asserted", "Kestrel Digital Limited": "negated"}


def test_verb_with_an_object_of_its_own_points_nowhere(extractor: Extractor) -> None:
    found = applications(extractor, "Heron Markets Limited has applied to the SFC for a licence. Kestrel Digital Limited has a cat.")
    assert found == {"Heron Markets Limited": "asserted"}


@pytest.mark.parametrize("second", ["That plan has been dropped.", "It has since shelved the idea.", "The broker denied it."])
def test_what_is_taken_back_is_negated(extractor: Extractor, second: str) -> None:
    text = f"Heron Markets Limited plans to apply to the SFC for a licence. {second}"
    assert applications(extractor, text) == {"Heron Markets Limited": "negated"}


def test_what_is_dropped_otherwise_changes_nothing(extractor: Extractor) -> None:
    text = "Heron Markets Limited plans to apply to the SFC for a licence. Its shares dropped 3 per cent."
    assert applications(extractor, text) == {"Heron Markets Limited": "planned"}
