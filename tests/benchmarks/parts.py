"""What each part of the pipeline takes of the run time on the development articles. Prints JSON: shares, and characters a second.

python -m tests.benchmarks.parts
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from hkcrypto import load
from hkcrypto.extract import record_of
from hkcrypto.metadata import read_metadata
from hkcrypto.schema import Document
from hkcrypto.sections import mark_sections

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 5
ARTICLES = Path(__file__).parents[1] / "articles" / "dev"


def main() -> None:
    """Print the figures."""
    extractor = load()
    documents = [Document(text=path.read_text(encoding="utf-8"), source=path.name) for path in sorted(ARTICLES.glob("*.txt"))]
    list(extractor.pipe(documents))
    spent: dict[str, float] = defaultdict(float)

    def timed(name: str, part: Callable[..., Any], *given: Any) -> Any:
        start = perf_counter()
        result = part(*given)
        spent[name] += perf_counter() - start
        return result

    tokenizer: Any = extractor.nlp.tokenizer
    for document in documents * ROUNDS:
        sections = timed("sections", mark_sections, document.text)
        timed("metadata", read_metadata, document.text, sections)
        doc = timed("tokenizer", tokenizer.tokenize, document)
        for name, part in extractor.nlp.pipeline:
            doc = timed(name, part, doc)
        relevance = timed("relevance", extractor.relevance, document)
        timed("record", record_of, doc, document, extractor.producer, relevance)
    spent["tokenizer"] -= spent["sections"] + spent["metadata"]  # it calls both
    total = sum(spent.values())
    shares = {name: round(seconds / total, 4) for name, seconds in spent.items()}
    print(json.dumps({"shares": shares, "characters_a_second": round(sum(len(d.text) for d in documents) * ROUNDS / total)}))


if __name__ == "__main__":
    main()
