"""A range of percentages, by the share of a phrase's readers that it holds: 8 of 10 are asked for."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from markupsafe import Markup

from dateline.evidence.misconceptions import Belief
from dateline.evidence.survey import Phrase
from dateline.html import html
from dateline.kinds import fit
from dateline.kinds.base import Chosen, Fault, Kind, Question, Told, Trial, View, note_of
from dateline.kinds.number import bounds_faults, picture
from dateline.kinds.paper import BLANK
from dateline.kinds.results import Note, Part, Picture, Result, Sign, is_number, percent, sign_of, status_of

FULL = (0.70, 0.90)
"""A range that holds this share of readers is right; the learner was asked for 8 of 10."""
HALF = (0.55, 0.97)
WIDTHS = {"right": "about 8 of 10 readers inside", "narrow": "too few readers inside", "wide": "too many readers inside"}


class Range(Question, tag="range", frozen=True, kw_only=True):
    """A low and a high number. Its answer is the list of the two."""

    low: float
    high: float
    unit: str = ""


class RangeKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A phrase of `data/probability_phrases.csv`: the range is scored by the share of its readers that it holds.

    `why` has `right`, `narrow` and `wide`.
    """

    data: Phrase
    why: dict[str, str]
    teach: str
    next: str


class RangeKind(Kind[Range, RangeKey]):
    """By the share of readers inside: right from 70 to 90 %, half right from 55 to 97 %."""

    def answer_form(self, question: Range) -> str:
        return f"[{question.low:g}, {question.high:g}]"

    def invalid(self, question: Range, answer: Any) -> str:
        inside = f"from {question.low:g} to {question.high:g}"
        if not isinstance(answer, list) or len(answer) != 2 or not all(map(is_number, answer)):
            return f"Write a low and a high number {inside}, such as {self.answer_form(question)}"
        low, high = answer
        return "" if question.low <= low <= high <= question.high else f"Write the lower number first, both {inside}"

    def said(self, question: Range, answer: Any) -> str:
        return f"{answer[0]:g} to {answer[1]:g} {question.unit}".strip()

    def grade(self, question: Range, key: RangeKey, answer: Any) -> Result:
        held = key.data.share(*answer)
        credit = 1.0 if FULL[0] <= held <= FULL[1] else 0.5 if HALF[0] <= held <= HALF[1] else 0.0
        return Result(status_of(credit), credit, (Part("", answer, credit),))

    def notes(self, question: Range, key: RangeKey, result: Result) -> tuple[Note, ...]:
        """How many readers the range holds, and why it is right, narrow or wide."""
        part = result.parts[0]
        held = key.data.share(*part.chosen)
        case = "right" if part.credit == 1 else "narrow" if held < FULL[0] else "wide"
        low, high = key.data.quantile(0.1), key.data.quantile(0.9)
        data = f"Your range holds {percent(held)} of the readers of “{key.data}”; 8 of 10 lie from {low} to {high} %. {key.why[case]}"
        return (note_of("", part.credit, f"{part.chosen[0]:g} to {part.chosen[1]:g}{question.unit}", data),)

    def signs(self, question: Range, key: RangeKey, result: Result) -> list[Sign]:
        return [sign_of(part.credit) for part in result.parts]

    def solved(self, question: Range, key: RangeKey) -> Any:
        """The narrowest range of whole numbers that holds about 8 of 10 readers."""
        fair = []
        for low in range(101):
            for high in range(low, 101):
                held = key.data.share(low, high)
                if FULL[0] <= held <= FULL[1]:
                    fair.append((abs(held - 0.8) > 0.05, high - low, low, high))
        return list(min(fair)[2:])

    def extras(self, key: RangeKey, answer: Any) -> tuple[tuple[str, ...], Picture | None]:
        return (), picture(key.data, tuple(answer))

    def view(self, question: Range) -> View:
        return {"bounds": (question.low, question.high), "unit": question.unit}

    def printed(self, spec: View, answer: Any) -> Markup:
        low, high = answer or (None, None)
        shown = f"from {BLANK} to {BLANK}" if low is None else f"from {low:g} to {high:g}"
        return html("<p>{} {} (between {} and {})</p>", shown, spec["unit"], *(f"{bound:g}" for bound in spec["bounds"]))

    def question_faults(self, question: Range) -> Iterator[Fault]:
        yield from fit.shown(question)
        yield from bounds_faults(question.low, question.high)

    def faults(self, question: Range, key: RangeKey) -> Iterator[Fault]:
        yield from fit.reasons(key.why, ("right", "narrow", "wide"))

    def giveaways(self, question: Range, key: RangeKey) -> Iterable[str]:
        return []

    def may_be_open(self, key: RangeKey) -> Iterable[str]:
        return [*key.why, key.data]

    def counts(self, key: RangeKey) -> bool:
        return True

    def is_fixed(self, question: Range, key: RangeKey) -> bool:
        return False

    def beliefs(self, key: RangeKey, result: Result) -> set[Belief]:
        return set()

    def can_show(self, key: RangeKey) -> set[Belief]:
        return set()

    def trials(self, question: Range, key: RangeKey, result: Result) -> Iterator[Trial]:
        return iter(())

    def chosen(self, question: Range, key: RangeKey, result: Result) -> Iterator[Chosen]:
        """Whether the range was right, narrow or wide: two learners seldom give the same numbers."""
        for part in result.parts:
            case = "right" if part.credit == 1 else "narrow" if key.data.share(*part.chosen) < FULL[0] else "wide"
            yield Chosen("", "", case, WIDTHS[case], part.credit, key.why[case])

    def told(self, question: Range, key: RangeKey) -> Iterator[Told]:
        best = self.solved(question, key)
        for note in self.notes(question, key, self.grade(question, key, best)):
            yield Told((note.chosen,), "", note.reason)
