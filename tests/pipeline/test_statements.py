from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from hkcrypto.extract import Extractor

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
        ("The market had grown, analysts at Kwun Labs wrote.", ("Kwun Labs", "wrote", "The market had grown", False)),
        ("Reports of a sale to banks were denied by Kwun Labs.", ("Kwun Labs", "denied", "Reports of a sale to banks", False)),
        ("Ada Moorhen, who said the market had grown, left.", ("Ada Moorhen", "said", "the market had grown", False)),
        ("Ada Moorhen liked to say that the market had grown.", ("Ada Moorhen", "say", "the market had grown", False)),
        ("Ada Moorhen expects ten filings this year.", ("Ada Moorhen", "expects", "expects ten filings this year", False)),
        ("Ada Moorhen wants the bank to open accounts.", ("Ada Moorhen", "wants", "wants the bank to open accounts", False)),
        ("Kwun Labs swore in May that it would apply.", ("Kwun Labs", "swore", "it would apply", False)),
        ("Kwun Labs has notified clients that it will close.", ("Kwun Labs", "notified", "it will close", False)),
        (
            "Ada Moorhen warned in remarks published in May that tokens could be abused.",
            ("Ada Moorhen", "warned", "tokens could be abused", False),
        ),
        ("Wait: Ada Moorhen has cautioned against haste.", ("Ada Moorhen", "cautioned", "against haste", False)),
        ("Kwun Labs has called for common standards.", ("Kwun Labs", "called", "for common standards", False)),
        ("Kwun Labs is of the view that the market has grown.", ("Kwun Labs", "view", "the market has grown", False)),
        ("Ada Moorhen is confident that the market will grow.", ("Ada Moorhen", "confident", "the market will grow", False)),
        ("Ada Moorhen asked everybody to calm down.", ("Ada Moorhen", "asked", "everybody to calm down", False)),
        ("Kwun Labs, which claims to be based in Tokyo, left.", ("Kwun Labs", "claims", "to be based in Tokyo", False)),
        ("Kwun Labs will open a shop, a spokesman said.", ("Kwun Labs", "said", "Kwun Labs will open a shop", False)),
        ("The market has grown, reported Kwun Labs.", ("Kwun Labs", "reported", "The market has grown", False)),
        ("The market grew, according to a note from Kwun Labs.", ("Kwun Labs", "according", "The market grew", False)),
        ("Ada Moorhen has notified Kwun Labs that it must close.", ("Ada Moorhen", "notified", "it must close", False)),
        ("Ada Moorhen told a dinner that Kwun Labs would grow.", ("Ada Moorhen", "told", "Kwun Labs would grow", False)),
        ("Kwun Labs denied the claims.", ("Kwun Labs", "denied", "the claims", False)),
        ("“Retired,” said Ada Moorhen.", ("Ada Moorhen", "said", "Retired", True)),
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
        "Ada Moorhen announced a fund that buys tokens.",
        "Ada Moorhen met a banker of the view that markets grow.",
        "The market had grown: Ada Moorhen said no.",
        "Ada Moorhen called a friend.",
        "Ada Moorhen has not said that the market will grow.",
        "Ada Moorhen declined to say whether the market would grow.",
        "The market has grown, according to a note on Kwun Labs.",
        "Ada Moorhen asked a friend.",
        "The market will grow, a spokesman said.",
        "Kwun Labs will open a shop, a spokesman for banks said.",
        "Ada Moorhen is clear of debt.",
        "Ada Moorhen is not confident that the market will grow.",
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


QUOTE = "“The market has grown by a third.”"


@pytest.mark.parametrize(
    "before",
    ["Ada Moorhen said the rules were strict. ", "“We are glad of the rules,” said Ada Moorhen. ", "Ada Moorhen said: "],
)
def test_quotation_belongs_to_who_spoke_last(parse: Parse, before: str) -> None:
    assert said(parse(before + QUOTE))[-1][::2] == ("Ada Moorhen", "The market has grown by a third.")


def test_quotation_that_opens_a_paragraph_goes_on_with_the_last(extractor: Extractor) -> None:
    first = "The rules are strict, Paul Chan Mo-po told lawmakers on Tuesday, and they will stay so for as long as he is in office."
    record = extractor.extract(f"{first}\n\n{QUOTE}")
    assert [s.text for s in record.statements if s.direct] == ["The market has grown by a third."]


@pytest.mark.parametrize("text", [QUOTE, f"Ada Moorhen met Kwun Labs. {QUOTE}", "Ada Moorhen called it “very good”."])
def test_quotation_without_a_speaker_is_none(parse: Parse, text: str) -> None:
    assert said(parse(text)) == []


def test_quotation_is_split_where_it_is_longer_than_a_statement(parse: Parse) -> None:
    long = " ".join(["The market has grown by a third in the year that ended in May, and it will grow again."] * 8)
    found = said(parse(f"Ada Moorhen said: “{long}”"))
    assert len(found) > 1
    assert all(len(text) <= 400 and speaker == "Ada Moorhen" for speaker, _, text, _ in found)
