"""`hkcrypto check`: what is extracted now against what was expected."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hkcrypto.commands import commands
from hkcrypto.commands._options import CacheOption, FramesOption, KbOption, ModelOption, RecallOption
from hkcrypto.commands._reports import ReportOption, check_format, report
from hkcrypto.commands._run import extracting
from hkcrypto.commands._sinks import check_place, own_files
from hkcrypto.errors import ConfigError
from hkcrypto.settings import Settings, load_settings
from hkcrypto.terminal import complain

if TYPE_CHECKING:
    from hkcrypto.baseline.compare import Comparison
    from hkcrypto.baseline.recordsets import RecordSet
    from hkcrypto.schema import Document, Failure

Option = typer.Option
Names = list[str] | None
BASELINE_HELP = "The facts that are expected, one a line."
ACCEPT_HELP = "With --update, take over only changes that fit KIND/TYPE/DOCUMENT; may be repeated."
GOLD_HELP = "Articles with a gold file beside each, for --floors."
FLOORS_HELP = "The figures (YAML or JSON) below which F1 on the gold must not fall."
JOBS_HELP = "Work in so many processes. [default: 1]"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be checked, against what, and what of it becomes the new standard."""

    folder: str
    baseline: Path | None
    gold: Path | None
    floors: Path | None
    update: bool
    accept: tuple[str, ...]


@commands.register("check")
def check(
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="The articles; by default this folder.")] = ".",
    baseline: Annotated[Path | None, Option(metavar="FILE", help=BASELINE_HELP)] = None,
    update: Annotated[bool, Option("--update", help="Write the baseline anew, and raise the floors.")] = False,
    accept: Annotated[Names, Option(metavar="GLOB", help=ACCEPT_HELP)] = None,
    gold: Annotated[Path | None, Option(metavar="DIR", help=GOLD_HELP)] = None,
    floors: Annotated[Path | None, Option(metavar="FILE", help=FLOORS_HELP)] = None,
    format: ReportOption = None,
    kb: KbOption = None,
    frames: FramesOption = None,
    model: ModelOption = None,
    recall: RecallOption = None,
    exclude: Annotated[Names, Option(metavar="GLOB", help="Pass over files whose path or name fits; may be repeated.")] = None,
    jobs: Annotated[int | None, Option("-j", "--jobs", min=1, metavar="N", help=JOBS_HELP)] = None,
    cache: CacheOption = None,
) -> int:
    """Extract articles and compare the facts with a baseline.

    The differences and their causes are those of `hkcrypto diff`. Documents that fail, and documents of the baseline
    that are gone (stale), are differences too. Only --update writes: the baseline as it is now, unless a document failed
    or is gone, and floors, which are only ever raised. What it did not take over is shown. Exit code: 0 all is as
    expected, 1 there are differences, 2 error.

    Examples:
    hkcrypto check seeds/ --baseline tests/baseline.jsonl
    hkcrypto check seeds/ --baseline tests/baseline.jsonl --update --accept 'relation/owns' --accept 'document/stale/old*'
    hkcrypto check --gold gold/ --floors floors.yaml -f junit > report.xml
    """
    check_format(format)
    plan = Plan(folder, baseline, gold, floors, update, tuple(accept or ()))
    _refuse_nonsense(plan)
    settings = load_settings().override(kb=kb, frames=frames, model=model, recall=recall, exclude=exclude, jobs=jobs, cache=cache)
    return report(_compared(plan, settings), format)


def _refuse_nonsense(plan: Plan) -> None:
    if not plan.baseline and not plan.floors:
        raise ConfigError("there is nothing to check against", "give --baseline FILE, or --gold DIR and --floors FILE")
    if bool(plan.gold) != bool(plan.floors):
        raise ConfigError("--gold and --floors go together", "give both")
    if plan.accept and not (plan.update and plan.baseline):
        raise ConfigError("--accept says what --update writes into the baseline", "give --baseline and --update with it")
    for file in (plan.baseline, plan.floors):
        if file and plan.update:
            check_place(file)
        elif file and not file.is_file():
            raise ConfigError(f"{file}: there is no such file", "write it with --update")


def _compared(plan: Plan, settings: Settings) -> "Comparison":
    """Return what differs in the end, after the update where one was asked for."""
    from hkcrypto.baseline.compare import Comparison

    found = _against_baseline(plan, plan.baseline, settings) if plan.baseline else Comparison((), ())
    if not (plan.gold and plan.floors):
        return found
    return replace(found, changes=(*found.changes, *_against_floors(plan.gold, plan.floors, settings, update=plan.update)))


def _against_baseline(plan: Plan, baseline: Path, settings: Settings) -> "Comparison":
    from hkcrypto.baseline.baselinefile import write_baseline
    from hkcrypto.baseline.compare import compare
    from hkcrypto.baseline.recordsets import RecordSet, read_set
    from hkcrypto.baseline.update import refusals, updated, with_stale

    old = read_set(str(baseline)) if baseline.exists() else RecordSet()
    new = _extracted(plan, settings)
    place = plan.folder.rstrip("/") if Path(plan.folder).is_dir() else str(Path(plan.folder).parent)
    found = with_stale(replace(compare(old, new), folder=place))
    if not plan.update:
        return found
    if reasons := refusals(found, plan.accept):
        complain(f"{baseline} is left as it is: {', '.join(reasons)}; mend that, or accept what is gone: --accept 'document/stale/NAME'")
        return found
    write_baseline(baseline, updated(old, new, found, plan.accept))
    left = with_stale(replace(compare(read_set(str(baseline)), new), folder=place))
    taken = len(found.differences) - len(left.differences)
    complain(f"{baseline} is written; differences taken over: {taken}, left: {len(left.differences)}")
    return left


def _extracted(plan: Plan, settings: Settings) -> "RecordSet":
    """Return the facts of the articles, with those that failed and the checksums of all texts."""
    from hkcrypto.baseline.facts import facts_of
    from hkcrypto.baseline.recordsets import RecordSet
    from hkcrypto.readers.walk import find_documents
    from hkcrypto.schema import Failure

    found = RecordSet()
    own = own_files([plan.folder], [str(file) for file in (plan.baseline, plan.floors, plan.gold) if file])
    documents = _noted(find_documents([plan.folder], (*settings.exclude, *own)), found.texts)
    with extracting(documents, settings) as results:
        for result in results:
            if isinstance(result, Failure):
                found.failures[result.source] = result
            elif isinstance(result, dict):
                found.add(facts_of(result))
    return found


def _noted(documents: "Iterator[Document | Failure]", texts: dict[str, str]) -> "Iterator[Document | Failure]":
    """Yield the documents, and keep the checksum of each text."""
    from hkcrypto.baseline.recordsets import text_checksum
    from hkcrypto.schema import Document

    for item in documents:
        if isinstance(item, Document):
            texts[item.source] = text_checksum(item.text)
        yield item


def _against_floors(gold: Path, file: Path, settings: Settings, *, update: bool) -> list[Any]:
    """Return a change for each figure that is too low; raise the floors where that is asked for."""
    from hkcrypto.baseline.facts import symmetric_relations
    from hkcrypto.baseline.floors import below, raised, read_floors, write_floors
    from hkcrypto.baseline.quality import figures

    floors = read_floors(file) if file.exists() else {}
    found = figures(gold, _gold_records(gold, settings), symmetric_relations())
    if update:
        write_floors(file, raised(floors, found))
    return list(below(floors, found, file))


def _gold_records(gold: Path, settings: Settings) -> Iterator[dict[str, Any]]:
    from hkcrypto.evaluation.corpus import RECORD_SUFFIXES
    from hkcrypto.readers.walk import find_documents
    from hkcrypto.schema import Failure

    folder = gold if gold.is_dir() else gold.parent
    documents = find_documents([str(folder)], [*settings.exclude, *(f"*{suffix}" for suffix in RECORD_SUFFIXES)])
    with extracting(documents, settings) as results:
        for result in results:
            if isinstance(result, Failure):
                complain(f"{result.source}: {result.error}; {result.remedy}")
            elif isinstance(result, dict):
                yield result
