from pathlib import Path

import pytest

from hkcrypto.errors import ConfigError
from hkcrypto.settings import Settings, load_settings


def keep(folder: Path, text: str, name: str = "hkcrypto.toml") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def test_settings_without_a_file_are_the_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path) == Settings()


def test_settings_come_from_the_folder_above(tmp_path: Path) -> None:
    keep(tmp_path, "jobs = 3")
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert load_settings(tmp_path / "a" / "b").jobs == 3


def test_settings_come_from_the_nearest_file(tmp_path: Path) -> None:
    keep(tmp_path, "jobs = 3")
    keep(tmp_path / "a", "[tool.hkcrypto]\njobs = 4", "pyproject.toml")
    assert load_settings(tmp_path / "a").jobs == 4


def test_settings_pass_over_a_project_without_a_table(tmp_path: Path) -> None:
    keep(tmp_path, "jobs = 3")
    keep(tmp_path / "a", "[tool.other]\nx = 1", "pyproject.toml")
    assert load_settings(tmp_path / "a").jobs == 3


def test_settings_of_hkcrypto_toml_go_before_those_of_the_project(tmp_path: Path) -> None:
    keep(tmp_path, "jobs = 3")
    keep(tmp_path, "[tool.hkcrypto]\njobs = 4", "pyproject.toml")
    assert load_settings(tmp_path).jobs == 3


def test_settings_read_every_key(tmp_path: Path) -> None:
    keep(
        tmp_path,
        """
        format = "json"
        output = "out/"
        errors = "failed.jsonl"
        summary = true
        kb = ["own.yaml"]
        model = "en_core_web_trf"
        min-confidence = 1
        types = ["FIRM", "bank"]
        relations = "owns,licenses"
        exclude = ["drafts/*"]
        with-text = true
        include-chrome = true
        coref = false
        mark-duplicates = true
        dedupe = true
        input-format = "jsonl"
        text-field = "body"
        max-size = 3
        jobs = 2
        timeout-per-document = 30
        min-relevance = 0.05
        cache = false
        cache-size = 200
        quiet = true
        verbose = false
    """,
    )
    assert load_settings(tmp_path) == Settings(
        format="json",
        output=f"{tmp_path}/out/",
        errors=tmp_path / "failed.jsonl",
        summary=True,
        kb=(tmp_path / "own.yaml",),
        model="en_core_web_trf",
        min_confidence=1.0,
        types=("FIRM", "bank"),
        relations=("owns,licenses",),
        exclude=("drafts/*",),
        with_text=True,
        include_chrome=True,
        coref=False,
        mark_duplicates=True,
        dedupe=True,
        input_format="jsonl",
        text_field="body",
        max_size=3,
        jobs=2,
        timeout_per_document=30.0,
        min_relevance=0.05,
        cache=False,
        cache_size=200,
        quiet=True,
    )


def test_settings_take_a_model_with_a_slash_for_a_path(tmp_path: Path) -> None:
    keep(tmp_path, 'model = "models/own"')
    assert load_settings(tmp_path).model == str(tmp_path / "models" / "own")


@pytest.mark.parametrize(
    "line",
    [
        'jobs = "2"',
        "jobs = true",
        "jobs = 0",
        "min-confidence = 2",
        "min-confidence = true",
        "format = 1",
        "format = ''",
        "kb = [1]",
        "types = {}",
        "exclude = 1",
        "with-text = 'yes'",
        "quiet = 1",
        "timeout-per-document = 0",
        "cache = 'no'",
        "cache-size = 0",
    ],
)
def test_settings_refuse_a_wrong_value(tmp_path: Path, line: str) -> None:
    keep(tmp_path, line)
    with pytest.raises(ConfigError, match=rf"hkcrypto\.toml: {line.split(maxsplit=1)[0]} is .*; write "):
        load_settings(tmp_path)


def test_settings_suggest_a_key(tmp_path: Path) -> None:
    keep(tmp_path, "min-confidense = 0.5")
    with pytest.raises(ConfigError, match="'min-confidense' is unknown; did you mean min-confidence"):
        load_settings(tmp_path)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("hkcrypto.toml", "jobs ="),
        ("pyproject.toml", "tool ="),
        ("pyproject.toml", "[tool]\nhkcrypto = 3"),
        ("hkcrypto.toml", "x = \x00"),
    ],
)
def test_settings_refuse_a_broken_file(tmp_path: Path, name: str, text: str) -> None:
    keep(tmp_path, text, name)
    with pytest.raises(ConfigError, match=name):
        load_settings(tmp_path)


def test_settings_give_way_to_what_is_given() -> None:
    assert Settings(jobs=3, quiet=True, types=("FIRM",)).override(jobs=1, quiet=False, types=["BANK"]) == Settings(types=("BANK",))


def test_settings_stay_where_nothing_is_given() -> None:
    settings = Settings(jobs=3, kb=(Path("a"),))
    assert settings.override(jobs=None, kb=[], min_confidence=None) == settings
