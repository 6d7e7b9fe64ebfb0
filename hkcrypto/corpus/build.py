"""From records to the corpus record: the whole path in one screen."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from hkcrypto.corpus.contradictions import contradictions
from hkcrypto.corpus.entities import merged
from hkcrypto.corpus.facts import facts
from hkcrypto.corpus.intake import Page, Rules, page_of
from hkcrypto.corpus.lifecycles import lifecycles
from hkcrypto.corpus.model import CORPUS_VERSION, Corpus, CorpusDocument
from hkcrypto.corpus.stories import stories
from hkcrypto.errors import InputError
from hkcrypto.frames import load_frames
from hkcrypto.schema import Producer


class Builder:
    """Takes records one by one and keeps of each only what counts; no text stays in memory."""

    def __init__(self, frames: tuple[Path, ...] = ()) -> None:
        self.rules = _rules(frames)
        self.pages: dict[str, Page] = {}

    def add(self, record: Mapping[str, Any], name: str) -> None:
        """Take one more record, out of the file `name`; the very same one again changes nothing.

        Raises InputError where parts of it are missing, or another record of the same document is there already.
        """
        try:
            page = page_of(record, self.rules)
        except (KeyError, TypeError, ValueError, AttributeError):
            raise InputError(f"{name}: it holds a record with parts missing", "write it again with `hkcrypto extract`") from None
        before = self.pages.setdefault(page.source, page)
        if before.checksum != page.checksum:
            raise InputError(f"{name}: the document {page.source} is there twice, with different records", "keep one record a document")

    def corpus(self) -> Corpus:
        """Return the corpus of the records so far, the same whatever the order in which they came."""
        pages = [self.pages[source] for source in sorted(self.pages)]
        told = stories(pages)
        entities, ids = merged(pages)
        relations = facts(pages, ids, {source: story for source, (story, _) in told.items()}, self.rules.symmetric)
        by_id = {entity.id: entity for entity in entities}
        return Corpus(
            CORPUS_VERSION,
            _distinct(page.producer for page in pages),
            [CorpusDocument(p.source, p.id, p.title, p.publisher, p.published, p.language, *told[p.source]) for p in pages],
            entities,
            relations,
            lifecycles(relations, by_id),
            contradictions(relations, by_id),
        )


@cache
def _rules(frames: tuple[Path, ...]) -> Rules:
    return Rules.of(load_frames(frames))


def _distinct(producers: Iterable[Producer]) -> list[Producer]:
    found = {json.dumps(asdict(producer), sort_keys=True): producer for producer in producers}
    return [found[key] for key in sorted(found)]


def corpus_of(records: Iterable[Mapping[str, Any]], frames: tuple[Path, ...] = ()) -> Corpus:
    """Return the corpus of records.

    Raises InputError where parts of one are missing, or two are of one document and differ.
    """
    builder = Builder(frames)
    for record in records:
        builder.add(record, "the records")
    return builder.corpus()
