import json
from pathlib import Path

from hkcrypto.baseline.baselinefile import is_baseline, merged, read_baseline, write_baseline
from hkcrypto.baseline.facts import Facts, facts_of

from .records import HKMA, LICENCE, OSL, Item, entity, record, relation, value


def lines(path: Path, *records: Item) -> list[Item]:
    write_baseline(path, map(facts_of, records))
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def facts(*items: Item, **changes: str) -> Facts:
    return facts_of(record(*items, **changes))


def test_baseline_has_a_fact_a_line(tmp_path: Path) -> None:
    found = lines(tmp_path / "b.jsonl", record(HKMA, OSL, LICENCE, value()))
    assert [next(iter(line)) for line in found] == ["baseline", "producer", "document", "metadata", "entity", "entity", "value", "relation"]


def test_baseline_names_the_producer_once(tmp_path: Path) -> None:
    found = lines(tmp_path / "b.jsonl", record(source="a"), record(source="b"), record(source="c", kb="k2"))
    assert [line["producer"]["kb"] for line in found if "producer" in line] == ["k", "k2"]


def test_baseline_is_read_as_it_was_written(tmp_path: Path) -> None:
    records = [record(entity("香\u2028港", "PLACE"), LICENCE, source="a"), record(source="b", kb="k2")]
    write_baseline(tmp_path / "b.jsonl", map(facts_of, records))
    assert list(read_baseline(tmp_path / "b.jsonl")) == [facts_of(item) for item in records]
    assert is_baseline(tmp_path / "b.jsonl")


def test_merged_makes_only_the_accepted_changes() -> None:
    old = facts(HKMA, OSL, LICENCE, relation(target="x"))
    new = facts(HKMA, entity("SFC"), relation(status="planned"), kb="k2", text="2")
    found = merged(old, new, {("relation", "licenses", "hkma", "osl"), ("relation", "licenses", "hkma", "x")})
    assert [row.get("entity") or row.get("relation") for row in found.rows[1:]] == ["hkma", "osl", "licenses"]
    assert found.rows[-1]["status"] == "planned"
    assert (found.text, found.producer) == (old.text, old.producer)
