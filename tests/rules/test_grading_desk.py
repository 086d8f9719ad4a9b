"""A desk: half for the cards, a quarter for moving as they lean, a quarter for coming nearer to the truth, or for having been there."""

from typing import Any

import pytest
from asking import Ask

from dateline.kinds import feedback, grade, solved

CARDS = ("strong", "helps", "empty", "against", "doubts")
DESK = 'kind = "desk"\nbudget = 3\n' + "items = [{}]\n".format(
    ", ".join(f'{{ id = "{card}", who = "W", date = "D", title = "Card {card}", inside = "I" }}' for card in CARDS)
)
KEY = """holds = {holds}
enough = 1.5
[q.why]
nearer = "Nearer."
farther = "Farther."
still = "Still."
there = "There."
[q.items]
strong = {{ worth = 1.0, leans = 1, why = "It would know." }}
helps = {{ worth = 0.5, leans = 1, why = "It fits." }}
empty = {{ worth = 0.0, leans = 0, why = "It says nothing." }}
against = {{ worth = 0.9, leans = -1, why = "It denies it." }}
doubts = {{ worth = 0.0, leans = -1, why = "It only doubts." }}
"""
HOLDS, FAILS = KEY.format(holds="true"), KEY.format(holds="false")


def desk(cards: str, before: float | None, after: float | None) -> dict[str, Any]:
    return {"before": before, "opened": cards.split(), "after": after}


@pytest.mark.parametrize(
    ("cards", "before", "after", "points"),
    [
        # the cards: what they are worth over 1.5, a worthless one costs .5, never more than all nor less than nothing
        ("strong helps", 50, 80, 1.0),
        ("strong", 50, 80, 1 / 3 + 0.5),
        ("helps", 50, 80, 0.5 / 3 + 0.5),
        ("strong empty", 50, 80, 0.5 / 3 + 0.5),
        ("strong helps empty", 50, 80, 1 / 3 + 0.5),
        ("helps empty", 50, 80, 0.5),
        # nor is it free where the others are worth more than enough
        ("strong against empty", 50, 50, 1 / 3 + 0.25 * 1.5),
        ("helps empty doubts", 50, 50, 0.0 + 0.25 * 1.5),
        # nothing for a confidence that rests on no card of any worth
        ("empty", 50, 80, 0.0),
        ("", 50, 80, 0.0),
        ("doubts", 50, 20, 0.0),
        # up to 5 is not moved, 6 is
        ("strong helps", 50, 55, 0.75),
        ("strong helps", 50, 56, 1.0),
        ("strong helps", 50, 50, 0.5 + 0.25 * 0.5),
        ("strong helps", 50, 45, 0.5 + 0.25 * 0.5),
        ("strong helps", 50, 44, 0.5),
        # where the cards lean neither way, staying is moving as they lean
        ("strong against", 50, 50, 0.5 + 0.25 * 1.5),
        ("strong against", 50, 55, 1.0),
        ("strong against", 50, 45, 0.5 + 0.25 * 1.5),
        ("strong against", 50, 56, 0.75),
        ("strong against", 50, 44, 0.5),
        # nearer is nearer than before and nearer than a coin
        ("strong helps", 20, 40, 0.75),
        ("strong helps", 20, 50, 0.75),
        ("strong helps", 20, 51, 1.0),
        ("strong helps", 90, 70, 0.5),
        # near is within 20 of the truth: who starts there and stays, with cards that lean that way, loses nothing
        ("strong helps", 90, 90, 1.0),
        ("strong helps", 100, 100, 1.0),
        ("strong helps", 80, 80, 1.0),
        ("strong helps", 79, 79, 0.5 + 0.25 * 0.5),
        ("strong helps", 85, 80, 1.0),
        ("strong helps", 90, 84, 0.5),
        ("strong helps", 84, 79, 0.5 + 0.25 * 0.5),
        ("strong helps", 79, 84, 0.5 + 0.25),
        ("strong", 90, 90, 1 / 3 + 0.5),
        ("strong against", 90, 90, 0.5 + 0.25 * 1.5),
        ("doubts helps", 90, 90, 0.0 + 0.25 * 1.5),
        ("empty", 100, 100, 0.0),
        ("strong helps", 90, 96, 1.0),
        ("strong helps", 0, 100, 1.0),
        # against the cards
        ("against", 50, 80, 0.3 + 0.25),
        ("against", 50, 20, 0.3 + 0.25),
    ],
)  # fmt: skip
def test_points_where_the_claim_holds(ask: Ask, cards: str, before: float, after: float, points: float) -> None:
    result = grade(*ask(DESK, HOLDS), desk(cards, before, after))
    assert result.points == pytest.approx(points)
    assert result.status == ("right" if points == 1 else "partly" if points else "not yet")


@pytest.mark.parametrize(
    ("cards", "before", "after", "points"),
    [
        ("against helps", 50, 20, 0.5 * 1.4 / 1.5 + 0.25),
        ("against doubts", 50, 20, 0.5 * 0.4 / 1.5 + 0.5),
        ("against", 50, 20, 0.3 + 0.5),
        ("against", 50, 80, 0.3),
        ("against", 80, 50, 0.3 + 0.25),
        ("against", 80, 49, 0.3 + 0.5),
        ("strong helps", 50, 80, 0.75),
        ("against doubts", 20, 20, 0.5 * 0.4 / 1.5 + 0.5),
        ("against", 0, 0, 0.3 + 0.5),
        ("against", 21, 21, 0.3 + 0.25 * 0.5),
        ("against", 0, 5, 0.3 + 0.5),
        ("against", 0, 6, 0.3),
        ("strong helps", 5, 5, 0.5 + 0.25 * 0.5),
    ],
)
def test_points_where_it_does_not(ask: Ask, cards: str, before: float, after: float, points: float) -> None:
    assert grade(*ask(DESK, FAILS), desk(cards, before, after)).points == pytest.approx(points)


WAIT = "Say how sure you are before you open a card and again when you stop; then check."


@pytest.mark.parametrize(("before", "after"), [(None, 80), (50, None), (None, None)])
def test_without_both_confidences_it_waits(ask: Ask, before: float | None, after: float | None) -> None:
    question, key = ask(DESK, HOLDS)
    answer = desk("strong", before, after)
    assert (grade(question, key, answer).status, grade(question, key, answer).points) == ("not yet", 0.0)
    notes = [(note.sign, note.chosen, note.reason) for note in feedback(question, key, answer).notes]
    assert notes == [("right", "Card strong", "It would know."), ("none", "", WAIT)]


LEANED, BORNE_OUT, AWAY, NEITHER = (
    "You moved as the cards that you opened lean.",
    "The cards that you opened bear out where you were.",
    "The cards that you opened lean another way.",
    "The cards that you opened lean neither way.",
)
SCORES = "Brier score before {}, after {}; 0 is best, and always saying 50 % gives 0.25."


@pytest.mark.parametrize(
    ("cards", "before", "after", "leaned", "moved", "scores"),
    [
        ("strong helps", 50, 80, ("right", LEANED), ("right", "Nearer."), ("0.25", "0.04")),
        ("strong helps", 50, 20, ("not", AWAY), ("not", "Farther."), ("0.25", "0.64")),
        ("strong helps", 50, 55, ("not", AWAY), ("right", "Still."), ("0.25", "0.20")),
        ("strong helps", 50, 56, ("right", LEANED), ("right", "Nearer."), ("0.25", "0.19")),
        ("strong helps", 50, 45, ("not", AWAY), ("half", "Still."), ("0.25", "0.30")),
        ("strong helps", 90, 90, ("right", BORNE_OUT), ("right", "There."), ("0.01", "0.01")),
        ("strong helps", 79, 79, ("not", AWAY), ("half", "Still."), ("0.04", "0.04")),
        ("strong against", 50, 90, ("not", NEITHER), ("right", "Nearer."), ("0.25", "0.01")),
        ("strong against", 62.5, 60, ("right", LEANED), ("half", "Still."), ("0.14", "0.16")),
    ],
)
def test_reasons(ask: Ask, cards: str, before: float, after: float, leaned: Any, moved: Any, scores: Any) -> None:
    told = feedback(*ask(DESK, HOLDS), desk(cards, before, after))
    first, second = told.notes[-2:]
    assert (first.sign, first.chosen, first.reason) == (leaned[0], f"from {before:g} % to {after:g} %", leaned[1])
    assert (second.sign, second.chosen, second.reason) == (moved[0], f"{after:g} % at the end", f"{moved[1]} {SCORES.format(*scores)}")


def test_every_card_opened_has_its_reason(ask: Ask) -> None:
    told = feedback(*ask(DESK, HOLDS), desk("helps empty strong", 50, 80))
    assert [(note.sign, note.chosen, note.reason) for note in told.notes[:-2]] == [
        ("half", "Card helps", "It fits."),
        ("not", "Card empty", "It says nothing."),
        ("right", "Card strong", "It would know."),
    ]


@pytest.mark.parametrize(
    ("key", "best"),
    [
        (HOLDS.replace("0.9, leans = -1", "0.4, leans = -1"), desk("strong helps", 50, 85)),
        (FAILS, desk("strong against", 50, 50)),
        (FAILS.replace("worth = 1.0, leans = 1", "worth = 1.0, leans = -1"), desk("strong against", 50, 15)),
        (HOLDS.replace("enough = 1.5", "enough = 1.0"), desk("strong", 50, 85)),
    ],
)
def test_the_solution_opens_the_best_cards_until_they_are_enough(ask: Ask, key: str, best: dict[str, Any]) -> None:
    assert solved(*ask(DESK, key)) == best


FORM = '{"before": 50, "opened": ["strong"], "after": 50}'


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (["strong"], f"Write your confidence before and after and the cards you opened: {FORM}"),
        ({"before": 50, "after": 50}, f"Write your confidence before and after and the cards you opened: {FORM}"),
        (desk("strong", 50, 50) | {"sure": 1}, f"Write your confidence before and after and the cards you opened: {FORM}"),
        ({"opened": "strong"}, f"Open at most 3 cards: {FORM}"),
        (desk("strong helps empty", 50, 50), ""),
        (desk("strong helps empty against", 50, 50), f"Open at most 3 cards: {FORM}"),
        (desk("strong page", 50, 50), "'page' is no card on this desk; it has strong, helps, empty, against, doubts"),
        ({"opened": [3]}, "3 is no card on this desk; it has strong, helps, empty, against, doubts"),
        (desk("strong helps strong", 50, 50), "One card is there twice; a card is opened once"),
        (desk("strong", 101, 50), "A confidence is a number from 0 to 100"),
        (desk("strong", 50, -1), "A confidence is a number from 0 to 100"),
        (desk("strong", 50, 0), ""),
        (desk("strong", 100, 0), ""),
        ({"opened": [], "after": True}, "A confidence is a number from 0 to 100"),
        ({"opened": []}, ""),
    ],
)
def test_the_form_of_an_answer(ask: Ask, answer: Any, problem: str) -> None:
    assert grade(*ask(DESK, HOLDS), answer).problem == problem


def test_where_one_card_may_be_opened_it_is_one_card(ask: Ask) -> None:
    question, key = ask(DESK.replace("budget = 3", "budget = 1"), HOLDS)
    assert grade(question, key, desk("strong helps", 50, 50)).problem == f"Open at most 1 card: {FORM}"
