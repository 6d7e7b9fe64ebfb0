"""What is counted: hits and misses by figure, and the single faults behind them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

FaultKind = Literal["spurious", "missed", "wrong"]


@dataclass(slots=True)
class Tally:
    """True positives, false positives and false negatives; a mention that is half right counts half."""

    tp: float = 0
    fp: float = 0
    fn: float = 0

    def add(self, other: Tally) -> None:
        """Count what another tally has counted."""
        self.tp += other.tp
        self.fp += other.fp
        self.fn += other.fn

    @property
    def precision(self) -> float:
        """The share of what was found that is right, 0 where nothing was found."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 0.0

    @property
    def recall(self) -> float:
        """The share of what there is that was found, 0 where there is nothing."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.precision * self.recall / (self.precision + self.recall) if self.precision + self.recall else 0.0

    def __bool__(self) -> bool:
        return bool(self.tp or self.fp or self.fn)

    def figures(self) -> dict[str, float]:
        """Return precision, recall and F1, rounded to four decimals, and the counts."""
        rounded = {name: round(getattr(self, name), 4) for name in ("precision", "recall", "f1")}
        return {**rounded, "tp": self.tp, "fp": self.fp, "fn": self.fn}


Tallies = defaultdict[str, Tally]


def new_tallies() -> Tallies:
    """Return an empty set of tallies, which makes each as it is asked for."""
    return defaultdict(Tally)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that the system has wrong: what the gold says, what the system says ("" for nothing), and the sentence."""

    document: str
    figure: str
    fault: FaultKind
    type: str
    gold: str
    system: str
    sentence: str = ""


@dataclass(slots=True)
class Scores:
    """What was counted in one document, or in many."""

    figures: Tallies = field(default_factory=new_tallies)
    entity_types: Tallies = field(default_factory=new_tallies)
    mention_types: Tallies = field(default_factory=new_tallies)
    relation_types: Tallies = field(default_factory=new_tallies)
    statuses: Tallies = field(default_factory=new_tallies)
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)

    def add(self, other: Scores) -> None:
        """Count what another document has counted."""
        for name in ("figures", "entity_types", "mention_types", "relation_types", "statuses"):
            mine: Tallies = getattr(self, name)
            for key, tally in getattr(other, name).items():
                mine[key].add(tally)
        self.confusion.update(other.confusion)
        self.faults += other.faults


def total(scores: Iterable[Scores]) -> Scores:
    """Return what many documents have counted together."""
    whole = Scores()
    for score in scores:
        whole.add(score)
    return whole


def rounded(values: dict[str, Any]) -> dict[str, Any]:
    """Return the numbers of a dictionary, or of lists in it, with four decimals."""
    return {name: [round(v, 4) for v in value] if isinstance(value, tuple) else round(value, 4) for name, value in values.items()}
