"""What a notebook imports: one short call for everything a lesson does."""

from collections.abc import Callable
from functools import wraps
from types import ModuleType
from typing import Any, ParamSpec

import msgspec

from dateline.answers import attempts
from dateline.answers.attempts import open_exercise, saved_answer
from dateline.bank import original
from dateline.cards.card import Card
from dateline.display import show, show_both, show_lines
from dateline.faults import CourseError
from dateline.folders import NoCourseError
from dateline.kinds import feedback, grade, solved
from dateline.kinds.paper import passage_html, passage_plain
from dateline.kinds.view import passage as passage_lines
from dateline.texts.text import load_text

__all__ = [
    *("answer", "beside", "check", "compare", "exemplars", "exercise", "explore", "form", "hint", "look_back", "passage"),
    *("progress", "reasons", "report", "result", "review", "solution", "workbench"),
]

_cards: dict[str, Card] = {}
Call = ParamSpec("Call")


def kindly(call: Callable[Call, None]) -> Callable[Call, None]:
    """Say what is wrong with a file or a name in words instead of a traceback."""

    @wraps(call)
    def told(*args: Call.args, **kwargs: Call.kwargs) -> None:
        try:
            call(*args, **kwargs)
        except (CourseError, NoCourseError) as error:
            show_lines(str(error).split("\n"))

    return told


@kindly
def exercise(name: str) -> None:
    """Show an exercise as a card, with the answer given so far."""
    try:
        show(_card(name))
    except CourseError:
        if name == original(name):
            raise
        show_lines(["This card is from a lesson that is not in your copy. Go on with the next one."])


def _card(name: str) -> Card:
    opened = open_exercise(name)
    card = _cards.get(name)
    if card is None or card.exercise != opened:
        card = _cards[name] = Card(opened)
    else:
        card.look_again()
    return card


@kindly
def explore(name: str) -> None:
    """Show a panel: something to try that keeps and marks nothing."""
    from dateline.cards.panel_card import PanelCard  # few lessons have a panel, and every lesson waits for what is imported above
    from dateline.cards.panels import load_panel

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
    elif opened.question.beat == "test" or opened.question.unmarked:
        _tell(name, attempts.look(opened))
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
    show_both(passage_html(lines), passage_plain(lines))


@kindly
def progress(path: str | None = None) -> None:
    """Show the map of lessons with what is done, the minutes left, the next step, and what the answers show of each skill."""
    from dateline.learner.course_map import show_progress  # few cells ask for it, and every lesson waits for what is imported above

    show_progress(path)


@kindly
def review(count: int = 3) -> None:
    """Bring back cards of finished lessons, those not seen for longest first."""
    from dateline.learner.review import due

    names = due(count)
    if not names:
        show_lines(["No lesson is finished yet, so no card comes back. There is nothing to catch up on."])
    for name in names:
        exercise(name)


@kindly
def form(name: str) -> None:
    """Show the questions of a test, each as a card that saves and does not mark."""
    from dateline.learner.before_and_after import form_stem

    for question in form_stem(name).lesson.question:
        show(_card(question.id))


@kindly
def result(form: str, finish: bool = False) -> None:
    """Hand in a test and show how it went: what was right, sound told from unsound, and how well the confidence fits."""
    _outcomes().show_result(form, finish)


@kindly
def reasons(form: str) -> None:
    """Show why each answer of a test that was handed in is right or not."""
    _outcomes().show_reasons(form)


@kindly
def compare(before: str, after: str) -> None:
    """Show two tests beside each other, with how far chance alone could go."""
    _outcomes().show_comparison(before, after)


@kindly
def beside(first: str, second: str) -> None:
    """Show two open answers beside each other."""
    _outcomes().show_beside(first, second)


@kindly
def workbench(text: str) -> None:
    """Show a text with all its tools: its marks in the open, and every exercise that is asked of it."""
    from dateline.bank import questions_about
    from dateline.cards.workbench import Workbench

    names = questions_about(text)
    for name in names:
        _card(name)
    show(Workbench(load_text(text), [_cards[name] for name in names]))


@kindly
def exemplars() -> None:
    """Show three briefs at three levels, each marked by the rubric with the reasons."""
    from dateline.learner.rubric import show_exemplars

    show_exemplars()


@kindly
def report(text: str) -> None:
    """Write what was done on a text as one page to read, print or hand in."""
    from dateline.answers.store import NotSavedError
    from dateline.learner.report import show_written, write_report

    try:
        path = write_report(text)
    except NotSavedError as error:
        show_lines([f"Not written. {error}"])
        return
    show_written(path)


def _outcomes() -> ModuleType:
    """Few cells ask how things stand, and every lesson waits for what is imported above."""
    from dateline.learner import outcomes

    return outcomes


def _tell(name: str, state: attempts.State) -> None:
    if name in _cards:
        _cards[name].show(state, {"do": "check"})
    said = _words(state["feedback"]) if state["feedback"] else []
    show_lines([*filter(None, [state["message"]]), *said])


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
