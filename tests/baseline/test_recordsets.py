import json
from pathlib import Path

import pytest

from hkcrypto.baseline.baselinefile import write_baseline
from hkcrypto.baseline.compare import compare
from hkcrypto.baseline.facts import facts_of, unpack
from hkcrypto.baseline.recordsets import read_set
from hkcrypto.errors import InputError
from hkcrypto.writers import find_writer

from .records import HKMA, LICENCE, OSL, Item, record, record_set, statement, value

RECORDS = [record(HKMA, OSL, LICENCE, value(), statement(), source=source) for source in ("a.txt", "b.txt")]


def written(path: Path, *records: Item) -> str:
    with path.open("w", encoding="utf-8") as out:
        find_writer(None, path)(records, out)
    return str(path)


@pytest.mark.parametrize("suffix", ["jsonl", "json", "yaml"])
def test_read_set_reads_every_format(tmp_path: Path, suffix: str) -> None:
    assert read_set(written(tmp_path / f"records.{suffix}", *RECORDS)).packed == record_set(*RECORDS).packed


def test_read_set_reads_json_that_was_laid_out(tmp_path: Path) -> None:
    path = tmp_path / "records.json"
    path.write_text(json.dumps(RECORDS, indent=2), encoding="utf-8")
    assert read_set(str(path)).packed == record_set(*RECORDS).packed


def test_read_set_reads_the_files_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    written(tmp_path / "a.json", RECORDS[0])
    written(tmp_path / "sub" / "b.yaml", RECORDS[1])
    assert list(read_set(str(tmp_path)).packed) == ["a.txt", "b.txt"]


def test_read_set_reads_a_baseline(tmp_path: Path) -> None:
    path = tmp_path / "baseline.jsonl"
    write_baseline(path, map(facts_of, RECORDS))
    assert read_set(str(path)).packed == record_set(*RECORDS).packed


def test_read_set_takes_equal_lines_as_they_are(tmp_path: Path) -> None:
    old = read_set(written(tmp_path / "old.jsonl", *RECORDS))
    new = read_set(written(tmp_path / "new.jsonl", *reversed(RECORDS)), old)
    assert new.packed["a.txt"] is old.packed["a.txt"]
    assert not compare(old, new).changes


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ('{"document": {}}\n', "records.jsonl, line 1: it is no record"),
        ('{"document": {}, "entities": [], "relations": []}\n', "line 1: it is a record with parts missing"),
        ('{"a": \n', "it is no JSON"),
        ('{"baseline": 9}\n', "records.jsonl: it is a baseline of version 9, not 1"),
        ('{"baseline": 1}\n{"entity": "a"}\n', "records.jsonl, line 2: it is no line of a baseline"),
        ('{"baseline": 1}\n[]\n', "records.jsonl, line 2: it is no line of a baseline"),
    ],
)
def test_read_set_names_file_and_line_of_a_fault(tmp_path: Path, content: str, problem: str) -> None:
    path = tmp_path / "records.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=problem):
        read_set(str(path))


def test_read_set_refuses_a_document_that_is_there_twice(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"records\.jsonl: the document a\.txt is there twice"):
        read_set(written(tmp_path / "records.jsonl", RECORDS[0], RECORDS[0]))


def test_read_set_of_nothing_fails(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="it is a folder without records"):
        read_set(str(tmp_path))
    with pytest.raises(InputError, match="No such file"):
        read_set(str(tmp_path / "nowhere.jsonl"))


def test_packed_facts_come_back_as_they_were() -> None:
    facts = facts_of(RECORDS[0])
    assert unpack(facts.pack()) == facts
