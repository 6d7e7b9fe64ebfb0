"""Where the scripts of Chinese meet: Traditional characters and variants (臺/台, 滙/匯/汇) as one form, character by character."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "simplified.txt"
_FULL_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), 0xFF05, 0xFF04)}
HAN = re.compile(r"[㐀-鿿豈-﫿]")


@cache
def _table() -> dict[int, int]:
    lines = [line for line in _FILE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    pairs = zip("".join(lines[::2]), "".join(lines[1::2]), strict=True)
    return {ord(traditional): ord(simple) for traditional, simple in pairs} | _FULL_WIDTH


def simplified(text: str) -> str:
    """Return the text in Simplified characters, full-width letters and figures as plain ones; every offset stays."""
    return text if text.isascii() else text.translate(_table())
