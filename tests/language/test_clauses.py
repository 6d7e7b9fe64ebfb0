"""Every way of saying something comes out as the same predicate with the same roles."""

from collections.abc import Callable

import pytest

from hkcrypto.language.clause import Clause

Clauses = Callable[[str], list[Clause]]


def roles(clauses: list[Clause], kind: str, predicate: str, *names: str) -> list[dict[str, set[str]]]:
    """The names that fill the asked-for roles, for each clause of this predicate."""
    return [
        {name: found for name in names if (found := {m.entities[0] for filler in clause.fillers(name) for m in filler.members})}
        for clause in clauses
        if (clause.kind, clause.predicate) == (kind, predicate)
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Kwun Labs acquired Tidal Pay.", id="active"),
        pytest.param("Tidal Pay was acquired by Kwun Labs.", id="passive"),
        pytest.param("Tidal Pay is being acquired by Kwun Labs.", id="progressive passive"),
        pytest.param("Tidal Pay, acquired by Kwun Labs in May, is growing.", id="reduced passive behind"),
        pytest.param("Acquired by Kwun Labs, Tidal Pay is growing.", id="reduced passive in front"),
        pytest.param("Kwun Labs, which acquired Tidal Pay, is growing.", id="relative subject"),
        pytest.param("Tidal Pay, which Kwun Labs acquired, is growing.", id="relative object"),
        pytest.param("Tidal Pay, which was acquired by Kwun Labs, is growing.", id="relative passive"),
        pytest.param("Kwun Labs, having acquired Tidal Pay, is growing.", id="participle behind"),
        pytest.param("Having acquired Tidal Pay, Kwun Labs is growing.", id="participle in front"),
        pytest.param("Kwun Labs plans to acquire Tidal Pay.", id="infinitive"),
        pytest.param("Kwun Labs considers acquiring Tidal Pay.", id="gerund"),
        pytest.param("The SFC ordered Kwun Labs to acquire Tidal Pay.", id="object control"),
        pytest.param("Kwun Labs hired staff and acquired Tidal Pay.", id="coordinated verb"),
        pytest.param("Kwun Labs acquired and closed Tidal Pay.", id="shared object"),
        pytest.param("Kwun Labs acquired three firms, including Tidal Pay.", id="including"),
        pytest.param("Kwun Labs, not Orchid Markets, acquired Tidal Pay.", id="excluded subject"),
        pytest.param("Kwun Labs acquires Tidal Pay", id="headline"),
        pytest.param("Kwun Labs Acquires Its Former Rival Tidal Pay", id="headline in title case"),
        pytest.param("Kwun Labs is due to acquire Tidal Pay.", id="adjective"),
        pytest.param("Kwun Labs acquired a firm called Tidal Pay.", id="called"),
        pytest.param("Tidal Pay has since May been acquired by Kwun Labs.", id="date between auxiliaries"),
        pytest.param("Kwun Labs acquired its last rival: Tidal Pay.", id="colon"),
        pytest.param("Among the firms that acquired Tidal Pay is Kwun Labs.", id="among"),
    ],
)
def test_verb_has_the_same_roles_in_every_construction(clauses: Clauses, text: str) -> None:
    assert roles(clauses(text), "verbs", "acquire", "agent", "patient") == [{"agent": {"Kwun Labs"}, "patient": {"Tidal Pay"}}]


@pytest.mark.parametrize(
    ("text", "predicate", "role"),
    [
        ("The SFC barred Kwun Labs from buying Tidal Pay.", "bar", "from.patient"),
        ("Kwun Labs made Tidal Pay available to clients.", "make available", "patient"),
        ("Shares totalling HK$8 million were bought by Tidal Pay.", "buy", "agent"),
        ("Admitted to the sandbox was Tidal Pay.", "admit", "patient"),
    ],
)
def test_name_is_found_in_its_role(clauses: Clauses, text: str, predicate: str, role: str) -> None:
    assert {role: {"Tidal Pay"}} in roles(clauses(text), "verbs", predicate, role)


@pytest.mark.parametrize(
    ("text", "agents", "patients"),
    [
        ("Kwun Labs and Orchid Markets acquired Tidal Pay.", {"Kwun Labs", "Orchid Markets"}, {"Tidal Pay"}),
        ("Kwun Labs acquired Tidal Pay and Orchid Markets.", {"Kwun Labs"}, {"Tidal Pay", "Orchid Markets"}),
        ("Kwun Labs acquired firms such as Tidal Pay and Orchid Markets.", {"Kwun Labs"}, {"Tidal Pay", "Orchid Markets"}),
        ("Kwun Labs acquired two firms: Tidal Pay and Orchid Markets.", {"Kwun Labs"}, {"Tidal Pay", "Orchid Markets"}),
        ("Neither Kwun Labs nor Orchid Markets acquired Tidal Pay.", {"Kwun Labs", "Orchid Markets"}, {"Tidal Pay"}),
    ],
)
def test_coordination_fills_a_role_with_every_member(clauses: Clauses, text: str, agents: set[str], patients: set[str]) -> None:
    assert roles(clauses(text), "verbs", "acquire", "agent", "patient") == [{"agent": agents, "patient": patients}]


@pytest.mark.parametrize(
    "text",
    [
        "Kwun Labs grew when Orchid Markets acquired Tidal Pay.",
        "Kwun Labs said Orchid Markets acquired Tidal Pay.",
        "Kwun Labs met Orchid Markets, which acquired Tidal Pay.",
        "Orchid Markets acquired Tidal Pay, and Kwun Labs grew.",
    ],
)
def test_verb_takes_no_role_from_another_clause(clauses: Clauses, text: str) -> None:
    assert roles(clauses(text), "verbs", "acquire", "agent", "patient") == [{"agent": {"Orchid Markets"}, "patient": {"Tidal Pay"}}]


def test_passive_without_agent_leaves_it_open(clauses: Clauses) -> None:
    assert roles(clauses("Tidal Pay was acquired in May."), "verbs", "acquire", "agent", "patient") == [{"patient": {"Tidal Pay"}}]


@pytest.mark.parametrize("text", ["Kwun Labs has taken over Tidal Pay.", "Kwun Labs took Tidal Pay over."])
def test_particle_belongs_to_the_verb(clauses: Clauses, text: str) -> None:
    assert roles(clauses(text), "verbs", "take over", "agent", "patient") == [{"agent": {"Kwun Labs"}, "patient": {"Tidal Pay"}}]


@pytest.mark.parametrize("text", ["The SFC granted Kwun Labs a licence.", "The SFC gave Kwun Labs a licence."])
def test_second_object_is_the_recipient(clauses: Clauses, text: str) -> None:
    verb = "grant" if "grant" in text else "give"
    assert roles(clauses(text), "verbs", verb, "agent", "recipient") == [{"agent": {"SFC"}, "recipient": {"Kwun Labs"}}]


def test_subject_of_a_passive_with_an_object_is_the_recipient(clauses: Clauses) -> None:
    found = roles(clauses("Kwun Labs was granted a licence by the SFC."), "verbs", "grant", "by", "patient", "recipient")
    assert found == [{"by": {"SFC"}, "recipient": {"Kwun Labs"}}]


@pytest.mark.parametrize(
    "text",
    [
        "Kwun Labs applied to the HKMA for a licence.",
        "Kwun Labs, having applied to the HKMA, is waiting.",
        "Kwun Labs will apply to the HKMA.",
    ],
)
def test_preposition_is_a_role(clauses: Clauses, text: str) -> None:
    assert roles(clauses(text), "verbs", "apply", "agent", "to") == [{"agent": {"Kwun Labs"}, "to": {"HKMA"}}]


def test_preposition_behind_the_object_is_offered_to_the_verb(clauses: Clauses) -> None:
    found = roles(clauses("Kwun Labs won a licence from the SFC."), "verbs", "win", "agent", "from")
    assert found == [{"agent": {"Kwun Labs"}, "from": {"SFC"}}]


def test_dotted_role_looks_inside_a_noun(clauses: Clauses) -> None:
    assert roles(clauses("Kwun Labs won an SFC licence."), "verbs", "win", "patient.compound") == [{"patient.compound": {"SFC"}}]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kwun Labs completed its acquisition of Tidal Pay.", {"possessor": {"Kwun Labs"}, "of": {"Tidal Pay"}, "agent": {"Kwun Labs"}}),
        ("Kwun Labs's acquisition of Tidal Pay is done.", {"possessor": {"Kwun Labs"}, "of": {"Tidal Pay"}}),
        ("The acquisition of Tidal Pay by Kwun Labs is done.", {"by": {"Kwun Labs"}, "of": {"Tidal Pay"}}),
        ("Kwun Labs announced the acquisition of Tidal Pay.", {"agent": {"Kwun Labs"}, "of": {"Tidal Pay"}}),
    ],
)
def test_event_noun_has_roles_of_its_own_and_of_its_verb(clauses: Clauses, text: str, expected: dict[str, set[str]]) -> None:
    assert roles(clauses(text), "nouns", "acquisition", "possessor", "by", "of", "agent") == [expected]


def test_event_noun_takes_what_stands_behind_a_second_noun(clauses: Clauses) -> None:
    found = roles(clauses("Kwun Labs's application for a licence from the SFC is pending."), "nouns", "application", "possessor", "from")
    assert found == [{"possessor": {"Kwun Labs"}, "from": {"SFC"}}]


def test_event_noun_has_both_sides_of_between(clauses: Clauses) -> None:
    found = roles(clauses("A partnership between Kwun Labs and Tidal Pay is over."), "nouns", "partnership", "between")
    assert found == [{"between": {"Kwun Labs", "Tidal Pay"}}]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        pytest.param("Kwun Labs is a unit of Tidal Pay.", "of", id="copula"),
        pytest.param("Kwun Labs, a unit of Tidal Pay, is growing.", "of", id="apposition"),
        pytest.param("Tidal Pay's unit Kwun Labs is growing.", "possessor", id="possessor before"),
        pytest.param("Tidal Pay unit Kwun Labs is growing.", "compound", id="name before"),
    ],
)
def test_description_says_what_a_firm_is(clauses: Clauses, text: str, role: str) -> None:
    assert roles(clauses(text), "is_a", "unit", "is", role) == [{"is": {"Kwun Labs"}, role: {"Tidal Pay"}}]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        pytest.param("Ada Moorhen is the chairwoman of Kwun Labs.", "of", id="copula"),
        pytest.param("Ada Moorhen, chairwoman of Kwun Labs, spoke.", "of", id="apposition"),
        pytest.param("Ada Moorhen, Kwun Labs's chairwoman, spoke.", "possessor", id="apposition with possessor"),
        pytest.param("Kwun Labs chairwoman Ada Moorhen spoke.", "compound", id="title"),
        pytest.param("Kwun Labs's chairwoman Ada Moorhen spoke.", "possessor", id="title with possessor"),
        pytest.param("Kwun Labs's chairwoman, Ada Moorhen, spoke.", "possessor", id="name in apposition"),
        pytest.param("Ada Moorhen was named chairwoman of Kwun Labs.", "of", id="appointment"),
        pytest.param("Ada Moorhen serves as chairwoman of Kwun Labs.", "of", id="as"),
    ],
)
def test_title_belongs_to_a_person_and_a_body(clauses: Clauses, text: str, role: str) -> None:
    assert roles(clauses(text), "is_a", "chairwoman", "is", role) == [{"is": {"Ada Moorhen"}, role: {"Kwun Labs"}}]


@pytest.mark.parametrize("text", ["Ada Moorhen met the chairwoman of Kwun Labs.", "Ada Moorhen thanked Kwun Labs and its chairwoman."])
def test_title_of_somebody_else_belongs_to_nobody(clauses: Clauses, text: str) -> None:
    assert roles(clauses(text), "is_a", "chairwoman", "is") == []


def test_possessive_joins_two_names(clauses: Clauses) -> None:
    found = roles(clauses("Kwun Labs's Tidal Pay is growing."), "possessive", "'s", "possessor", "head")
    assert found == [{"possessor": {"Kwun Labs"}, "head": {"Tidal Pay"}}]


def test_possessive_of_a_noun_joins_no_names(clauses: Clauses) -> None:
    assert roles(clauses("Kwun Labs's staff met Tidal Pay."), "possessive", "'s", "possessor", "head") == []


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("Hong Kong-based Kwun Labs is growing.", "base", {"patient": {"Kwun Labs"}, "in": {"Hong Kong"}}),
        ("Tidal Pay-backed Kwun Labs is growing.", "back", {"patient": {"Kwun Labs"}, "agent": {"Tidal Pay"}}),
        ("SFC-licensed Kwun Labs is growing.", "license", {"patient": {"Kwun Labs"}, "agent": {"SFC"}}),
        ("Kwun Labs, backed by Tidal Pay, is growing.", "back", {"patient": {"Kwun Labs"}, "agent": {"Tidal Pay"}}),
        ("Backed by Tidal Pay, Kwun Labs is growing.", "back", {"patient": {"Kwun Labs"}, "agent": {"Tidal Pay"}}),
    ],
)
def test_compound_participle_is_a_passive(clauses: Clauses, text: str, verb: str, expected: dict[str, set[str]]) -> None:
    assert roles(clauses(text), "verbs", verb, "patient", "agent", "in") == [expected]


def test_place_before_a_description_is_no_subject(clauses: Clauses) -> None:
    found = clauses("The Hong Kong exchange Kwun Labs is growing.")
    assert roles(found, "verbs", "grow", "agent") == [{"agent": {"Kwun Labs"}}]
    assert roles(found, "is_a", "exchange", "is", "compound") == [{"is": {"Kwun Labs"}, "compound": {"Hong Kong"}}]


def test_pronoun_fills_a_role_with_its_antecedent(clauses: Clauses) -> None:
    found = roles(clauses("Kwun Labs grew. It acquired Tidal Pay."), "verbs", "acquire", "agent", "patient")
    assert found == [{"agent": {"Kwun Labs"}, "patient": {"Tidal Pay"}}]
