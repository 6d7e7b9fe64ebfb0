"""The figures of a corpus, as data: micro and macro averages, intervals, types, confusion, faults, and two systems side by side."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from hkcrypto.evaluation.gold import Gold
from hkcrypto.evaluation.scoring import FIGURES
from hkcrypto.evaluation.statistics import MEASURES, intervals, macro, paired_p
from hkcrypto.evaluation.tally import Scores, Tallies, Tally, rounded, total

FEW = 10  # documents: resampling so few tells more of them than of others
NOT_EVERYWHERE = frozenset({"value", "statement", "metadata"})  # gold need not have them: then there is no figure
BY_TYPE = {"entity": "entity_types", "mention": "mention_types", "relation": "relation_types", "status": "statuses"}


@dataclass(frozen=True, slots=True)
class Report:
    """An evaluation: the scores of each document by name, what they add up to, and what is to be known of them."""

    documents: dict[str, Scores]
    whole: Scores
    missing: list[str]
    notes: list[str]

    @property
    def figures(self) -> dict[str, Tally]:
        """The figures that something was counted for, micro-averaged, in the order in which they are shown."""
        found = {name: tally for name in FIGURES if (tally := self.whole.figures.get(name))}
        return {name: tally for name, tally in found.items() if name not in NOT_EVERYWHERE or tally.tp + tally.fn}

    @property
    def with_spurious_relation(self) -> int:
        """How many documents have a relation that the gold has not."""
        return _spurious(self.documents)

    def tallies(self) -> list[Tallies]:
        """Return the figures of each document."""
        return [scores.figures for scores in self.documents.values()]

    def to_dict(self, *, errors: bool = False) -> dict[str, Any]:
        """Return the report as plain data for JSON; with `errors`, every fault too. Shares are from 0 to 1, with four decimals."""
        return {
            "documents": {"scored": len(self.documents), "missing": self.missing, "with_spurious_relation": self.with_spurious_relation},
            "figures": {name: self._figure(name, tally) for name, tally in self.figures.items()},
            "chrome_leaks": self.whole.figures["chrome"].fp,
            **{name: {key: tally.figures() for key, tally in sorted(getattr(self.whole, name).items())} for name in BY_TYPE.values()},
            "macro_by_type": {figure: rounded(macro([*getattr(self.whole, name).values()])) for figure, name in BY_TYPE.items()},
            "confusion": [{"gold": gold, "system": system, "count": n} for (gold, system), n in sorted(self.whole.confusion.items())],
            "by_document": {name: self._document(scores) for name, scores in self.documents.items()},
            "notes": self.notes,
            **({"faults": [asdict(fault) for fault in self.whole.faults]} if errors else {}),
        }

    def _figure(self, name: str, tally: Tally) -> dict[str, Any]:
        tallies = self.tallies()
        means = macro([document.get(name, Tally()) for document in tallies])
        return {**tally.figures(), "interval": rounded(intervals(tallies, name)), "macro": rounded(means)}

    @staticmethod
    def _document(scores: Scores) -> dict[str, Any]:
        return {name: scores.figures[name].figures() for name in FIGURES if scores.figures.get(name)}


@dataclass(frozen=True, slots=True)
class Comparison:
    """One figure of two systems; `p` is that of the difference in F1."""

    figure: str
    ours: Tally
    theirs: Tally
    p: float

    def to_dict(self) -> dict[str, Any]:
        """Return the comparison as plain data for JSON, with four decimals."""
        one, other = ({name: round(getattr(tally, name), 4) for name in MEASURES} for tally in (self.ours, self.theirs))
        return {"this": one, "other": other, "difference": round(self.ours.f1 - self.theirs.f1, 4), "p": round(self.p, 4)}


def make_report(documents: dict[str, Scores], golds: Mapping[str, Gold], records: Collection[str], texts: Collection[str]) -> Report:
    """Return the report of scored documents; `records` and `texts` say which documents had one."""
    missing = [name for name in golds if name not in records]
    notes = [f"no record, so that all counts as missed: {', '.join(missing)}"] if missing else []
    no_text = [name for name in golds if name not in texts]
    if no_text:
        notes.append(f"no text, and so no figure for mentions: {', '.join(no_text)}")
    misfits = [name for name in golds if name in texts and "mention" not in documents[name].figures]
    if misfits:
        notes.append(f"offsets of another text, and so no figure for mentions: {', '.join(misfits)}")
    if not any(entity.kb for gold in golds.values() for entity in gold.entities):
        notes.append("the gold has no ids of the knowledge base, so that links are not scored")
    if not any(gold.relations for gold in golds.values()):
        notes.append(f"the gold has no relations; documents with a false one: {_spurious(documents)} of {len(documents)}")
    if len(documents) < FEW:
        notes.append(f"fewer than {FEW} documents: intervals and p-values say little")
    return Report(documents, total(documents.values()), missing, notes)


def _spurious(documents: Mapping[str, Scores]) -> int:
    return sum(scores.figures["relation"].fp > 0 for scores in documents.values())


def compare(ours: Report, theirs: Report) -> list[Comparison]:
    """Return the figures of two systems on the same documents, side by side."""
    names = [name for name in FIGURES if name in ours.figures or name in theirs.figures]
    return [
        Comparison(
            name,
            ours.whole.figures.get(name, Tally()),
            theirs.whole.figures.get(name, Tally()),
            paired_p(ours.tallies(), theirs.tallies(), name),
        )
        for name in names
    ]
