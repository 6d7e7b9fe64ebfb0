from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkcrypto.extract import Extractor
from hkcrypto.kb import load_kb
from hkcrypto.pipeline.gazetteer import Gazetteer
from hkcrypto.pipeline.relevance import relevance
from hkcrypto.schema import Document

RECOMMENDED = 0.05  # README
ROOT = Path(__file__).parents[2]
ARTICLES = [*(ROOT / "seeds").glob("*.txt"), *(ROOT / "tests" / "articles").rglob("*.txt")]
KB = load_kb()
GAZETTEER = Gazetteer(KB)


def told(text: str) -> float:
    return relevance(text, KB, GAZETTEER)


def test_relevance_of_every_article_is_above_what_is_recommended() -> None:
    assert [path.stem for path in ARTICLES if told(path.read_text(encoding="utf-8")) < RECOMMENDED] == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Manchester United beat Arsenal 2-1 on Sunday. The club is owned by the Glazer family.",
        "Hong Kong's observatory issued a typhoon warning. Cathay Pacific cancelled flights, and John Lee cut short a visit to Singapore.",
        "HSBC will close forty branches in the United Kingdom, the bank said, according to Reuters.",
    ],
)
def test_relevance_of_other_news_is_none(text: str) -> None:
    assert told(text) == 0


def test_relevance_counts_names_and_topics_to_ten_words() -> None:
    assert told("The HKMA spoke of stablecoins" + " and" * 35) == 0.5
    assert told("stablecoins " + "and " * 39) == 0.25


def test_relevance_is_no_more_than_one() -> None:
    assert told("Bitcoin, Ethereum, stablecoins") == 1


@given(st.text(st.characters(codec=None)))
def test_relevance_of_any_text_is_from_none_to_one(text: str) -> None:
    assert 0 <= told(text) <= 1


def test_relevance_is_that_of_the_record(extractor: Extractor) -> None:
    document = Document("The SFC has licensed OSL. It rained in Hong Kong all day long, and nobody had an umbrella.", "a")
    assert 0 < extractor.relevance(document) == extractor.extract(document).document.relevance < 1
