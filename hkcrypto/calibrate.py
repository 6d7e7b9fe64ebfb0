"""Measures confidences on gold: `python -m hkcrypto.calibrate GOLD... [--exclude GLOB] [--check]` in a checkout.

Writes `data/confidence.yaml`, or, with `--check`, only says how well the table that is there holds on this gold.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from hkcrypto.confidence import FILE, Reading, load_confidences
from hkcrypto.evaluation.bank import bank_documents, bank_files, read_banks
from hkcrypto.evaluation.calibration import Case, choose, cross_validated, expected_error, fit, table_text
from hkcrypto.evaluation.entities import stands_for
from hkcrypto.evaluation.gold import Gold, read_golds
from hkcrypto.evaluation.names import Sentences
from hkcrypto.evaluation.relations import RelationScorer
from hkcrypto.evaluation.tally import Scores
from hkcrypto.extract import Extractor, load
from hkcrypto.readers.walk import find_documents
from hkcrypto.schema import Document
from hkcrypto.terminal import data_stream
from hkcrypto.trace import Trace, trace

STORY = 350  # characters from which on a text of a bank is running text, as an article is


def cases_of(extractor: Extractor, path: Path, *, only: Sequence[str] = (), exclude: Sequence[str] = ()) -> Iterator[Case]:
    """Yield every relation that is found in the English texts of some gold and that the gold has, or has not; optional ones are neither.

    The sentences of one file of a bank count as one document, since one writer wrote them.
    Raises DataError where the gold cannot be used.
    """
    symmetric = frozenset(name for name, relation in extractor.frames.relations.items() if relation.symmetric)
    if banks := bank_files(path):
        golds, texts = read_banks(banks, only, exclude)
        for document in bank_documents(golds, texts):
            name = Path(document.source).stem
            for case in _cases(trace(extractor, document), golds[name], symmetric):
                readings = tuple(map(_alone, case.readings)) if len(document.text) < STORY else case.readings
                yield replace(case, document=name.rpartition("-")[0], readings=readings)
    else:
        golds = read_golds(path, "en", only, exclude)
        for document in _articles(path, golds):
            yield from _cases(trace(extractor, document), golds[Path(document.source).stem], symmetric)


def wanted(path: Path, *, only: Sequence[str] = (), exclude: Sequence[str] = ()) -> int:
    """Return how many relations English gold asks for."""
    banks = bank_files(path)
    golds = read_banks(banks, only, exclude)[0] if banks else read_golds(path, "en", only, exclude)
    return sum(not relation.optional for gold in golds.values() for relation in gold.relations)


def _articles(path: Path, golds: Mapping[str, Gold]) -> Iterator[Document]:
    for item in find_documents([str(path)], ["*.json", "*.md"]):
        if isinstance(item, Document) and Path(item.source).stem in golds:
            yield item


def _cases(seen: Trace, gold: Gold, symmetric: frozenset[str]) -> Iterator[Case]:
    from hkcrypto.pipeline.certainty import reading
    from hkcrypto.pipeline.relations import strongest

    record = seen.record.to_dict()
    scorer = RelationScorer(gold.id, gold, stands_for(gold, record["entities"]), symmetric, Scores(), Sentences(None))
    for relation, right in zip(record["relations"], scorer.judge(record["relations"]), strict=True):
        if right is not None:
            _, best = strongest(seen.facts_of(relation["type"], relation["subject"], relation["object"]))
            yield Case(gold.id, tuple(map(reading, best)), right)


def _alone(reading: Reading) -> Reading:
    """The reading of a sentence that stands by itself."""
    return replace(reading, steps={name: count for name, count in reading.steps.items() if name != "article"})


def calibrate(cases: Sequence[Case], gold: Sequence[str], file: Path = FILE) -> dict[str, float]:
    """Write the table for these cases, and return how well such tables hold on documents that they were not made from."""
    prior = choose(cases)
    file.write_text(table_text(fit(cases, prior), prior, gold), encoding="utf-8")
    return _figures(cases, cross_validated(cases, prior))


def check(cases: Sequence[Case]) -> dict[str, float]:
    """Return how well the package's table holds on these cases, sentences of a bank taken for running text as in any record."""
    table = load_confidences()
    return _figures(cases, [table.best(case.as_read()) for case in cases])


def _figures(cases: Sequence[Case], confidences: Sequence[float]) -> dict[str, float]:
    right = [case.right for case in cases]
    return {
        "cases": len(cases),
        "precision": round(sum(right) / len(cases), 3),
        "confidence": round(sum(confidences) / len(cases), 3),
        "expected_error": round(expected_error(confidences, right), 3),
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line."""
    parser = ArgumentParser(prog="python -m hkcrypto.calibrate", description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path, help="folders of gold beside its articles, or banks of sentences")
    parser.add_argument("--only", action="append", default=[], metavar="GLOB", help="only articles whose name fits")
    parser.add_argument("--exclude", action="append", default=[], metavar="GLOB", help="no article whose name fits")
    parser.add_argument("--check", action="store_true", help="write nothing; measure the table that is there")
    given = parser.parse_args(arguments)
    extractor = load()
    cases = [
        case
        for path in given.gold
        for case in cases_of(extractor, path, only=() if bank_files(path) else given.only, exclude=given.exclude)
    ]
    figures = check(cases) if given.check else calibrate(cases, [path.as_posix() for path in given.gold])
    data_stream().write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
