"""A report as tables for people: Markdown for files and pull requests, Rich for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hkcrypto.evaluation.entities import NOTHING, type_order
from hkcrypto.evaluation.report import BY_TYPE, Comparison, Report
from hkcrypto.evaluation.statistics import intervals, macro
from hkcrypto.evaluation.tally import Tallies, Tally
from hkcrypto.terminal import visible

if TYPE_CHECKING:
    from rich.console import RenderableType

MEASURED = ("precision", "recall", "F1", "TP", "FP", "FN")
IN_DOCUMENTS = ("entity", "mention", "relation", "status", "value", "statement")


@dataclass(frozen=True, slots=True)
class Table:
    """A heading, the names of the columns, and rows; the first `words` columns hold words, the others numbers."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    words: int = 1


def tables(report: Report, comparison: Sequence[Comparison] = (), *, errors: bool = False) -> Iterator[Table]:
    """Yield the tables of a report that have something to show: the figures first, the faults last."""
    if comparison:
        yield _comparison_table(comparison)
    yield _figure_table(report)
    for figure, name in BY_TYPE.items():
        if counted := getattr(report.whole, name):
            yield _type_table("Relations with their status" if figure == "status" else f"{figure.capitalize()} by type", counted)
    if report.whole.confusion:
        yield _confusion_table(report)
    if len(report.documents) > 1:
        yield _document_table(report)
    if errors and report.whole.faults:
        faults = [(f.document, f.figure, f.fault, f.type, f.gold, f.system, f.sentence) for f in report.whole.faults]
        yield Table("Faults", ("document", "figure", "fault", "type", "gold", "system", "sentence"), faults, words=7)


def headline(report: Report) -> list[str]:
    """Return the lines above the tables: how many documents, leaks, and what is to be known."""
    count = len(report.documents)
    leaks = int(report.whole.figures["chrome"].fp)
    return [f"{count} {'document' if count == 1 else 'documents'}, {leaks} chrome {'leak' if leaks == 1 else 'leaks'}", *report.notes]


def markdown(head: Sequence[str], found: Sequence[Table]) -> str:
    """Return the tables in GitHub's Markdown."""
    lines = [*head, ""]
    for table in found:
        lines += [f"## {table.title}", "", _row(table.columns)]
        lines += [_row(["---" if place < table.words else "---:" for place in range(len(table.columns))])]
        lines += [*(_row(row) for row in table.rows), ""]
    return "\n".join(lines)


def rich_view(head: Sequence[str], found: Sequence[Table]) -> RenderableType:
    """Return the tables for a terminal."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Group
    from rich.table import Table as RichTable
    from rich.text import Text

    parts: list[RenderableType] = [Text(visible(line), "bold" if place == 0 else "yellow") for place, line in enumerate(head)]
    for table in found:
        grid = RichTable(box=SIMPLE_HEAD, header_style="bold", pad_edge=False)
        for place, name in enumerate(table.columns):
            grid.add_column(name, justify="left" if place < table.words else "right", overflow="fold", no_wrap=place >= table.words)
        for row in table.rows:
            grid.add_row(*(Text(visible(cell)) for cell in row))
        parts += [Text(f"\n{table.title}", "bold"), grid]
    return Group(*parts)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(visible(cell).replace('|', '&#124;').replace(chr(10), ' ') for cell in cells)} |"


def _measured(tally: Tally) -> list[str]:
    return [*(f"{share:.4f}" for share in (tally.precision, tally.recall, tally.f1)), *(f"{n:g}" for n in (tally.tp, tally.fp, tally.fn))]


def _figure_table(report: Report) -> Table:
    rows = []
    for name, tally in report.figures.items():
        low, high = intervals(report.tallies(), name)["f1"]
        mean = macro([document.get(name, Tally()) for document in report.tallies()])["f1"]
        rows.append([name, *_measured(tally), f"{low:.3f}–{high:.3f}", f"{mean:.4f}"])
    return Table("Figures", ("figure", *MEASURED, "95 % of F1", "macro F1"), rows)


def _type_table(title: str, counted: Tallies) -> Table:
    rows = [[name, *_measured(counted[name])] for name in type_order(set(counted))]
    means = [f"{share:.4f}" for share in macro([*counted.values()]).values()]
    return Table(title, ("type", *MEASURED), [*rows, ["macro", *means, "", "", ""]])


def _confusion_table(report: Report) -> Table:
    counts = report.whole.confusion
    rows = [name for name in (*type_order({gold for gold, _ in counts} - {NOTHING}), NOTHING) if any(gold == name for gold, _ in counts)]
    columns = [*type_order({system for _, system in counts} - {NOTHING}), NOTHING]
    cells = [[row, *(str(counts[row, column] or "") for column in columns)] for row in rows]
    return Table(f"Types: gold in rows, system in columns, {NOTHING} for none", ("gold", *columns), cells)


def _document_table(report: Report) -> Table:
    names = [name for name in IN_DOCUMENTS if name in report.figures]
    rows = []
    for document, scores in report.documents.items():
        tallies = [scores.figures.get(name, Tally()) for name in names]
        rows.append([document, *(f"{tally.f1:.3f}" if tally else "" for tally in tallies)])
    return Table("F1 by document", ("document", *names), rows)


def _comparison_table(comparison: Sequence[Comparison]) -> Table:
    rows = []
    for item in comparison:
        both = (f"{share:.4f}" for tally in (item.ours, item.theirs) for share in (tally.precision, tally.recall, tally.f1))
        rows.append([item.figure, *both, f"{item.ours.f1 - item.theirs.f1:+.4f}", f"{item.p:.3f}"])
    sides = [f"{name}, {side}" for side in ("this", "other") for name in ("P", "R", "F1")]
    return Table("Side by side", ("figure", *sides, "difference", "p"), rows)
