"""Strict YAML for the data files: every scalar a string, no key twice, and a path in every complaint."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import yaml

from hkcrypto.errors import DataError

# The C loader is ten times faster; a PyYAML without libyaml still works. Base: "0700" stays a stock code and "NO" a country.
_BaseLoader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class _StrictLoader(_BaseLoader):  # type: ignore[misc]
    """PyYAML's base loader, which otherwise lets a repeated key overwrite the first."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(None, None, "a key is no text", key.start_mark)
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"the key {key.value!r} is there twice", key.start_mark)
            seen.add(key.value)
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return mapping


def parse_yaml(text: str | bytes, path: str) -> Any:
    """Return the content of a YAML text, all scalars as strings.

    Raises DataError, naming `path` and the line, where the text is no YAML or a key stands twice.
    """
    try:
        return yaml.load(text, Loader=_StrictLoader)  # noqa: S506 (a BaseLoader: it builds strings, lists and dictionaries only)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}, line {mark.line + 1}" if mark else path
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
        raise DataError(f"{where}: {problem}", "mend the YAML") from None
