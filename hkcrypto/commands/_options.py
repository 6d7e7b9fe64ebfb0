"""Options that several commands have, and what becomes of their values."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hkcrypto.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hkcrypto.extract import Options
    from hkcrypto.readers import ReadOptions
    from hkcrypto.settings import Settings

ConfidenceOption = Annotated[float | None, typer.Option(min=0, max=1, help="Leave out relations that are less certain; from 0 to 1.")]
KbOption = Annotated[
    list[Path] | None,
    typer.Option("--kb", metavar="FILE", help="A YAML file with entities of your own, beside those of the package; may be repeated."),
]
FramesOption = Annotated[
    list[Path] | None,
    typer.Option("--frames", metavar="FILE", help="A YAML file with frames of your own, beside those of the package; may be repeated."),
]
ModelOption = Annotated[
    str | None,
    typer.Option("--model", metavar="NAME_OR_PATH", help="An installed spaCy pipeline for English, or its folder, for the base weights."),
]
CorefOption = Annotated[bool | None, typer.Option("--coref/--no-coref", help="Resolve 'it' and 'the regulator'. [default: coref]")]
CacheOption = Annotated[
    bool | None, typer.Option("--cache/--no-cache", help="Use what earlier runs have found (see 'hkcrypto cache'). [default: cache]")
]
RECALL_HELP = "Add relations that trained weights find likely: more of them, somewhat less sure. [default: no-recall]"
RecallOption = Annotated[bool | None, typer.Option("--recall/--no-recall", help=RECALL_HELP)]
FIELD = "FIELD"
FormatOption = Annotated[
    str | None,
    typer.Option(
        "--input-format", metavar="FORMAT", help="txt, md, html, jsonl, json or csv, whatever the suffix; standard input is sniffed."
    ),
]
TextFieldOption = Annotated[str | None, typer.Option(metavar=FIELD, help="The field of JSON or CSV that holds the text; else guessed.")]
TitleFieldOption = Annotated[str | None, typer.Option(metavar=FIELD, help="The field with the title.")]
DateFieldOption = Annotated[str | None, typer.Option(metavar=FIELD, help="The field with the date of publication.")]
UrlFieldOption = Annotated[str | None, typer.Option(metavar=FIELD, help="The field with the address.")]
IdFieldOption = Annotated[str | None, typer.Option(metavar=FIELD, help="The field that names a row: FILE#ID for FILE#17.")]
MaxSizeOption = Annotated[int | None, typer.Option(min=1, metavar="MB", help="The largest document or row, in megabytes. [default: 20]")]
MaxLengthOption = Annotated[int | None, typer.Option(min=1, metavar="N", help="The longest text, in characters. [default: 100000]")]
MaxExpansionOption = Annotated[
    int | None, typer.Option(min=1, metavar="N", help="How many times its size a gzip file may become. [default: 200]")
]


def read_options(settings: Settings) -> ReadOptions:
    """Return how to read the input."""
    from hkcrypto.readers import MEGABYTE, ReadOptions

    fields = ("text_field", "title_field", "date_field", "url_field", "id_field", "max_length", "max_expansion")
    given = {name: value for name in fields if (value := getattr(settings, name)) is not None}
    if settings.max_size is not None:
        given["max_size"] = settings.max_size * MEGABYTE
    return ReadOptions(format=settings.input_format, **given)


def extraction_options(settings: Settings) -> Options:
    """Return the options of an extractor.

    Raises ConfigError where an entity type or a relation is unknown.
    """
    from hkcrypto.extract import Options
    from hkcrypto.schema import ENTITY_TYPES

    relations: frozenset[str] = frozenset()
    if settings.relations:
        from hkcrypto.frames import load_signatures

        relations = _chosen("relation", settings.relations, load_signatures(settings.frames))
    return Options(
        model=settings.model,
        kb=settings.kb,
        frames=settings.frames,
        min_confidence=settings.min_confidence,
        with_text=settings.with_text,
        include_chrome=settings.include_chrome,
        coref=settings.coref,
        recall=settings.recall,
        types=_chosen("entity type", settings.types, ENTITY_TYPES),
        relations=relations,
    )


def _chosen(what: str, values: Sequence[str], known: Iterable[str]) -> frozenset[str]:
    """Return the names in lists like `["FIRM,bank", "place"]`, as they are spelt in `known`."""
    spelling = {name.casefold(): name for name in known}
    chosen = {name.strip() for value in values for name in value.split(",") if name.strip()}
    for name in sorted(chosen):
        if name.casefold() not in spelling:
            close = get_close_matches(name.casefold(), spelling, n=1)
            remedy = f"did you mean {spelling[close[0]]}?" if close else f"use one of {', '.join(spelling.values())}"
            raise ConfigError(f"{what} {name!r} is unknown", remedy)
    return frozenset(spelling[name.casefold()] for name in chosen)
