"""The engine of one machine: in this process, or in several."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice

from hkcrypto.errors import InputError
from hkcrypto.extract import Extractor, Options, load
from hkcrypto.schema import Document, Failure, Record

CHUNK = 8  # documents that go through the pipeline together: a quarter faster than one by one, and 50 gain no more
IN_FLIGHT = 2  # chunks for each worker: it never waits, and memory does not grow with the corpus

Item = Document | Failure
Result = Record | Failure

_extractor: Extractor | Exception | None = None  # a worker's own, loaded once; or why it could not be


def run(documents: Iterable[Item], options: Options, jobs: int = 1) -> Generator[Result]:
    """Yield the record of every document, or its Failure, in the order of the input, whatever the number of `jobs` (processes).

    Raises ConfigError or DataError, before the first document, where the options cannot be met.
    """
    return _here(documents, options) if jobs == 1 else _in_processes(documents, options, jobs)


def _here(documents: Iterable[Item], options: Options) -> Generator[Result]:
    extractor = load(options)
    for chunk in _chunks(documents):
        yield from _extract_all(extractor, chunk)


def _in_processes(documents: Iterable[Item], options: Options, jobs: int) -> Generator[Result]:
    pool = _Pool(options, jobs)
    waiting: deque[tuple[list[Item], Future[list[Result]]]] = deque()
    try:
        for chunk in _chunks(documents):
            waiting.append((chunk, pool.submit(chunk)))
            if len(waiting) >= jobs * IN_FLIGHT:
                yield from pool.results(*waiting.popleft())
        while waiting:
            yield from pool.results(*waiting.popleft())
    finally:
        pool.close()


def _chunks(documents: Iterable[Item]) -> Iterator[list[Item]]:
    """Yield the documents in lists whose bounds do not depend on the number of workers, so that their records do not either."""
    items = iter(documents)
    while chunk := list(islice(items, CHUNK)):
        yield chunk


def _extract_all(extractor: Extractor, chunk: Sequence[Item]) -> list[Result]:
    """Return the results of a chunk; where one of its documents fails, each is worked on by itself."""
    try:
        results = extractor.pipe(item for item in chunk if isinstance(item, Document))
        return [item if isinstance(item, Failure) else next(results) for item in chunk]
    except Exception:  # noqa: BLE001 (_extract says which, and what of)
        return [item if isinstance(item, Failure) else _extract(extractor, item) for item in chunk]


def _extract(extractor: Extractor, document: Document) -> Result:
    try:
        return extractor.extract(document, source=document.source)
    except InputError as error:
        return Failure(document.source, error.message, error.remedy)
    except Exception as error:  # noqa: BLE001 (one document never ends the run)
        return Failure(document.source, f"internal error: {type(error).__name__}: {error}", "report it with the document")


class _Pool:
    """Worker processes, replaced where one of them dies (of hunger for memory, say) and takes the pool with it."""

    def __init__(self, options: Options, jobs: int) -> None:
        self.options = options
        self.jobs = jobs
        self.executor = self._start(jobs)

    def _start(self, jobs: int) -> ProcessPoolExecutor:
        # spawn: a fork of a process with threads (BLAS, the progress bar) can hang, and does not exist everywhere.
        return ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), _start_worker, (self.options,))

    def submit(self, chunk: list[Item]) -> Future[list[Result]]:
        """Hand a chunk to a worker; where all of them have died, to new ones."""
        with _interrupts_held():  # a new worker inherits that, so Ctrl-C reaches this process alone
            try:
                return self.executor.submit(_work, chunk)
            except BrokenProcessPool:
                self.executor = self._start(self.jobs)
                return self.executor.submit(_work, chunk)

    def results(self, chunk: list[Item], future: Future[list[Result]]) -> Iterator[Result]:
        """Yield the results of a chunk, in order, one item at a time where its worker died."""
        try:
            yield from future.result()
        except BrokenProcessPool:
            for item in chunk:
                yield item if isinstance(item, Failure) else self._alone(item)

    def _alone(self, document: Document) -> Result:
        """Work again on a document whose pool broke: in a process of its own, no other document can be the cause."""
        executor = self._start(1)
        try:
            with _interrupts_held():
                future = executor.submit(_work, [document])
            return future.result()[0]
        except BrokenProcessPool:
            return Failure(document.source, "the process that worked on it died", "give it more memory, or split the document")
        finally:
            executor.shutdown()

    def close(self) -> None:
        self.executor.shutdown(cancel_futures=True)


def _start_worker(options: Options) -> None:
    """Load this worker's extractor. An error waits for the first document: raised here, it would break the pool and be lost."""
    global _extractor  # noqa: PLW0603 (a worker has no other place that outlives a document)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    try:
        _extractor = load(options)
    except Exception as error:  # noqa: BLE001
        _extractor = error


def _work(chunk: list[Item]) -> list[Result]:
    if _extractor is None or isinstance(_extractor, Exception):
        raise _extractor or RuntimeError("the worker has no extractor")
    return _extract_all(_extractor, chunk)


def _leave_with_parent() -> None:
    """End this worker when the main process is gone, even if that was killed."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Ctrl-C waits until the end of the block, and for ever in processes that are started inside."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows: the workers ignore it once they are up
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
