"""What a question's kind can say of an answer in words: the parts that were chosen, the learner's own words, the right ones."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from dateline.kinds import Feedback, Result, feedback, grade, solved
from dateline.kinds.questions import (
    AnyKey,
    AnyQuestion,
    CellQuestion,
    CellsKey,
    Chain,
    ChooseKey,
    ChooseMany,
    Desk,
    Mark,
    Number,
    Order,
    Range,
    When,
    Write,
)
from dateline.learner.measures import Trial
from dateline.learner.record import trials_in
from dateline.texts.text import load_text


class Part(NamedTuple):
    """One part of an answer: where it stands (a sentence's address, the words of a row, or nothing), what was chosen, how good it is,
    the reason, and the misconception behind it, if it has a name."""

    at: str
    chosen: str
    sign: str
    reason: str
    belief: str = ""


def parts_of(question: AnyQuestion, told: Feedback) -> list[Part]:
    """What was chosen for each part, with the reason; of words that were marked, which."""
    marked = isinstance(question, Mark)
    return [
        Part(note.at, f"“{note.quote}”: {note.chosen}" if marked else note.chosen, note.sign, note.reason, note.misconception)
        for note in told.notes
        if note.chosen
    ]


def right_parts(question: AnyQuestion, key: AnyKey) -> list[Part]:
    """The right answer, part by part, with its reasons."""
    value = solved(question, key)
    return parts_of(question, feedback(question, key, value, grade(question, key, value)))


def beliefs_offered(key: AnyKey) -> set[str]:
    """The ids of the misconceptions that an answer to a question could show."""
    return set(_under("misconception", msgspec.to_builtins(key)))


def _under(name: str, value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for field, inner in value.items():
            if field == name:
                yield from filter(None, inner.values() if isinstance(inner, dict) else [inner])
            else:
                yield from _under(name, inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _under(name, inner)


def trials_among(question: AnyQuestion, key: AnyKey) -> dict[tuple[str, str], Trial]:
    """For every choice, by where it stands and its words: whether the sentence is sound, and whether the choice flags it."""
    if not isinstance(question, CellQuestion) or not isinstance(key, ChooseKey | CellsKey):
        return {}
    return {
        (cell.text or cell.id or key.items[cell.id].at, choice.text): trial
        for cell in question.cells
        if cell.id in key.items
        for choice in cell.choices
        for trial in trials_in(question, key, {cell.id: choice.id})
    }


def own_words(question: AnyQuestion, value: Any) -> list[tuple[str, str]]:
    """A valid answer in words: where, and what the learner chose there. It says nothing of a key."""
    names = {item.id: getattr(item, "text", "") or getattr(item, "title", "") for item in getattr(question, "items", ()) if hasattr(item, "id")}
    labels = {choice.id: choice.text for choice in getattr(question, "choices", ())}
    match question:
        case CellQuestion():
            given = value if isinstance(value, dict) else {"": value}
            return [
                (cell.text or cell.id, next(choice.text for choice in cell.choices if choice.id == given[cell.id]))
                for cell in question.cells
                if cell.id in given
            ]
        case ChooseMany():
            return [("", labels[one]) for one in value] or [("", "none of these")]
        case Mark():
            text = load_text(question.text)
            return [
                (mark["at"], f"“{text[mark['at']][mark['start'] : mark['end']]}”: {labels[mark['label']]}") for mark in value
            ] or [("", "nothing to mark")]
        case Order():
            return [(str(place), names[item]) for place, item in enumerate(value, 1)]
        case Number():
            return [("", f"{value:g} {question.unit}".strip())]
        case Range():
            return [("", f"{value[0]:g} to {value[1]:g} {question.unit}".strip())]
        case When():
            return [(names[item], str(said)) for item, said in value.items()]
        case Chain():
            return [("", f"{names[s['to']]} got it from {names[s['from']]}{', inferred' if s['inferred'] else ''}") for s in value]
        case Desk():
            sure = [("before", value.get("before")), ("at the end", value.get("after"))]
            return [("opened", names[card]) for card in value["opened"]] + [(at, f"{said:g} %") for at, said in sure if said is not None]
        case Write():
            return [("", str(value))]
    return []
