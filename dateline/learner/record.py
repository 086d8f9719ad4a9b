"""The learner's record: every question that was answered, with its result. Computed from the answers and the keys alone."""

import msgspec

from dateline.answers.document import Answer
from dateline.answers.store import read_answers
from dateline.bank import Stem, load_stems, original
from dateline.evidence.misconceptions import Belief
from dateline.kinds import Key, Question, Result, grade, kind_of
from dateline.kinds.base import Trial
from dateline.learner.measures import Judgment

MARKED = ("right", "partly", "not yet")
"""How an answer stands that has points."""


class Taken(msgspec.Struct, frozen=True):
    """A question that was checked, or handed in with a test: the first answer, and its result before any feedback.

    `name` is the question's id, or its name where it came back in a later lesson.
    """

    name: str
    lesson: str
    question: Question
    key: Key
    answer: Answer
    result: Result


def stems() -> list[Stem]:
    """Every lesson's questions and keys, in reading order."""
    return load_stems()


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


def share_right() -> int | None:
    """Of all that was practised and can be marked, the share of the points that the first answers earned, in percent; None of nothing."""
    points = [one.result.points for one in taken() if one.question.beat not in ("test", "tour") and one.result.status in MARKED]
    return round(100 * sum(points) / len(points)) if points else None


def judgments(of: list[Taken]) -> list[Judgment]:
    """The confidence given with each fixed-key answer, beside whether it was right."""
    return [
        Judgment(one.answer.first_confidence, one.result.status == "right")
        for one in of
        if one.answer.first_confidence is not None and is_fixed(one)
    ]


def trials(of: list[Taken]) -> list[Trial]:
    """Every sentence that could be passed or flagged, where the key says which; accepted sets with both are left out."""
    return [trial for one in of for trial in kind_of(one.question).trials(one.question, one.key, one.result)]


def beliefs(one: Taken) -> set[Belief]:
    """The named misconceptions behind what was answered."""
    return kind_of(one.question).beliefs(one.key, one.result)


def is_fixed(one: Taken) -> bool:
    """Whether exactly one answer is right in every part, so that confidence can be measured against it."""
    return kind_of(one.question).is_fixed(one.question, one.key)
