"""What the documentation shows is tried out."""

import re
import shutil
import subprocess
from importlib import import_module
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
import yaml

from hkcrypto.commands import commands
from hkcrypto.extract import Extractor
from hkcrypto.schema import Document, Record
from hkcrypto.writers import find_writer

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
JQ = shutil.which("jq")


def blocks(page: str, language: str) -> list[str]:
    return [text.strip() for name, text in BLOCK.findall((ROOT / "docs" / page).read_text(encoding="utf-8")) if name == language]


@pytest.fixture(scope="module")
def records(extractor: Extractor, seeds: list[Document], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the records of the seeds."""
    path = tmp_path_factory.mktemp("records") / "records.jsonl"
    with path.open("w", encoding="utf-8") as out:
        find_writer("jsonl")((r.to_dict() for r in extractor.pipe(seeds) if isinstance(r, Record)), out)
    return path.parent


def test_cookbook_has_ten_lines() -> None:
    lines = blocks("jq.md", "sh")
    assert len(lines) == 10
    assert all(line.startswith("jq ") and "\n" not in line for line in lines)


@pytest.mark.skipif(not JQ, reason="jq is not installed")
@pytest.mark.parametrize("line", blocks("jq.md", "sh"), ids=range(1, 11))
def test_cookbook_line_finds_something(records: Path, line: str) -> None:
    done = subprocess.run(line, shell=True, capture_output=True, text=True, check=False, cwd=records)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip()
    assert "null" not in done.stdout.split()


@pytest.mark.parametrize("text", blocks("ci.md", "yaml"))
def test_ci_page_has_valid_yaml(text: str) -> None:
    assert yaml.safe_load(text)


def test_ci_page_uses_hooks_that_there_are() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert {hook["entry"].split()[1] for hook in hooks} <= commands.all().keys()
    page = "\n".join(blocks("ci.md", "yaml"))
    assert set(re.findall(r"id: (hkcrypto-\w+)", page)) == {hook["id"] for hook in hooks}


@pytest.mark.parametrize("page", ["ci.md", "confidence.md", "jq.md"])
def test_page_uses_commands_that_there_are(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    assert set(re.findall(r"(?:^|- |run: |`)hkcrypto ([a-z]+)", text, re.MULTILINE)) <= commands.all().keys()


def test_bound_keeps_what_is_as_sure() -> None:
    drawing = import_module("benchmarks.confidence")
    found = drawing.points([(0.9, True), (0.8, False), (0.8, True)], 4, [0.0, 0.9])
    assert [(point.precision, point.recall) for point in found] == [(2 / 3, 0.5), (1.0, 0.25)]


def test_picture_has_every_bound_of_its_table() -> None:
    drawn = [item.text for item in fromstring((ROOT / "docs" / "confidence.svg").read_text(encoding="utf-8")).iter() if item.text]
    listed = re.findall(r"^\| (\d\.\d\d) \|", (ROOT / "docs" / "confidence.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert listed
    assert set(listed) <= set(drawn)
