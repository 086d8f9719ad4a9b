"""What a notebook imports: one short call for everything a lesson does."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

import msgspec

from dateline import attempts
from dateline.answers import read_answers
from dateline.attempts import open_exercise, saved_answer
from dateline.cards import printed
from dateline.cards.card import Card
from dateline.cards.view import passage as passage_lines
from dateline.grading import feedback, grade, solved
from dateline.library import exercise_files, load_stem
from dateline.problems import CourseError
from dateline.showing import show, show_both, show_lines, show_table
from dateline.texts import load_text

__all__ = ["answer", "check", "exercise", "explore", "hint", "look_back", "passage", "progress", "solution"]

_cards: dict[str, Card] = {}
Call = ParamSpec("Call")


def kindly(call: Callable[Call, None]) -> Callable[Call, None]:
    """Say what is wrong with a file or a name in words instead of a traceback."""

    @wraps(call)
    def told(*args: Call.args, **kwargs: Call.kwargs) -> None:
        try:
            call(*args, **kwargs)
        except CourseError as error:
            show_lines(str(error).split("\n"))

    return told


@kindly
def exercise(name: str) -> None:
    """Show an exercise as a card, with the answer given so far."""
    opened = open_exercise(name)
    card = _cards.get(name)
    if card is None or card.exercise != opened:
        card = _cards[name] = Card(opened)
    else:
        card.look_again()
    show(card)


@kindly
def explore(name: str) -> None:
    """Show a panel: something to try that keeps and marks nothing."""
    from dateline.cards.panel import PanelCard  # few lessons have a panel, and every lesson waits for what is imported above
    from dateline.panels import load_panel

    show(PanelCard(name, load_panel(name)))


@kindly
def answer(name: str, value: Any, confidence: int | None = None) -> None:
    """Answer an exercise in one line: the answer is saved, checked and explained, as on the card."""
    _tell(name, attempts.check(open_exercise(name), _plain(value), confidence))


@kindly
def check(name: str) -> None:
    """Say how the saved answer stands, and why."""
    opened = open_exercise(name)
    saved = saved_answer(opened)
    if saved.value is None:
        show_lines(["Not answered yet. Your answer is saved as soon as you give one."])
    else:
        _tell(name, attempts.check(opened, saved.value, saved.confidence))


@kindly
def hint(name: str, step: int = 1) -> None:
    """Show a hint: 1 says where to look, 2 the principle, 3 works a line elsewhere."""
    opened = open_exercise(name)
    hints = opened.question.hints
    if not 1 <= step <= len(hints):
        show_lines([f"This exercise has hints 1 to {len(hints)}."])
        return
    show_lines([f"Hint {step} of {len(hints)}: {hints[step - 1]}"])


@kindly
def solution(name: str) -> None:
    """Show a full answer with the reason for each part, where the keys are there."""
    opened = open_exercise(name)
    if opened.key is None:
        show_lines(["The keys are not in this copy; your teacher has them."])
        return
    value = solved(opened.question, opened.key)
    told = feedback(opened.question, opened.key, value, grade(opened.question, opened.key, value))
    show_lines(_words(msgspec.to_builtins(told), verdict=False))


@kindly
def look_back(name: str) -> None:
    """Show what was answered first, beside the key: for predictions."""
    opened = open_exercise(name)
    saved = saved_answer(opened)
    first = saved.value if saved.first is None else saved.first
    if first is None:
        show_lines(["Not answered yet. Go back to the prediction when you like; this cell will show it beside the key."])
        return
    told = feedback(opened.question, opened.key, first, grade(opened.question, opened.key, first))
    sure = f" You were {saved.confidence} % sure." if saved.confidence is not None else ""
    show_lines([f"At first you said:{sure}", *_words(msgspec.to_builtins(told))])


@kindly
def passage(text: str, *places: str) -> None:
    """Print a text, or some of its sentences or paragraphs, with their addresses."""
    lines = passage_lines(text, places or tuple(sentence.at for sentence in load_text(text).sentences))
    show_both(printed.passage_html(lines), printed.passage_plain(lines))


@kindly
def progress() -> None:
    """Show each lesson with how many of its exercises have an answer."""
    rows = []
    for path in exercise_files():
        lesson = load_stem(path).lesson
        document, _ = read_answers(lesson.module)
        done = sum(question.id in document.answers and document.answers[question.id].value is not None for question in lesson.question)
        rows.append((f"{lesson.lesson} {lesson.title}", f"{done} of {len(lesson.question)}"))
    show_table(("lesson", "exercises answered"), rows)


def _tell(name: str, state: attempts.State) -> None:
    if name in _cards:
        _cards[name].show(state, {"do": "check"})
    lines = _words(state["feedback"] or {})
    if state["message"].startswith("Not saved"):
        lines.insert(0, state["message"])
    show_lines(lines)


def _words(told: dict[str, Any], verdict: bool = True) -> list[str]:
    signs = {"right": "right", "half": "half right", "not": "not yet", "none": "open"}
    lines = [told["verdict"]] if verdict else []
    for note in told["notes"]:
        head = " · ".join(filter(None, [note["at"], signs[note["sign"]], f"“{note['chosen']}”" if note["chosen"] else ""]))
        lines.append(f"{head}: {note['reason']}" + (f" Look at: “{note['quote']}”." if note["quote"] else ""))
        if note["misconception"]:
            lines.append(f"A common belief: “{note['misconception']}”. {note['better']}")
    lines += [f"Our line: {line}" for line in told["model"]]
    return [*lines, told["next"]] if told["next"] else lines


def _plain(value: Any) -> Any:
    """The value as JSON would give it back, so that an answer in a call and one from a card are alike."""
    try:
        return msgspec.json.decode(msgspec.json.encode(value))
    except (TypeError, ValueError, RecursionError):
        return repr(value)[:200]
