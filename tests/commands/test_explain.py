"""The command that explains: text and JSON, and what it says when it cannot."""

import json
from pathlib import Path

import pytest

from hkcrypto.extract import Extractor

from .conftest import Run

TEXT = "Kwunlon Limited may buy Tidalpay Limited. Kwunlon Limited left Hong Kong."


@pytest.fixture
def note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, extractor: Extractor) -> Path:
    """Return an article, with the real extractor behind the command."""
    monkeypatch.setattr("hkcrypto.extract.load", lambda _: extractor)
    path = tmp_path / "note.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_relation_is_shown_with_its_roles(run: Run, note: Path) -> None:
    shown = " ".join(run("explain", note, "--relation", "acquires").stdout.split())
    assert "Kwunlon Limited (FIRM) acquires Tidalpay Limited (FIRM) · possible · confidence" in shown
    assert "[subject Kwunlon Limited] [cue may] [predicate buy] [object Tidalpay Limited]." in shown
    assert "status possible, because of “may”" in shown
    assert "rule acquires.buy in data/frames/acquires.yaml" in shown


def test_plain_output_has_no_colour(run: Run, note: Path) -> None:
    assert "\x1b" not in run("explain", note).stdout


def test_json_has_one_object_a_document(run: Run, note: Path) -> None:
    (line,) = run("explain", note, "-f", "json").stdout.splitlines()
    found = json.loads(line)
    assert found["source"] == "note.txt"
    assert found["relations"][0]["type"] == "acquires"


def test_other_relations_are_left_out(run: Run, note: Path) -> None:
    found = json.loads(run("explain", note, "--relation", "owns", "-f", "json").stdout)
    assert found["relations"] == []


def test_pair_is_named_by_two_words(run: Run, note: Path) -> None:
    found = json.loads(run("explain", note, "--pair", "Tidalpay Limited", "Hong Kong", "-f", "json").stdout)
    assert found["pairs"][0]["why"] == "no sentence of the article has both"


def test_standard_input_is_read(run: Run, note: Path) -> None:
    assert "acquires.buy" in run("explain", "-", input=TEXT).stdout


def test_unknown_relation_is_refused(run: Run, note: Path) -> None:
    result = run("explain", note, "--relation", "acquire")
    assert (result.exit_code, result.stderr) == (2, "hkcrypto: error: relation 'acquire' is unknown; did you mean acquires?\n")


def test_unknown_entity_is_refused(run: Run, note: Path) -> None:
    result = run("explain", note, "--entity", "Heron Labs")
    assert result.exit_code == 2
    assert result.stderr.startswith("hkcrypto: error: note.txt: there is no entity 'Heron Labs'; ")


def test_missing_file_fails(run: Run, note: Path) -> None:
    result = run("explain", "nowhere.txt")
    assert (result.exit_code, result.stderr) == (1, "hkcrypto: nowhere.txt: it does not exist; check the path\n")
