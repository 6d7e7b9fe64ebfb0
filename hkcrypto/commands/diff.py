"""`hkcrypto diff`: what two sets of records say differently."""

from typing import Annotated

import typer

from hkcrypto.commands import commands
from hkcrypto.commands._reports import ReportOption, check_format, report
from hkcrypto.errors import ConfigError

SIDE_HELP = "a file or folder of records (jsonl, json, yaml), a baseline, or '-' for standard input."


@commands.register("diff")
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help=f"What was: {SIDE_HELP}")],
    new: Annotated[str, typer.Argument(metavar="NEW", help=f"What is: {SIDE_HELP}")],
    format: ReportOption = None,
) -> int:
    """Show what two sets of records say differently.

    Documents, entities, relations, values, statements and metadata that were added, removed or changed, each with its
    likely cause: text, kb:ENTRY, frame:FRAME, model, code or options. Offsets and confidence do not count, and a text
    that was edited without a change of facts is listed, but is no difference. Exit code: 0 the same, 1 different, 2 error.

    Examples:
    hkcrypto diff old.jsonl new.jsonl
    hkcrypto diff records/ new.yaml -f json | jq -r '.changes[].cause'
    hkcrypto extract seeds/ | hkcrypto diff tests/baseline.jsonl - -f github
    """
    from hkcrypto.baseline.compare import compare
    from hkcrypto.baseline.recordsets import read_set

    check_format(format)
    if old == new == "-":
        raise ConfigError("standard input cannot be read twice", "name a file for one side")
    before = read_set(old)
    return report(compare(before, read_set(new, before)), format)
