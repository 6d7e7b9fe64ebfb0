import json
import re
from pathlib import Path
from typing import Any

import pytest

from hkcrypto.kb import KB_FOLDER, load_kb
from hkcrypto.kbview import TEMPLATE
from hkcrypto.schema import ENTITY_TYPES

from .conftest import Run

SMALL = """\
type: FIRM
entities:
  kwun-labs: {name: {en: Kwun Labs, zh-Hant: 觀實驗室}, place: teal, aliases: [{text: KL, ambiguous: true, case: true}]}
  tidal-pay: {name: Tidal Pay, owner: kwun-labs, aliases: [TidalPay, {text: kl, ambiguous: true}]}
  teal: {type: PLACE, name: Teal Island, adjectives: [Teal]}
"""


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a file of three entries the package's knowledge base; return a path for one of the user's."""
    folder = tmp_path / "kb"
    folder.mkdir()
    (folder / "firms.yaml").write_text(SMALL, encoding="utf-8")
    monkeypatch.setattr("hkcrypto.kb.KB_FOLDER", folder)
    return tmp_path / "own.yaml"


def rows(run: Run, *arguments: object) -> Any:
    return json.loads(run("kb", *arguments, "-f", "json").stdout)


def ids(run: Run, *arguments: object) -> list[str]:
    return [row["id"] for row in rows(run, *arguments)]


def faults(run: Run, text: str, *arguments: object) -> list[str]:
    Path("own.yaml").write_text(text, encoding="utf-8")
    result = run("kb", "validate", "own.yaml", *arguments)
    lines: list[str] = result.stdout.splitlines()
    assert result.exit_code == bool(lines), result.stderr
    return lines


def test_list_gives_a_line_for_each_entry(run: Run, small: Path) -> None:
    assert run("kb", "list").stdout.splitlines() == [
        "kwun-labs  FIRM   Kwun Labs  觀實驗室",
        "tidal-pay  FIRM   Tidal Pay",
        "teal       PLACE  Teal Island",
    ]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["--type", "place"], ["teal"]),
        (["--type", "FIRM", "--type", "PLACE"], ["kwun-labs", "tidal-pay", "teal"]),
        (["--place", "teal"], ["kwun-labs"]),
        (["--place", "teal", "--type", "PLACE"], []),
    ],
)
def test_list_keeps_what_is_asked_for(run: Run, small: Path, arguments: list[str], found: list[str]) -> None:
    assert ids(run, "list", *arguments) == found


def test_list_gives_flags_in_json(run: Run, small: Path) -> None:
    assert rows(run, "list")[0]["aliases"]["en"] == [{"text": "Kwun Labs"}, {"text": "KL", "ambiguous": True, "case": True}]


@pytest.mark.parametrize(
    ("option", "value", "remedy"), [("--type", "frim", "did you mean FIRM?"), ("--place", "tael", "did you mean teal?")]
)
def test_list_suggests_what_was_meant(run: Run, small: Path, option: str, value: str, remedy: str) -> None:
    result = run("kb", "list", option, value)
    assert result.exit_code == 2
    assert remedy in result.stderr


def test_show_gives_all_of_an_entry(run: Run, small: Path) -> None:
    assert run("kb", "show", "kwun-labs").stdout.splitlines() == [
        "kwun-labs",
        "  type: FIRM",
        "  name: Kwun Labs",
        "  place: teal (Teal Island)",
        "  file: data/kb/firms.yaml",
        "  en: Kwun Labs, KL [ambiguous, case, also tidal-pay]",
        "  zh-Hant: 觀實驗室",
        "  owner of 1: tidal-pay",
    ]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        (["teal"], ["teal"]),
        (["tidal", "pay"], ["tidal-pay"]),
        (["觀實驗室"], ["kwun-labs"]),
        (["KL"], ["kwun-labs", "tidal-pay"]),
    ],
)
def test_show_takes_an_id_or_a_name(run: Run, small: Path, name: list[str], found: list[str]) -> None:
    assert ids(run, "show", *name) == found


def test_show_of_an_unknown_name_suggests_one(run: Run, small: Path) -> None:
    result = run("kb", "show", "kwun-lab")
    assert (result.exit_code, result.stderr) == (2, "hkcrypto: error: there is no entry 'kwun-lab'; did you mean kwun-labs?\n")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("TIDALPAY", [("exact", "tidal-pay")]),
        ("kl", [("exact", "kwun-labs"), ("exact", "tidal-pay")]),
        ("teal", [("exact", "teal")]),
        ("tid", [("prefix", "tidal-pay")]),
        ("實驗", [("part", "kwun-labs")]),
        ("ＫＷＵＮ", [("prefix", "kwun-labs")]),
        ("tidel pay", [("similar", "tidal-pay")]),
        ("gannet", []),
        (" ", []),
    ],
)
def test_search_ranks_what_it_finds(run: Run, small: Path, text: str, found: list[tuple[str, str]]) -> None:
    assert [(row["fit"], row["id"]) for row in rows(run, "search", text)] == found


def test_search_puts_the_whole_before_its_parts(run: Run) -> None:
    assert ids(run, "search", "Hong", "Kong")[0] == "hong-kong"


def test_search_that_finds_nothing_ends_with_1(run: Run, small: Path) -> None:
    result = run("kb", "search", "gannet")
    assert (result.exit_code, result.stdout) == (1, "")


def test_search_shows_the_form_that_fits(run: Run, small: Path) -> None:
    assert run("kb", "search", "tidalpay").stdout == "exact  tidal-pay  FIRM  Tidal Pay (TidalPay)\n"


def test_stats_count_by_type(run: Run, small: Path) -> None:
    found = rows(run, "stats")
    assert found["types"]["FIRM"] == {
        "entries": 2,
        "aliases": {"en": 5, "zh-Hant": 1, "zh-Hans": 0},
        "ambiguous": 2,
        "shared": 1,
        "with": {"en": 2, "zh-Hant": 1, "zh-Hans": 0},
    }
    assert found["all"]["entries"] == 3


def test_stats_show_a_table(run: Run, small: Path) -> None:
    lines = [line.split() for line in run("kb", "stats").stdout.splitlines()]
    assert lines[1] == ["FIRM", "2", "5", "1", "0", "2", "1", "50%", "0%"]
    assert lines[-1][0] == "all"


@pytest.mark.parametrize("arguments", [["list"], ["show", "gannet"], ["search", "gannet"]])
def test_overlay_is_seen(run: Run, small: Path, arguments: list[str]) -> None:
    small.write_text("entities:\n  gannet: {type: BANK, name: Gannet Bank}\n", encoding="utf-8")
    assert "gannet" in ids(run, *arguments, "--kb", small)


def test_overlay_of_the_settings_is_seen(run: Run, small: Path) -> None:
    small.write_text("entities:\n  gannet: {type: BANK, name: Gannet Bank}\n", encoding="utf-8")
    Path("hkcrypto.toml").write_text('kb = ["own.yaml"]', encoding="utf-8")
    assert ids(run, "list", "--type", "BANK") == ["gannet"]


FAULTY = """\
type: FIRM
extra: 1
entities:
  Gannet: {name: Gannet, alias: [G], ambiguous: yes, aliases: {fr: [A], en: [B, {text: ''}]}}
  heron: {owner: tael, place: kwun-labs, valid_from: 2023/1}
  ibis: Ibis
  jay: {extend: true}
  kwun-labs: {name: Kwun}
  lark: {name: Tidal Pay}
"""


def test_validate_finds_every_fault(run: Run, small: Path) -> None:
    found = [line.partition(": ")[::2] for line in faults(run, FAULTY)]
    assert [(where, problem.partition(";")[0]) for where, problem in found] == [
        ("own.yaml", "unknown key 'extra'"),
        ("own.yaml, ibis", "an entry is a mapping"),
        ("own.yaml, Gannet", "the id is no slug"),
        ("own.yaml, Gannet", "key 'alias' is unknown"),
        ("own.yaml, Gannet", "ambiguous is 'yes'"),
        ("own.yaml, Gannet", "language 'fr' is unknown"),
        ("own.yaml, Gannet", "the alias {'text': ''} is no text"),
        ("own.yaml, heron", "it has no name"),
        ("own.yaml, heron", "valid_from is '2023/1'"),
        ("own.yaml, jay", "there is no such entry to extend"),
        ("own.yaml, kwun-labs", "the id is in data/kb/firms.yaml too"),
        ("own.yaml, heron", "owner 'tael' is unknown"),
        ("own.yaml, heron", "place 'kwun-labs' is of type FIRM"),
        ("data/kb/firms.yaml, tidal-pay", "the alias 'Tidal Pay' is also one of lark (own.yaml)"),
        ("own.yaml, lark", "the alias 'Tidal Pay' is also one of tidal-pay (data/kb/firms.yaml)"),
    ]


def test_validate_gives_a_remedy_for_every_fault(run: Run, small: Path) -> None:
    assert [line for line in faults(run, FAULTY) if not re.search(r"; \w+ ", line)] == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("entities: {a: [", "own.yaml, line 2: "),
        ("", "own.yaml: it holds no entities"),
        ("entities: {gannet: {name: {}, type: BANK}}", "own.yaml, gannet: it has no name"),
        ("entities: {gannet: {name: G}}", "own.yaml, gannet: type '' is unknown"),
        ("entities: {gannet: {type: [BANK], name: G}}", "own.yaml, gannet: type "),
        ("entities: {gannet: {type: BANK, name: G, owner: [a]}}", "own.yaml, gannet: owner is ['a']; write one text"),
        ("entities: {gannet: {type: BANK, name: G, adjectives: [[a]]}}", "own.yaml, gannet: 'adjectives' is a list"),
    ],
)
def test_validate_survives_any_shape(run: Run, small: Path, text: str, fault: str) -> None:
    (line,) = faults(run, text)
    assert line.startswith(fault)


def test_validate_finds_nothing_wrong_with_the_package(run: Run) -> None:
    result = run("kb", "validate", *sorted(KB_FOLDER.glob("*.yaml")))
    assert (result.exit_code, result.stdout) == (0, "")


def test_validate_checks_a_file_of_the_package(run: Run, small: Path) -> None:
    path = small.parent / "kb" / "firms.yaml"
    path.write_text(SMALL.replace("owner", "ownr"), encoding="utf-8")
    assert run("kb", "validate", path).stdout == "data/kb/firms.yaml, tidal-pay: key 'ownr' is unknown; did you mean owner?\n"


def test_validate_lays_files_over_those_of_kb(run: Run, small: Path) -> None:
    Path("base.yaml").write_text("entities:\n  gannet: {type: BANK, name: Gannet Bank}\n", encoding="utf-8")
    text = "entities:\n  gannet: {extend: true, aliases: [Gannet]}\n"
    assert "there is no such entry to extend" in faults(run, text)[0]
    assert faults(run, text, "--kb", "base.yaml") == []


def test_validate_of_a_missing_file_fails(run: Run) -> None:
    assert run("kb", "validate", "gone.yaml").exit_code == 2


def test_init_writes_a_file_that_is_valid(run: Run) -> None:
    run("kb", "init", "own.yaml")
    assert faults(run, Path("own.yaml").read_text(encoding="utf-8")) == []


def test_template_is_valid_with_its_examples(run: Run, tmp_path: Path) -> None:
    text = re.sub(r"^#   ", "  ", TEMPLATE.partition("entities:\n")[2], flags=re.MULTILINE)
    assert faults(run, f"type: FIRM\nentities:\n{text}") == []
    kb = load_kb([tmp_path / "own.yaml"])
    assert {"kwun-labs", "ada-moorhen"} <= kb.entries.keys()
    assert "startmeuphk" not in kb.entries


def test_template_names_every_type() -> None:
    assert f"# Types: {' '.join(sorted(ENTITY_TYPES))}\n" in TEMPLATE


def test_init_refuses_to_overwrite(run: Run) -> None:
    Path("own.yaml").write_text("mine", encoding="utf-8")
    result = run("kb", "init", "own.yaml")
    assert (result.exit_code, result.stderr) == (2, "hkcrypto: error: own.yaml is there already; name another file, or move it away\n")
    assert Path("own.yaml").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    "arguments",
    [
        "",
        "lst",
        "list x",
        "show",
        "search",
        "stats x",
        "validate",
        "init",
        "init a b",
        "init nowhere/a",
        "show x --type FIRM",
        "init a --kb b",
    ],
)
def test_kb_refuses_nonsense(run: Run, arguments: str) -> None:
    result = run("kb", *arguments.split())
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
