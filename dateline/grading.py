"""Grading: a pure function of question, key and answer, and the words that explain its result.

`grade` never raises and never runs anything from an answer: whatever comes in, a `Result` comes out.
"""

from collections.abc import Callable
from typing import Any, Literal, TypeAlias

import msgspec

from dateline.questions import (
    AnyKey,
    AnyQuestion,
    Choice,
    Choose,
    ChooseKey,
    Question,
    Tag,
    TagKey,
    Verdict,
    Write,
    WriteKey,
    misconceptions,
)

Status: TypeAlias = Literal["not answered", "not valid", "not yet", "partly", "right", "for your teacher"]
LONGEST_TEXT = 20_000
"""Characters of an open answer; about ten printed pages."""


class Mark(msgspec.Struct, frozen=True):
    """What one item of an answer earned: `credit` from 0 to 1."""

    item: str
    chosen: str
    credit: float


class Result(msgspec.Struct, frozen=True):
    """`points` from 0 to 1, the marks behind them, and for an answer that is not valid, what is wrong with it."""

    status: Status
    points: float = 0.0
    marks: tuple[Mark, ...] = ()
    problem: str = ""


class Note(msgspec.Struct, frozen=True):
    """The reason for one mark: `sign` is right, half, or not; `quote` are the words of the text to look at."""

    at: str
    sign: Literal["right", "half", "not", "none"]
    chosen: str
    reason: str
    quote: str = ""
    misconception: str = ""
    better: str = ""


class Feedback(msgspec.Struct, frozen=True):
    """What is said of an answer: the verdict first, then why, then what to do next; `model` are model answers."""

    status: Status
    verdict: str
    notes: tuple[Note, ...] = ()
    next: str = ""
    model: tuple[str, ...] = ()


def grade(question: AnyQuestion, key: AnyKey | None, answer: Any) -> Result:
    """The result of an answer (a JSON value). Without a key the answer is only checked for its form."""
    if answer is None or answer == {} or answer == "":
        return Result("not answered")
    problem = invalid(question, answer)
    if problem:
        return Result("not valid", problem=problem)
    if key is None or isinstance(key, WriteKey):
        return Result("for your teacher")
    marks = _marks(key, answer)
    points = sum(mark.credit for mark in marks) / len(marks)
    return Result("right" if points == 1 else "partly" if points > 0 else "not yet", points, marks)


def _marks(key: ChooseKey | TagKey, answer: Any) -> tuple[Mark, ...]:
    if isinstance(key, ChooseKey):
        return (Mark("", answer, key.credit(answer)),)
    return tuple(Mark(at, chosen, verdict.credit(chosen)) for at, verdict in key.items.items() for chosen in (answer.get(at, ""),))


def invalid(question: AnyQuestion, answer: Any) -> str:
    """What is wrong with an answer's form, with what to write instead; empty if nothing is."""
    return _VALIDATE[type(question)](question, answer)


def _invalid_choose(question: Choose, answer: Any) -> str:
    return _not_a_choice(question.choices, answer)


def _invalid_tag(question: Tag, answer: Any) -> str:
    if not isinstance(answer, dict):
        return f'Write a label for each sentence, such as {{"{question.asked[0]}": "{question.choices[0].id}"}}'
    for at, chosen in answer.items():
        if at not in question.asked:
            return f"{_short(at)} is not asked here; the sentences are {', '.join(question.asked)}"
        problem = _not_a_choice(question.choices, chosen)
        if problem:
            return f"{at}: {problem}"
    return ""


def _invalid_write(question: Write, answer: Any) -> str:
    if not isinstance(answer, str):
        return "Write your answer as text in quotation marks"
    if len(answer) > LONGEST_TEXT:
        return f"This is {len(answer):,} characters long; keep it under {LONGEST_TEXT:,}"
    return ""


_VALIDATE: dict[type[Question], Callable[[Any, Any], str]] = {Choose: _invalid_choose, Tag: _invalid_tag, Write: _invalid_write}


def _not_a_choice(choices: tuple[Choice, ...], chosen: Any) -> str:
    if isinstance(chosen, str) and any(choice.id == chosen for choice in choices):
        return ""
    return f"{_short(chosen)} is not one of the choices; they are {', '.join(choice.id for choice in choices)}"


def _short(value: Any) -> str:
    shown = repr(value) if isinstance(value, str | int | float | bool) else f"a {type(value).__name__}"
    return shown if len(shown) <= 40 else shown[:37] + "..."


def feedback(question: AnyQuestion, key: AnyKey | None, answer: Any, result: Result | None = None) -> Feedback:
    """The words for an answer's result."""
    result = result or grade(question, key, answer)
    if result.status == "not answered":
        return Feedback(result.status, "Not answered yet. Your answer is saved as soon as you give one.")
    if result.status == "not valid":
        return Feedback(result.status, f"This answer cannot be read. {result.problem}.")
    if key is None:
        return Feedback(result.status, "Saved; your teacher will grade it.")
    if isinstance(key, WriteKey):
        return _feedback_write(key, answer)
    assert not isinstance(question, Write)
    labels = {choice.id: choice.text for choice in question.choices}
    verdicts: dict[str, Verdict] = {"": key} if isinstance(key, ChooseKey) else key.items
    place = key.at if isinstance(key, ChooseKey) else ""
    notes = tuple(_note(mark, verdicts[mark.item], labels, place) for mark in result.marks)
    return Feedback(result.status, _verdict(result), notes, key.teach if result.status == "right" else key.next)


def _note(mark: Mark, verdict: Verdict, labels: dict[str, str], place: str) -> Note:
    if not mark.chosen:
        return Note(mark.item, "none", "", "No label yet.")
    sign: Literal["right", "half", "not"] = "right" if mark.credit == 1 else "half" if mark.credit else "not"
    slip = misconceptions().get(verdict.misconception.get(mark.chosen, ""), {})
    reason = verdict.why[mark.chosen]
    return Note(mark.item or place, sign, labels[mark.chosen], reason, verdict.look, slip.get("name", ""), slip.get("better", ""))


def _verdict(result: Result) -> str:
    if len(result.marks) == 1:
        return {"right": "Right.", "partly": "Partly right: half the credit.", "not yet": "Not yet."}[result.status]
    right = sum(mark.credit == 1 for mark in result.marks)
    half = sum(mark.credit == 0.5 for mark in result.marks)
    count = f"{right} of {len(result.marks)} right" + (f", {half} half right" if half else "")
    opening = {"right": "Right", "partly": "Partly right", "not yet": "Not yet"}[result.status]
    return f"{opening}: {count}."


def _feedback_write(key: WriteKey, answer: str) -> Feedback:
    found = answer.casefold()
    notes = tuple(
        Note("", "right", feature.name, "Your answer mentions it.")
        if any(word.casefold() in found for word in feature.any)
        else Note("", "none", feature.name, feature.missing)
        for feature in key.features
    )
    verdict = "Saved. Compare your line with ours; this check sees only whether something is mentioned, not whether it is well said."
    return Feedback("for your teacher", verdict, notes, key.next, key.model)


def solved(question: AnyQuestion, key: AnyKey) -> Any:
    """An answer that earns full marks: the first accepted choice of each item, or the first model answer."""
    if isinstance(key, ChooseKey):
        return key.right[0]
    if isinstance(key, TagKey):
        return {at: verdict.right[0] for at, verdict in key.items.items()}
    return key.model[0]
