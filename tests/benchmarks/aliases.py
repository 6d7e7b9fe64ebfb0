"""What a knowledge base of 20,000 aliases costs: seconds to load it, and its share of the run time. Prints JSON.

python -m tests.benchmarks.aliases
"""

from __future__ import annotations

import json
import tempfile
from itertools import islice, product
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from hkcrypto import load
from hkcrypto.kb import KnowledgeBase, load_kb
from hkcrypto.pipeline.gazetteer import Gazetteer, Match
from hkcrypto.pipeline.model import compiled_kb
from hkcrypto.schema import Document

if TYPE_CHECKING:
    from collections.abc import Sequence

ALIASES = 20_000
ROUNDS = 5
ARTICLES = Path(__file__).parents[1] / "articles" / "dev"
_PARTS = tuple(
    part.split("|")
    for part in (
        "Ald|Bren|Cor|Dal|Esk|Fen|Gil|Har|Ilk|Jor|Kes|Lor|Mar|Nor|Ost|Pel|Ros|Sal|Tor",
        "mere|wick|ton|vale|ford|stone|bury|field|gate|holm|land|moor",
        "Capital|Exchange|Labs|Custody|Trust|Pay|Markets|Digital|Securities|Ventures|Chain|Asset Management",
        "| Limited| (Hong Kong)| Group",
    )
)


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        overlay = Path(folder) / "more.yaml"
        count = _write_overlay(overlay, ALIASES - _aliases(load_kb(compiled=compiled_kb())))
        loading = min(_loading(overlay) for _ in range(ROUNDS))
        share = _share(overlay)
    print(json.dumps({"aliases": count, "load_s": round(loading, 3), "share_of_run_time": round(share, 4)}))


def _aliases(kb: KnowledgeBase) -> int:
    return sum(1 for _ in kb.aliases())


def _write_overlay(path: Path, missing: int) -> int:
    """Write so many invented firms; return how many aliases there are with them."""
    names = ("{}{} {}{}".format(*parts) for parts in product(*_PARTS))
    rows = [f"  made-{at}: {{name: {name}}}\n" for at, name in enumerate(islice(names, missing))]
    path.write_text("type: FIRM\nentities:\n" + "".join(rows), encoding="utf-8")
    return _aliases(load_kb([path], compiled=compiled_kb()))


def _loading(overlay: Path) -> float:
    """Return the seconds from the files to a gazetteer that can search: the compiled package, the overlay as YAML."""
    start = perf_counter()
    Gazetteer(load_kb([overlay], compiled=compiled_kb()))
    return perf_counter() - start


def _share(overlay: Path) -> float:
    """Return what part of the time for the articles goes into finding known names."""
    extractor, spent = load(kb=(overlay,)), 0.0
    find = Gazetteer.find

    def timed(self: Gazetteer, text: str, spans: Sequence[tuple[int, int]]) -> list[Match]:
        nonlocal spent
        start = perf_counter()
        found = find(self, text, spans)
        spent += perf_counter() - start
        return found

    documents = [Document(text=path.read_text(encoding="utf-8"), source=path.name) for path in sorted(ARTICLES.glob("*.txt"))]
    list(extractor.pipe(documents))
    Gazetteer.find = timed  # type: ignore[method-assign]  # the search alone is to be measured
    start = perf_counter()
    for _ in range(ROUNDS):
        list(extractor.pipe(documents))
    total = perf_counter() - start
    Gazetteer.find = find  # type: ignore[method-assign]
    return spent / total


if __name__ == "__main__":
    main()
