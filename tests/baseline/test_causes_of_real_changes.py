"""The causes of changes in the seeds, with the real model."""

import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hkcrypto.baseline.compare import compare
from hkcrypto.baseline.facts import facts_of
from hkcrypto.baseline.recordsets import RecordSet
from hkcrypto.extract import Extractor, load
from hkcrypto.frames import DATA, Frames, load_frames
from hkcrypto.pipeline import factories
from hkcrypto.schema import Document, Record


def read(extractor: Extractor, documents: Iterable[Document]) -> RecordSet:
    found = RecordSet()
    for result in extractor.pipe(documents):
        assert isinstance(result, Record)
        found.add(facts_of(result.to_dict()))
    return found


@pytest.fixture(scope="module")
def before(extractor: Extractor, seeds: list[Document]) -> RecordSet:
    return read(extractor, seeds)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_edited_character_is_a_cause_in_the_text(
    extractor: Extractor, seeds: list[Document], before: RecordSet, data: st.DataObject
) -> None:
    seed = data.draw(st.sampled_from(seeds))
    place = data.draw(st.integers(0, len(seed.text) - 1))
    new = data.draw(st.characters(codec="utf-8", exclude_characters=seed.text[place]) | st.just(""))
    edited = Document(seed.text[:place] + new + seed.text[place + 1 :], seed.source)
    old = RecordSet({seed.source: before.packed[seed.source]})
    changes = compare(old, read(extractor, [edited])).changes
    assert changes[0].change == "edited"
    assert {change.cause for change in changes} == {"text"}


@pytest.mark.parametrize("entry", ["hkma", "sfc"])
def test_removed_entry_is_named(seeds: list[Document], before: RecordSet, tmp_path: Path, entry: str) -> None:
    overlay = tmp_path / "own.yaml"
    overlay.write_text(f"entities:\n  {entry}: {{disable: true}}\n", encoding="utf-8")
    changes = compare(before, read(load(kb=(overlay,)), seeds)).changes
    assert {change.cause for change in changes} == {f"kb:{entry}"}


@pytest.mark.parametrize("place", [0, -1])
def test_changed_frame_is_named(
    extractor: Extractor, seeds: list[Document], before: RecordSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: int
) -> None:
    rule = next(
        result.relations[place].evidence[0].rule for result in extractor.pipe(seeds) if isinstance(result, Record) and result.relations
    )
    changed = without_frame(tmp_path / "frames", rule)
    monkeypatch.setattr(factories, "frames", lambda _: changed)
    changes = compare(before, read(load(), seeds)).changes
    assert {change.cause for change in changes} == {f"frame:{rule}"}


def without_frame(folder: Path, rule: str) -> Frames:
    shutil.copytree(DATA / "frames", folder)
    relation, _, name = rule.partition(".")
    path = folder / f"{relation}.yaml"
    content = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    content["frames"] = [frame for frame in content["frames"] if frame["id"] != name]
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return load_frames(folder=folder)
