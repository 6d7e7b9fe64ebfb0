"""How sure a relation is: what its frame got right on gold, less what each uncertain step of its reading takes off.

The figures are measured: `make calibrate` writes them, with their counts, into `data/confidence.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from hkcrypto.errors import DataError
from hkcrypto.yamlfile import parse_yaml

FILE = Path(__file__).parent / "data" / "confidence.yaml"
HIGHEST = 0.99  # nothing that is measured on some hundred cases is surer
# An end that is a pronoun or role, or goes without saying; ends far apart; an end outside the predicate's own phrase; and
# running text, since frames do better on the sentences of a bank than in articles.
STEPS = ("coreference", "implied", "distance", "attachment", "article")


@dataclass(frozen=True, slots=True)
class Rate:
    """How many cases there were, how many of them right, and the precision that follows, shrunk where they are few."""

    right: int
    cases: int
    precision: float


@dataclass(frozen=True, slots=True)
class Reading:
    """One way in which a relation was read: by which rule, in which sentence (by its start), and by how many steps of each kind."""

    relation: str
    rule: str
    sentence: int
    steps: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Confidences:
    """The table: rates overall, by relation and by rule; what a step multiplies them by; what is left of the doubt when said twice."""

    overall: Rate
    relations: Mapping[str, Rate]
    rules: Mapping[str, Rate]
    steps: Mapping[str, float]
    repeated: float

    def source(self, reading: Reading) -> tuple[str, Rate]:
        """Return what a reading is judged by: its rule where that was measured, else its relation, else all."""
        if rate := self.rules.get(reading.rule):
            return "rule", rate
        if rate := self.relations.get(reading.relation):
            return "relation", rate
        return "overall", self.overall

    def lowering(self, reading: Reading) -> float:
        """Return what the steps of a reading multiply its precision by."""
        product = 1.0
        for name, count in reading.steps.items():
            product *= self.steps[name] ** count
        return product

    def of(self, reading: Reading) -> float:
        """Return how sure one reading is."""
        return min(self.source(reading)[1].precision * self.lowering(reading), HIGHEST)

    def best(self, readings: Iterable[Reading]) -> float:
        """Return how sure a relation is that was read in these ways: as the surest of them, surer where a second sentence says it."""
        found = list(readings)
        value = max(map(self.of, found))
        if len({reading.sentence for reading in found}) > 1:
            value = 1 - (1 - value) * self.repeated
        return round(min(value, HIGHEST), 2)


@cache
def load_confidences(path: Path = FILE) -> Confidences:
    """Return the table of a file. Raises DataError where it is not as `make calibrate` writes it."""
    try:
        raw = parse_yaml(path.read_bytes(), path.name)
        return Confidences(
            overall=_rate(raw["overall"]),
            relations={name: _rate(row) for name, row in raw["relations"].items()},
            rules={name: _rate(row) for name, row in raw["rules"].items()},
            steps={name: float(raw["steps"][name]) for name in STEPS},
            repeated=float(raw["repeated"]),
        )
    except (OSError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise DataError(f"data/{path.name}: {error}", "write it again with `make calibrate`") from None


def _rate(row: Mapping[str, str]) -> Rate:
    return Rate(int(row["right"]), int(row["cases"]), float(row["precision"]))
