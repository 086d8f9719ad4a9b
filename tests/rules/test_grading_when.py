"""Dates and times: the same moment is the same answer, a coarser one earns half, a finer one claims what nobody said."""

from typing import Any

import pytest
from asking import Ask, listed

from dateline.kinds import feedback, grade, solved

WHEN = 'kind = "when"\n' + listed("items", left="It left.", seen="It was seen.", aired="It was told.", built="It was built.")
CLOCK = 'kind = "when"\noffsets = ["+09:00"]\n' + listed("items", rang="It rang.", aired="It was told.")
CLOCK_KEY = """[q.items.rang]
right = ["2031-05-06T07:30"]
why = { right = "At half past seven.", other = "Not then.", coarse = "An hour is given.", fine = "No zone is given." }
[q.items.aired]
right = ["2031-05-06T17:00+09:00", "2031-05-07T06:15"]
why = { right = "At five.", other = "Another time.", coarse = "The zone is known.", fine = "That zone is nowhere." }
"""
KEY = """[q.items.left]
right = ["2031-05-06", "2031-05-07"]
why = { right = "On that day.", other = "Another day.", coarse = "The day is known.", fine = "No hour is given." }
trap = { "2031-05-09" = "That is the day of the page.", "2031-05" = "The month is a trap.", "2031-05-08T00:00Z" = "The night between." }
misconception = { "2031-05-09" = "same-clock" }
look = "on 6 May"
[q.items.seen]
right = ["not stated"]
why = { right = "No date is given.", other = "No such date is given." }
[q.items.aired]
right = ["2031-05-06T17:00+09:00"]
why = { right = "At five.", other = "Not then.", coarse = "The hour is known." }
[q.items.built]
right = ["2030"]
why = { right = "In that year.", other = "Another year." }
"""


@pytest.mark.parametrize(
    ("item", "value", "credit", "sign", "reason"),
    [
        ("left", "2031-05-06", 1.0, "right", "On that day."),
        ("left", "2031-05-07", 1.0, "right", "On that day."),
        ("left", "2031-05", 0.5, "half", "The day is known."),
        ("left", "2031", 0.5, "half", "The day is known."),
        ("left", "2031-06", 0.0, "not", "Another day."),
        ("left", "2031-05-05", 0.0, "not", "Another day."),
        ("left", "2031-05-06T12:00Z", 0.0, "not", "No hour is given."),
        ("left", "2031-05-08T12:00Z", 0.0, "not", "Another day."),
        ("left", "2031-05-09", 0.0, "not", "That is the day of the page."),
        ("left", "2031-05-08T09:00+09:00", 0.0, "not", "The night between."),
        ("left", "not stated", 0.0, "not", "Another day."),
        ("seen", "not stated", 1.0, "right", "No date is given."),
        ("seen", "2031", 0.0, "not", "No such date is given."),
        ("aired", "2031-05-06T17:00+09:00", 1.0, "right", "At five."),
        ("aired", "2031-05-06T08:00Z", 1.0, "right", "At five."),
        ("aired", "2031-05-06T10:00+02:00", 1.0, "right", "At five."),
        ("aired", "2031-05-06T17:00Z", 0.0, "not", "Not then."),
        ("aired", "2031-05-06T08:01Z", 0.0, "not", "Not then."),
        ("aired", "2031-05-06", 0.5, "half", "The hour is known."),
        ("aired", "2031-05", 0.5, "half", "The hour is known."),
        ("aired", "2031-05-07", 0.0, "not", "Not then."),
        ("built", "2030", 1.0, "right", "In that year."),
        ("built", "2030-01-01", 0.0, "not", "Another year."),
        ("built", "2031", 0.0, "not", "Another year."),
    ],
)
def test_a_value_for_one_item(ask: Ask, item: str, value: str, credit: float, sign: str, reason: str) -> None:
    question, key = ask(WHEN, KEY)
    assert grade(question, key, {item: value}).points == credit / 4
    [note] = [note for note in feedback(question, key, {item: value}).notes if note.chosen]
    assert (note.sign, note.chosen, note.reason) == (sign, value, reason)


@pytest.mark.parametrize(
    ("item", "value", "credit", "reason"),
    [
        # the text gives a clock and no zone: a zone is more than it says
        ("rang", "2031-05-06T07:30", 1.0, "At half past seven."),
        ("rang", "2031-05-06T07:30+09:00", 0.0, "No zone is given."),
        ("rang", "2031-05-06T07:30Z", 0.0, "No zone is given."),
        ("rang", "2031-05-06T07:31", 0.0, "Not then."),
        ("rang", "2031-05-06", 0.5, "An hour is given."),
        ("rang", "2031-05", 0.5, "An hour is given."),
        ("rang", "not stated", 0.0, "Not then."),
        # the text gives the zone: a clock without it is true and coarse
        ("aired", "2031-05-06T17:00+09:00", 1.0, "At five."),
        ("aired", "2031-05-06T08:00Z", 1.0, "At five."),
        ("aired", "2031-05-06T17:00", 0.5, "The zone is known."),
        ("aired", "2031-05-06T08:00", 0.0, "Another time."),
        ("aired", "2031-05-07T06:15", 1.0, "At five."),
        ("aired", "2031-05-07T06:15+09:00", 0.0, "That zone is nowhere."),
    ],
)
def test_a_clock_without_a_zone(ask: Ask, item: str, value: str, credit: float, reason: str) -> None:
    question, key = ask(CLOCK, CLOCK_KEY)
    assert grade(question, key, {item: value}).points == credit / 2
    [note] = [note for note in feedback(question, key, {item: value}).notes if note.chosen]
    assert note.reason == reason


def test_reasons(ask: Ask) -> None:
    told = feedback(*ask(WHEN, KEY), {"left": "2031-05-09", "seen": "not stated", "aired": "2031-05-06"})
    assert [(note.at, note.sign, note.reason, note.quote, note.misconception, note.better) for note in told.notes] == [
        ("It left.", "not", "That is the day of the page.", "on 6 May", "All clocks are one", "Ask whose clock it is."),
        ("It was seen.", "right", "No date is given.", "", "", ""),
        ("It was told.", "half", "The hour is known.", "", "", ""),
        ("It was built.", "none", "No answer here yet.", "", "", ""),
    ]
    assert [note.chosen for note in told.notes] == ["2031-05-09", "not stated", "2031-05-06", ""]
    assert told.verdict == "Partly right: 1 of 4 right, 1 half right."


@pytest.mark.parametrize(
    ("answer", "status", "points"),
    [
        ({"left": "2031-05-06", "seen": "not stated", "aired": "2031-05-06T08:00Z", "built": "2030"}, "right", 1.0),
        ({"left": "2031-05-06", "seen": "not stated", "aired": "2031-05-06T08:00Z"}, "partly", 0.75),
        ({"left": "2031-05-06", "seen": "not stated", "aired": "2031-05-06", "built": "2030"}, "partly", 0.875),
        ({"left": "1999"}, "not yet", 0.0),
    ],
)
def test_the_mean_over_all_items(ask: Ask, answer: dict[str, str], status: str, points: float) -> None:
    result = grade(*ask(WHEN, KEY), answer)
    assert (result.status, result.points) == (status, points)


def test_the_solution_is_the_first_accepted_value_of_each(ask: Ask) -> None:
    assert solved(*ask(WHEN, KEY)) == {"left": "2031-05-06", "seen": "not stated", "aired": "2031-05-06T17:00+09:00", "built": "2030"}


FORM = 'left: write a date as 2025-12-24 or a month as 2025-12, a time as 2025-12-24T17:00+09:00 or without its zone, or "not stated", not '


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ("2031", 'Write a date for each, such as {"left": "2025-12-24"} or "not stated"'),
        ({"sank": "2031"}, "'sank' is not asked here; you can answer left, seen, aired, built"),
        ({"left": 2031}, FORM + "2031"),
        ({"left": ""}, FORM + "''"),
        ({"left": "6 May"}, FORM + "'6 May'"),
        ({"left": "2031-13"}, FORM + "'2031-13'"),
        ({"left": "2031-02-29"}, FORM + "'2031-02-29'"),
        ({"left": "2031-05-06T17:00"}, ""),
        ({"left": "2031-05-06T17:0"}, FORM + "'2031-05-06T17:0'"),
        ({"left": "2031-05-06T24:30"}, FORM + "'2031-05-06T24:30'"),
        ({"left": "2031-05-06T24:30Z"}, FORM + "'2031-05-06T24:30Z'"),
        ({"left": "0001-01-01T00:00+09:00"}, FORM + "'0001-01-01T00:00+09:00'"),
        ({"left": "2031-05-06 "}, FORM + "'2031-05-06 '"),
        ({"left": "Not stated"}, FORM + "'Not stated'"),
        ({"left": "2028-02-29"}, ""),
    ],
)
def test_the_form_of_an_answer(ask: Ask, answer: Any, problem: str) -> None:
    assert grade(*ask(WHEN, KEY), answer).problem == problem
