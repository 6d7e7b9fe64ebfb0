"""`hkcrypto show`: an article as hkcrypto reads it."""

from dataclasses import replace
from typing import Annotated

import typer

from hkcrypto.commands import commands
from hkcrypto.commands._options import (
    CacheOption,
    ConfidenceOption,
    CorefOption,
    FormatOption,
    FramesOption,
    KbOption,
    ModelOption,
    RecallOption,
    read_options,
)
from hkcrypto.commands._run import extracting
from hkcrypto.readers.walk import find_documents
from hkcrypto.schema import Document, Failure
from hkcrypto.settings import load_settings
from hkcrypto.terminal import complain, screen


@commands.register("show")
def show(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The article; '-' for standard input.")],
    kb: KbOption = None,
    frames: FramesOption = None,
    model: ModelOption = None,
    min_confidence: ConfidenceOption = None,
    input_format: FormatOption = None,
    coref: CorefOption = None,
    cache: CacheOption = None,
    recall: RecallOption = None,
) -> int:
    """Show an article with its entities and relations.

    The relations follow the article, with their evidence.
    Entities have the colour of their type; without colour they read [HKMA|REGULATOR]. What is no content of the
    article (navigation, related stories, the author's biography) is dimmed.

    Examples:
    hkcrypto show seeds/000_ae4b31ffc5f99e2a.txt
    NO_COLOR=1 hkcrypto show article.txt | less
    """
    from hkcrypto.article import article_view

    settings = load_settings().override(
        kb=kb,
        frames=frames,
        model=model,
        min_confidence=min_confidence,
        input_format=input_format,
        coref=coref,
        recall=recall,
        cache=cache,
    )
    documents = list(find_documents([file], options=read_options(settings)))
    texts = {document.source: document.text for document in documents if isinstance(document, Document)}
    console = screen()
    colour = console.color_system is not None and not console.no_color
    failed = False
    with extracting(documents, replace(settings, jobs=1)) as results:
        for result in results:
            if isinstance(result, Failure):
                failed = True
                complain(f"{result.source}: {result.error}; {result.remedy}")
            elif isinstance(result, dict):
                console.print(article_view(result, texts[result["document"]["source"]], colour=colour))
    return 1 if failed else 0
