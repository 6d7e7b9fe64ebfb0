"""`hkcrypto extract`: articles in, records out."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from hkcrypto.commands import commands
from hkcrypto.commands._copies import Copies
from hkcrypto.commands._options import (
    CacheOption,
    ConfidenceOption,
    CorefOption,
    DateFieldOption,
    FormatOption,
    FramesOption,
    IdFieldOption,
    KbOption,
    MaxExpansionOption,
    MaxLengthOption,
    MaxSizeOption,
    ModelOption,
    RecallOption,
    TextFieldOption,
    TitleFieldOption,
    UrlFieldOption,
    read_options,
)
from hkcrypto.commands._run import extracting
from hkcrypto.commands._sinks import STREAM, check_place, choose_sink, own_files, to_screen
from hkcrypto.readers import ReadOptions, suffix_of
from hkcrypto.readers.walk import Found, find_documents, find_files
from hkcrypto.schema import Failure, PassedOver
from hkcrypto.settings import Settings, load_settings
from hkcrypto.terminal import complain, is_terminal, screen
from hkcrypto.writers import replacing

if TYPE_CHECKING:
    from hkcrypto.engines.work import Result
    from hkcrypto.summary import Corpus

Option = typer.Option
MANY = frozenset({".jsonl", ".ndjson", ".json", ".csv", ".tsv"})
Names = list[str] | None
PATHS_HELP = "Articles: files, folders (with all that is in them), '-' for standard input."
MARK_HELP = "Find copies and near copies of a text of this run; document.duplicate_of names the source of the first."
DEDUPE_HELP = "Leave such copies out; how many is said on standard error."
CHROME_HELP = "Report entities of what is no content, too (navigation, related stories), marked by their section."
FORMAT_HELP = "jsonl, json or yaml; by default what the suffix of -o says, else jsonl."
OUTPUT_HELP = "A file for all records, or a folder (with a slash at the end) for a file each; '-' is standard output."
JOBS_HELP = "Work in so many processes, for the same records. [default: 1]"
TIMEOUT_HELP = "Give up a document that takes longer (its start is not counted); works in a process of its own even with -j 1."
RELEVANCE_HELP = "Pass over documents with less of the field in them, before the costly part; 0.05 keeps all that is about it. [default: 0]"


@commands.register("extract")
def extract(
    paths: Annotated[list[str], typer.Argument(metavar="PATH", help=PATHS_HELP)],
    format: Annotated[str | None, Option("-f", "--format", metavar="FORMAT", help=FORMAT_HELP)] = None,
    output: Annotated[str | None, Option("-o", "--output", metavar="FILE|DIR/", help=OUTPUT_HELP)] = None,
    errors: Annotated[Path | None, Option(metavar="FILE", help="A file that gets a JSON line for each document that failed.")] = None,
    summary: Annotated[bool | None, Option(help="What was found, on standard error; by default where that is a terminal.")] = None,
    kb: KbOption = None,
    frames: FramesOption = None,
    model: ModelOption = None,
    min_confidence: ConfidenceOption = None,
    types: Annotated[Names, Option(metavar="TYPE,...", help="Keep only entities of these types, and relations between them.")] = None,
    relations: Annotated[Names, Option(metavar="NAME,...", help="Keep only these relations.")] = None,
    exclude: Annotated[Names, Option(metavar="GLOB", help="Pass over files whose path or name fits; may be repeated.")] = None,
    with_text: Annotated[bool | None, Option(help="Store the text of the article in its record.")] = None,
    include_chrome: Annotated[bool | None, Option("--include-chrome", help=CHROME_HELP)] = None,
    coref: CorefOption = None,
    recall: RecallOption = None,
    mark_duplicates: Annotated[bool | None, Option("--mark-duplicates", help=MARK_HELP)] = None,
    dedupe: Annotated[bool | None, Option("--dedupe/--no-dedupe", help=DEDUPE_HELP)] = None,
    input_format: FormatOption = None,
    text_field: TextFieldOption = None,
    title_field: TitleFieldOption = None,
    date_field: DateFieldOption = None,
    url_field: UrlFieldOption = None,
    id_field: IdFieldOption = None,
    max_size: MaxSizeOption = None,
    max_length: MaxLengthOption = None,
    max_expansion: MaxExpansionOption = None,
    jobs: Annotated[int | None, Option("-j", "--jobs", min=1, metavar="N", help=JOBS_HELP)] = None,
    timeout_per_document: Annotated[float | None, Option(min=0.001, metavar="SECONDS", help=TIMEOUT_HELP)] = None,
    min_relevance: Annotated[float | None, Option(min=0, max=1, metavar="X", help=RELEVANCE_HELP)] = None,
    cache: CacheOption = None,
    quiet: Annotated[bool | None, Option("-q", "--quiet/--no-quiet", help="No progress bar and no summary.")] = None,
    verbose: Annotated[bool | None, Option("-v", "--verbose/--no-verbose", help="A line on standard error for each document.")] = None,
) -> int:
    """Extract entities, values, relations and statements from articles.

    Records go to standard output, one JSON object a line; a terminal gets tables instead, unless -f or -o asks for
    records. Defaults for all options can stand in hkcrypto.toml, or under [tool.hkcrypto] in pyproject.toml, in this
    folder or above it. Exit code: 0 all done, 1 some documents failed, 2 wrong usage or set-up.

    Examples:
    hkcrypto extract seeds/
    hkcrypto extract seeds/ -o records.jsonl --errors failed.jsonl -j 4
    hkcrypto extract seeds/ -o records/ -f json
    hkcrypto extract news/ --dedupe -o records.jsonl
    hkcrypto extract seeds/ --types firm,regulator --relations licenses | jq .relations
    hkcrypto extract news.jsonl.gz --text-field body --date-field day -o records.jsonl
    cat article.html | hkcrypto extract - -f yaml
    """
    return run(
        paths,
        load_settings().override(
            format=format,
            output=output,
            errors=errors,
            summary=summary,
            kb=kb,
            frames=frames,
            model=model,
            min_confidence=min_confidence,
            types=types,
            relations=relations,
            exclude=exclude,
            with_text=with_text,
            include_chrome=include_chrome,
            coref=coref,
            recall=recall,
            mark_duplicates=mark_duplicates,
            dedupe=dedupe,
            input_format=input_format,
            text_field=text_field,
            title_field=title_field,
            date_field=date_field,
            url_field=url_field,
            id_field=id_field,
            max_size=max_size,
            max_length=max_length,
            max_expansion=max_expansion,
            jobs=jobs,
            timeout_per_document=timeout_per_document,
            min_relevance=min_relevance,
            cache=cache,
            quiet=quiet,
            verbose=verbose,
        ),
    )


def run(paths: list[str], settings: Settings) -> int:
    """Write the records of the articles at `paths`; return 0, or 1 where a document failed or there was none.

    Raises ConfigError or DataError where the settings cannot be met.
    """
    reading = read_options(settings)
    outputs = [name for name in (settings.output, settings.errors and str(settings.errors)) if name and name != STREAM]
    exclude = (*settings.exclude, *own_files(paths, outputs))
    sink = choose_sink(settings.output, settings.format)
    report = Report(settings)
    if settings.errors:
        check_place(settings.errors)
    with ExitStack() as stack:
        report.errors = stack.enter_context(replacing(settings.errors)) if settings.errors else None
        advance = stack.enter_context(_progress(paths, exclude, reading)) if _wants_progress(settings) else None
        copies = Copies(settings)
        documents = copies.noted(find_documents(paths, exclude, reading))
        results = stack.enter_context(extracting(documents, settings, min_relevance=settings.min_relevance))
        sink(report.follow(copies.marked(results), advance))
    report.show(brief=sink is not to_screen)
    copies.show()
    if not report.documents + report.failed + report.passed_over:
        complain("error: nothing was read; all that was found is excluded")
    return 1 if report.failed or not report.documents + report.passed_over else 0


class Report:
    """What the user hears of a run: a line for each failure, and at the end what was found."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.errors: TextIO | None = None
        self.corpus = self._corpus()
        self.documents = self.failed = self.passed_over = 0

    def _corpus(self) -> "Corpus | None":
        """What the records add up to, where somebody wants to know: Rich takes its time to load."""
        wanted = is_terminal(sys.stderr) if self.settings.summary is None else self.settings.summary
        if not wanted or self.settings.quiet:
            return None
        from hkcrypto.summary import Corpus

        return Corpus()

    def follow(self, results: Iterable["Result"], advance: Callable[[], None] | None = None) -> Iterator[dict[str, Any]]:
        """Yield the records among the results; `advance` is called after each result."""
        for result in results:
            if isinstance(result, Failure):
                self._fail(result)
            elif isinstance(result, PassedOver):
                self.passed_over += 1
            else:
                self.documents += 1
                if self.corpus:
                    self.corpus.add(result)
                if self.settings.verbose:
                    self._tell(result)
                yield result
            if advance:
                advance()

    def show(self, *, brief: bool) -> None:
        """Print the summary, where `brief` and somebody wants it; that documents were passed over is said in any case."""
        if self.corpus and brief:
            from hkcrypto import summary

            screen(stderr=True).print(summary.brief(self.corpus, self.failed, self.passed_over))
        elif self.passed_over and not self.settings.quiet:
            complain(f"{self.passed_over} passed over, with a relevance below {self.settings.min_relevance:g}")

    def _fail(self, failure: Failure) -> None:
        self.failed += 1
        complain(f"{failure.source}: {failure.error}; {failure.remedy}")
        if self.errors:
            self.errors.write(json.dumps(asdict(failure), ensure_ascii=False) + "\n")

    @staticmethod
    def _tell(record: dict[str, Any]) -> None:
        from hkcrypto.summary import counted

        counts = f"{counted(len(record['entities']), 'entity')}, {counted(len(record['relations']), 'relation')}"
        complain(f"{record['document']['source']}: {counts}")
        for warning in record["warnings"]:
            complain(f"{record['document']['source']}: warning: {warning}")


def _wants_progress(settings: Settings) -> bool:
    """Only where somebody looks at standard error, and nothing else is written on the same terminal."""
    return is_terminal(sys.stderr) and not settings.quiet and not (settings.output in {None, STREAM} and is_terminal(sys.stdout))


@contextmanager
def _progress(paths: Sequence[str], exclude: Sequence[str], reading: ReadOptions) -> Iterator[Callable[[], None]]:
    """Show a progress bar; give the function that moves it on by one document."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    total = _count(paths, exclude, reading)
    console = screen(stderr=True)
    columns = TextColumn("extracting"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    # Standard output is for records: Rich must not lay hands on it.
    with Progress(*columns, console=console, transient=True, redirect_stdout=False, disable=console.is_dumb_terminal) as bar:
        task = bar.add_task("", total=total)
        yield lambda: bar.advance(task)


def _count(paths: Sequence[str], exclude: Sequence[str], reading: ReadOptions) -> int | None:
    """Return how many documents there will be; None where one file holds many, since only reading it all would tell."""
    total = 0
    for found in find_files(paths, exclude):
        if isinstance(found, Found) and (found.path is None or reading.format or suffix_of(found.path.name) in MANY):
            return None
        total += 1
    return total
