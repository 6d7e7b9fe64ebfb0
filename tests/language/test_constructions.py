"""Constructions that the parser, or the order of words, hides: each with five pairs of names, and with its neighbour that says less."""

from collections.abc import Callable

import pytest

from hkcrypto.language.clause import Clause

Clauses = Callable[[str], list[Clause]]

PAIRS = [
    ("Kwun Labs", "Tidal Pay"),
    ("Saltmarsh Pay", "Larkspur Digital"),
    ("Heron Custody", "Quince Exchange"),
    ("Fennel Bytes", "Tarn Securities"),
    ("Ostler Markets", "Brambling Labs"),
]
pairs = pytest.mark.parametrize(("x", "y"), PAIRS)


def filled(clauses: list[Clause], predicate: str, role: str, kind: str = "verbs") -> list[set[str]]:
    """The names in a role, for each clause of a predicate that has any there."""
    found = [
        {e for f in c.fillers(role) for m in f.members for e in m.entities} for c in clauses if (c.kind, c.predicate) == (kind, predicate)
    ]
    return [names for names in found if names]


def said(clauses: list[Clause], predicate: str, *roles: str) -> list[tuple[set[str], ...]]:
    """The names in several roles, for each clause of a verb."""
    return [
        tuple({e for f in c.fillers(role) for m in f.members for e in m.entities} for role in roles)
        for c in clauses
        if (c.kind, c.predicate) == ("verbs", predicate)
    ]


ACQUIRED = [
    pytest.param("It was {x} that acquired {y}.", id="cleft"),
    pytest.param("It was {x}, and not Orchid Markets, that acquired {y}.", id="cleft with contrast"),
    pytest.param("Deep pockets: {x} acquired {y}.", id="opening before a colon"),
    pytest.param("A darling of its fans, {x} acquired {y}.", id="description in front"),
    pytest.param("Joining the race, {x} acquired {y}.", id="participle in front"),
    pytest.param("{x} acquired another rival. It is {y}.", id="name in the next sentence"),
    pytest.param("{y} was acquired by {x}, Orchid Markets by Harbour East Bank.", id="full clause before a gap"),
]


@pairs
@pytest.mark.parametrize("text", ACQUIRED)
def test_buyer_and_bought_are_found(clauses: Clauses, text: str, x: str, y: str) -> None:
    found = said(clauses(text.format(x=x, y=y)), "acquire", "agent", "patient")
    assert ({x}, {y}) in [(a - {"Orchid Markets"}, p) for a, p in found]


@pairs
@pytest.mark.parametrize(
    "text",
    [
        "Is {x} affiliated with {y}? Orchid Markets acquired Harbour East Bank.",
        "{x} sued {y}. Orchid Markets acquired Harbour East Bank.",
    ],
)
def test_names_beside_the_clause_stay_out_of_it(clauses: Clauses, text: str, x: str, y: str) -> None:
    assert said(clauses(text.format(x=x, y=y)), "acquire", "agent", "patient") == [({"Orchid Markets"}, {"Harbour East Bank"})]


@pairs
@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("Hong Kong-based {x} and Singapore-based {y} grew.", "Hong Kong", "Singapore"),
        ("{x}, based in Hong Kong, met {y}, based in Singapore.", "Hong Kong", "Singapore"),
    ],
)
def test_each_name_has_its_own_place(clauses: Clauses, text: str, first: str, second: str, x: str, y: str) -> None:
    assert said(clauses(text.format(x=x, y=y)), "base", "patient", "in") == [({x}, {first}), ({y}, {second})]


@pairs
def test_place_before_two_plain_names_is_of_both(clauses: Clauses, x: str, y: str) -> None:
    assert said(clauses(f"Hong Kong-based {x} and {y} grew."), "base", "patient", "in") == [({x, y}, {"Hong Kong"})]


@pairs
def test_place_before_a_name_is_not_of_its_rival(clauses: Clauses, x: str, y: str) -> None:
    assert said(clauses(f"Hong Kong-based {x} and its rival {y} grew."), "base", "patient", "in") == [({x}, {"Hong Kong"})]


@pairs
def test_possessors_of_a_list_stay_apart(clauses: Clauses, x: str, y: str) -> None:
    found = clauses(f"Hong Kong's {x} and Singapore's {y} grew.")
    assert filled(found, "'s", "head", "possessive") == [{x}, {y}]
    assert filled(found, "'s", "possessor", "possessive") == [{"Hong Kong"}, {"Singapore"}]


@pairs
@pytest.mark.parametrize(
    "text",
    [
        "{x}, Orchid Markets and telecoms firm {y} grew.",
        "Broker {x}, Orchid Markets and the trading house {y} grew.",
        "Three firms grew in May: {x}, Orchid Markets and {y}.",
    ],
)
def test_list_has_all_its_members(clauses: Clauses, text: str, x: str, y: str) -> None:
    assert filled(clauses(text.format(x=x, y=y)), "grow", "agent") == [{x, y, "Orchid Markets"}]


@pairs
def test_title_before_one_name_makes_no_list(clauses: Clauses, x: str, y: str) -> None:
    assert filled(clauses(f"{x} met telecoms firm {y}."), "meet", "agent") == [{x}]


@pairs
@pytest.mark.parametrize(
    ("text", "verb", "roles"),
    [
        ("{x} was acquired by Orchid Markets; {y}, by Harbour East Bank.", "acquire", ("patient", "agent")),
        ("{x} invested in Orchid Markets, and {y} in Brambling Labs.", "invest", ("agent", "in")),
    ],
)
def test_clause_without_a_verb_takes_the_one_before(clauses: Clauses, text: str, verb: str, roles: tuple[str, str], x: str, y: str) -> None:
    found = said(clauses(text.format(x=x, y=y)), verb, *roles)
    assert [first for first, _ in found] == [{x}, {y}]


@pairs
def test_two_names_and_a_place_are_no_gap(clauses: Clauses, x: str, y: str) -> None:
    assert said(clauses(f"Orchid Markets works with {x} and {y} in Singapore."), "work", "agent", "with") == [({"Orchid Markets"}, {x, y})]


@pairs
def test_gapped_object_is_a_noun(clauses: Clauses, x: str, y: str) -> None:
    found = said(clauses(f"{x} supplies the wallets and {y} the ledger for Orchid Markets."), "supply", "agent", "for")
    assert found == [({x}, {"Orchid Markets"}), ({y}, {"Orchid Markets"})]


@pairs
def test_apposition_behind_an_object_is_no_gap(clauses: Clauses, x: str, y: str) -> None:
    assert said(clauses(f"{x} bought {y}, the exchange."), "buy", "agent", "patient") == [({x}, {y})]


@pairs
@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("{x}, one of the venues licensed by the SFC, met {y}.", "asserted"),
        ("{y} said {x} is one of the venues licensed by the SFC.", "asserted"),
        ("{x} is the first venue to be licensed by the SFC.", "asserted"),
        ("{x} is not one of the venues licensed by the SFC.", "negated"),
        ("{x} will be one of the venues licensed by the SFC.", "planned"),
    ],
)
def test_one_of_a_group_stands_for_its_subject(clauses: Clauses, text: str, status: str, x: str, y: str) -> None:
    found = [c for c in clauses(text.format(x=x, y=y)) if c.predicate == "license" and c.kind == "verbs"]
    assert [(c.status, {e for f in c.fillers("patient") for m in f.members for e in m.entities}) for c in found] == [(status, {x})]


@pairs
@pytest.mark.parametrize(
    ("text", "verb", "role"),
    [
        ("{x} won permits from the SFC and from {y}.", "win", "from"),
        ("Orchid Markets was joined by {x} and by the trading house {y}.", "join", "agent"),
    ],
)
def test_coordinated_prepositions_fill_one_role(clauses: Clauses, text: str, verb: str, role: str, x: str, y: str) -> None:
    assert y in filled(clauses(text.format(x=x, y=y)), verb, role)[0]


@pairs
def test_preposition_behind_not_is_left_out(clauses: Clauses, x: str, y: str) -> None:
    assert filled(clauses(f"The duty rests with {x} and not with {y}."), "rest", "with") == [{x}]


@pairs
@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("{x} shadows {y}.", "shadow"),
        ("{x} audits {y}", "audit"),
        ("{x} Scoops {y}", "scoop"),
        ("{x} to Snap Up {y}", "snap up"),
    ],
)
def test_verb_between_two_names_is_no_noun(clauses: Clauses, text: str, verb: str, x: str, y: str) -> None:
    assert said(clauses(text.format(x=x, y=y)), verb, "agent", "patient") == [({x}, {y})]


@pairs
def test_plural_before_a_noun_is_no_verb(clauses: Clauses, x: str, y: str) -> None:
    assert not [c for c in clauses(f"{x} payments unit {y}") if c.kind == "verbs"]


@pairs
def test_names_in_a_row_share_the_verb_of_a_headline(clauses: Clauses, x: str, y: str) -> None:
    assert filled(clauses(f"{x}, {y} ink deal"), "ink", "agent") == [{x, y}]


@pairs
@pytest.mark.parametrize(
    "text",
    [
        "Crypto trading is illegal in Singapore, {x} told {y}.",
        "{x} told {y} that staking is illegal in Singapore.",
    ],
)
def test_preposition_of_a_copula_is_its_adjectives_too(clauses: Clauses, text: str, x: str, y: str) -> None:
    assert filled(clauses(text.format(x=x, y=y)), "illegal", "in", "is_a") == [{"Singapore"}]


@pairs
@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("A proud member of {y}, {x} grew.", "of"),
        ("Once a member of {y}, the broker {x} grew.", "of"),
        ("{x} is one of the members of {y}.", "of"),
    ],
)
def test_description_is_said_of_the_name(clauses: Clauses, text: str, role: str, x: str, y: str) -> None:
    found = clauses(text.format(x=x, y=y))
    assert (filled(found, "member", "is", "is_a"), filled(found, "member", role, "is_a")) == ([{x}], [{y}])


@pairs
def test_member_that_is_only_met_is_nobody(clauses: Clauses, x: str, y: str) -> None:
    assert filled(clauses(f"A member of {y} met {x}."), "member", "is", "is_a") == []


@pairs
@pytest.mark.parametrize("text", ["The arm of {y}, {x}, grew.", "{y}'s arm, {x}, grew.", "{y} runs an arm. That arm, {x}, grew."])
def test_name_behind_the_comma_is_the_part(clauses: Clauses, text: str, x: str, y: str) -> None:
    assert filled(clauses(text.format(x=x, y=y)), "arm", "is", "is_a")[0] == {x}


@pairs
@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("The boss of {x}, Ada Moorhen, met {y}.", "Ada Moorhen"),
        ("{y} met the head of digital, Ada Moorhen.", "Ada Moorhen"),
        ("{x} names Ada Moorhen head of {y}", "Ada Moorhen"),
    ],
)
def test_person_behind_the_comma_holds_the_post(clauses: Clauses, text: str, holder: str, x: str, y: str) -> None:
    found = clauses(text.format(x=x, y=y))
    assert [*filled(found, "boss", "is", "is_a"), *filled(found, "head", "is", "is_a")] == [{holder}]


@pairs
@pytest.mark.parametrize(
    ("text", "employer"),
    [
        ("{x} grew fast, founder Ada Moorhen said. {y} fell.", "x"),
        ("{x} grew fast. {y}'s founder Ada Moorhen fell.", "y"),
    ],
)
def test_bare_post_is_held_at_the_firm_in_question(clauses: Clauses, text: str, employer: str, x: str, y: str) -> None:
    assert filled(clauses(text.format(x=x, y=y)), "founder", "possessor", "is_a") == [{{"x": x, "y": y}[employer]}]


@pairs
@pytest.mark.parametrize(
    ("text", "verb", "name"),
    [
        ("Based in Singapore, {x} serves {y}.", "base", "x"),
        ("Dually listed in Singapore, {x} met {y}.", "list", "x"),
        ("Admitted to the {y} trial this year: {x}", "admit", "x"),
    ],
)
def test_participle_in_front_is_said_of_the_subject(clauses: Clauses, text: str, verb: str, name: str, x: str, y: str) -> None:
    assert filled(clauses(text.format(x=x, y=y)), verb, "patient") == [{{"x": x, "y": y}[name]}]


@pairs
@pytest.mark.parametrize(
    ("text", "verb"),
    [("Joining {y} next month will be {x}.", "join"), ("Among those backing {y} is {x}.", "back")],
)
def test_name_behind_the_copula_is_the_agent(clauses: Clauses, text: str, verb: str, x: str, y: str) -> None:
    assert said(clauses(text.format(x=x, y=y)), verb, "agent", "patient") == [({x}, {y})]


@pairs
@pytest.mark.parametrize(
    ("text", "verb", "patient"),
    [
        ("Kwun Labs relisted {y} for {x}.", "relist", "y"),
        ("{x} debanked {y}.", "debank", "y"),
        ("{x} onboarded {y}.", "onboard", "y"),
    ],
)
def test_new_verb_has_its_lemma(clauses: Clauses, text: str, verb: str, patient: str, x: str, y: str) -> None:
    assert any({"x": x, "y": y}[patient] in names for names in filled(clauses(text.format(x=x, y=y)), verb, "patient"))


@pytest.mark.parametrize("verb", ["released", "reduced", "united", "rewrote", "invited"])
def test_known_verb_keeps_its_lemma(clauses: Clauses, verb: str) -> None:
    lemmas = {"released": "release", "reduced": "reduce", "united": "unite", "rewrote": "rewrite", "invited": "invite"}
    assert [c.predicate for c in clauses(f"Kwun Labs {verb} the forms.") if c.kind == "verbs"][:1] in ([lemmas[verb]], ["rewrote"])


@pytest.mark.parametrize(
    "text", ["Is", "Sits: Kwun Labs", "Kwun Labs: grew", "; Kwun Labs, by Tidal Pay.", "Whose? That of Kwun Labs, whose", ": Kwun Labs"]
)
def test_scrap_of_a_sentence_does_no_harm(clauses: Clauses, text: str) -> None:
    assert filled(clauses(text), "acquire", "agent") == []


@pairs
def test_ticker_in_brackets_lists_the_firm(clauses: Clauses, x: str, y: str) -> None:
    assert said(clauses(f"{x} ({y}: TDLP) grew."), "list", "patient", "on") == [({x}, {y})]
    assert said(clauses(f"{x} ({y}) grew."), "list", "patient", "on") == []


@pairs
def test_brackets_behind_a_person_hold_the_house(clauses: Clauses, x: str, y: str) -> None:
    found = clauses(f"Ada Moorhen ({x}) met Wendell Mok ({y}).")
    assert filled(found, "of", "object", "prepositions") == [{x}, {y}]


@pairs
def test_basket_stands_for_what_it_is_made_of(clauses: Clauses, x: str, y: str) -> None:
    assert filled(clauses(f"Lumen Coin tracks a basket made up of {x} and {y}."), "track", "patient") == [{x, y}]


@pairs
@pytest.mark.parametrize("text", ["The arrival in Singapore of {x} pleased {y}.", "The purchase by {y} of {x} is done."])
def test_of_belongs_to_the_noun(clauses: Clauses, text: str, x: str, y: str) -> None:
    found = clauses(text.format(x=x, y=y))
    assert [*filled(found, "arrival", "of", "nouns"), *filled(found, "purchase", "of", "nouns")] == [{x}]


@pairs
@pytest.mark.parametrize(
    "text", ["{x}, {y}, and Orchid Markets, which won a licence, grew.", "{x}, {y} and Orchid Markets, which won a licence, grew."]
)
def test_relative_clause_behind_a_list_is_about_all_of_it(clauses: Clauses, text: str, x: str, y: str) -> None:
    assert filled(clauses(text.format(x=x, y=y)), "win", "agent") == [{x, y, "Orchid Markets"}]


@pairs
def test_relative_clause_is_about_the_nearer_name_with_words_of_its_own(clauses: Clauses, x: str, y: str) -> None:
    assert filled(clauses(f"{x} and its subsidiary {y}, which left the city, grew."), "leave", "agent") == [{y}]


@pairs
def test_list_with_a_comma_before_and_is_the_subject(clauses: Clauses, x: str, y: str) -> None:
    assert filled(clauses(f"{x}, {y}, and Orchid Markets have agreed to form a venture."), "agree", "agent") == [{x, y, "Orchid Markets"}]


POSTS = [
    pytest.param('"The time is right," added Ada Moorhen, chief executive, {x}.', "executive", id="house behind the post"),
    pytest.param("Ada Moorhen, chairman of {y} and CEO of {x}, spoke.", "ceo", id="second post"),
    pytest.param("In a statement, {x}'s CEO and CIO, Ada Moorhen, stressed the plan.", "ceo", id="two posts of a possessor"),
]


@pairs
@pytest.mark.parametrize(("text", "post"), POSTS)
def test_post_has_its_holder_and_its_house(clauses: Clauses, text: str, post: str, x: str, y: str) -> None:
    found = [c for c in clauses(text.format(x=x, y=y)) if (c.kind, c.predicate) == ("is_a", post)]
    houses = {
        e for c in found for role in ("of", "at", "compound", "possessor") for f in c.fillers(role) for m in f.members for e in m.entities
    }
    assert [{e for f in c.fillers("is") for m in f.members for e in m.entities} for c in found] == [{"Ada Moorhen"}]
    assert houses == {x}


@pairs
def test_who_hails_a_launch_has_not_launched(clauses: Clauses, x: str, y: str) -> None:
    assert not any("agent" in c.roles for c in clauses(f"{x} hailed the launch of {y}.") if (c.kind, c.predicate) == ("nouns", "launch"))
    assert filled(clauses(f"{x} announced the launch of {y}."), "launch", "agent", "nouns") == [{x}]


@pairs
def test_source_is_no_argument(clauses: Clauses, x: str, y: str) -> None:
    assert not filled(clauses(f"{x} held 900 coins in custody, according to {y}."), "hold", "to")
