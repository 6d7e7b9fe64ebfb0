"""Confidences are fitted to what gold has judged."""

from itertools import cycle, islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkcrypto.confidence import Reading
from hkcrypto.evaluation.calibration import Case, Prior, choose, cross_validated, expected_error, fit, surprise, table_text

EVEN = Prior(16, 16)


def cases(rule: str, right: int, wrong: int, **steps: int) -> list[Case]:
    """So many cases of a rule, over four documents in turn."""
    reading = Reading(rule.partition(".")[0], rule, 0, steps)
    outcomes = [True] * right + [False] * wrong
    return [Case(f"d{at}", (reading,), is_right) for at, is_right in zip(islice(cycle(range(4)), right + wrong), outcomes, strict=True)]


def test_many_cases_speak_for_themselves() -> None:
    table = fit(cases("owns.have", 30, 270) + cases("owns.hold", 300, 0), EVEN)
    assert table.rules["owns.have"].precision == pytest.approx(0.1, abs=0.03)
    assert (table.rules["owns.have"].right, table.rules["owns.have"].cases) == (30, 300)


def test_few_cases_are_drawn_to_their_relation() -> None:
    table = fit(cases("owns.have", 1, 0) + cases("owns.hold", 60, 40) + cases("bans.ban", 100, 0), EVEN)
    assert table.relations["owns"].precision < table.rules["owns.have"].precision < table.rules["bans.ban"].precision


def test_step_that_errs_lowers() -> None:
    table = fit(cases("owns.have", 95, 5) + cases("owns.have", 60, 40, coreference=1), EVEN)
    assert table.steps["coreference"] == pytest.approx(0.65, abs=0.06)
    assert table.steps["distance"] == 1


def test_step_that_helps_raises_nothing() -> None:
    table = fit(cases("owns.have", 50, 50) + cases("owns.have", 100, 0, distance=1), EVEN)
    assert table.steps["distance"] == 1


def test_second_sentence_leaves_less_doubt() -> None:
    once = cases("owns.have", 80, 20)
    readings = (Reading("owns", "owns.have", 0), Reading("owns", "owns.have", 90))
    table = fit([*once, *(Case("d0", readings, right=True) for _ in range(60))], EVEN)
    assert table.repeated < 0.5
    assert table.best(readings) > table.best(readings[:1])


def test_documents_do_not_judge_themselves() -> None:
    odd = [Case("odd", (Reading("owns", "owns.have", 0),), right=False)] * 40
    found = cross_validated([*cases("owns.have", 100, 0), *odd], Prior(4, 4))
    assert found[-1] > 0.95


def test_prior_is_one_that_surprises_little() -> None:
    rows = cases("owns.have", 90, 10) + cases("bans.ban", 40, 60)
    outcomes = [case.right for case in rows]
    best = surprise(cross_validated(rows, choose(rows)), outcomes)
    assert best <= surprise(cross_validated(rows, Prior(4, 64)), outcomes)


def test_expected_error_is_the_gap_of_a_bin() -> None:
    assert expected_error([0.9, 0.9, 0.2], [True, False, False]) == pytest.approx((0.8 + 0.2) / 3)


def test_right_confidences_have_no_error() -> None:
    assert expected_error([0.75] * 4, [True, True, True, False]) == pytest.approx(0)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1))
def test_expected_error_is_a_share(rows: list[tuple[float, bool]]) -> None:
    assert 0 <= expected_error([value for value, _ in rows], [right for _, right in rows]) <= 1


def test_order_of_cases_does_not_matter() -> None:
    rows = cases("owns.have", 9, 1) + cases("bans.ban", 5, 5, coreference=1)
    assert table_text(fit(rows, EVEN), EVEN, ["gold"]) == table_text(fit(rows[::-1], EVEN), EVEN, ["gold"])
