"""Grading: a pure function of question, key and answer, and the words that explain its result.

`grade` never raises and never runs anything from an answer: whatever comes in, a `Result` comes out.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from dateline.kinds import cells, many, spans
from dateline.kinds import chain as chains
from dateline.kinds import desk as desks
from dateline.kinds import number as numbers
from dateline.kinds import order as orders
from dateline.kinds import when as times
from dateline.kinds import write as words
from dateline.kinds.questions import (
    AnyKey,
    AnyQuestion,
    Chain,
    Choose,
    ChooseMany,
    Desk,
    Grid,
    Ladder,
    Match,
    Number,
    NumberKey,
    Order,
    Question,
    Range,
    RangeKey,
    Tag,
    When,
    Write,
    WriteKey,
)
from dateline.kinds.questions import Mark as MarkQuestion
from dateline.kinds.results import Feedback, Mark, Note, Result, Sign, Status

__all__ = ["Feedback", "Mark", "Note", "Result", "Sign", "Status", "feedback", "grade", "invalid", "solved"]


class Way(NamedTuple):
    """How a kind is graded: its form checked, its marks given, its reasons told, its solution made."""

    invalid: Callable[[Any, Any], str]
    grade: Callable[[Any, Any, Any], Result]
    notes: Callable[[Any, Any, Result], tuple[Note, ...]]
    solved: Callable[[Any, Any], Any]


_CELLS = Way(cells.invalid, cells.grade, cells.notes, cells.solved)
WAYS: dict[type[Question], Way] = {
    Choose: _CELLS,
    Tag: _CELLS,
    Match: _CELLS,
    Ladder: _CELLS,
    Grid: _CELLS,
    ChooseMany: Way(many.invalid, many.grade, many.notes, many.solved),
    MarkQuestion: Way(spans.invalid, spans.grade, spans.notes, spans.solved),
    Order: Way(orders.invalid, orders.grade, orders.notes, orders.solved),
    Number: Way(numbers.invalid, numbers.grade_number, numbers.notes_number, numbers.solved_number),
    Range: Way(numbers.invalid, numbers.grade_range, numbers.notes_range, numbers.solved_range),
    When: Way(times.invalid, times.grade, times.notes, times.solved),
    Chain: Way(chains.invalid, chains.grade, chains.notes, chains.solved),
    Desk: Way(desks.invalid, desks.grade, desks.notes, desks.solved),
    Write: Way(words.invalid, words.grade, words.notes, words.solved),
}
NOTED = "Noted. This answer is not marked."
_EMPTY: tuple[Any, ...] = ({}, "")
_LISTS_MAY_BE_EMPTY = (ChooseMany, MarkQuestion)


def grade(question: AnyQuestion, key: AnyKey | None, answer: Any) -> Result:
    """The result of an answer (a JSON value). Without a key the answer is only checked for its form.

    An empty list answers a `mark` or a `choose-many`: it says that there is nothing.
    """
    if answer is None or answer in _EMPTY or (answer == [] and not isinstance(question, _LISTS_MAY_BE_EMPTY)):
        return Result("not answered")
    way = WAYS[type(question)]
    problem = way.invalid(question, answer)
    if problem:
        return Result("not valid", problem=problem)
    if question.unmarked:
        return Result("noted")
    return Result("for your teacher") if key is None else way.grade(question, key, answer)


def invalid(question: AnyQuestion, answer: Any) -> str:
    """What is wrong with an answer's form, with what to write instead; empty if nothing is."""
    return WAYS[type(question)].invalid(question, answer)


def feedback(question: AnyQuestion, key: AnyKey | None, answer: Any, result: Result | None = None) -> Feedback:
    """The words for an answer's result."""
    result = result or grade(question, key, answer)
    if result.status == "not answered":
        return Feedback(result.status, "Not answered yet. Your answer is saved as soon as you give one.")
    if result.status == "not valid":
        return Feedback(result.status, f"This answer cannot be read. {result.problem}.")
    if question.unmarked or key is None:
        return Feedback(result.status, NOTED if question.unmarked else "Saved; your teacher will grade it.")
    told = WAYS[type(question)].notes(question, key, result)
    last = key.teach if result.status == "right" else key.next
    model = key.model if isinstance(key, WriteKey) else ()
    readers = numbers.readers(key, answer) if isinstance(key, NumberKey | RangeKey) else None
    return Feedback(result.status, _verdict(result, told), told, last, model, readers)


def _verdict(result: Result, told: tuple[Note, ...]) -> str:
    if result.status == "for your teacher":
        return "Saved. Compare your line with ours; this check sees only whether something is mentioned, not whether it is well said."
    if result.status == "noted":
        return NOTED
    opening = {"right": "Right", "partly": "Partly right", "not yet": "Not yet"}[result.status]
    if len(told) == 1:
        return f"{opening}{', for half the credit' if result.points == 0.5 else ''}."
    count = sum(note.sign == "right" for note in told)
    half = sum(note.sign == "half" for note in told)
    total = sum(1 for mark in result.marks if mark.credit >= 0)
    extra = sum(1 for mark in result.marks if mark.credit < 0)
    parts = [f"{count} of {total} right", f"{half} half right" if half else "", f"{extra} too many" if extra else ""]
    return f"{opening}: {', '.join(filter(None, parts))}."


def solved(question: AnyQuestion, key: AnyKey) -> Any:
    """An answer that earns full marks: the first accepted choice of each part, or the first model answer."""
    return WAYS[type(question)].solved(question, key)
