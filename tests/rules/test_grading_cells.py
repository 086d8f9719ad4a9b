"""One choice for each cell: what every choice earns, in what order the reasons stand, and what is said of the rest."""

from typing import Any

import pytest
from asking import Ask, listed

from dateline.kinds import feedback, grade, solved

CHOICES = listed("choices", x="ex", y="why", z="zed")
CHOOSE = 'kind = "choose"\n' + CHOICES
CHOOSE_KEY = """right = ["x"]
half = ["y"]
look = "will sail"
at = "p1.s1"
why = { x = "X holds.", y = "Y holds in part.", z = "Z does not hold." }
misconception = { z = "were-heard" }
"""
MATCH = 'kind = "match"\n' + CHOICES + listed("items", a="Aye", b="Bee", c="Sea", d="Dee", e="", f="Eff", g="Gee") + 'given = { g = "x" }\n'
MATCH_KEY = "".join(
    f"""[q.items.{name}]
right = {right}
half = ["y"]
look = "seen"
why = {{ x = "X for {name}.", y = "Y for {name}.", z = "Z for {name}." }}
misconception = {{ z = "were-heard" }}
"""
    for name, right in (("a", '["x"]'), ("b", '["x"]'), ("c", '["z", "x"]'), ("d", '["x"]'), ("e", '["x"]'), ("f", '["x"]'))
)


@pytest.mark.parametrize(
    ("answer", "status", "points", "verdict", "sign", "reason", "last"),
    [
        ("x", "right", 1.0, "Right.", "right", "X holds.", "What to keep."),
        ("y", "partly", 0.5, "Partly right, for half the credit.", "half", "Y holds in part.", "What to do."),
        ("z", "not yet", 0.0, "Not yet.", "not", "Z does not hold.", "What to do."),
    ],
)
def test_choose(ask: Ask, answer: str, status: str, points: float, verdict: str, sign: str, reason: str, last: str) -> None:
    question, key = ask(CHOOSE, CHOOSE_KEY)
    result = grade(question, key, answer)
    assert (result.status, result.points, result.problem) == (status, points, "")
    assert [(part.item, part.chosen, part.credit) for part in result.parts] == [("", answer, points)]
    told = feedback(question, key, answer)
    assert (told.status, told.verdict, told.next, told.model, told.readers) == (status, verdict, last, (), None)
    [note] = told.notes
    assert (note.at, note.sign, note.chosen, note.reason, note.quote) == (
        "p1.s1",
        sign,
        {"x": "ex", "y": "why", "z": "zed"}[answer],
        reason,
        "will sail",
    )


def test_a_belief_is_named_with_what_is_better_and_no_other_choice_has_one(ask: Ask) -> None:
    question, key = ask(CHOOSE, CHOOSE_KEY)
    said = {answer: feedback(question, key, answer).notes[0] for answer in "xyz"}
    assert (said["z"].misconception, said["z"].better) == ("Quotations were heard", "Quotation marks show wording alone.")
    assert {(said[answer].misconception, said[answer].better) for answer in "xy"} == {("", "")}


@pytest.mark.parametrize(
    ("answer", "status", "points", "verdict"),
    [
        ({"a": "x"}, "partly", 1 / 6, "Partly right: 1 of 6 right."),
        ({"a": "x", "b": "y"}, "partly", 0.25, "Partly right: 1 of 6 right, 1 half right."),
        ({"a": "y", "b": "y", "c": "y"}, "partly", 0.25, "Partly right: 0 of 6 right, 3 half right."),
        ({"a": "z", "b": "z"}, "not yet", 0.0, "Not yet: 0 of 6 right."),
        (dict.fromkeys("abcdef", "x"), "right", 1.0, "Right: 6 of 6 right."),
        (dict.fromkeys("abdef", "x") | {"c": "z"}, "right", 1.0, "Right: 6 of 6 right."),
        (dict.fromkeys("abcde", "x") | {"f": "y"}, "partly", 5.5 / 6, "Partly right: 5 of 6 right, 1 half right."),
    ],
)
def test_match_earns_the_mean_over_the_cells_that_are_asked(ask: Ask, answer: Any, status: str, points: float, verdict: str) -> None:
    question, key = ask(MATCH, MATCH_KEY)
    result = grade(question, key, answer)
    assert result.status == status
    assert result.points == pytest.approx(points)
    assert [part.item for part in result.parts] == ["a", "b", "c", "d", "e", "f"]
    assert feedback(question, key, answer).verdict == verdict


def test_the_reasons_that_matter_most_stand_first(ask: Ask) -> None:
    question, key = ask(MATCH, MATCH_KEY)
    told = feedback(question, key, {"a": "x", "b": "y", "d": "z", "e": "z", "f": "x"})
    assert [(note.at, note.sign, note.chosen, note.reason) for note in told.notes] == [
        ("Dee", "not", "zed", "Z for d."),
        ("e", "not", "zed", "Z for e."),
        ("Bee", "half", "why", "Y for b."),
        ("", "none", "", "No answer here yet: Sea."),
        ("Aye", "right", "ex", "X for a."),
        ("Eff", "right", "ex", "X for f."),
    ]
    assert [note.better for note in told.notes] == ["Quotation marks show wording alone."] * 2 + [""] * 4


@pytest.mark.parametrize(
    ("answered", "said"),
    [
        ("abcde", "No answer here yet: Eff."),
        ("ab", "No answer here yet: Sea, Dee, e, Eff."),
        ("a", "No answer here yet: 5 of 6."),
    ],
)
def test_up_to_four_cells_without_an_answer_are_named_and_more_are_counted(ask: Ask, answered: str, said: str) -> None:
    question, key = ask(MATCH, MATCH_KEY)
    assert [note.reason for note in feedback(question, key, dict.fromkeys(answered, "x")).notes if note.sign == "none"] == [said]


RUNGS = (
    'kind = "ladder"\n'
    + listed("items", photo="A picture", talk="A speech")
    + listed("choices", **{"1": "said", "2": "shown", "3": "seen", "4": "tried", "5": "in use"})
)
WHY = 'why = { 1 = "R1.", 2 = "R2.", 3 = "R3.", 4 = "R4.", 5 = "R5." }\n'
RUNGS_KEY = f"""[q.items.photo]
right = ["3"]
{WHY}[q.items.talk]
right = ["1", "2"]
{WHY}"""


@pytest.mark.parametrize(
    ("item", "credits"),
    [("photo", {"1": 0.0, "2": 0.5, "3": 1.0, "4": 0.5, "5": 0.0}), ("talk", {"1": 1.0, "2": 1.0, "3": 0.5, "4": 0.0, "5": 0.0})],
)
def test_a_rung_beside_a_right_one_earns_half_and_no_other(ask: Ask, item: str, credits: dict[str, float]) -> None:
    question, key = ask(RUNGS, RUNGS_KEY)
    assert {rung: 2 * grade(question, key, {item: rung}).points for rung in "12345"} == credits


GRID = """kind = "grid"
items = [{ id = "ostrel", text = "Ostrel." }, { id = "vant", text = "Vant" }]
columns = [
    { id = "act", text = "what it did", choices = [{ id = "said", text = "spoke" }, { id = "saw", text = "looked" }] },
    { id = "dated", text = "the day", choices = [{ id = "yes", text = "yes" }, { id = "no", text = "no" }] },
]
given = { "vant/dated" = "no" }
"""
GRID_KEY = """[q.items."ostrel/act"]
right = ["said"]
why = { said = "It spoke.", saw = "It saw nothing." }
[q.items."ostrel/dated"]
right = ["yes"]
why = { yes = "It is.", no = "It is, in fact." }
[q.items."vant/act"]
right = ["saw"]
why = { said = "It said nothing.", saw = "It looked." }
"""


def test_a_cell_of_a_grid_is_named_by_its_row_and_its_column(ask: Ask) -> None:
    question, key = ask(GRID, GRID_KEY)
    told = feedback(question, key, {"ostrel/act": "saw", "vant/act": "saw"})
    assert told.verdict == "Partly right: 1 of 3 right."
    assert [(note.at, note.chosen, note.reason) for note in told.notes] == [
        ("Ostrel: what it did", "looked", "It saw nothing."),
        ("", "", "No answer here yet: Ostrel: the day."),
        ("Vant: what it did", "looked", "It looked."),
    ]


TAG = 'kind = "tag"\ntext = "ferry"\nitems = ["H1", "p1.s1", "p1.s2"]\ngiven = { H1 = "x" }\n' + CHOICES
TAG_KEY = """[q.items."p1.s1"]
right = ["x"]
why = { x = "One.", y = "Two.", z = "Three." }
[q.items."p1.s2"]
right = ["y"]
why = { x = "One.", y = "Two.", z = "Three." }
"""


def test_a_sentence_is_named_by_its_address(ask: Ask) -> None:
    question, key = ask(TAG, TAG_KEY)
    told = feedback(question, key, {"p1.s1": "x"})
    assert [(note.at, note.reason) for note in told.notes] == [("", "No answer here yet: p1.s2."), ("p1.s1", "One.")]


@pytest.mark.parametrize(
    ("shape", "key", "best"),
    [
        (CHOOSE, CHOOSE_KEY, "x"),
        (MATCH, MATCH_KEY, {"a": "x", "b": "x", "c": "z", "d": "x", "e": "x", "f": "x"}),
        (RUNGS, RUNGS_KEY, {"photo": "3", "talk": "1"}),
        (GRID, GRID_KEY, {"ostrel/act": "said", "ostrel/dated": "yes", "vant/act": "saw"}),
        (TAG, TAG_KEY, {"p1.s1": "x", "p1.s2": "y"}),
    ],
    ids=["choose", "match", "ladder", "grid", "tag"],
)
def test_the_solution_is_the_first_accepted_choice_of_each_cell(ask: Ask, shape: str, key: str, best: Any) -> None:
    assert solved(*ask(shape, key)) == best


@pytest.mark.parametrize(
    ("shape", "key", "answer", "problem"),
    [
        (CHOOSE, CHOOSE_KEY, "w", "'w' is not one of the choices; they are x, y, z"),
        (CHOOSE, CHOOSE_KEY, ["x"], "a list is not one of the choices; they are x, y, z"),
        (MATCH, MATCH_KEY, "x", 'Write one choice for each, such as {"a": "x"}'),
        (MATCH, MATCH_KEY, {"h": "x"}, "'h' is not asked here; you can answer a, b, c, d, e, f"),
        (MATCH, MATCH_KEY, {"g": "x"}, "'g' is not asked here; you can answer a, b, c, d, e, f"),
        (MATCH, MATCH_KEY, {"a": "w"}, "a: 'w' is not one of the choices; they are x, y, z"),
        (MATCH, MATCH_KEY, {"a": "x", "b": 3}, "b: 3 is not one of the choices; they are x, y, z"),
        (TAG, TAG_KEY, 3, 'Write one choice for each, such as {"p1.s1": "x"}'),
        (GRID, GRID_KEY, {"vant/dated": "yes"}, "'vant/dated' is not asked here; you can answer ostrel/act, ostrel/dated, vant/act"),
        (GRID, GRID_KEY, {"vant/act": "yes"}, "vant/act: 'yes' is not one of the choices; they are said, saw"),
    ],
)
def test_an_answer_of_another_form_is_told_what_to_write(ask: Ask, shape: str, key: str, answer: Any, problem: str) -> None:
    question, read = ask(shape, key)
    assert (grade(question, read, answer).status, grade(question, read, answer).problem) == ("not valid", problem)
    assert grade(question, None, answer).problem == problem
    assert feedback(question, read, answer).verdict == f"This answer cannot be read. {problem}."
