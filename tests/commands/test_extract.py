import json
from pathlib import Path

import pytest
from typer.testing import Result

from hkcrypto.commands import _sinks
from hkcrypto.commands import extract as command
from hkcrypto.engines import local
from hkcrypto.extract import Options

from .conftest import FakeExtractor, Run


def sources(result: Result | str) -> list[str]:
    text = result if isinstance(result, str) else result.stdout
    return [json.loads(line)["document"]["source"] for line in text.splitlines()]


def test_extract_writes_jsonl_to_a_pipe(run: Run, articles: Path) -> None:
    result = run("extract", articles)
    assert result.exit_code == 0
    assert sources(result) == ["a.txt", "sub/b.txt"]


def test_extract_says_nothing_more_in_a_pipe(run: Run, articles: Path) -> None:
    assert not run("extract", articles).stderr


def test_extract_reads_standard_input(run: Run) -> None:
    assert sources(run("extract", "-", input="The HKMA waits.")) == ["-"]


def test_extract_goes_on_after_a_failure(run: Run, articles: Path) -> None:
    (articles / "bad.txt").write_bytes(b"\xff\xfe\xfd")
    (articles / "unfit.txt").write_text("unfit", encoding="utf-8")
    result = run("extract", articles)
    assert result.exit_code == 1
    assert sources(result) == ["a.txt", "sub/b.txt"]
    assert "hkcrypto: unfit.txt: it is unfit; leave it out\n" in result.stderr
    assert len(result.stderr.splitlines()) == 2


def test_extract_takes_a_crash_for_a_failure(run: Run, articles: Path) -> None:
    (articles / "c.txt").write_text("boom", encoding="utf-8")
    result = run("extract", articles)
    assert result.exit_code == 1
    assert result.stderr == "hkcrypto: c.txt: internal error: RuntimeError: boom; report it with the document\n"


def test_extract_keeps_failures_in_a_file(run: Run, articles: Path, tmp_path: Path) -> None:
    run("extract", articles, "nowhere.txt", "--errors", "failed.jsonl")
    failure = json.loads((tmp_path / "failed.jsonl").read_text(encoding="utf-8"))
    assert list(failure) == ["source", "error", "remedy"]
    assert failure["source"] == "nowhere.txt"


def test_extract_fails_where_nothing_can_be_read(run: Run) -> None:
    assert run("extract", "nowhere").exit_code == 1


def test_extract_fails_where_all_is_excluded(run: Run, articles: Path) -> None:
    result = run("extract", articles / "a.txt", "--exclude", "*.txt")
    assert result.exit_code == 1
    assert "nothing was read" in result.stderr


@pytest.mark.parametrize("suffix", ["jsonl", "json", "yaml"])
def test_extract_infers_the_format_from_the_suffix(run: Run, articles: Path, tmp_path: Path, suffix: str) -> None:
    run("extract", articles, "-o", f"out.{suffix}")
    assert (tmp_path / f"out.{suffix}").read_text(encoding="utf-8") == run("extract", articles, "-f", suffix).stdout


@pytest.mark.parametrize(
    "arguments",
    [
        "-o out.foo",
        "-f jsnl",
        "-o nowhere/out.json",
        "--errors nowhere/failed",
        "--types frim",
        "--relations own",
        "--model none",
        "-j 0",
        "--min-confidence 2",
        "--bogus",
    ],
)
def test_extract_refuses_wrong_options_in_one_line(run: Run, articles: Path, arguments: str) -> None:
    result = run("extract", articles, *arguments.split())
    assert result.exit_code == 2
    assert not result.stdout
    assert result.stderr.startswith("hkcrypto: error: ")
    assert result.stderr.count("\n") == 1


def test_extract_suggests_a_type(run: Run, articles: Path) -> None:
    assert "did you mean FIRM?" in run("extract", articles, "--types", "frim").stderr


def test_extract_takes_types_in_any_spelling(articles: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Options] = []

    def load(options: Options) -> FakeExtractor:
        seen.append(options)
        return FakeExtractor(options)

    monkeypatch.setattr(local, "load", load)
    run("extract", articles, "--types", "Firm, bank", "--types", "PLACE", "--relations", "OWNS")
    assert seen[0].types == {"FIRM", "BANK", "PLACE"}
    assert seen[0].relations == {"owns"}


def test_extract_leaves_the_old_file_after_a_crash(run: Run, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "out.jsonl").write_text("old", encoding="utf-8")
    monkeypatch.setattr(command.Report, "_tell", lambda *_: 1 / 0)
    assert run("extract", articles, "-v", "-o", "out.jsonl").exit_code != 0
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["out.jsonl"]


def test_extract_interrupted_leaves_in_one_line(run: Run, articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(command.Report, "_tell", interrupt)
    result = run("extract", articles, "-v")
    assert (result.exit_code, result.stderr) == (130, "hkcrypto: interrupted\n")


def test_extract_passes_over_its_own_output(run: Run, articles: Path) -> None:
    output = articles / "sub" / "out.txt"
    output.write_text("The HKMA waits.", encoding="utf-8")
    run("extract", articles, "-f", "jsonl", "-o", output)
    assert sources(output.read_text(encoding="utf-8")) == ["a.txt", "sub/b.txt"]


def test_extract_refuses_to_replace_what_it_reads(run: Run, articles: Path) -> None:
    before = (articles / "a.txt").read_bytes()
    assert run("extract", articles / "a.txt", "-f", "json", "-o", articles / "a.txt").exit_code == 2
    assert (articles / "a.txt").read_bytes() == before


def test_extract_writes_a_file_for_each_document(run: Run, articles: Path, tmp_path: Path) -> None:
    run("extract", articles, "-o", "records/")
    assert sorted(path.relative_to(tmp_path / "records").as_posix() for path in (tmp_path / "records").rglob("*.jsonl")) == [
        "a.txt.jsonl",
        "sub/b.txt.jsonl",
    ]


def test_extract_writes_into_a_folder_in_the_format_asked_for(run: Run, articles: Path, tmp_path: Path) -> None:
    (tmp_path / "records").mkdir()
    run("extract", articles / "a.txt", "-o", "records", "-f", "json")
    assert len(json.loads((tmp_path / "records" / "a.txt.json").read_text(encoding="utf-8"))) == 1


def test_extract_summarises_on_standard_error_when_asked(run: Run, articles: Path) -> None:
    result = run("extract", articles, "--summary")
    assert "2 documents · 2 entities (3 mentions) · 1 relation" in result.stderr
    assert sources(result) == ["a.txt", "sub/b.txt"]


def test_extract_is_quiet_when_asked(run: Run, articles: Path) -> None:
    assert not run("extract", articles, "--summary", "-q").stderr


def test_extract_tells_of_each_document_when_asked(run: Run, articles: Path) -> None:
    lines = run("extract", articles / "a.txt", "-v").stderr.splitlines()
    assert lines == ["hkcrypto: a.txt: 2 entities, 1 relation", "hkcrypto: a.txt: warning: a warning"]


def test_extract_shows_tables_on_a_terminal(run: Run, articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_sinks, "is_terminal", lambda _: True)
    assert "LotusEx (FIRM) applies for a licence from HKMA (REGULATOR) · planned" in " ".join(run("extract", articles).stdout.split())


def test_extract_writes_records_on_a_terminal_that_asks_for_them(run: Run, articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_sinks, "is_terminal", lambda _: True)
    assert sources(run("extract", articles, "-f", "jsonl")) == ["a.txt", "sub/b.txt"]


def test_extract_takes_defaults_from_a_file(run: Run, articles: Path, tmp_path: Path) -> None:
    (tmp_path / "hkcrypto.toml").write_text('exclude = ["sub/*"]\nwith-text = true\n', encoding="utf-8")
    result = run("extract", articles)
    assert sources(result) == ["a.txt"]
    assert json.loads(result.stdout)["document"]["text"]


def test_extract_prefers_the_command_line_to_the_file(run: Run, articles: Path, tmp_path: Path) -> None:
    (tmp_path / "hkcrypto.toml").write_text("with-text = true\n", encoding="utf-8")
    assert json.loads(run("extract", articles / "a.txt", "--no-with-text").stdout)["document"]["text"] is None


def test_extract_refuses_a_wrong_settings_file(run: Run, articles: Path, tmp_path: Path) -> None:
    (tmp_path / "hkcrypto.toml").write_text("job = 2\n", encoding="utf-8")
    result = run("extract", articles)
    assert result.exit_code == 2
    assert "hkcrypto.toml: the key 'job' is unknown; did you mean jobs?" in result.stderr
