"""JSON Lines: one record a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, TextIO

from hkcrypto.writers import escape_surrogates, writers


@writers.register("jsonl")
def write_jsonl(records: Iterable[Mapping[str, Any]], out: TextIO) -> None:
    """Write one record a line, keys in the order of the record."""
    out.writelines(f"{to_json(record)}\n" for record in records)


def to_json(record: Mapping[str, Any]) -> str:
    """Return a record as JSON on one line; only what UTF-8 cannot hold is escaped."""
    return escape_surrogates(json.dumps(record, ensure_ascii=False, allow_nan=False))
