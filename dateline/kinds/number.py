"""A number against a value or against readers, and a range by the share of readers that it holds."""

from typing import Any

from dateline.evidence.misconceptions import misconceptions
from dateline.evidence.survey import bands, histogram, quantile, share
from dateline.kinds.questions import Number, NumberKey, Range, RangeKey
from dateline.kinds.results import Mark, Note, Readers, Result, is_number, percent, result_of, short, sign_of, status_of

FULL = (0.70, 0.90)
"""A range that holds this share of readers is right; the learner was asked for 8 of 10."""
HALF = (0.55, 0.97)


def invalid(question: Number | Range, answer: Any) -> str:
    """What is wrong with the form of an answer."""
    inside = f"from {question.low:g} to {question.high:g}"
    if isinstance(question, Number):
        ok = is_number(answer) and question.low <= answer <= question.high
        return "" if ok else f"{short(answer)} is not a number {inside}"
    if not isinstance(answer, list) or len(answer) != 2 or not all(map(is_number, answer)):
        return f"Write a low and a high number {inside}, such as [{question.low:g}, {question.high:g}]"
    low, high = answer
    return "" if question.low <= low <= high <= question.high else f"Write the lower number first, both {inside}"


def grade_number(_: Number, key: NumberKey, answer: float) -> Result:
    """Right within the tolerance, half right within `near`; never marked against readers."""
    if key.data or key.value is None:
        return Result("noted", marks=(Mark("", answer, 0.0),))
    off = abs(answer - key.value)
    credit = 1.0 if off <= key.tolerance else 0.5 if off <= key.near else 0.0
    return result_of((Mark("", answer, credit),), 1)


def notes_number(question: Number, key: NumberKey, result: Result) -> tuple[Note, ...]:
    """Why the number is right, low or high, or where it stands among the readers."""
    mark = result.marks[0]
    shown = f"{mark.chosen:g}{question.unit}"
    if key.data or key.value is None:
        return (Note("", "none", shown, among_readers(key.data, mark.chosen)),)
    for trap in key.trap:
        if mark.chosen == trap.value:
            slip = misconceptions().get(trap.misconception, {})
            return (Note("", sign_of(mark.credit), shown, trap.why, "", slip.get("name", ""), slip.get("better", "")),)
    case = "right" if mark.credit == 1 else "low" if mark.chosen < key.value else "high"
    return (Note("", sign_of(mark.credit), shown, key.why[case]),)


def among_readers(phrase: str, number: float) -> str:
    """Where a number stands among the readers of a phrase, in words."""
    below, same = share(phrase, -1, number - 1e-9), share(phrase, number, number)
    above = 1 - below - same
    low, middle, high = (quantile(phrase, part) for part in (0.1, 0.5, 0.9))
    return (
        f"Of the people asked about “{phrase}”, {percent(below)} gave a lower number, {percent(same)} the same "
        f"and {percent(above)} a higher one. "
        f"The middle answer is {middle} %, and 8 of 10 lie from {low} to {high} %. Your number is not marked: it is one reading among many."
    )


def grade_range(_: Range, key: RangeKey, answer: list[float]) -> Result:
    """By the share of readers inside: right from 70 to 90 %, half from 55 to 97 %."""
    held = share(key.data, *answer)
    credit = 1.0 if FULL[0] <= held <= FULL[1] else 0.5 if HALF[0] <= held <= HALF[1] else 0.0
    return Result(status_of(credit), credit, (Mark("", answer, credit),))


def notes_range(question: Range, key: RangeKey, result: Result) -> tuple[Note, ...]:
    """How many readers the range holds, and why it is right, narrow or wide."""
    mark = result.marks[0]
    held = share(key.data, *mark.chosen)
    case = "right" if mark.credit == 1 else "narrow" if held < FULL[0] else "wide"
    low, high = quantile(key.data, 0.1), quantile(key.data, 0.9)
    data = f"Your range holds {percent(held)} of the readers of “{key.data}”; 8 of 10 lie from {low} to {high} %. {key.why[case]}"
    return (Note("", sign_of(mark.credit), f"{mark.chosen[0]:g} to {mark.chosen[1]:g}{question.unit}", data),)


def readers(key: NumberKey | RangeKey, answer: Any) -> Readers | None:
    """The readers of the key's phrase beside the learner's number or range, if the key names a phrase."""
    if not key.data:
        return None
    return Readers(key.data, histogram(key.data), bands(key.data), tuple(answer) if isinstance(answer, list) else (answer,))


def solved_number(question: Number, key: NumberKey) -> Any:
    """The value, or the readers' middle answer."""
    return quantile(key.data, 0.5) if key.value is None else key.value


def solved_range(_: Range, key: RangeKey) -> Any:
    """The narrowest range of whole numbers that holds about 8 of 10 readers."""
    fair = []
    for low in range(101):
        for high in range(low, 101):
            held = share(key.data, low, high)
            if FULL[0] <= held <= FULL[1]:
                fair.append((abs(held - 0.8) > 0.05, high - low, low, high))
    return list(min(fair)[2:])
