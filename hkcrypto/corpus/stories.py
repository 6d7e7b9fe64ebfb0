"""Which documents tell one story: copies of a text are one source, however many outlets carry them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from hkcrypto.corpus.groups import Groups
from hkcrypto.corpus.intake import Page
from hkcrypto.duplicates import Originals
from hkcrypto.evaluation.names import fold

# Copies share what is quoted from them: so many passages, and half of those of the shorter. Two reports of one event that
# are written independently share a quotation or two.
SHARED = 3
HEADLINE = 4  # words; "Market wrap" comes every day
WHY = {
    "text": "the same text",
    "marked": "marked as a copy",
    "headline": "the same headline of the same publisher on the same day",
    "nearly": "nearly the same text",
    "passages": "the same passages",
}


def stories(pages: Sequence[Page]) -> dict[str, tuple[str, str | None]]:
    """Return for each source the source of the first document with its story, and why it is taken for a copy of that.

    `pages` are sorted by source; documents that are marked as copies come after all others.
    """
    ordered = sorted(pages, key=lambda page: page.duplicate_of is not None)
    groups = Groups(page.source for page in ordered)
    why: dict[str, str] = {}
    for one, other, reason in _pairs(ordered, groups):
        if (joined := groups.join(one, other)) is not None:
            why[joined] = WHY[reason]
    return {source: (groups.first_of(source), why.get(source)) for source in groups.rank}


def _pairs(pages: Sequence[Page], groups: Groups[str]) -> Iterator[tuple[str, str, str]]:
    """Yield pairs of documents that tell one story, each with the reason; the stronger reasons first.

    What has been joined meanwhile is not compared again: a story with many copies would cost the square of their number.
    """
    yield from _same_keys(pages, groups.rank)
    originals = Originals()
    for page in pages:
        if page.signed and groups.first_of(page.source) == page.source and (first := originals.original_of(page.source, page.signed)):
            yield first, page.source, "nearly"
    yield from _same_passages([page for page in pages if groups.first_of(page.source) == page.source])


def _same_keys(pages: Sequence[Page], known: dict[str, int]) -> Iterator[tuple[str, str, str]]:
    seen: dict[tuple[str, ...], str] = {}
    for page in pages:
        if page.duplicate_of in known:
            yield page.duplicate_of, page.source, "marked"
        for reason, *key in _keys(page):
            if (first := seen.setdefault((reason, *key), page.source)) != page.source:
                yield first, page.source, reason


def _keys(page: Page) -> Iterator[tuple[str, ...]]:
    yield "text", page.id
    if page.duplicate_of:
        yield "marked", page.duplicate_of
    if page.publisher and page.published and len((title := fold(page.title or "")).split()) >= HEADLINE:
        yield "headline", fold(page.publisher), page.published, title


def _same_passages(pages: Sequence[Page]) -> Iterator[tuple[str, str, str]]:
    held: dict[bytes, list[int]] = defaultdict(list)
    for number, page in enumerate(pages):
        common = Counter(other for passage in page.passages for other in held[passage])
        same = (n for n in sorted(common) if common[n] >= SHARED and 2 * common[n] >= min(len(page.passages), len(pages[n].passages)))
        if (first := next(same, None)) is not None:
            yield pages[first].source, page.source, "passages"
            continue
        for passage in page.passages:
            held[passage].append(number)
