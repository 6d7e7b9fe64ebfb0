from __future__ import annotations

import io
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from hkcrypto.readers.walk import find_documents
from hkcrypto.schema import Document, Failure


def write(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"Text of {name}.", encoding="utf-8")
    return folder


def sources(paths: Sequence[Path], exclude: Sequence[str] = ()) -> list[str]:
    return [item.source for item in find_documents([str(path) for path in paths], exclude)]


def failure(path: Path) -> Failure:
    (item,) = find_documents([str(path)])
    assert isinstance(item, Failure)
    return item


def text(path: Path) -> str:
    (item,) = find_documents([str(path)])
    assert isinstance(item, Document)
    return item.text


def test_folder_gives_its_files_sorted_by_path(tmp_path: Path) -> None:
    assert sources([write(tmp_path, "b.txt", "a/z.txt", "a/b.TXT")]) == ["a/b.TXT", "a/z.txt", "b.txt"]


def test_folder_passes_over_what_is_no_article(tmp_path: Path) -> None:
    names = ("a.txt", "README.txt", "readme.md", "LICENSE.txt", ".hidden.txt", ".git/b.txt", "c.exe")
    assert sources([write(tmp_path, *names)]) == ["a.txt"]


@pytest.mark.parametrize("glob", ["b/*", "b", "c.txt", "*c.txt"])
def test_exclude_is_a_glob_on_source_or_name(tmp_path: Path, glob: str) -> None:
    assert sources([write(tmp_path, "a.txt", "b/c.txt")], [glob]) == ["a.txt"]


def test_file_has_its_name_as_source(tmp_path: Path) -> None:
    assert sources([write(tmp_path, "a/b.txt") / "a/b.txt"]) == ["b.txt"]


def test_file_with_an_unknown_suffix_is_read_as_text(tmp_path: Path) -> None:
    assert text(write(tmp_path, "a.wire") / "a.wire") == "Text of a.wire."


def test_sources_of_two_arguments_are_unique(tmp_path: Path) -> None:
    write(tmp_path, "x/a.txt", "y/a.txt", "z/y/a.txt")
    assert sources([tmp_path / "x", tmp_path / "y", tmp_path / "z" / "y"]) == ["a.txt", "y/a.txt", f"{tmp_path.as_posix()}/z/y/a.txt"]


def test_file_is_read_once(tmp_path: Path) -> None:
    assert sources([write(tmp_path, "a.txt"), tmp_path / "a.txt"]) == ["a.txt"]


def test_byte_order_mark_goes_and_newlines_stay(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbfa\r\nb\rc\n")
    assert text(tmp_path / "a.txt") == "a\r\nb\rc\n"


def test_standard_input_is_a_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("金".encode())))
    assert list(find_documents(["-"])) == [Document(text="金", source="-")]


def test_documents_come_one_at_a_time(tmp_path: Path) -> None:
    items = find_documents([str(write(tmp_path, "a.txt", "b.txt"))])
    next(items)
    (tmp_path / "b.txt").unlink()
    assert isinstance(next(items), Failure)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", "empty"),
        (b" \n", "blank"),
        (b"a\0b", "binary"),
        (b"%PDF-1.7 x", "binary: PDF"),
        (bytes(range(1, 32)) * 9 + b"\xff", "binary"),
        (b"\xff\xfe \0", "blank"),
    ],
)
def test_file_that_is_no_text_is_a_failure(tmp_path: Path, data: bytes, error: str) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    assert error in failure(tmp_path / "a.txt").error


def test_missing_path_is_a_failure(tmp_path: Path) -> None:
    assert failure(tmp_path / "no.txt") == Failure(str(tmp_path / "no.txt"), "it does not exist", "check the path")


def test_folder_without_articles_is_a_failure(tmp_path: Path) -> None:
    assert "without articles" in failure(write(tmp_path, "README.md")).error


def test_pipe_is_a_failure(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert "pipe" in failure(tmp_path).error


def test_dangling_link_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("nothing.txt")
    assert "link to nothing" in failure(tmp_path).error


@pytest.mark.parametrize("target", ["a.txt", "."])
def test_link_that_leads_back_is_a_failure(tmp_path: Path, target: str) -> None:
    (tmp_path / "a.txt").symlink_to(target)
    assert "leads back" in failure(tmp_path).error


def test_file_without_permission_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    write(tmp_path, "a.txt")
    monkeypatch.setattr(Path, "open", refuse)
    assert "no permission" in failure(tmp_path).error


def test_run_goes_on_after_a_failure(tmp_path: Path) -> None:
    (write(tmp_path, "b.txt") / "a.txt").write_bytes(b"")
    assert [type(item) for item in find_documents([str(tmp_path)])] == [Failure, Document]
