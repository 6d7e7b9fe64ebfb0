"""What confidences are fitted by, and how well they hold: cases that gold has judged, and the table that they make."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import log

from hkcrypto.confidence import STEPS, Confidences, Rate, Reading

WEIGHTS = (4, 16, 64)  # cases that the prior counts for, tried in turn
OF_STEP, OF_REPEATED = 5, 2  # the same for "a step costs nothing", "a second sentence says nothing new"
ROUNDS = 3  # rates depend on steps and steps on rates; after three nothing moves by .001
BINS = 10


@dataclass(frozen=True, slots=True)
class Case:
    """A relation that was found: where (an article, or a writer of sentences), how it was read, and whether the gold has it."""

    document: str
    readings: tuple[Reading, ...]
    right: bool

    def as_read(self) -> list[Reading]:
        """Return the readings as any record has them: a sentence of a bank is taken for running text too."""
        return [replace(reading, steps={**reading.steps, "article": 1}) for reading in self.readings]


@dataclass(frozen=True, slots=True)
class Prior:
    """How many cases a relation's precision counts for in its frames', and the overall precision in its relations'."""

    rule: int
    relation: int


def fit(cases: Sequence[Case], prior: Prior) -> Confidences:
    """Return the table for these cases.

    A precision is right ÷ expected, the cases counted by what their steps leave of them, with the prior's cases added: the mean of
    a beta-binomial. A step's factor is right ÷ expected of the cases that have it, and never above 1.
    """
    table = Confidences(Rate(0, 0, 1.0), {}, {}, dict.fromkeys(STEPS, 1.0), 1.0)
    rows = _rows_of(cases)
    for _ in range(ROUNDS):
        table = _rates(rows, table, prior)
        for name in STEPS:
            table = replace(table, steps={**table.steps, name: _factor(rows, table, name)})
    table = _rates(rows, table, prior)
    again = [case for case in cases if len({reading.sentence for reading in case.readings}) > 1]
    doubted = sum(1 - max(map(table.of, case.readings)) for case in again)
    wrong = sum(not case.right for case in again)
    return replace(table, repeated=min((wrong + OF_REPEATED) / (doubted + OF_REPEATED), 1.0))


@dataclass(slots=True)
class _Row:
    """Readings by one rule with the same steps; a rule that read a case twice counts once."""

    reading: Reading
    right: int = 0
    cases: int = 0


def _rows_of(cases: Sequence[Case]) -> list[_Row]:
    rows: dict[tuple[object, ...], _Row] = {}
    for case in cases:
        for reading in {reading.rule: reading for reading in reversed(case.readings)}.values():
            row = rows.setdefault((reading.rule, *reading.steps.items()), _Row(reading))
            row.right += case.right
            row.cases += 1
    return list(rows.values())


def _rates(rows: Sequence[_Row], table: Confidences, prior: Prior) -> Confidences:
    right, cases, expected = Counter[str](), Counter[str](), defaultdict[str, float](float)
    for row in rows:
        lowered = row.cases * table.lowering(row.reading)
        for key in ("", row.reading.relation, row.reading.rule):
            right[key] += row.right
            cases[key] += row.cases
            expected[key] += lowered

    def rate(key: str, above: float, weight: int) -> Rate:
        return Rate(right[key], cases[key], (right[key] + weight * above) / (expected[key] + weight))

    overall = rate("", 0.0, 0)
    relation_of = {row.reading.rule: row.reading.relation for row in rows}
    relations = {name: rate(name, overall.precision, prior.relation) for name in sorted(set(relation_of.values()))}
    rules = {rule: rate(rule, relations[name].precision, prior.rule) for rule, name in sorted(relation_of.items())}
    return replace(table, overall=overall, relations=relations, rules=rules)


def _factor(rows: Sequence[_Row], table: Confidences, name: str) -> float:
    """What a step costs beside all others, against the relation's precision: a frame that has it always would hide it."""
    right = expected = 0.0
    for row in rows:
        if count := row.reading.steps.get(name, 0):
            alone = table.relations[row.reading.relation].precision * table.lowering(row.reading) / table.steps[name] ** count
            right += row.right
            expected += row.cases * alone
    return min((right + OF_STEP) / (expected + OF_STEP), 1.0)


def choose(cases: Sequence[Case]) -> Prior:
    """Return the prior whose tables surprise least (log loss) when each judges documents that it was not made from."""
    outcomes = [case.right for case in cases]
    priors = [Prior(rule, relation) for rule, relation in product(WEIGHTS, WEIGHTS)]
    return min(priors, key=lambda prior: surprise(cross_validated(cases, prior), outcomes))


def cross_validated(cases: Sequence[Case], prior: Prior) -> list[float]:
    """Return the confidence of each case by the table of all other documents."""
    others = {name: fit([case for case in cases if case.document != name], prior) for name in sorted({case.document for case in cases})}
    return [others[case.document].best(case.readings) for case in cases]


def surprise(confidences: Iterable[float], outcomes: Iterable[bool]) -> float:
    """Return the mean log loss."""
    losses = [-log(max(value if right else 1 - value, 0.001)) for value, right in zip(confidences, outcomes, strict=True)]
    return sum(losses) / len(losses)


def expected_error(confidences: Sequence[float], outcomes: Sequence[bool]) -> float:
    """Return the expected calibration error: confidence against share right in ten bins of equal width, weighted by their cases."""
    gaps = [0.0] * BINS
    for value, right in zip(confidences, outcomes, strict=True):
        gaps[min(int(value * BINS), BINS - 1)] += value - right
    return sum(map(abs, gaps)) / len(confidences) if confidences else 0.0


def table_text(table: Confidences, prior: Prior, gold: Sequence[str]) -> str:
    """Return the table as YAML, one rate a line, the same text for the same cases."""
    lines = [
        "# Written by `make calibrate`; docs/confidence.md says how. Not to be edited by hand.",
        f"gold: [{', '.join(gold)}]",
        f"prior: {{rule: {prior.rule}, relation: {prior.relation}}}",
        f"overall: {_row(table.overall)}",
        f"repeated: {table.repeated:.2f}",
        "steps:",
        *(f"  {name}: {table.steps[name]:.2f}" for name in STEPS),
        "relations:",
        *_rows(table.relations),
        "rules:",
        *_rows(table.rules),
    ]
    return "\n".join(lines) + "\n"


def _rows(rates: Mapping[str, Rate]) -> list[str]:
    return [f"  {name}: {_row(rate)}" for name, rate in sorted(rates.items())]


def _row(rate: Rate) -> str:
    return f"{{right: {rate.right}, cases: {rate.cases}, precision: {rate.precision:.3f}}}"
