from pathlib import Path

import pytest

from hkcrypto.commands._sinks import choose_sink, own_files
from hkcrypto.errors import ConfigError


def write(folder: Path, *sources: str) -> list[str]:
    choose_sink(f"{folder}/", None)([{"document": {"source": source}} for source in sources])
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("a.txt", "a.txt.jsonl"),
        ("sub/a.txt", "sub/a.txt.jsonl"),
        ("../../etc/passwd", "etc/passwd.jsonl"),
        ("/etc/x", "etc/x.jsonl"),
        ("-", "stdin.jsonl"),
        ("..", "document.jsonl"),
        ("a\n?b\udcff.txt", "a__b_.txt.jsonl"),
        ("香港.txt", "香港.txt.jsonl"),
    ],
)
def test_folder_names_files_safely_after_their_source(tmp_path: Path, source: str, name: str) -> None:
    assert write(tmp_path, source) == [name]


def test_folder_keeps_a_file_for_each_document(tmp_path: Path) -> None:
    assert write(tmp_path, "a", "a", "A") == ["A-3.jsonl", "a-2.jsonl", "a.jsonl"]


def test_folder_shortens_a_name_that_is_too_long(tmp_path: Path) -> None:
    assert [len(name) for name in write(tmp_path, "a" * 255)] == [206]


def test_folder_is_not_left_by_a_link(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "sub").symlink_to(tmp_path / "outside")
    with pytest.raises(ConfigError, match="outside"):
        write(tmp_path / "records", "sub/a.txt")


def test_own_files_keep_a_folder_of_records_from_being_read(tmp_path: Path) -> None:
    assert own_files([str(tmp_path)], [f"{tmp_path}/records/"]) == ("records/*",)


def test_own_files_leave_what_lies_elsewhere(tmp_path: Path) -> None:
    assert own_files([str(tmp_path / "in")], [str(tmp_path / "out.json")]) == ()
