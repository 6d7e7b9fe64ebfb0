"""What is done with documents, whatever the process: in the main one (`here`), or for a worker."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hkcrypto.errors import InputError
from hkcrypto.schema import Document, Failure, PassedOver, Record

if TYPE_CHECKING:
    from hkcrypto.extract import Extractor, Options

Result = dict[str, Any] | Failure | PassedOver  # a record as plain data: that is what all sinks take, and processes exchange
Item = Document | Result  # what is no document needs no work
Load = Callable[["Options"], "Extractor"]

MORE_MEMORY = "give it more memory, or split the document"


@dataclass(frozen=True, slots=True)
class Job:
    """How to make records: the options, what loads an extractor of them, and the relevance below which a document is passed over."""

    options: Options
    load: Load
    min_relevance: float = 0.0


def here(chunks: Iterable[list[Item]], job: Job) -> Generator[list[Result]]:
    """Yield the results of each chunk, worked on in this process; the extractor is loaded when the first document comes."""
    extractor: Extractor | None = None
    for chunk in chunks:
        documents = [item for item in chunk if isinstance(item, Document)]
        if documents and extractor is None:
            extractor = job.load(job.options)
        done = iter(_survived(extractor, documents, job.min_relevance) if extractor else ())
        yield [next(done) if isinstance(item, Document) else item for item in chunk]


def extract_all(extractor: Extractor, documents: Sequence[Document], min_relevance: float) -> list[Result]:
    """Return the results of documents; where one of them fails, each is worked on by itself. Raises MemoryError."""
    try:
        passed = {n: p for n, d in enumerate(documents) if (p := _passed_over(extractor, d, min_relevance))}
        results = extractor.pipe(d for n, d in enumerate(documents) if n not in passed)
        return [passed.get(n) or _plain(next(results)) for n in range(len(documents))]
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 (_extract says which, and what of)
        return [_extract(extractor, document, min_relevance) for document in documents]


def _survived(extractor: Extractor, documents: Sequence[Document], min_relevance: float) -> list[Result]:
    """Return the results of documents, one by one where the memory does not suffice for all of them."""
    try:
        return extract_all(extractor, documents, min_relevance)
    except MemoryError:
        return [_spared(extractor, document, min_relevance) for document in documents]


def _spared(extractor: Extractor, document: Document, min_relevance: float) -> Result:
    try:
        return _extract(extractor, document, min_relevance)
    except MemoryError:
        return Failure(document.source, "the memory did not suffice for it", MORE_MEMORY)


def _extract(extractor: Extractor, document: Document, min_relevance: float) -> Result:
    try:
        passed = _passed_over(extractor, document, min_relevance)
        return passed or extractor.extract(document, source=document.source).to_dict()
    except InputError as error:
        return Failure(document.source, error.message, error.remedy)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 (one document never ends the run)
        return Failure(document.source, f"internal error: {type(error).__name__}: {error}", "report it with the document")


def _passed_over(extractor: Extractor, document: Document, min_relevance: float) -> PassedOver | None:
    if not min_relevance:
        return None
    relevance = extractor.relevance(document)
    return PassedOver(document.source, relevance) if relevance < min_relevance else None


def _plain(result: Record | Failure) -> Result:
    return result.to_dict() if isinstance(result, Record) else result
