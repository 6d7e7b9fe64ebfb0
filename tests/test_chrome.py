from __future__ import annotations

import pytest

from hkcrypto import load
from hkcrypto.extract import Extractor
from hkcrypto.schema import CONTENT_SECTIONS

TEXT = """SFC grants a licence to OSL, its third this year

By Jane Foo
4 March 2025

The Securities and Futures Commission on Tuesday granted a licence to OSL, the third this year, in Hong Kong.

OSL said that it would open its doors to retail investors in March, once the auditors have looked at its custody.

Related: Coinbase has acquired OSL
"""


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return load(include_chrome=True)


def test_entities_of_chrome_are_marked_and_in_no_relation(extractor: Extractor) -> None:
    record = extractor.extract(TEXT)
    entities = {entity.id: entity for entity in record.entities}
    assert {mention.section for mention in entities["coinbase"].mentions} == {"related"}
    assert [mention.section for mention in entities["osl-group"].mentions][-1] == "related"
    assert "coinbase" not in {end for relation in record.relations for end in (relation.subject, relation.object)}
    assert all(TEXT[m.start : m.end] == m.text for entity in record.entities for m in entity.mentions)


def test_chrome_adds_to_the_content_and_changes_nothing_in_it(extractor: Extractor) -> None:
    plain = load().extract(TEXT)
    record = extractor.extract(TEXT)
    assert record.relations == plain.relations
    inside = {(e.id, m.start) for e in record.entities for m in e.mentions if m.section in CONTENT_SECTIONS}
    assert inside == {(e.id, m.start) for e in plain.entities for m in e.mentions}


def test_document_in_another_language_is_passed_over_with_a_warning(extractor: Extractor) -> None:
    said = "Die Behörde in Hong Kong hat der Börse OSL eine Lizenz erteilt, wie sie am Dienstag in einer Mitteilung schrieb. "
    record = extractor.extract(said + "Es ist die dritte in diesem Jahr, und weitere sollen noch im Herbst folgen.")
    assert record.document.language == "other"
    assert not record.entities
    assert record.warnings == ["it is neither in English nor in Chinese: nothing was extracted"]
