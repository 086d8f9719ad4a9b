"""An order: pairs in order less pairs out of order, over the pairs whose order can be known."""

from typing import Any

import pytest
from asking import Ask, listed

from dateline.kinds import feedback, grade, solved

ORDER = 'kind = "order"\n' + listed("items", a="Aye", b="Bee", c="Sea", d="Dee", f="Free")
WHY = 'why = { a = "A is first.", b = "B is between.", c = "C is between.", d = "D is last.", f = "F has no day." }\n'
KEY = 'order = [["a"], ["b", "c"], ["d"]]\nfree = ["f"]\n' + WHY


@pytest.mark.parametrize(
    ("answer", "status", "points"),
    [
        ("abcdf", "right", 1.0),
        ("acbdf", "right", 1.0),
        ("facbd", "right", 1.0),
        ("bacdf", "partly", 0.6),
        ("abdcf", "partly", 0.6),
        ("bcadf", "partly", 0.2),
        ("bdafc", "not yet", 0.0),
        ("dcbaf", "not yet", 0.0),
    ],
)
def test_five_pairs_can_be_compared(ask: Ask, answer: str, status: str, points: float) -> None:
    result = grade(*ask(ORDER, KEY), list(answer))
    assert result.status == status
    assert result.points == pytest.approx(points)


@pytest.mark.parametrize("answer", ["abcdf", "dfcba"])
def test_where_no_pair_can_be_compared_every_order_is_right(ask: Ask, answer: str) -> None:
    question, key = ask(ORDER, 'order = [["a", "b", "c", "d"]]\nfree = ["f"]\n' + WHY)
    result = grade(question, key, list(answer))
    assert (result.status, result.points) == ("right", 1.0)
    assert {note.sign for note in feedback(question, key, list(answer)).notes} == {"right", "none"}


def test_reasons(ask: Ask) -> None:
    told = feedback(*ask(ORDER, KEY), list("fbacd"))
    assert [(note.at, note.sign, note.chosen, note.reason) for note in told.notes] == [
        ("Bee", "half", "place 2", "B is between."),
        ("Aye", "half", "place 3", "A is first."),
        ("Sea", "right", "place 4", "C is between."),
        ("Dee", "right", "place 5", "D is last."),
        ("Free", "none", "", "F has no day."),
    ]
    assert told.verdict == "Partly right: 2 of 4 right, 2 half right."


def test_what_stands_on_the_wrong_side_of_all_others_is_not_right(ask: Ask) -> None:
    told = feedback(*ask(ORDER, KEY), list("dabcf"))
    assert [(note.at, note.sign) for note in told.notes] == [
        ("Dee", "not"),
        ("Aye", "half"),
        ("Bee", "half"),
        ("Sea", "half"),
        ("Free", "none"),
    ]


def test_the_solution_is_the_groups_in_turn_and_then_what_is_free(ask: Ask) -> None:
    assert solved(*ask(ORDER, KEY)) == ["a", "b", "c", "d", "f"]


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ("abcdf", 'Write the items in order as a list, such as ["a", "b", "c", "d", "f"]'),
        (["a", 2], 'Write the items in order as a list, such as ["a", "b", "c", "d", "f"]'),
        (["a", "x"], "'x' is not one of the items; they are a, b, c, d, f"),
        (list("abcd"), "Write each of a, b, c, d, f once"),
        (list("abcdff"), "Write each of a, b, c, d, f once"),
    ],
)
def test_an_answer_of_another_form_is_told_what_to_write(ask: Ask, answer: Any, problem: str) -> None:
    assert grade(*ask(ORDER, KEY), answer).problem == problem
