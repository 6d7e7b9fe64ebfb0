"""Rules that the code and the documents keep everywhere."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.main import get_command

from hkcrypto.__main__ import build_app

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "hkcrypto").rglob("*.py"))
SHIPPED = sorted(
    path
    for folder in ("hkcrypto", "models", "tests", "seeds")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".py", ".yaml", ".cfg", ".json", ".md", ".toml"} and not path.match("models/*/pipeline/*")
)
TOP = [ROOT / name for name in ("README.md", "CHANGELOG.md", "Makefile", "pyproject.toml", "requirements.lock", ".ci/run")]
Definition = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def undocumented(node: Definition, name: str) -> Iterator[str]:
    """Names of public definitions without a docstring, outside functions."""
    if not ast.get_docstring(node):
        yield name
    if isinstance(node, ast.Module | ast.ClassDef):
        for child in node.body:
            if isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not child.name.startswith("_"):
                yield from undocumented(child, f"{name}.{child.name}")


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_public_code_has_docstrings(path: Path) -> None:
    assert list(undocumented(ast.parse(path.read_text(encoding="utf-8")), path.stem)) == []


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_module_fits_in_four_hundred_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


def test_readme_names_every_command() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = getattr(get_command(build_app()), "commands")  # noqa: B009 (click's type does not know it)
    assert {"extract", "show", "summary", "info", "schema"} <= commands.keys()
    assert [name for name in commands if f"hkcrypto {name}" not in text] == []


@pytest.mark.parametrize("path", [*TOP, *SHIPPED], ids=relative)
def test_file_names_no_place_of_the_machine_that_made_it(path: Path) -> None:
    if path != Path(__file__):
        assert re.findall(r"/(?:root|work|home|Users)/\w+", path.read_text(encoding="utf-8")) == []
