"""Any number of choices: what is chosen rightly, minus what is chosen wrongly, over what there is to choose."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from markupsafe import Markup

from dateline.evidence.misconceptions import Belief
from dateline.html import html
from dateline.kinds import fit
from dateline.kinds.base import Choices, Chosen, Fault, Kind, Question, Right, Told, Trial, View, as_plain, note_of
from dateline.kinds.cells import not_a_choice
from dateline.kinds.paper import box, boxes
from dateline.kinds.results import Note, Part, Picture, Result, Sign, result_of, sign_of


class ChooseMany(Question, tag="choose-many", frozen=True, kw_only=True):
    """Any number of choices. Its answer is a list of their ids; an empty list says that none applies."""

    choices: Choices


class ManyKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The choices that belong, those that neither earn nor cost (`optional`), and a reason for each choice."""

    right: Right
    optional: tuple[str, ...] = ()
    why: dict[str, str]
    misconception: dict[str, Belief] = {}
    teach: str
    next: str


class ChooseManyKind(Kind[ChooseMany, ManyKey]):
    """What is chosen rightly less what is chosen wrongly, over what there is to choose; never below nothing."""

    empty_list_is_an_answer = True

    def answer_form(self, question: ChooseMany) -> str:
        return f'["{question.choices[0].id}"]'

    def invalid(self, question: ChooseMany, answer: Any) -> str:
        if not isinstance(answer, list):
            return f"Write a list of choices, such as {self.answer_form(question)}, or [] if none applies"
        problem = next(filter(None, (not_a_choice(question.choices, chosen) for chosen in answer)), "")
        if not problem and len(set(answer)) < len(answer):
            return "One choice is there twice; write each once"
        return problem

    def said(self, question: ChooseMany, answer: Any) -> str:
        return "; ".join(choice.text for choice in question.choices if choice.id in answer) or "none of these"

    def grade(self, question: ChooseMany, key: ManyKey, answer: Any) -> Result:
        chosen = tuple(_part(name, key) for name in answer)
        missed = tuple(Part(name, "", 0.0) for name in key.right if name not in answer)
        return result_of(chosen + missed, len(key.right))

    def notes(self, question: ChooseMany, key: ManyKey, result: Result) -> tuple[Note, ...]:
        """The reason for each choice made; for those that are missing only how many."""
        labels = {choice.id: choice.text for choice in question.choices}
        said = []
        for part in (part for part in result.parts if part.chosen):
            note = note_of("", part.credit, labels[part.item], key.why[part.item], "", key.misconception.get(part.item), part.item)
            said.append(msgspec.structs.replace(note, sign="none") if part.optional else note)
        missing = sum(not part.chosen for part in result.parts)
        if missing:
            said.append(Note("", "none", "", f"{missing} more of the choices {'belongs' if missing == 1 else 'belong'} here."))
        return tuple(said)

    def signs(self, question: ChooseMany, key: ManyKey, result: Result) -> list[Sign]:
        signs: list[Sign] = ["none" if part.optional else sign_of(part.credit) for part in result.parts if part.chosen]
        return signs if len(signs) == len(result.parts) else [*signs, "none"]

    def solved(self, question: ChooseMany, key: ManyKey) -> Any:
        return list(key.right)

    def extras(self, key: ManyKey, answer: Any) -> tuple[tuple[str, ...], Picture | None]:
        return (), None

    def view(self, question: ChooseMany) -> View:
        return {"choices": as_plain(question.choices, "id", "text", "letter")}

    def printed(self, spec: View, answer: Any) -> Markup:
        return boxes(spec["choices"], lambda name: name in (answer or [])) + html("<p>{} None of these.</p>", box(answer == []))

    def question_faults(self, question: ChooseMany) -> Iterator[Fault]:
        yield from fit.shown(question)

    def faults(self, question: ChooseMany, key: ManyKey) -> Iterator[Fault]:
        choices = [choice.id for choice in question.choices]
        yield from fit.reasons(key.why, choices)
        for field in ("right", "optional", "misconception"):
            yield from fit.known(getattr(key, field), choices, "a choice", (field,))
        yield from fit.apart(key.right, key.optional, "right and optional", ("optional",))
        yield from fit.apart(key.right, key.misconception, "right and a misconception", ("misconception",))

    def giveaways(self, question: ChooseMany, key: ManyKey) -> Iterable[str]:
        return []

    def may_be_open(self, key: ManyKey) -> Iterable[str]:
        return [*key.right, *key.optional, *key.misconception, *key.why]

    def counts(self, key: ManyKey) -> bool:
        return True

    def is_fixed(self, question: ChooseMany, key: ManyKey) -> bool:
        return False

    def beliefs(self, key: ManyKey, result: Result) -> set[Belief]:
        return {key.misconception[part.item] for part in result.parts if part.chosen and part.item in key.misconception}

    def can_show(self, key: ManyKey) -> set[Belief]:
        return set(key.misconception.values())

    def trials(self, question: ChooseMany, key: ManyKey, result: Result) -> Iterator[Trial]:
        return iter(())

    def chosen(self, question: ChooseMany, key: ManyKey, result: Result) -> Iterator[Chosen]:
        labels = {choice.id: choice.text for choice in question.choices}
        for part in result.parts:
            if part.chosen and not part.optional:
                yield Chosen(part.item, "", part.item, labels[part.item], part.credit, key.why[part.item])

    def told(self, question: ChooseMany, key: ManyKey) -> Iterator[Told]:
        for choice in question.choices:
            sign = "right" if choice.id in key.right else "neither" if choice.id in key.optional else "wrong"
            yield Told((choice.text,), sign, key.why[choice.id])


def _part(name: str, key: ManyKey) -> Part:
    optional = name in key.optional
    return Part(name, name, 1.0 if name in key.right else 0.0 if optional else -1.0, optional)
