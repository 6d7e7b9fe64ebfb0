import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from hkcrypto.errors import DataError
from hkcrypto.kb import KnowledgeBase, compile_kb, load_kb
from hkcrypto.schema import ENTITY_TYPES

Write = Callable[..., Path]
SMALL = """\
type: FIRM
entities:
  kwun-labs: {name: Kwun Labs, aliases: [NO, 0700, {text: KL, ambiguous: true, case: true}]}
  tidal-pay: {name: {en: Tidal Pay, zh-Hant: 潮汐支付}, owner: kwun-labs}
"""


@pytest.fixture(scope="module")
def whole() -> KnowledgeBase:
    return load_kb()


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Return a function that writes a file into what is now the package's knowledge base."""
    folder = tmp_path / "kb"
    folder.mkdir()
    monkeypatch.setattr("hkcrypto.kb.KB_FOLDER", folder)

    def put(text: str, name: str = "firms.yaml") -> Path:
        (folder / name).write_text(text, encoding="utf-8")
        return folder / name

    return put


@pytest.fixture
def overlay(write: Write, tmp_path: Path) -> Callable[[str], KnowledgeBase]:
    """Return a function that lays a user's file over SMALL."""
    write(SMALL)

    def lay(text: str) -> KnowledgeBase:
        path = tmp_path / "mine.yaml"
        path.write_text(text, encoding="utf-8")
        return load_kb([path])

    return lay


def forms(kb: KnowledgeBase, entity_id: str) -> list[str]:
    return [alias.text for alias in kb.entries[entity_id].aliases]


def test_package_has_every_type(whole: KnowledgeBase) -> None:
    assert len(whole) >= 150
    assert {entry.type for entry in whole.entries.values()} == set(ENTITY_TYPES)


def test_package_ids_are_slugs(whole: KnowledgeBase) -> None:
    assert [i for i in whole.entries if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", i)] == []


def test_package_references_have_fitting_types(whole: KnowledgeBase) -> None:
    entries = whole.entries
    assert [e.id for e in entries.values() if e.place and entries[e.place].type != "PLACE"] == []
    assert [e.id for e in entries.values() if e.owner and entries[e.owner].type in {"TOPIC", "ASSET", "LAW", "EVENT"}] == []


def test_package_dates_are_iso(whole: KnowledgeBase) -> None:
    dates = [(e.id, d) for e in whole.entries.values() for d in (e.valid_from, e.valid_to) if d]
    assert dates
    assert [(i, d) for i, d in dates if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", d)] == []


def test_package_aliases_have_no_space_around_them(whole: KnowledgeBase) -> None:
    assert [alias.text for alias, _ in whole.aliases() if " ".join(alias.text.split()) != alias.text] == []


def test_entry_has_its_names_and_flags(write: Write) -> None:
    write(SMALL)
    kb = load_kb()
    assert forms(kb, "tidal-pay") == ["Tidal Pay", "潮汐支付"]
    short = kb.entries["kwun-labs"].aliases[-1]
    assert (short.text, short.ambiguous, short.case) == ("KL", True, True)


def test_codes_and_words_that_yaml_knows_stay_strings(write: Write) -> None:
    write(SMALL)
    assert forms(load_kb(), "kwun-labs")[1:3] == ["NO", "0700"]


def test_flag_of_an_entry_holds_for_its_forms(write: Write) -> None:
    write("type: FIRM\nentities:\n  teal: {name: Teal, aliases: [Teal HK], ambiguous: true}\n")
    assert all(alias.ambiguous for alias, _ in load_kb().aliases())


@pytest.mark.parametrize(
    ("entry", "message", "remedy"),
    [
        ("{name: Teal, alias: [T]}", "key 'alias' is unknown", "did you mean aliases?"),
        ("{name: Teal, type: FRIM}", "type 'FRIM' is unknown", "did you mean FIRM?"),
        ("{name: {fr: Teal}}", "language 'fr' is unknown", "use one of en, zh-Hans, zh-Hant"),
        ("{aliases: [T]}", "it has no name", "give it a name"),
        ("{name: Teal, owner: tael}", "owner 'tael' is unknown", "did you mean teal?"),
        ("{name: Teal, place: teal}", "place 'teal' is of type FIRM", "name the id of a PLACE"),
        ("{name: Teal, valid_to: 1 May}", "valid_to is '1 May'", "write 2023, "),
        ("{name: Teal, owner: [teal]}", "owner is ['teal']", "write one text"),
        ("{name: Teal, ambiguous: yes}", "ambiguous is 'yes'", "write true or false"),
        ("{name: Teal, aliases: [{text: T, case: 1}]}", "case is '1'", "write true or false"),
        ("{name: Teal, aliases: [{text: T, cased: true}]}", "is no text", "write a string or"),
        ("{name: ''}", "is no text", "write a string or"),
        ("{name: Teal, aliases: T}", "'aliases' is a list", "write aliases:"),
        ("Teal", "an entry is a mapping", "give it at least a name"),
    ],
)
def test_faulty_entry_names_file_entry_and_remedy(write: Write, entry: str, message: str, remedy: str) -> None:
    write(f"type: FIRM\nentities:\n  teal: {entry}\n")
    with pytest.raises(DataError) as error:
        load_kb()
    assert error.value.message.startswith("data/kb/firms.yaml, teal: ")
    assert message in error.value.message
    assert error.value.remedy.startswith(remedy)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("type: FIRM\nentities:\n  teal: {name: Teal\n", "data/kb/firms.yaml, line 4: "),
        (
            "type: FIRM\nentities:\n  teal: {name: Teal}\n  teal: {name: Teal B}\n",
            "data/kb/firms.yaml, line 4: the key 'teal' is there twice",
        ),
        ("type: FIRM\n", "data/kb/firms.yaml: it holds no entities"),
        ("", "data/kb/firms.yaml: it holds no entities"),
        ("type: FIRM\nentitles: {}\nentities: {}\n", "data/kb/firms.yaml: unknown key 'entitles'"),
    ],
)
def test_faulty_file_names_file_and_remedy(write: Write, text: str, message: str) -> None:
    write(text)
    with pytest.raises(DataError) as error:
        load_kb()
    assert error.value.message.startswith(message)
    assert error.value.remedy


def test_bytes_that_are_no_utf8_name_the_file(write: Write) -> None:
    write("").write_bytes(b"type: FIRM\nentities: {teal: {name: \xff}}\n")
    with pytest.raises(DataError, match=r"data/kb/firms\.yaml"):
        load_kb()


def test_id_in_two_files_is_a_fault(write: Write) -> None:
    write(SMALL)
    write("type: BANK\nentities:\n  kwun-labs: {name: Kwun Bank}\n", "banks.yaml")
    with pytest.raises(DataError, match=r"data/kb/firms.yaml, kwun-labs: the id is in data/kb/banks.yaml too; give one"):
        load_kb()


@pytest.mark.parametrize(
    ("first", "second", "faulty"),
    [("Teal", "TEAL", "teal"), ("{text: Teal, ambiguous: true}", "Teal", "teal-bank"), ("Teal", "{text: Teal, ambiguous: true}", "teal")],
)
def test_shared_alias_must_be_marked_in_both(write: Write, first: str, second: str, faulty: str) -> None:
    write(f"type: FIRM\nentities:\n  teal: {{name: Teal A, aliases: [{first}]}}\n  teal-bank: {{name: Teal B, aliases: [{second}]}}\n")
    with pytest.raises(DataError, match=f"data/kb/firms.yaml, {faulty}: the alias .* is also one of .*; mark it in both"):
        load_kb()


def test_shared_alias_marked_in_both_is_fine(write: Write) -> None:
    alias = "{text: Teal, ambiguous: true}"
    write(f"type: FIRM\nentities:\n  teal: {{name: Teal A, aliases: [{alias}]}}\n  teal-bank: {{name: Teal B, aliases: [{alias}]}}\n")
    assert len(load_kb()) == 2


def test_overlay_adds_an_entry(overlay: Callable[[str], KnowledgeBase]) -> None:
    kb = overlay("entities:\n  gannet: {type: BANK, name: Gannet Bank}\n")
    assert kb.entries["gannet"].type == "BANK"
    assert len(kb) == 3


def test_overlay_extends_an_entry(overlay: Callable[[str], KnowledgeBase]) -> None:
    kb = overlay("entities:\n  tidal-pay: {extend: true, aliases: [TidalPay], valid_to: 2024-01-31}\n")
    assert forms(kb, "tidal-pay") == ["Tidal Pay", "潮汐支付", "TidalPay"]
    assert (kb.entries["tidal-pay"].owner, kb.entries["tidal-pay"].valid_to) == ("kwun-labs", "2024-01-31")


def test_overlay_disables_an_entry(overlay: Callable[[str], KnowledgeBase]) -> None:
    assert list(overlay("entities:\n  tidal-pay: {disable: true}\n").entries) == ["kwun-labs"]


def test_overlay_disables_an_entry_that_others_refer_to(overlay: Callable[[str], KnowledgeBase]) -> None:
    kb = overlay("entities:\n  kwun-labs: {disable: true}\n")
    assert list(kb.entries) == ["tidal-pay"]
    assert kb.entries["tidal-pay"].owner is None


def test_disabled_entry_hides_no_wrong_reference(overlay: Callable[[str], KnowledgeBase]) -> None:
    with pytest.raises(DataError, match="owner 'tidal' is unknown; did you mean tidal-pay"):
        overlay("entities:\n  kwun-labs: {disable: true}\n  gannet: {type: BANK, name: Gannet Bank, owner: tidal}\n")


def test_overlay_extends_adjectives(overlay: Callable[[str], KnowledgeBase]) -> None:
    assert overlay("entities:\n  tidal-pay: {extend: true, adjectives: [Tidal]}\n").entries["tidal-pay"].adjectives == ("Tidal",)


def test_overlay_gives_a_known_form_other_flags(overlay: Callable[[str], KnowledgeBase]) -> None:
    shared = "{text: Tidal Pay, ambiguous: true}"
    kb = overlay(f"entities:\n  tidal-pay: {{extend: true, aliases: [{shared}]}}\n  gannet: {{type: BANK, name: {shared}}}\n")
    assert [(a.text, a.ambiguous) for a in kb.entries["tidal-pay"].aliases] == [("Tidal Pay", True), ("潮汐支付", False)]


def test_extension_keeps_the_flags_of_the_name(write: Write, tmp_path: Path) -> None:
    write("type: FIRM\nentities:\n  teal: {name: {text: Teal, ambiguous: true}}\n")
    (tmp_path / "mine.yaml").write_text("entities:\n  teal: {extend: true, aliases: [Teal HK]}\n", encoding="utf-8")
    kb = load_kb([tmp_path / "mine.yaml"])
    assert [(a.text, a.ambiguous) for a in kb.entries["teal"].aliases] == [("Teal", True), ("Teal HK", False)]


def test_english_name_goes_before_others(write: Write) -> None:
    write("type: FIRM\nentities:\n  tidal-pay: {name: {zh-Hant: 潮汐支付, en: Tidal Pay}}\n")
    assert load_kb().entries["tidal-pay"].name == "Tidal Pay"


def test_file_may_have_all_its_entries_commented_out(overlay: Callable[[str], KnowledgeBase]) -> None:
    assert len(overlay("entities:\n#  gannet: {name: Gannet}\n")) == 2


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("kwun-labs: {name: Kwun}", "the id is in data/kb/firms.yaml too; write 'extend: true'"),
        ("gannet: {extend: true, aliases: [G]}", "there is no such entry to extend"),
        ("gannet: {disable: true}", "there is no such entry to disable"),
        ("kwun-labs: {disable: maybe}", "disable is 'maybe'; write true or false"),
        ("gannet: {type: FIRM, name: Tidal Pay}", "the alias 'Tidal Pay' is also one of"),
    ],
)
def test_faulty_overlay_names_entry_and_remedy(overlay: Callable[[str], KnowledgeBase], entry: str, message: str) -> None:
    with pytest.raises(DataError) as error:
        overlay(f"entities:\n  {entry}\n")
    assert message in str(error.value)
    assert re.search(r"(mine|firms)\.yaml, [a-z-]+: ", str(error.value))


def test_missing_overlay_is_a_fault(write: Write, tmp_path: Path) -> None:
    write(SMALL)
    with pytest.raises(DataError, match=r"gone\.yaml: No such file"):
        load_kb([tmp_path / "gone.yaml"])


def test_overlay_changes_the_fingerprint(overlay: Callable[[str], KnowledgeBase]) -> None:
    assert overlay("entities: {}\n").fingerprint != load_kb().fingerprint


def test_fingerprint_does_not_depend_on_where_the_overlay_lies(write: Write, tmp_path: Path) -> None:
    write(SMALL)
    paths = [tmp_path / "a.yaml", tmp_path / "b.yaml"]
    for path in paths:
        path.write_text("entities: {}\n", encoding="utf-8")
    assert len({load_kb([path]).fingerprint for path in paths}) == 1


def test_hidden_entry_leaves_no_reference_to_it(write: Write) -> None:
    write(SMALL)
    kb = load_kb(without=["kwun-labs"])
    assert list(kb.entries) == ["tidal-pay"]
    assert kb.entries["tidal-pay"].owner is None


def test_compiled_form_gives_equal_entries(whole: KnowledgeBase, tmp_path: Path) -> None:
    compile_kb(tmp_path / "kb.json")
    compiled = load_kb(compiled=tmp_path / "kb.json")
    assert compiled.entries == whole.entries
    assert list(compiled.entries) == list(whole.entries)
    assert compiled.fingerprint == whole.fingerprint


def test_compiled_form_has_the_same_bytes_twice(tmp_path: Path) -> None:
    compile_kb(tmp_path / "one.json")
    compile_kb(tmp_path / "two.json")
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


def test_compiled_form_is_used_while_its_checksum_fits(write: Write, tmp_path: Path) -> None:
    write(SMALL)
    path = tmp_path / "kb.json"
    compile_kb(path)
    path.write_text(path.read_text(encoding="utf-8").replace("Tidal Pay", "Tidal Pie"), encoding="utf-8")
    assert load_kb(compiled=path).entries["tidal-pay"].name == "Tidal Pie"


def test_stale_compiled_form_is_not_used(write: Write, tmp_path: Path) -> None:
    write(SMALL)
    compile_kb(tmp_path / "kb.json")
    write(SMALL.replace("Tidal Pay", "Tidal Pie"))
    assert load_kb(compiled=tmp_path / "kb.json").entries["tidal-pay"].name == "Tidal Pie"


@pytest.mark.parametrize("damage", ["", "{", "[]", "null", '{"entries": []}', "cut", "row"])
def test_damaged_compiled_form_is_not_used(write: Write, tmp_path: Path, damage: str) -> None:
    write(SMALL)
    path = tmp_path / "kb.json"
    compile_kb(path)
    good = path.read_text(encoding="utf-8")
    bad = {"cut": good[: len(good) // 2], "row": json.dumps(json.loads(good) | {"entries": [{"id": "teal"}]})}
    path.write_text(bad.get(damage, damage), encoding="utf-8")
    assert list(load_kb(compiled=path).entries) == ["kwun-labs", "tidal-pay"]


def test_missing_compiled_form_is_no_fault(write: Write, tmp_path: Path) -> None:
    write(SMALL)
    assert len(load_kb(compiled=tmp_path / "gone.json")) == 2
