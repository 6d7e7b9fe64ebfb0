"""What a record depends on besides its document, as one checksum: found from files alone, without loading the pipeline."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from configparser import ConfigParser
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hkcrypto.errors import DataError
from hkcrypto.extract import Options, base_folder
from hkcrypto.pipeline.model import model_path
from hkcrypto.proposer.scorer import FILES, folder_of_weights
from hkcrypto.schema import Document

LIBRARIES = ("spacy", "thinc", "numpy", "ahocorasick_rs", "rjieba", "onnxruntime", "tokenizers")  # those whose version may change a record
_PACKAGE = Path(__file__).parent
_SUFFIXES = frozenset({".py", ".yaml", ".cfg", ".json", ".txt"})


def fingerprint(options: Options) -> bytes:
    """Return the checksum (16 bytes) of code, data, weights, libraries and options: the same one stands for the same records.

    The code itself counts, not only its version: whoever edits a rule wants to see what that does.
    Raises DataError where a file of the user cannot be read.
    """
    digest = hashlib.blake2b(digest_size=16)
    for name, content in _parts(options):
        digest.update(f"{name}\0{len(content)}\0".encode("utf-8", "surrogatepass") + content)
    return digest.digest()


def document_key(document: Document, pipeline: bytes) -> bytes:
    """Return the checksum (16 bytes) of a document under a pipeline's fingerprint; where the document is from does not count."""
    given = [
        document.text,
        document.title,
        document.publisher,
        document.authors,
        document.url,
        document.published,
        document.sections and [(s.kind, s.start, s.end) for s in document.sections],
        document.entities and [(e.id, e.type, e.names) for e in document.entities],
        document.warnings,
        [document.sections is None, document.entities is None],  # none are known, or there are none
    ]
    # not as ASCII: there two lone surrogates and the one character that they would make are the same
    content = json.dumps(given, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(content, digest_size=16, key=pipeline).digest()


def _parts(options: Options) -> Iterator[tuple[str, bytes]]:
    """Yield everything that counts, by name."""
    yield "python", ".".join(map(str, sys.version_info[:3])).encode()
    yield "libraries", " ".join(_versions()).encode()
    yield "options", json.dumps(options.changed(), sort_keys=True).encode()
    yield from _files("package", _PACKAGE, (p for p in _PACKAGE.rglob("*") if p.suffix in _SUFFIXES))
    config = model_path() / "config.cfg"
    yield from _files("model", config.parent, config.parent.glob("*.*"))
    folder = base_folder(options.model or _base(config))
    yield from _files("base", folder, folder.rglob("*"))
    if options.recall:
        weights = folder_of_weights()
        yield from _files("proposer", weights, (weights / name for name in FILES))
    for number, path in enumerate(options.kb):
        yield f"kb {number}", _read(path)
    for path in options.frames:  # here their places count: they are in the frames' own fingerprint
        yield f"frames {path}", _read(path)


def _files(kind: str, folder: Path, paths: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    for path in sorted(paths):
        if "__pycache__" not in path.parts and path.is_file():
            yield f"{kind} {path.relative_to(folder).as_posix()}", path.read_bytes()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError(f"{path}: {error.strerror}", "name a file that can be read") from None


def _base(config: Path) -> str:
    parser: Any = ConfigParser(interpolation=None)
    parser.read(config, encoding="utf-8")
    return str(json.loads(parser["paths"]["base"]))


def _versions() -> Iterator[str]:
    """Yield name and version of each library, as its metadata folder has them; `importlib.metadata` takes ten times as long."""
    for name in LIBRARIES:
        spec = find_spec(name)
        folder = Path(spec.origin).parents[1] if spec and spec.origin else Path()
        yield from sorted(path.stem for path in folder.glob(f"{name}-*.dist-info"))
