import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from rich.console import Console

from hkcrypto.baseline.compare import Change, Comparison, compare
from hkcrypto.baseline.formats import find_format, formats
from hkcrypto.baseline.formats.markdown import LONGEST
from hkcrypto.baseline.view import comparison_view
from hkcrypto.errors import ConfigError
from hkcrypto.schema import Failure

from .records import HKMA, LICENCE, OSL, entity, record, record_set, relation, statement, value

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).with_name("junit.xsd")))
HOSTILE = "x, y: 100%\n::error::<b>@all #1 `|` [a](http://b) \x1b[31m\x00\ud800"


def everything() -> Comparison:
    """Return a comparison with a change of each kind."""
    old = record_set(record(HKMA, OSL, LICENCE, value(), source="a"), record(source="b"), record(source="d"), record(HKMA, source="e"))
    changed = record(entity(kind="BANK"), relation(status="planned", date="2023"), statement(), source="a", title="T", kb="k2")
    new = record_set(changed, record(source="c"), record(HKMA, source="e", text="2"))
    new.failures["d"] = Failure("d", "it is broken", "mend it")
    return compare(old, new)


def hostile() -> Comparison:
    change = Change(HOSTILE, "entity", "FIRM", "changed", HOSTILE, {"name": HOSTILE}, None, "code")
    return Comparison((HOSTILE,), (change,))


def written(name: str, comparison: Comparison) -> str:
    out = io.StringIO()
    find_format(name)(comparison, out)
    return out.getvalue()


def test_formats_are_those_of_the_help() -> None:
    assert list(formats.all()) == ["github", "json", "jsonl", "junit", "markdown"]


def test_unknown_format_is_refused_with_a_proposal() -> None:
    with pytest.raises(ConfigError, match="did you mean junit"):
        find_format("junti")


def test_json_holds_every_change() -> None:
    content = json.loads(written("json", everything()))
    assert content["documents"] == 5
    assert content["differences"] == len(content["changes"]) - 1
    assert list(content["changes"][0]) == ["document", "kind", "type", "change", "key", "old", "new", "cause"]


def test_jsonl_has_a_change_a_line() -> None:
    lines = written("jsonl", everything()).splitlines()
    assert [json.loads(line)["document"] for line in lines] == [change.document for change in everything().changes]


@pytest.mark.parametrize("comparison", [everything(), hostile(), Comparison((), ()), Comparison(("a",), ())])
def test_junit_fits_its_schema(comparison: Comparison) -> None:
    SCHEMA.assertValid(etree.fromstring(written("junit", comparison).encode()))


def test_junit_has_a_case_a_document() -> None:
    suite = etree.fromstring(written("junit", everything()).encode())[0]
    assert {name: suite.get(name) for name in ("tests", "failures", "errors")} == {"tests": "5", "failures": "3", "errors": "1"}
    assert [case.get("name") for case in suite.iter("testcase")] == ["a", "b", "c", "d", "e"]


def test_github_annotates_the_file() -> None:
    lines = written("github", replace(everything(), folder="seeds")).splitlines()
    assert "::error file=seeds/a,title=metadata changed [kb%3Aosl]::title: A title → T" in lines
    assert any(line.startswith("::notice file=seeds/e,title=document edited [text]::") for line in lines)


def test_github_escapes_what_articles_say() -> None:
    line, total = written("github", hostile()).splitlines()
    assert line.startswith("::error file=x%2C y%3A 100%25%0A%3A%3Aerror%3A%3A<b>")
    assert "\x1b" not in line
    assert total.startswith("::notice title=hkcrypto::")


def test_markdown_has_a_table_a_document() -> None:
    text = written("markdown", everything())
    assert text.startswith("**hkcrypto**: 5 documents compared, 4 with differences; ")
    assert "| relation changed | HKMA licenses OSL | status asserted | status planned, qualifiers date: 2023 | kb:osl |" in text


def test_markdown_escapes_what_articles_say() -> None:
    lines = written("markdown", hostile()).splitlines()
    assert len(lines) == 7
    assert lines[-1].replace("\\|", "").count("|") == 6
    assert "\\<b\\>@\u200ball \\#\u200b1" in lines[-1]


def test_markdown_is_cut_and_says_by_how_much() -> None:
    change = hostile().changes[0]
    text = written("markdown", Comparison(("a",), (change,) * 1000))
    assert len(text) <= LONGEST + 100
    rows = text.count("| entity changed |")
    assert text.endswith(f"\n… and {1000 - rows} more changes\n")


def test_view_names_cause_and_sides() -> None:
    console = Console(width=200, file=io.StringIO(), record=True)
    console.print(comparison_view(everything()))
    text = console.export_text()
    assert "~ relation changed HKMA licenses OSL" in text
    assert "[kb:hkma]" in text
    assert "! document failed" in text
