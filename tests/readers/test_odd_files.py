"""Files with something wrong: each ends in a document or in a failure that names it, soon and in little memory."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hkcrypto.readers.walk import find_documents
from hkcrypto.schema import Document, Failure

TEXT = "The Securities and Futures Commission has licensed OSL, the commission said on Tuesday. It is the third licence this year."
NOISE = "".join(hashlib.sha256(bytes([n])).hexdigest() for n in range(9))  # does not compress, and is the same on every run
HAN = "金管局今日公布，根據《穩定幣條例》向兩家機構批出首批牌照，即日生效，財政司司長歡迎有關決定。"
HANS = "香港金融管理局今日公布，根据《稳定币条例》向两家机构发出首批牌照，即日生效，财政司司长欢迎有关决定。"
PAGE = f"<html><head><title>A title of some words</title></head><body><article><p>{TEXT}</p><p>{TEXT}</p></article></body></html>"
RECORD = {"schema_version": "1.0", "producer": {}, "document": {}, "entities": [], "relations": []}


def program(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "hkcrypto", *arguments]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}


def row(**fields: object) -> str:
    return json.dumps({"text": TEXT} | fields)


def table(*rows: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([["title", "text"], *rows])
    return out.getvalue()


# Name of the file, its content, and what comes out: part of a failure's message, or the number of documents before it.
FILES: list[tuple[str, bytes | str, int, str]] = [
    ("empty.txt", b"", 0, "empty"),
    ("blank.txt", b" \r\n\t\n", 0, "blank"),
    ("only-a-byte-order-mark.txt", b"\xef\xbb\xbf", 0, "empty"),
    ("binary.txt", bytes(range(256)) * 20, 0, "binary"),
    ("picture.txt", b"\x89PNG\r\n\x1a\nIHDR", 0, "binary: a picture"),
    ("pdf-by-another-name.txt", b"%PDF-1.7\n1 0 obj", 0, "binary: PDF"),
    ("zip-by-another-name.html", b"PK\x03\x04\x14\x08", 0, "binary: a ZIP"),
    ("nul-bytes.txt", TEXT.encode() + b"\0\0\0", 0, "NUL"),
    ("two-bytes.txt", b"\x00\x01", 0, "NUL"),
    ("controls.txt", b"\x01\x02\x03\x04\xff\x05" * 50, 0, "binary"),
    ("odd-utf-16.txt", b"\xff\xfe\xfd", 0, "binary"),
    ("utf-16.txt", TEXT.encode("utf-16"), 1, ""),
    ("utf-16-without-mark.txt", TEXT.encode("utf-16-le"), 1, ""),
    ("utf-32.txt", TEXT.encode("utf-32"), 1, ""),
    ("big5.txt", HAN.encode("big5hkscs"), 1, ""),
    ("gb18030.txt", HANS.encode("gb18030"), 1, ""),
    ("windows-1252.txt", f"“{TEXT}” it’s said".encode("cp1252"), 1, ""),
    ("mixed-encodings.txt", (HAN * 9).encode() + HAN[:8].encode("big5"), 1, ""),
    ("cut-inside-a-character.txt", HAN.encode()[:-1], 1, ""),
    ("cr-only.txt", f"{TEXT}\r\r{TEXT}\r".encode(), 1, ""),
    ("no-newline-at-all.txt", (TEXT * 20).encode(), 1, ""),
    ("form-feeds.txt", f"{TEXT}\f{TEXT}\v{TEXT}".encode(), 1, ""),
    ("right-to-left.txt", f"\u202e{TEXT}\u202c".encode(), 1, ""),
    ("one-letter.txt", b"a", 1, ""),
    ("one-character-a-line.txt", "\n".join(TEXT * 4).encode(), 1, ""),
    ("only-marks.txt", b"*-_=+|/\\<>{}[]()" * 200, 1, ""),
    ("emoji.txt", ("👩‍👩‍👧‍👦" * 500).encode(), 1, ""),
    ("too-long.txt", b"word " * 30_000, 0, "150,000 characters"),
    ("names with spaces.txt", TEXT, 1, ""),
    ("名字-é-\u202e.txt", TEXT, 1, ""),
    ("-starts-with-a-dash.txt", TEXT, 1, ""),
    ("truncated.txt.gz", gzip.compress(TEXT.encode() * 99)[:-12], 0, "cut off"),
    ("damaged.txt.gz", gzip.compress(TEXT.encode())[:12] + b"damage" * 20, 0, "gzip file is damaged"),
    ("gzip-by-another-name.txt", gzip.compress(TEXT.encode()), 1, ""),
    ("not-compressed.txt.gz", TEXT, 1, ""),
    ("compressed-twice.txt.gz", gzip.compress(gzip.compress(TEXT.encode())), 1, ""),
    ("truncated.jsonl.gz", gzip.compress(f"{row()}\n{NOISE}".encode(), mtime=0)[:-9], 1, "cut off"),
    ("only-script.html", "<html><script>var a = 1;</script></html>", 0, "no article"),
    ("no-text.html", "<html><body><img src=a.png></body></html>", 0, "no article"),
    ("unclosed-tags.html", f"<html><body><div><p>{TEXT}<p>{TEXT}<b><i>", 1, ""),
    ("nested-tags.html", "<div>" * 50_000 + TEXT, 0, "no article"),
    ("too-many-tags.html", "<p>a" * 100_001, 0, "tags"),
    ("plain-text.html", TEXT, 0, "no article"),
    ("wrong-charset.html", PAGE.replace("<head>", "<head><meta charset=big5>"), 1, ""),
    ("unknown-charset.html", PAGE.replace("<head>", "<head><meta charset=klingon>"), 1, ""),
    ("empty.html", b"", 0, "empty"),
    ("broken-in-the-middle.jsonl", f'{row()}\n{{"text": "cut\n{row()}\n', 2, "it is no JSON"),
    ("blank-lines.jsonl", f"\n\n{row()}\n\n", 1, ""),
    ("lists.jsonl", "[1]\n2\n", 0, "no JSON object"),
    ("no-text.jsonl", '{"name": "a"}\n', 0, "no field"),
    ("null-text.jsonl", '{"text": null}\n', 0, "no field"),
    ("text-is-a-number.jsonl", '{"text": 7}\n', 0, "no field"),
    ("lone-surrogates.jsonl", '{"text": "A \\ud800 of OSL \\udc00"}\n', 1, ""),
    ("nul-in-json.jsonl", '{"text": "OSL\\u0000 has been licensed."}\n', 1, ""),
    ("deep.jsonl", '{"text": ' + "[" * 99_999 + "\n", 0, "no JSON"),
    ("endless-number.jsonl", '{"text": ' + "1" * 9_999 + "}\n", 0, "no JSON"),
    ("own-records.jsonl", json.dumps(RECORD) + "\n", 0, "records that hkcrypto wrote"),
    ("strange-date.jsonl", row(date="the day after"), 1, ""),
    ("empty.jsonl", b"\n", 0, "empty"),
    ("cut-off.json", f"[{row()}, {row()}, {{", 2, "no JSON"),
    ("deep.json", "[" * 99_999, 0, "no JSON"),
    ("own-records.json", json.dumps([RECORD]), 0, "records that hkcrypto wrote"),
    ("settings.json", '{"a": {"b": 1}}', 0, "no field"),
    ("empty-list.json", "[]", 0, "empty"),
    ("a-string.json", '"text"', 0, "no JSON object"),
    ("no-rows.csv", "title,text\n", 0, "no rows"),
    ("no-text-column.csv", "a,b\n1,2\n", 0, "no field"),
    ("ragged.csv", f"title,text\na\nb,{TEXT.replace(',', '')},c\n", 1, "no field"),
    ("large-cells.csv", table(["a", "x" * 10_000_000], ["b", TEXT]), 1, "characters"),
    ("unclosed-quotation-mark.csv", f'title,text\na,"{TEXT}\n' + "b,c\n" * 99, 1, ""),
    ("nul-bytes.csv", "title,text\na,b\0c\n", 0, "NUL"),
    ("semicolons.csv", f"title;text\na;{TEXT}\n", 1, ""),
    ("broken-front-matter.md", f"---\ntitle: [\n---\n{TEXT}\n", 1, ""),
    ("unclosed-front-matter.md", f"---\ntitle: a\n{TEXT}\n", 1, ""),
    ("brackets.md", "[" * 5_000, 1, ""),
]


def read(path: Path) -> tuple[list[Document], list[Failure]]:
    items = list(find_documents([str(path)]))
    return [i for i in items if isinstance(i, Document)], [i for i in items if isinstance(i, Failure)]


@pytest.mark.parametrize(("name", "content", "documents", "error"), FILES, ids=[name for name, *_ in FILES])
def test_odd_file_has_a_defined_result(tmp_path: Path, name: str, content: bytes | str, documents: int, error: str) -> None:
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    found, failures = read(tmp_path / name)
    assert len(found) == documents
    assert bool(failures) == bool(error)
    assert all(item.source.startswith(name) and item.remedy for item in failures)
    assert error in "".join(item.error for item in failures)


def folder_by_the_name_of_a_file(path: Path) -> None:
    (path / "a.txt").mkdir()


def link_to_itself(path: Path) -> None:
    (path / "a.txt").symlink_to("a.txt")


def link_to_nothing(path: Path) -> None:
    (path / "a.txt").symlink_to("nothing")


def loop_of_folders(path: Path) -> None:
    (path / "a").symlink_to(path, target_is_directory=True)


def pipe(path: Path) -> None:
    os.mkfifo(path / "a.txt")


def name_that_is_no_text(path: Path) -> None:
    Path(os.fsdecode(os.fsencode(path) + b"/\xff.txt")).write_text("", encoding="utf-8")


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (folder_by_the_name_of_a_file, "a folder without articles"),
        (link_to_itself, "leads back"),
        (link_to_nothing, "link to nothing"),
        (loop_of_folders, "leads back"),
        (pipe, "pipe"),
        (name_that_is_no_text, "empty"),
    ],
)
def test_odd_folder_has_a_defined_result(tmp_path: Path, make: Callable[[Path], None], error: str) -> None:
    make(tmp_path)
    found, failures = read(tmp_path)
    assert not found
    assert [error in item.error for item in failures] == [True]


def single_line(path: Path) -> None:
    path.write_bytes(b"word " * 10_000_000)


def bomb(path: Path) -> None:
    with gzip.open(path, "wb") as out:
        for _ in range(300):
            out.write(b"\n" * 1_000_000)


def page(path: Path) -> None:
    path.write_text("<html><body><article>" + "".join(f"<p>{number} {TEXT}</p>" for number in range(15_000)), encoding="utf-8")


def array(path: Path) -> None:
    path.write_text('[{"text": "' + "word " * 5_000_000 + '"}]', encoding="utf-8")


def long_row(path: Path) -> None:
    path.write_text('{"text": "' + "word " * 10_000_000 + f'"}}\n{row()}\n', encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "make", "error"),
    [
        ("single-line.txt", single_line, "larger than 20 MB"),
        ("single-line.csv", single_line, "larger than 20 MB"),
        ("bomb.txt.gz", bomb, "more than 200 times its size"),
        ("bomb.jsonl.gz", bomb, "more than 200 times its size"),
        ("large-page.html", page, "characters"),
        ("large-item.json", array, "larger than 20 MB"),
        ("long-row.jsonl", long_row, "larger than 20 MB"),
    ],
)
def test_huge_file_takes_little_memory_and_time(tmp_path: Path, name: str, make: Callable[[Path], None], error: str) -> None:
    make(tmp_path / name)
    limit = 1_000_000_000
    done = subprocess.run(
        program("text", str(tmp_path / name)),
        capture_output=True,
        check=False,
        text=True,
        timeout=30,
        env=environment() | {"OPENBLAS_NUM_THREADS": "1"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)),
    )
    assert done.returncode == 1
    assert done.stderr.startswith(f"hkcrypto: {name}")
    assert error in done.stderr
    assert "Traceback" not in done.stderr


def test_odd_files_go_through_the_whole_program(tmp_path: Path) -> None:
    for name, content, *_ in FILES:
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    done = subprocess.run(program("extract", str(tmp_path)), capture_output=True, check=False, text=True, timeout=60, env=environment())
    assert done.returncode == 1
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert {record["document"]["source"].partition("#")[0] for record in records} == {name for name, _, count, _ in FILES if count}
    assert "internal error" not in done.stderr
    assert len(done.stderr.splitlines()) >= sum(1 for *_, error in FILES if error)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_file_without_permission_has_a_defined_result(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.txt").chmod(0)
    assert "permission" in read(tmp_path / "a.txt")[1][0].error
