"""`hkcrypto profile`: one entity, by all that records say of it."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from hkcrypto.commands import commands
from hkcrypto.commands._corpora import RECORDS_HELP, corpus_of_files
from hkcrypto.commands._options import FramesOption, KbOption
from hkcrypto.errors import ConfigError
from hkcrypto.settings import load_settings
from hkcrypto.terminal import data_stream, screen
from hkcrypto.validation import is_date

Option = typer.Option
NAME_HELP = "The id of the entity, its name, or another name that it has."
DATE_HELP = "How things stood at the end of this day, month or year: 2025-08-01, 2025-08, 2025."


@commands.register("profile")
def profile(
    name: Annotated[str, typer.Argument(metavar="NAME", help=NAME_HELP)],
    records: Annotated[list[str], typer.Argument(metavar="RECORDS", help=f"A corpus record, or: {RECORDS_HELP}")],
    as_of: Annotated[str | None, Option(metavar="DATE", help=DATE_HELP)] = None,
    format: Annotated[str, Option("-f", "--format", help="page or json.")] = "page",
    top: Annotated[int, Option(min=1, metavar="N", help="At most so many lines in a part of the page.")] = 20,
    kb: KbOption = None,
    frames: FramesOption = None,
) -> None:
    """Show one entity: positions, licences, partners, owners, enforcement, timeline.

    With --as-of, only what had come about by then; what has no date at all is left out, and counted.

    Examples:
    hkcrypto profile hashkey corpus.json
    hkcrypto profile "Stablecoins Ordinance" records/ --as-of 2025-06
    hkcrypto extract news/ | hkcrypto profile 金管局 - -f json | jq .licences
    """
    from hkcrypto.corpus.profile import find_entity
    from hkcrypto.corpus.profile import profile as profile_of

    if format not in {"page", "json"}:
        raise ConfigError(f"the format {format!r} is unknown", "use page or json")
    if as_of is not None and not is_date(as_of):
        raise ConfigError(f"{as_of!r} is no date", "write it as 2025-08-01, 2025-08 or 2025")
    settings = load_settings().override(kb=kb, frames=frames)
    corpus = corpus_of_files(records, settings.frames, corpora=True)
    found = profile_of(corpus, find_entity(corpus, name, lambda name: _known(name, settings.kb)), as_of)
    if format == "json":
        data_stream().write(json.dumps(found.to_dict(), ensure_ascii=False, indent=2) + "\n")
    else:
        from hkcrypto.corpus.view import profile_view

        screen().print(profile_view(found, corpus, top))


def _known(name: str, files: tuple[Path, ...]) -> Iterable[str]:
    """Return the ids of the entries of the knowledge base that have this name."""
    from hkcrypto.kb import load_kb
    from hkcrypto.kbview import find
    from hkcrypto.pipeline.model import compiled_kb

    return [entry.id for entry in find(load_kb(files, compiled=compiled_kb()), name)]
