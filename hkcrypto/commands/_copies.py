"""Copies among the documents of a run: marked in their records, or left out."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from hkcrypto.schema import Document, Failure
from hkcrypto.settings import Settings
from hkcrypto.terminal import complain

if TYPE_CHECKING:
    from hkcrypto.engines.work import Result


class Copies:
    """Finds copies among the documents as they are read, in the order of the input, and so whatever becomes of them and of others."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.left_out = 0
        self._of: deque[str | None] = deque()  # for each document that is on its way

    def noted(self, documents: Iterable[Document | Failure]) -> Iterator[Document | Failure]:
        """Yield the documents; with `dedupe`, without those that are copies of one before."""
        if not (self.settings.dedupe or self.settings.mark_duplicates):
            yield from documents
            return
        from hkcrypto.duplicates import Originals, signature

        originals = Originals()
        for item in documents:
            signed = None if isinstance(item, Failure) else signature(item.text)
            of = originals.original_of(item.source, signed) if signed else None
            if of is not None and self.settings.dedupe:
                self.left_out += 1
                if self.settings.verbose:
                    complain(f"{item.source}: left out: a copy of {of}")
                continue
            self._of.append(of)
            yield item

    def marked(self, results: Iterable[Result]) -> Iterator[Result]:
        """Yield the results, which come in the order of the documents, each record with the source that it is a copy of."""
        for result in results:
            of = self._of.popleft() if self._of else None
            if of is None or not isinstance(result, dict):
                yield result
            else:
                yield result | {"document": result["document"] | {"duplicate_of": of}}

    def show(self) -> None:
        """Say how many documents were left out, unless the user wants to hear nothing."""
        if self.left_out and not self.settings.quiet:
            from hkcrypto.summary import counted

            complain(f"{counted(self.left_out, 'copy')} of other documents left out; --mark-duplicates keeps and marks them")
