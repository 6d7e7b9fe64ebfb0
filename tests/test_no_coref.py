"""What is left where coreference is switched off."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hkcrypto.extract import Extractor, load
from hkcrypto.schema import Document, Record

Read = Callable[[str], Record]
ROOT = Path(__file__).parents[1]
TEXT = "OSL opened in May. It has acquired HashKey."


@pytest.fixture(scope="module")
def plain() -> Extractor:
    """Return an extractor without coreference."""
    return load(coref=False)


def methods(record: Record) -> set[str]:
    return {mention.method for entity in record.entities for mention in entity.mentions}


def relations(record: Record) -> list[tuple[str, str, str]]:
    return [(relation.subject, relation.type, relation.object) for relation in record.relations]


def test_no_mention_is_a_coreference(plain: Extractor, read: Read) -> None:
    assert "coref" in methods(read(TEXT))
    assert "coref" not in methods(plain.extract(TEXT))


def test_relation_that_needs_one_is_gone(plain: Extractor, read: Read) -> None:
    assert relations(read(TEXT)) == [("osl-group", "acquires", "hashkey-group")]
    assert relations(plain.extract(TEXT)) == []


def test_relation_between_names_stays(plain: Extractor) -> None:
    assert relations(plain.extract("OSL has acquired HashKey.")) == [("osl-group", "acquires", "hashkey-group")]


def test_entities_are_the_same(plain: Extractor, read: Read) -> None:
    assert [e.id for e in plain.extract(TEXT).entities] == [e.id for e in read(TEXT).entities]


def test_producer_tells_it(plain: Extractor, read: Read) -> None:
    assert plain.extract(TEXT).producer.options == {"coref": False}
    assert read(TEXT).producer.options == {}


def test_pipeline_has_no_such_part(plain: Extractor, extractor: Extractor) -> None:
    assert plain.info()["pipeline"] == [name for name in extractor.info()["pipeline"] if name != "coreference"]


def test_many_at_once_are_the_same_as_one_by_one(plain: Extractor, seeds: list[Document]) -> None:
    assert list(plain.pipe(seeds)) == [plain.extract(seed) for seed in seeds]


def test_program_writes_the_same_bytes_with_any_number_of_workers() -> None:
    command = [sys.executable, "-m", "hkcrypto", "extract", str(ROOT / "seeds"), "--no-coref", "-f", "jsonl", "-j"]
    one, two = (
        subprocess.run([*command, jobs], capture_output=True, check=True, cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": jobs}).stdout
        for jobs in ("1", "2")
    )
    assert one == two
    assert b'"coref": false' in one
    assert b'"method": "coref"' not in one


def test_show_takes_the_option(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    command = [sys.executable, "-m", "hkcrypto", "show", "a.txt"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    whole, plain = (
        subprocess.run([*command, *options], capture_output=True, text=True, check=True, cwd=tmp_path, env=environment).stdout
        for options in ([], ["--no-coref"])
    )
    assert "acquires" in whole
    assert "acquires" not in plain
