import os
import subprocess
import sys
from pathlib import Path

import pytest

from hkcrypto import __version__
from hkcrypto.commands import commands

from .conftest import Run

HELP = """
import sys
from hkcrypto.__main__ import build_app
from typer.testing import CliRunner
result = CliRunner().invoke(build_app(), sys.argv[1:])
assert result.exit_code == 0, result.output
print(sorted({"spacy", "numpy", "rich", "yaml", "sqlite3", "hkcrypto.extract", "hkcrypto.baseline"} & sys.modules.keys()))
"""


def program(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "hkcrypto", *arguments]


def environment() -> dict[str, str]:
    """Return an environment in which the package under test is found from every folder."""
    import hkcrypto

    return {**os.environ, "PYTHONPATH": str(Path(hkcrypto.__file__).parents[1]), "COLUMNS": "80"}


@pytest.mark.parametrize("name", commands.all())
def test_command_has_help_with_an_example(run: Run, name: str) -> None:
    text = run(name, "--help").stdout
    assert "Examples:\n    hkcrypto " in text or f"| hkcrypto {name}" in text
    assert f"hkcrypto {name}" in text.partition("Examples:")[2]


@pytest.mark.parametrize("name", commands.all())
def test_command_explains_every_option(run: Run, name: str) -> None:
    lines = run(name, "--help", env={"COLUMNS": "200"}).stdout.splitlines()
    options = [line for line in lines if line.startswith(("  -", "  PATH"))]
    assert options
    assert all(len(line.split("  ")) > 2 for line in options)


@pytest.mark.parametrize("arguments", [["--help"], *([name, "--help"] for name in commands.all())])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    done = subprocess.run([sys.executable, "-c", HELP, *arguments], capture_output=True, text=True, check=True, env=environment())
    assert done.stdout == "[]\n"


def test_program_lists_its_commands(run: Run) -> None:
    assert all(f"\n  {name} " in run("--help").stdout for name in commands.all())


def test_program_without_a_command_shows_its_help(run: Run) -> None:
    result = run()
    assert result.exit_code == 2
    assert "Usage: " in result.stderr


def test_program_tells_its_version(run: Run) -> None:
    assert run("--version").stdout == f"hkcrypto {__version__}\n"


def test_program_suggests_a_command(run: Run) -> None:
    result = run("extrat")
    assert result.exit_code == 2
    assert "Did you mean 'extract'" in result.stderr
    assert result.stderr.count("\n") == 1


def test_program_offers_completion(run: Run) -> None:
    assert "--install-completion" in run("--help").stdout


def test_program_runs_as_a_module() -> None:
    done = subprocess.run(program("--version"), capture_output=True, text=True, check=True, env=environment())
    assert done.stdout == f"hkcrypto {__version__}\n"


def test_closed_pipe_is_silent() -> None:
    with subprocess.Popen(program("schema"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()) as process:
        assert process.stdout
        process.stdout.close()
        _, errors = process.communicate()
    assert (process.returncode, errors) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_full_disk_is_an_error_in_one_line() -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(program("schema"), stdout=full, stderr=subprocess.PIPE, text=True, check=False, env=environment())
    assert done.returncode == 2
    assert done.stderr == "hkcrypto: error: the output: No space left on device\n"
