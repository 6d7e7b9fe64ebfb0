from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkcrypto.errors import ConfigError, InputError
from hkcrypto.recordfile import read_records
from hkcrypto.writers import find_writer, replacing, writers

NAMES = sorted(writers.all())
VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(0, 1).map(lambda x: round(x, 2)),
        st.text(),
        st.sampled_from(["yes", "0700", "2025-01-01", "~", "a: b"]),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(), inner, max_size=3)),
    max_leaves=10,
)
RECORDS = st.lists(st.fixed_dictionaries({"document": VALUES, "entities": VALUES, "relations": VALUES}), max_size=3)
RECORD: dict[str, Any] = {"document": {"text": "恒灣 “Bay” 😀"}, "entities": [], "relations": [{"type": "owns", "confidence": 0.9}]}


def written(name: str, records: list[dict[str, Any]]) -> str:
    out = io.StringIO()
    find_writer(name)(records, out)
    return out.getvalue()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("records")


@pytest.mark.parametrize("name", NAMES)
@given(records=RECORDS)
def test_records_read_back_as_they_were_written(folder: Path, name: str, records: list[dict[str, Any]]) -> None:
    path = folder / f"records.{name}"
    path.write_text(written(name, records), encoding="utf-8", newline="\n")
    assert list(read_records(path)) == records


@pytest.mark.parametrize("name", NAMES)
def test_text_is_not_escaped(name: str) -> None:
    assert "恒灣 “Bay” 😀" in written(name, [RECORD]).replace('\\"', '"')


@pytest.mark.parametrize("name", NAMES)
def test_lone_surrogate_gives_valid_output(name: str) -> None:
    assert r"\ud800" in written(name, [{"document": "\ud800"}]).encode().decode().lower()


@pytest.mark.parametrize("name", NAMES)
def test_writer_streams(name: str) -> None:
    out = io.StringIO()

    def records() -> Any:
        yield RECORD
        assert out.getvalue()
        yield RECORD

    find_writer(name)(records(), out)


def test_jsonl_is_a_record_a_line() -> None:
    assert [json.loads(line) for line in written("jsonl", [RECORD, RECORD]).splitlines()] == [RECORD, RECORD]


def test_yaml_is_in_block_style_and_order() -> None:
    assert written("yaml", [{"b": [{"a": "no", "c": "plain text"}], "a": []}]) == "---\nb:\n- a: 'no'\n  c: plain text\na: []\n"


@pytest.mark.parametrize(
    ("name", "path", "same"),
    [
        (None, "a.JSON", "json"),
        (None, "a.yml", "yaml"),
        (None, "a.ndjson", "jsonl"),
        ("yaml", "a.json", "yaml"),
    ],
)
def test_format_is_named_or_seen_from_the_suffix(name: str | None, path: str, same: str) -> None:
    assert find_writer(name, Path(path)) is find_writer(same)


@pytest.mark.parametrize(("name", "message"), [("jsnl", "did you mean jsonl"), (None, "name it with -f")])
def test_unknown_format_is_an_error(name: str | None, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        find_writer(name, Path("a.out"))


def test_file_appears_when_it_is_complete(tmp_path: Path) -> None:
    with replacing(tmp_path / "a.jsonl") as out:
        out.write("x\n")
        assert not (tmp_path / "a.jsonl").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["a.jsonl"]


def test_failure_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("old")
    with pytest.raises(KeyboardInterrupt), replacing(tmp_path / "a.jsonl"):
        raise KeyboardInterrupt
    assert [path.read_text() for path in tmp_path.iterdir()] == ["old"]


def test_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").symlink_to(tmp_path / "b.jsonl")
    with replacing(tmp_path / "a.jsonl") as out:
        out.write("x")
    assert (tmp_path / "a.jsonl").is_symlink()
    assert (tmp_path / "b.jsonl").read_text() == "x"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.jsonl", f"{json.dumps(RECORD)}\n{{bad\n", "a.jsonl, line 2: it is no JSON"),
        ("a.jsonl", '{"a": 1}\n', "a.jsonl, line 1: it is no record"),
        ("a.json", '[\n{"a": }\n]', "a.json, line 2: it is no JSON"),
        ("a.yaml", "---\na: [\n", "a.yaml, line 3: it is no YAML"),
        ("a.txt", "Some news.\n", "a.txt, line 1: it is no record"),
    ],
)
def test_file_without_records_is_an_error(tmp_path: Path, name: str, content: str, message: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        list(read_records(tmp_path / name))


def test_format_of_a_file_is_seen_from_its_content(tmp_path: Path) -> None:
    for name in NAMES:
        (tmp_path / "records").write_text(written(name, [RECORD]), encoding="utf-8")
        assert list(read_records(tmp_path / "records")) == [RECORD]


def test_records_come_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(written("jsonl", [RECORD]).encode())))
    assert list(read_records("-")) == [RECORD]
