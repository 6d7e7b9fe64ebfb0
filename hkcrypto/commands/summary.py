"""`hkcrypto summary`: records and corpora as tables."""

from typing import Annotated

import typer

from hkcrypto.commands import commands
from hkcrypto.errors import InputError
from hkcrypto.terminal import screen

RECORDS_HELP = "Files of records, or a corpus record: jsonl, json or yaml; '-' for standard input."


@commands.register("summary")
def summary(
    records: Annotated[list[str], typer.Argument(metavar="RECORDS", help=RECORDS_HELP)],
    documents: Annotated[bool, typer.Option(help="The tables of each document, before those of them all.")] = True,
    top: Annotated[int, typer.Option(min=1, metavar="N", help="At most so many lines in a table, and names in a line.")] = 10,
) -> None:
    """Show records as tables.

    Entities by type, relations as sentences, and a timeline of dated facts, for each document and for all together. Of a
    corpus record: its top entities, the facts with most sources, a timeline, laws and licences, and contradictions.

    Examples:
    hkcrypto summary records.jsonl
    hkcrypto summary records/*.json --no-documents --top 30
    hkcrypto summary corpus.json
    hkcrypto extract seeds/ | hkcrypto summary -
    """
    from hkcrypto.recordfile import is_corpus, read_records
    from hkcrypto.summary import Corpus, corpus_view, document_view

    console, corpus, corpora = screen(), Corpus(), 0
    for name in records:
        for record in read_records(name, corpora=True):
            if is_corpus(record):
                from hkcrypto.corpus.model import corpus_from_dict
                from hkcrypto.corpus.view import corpus_record_view

                corpora += 1
                console.print(corpus_record_view(corpus_from_dict(record, name), top))
                continue
            try:
                corpus.add(record)
                view = document_view(record, top) if documents else None
            except (KeyError, TypeError, ValueError, AttributeError):
                raise InputError(f"{name}: it holds a record with parts missing", "write it again with `hkcrypto extract`") from None
            if view:
                console.print(view)
    if (corpus.documents != 1 or not documents) and not (corpora and not corpus.documents):
        console.print(corpus_view(corpus, top))
