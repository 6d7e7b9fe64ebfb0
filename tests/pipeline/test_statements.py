from collections.abc import Callable

import pytest
from spacy.tokens import Doc

Parse = Callable[..., Doc]


def said(doc: Doc) -> list[tuple[str, str, str, bool]]:
    return [(s["speaker"], s["verb"], s["text"], s["direct"]) for s in doc._.statements]


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("Ada Moorhen said the market had grown.", ("Ada Moorhen", "said", "the market had grown", False)),
        ("Ada Moorhen said that the market had grown.", ("Ada Moorhen", "said", "the market had grown", False)),
        ("Ada Moorhen urged banks to open accounts.", ("Ada Moorhen", "urged", "banks to open accounts", False)),
        ("“We shall apply for a licence,” Ada Moorhen said.", ("Ada Moorhen", "said", "We shall apply for a licence", True)),
        ('"We shall apply for a licence," said Ada Moorhen, a clerk.', ("Ada Moorhen", "said", "We shall apply for a licence", True)),
        ("The market grew by a third, according to Kwun Labs.", ("Kwun Labs", "according", "The market grew by a third", False)),
        ("A spokesman for Kwun Labs said the market had grown.", ("Kwun Labs", "said", "the market had grown", False)),
    ],
)
def test_statement_has_speaker_verb_and_words(parse: Parse, text: str, statement: tuple[str, str, str, bool]) -> None:
    assert said(parse(text)) == [statement]


@pytest.mark.parametrize(
    "text",
    [
        "Ada Moorhen met Kwun Labs.",
        "A clerk said the market had grown.",
        "The Petrel Ordinance says the market must grow.",
        "Ada Moorhen found a lake.",
        "Ada Moorhen said no.",
    ],
)
def test_act_or_nameless_speaker_is_no_statement(parse: Parse, text: str) -> None:
    assert said(parse(text)) == []


def test_joined_speakers_say_the_same(parse: Parse) -> None:
    found = said(parse("Ada Moorhen and Wendell Mok said the market had grown."))
    assert [(s, t) for s, _, t, _ in found] == [("Ada Moorhen", "the market had grown"), ("Wendell Mok", "the market had grown")]


def test_pronoun_speaks_for_its_antecedent(parse: Parse) -> None:
    assert said(parse("Ada Moorhen left early. She said the market had grown."))[0][0] == "Ada Moorhen"


def test_statement_lies_where_it_says(parse: Parse) -> None:
    text = "In May, Ada Moorhen said that the market had grown, and left."
    (statement,) = parse(text)._.statements
    assert text[statement["start"] : statement["end"]] == statement["text"]
