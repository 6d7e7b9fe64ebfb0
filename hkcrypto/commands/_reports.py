"""How a comparison is shown: as a page on a terminal, else in the format that was asked for."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from hkcrypto.terminal import data_stream, is_terminal, screen

if TYPE_CHECKING:
    from hkcrypto.baseline.compare import Comparison

FORMAT_HELP = "json, jsonl, markdown, github or junit; by default a page on a terminal, else markdown."
ReportOption = Annotated[str | None, typer.Option("-f", "--format", metavar="FORMAT", help=FORMAT_HELP)]


def check_format(format: str | None) -> None:
    """Raise ConfigError where there is no such format, before any work is done."""
    if format is not None:
        from hkcrypto.baseline.formats import find_format

        find_format(format)


def report(comparison: Comparison, format: str | None) -> int:
    """Write a comparison to standard output; return 1 where there are differences, else 0."""
    if format is None and is_terminal(sys.stdout):
        from hkcrypto.baseline.view import comparison_view

        screen().print(comparison_view(comparison))
    else:
        from hkcrypto.baseline.formats import find_format

        find_format(format or "markdown")(comparison, data_stream())
    return 1 if comparison.differences else 0
