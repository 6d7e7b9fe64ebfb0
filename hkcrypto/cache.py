"""Results kept from run to run, in SQLite: by the checksum of a document and of all else that its record depends on.

Nothing in it is trusted: each row has a checksum of its own, and a file with a fault is set aside. No fault of the cache
ends a run; at worst, documents are extracted again.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import struct
import time
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from hkcrypto.terminal import complain

PLACE = "HKCRYPTO_CACHE"  # the variable with the folder; empty: there is no cache
FILE = "results-1.sqlite3"  # the number is the format's; another one starts a file of its own
SIZE = 1000  # megabytes, where nothing else is set
MEGABYTE = 1_000_000
OVERHEAD = 100  # bytes of a row besides its content, indexes included
KEPT = 0.9  # what is left of the limit after an eviction, so that not every row evicts one
PATIENCE = 10.0  # seconds to wait for another process; its transactions take milliseconds
_APPLICATION = 0x686B6372  # "hkcr": tells our files from other SQLite files
_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_MISMATCH})
_ATTEMPTS = 100
# record: compressed JSON, NULL where the document was passed over; size: bytes; used: the number of the last run that used it
_SCHEMA = (
    """CREATE TABLE results (
    key BLOB PRIMARY KEY, relevance REAL NOT NULL, record BLOB, checksum BLOB NOT NULL, size INTEGER NOT NULL, used INTEGER NOT NULL)""",
    "CREATE INDEX age ON results (used, size)",
)
_EVICT = """DELETE FROM results WHERE rowid IN (
    SELECT rowid FROM (SELECT rowid, sum(size) OVER (ORDER BY used, rowid) - size AS before FROM results) WHERE before < ?)"""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Result:
    """What is known of a document: its relevance and, unless it was passed over, its record as plain data."""

    relevance: float
    record: dict[str, Any] | None


def cache_folder() -> Path | None:
    """Return the folder of the cache: that of the variable HKCRYPTO_CACHE, else the platform's; None where the variable is empty."""
    if (given := os.environ.get(PLACE)) is not None:
        return Path(given) if given else None
    from platformdirs import user_cache_path

    return user_cache_path("hkcrypto", appauthor=False)


class _DamagedError(Exception):
    """A row that does not fit its checksum, or a file that is none of ours."""


class Cache:
    """The results in a folder, at most `limit` bytes of them; safe for several processes at once.

    A file with a fault gives way to a new one; where there can be none (no space, no permission), the cache stays empty.
    Either is said once on standard error. Nothing is touched before the first use.
    """

    def __init__(self, folder: Path, limit: int = SIZE * MEGABYTE) -> None:
        self.path = folder / FILE
        self.limit = limit
        self._aside = self.path.with_suffix(".damaged")
        self._file: tuple[int, int] | None = None
        self._db: sqlite3.Connection | None = None
        self._is_new = self._is_off = False
        self._total = 0
        self._run = 0
        self._used: list[bytes] = []

    def get(self, keys: Sequence[bytes]) -> dict[bytes, Result]:
        """Return what is known under these keys."""
        return self._safely(lambda: self._get(keys), {})

    def put(self, results: Mapping[bytes, Result]) -> None:
        """Keep results, all of them or none; where that makes too many, those go that no run has used for longest."""
        self._safely(lambda: self._put(results), None)

    def count(self) -> int:
        """Return how many results there are."""
        return self._safely(lambda: int(self._execute("SELECT count(*) FROM results").fetchone()[0]), 0)

    def total(self) -> int:
        """Return how large the results are together, in bytes."""
        return self._safely(self._sum, 0)

    def clear(self) -> None:
        """Remove all results, and the file that was set aside."""

        def clear() -> None:
            self._execute("DELETE FROM results")
            self._execute("VACUUM")
            self._execute("PRAGMA wal_checkpoint(TRUNCATE)")

        self._safely(clear, None)
        self._safely(lambda: self._aside.unlink(missing_ok=True), None)

    def close(self) -> None:
        """Note what was used, and close the file."""
        self._safely(self._note_use, None)
        self._close()

    def _get(self, keys: Sequence[bytes]) -> dict[bytes, Result]:
        marks = ",".join("?" * len(keys))
        rows = self._execute(f"SELECT key, relevance, record, checksum FROM results WHERE key IN ({marks})", keys).fetchall()  # noqa: S608 (only marks)
        found = {key: _unpacked(key, relevance, record, checksum) for key, relevance, record, checksum in rows}
        self._used += found
        return found

    def _put(self, results: Mapping[bytes, Result]) -> None:
        rows = [_packed(key, result) for key, result in results.items()]
        with self._transaction() as db:
            db.executemany(
                "INSERT OR REPLACE INTO results (key, relevance, record, checksum, size, used) VALUES (?, ?, ?, ?, ?, ?)",
                [(*row, self._run) for row in rows],
            )
            self._total += sum(row[-1] for row in rows)
            if self._total > self.limit:
                self._evict()

    def _evict(self) -> None:
        self._total = self._sum()  # other processes add and remove, too
        if self._total > self.limit:
            self._mark_used()
            self._execute(_EVICT, (self._total - self.limit * KEPT,))
            self._total = self._sum()

    def _note_use(self) -> None:
        if self._used:
            with self._transaction():
                self._mark_used()

    def _mark_used(self) -> None:
        self._connection().executemany("UPDATE results SET used = ? WHERE key = ?", [(self._run, key) for key in self._used])
        self._used.clear()

    def _sum(self) -> int:
        return int(self._execute("SELECT coalesce(sum(size), 0) FROM results").fetchone()[0])

    def _execute(self, statement: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        return self._connection().execute(statement, values)

    def _connection(self) -> sqlite3.Connection:
        if self._db is None:
            self._db = self._open()
        return self._db

    def _open(self) -> sqlite3.Connection:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        db = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)
        try:
            _prepare(db)
            self._file = _identity(self.path)
            self._run = int(db.execute("SELECT coalesce(max(used), 0) + 1 FROM results").fetchone()[0])
            self._total = int(db.execute("SELECT coalesce(sum(size), 0) FROM results").fetchone()[0])
        except BaseException:
            db.close()
            raise
        return db

    def _safely(self, work: Callable[[], T], instead: T) -> T:
        """Return what the work gives, with a new file where this one is damaged; `instead` of it where there can be none."""
        for _ in range(2):
            if self._is_off:
                break
            try:
                return work()
            except (_DamagedError, sqlite3.Error, OSError, UnicodeDecodeError) as error:
                self._recover(error)
        return instead

    def _recover(self, error: Exception) -> None:
        self._close()
        if _is_damage(error) and not self._is_new:
            self._is_new = True
            with suppress(OSError):
                self._set_aside()
                return
        self._is_off = True
        complain(f"warning: the cache {self.path} is not used: {error}")

    def _set_aside(self) -> None:
        """Give the file another name, unless another process has done so."""
        if self._file is not None and _identity(self.path) != self._file:
            return
        for ending in ("-wal", "-shm"):
            self.path.with_name(self.path.name + ending).unlink(missing_ok=True)
        self.path.replace(self._aside)
        complain(f"warning: the cache {self.path} is damaged; it is set aside as {self._aside.name}, and a new one is begun")

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        db = self._connection()
        db.execute("BEGIN IMMEDIATE")
        try:
            yield db
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")

    def _close(self) -> None:
        if self._db is not None:
            with suppress(sqlite3.Error):
                self._db.close()
        self._db = None


def _prepare(db: sqlite3.Connection) -> None:
    """Make a new file ours, and refuse one that is not."""
    db.execute("PRAGMA auto_vacuum = FULL")  # of a new file: it shrinks by what is evicted
    for attempt in range(_ATTEMPTS, -1, -1):
        try:
            mode = db.execute("PRAGMA journal_mode = WAL").fetchone()[0]
            break
        except sqlite3.OperationalError:  # this alone does not wait for another process that does the same
            if not attempt:
                raise
            time.sleep(PATIENCE / _ATTEMPTS)
    if mode != "wal":
        raise sqlite3.OperationalError("there can be no write-ahead log in its place")
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("BEGIN IMMEDIATE")
    if db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
        db.execute(f"PRAGMA application_id = {_APPLICATION}")
        for statement in _SCHEMA:
            db.execute(statement)
    elif db.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION:
        raise _DamagedError("it is another program's")
    db.execute("COMMIT")


def _is_damage(error: Exception) -> bool:
    """Whether the content of the file is at fault, not its place or another process; a message that quotes it may be no UTF-8."""
    code = getattr(error, "sqlite_errorcode", None)
    return isinstance(error, (_DamagedError, UnicodeDecodeError)) or (code is not None and code & 0xFF in _DAMAGE)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _packed(key: bytes, result: Result) -> tuple[bytes, float, bytes | None, bytes, int]:
    """Return a row without the number of the run."""
    content = None
    if result.record is not None:
        # not as ASCII: there two lone surrogates and the one character that they would make are the same
        content = zlib.compress(json.dumps(result.record, ensure_ascii=False).encode("utf-8", "surrogatepass"), 1)
    return key, result.relevance, content, _checksum(key, result.relevance, content), len(content or b"") + OVERHEAD


def _unpacked(key: Any, relevance: Any, content: Any, checksum: Any) -> Result:
    if not isinstance(relevance, float) or not isinstance(content, bytes | None) or checksum != _checksum(key, relevance, content):
        raise _DamagedError("a row does not fit its checksum")
    return Result(relevance, None if content is None else json.loads(zlib.decompress(content).decode("utf-8", "surrogatepass")))


def _checksum(key: bytes, relevance: float, content: bytes | None) -> bytes:
    head = struct.pack(">16sd?", key, relevance, content is None)
    return hashlib.blake2b(head + (content or b""), digest_size=16).digest()
