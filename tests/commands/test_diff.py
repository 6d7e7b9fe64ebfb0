import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from hkcrypto.commands import _reports

from .conftest import Run
from .test_program import environment

IMPORTS = """
import sys
from hkcrypto.__main__ import build_app
from typer.testing import CliRunner
result = CliRunner().invoke(build_app(), sys.argv[1:])
assert result.exit_code == 1, result.output
print(sorted({"spacy", "numpy", "rich", "hkcrypto.extract"} & sys.modules.keys()))
"""


@pytest.fixture
def old(run: Run, articles: Path, tmp_path: Path) -> Path:
    """Return a file with the records of both articles."""
    run("extract", articles, "-o", "old.jsonl")
    return tmp_path / "old.jsonl"


@pytest.fixture
def new(old: Path, tmp_path: Path) -> Path:
    """Return a file of the same records, but for the status of a relation."""
    path = tmp_path / "new.jsonl"
    path.write_text(old.read_text(encoding="utf-8").replace('"planned"', '"asserted"'), encoding="utf-8")
    return path


def test_diff_of_the_same_is_silent_about_nothing(run: Run, old: Path) -> None:
    result = run("diff", old, old)
    assert (result.exit_code, result.stdout) == (0, "**hkcrypto**: 2 documents compared, no differences\n")


def test_diff_shows_a_difference_and_its_cause(run: Run, old: Path, new: Path) -> None:
    result = run("diff", old, new)
    assert result.exit_code == 1
    assert "| LotusEx applies\\_for\\_licence HKMA | status planned | status asserted | code |" in result.stdout


def test_diff_shows_a_page_on_a_terminal(run: Run, old: Path, new: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_reports, "is_terminal", lambda _: True)
    assert "~ relation changed LotusEx applies_for_licence HKMA" in " ".join(run("diff", old, new).stdout.split())


def test_diff_writes_the_format_asked_for(run: Run, old: Path, new: Path) -> None:
    assert json.loads(run("diff", old, new, "-f", "json").stdout)["differences"] == 1


def test_diff_reads_standard_input(run: Run, old: Path) -> None:
    assert run("diff", old, "-", input=old.read_text(encoding="utf-8")).exit_code == 0


@pytest.mark.parametrize("arguments", ["old.jsonl nowhere.jsonl", "- -", "old.jsonl old.jsonl -f xml", "old.jsonl"])
def test_diff_refuses_what_it_cannot_compare(run: Run, old: Path, arguments: str) -> None:
    result = run("diff", *arguments.split())
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1


def test_diff_imports_nothing_heavy(old: Path, new: Path) -> None:
    command = [sys.executable, "-c", IMPORTS, "diff", str(old), str(new)]
    assert subprocess.run(command, capture_output=True, text=True, check=True, env=environment()).stdout == "[]\n"


def test_diff_of_ten_thousand_records_is_quick_and_small(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    mentions = [{"text": "Hong Kong", "start": n, "end": n + 9, "section": "body", "method": "ruler"} for n in range(20)]
    entities = [{"id": f"e{n}", "type": "PLACE", "name": "Hong Kong", "kb": False, "mentions": mentions} for n in range(8)]
    document = {"id": "0" * 64, "source": "SOURCE"}
    line = json.dumps({"producer": {}, "document": document, "entities": entities, "relations": []}) + "\n"
    with path.open("w", encoding="utf-8") as out:
        out.writelines(line.replace("SOURCE", f"{number}.txt") for number in range(10_000))
    assert path.stat().st_size > 120_000_000
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-m", "hkcrypto", "diff", str(path), str(path)], check=True, env=environment(), stdout=subprocess.DEVNULL
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 10
    assert after.ru_maxrss < 500_000 or after.ru_maxrss == before.ru_maxrss  # of the largest child that there ever was
