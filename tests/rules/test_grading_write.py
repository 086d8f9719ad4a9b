"""Open text is never marked: what it mentions, how long it is, and what a model answer says."""

from typing import Any

import pytest
from asking import Ask

from dateline.kinds import feedback, grade, solved

WRITE = 'kind = "write"\n'
KEY = """model = ["The service said so.", "It says the service."]
words = [3, 5]
[[q.features]]
name = "a verb of saying"
any = ["said", "TELLS"]
missing = "Look at the verb."
[[q.features]]
name = "the service"
any = ["press service"]
missing = "Who is it?"
"""
VERDICT = "Saved. Compare your line with ours; this check sees only whether something is mentioned, not whether it is well said."


@pytest.mark.parametrize(
    ("answer", "verb", "service"),
    [
        ("The service said so", True, False),
        ("THE PRESS SERVICE SAID SO", True, True),
        ("the service tells it", True, False),
        ("nobody knows it", False, False),
        ("a Press Service", False, True),
    ],
)
def test_what_is_mentioned_is_found_whatever_its_case_and_nothing_is_counted(ask: Ask, answer: str, verb: bool, service: bool) -> None:
    question, key = ask(WRITE, KEY)
    result = grade(question, key, answer)
    assert (result.status, result.points) == ("for your teacher", 0.0)
    told = feedback(question, key, answer)
    there = "Your answer mentions it."
    assert [(note.sign, note.chosen, note.reason) for note in told.notes[1:]] == [
        ("right", "a verb of saying", there) if verb else ("none", "a verb of saying", "Look at the verb."),
        ("right", "the service", there) if service else ("none", "the service", "Who is it?"),
    ]
    assert {note.at for note in told.notes} == {""}
    assert (told.verdict, told.next, told.model) == (VERDICT, "What to do.", ("The service said so.", "It says the service."))


@pytest.mark.parametrize(("count", "sign"), [(2, "none"), (3, "right"), (4, "right"), (5, "right"), (6, "none")])
def test_the_words_are_counted_and_both_ends_are_inside(ask: Ask, count: int, sign: str) -> None:
    note = feedback(*ask(WRITE, KEY), "word " * count).notes[0]
    assert (note.sign, note.chosen, note.reason) == (sign, f"{count} words", "Asked were 3 to 5 words.")


def test_where_no_length_is_asked_none_is_told(ask: Ask) -> None:
    told = feedback(*ask(WRITE, 'model = ["It is so."]'), "word")
    assert (told.notes, told.verdict) == ((), VERDICT)


def test_the_solution_is_the_first_model_answer(ask: Ask) -> None:
    assert solved(*ask(WRITE, KEY)) == "The service said so."


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (5, "Write your answer as text in quotation marks, not 5"),
        (["x"], "Write your answer as text in quotation marks, not a list"),
        ("a\0b", "Your answer holds a character that cannot be shown; type it again"),
        ("x" * 20_000, ""),
        ("x" * 20_001, "This is 20,001 characters long; keep it under 20,000"),
    ],
)
def test_the_form_of_an_answer(ask: Ask, answer: Any, problem: str) -> None:
    assert grade(*ask(WRITE, KEY), answer).problem == problem
