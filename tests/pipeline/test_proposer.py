"""Relations that trained weights propose: what they are asked, and what becomes of their answers."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from spacy.tokens import Doc

from hkcrypto.frames import load_frames
from hkcrypto.language.clause import Sentence
from hkcrypto.pipeline.facts import Fact
from hkcrypto.pipeline.proposer import Proposer, passages
from hkcrypto.pipeline.trees import sentences
from hkcrypto.proposer.encoding import Mention
from hkcrypto.proposer.scorer import Scored

TYPES = {"Kwun Labs": "FIRM", "Tidal Pay": "FIRM", "Orchid Markets": "FIRM", "SFC": "REGULATOR", "Hong Kong": "PLACE"}
TEXT = "Kwun Labs waved at Tidal Pay. It had been fined by the SFC."


class Fixed:
    """A scorer that always says the same."""

    def __init__(self, *answers: tuple[str, int, int, str]) -> None:
        self.answers = answers

    def score(self, text: str, mentions: Sequence[Mention], types: Sequence[str]) -> Iterator[Scored]:
        for relation, subject, target, status in self.answers:
            if max(subject, target) < len(types):
                start = text.find("waved")
                yield Scored(relation, subject, target, 0.81, status, ((start, start + 5, 0.7),))


@pytest.fixture
def propose(parse: Callable[..., Doc]) -> Callable[..., list[Fact]]:
    """Return a function that gives the facts of a text which a scorer proposes."""

    def run(text: str, *answers: tuple[str, int, int, str], found: Sequence[tuple[str, str, str]] = ()) -> list[Fact]:
        doc = parse(text, "coreference")
        scorer: Any = Fixed(*answers)
        return Proposer(load_frames(), scorer).propose(doc.text, sentences(doc), TYPES, set(found))

    return run


def test_proposal_is_a_fact_with_its_sentence_and_reasons(propose: Callable[..., list[Fact]]) -> None:
    (fact,) = propose(TEXT, ("acquires", 0, 1, "planned"))
    assert (fact.key, fact.status, fact.confidence) == (("acquires", "Kwun Labs", "Tidal Pay"), "planned", 0.81)
    assert isinstance(fact.clause.sentence, Sentence)
    assert TEXT[fact.clause.sentence.start : fact.clause.sentence.end] == "Kwun Labs waved at Tidal Pay."
    assert fact.reasons[0].startswith("waved ")


def test_proposal_against_the_signature_is_dropped(propose: Callable[..., list[Fact]]) -> None:
    assert propose(TEXT, ("acquires", 2, 0, "asserted")) == []


def test_proposal_that_a_frame_found_is_dropped(propose: Callable[..., list[Fact]]) -> None:
    assert propose(TEXT, ("acquires", 0, 1, "asserted"), found=[("acquires", "Kwun Labs", "Tidal Pay")]) == []


def test_pair_without_direction_is_proposed_once(propose: Callable[..., list[Fact]]) -> None:
    assert len(propose("Kwun Labs waved at Tidal Pay.", ("partners_with", 0, 1, "asserted"), ("partners_with", 1, 0, "asserted"))) == 1


def test_sentence_with_one_entity_is_not_read(parse: Callable[..., Doc]) -> None:
    doc = parse("Kwun Labs grew. Prices fell.", "coreference")
    assert list(passages(doc.text, sentences(doc))) == []


def test_word_that_points_to_an_entity_is_read_as_one(parse: Callable[..., Doc]) -> None:
    doc = parse("Kwun Labs grew. It was fined by the SFC.", "coreference")
    (passage,) = passages(doc.text, sentences(doc))
    assert passage.text == "It was fined by the SFC."
    assert passage.ids == ["Kwun Labs", "SFC"]
    assert [passage.text[m.start : m.end] for m in passage.mentions] == ["It", "SFC"]
