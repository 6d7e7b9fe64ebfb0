"""The program as a process of its own, with the real model."""

import json
import subprocess
from pathlib import Path

from .test_program import environment, program

SEEDS = Path(__file__).parents[2] / "seeds"


def test_real_run_gives_the_same_bytes_in_one_process_and_in_two() -> None:
    one, two = (
        subprocess.run(program("extract", str(SEEDS), "-j", jobs), capture_output=True, check=True, env=environment() | changes)
        for jobs, changes in (("1", {"PYTHONHASHSEED": "1"}), ("2", {"PYTHONHASHSEED": "2", "LC_ALL": "C", "TERM": "dumb"}))
    )
    assert one.stdout == two.stdout
    assert one.stdout.count(b"\n") == 5
    assert not one.stderr + two.stderr


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
