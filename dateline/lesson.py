"""What a notebook imports: one short call for everything a lesson does."""

from collections.abc import Callable
from functools import wraps
from types import ModuleType
from typing import Any, ParamSpec

import msgspec

from dateline import live
from dateline.answers import attempts, store
from dateline.answers.attempts import open_exercise, saved_answer
from dateline.bank import original
from dateline.cards.card import Card
from dateline.cards.drafted import card_of
from dateline.display import show, show_both, show_lines
from dateline.faults import CourseError
from dateline.folders import NoCourseError
from dateline.html import html
from dateline.kinds import Feedback, solved
from dateline.kinds.paper import passage_html, passage_plain
from dateline.kinds.view import passage as passage_lines
from dateline.learner.looking_back import beside_shown, ending_shown, look_back_shown, standing_shown, told_of, words_of
from dateline.live import Shown, show_following
from dateline.texts.text import load_text
from dateline.wording import NO_KEYS

__all__ = [
    *("answer", "beside", "check", "compare", "ending", "exemplars", "exercise", "explore", "farewell", "form", "hand_in", "hint"),
    *("keepsake", "look_back", "passage", "progress", "reasons", "report", "result", "review", "solution", "workbench"),
]

COME_BACK = 4
"""How many cards come back at a time."""
NONE_DUE = "No card comes back here now: cards come from lessons that you have finished. There is nothing to catch up on."
_cards: dict[str, Card] = {}
_acts: dict[str, Any] = {}
store.listeners.append(live.answers_changed)
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
        card = _cards[name] = card_of(opened)
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
    state = attempts.check(open_exercise(name), _plain(value), confidence)
    if name in _cards:
        _cards[name].show(state, {"do": "check"})
    told = words_of(msgspec.convert(state["feedback"], Feedback)) if state["feedback"] else []
    lines = [*filter(None, [state["message"]]), *told]
    show_lines(lines)


@kindly
def check(name: str) -> None:
    """Say how the saved answer stands, and why, once it was checked on its card; it follows the answer."""
    _follow_one(name, lambda: standing_shown(name))


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
        show_lines([NO_KEYS])
        return
    show_lines(words_of(told_of(opened, solved(opened.question, opened.key)), verdict=False))


@kindly
def look_back(name: str) -> None:
    """Show what was said first and how sure, what is said now, and the key's reason; it follows the answer."""
    _follow_one(name, lambda: look_back_shown(name))


@kindly
def ending(lesson: str) -> None:
    """Close a lesson: what the answers show, and the next lesson; it follows the answers."""
    show_following(store.stamp, lambda: ending_shown(lesson))


@kindly
def passage(text: str, *places: str) -> None:
    """Print a text, or some of its sentences or paragraphs, with their addresses."""
    lines = passage_lines(text, places or tuple(sentence.at for sentence in load_text(text).sentences))
    show_both(passage_html(lines), passage_plain(lines))


@kindly
def progress(path: str | None = None) -> None:
    """Show the map of lessons: what is done, the minutes left, the next step, what the answers show; it follows the answers."""
    from dateline.learner.course_map import map_shown  # few pages ask for it, and every lesson waits for what is imported above

    show_following(store.stamp, lambda: map_shown(path))


@kindly
def review(lesson: str = "", count: int = COME_BACK) -> None:
    """Bring back what finished lessons before this one asked, on cards that were not seen before."""
    from dateline.learner.review import due

    names = due(count, lesson)
    if not names:
        show_both(html('<p class="{}">{}</p>', "none-due" if lesson else "", NONE_DUE), NONE_DUE)
    for name in names:
        exercise(name)


@kindly
def form(name: str) -> None:
    """Show the questions of a test, each as a card that saves and does not mark."""
    from dateline.learner.before_and_after import form_stem

    for question in form_stem(name).lesson.question:
        show(_card(question.id))


@kindly
def result(form: str) -> None:
    """Show the card with which a test is handed in, and afterwards how it went, in words and as a picture."""
    from dateline.cards.acts import hand_in_test
    from dateline.figures.before_and_after import outcome_shown

    _act(f"result {form}", lambda: hand_in_test(form))
    outcomes = _outcomes()
    show_following(lambda: outcomes.handed_in(form), lambda: outcome_shown(form))


@kindly
def reasons(form: str) -> None:
    """Show why each answer of a test is right or not, once it is handed in."""
    outcomes = _outcomes()
    show_following(lambda: outcomes.handed_in(form), lambda: outcomes.reasons_shown(form))


@kindly
def compare(before: str, after: str) -> None:
    """Show two tests beside each other, once both are handed in, with how far chance alone could go."""
    from dateline.figures.before_and_after import comparison_shown

    outcomes = _outcomes()
    show_following(lambda: outcomes.handed_in(before, after), lambda: comparison_shown(before, after))


@kindly
def farewell(before: str, after: str) -> None:
    """Close the course: what two tests show that you could not do and now can, and what to practise; it follows them."""
    from dateline.learner.course_end import farewell_shown

    outcomes = _outcomes()
    show_following(lambda: outcomes.handed_in(before, after), lambda: farewell_shown(before, after))


@kindly
def keepsake(before: str, after: str) -> None:
    """Show the card that makes a page to keep or print at the end of the course, with a name typed by the reader."""
    from dateline.cards import acts

    _act(f"keepsake {before} {after}", lambda: acts.keepsake(before, after))


@kindly
def beside(first: str, second: str) -> None:
    """Show two open answers beside each other; it follows them."""
    exercises = [open_exercise(name) for name in (first, second)]
    show_following(lambda: [saved_answer(exercise) for exercise in exercises], lambda: beside_shown(first, second))


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
    """Show the card that makes one page of what was done on a text, to read, print or hand in."""
    from dateline.cards.acts import work_page

    _act(f"report {text}", lambda: work_page(text))


@kindly
def hand_in() -> None:
    """Show the card that makes one file of all answers, to hand in or to take along."""
    from dateline.cards.acts import answers_file

    _act("hand in", answers_file)


def _act(name: str, make: Callable[[], Any]) -> None:
    """One card for each act, shown in as many places as one likes."""
    from dateline.cards.act import ActCard

    card = _acts.get(name)
    if card is None:
        card = _acts[name] = ActCard(make())
    else:
        card.follow()
    live.keep_up(card)
    show(card)


def _follow_one(name: str, draw: Callable[[], Shown]) -> None:
    exercise = open_exercise(name)
    show_following(lambda: saved_answer(exercise), draw)


def _outcomes() -> ModuleType:
    """Few cells ask how things stand, and every lesson waits for what is imported above."""
    from dateline.learner import outcomes

    return outcomes


def _plain(value: Any) -> Any:
    """The value as JSON would give it back, so that an answer in a call and one from a card are alike."""
    try:
        return msgspec.json.decode(msgspec.json.encode(value))
    except (TypeError, ValueError, RecursionError):
        return repr(value)[:200]
