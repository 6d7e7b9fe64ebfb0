"""A YAML stream: one document a record, in block style."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TextIO

import yaml

from hkcrypto.writers import writers

_LINE_BREAKS = frozenset("\x85\u2028\u2029")  # PyYAML writes these between single quotes and reads them back as others


class _Dumper(yaml.SafeDumper):
    """PyYAML's own dumper, not the one in C, which breaks lines and escapes in another way: the bytes are to be the same everywhere."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 (PyYAML's protocol)
        return True


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"' if _LINE_BREAKS & set(text) else None)


_Dumper.add_representer(str, _represent_text)


@writers.register("yaml")
def write_yaml(records: Iterable[Mapping[str, Any]], out: TextIO) -> None:
    """Write one `---` document a record, keys in the order of the record."""
    for record in records:
        yaml.dump(record, out, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=2**20, explicit_start=True)
