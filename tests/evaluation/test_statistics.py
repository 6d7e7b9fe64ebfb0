import pytest

from hkcrypto.evaluation.statistics import intervals, macro, paired_p
from hkcrypto.evaluation.tally import Tally

MIXED = [{"entity": Tally(8, 2, place)} for place in range(20)]


def test_intervals_hold_the_figure() -> None:
    low, high = intervals(MIXED, "entity")["recall"]
    assert low < 160 / (160 + 190) < high


def test_intervals_are_the_same_each_time() -> None:
    assert intervals(MIXED, "entity") == intervals(MIXED, "entity")


def test_intervals_of_equal_documents_are_points() -> None:
    assert intervals([{"entity": Tally(1, 1, 0)}] * 5, "entity")["precision"] == (0.5, 0.5)


def test_intervals_of_nothing_are_zero() -> None:
    assert intervals([{}, {}], "entity")["f1"] == (0, 0)


def test_intervals_pass_over_resamples_without_the_figure() -> None:
    assert intervals([{"entity": Tally(2, 0, 0)}, {}, {}], "entity")["f1"] == (1, 1)


def test_paired_p_of_a_system_with_itself_is_one() -> None:
    assert paired_p(MIXED, MIXED, "entity") == 1


def test_paired_p_of_a_steady_difference_is_small() -> None:
    better = [{"entity": Tally(9, 1, tallies["entity"].fn)} for tallies in MIXED]
    assert paired_p(better, MIXED, "entity") < 0.01


def test_paired_p_of_a_single_lucky_document_is_large() -> None:
    lucky = [{"entity": Tally(10, 0, 0)}, *MIXED[1:]]
    assert paired_p(lucky, MIXED, "entity") > 0.2


def test_paired_p_does_not_depend_on_the_order() -> None:
    better = [{"entity": Tally(9, 2, place)} for place in range(20)]
    assert paired_p(better, MIXED, "entity") == paired_p(MIXED, better, "entity")


def test_macro_is_the_mean_of_what_has_counted() -> None:
    assert macro([Tally(1, 0, 0), Tally(1, 1, 1), Tally()]) == pytest.approx({"precision": 0.75, "recall": 0.75, "f1": 0.75})
