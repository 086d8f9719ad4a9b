"""Dates and times, cell by cell: the same moment in another zone is the same answer, and "not stated" can be right."""

import datetime
import re
from typing import Any, Literal, TypeAlias

from dateline.evidence.misconceptions import misconceptions
from dateline.kinds.questions import When, WhenKey, WhenVerdict
from dateline.kinds.results import Mark, Note, Result, result_of, short, sign_of

NOT_STATED = "not stated"
FORM = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(Z|[+-]\d\d:\d\d))?)?)?")
Case: TypeAlias = Literal["right", "coarse", "fine", "other"]


def invalid(question: When, answer: Any) -> str:
    """What is wrong with the form of an answer."""
    items = [item.id for item in question.items]
    if not isinstance(answer, dict):
        return f'Write a date for each, such as {{"{items[0]}": "2025-12-24"}} or "{NOT_STATED}"'
    for item, value in answer.items():
        if item not in items:
            return f"{short(item)} is not asked here; you can answer {', '.join(items)}"
        if not isinstance(value, str) or (value != NOT_STATED and read_moment(value) is None):
            return f'{item}: write a date as 2025-12-24, with a time as 2025-12-24T17:00+09:00, or "{NOT_STATED}", not {short(value)}'
    return ""


def read_moment(value: str) -> tuple[int, datetime.datetime] | None:
    """Precision (4 a year, 7 a month, 10 a day, 16 a minute) and moment; a moment with a time is in UTC. None if it is neither."""
    if not FORM.fullmatch(value):
        return None
    try:
        if "T" in value:
            return 16, datetime.datetime.fromisoformat(value).astimezone(datetime.UTC)
        return len(value), datetime.datetime.fromisoformat((value + "-01-01")[:10])
    except (ValueError, OverflowError):
        return None


def compare(value: str, right: tuple[str, ...]) -> Case:
    """How a value stands to the accepted ones: the same, the same but coarser or finer, or another."""
    given = read_moment(value)
    cases = [_compare(value, given, accepted) for accepted in right]
    return next((case for case in ("right", "coarse", "fine") if case in cases), "other")


def _compare(value: str, given: tuple[int, datetime.datetime] | None, accepted: str) -> Case:
    if value == accepted:
        return "right"
    wanted = read_moment(accepted)
    if given is None or wanted is None:
        return "other"
    if given == wanted:
        return "right"
    if given[0] < wanted[0] and accepted.startswith(value):
        return "coarse"
    return "fine" if given[0] > wanted[0] and value.startswith(accepted) else "other"


def grade(_: When, key: WhenKey, answer: dict[str, str]) -> Result:
    """The mean over the cells: right 1, right but coarser ½, anything else 0. A finer answer claims what the text does not say."""
    credit = {"right": 1.0, "coarse": 0.5}
    marks = tuple(
        Mark(item, value, credit.get(compare(value, verdict.right), 0.0) if value else 0.0)
        for item, verdict in key.items.items()
        for value in (answer.get(item, ""),)
    )
    return result_of(marks, len(marks))


def notes(question: When, key: WhenKey, result: Result) -> tuple[Note, ...]:
    """The reason for each cell."""
    texts = {item.id: item.text for item in question.items}
    return tuple(_note(texts[mark.item], mark, key.items[mark.item]) for mark in result.marks)


def _note(text: str, mark: Mark, verdict: WhenVerdict) -> Note:
    if not mark.chosen:
        return Note(text, "none", "", "No answer here yet.")
    case = compare(mark.chosen, verdict.right)
    trap = next((value for value in verdict.trap if compare(mark.chosen, (value,)) == "right"), "") if case == "other" else ""
    reason = verdict.trap.get(trap) or verdict.why.get(case) or verdict.why["other"]
    slip = misconceptions().get(verdict.misconception.get(trap, ""), {})
    return Note(text, sign_of(mark.credit), mark.chosen, reason, verdict.look, slip.get("name", ""), slip.get("better", ""))


def solved(_: When, key: WhenKey) -> Any:
    """The first accepted value of each cell."""
    return {item: verdict.right[0] for item, verdict in key.items.items()}
