"""`hkcrypto kb`: what the knowledge base knows, and a user's own file for it."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from hkcrypto.commands import commands
from hkcrypto.commands._options import KbOption, extraction_options
from hkcrypto.commands._sinks import check_place
from hkcrypto.errors import ConfigError
from hkcrypto.settings import Settings, load_settings
from hkcrypto.terminal import data_stream, visible

if TYPE_CHECKING:
    from hkcrypto.kb import KnowledgeBase

Option = typer.Option
Action = Literal["list", "show", "search", "stats", "validate", "init"]
ACTION_HELP = "What to do: list, show, search, stats, validate or init."
WORDS_HELP = "The id or name to show, the text to search, the files to validate, the file to write."
TYPE_HELP = "list: only entries of this type; may be repeated."
PLACE_HELP = "list: only entries that are at home in the place with this id."
FORMAT_HELP = "list, show, search, stats: text or json. [default: text]"


@dataclass(frozen=True, slots=True)
class Request:
    """What the user wants of the knowledge base; `files` are laid over it."""

    words: list[str]
    types: tuple[str, ...]
    place: str | None
    json: bool
    files: tuple[Path, ...]


@commands.register("kb")
def kb(
    action: Annotated[Action, typer.Argument(metavar="ACTION", help=ACTION_HELP, show_default=False)],
    words: Annotated[list[str] | None, typer.Argument(metavar="[ID|NAME|TEXT|FILE]...", help=WORDS_HELP, show_default=False)] = None,
    types: Annotated[list[str] | None, Option("--type", metavar="TYPE", help=TYPE_HELP)] = None,
    place: Annotated[str | None, Option(metavar="ID", help=PLACE_HELP)] = None,
    format: Annotated[Literal["text", "json"] | None, Option("-f", "--format", metavar="FORMAT", help=FORMAT_HELP)] = None,
    kb: KbOption = None,
) -> int:
    """Look into the knowledge base, or write and check entries of your own.

    list: all entries, or those of a type or place. show ID|NAME: all that is known of one, and what refers to it.
    search TEXT: names that are the text, begin with it or hold it, else those alike; in English and Chinese.
    stats: entries and aliases by type and language, ambiguous forms, forms that several entries share.

    init FILE: write a template for entries of your own; it explains the format. validate FILE...: find all that is wrong
    with such files, laid over the knowledge base (and over those of --kb) in this order; a fault a line.

    Exit code: 0 all is right, 1 nothing was found or there are faults, 2 wrong usage.

    Examples:
    hkcrypto kb search 證監會
    hkcrypto kb show sfc
    hkcrypto kb list --type FIRM --place hong-kong -f json | jq -r .[].name
    hkcrypto kb init own.yaml
    hkcrypto kb validate own.yaml
    hkcrypto kb stats --kb own.yaml
    """
    words = words or []
    _refuse_nonsense(action, words, {"--type": types, "--place": place, "--format": format, "--kb": kb})
    # A file to validate may be among those of the settings; beside them it would stand against itself.
    files = tuple(kb or ()) if action == "validate" else load_settings().override(kb=kb).kb
    return _ACTIONS[action](Request(words, tuple(types or ()), place, format == "json", files))


def _refuse_nonsense(action: Action, words: list[str], given: dict[str, Any]) -> None:
    wanted, options = _TAKES[action]
    if bool(words) != bool(wanted):
        raise ConfigError(f"kb {action} takes {wanted or 'nothing'} after it", f"see hkcrypto kb {action} --help")
    if wanted == "FILE" and len(words) > 1:
        raise ConfigError(f"kb {action} takes one FILE", "write one after the other")
    for name, value in given.items():
        if value and name not in options:
            raise ConfigError(f"kb {action} has no option {name}", f"its options are {', '.join(options)}" if options else "leave it out")


def _list(request: Request) -> int:
    from hkcrypto.kb import closest_id
    from hkcrypto.kbview import chosen, entry_row, list_lines

    base = _load(request)
    types = extraction_options(Settings(types=request.types)).types
    if request.place and request.place not in base.entries:
        raise ConfigError(f"there is no place {request.place!r}", closest_id(request.place, base.entries))
    entries = chosen(base, types, request.place)
    if request.json:
        _write_json([entry_row(entry) for entry in entries])
    else:
        _write_lines(list_lines(entries))
    return 0 if entries else 1


def _show(request: Request) -> int:
    from hkcrypto.kb import closest_id
    from hkcrypto.kbview import detail_lines, detailed_row, find

    base, name = _load(request), " ".join(request.words)
    found = find(base, name)
    if not found:
        raise ConfigError(f"there is no entry {name!r}", closest_id(name, base.entries))
    if request.json:
        _write_json([detailed_row(base, entry) for entry in found])
    else:
        _write_lines(line for entry in found for line in detail_lines(base, entry))
    return 0


def _search(request: Request) -> int:
    from hkcrypto.kbview import entry_row, hit_lines, search

    hits = search(_load(request), " ".join(request.words))
    if request.json:
        _write_json([{"fit": hit.fit, "form": hit.form, **entry_row(hit.entry)} for hit in hits])
    else:
        _write_lines(hit_lines(hits))
    return 0 if hits else 1


def _stats(request: Request) -> int:
    from hkcrypto.kbview import statistics, statistics_lines

    numbers = statistics(_load(request))
    if request.json:
        _write_json(numbers)
    else:
        _write_lines(statistics_lines(numbers))
    return 0


def _validate(request: Request) -> int:
    from hkcrypto.kb import find_faults

    faults = find_faults([*request.files, *map(Path, request.words)])
    _write_lines(map(str, faults))
    return 1 if faults else 0


def _init(request: Request) -> int:
    from hkcrypto.kbview import TEMPLATE

    path = Path(request.words[0])
    if path.exists():
        raise ConfigError(f"{path} is there already", "name another file, or move it away")
    check_place(path)
    with path.open("x", encoding="utf-8", newline="\n") as out:
        out.write(TEMPLATE)
    return 0


def _load(request: Request) -> "KnowledgeBase":
    from hkcrypto.kb import load_kb
    from hkcrypto.pipeline.model import compiled_kb

    return load_kb(request.files, compiled=compiled_kb())


def _write_json(content: list[dict[str, Any]] | dict[str, Any]) -> None:
    data_stream().write(json.dumps(content, ensure_ascii=False, indent=2) + "\n")


def _write_lines(lines: Iterable[str]) -> None:
    out = data_stream()
    for line in lines:
        out.write(visible(line.replace("\n", " ")) + "\n")


_ACTIONS: dict[Action, Callable[[Request], int]] = {
    "list": _list,
    "show": _show,
    "search": _search,
    "stats": _stats,
    "validate": _validate,
    "init": _init,
}
_TAKES: dict[Action, tuple[str, tuple[str, ...]]] = {
    "list": ("", ("--type", "--place", "--format", "--kb")),
    "show": ("ID or NAME", ("--format", "--kb")),
    "search": ("TEXT", ("--format", "--kb")),
    "stats": ("", ("--format", "--kb")),
    "validate": ("FILE...", ("--kb",)),
    "init": ("FILE", ()),
}
