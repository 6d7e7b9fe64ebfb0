"""Puts the assembled model into the wheel; an editable installation uses the one of the checkout."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class AssembleModel(BuildHookInterface[Any]):
    """Runs `hkcrypto.assemble` before the files are collected."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Assemble the model and add it to the wheel's files."""
        sys.path.insert(0, self.root)
        from hkcrypto.assemble import assemble

        folder = assemble(Path(self.root) / "models" / "hk_news")
        if version == "standard":
            build_data["force_include"][str(folder)] = "hkcrypto/models/hk_news"
            for name in ("proposer.onnx", "proposer.json", "tokenizer.json"):
                build_data["force_include"][str(Path(self.root) / "models" / "proposer" / name)] = f"hkcrypto/models/proposer/{name}"
