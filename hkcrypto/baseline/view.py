"""A comparison as a page for people; colour only repeats what the words and signs say."""

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from hkcrypto.baseline.compare import Change, Comparison
from hkcrypto.baseline.words import cause, details, shortened, total
from hkcrypto.terminal import visible

STYLES = {"added": ("+", "green"), "removed": ("-", "red"), "changed": ("~", "yellow"), "edited": ("·", "dim")}
OTHER = ("!", "bold red")


def comparison_view(comparison: Comparison) -> RenderableType:
    """Return the changes of each document below its name, and a line with the total at the end."""
    parts: list[RenderableType] = []
    for document, changes in comparison.by_document().items():
        parts += [Text(visible(document), "bold"), _table(changes), Text()]
    return Group(*parts, Text(total(comparison), "bold"))


def _table(changes: list[Change]) -> Table:
    table = Table.grid(padding=(0, 1))
    for change in changes:
        sign, style = STYLES.get(change.change, OTHER)
        line = Text(visible(shortened(change.key)))
        if sides := details(change):
            line.append(f"\n{visible(sides)}", "dim")
        line.append(visible(cause(change)), "cyan")
        table.add_row(Text(f" {sign}", style), Text(f"{change.kind} {change.change}", style), line)
    return table
