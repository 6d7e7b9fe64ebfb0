"""The real extractor is too slow here: a fake one takes its place, in the workers too."""

import multiprocessing
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, cast

import pytest

from hkcrypto.engines import local, workers
from hkcrypto.engines.work import Result
from hkcrypto.errors import ConfigError, InputError
from hkcrypto.extract import Extractor, Options
from hkcrypto.schema import Document, DocumentInfo, Failure, PassedOver, Producer, Record

Item = Document | Failure


class FakeExtractor:
    def pipe(self, documents: Iterable[Document]) -> Iterator[Record]:
        return (self.extract(document, source=document.source) for document in documents)

    def relevance(self, document: Document) -> float:
        return len(document.text) / 10

    def extract(self, document: Document, *, source: str) -> Record:
        if document.text == "unfit":
            raise InputError("it is unfit", "leave it out")
        if document.text == "boom":
            raise RuntimeError("boom")
        if document.text == "die":
            os._exit(9)
        if document.text.startswith("die once "):
            once = Path(document.text.removeprefix("die once "))
            if not once.exists():
                once.touch()
                os._exit(9)
        if document.text == "hang":
            time.sleep(600)
        if document.text == "memory":
            raise MemoryError
        if document.text == "who":
            source = str(os.getpid())
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
            relevance=self.relevance(document),
            duplicate_of=None,
            sections=[],
        )
        return Record("1.0", Producer("0", "m", "k", "f"), info, [], [], [], [], [])


def fake_load(options: Options) -> Extractor:
    if options.model == "deadly":
        os._exit(9)
    if options.model:
        raise ConfigError("there is no model", "install it")
    return cast("Extractor", FakeExtractor())


@pytest.fixture(autouse=True)
def _fake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "load", fake_load)


def told(result: Result) -> str:
    """Return the source of a record, or what there is instead of it."""
    if isinstance(result, Failure):
        return f"{result.source}: {result.error}"
    return f"{result.source} passed over" if isinstance(result, PassedOver) else str(result["document"]["source"])


def outcome(documents: list[Item], jobs: int, model: str | None = None, **given: Any) -> list[str]:
    return [told(result) for result in local.run(documents, Options(model=model), jobs, **given)]


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
    assert read <= 2 * workers.IN_FLIGHT * local.CHUNK


@pytest.mark.parametrize("jobs", [1, 2])
def test_run_gives_up_a_document_that_hangs(jobs: int) -> None:
    documents: list[Item] = [Document("text", "a"), Document("hang", "b"), *(Document("text", str(number)) for number in range(9))]
    assert outcome(documents, jobs, timeout=1.5) == ["a", "b: it took longer than 1.5 s", *map(str, range(9))]


@pytest.mark.parametrize("jobs", [1, 2])
def test_run_goes_on_after_a_document_that_takes_all_memory(jobs: int) -> None:
    documents: list[Item] = [Document("text", "a"), Document("memory", "b"), Document("text", "c")]
    assert outcome(documents, jobs) == ["a", "b: the memory did not suffice for it", "c"]


def test_run_tells_what_helps_where_a_worker_is_lost() -> None:
    results = local.run([Document("die", "a"), Document("hang", "b")], Options(), 2, timeout=1.5)
    remedies = [result.remedy for result in results if isinstance(result, Failure)]
    assert remedies == ["give it more memory, or split the document", "allow more with --timeout-per-document, or split the document"]


def test_run_tries_a_document_again_whose_worker_was_killed(tmp_path: Path) -> None:
    once = tmp_path / "once"
    assert outcome([Document("text", "a"), Document(f"die once {once}", "b"), Document("text", "c")], 2) == ["a", "b", "c"]
    assert once.exists()


def test_run_renews_its_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    documents: list[Item] = [Document("who", "a") for _ in range(3 * local.CHUNK)]
    assert len(set(outcome(documents, 1, timeout=60))) == 1
    monkeypatch.setattr(workers, "RECYCLED", 2 * local.CHUNK)
    assert len(set(outcome(documents, 1, timeout=60))) == 2


def test_run_fails_where_no_worker_begins() -> None:
    with pytest.raises(ConfigError, match="died before it had begun"):
        outcome([Document("text", "a")], 2, model="deadly")


def test_run_stays_in_this_process_with_one_job() -> None:
    assert outcome([Document("who", "a")], 1) == [str(os.getpid())]


@pytest.mark.parametrize("jobs", [1, 2])
def test_run_passes_over_what_is_not_relevant(jobs: int) -> None:
    documents: list[Item] = [Document("long text", "a"), Document("text", "b"), Failure("c", "it is gone", ""), Document("boom!", "d")]
    assert outcome(documents, jobs, min_relevance=0.5) == ["a", "b passed over", "c: it is gone", "d"]


def test_run_ends_its_workers_where_nobody_wants_more() -> None:
    documents = [Document("text", str(n)) for n in range(local.CHUNK)] + [Document("hang", "b")]
    with closing(local.run(documents, Options(), 2)) as results:
        assert told(next(results)) == "0"
    assert not multiprocessing.active_children()
