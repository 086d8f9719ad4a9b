"""The measures against numbers worked out apart from the code."""

import pytest

from dateline.kinds.base import Trial
from dateline.learner.measures import Judgment, brier, calibration, change, discernment, wilson


@pytest.mark.parametrize(
    ("caught", "unsound", "alarms", "sound", "sensitivity", "lean"),
    [
        (2, 2, 0, 1, 1.642, -0.146),
        (1, 2, 1, 1, -0.674, -0.337),
        (0, 2, 0, 1, -0.293, 0.821),
        (1, 1, 0, 1, 1.349, 0.0),
        (2, 2, 1, 1, 0.293, -0.821),
        (0, 2, 1, 1, -1.642, 0.146),
    ],
)
def test_discernment(caught: int, unsound: int, alarms: int, sound: int, sensitivity: float, lean: float) -> None:
    trials = [Trial(False, n < caught) for n in range(unsound)] + [Trial(True, n < alarms) for n in range(sound)]
    found = discernment(trials)
    assert found[:4] == (caught, unsound, alarms, sound)
    assert found[4:] == pytest.approx((sensitivity, lean), abs=6e-4)


@pytest.mark.parametrize(
    ("judgments", "score"),
    [([(100, True)], 0.0), ([(100, False)], 1.0), ([(70, True)], 0.09), ([(70, False), (70, True)], 0.29), ([(0, False), (0, True)], 0.5)],
)
def test_brier(judgments: list[tuple[int, bool]], score: float) -> None:
    assert brier([Judgment(*one) for one in judgments]) == pytest.approx(score)


@pytest.mark.parametrize(
    ("right", "count", "low", "high"),
    [(5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (15, 20, 0.5313, 0.8881), (0, 1, 0.0, 0.7935), (2, 3, 0.2077, 0.9385)],
)
def test_wilson(right: int, count: int, low: float, high: float) -> None:
    assert wilson(right, count) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("before", "after", "low", "high"),
    [((5, 12), (12, 12), 0.225, 0.8067), ((5, 12), (6, 12), -0.2775, 0.4158), ((10, 12), (5, 12), -0.6701, -0.031)],
)
def test_change(before: tuple[int, int], after: tuple[int, int], low: float, high: float) -> None:
    assert change(before, after) == pytest.approx((low, high), abs=5e-5)


def test_calibration_has_a_row_for_each_confidence_with_its_interval() -> None:
    given = [Judgment(85, True), Judgment(70, False), Judgment(85, True), Judgment(85, False), Judgment(70, True)]
    [low, high] = calibration(given)
    assert low[:3] == (70, 2, 1)
    assert high[:3] == (85, 3, 2)
    assert high[3:] == pytest.approx((0.2077, 0.9385), abs=5e-5)
    assert calibration([]) == []
