from __future__ import annotations

from pathlib import Path

import pytest

from hkcrypto.errors import DataError
from hkcrypto.evaluation.bank import bank_files, read_banks, with_entities
from hkcrypto.extract import Extractor
from hkcrypto.schema import Document

BANK = """\
- text: "Quorvex has bought Haldane for US$5 million."
  entities: {Quorvex = QVX: FIRM, Haldane: FIRM}
  relations:
    - {type: acquires, subject: Quorvex, object: Haldane, status: asserted, amount: 5000000 USD, optional: true}
- text: "Nothing here."
  entities: {}
  relations: []
"""


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """Return a bank of two sentences."""
    path = tmp_path / "wire.yaml"
    path.write_text(BANK, encoding="utf-8")
    return path


def test_bank_gives_gold_and_text_for_each_sentence(bank: Path) -> None:
    golds, texts = read_banks([bank])
    assert list(texts) == ["wire-001", "wire-002"]
    (relation,) = golds["wire-001"].relations
    assert (relation.subject, relation.object, relation.optional, relation.qualifiers) == (
        "Quorvex",
        "Haldane",
        True,
        {"amount": "5000000 USD"},
    )
    assert golds["wire-001"].entities[0].names == ["Quorvex", "QVX"]


def test_sentences_are_chosen_by_name(bank: Path) -> None:
    assert list(read_banks([bank], exclude=["*-001"])[1]) == ["wire-002"]
    with pytest.raises(DataError, match="no sentence is left"):
        read_banks([bank], only=["x"])


def test_folder_of_gold_files_is_no_bank(bank: Path) -> None:
    assert bank_files(bank.parent) == [bank]
    (bank.parent / "a.json").write_text("{}", encoding="utf-8")
    assert bank_files(bank.parent) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("subject: Quorvex", "subject: Quorvix", "sentence 1: 'Quorvix' is not among the entities"),
        ('text: "Nothing', 'txt: "Nothing', "sentence 2: the key 'txt' is unknown"),
        ("relations: []", "relations: 3", "sentence 2: "),
        (BANK, "a: b", "it is no list of sentences"),
    ],
)
def test_faulty_bank_names_file_and_sentence(bank: Path, old: str, new: str, message: str) -> None:
    bank.write_text(BANK.replace(old, new), encoding="utf-8")
    with pytest.raises(DataError, match=r"wire\.yaml") as error:
        read_banks([bank])
    assert message in str(error.value)


def test_given_entities_are_the_only_ones(extractor: Extractor, bank: Path) -> None:
    golds, texts = read_banks([bank], only=["wire-001"])
    document = Document("The SFC met Quorvex in Hong Kong. " + texts["wire-001"], "a")
    record = extractor.extract(with_entities(document, golds["wire-001"]))
    assert {e.id: len(e.mentions) for e in record.entities} == {"Quorvex": 2, "Haldane": 1}
    assert [(r.type, r.subject, r.object) for r in record.relations] == [("acquires", "Quorvex", "Haldane")]
