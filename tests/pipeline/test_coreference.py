"""What pronouns, roles and groups stand for."""

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

Parse = Callable[..., Doc]


def resolved(doc: Doc) -> dict[str, set[str]]:
    """The names that each pronoun, role or group stands for."""
    return {s.text: set(s.kb_id_.split("|")) for s in doc.spans["mentions"] if s.id_ == "coref"}


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("Kwun Labs opened in May. It has forty clerks.", "It", "Kwun Labs"),
        ("Kwun Labs opened in May. Its office is small.", "Its", "Kwun Labs"),
        ("Ada Moorhen joined Kwun Labs. She left in May.", "She", "Ada Moorhen"),
        ("The SFC met Kwun Labs. The regulator spoke.", "regulator", "SFC"),
        ("The SFC met Kwun Labs. The company spoke.", "company", "Kwun Labs"),
        ("Harbour East Bank met Kwun Labs. The bank spoke.", "bank", "Harbour East Bank"),
        ("Kwun Labs opened in Hong Kong. The city is growing.", "city", "Hong Kong"),
        ("Hong Kong is growing. Kwun Labs opened there.", "there", "Hong Kong"),
        ("The SFC published the Petrel Ordinance. The law is short.", "law", "Petrel Ordinance"),
        ("Ada Moorhen spoke. The lawmaker was brief.", "lawmaker", "Ada Moorhen"),
        ("The market for crypto trading is growing. The sector is young.", "sector", "crypto trading"),
        ('"We will open in May," said Ada Moorhen, head of policy at Kwun Labs.', "We", "Kwun Labs"),
        ('"I will leave in May," said Ada Moorhen of Kwun Labs.', "I", "Ada Moorhen"),
        ("With its licence in hand, Kwun Labs will open in May.", "its", "Kwun Labs"),
        ("Kwun Labs opened. Tidal Pay bought it.", "it", "Kwun Labs"),
        ("Kwun Labs launched Lumen Coin. It is pegged to the US dollar.", "It", "Lumen Coin"),
        ("Kwun Labs launched Lumen Coin. It is redeemable at par.", "It", "Lumen Coin"),
        ("The Kestrel Forum is over. Kwun Labs no longer stages it.", "it", "Kestrel Forum"),
        ("Kwun Labs and Tidal Pay opened. The latter is growing.", "latter", "Tidal Pay"),
        ("Kwun Labs and Tidal Pay opened. The former is growing.", "former", "Kwun Labs"),
        ("Kwun Labs opened in May. The validator company is growing.", "company", "Kwun Labs"),
        ("Kwun Labs has a new banker. It is Tidal Pay.", "banker", "Tidal Pay"),
        ("Kwun Labs runs an affiliate. That affiliate, Tidal Pay, is growing.", "affiliate", "Tidal Pay"),
        ('"We will open in May," sniffed Ada Moorhen, head of policy at Kwun Labs.', "We", "Kwun Labs"),
    ],
)
def test_word_stands_for_the_fitting_name(parse: Parse, text: str, word: str, name: str) -> None:
    assert resolved(parse(text)) == {word: {name}}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The SFC met Kwun Labs. A regulator spoke.", id="indefinite"),
        pytest.param("Kwun Labs opened. The platform of Tidal Pay closed.", id="described further"),
        pytest.param("Kwun Labs opened. It is clear that the rules are strict.", id="expletive"),
        pytest.param('"We will open in May," said Ada Moorhen.', id="speaker without a house"),
        pytest.param("We met Kwun Labs in May.", id="nobody speaks"),
        pytest.param("The company left. Kwun Labs opened.", id="before the name"),
        pytest.param("Kwun Labs opened. The regulator spoke.", id="no name of that type"),
        pytest.param("Kwun Labs and Tidal Pay opened. The trio left.", id="other number"),
        pytest.param("Ada Moorhen and Wendell Mok spoke. Both firms left.", id="other type"),
        pytest.param("Kwun Labs created a ledger. Tidal Pay licensed it.", id="thing without a name"),
        pytest.param("Kwun Labs opened in May. The parent company is growing.", id="another firm"),
        pytest.param("Kwun Labs opened. The latter is growing.", id="one alone"),
        pytest.param("Kwun Labs has a banker. It is the SFC that licenses Tidal Pay.", id="cleft"),
    ],
)
def test_word_without_a_fitting_name_stays_open(parse: Parse, text: str) -> None:
    assert resolved(parse(text)) == {}


@pytest.mark.parametrize(("word", "name"), [("She", "Ada Moorhen"), ("He", "Wendell Mok")])
def test_courtesy_title_tells_who_is_meant(parse: Parse, word: str, name: str) -> None:
    doc = parse(f"Kwun Labs met Ms Ada Moorhen and Mr Wendell Mok. {word} left early.")
    assert resolved(doc) == {word: {name}}


@pytest.mark.parametrize("text", ["Both firms left.", "The two companies left.", "The duo left.", "They left."])
def test_group_stands_for_its_members(parse: Parse, text: str) -> None:
    found = resolved(parse(f"Kwun Labs and Tidal Pay met in May. {text}"))
    assert list(found.values()) == [{"Kwun Labs", "Tidal Pay"}]


def test_group_of_the_same_sentence_is_taken_up(parse: Parse) -> None:
    assert resolved(parse("Kwun Labs and Tidal Pay said that they had met."))["they"] == {"Kwun Labs", "Tidal Pay"}


def test_object_is_not_the_group_of_its_own_verb(parse: Parse) -> None:
    assert resolved(parse("Kwun Labs and Tidal Pay met them.")) == {}


def test_trio_stands_for_three(parse: Parse) -> None:
    found = resolved(parse("Kwun Labs, Tidal Pay and Orchid Markets met in May. The trio left."))
    assert found == {"trio": {"Kwun Labs", "Tidal Pay", "Orchid Markets"}}


def test_group_of_one_type_leaves_the_others_out(parse: Parse) -> None:
    found = resolved(parse("The SFC and the HKMA met Kwun Labs and Tidal Pay. Both regulators spoke."))
    assert found == {"regulators": {"SFC", "HKMA"}}


def test_subject_goes_before_a_nearer_object(parse: Parse) -> None:
    assert resolved(parse("Kwun Labs met staff of Tidal Pay. It left early.")) == {"It": {"Kwun Labs"}}


def test_resolved_word_is_a_mention_of_its_entity(parse: Parse) -> None:
    doc = parse("Kwun Labs opened in May. It has forty clerks.")
    (span,) = (s for s in doc.spans["mentions"] if s.id_ == "coref")
    assert (span.text, span.label_, span.kb_id_) == ("It", "FIRM", "Kwun Labs")


def test_each_stands_for_all_of_the_group(parse: Parse) -> None:
    assert resolved(parse("Kwun Labs and Tidal Pay opened. Each is growing.")) == {"Each": {"Kwun Labs", "Tidal Pay"}}


def test_place_tells_no_firm_apart_from_one_as_near(parse: Parse) -> None:
    assert "exchange" not in resolved(parse("Kwun Labs sued Tidal Pay, and Orchid Markets left. The Singapore exchange is growing."))


FIRMS = [
    ("Kwun Labs", "Tidal Pay"),
    ("Saltmarsh Pay", "Larkspur Digital"),
    ("Heron Custody", "Quince Exchange"),
    ("Fennel Bytes", "Tarn Securities"),
    ("Ostler Markets", "Brambling Labs"),
]


@pytest.mark.parametrize(("x", "y"), FIRMS)
@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("{x} and {y} formed a joint venture. The consortium will apply.", "consortium"),
        ("{x} is setting up a joint venture with {y}. The venture will apply.", "venture"),
        ("{x} is setting up a joint venture with {y}. The two companies will apply.", "companies"),
        ("{x} and {y} made plans. The companies were told to stop.", "companies"),
    ],
)
def test_group_noun_stands_for_the_partners_just_named(parse: Parse, text: str, word: str, x: str, y: str) -> None:
    assert resolved(parse(text.format(x=x, y=y), "coreference")).get(word) == {x, y}


@pytest.mark.parametrize(("x", "y"), FIRMS)
@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("{x} and {y} formed a joint venture. {x} brings its name to the venture.", "venture"),
        ("{x} and {y} made plans. The companies that trade coins were fined.", "companies"),
        ("{x} and {y} made plans. A poll asked the companies.", "companies"),
        ("{x} formed a joint venture. The consortium will apply.", "consortium"),
    ],
)
def test_group_noun_without_its_group_stands_for_nobody(parse: Parse, text: str, word: str, x: str, y: str) -> None:
    assert word not in resolved(parse(text.format(x=x, y=y), "coreference"))
