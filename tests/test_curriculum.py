"""The map of moves names cards that there are, and every lesson of a module stands in it."""

import re

from dateline.folders import course_folder
from dateline.learner.record import stems

PAGE = (course_folder() / "docs" / "curriculum.md").read_text(encoding="utf-8")
MOVES, LEFT_OUT = PAGE.split("## Left out on purpose")


def test_every_card_that_the_map_names_is_there() -> None:
    known = {question.id: stem.lesson.lesson for stem in stems() for question in stem.lesson.question}
    named = re.findall(r"`([a-z0-9-]+)`", PAGE)
    assert len(named) >= 40
    assert [name for name in named if name not in known] == []


def test_a_card_stands_in_the_row_of_its_lesson() -> None:
    known = {question.id: stem.lesson.lesson for stem in stems() for question in stem.lesson.question}
    rows = re.findall(r"^\| .+? \| .+? \| (.+?) \| (.*?) ?\|$", MOVES, re.MULTILINE)
    assert len(rows) >= 25
    wrong = [(card, lessons) for lessons, cards in rows for card in re.findall(r"`([a-z0-9-]+)`", cards) if not at(known[card], lessons)]
    assert wrong == []


def at(lesson: str, lessons: str) -> bool:
    """Whether a row names a lesson; "most lessons" names any."""
    return lesson in lessons or "most lessons" in lessons


def test_every_lesson_of_the_modules_is_in_the_map() -> None:
    lessons = {stem.lesson.lesson for stem in stems() if re.fullmatch(r"[1-5]\.\d", stem.lesson.lesson)}
    assert {lesson for lesson in lessons if lesson not in MOVES} == set()


def test_what_is_left_out_has_a_reason_each() -> None:
    rows = re.findall(r"^\| (?!what|---)(.+?) \| (.+?) \|$", LEFT_OUT, re.MULTILINE)
    assert len(rows) >= 4
    assert all(len(reason.split()) >= 8 for _, reason in rows)
