"""The commands that show something: info, schema, show, summary."""

import json
from pathlib import Path

import jsonschema
import pytest

from .conftest import Run


def test_info_shows_a_table(run: Run) -> None:
    lines = [line.split() for line in run("info").stdout.splitlines()]
    assert ["base", "model", "en_fake"] in lines
    assert ["FIRM", "1"] in lines


def test_info_gives_json(run: Run) -> None:
    assert json.loads(run("info", "-f", "json").stdout)["base_model"] == "en_fake"


def test_info_refuses_an_unknown_format(run: Run) -> None:
    assert run("info", "-f", "xml").exit_code == 2


def test_info_of_a_missing_model_fails(run: Run) -> None:
    result = run("info", "--model", "none")
    assert (result.exit_code, result.stderr) == (2, "hkcrypto: error: there is no model 'none'; install it\n")


def test_schema_is_a_json_schema(run: Run) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(run("schema").stdout))


def test_schema_fits_what_extract_writes(run: Run, articles: Path) -> None:
    validator = jsonschema.Draft202012Validator(json.loads(run("schema").stdout))
    for line in run("extract", articles).stdout.splitlines():
        validator.validate(json.loads(line))


def test_show_marks_entities_without_colour(run: Run, articles: Path) -> None:
    assert "[LotusEx|FIRM] will apply to the [HKMA|REGULATOR]." in run("show", articles / "a.txt").stdout


def test_show_gives_the_evidence_of_relations(run: Run, articles: Path) -> None:
    shown = " ".join(run("show", articles / "a.txt").stdout.split())
    assert "LotusEx (FIRM) applies for a licence from HKMA (REGULATOR) · planned · 2023-04" in shown
    assert "“Soon LotusEx will apply to the HKMA.” applies_for_licence.verb, confidence 0.9" in shown


def test_show_of_a_missing_file_fails(run: Run) -> None:
    result = run("show", "nowhere.txt")
    assert (result.exit_code, result.stderr) == (1, "hkcrypto: nowhere.txt: it does not exist; check the path\n")


@pytest.mark.parametrize("suffix", ["jsonl", "json", "yaml"])
def test_summary_reads_every_format(run: Run, articles: Path, suffix: str) -> None:
    run("extract", articles, "-o", f"records.{suffix}")
    result = run("summary", f"records.{suffix}")
    assert result.exit_code == 0
    assert "2 documents" in result.stdout


def test_summary_reads_standard_input(run: Run, articles: Path) -> None:
    assert "a.txt\nA title\n" in run("summary", "-", input=run("extract", articles).stdout).stdout


def test_summary_leaves_documents_out_when_asked(run: Run, articles: Path) -> None:
    run("extract", articles, "-o", "records.json")
    assert "a.txt" not in run("summary", "records.json", "--no-documents").stdout


def test_summary_of_one_document_says_it_once(run: Run, articles: Path) -> None:
    run("extract", articles / "a.txt", "-o", "records.json")
    assert run("summary", "records.json").stdout.count("Relations") == 1


@pytest.mark.parametrize("content", ["", "no record", '{"a": 1}', '{"document": {}, "entities": [{}], "relations": 3}'])
def test_summary_never_crashes_on_what_is_no_record(run: Run, tmp_path: Path, content: str) -> None:
    (tmp_path / "records.jsonl").write_text(content, encoding="utf-8")
    result = run("summary", "records.jsonl")
    assert result.exit_code == (2 if content else 0)
    assert result.stderr.count("\n") == (1 if content else 0)
