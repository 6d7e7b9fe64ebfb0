"""`hkcrypto explain`: why a record says what it says, and why it does not say more."""

import json
from typing import Annotated, Literal

import typer

from hkcrypto.commands import commands
from hkcrypto.commands._options import (
    ConfidenceOption,
    CorefOption,
    FormatOption,
    FramesOption,
    KbOption,
    ModelOption,
    RecallOption,
    extraction_options,
    read_options,
)
from hkcrypto.readers.walk import find_documents
from hkcrypto.schema import Failure
from hkcrypto.settings import load_settings
from hkcrypto.terminal import complain, data_stream, screen

Option = typer.Option
RELATION_HELP = "Only relations of this type."
PAIR_HELP = "Two entities, by name or id: the relations between them, or why there are none."
PAIRS_HELP = "All pairs that share a sentence without a relation: why not."
ENTITY_HELP = "An entity, by name or id: why it has its type and its link, mention by mention."
FORMAT_HELP = "text or json (an object a document, one a line). [default: text]"


@commands.register("explain")
def explain(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The article; '-' for standard input.")],
    relation: Annotated[str | None, Option("--relation", metavar="TYPE", help=RELATION_HELP)] = None,
    pair: Annotated[tuple[str, str] | None, Option("--pair", metavar="A B", help=PAIR_HELP)] = None,
    pairs: Annotated[bool, Option("--pairs", help=PAIRS_HELP)] = False,
    entity: Annotated[str | None, Option("--entity", metavar="NAME", help=ENTITY_HELP)] = None,
    format: Annotated[Literal["text", "json"] | None, Option("-f", "--format", metavar="FORMAT", help=FORMAT_HELP)] = None,
    kb: KbOption = None,
    frames: FramesOption = None,
    model: ModelOption = None,
    min_confidence: ConfidenceOption = None,
    input_format: FormatOption = None,
    coref: CorefOption = None,
    recall: RecallOption = None,
) -> int:
    """Explain an article's relations, the lack of one, or an entity.

    For a relation: the sentence with its roles marked, the clause, the rule and its file, the word that sets the status, and
    where the confidence comes from. For a pair without a relation: why each sentence that has both gives none. For an
    entity: what spoke for its type and its link. Exit code: 0 explained, 1 a document failed, 2 wrong usage.

    Examples:
    hkcrypto explain seeds/000_ae4b31ffc5f99e2a.txt --relation supports
    hkcrypto explain article.txt --pair HashKey SFC
    hkcrypto explain article.txt --pairs
    hkcrypto explain article.txt --entity HKMA -f json | jq .entities
    """
    settings = load_settings().override(
        kb=kb, frames=frames, model=model, min_confidence=min_confidence, input_format=input_format, coref=coref, recall=recall
    )
    options = extraction_options(settings.override(relations=[relation] if relation else None))
    from hkcrypto.explanation import Question
    from hkcrypto.explanation import explain as answer
    from hkcrypto.explanation.view import explanation_view
    from hkcrypto.extract import load

    extractor = load(options)
    question = Question(next(iter(options.relations), None) if relation else None, pair, pairs, entity)
    failed = False
    for document in find_documents([file], options=read_options(settings)):
        if isinstance(document, Failure):
            failed = True
            complain(f"{document.source}: {document.error}; {document.remedy}")
            continue
        found = answer(extractor, document, question)
        if format == "json":
            data_stream().write(json.dumps(found, ensure_ascii=False) + "\n")
        else:
            screen().print(explanation_view(found))
    return 1 if failed else 0
