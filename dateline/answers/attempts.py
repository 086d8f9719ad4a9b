"""What a learner does with one exercise: look at it, save, check, ask for a hint, start over.

The card, the one-line calls and the tests all come through here, so an answer is treated alike however it is given.
"""

import datetime
from collections.abc import Callable, Collection
from typing import Any, TypeAlias, TypedDict

import msgspec

from dateline.answers.document import Answer, moment
from dateline.answers.store import NotSavedError, change_answer, read_answer
from dateline.bank import Lesson, find_question
from dateline.kinds import Feedback, feedback, grade
from dateline.kinds.base import Key, Question
from dateline.texts.text import load_text

TEXT_CHANGED = "The text has changed since you answered. Your answer is here; read again and check it once more."


class Exercise(msgspec.Struct, frozen=True):
    """A question with its key, if there is one, and its lesson."""

    question: Question
    key: Key | None
    lesson: Lesson


class Newer(TypedDict):
    """An answer that was saved elsewhere meanwhile; `saved` is its stamp and `when` the same in words."""

    value: Any
    confidence: int | None
    saved: str
    when: str


class State(TypedDict):
    """What a card shows of an answer.

    `earlier` says that the feedback belongs to an answer since changed, `stored` that what is shown is what is stored, under the
    stamp `saved`, and `readable` that it has the form of an answer. Where the stored answer is one that the view has not seen,
    it is in `newer` and nothing was written.
    """

    value: Any
    confidence: int | None
    feedback: dict[str, Any] | None
    earlier: bool
    hints: list[str]
    message: str
    saved: str
    stored: bool
    readable: bool
    newer: Newer | None


Based: TypeAlias = Collection[str] | None
"""The stamps that a view has seen of an answer; None where whoever answers means to replace whatever is there."""


class NewerAnswerError(Exception):
    """The stored answer is another than the one that was changed."""


def open_exercise(name: str) -> Exercise:
    """The exercise with an id; raises `CourseError`."""
    return Exercise(*find_question(name))


def saved_answer(exercise: Exercise) -> Answer:
    """The saved answer, or an empty one."""
    return read_answer(exercise.lesson.module, exercise.question.id)[0]


def look(exercise: Exercise, *_: Any) -> State:
    """The exercise as it was left."""
    answer, notice = read_answer(exercise.lesson.module, exercise.question.id)
    if not notice and answer.text and answer.text != _text_hash(exercise):
        notice = TEXT_CHANGED
    return _state(exercise, answer, None, notice or _unreadable(exercise, answer.value) or _how_it_stands(exercise, answer))


def save(exercise: Exercise, value: Any, confidence: int | None = None, based: Based = None) -> State:
    """Save an answer without checking it."""
    return _act(exercise, value, confidence, based)


def check(exercise: Exercise, value: Any, confidence: int | None = None, based: Based = None) -> State:
    """Save an answer and say how it stands and why.

    The questions of a test are saved here and marked when the test is handed in; what is unmarked is only saved.
    An answer that cannot be read is no attempt.
    """
    if exercise.question.beat == "test" or exercise.question.unmarked:
        return save(exercise, value, confidence, based)
    said = feedback(exercise.question, exercise.key, value, grade(exercise.question, exercise.key, value))

    def tried(before: Answer) -> Answer:
        if said.status in ("not answered", "not valid"):
            return before
        first = {"first": value, "first_confidence": _percent(confidence)} if before.first is None else {}
        return msgspec.structs.replace(before, checks=before.checks + 1, **first)

    return _act(exercise, value, confidence, based, tried, said)


def hint(exercise: Exercise, value: Any, confidence: int | None = None, based: Based = None) -> State:
    """Save an answer and show one hint more."""
    most = len(exercise.question.hints)
    return _act(exercise, value, confidence, based, lambda before: msgspec.structs.replace(before, hints=min(before.hints + 1, most)))


def start_over(exercise: Exercise, _value: Any = None, _confidence: int | None = None, based: Based = None) -> State:
    """Take the answer away. Hints already seen stay, and so does the first answer that was checked."""
    return _act(exercise, None, None, based)


ACTIONS: dict[str, Callable[[Exercise, Any, int | None, Based], State]] = {
    "look": look,
    "save": save,
    "check": check,
    "hint": hint,
    "reset": start_over,
}


def _act(
    exercise: Exercise,
    value: Any,
    confidence: int | None,
    based: Based,
    change: Callable[[Answer], Answer] = lambda before: before,
    said: Feedback | None = None,
) -> State:
    """Save an answer with what `change` makes of the rest. What cannot be read never takes the place of what can."""
    given = {"value": value, "confidence": _percent(confidence)}
    problem = _unreadable(exercise, value)

    def changed(before: Answer) -> Answer:
        if based is not None and before.saved not in based and not _holds(before, given):
            raise NewerAnswerError
        after = change(before)
        if not (problem and _is_readable(exercise, before.value)):
            after = msgspec.structs.replace(after, **given, text=_text_hash(exercise))
        return before if after == before else after

    newer, refused = None, False
    try:
        answer, message = change_answer(exercise.lesson.module, exercise.question.id, changed)
        if problem:
            message = message or " ".join(filter(None, ["" if said else problem, _what_is_kept(answer, given)]))
        message = message or ("" if said else _how_it_stands(exercise, answer))
    except NotSavedError as error:
        answer, refused = saved_answer(exercise), True
        message = f"Not saved. {error} Your answer stays on screen."
    except NewerAnswerError:
        answer, said = saved_answer(exercise), None
        newer = Newer(value=answer.value, confidence=answer.confidence, saved=answer.saved, when=_when(answer))
        message = "Not saved: this answer was changed in another window meanwhile. Both are here; choose the one to keep."
    state = _state(exercise, answer, said, message)
    state["value"], state["confidence"], state["newer"] = value, given["confidence"], newer
    state["stored"], state["readable"] = _holds(answer, given) and not refused, not problem
    return state


def _state(exercise: Exercise, answer: Answer, said: Feedback | None, message: str) -> State:
    return State(
        value=answer.value,
        confidence=answer.confidence,
        feedback=msgspec.to_builtins(said) if said else None,
        earlier=False,
        hints=list(exercise.question.hints[: answer.hints]),
        message=message,
        saved=answer.saved,
        stored=True,
        readable=True,
        newer=None,
    )


def _holds(answer: Answer, given: dict[str, Any]) -> bool:
    return bool(answer.value == given["value"] and answer.confidence == given["confidence"])


def _is_readable(exercise: Exercise, value: Any) -> bool:
    return grade(exercise.question, None, value).status not in ("not answered", "not valid")


def _unreadable(exercise: Exercise, value: Any) -> str:
    """Why a value cannot be read, in a sentence; empty if it can, or if there is none."""
    result = grade(exercise.question, None, value)
    return feedback(exercise.question, None, value, result).verdict if result.status == "not valid" else ""


def _what_is_kept(answer: Answer, given: dict[str, Any]) -> str:
    if answer.value == given["value"]:
        return "It is kept as you gave it."
    return "Your earlier answer is kept until this one can be read."


def _text_hash(exercise: Exercise) -> str:
    return load_text(exercise.question.text).sha256 if exercise.question.text else ""


def _how_it_stands(exercise: Exercise, answer: Answer) -> str:
    """Whether the answer is saved, and when."""
    if exercise.question.beat == "test" and answer.first is not None:
        return "This test is handed in. What counts is the answer that you gave then."
    if not answer.saved:
        return ""
    done, when = "Cleared," if answer.value is None else "Saved", _when(answer)
    return f"{done} {when}." if when else f"{done.removesuffix(',')}."


def _when(answer: Answer) -> str:
    """When an answer was saved, on the clock here; empty where its stamp is of no day that has been."""
    saved = moment(answer.saved)
    if saved is None or saved > datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1):
        return ""
    return f"{saved.astimezone():%Y-%m-%d %H:%M}"


def _percent(confidence: Any) -> int | None:
    """A whole number of percent, or None for anything else."""
    return confidence if isinstance(confidence, int) and not isinstance(confidence, bool) and 0 <= confidence <= 100 else None
