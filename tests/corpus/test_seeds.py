from collections.abc import Sequence

import pytest

from hkcrypto.corpus.build import corpus_of
from hkcrypto.corpus.model import Corpus
from hkcrypto.extract import Extractor
from hkcrypto.schema import Document, Record


@pytest.fixture(scope="module")
def corpus(extractor: Extractor, seeds: Sequence[Document]) -> Corpus:
    """Return the corpus of the seed articles."""
    return corpus_of(record.to_dict() for record in extractor.pipe(seeds) if isinstance(record, Record))


@pytest.mark.parametrize(("name", "documents"), [("hong-kong", 5), ("china", 5), ("hkma", 2), ("sfc", 1), ("cyberport", 1)])
def test_entity_of_the_seeds_is_one(corpus: Corpus, name: str, documents: int) -> None:
    (found,) = [entity for entity in corpus.entities if name == entity.id.removesuffix("-2")]
    assert found.documents == documents


def test_ordinance_of_the_seeds_has_its_date(corpus: Corpus) -> None:
    (life,) = [life for life in corpus.lifecycles if life.entity == "stablecoins-ordinance"]
    assert ("passed", "2023-08") in [(event.stage, event.date) for event in life.events]


def test_seeds_are_five_stories(corpus: Corpus) -> None:
    assert len({document.story for document in corpus.documents}) == 5
