from __future__ import annotations

import json
from pathlib import Path

from .conftest import Run


def test_text_is_printed_to_the_character(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbfOSL\r\nand more")
    assert run("text", "a.txt").stdout_bytes == b"OSL\r\nand more"


def test_text_of_several_documents_has_their_sources(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("".join(json.dumps({"text": text}) + "\n" for text in ("one", "two", "three")), encoding="utf-8")
    assert run("text", "a.jsonl").stdout == "==> a.jsonl#1 <==\none\n\n==> a.jsonl#2 <==\ntwo\n\n==> a.jsonl#3 <==\nthree\n"
    assert run("text", "a.jsonl", "--source", "a.jsonl#2").stdout == "two"


def test_text_of_an_unknown_source_is_an_error(run: Run, articles: Path) -> None:
    result = run("text", articles, "--source", "nowhere")
    assert result.exit_code == 1
    assert "there is no document 'nowhere'" in result.stderr


def test_text_goes_on_after_a_failure(run: Run, articles: Path) -> None:
    (articles / "b.txt").write_text("", encoding="utf-8")
    result = run("text", articles)
    assert result.exit_code == 1
    assert "b.txt: it is empty" in result.stderr
    assert "The HKMA waits." in result.stdout
