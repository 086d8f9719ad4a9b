"""Learners made of keys: one who answers a whole lesson or test in a chosen way, and saves it as the cards do."""

from collections.abc import Callable
from typing import Any

from dateline.answers import attempts
from dateline.bank import Stem
from dateline.kinds import solved
from dateline.kinds.base import Key, Question
from dateline.kinds.write import Write
from dateline.learner.record import stems

Way = Callable[[Question, Key], Any]


def right(question: Question, key: Key) -> Any:
    return solved(question, key)


def lesson(number: str) -> Stem:
    return next(stem for stem in stems() if stem.lesson.lesson == number)


def do(number: str, way: Way = right, confidence: int | None = 85, suffix: str = "") -> None:
    """Answer and check every question of a lesson but those that come back later."""
    stem = lesson(number)
    for question in (one for one in stem.lesson.question if one.beat != "review"):
        value = "alone" if question.id == "path" else None if question.unmarked else way(question, (stem.keys or {})[question.id])
        if isinstance(question, Write):
            value = "A line of my own."
        exercise = attempts.open_exercise(question.id + suffix)
        if value is not None:
            attempts.check(exercise, value, confidence if question.confidence else None)
