"""What `--recall` adds, with the weights that hkcrypto comes with."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hkcrypto.errors import ConfigError
from hkcrypto.extract import Extractor, load
from hkcrypto.proposer.scorer import load_scorer
from hkcrypto.schema import Document, Record

ROOT = Path(__file__).parents[1]
NAMES = [
    ("Orchid Markets", "Tidal Pay"),
    ("Kwun Labs", "Petrel Pay"),
    ("Zephyr Digital", "Ngan Labs"),
    ("Brill Exchange", "Sable Coinworks"),
]


@pytest.fixture(scope="module")
def eager() -> Extractor:
    """Return an extractor with --recall."""
    return load(recall=True)


def keys(record: Record) -> set[tuple[str, str, str]]:
    return {(relation.subject, relation.type, relation.object) for relation in record.relations}


def test_recall_loses_nothing(eager: Extractor, read: Callable[[str], Record], seeds: list[Document]) -> None:
    for document in seeds:
        assert keys(read(document.text)) <= keys(eager.extract(document.text))


@pytest.mark.parametrize(("client", "server"), NAMES)
def test_recall_finds_what_no_frame_says(eager: Extractor, read: Callable[[str], Record], client: str, server: str) -> None:
    text = f"When clients of {client} pay, the money runs over the pipes of {server}."
    assert read(text).relations == []
    (learned,) = eager.extract(text).relations
    assert learned.type == "provides_service_to"
    assert [row.rule for row in learned.evidence] == ["learned"]


def test_learned_relation_is_a_piece_of_the_text(eager: Extractor, seeds: list[Document]) -> None:
    record = eager.extract(seeds[0])
    learned = [row for relation in record.relations for row in relation.evidence if row.rule == "learned"]
    assert learned
    assert all(seeds[0].text[row.start : row.end] == row.text for row in learned)


def test_names_side_by_side_are_not_joined(eager: Extractor) -> None:
    assert keys(eager.extract("Shares of Orchid Markets fell on the day that Tidal Pay published its accounts.")) == set()


def test_producer_names_the_weights(eager: Extractor, extractor: Extractor) -> None:
    assert " proposer sha256:" in eager.producer.model
    assert "proposer" not in extractor.producer.model
    assert eager.producer.options == {"recall": True}


def test_recall_without_its_packages_says_how_to_get_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    load_scorer.cache_clear()
    with pytest.raises(ConfigError, match="onnxruntime") as caught:
        load_scorer()
    load_scorer.cache_clear()
    assert "hkcrypto[recall]" in caught.value.remedy


def test_recall_on_the_command_line(tmp_path: Path) -> None:
    out = tmp_path / "records.jsonl"
    command = [sys.executable, "-m", "hkcrypto", "extract", "seeds", "--recall", "-q", "-o", str(out)]
    subprocess.run(command, cwd=ROOT, check=True, timeout=120)
    rules = {row["rule"] for line in out.read_text().splitlines() for r in json.loads(line)["relations"] for row in r["evidence"]}
    assert "learned" in rules
