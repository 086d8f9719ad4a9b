"""One choice for each cell: `choose`, `tag`, `match`, `ladder` and `grid` are one mechanism."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, TypeVar

import msgspec
from markupsafe import Markup

from dateline.evidence.misconceptions import Belief
from dateline.html import emphasised, html, join
from dateline.kinds import fit
from dateline.kinds.base import (
    Choice,
    Choices,
    Chosen,
    Fault,
    Item,
    Items,
    Kind,
    Name,
    Question,
    Right,
    Told,
    Trial,
    View,
    as_plain,
    note_of,
)
from dateline.kinds.paper import BLANK, box, boxes, grid
from dateline.kinds.results import Note, Part, Picture, Result, Sign, result_of, short, sign_of
from dateline.wording import ended

FIRST = ("not", "half", "none", "right")
LISTED = 4
"""Cells without an answer are named up to this many; more are counted."""
PASSED = frozenset({"fine", "supported"})
"""Choices that let a sentence pass."""


# ---- questions -----------------------------------------------------------------------------------------------------


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

    @cached_property
    def names(self) -> dict[str, str]:
        """What every cell is called in words."""
        return {cell.id: cell.text or cell.id for cell in self.cells}

    @cached_property
    def labels(self) -> dict[tuple[str, str], str]:
        """Every choice in words, by cell and choice."""
        return {(cell.id, choice.id): choice.text for cell in self.cells for choice in cell.choices}

    @cached_property
    def words(self) -> dict[tuple[str, str], str]:
        """Every cell with a choice made in it, in words."""
        cells = {cell.id: cell.text.rstrip(".:") or cell.id for cell in self.cells}
        return {(cell, choice): f"{cells[cell]}: {text}" for (cell, choice), text in self.labels.items()}


class Choose(CellQuestion, tag="choose", frozen=True, kw_only=True):
    """One of several choices. Its answer is the id of a choice.

    With `one_by_one` the choices are steps of one thing: they are shown in turn, and the learner stops at one.
    """

    choices: Choices
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
    choices: Choices
    given: dict[str, str] = {}

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """A cell for each sentence, those already filled in among them."""
        return tuple(Cell(item, "", self.choices, self.given.get(item, "")) for item in self.items)


class Match(CellQuestion, tag="match", frozen=True, kw_only=True):
    """One choice for each item. Its answer maps the id of an item to the id of a choice."""

    items: Items
    choices: Choices
    given: dict[str, str] = {}

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """A cell for each item."""
        return tuple(Cell(item.id, item.text, self.choices, self.given.get(item.id, "")) for item in self.items)


class Ladder(Match, tag="ladder", frozen=True, kw_only=True):
    """A match whose choices are rungs, lowest first. One rung off earns half."""


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One column of a grid, with what may stand in it."""

    id: Name
    text: str
    choices: Choices


class Grid(CellQuestion, tag="grid", frozen=True, kw_only=True):
    """A table. Its answer maps `row/column` to the id of one of the column's choices."""

    items: Items
    columns: tuple[Column, ...]
    given: dict[str, str] = {}

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """A cell for each row and column, row by row."""
        return tuple(self._cell(row, column) for row in self.items for column in self.columns)

    def _cell(self, row: Item, column: Column) -> Cell:
        name = f"{row.id}/{column.id}"
        return Cell(name, f"{row.text.rstrip('.')}: {column.text}", column.choices, self.given.get(name, ""))


# ---- keys ----------------------------------------------------------------------------------------------------------


class Verdict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """What each choice earns for one cell, and why. Several `right` are an accepted set.

    `why` has a reason for every choice; `look` are the words of the text on which the reasons rest;
    `misconception` names, for a choice, an entry of `data/misconceptions.toml`. `unlock` stands with an accepted "cannot be
    told" about the real world: the look-up that was tried, or that would settle it. It is said after every reason.
    """

    right: Right
    half: tuple[str, ...] = ()
    why: dict[str, str]
    look: str = ""
    at: str = ""
    nth: int | None = None
    unlock: str = ""
    misconception: dict[str, Belief] = {}

    @cached_property
    def credits(self) -> dict[str, float]:
        """1 for a right choice, ½ for a half right one; what is not here earns nothing."""
        return dict.fromkeys(self.half, 0.5) | dict.fromkeys(self.right, 1.0)

    def credit(self, choice: str) -> float:
        """What a choice earns."""
        return self.credits.get(choice, 0.0)

    def reason(self, choice: str) -> str:
        """What is said of a choice: why, and the look-up behind an answer that cannot be told."""
        return f"{self.why[choice]} {self.unlock}".rstrip()


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


# ---- what the five share -------------------------------------------------------------------------------------------

CQ = TypeVar("CQ", bound=CellQuestion)
CK = TypeVar("CK", bound=ChooseKey | CellsKey)


class CellKind(Kind[CQ, CK]):
    """The mean over the cells that are asked: a right choice 1, a half right one ½, anything else nothing."""

    def answer_form(self, question: CQ) -> str:
        first = next(cell for cell in question.cells if not cell.given)
        return f'{{"{first.id}": "{first.choices[0].id}"}}'

    def invalid(self, question: CQ, answer: Any) -> str:
        if not isinstance(answer, dict):
            return f"Write one choice for each, such as {self.answer_form(question)}"
        asked = question.asked
        for name, chosen in answer.items():
            if name not in asked:
                return f"{short(name)} is not asked here; you can answer {', '.join(asked)}"
            if not isinstance(chosen, str) or chosen not in asked[name]:
                return f"{name}: {short(chosen)} is not one of the choices; they are {', '.join(sorted(asked[name]))}"
        return ""

    def said(self, question: CQ, answer: Any) -> str:
        words = question.words
        return "; ".join([words[name, chosen] for name, chosen in answer.items()])

    def grade(self, question: CQ, key: CK, answer: Any) -> Result:
        given = [(name, answer.get(name, ""), verdict) for name, verdict in key.items.items()]
        parts = tuple([Part(name, chosen, verdict.credits.get(chosen, 0.0)) for name, chosen, verdict in given])
        return result_of(parts, len(parts))

    def signs(self, question: CQ, key: CK, result: Result) -> list[Sign]:
        signs = [sign_of(part.credit) for part in result.parts if part.chosen]
        return signs if len(signs) == len(result.parts) else [*signs, "none"]

    def notes(self, question: CQ, key: CK, result: Result) -> tuple[Note, ...]:
        """The reason for each choice, those that are not right first, and one line for all that have no answer yet."""
        labels, names = question.labels, question.names
        said = [self._note(part, key.items[part.item], labels[part.item, part.chosen], names) for part in result.parts if part.chosen]
        open_ones = [names[part.item] for part in result.parts if not part.chosen]
        if open_ones:
            listed = f"{len(open_ones)} of {len(result.parts)}" if len(open_ones) > LISTED else ", ".join(open_ones)
            said.append(Note("", "none", "", ended(f"No answer here yet: {listed}")))
        return tuple(sorted(said, key=lambda note: FIRST.index(note.sign)))

    def _note(self, part: Part, verdict: Verdict, label: str, names: dict[str, str]) -> Note:
        slip = verdict.misconception.get(part.chosen)
        at = names[part.item] or verdict.at
        return note_of(at, part.credit, label, verdict.reason(part.chosen), verdict.look, slip, part.item)

    def solved(self, question: CQ, key: CK) -> Any:
        return {name: verdict.right[0] for name, verdict in key.items.items()}

    def extras(self, key: CK, answer: Any) -> tuple[tuple[str, ...], Picture | None]:
        return (), None

    def view(self, question: CQ) -> View:
        return {"rows": [self._row(question, cell) for cell in question.cells], "choices": self._choices(question)}

    def _row(self, question: CQ, cell: Cell) -> dict[str, Any]:
        return {"id": cell.id, "at": "", "words": cell.text, "given": cell.given, "choices": []}

    def _choices(self, question: Any) -> list[dict[str, str]]:
        return as_plain(question.choices, "id", "text", "letter")

    def printed(self, spec: View, answer: Any) -> Markup:
        head = ["", *(choice["text"] for choice in spec["choices"])]
        return grid(head, [self._printed_row(row, spec["choices"], answer or {}) for row in spec["rows"]])

    def _printed_row(self, row: dict[str, Any], choices: list[dict[str, str]], answer: dict[str, str]) -> list[str]:
        chosen = row["given"] or answer.get(row["id"])
        return [f"{row['at']} {row['words']}".strip(), *(box(chosen == choice["id"]) for choice in choices)]

    def question_faults(self, question: CQ) -> Iterator[Fault]:
        yield from fit.shown(question)
        cells = {cell.id: cell for cell in question.cells}
        given: dict[str, str] = getattr(question, "given", {})
        yield from fit.known(given, cells, "an item of this question", ("given",))
        for name in sorted(set(given) & set(cells)):
            yield from fit.known([given[name]], [choice.id for choice in cells[name].choices], "a choice", ("given", name))
        if not question.asked:
            yield Fault((), "nothing is asked: every cell is given", "Take one out of given")

    def faults(self, question: CQ, key: CK) -> Iterator[Fault]:
        cells = {cell.id: cell for cell in question.cells if not cell.given}
        yield from fit.same(key.items, cells, "something that is asked", ("items",))
        for name in sorted(set(key.items) & set(cells)):
            where = ("items", name) if name else ()
            yield from _verdict_faults(question, key.items[name], cells[name], where)

    def giveaways(self, question: CQ, key: CK) -> Iterable[str]:
        return []

    def may_be_open(self, key: CK) -> Iterable[str]:
        for name, verdict in key.items.items():
            yield from (name, verdict.look, verdict.at, *verdict.right, *verdict.half, *verdict.misconception, *verdict.why)

    def counts(self, key: CK) -> bool:
        return True

    def is_fixed(self, question: CQ, key: CK) -> bool:
        return all(len(verdict.right) == 1 and not verdict.half for verdict in key.items.values())

    def beliefs(self, key: CK, result: Result) -> set[Belief]:
        slips = (key.items[part.item].misconception.get(part.chosen) for part in result.parts if part.credit < 1 and part.chosen)
        return {slip for slip in slips if slip}

    def can_show(self, key: CK) -> set[Belief]:
        return {slip for verdict in key.items.values() for slip in verdict.misconception.values()}

    def trials(self, question: CQ, key: CK, result: Result) -> Iterator[Trial]:
        chosen = {part.item: part.chosen for part in result.parts}
        for name, verdict in key.items.items():
            passing = PASSED & question.asked.get(name, frozenset())
            if passing and chosen.get(name) and (sound := _is_sound(verdict)) is not None:
                yield Trial(sound, chosen[name] not in PASSED)

    def chosen(self, question: CQ, key: CK, result: Result) -> Iterator[Chosen]:
        for item, chosen, credit in ((part.item, part.chosen, part.credit) for part in result.parts if part.chosen):
            why = key.items[item].why[chosen]
            yield Chosen(item, question.names[item], chosen, question.labels[item, chosen], credit, why)

    def told(self, question: CQ, key: CK) -> Iterator[Told]:
        for name, verdict in key.items.items():
            for chosen, why in verdict.why.items():
                sign = {1.0: "right", 0.5: "half"}.get(verdict.credit(chosen), "wrong")
                said = why if sign == "wrong" else verdict.reason(chosen)
                yield Told(tuple(filter(None, (question.names[name], question.labels[name, chosen]))), sign, said)


def _verdict_faults(question: CellQuestion, verdict: Verdict, cell: Cell, where: tuple[str, ...]) -> Iterator[Fault]:
    choices = [choice.id for choice in cell.choices]
    yield from fit.reasons(verdict.why, choices, where)
    for field in ("right", "half", "misconception"):
        yield from fit.known(getattr(verdict, field), choices, "a choice", (*where, field))
    yield from fit.apart(verdict.right, verdict.half, "right and half right", (*where, "half"))
    yield from fit.apart(verdict.misconception, verdict.right, "right and a misconception", (*where, "misconception"))
    place = verdict.at or (cell.id if isinstance(question, Tag) else "")
    if verdict.look or verdict.at:
        yield from fit.words_in(question.text, place, verdict.look, verdict.nth, (*where, "look"))


def _is_sound(verdict: Verdict) -> bool | None:
    """Whether a sentence is sound; None where a careful reader could pass it or flag it."""
    accepted = {*verdict.right, *verdict.half}
    if accepted & PASSED and accepted - PASSED:
        return None
    return bool(accepted & PASSED)


def not_a_choice(choices: tuple[Choice, ...], chosen: Any) -> str:
    """What is wrong with a choice."""
    if isinstance(chosen, str) and any(choice.id == chosen for choice in choices):
        return ""
    return f"{short(chosen)} is not one of the choices; they are {', '.join(choice.id for choice in choices)}"


# ---- the five ------------------------------------------------------------------------------------------------------


class ChooseKind(CellKind[Choose, ChooseKey]):
    """A right choice earns 1, a half right one ½."""

    def answer_form(self, question: Choose) -> str:
        return f'"{question.choices[0].id}"'

    def invalid(self, question: Choose, answer: Any) -> str:
        return not_a_choice(question.choices, answer)

    def said(self, question: Choose, answer: Any) -> str:
        return question.labels["", answer]

    def grade(self, question: Choose, key: ChooseKey, answer: Any) -> Result:
        return result_of((Part("", answer, key.credit(answer)),), 1)

    def solved(self, question: Choose, key: ChooseKey) -> Any:
        return key.right[0]

    def view(self, question: Choose) -> View:
        return super().view(question) | ({"one_by_one": True} if question.one_by_one else {})

    def printed(self, spec: View, answer: Any) -> Markup:
        return boxes(spec["choices"], lambda name: name == answer)

    def giveaways(self, question: Choose, key: ChooseKey) -> Iterable[str]:
        return [choice.text for choice in question.choices if choice.id in key.right]


class TagKind(CellKind[Tag, CellsKey]):
    """The mean over the sentences that are asked: a right label 1, a half right one ½."""

    def _row(self, question: Tag, cell: Cell) -> dict[str, Any]:
        [line] = question.text.lines([cell.id])
        return super()._row(question, cell) | {"at": cell.id, "words": line.words}

    def question_faults(self, question: Tag) -> Iterator[Fault]:
        yield from super().question_faults(question)
        yield from fit.once(question.items, "its items", ("items",))
        if not question.text:
            yield Fault(("items",), "it asks about sentences of no text", 'Name the text: text = "article"')
        for place in question.items if question.text else ():
            yield from fit.there(question.text, place, ("items",))


class MatchKind(CellKind[Match, CellsKey]):
    """The mean over the items: a right choice 1, a half right one ½."""


class LadderKind(CellKind[Ladder, CellsKey]):
    """The mean over the items: the right rung 1, the one above or below ½."""

    def is_fixed(self, question: Ladder, key: CellsKey) -> bool:
        return all(len(verdict.right) == 1 for verdict in key.items.values())


class GridKind(CellKind[Grid, CellsKey]):
    """The mean over the cells that are asked: a right choice 1, a half right one ½."""

    def _choices(self, question: Grid) -> list[dict[str, str]]:
        return []

    def _row(self, question: Grid, cell: Cell) -> dict[str, Any]:
        return super()._row(question, cell) | {"choices": as_plain(cell.choices, "id", "text", "letter")}

    def view(self, question: Grid) -> View:
        columns = [{"id": column.id, "text": column.text} for column in question.columns]
        return {"rows": super().view(question)["rows"], "items": as_plain(question.items, "id", "text", "reveal"), "columns": columns}

    def printed(self, spec: View, answer: Any) -> Markup:
        rows = {row["id"]: row for row in spec["rows"]}
        head = ["", *(column["text"] for column in spec["columns"])]
        body = [
            [item["text"], *(_filled(rows[f"{item['id']}/{column['id']}"], answer or {}) for column in spec["columns"])]
            for item in spec["items"]
        ]
        first = spec["items"][0]["id"]
        legends = [_legend(column["text"], rows[f"{first}/{column['id']}"]["choices"]) for column in spec["columns"]]
        later = [html("{} {}", emphasised(item["text"]), emphasised(item["reveal"])) for item in spec["items"] if item["reveal"]]
        waiting = html("<p>When the first column is filled in, read on here:<br>{}</p>", join(later, "<br>")) if later else ""
        return join([grid(head, body), *legends, waiting])

    def question_faults(self, question: Grid) -> Iterator[Fault]:
        yield from super().question_faults(question)
        yield from fit.once((column.id for column in question.columns), "its columns", ("columns",))
        for name in [*(column.id for column in question.columns), *(item.id for item in question.items)]:
            if "/" in name:
                yield Fault((), f"the id {name!r} holds a slash", "Take it out: a cell is named row/column")


def _legend(name: str, choices: list[dict[str, str]]) -> Markup:
    return html("<p><small>{}</small></p>", emphasised(ended(f"{name}: {'; '.join(choice['text'] for choice in choices)}")))


def _filled(row: dict[str, Any], answer: dict[str, str]) -> str:
    chosen = row["given"] or answer.get(row["id"])
    return next((choice["text"] for choice in row["choices"] if choice["id"] == chosen), BLANK)


def with_rungs(question: Ladder, key: CellsKey) -> CellsKey:
    """A ladder's key with what its author leaves to the course: the rungs beside a right one are half right."""
    rungs = [choice.id for choice in question.choices]
    items = {name: msgspec.structs.replace(verdict, half=_beside(verdict, rungs)) for name, verdict in key.items.items()}
    return msgspec.structs.replace(key, items=items)


def _beside(verdict: Verdict, rungs: list[str]) -> tuple[str, ...]:
    right = {rungs.index(choice) for choice in verdict.right if choice in rungs}
    return tuple(rung for at, rung in enumerate(rungs) if at not in right and {at - 1, at + 1} & right)
