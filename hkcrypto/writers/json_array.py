"""One JSON array of all the records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TextIO

from hkcrypto.writers import writers
from hkcrypto.writers.jsonl import to_json


@writers.register("json")
def write_json(records: Iterable[Mapping[str, Any]], out: TextIO) -> None:
    """Write an array with a record a line, each as soon as it comes."""
    before = "[\n"
    for record in records:
        out.write(f"{before}{to_json(record)}")
        before = ",\n"
    out.write("[]\n" if before == "[\n" else "\n]\n")
