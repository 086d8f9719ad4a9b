"""The measures against worked numbers, and what must hold of them for any reader."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.kinds.base import Trial
from dateline.learner.measures import COIN, Judgment, brier, calibration, change, discernment, wilson


def reader(caught: int, unsound: int, alarms: int, sound: int) -> list[Trial]:
    return [Trial(False, i < caught) for i in range(unsound)] + [Trial(True, i < alarms) for i in range(sound)]


def test_discernment_with_the_log_linear_correction_by_hand() -> None:
    # 6 of 7 caught and 2 of 5 flagged: rates 6.5/8 and 2.5/6, whose normal quantiles are .8871 and -.2104.
    found = discernment(reader(6, 7, 2, 5))
    assert found.sensitivity == pytest.approx(1.0976, abs=1e-3)
    assert found.lean == pytest.approx(-0.3383, abs=1e-3)


def test_who_flags_everything_and_who_flags_nothing_are_both_at_nought_and_lean_apart() -> None:
    for all_flagged, sign in ((True, -1), (False, 1)):
        found = discernment(reader(6 * all_flagged, 6, 6 * all_flagged, 6))
        assert found.sensitivity == pytest.approx(0)
        assert math.copysign(1, found.lean) == sign


@given(st.integers(0, 9), st.integers(0, 9))
def test_catching_one_more_never_lowers_sensitivity(caught: int, alarms: int) -> None:
    one = discernment(reader(caught, 10, alarms, 10))
    assert discernment(reader(caught + 1, 10, alarms, 10)).sensitivity > one.sensitivity
    assert discernment(reader(caught, 10, alarms + 1, 10)).sensitivity < one.sensitivity


def test_brier_of_a_coin_of_a_knower_and_of_a_fool() -> None:
    assert brier([Judgment(50, True), Judgment(50, False)]) == COIN
    assert brier([Judgment(99, True)]) == pytest.approx(0.0001)
    assert brier([Judgment(99, False)]) == pytest.approx(0.9801)


def test_calibration_counts_each_confidence_apart() -> None:
    rows = calibration([Judgment(85, True), Judgment(85, False), Judgment(50, True)])
    assert [(row.confidence, row.answers, row.right) for row in rows] == [(50, 1, 1), (85, 2, 1)]


def test_wilson_against_published_numbers() -> None:
    # Newcombe (1998), Statistics in Medicine 17, 857-872, table I: 81 of 263 gives .2553 to .3662; 15 of 148 gives .0624 to .1605.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)


def test_change_against_a_published_number() -> None:
    # Newcombe (1998), Statistics in Medicine 17, 873-890, table II: 56 of 70 and 48 of 80 differ by .2, from .0524 to .3339.
    low, high = change((48, 80), (56, 70))
    assert (low, high) == pytest.approx((0.0524, 0.3339), abs=5e-5)


@given(st.integers(0, 12), st.integers(0, 12))
def test_an_interval_holds_the_change_itself_and_stays_in_bounds(before: int, after: int) -> None:
    low, high = change((before, 12), (after, 12))
    assert -1 - 1e-9 <= low <= (after - before) / 12 <= high <= 1 + 1e-9
