import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import Run


@pytest.fixture
def gold(articles: Path) -> Path:
    """Return a folder with gold for both articles, of which the fake extractor finds all but one entity."""
    folder = articles.parent / "gold"
    folder.mkdir()
    hkma = {"id": "hkma", "type": "REGULATOR", "names": ["HKMA"]}
    lotus = {"id": "lotus", "type": "FIRM", "names": ["LotusEx"]}
    wait = {"id": "wait", "type": "EVENT", "names": ["waits"]}
    fact = {"type": "applies_for_licence", "subject": "lotus", "object": "hkma", "status": "planned"}
    for name, entities, relations in (("a", [lotus, hkma], [fact]), ("b", [hkma, wait], [])):
        content = {"id": name, "language": "en", "entities": entities, "relations": relations}
        (folder / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    return folder


@pytest.fixture
def records(run: Run, articles: Path) -> str:
    run("extract", articles, "-o", "records.jsonl")
    return "records.jsonl"


def evaluated(run: Run, *arguments: object) -> dict[str, Any]:
    result = run("evaluate", *arguments, "-f", "json")
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_evaluate_measures_records(run: Run, gold: Path, records: str) -> None:
    figures = evaluated(run, gold, records)["figures"]
    assert [figures["entity"][key] for key in ("tp", "fp", "fn", "precision", "recall")] == [3, 0, 1, 1, 0.75]
    assert figures["relation"]["f1"] == 1


def test_evaluate_extracts_articles(run: Run, gold: Path, articles: Path) -> None:
    run("extract", articles, "--with-text", "-o", "records.jsonl")
    assert evaluated(run, gold, articles) == evaluated(run, gold, "records.jsonl")


def test_evaluate_reads_a_folder_of_records(run: Run, gold: Path, articles: Path, records: str) -> None:
    run("extract", articles, "-o", "folder/", "-f", "yaml")
    assert evaluated(run, gold, "folder") == evaluated(run, gold, records)


def test_evaluate_reads_standard_input(run: Run, gold: Path, records: str) -> None:
    result = run("evaluate", gold, "-", "-f", "json", input=Path(records).read_text(encoding="utf-8"))
    assert json.loads(result.stdout) == evaluated(run, gold, records)


def test_evaluate_names_missing_records(run: Run, gold: Path, articles: Path) -> None:
    run("extract", articles / "a.txt", "-o", "records.jsonl")
    found = evaluated(run, gold, "records.jsonl")
    assert found["documents"] == {"scored": 2, "missing": ["b"], "with_spurious_relation": 0}
    assert found["figures"]["entity"]["fn"] == 2
    assert "no record, so that all counts as missed: b" in found["notes"]


def test_evaluate_leaves_mentions_out_where_there_is_no_text(run: Run, gold: Path, records: str) -> None:
    found = evaluated(run, gold, records)
    assert "mention" not in found["figures"]
    assert "no text, and so no figure for mentions: a, b" in found["notes"]


def test_evaluate_leaves_mentions_out_where_the_text_is_another(run: Run, gold: Path, records: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Another text.", encoding="utf-8")
    assert "offsets of another text, and so no figure for mentions: a" in evaluated(run, gold, records, "--texts", tmp_path)["notes"]


def test_evaluate_lists_faults_when_asked(run: Run, gold: Path, articles: Path) -> None:
    text = run("evaluate", gold, articles, "--errors").stdout
    assert "| b | entity | missed | EVENT | waits |  | The HKMA waits. |" in text
    assert "| b | entity | missed" not in run("evaluate", gold, articles).stdout


def test_evaluate_takes_a_part_of_the_gold(run: Run, gold: Path, records: str) -> None:
    assert evaluated(run, gold, records, "--only", "a")["figures"]["entity"]["fn"] == 0
    assert evaluated(run, gold, records, "--exclude", "a")["figures"]["entity"]["fn"] == 1


def test_evaluate_sets_two_systems_side_by_side(run: Run, gold: Path, records: str, articles: Path) -> None:
    run("extract", articles / "a.txt", "-o", "other.jsonl")
    compared = evaluated(run, gold, records, "--compare", "other.jsonl")["comparison"]
    assert compared["entity"]["difference"] == pytest.approx(0.8571 - 0.6667, abs=1e-4)
    assert compared["relation"]["p"] == 1


def test_evaluate_writes_markdown_to_a_pipe(run: Run, gold: Path, records: str) -> None:
    assert "| entity | 1.0000 | 0.7500 | 0.8571 | 3 | 0 | 1 |" in run("evaluate", gold, records).stdout


def test_evaluate_shows_tables_when_asked(run: Run, gold: Path, records: str) -> None:
    shown = run("evaluate", gold, records, "-f", "rich", "--compare", records).stdout
    assert "Side by side" in shown
    assert "REGULATOR" in shown


@pytest.mark.parametrize("arguments", ["-f xml", "--language fr", "--only nothing", "--compare nowhere.jsonl"])
def test_evaluate_refuses_wrong_options_in_one_line(run: Run, gold: Path, records: str, arguments: str) -> None:
    result = run("evaluate", gold, records, *arguments.split())
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("hkcrypto: error: ")
    assert result.stderr.count("\n") == 1


def test_evaluate_names_a_broken_gold_file(run: Run, gold: Path, records: str) -> None:
    (gold / "c.json").write_text("{}", encoding="utf-8")
    result = run("evaluate", gold, records)
    assert result.exit_code == 2
    assert "c.json" in result.stderr


def test_evaluate_refuses_two_records_of_one_document(run: Run, gold: Path, records: str) -> None:
    Path(records).write_text(Path(records).read_text(encoding="utf-8") * 2, encoding="utf-8")
    assert "there are two records for a" in run("evaluate", gold, records).stderr


def test_evaluate_refuses_an_empty_folder(run: Run, gold: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert run("evaluate", gold, "empty").exit_code == 2
