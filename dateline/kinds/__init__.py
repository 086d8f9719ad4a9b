"""Every kind of exercise, and what is asked of all alike: grading, a pure function of question, key and answer, and its words.

`grade` never raises and never runs anything from an answer: whatever comes in, a `Result` comes out.
"""

from typing import Any, Union

from dateline.kinds.base import Key, Kind, Question
from dateline.kinds.cells import ChooseKind, GridKind, LadderKind, MatchKind, TagKind
from dateline.kinds.chain import ChainKind
from dateline.kinds.desk import DeskKind
from dateline.kinds.many import ChooseManyKind
from dateline.kinds.number import NumberKind
from dateline.kinds.order import OrderKind
from dateline.kinds.range import RangeKind
from dateline.kinds.results import Feedback, Note, Part, Result, Sign, Status
from dateline.kinds.spans import MarkKind
from dateline.kinds.when import WhenKind
from dateline.kinds.write import WriteKind
from dateline.wording import ended

__all__ = [
    "KINDS",
    "AnyQuestion",
    "Feedback",
    "Key",
    "Kind",
    "Note",
    "Part",
    "Question",
    "Result",
    "Sign",
    "Status",
    "feedback",
    "grade",
    "invalid",
    "kind_of",
    "said",
    "solved",
    "verdict",
]

KINDS: tuple[Kind[Any, Any], ...] = (
    *(ChooseKind(), TagKind(), MatchKind(), LadderKind(), GridKind()),
    *(ChooseManyKind(), MarkKind(), OrderKind(), NumberKind(), RangeKind(), WhenKind(), ChainKind(), DeskKind(), WriteKind()),
)
"""One of each. A kind is added here, and nowhere else."""
_BY_QUESTION = {kind.asks: kind for kind in KINDS}
AnyQuestion: Any = Union[tuple(_BY_QUESTION)]  # noqa: UP007 - the members are known only here
"""The questions of all kinds, told apart by their field `kind`."""
NOTED = "Noted. This answer is not marked."
_UNGRADED: dict[str, str] = {
    "not answered": "Not answered yet. Your answer is saved as soon as you give one.",
    "not valid": "This answer cannot be read. {}",
}
OPENINGS: dict[str, str] = {"right": "Right", "partly": "Partly right", "not yet": "Not yet"}
_EMPTY: tuple[Any, ...] = ({}, "")


def kind_of(question: Question) -> Kind[Any, Any]:
    """What the course can do with a question."""
    return _BY_QUESTION[type(question)]


def grade(question: Question, key: Key | None, answer: Any) -> Result:
    """The result of an answer (a JSON value). Without a key the answer is only checked for its form.

    An empty list answers a `mark` or a `choose-many`: it says that there is nothing.
    """
    kind = kind_of(question)
    if answer is None or answer in _EMPTY or (answer == [] and not kind.empty_list_is_an_answer):
        return Result("not answered")
    problem = kind.invalid(question, answer)
    if problem:
        return Result("not valid", problem=problem)
    if question.unmarked:
        return Result("noted")
    return Result("for your teacher") if key is None else kind.grade(question, key, answer)


def invalid(question: Question, answer: Any) -> str:
    """What is wrong with an answer's form, with what to write instead; empty if nothing is."""
    return kind_of(question).invalid(question, answer)


def said(question: Question, answer: Any) -> str:
    """An answer in words; empty for none, and for one that has not the right form."""
    blank = answer is None or invalid(question, answer)
    return "" if blank else kind_of(question).said(question, answer)


def feedback(question: Question, key: Key | None, answer: Any, result: Result | None = None) -> Feedback:
    """The words for an answer's result."""
    result = result or grade(question, key, answer)
    if key is None or question.unmarked or result.status in _UNGRADED:
        return Feedback(result.status, verdict(question, key, result))
    kind = kind_of(question)
    told = kind.notes(question, key, result)
    model, readers = kind.extras(key, answer)
    words = _verdict(result, [note.sign for note in told])
    return Feedback(result.status, words, told, key.teach if result.status == "right" else key.next, model, readers)


def verdict(question: Question, key: Key | None, result: Result) -> str:
    """How an answer stands, in one line, without the reasons: much less work than `feedback`, in which it comes first."""
    if result.status in _UNGRADED:
        return _UNGRADED[result.status].format(ended(result.problem))
    if key is None or question.unmarked:
        return NOTED if question.unmarked else "Saved; your teacher has the key."
    return _verdict(result, kind_of(question).signs(question, key, result))


def _verdict(result: Result, signs: list[Sign]) -> str:
    if result.status == "for your teacher":
        return "Saved. Compare your line with ours; this check sees only whether something is mentioned, not whether it is well said."
    if result.status == "noted":
        return NOTED
    opening = OPENINGS[result.status]
    if len(signs) == 1:
        return f"{opening}{', for half the credit' if result.points == 0.5 else ''}."
    count, half = signs.count("right"), signs.count("half")
    total = len([part for part in result.parts if part.credit >= 0 and not part.optional])
    extra = len([part for part in result.parts if part.credit < 0])
    said = [f"{count} of {total} right" if total else "", f"{half} half right" if half else "", f"{extra} too many" if extra else ""]
    return ": ".join(filter(None, [opening, ", ".join(filter(None, said))])) + "."


def solved(question: Question, key: Key) -> Any:
    """An answer that earns full marks: the first accepted choice of each part, or the first model answer."""
    return kind_of(question).solved(question, key)
