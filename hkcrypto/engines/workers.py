"""Worker processes: one that dies, hangs or runs out of memory costs the document that it was on, and no other.

A chunk whose worker is lost is worked on again, one document at a time, in a worker of its own; a document whose worker
is lost for the second time is a Failure.
"""

from __future__ import annotations

import math
import multiprocessing
import os
import pickle
import signal
import threading
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from typing import Any

from hkcrypto.engines.work import MORE_MEMORY, Item, Job, Result, extract_all
from hkcrypto.errors import ConfigError
from hkcrypto.schema import Document, Failure

IN_FLIGHT = 4  # chunks for each worker, done or not: the others seldom wait for a slow one, and memory does not grow with the corpus
LOOK_AHEAD = 64  # chunks in memory at most, those included in which there never was anything to do
RECYCLED = 2000  # documents of a worker's life: the vocabulary of the pipeline grows with every new word
BATCH = 8  # documents for which one limit of time is ample, unless one of them hangs
PATIENCE = 5.0  # seconds for a process to end that has closed its connection
OUT_OF_MEMORY = 77  # exit code of a worker


def in_processes(chunks: Iterable[list[Item]], job: Job, jobs: int, timeout: float | None = None) -> Generator[list[Result]]:
    """Yield the results of each chunk, in order; a document may take `timeout` seconds in a worker of its own.

    Raises what `job.load` raises, and ConfigError where workers die before they have begun.
    """
    pool = _Pool(job, jobs, timeout)
    try:
        yield from pool.results(iter(chunks))
    finally:
        pool.close()


class _Task:
    """A chunk on its way, and the places in it where a result is missing."""

    def __init__(self, items: list[Item]) -> None:
        self.items = items
        self.places = deque(n for n, item in enumerate(items) if isinstance(item, Document))
        self.has_work = bool(self.places)
        self.is_taken = not self.has_work
        self.is_single = False  # one document at a time, after a worker was lost

    def batch(self) -> list[Document]:
        """Return what is to be worked on next."""
        documents = [item for n in self.places if isinstance(item := self.items[n], Document)]
        return documents[:1] if self.is_single else documents

    def keep(self, results: Iterable[Result]) -> None:
        """Take over the results of the batch."""
        for result in results:
            self.items[self.places.popleft()] = result

    def lose(self, error: str, remedy: str) -> None:
        """Try each document by itself; where that was one by itself, it has failed."""
        if self.is_single:
            self.keep([Failure(self.batch()[0].source, error, remedy)])
        self.is_single = True


class _Pool:
    """At most `jobs` workers, each started when there is something for it to do."""

    def __init__(self, job: Job, jobs: int, timeout: float | None) -> None:
        self.job = job
        self.jobs = jobs
        self.timeout = timeout
        self.workers: list[_Worker] = []

    def results(self, chunks: Iterator[list[Item]]) -> Iterator[list[Result]]:
        """Yield the results of each chunk, in order."""
        tasks: deque[_Task] = deque()
        while True:
            while len(tasks) < LOOK_AHEAD and sum(t.has_work for t in tasks) < self.jobs * IN_FLIGHT and (chunk := next(chunks, None)):
                tasks.append(_Task(list(chunk)))
            if not tasks:
                return
            self._assign([task for task in tasks if not task.is_taken])
            if not tasks[0].places:
                yield [item for item in tasks.popleft().items if not isinstance(item, Document)]
            else:
                self._listen()

    def close(self) -> None:
        """End all workers."""
        for worker in self.workers:
            if worker.is_running:
                worker.stop()

    def _assign(self, tasks: list[_Task]) -> None:
        for task in tasks:
            worker = next((w for w in self.workers if w.task is None), None)
            if worker is None:
                if len(self.workers) == self.jobs:
                    return
                worker = _Worker(self.job, self.timeout)
                self.workers.append(worker)
            task.is_taken = True
            worker.take(task)

    def _listen(self) -> None:
        """Wait until a worker has something to tell, or one is over its time."""
        busy = {worker.connection: worker for worker in self.workers if worker.task}
        nearest = min(worker.deadline for worker in busy.values())
        for connection in wait(list(busy), None if nearest == math.inf else max(nearest - time.monotonic(), 0)):
            busy[connection].hear()  # type: ignore[index]
        for worker in busy.values():
            if worker.deadline < time.monotonic():
                worker.lost(f"it took longer than {self.timeout:g} s", "allow more with --timeout-per-document, or split the document")


class _Worker:
    """A process with an extractor, started anew when it is lost; it has one task at a time."""

    def __init__(self, job: Job, timeout: float | None) -> None:
        self.job = job
        self.timeout = timeout
        self.task: _Task | None = None
        self.deadline = math.inf
        self._failed_starts = self._documents = 0
        self._is_ready = False
        self.is_running = False

    def take(self, task: _Task) -> None:
        """Begin a task; where the process is still loading, as soon as it is ready."""
        self.task = task
        if self._documents >= RECYCLED:
            self.stop()
        self._go_on()

    def hear(self) -> None:
        """Take over what the process tells; where it is gone, begin another one."""
        try:
            told = self.connection.recv()
        except (EOFError, OSError, pickle.UnpicklingError):
            self.process.join(PATIENCE)
            if self.process.exitcode == OUT_OF_MEMORY:
                self.lost("the memory did not suffice for it", MORE_MEMORY)
            else:
                self.lost("the process that worked on it died", MORE_MEMORY)
            return
        if isinstance(told, Exception):
            raise told
        if not self._is_ready:
            self._is_ready, self._failed_starts = True, 0
        elif self.task:
            self.task.keep(told)
        self._go_on()

    def lost(self, error: str, remedy: str) -> None:
        """End the process, and go on with the task in another one."""
        self.stop()
        if self._is_ready and self.task:
            self.task.lose(error, remedy)
        else:
            self._failed_starts += 1
            if self._failed_starts > 1:
                raise ConfigError("a worker died before it had begun", "give it more memory, or use fewer with -j")
        self._go_on()

    def stop(self) -> None:
        """End the process; it has nothing to lose."""
        self.process.kill()
        self.process.join()
        self.connection.close()
        self.is_running = False

    def _start(self) -> None:
        # spawn: a fork of a process with threads (BLAS, the progress bar) can hang, and does not exist everywhere.
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, self.job), daemon=True)
        with _interrupts_held():  # the process inherits that, so Ctrl-C reaches the main one alone
            self.process.start()
        theirs.close()  # now the end of the process is the end of the connection
        self.deadline, self._documents, self._is_ready, self.is_running = math.inf, 0, False, True

    def _go_on(self) -> None:
        """Send what is left of the task, where there is a process that is ready for it."""
        self.deadline = math.inf
        if self.task and not self.task.places:
            self.task = None
        elif not self.is_running:
            self._start()
        elif self.task and self._is_ready:
            self._send(self.task.batch())

    def _send(self, batch: list[Document]) -> None:
        with suppress(BrokenPipeError, ConnectionError):  # it died while it was idle: `hear` finds out
            self.connection.send(batch)
        self._documents += len(batch)
        if self.timeout is not None:
            self.deadline = time.monotonic() + self.timeout * math.ceil(len(batch) / BATCH)


def _serve(connection: Connection[Any, Any], job: Job) -> None:
    """Be a worker: load the extractor, say so, and answer each batch with its results."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    try:
        extractor = job.load(job.options)
    except Exception as error:  # noqa: BLE001 (the main process raises it)
        connection.send(error)
        return
    connection.send(None)
    with suppress(EOFError, OSError):  # the main process is gone
        while True:
            try:
                connection.send(extract_all(extractor, connection.recv(), job.min_relevance))
            except MemoryError:
                os._exit(OUT_OF_MEMORY)  # what it has taken goes back to the system


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
