"""The program as a process of its own, with the real model."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Run
from .test_program import environment, program

SEEDS = Path(__file__).parents[2] / "seeds"
ONLY_LIGHT = """
import sys
from hkcrypto.__main__ import main
try:
    main()
finally:
    print(*sorted({"spacy", "thinc", "numpy", "rich", "trafilatura"} & sys.modules.keys()), file=sys.stderr)
"""


def light(*arguments: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
    """Return what a command says, and on standard error which heavy modules it has imported."""
    command = [sys.executable, "-c", ONLY_LIGHT, *arguments]
    return subprocess.run(command, capture_output=True, check=False, env=environment() | variables)


@pytest.mark.parametrize("command", [["diff", "a.jsonl", "a.jsonl"], ["validate", "a.jsonl"]], ids=" ".join)
def test_command_on_records_needs_no_pipeline(run: Run, articles: Path, command: list[str]) -> None:
    run("extract", articles, "-o", "a.jsonl")
    assert light(*command).stderr == b"\n"


def test_summary_needs_no_pipeline(run: Run, articles: Path) -> None:
    run("extract", articles, "-o", "a.jsonl")
    assert light("summary", "a.jsonl").stderr == b"rich\n"


def test_real_run_gives_the_same_bytes_in_one_process_in_two_and_from_the_cache(tmp_path: Path) -> None:
    one, two = (
        subprocess.run(program("extract", str(SEEDS), "-j", jobs), capture_output=True, check=True, env=environment() | changes)
        for jobs, changes in (
            ("1", {"PYTHONHASHSEED": "1", "HKCRYPTO_CACHE": str(tmp_path)}),
            ("2", {"PYTHONHASHSEED": "2", "LC_ALL": "C", "TERM": "dumb"}),
        )
    )
    assert one.stdout == two.stdout
    assert one.stdout.count(b"\n") == 5
    assert not one.stderr + two.stderr
    again = light("extract", str(SEEDS), HKCRYPTO_CACHE=str(tmp_path))
    assert (again.stdout, again.stderr) == (one.stdout, b"\n")


def test_real_run_into_a_pipe_that_closes_is_silent(tmp_path: Path) -> None:
    text = min(SEEDS.glob("*.txt")).read_bytes()
    for number in range(16):  # more than a pipe holds
        (tmp_path / f"{number}.txt").write_bytes(text)
    arguments = program("extract", str(tmp_path), "-j", "2")
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()) as process:
        assert process.stdout
        assert json.loads(process.stdout.readline())["document"]["source"] == "0.txt"
        process.stdout.close()
        _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (141, b"")


def test_real_run_shows_an_article() -> None:
    article = min(SEEDS.glob("*.txt"))
    done = subprocess.run(program("show", str(article)), capture_output=True, check=True, env=environment())
    assert "|REGULATOR]" in done.stdout.decode()
