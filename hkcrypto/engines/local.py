"""The engine of one machine: in this process or in several, with what is known from earlier runs."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from hkcrypto.cache import Cache
from hkcrypto.cache import Result as Known
from hkcrypto.engines.work import Item, Job, Result, here
from hkcrypto.extract import Options, load
from hkcrypto.schema import Document, Failure, PassedOver

if TYPE_CHECKING:
    from collections.abc import Sequence

CHUNK = 8  # documents that go through the pipeline together: a quarter faster than one by one, and 50 gain no more
SIEVED = 128  # documents of a chunk of which few are expected to be relevant

Work = Callable[[Iterable[list[Item]]], Iterator[list[Result]]]


def run(
    documents: Iterable[Item],
    options: Options,
    jobs: int = 1,
    *,
    timeout: float | None = None,
    min_relevance: float = 0.0,
    cache: Cache | None = None,
) -> Generator[Result]:
    """Yield the record of every document as plain data, or its Failure, in the order of the input, whatever the number of processes.

    A document may take `timeout` seconds, for which it needs a process other than this one, even with one job. One whose
    relevance is below `min_relevance` is PassedOver. What the cache has is not extracted; what it has not is added to it.
    Raises ConfigError or DataError, before the first document, where the options cannot be met.
    """
    job = Job(options, load, min_relevance)
    chunks = _chunks(documents, SIEVED if min_relevance else CHUNK)
    work: Work
    if jobs == 1 and timeout is None:
        work = partial(here, job=job)
    else:
        from hkcrypto.engines.workers import in_processes

        work = partial(in_processes, job=job, jobs=jobs, timeout=timeout)
    for results in work(chunks) if cache is None else _cached(chunks, work, cache, job):
        yield from results


def _chunks(documents: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Yield the documents in lists whose bounds do not depend on the number of workers, so that their records do not either."""
    items = iter(documents)
    while chunk := list(islice(items, size)):
        yield chunk


def _cached(chunks: Iterable[list[Item]], work: Work, cache: Cache, job: Job) -> Iterator[list[Result]]:
    """Yield the results of each chunk, and keep those that are new as soon as they are there: a run that is killed loses none."""
    from hkcrypto.fingerprint import document_key, fingerprint

    pipeline = fingerprint(job.options)
    on_their_way: deque[tuple[list[bytes | None], list[Item]]] = deque()

    def looked_up() -> Iterator[list[Item]]:
        for chunk in chunks:
            keys = [document_key(item, pipeline) if isinstance(item, Document) else None for item in chunk]
            found = cache.get([key for key in keys if key])
            items = [_known(item, found.get(key), job.min_relevance) if key else item for item, key in zip(chunk, keys, strict=True)]
            on_their_way.append((keys, items))
            yield items

    for results in work(looked_up()):
        keys, items = on_their_way.popleft()
        if new := dict(_new(keys, items, results)):
            cache.put(new)
        yield results


def _known(item: Item, known: Known | None, min_relevance: float) -> Item:
    """Return the result of a document where it is known, else the document."""
    if not isinstance(item, Document) or known is None:
        return item
    if known.relevance < min_relevance:
        return PassedOver(item.source, known.relevance)
    if known.record is None:
        return item
    return _from(item.source, known.record)


def _new(keys: Sequence[bytes | None], items: Sequence[Item], results: Sequence[Result]) -> Iterator[tuple[bytes, Known]]:
    """Yield what is to be kept of the documents that were worked on; a failure is not, since it may be the machine's."""
    for key, item, result in zip(keys, items, results, strict=True):
        if key is None or not isinstance(item, Document) or isinstance(result, Failure):
            continue
        if isinstance(result, PassedOver):
            yield key, Known(result.relevance, None)
        else:
            yield key, Known(result["document"]["relevance"], _from("", result))


def _from(source: str, record: dict[str, Any]) -> dict[str, Any]:
    """Return a record with another source; two documents with one text have one row in the cache."""
    return {**record, "document": {**record["document"], "source": source}}
