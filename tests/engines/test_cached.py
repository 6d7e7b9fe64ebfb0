"""Runs with a cache: what they extract, and that nobody can tell from their results."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkcrypto.cache import Cache
from hkcrypto.engines import local
from hkcrypto.extract import Extractor, Options
from hkcrypto.fingerprint import document_key, fingerprint
from hkcrypto.schema import Document, Failure, KnownEntity, Section

from .test_local import Item, fake_load, told

RUN = """
import os, signal, sys
from contextlib import closing
from pathlib import Path
from hkcrypto.cache import Cache
from hkcrypto.engines import local
from hkcrypto.extract import Options
from hkcrypto.schema import Document
from hkcrypto.writers import find_writer
from tests.engines.test_local import FakeExtractor

folder, jobs, deadly, log = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4])

class Logged(FakeExtractor):
    def extract(self, document, *, source):
        with log.open("a") as out:
            out.write(source + " ")
        return super().extract(document, source=source)

def load(options):
    return Logged()

def records(results):
    for number, result in enumerate(results):
        if number == deadly:
            os.kill(os.getpid(), signal.SIGKILL)
        yield result

if __name__ == "__main__":
    local.load = load
    with closing(Cache(folder)) as cache:
        documents = (Document(f"text {n}", f"{n}.txt") for n in range(40))
        find_writer("jsonl")(records(local.run(documents, Options(), jobs, cache=cache)), sys.stdout)
"""


class CountingExtractor:
    """Says what it was given, in place of an extractor; `boom` fails."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def __call__(self, options: Options) -> Extractor:
        real: Any = fake_load(options)
        extract = real.extract

        def counted(document: Document, *, source: str) -> Any:
            self.seen.append(source)
            return extract(document, source=source)

        real.extract = counted
        found: Extractor = real
        return found


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> CountingExtractor:
    """Return what stands for `load`, and keeps which documents were extracted."""
    extractor = CountingExtractor()
    monkeypatch.setattr(local, "load", extractor)
    return extractor


@pytest.fixture
def run(tmp_path: Path, counting: CountingExtractor) -> Callable[..., list[str]]:
    """Return a function that runs documents with the cache of the test, and gives what was told and what was extracted."""

    def run_all(documents: list[Item], options: Options | None = None, **given: Any) -> list[str]:
        counting.seen.clear()
        with closing(Cache(tmp_path / "cache")) as cache:
            return [told(result) for result in local.run(documents, options or Options(), cache=cache, **given)]

    return run_all


ARTICLES: list[Item] = [Document(f"text {n}", str(n)) for n in range(20)]
Run = Callable[..., list[str]]


def test_second_run_extracts_nothing(run: Run, counting: CountingExtractor) -> None:
    first = run(ARTICLES)
    assert counting.seen == first
    assert run(ARTICLES) == first
    assert counting.seen == []


def test_second_run_extracts_what_is_new(run: Run, counting: CountingExtractor) -> None:
    run(ARTICLES)
    changed = [*ARTICLES[:3], Document("another text", "x"), *ARTICLES[5:]]
    assert run(changed) == ["0", "1", "2", "x", *map(str, range(5, 20))]
    assert counting.seen == ["x"]


def test_run_gives_each_of_two_equal_texts_its_source(run: Run, counting: CountingExtractor) -> None:
    twins: list[Item] = [Document("text", "a"), Document("text", "b")]
    assert run(twins) == ["a", "b"]
    assert run([*twins, Document("text", "c")]) == ["a", "b", "c"]
    assert counting.seen == []


def test_run_tries_failures_again(run: Run, counting: CountingExtractor) -> None:
    documents: list[Item] = [Document("boom", "a"), Document("text", "b"), Failure("c", "it is gone", "")]
    assert run(documents) == run(documents) == ["a: internal error: RuntimeError: boom", "b", "c: it is gone"]
    assert set(counting.seen) == {"a"}


def test_run_with_other_options_extracts_again(run: Run, counting: CountingExtractor) -> None:
    run(ARTICLES)
    run(ARTICLES, Options(coref=False))
    assert len(counting.seen) == len(ARTICLES)


def test_run_with_a_cache_goes_without_a_model_where_all_is_known(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run(ARTICLES)
    monkeypatch.setattr(local, "load", None)
    assert run(ARTICLES) == [told(item) if isinstance(item, Failure) else item.source for item in ARTICLES if isinstance(item, Document)]


def test_run_remembers_what_it_passed_over(run: Run, counting: CountingExtractor) -> None:
    documents: list[Item] = [Document("long text", "a"), Document("text", "b")]
    assert run(documents, min_relevance=0.5) == run(documents, min_relevance=0.5) == ["a", "b passed over"]
    assert counting.seen == []
    assert run(documents) == ["a", "b"]
    assert counting.seen == ["b"]
    assert run(documents, min_relevance=0.5) == ["a", "b passed over"]
    assert run(documents) == ["a", "b"]
    assert counting.seen == []


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no such signal here")
@pytest.mark.parametrize("jobs", [1, 2])
def test_run_that_was_killed_goes_on_where_it_was(tmp_path: Path, jobs: int) -> None:
    script = tmp_path / "script.py"
    script.write_text(RUN, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[2]), *filter(None, sys.path)])}

    def start(folder: str, deadly: int, log: str) -> subprocess.CompletedProcess[bytes]:
        arguments = [sys.executable, str(script), str(tmp_path / folder), str(jobs), str(deadly), str(tmp_path / log)]
        return subprocess.run(arguments, capture_output=True, check=False, env=environment)

    whole = start("one", -1, "log").stdout
    assert whole.count(b"\n") == 40
    assert start("two", 17, "killed").returncode == -signal.SIGKILL
    again = start("two", -1, "again")
    assert (again.returncode, again.stdout) == (0, whole)
    extracted_again = (tmp_path / "again").read_text(encoding="utf-8").split()
    assert not {f"{n}.txt" for n in range(16)} & set(extracted_again)
    assert "39.txt" in extracted_again


Texts = st.none() | st.text()
Documents = st.builds(
    Document,
    text=st.text(st.characters(codec=None)),
    source=st.just("a"),
    title=Texts,
    publisher=Texts,
    authors=st.lists(st.text(), max_size=2).map(tuple),
    url=Texts,
    published=Texts,
    sections=st.none() | st.lists(st.builds(Section, st.just("body"), st.integers(0), st.integers(0)), max_size=2).map(tuple),
    entities=st.none() | st.lists(st.builds(KnownEntity, st.text(), st.text(), st.just(("a",))), max_size=2).map(tuple),
    warnings=st.lists(st.text(), max_size=1).map(tuple),
)


@given(one=Documents, other=Documents)
def test_documents_have_one_key_only_where_they_are_the_same(one: Document, other: Document) -> None:
    pipeline = b"p" * 16
    assert (document_key(one, pipeline) == document_key(other, pipeline)) == (one == other)
    assert document_key(replace(one, source="b"), pipeline) == document_key(one, pipeline)
    assert document_key(one, b"q" * 16) != document_key(one, pipeline)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Return a file of the user."""
    path = tmp_path / "own.yaml"
    path.write_text("entities:\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["kb", "frames"])
def test_fingerprint_is_that_of_the_users_files(own: Path, name: str) -> None:
    options: Any = {name: (own,)}
    before = fingerprint(Options(**options))
    assert fingerprint(Options(**options)) == before != fingerprint(Options())
    own.write_text("entities: {}\n", encoding="utf-8")
    assert fingerprint(Options(**options)) != before


def test_fingerprint_is_that_of_the_data_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "package"
    (package / "data").mkdir(parents=True)
    cues = package / "data" / "cues.yaml"
    cues.write_text("a: [b]\n", encoding="utf-8")
    monkeypatch.setattr("hkcrypto.fingerprint._PACKAGE", package)
    before = fingerprint(Options())
    cues.write_text("a: [c]\n", encoding="utf-8")
    assert fingerprint(Options()) != before


def test_fingerprint_is_that_of_the_weights(tmp_path: Path) -> None:
    weights = tmp_path / "base" / "ner" / "model"
    weights.parent.mkdir(parents=True)
    weights.write_bytes(b"1")
    options = Options(model=str(tmp_path / "base"))
    before = fingerprint(options)
    weights.write_bytes(b"2")
    assert fingerprint(options) != before


@pytest.mark.parametrize(
    "changes",
    [{"min_confidence": 0.5}, {"with_text": True}, {"types": frozenset({"FIRM"})}, {"hidden": ("sfc",)}, {"include_chrome": True}],
)
def test_fingerprint_is_that_of_the_options(changes: dict[str, Any]) -> None:
    assert fingerprint(replace(Options(), **changes)) != fingerprint(Options())


def test_fingerprint_needs_no_model() -> None:
    code = "import sys; from hkcrypto.extract import Options; from hkcrypto.fingerprint import fingerprint; fingerprint(Options())"
    check = "; print(json.dumps(sorted({'spacy', 'thinc', 'numpy', 'rich', 'pydantic'} & sys.modules.keys())))"
    done = subprocess.run([sys.executable, "-c", f"import json; {code}{check}"], capture_output=True, check=True)
    assert json.loads(done.stdout) == []
