"""The figures are those of the reference, to the digit."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hkcrypto.evaluation.corpus import by_name
from hkcrypto.evaluation.gold import read_gold, read_golds
from hkcrypto.evaluation.report import make_report
from hkcrypto.evaluation.scoring import score_corpus
from hkcrypto.frames import load_frames

from .make import DEV, OPEN, REFERENCE, SYMMETRIC, TESTS, content_of, ours, perfect, reference, score
from .mutate import MUTATIONS, Item

NUMBER = st.integers(0, 1000)


def spoilt(content: Item, steps: list[tuple[int, int, int]]) -> Item:
    record = {**perfect(content), "chrome": content["chrome"]}
    for step, i, j in steps:
        if record["entities"]:
            MUTATIONS[step % len(MUTATIONS)](record, i, j)
    del record["chrome"]
    return record


@pytest.mark.parametrize("name", OPEN)
def test_perfect_record_agrees_with_the_reference(name: str) -> None:
    content = content_of(name)
    assert ours(score(read_gold(DEV / f"{name}.json"), perfect(content))) == reference(content, perfect(content))


@pytest.mark.parametrize("name", OPEN)
def test_empty_record_agrees_with_the_reference(name: str) -> None:
    assert ours(score(read_gold(DEV / f"{name}.json"), {})) == reference(content_of(name), {})


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(OPEN), st.lists(st.tuples(NUMBER, NUMBER, NUMBER), max_size=40))
def test_spoilt_record_agrees_with_the_reference(name: str, steps: list[tuple[int, int, int]]) -> None:
    content = content_of(name)
    record = spoilt(content, steps)
    assert ours(score(read_gold(DEV / f"{name}.json"), record)) == reference(content, record)


def test_symmetric_relations_are_those_of_the_reference() -> None:
    assert {name for name, relation in load_frames().relations.items() if relation.symmetric} == REFERENCE["SYMMETRIC"] == SYMMETRIC


def test_corpus_agrees_with_the_program_of_the_reference(tmp_path: Path) -> None:
    """All documents together, one of them without a record: nothing but sums is compared."""
    choose = random.Random(7)
    golds = read_golds(DEV)
    found = []
    for name in sorted(golds)[1:]:
        steps = [(choose.randrange(99), choose.randrange(99), choose.randrange(99)) for _ in range(25)]
        found.append(spoilt(content_of(name), steps))
    file = tmp_path / "records.jsonl"
    file.write_text("".join(json.dumps(record) + "\n" for record in found), encoding="utf-8")
    command = [sys.executable, str(TESTS / "reference_score.py"), str(DEV), str(file), "--json"]
    wanted = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)

    records = by_name(found, "test")
    report = make_report(score_corpus(golds, records, {}, SYMMETRIC), golds, records, {}).to_dict()
    shares = ("precision", "recall", "f1", "tp", "fp", "fn")
    figures = {name: {key: figure[key] for key in shares} for name, figure in report["figures"].items() if name in wanted}
    assert figures == {name: wanted[name] for name in figures}
    assert len(figures) == 8
    assert {**report["entity_types"], **report["relation_types"]} == wanted["by_type"]
    assert report["chrome_leaks"] == wanted["chrome_leaks"]
    assert wanted["documents"].items() <= report["documents"].items()
