from __future__ import annotations

import json
from pathlib import Path

import pytest

from hkcrypto import load

from .conftest import Run

OWN = """\
relation: audits
subject: [FIRM]
object: [FIRM, BANK]
frames:
  - {id: audit, verbs: [audit], subject: agent, object: patient}
finds:
  - <s FIRM>Kwun Labs</s> audited <o FIRM>Tidal Pay</o>.
ignores:
  - <e FIRM>Kwun Labs</e> and <e FIRM>Tidal Pay</e> met.
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Return a file with a relation that hkcrypto does not know."""
    path = tmp_path / "own.yaml"
    path.write_text(OWN, encoding="utf-8")
    return path


def test_list_shows_signature_and_triggers(run: Run, own: Path) -> None:
    assert run("frames", "list", "audits", "--frames", own).stdout.splitlines() == ["audits: FIRM → BANK FIRM", "  audit: verbs audit"]


def test_list_as_json_has_every_relation(run: Run) -> None:
    rows = json.loads(run("frames", "list", "-f", "json").stdout)
    assert {"relation", "subject", "object", "symmetric", "qualifiers", "frames", "finds", "ignores"} == rows[0].keys()
    assert len(rows) == 20


def test_test_is_silent_where_all_holds(run: Run, own: Path) -> None:
    result = run("frames", "test", "audits", "--frames", own)
    assert (result.stdout, result.exit_code) == ("", 0)


def test_test_names_an_example_that_does_not_hold(run: Run, own: Path) -> None:
    own.write_text(OWN.replace("> audited <", "> praised <"), encoding="utf-8")
    result = run("frames", "test", "audits", "--frames", own)
    assert result.exit_code == 1
    assert result.stdout.startswith("audits finds: Kwun Labs praised Tidal Pay. — not found")


def test_unknown_relation_is_refused_with_the_remedy(run: Run) -> None:
    result = run("frames", "list", "aquires")
    assert result.exit_code == 2
    assert "did you mean acquires?" in result.stderr


def test_own_relation_is_extracted(own: Path) -> None:
    record = load(frames=(own,)).extract("In May Kwun Labs Limited audited OSL Group.")
    assert "audits" in {relation.type for relation in record.relations}
    assert record.producer.options == {"frames": ["own.yaml"]}
