"""HTML: the main text of the page, and what its tags say of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BufferedReader
from typing import Any

from hkcrypto.errors import InputError
from hkcrypto.lines import read_date
from hkcrypto.readers import ReadOptions, check_length, read_all, readers
from hkcrypto.readers.decoding import decode
from hkcrypto.schema import Document
from hkcrypto.sections import titled

MOST_TAGS = 100_000  # a news page has a few thousand; the parsers take a gigabyte for a million
_TAG = re.compile(r"<[a-zA-Z]")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
# "never from the clock": by default the latest date that htmldate takes is today's, and it guesses from copyright lines.
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2099-12-31"}


@readers.register(".html", ".htm")
def read_html(stream: BufferedReader, source: str, options: ReadOptions) -> Iterator[Document]:
    """Yield the one document of a page. Raises InputError where it is binary, too large, or holds no article."""
    page, warnings = decode(read_all(stream, options), _declared)
    if not page.strip():
        raise InputError("it is empty", "leave it out, or put an article in it")
    if len(_TAG.findall(page)) > MOST_TAGS:
        raise InputError(f"the page has more than {MOST_TAGS:,} tags", "give its text")
    found = _extract(page)
    if not found or not (found.text or "").strip():
        raise InputError("no article was found in the page", "give the page as its reader sees it, or its text")
    check_length(found.text, options)
    text, sections = titled(found.title, re.sub(r"\n+", "\n\n", found.text))
    yield Document(
        text=text,
        source=source,
        title=found.title or None,
        publisher=found.sitename or None,
        authors=tuple(name for name in (found.author or "").split("; ") if name),
        url=found.url or None,
        published=read_date(found.date) if found.date else None,
        sections=sections,
        warnings=warnings,
    )


def _declared(data: bytes) -> str | None:
    match = _CHARSET.search(data[:8000])
    return match[1].decode("ascii", "replace") if match else None


def _extract(page: str) -> Any:
    from trafilatura import bare_extraction  # half a second

    try:
        return bare_extraction(page, with_metadata=True, include_comments=False, include_tables=True, date_extraction_params=dict(_DATES))
    except Exception as error:  # noqa: BLE001 (broken pages break the parsers below in many ways)
        raise InputError(f"the page cannot be read: {type(error).__name__}", "mend it, or give its text") from None
