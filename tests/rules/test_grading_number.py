"""A number within a tolerance, a number among readers, and a range by the share of readers that it holds."""

from typing import Any

import pytest
from asking import Ask

from dateline.kinds import feedback, grade, solved

NUMBER = 'kind = "number"\nlow = 0\nhigh = 24\nunit = " h"\n'
KEY = """value = 9
tolerance = 0.5
near = 2
why = { right = "Nine.", low = "It is more.", high = "It is less." }
trap = [{ value = 0, why = "The clocks agree, the moments do not.", misconception = "same-clock" }, { value = 11, why = "Two too many." }]
"""


@pytest.mark.parametrize(
    ("answer", "status", "points", "sign", "reason"),
    [
        (9, "right", 1.0, "right", "Nine."),
        (8.5, "right", 1.0, "right", "Nine."),
        (9.5, "right", 1.0, "right", "Nine."),
        (8.49, "partly", 0.5, "half", "It is more."),
        (9.51, "partly", 0.5, "half", "It is less."),
        (7, "partly", 0.5, "half", "It is more."),
        (11, "partly", 0.5, "half", "Two too many."),
        (10.99, "partly", 0.5, "half", "It is less."),
        (6.99, "not yet", 0.0, "not", "It is more."),
        (11.01, "not yet", 0.0, "not", "It is less."),
        (0, "not yet", 0.0, "not", "The clocks agree, the moments do not."),
        (24, "not yet", 0.0, "not", "It is less."),
    ],
)
def test_number(ask: Ask, answer: float, status: str, points: float, sign: str, reason: str) -> None:
    question, key = ask(NUMBER, KEY)
    result = grade(question, key, answer)
    assert (result.status, result.points) == (status, points)
    [note] = feedback(question, key, answer).notes
    assert (note.at, note.sign, note.chosen, note.reason) == ("", sign, f"{answer:g} h", reason)


@pytest.mark.parametrize(
    ("more", "answer", "points"),
    [("", 9, 1.0), ("", 9.04, 0.0), ("near = 1\n", 9.04, 0.5), ("tolerance = 1\n", 9.04, 1.0), ("tolerance = 1\n", 10.04, 0.0)],
)
def test_without_a_tolerance_only_the_number_itself_is_right(ask: Ask, more: str, answer: float, points: float) -> None:
    key = 'value = 9\nwhy = { right = "Nine.", low = "It is more.", high = "It is less." }\n'
    assert grade(*ask(NUMBER, key + more), answer).points == points


def test_a_wrong_number_with_a_belief_behind_it_says_what_is_better(ask: Ask) -> None:
    question, key = ask(NUMBER, KEY)
    [belief], [none] = (feedback(question, key, answer).notes for answer in (0, 11))
    assert (belief.misconception, belief.better) == ("All clocks are one", "Ask whose clock it is.")
    assert (none.misconception, none.better) == ("", "")
    assert feedback(question, key, 0).readers is None


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (24.5, "24.5 is not a number from 0 to 24"),
        (-0.5, "-0.5 is not a number from 0 to 24"),
        ("9", "'9' is not a number from 0 to 24"),
        (False, "False is not a number from 0 to 24"),
        (float("nan"), "nan is not a number from 0 to 24"),
        ([9], "a list is not a number from 0 to 24"),
        (10**13, "a very large number is not a number from 0 to 24"),
        (10**12, "1000000000000 is not a number from 0 to 24"),
        ("n" * 37, f"'{'n' * 37}' is not a number from 0 to 24"),
        ("n" * 38, f"'{'n' * 38}' is not a number from 0 to 24"),
        ("n" * 39, f"'{'n' * 36}... is not a number from 0 to 24"),
    ],
)
def test_what_is_no_such_number_is_told(ask: Ask, answer: Any, problem: str) -> None:
    assert grade(*ask(NUMBER, KEY), answer).problem == problem


READING = 'kind = "number"\nlow = 0\nhigh = 100\nunit = " %"\n'


@pytest.mark.parametrize(
    ("answer", "below", "same", "above"),
    [(40, 20, 35, 45), (10, 0, 4, 96), (45, 55, 0, 45), (80, 97, 3, 0), (100, 100, 0, 0), (0, 0, 0, 100)],
)
def test_a_reader_is_set_among_a_hundred_others_and_never_marked(ask: Ask, answer: float, below: int, same: int, above: int) -> None:
    question, key = ask(READING, 'data = "Perhaps"')
    result = grade(question, key, answer)
    assert (result.status, result.points) == ("noted", 0.0)
    told = feedback(question, key, answer)
    assert told.verdict == "Noted. This answer is not marked."
    [note] = told.notes
    assert (note.sign, note.chosen) == ("none", f"{answer} %")
    assert note.reason == (
        f"Of the people asked about “Perhaps”, {below} % gave a lower number, {same} % the same and {above} % a higher one. "
        "The middle answer is 40 %, and 8 of 10 lie from 30 to 60 %. Your number is not marked: it is one reading among many."
    )


def test_the_picture_of_the_readers_has_their_numbers_in_bars_of_five_and_the_bands_of_the_yardsticks(ask: Ask) -> None:
    readers = feedback(*ask(READING, 'data = "Perhaps"'), 45).readers
    assert readers is not None
    assert (readers.phrase, readers.mine) == ("Perhaps", (45,))
    assert readers.counts == (0, 0, 4, 0, 1, 0, 15, 0, 35, 0, 15, 0, 20, 0, 7, 0, 3, 0, 0, 0)
    assert readers.bands == (("Ours", 20, 45), ("Theirs", 30, 60))


def test_the_last_bar_holds_a_hundred_too(ask: Ask) -> None:
    readers = feedback(*ask(READING, 'data = "Evenly"'), 45).readers
    assert readers is not None
    assert readers.counts == (4, *[5] * 18, 6)
    assert readers.bands == ()


def test_the_solution_is_the_value_or_the_middle_answer(ask: Ask) -> None:
    assert solved(*ask(NUMBER, KEY)) == 9
    assert solved(*ask(READING, 'data = "Perhaps"')) == 40


RANGE = 'kind = "range"\nlow = 0\nhigh = 100\nunit = " %"\n'


def range_key(phrase: str) -> str:
    return f'data = "{phrase}"\nwhy = {{ right = "So far they differ.", narrow = "Too narrow.", wide = "Too wide." }}'


@pytest.mark.parametrize(
    ("readers", "points", "reason"),
    [
        (54, 0.0, "Too narrow."),
        (55, 0.5, "Too narrow."),
        (69, 0.5, "Too narrow."),
        (70, 1.0, "So far they differ."),
        (80, 1.0, "So far they differ."),
        (90, 1.0, "So far they differ."),
        (91, 0.5, "Too wide."),
        (97, 0.5, "Too wide."),
        (98, 0.0, "Too wide."),
    ],
)
def test_a_range_is_right_from_70_to_90_of_100_readers_and_half_right_from_55_to_97(
    ask: Ask, readers: int, points: float, reason: str
) -> None:
    question, key = ask(RANGE, range_key("Evenly"))
    result = grade(question, key, [1, readers])
    assert (result.status, result.points) == ({0.0: "not yet", 0.5: "partly", 1.0: "right"}[points], points)
    [note] = feedback(question, key, [1, readers]).notes
    assert (note.sign, note.chosen) == ({0.0: "not", 0.5: "half", 1.0: "right"}[points], f"1 to {readers} %")
    assert note.reason == f"Your range holds {readers} % of the readers of “Evenly”; 8 of 10 lie from 10 to 90 %. {reason}"


@pytest.mark.parametrize(
    ("low", "high", "points"), [(30, 60, 1.0), (31, 60, 1.0), (40, 60, 1.0), (41, 60, 0.0), (30, 59, 0.5), (20, 70, 0.5)]
)
def test_the_readers_at_both_ends_are_inside(ask: Ask, low: int, high: int, points: float) -> None:
    assert grade(*ask(RANGE, range_key("Perhaps")), [low, high]).points == points


def test_the_solution_is_the_narrowest_range_that_holds_about_eight_of_ten(ask: Ask) -> None:
    assert solved(*ask(RANGE, range_key("Perhaps"))) == [30, 60]


def test_the_picture_shows_both_ends_of_a_range(ask: Ask) -> None:
    readers = feedback(*ask(RANGE, range_key("Perhaps")), [30, 60]).readers
    assert readers is not None
    assert readers.mine == (30, 60)


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (30, "Write a low and a high number from 0 to 100, such as [0, 100]"),
        ([30], "Write a low and a high number from 0 to 100, such as [0, 100]"),
        ([30, 40, 50], "Write a low and a high number from 0 to 100, such as [0, 100]"),
        ([30, "60"], "Write a low and a high number from 0 to 100, such as [0, 100]"),
        ([60, 30], "Write the lower number first, both from 0 to 100"),
        ([-1, 30], "Write the lower number first, both from 0 to 100"),
        ([30, 101], "Write the lower number first, both from 0 to 100"),
        ([0, 100], ""),
        ([40, 40], ""),
    ],
)
def test_the_form_of_a_range(ask: Ask, answer: Any, problem: str) -> None:
    assert grade(*ask(RANGE, range_key("Perhaps")), answer).problem == problem
