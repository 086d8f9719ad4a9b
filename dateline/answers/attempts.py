"""What a learner does with one exercise: look at it, save, check, ask for a hint, start over.

The card, the one-line calls and the tests all come through here, so an answer is treated alike however it is given.
"""

import datetime
from typing import Any, TypedDict

import msgspec

from dateline.answers.store import NotSavedError, read_answer, save_answer
from dateline.answers.document import Answer
from dateline.kinds import Feedback, feedback, grade
from dateline.bank import find_question
from dateline.kinds.questions import AnyKey, AnyQuestion, Lesson
from dateline.texts.text import load_text

TEXT_CHANGED = "The text has changed since you answered. Your answer is here; read again and check it once more."


class Exercise(msgspec.Struct, frozen=True):
    """A question with its key, if there is one, and its lesson."""

    question: AnyQuestion
    key: AnyKey | None
    lesson: Lesson


class State(TypedDict):
    """What a card shows of an answer. `earlier` says that the feedback belongs to an answer since changed."""

    value: Any
    confidence: int | None
    feedback: dict[str, Any] | None
    earlier: bool
    hints: list[str]
    message: str


def open_exercise(name: str) -> Exercise:
    """The exercise with an id; raises `CourseError`."""
    return Exercise(*find_question(name))


def saved_answer(exercise: Exercise) -> Answer:
    """The saved answer, or an empty one."""
    return read_answer(exercise.lesson.module, exercise.question.id)[0]


def look(exercise: Exercise) -> State:
    """The exercise as it was left."""
    answer, notice = read_answer(exercise.lesson.module, exercise.question.id)
    changed = answer.text and answer.text != _text_hash(exercise)
    return _state(exercise, answer, None, notice or (TEXT_CHANGED if changed else _handed_in(exercise, answer) or _saved_at(answer)))


def save(exercise: Exercise, value: Any, confidence: int | None = None) -> State:
    """Save an answer without checking it."""
    return _act(exercise, {"value": value, "confidence": _percent(confidence)})


def check(exercise: Exercise, value: Any, confidence: int | None = None) -> State:
    """Save an answer and say how it stands and why. The questions of a test are saved here and marked when the test is handed in."""
    if exercise.question.beat == "test":
        return save(exercise, value, confidence)
    before = saved_answer(exercise)
    changes = {"value": value, "confidence": _percent(confidence)}
    said = feedback(exercise.question, exercise.key, value, grade(exercise.question, exercise.key, value))
    if said.status != "not answered":
        changes |= {"checks": before.checks + 1}
    if said.status != "not answered" and before.first is None:
        changes |= {"first": value, "first_confidence": _percent(confidence)}
    return _act(exercise, changes, said)


def hint(exercise: Exercise, value: Any, confidence: int | None = None) -> State:
    """Save an answer and show one hint more."""
    shown = min(saved_answer(exercise).hints + 1, len(exercise.question.hints))
    return _act(exercise, {"value": value, "confidence": _percent(confidence), "hints": shown})


def start_over(exercise: Exercise, *_: Any) -> State:
    """Take the answer away. Hints already seen stay, and so does the first answer that was checked."""
    return _act(exercise, {"value": None, "confidence": None})


ACTIONS = {"save": save, "check": check, "hint": hint, "reset": start_over}


def _act(exercise: Exercise, changes: dict[str, Any], said: Feedback | None = None) -> State:
    module, name = exercise.lesson.module, exercise.question.id
    try:
        answer, notice = save_answer(module, name, **changes, text=_text_hash(exercise))
        message = notice or (said and said.verdict) or _handed_in(exercise, answer) or _saved_at(answer)
    except NotSavedError as error:
        answer = msgspec.structs.replace(saved_answer(exercise), **changes)
        message = f"Not saved. {error} Your answer stays on screen."
    return _state(exercise, answer, said, message)


def _state(exercise: Exercise, answer: Answer, said: Feedback | None, message: str) -> State:
    return State(
        value=answer.value,
        confidence=answer.confidence,
        feedback=msgspec.to_builtins(said) if said else None,
        earlier=False,
        hints=list(exercise.question.hints[: answer.hints]),
        message=message,
    )


def _text_hash(exercise: Exercise) -> str:
    return load_text(exercise.question.text).sha256 if exercise.question.text else ""


def _saved_at(answer: Answer) -> str:
    if not answer.saved:
        return ""
    moment = datetime.datetime.fromisoformat(answer.saved).astimezone()
    if answer.value is None:
        return f"Cleared, {moment:%Y-%m-%d %H:%M}."
    return f"Saved {moment:%Y-%m-%d %H:%M}."


def _handed_in(exercise: Exercise, answer: Answer) -> str:
    handed_in = exercise.question.beat == "test" and answer.first is not None
    return "This test is handed in. What counts is the answer that you gave then." if handed_in else ""


def _percent(confidence: Any) -> int | None:
    """A whole number of percent, or None for anything else."""
    return confidence if isinstance(confidence, int) and not isinstance(confidence, bool) and 0 <= confidence <= 100 else None
