from pathlib import Path

import pytest

from hkcrypto.errors import DataError
from hkcrypto.evaluation.gold import read_golds
from hkcrypto.evaluation.names import Sentences, fold

from .make import DEV

EMPTY = '{"id": "a", "language": "zh-Hant", "entities": [], "relations": []}'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "a.json: "),
        ("[]", "a.json: "),
        ('{"id": "a", "language": "en", "entities": [{"id": "x"}], "relations": []}', "a.json: entities.0.type"),
        ('{"id": "a", "language": "en", "entities": [{"id": "x", "type": "FIRM", "names": []}], "relations": []}', "x has no names"),
        (EMPTY.replace('"relations": []', '"relations": [{"type": "owns", "subject": "x", "object": "y"}]'), "no entity 'x'"),
    ],
)
def test_gold_that_is_broken_is_named(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "a.json").write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=message):
        read_golds(tmp_path)


def test_gold_is_chosen_by_name() -> None:
    assert list(read_golds(DEV, only=["dev-0*"], exclude=["dev-0[3-9]"])) == ["dev-01", "dev-02"]


def test_gold_is_chosen_by_language(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(EMPTY, encoding="utf-8")
    assert list(read_golds(tmp_path, "zh")) == ["a"]
    with pytest.raises(DataError, match="no gold file is left"):
        read_golds(tmp_path, "en")


def test_folder_without_gold_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="there are no gold files"):
        read_golds(tmp_path)


def test_fold_forgets_how_a_name_is_written() -> None:
    assert {fold(name) for name in ("The HKMA's", "HKMA’s", "hkma", " HKMA.", "ＨＫＭＡ")} == {"hkma"}


@pytest.mark.parametrize("words", ["Mr. Xu left.", "It has HK$2.5 billion.", "OSL Corp. Ltd. rose."])
def test_sentence_does_not_end_at_an_abbreviation(words: str) -> None:
    assert Sentences(f"First. {words} Last.").at(10) == words
