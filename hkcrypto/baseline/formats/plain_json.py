"""Changes for programs: one JSON object, or one a change."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TextIO

from hkcrypto.baseline.compare import Comparison
from hkcrypto.baseline.formats import formats
from hkcrypto.writers import escape_surrogates
from hkcrypto.writers.jsonl import to_json


@formats.register("json")
def write_json(comparison: Comparison, out: TextIO) -> None:
    """Write the number of documents and of differences, and all changes."""
    content = {
        "documents": len(comparison.documents),
        "differences": len(comparison.differences),
        "changes": [asdict(change) for change in comparison.changes],
    }
    out.write(escape_surrogates(json.dumps(content, ensure_ascii=False, indent=2)) + "\n")


@formats.register("jsonl")
def write_jsonl(comparison: Comparison, out: TextIO) -> None:
    """Write a line for each change."""
    out.writelines(f"{to_json(asdict(change))}\n" for change in comparison.changes)
