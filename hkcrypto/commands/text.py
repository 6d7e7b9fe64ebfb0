"""`hkcrypto text`: the text of an article, to the character."""

from typing import Annotated

import typer

from hkcrypto.commands import commands
from hkcrypto.commands._options import (
    FormatOption,
    MaxExpansionOption,
    MaxLengthOption,
    MaxSizeOption,
    TextFieldOption,
    TitleFieldOption,
    read_options,
)
from hkcrypto.readers.walk import find_documents
from hkcrypto.schema import Document, Failure
from hkcrypto.settings import load_settings
from hkcrypto.terminal import complain, data_stream, visible

SOURCE_HELP = "Only the document with this source, as records have it (news.jsonl#17)."


@commands.register("text")
def text(
    files: Annotated[list[str], typer.Argument(metavar="FILE", help="Articles: files, folders, '-' for standard input.")],
    source: Annotated[str | None, typer.Option(metavar="SOURCE", help=SOURCE_HELP)] = None,
    input_format: FormatOption = None,
    text_field: TextFieldOption = None,
    title_field: TitleFieldOption = None,
    max_size: MaxSizeOption = None,
    max_length: MaxLengthOption = None,
    max_expansion: MaxExpansionOption = None,
) -> int:
    """Print the text that the offsets of a record refer to.

    One document comes exactly as it is, without a newline more; several have a line "==> SOURCE <==" above each.
    Exit code: 0 all done, 1 some documents failed, 2 wrong usage.

    Examples:
    hkcrypto text article.html
    hkcrypto text news.jsonl --source news.jsonl#17
    """
    settings = load_settings().override(
        input_format=input_format,
        text_field=text_field,
        title_field=title_field,
        max_size=max_size,
        max_length=max_length,
        max_expansion=max_expansion,
    )
    printer = _Printer()
    found = failed = False
    for item in find_documents(files, options=read_options(settings)):
        if source is not None and item.source != source:
            continue
        found = True
        if isinstance(item, Failure):
            failed = True
            complain(f"{item.source}: {item.error}; {item.remedy}")
        else:
            printer.add(item)
    printer.close()
    if source is not None and not found:
        complain(f"error: there is no document {source!r}; see the sources with `hkcrypto text` alone")
    return 1 if failed or not found else 0


class _Printer:
    """Writes documents; the first waits until it is known whether another follows."""

    def __init__(self) -> None:
        self.out = data_stream()
        self.first: Document | None = None
        self.many = False

    def add(self, document: Document) -> None:
        """Write a document, with a line above it where it is not the only one."""
        if self.first is None and not self.many:
            self.first = document
            return
        if self.first is not None:
            self._write(self.first)
            self.first, self.many = None, True
        self._write(document)

    def close(self) -> None:
        """Write the only document, if it is the only one."""
        if self.first is not None:
            self.out.write(self.first.text)

    def _write(self, document: Document) -> None:
        lead = "\n" if self.many else ""
        self.out.write(f"{lead}==> {visible(document.source)} <==\n{document.text}{'' if document.text.endswith(chr(10)) else chr(10)}")
        self.many = True
