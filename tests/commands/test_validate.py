import json
from collections.abc import Callable
from pathlib import Path
from shutil import copy
from typing import Any

import pytest

from .conftest import Run

TESTS = Path(__file__).parents[1]
Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def record(run: Run, articles: Path) -> dict[str, Any]:
    """Return a record with all that a record can have wrong."""
    found: dict[str, Any] = json.loads(run("extract", articles / "a.txt", "--with-text").stdout)
    return found


def faults(run: Run, record: dict[str, Any], *arguments: object) -> list[str]:
    Path("records.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    result = run("validate", "records.jsonl", *arguments)
    lines: list[str] = result.stdout.splitlines()
    assert result.exit_code == bool(lines), result.stderr
    return lines


def test_validate_finds_nothing_wrong_with_a_record(run: Run, record: dict[str, Any]) -> None:
    assert faults(run, record) == []


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda r: r.update(bogus=1), "bogus: "),
        (lambda r: r["document"].pop("title"), "document.title: "),
        (lambda r: r["document"].pop("text"), "document.text: it is missing"),
        (lambda r: r["entities"][0].update(kb="yes"), "entities.0.kb: 'yes' is of the wrong type"),
        (lambda r: r["entities"][0].update(type="BANKS"), "entities.0.type: "),
        (
            lambda r: r["entities"][0].update(type="PLACE"),
            "relations.0.subject: 'lotusex' is a PLACE; applies_for_licence takes BANK, FIRM",
        ),
        (lambda r: r["entities"][0].update(id="hkma"), "entities.0.id: 'hkma' is there 2 times"),
        (lambda r: r["entities"][0]["mentions"][0].update(start=6), "entities.0.mentions.0: the text has 'otusEx' there"),
        (lambda r: r["entities"][0]["mentions"][0].update(end=999), "entities.0.mentions.0: 5–999 is outside the text"),
        (lambda r: r["relations"][0].update(object="nobody"), "relations.0.object: there is no entity 'nobody'"),
        (lambda r: r["relations"][0].update(type="likes"), "relations.0.type: the relation 'likes' is unknown"),
        (lambda r: r["relations"][0].update(confidence=2.0), "relations.0.confidence: 2.0 is not from 0 to 1"),
        (lambda r: r["relations"][0]["qualifiers"].update(stage="x"), "relations.0.qualifiers.stage: applies_for_licence has no such"),
        (lambda r: r["relations"][0]["qualifiers"].update(date="2023-13"), "relations.0.qualifiers.date: '2023-13' is no date"),
        (lambda r: r["relations"][0]["evidence"][0].update(sentence_end=3), "relations.0.evidence.0: it is outside its sentence"),
        (lambda r: r["document"]["sections"][0].update(start=3), "document.sections.0: it is 3–"),
        (lambda r: r["document"]["sections"][0].update(end=3), "document.sections: they end at 3"),
        (lambda r: r["document"].update(id="0" * 64), "document.id: it is not the SHA-256 of the text"),
    ],
)
def test_validate_names_the_place(run: Run, record: dict[str, Any], change: Change, path: str) -> None:
    change(record)
    assert any(line.startswith(f"records.jsonl, record 1 (a.txt): {path}") for line in faults(run, record))


def test_validate_compares_with_the_sources(run: Run, record: dict[str, Any], articles: Path) -> None:
    record["document"]["text"] = None
    assert faults(run, record, "--sources", articles) == []
    (articles / "a.txt").write_text("Changed.", encoding="utf-8")
    assert "the text has changed" in faults(run, record, "--sources", articles)[0]
    (articles / "a.txt").unlink()
    assert "a.txt: No such file" in faults(run, record, "--sources", articles)[0]


def test_validate_finds_a_source_that_is_there_twice(run: Run, articles: Path) -> None:
    run("extract", articles / "a.txt", "-o", "records.jsonl")
    Path("records.jsonl").write_text(Path("records.jsonl").read_text(encoding="utf-8") * 2, encoding="utf-8")
    assert "record 2 (a.txt): document.source: another record has the same" in run("validate", "records.jsonl").stdout


def test_validate_names_the_line_that_is_no_json(run: Run) -> None:
    Path("records.jsonl").write_text('{"a": }\n', encoding="utf-8")
    result = run("validate", "records.jsonl")
    assert (result.exit_code, result.stdout.partition(":")[0]) == (1, "records.jsonl, line 1")


@pytest.mark.parametrize("arguments", [["nowhere.jsonl"], ["-", "--sources", "nowhere"], ["--gold", "nowhere"]])
def test_validate_refuses_what_does_not_exist(run: Run, arguments: list[str]) -> None:
    assert run("validate", *arguments).exit_code == 2


@pytest.fixture
def gold() -> Path:
    """Return a folder with a gold file and its text."""
    folder = Path("gold")
    folder.mkdir()
    for suffix in ("json", "txt"):
        copy(TESTS / "articles" / "dev" / f"dev-01.{suffix}", folder)
    return folder


def test_validate_finds_nothing_wrong_with_gold(run: Run, gold: Path) -> None:
    result = run("validate", "--gold", gold)
    assert (result.exit_code, result.stdout) == (0, "")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda g: g.update(id="dev-1"), "id: 'dev-1' is not the name of the file"),
        (lambda g: g.update(bogus=1), "bogus: "),
        (lambda g: g.pop("values"), "values: it is missing"),
        (lambda g: g.update(published="2026-13-01"), "published: '2026-13-01' is no day"),
        (lambda g: g["entities"][0].update(type="BANKS"), "entity hsbc: the type 'BANKS' is unknown"),
        (lambda g: g["entities"][0].update(type="TOPIC"), "'hsbc' is a TOPIC; licenses takes"),
        (lambda g: g["entities"][0]["names"].append("HSBCX"), "entity hsbc: 'HSBCX' is not in the text as words of its own"),
        (lambda g: g["entities"][0].update(id="HSBC"), "entity HSBC: the id is no slug"),
        (lambda g: g["relations"][0].update(type="likes"), "the relation is unknown"),
        (lambda g: g["relations"][0].update(object="nobody"), "there is no entity 'nobody'"),
        (lambda g: g["relations"][0]["qualifiers"].update(stage="dreamt"), "stage 'dreamt' is none of its values"),
        (lambda g: g["relations"][0]["qualifiers"].update(colour="red"), "it has no qualifier 'colour'"),
        (lambda g: g["relations"].append(dict(g["relations"][0])), "it is there twice"),
        (lambda g: g["values"][0].update(value={"amount": "x"}), "a MONEY has amount and currency"),
        (lambda g: g["statements"][0].update(contains="never said"), "statement 'never said': it is not in the text"),
        (lambda g: g["chrome"].append("HSBC"), "chrome: 'HSBC' is a name of an entity too"),
    ],
)
def test_validate_finds_what_is_wrong_with_gold(run: Run, gold: Path, change: Change, fault: str) -> None:
    content = json.loads((gold / "dev-01.json").read_bytes())
    money = {"type": "MONEY", "text": "HSBC", "value": {"amount": "1", "currency": "HKD"}}
    content["values"].insert(0, money)
    change(content)
    (gold / "dev-01.json").write_text(json.dumps(content), encoding="utf-8")
    result = run("validate", "--gold", gold / "dev-01.json")
    assert result.exit_code == 1
    assert any(fault in line for line in result.stdout.splitlines())


def test_validate_needs_the_text_of_gold(run: Run, gold: Path) -> None:
    (gold / "dev-01.txt").unlink()
    assert "name the folder of the articles with --sources" in run("validate", "--gold", gold).stdout
