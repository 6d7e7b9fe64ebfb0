"""Fixtures with the real model, which is loaded once: that takes seconds."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from spacy.tokens import Doc

from hkcrypto.extract import Extractor, load
from hkcrypto.pipeline.candidate import Candidate, set_mentions
from hkcrypto.schema import Document, Record, Section

SEEDS = Path(__file__).parents[1] / "seeds"
NAMES = {
    "Kwun Labs": "FIRM",
    "Tidal Pay": "FIRM",
    "Orchid Markets": "FIRM",
    "Saltmarsh Pay": "FIRM",
    "Larkspur Digital": "FIRM",
    "Heron Custody": "FIRM",
    "Quince Exchange": "FIRM",
    "Fennel Bytes": "FIRM",
    "Tarn Securities": "FIRM",
    "Ostler Markets": "FIRM",
    "Brambling Labs": "FIRM",
    "Harbour East Bank": "BANK",
    "Kestrel Forum": "EVENT",
    "Lumen Coin": "ASSET",
    "US dollar": "ASSET",
    "Ada Moorhen": "PERSON",
    "Wendell Mok": "PERSON",
    "SFC": "REGULATOR",
    "HKMA": "REGULATOR",
    "Hong Kong": "PLACE",
    "Singapore": "PLACE",
    "Petrel Ordinance": "LAW",
    "crypto trading": "TOPIC",
}
AFTER_NAMES = ("values", "grammar", "coreference", "relations", "statements")


def pytest_configure() -> None:
    """Keep every test, and every program that one starts, from the user's cache; a test of the cache has a folder of its own."""
    os.environ["HKCRYPTO_CACHE"] = ""


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """Return the real extractor."""
    return load()


@pytest.fixture(scope="session")
def seeds() -> list[Document]:
    """Return the seed articles."""
    return [Document(path.read_text(encoding="utf-8"), path.name) for path in sorted(SEEDS.glob("*.txt"))]


@pytest.fixture(scope="session")
def read(extractor: Extractor) -> Callable[[str], Record]:
    """Return a function that gives the record of a text."""
    return extractor.extract


@pytest.fixture(scope="session")
def parse(extractor: Extractor) -> Callable[..., Doc]:
    """Return a function that gives a text to the pipeline up to a part, its names taken as given: each is its own id."""

    def run(text: str, last: str = "statements") -> Doc:
        document = Document(text, "test", sections=(Section("body", 0, len(text)),))
        tokenizer: Any = extractor.nlp.tokenizer
        doc: Doc = tokenizer.tokenize(document)
        found = [(m.start(), m.end(), m[0]) for m in re.finditer("|".join(map(re.escape, NAMES)), text)]
        set_mentions(doc, [Candidate(start, end, NAMES[name], "ruler", 0, (name,)) for start, end, name in found])
        doc._.entities = [[name, NAMES[name], name, True] for name in dict.fromkeys(name for _, _, name in found)]
        for part in AFTER_NAMES[: AFTER_NAMES.index(last) + 1]:
            doc = extractor.nlp.get_pipe(part)(doc)
        return doc

    return run
