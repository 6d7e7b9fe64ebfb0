"""The commands on many records together: corpus and profile, and what summary, schema and extract have for them."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from hkcrypto.commands import corpus as command
from hkcrypto.engines import local

from .conftest import Run

STORY = "Soon LotusEx will apply to the HKMA.\n"
LONG = " ".join(f"Word{number}" for number in range(60))


@pytest.fixture
def records(run: Run, articles: Path) -> str:
    """Return a file with the records of three articles, two of which tell the same of the same."""
    (articles / "c.txt").write_text(f"Later, {STORY}", encoding="utf-8")
    run("extract", articles, "-o", "records.jsonl")
    return "records.jsonl"


def test_corpus_is_one_json_object_in_a_pipe(run: Run, records: str) -> None:
    found = json.loads(run("corpus", records).stdout)
    assert [document["source"] for document in found["documents"]] == ["a.txt", "c.txt", "sub/b.txt"]
    assert [(fact["type"], fact["sources"]) for fact in found["relations"]] == [("applies_for_licence", 2)]


def test_corpus_fits_its_schema(run: Run, records: str) -> None:
    jsonschema.validate(json.loads(run("corpus", records).stdout), json.loads(run("schema", "--corpus").stdout))


def test_corpus_does_not_depend_on_the_order_of_files(run: Run, records: str) -> None:
    lines = Path(records).read_text(encoding="utf-8").splitlines(keepends=True)
    Path("one.jsonl").write_text(lines[0], encoding="utf-8")
    Path("rest.jsonl").write_text("".join(reversed(lines[1:])), encoding="utf-8")
    assert run("corpus", "rest.jsonl", "one.jsonl").stdout == run("corpus", records).stdout


def test_corpus_reads_folders_and_standard_input(run: Run, records: str, articles: Path) -> None:
    run("extract", articles, "-o", "folder/", "-f", "yaml")
    content = Path(records).read_text(encoding="utf-8")
    assert run("corpus", "folder").stdout == run("corpus", "-", input=content).stdout == run("corpus", records).stdout


def test_corpus_is_written_to_a_file(run: Run, records: str) -> None:
    assert run("corpus", records, "-o", "corpus.yaml").stdout == ""
    assert yaml.safe_load(Path("corpus.yaml").read_text(encoding="utf-8")) == json.loads(run("corpus", records).stdout)


def test_corpus_passes_over_its_own_file_in_a_folder(run: Run, articles: Path) -> None:
    run("extract", articles, "-o", "folder/")
    assert [run("corpus", "folder", "-o", "folder/corpus.json").exit_code for _ in range(2)] == [0, 0]


def test_corpus_on_a_terminal_shows_tables(run: Run, records: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "is_terminal", lambda _: True)
    assert "3 documents · 3 stories" in run("corpus", records).stdout
    assert json.loads(run("corpus", records, "-f", "json").stdout)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["empty.jsonl"], "empty.jsonl: there is no record; give files that `hkcrypto extract` wrote"),
        (["folder"], "folder: it is a folder without records; name one with files that end in .jsonl, .ndjson, .json, .yaml, .yml"),
        (["broken.jsonl"], "broken.jsonl, line 2: it is no JSON: Expecting value; give a file that `hkcrypto extract` wrote"),
        (["parts.jsonl"], "parts.jsonl: it holds a record with parts missing; write it again with `hkcrypto extract`"),
        (["nowhere.jsonl"], "nowhere.jsonl: No such file or directory; name a file that can be read"),
        (["corpus.json"], "corpus.json, line 1: it is no record; give a file that `hkcrypto extract` wrote"),
        (["more.json", "-o", "more.json"], "more.json is to be read and written; name another file"),
        (["records.jsonl", "-f", "csv"], "a corpus is not written as 'csv'; use json or yaml, with -f or as the suffix of -o"),
        (["records.jsonl", "-o", "corpus.txt"], "a corpus is not written as '.txt'; use json or yaml, with -f or as the suffix of -o"),
    ],
)
def test_corpus_refuses_in_one_line(run: Run, records: str, arguments: list[str], message: str) -> None:
    Path("folder").mkdir()
    first = Path(records).read_text(encoding="utf-8").splitlines()[0]
    Path("empty.jsonl").touch()
    Path("more.json").write_text(first, encoding="utf-8")
    Path("broken.jsonl").write_text(f"{first}\nnothing", encoding="utf-8")
    Path("parts.jsonl").write_text('{"document": {}, "entities": [], "relations": []}', encoding="utf-8")
    Path("corpus.json").write_text('{"corpus_version": "1", "documents": [], "entities": [], "relations": []}', encoding="utf-8")
    result = run("corpus", *arguments)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"hkcrypto: error: {message}\n")


def test_summary_shows_a_corpus_record(run: Run, records: str) -> None:
    run("corpus", records, "-o", "corpus.json")
    shown = run("summary", "corpus.json").stdout
    assert "Facts with most sources" in shown
    assert "2 sources" in " ".join(shown.split())
    assert "0 documents" not in shown


def test_summary_refuses_a_broken_corpus_record(run: Run, records: str) -> None:
    content = json.loads(run("corpus", records).stdout)
    del content["contradictions"]
    Path("corpus.json").write_text(json.dumps(content), encoding="utf-8")
    result = run("summary", "corpus.json")
    assert result.exit_code == 2
    assert "its corpus record is wrong at contradictions" in result.stderr


def test_profile_shows_an_entity_of_records_and_of_a_corpus(run: Run, records: str) -> None:
    run("corpus", records, "-o", "corpus.json")
    shown = run("profile", "LOTUSEX", records).stdout
    assert "lotusex · 2 documents" in shown
    assert "LotusEx (FIRM), by HKMA (REGULATOR): applied 2023-04 (planned)" in shown
    assert run("profile", "lotusex", "corpus.json").stdout == shown


def test_profile_gives_json(run: Run, records: str) -> None:
    found = json.loads(run("profile", "lotusex", records, "-f", "json", "--as-of", "2023-03-27").stdout)
    assert (found["id"], found["as_of"], found["licences"]) == ("lotusex", "2023-03-27", [])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["lotuseks"], "did you mean lotusex?"),
        (["lotusex", "--as-of", "soon"], "'soon' is no date; write it as 2025-08-01, 2025-08 or 2025"),
        (["lotusex", "-f", "xml"], "the format 'xml' is unknown; use page or json"),
    ],
)
def test_profile_refuses_in_one_line(run: Run, records: str, arguments: list[str], message: str) -> None:
    result = run("profile", arguments[0], records, *arguments[1:])
    assert result.exit_code == 2
    assert result.stderr.endswith(f"{message}\n")
    assert result.stderr.count("\n") == 1


def test_profile_refuses_a_corpus_beside_records(run: Run, records: str) -> None:
    run("corpus", records, "-o", "corpus.json")
    assert "a corpus record stands for itself" in run("profile", "lotusex", "corpus.json", records).stderr


@pytest.fixture
def copies(articles: Path) -> Path:
    """Return a folder with a text and two copies of it, one before a document that fails and one after it."""
    for name, text in {"1": LONG, "2": f"Syndicated. {LONG}", "3": f"unfit {LONG[::-1]}", "4": LONG}.items():
        (articles / f"{name}.txt").write_text(text, encoding="utf-8")
    return articles


def marked(lines: str) -> dict[str, str | None]:
    documents = [json.loads(line)["document"] for line in lines.splitlines()]
    return {document["source"]: document["duplicate_of"] for document in documents}


def test_extract_marks_copies(run: Run, copies: Path) -> None:
    found = marked(run("extract", copies, "--mark-duplicates").stdout)
    assert found == {"1.txt": None, "2.txt": "1.txt", "4.txt": "1.txt", "a.txt": None, "sub/b.txt": None}


def test_extract_marks_nothing_unless_asked(run: Run, copies: Path) -> None:
    assert set(marked(run("extract", copies).stdout).values()) == {None}


def test_extract_leaves_copies_out(run: Run, copies: Path) -> None:
    result = run("extract", copies, "--dedupe")
    assert list(marked(result.stdout)) == ["1.txt", "a.txt", "sub/b.txt"]
    assert "hkcrypto: 2 copies of other documents left out; --mark-duplicates keeps and marks them\n" in result.stderr
    assert "copies" not in run("extract", copies, "--dedupe", "-q").stderr


def test_extract_takes_duplicates_from_the_settings(run: Run, copies: Path) -> None:
    Path("hkcrypto.toml").write_text("dedupe = true", encoding="utf-8")
    assert len(marked(run("extract", copies).stdout)) == 3
    assert len(marked(run("extract", copies, "--no-dedupe").stdout)) == 5


def test_copies_are_found_whatever_the_chunks(run: Run, copies: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = run("extract", copies, "--mark-duplicates").stdout
    monkeypatch.setattr(local, "CHUNK", 1)
    assert run("extract", copies, "--mark-duplicates").stdout == whole
