"""A number: against a value within a tolerance, or set beside the readers of a phrase, which is never marked."""

from collections.abc import Iterable, Iterator
from typing import Annotated, Any

import msgspec
from markupsafe import Markup

from dateline.evidence.misconceptions import Belief
from dateline.evidence.survey import Phrase
from dateline.html import html
from dateline.kinds import fit
from dateline.kinds.base import Chosen, Fault, Kind, Question, Told, Trial, View, note_of
from dateline.kinds.paper import BLANK
from dateline.kinds.results import Note, Part, Picture, Result, Sign, is_number, percent, result_of, short, sign_of

Distance = Annotated[float, msgspec.Meta(ge=0)]


class Number(Question, tag="number", frozen=True, kw_only=True):
    """A number between `low` and `high`. Its answer is that number."""

    low: float
    high: float
    unit: str = ""


class Trap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A wrong number that has a reason of its own."""

    value: float
    why: str
    misconception: Belief | None = None


class NumberKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The number that is right within `tolerance` and half right within `near`; or `data`, a phrase whose readers it is set against.

    `why` has `right`, `low` and `high`. With `data` nothing is marked: the feedback says where the number stands among the readers.
    """

    value: float | None = None
    tolerance: Distance = 0.0
    near: Distance = 0.0
    why: dict[str, str] = {}
    trap: tuple[Trap, ...] = ()
    data: Phrase | None = None
    teach: str
    next: str


def with_unit(value: float, unit: str) -> str:
    """A number and its unit: `60%`, `8 hours`, and `60 %` where its author has written the space."""
    return f"{value:g}{unit if unit.startswith(('%', ' ')) else f' {unit}'}".rstrip()


class NumberKind(Kind[Number, NumberKey]):
    """Right within the tolerance, half right within `near`. A number that is set beside readers is never marked."""

    def answer_form(self, question: Number) -> str:
        return f"{question.low:g}"

    def invalid(self, question: Number, answer: Any) -> str:
        ok = is_number(answer) and question.low <= answer <= question.high
        return "" if ok else f"{short(answer)} is not a number from {question.low:g} to {question.high:g}"

    def said(self, question: Number, answer: Any) -> str:
        return with_unit(answer, question.unit)

    def grade(self, question: Number, key: NumberKey, answer: Any) -> Result:
        if key.value is None:
            return Result("noted", parts=(Part("", answer, 0.0),))
        off = abs(answer - key.value)
        credit = 1.0 if off <= key.tolerance else 0.5 if off <= key.near else 0.0
        return result_of((Part("", answer, credit),), 1)

    def notes(self, question: Number, key: NumberKey, result: Result) -> tuple[Note, ...]:
        """Why the number is right, low or high, or where it stands among the readers."""
        part = result.parts[0]
        shown = with_unit(part.chosen, question.unit)
        if key.value is None:
            return (Note("", "none", shown, among_readers(key.data, part.chosen) if key.data else ""),)
        for trap in key.trap:
            if part.chosen == trap.value:
                return (note_of("", part.credit, shown, trap.why, "", trap.misconception),)
        case = "right" if part.credit == 1 else "low" if part.chosen < key.value else "high"
        return (note_of("", part.credit, shown, key.why[case]),)

    def signs(self, question: Number, key: NumberKey, result: Result) -> list[Sign]:
        return ["none" if key.value is None else sign_of(result.parts[0].credit)]

    def solved(self, question: Number, key: NumberKey) -> Any:
        """The value, or the readers' middle answer."""
        return key.data.quantile(0.5) if key.data else key.value

    def extras(self, key: NumberKey, answer: Any) -> tuple[tuple[str, ...], Picture | None]:
        return (), picture(key.data, (answer,))

    def view(self, question: Number) -> View:
        return {"bounds": (question.low, question.high), "unit": question.unit}

    def printed(self, spec: View, answer: Any) -> Markup:
        shown = BLANK if answer is None else f"{answer:g}"
        return html("<p>{} {} (from {} to {})</p>", shown, spec["unit"], *(f"{bound:g}" for bound in spec["bounds"]))

    def question_faults(self, question: Number) -> Iterator[Fault]:
        yield from fit.shown(question)
        yield from bounds_faults(question.low, question.high)

    def faults(self, question: Number, key: NumberKey) -> Iterator[Fault]:
        if (key.value is None) == (key.data is None):
            yield Fault((), "a number is set against a value or against data, one of the two", "Give value, or name the data")
        elif key.value is not None:
            if not question.low <= key.value <= question.high:
                yield Fault(("value",), f"{key.value:g} is not between the question's bounds", "Correct the value or the bounds")
            if 0 < key.near <= key.tolerance:
                fix = "Make near larger than tolerance, or leave it out"
                yield Fault(("near",), f"near ({key.near:g}) lies inside the tolerance ({key.tolerance:g})", fix)
            yield from fit.reasons(key.why, ("right", "low", "high"))
        for number, trap in enumerate(key.trap):
            if not question.low <= trap.value <= question.high:
                yield Fault(("trap", number), f"the trap {trap.value:g} is not between the question's bounds", "Nobody can fall into it")
            elif key.value is not None and abs(trap.value - key.value) <= key.tolerance:
                yield Fault(("trap", number), f"the trap {trap.value:g} is right", "Take it out, or narrow the tolerance")

    def giveaways(self, question: Number, key: NumberKey) -> Iterable[str]:
        return []

    def may_be_open(self, key: NumberKey) -> Iterable[str]:
        return [*key.why, *([key.data] if key.data else []), *(trap.misconception for trap in key.trap if trap.misconception)]

    def counts(self, key: NumberKey) -> bool:
        return key.value is not None

    def is_fixed(self, question: Number, key: NumberKey) -> bool:
        return key.value is not None

    def beliefs(self, key: NumberKey, result: Result) -> set[Belief]:
        given = {part.chosen for part in result.parts}
        return {trap.misconception for trap in key.trap if trap.misconception and trap.value in given}

    def can_show(self, key: NumberKey) -> set[Belief]:
        return {trap.misconception for trap in key.trap if trap.misconception}

    def trials(self, question: Number, key: NumberKey, result: Result) -> Iterator[Trial]:
        return iter(())

    def chosen(self, question: Number, key: NumberKey, result: Result) -> Iterator[Chosen]:
        for part, note in zip(result.parts, self.notes(question, key, result), strict=True):
            if key.value is not None:
                yield Chosen("", "", f"{part.chosen:g}", note.chosen, part.credit, note.reason)

    def told(self, question: Number, key: NumberKey) -> Iterator[Told]:
        best = self.solved(question, key)
        for note in self.notes(question, key, self.grade(question, key, best)):
            yield Told((note.chosen,), "", note.reason)
        for trap in key.trap:
            yield Told((with_unit(trap.value, question.unit),), "wrong", trap.why)


def bounds_faults(low: float, high: float) -> Iterator[Fault]:
    """Bounds that leave no room."""
    if low >= high:
        yield Fault(("low",), f"low ({low:g}) is not below high ({high:g})", "Write the lower bound first")


def picture(data: Phrase | None, mine: tuple[float, ...]) -> Picture | None:
    """The readers of a phrase beside the learner's number or range, if there is a phrase."""
    return Picture(str(data), data.histogram(), data.bands, mine) if data else None


def among_readers(phrase: Phrase, number: float) -> str:
    """Where a number stands among the readers of a phrase, in words."""
    below, same = phrase.share(-1, number - 1e-9), phrase.share(number, number)
    above = 1 - below - same
    low, middle, high = (phrase.quantile(part) for part in (0.1, 0.5, 0.9))
    return (
        f"Of the people asked about “{phrase}”, {percent(below)} gave a lower number, {percent(same)} the same "
        f"and {percent(above)} a higher one. "
        f"The middle answer is {middle} %, and 8 of 10 lie from {low} to {high} %. Your number is not marked: it is one reading among many."
    )
