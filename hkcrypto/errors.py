"""What can go wrong, as the user sees it: one line that names the thing at fault, and one that names the remedy."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class HkcryptoError(Exception):
    """A fault that a user can understand and mend; `str()` gives the message and the remedy on one line."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message, remedy)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message}; {self.remedy}" if self.remedy else self.message


class InputError(HkcryptoError):
    """A document that cannot be read or used; the other documents go on."""


class DataError(HkcryptoError):
    """A knowledge-base, frame or cue file that does not say what it must."""


class ConfigError(HkcryptoError):
    """Settings, options or a model that hkcrypto cannot start with."""


def unknown(what: str, name: str, known: Iterable[str]) -> tuple[str, str]:
    """Return the message and the remedy for a name that is not one of the known ones."""
    choices = sorted(known)
    close = get_close_matches(name, choices, n=1)
    remedy = f"did you mean {close[0]}?" if close else f"use one of {', '.join(choices)}"
    return f"{what} {name!r} is unknown", remedy
