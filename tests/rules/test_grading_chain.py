"""A chain: twice the credit over the steps given and the steps there are, half for a step of the wrong type."""

from typing import Any

import pytest
from asking import Ask, listed

from dateline.kinds import feedback, grade, solved

CHAIN = 'kind = "chain"\n' + listed("items", a="Aye", b="Bee", c="Sea", d="Dee", e="Eee")
KEY = """wrong = { a = "A gives to B.", b = "B gives to C.", c = "C gives to D.", d = "D gives to nobody.", e = "E is not in it." }
[[q.edge]]
from = "a"
to = "b"
why = "B says so."
[[q.edge]]
from = "b"
to = "c"
step = "inferred"
why = "C does not say."
[[q.edge]]
from = "c"
to = "d"
step = "either"
why = "It can be read both ways."
"""


def steps(words: str) -> list[dict[str, Any]]:
    """`ab bc?` is a step from a to b that is shown, and one from b to c that is inferred."""
    return [{"from": word[0], "to": word[1], "inferred": word.endswith("?")} for word in words.split()]


@pytest.mark.parametrize(
    ("answer", "status", "points"),
    [
        ("ab bc? cd", "right", 1.0),
        ("cd? bc? ab", "right", 1.0),
        ("ab", "partly", 0.5),
        ("ab?", "partly", 0.25),
        ("bc", "partly", 0.25),
        ("cd", "partly", 0.5),
        ("cd?", "partly", 0.5),
        ("ab bc?", "partly", 0.8),
        ("ab bc cd", "partly", 2.5 / 3),
        ("ab bc? cd de", "partly", 6 / 7),
        ("ba", "not yet", 0.0),
        ("ab ae", "partly", 0.4),
    ],
)
def test_points(ask: Ask, answer: str, status: str, points: float) -> None:
    result = grade(*ask(CHAIN, KEY), steps(answer))
    assert result.status == status
    assert result.points == pytest.approx(points)


ALTERNATIVES = (
    KEY
    + """[[q.edge.instead]]
from = "b"
to = "d"
step = "inferred"
why = "D may have it from B as well."
"""
)
"""D got it from C, or from B."""


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        ("ab bc? cd", 1.0),
        ("ab bc? bd?", 1.0),
        ("ab bc? bd", 2.5 / 3),
        ("ab bc? cd bd?", 6 / 7),
        ("bd? cd ab bc?", 6 / 7),
        ("bd?", 0.5),
        ("bd? cd", 0.4),
        ("ab bc? ad", 4 / 6),
    ],
)
def test_one_of_two_ways_is_enough(ask: Ask, answer: str, points: float) -> None:
    assert grade(*ask(CHAIN, ALTERNATIVES), steps(answer)).points == pytest.approx(points)


def test_a_second_way_is_told_from_a_wrong_one(ask: Ask) -> None:
    told = feedback(*ask(CHAIN, ALTERNATIVES), steps("bd? cd ab bc?"))
    assert [(note.sign, note.reason) for note in told.notes][:2] == [
        ("right", "D may have it from B as well."),
        ("not", "You have drawn this part of the way already. The text leaves room for one of the two, and one is enough."),
    ]
    assert solved(*ask(CHAIN, ALTERNATIVES)) == steps("ab bc? cd")


BOTH = "It can be read both ways."
ONE = "1 more step is needed to reach the reader."
MORE = "more steps are needed to reach the reader."


@pytest.mark.parametrize(
    ("answer", "notes"),
    [
        (
            "ab bc? cd?",
            [
                ("right", "Aye → Bee", "B says so."),
                ("right", "Bee → Sea, inferred", "C does not say."),
                ("right", "Sea → Dee, inferred", BOTH),
            ],
        ),
        ("bc ab", [("half", "Bee → Sea", "C does not say."), ("right", "Aye → Bee", "B says so."), ("none", "", ONE)]),
        ("ec ab", [("not", "Eee → Sea", "E is not in it."), ("right", "Aye → Bee", "B says so."), ("none", "", f"2 {MORE}")]),
        ("ba", [("not", "Bee → Aye", "B gives to C."), ("none", "", f"3 {MORE}")]),
    ],
)
def test_reasons(ask: Ask, answer: str, notes: list[tuple[str, str, str]]) -> None:
    told = feedback(*ask(CHAIN, KEY), steps(answer))
    assert [(note.sign, note.chosen, note.reason) for note in told.notes] == notes


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        ("ab bc? cd", "Right: 3 of 3 right."),
        ("ab bc? cd de", "Partly right: 3 of 3 right, 1 too many."),
        ("ab bc? cd bd?", "Partly right: 3 of 3 right, 1 too many."),
        ("ab bc", "Partly right: 1 of 3 right, 1 half right."),
        ("ab ec ba", "Partly right: 1 of 3 right, 2 too many."),
        ("ba", "Not yet: 0 of 3 right, 1 too many."),
    ],
)
def test_a_wrong_step_is_too_many_and_none_of_those_that_there_are(ask: Ask, answer: str, verdict: str) -> None:
    assert feedback(*ask(CHAIN, ALTERNATIVES), steps(answer)).verdict == verdict


def test_the_solution_is_every_step_with_its_type(ask: Ask) -> None:
    assert solved(*ask(CHAIN, KEY)) == steps("ab bc? cd")


FORM = '{"from": "a", "to": "e", "inferred": false}'


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ("ab", f"Write a list of steps such as [{FORM}]"),
        (steps("ab") * 61, f"Write a list of steps such as [{FORM}]"),
        (steps("ab") * 60, "The step from a to b is there twice; take one away"),
        (steps("ab ab?"), "The step from a to b is there twice; take one away"),
        (["ab"], f"A step is written {FORM}"),
        ([{"from": "a", "to": "b"}], f"A step is written {FORM}"),
        ([{"from": "a", "to": "b", "inferred": "no"}], f"A step is written {FORM}"),
        (steps("ax"), "'x' is not in this chain; it has a, b, c, d, e"),
        ([{"from": 3, "to": "b", "inferred": True}], "3 is not in this chain; it has a, b, c, d, e"),
        (steps("ab bb"), "b cannot have it from itself"),
        (steps("ab ba"), ""),
        (steps("ab ac"), ""),
    ],
)
def test_the_form_of_an_answer(ask: Ask, answer: Any, problem: str) -> None:
    assert grade(*ask(CHAIN, KEY), answer).problem == problem
