import pytest

from hkcrypto.baseline.compare import compare
from hkcrypto.baseline.recordsets import RecordSet
from hkcrypto.baseline.update import fits, refusals, updated, with_stale
from hkcrypto.schema import Failure

from .records import HKMA, LICENCE, OSL, record, record_set, relation

OLD = record_set(record(HKMA, OSL, LICENCE, source="a"), record(HKMA, source="b"))
NEW = record_set(record(HKMA, relation(status="planned"), source="a"), record(HKMA, source="b"), record(source="c"))


def left(*patterns: str, old: RecordSet = OLD, new: RecordSet = NEW) -> list[str]:
    after = RecordSet()
    for facts in updated(old, new, with_stale(compare(old, new)), patterns):
        after.add(facts)
    return [f"{change.kind} {change.change} {change.document}" for change in compare(after, new).changes]


@pytest.mark.parametrize(
    ("pattern", "fit"), [("*", True), ("relation", True), ("relation/lic*", True), ("entity", False), ("*/*/b", False), ("*/*/a", True)]
)
def test_pattern_is_about_kind_type_and_document(pattern: str, fit: bool) -> None:
    change = compare(OLD, NEW).changes[1]
    assert change.kind == "relation"
    assert fits(change, [pattern]) is fit


def test_update_takes_all_over() -> None:
    assert left() == []


def test_update_takes_what_is_accepted() -> None:
    assert left("relation") == ["entity removed a", "document added c"]


def test_update_takes_a_new_document_that_is_accepted() -> None:
    assert left("document/added/c", "*/*/a") == []


def test_update_takes_nothing_where_no_pattern_fits() -> None:
    assert left("value") == ["entity removed a", "relation changed a", "document added c"]


def test_update_takes_a_stale_document_out_where_that_is_accepted() -> None:
    new = record_set(record(HKMA, source="b"))
    assert left("document/stale/a", new=new) == []
    assert left("document/stale/b", new=new) == ["document removed a"]


def test_update_is_refused_where_a_document_is_gone_or_failed() -> None:
    new = record_set(record(HKMA, source="a"))
    new.failures["c"] = Failure("c", "it is broken", "mend it")
    comparison = with_stale(compare(OLD, new))
    assert refusals(comparison, []) == ["b is missing", "c failed"]
    assert refusals(comparison, ["document/stale"]) == ["c failed"]
