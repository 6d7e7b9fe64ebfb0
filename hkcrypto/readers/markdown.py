"""Markdown: the text without its marks, with what the front matter says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BufferedReader
from typing import TYPE_CHECKING, Any

from hkcrypto.errors import DataError
from hkcrypto.readers import ReadOptions, read_all, readers
from hkcrypto.readers.decoding import decode
from hkcrypto.readers.rows import metadata
from hkcrypto.schema import Document
from hkcrypto.sections import titled
from hkcrypto.yamlfile import parse_yaml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"\s*---[ \t]*\r?\n(.{0,20000}?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)


@readers.register(".md", ".markdown")
def read_markdown(stream: BufferedReader, source: str, options: ReadOptions) -> Iterator[Document]:
    """Yield the one document of a Markdown file. Raises InputError where it is binary or too large."""
    text, warnings = decode(read_all(stream, options))
    said: dict[str, Any] = {"warnings": ()}
    if match := _FRONT_MATTER.match(text):
        try:
            front = parse_yaml(match[1], "front matter")
            said = metadata(front) if isinstance(front, dict) else said
        except DataError as error:
            said = {"warnings": (error.message,)}
        text = text[match.end() :]
    body = plain_text(text[: options.max_length + 1]) if len(text) <= options.max_length else text
    whole, sections = titled(said.get("title"), body)
    yield Document(text=whole, source=source, sections=sections, **(said | {"warnings": (*warnings, *said["warnings"])}))


def plain_text(text: str) -> str:
    """Return Markdown as plain text: paragraphs with blank lines between them, bullets, links as their words."""
    from markdown_it import MarkdownIt

    pieces: list[str] = []
    marks: list[str] = []
    for token in MarkdownIt("commonmark").parse(text):
        if token.type == "list_item_open":
            marks.append(f"{token.info}. " if token.info else "- ")
        elif token.type in {"inline", "code_block", "fence"}:
            words = _inline(token.children or ()) if token.type == "inline" else token.content
            pieces.append((marks.pop() if marks else "") + words.strip())
            marks.clear()
    return "\n\n".join(piece for piece in pieces if piece)


def _inline(tokens: Sequence[Token]) -> str:
    return "".join("\n" if token.type in {"softbreak", "hardbreak"} else _words(token) for token in tokens)


def _words(token: Token) -> str:
    if token.type == "html_inline":
        return ""
    return f"[Image] {token.content}" if token.type == "image" and token.content else token.content
