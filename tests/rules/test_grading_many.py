"""Any number of choices: hits less false alarms, over what there is to choose; what is optional neither earns nor costs."""

from typing import Any

import pytest
from asking import Ask, listed

from dateline.kinds import feedback, grade, solved

MANY = 'kind = "choose-many"\n' + listed("choices", a="Aye", b="Bee", o="Oh", v="Vee", w="Double")
KEY = """right = ["a", "b"]
optional = ["o"]
why = { a = "A belongs.", b = "B belongs.", o = "O may.", v = "V does not.", w = "W does not." }
misconception = { w = "were-heard" }
"""


@pytest.mark.parametrize(
    ("answer", "status", "points"),
    [
        ([], "not yet", 0.0),
        (["a"], "partly", 0.5),
        (["b", "a"], "right", 1.0),
        (["o"], "not yet", 0.0),
        (["a", "o"], "partly", 0.5),
        (["a", "b", "o"], "right", 1.0),
        (["w"], "not yet", 0.0),
        (["a", "w"], "not yet", 0.0),
        (["a", "b", "w"], "partly", 0.5),
        (["a", "b", "v", "w"], "not yet", 0.0),
        (["a", "b", "o", "v", "w"], "not yet", 0.0),
    ],
)
def test_points(ask: Ask, answer: list[str], status: str, points: float) -> None:
    result = grade(*ask(MANY, KEY), answer)
    assert (result.status, result.points) == (status, points)


@pytest.mark.parametrize(
    ("answer", "notes", "verdict"),
    [
        ([], [("none", "", "2 more of the choices belong here.", "")], "Not yet."),
        (
            ["w", "a"],
            [
                ("not", "Double", "W does not.", "Quotation marks show wording alone."),
                ("right", "Aye", "A belongs.", ""),
                ("none", "", "1 more of the choices belongs here.", ""),
            ],
            "Not yet: 1 of 2 right, 1 too many.",
        ),
        (
            ["a", "b", "v"],
            [("right", "Aye", "A belongs.", ""), ("right", "Bee", "B belongs.", ""), ("not", "Vee", "V does not.", "")],
            "Partly right: 2 of 2 right, 1 too many.",
        ),
        (["a", "b"], [("right", "Aye", "A belongs.", ""), ("right", "Bee", "B belongs.", "")], "Right: 2 of 2 right."),
    ],
)
def test_reasons(ask: Ask, answer: list[str], notes: list[Any], verdict: str) -> None:
    told = feedback(*ask(MANY, KEY), answer)
    assert [(note.sign, note.chosen, note.reason, note.better) for note in told.notes] == notes
    assert told.verdict == verdict


def test_an_optional_choice_has_its_reason_and_no_sign(ask: Ask) -> None:
    told = feedback(*ask(MANY, KEY), ["a", "b", "o"])
    assert [(note.sign, note.reason) for note in told.notes][-1] == ("none", "O may.")


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (["a", "b", "o"], "Right: 2 of 2 right."),
        (["a", "o"], "Partly right: 1 of 2 right."),
        (["o"], "Not yet: 0 of 2 right."),
        (["a", "b", "o", "v"], "Partly right: 2 of 2 right, 1 too many."),
    ],
)
def test_an_optional_choice_is_not_counted_among_what_there_is_to_get_right(ask: Ask, answer: list[str], verdict: str) -> None:
    assert feedback(*ask(MANY, KEY), answer).verdict == verdict


def test_the_solution_is_all_that_belong(ask: Ask) -> None:
    assert solved(*ask(MANY, KEY)) == ["a", "b"]


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ("a", 'Write a list of choices, such as ["a"], or [] if none applies'),
        (["a", "x"], "'x' is not one of the choices; they are a, b, o, v, w"),
        (["a", ["b"]], "a list is not one of the choices; they are a, b, o, v, w"),
        (["a", None], "an empty value is not one of the choices; they are a, b, o, v, w"),
        (["a", {"b": 1}], "a table of names and values is not one of the choices; they are a, b, o, v, w"),
        (["a", b"b"], "something of another form is not one of the choices; they are a, b, o, v, w"),
        (["a", "b", "a"], "One choice is there twice; write each once"),
    ],
)
def test_an_answer_of_another_form_is_told_what_to_write(ask: Ask, answer: Any, problem: str) -> None:
    assert grade(*ask(MANY, KEY), answer).problem == problem
