import json
from pathlib import Path

import pytest

from hkcrypto.cache import FILE
from hkcrypto.commands import _sinks
from hkcrypto.engines import local
from hkcrypto.extract import Options

from .conftest import FakeExtractor, Run


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of the cache, which is turned on."""
    monkeypatch.setenv("HKCRYPTO_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch, folder: Path) -> list[Options]:
    """Return a list that grows with each extractor that is loaded."""
    seen: list[Options] = []

    def load(options: Options) -> FakeExtractor:
        seen.append(options)
        return FakeExtractor(options)

    monkeypatch.setattr(local, "load", load)
    return seen


def test_extract_loads_nothing_the_second_time(run: Run, articles: Path, loads: list[Options]) -> None:
    first = run("extract", articles)
    assert run("extract", articles).stdout == first.stdout
    assert len(loads) == 1


@pytest.mark.parametrize("kind", ["jsonl", "json", "yaml"])
def test_extract_writes_the_same_bytes_with_and_without_a_cache(run: Run, articles: Path, loads: list[Options], kind: str) -> None:
    plain, cold, warm = (run("extract", articles, "-f", kind, *given).stdout for given in (["--no-cache"], [], []))
    assert plain == cold == warm
    assert len(loads) == 2


@pytest.mark.parametrize("off", ["option", "settings", "variable"])
def test_extract_keeps_nothing_where_the_cache_is_off(
    run: Run, articles: Path, folder: Path, off: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if off == "settings":
        Path("hkcrypto.toml").write_text("cache = false\n", encoding="utf-8")
    if off == "variable":
        monkeypatch.setenv("HKCRYPTO_CACHE", "")
    assert run("extract", articles, *(["--no-cache"] if off == "option" else [])).exit_code == 0
    assert not folder.exists()


def test_check_uses_what_extract_found(run: Run, articles: Path, loads: list[Options]) -> None:
    run("extract", articles)
    run("check", articles, "--baseline", "baseline.jsonl", "--update")
    assert run("check", articles, "--baseline", "baseline.jsonl").exit_code == 0
    assert len(loads) == 1
    run("check", articles, "--baseline", "baseline.jsonl", "--no-cache")
    assert len(loads) == 2


def test_extract_goes_on_where_the_cache_is_damaged(run: Run, articles: Path, folder: Path) -> None:
    folder.mkdir()
    (folder / FILE).write_bytes(b"nonsense " * 500)
    result = run("extract", articles)
    assert (result.exit_code, result.stdout.count("\n")) == (0, 2)
    assert result.stderr.startswith("hkcrypto: warning: the cache ")
    assert result.stderr.count("\n") == 1


def test_cache_info_counts(run: Run, articles: Path, folder: Path) -> None:
    assert json.loads(run("cache", "info", "-f", "json").stdout)["results"] == 0
    assert not folder.exists()
    run("extract", articles)
    found = json.loads(run("cache", "info", "-f", "json").stdout)
    assert (found["path"], found["results"], found["limit"]) == (str(folder / FILE), 2, 10**9)
    assert "results  2\n" in run("cache", "info").stdout


def test_cache_clear_forgets(run: Run, articles: Path, loads: list[Options]) -> None:
    run("extract", articles)
    assert run("cache", "clear").exit_code == 0
    run("extract", articles)
    assert len(loads) == 2


def test_cache_path_is_that_of_the_file(run: Run, folder: Path) -> None:
    assert run("cache", "path").stdout == f"{folder / FILE}\n"


def test_cache_says_where_it_is_turned_off(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HKCRYPTO_CACHE", "")
    result = run("cache", "info")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "HKCRYPTO_CACHE is empty" in result.stderr


def test_extract_tells_how_many_it_passed_over(run: Run, articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = run("extract", articles, "--min-relevance", "0.9")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "hkcrypto: 2 passed over, with a relevance below 0.9\n"
    shown = " ".join(run("extract", articles, "--min-relevance", "0.9", "--summary").stderr.split())
    assert shown == "0 documents · 0 entities (0 mentions) · 0 relations · 0 statements · 0 values · 2 passed over"
    assert not run("extract", articles, "--min-relevance", "0.9", "-q").stderr
    assert run("extract", articles, "--min-relevance", "0.8").stdout == run("extract", articles).stdout
    monkeypatch.setattr(_sinks, "is_terminal", lambda _: True)
    assert "2 passed over" in run("extract", articles, "--min-relevance", "0.9").stderr
