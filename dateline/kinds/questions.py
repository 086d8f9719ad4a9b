"""Typed questions and keys: what is asked, and apart from it what is right, half right, and why.

A question is what a learner may see. A key is never shown before an answer. `library` loads both.
"""

from functools import cached_property
from typing import Literal, TypeAlias

import msgspec

Beat: TypeAlias = Literal["tour", "predict", "say-why", "guided", "own", "exit", "practice", "test", "capstone"]
Theme: TypeAlias = Literal["sourcing", "language", "context", "reactions"]


class Choice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing a learner may choose. `letter` stands for it where space is short."""

    id: str
    text: str
    letter: str = ""


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing to label, place, order or connect.

    `reveal`, on a grid, is shown once the row's first cell is answered, and the other cells wait for it.
    """

    id: str
    text: str
    reveal: str = ""


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One column of a grid, with what may stand in it."""

    id: str
    text: str
    choices: tuple[Choice, ...]


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True, tag_field="kind"):
    """What every question has. `show` are sentences or paragraphs of `text` printed with it.

    `title` names it among others on one page. What is `unmarked` has no key: any answer of the right form is noted.
    """

    id: str
    prompt: str
    beat: Beat
    theme: Theme
    skill: str
    hints: tuple[str, ...] = ()
    confidence: bool = False
    text: str = ""
    show: tuple[str, ...] = ()
    title: str = ""
    unmarked: bool = False

    @property
    def kind(self) -> str:
        """The kind as it is written in a question file."""
        return str(self.__struct_config__.tag)


# ---- one choice for each of several cells ------------------------------------------------------------------------


class Cell(msgspec.Struct, frozen=True):
    """A place for one choice. `choose` has a single cell, whose id is empty."""

    id: str
    text: str
    choices: tuple[Choice, ...]
    given: str = ""


class CellQuestion(Question, frozen=True, kw_only=True):
    """What questions with cells share: each cell is given, or asked."""

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Every cell, those already filled in among them."""
        raise NotImplementedError

    @cached_property
    def asked(self) -> dict[str, frozenset[str]]:
        """The ids of the choices of every cell that is asked, by cell."""
        return {cell.id: frozenset(choice.id for choice in cell.choices) for cell in self.cells if not cell.given}


class Choose(CellQuestion, tag="choose", frozen=True, kw_only=True):
    """One of several choices. Its answer is the id of a choice.

    With `one_by_one` the choices are steps of one thing: they are shown in turn, and the learner stops at one.
    """

    choices: tuple[Choice, ...]
    one_by_one: bool = False

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """The one cell."""
        return (Cell("", "", self.choices),)


class Tag(CellQuestion, tag="tag", frozen=True, kw_only=True):
    """One label for each sentence. Its answer maps the address of a sentence to the id of a choice.

    `given` are labels already filled in; they are neither asked nor counted. The cells' texts are the sentences.
    """

    items: tuple[str, ...]
    choices: tuple[Choice, ...]
    given: dict[str, str] = {}

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """A cell for each sentence, those already filled in among them."""
        return tuple(Cell(item, "", self.choices, self.given.get(item, "")) for item in self.items)


class Match(CellQuestion, tag="match", frozen=True, kw_only=True):
    """One choice for each item. Its answer maps the id of an item to the id of a choice."""

    items: tuple[Item, ...]
    choices: tuple[Choice, ...]
    given: dict[str, str] = {}

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """A cell for each item."""
        return tuple(Cell(item.id, item.text, self.choices, self.given.get(item.id, "")) for item in self.items)


class Ladder(Match, tag="ladder", frozen=True, kw_only=True):
    """A match whose choices are rungs, lowest first. One rung off earns half."""


class Grid(CellQuestion, tag="grid", frozen=True, kw_only=True):
    """A table. Its answer maps `row/column` to the id of one of the column's choices."""

    items: tuple[Item, ...]
    columns: tuple[Column, ...]
    given: dict[str, str] = {}

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """A cell for each row and column, row by row."""
        return tuple(
            Cell(
                f"{row.id}/{column.id}",
                f"{row.text.rstrip('.')}: {column.text}",
                column.choices,
                self.given.get(f"{row.id}/{column.id}", ""),
            )
            for row in self.items
            for column in self.columns
        )


class Verdict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """What each choice earns for one cell, and why. Several `right` are an accepted set.

    `why` has a reason for every choice; `look` are the words of the text on which the reasons rest;
    `misconception` names, for a choice, an entry of `data/misconceptions.toml`.
    """

    right: tuple[str, ...]
    half: tuple[str, ...] = ()
    why: dict[str, str]
    look: str = ""
    at: str = ""
    nth: int | None = None
    misconception: dict[str, str] = {}

    @cached_property
    def credits(self) -> dict[str, float]:
        """1 for a right choice, ½ for a half right one; what is not here earns nothing."""
        return dict.fromkeys(self.half, 0.5) | dict.fromkeys(self.right, 1.0)

    def credit(self, choice: str) -> float:
        """What a choice earns."""
        return self.credits.get(choice, 0.0)


class ChooseKey(Verdict, frozen=True, kw_only=True):
    """The key of a `choose`; `at` is the address where `look` stands."""

    teach: str
    next: str

    @property
    def items(self) -> dict[str, Verdict]:
        """The verdict of the one cell."""
        return {"": self}


class CellsKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The key of `tag`, `match`, `ladder` and `grid`: a verdict for every cell that is asked."""

    items: dict[str, Verdict]
    teach: str
    next: str


# ---- a set -------------------------------------------------------------------------------------------------------


class ChooseMany(Question, tag="choose-many", frozen=True, kw_only=True):
    """Any number of choices. Its answer is a list of their ids; an empty list says that none applies."""

    choices: tuple[Choice, ...]


class ManyKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The choices that belong, those that neither earn nor cost (`optional`), and a reason for each choice."""

    right: tuple[str, ...]
    optional: tuple[str, ...] = ()
    why: dict[str, str]
    misconception: dict[str, str] = {}
    teach: str
    next: str


# ---- spans of a text ---------------------------------------------------------------------------------------------


class Mark(Question, tag="mark", frozen=True, kw_only=True):
    """Words to mark in the sentences shown, each with a label.

    Its answer is a list of `{at, start, end, label}`, offsets in code points; an empty list says that there is nothing to mark.
    """

    choices: tuple[Choice, ...]


class MarkedSpan(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words that should be marked, with the labels accepted. An `optional` one neither earns nor costs.

    `why` has a reason for every label.
    """

    at: str
    words: str
    nth: int | None = None
    right: tuple[str, ...]
    why: dict[str, str]
    optional: bool = False
    misconception: dict[str, str] = {}


class MarkKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The spans to mark, and for every sentence shown the reason why its other words are `fine` as they are.

    On a whole text, `rest` is that reason for the sentences without one of their own, `mixed` names a table of `data/mixed-up.toml`
    with the reasons why one label is not another, and `enough` is how many spans full marks ask for.
    """

    fine: dict[str, str]
    teach: str
    next: str
    span: tuple[MarkedSpan, ...] = ()
    rest: str = ""
    mixed: str = ""
    enough: int = 0


# ---- an order ----------------------------------------------------------------------------------------------------


class Order(Question, tag="order", frozen=True, kw_only=True):
    """Items to put in order, first to last. Its answer is the list of their ids."""

    items: tuple[Item, ...]
    first: str = "first"
    last: str = "last"


class OrderKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Groups from first to last; within a group, and for `free` items, the order is not known and does not count.

    `why` says for each item why it stands where it does, or why its place cannot be known.
    """

    order: tuple[tuple[str, ...], ...]
    why: dict[str, str]
    teach: str
    next: str
    free: tuple[str, ...] = ()


# ---- numbers -----------------------------------------------------------------------------------------------------


class Number(Question, tag="number", frozen=True, kw_only=True):
    """A number between `low` and `high`. Its answer is that number."""

    low: float
    high: float
    unit: str = ""


class Trap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A wrong number that has a reason of its own."""

    value: float
    why: str
    misconception: str = ""


class NumberKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The number that is right within `tolerance` and half right within `near`; or `data`, a phrase whose readers it is set against.

    `why` has `right`, `low` and `high`. With `data` nothing is marked: the feedback says where the number stands among the readers.
    """

    value: float | None = None
    tolerance: float = 0.0
    near: float = 0.0
    why: dict[str, str] = {}
    trap: tuple[Trap, ...] = ()
    data: str = ""
    teach: str
    next: str


class Range(Question, tag="range", frozen=True, kw_only=True):
    """A low and a high number. Its answer is the list of the two."""

    low: float
    high: float
    unit: str = ""


class RangeKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A phrase of `data/probability_phrases.csv`: the range is scored by the share of its readers that it holds.

    `why` has `right`, `narrow` and `wide`.
    """

    data: str
    why: dict[str, str]
    teach: str
    next: str


# ---- dates and times ---------------------------------------------------------------------------------------------


class When(Question, tag="when", frozen=True, kw_only=True):
    """A date, or a date with a time and its offset, for each item; "not stated" is an answer.

    Its answer maps an item to `2025-12-24`, `2025-12-24T17:00+09:00`, a month `2025-12`, or `not stated`.
    """

    items: tuple[Item, ...]
    offsets: tuple[str, ...] = ()


class WhenVerdict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The values accepted for one item. `why` has `right` and `other`, and `coarse` or `fine` where precision can be off.

    `trap` gives a reason of its own to a particular wrong value.
    """

    right: tuple[str, ...]
    why: dict[str, str]
    trap: dict[str, str] = {}
    look: str = ""
    at: str = ""
    misconception: dict[str, str] = {}


class WhenKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A verdict for every item."""

    items: dict[str, WhenVerdict]
    teach: str
    next: str


# ---- a chain -----------------------------------------------------------------------------------------------------


class Chain(Question, tag="chain", frozen=True, kw_only=True):
    """Who got it from whom. Its answer is a list of `{from, to, inferred}`: `to` got it from `from`."""

    items: tuple[Item, ...]


class Edge(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One step: `to` got it from `from`, and whether the text shows that or a reader infers it."""

    source: str = msgspec.field(name="from")
    to: str
    step: Literal["shown", "inferred", "either"] = "shown"
    why: str


class ChainKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The steps. `wrong` says for every item why a step from it that is not among them does not hold."""

    edge: tuple[Edge, ...]
    wrong: dict[str, str]
    teach: str
    next: str


# ---- a desk of source cards ---------------------------------------------------------------------------------------


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A card on the desk: who published it, when, its title, and inside, what it says."""

    id: str
    who: str
    date: str
    title: str
    inside: str


class Desk(Question, tag="desk", frozen=True, kw_only=True):
    """A claim and closed cards, of which `budget` may be opened.

    Its answer is `{before, opened, after}`: percent that the claim holds before and after, and the ids of the cards opened, in order.
    """

    items: tuple[Source, ...]
    budget: int


class Worth(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a card does for the claim: 1 bears on it, 0.5 helps a little, 0 nothing; `leans` for it (1), against it (-1) or neither."""

    worth: float
    leans: Literal[-1, 0, 1]
    why: str


class DeskKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The worth of each card, how much of it is `enough`, and whether the claim holds.

    `why` has `nearer`, `farther` and `still` for a confidence that moved towards the truth, away from it, or not.
    """

    items: dict[str, Worth]
    enough: float
    holds: bool
    why: dict[str, str]
    teach: str
    next: str


# ---- open text ---------------------------------------------------------------------------------------------------


class Write(Question, tag="write", frozen=True, kw_only=True):
    """Open text, never marked. Its answer is what was written."""

    rows: int = 3


class Feature(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something an open answer should mention: present if any of the words is there, whatever their case."""

    name: str
    any: tuple[str, ...]
    missing: str


class WriteKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Model answers and presence checks for an open answer; `words` are the fewest and most asked for. They are shown, never counted."""

    model: tuple[str, ...]
    teach: str
    next: str
    features: tuple[Feature, ...] = ()
    words: tuple[int, int] | None = None


AnyQuestion: TypeAlias = Choose | Tag | Match | Ladder | Grid | ChooseMany | Mark | Order | Number | Range | When | Chain | Desk | Write
AnyKey: TypeAlias = ChooseKey | CellsKey | ManyKey | MarkKey | OrderKey | NumberKey | RangeKey | WhenKey | ChainKey | DeskKey | WriteKey
KEY_TYPES: dict[type[Question], type[AnyKey]] = {
    Choose: ChooseKey,
    Tag: CellsKey,
    Match: CellsKey,
    Ladder: CellsKey,
    Grid: CellsKey,
    ChooseMany: ManyKey,
    Mark: MarkKey,
    Order: OrderKey,
    Number: NumberKey,
    Range: RangeKey,
    When: WhenKey,
    Chain: ChainKey,
    Desk: DeskKey,
    Write: WriteKey,
}


class Lesson(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A lesson's number (`1.1`), title, minutes and questions, as its file gives them. A test has a `form`."""

    lesson: str
    title: str
    question: tuple[AnyQuestion, ...]
    minutes: int = 0
    form: str = ""

    @property
    def module(self) -> str:
        """The module that a lesson belongs to: `1` for lesson 1.1."""
        return self.lesson.split(".")[0]
