"""Cards that come back: whose lesson is finished, which of its questions, in what order, under what name."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lessons import KEY, at, give, lesson, question

from dateline.learner.review import due

Course = Callable[[dict[str, str]], Path]
OPEN = 'kind = "choose"\nunmarked = true\nchoices = [{ id = "x", text = "ex" }, { id = "y", text = "why" }]\n'


@pytest.fixture
def course(small_course: Course) -> Path:
    return small_course(
        lesson("1.1", question("g", "guided"), question("o", "own"), question("e", "exit"), question("p", "practice"))
        | lesson(
            "1.2",
            *(question("h", "guided"), question("i", "predict"), question("u", "own", kind=OPEN)),
            *(question("t", "tour"), question("c", "capstone"), question("n", "test")),
        )
        | lesson(
            "2.1",
            question("k"),
            question("w", kind='kind = "write"\n'),
            keys={
                "k": KEY,
                "w": 'model = ["M."]\nteach = "T."\nnext = "N."\n',
            },
        )
        | lesson("3.1", question("l", "practice"))
        | lesson("4.1", question("m", "test"), form="A")
    )


ALL = ["g", "o", "e", "h", "i", "u"]


@pytest.mark.usefixtures("course")
def test_nothing_comes_back_while_no_lesson_is_finished() -> None:
    assert due(9) == []
    give("1", {name: {"value": "x"} for name in ("g", "o", "p")})
    give("3", {"l": {"value": "x"}})
    give("4", {"m": {"value": "x"}})
    assert due(9) == []


@pytest.mark.usefixtures("course")
def test_from_finished_lessons_single_choices_come_back_in_the_order_in_which_they_were_seen() -> None:
    give("1", {name: {"value": "x"} for name in ("e", "g", "h", "o", "i", "u")})
    give("2", {"k": {"value": "x", "saved": at(3)}, "w": {"value": "x"}})
    names = ["e--in-review1", "g--in-review1", "h--in-review1", "k--in-review1", "o--in-review1"]
    assert due(9) == names
    assert due(3) == names[:3]
    assert due(1) == names[:1]
    assert due(0) == []


@pytest.mark.parametrize(
    ("copies", "expected"),
    [
        ({"g--in-review1": {"value": "x"}}, ["o--in-review1", "e--in-review1", "g--in-review2"]),
        ({"o--in-1.2": {"value": "x"}}, ["g--in-review1", "e--in-review1", "o--in-review1"]),
        ({"g--in-review1": {"value": "x", "checks": 0}}, ["g--in-review1", "o--in-review1", "e--in-review1"]),
        ({"g--in-review1": {"value": "x"}, "g--in-review2": {"value": "y"}}, ["o--in-review1", "e--in-review1", "g--in-review3"]),
        (
            {"g--in-review1": {"value": "x"}, "g--in-review2": {"value": "y", "checks": 0}},
            ["o--in-review1", "e--in-review1", "g--in-review2"],
        ),
        ({"g--in-review1": {"checks": 1, "first": "x"}}, ["o--in-review1", "e--in-review1", "g--in-review2"]),
        ({"o--in-1.2": {"hints": 1}}, ["g--in-review1", "o--in-review1", "e--in-review1"]),
    ],
)
@pytest.mark.usefixtures("course")
def test_a_card_goes_to_the_end_when_it_was_checked(copies: dict[str, Any], expected: list[str]) -> None:
    give("1", {name: {"value": "x"} for name in ("g", "o", "e")} | copies)
    assert due(9) == expected


@pytest.mark.usefixtures("course")
def test_a_lesson_with_an_answer_taken_away_is_not_finished() -> None:
    give("1", {"g": {"value": "x"}, "o": {"value": "x"}, "e": {"first": "x", "checks": 1}})
    assert due(9) == []
