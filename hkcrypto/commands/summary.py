"""`hkcrypto summary`: records as tables."""

from typing import Annotated

import typer

from hkcrypto.commands import commands
from hkcrypto.errors import InputError
from hkcrypto.terminal import screen


@commands.register("summary")
def summary(
    records: Annotated[list[str], typer.Argument(metavar="RECORDS", help="Files of records: jsonl, json or yaml; '-' for standard input.")],
    documents: Annotated[bool, typer.Option(help="The tables of each document, before those of them all.")] = True,
    top: Annotated[int, typer.Option(min=1, metavar="N", help="At most so many lines in a table, and names in a line.")] = 10,
) -> None:
    """Show records as tables.

    Entities by type, relations as sentences, and a timeline of dated facts, for each document and for all together.

    Examples:
    hkcrypto summary records.jsonl
    hkcrypto summary records/*.json --no-documents --top 30
    hkcrypto extract seeds/ | hkcrypto summary -
    """
    from hkcrypto.recordfile import read_records
    from hkcrypto.summary import Corpus, corpus_view, document_view

    console, corpus = screen(), Corpus()
    for name in records:
        for record in read_records(name):
            try:
                corpus.add(record)
                view = document_view(record, top) if documents else None
            except (KeyError, TypeError, ValueError, AttributeError):
                raise InputError(f"{name}: it holds a record with parts missing", "write it again with `hkcrypto extract`") from None
            if view:
                console.print(view)
    if corpus.documents != 1 or not documents:
        console.print(corpus_view(corpus, top))
