"""`hkcrypto corpus`: what many records say together."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hkcrypto.commands import commands
from hkcrypto.commands._corpora import RECORDS_HELP, corpus_of_files
from hkcrypto.commands._options import FramesOption
from hkcrypto.commands._sinks import STREAM, check_place, own_files
from hkcrypto.errors import ConfigError
from hkcrypto.settings import load_settings
from hkcrypto.terminal import data_stream, is_terminal, screen

if TYPE_CHECKING:
    from typing import TextIO

Option = typer.Option
FORMAT_HELP = "json or yaml; by default what the suffix of -o says, else json."


@commands.register("corpus")
def corpus(
    records: Annotated[list[str], typer.Argument(metavar="RECORDS", help=RECORDS_HELP)],
    format: Annotated[str | None, Option("-f", "--format", metavar="FORMAT", help=FORMAT_HELP)] = None,
    output: Annotated[str | None, Option("-o", "--output", metavar="FILE", help="A file for the corpus record.")] = None,
    frames: FramesOption = None,
) -> None:
    """Merge the records of many documents into one corpus record.

    It holds the entities of all documents, with the reason for each merge; every relation with all its evidence and the
    number of its independent sources (copies of one story count once); the steps of laws and licences in their order;
    and what contradicts what, with the words of both sides. A terminal gets tables instead, unless -f or -o asks for the
    record. The order of the files does not matter.

    Examples:
    hkcrypto corpus records.jsonl -o corpus.json
    hkcrypto corpus records/ more.yaml | jq '.contradictions'
    hkcrypto extract news/ | hkcrypto corpus - | jq -c '.relations[] | select(.sources > 1) | [.subject, .type, .object]'
    """
    target = None if output in {None, STREAM} else Path(str(output))
    form = _format(format, target)
    if target:
        check_place(target)
        own_files(records, [str(target)])
    found = corpus_of_files(records, load_settings().override(frames=frames).frames, own=target)
    if target:
        from hkcrypto.writers import replacing

        with replacing(target) as out:
            _write(found.to_dict(), form, out)
    elif output is None and format is None and is_terminal(sys.stdout):
        from hkcrypto.corpus.view import corpus_record_view

        screen().print(corpus_record_view(found))
    else:
        _write(found.to_dict(), form, data_stream())


def _format(name: str | None, target: Path | None) -> str:
    """Return json or yaml. Raises ConfigError where it is neither."""
    from hkcrypto.writers import SUFFIXES

    if name is None and target:
        name = SUFFIXES.get(target.suffix.lower(), target.suffix)
    if name not in {None, "json", "yaml"}:
        raise ConfigError(f"a corpus is not written as {name!r}", "use json or yaml, with -f or as the suffix of -o")
    return name or "json"


def _write(content: dict[str, Any], form: str, out: "TextIO") -> None:
    from hkcrypto.writers import escape_surrogates, find_writer

    if form == "yaml":
        find_writer("yaml")([content], out)
    else:
        out.write(escape_surrogates(json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False)) + "\n")
