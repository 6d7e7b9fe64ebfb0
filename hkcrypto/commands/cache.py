"""`hkcrypto cache`: what is kept from run to run."""

import json
from dataclasses import replace
from typing import Annotated, Any, Literal

import typer

from hkcrypto.commands import commands
from hkcrypto.commands._run import open_cache
from hkcrypto.errors import ConfigError
from hkcrypto.settings import load_settings
from hkcrypto.terminal import data_stream, visible

Action = Literal["info", "clear", "path"]
ACTION_HELP = "What to do: info, clear or path."
FORMAT_HELP = "info: text or json. [default: text]"


@commands.register("cache")
def cache(
    action: Annotated[Action, typer.Argument(metavar="ACTION", help=ACTION_HELP, show_default=False)],
    format: Annotated[Literal["text", "json"] | None, typer.Option("-f", "--format", metavar="FORMAT", help=FORMAT_HELP)] = None,
) -> None:
    """Show or clear what is kept from run to run.

    Records are kept by the text of their document and by all else that they depend on (code, knowledge base, frames,
    model, options), so that a second run, or one after a run that was killed, extracts only what is new.
    info: where that is, how many results, how large they are and may become. clear: remove them. path: the file.

    The folder is that of the variable HKCRYPTO_CACHE, else the platform's for caches; an empty variable, --no-cache or
    'cache = false' in the settings turns it off. 'cache-size' there is the limit in megabytes (1000).

    Examples:
    hkcrypto cache info
    hkcrypto cache clear
    du -h "$(hkcrypto cache path)"
    """
    kept = open_cache(replace(load_settings(), cache=True))
    if kept is None:
        raise ConfigError("there is no cache: HKCRYPTO_CACHE is empty", "unset it, or give it the name of a folder")
    exists = kept.path.exists()
    if action == "path":
        data_stream().write(f"{visible(str(kept.path))}\n")
    elif action == "clear" and exists:
        kept.clear()
    elif action == "info":
        found: dict[str, Any] = {
            "path": str(kept.path),
            "results": kept.count() if exists else 0,
            "bytes": kept.total() if exists else 0,
            "limit": kept.limit,
        }
        lines = (f"{name:<8} {value:,}" if isinstance(value, int) else f"{name:<8} {visible(value)}" for name, value in found.items())
        data_stream().write((json.dumps(found, ensure_ascii=False, indent=2) if format == "json" else "\n".join(lines)) + "\n")
    kept.close()
