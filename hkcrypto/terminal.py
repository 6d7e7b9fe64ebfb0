"""The three streams of the program: data on standard output, lines and tables for people where a terminal is."""

from __future__ import annotations

import re
import shutil
import sys
from typing import TYPE_CHECKING, TextIO

from hkcrypto.errors import ConfigError

if TYPE_CHECKING:
    from rich.console import Console

# What would steer a terminal or turn the direction of a line, and the halves of characters in file names that are no UTF-8.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    """Return text from outside with its control characters replaced, one character for one; line feeds stay."""
    return _CONTROLS.sub("�", text).replace("\t", " ").replace("\r", " ")


def complain(text: str) -> None:
    """Write one line on standard error, with the program's name before it."""
    if sys.stderr:
        sys.stderr.write(f"hkcrypto: {visible(' '.join(text.split()))}\n")


def data_stream() -> TextIO:
    """Return standard output, ready for records: UTF-8 and bare line feeds, whatever the locale.

    Raises ConfigError where the program was started without a standard output.
    """
    out = sys.stdout
    if not out:
        raise ConfigError("standard output is closed", "name a file with -o")
    if hasattr(out, "reconfigure"):
        # A file name that is no UTF-8 holds surrogates; written as \udc.. they are valid JSON and YAML.
        out.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    return out


def is_terminal(stream: TextIO | None) -> bool:
    """Return whether somebody looks at the stream."""
    return bool(stream and stream.isatty())


def screen(*, stderr: bool = False) -> Console:
    """Return a Rich console that leaves the text as it is; NO_COLOR and TERM=dumb hold."""
    from rich.console import Console

    console = Console(stderr=stderr, highlight=False, markup=False, emoji=False)
    if console.is_dumb_terminal:  # Rich takes each for 80 columns wide
        console.size = shutil.get_terminal_size()
    return console
