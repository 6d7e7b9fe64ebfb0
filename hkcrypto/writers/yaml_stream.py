"""A YAML stream: one document a record, in block style.

Written without PyYAML: with and without libyaml it breaks lines and escapes characters in different ways, and the same
records must give the same bytes everywhere.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TextIO

from hkcrypto.writers import escape_surrogates, writers

_PLAIN = re.compile(r"[A-Za-z](?:[\w ./()-]*[\w.)/])?", re.ASCII)
_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
# JSON leaves these as they are; YAML takes them for line breaks or forbids them.
_UNPRINTABLE = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


@writers.register("yaml")
def write_yaml(records: Iterable[Mapping[str, Any]], out: TextIO) -> None:
    """Write one `---` document a record, keys in the order of the record.

    YAML has no lone surrogates: each comes out as the six characters of its escape.
    """
    out.writelines("\n".join(["---", *_block(record)]) + "\n" for record in records)


def _block(value: Any) -> Iterator[str]:
    """Yield the lines of a value that is neither a scalar nor empty."""
    for key, item in value.items() if isinstance(value, Mapping) else (("-", item) for item in value):
        mark = "-" if not isinstance(value, Mapping) else f"{_scalar(key)}:"
        if not isinstance(item, Mapping | list | tuple) or not item:
            yield f"{mark} {_scalar(item)}"
        elif mark == "-":
            lines = _block(item)
            yield f"- {next(lines)}"
            yield from (f"  {line}" for line in lines)
        else:
            yield mark
            yield from (f"  {line}" for line in _block(item))


def _scalar(value: Any) -> str:
    if not isinstance(value, str):
        return json.dumps(value, allow_nan=False)
    if _PLAIN.fullmatch(value) and value.casefold() not in _WORDS:
        return value
    quoted = json.dumps(escape_surrogates(value), ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)
