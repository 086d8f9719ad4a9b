"""What a card shows of a question, as plain data. Nothing of a key ever passes here."""

import re
from typing import Any, TypedDict

import msgspec

from dateline.kinds.questions import (
    AnyQuestion,
    Chain,
    Choice,
    Choose,
    ChooseMany,
    Desk,
    Grid,
    Ladder,
    Mark,
    Match,
    Number,
    Order,
    Range,
    Tag,
    When,
    Write,
)
from dateline.texts.text import load_text

CONFIDENCE = ((25, "a guess"), (50, "leaning"), (70, "fairly sure"), (85, "very sure"), (99, "certain"))
"""Percent and the plain word beside it."""
WORD = re.compile(r"\S+")


class Row(TypedDict):
    """One cell: its id, the address and words beside it, its choices, and its choice if that is already given."""

    id: str
    at: str
    words: str
    given: str
    choices: list[dict[str, str]]


class View(TypedDict, total=False):
    """A question as a card sees it. Which of the later fields are there depends on the kind."""

    id: str
    kind: str
    prompt: str
    passage: list[dict[str, str]]
    confidence: list[tuple[int, str]]
    hints: int
    rows: list[Row]
    choices: list[dict[str, str]]
    items: list[dict[str, str]]
    columns: list[dict[str, str]]
    sentences: list[dict[str, Any]]
    ends: tuple[str, str]
    bounds: tuple[float, float]
    unit: str
    offsets: list[str]
    lines: int
    one_by_one: bool
    budget: int
    test: bool


def view(question: AnyQuestion) -> View:
    """The question's view; raises `CourseError` if its text or an address is not there."""
    seen = View(
        id=question.id,
        kind=question.kind,
        prompt=question.prompt,
        passage=passage(question.text, question.show) if question.show and not isinstance(question, Mark) else [],
        confidence=list(CONFIDENCE) if question.confidence else [],
        hints=len(question.hints),
        test=question.beat == "test",
    )
    seen.update(_body(question))
    return seen


def passage(text: str, places: tuple[str, ...]) -> list[dict[str, str]]:
    """Sentences of a text with their addresses."""
    return [{"at": sentence.at, "words": sentence.words} for sentence in load_text(text).select(places)]


def _body(question: AnyQuestion) -> View:
    match question:
        case Grid(items=items, columns=columns):
            shown = [{"id": item.id, "text": item.text, "reveal": item.reveal} for item in items]
            return View(rows=_rows(question), items=shown, columns=[{"id": c.id, "text": c.text} for c in columns])
        case Choose(one_by_one=True):
            return View(rows=_rows(question), choices=_choices(question.choices), one_by_one=True)
        case Choose() | Tag() | Match() | Ladder():
            return View(rows=_rows(question), choices=_choices(question.choices))
        case ChooseMany(choices=choices):
            return View(choices=_choices(choices))
        case Mark(choices=choices):
            return View(choices=_choices(choices), sentences=[_words(line) for line in passage(question.text, question.show)])
        case Order(items=items, first=first, last=last):
            return View(items=_items(items), ends=(first, last))
        case Number(low=low, high=high, unit=unit) | Range(low=low, high=high, unit=unit):
            return View(bounds=(low, high), unit=unit)
        case When(items=items, offsets=offsets):
            return View(items=_items(items), offsets=list(offsets))
        case Chain(items=items):
            return View(items=_items(items))
        case Desk(items=items, budget=budget):
            return View(items=[msgspec.to_builtins(item) for item in items], budget=budget)
        case Write(rows=rows):
            return View(lines=rows)


def _rows(question: Choose | Tag | Match | Ladder | Grid) -> list[Row]:
    sentences = {line["at"]: line["words"] for line in passage(question.text, question.items)} if isinstance(question, Tag) else {}
    return [
        Row(
            id=cell.id,
            at=cell.id if isinstance(question, Tag) else "",
            words=sentences.get(cell.id, cell.text),
            given=cell.given,
            choices=_choices(cell.choices) if isinstance(question, Grid) else [],
        )
        for cell in question.cells
    ]


def _choices(choices: tuple[Choice, ...]) -> list[dict[str, str]]:
    return [{"id": choice.id, "text": choice.text, "letter": choice.letter} for choice in choices]


def _items(items: Any) -> list[dict[str, str]]:
    return [{"id": item.id, "text": item.text} for item in items]


def _words(line: dict[str, str]) -> dict[str, Any]:
    """A sentence as words with their offsets in code points, so that the browser never counts characters itself."""
    words = [(found.start(), found.end(), found[0]) for found in WORD.finditer(line["words"])]
    return {"at": line["at"], "words": words}
