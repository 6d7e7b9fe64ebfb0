"""Formats of a comparison: one file each, which registers a function that writes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

from hkcrypto.baseline.compare import Comparison
from hkcrypto.errors import ConfigError, unknown
from hkcrypto.plugins import Registry

Format = Callable[[Comparison, TextIO], None]

formats: Registry[Format] = Registry("hkcrypto.baseline.formats")


def find_format(name: str) -> Format:
    """Return the format of this name. Raises ConfigError where there is none."""
    known = formats.all()
    if name not in known:
        raise ConfigError(*unknown("format", name, known))
    return known[name]
