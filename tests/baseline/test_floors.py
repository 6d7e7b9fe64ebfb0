from pathlib import Path

import pytest

from hkcrypto.baseline.floors import below, raised, read_floors, write_floors
from hkcrypto.errors import HkcryptoError

FLOORS = {"kinds": {"entity": 0.8}, "relations": {"owns": 0.5}}
PATH = Path("floors.yaml")


@pytest.mark.parametrize("figure", [0.8, 0.9])
def test_figure_on_its_floor_is_well(figure: float) -> None:
    assert not list(below({"kinds": {"entity": 0.8}}, {"kinds": {"entity": figure}}, PATH))


@pytest.mark.parametrize("figures", [{"kinds": {"entity": 0.7999}}, {}])
def test_figure_below_its_floor_or_gone_is_a_difference(figures: dict[str, dict[str, float]]) -> None:
    changes = list(below({"kinds": {"entity": 0.8}}, figures, PATH))
    assert [(change.kind, change.change, change.key, change.counts) for change in changes] == [("floor", "below", "kinds entity", True)]


def test_floors_are_raised_and_never_lowered() -> None:
    figures = {"kinds": {"entity": 0.85678}, "relations": {"owns": 0.4}, "types": {"FIRM": 1.0}}
    assert raised(FLOORS, figures) == {"kinds": {"entity": 0.856}, "relations": {"owns": 0.5}, "types": {"FIRM": 1.0}}


@pytest.mark.parametrize("name", ["floors.yaml", "floors.json"])
def test_floors_are_read_as_they_were_written(tmp_path: Path, name: str) -> None:
    write_floors(tmp_path / name, FLOORS)
    assert read_floors(tmp_path / name) == FLOORS


@pytest.mark.parametrize(
    "content", ["kinds: {entity: high}", "kinds: {entity: 1.5}", "kind: {}", "[1]", "kinds: 3", "kinds: {entity: nan}"]
)
def test_floors_that_are_none_are_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "floors.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(HkcryptoError, match=r"floors\.yaml"):
        read_floors(tmp_path / "floors.yaml")
