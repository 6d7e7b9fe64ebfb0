"""Where the assembled pipeline lies, and how it is loaded."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from hkcrypto.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.language import Language

MODEL = "hk_news"
_PACKAGE = Path(__file__).parents[1]


def model_path() -> Path:
    """Return the folder that `spacy.load` takes: in the package, or in the checkout that the package is used from."""
    for folder in (_PACKAGE / "models" / MODEL, _PACKAGE.parent / "models" / MODEL):
        if (folder / "config.cfg").is_file():
            return folder
    raise ConfigError(f"the model {MODEL} is missing from this installation", "install hkcrypto again")


def compiled_kb() -> Path:
    """Return where the compiled knowledge base is, if it was made."""
    folder = model_path()
    return folder / "kb.json" if (folder / "kb.json").is_file() else folder / "pipeline" / "kb.json"


def load_pipeline(
    base: str | None = None, *, kb: Sequence[Path] = (), hidden: Sequence[str] = (), frames: Sequence[Path] = (), recall: bool = False
) -> Language:
    """Return the whole pipeline; `base` is another spaCy pipeline to take the base weights from.

    Raises ConfigError where there is no such base, DataError where a knowledge-base or frame file is at fault.
    """
    from spacy import load
    from thinc.api import NumpyOps, set_current_ops

    # BLIS is slower than numpy's own BLAS on matrices as small as these: 1.1 to 1.35 times on two cores.
    set_current_ops(NumpyOps(use_blis=False))
    config: dict[str, Any] = {
        "paths.kb": [str(p) for p in kb],
        "paths.hidden": list(hidden),
        "paths.frames": [str(p) for p in frames],
        "paths.recall": recall,
    }
    if base:
        config["paths.base"] = base
    return load(model_path(), config=config)
