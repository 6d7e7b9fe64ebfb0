"""Quality floors: figures between 0 and 1 below which a kind of fact, a relation or an entity type must not fall.

A file holds `kinds`, `relations` and `types`, each with F1 by name.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from hkcrypto.baseline.compare import Change
from hkcrypto.errors import ConfigError
from hkcrypto.writers import replacing
from hkcrypto.yamlfile import parse_yaml

Figures = Mapping[str, Mapping[str, float]]

GROUPS = ("kinds", "relations", "types")


def read_floors(path: Path) -> dict[str, dict[str, float]]:
    """Return the floors of a YAML or JSON file, by group and name.

    Raises ConfigError or DataError, naming the file, where it cannot be read or holds something else.
    """
    try:
        content = parse_yaml(path.read_bytes(), str(path)) or {}
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}", "write it with --update") from None
    if not isinstance(content, dict) or (wrong := sorted(content.keys() - set(GROUPS))):
        raise ConfigError(f"{path}: {wrong[0]!r} is unknown" if isinstance(content, dict) else f"{path}: it is no mapping", _REMEDY)
    return {group: {name: _share(value, f"{path}, {name}") for name, value in _mapping(content[group], path)} for group in content}


def below(floors: Figures, figures: Figures, path: Path) -> Iterator[Change]:
    """Yield a change for each floor that its figure is below, or that has no figure any more."""
    for group, found in floors.items():
        for name, floor in found.items():
            figure = figures.get(group, {}).get(name)
            if figure is None or figure < floor - 1e-9:
                new = {"f1": None if figure is None else round(figure, 4)}
                yield Change(path.as_posix(), "floor", name, "below", f"{group} {name}", {"f1": floor}, new, "")


def raised(floors: Figures, figures: Figures) -> dict[str, dict[str, float]]:
    """Return the floors, none lower, each as high as its figure (cut to three decimals)."""
    groups = {group: dict(floors.get(group, {})) for group in GROUPS}
    for group, found in groups.items():
        for name, figure in figures.get(group, {}).items():
            found[name] = max(found.get(name, 0.0), math.floor(figure * 1000 + 1e-6) / 1000)
    return {group: dict(sorted(found.items())) for group, found in groups.items() if found}


def write_floors(path: Path, floors: Figures) -> None:
    """Write floors in the place of the old ones, as JSON or, by its suffix, YAML. Raises OSError where it cannot be written."""
    with replacing(path) as out:
        if path.suffix.lower() == ".json":
            out.write(json.dumps(floors, indent=2, ensure_ascii=False) + "\n")
        else:
            for group, found in floors.items():
                out.write(
                    "".join((f"{group}:\n", *(f"  {json.dumps(name, ensure_ascii=False)}: {floor}\n" for name, floor in found.items())))
                )


_REMEDY = f"give it the keys {', '.join(GROUPS)}, each with figures by name"


def _mapping(content: Any, path: Path) -> Any:
    if not isinstance(content, dict):
        raise ConfigError(f"{path}: {content!r} is no mapping", _REMEDY)
    return content.items()


def _share(value: Any, where: str) -> float:
    try:
        share = float(value)
    except (TypeError, ValueError):
        share = math.nan
    if not 0 <= share <= 1:
        raise ConfigError(f"{where}: the floor is {value!r}", "write a number from 0 to 1")
    return share
