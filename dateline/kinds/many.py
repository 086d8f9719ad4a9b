"""Any number of choices: what is chosen rightly, minus what is chosen wrongly, over what there is to choose."""

from typing import Any

from dateline.evidence.misconceptions import misconceptions
from dateline.kinds.cells import not_a_choice
from dateline.kinds.questions import ChooseMany, ManyKey
from dateline.kinds.results import Mark, Note, Result, Sign, result_of


def invalid(question: ChooseMany, answer: Any) -> str:
    """What is wrong with the form of an answer."""
    if not isinstance(answer, list):
        return f'Write a list of choices, such as ["{question.choices[0].id}"], or [] if none applies'
    problem = next(filter(None, (not_a_choice(question.choices, chosen) for chosen in answer)), "")
    if not problem and len(set(answer)) < len(answer):
        return "One choice is there twice; write each once"
    return problem


def grade(_: ChooseMany, key: ManyKey, answer: list[str]) -> Result:
    """max(0, hits - false alarms) / keys."""
    chosen = tuple(Mark(name, name, 1.0 if name in key.right else 0.0 if name in key.optional else -1.0) for name in answer)
    missed = tuple(Mark(name, "", 0.0) for name in key.right if name not in answer)
    return result_of(chosen + missed, len(key.right))


def notes(question: ChooseMany, key: ManyKey, result: Result) -> tuple[Note, ...]:
    """The reason for each choice made; for one that is missing only that there is one more."""
    labels = {choice.id: choice.text for choice in question.choices}
    said = []
    for mark in result.marks:
        if mark.chosen:
            slip = misconceptions().get(key.misconception.get(mark.item, ""), {})
            sign: Sign = "none" if mark.item in key.optional else "right" if mark.credit > 0 else "not"
            said.append(Note("", sign, labels[mark.item], key.why[mark.item], "", slip.get("name", ""), slip.get("better", "")))
    missing = sum(not mark.chosen for mark in result.marks)
    if missing:
        said.append(Note("", "none", "", f"{missing} more of the choices {'belongs' if missing == 1 else 'belong'} here."))
    return tuple(said)


def solved(_: ChooseMany, key: ManyKey) -> Any:
    """All that belong."""
    return list(key.right)
