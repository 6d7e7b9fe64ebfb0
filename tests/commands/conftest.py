import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from hkcrypto.__main__ import build_app
from hkcrypto.engines import local
from hkcrypto.errors import ConfigError, InputError
from hkcrypto.extract import Options
from hkcrypto.schema import Cue, Document, DocumentInfo, Entity, Evidence, Mention, Producer, Record, Relation, Section

Run = Callable[..., Result]
NAMES = {"LotusEx": "FIRM", "HKMA": "REGULATOR"}


class FakeExtractor:
    """Knows two names, and finds that the first applied to the second where it reads both."""

    def __init__(self, options: Options) -> None:
        if options.model:
            raise ConfigError(f"there is no model {options.model!r}", "install it")
        self.options = options

    def pipe(self, documents: Iterable[Document]) -> Iterator[Record]:
        return (self.extract(document, source=document.source) for document in documents)

    def relevance(self, document: Document) -> float:
        return 0.8

    def extract(self, document: Document, *, source: str) -> Record:
        text = document.text
        if "unfit" in text:
            raise InputError("it is unfit", "leave it out")
        if "boom" in text:
            raise RuntimeError("boom")
        entities: list[Any] = []
        for name, kind in NAMES.items():
            if (start := text.find(name)) >= 0:
                mention = Mention(name, start, start + len(name), "body", "ruler")
                entities.append(Entity(name.lower(), kind, name, kb=True, mentions=[mention]))  # type: ignore[arg-type]
        cue = Cue(text[:4], 0, 4)
        evidence = Evidence(text.strip(), 0, len(text.strip()), 0, len(text), "body", "applies_for_licence.verb", cue)
        relation = Relation("applies_for_licence", "lotusex", "hkma", "planned", 0.9, {"date": "2023-04"}, [evidence])
        info = DocumentInfo(
            id=hashlib.sha256(text.encode()).hexdigest(),
            source=source,
            title="A title",
            publisher=None,
            authors=[],
            url=None,
            published="2023-03-28",
            published_inferred=False,
            language="en",
            relevance=0.8,
            duplicate_of=None,
            sections=[Section("body", 0, len(text))],
            text=text if self.options.with_text else None,
        )
        return Record("1.0", Producer("0", "m", "k", "f"), info, entities, [], [relation] if len(entities) == 2 else [], [], ["a warning"])

    def info(self) -> dict[str, Any]:
        return {"hkcrypto": "0", "base_model": "en_fake", "kb": {"FIRM": 1}}


@pytest.fixture(autouse=True)
def _somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test runs in a folder of its own, with the fake extractor."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(local, "load", FakeExtractor)
    monkeypatch.setattr("hkcrypto.extract.load", FakeExtractor)


@pytest.fixture
def run() -> Run:
    """Return a function that runs a command line."""
    return lambda *arguments, **options: CliRunner().invoke(build_app(), [str(item) for item in arguments], **options)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """Return a folder with two articles, one of them in a folder below."""
    folder = tmp_path / "articles"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.txt").write_text("Soon LotusEx will apply to the HKMA.\n", encoding="utf-8")
    (folder / "sub" / "b.txt").write_text("The HKMA waits.\n", encoding="utf-8")
    return folder
