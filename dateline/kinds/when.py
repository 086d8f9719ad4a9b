"""Dates and times, cell by cell: the same moment in another zone is the same answer, and "not stated" can be right."""

import datetime
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, Literal, TypeAlias

import msgspec
from markupsafe import Markup

from dateline.evidence.misconceptions import Belief
from dateline.kinds import fit
from dateline.kinds.base import LONGEST_NAME, Chosen, Fault, Items, Kind, Question, Right, Told, Trial, View, as_plain, items_by_id, note_of
from dateline.kinds.paper import BLANK, grid
from dateline.kinds.results import Note, Part, Picture, Result, Sign, result_of, short, sign_of

REMEMBERED = 2_000
"""Dates, and comparisons of two, that are kept: a class gives few different ones."""
NOT_STATED = "not stated"
FORM = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(Z|[+-]\d\d:\d\d)?)?)?)?")
YEAR, MONTH, DAY, CLOCK, MINUTE = 4, 7, 10, 16, 17
"""Precisions, as the letters that a date of each has; a clock without a zone is coarser than a minute, which has one."""
HOW_TO_WRITE = f'write a date as 2025-12-24 or a month as 2025-12, a time as 2025-12-24T17:00+09:00 or without its zone, or "{NOT_STATED}"'
CREDIT = {"right": 1.0, "coarse": 0.5}
"""Right 1, right but coarser ½, anything else nothing: a finer answer claims what the text does not say."""
Case: TypeAlias = Literal["right", "coarse", "fine", "other"]
Moment: TypeAlias = tuple[int, datetime.datetime]


class When(Question, tag="when", frozen=True, kw_only=True):
    """A date, or a date with a time and its offset, for each item; "not stated" is an answer.

    Its answer maps an item to `2025-12-24`, `2025-12-24T17:00+09:00`, `2025-12-24T17:00` where no zone is given, a month `2025-12`, or
    `not stated`. With `from_marks` what the marks of its text date are items as well, each named by its sentence and its words, and the
    days that they imply are drafted; an answer may then give a name that no mark has any more.
    """

    items: Items
    offsets: tuple[str, ...] = ()
    from_marks: bool = False


class WhenVerdict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The values accepted for one item. `why` has `right` and `other`, and `coarse` or `fine` where precision can be off.

    `trap` gives a reason of its own to a particular wrong value. `unlock` stands with an accepted "not stated" about the real
    world: the look-up that was tried. It is said after every reason.
    """

    right: Right
    why: dict[str, str]
    trap: dict[str, str] = {}
    look: str = ""
    at: str = ""
    nth: int | None = None
    unlock: str = ""
    misconception: dict[str, Belief] = {}


class WhenKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A verdict for every item."""

    items: dict[str, WhenVerdict]
    teach: str
    next: str


class WhenKind(Kind[When, WhenKey]):
    """The mean over the items: the same moment 1, a coarser date that is true ½; a finer one claims what the text does not say."""

    def answer_form(self, question: When) -> str:
        return f'{{"{question.items[0].id}": "2025-12-24"}}'

    def invalid(self, question: When, answer: Any) -> str:
        items = [item.id for item in question.items]
        if not isinstance(answer, dict):
            return f'Write a date for each, such as {self.answer_form(question)} or "{NOT_STATED}"'
        for item, value in answer.items():
            if item not in items and not (question.from_marks and 0 < len(item) <= LONGEST_NAME):
                return f"{short(item)} is not asked here; you can answer {', '.join(items)}"
            if not isinstance(value, str) or (value != NOT_STATED and read_moment(value) is None):
                return f"{item}: {HOW_TO_WRITE}, not {short(value)}"
        return ""

    def said(self, question: When, answer: Any) -> str:
        texts = items_by_id(question.items)
        return "; ".join(f"{texts.get(item, item).rstrip('.:')}: {value}" for item, value in answer.items())

    def grade(self, question: When, key: WhenKey, answer: Any) -> Result:
        given = [(item, answer.get(item, ""), verdict.right) for item, verdict in key.items.items()]
        parts = tuple(Part(item, value, CREDIT.get(compare(value, right), 0.0) if value else 0.0) for item, value, right in given)
        return result_of(parts, len(parts))

    def notes(self, question: When, key: WhenKey, result: Result) -> tuple[Note, ...]:
        texts = items_by_id(question.items)
        return tuple(_note(texts[part.item], part, key.items[part.item]) for part in result.parts)

    def signs(self, question: When, key: WhenKey, result: Result) -> list[Sign]:
        return [sign_of(part.credit) if part.chosen else "none" for part in result.parts]

    def solved(self, question: When, key: WhenKey) -> Any:
        return {item: verdict.right[0] for item, verdict in key.items.items()}

    def extras(self, key: WhenKey, answer: Any) -> tuple[tuple[str, ...], Picture | None]:
        return (), None

    def view(self, question: When) -> View:
        more = {"from_marks": True} if question.from_marks else {}
        return {"items": as_plain(question.items, "id", "text"), "offsets": list(question.offsets), **more}

    def printed(self, spec: View, answer: Any) -> Markup:
        zones = f", time and zone ({', '.join(spec['offsets'])}, or none if none is given)" if spec["offsets"] else ""
        names = {item["id"]: item["text"] for item in spec["items"]}
        names |= {name: name for name in answer or {} if name not in names}
        rows = [[text, (answer or {}).get(name, BLANK)] for name, text in names.items()]
        return grid(["", f"date or month{zones}, or “not stated”"], rows)

    def question_faults(self, question: When) -> Iterator[Fault]:
        yield from fit.shown(question)
        for offset in question.offsets:
            if not re.fullmatch(r"Z|[+-]\d\d:\d\d", offset):
                yield Fault(("offsets",), f"{offset!r} is not an offset", "Write Z or an offset such as +09:00")

    def faults(self, question: When, key: WhenKey) -> Iterator[Fault]:
        yield from fit.same(key.items, [item.id for item in question.items], "an item", ("items",))
        for name, verdict in key.items.items():
            yield from _verdict_faults(question, verdict, ("items", name))

    def giveaways(self, question: When, key: WhenKey) -> Iterable[str]:
        return [value for verdict in key.items.values() for value in verdict.right if read_moment(value)]

    def may_be_open(self, key: WhenKey) -> Iterable[str]:
        for name, verdict in key.items.items():
            yield from (name, verdict.look, verdict.at, *verdict.right, *verdict.trap, *verdict.misconception, *verdict.why)

    def counts(self, key: WhenKey) -> bool:
        return True

    def is_fixed(self, question: When, key: WhenKey) -> bool:
        return all(len(verdict.right) == 1 for verdict in key.items.values())

    def beliefs(self, key: WhenKey, result: Result) -> set[Belief]:
        found = (_slip(key.items[part.item], part.chosen) for part in result.parts if part.chosen and part.credit < 1)
        return {slip for slip in found if slip}

    def can_show(self, key: WhenKey) -> set[Belief]:
        return {slip for verdict in key.items.values() for slip in verdict.misconception.values()}

    def trials(self, question: When, key: WhenKey, result: Result) -> Iterator[Trial]:
        return iter(())

    def chosen(self, question: When, key: WhenKey, result: Result) -> Iterator[Chosen]:
        texts = items_by_id(question.items)
        for part in (part for part in result.parts if part.chosen):
            note = _note(texts[part.item], part, key.items[part.item])
            yield Chosen(part.item, texts[part.item], part.chosen, part.chosen, part.credit, note.reason)

    def told(self, question: When, key: WhenKey) -> Iterator[Told]:
        texts = items_by_id(question.items)
        for name, verdict in key.items.items():
            yield Told((texts[name], " or ".join(verdict.right)), "right", f"{verdict.why['right']} {verdict.unlock}".rstrip())
            for value, why in verdict.trap.items():
                yield Told((texts[name], value), "wrong", why)


@lru_cache(maxsize=REMEMBERED)
def read_moment(value: str) -> Moment | None:
    """Precision (`YEAR` to `MINUTE`) and moment; one with a zone is in UTC, one without stands as it is written. None if it is neither."""
    if not FORM.fullmatch(value):
        return None
    try:
        if len(value) == CLOCK:
            return CLOCK, datetime.datetime.fromisoformat(value)
        if "T" in value:
            return MINUTE, datetime.datetime.fromisoformat(value).astimezone(datetime.UTC)
        return len(value), datetime.datetime.fromisoformat((value + "-01-01")[:10])
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=REMEMBERED)
def compare(value: str, right: tuple[str, ...]) -> Case:
    """How a value stands to the accepted ones: the same, the same but coarser or finer, or another."""
    given = read_moment(value)
    cases = [_compare(value, given, accepted) for accepted in right]
    return next((case for case in ("right", "coarse", "fine") if case in cases), "other")


def _compare(value: str, given: Moment | None, accepted: str) -> Case:
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


def _trap(verdict: WhenVerdict, value: str) -> str:
    """The trap that a value is, in whatever zone it is written."""
    if compare(value, verdict.right) != "other":
        return ""
    return next((trap for trap in verdict.trap if compare(value, (trap,)) == "right"), "")


def _slip(verdict: WhenVerdict, value: str) -> Belief | None:
    return verdict.misconception.get(_trap(verdict, value))


def _note(text: str, part: Part, verdict: WhenVerdict) -> Note:
    if not part.chosen:
        return Note(text, "none", "", "No answer here yet.", item=part.item)
    case = compare(part.chosen, verdict.right)
    reason = verdict.trap.get(_trap(verdict, part.chosen)) or verdict.why.get(case) or verdict.why["other"]
    reason = f"{reason} {verdict.unlock}".rstrip()
    return note_of(text, part.credit, part.chosen, reason, verdict.look, _slip(verdict, part.chosen), part.item)


def _verdict_faults(question: When, verdict: WhenVerdict, where: tuple[str, str]) -> Iterator[Fault]:
    precisions = [moment[0] for value in verdict.right if (moment := read_moment(value))]
    finest = MINUTE if question.offsets else DAY
    wanted = {"right", "other"} | ({"coarse"} if any(p > YEAR for p in precisions) else set())
    wanted |= {"fine"} if any(p < finest for p in precisions) else set()
    yield from fit.reasons(verdict.why, wanted, where)
    yield from fit.unshared(verdict.trap, (*where, "trap"))
    yield from fit.known(verdict.misconception, verdict.trap, "a trap", (*where, "misconception"))
    if verdict.look or verdict.at:
        yield from fit.words_in(question.text, verdict.at, verdict.look, verdict.nth, (*where, "look"))
    for field, values in (("right", verdict.right), ("trap", verdict.trap)):
        for value in values:
            if value != NOT_STATED and read_moment(value) is None:
                fix = "Write 2025-12-24, 2025-12, 2025-12-24T17:00+09:00, 2025-12-24T17:00, or not stated"
                yield Fault((*where, field), f"{value!r} is not a date", fix)
    for value in verdict.trap:
        if compare(value, verdict.right) != "other":
            yield Fault((*where, "trap"), f"the trap {value!r} is right, or right but for its precision", "Take it out")
