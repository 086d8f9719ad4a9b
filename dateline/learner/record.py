"""The learner's record: every question that was answered, with its result. Computed from the answers and the keys alone."""

from collections.abc import Iterator
from typing import Any

import msgspec

from dateline.answers.document import Answer
from dateline.answers.store import read_answers
from dateline.bank import Stem, exercise_files, load_stem, original
from dateline.kinds import Result, grade
from dateline.kinds.questions import (
    AnyKey,
    AnyQuestion,
    CellQuestion,
    CellsKey,
    ChooseKey,
    Ladder,
    NumberKey,
    Verdict,
    WhenKey,
)
from dateline.learner.measures import Judgment, Trial

PASSED = frozenset({"fine", "supported"})
"""Choices that let a sentence pass."""


class Taken(msgspec.Struct, frozen=True):
    """A question that was checked, or handed in with a test: the first answer, and its result before any feedback.

    `name` is the question's id, or its name where it came back in a later lesson.
    """

    name: str
    lesson: str
    question: AnyQuestion
    key: AnyKey
    answer: Answer
    result: Result


def stems() -> list[Stem]:
    """Every lesson's questions and keys, in reading order."""
    return [load_stem(path) for path in exercise_files()]


def answers_of(stem: Stem) -> dict[str, Answer]:
    """The answers in the module of a lesson."""
    return read_answers(stem.lesson.module)[0].answers


def is_answered(answers: dict[str, Answer], name: str) -> bool:
    """Whether there is an answer to a question."""
    return name in answers and answers[name].value is not None


def taken() -> list[Taken]:
    """Everything that was checked and has a key, the oldest first."""
    found: list[Taken] = []
    read: dict[str, dict[str, Answer]] = {}
    for stem in stems():
        if stem.keys is None:
            continue
        module = stem.lesson.module
        read[module] = read.get(module) or answers_of(stem)
        questions = {question.id: question for question in stem.lesson.question}
        for name, answer in read[module].items():
            question = questions.get(original(name))
            if question and answer.first is not None and question.id in stem.keys:
                key = stem.keys[question.id]
                found.append(Taken(name, stem.lesson.lesson, question, key, answer, grade(question, key, answer.first)))
    return sorted(found, key=lambda one: one.answer.saved)


def is_fixed(question: AnyQuestion, key: AnyKey) -> bool:
    """Whether exactly one answer is right in every part, so that confidence can be measured against it."""
    match key:
        case ChooseKey() | CellsKey():
            return all(len(verdict.right) == 1 and (not verdict.half or isinstance(question, Ladder)) for verdict in key.items.values())
        case NumberKey():
            return key.value is not None
        case WhenKey():
            return all(len(verdict.right) == 1 for verdict in key.items.values())
    return False


def judgments(of: list[Taken]) -> list[Judgment]:
    """The confidence given with each fixed-key answer, beside whether it was right."""
    return [
        Judgment(one.answer.first_confidence, one.result.status == "right")
        for one in of
        if one.answer.first_confidence is not None and is_fixed(one.question, one.key)
    ]


def trials(of: list[Taken]) -> list[Trial]:
    """Every sentence that could be passed or flagged, where the key says which; accepted sets with both are left out."""
    return [trial for one in of for trial in trials_in(one.question, one.key, {mark.item: mark.chosen for mark in one.result.marks})]


def trials_in(question: AnyQuestion, key: AnyKey, chosen: dict[str, Any]) -> Iterator[Trial]:
    """The trials in one answer, given what was chosen for each part."""
    if not isinstance(key, ChooseKey | CellsKey) or not isinstance(question, CellQuestion):
        return
    for name, verdict in key.items.items():
        passing = PASSED & question.asked.get(name, frozenset())
        if passing and chosen.get(name) and (sound := _is_sound(verdict)) is not None:
            yield Trial(sound, chosen[name] not in PASSED)


def _is_sound(verdict: Verdict) -> bool | None:
    """Whether a sentence is sound; None where a careful reader could pass it or flag it."""
    accepted = {*verdict.right, *verdict.half}
    if accepted & PASSED and accepted - PASSED:
        return None
    return bool(accepted & PASSED)


def beliefs(one: Taken) -> set[str]:
    """The named misconceptions behind what was chosen in an answer."""
    said: dict[str, Any] = {mark.item: mark.chosen for mark in one.result.marks if mark.credit < 1}
    match one.key:
        case ChooseKey() | CellsKey():
            items = one.key.items
            return {items[name].misconception[chosen] for name, chosen in said.items() if chosen in items[name].misconception}
    return set()
