"""`hkcrypto info`: what is installed, and with what contents."""

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hkcrypto.commands import commands
from hkcrypto.commands._options import FramesOption, KbOption, ModelOption, extraction_options
from hkcrypto.errors import ConfigError
from hkcrypto.settings import load_settings
from hkcrypto.terminal import data_stream, screen, visible

if TYPE_CHECKING:
    from rich.table import Table


@commands.register("info")
def info(
    format: Annotated[str, typer.Option("--format", "-f", help="table or json.")] = "table",
    kb: KbOption = None,
    frames: FramesOption = None,
    model: ModelOption = None,
) -> None:
    """Show versions, checksums and sizes.

    Those of the program, of the model and its base weights, of the knowledge base and of the frames.

    Examples:
    hkcrypto info
    hkcrypto info -f json | jq -r .base_model
    """
    from hkcrypto.extract import load

    if format not in {"table", "json"}:
        raise ConfigError(f"the format {format!r} is unknown", "use table or json")
    found = load(extraction_options(load_settings().override(kb=kb, frames=frames, model=model))).info()
    if format == "json":
        data_stream().write(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
    else:
        screen().print(_table(found))


def _table(found: dict[str, Any]) -> "Table":
    """Two columns; what is nested follows its heading, indented."""
    from rich.table import Table

    table = Table.grid("", "", padding=(0, 2))
    table.columns[1].overflow = "fold"
    for key, value in _rows(found):
        table.add_row(key, value)
    return table


def _rows(found: dict[str, Any], indent: str = "") -> list[tuple[str, str]]:
    rows = []
    for key, value in found.items():
        name = indent + (key.replace("_", " ") if not indent else key)
        if isinstance(value, dict):
            rows += [(name, ""), *_rows(value, f"{indent}  ")]
        else:
            rows.append((name, visible(", ".join(map(str, value)) if isinstance(value, list) else str(value))))
    return rows
