from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path

import pytest

from hkcrypto.errors import ConfigError
from hkcrypto.readers import ReadOptions
from hkcrypto.readers.decoding import decode
from hkcrypto.readers.walk import find_documents
from hkcrypto.schema import Document, Failure

TITLE = "Harbour Commission grants a fourth licence to Lotus Exchange"
TEXT = "The commission granted a licence to Lotus Exchange on Tuesday, as it has done before.\n\nIt is the fourth of the year in the city."
ARTICLE = {"title": TITLE, "text": TEXT, "date": "2025-03-04", "url": "https://ferry.example/a"}
PAGE = f"""<html lang="en"><head><title>{TITLE} | Ferry Post</title><meta property="og:site_name" content="Ferry Post">
<meta name="author" content="Jane Foo"><meta property="article:published_time" content="2025-03-04T09:00:00+08:00"></head>
<body><nav><a href="/">Kraken</a></nav><article><h1>{TITLE}</h1><p>{TEXT.replace(chr(10) * 2, "</p><p>")}</p></article>
<footer>Ripple</footer><script>var a = "Gemini";</script></body></html>"""


def keep(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(path: Path, options: ReadOptions | None = None) -> list[Document]:
    items = list(find_documents([str(path)], options=options))
    assert all(isinstance(item, Document) for item in items), items
    return [item for item in items if isinstance(item, Document)]


def table(*rows: dict[str, str]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "source"),
    [
        ("a.jsonl", json.dumps(ARTICLE), "a.jsonl#1"),
        ("a.json", json.dumps(ARTICLE, indent=1), "a.json"),
        ("a.json", json.dumps([ARTICLE]), "a.json#1"),
        ("a.json", json.dumps({"status": "ok", "articles": [ARTICLE]}), "a.json#1"),
        ("a.json", f"{json.dumps(ARTICLE)}\n", "a.json"),
        ("a.csv", table(ARTICLE), "a.csv#1"),
        ("a.tsv", f"title\ttext\tdate\turl\n{TITLE}\t{TEXT.splitlines()[0]}\t2025-03-04\thttps://ferry.example/a", "a.tsv#1"),
        ("a.md", f"---\ntitle: {TITLE}\ndate: 2025-03-04\nurl: https://ferry.example/a\n---\n{TEXT}", "a.md"),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_format_gives_text_and_metadata(tmp_path: Path, name: str, content: str, source: str, *, packed: bool) -> None:
    path = keep(tmp_path, f"{name}.gz", gzip.compress(content.encode())) if packed else keep(tmp_path, name, content)
    (document,) = read(path)
    assert document.source == source.replace(name, path.name)
    assert (document.title, document.published, document.url) == (TITLE, "2025-03-04", "https://ferry.example/a")
    assert document.text.startswith(f"{TITLE}\n\nThe commission granted")
    assert document.sections
    assert [(s.kind, document.text[s.start : s.end]) for s in document.sections[:1]] == [("title", f"{TITLE}\n\n")]


def test_page_gives_its_main_text_and_its_metadata(tmp_path: Path) -> None:
    (document,) = read(keep(tmp_path, "a.html", PAGE))
    assert document.text == f"{TITLE}\n\n{TEXT}"
    assert (document.title, document.publisher, document.authors) == (TITLE, "Ferry Post", ("Jane Foo",))
    assert document.published == "2025-03-04"


@pytest.mark.parametrize(
    ("row", "field", "value"),
    [
        ({"maintext": TEXT, "date_publish": "2025-03-04 09:00:00"}, "published", "2025-03-04"),
        ({"maintext": TEXT, "authors": ["Jane Foo", "Tom Bar"]}, "authors", ("Jane Foo", "Tom Bar")),
        ({"text": TEXT, "source-hostname": "Ferry Post", "source": "https://ferry.example/b"}, "publisher", "Ferry Post"),
        ({"text": TEXT, "source-hostname": "Ferry Post", "source": "https://ferry.example/b"}, "url", "https://ferry.example/b"),
        ({"text": TEXT, "author": "Jane Foo; Tom Bar"}, "authors", ("Jane Foo", "Tom Bar")),
        ({"content": TEXT, "source": {"id": None, "name": "Ferry Post"}}, "publisher", "Ferry Post"),
        ({"body": TEXT, "publishedAt": "2025-03-04T01:00:00Z"}, "published", "2025-03-04"),
        ({"body": TEXT, "timestamp": 1741046400}, "published", "2025-03-04"),
        ({"body": TEXT, "date": "Tue, 4 Mar 2025 09:00 +0800"}, "published", "2025-03-04"),
        ({"body": TEXT, "date": "03/04/2025"}, "published", None),
        ({"內容": TEXT, "日期": "2025年3月4日"}, "published", "2025-03-04"),
    ],
)
def test_fields_are_guessed_by_their_names(tmp_path: Path, row: dict[str, object], field: str, value: object) -> None:
    (document,) = read(keep(tmp_path, "a.jsonl", json.dumps(row)))
    assert getattr(document, field) == value


def test_fields_can_be_named(tmp_path: Path) -> None:
    row = {"text": "not this", "meta": {"said": TEXT, "head": TITLE}, "when": "4 March 2025", "at": "ferry.example", "key": "x-1"}
    options = ReadOptions(text_field="meta.said", title_field="meta.head", date_field="when", url_field="at", id_field="key")
    (document,) = read(keep(tmp_path, "a.jsonl", json.dumps(row)), options)
    assert (document.source, document.title, document.published, document.url) == ("a.jsonl#x-1", TITLE, "2025-03-04", "ferry.example")
    assert TEXT in document.text


def test_date_that_cannot_be_read_is_a_warning(tmp_path: Path) -> None:
    (document,) = read(keep(tmp_path, "a.jsonl", json.dumps({"text": TEXT, "date": "soon"})))
    assert document.warnings == ("the date 'soon' cannot be read",)


def test_markdown_loses_its_marks(tmp_path: Path) -> None:
    (document,) = read(keep(tmp_path, "a.md", f"# {TITLE}\n\n**Lotus** is [here](https://lotus.example).\n\n- one\n- two\n"))
    assert document.text == f"{TITLE}\n\nLotus is here.\n\n- one\n\n- two"


@pytest.mark.parametrize("content", [TEXT, PAGE, json.dumps(ARTICLE), f"{json.dumps(ARTICLE)}\n{json.dumps(ARTICLE)}", table(ARTICLE)])
def test_standard_input_is_sniffed(monkeypatch: pytest.MonkeyPatch, content: str) -> None:
    for data in (content.encode(), gzip.compress(content.encode())):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
        items = list(find_documents(["-"]))
        assert items
        assert all(isinstance(item, Document) and "granted a licence" in item.text and "<p>" not in item.text for item in items)


def test_format_goes_before_the_suffix(tmp_path: Path) -> None:
    (document,) = read(keep(tmp_path, "a.wire", json.dumps(ARTICLE)), ReadOptions(format="txt"))
    assert document.text == json.dumps(ARTICLE)


def test_unknown_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="'doc' is unknown; use csv, htm"):
        list(find_documents([str(tmp_path)], options=ReadOptions(format="doc")))


def test_rows_come_one_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f"{json.dumps(ARTICLE)}\n" * 20_000, encoding="utf-8")
    items = find_documents([str(path)])
    assert [next(items).source for _ in range(2)] == ["a.jsonl#1", "a.jsonl#2"]
    items.close()  # type: ignore[attr-defined]  # a generator


def test_long_array_comes_in_order(tmp_path: Path) -> None:
    path = keep(tmp_path, "a.json", json.dumps([ARTICLE | {"title": f"{TITLE} {number}"} for number in range(900)], indent=2))
    assert [document.title for document in read(path)] == [f"{TITLE} {number}" for number in range(900)]


def test_own_records_are_refused_with_the_remedy(tmp_path: Path) -> None:
    record = {"schema_version": "1.0", "producer": {}, "document": {}, "entities": []}
    (item,) = find_documents([str(keep(tmp_path, "a.jsonl", json.dumps(record)))])
    assert isinstance(item, Failure)
    assert "hkcrypto summary" in item.remedy


@pytest.mark.parametrize(
    ("text", "codec", "warning"),
    [
        ("金管局批出牌照。", "big5hkscs", "Big5-HKSCS"),
        ("金管局发出牌照，条例生效。", "gb18030", "GB18030"),
        ("The “SFC” said it’s fine, and the café agreed.", "cp1252", "Windows-1252"),
        ("金管局批出牌照。", "utf-16", ""),
        ("The SFC has licensed OSL.", "utf-16-be", ""),
        ("金管局批出牌照。", "utf-8-sig", ""),
    ],
)
def test_encoding_is_detected(text: str, codec: str, warning: str) -> None:
    found, warnings = decode(text.encode(codec))
    assert found == text
    assert [warning in line for line in warnings] == [True] * bool(warning)


def test_declared_charset_is_believed(tmp_path: Path) -> None:
    page = PAGE.replace("<head>", "<head><meta charset='iso-8859-1'>").replace("commission", "“commission”")
    (document,) = read(keep(tmp_path, "a.html", page.encode("cp1252")))
    assert "“commission”" in document.text
    assert not document.warnings


def test_bytes_of_no_encoding_are_replaced_with_a_warning() -> None:
    text, warnings = decode(("金管局批出牌照。" * 9).encode() + b"\xff\xfe bad")
    assert text.endswith("\ufffd\ufffd bad")
    assert warnings == ("2 characters that could not be read, in the text as U+FFFD",)
