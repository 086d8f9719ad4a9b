"""What a class did, question by question: how hard each was, whether it tells strong from weak, and which wrong answers were chosen.

One pass over the papers, in blocks; what is kept of each question is sums, so a class of a hundred thousand takes no more memory than one
of ten. What counts is the first answer, before any feedback.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from dateline.classroom.counting import Counting
from dateline.classroom.grade import UNSAID, Chosen, Course
from dateline.classroom.results import Packed, Results
from dateline.evidence.misconceptions import misconceptions
from dateline.kinds import Key, Question, grade, kind_of, solved
from dateline.kinds.base import Chosen as Told
from dateline.learner.measures import Discernment, discernment_of

FEW = 10
"""Answers below which a discrimination says nothing."""
HARD, EASY = 0.25, 0.75
"""Between these shares of points a class is divided; below the first a question is hard for nearly everybody."""
LEANS = 0.25
"""From this lean (c) on a learner leans one way."""
CHOICES = 3
"""The most chosen answers that are shown."""


class Choice(msgspec.Struct, frozen=True):
    """An answer to one part of a question: its words, whether it is right, half, not or neither, and how many gave it."""

    words: str
    sign: str
    learners: int


class Item(msgspec.Struct, frozen=True):
    """One question: answers, the mean of its points (difficulty, 0 to 1), and its discrimination, if there are enough answers.

    `at` is the part that most had wrong, `right` the right answers to it with their reason, `chosen` what was most chosen there.
    """

    place: int
    question: Question
    lesson: str
    answers: int
    difficulty: float
    discrimination: float | None
    at: str = ""
    right: tuple[Told, ...] = ()
    chosen: tuple[Choice, ...] = ()


class Belief(msgspec.Struct, frozen=True):
    """A named misconception: how many learners showed it at least once, of those who could have, and what to think instead."""

    name: str
    better: str
    learners: int
    of: int


class Analysis(msgspec.Struct, frozen=True):
    """A class of `learners`: its questions in reading order, its beliefs, its discernment, and its judgments.

    `leans` counts learners who lean to suspicion, to neither side, to trust; `sure` has for each confidence the answers and the right ones.
    """

    learners: int
    items: tuple[Item, ...]
    beliefs: tuple[Belief, ...]
    discernment: Discernment | None
    leans: tuple[int, int, int]
    sure: dict[int, tuple[int, int]]


class Sums:
    """Sums over papers, of the questions that count: answers, their points x, the mean r of the others, and the products of both."""

    def __init__(self, course: Course, counting: Counting, choices: dict[int, Chosen]) -> None:
        self.places = sorted(counting.places)
        self.asked = [course.asked[place] for place in self.places]
        self.fixed = np.array([one.key is not None and kind_of(one.question).is_fixed(one.question, one.key) for one in self.asked])
        self.n, self.x, self.xx, self.r, self.rr, self.xr = (np.zeros(len(self.places)) for _ in range(6))
        self.sure, self.right = np.zeros(256, dtype=np.int64), np.zeros(256, dtype=np.int64)
        self.learners = 0
        self.beliefs = list(misconceptions())
        shown = [kind_of(one.question).can_show(one.key) if one.key is not None else set() for one in self.asked]
        self.offers = np.array([[name in slips for slips in shown] for name in self.beliefs])
        self.could, self.did = np.zeros(len(self.beliefs), dtype=np.int64), np.zeros(len(self.beliefs), dtype=np.int64)
        self.trials = np.zeros(4, dtype=np.int64)
        self.leans = [0, 0, 0]
        size = max(choices, default=0) + 1
        self.chosen = np.zeros(size, dtype=np.int64)
        self.trial, self.belief = _codes(counting, choices, size)

    def add(self, block: Sequence[Packed]) -> None:
        """Add some papers."""
        points = np.stack([np.frombuffer(one.first, dtype=np.float32) for one in block])[:, self.places].astype(np.float64)
        given = ~np.isnan(points)
        points = np.where(given, points, 0.0)
        others = given.sum(axis=1, keepdims=True) - 1
        rest = np.where(given & (others > 0), (points.sum(axis=1, keepdims=True) - points) / np.maximum(others, 1), 0.0)
        self.learners += int(given.any(axis=1).sum())
        self.n += given.sum(axis=0)
        self.x, self.xx = self.x + points.sum(axis=0), self.xx + (points**2).sum(axis=0)
        self.r, self.rr, self.xr = self.r + rest.sum(axis=0), self.rr + (rest**2).sum(axis=0), self.xr + (points * rest).sum(axis=0)
        self._judgments(np.stack([np.frombuffer(one.sure, dtype=np.uint8) for one in block])[:, self.places], points, given)
        self._choices([np.frombuffer(one.chosen, dtype=np.uint32) for one in block], given)

    def _judgments(self, sure: NDArray[np.uint8], points: NDArray[np.float64], given: NDArray[np.bool_]) -> None:
        judged = given & self.fixed & (sure != UNSAID)
        self.sure += np.bincount(sure[judged], minlength=256)
        self.right += np.bincount(sure[judged & (points >= 1)], minlength=256)

    def _choices(self, chosen: Sequence[NDArray[np.uint32]], given: NDArray[np.bool_]) -> None:
        """What was chosen, by whom: all choices, the sentences flagged, the misconceptions shown."""
        every = np.concatenate(chosen)
        who = np.repeat(np.arange(len(chosen)), [len(one) for one in chosen])
        self.chosen += np.bincount(every, minlength=len(self.chosen))
        told = np.bincount(5 * who + self.trial[every], minlength=5 * len(chosen)).reshape(-1, 5)[:, 1:]
        self.trials += told.sum(axis=0)
        for passed, flagged, alarms, sound in told.tolist():
            if passed + flagged and alarms + sound:
                lean = discernment_of(flagged, passed + flagged, alarms, alarms + sound).lean
                self.leans[0 if lean < -LEANS else 2 if lean > LEANS else 1] += 1
        width = len(self.beliefs) + 1
        shown = np.bincount(width * who + self.belief[every], minlength=width * len(chosen)).reshape(-1, width)[:, 1:]
        self.did += (shown > 0).sum(axis=0)
        self.could += (given.astype(np.int64) @ self.offers.T.astype(np.int64) > 0).sum(axis=0)


def _codes(counting: Counting, choices: dict[int, Chosen], size: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """What each choice judges (as in `Chosen.trial`) and which misconception it shows (from 1); 0 where a question does not count."""
    names = {entry.name: number for number, entry in enumerate(misconceptions().values(), 1)}
    trial, belief = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    for number, one in choices.items():
        if one.place in counting.places:
            trial[number], belief[number] = one.trial, names.get(one.belief, 0)
    return trial, belief


def analyse(results: Results, course: Course, counting: Counting) -> Analysis:
    """The analysis of the papers of the last run, over the questions that counted in it."""
    choices = results.all_choices()
    sums = Sums(course, counting, choices)
    for block in results.papers():
        sums.add(block)
    chosen: dict[int, list[tuple[Chosen, int]]] = defaultdict(list)
    for number, one in choices.items():
        if sums.chosen[number]:
            chosen[one.place].append((one, int(sums.chosen[number])))
    items = [_item(sums, column, chosen[place]) for column, place in enumerate(sums.places) if sums.n[column]]
    passed, flagged, alarms, sound = sums.trials.tolist()
    both = passed + flagged and alarms + sound
    return Analysis(
        sums.learners,
        tuple(items),
        tuple(_beliefs(sums)),
        discernment_of(flagged, passed + flagged, alarms, alarms + sound) if both else None,
        (sums.leans[0], sums.leans[1], sums.leans[2]),
        {level: (int(sums.sure[level]), int(sums.right[level])) for level in range(101) if sums.sure[level]},
    )


def _beliefs(sums: Sums) -> list[Belief]:
    entries = [misconceptions()[name] for name in sums.beliefs]
    found = [
        Belief(entry.name, entry.better, int(did), int(could))
        for entry, did, could in zip(entries, sums.did, sums.could, strict=True)
        if did and could
    ]
    return sorted(found, key=lambda one: (-one.learners / one.of, one.name))


def _item(sums: Sums, column: int, choices: list[tuple[Chosen, int]]) -> Item:
    asked = sums.asked[column]
    count = int(sums.n[column])
    correlation = correlated(*(float(one[column]) for one in (sums.n, sums.x, sums.xx, sums.r, sums.rr, sums.xr)))
    item = Item(sums.places[column], asked.question, asked.lesson, count, float(sums.x[column] / count), correlation)
    return _with_choices(item, asked.key, choices) if asked.key else item


def _with_choices(item: Item, key: Key, choices: list[tuple[Chosen, int]]) -> Item:
    """The part that most had wrong, of those that have a right answer, and what was chosen there."""
    wrong: Counter[str] = Counter()
    for one, count in choices:
        wrong[one.part] += count * (one.sign in ("not", "half"))
    best = solved(item.question, key)
    right = list(kind_of(item.question).chosen(item.question, key, grade(item.question, key, best)))
    order = [told.part for told in right]
    at = min(wrong, key=lambda one: (one not in order, -wrong[one], order.index(one) if one in order else 0, one), default="")
    here = sorted(
        (Choice(one.words, one.sign, count) for one, count in choices if one.part == at), key=lambda one: (-one.learners, one.words)
    )
    return msgspec.structs.replace(item, at=at, right=tuple(told for told in right if told.part == at), chosen=tuple(here[:CHOICES]))


def correlated(n: float, x: float, xx: float, r: float, rr: float, xr: float) -> float | None:
    """Pearson's r of a question with the rest of the paper (corrected item-total correlation) from sums; None where it says nothing."""
    if n < FEW:
        return None
    spread, other = n * xx - x * x, n * rr - r * r
    if spread <= 1e-9 * n * n or other <= 1e-9 * n * n:
        return None
    return float((n * xr - x * r) / (spread * other) ** 0.5)


def divided(analysis: Analysis, most: int = 5) -> list[Item]:
    """The questions that divide the class, the most divided first; of two alike the one that tells strong from weak."""
    found = [item for item in analysis.items if HARD <= item.difficulty <= EASY and item.chosen]
    return sorted(found, key=lambda item: (abs(item.difficulty - 0.5), -(item.discrimination or 0), item.place))[:most]


def missed(analysis: Analysis, most: int = 5) -> list[Item]:
    """The questions that nearly everybody missed, the hardest first."""
    found = [item for item in analysis.items if item.difficulty < HARD and item.chosen]
    return sorted(found, key=lambda item: (item.difficulty, item.place))[:most]
