"""Entity-relation records with evidence, from news about Hong Kong's crypto and virtual-asset market.

from hkcrypto import load

extractor = load()
record = extractor.extract("The SFC has licensed OSL.", source="note.txt")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hkcrypto.extract import Extractor as Extractor
    from hkcrypto.extract import Options as Options
    from hkcrypto.extract import load as load

__version__ = "0.1.0"
__all__ = ["Extractor", "Options", "__version__", "load"]


def __getattr__(name: str) -> Any:
    """Import on first use what needs spaCy, so that `hkcrypto --help` does not."""
    if name in {"Extractor", "Options", "load"}:
        from hkcrypto import extract

        return getattr(extract, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
