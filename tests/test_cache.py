"""The store by itself; tests/engines/test_cached.py has what runs make of it."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hkcrypto.cache import FILE, OVERHEAD, Cache, Result, cache_folder

Open = Callable[..., Cache]
WRITE = """
import sys
from pathlib import Path
from hkcrypto.cache import Cache, Result
cache = Cache(Path(sys.argv[1]))
for number in range(60):
    cache.put({bytes([int(sys.argv[2]), number]) * 8: Result(0.5, {"n": number})})
cache.close()
"""


def key(number: int) -> bytes:
    return bytes([number]) * 16


def result(number: int, size: int = 0) -> Result:
    return Result(number / 10, {"n": number, "filling": os.urandom(size).hex()})


def is_part(found: dict[bytes, Result], known: dict[bytes, Result]) -> bool:
    return all(known[name] == value for name, value in found.items())


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    """Return a function that opens the cache of the test."""
    found: list[Cache] = []

    def open_cache(**given: Any) -> Cache:
        found.append(Cache(tmp_path / "cache", **given))
        return found[-1]

    yield open_cache
    for cache in found:
        cache.close()


def damage(cache: Cache, change: Callable[[bytes], bytes]) -> None:
    """Change the file of a cache that is closed."""
    cache.close()
    cache.path.write_bytes(change(cache.path.read_bytes()))


def test_cache_gives_back_what_it_was_given(opened: Open) -> None:
    known = {key(n): result(n) for n in range(5)} | {key(5): Result(0.01, None)}
    cache = opened()
    cache.put(known)
    assert cache.get([key(n) for n in range(9)]) == known
    cache.close()
    assert opened().get(list(known)) == known


Json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@settings(deadline=None)
@given(record=st.dictionaries(st.text(), Json))
def test_cache_changes_nothing_in_a_record(tmp_path_factory: pytest.TempPathFactory, record: dict[str, Any]) -> None:
    with closing(Cache(tmp_path_factory.getbasetemp() / "any")) as cache:
        cache.put({key(1): Result(0.5, record)})
        found = cache.get([key(1)])[key(1)].record
    assert (found, list(found or ())) == (record, list(record))


def test_cache_touches_nothing_before_it_is_used(opened: Open) -> None:
    assert not opened().path.parent.exists()


def test_cache_is_its_owners_alone(opened: Open) -> None:
    cache = opened()
    cache.put({key(1): result(1)})
    assert cache.path.parent.stat().st_mode & 0o077 == 0


def test_cache_stays_below_its_limit(opened: Open) -> None:
    limit = 10 * (500 + OVERHEAD)
    cache = opened(limit=limit)
    for number in range(40):
        cache.put({key(number): result(number, 400)})
        assert cache.total() <= limit
    assert key(39) in cache.get([key(39)])


def test_cache_evicts_what_was_not_used_for_longest(opened: Open) -> None:
    first = opened()
    first.put({key(n): result(n, 400) for n in range(8)})
    size = first.total()
    first.close()
    second = opened()
    second.get([key(0), key(3)])
    second.close()
    third = opened(limit=size + 100)
    third.put({key(8): result(8, 400)})
    left = set(third.get([key(n) for n in range(9)]))
    assert {key(0), key(3), key(8)} <= left
    assert key(1) not in left


def test_cache_is_empty_when_cleared(opened: Open) -> None:
    cache = opened()
    cache.put({key(n): result(n, 9000) for n in range(20)})
    before = cache.path.with_name(f"{FILE}-wal").stat().st_size
    cache.clear()
    assert (cache.count(), cache.total()) == (0, 0)
    cache.close()
    assert cache.path.stat().st_size < before / 4


def test_cache_leaves_nothing_of_a_damaged_file_when_cleared(opened: Open) -> None:
    cache = opened()
    cache.path.parent.mkdir()
    cache.path.write_bytes(b"nonsense " * 500)
    cache.clear()
    cache.close()
    assert [path.name for path in cache.path.parent.iterdir()] == [FILE]


@pytest.mark.parametrize(
    "change",
    [
        lambda _: b"no database at all, " * 100,
        lambda content: content[: len(content) // 2],
        lambda content: content[: len(content) // 2] + bytes(len(content) - len(content) // 2),
    ],
    ids=["other", "cut", "zeros"],
)
def test_cache_sets_a_damaged_file_aside(opened: Open, change: Callable[[bytes], bytes], capsys: pytest.CaptureFixture[str]) -> None:
    cache = opened()
    cache.put({key(n): result(n, 900) for n in range(20)})
    damage(cache, change)
    again = opened()
    assert again.get([key(n) for n in range(20)]) == {}
    assert capsys.readouterr().err.count("is damaged; it is set aside as results-1.damaged, and a new one is begun\n") == 1
    assert again.path.with_suffix(".damaged").exists()
    again.put({key(1): result(1)})
    assert key(1) in again.get([key(1)])


@settings(deadline=None, max_examples=50)
@example(place=65244, bit=7)  # in the schema: the message that quotes it is no UTF-8
@given(place=st.integers(min_value=0), bit=st.integers(0, 7))
def test_cache_gives_nothing_wrong_whatever_bit_is_changed(tmp_path_factory: pytest.TempPathFactory, place: int, bit: int) -> None:
    known = {key(n): Result(n / 10, {"n": n, "filling": "ab" * 300 * n}) for n in range(8)}
    cache = Cache(tmp_path_factory.mktemp("cache"))
    cache.put(known)
    cache.close()
    content = bytearray(cache.path.read_bytes())
    content[place % len(content)] ^= 1 << bit
    cache.path.write_bytes(content)
    with closing(Cache(cache.path.parent)) as again:
        assert is_part(again.get(list(known)), known)
        again.put(known)
        assert is_part(again.get(list(known)), known)


def test_cache_trusts_no_row_that_was_changed(opened: Open, capsys: pytest.CaptureFixture[str]) -> None:
    cache = opened()
    cache.put({key(1): result(1), key(2): Result(0.9, None)})
    cache.close()
    with closing(sqlite3.connect(cache.path)) as db, db:
        db.execute("UPDATE results SET relevance = 0.0 WHERE key = ?", [key(2)])
    assert opened().get([key(2)]) == {}
    assert "is damaged" in capsys.readouterr().err


def test_cache_leaves_the_database_of_another_program(opened: Open, capsys: pytest.CaptureFixture[str]) -> None:
    cache = opened()
    cache.path.parent.mkdir()
    with closing(sqlite3.connect(cache.path)) as db, db:
        db.execute("CREATE TABLE results (a)")
    cache.put({key(1): result(1)})
    assert cache.get([key(1)])
    with closing(sqlite3.connect(cache.path.with_suffix(".damaged"))) as db:
        assert db.execute("SELECT count(*) FROM results").fetchone() == (0,)


def test_cache_does_without_a_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    cache = Cache(tmp_path / "file")
    cache.put({key(1): result(1)})
    assert cache.get([key(1)]) == {}
    assert capsys.readouterr().err.count("is not used: ") == 1


def test_cache_serves_two_processes_at_once(tmp_path: Path) -> None:
    writers = [subprocess.Popen([sys.executable, "-c", WRITE, str(tmp_path), str(n)], stderr=subprocess.PIPE) for n in range(2)]
    assert [writer.communicate()[1] for writer in writers] == [b"", b""]
    with closing(Cache(tmp_path)) as cache:
        assert cache.count() == 120


@pytest.mark.parametrize(("value", "folder"), [("some/where", Path("some/where")), ("", None)])
def test_cache_folder_is_that_of_the_variable(monkeypatch: pytest.MonkeyPatch, value: str, folder: Path | None) -> None:
    monkeypatch.setenv("HKCRYPTO_CACHE", value)
    assert cache_folder() == folder


@pytest.mark.skipif(sys.platform != "linux", reason="other platforms have no such variable")
def test_cache_folder_is_the_platforms_by_default(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("HKCRYPTO_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "hkcrypto"
