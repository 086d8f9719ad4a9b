"""What a class did, question by question: how hard each was, whether it tells strong from weak, and which wrong reasons were chosen."""

from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import fmean, pstdev

import msgspec

from dateline.classroom.batch import Asked, Graded, Marked
from dateline.evidence.misconceptions import Belief as Named
from dateline.kinds import Key, Question, kind_of
from dateline.kinds.base import Chosen, Trial
from dateline.learner.measures import Discernment, Judgment, discernment

FEW = 10
"""Answers below which a discrimination says nothing."""
SPLIT = (0.25, 0.75)
"""Between these shares of right answers a class is divided, and talking about a question is worth the time."""


class Item(msgspec.Struct, frozen=True):
    """One question: answers, the mean of its points (difficulty, 0 to 1), and its discrimination, if there are enough answers.

    `wrong` are the choices that earned nothing, the most chosen first: the part, the words chosen, how many, and the reason.
    """

    question: Question
    lesson: str
    answers: int
    difficulty: float
    discrimination: float | None
    wrong: tuple[tuple[str, str, int, str], ...]


class Belief(msgspec.Struct, frozen=True):
    """A named misconception: how many learners chose it at least once, of those who could have, and what to think instead."""

    name: str
    better: str
    learners: int
    of: int


class Analysis(msgspec.Struct, frozen=True):
    """A class of `learners`: its questions in reading order, its beliefs, its discernment and its judgments."""

    learners: int
    items: tuple[Item, ...]
    beliefs: tuple[Belief, ...]
    discernment: Discernment | None
    judgments: tuple[Judgment, ...]
    leans: tuple[float, ...]


def analyse(counted: dict[str, Marked], by: Asked) -> Analysis:
    """The analysis of the submissions that count. What counts is the first answer, before any feedback."""
    papers = [{one.question: one for one in marked.answers} for marked in counted.values() if marked.read and marked.answers]
    pairs = [(stem.lesson.lesson, question, key) for stem, question, key in by.pairs() if question.id in _counting(by) and key]
    totals = [_total(paper, by) for paper in papers]
    items = [_item(lesson, question, key, papers, totals) for lesson, question, key in pairs]
    told = [[trial for _, question, key in pairs if question.id in paper for trial in _trials(question, key, paper)] for paper in papers]
    every = [trial for one in told for trial in one]
    known = {question.id: (question, key) for _, question, key in pairs}
    judged = [judgment for paper in papers for judgment in _judgments(paper, known)]
    mixed = any(trial.sound for trial in every) and any(not trial.sound for trial in every)
    return Analysis(
        len(papers),
        tuple(item for item in items if item.answers),
        tuple(_beliefs(papers, known)),
        discernment(every) if mixed else None,
        tuple(judged),
        tuple(discernment(one).lean for one in told if any(t.sound for t in one) and any(not t.sound for t in one)),
    )


def _counting(by: Asked) -> set[str]:
    return {name for names in by.counting.values() for name in names}


def _first(one: Graded) -> float:
    return (one.first or one.result).points


def _total(paper: dict[str, Graded], by: Asked) -> dict[str, float]:
    return {name: _first(paper[name]) for name in _counting(by) if name in paper}


def _item(lesson: str, question: Question, key: Key, papers: Sequence[dict[str, Graded]], totals: Sequence[dict[str, float]]) -> Item:
    given = [(paper[question.id], total) for paper, total in zip(papers, totals, strict=True) if question.id in paper]
    points = [_first(one) for one, _ in given]
    rest = [fmean([value for name, value in total.items() if name != question.id] or [0.0]) for _, total in given]
    wrong = Counter((part.part, part.words, part.reason) for one, _ in given for part in _wrong_parts(question, key, one))
    told = tuple((part, words, number, reason) for (part, words, reason), number in wrong.most_common(3))
    return Item(question, lesson, len(given), fmean(points) if points else 0.0, correlation(points, rest), told)


def correlation(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Pearson's r of a question with the rest of the paper (corrected item-total correlation); None where it says nothing."""
    if len(one) < FEW or not pstdev(one) or not pstdev(other):
        return None
    first, second = fmean(one), fmean(other)
    shared = fmean((a - first) * (b - second) for a, b in zip(one, other, strict=True))
    return shared / (pstdev(one) * pstdev(other))


def _wrong_parts(question: Question, key: Key, one: Graded) -> list[Chosen]:
    """The parts of a first answer that earned nothing, with what was chosen, where that is one of some choices."""
    return [part for part in kind_of(question).chosen(question, key, one.first or one.result) if part.credit <= 0]


def _trials(question: Question, key: Key, paper: dict[str, Graded]) -> list[Trial]:
    one = paper[question.id]
    return list(kind_of(question).trials(question, key, one.first or one.result))


def _judgments(paper: dict[str, Graded], known: dict[str, tuple[Question, Key]]) -> Iterable[Judgment]:
    for name, one in paper.items():
        if one.confidence is not None and name in known and kind_of(known[name][0]).is_fixed(*known[name]):
            yield Judgment(one.confidence, (one.first or one.result).status == "right")


def _beliefs(papers: Sequence[dict[str, Graded]], known: dict[str, tuple[Question, Key]]) -> list[Belief]:
    could: Counter[Named] = Counter()
    did: Counter[Named] = Counter()
    for paper in papers:
        asked = [(*known[name], one) for name, one in paper.items() if name in known]
        could.update({slip for question, key, _ in asked for slip in kind_of(question).can_show(key)})
        did.update({slip for question, key, one in asked for slip in kind_of(question).beliefs(key, one.first or one.result)})
    found = [Belief(slip.name, slip.better, did[slip], could[slip]) for slip in could if did[slip]]
    return sorted(found, key=lambda one: (-one.learners / one.of, one.name))


def to_discuss(analysis: Analysis, most: int = 5) -> list[Item]:
    """The questions that divide the class, the most divided first; of two alike the one that tells strong from weak."""
    divided = [item for item in analysis.items if SPLIT[0] <= item.difficulty <= SPLIT[1] and item.wrong]
    return sorted(divided, key=lambda item: (abs(item.difficulty - 0.5), -(item.discrimination or 0)))[:most]
