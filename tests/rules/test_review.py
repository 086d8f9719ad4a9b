"""Cards that come back: whose lesson is finished, in which lesson they may come, which of the three variants, in what order."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lessons import KEY, again, at, give, lesson, question

from dateline.bank import find_question
from dateline.learner.review import due

Course = Callable[[dict[str, str]], Path]


@pytest.fixture(autouse=True)
def course(small_course: Course) -> Path:
    return small_course(
        lesson("1.1", question("g", "guided"), question("e", "exit"), question("p", "practice"))
        | again("1.1", "g", "e")
        | lesson("1.2", question("h"), question("t", "tour"), question("c", "capstone"))
        | again("1.2", "h")
        | lesson("2.1", question("k"), question("w", kind='kind = "write"\n'), keys={"k": KEY, "w": KEY_OF_WRITE})
        | again("2.1", "k")
        | lesson("3.1", question("l", "practice"))
        | again("3.1", "l")
        | lesson("7.2", question("m", "test"), form="C")
    )


KEY_OF_WRITE = 'model = ["M."]\nteach = "T."\nnext = "N."\n'
TAKEN = {"g": "1", "e": "1", "h": "1", "k": "2", "w": "2"}


def take(*names: str, **answers: dict[str, Any]) -> None:
    """Answer questions one after another, a second apart, then give other answers to those of module 1."""
    for module in ("1", "2"):
        mine = {name: {"value": "x", "saved": at(second)} for second, name in enumerate(names, 1) if TAKEN[name] == module}
        give(module, mine | (answers if module == "1" else {}))


@pytest.mark.parametrize(
    ("taken", "where", "expected"),
    [
        ("", "1.2", []),
        ("g", "1.2", []),
        ("g e", "1.1", []),
        ("g e", "1.2", ["g-1", "e-1"]),
        ("e g", "1.2", ["e-1", "g-1"]),
        ("g e", "2.1", ["g-1", "e-1"]),
        ("g e", "7.2", ["g-1", "e-1"]),
        ("g e", "", ["g-1", "e-1"]),
        ("h", "2.1", ["h-1"]),
        ("h", "1.2", []),
        ("h", "1.1", []),
        ("g e h", "1.2", ["g-1", "e-1"]),
        ("h g e", "2.1", ["h-1", "g-1", "e-1"]),
        ("g e k", "7.2", ["g-1", "e-1"]),
        ("g e k w", "2.1", ["g-1", "e-1"]),
        ("g e k w", "3.1", ["g-1", "e-1", "k-1"]),
        ("k w", "", ["k-1"]),
    ],
)
def test_what_a_finished_lesson_asked_comes_back_in_a_later_one_and_nowhere_else(taken: str, where: str, expected: list[str]) -> None:
    take(*taken.split())
    assert due(9, where) == expected


DONE = {"checks": 1, "value": "x"}


@pytest.mark.parametrize(
    ("done", "where", "expected"),
    [
        ({"g-1": DONE}, "1.2", ["e-1"]),
        ({"g-1": DONE, "e-1": DONE}, "1.2", []),
        ({"g-1": DONE}, "2.1", ["e-1", "g-2"]),
        ({"g-1": DONE}, "7.2", ["e-1", "g-2"]),
        ({"e-1": DONE, "g-1": DONE}, "2.1", ["e-2", "g-2"]),
        ({"g-1": DONE, "g-2": DONE}, "2.1", ["e-1"]),
        ({"g-1": DONE, "g-2": DONE}, "3.1", ["e-1"]),
        ({"g-1": DONE, "g-2": DONE}, "7.2", ["e-1", "g-3"]),
        ({"g-1": DONE, "g-2": DONE, "g-3": DONE}, "7.2", ["e-1"]),
        ({"g-2": DONE}, "7.2", ["e-1", "g-1"]),
        ({"g-1": DONE}, "", ["e-1"]),
        ({"g-1": {"checks": 0, "value": "x"}}, "1.2", ["g-1", "e-1"]),
        ({"g-1": {"checks": 1, "first": "x"}}, "1.2", ["e-1"]),
        ({"g--in-review1": DONE}, "1.2", ["e-1", "g-1"]),
        ({"g--in-1.2": DONE}, "1.2", ["e-1", "g-1"]),
        ({"g--in-1.2": {"hints": 1}}, "1.2", ["g-1", "e-1"]),
    ],
)
def test_each_time_it_is_another_variant_the_second_in_a_later_module_the_third_at_the_end(
    done: dict[str, Any], where: str, expected: list[str]
) -> None:
    take("g", "e")
    give("1", {"g": {"value": "x", "saved": at(1)}, "e": {"value": "x", "saved": at(2)}} | later(done))
    assert due(9, where) == expected


def later(answers: dict[str, Any]) -> dict[str, Any]:
    return {name: {"saved": at(second), **answer} for second, (name, answer) in enumerate(answers.items(), 10)}


def test_no_more_come_than_are_asked_for() -> None:
    take("g", "e", "h")
    assert [due(count, "2.1") for count in (0, 1, 2, 9)] == [[], ["g-1"], ["g-1", "e-1"], ["g-1", "e-1", "h-1"]]


def test_a_lesson_with_an_answer_taken_away_is_not_finished() -> None:
    give("1", {"g": {"value": "x"}, "e": {"first": "x", "checks": 1}})
    assert due(9, "1.2") == []


def test_what_was_answered_when_cards_came_back_word_for_word_can_still_be_read() -> None:
    asked, key, _ = find_question("g--in-review1")
    assert (asked.id, asked.prompt, key and key.teach) == ("g--in-review1", "What holds in g?", "Keep.")
