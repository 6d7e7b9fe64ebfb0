"""The seeds and some development articles as pages of three unlike sites: what is found in them is what is found in the plain text."""

from __future__ import annotations

import html
import json
from pathlib import Path

import pytest

from hkcrypto import load
from hkcrypto.extract import Extractor
from hkcrypto.readers.walk import find_documents
from hkcrypto.schema import CONTENT_SECTIONS, Document
from hkcrypto.sections import mark_sections, paragraphs

ROOT = Path(__file__).parents[2]
ARTICLES = [*sorted((ROOT / "seeds").glob("*.txt")), *sorted((ROOT / "tests/articles/dev").glob("dev-?[147].txt"))]
TEMPLATES = sorted((Path(__file__).parent / "templates").glob("*.html"))


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return load()


def wrapped(text: str, template: str) -> str:
    sections = mark_sections(text)
    title = next((" ".join(text[s.start : s.end].split()) for s in sections if s.kind == "title"), "A page without a title")
    content = [s for s in sections if s.kind in CONTENT_SECTIONS - {"title"}]
    pieces = [html.escape(text[start:end]) for section in content for start, end in paragraphs(text, section)]
    body = "\n".join(f"<p>{piece}</p>" for piece in pieces)
    return template.format(title=html.escape(title), json_title=json.dumps(title), paragraphs=body)


def names(extractor: Extractor, document: Document) -> set[tuple[str, str]]:
    return {(entity.type, entity.name) for entity in extractor.extract(document).entities}


@pytest.mark.parametrize("template", TEMPLATES, ids=[path.stem for path in TEMPLATES])
def test_wrapped_article_has_the_entities_of_the_plain_one(extractor: Extractor, tmp_path: Path, template: Path) -> None:
    common = all_of_them = 0
    for article in ARTICLES:
        text = article.read_text(encoding="utf-8")
        (tmp_path / "a.html").write_text(wrapped(text, template.read_text(encoding="utf-8")), encoding="utf-8")
        (page,) = find_documents([str(tmp_path / "a.html")])
        assert isinstance(page, Document)
        one, other = names(extractor, Document(text=text, source="a")), names(extractor, page)
        common += 2 * len(one & other)
        all_of_them += len(one) + len(other)
    assert common / all_of_them >= 0.98
