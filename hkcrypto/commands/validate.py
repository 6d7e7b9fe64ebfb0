"""`hkcrypto validate`: files against what they may say."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hkcrypto.commands import commands
from hkcrypto.commands._options import FramesOption
from hkcrypto.errors import ConfigError, InputError
from hkcrypto.settings import load_settings
from hkcrypto.terminal import data_stream, visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hkcrypto.frames import RelationType

Option = typer.Option
FILES_HELP = "Files of records ('-' for standard input), or with --gold gold files and folders of them."
SOURCES_HELP = "Where the articles are, to compare offsets and names; for gold by default beside it."


@commands.register("validate")
def validate(
    files: Annotated[list[str], typer.Argument(metavar="FILE", help=FILES_HELP)],
    sources: Annotated[Path | None, Option(metavar="DIR", help=SOURCES_HELP)] = None,
    gold: Annotated[bool, Option("--gold", help="Check gold files.")] = False,
    frames: FramesOption = None,
) -> int:
    """Check records against the schema, or gold against the ontology.

    Records: shape, signatures, ids and sections, and where the text is known (in the record, or with --sources) every
    offset. Gold: types, relations, qualifiers, and names in the text. Each fault is one line on standard output, with
    what would mend it. Exit code: 0 all is right, 1 there are faults, 2 wrong usage.

    Examples:
    hkcrypto validate records.jsonl --sources articles/
    hkcrypto validate --gold gold/ --sources articles/
    hkcrypto extract seeds/ --with-text | hkcrypto validate -
    """
    from hkcrypto.frames import load_signatures

    for path in (*map(Path, (name for name in files if name != "-" or gold)), *([sources] if sources else [])):
        if not path.exists():
            raise ConfigError(f"{path}: it does not exist", "check the path")
    if sources and not sources.is_dir():
        raise ConfigError(f"{sources} is no folder", "give the folder that the records were extracted from")
    relations = load_signatures(load_settings().override(frames=frames).frames)
    out, faults = data_stream(), 0
    for line in _gold_faults(files, sources, relations) if gold else _record_faults(files, sources, relations):
        out.write(visible(" ".join(line.split())) + "\n")
        faults += 1
    return 1 if faults else 0


def _record_faults(files: list[str], sources: Path | None, relations: "Mapping[str, RelationType]") -> Iterator[str]:
    """Yield a line for each fault: file, record, path, problem and remedy."""
    from hkcrypto.recordfile import read_records
    from hkcrypto.validation.records import check_record

    for name in files:
        seen: set[str] = set()
        try:
            for number, record in enumerate(read_records(name), 1):
                document = record["document"]
                source = document.get("source") if isinstance(document, dict) else None
                where = f"{name}, record {number}" + (f" ({source})" if source else "")
                if source in seen:
                    yield f"{where}: document.source: another record has the same; keep one of them"
                seen |= {source} if isinstance(source, str) else set()
                text = None
                if sources and isinstance(source, str):
                    try:
                        text = _text(sources / source)
                    except InputError as error:
                        yield f"{where}: document.source: {error}"
                yield from (f"{where}: {fault}" for fault in check_record(record, relations, text))
        except InputError as error:
            yield str(error)


def _gold_faults(files: list[str], sources: Path | None, relations: "Mapping[str, RelationType]") -> Iterator[str]:
    """Yield a line for each fault: file, place, problem and remedy."""
    from hkcrypto.evaluation.gold import gold_files
    from hkcrypto.validation.gold import check_gold

    for path in (file for name in files for file in gold_files(Path(name))):
        try:
            text = _text((sources or path.parent) / f"{path.stem}.txt")
        except InputError as error:
            yield f"{path}: {error}"
        else:
            yield from (f"{path}: {fault}" for fault in check_gold(path.read_bytes(), path.stem, text, relations))


def _text(path: Path) -> str:
    from hkcrypto.readers.text import decode

    try:
        return decode(path.read_bytes())
    except InputError as error:
        raise InputError(f"{path}: {error.message}", error.remedy) from None
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}", "name the folder of the articles with --sources") from None
