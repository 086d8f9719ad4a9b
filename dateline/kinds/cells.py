"""One choice for each cell: `choose`, `tag`, `match`, `ladder` and `grid` are graded alike."""

from typing import Any

from dateline.evidence.misconceptions import misconceptions
from dateline.kinds.questions import CellQuestion, CellsKey, Choice, Choose, ChooseKey
from dateline.kinds.results import Mark, Note, Result, result_of, short, sign_of

FIRST = ("not", "half", "none", "right")
LISTED = 4
"""Cells without an answer are named up to this many; more are counted."""


def invalid(question: CellQuestion, answer: Any) -> str:
    """What is wrong with the form of an answer."""
    if isinstance(question, Choose):
        return not_a_choice(question.choices, answer)
    if not isinstance(answer, dict):
        first = next(cell for cell in question.cells if not cell.given)
        return f'Write one choice for each, such as {{"{first.id}": "{first.choices[0].id}"}}'
    asked = question.asked
    for name, chosen in answer.items():
        if name not in asked:
            return f"{short(name)} is not asked here; you can answer {', '.join(asked)}"
        if not isinstance(chosen, str) or chosen not in asked[name]:
            return f"{name}: {short(chosen)} is not one of the choices; they are {', '.join(sorted(asked[name]))}"
    return ""


def not_a_choice(choices: tuple[Choice, ...], chosen: Any) -> str:
    """What is wrong with a choice."""
    if isinstance(chosen, str) and any(choice.id == chosen for choice in choices):
        return ""
    return f"{short(chosen)} is not one of the choices; they are {', '.join(choice.id for choice in choices)}"


def grade(_: CellQuestion, key: ChooseKey | CellsKey, answer: Any) -> Result:
    """The mean credit over the cells of the key."""
    if isinstance(key, ChooseKey):
        return result_of((Mark("", answer, key.credit(answer)),), 1)
    marks = tuple(Mark(name, answer.get(name, ""), verdict.credit(answer.get(name, ""))) for name, verdict in key.items.items())
    return result_of(marks, len(marks))


def notes(question: CellQuestion, key: ChooseKey | CellsKey, result: Result) -> tuple[Note, ...]:
    """The reason for each choice, those that are not right first, and one line for all that have no answer yet."""
    labels = {(cell.id, choice.id): choice.text for cell in question.cells for choice in cell.choices}
    names = {cell.id: cell.text or cell.id for cell in question.cells}
    said = [_note(mark, key, labels, names[mark.item]) for mark in result.marks if mark.chosen]
    open_ones = [names[mark.item] for mark in result.marks if not mark.chosen]
    if open_ones:
        listed = f"{len(open_ones)} of {len(result.marks)}" if len(open_ones) > LISTED else ", ".join(open_ones)
        said.append(Note("", "none", "", f"No answer here yet: {listed}."))
    return tuple(sorted(said, key=lambda note: FIRST.index(note.sign)))


def _note(mark: Mark, key: ChooseKey | CellsKey, labels: dict[tuple[str, str], str], name: str) -> Note:
    verdict = key.items[mark.item]
    slip = misconceptions().get(verdict.misconception.get(mark.chosen, ""), {})
    return Note(
        name or verdict.at,
        sign_of(mark.credit),
        labels[mark.item, mark.chosen],
        verdict.why[mark.chosen],
        verdict.look,
        slip.get("name", ""),
        slip.get("better", ""),
    )


def solved(_: CellQuestion, key: ChooseKey | CellsKey) -> Any:
    """The first accepted choice of each cell."""
    return key.right[0] if isinstance(key, ChooseKey) else {name: verdict.right[0] for name, verdict in key.items.items()}
