import json
from pathlib import Path

import pytest

from .conftest import FakeExtractor, Run

GOLD = {
    "id": "a",
    "language": "en",
    "entities": [{"id": "x", "type": "FIRM", "names": ["LotusEx"]}, {"id": "y", "type": "REGULATOR", "names": ["HKMA"]}],
    "relations": [{"type": "applies_for_licence", "subject": "x", "object": "y", "status": "planned"}],
}


@pytest.fixture
def baseline(run: Run, articles: Path, tmp_path: Path) -> Path:
    """Return a baseline of the articles as they are."""
    assert run("check", articles, "--baseline", "baseline.jsonl", "--update").exit_code == 0
    return tmp_path / "baseline.jsonl"


@pytest.fixture
def gold(articles: Path, tmp_path: Path) -> Path:
    """Return a folder with an article, its gold, and floors beside."""
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "a.txt").write_bytes((articles / "a.txt").read_bytes())
    (folder / "a.json").write_text(json.dumps(GOLD), encoding="utf-8")
    return folder


def changes(run: Run, *arguments: object) -> list[str]:
    found = json.loads(run("check", *arguments, "-f", "json").stdout)["changes"]
    return [f"{change['kind']} {change['change']} {change['document']} {change['cause']}".strip() for change in found]


def test_check_of_unchanged_articles_is_well(run: Run, articles: Path, baseline: Path) -> None:
    result = run("check", articles, "--baseline", baseline)
    assert (result.exit_code, result.stderr) == (0, "")


def test_check_writes_nothing_by_itself(run: Run, articles: Path, baseline: Path) -> None:
    before = baseline.read_bytes()
    (articles / "a.txt").write_text("The HKMA waits.", encoding="utf-8")
    assert run("check", articles, "--baseline", baseline).exit_code == 1
    assert baseline.read_bytes() == before


def test_check_takes_an_edit_without_another_fact_for_no_difference(run: Run, articles: Path, baseline: Path) -> None:
    (articles / "a.txt").write_text("Now LotusEx will apply to the HKMA.\n", encoding="utf-8")
    result = run("check", articles, "--baseline", baseline)
    assert result.exit_code == 0
    assert "| document edited | a.txt |" in result.stdout


def test_check_finds_documents_that_come_go_and_fail(run: Run, articles: Path, baseline: Path) -> None:
    (articles / "a.txt").unlink()
    (articles / "c.txt").write_text("The HKMA waits.", encoding="utf-8")
    (articles / "sub" / "b.txt").write_text("unfit", encoding="utf-8")
    found = changes(run, articles, "--baseline", baseline)
    assert found == ["document stale a.txt text", "document added c.txt text", "document failed sub/b.txt text"]


def test_check_blames_the_code_for_a_failure_on_the_same_text(
    run: Run, articles: Path, baseline: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FakeExtractor, "extract", lambda *_, **__: 1 / 0)
    assert changes(run, articles, "--baseline", baseline) == ["document failed a.txt code", "document failed sub/b.txt code"]


def test_check_annotates_files_in_their_folder(run: Run, articles: Path, baseline: Path) -> None:
    (articles / "a.txt").unlink()
    assert f"::error file={articles}/a.txt,title=document stale" in run("check", articles, "--baseline", baseline, "-f", "github").stdout


@pytest.mark.parametrize("text", ["unfit", None])
def test_update_is_refused_where_a_document_failed_or_is_missing(run: Run, articles: Path, baseline: Path, text: str | None) -> None:
    before = baseline.read_bytes()
    if text:
        (articles / "a.txt").write_text(text, encoding="utf-8")
    else:
        (articles / "a.txt").unlink()
    result = run("check", articles, "--baseline", baseline, "--update")
    assert result.exit_code == 1
    assert "baseline.jsonl is left as it is: a.txt" in result.stderr
    assert baseline.read_bytes() == before


def test_update_takes_a_stale_document_out_where_that_is_accepted(run: Run, articles: Path, baseline: Path) -> None:
    (articles / "a.txt").unlink()
    assert run("check", articles, "--baseline", baseline, "--update", "--accept", "document/stale/a.txt").exit_code == 0
    assert "a.txt" not in baseline.read_text(encoding="utf-8")


def test_update_takes_over_what_is_accepted(run: Run, articles: Path, baseline: Path) -> None:
    (articles / "a.txt").write_text("The HKMA waits.", encoding="utf-8")
    result = run("check", articles, "--baseline", baseline, "--update", "--accept", "relation/applies*")
    assert result.exit_code == 1
    assert "taken over: 1, left: 1" in result.stderr
    assert changes(run, articles, "--baseline", baseline) == ["document edited a.txt text", "entity removed a.txt text"]


def test_update_that_takes_all_over_is_well(run: Run, articles: Path, baseline: Path) -> None:
    (articles / "a.txt").write_text("The HKMA waits.", encoding="utf-8")
    assert run("check", articles, "--baseline", baseline, "--update").exit_code == 0
    assert run("check", articles, "--baseline", baseline).exit_code == 0


def test_check_passes_over_its_own_files(run: Run, articles: Path) -> None:
    baseline = articles / "baseline.txt"
    for _ in range(2):
        assert run("check", articles, "--baseline", baseline, "--update").exit_code == 0
    assert run("check", articles, "--baseline", baseline).exit_code == 0


def test_floors_are_written_and_hold(run: Run, gold: Path, tmp_path: Path) -> None:
    arguments = ("check", "--gold", gold, "--floors", "floors.yaml")
    assert run(*arguments, "--update").exit_code == 0
    assert 'relations:\n  "applies_for_licence": 1.0\n' in (tmp_path / "floors.yaml").read_text(encoding="utf-8")
    assert run(*arguments).exit_code == 0


def test_figure_below_its_floor_is_a_difference_that_update_leaves(run: Run, gold: Path) -> None:
    arguments = ("check", "--gold", gold, "--floors", "floors.yaml")
    run(*arguments, "--update")
    (gold / "a.txt").write_text("The HKMA waits.", encoding="utf-8")
    result = run(*arguments, "--update")
    assert result.exit_code == 1
    assert "| floor below | relations applies\\_for\\_licence | f1 1.0 | f1 0.0 |" in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        "articles",
        "articles --baseline nowhere.jsonl",
        "articles --baseline articles --update",
        "articles --gold articles",
        "articles --baseline x.jsonl --accept relation",
        "articles --baseline x.jsonl --update -f xml",
    ],
)
def test_check_refuses_wrong_options_in_one_line(run: Run, articles: Path, arguments: str) -> None:
    result = run("check", *arguments.split())
    assert result.exit_code == 2
    assert result.stderr.startswith("hkcrypto: error: ")
    assert result.stderr.count("\n") == 1
