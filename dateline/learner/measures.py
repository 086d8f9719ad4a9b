"""Measures of judgment: telling sound from unsound, how well confidence fits, and how far chance alone could go. Pure functions."""

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

from dateline.kinds.base import Trial

COIN = 0.25
"""The Brier score of always saying 50 %."""
CERTAINTY = 1.959964
"""Standard deviations that hold 95 % of a normal distribution."""


class Judgment(NamedTuple):
    """One answer with a confidence: percent that it is right, and whether it was."""

    confidence: int
    right: bool


class Discernment(NamedTuple):
    """How many of the unsound sentences were flagged, how many of the sound ones, and the two measures apart.

    `sensitivity` (d′) says how well sound and unsound are told apart; 0 is not at all. `lean` (c) says which way the reader errs:
    below 0 towards suspicion, above 0 towards trust.
    """

    caught: int
    unsound: int
    alarms: int
    sound: int
    sensitivity: float
    lean: float


def discernment(trials: Sequence[Trial]) -> Discernment:
    """Signal detection with the log-linear correction: half a flag is added to each kind, and one sentence.

    Sources: Green DM and Swets JA (1966), Signal Detection Theory; Hautus MJ (1995), Behavior Research Methods 27, 46-51.
    """
    unsound = [trial for trial in trials if not trial.sound]
    sound = [trial for trial in trials if trial.sound]
    caught, alarms = sum(trial.flagged for trial in unsound), sum(trial.flagged for trial in sound)
    return discernment_of(caught, len(unsound), alarms, len(sound))


def discernment_of(caught: int, unsound: int, alarms: int, sound: int) -> Discernment:
    """The same from counts: unsound sentences that were flagged, unsound ones, sound ones that were flagged, sound ones."""
    from statistics import NormalDist  # brings fractions and decimals along, which no lesson's first line needs

    hit = NormalDist().inv_cdf((caught + 0.5) / (unsound + 1))
    alarm = NormalDist().inv_cdf((alarms + 0.5) / (sound + 1))
    return Discernment(caught, unsound, alarms, sound, hit - alarm, -(hit + alarm) / 2)


def brier(judgments: Sequence[Judgment]) -> float:
    """The mean of (confidence - right)²: 0 is best, and always saying 50 % gives .25.

    Source: Brier GW (1950), Monthly Weather Review 78, 1-3.
    """
    return sum((judgment.confidence / 100 - judgment.right) ** 2 for judgment in judgments) / len(judgments)


class Level(NamedTuple):
    """The judgments of one confidence: how many answers, how many right, and the 95 % interval of the share right (0 to 1)."""

    confidence: int
    answers: int
    right: int
    low: float
    high: float


def calibration(judgments: Sequence[Judgment]) -> list[Level]:
    """One row for each confidence that was used, lowest first."""
    levels = []
    for confidence in sorted({judgment.confidence for judgment in judgments}):
        inside = [judgment.right for judgment in judgments if judgment.confidence == confidence]
        levels.append(Level(confidence, len(inside), sum(inside), *wilson(sum(inside), len(inside))))
    return levels


def wilson(right: int, count: int) -> tuple[float, float]:
    """The 95 % interval of a share of `right` in `count` (0 to 1). Source: Wilson EB (1927), JASA 22, 209-212."""
    share, square = right / count, CERTAINTY**2
    middle = (share + square / (2 * count)) / (1 + square / count)
    half = CERTAINTY / (1 + square / count) * sqrt(share * (1 - share) / count + square / (4 * count**2))
    return middle - half, middle + half


def change(before: tuple[int, int], after: tuple[int, int]) -> tuple[float, float]:
    """The 95 % interval of the change between two shares (right, count), from -1 to 1.

    Source: Newcombe RG (1998), Statistics in Medicine 17, 873-890, method 10.
    """
    (low1, high1), (low2, high2) = wilson(*before), wilson(*after)
    share1, share2 = before[0] / before[1], after[0] / after[1]
    moved = share2 - share1
    return moved - sqrt((share2 - low2) ** 2 + (high1 - share1) ** 2), moved + sqrt((high2 - share2) ** 2 + (share1 - low1) ** 2)
