"""A bank of sentences: gold that holds its own texts, many in one YAML file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from hkcrypto.errors import DataError
from hkcrypto.evaluation.gold import Gold, GoldEntity, GoldRelation, chosen
from hkcrypto.schema import Document, KnownEntity, Section
from hkcrypto.yamlfile import parse_yaml

SUFFIX = ".yaml"
_ITEM = frozenset({"text", "entities", "relations", "tempts"})
_RELATION = ("type", "subject", "object", "status", "optional")
_REMEDY = "see tests/bank/README.md for the form of an item"


def bank_files(path: Path) -> list[Path]:
    """Return the files of a bank at a path, a file or a folder; none where it is no bank."""
    if path.is_dir():
        return sorted(path.glob(f"*{SUFFIX}")) if not any(path.glob("*.json")) else []
    return [path] if path.suffix == SUFFIX else []


def read_bank(path: Path) -> Iterator[tuple[str, Gold, str]]:
    """Yield (name, gold, text) of every sentence of a file; the name is that of the file and the number of the sentence.

    Raises DataError, naming file and sentence, where one is at fault.
    """
    try:
        content = parse_yaml(path.read_bytes(), str(path))
    except OSError as error:
        raise DataError(f"{path}: {error.strerror}", "name a file that can be read") from None
    if not isinstance(content, list):
        raise DataError(f"{path}: it is no list of sentences", _REMEDY)
    for number, item in enumerate(content, 1):
        name = f"{path.stem}-{number:03}"
        try:
            yield name, _gold(name, item), item["text"]
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise DataError(f"{path}, sentence {number}: {error}", _REMEDY) from None


def read_banks(files: Sequence[Path], only: Sequence[str] = (), exclude: Sequence[str] = ()) -> tuple[dict[str, Gold], dict[str, str]]:
    """Return gold and texts by the name of the sentence, of those whose names fit `only` and not `exclude` (globs).

    Raises DataError where a file is at fault, or nothing is left.
    """
    rows = {name: (gold, text) for file in files for name, gold, text in read_bank(file)}
    names = chosen(rows, only, exclude)
    if not names:
        raise DataError(f"{files[0].parent}: no sentence is left", "ask for other names")
    return {name: rows[name][0] for name in names}, {name: rows[name][1] for name in names}


def bank_documents(golds: Mapping[str, Gold], texts: Mapping[str, str]) -> Iterator[Document]:
    """Yield the sentences as documents that are body and nothing else."""
    for name, text in texts.items():
        if name in golds:
            yield Document(text=text, source=f"{name}.txt", sections=(Section("body", 0, len(text)),))


def with_entities(document: Document, gold: Gold) -> Document:
    """Return the document with the entities of its gold given, so that nothing but the relations is to be found."""
    known = tuple(KnownEntity(entity.id, entity.type, tuple(entity.names)) for entity in gold.entities)
    return replace(document, entities=known)


def _gold(name: str, item: Mapping[str, Any]) -> Gold:
    if unknown := sorted(item.keys() - _ITEM):
        raise ValueError(f"the key {unknown[0]!r} is unknown")
    names = {forms.split(" = ")[0].strip(): forms for forms in item["entities"]}
    entities = [GoldEntity(first, item["entities"][forms], [form.strip() for form in forms.split(" = ")]) for first, forms in names.items()]
    relations = [_relation(row, names) for row in item["relations"]]
    return Gold(name, entities, relations, "en")


def _relation(row: Mapping[str, Any], names: Mapping[str, str]) -> GoldRelation:
    for end in (row["subject"], row["object"], row.get("attributed_to", row["subject"])):
        if end not in names:
            raise ValueError(f"{end!r} is not among the entities")
    qualifiers = {key: value for key, value in row.items() if key not in _RELATION}
    return GoldRelation(row["type"], row["subject"], row["object"], row["status"], qualifiers, row.get("optional") == "true")
