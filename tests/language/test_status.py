"""What modality, negation, time and reports make of a predicate."""

from collections.abc import Callable

import pytest

from hkcrypto.language.clause import Clause

Clauses = Callable[[str], list[Clause]]


def statuses(found: list[Clause], kind: str, *predicates: str) -> set[str]:
    return {c.status for c in found if c.kind == kind and c.predicate in predicates}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Kwun Labs acquired Tidal Pay.", "asserted"),
        ("Kwun Labs has acquired Tidal Pay.", "asserted"),
        ("Kwun Labs managed to acquire Tidal Pay.", "asserted"),
        ("Kwun Labs said it had acquired Tidal Pay.", "asserted"),
        ("Kwun Labs without doubt acquired Tidal Pay.", "asserted"),
        ("Kwun Labs did not fail to acquire Tidal Pay.", "asserted"),
        ("Kwun Labs will acquire Tidal Pay.", "planned"),
        ("Kwun Labs would acquire Tidal Pay.", "planned"),
        ("Kwun Labs seeks approval to acquire Tidal Pay.", "planned"),
        ("Kwun Labs was given the go-ahead to acquire Tidal Pay.", "planned"),
        ("Kwun Labs claims to have acquired Tidal Pay.", "possible"),
        ("Kwun Labs has paused its plan to acquire Tidal Pay.", "ended"),
        ("Kwun Labs plans to acquire Tidal Pay.", "planned"),
        ("Kwun Labs is planning on acquiring Tidal Pay.", "planned"),
        ("Kwun Labs is set to acquire Tidal Pay.", "planned"),
        ("Kwun Labs is to acquire Tidal Pay in May.", "planned"),
        ("Kwun Labs will use its cash to acquire Tidal Pay.", "planned"),
        ("Kwun Labs has yet to acquire Tidal Pay.", "negated"),
        ("At no time has Kwun Labs acquired Tidal Pay.", "negated"),
        ("Neither Kwun Labs nor Orchid Markets acquired Tidal Pay.", "negated"),
        ("Kwun Labs is expected to acquire Tidal Pay.", "planned"),
        ("Kwun Labs has agreed to acquire Tidal Pay.", "planned"),
        ("Kwun Labs's plan to acquire Tidal Pay surprised investors.", "planned"),
        ("Tidal Pay to be acquired by Kwun Labs", "planned"),
        ("Kwun Labs may acquire Tidal Pay.", "possible"),
        ("Kwun Labs could acquire Tidal Pay.", "possible"),
        ("Kwun Labs is considering acquiring Tidal Pay.", "possible"),
        ("Kwun Labs is mulling a bid to acquire Tidal Pay.", "possible"),
        ("Kwun Labs is in talks to acquire Tidal Pay.", "possible"),
        ("Kwun Labs is likely to acquire Tidal Pay.", "possible"),
        ("Kwun Labs reportedly acquired Tidal Pay.", "possible"),
        ("Kwun Labs is said to have acquired Tidal Pay.", "possible"),
        ("Sources say Kwun Labs acquired Tidal Pay.", "possible"),
        ("If Kwun Labs acquired Tidal Pay, it would grow.", "possible"),
        ("Kwun Labs did not acquire Tidal Pay.", "negated"),
        ("Kwun Labs didn’t acquire Tidal Pay.", "negated"),
        ("Kwun Labs never acquired Tidal Pay.", "negated"),
        ("Kwun Labs cannot acquire Tidal Pay.", "negated"),
        ("No firm acquired Tidal Pay.", "negated"),
        ("Kwun Labs refused to acquire Tidal Pay.", "negated"),
        ("Kwun Labs failed to acquire Tidal Pay.", "negated"),
        ("Kwun Labs denied that it acquired Tidal Pay.", "negated"),
        ("Kwun Labs denied acquiring Tidal Pay.", "negated"),
        ("Kwun Labs abandoned its plan to acquire Tidal Pay.", "negated"),
        ("Kwun Labs said it would not acquire Tidal Pay.", "negated"),
        ("The SFC barred Kwun Labs from acquiring Tidal Pay.", "negated"),
    ],
)
def test_status_of_an_act(clauses: Clauses, text: str, status: str) -> None:
    assert statuses(clauses(text), "verbs", "acquire") == {status}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Kwun Labs owns Tidal Pay.", "asserted"),
        ("Kwun Labs no longer owns Tidal Pay.", "ended"),
        ("Kwun Labs does not own Tidal Pay any longer.", "ended"),
        ("Kwun Labs used to own Tidal Pay.", "ended"),
        ("Kwun Labs formerly owned Tidal Pay.", "ended"),
        ("Kwun Labs stopped serving Tidal Pay.", "ended"),
        ("Kwun Labs ceased to serve Tidal Pay.", "ended"),
        ("Kwun Labs serves Tidal Pay.", "asserted"),
    ],
)
def test_status_of_a_state(clauses: Clauses, text: str, status: str) -> None:
    assert statuses(clauses(text), "verbs", "own", "serve") == {status}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Ada Moorhen is chairwoman of Kwun Labs.", "asserted"),
        ("Ada Moorhen, chairwoman of Kwun Labs, did not speak.", "asserted"),
        ("Ada Moorhen is not the chairwoman of Kwun Labs.", "negated"),
        ("Ada Moorhen was chairwoman of Kwun Labs.", "ended"),
        ("Ada Moorhen is a former chairwoman of Kwun Labs.", "ended"),
        ("Former Kwun Labs chairwoman Ada Moorhen spoke.", "ended"),
        ("Ada Moorhen is no longer chairwoman of Kwun Labs.", "ended"),
        ("Ada Moorhen stepped down as chairwoman of Kwun Labs.", "ended"),
    ],
)
def test_status_of_a_post(clauses: Clauses, text: str, status: str) -> None:
    assert statuses(clauses(text), "is_a", "chairwoman") == {status}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The acquisition of Tidal Pay by Kwun Labs is done.", "asserted"),
        ("The proposed acquisition of Tidal Pay by Kwun Labs is big.", "planned"),
        ("The possible acquisition of Tidal Pay by Kwun Labs is big.", "possible"),
        ("The failed acquisition of Tidal Pay by Kwun Labs was big.", "negated"),
    ],
)
def test_status_of_an_event_noun(clauses: Clauses, text: str, status: str) -> None:
    assert statuses(clauses(text), "nouns", "acquisition") == {status}


@pytest.mark.parametrize(
    "text",
    [
        "Kwun Labs, which does not pay rent, acquired Tidal Pay.",
        "Kwun Labs did not hire staff but acquired Tidal Pay.",
        "Kwun Labs may grow, and Orchid Markets acquired Tidal Pay.",
        "Kwun Labs acquired Tidal Pay, which will grow.",
    ],
)
def test_status_stays_inside_its_clause(clauses: Clauses, text: str) -> None:
    assert statuses(clauses(text), "verbs", "acquire") == {"asserted"}


@pytest.mark.parametrize(
    "text", ["Kwun Labs did not say whether it would acquire Tidal Pay.", "Kwun Labs asked whether Orchid Markets acquired Tidal Pay."]
)
def test_open_question_states_nothing(clauses: Clauses, text: str) -> None:
    assert statuses(clauses(text), "verbs", "acquire") == set()


def test_coordinated_verbs_share_their_modal(clauses: Clauses) -> None:
    assert statuses(clauses("Kwun Labs will acquire Tidal Pay and close Orchid Markets."), "verbs", "acquire", "close") == {"planned"}


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Kwun Labs will acquire Tidal Pay.", "will"),
        ("Kwun Labs refused to acquire Tidal Pay.", "refused"),
        ("Kwun Labs reportedly acquired Tidal Pay.", "reportedly"),
        ("Kwun Labs acquired Tidal Pay.", None),
    ],
)
def test_cue_is_the_word_that_set_the_status(clauses: Clauses, text: str, cue: str | None) -> None:
    found = next(c for c in clauses(text) if c.predicate == "acquire")
    assert (found.cue.text if found.cue else None) == cue


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Kwun Labs is subject to crypto trading.", "asserted"),
        ("Kwun Labs is not subject to crypto trading.", "negated"),
        ("Kwun Labs will be subject to crypto trading.", "planned"),
        ("Kwun Labs may be subject to crypto trading.", "possible"),
    ],
)
def test_predicate_adjective_takes_the_status_of_its_copula(clauses: Clauses, text: str, status: str) -> None:
    assert statuses(clauses(text), "is_a", "subject") == {status}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        pytest.param("Kwun Labs opens in Singapore on 3 June.", "planned", id="day to come"),
        pytest.param("Kwun Labs opens in Singapore on Saturday.", "planned", id="weekday"),
        pytest.param("Kwun Labs is opening in Singapore next month.", "planned", id="progressive"),
        pytest.param("Kwun Labs opens in Singapore.", "asserted", id="no day"),
        pytest.param("Kwun Labs opened in Singapore on 3 June.", "asserted", id="past"),
        pytest.param("Kwun Labs is going to open in Singapore.", "planned", id="going to"),
        pytest.param("Did Kwun Labs open in Singapore?", "", id="question"),
        pytest.param("Why has Kwun Labs opened in Singapore?", "asserted", id="question that takes it for granted"),
        pytest.param("Could Kwun Labs have opened in Singapore?", "possible", id="question of what may be"),
        pytest.param("Tidal Pay has not grown, nor has Kwun Labs opened in Singapore.", "negated", id="nor"),
    ],
)
def test_day_or_question_sets_the_status(clauses: Clauses, text: str, status: str) -> None:
    assert statuses(clauses(text), "verbs", "open") == ({status} if status else set())


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The merger of Kwun Labs and Tidal Pay is to be completed in May.", "planned"),
        ("The merger of Kwun Labs and Tidal Pay was completed in May.", "asserted"),
    ],
)
def test_event_that_is_to_be_lies_ahead(clauses: Clauses, text: str, status: str) -> None:
    assert statuses(clauses(text), "nouns", "merger") == {status}


@pytest.mark.parametrize(("adverb", "status"), [("then", "ended"), ("now", "asserted")])
def test_unit_of_then_is_none_now(clauses: Clauses, adverb: str, status: str) -> None:
    assert statuses(clauses(f"Kwun Labs, {adverb} a unit of Tidal Pay, grew."), "is_a", "unit") == {status}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Kwun Labs's partnership with Tidal Pay will help users.", "asserted"),
        ("Through a partnership with Tidal Pay, Kwun Labs now allows users to pay.", "asserted"),
        ("Kwun Labs's partnership with Tidal Pay will be signed in May.", "planned"),
        ("Kwun Labs plans a partnership with Tidal Pay.", "planned"),
    ],
)
def test_partnership_stands_whatever_it_will_bring(clauses: Clauses, text: str, status: str) -> None:
    assert statuses(clauses(text), "nouns", "partnership") == {status}
