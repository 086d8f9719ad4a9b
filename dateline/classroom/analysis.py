"""What a class did, question by question: how hard each was, whether it tells strong from weak, and which wrong reasons were chosen."""

from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import fmean, pstdev

import msgspec

from dateline.classroom.batch import Asked, Graded, Marked
from dateline.evidence.misconceptions import misconceptions
from dateline.kinds.questions import AnyKey, AnyQuestion, CellsKey, ChooseKey, ManyKey
from dateline.learner.measures import Discernment, Judgment, Trial, discernment
from dateline.learner.record import is_fixed, trials_in

FEW = 10
"""Answers below which a discrimination says nothing."""
SPLIT = (0.25, 0.75)
"""Between these shares of right answers a class is divided, and talking about a question is worth the time."""


class Item(msgspec.Struct, frozen=True):
    """One question: answers, the mean of its points (difficulty, 0 to 1), and its discrimination, if there are enough answers.

    `wrong` are the choices that earned nothing, the most chosen first: the part, the words chosen, how many, and the reason.
    """

    question: AnyQuestion
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


def _item(lesson: str, question: AnyQuestion, key: AnyKey, papers: Sequence[dict[str, Graded]], totals: Sequence[dict[str, float]]) -> Item:
    given = [(paper[question.id], total) for paper, total in zip(papers, totals, strict=True) if question.id in paper]
    points = [_first(one) for one, _ in given]
    rest = [fmean([value for name, value in total.items() if name != question.id] or [0.0]) for _, total in given]
    neutral = key.optional if isinstance(key, ManyKey) else ()
    wrong = Counter(part for one, _ in given for part in _wrong_parts(one) if part[0] not in neutral)
    texts = _texts(question)
    told = tuple(
        (_part(question, item), texts.get((item, chosen), chosen), number, _reason(key, item, chosen))
        for (item, chosen), number in wrong.most_common(3)
    )
    return Item(question, lesson, len(given), fmean(points) if points else 0.0, correlation(points, rest), told)


def correlation(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Pearson's r of a question with the rest of the paper (corrected item-total correlation); None where it says nothing."""
    if len(one) < FEW or not pstdev(one) or not pstdev(other):
        return None
    first, second = fmean(one), fmean(other)
    shared = fmean((a - first) * (b - second) for a, b in zip(one, other, strict=True))
    return shared / (pstdev(one) * pstdev(other))


def _wrong_parts(one: Graded) -> Iterable[tuple[str, str]]:
    """The parts of a first answer that earned nothing, with what was chosen, where that is one of some choices."""
    result = one.first or one.result
    return [(mark.item, mark.chosen) for mark in result.marks if mark.credit <= 0 and isinstance(mark.chosen, str) and mark.chosen]


def _texts(question: AnyQuestion) -> dict[tuple[str, str], str]:
    cells = getattr(question, "cells", None)
    if cells:
        return {(cell.id, choice.id): choice.text for cell in cells for choice in cell.choices}
    return {(choice.id, choice.id): choice.text for choice in getattr(question, "choices", ())}


def _part(question: AnyQuestion, item: str) -> str:
    return next((cell.text or cell.id for cell in getattr(question, "cells", ()) if cell.id == item and item), "")


def _reason(key: AnyKey, item: str, chosen: str) -> str:
    if isinstance(key, ChooseKey | CellsKey) and item in key.items:
        return key.items[item].why.get(chosen, "")
    return getattr(key, "why", {}).get(chosen, "") if isinstance(getattr(key, "why", None), dict) else ""


def _trials(question: AnyQuestion, key: AnyKey, paper: dict[str, Graded]) -> list[Trial]:
    one = paper[question.id]
    result = one.first or one.result
    return list(trials_in(question, key, {mark.item: mark.chosen for mark in result.marks}))


def _judgments(paper: dict[str, Graded], known: dict[str, tuple[AnyQuestion, AnyKey]]) -> Iterable[Judgment]:
    for name, one in paper.items():
        if one.confidence is not None and name in known and is_fixed(*known[name]):
            yield Judgment(one.confidence, (one.first or one.result).status == "right")


def _beliefs(papers: Sequence[dict[str, Graded]], known: dict[str, tuple[AnyQuestion, AnyKey]]) -> list[Belief]:
    behind: dict[str, dict[tuple[str, str, str], str]] = {}
    for name, (_, key) in known.items():
        for item, verdict in key.items.items() if isinstance(key, ChooseKey | CellsKey) else ():
            for chosen, belief in verdict.misconception.items():
                behind.setdefault(belief, {})[name, item, chosen] = belief
    found = []
    for belief, places in behind.items():
        could = [paper for paper in papers if any(name in paper for name, _, _ in places)]
        did = sum(
            any((name, item, chosen) in places for name, one in paper.items() for item, chosen in _wrong_parts(one)) for paper in could
        )
        entry = misconceptions().get(belief, {"name": belief, "better": ""})
        found.append(Belief(entry["name"], entry["better"], did, len(could)))
    return sorted((one for one in found if one.learners), key=lambda one: -one.learners / one.of)


def to_discuss(analysis: Analysis, most: int = 5) -> list[Item]:
    """The questions that divide the class, the most divided first; of two alike the one that tells strong from weak."""
    divided = [item for item in analysis.items if SPLIT[0] <= item.difficulty <= SPLIT[1] and item.wrong]
    return sorted(divided, key=lambda item: (abs(item.difficulty - 0.5), -(item.discrimination or 0)))[:most]
