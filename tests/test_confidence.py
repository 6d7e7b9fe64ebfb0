"""The table of confidences: what the package has, how it is read, and what it says of a reading."""

from pathlib import Path

import pytest

from hkcrypto.calibrate import calibrate
from hkcrypto.confidence import HIGHEST, STEPS, Confidences, Rate, Reading, load_confidences
from hkcrypto.errors import DataError
from hkcrypto.evaluation.calibration import Case, expected_error
from hkcrypto.frames import load_frames

RATE = Rate(8, 10, 0.8)
TABLE = Confidences(RATE, {"owns": Rate(9, 10, 0.9)}, {"owns.have": Rate(5, 10, 0.6)}, dict.fromkeys(STEPS, 0.5), 0.5)


def test_package_measures_frames_that_there_are() -> None:
    known = {f"{relation.name}.{frame.id}" for relation in load_frames().relations.values() for frame in relation.frames}
    measured = load_confidences().rules.keys()
    assert measured
    assert len(measured - known) <= len(measured) // 20  # frames go, and the table is renewed now and then


def test_factors_of_the_package_only_lower() -> None:
    assert all(0 < factor <= 1 for factor in load_confidences().steps.values())


@pytest.mark.parametrize(
    ("relation", "rule", "source"), [("owns", "owns.have", "rule"), ("owns", "owns.new", "relation"), ("x", "x.y", "overall")]
)
def test_what_was_never_measured_goes_by_what_was(relation: str, rule: str, source: str) -> None:
    assert TABLE.source(Reading(relation, rule, 0))[0] == source


def test_each_step_lowers_once_more() -> None:
    assert TABLE.of(Reading("owns", "owns.have", 0, {"coreference": 2})) == pytest.approx(0.15)


def test_surest_reading_stands() -> None:
    assert TABLE.best([Reading("owns", "owns.have", 0), Reading("owns", "owns.new", 0)]) == 0.9


def test_second_sentence_raises() -> None:
    assert TABLE.best([Reading("owns", "owns.have", 0), Reading("owns", "owns.have", 50)]) == 0.8


def test_nothing_is_certain() -> None:
    sure = Confidences(Rate(1, 1, 1.2), {}, {}, dict.fromkeys(STEPS, 1.0), 0.1)
    assert sure.best([Reading("x", "x.y", 0), Reading("x", "x.y", 9)]) == HIGHEST


def test_table_is_read_as_it_is_written(tmp_path: Path) -> None:
    rows = [Case(f"d{at % 3}", (Reading("owns", f"owns.{at % 2}", 0, {"distance": at % 2}),), right=at % 5 > 0) for at in range(30)]
    figures = calibrate(rows, ["gold"], tmp_path / "table.yaml")
    table = load_confidences(tmp_path / "table.yaml")
    assert table.overall.cases == figures["cases"] == 30
    found = [table.best(case.readings) for case in rows]
    assert expected_error(found, [case.right for case in rows]) < 0.1


@pytest.mark.parametrize("text", ["", "overall: {}", "- 1", "overall: {right: 1, cases: x, precision: 1}"])
def test_faulty_table_names_its_remedy(tmp_path: Path, text: str) -> None:
    (tmp_path / "table.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match="make calibrate"):
        load_confidences(tmp_path / "table.yaml")
