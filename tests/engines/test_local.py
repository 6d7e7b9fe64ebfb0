"""The real extractor is too slow here: a fake one takes its place, in the workers too."""

import multiprocessing
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from typing import cast

import pytest

from hkcrypto.engines import local
from hkcrypto.errors import ConfigError, InputError
from hkcrypto.extract import Extractor, Options
from hkcrypto.schema import Document, DocumentInfo, Failure, Producer, Record

Item = Document | Failure


class FakeExtractor:
    def pipe(self, documents: Iterable[Document]) -> Iterator[Record]:
        return (self.extract(document, source=document.source) for document in documents)

    def extract(self, document: Document, *, source: str) -> Record:
        if document.text == "unfit":
            raise InputError("it is unfit", "leave it out")
        if document.text == "boom":
            raise RuntimeError("boom")
        if document.text == "die":
            os._exit(9)
        info = DocumentInfo(
            id="0" * 64,
            source=source,
            title=None,
            publisher=None,
            authors=[],
            url=None,
            published=None,
            published_inferred=False,
            language="en",
            relevance=0.0,
            duplicate_of=None,
            sections=[],
        )
        return Record("1.0", Producer("0", "m", "k", "f"), info, [], [], [], [], [])


def fake_load(options: Options) -> Extractor:
    if options.model:
        raise ConfigError("there is no model", "install it")
    return cast("Extractor", FakeExtractor())


def start_fake_worker(options: Options) -> None:
    setattr(local, "load", fake_load)  # noqa: B010 (a plain assignment would need the module to export it)
    local._start_worker(options)


@pytest.fixture(autouse=True)
def _fake(monkeypatch: pytest.MonkeyPatch) -> None:
    class Pool(local._Pool):
        def _start(self, jobs: int) -> ProcessPoolExecutor:
            return ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), start_fake_worker, (self.options,))

    monkeypatch.setattr(local, "load", fake_load)
    monkeypatch.setattr(local, "_Pool", Pool)


def outcome(documents: list[Item], jobs: int, model: str | None = None) -> list[str]:
    results = list(local.run(documents, Options(model=model), jobs))
    return [f"{r.source}: {r.error}" if isinstance(r, Failure) else r.document.source for r in results]


@pytest.mark.parametrize("jobs", [1, 2])
def test_run_keeps_the_order(jobs: int) -> None:
    documents: list[Item] = [Document("text", str(number)) for number in range(20)]
    documents[3] = Failure("3", "it is gone", "bring it back")
    assert outcome(documents, jobs) == [str(n) if n != 3 else "3: it is gone" for n in range(20)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_run_goes_on_after_a_document_that_fails(jobs: int) -> None:
    documents: list[Item] = [Document("unfit", "a"), Document("boom", "b"), Document("text", "c")]
    assert outcome(documents, jobs) == ["a: it is unfit", "b: internal error: RuntimeError: boom", "c"]


def test_run_goes_on_after_a_worker_that_dies() -> None:
    documents: list[Item] = [Document("text", "a"), Document("die", "b"), *(Document("text", str(number)) for number in range(9))]
    assert outcome(documents, 2) == ["a", "b: the process that worked on it died", *map(str, range(9))]


@pytest.mark.parametrize("jobs", [1, 2])
def test_run_fails_where_there_is_no_model(jobs: int) -> None:
    with pytest.raises(ConfigError, match="no model; install it"):
        outcome([Document("text", "a")], jobs, model="none")


def test_run_of_nothing_gives_nothing() -> None:
    assert outcome([], 2) == []


def test_run_reads_only_a_few_documents_ahead() -> None:
    read = 0

    def documents() -> Iterator[Item]:
        nonlocal read
        for number in range(100):
            read += 1
            yield Document("text", str(number))

    with closing(local.run(documents(), Options(), 2)) as results:
        next(results)
    assert read <= 2 * local.IN_FLIGHT * local.CHUNK
