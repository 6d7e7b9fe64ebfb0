"""`hkcrypto evaluate`: records measured against gold."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hkcrypto.commands import commands
from hkcrypto.commands._options import CacheOption, ConfidenceOption, FramesOption, KbOption, ModelOption, RecallOption
from hkcrypto.commands._run import extracting
from hkcrypto.errors import ConfigError
from hkcrypto.schema import Document, Failure
from hkcrypto.settings import Settings, load_settings
from hkcrypto.terminal import complain, data_stream, is_terminal, screen

if TYPE_CHECKING:
    from hkcrypto.evaluation.gold import Gold
    from hkcrypto.evaluation.report import Comparison, Report

Option = typer.Option
Names = list[str] | None
FORMATS = ("rich", "markdown", "json")
GOLD_HELP = "A folder of gold files NAME.json, or a bank of sentences (YAML), a file or a folder of them."
RECORDS_HELP = "Records, a file or a folder of files; or a folder of articles, which are extracted. [default: the texts of the gold]"
GIVEN_HELP = "Extract with the entities of the gold given: what is left is the loss of clauses and frames."
TEXTS_HELP = "Where the articles are, for mentions and sentences; by default beside the gold."
COMPARE_HELP = "Records (or articles) of another system, side by side, with p-values."
FORMAT_HELP = "json, markdown or rich; by default rich on a terminal, else markdown."


@commands.register("evaluate")
def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help=GOLD_HELP)],
    records: Annotated[str | None, typer.Argument(metavar="[RECORDS]", help=RECORDS_HELP, show_default=False)] = None,
    texts: Annotated[Path | None, Option(metavar="DIR", help=TEXTS_HELP)] = None,
    given: Annotated[bool, Option("--given-entities", help=GIVEN_HELP)] = False,
    errors: Annotated[bool, Option("--errors", help="List every fault with its sentence.")] = False,
    compare: Annotated[str | None, Option(metavar="OTHER", help=COMPARE_HELP)] = None,
    format: Annotated[str | None, Option("-f", "--format", metavar="FORMAT", help=FORMAT_HELP)] = None,
    language: Annotated[str, Option(metavar="en|zh", help="Only the gold of this language.")] = "",
    only: Annotated[Names, Option(metavar="GLOB", help="Only gold whose name fits; may be repeated.")] = None,
    exclude: Annotated[Names, Option(metavar="GLOB", help="No gold whose name fits; may be repeated.")] = None,
    kb: KbOption = None,
    frames: FramesOption = None,
    model: ModelOption = None,
    min_confidence: ConfidenceOption = None,
    recall: RecallOption = None,
    jobs: Annotated[int | None, Option("-j", "--jobs", min=1, metavar="N", help="Extract in so many processes.")] = None,
    cache: CacheOption = None,
) -> None:
    """Measure records against gold files.

    Precision, recall and F1 of entities, mentions, relations, values, statements and metadata; by type, by document,
    with 95 % intervals. A record belongs to the gold file with the name of its source; a document without a record
    misses everything. Exit code: 0 measured, 2 wrong usage, or gold or records that cannot be read.

    Examples:
    hkcrypto evaluate gold/ records.jsonl
    hkcrypto evaluate gold/ articles/ --errors --only 'dev-0*'
    hkcrypto evaluate tests/bank/dev --given-entities
    hkcrypto evaluate gold/ new.jsonl --compare old.jsonl -f json | jq .comparison.relation
    """
    from hkcrypto.evaluation.bank import bank_files, read_banks
    from hkcrypto.evaluation.gold import read_golds

    chosen = format or ("rich" if is_terminal(sys.stdout) else "markdown")
    if chosen not in FORMATS:
        raise ConfigError(f"the format {format!r} is unknown", f"use {', '.join(FORMATS)}")
    settings = load_settings().override(
        kb=kb, frames=frames, model=model, min_confidence=min_confidence, recall=recall, jobs=jobs, cache=cache
    )
    folder = texts or (gold if gold.is_dir() else gold.parent)
    if banks := bank_files(gold):
        golds, own = read_banks(banks, only or (), exclude or ())
    else:
        golds, own = read_golds(gold, language, only or (), exclude or ()), {}
    task = _Task(golds, own, folder, settings, given=given)
    report = _report(task, records)
    comparison: list[Comparison] = []
    if compare is not None:
        from hkcrypto.evaluation.report import compare as side_by_side

        other = _report(task, compare)
        comparison = side_by_side(report, other)
        report.notes.extend(f"other: {note}" for note in other.notes if note not in report.notes)
    _show(report, comparison, chosen, errors=errors)


@dataclass(frozen=True, slots=True)
class _Task:
    """What is measured against what: gold by name, the texts that it brings itself, and where the others are."""

    golds: "Mapping[str, Gold]"
    texts: dict[str, str]
    folder: Path
    settings: Settings
    given: bool


def _report(task: _Task, path: str | None) -> "Report":
    from hkcrypto.evaluation.corpus import by_name, read_all, read_texts, record_files
    from hkcrypto.evaluation.report import make_report
    from hkcrypto.evaluation.scoring import score_corpus
    from hkcrypto.frames import load_frames

    files = record_files(path) if path else None
    if files == []:
        raise ConfigError(f"{path}: there are neither records nor articles", "give records, or a folder of articles")
    if files and task.given:
        raise ConfigError("--given-entities is for articles that are extracted", "leave it out, or give a folder of articles")
    records = by_name(read_all(files) if files else _extracted(task, path), path or str(task.folder))
    texts = task.texts or read_texts(task.golds, task.folder, records)
    symmetric = frozenset(name for name, relation in load_frames(task.settings.frames).relations.items() if relation.symmetric)
    return make_report(score_corpus(task.golds, records, texts, symmetric), task.golds, records, texts)


def _extracted(task: _Task, path: str | None) -> Iterator[dict[str, Any]]:
    """Yield the records, texts included, of the articles that have gold, or of the texts that the gold brings."""
    from hkcrypto.evaluation.bank import with_entities

    documents = _documents(task, path)
    if task.given:
        documents = (with_entities(d, task.golds[Path(d.source).stem]) if isinstance(d, Document) else d for d in documents)
    with extracting(documents, replace(task.settings, with_text=True)) as results:
        for result in results:
            if isinstance(result, Failure):
                complain(f"{result.source}: {result.error}; {result.remedy}")
            elif isinstance(result, dict):
                yield result


def _documents(task: _Task, path: str | None) -> Iterable[Document | Failure]:
    from hkcrypto.evaluation.bank import bank_documents
    from hkcrypto.evaluation.corpus import RECORD_SUFFIXES
    from hkcrypto.readers.walk import find_documents

    if task.texts and path is None:
        return bank_documents(task.golds, task.texts)
    found = find_documents([path or str(task.folder)], [*task.settings.exclude, *(f"*{suffix}" for suffix in RECORD_SUFFIXES)])
    return (item for item in found if Path(item.source).stem in task.golds)


def _show(report: "Report", comparison: "list[Comparison]", format: str, *, errors: bool) -> None:
    from hkcrypto.evaluation.tables import headline, markdown, rich_view, tables

    if format == "json":
        found = report.to_dict(errors=errors)
        if comparison:
            found["comparison"] = {item.figure: item.to_dict() for item in comparison}
        data_stream().write(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
        return
    head, parts = headline(report), list(tables(report, comparison, errors=errors))
    if format == "rich":
        screen().print(rich_view(head, parts))
    else:
        data_stream().write(markdown(head, parts))
