"""What a save, a check, a hint and a fresh start keep of an answer, and what they say."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from asking import Ask, listed

from dateline.answers import attempts
from dateline.answers.attempts import Exercise
from dateline.answers.document import Answer
from dateline.answers.store import document_path

CHOOSE = 'kind = "choose"\ntext = "ferry"\nshow = ["p1.s1"]\nhints = ["Look here.", "The rule.", "Elsewhere."]\n' + listed(
    "choices", x="ex", y="why"
)
KEY = 'right = ["x"]\nwhy = { x = "X holds.", y = "Y does not." }\n'
SAVED = re.compile(r"Saved \d{4}-\d\d-\d\d \d\d:\d\d\.")


@pytest.fixture
def exercise(ask: Ask) -> Exercise:
    ask(CHOOSE, KEY)
    return attempts.open_exercise("q")


def kept() -> Answer:
    return attempts.saved_answer(attempts.open_exercise("q"))


def test_before_anything_is_done_there_is_nothing(exercise: Exercise) -> None:
    nothing: dict[str, object] = {"value": None, "confidence": None, "feedback": None, "earlier": False, "hints": [], "message": ""}
    assert attempts.look(exercise) == {**nothing, "saved": "", "stored": True, "readable": True, "newer": None}


def test_saving_checks_nothing(exercise: Exercise) -> None:
    state = attempts.save(exercise, "y", 70)
    assert (state["value"], state["confidence"], state["feedback"], state["hints"]) == ("y", 70, None, [])
    assert SAVED.fullmatch(state["message"])
    assert (kept().first, kept().first_confidence, kept().checks, kept().hints) == (None, None, 0, 0)
    assert len(kept().text) == 64


def test_the_first_answer_that_is_checked_stays_the_first(exercise: Exercise) -> None:
    attempts.save(exercise, "x", 25)
    said = attempts.check(exercise, "y", 85)
    assert said["message"] == ""  # the verdict is said once
    assert said["feedback"] is not None
    assert said["feedback"]["verdict"] == "Not yet."
    said = attempts.check(exercise, "x", 50)
    assert said["feedback"] is not None
    assert (said["value"], said["confidence"], said["feedback"]["verdict"]) == ("x", 50, "Right.")
    assert (kept().value, kept().confidence, kept().first, kept().first_confidence, kept().checks) == ("x", 50, "y", 85, 2)


def test_looking_again_shows_the_answer_and_not_what_was_said_of_it(exercise: Exercise) -> None:
    attempts.hint(exercise, "y", 85)
    attempts.check(exercise, "y", 85)
    state = attempts.look(exercise)
    assert (state["value"], state["confidence"], state["feedback"], state["earlier"], state["hints"]) == (
        "y",
        85,
        None,
        False,
        ["Look here."],
    )
    assert SAVED.fullmatch(state["message"])


@pytest.mark.parametrize("blank", [None, "", {}, []])
def test_checking_nothing_counts_as_no_check(exercise: Exercise, blank: Any) -> None:
    state = attempts.check(exercise, blank, 85)
    assert state["feedback"] is not None
    assert state["feedback"]["verdict"] == "Not answered yet. Your answer is saved as soon as you give one."
    assert (kept().first, kept().first_confidence, kept().checks) == (None, None, 0)


def test_an_answer_of_wrong_form_never_becomes_the_first(exercise: Exercise) -> None:
    attempts.check(exercise, "nonsense", 99)
    assert (kept().first, kept().first_confidence, kept().checks) == (None, None, 0)
    attempts.check(exercise, "x", 70)
    assert (kept().first, kept().first_confidence) == ("x", 70)


def test_an_answer_of_wrong_form_never_takes_the_place_of_a_good_one(exercise: Exercise) -> None:
    attempts.check(exercise, "y", 70)
    before = kept()
    for act in (attempts.check, attempts.save):
        state = act(exercise, "nonsense", 99)
        said = state["feedback"]["verdict"] if state["feedback"] else state["message"]
        assert said.startswith("This answer cannot be read. 'nonsense' is not one of the choices")
        assert state["message"].endswith("Your earlier answer is kept until this one can be read.")
        assert (state["value"], state["stored"], state["readable"]) == ("nonsense", False, False)
        assert kept() == before
    assert attempts.hint(exercise, "nonsense", 99)["hints"] == ["Look here."]
    assert (kept().value, kept().confidence, kept().first, kept().hints) == ("y", 70, "y", 1)


def test_an_answer_of_wrong_form_is_kept_as_it_was_given_where_there_is_none_better(exercise: Exercise) -> None:
    state = attempts.save(exercise, "nonsense", 70)
    assert state["message"].startswith("This answer cannot be read. 'nonsense' is not one of the choices")
    assert state["message"].endswith("It is kept as you gave it.")
    assert (kept().value, state["stored"], state["readable"]) == ("nonsense", True, False)
    assert attempts.look(exercise)["message"].startswith("This answer cannot be read.")
    attempts.save(exercise, "x", 70)
    assert kept().value == "x"


def test_an_answer_that_somebody_else_changed_meanwhile_is_not_written_over(exercise: Exercise) -> None:
    seen = attempts.save(exercise, "y", 70)["saved"]
    newer = attempts.save(exercise, "x", 85)["saved"]
    before = kept()
    for act in (attempts.save, attempts.check, attempts.hint, attempts.start_over):
        state = act(exercise, "y", 70, {seen})
        assert state["newer"] is not None
        assert (state["newer"]["value"], state["newer"]["confidence"], state["newer"]["saved"]) == ("x", 85, newer)
        assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", state["newer"]["when"])
        assert (state["stored"], state["feedback"]) == (False, None)
        assert state["message"].startswith("Not saved: this answer was changed in another window")
        assert kept() == before
    assert attempts.save(exercise, "y", 70, {newer})["newer"] is None
    assert kept().value == "y"


def test_the_same_answer_from_two_windows_is_no_quarrel_and_is_written_once(exercise: Exercise) -> None:
    first = attempts.save(exercise, "y", 70)["saved"]
    again = attempts.save(exercise, "y", 70, {""})
    assert (again["newer"], again["stored"], again["saved"]) == (None, True, first)
    assert attempts.save(exercise, "y", 85, {""})["newer"] is not None


def test_whoever_answers_in_a_call_means_to_replace_what_is_there(exercise: Exercise) -> None:
    attempts.save(exercise, "y", 70)
    assert attempts.check(exercise, "x", 70)["newer"] is None
    assert kept().value == "x"


@pytest.mark.parametrize("saved", ["", "yesterday", "2031-13-45T99:00:00Z", "9999-12-31T23:59:59.999Z", "2021-05-06"])
def test_an_answer_with_an_odd_time_is_read_and_can_be_changed(exercise: Exercise, saved: str) -> None:
    document_path("1").parent.mkdir()
    document = {"schema": 3, "module": "1", "answers": {"q": {"value": "y", "saved": saved}}}
    document_path("1").write_text(json.dumps(document), encoding="utf-8")
    state = attempts.look(exercise)
    assert (state["value"], state["saved"]) == ("y", saved)
    assert "9999" not in state["message"]  # no day that has been
    assert SAVED.match(attempts.save(exercise, "x", 70)["message"])
    assert kept().value == "x"


def test_hints_come_one_by_one_and_end(exercise: Exercise) -> None:
    shown = [attempts.hint(exercise, "y", 70)["hints"] for _ in range(5)]
    three = ["Look here.", "The rule.", "Elsewhere."]
    assert shown == [three[:1], three[:2], three, three, three]
    assert (kept().hints, kept().value, kept().confidence, kept().checks, kept().first) == (3, "y", 70, 0, None)


def test_starting_over_takes_the_answer_and_keeps_what_was_learned_of_it(exercise: Exercise) -> None:
    attempts.hint(exercise, "y", 85)
    attempts.check(exercise, "y", 85)
    attempts.check(exercise, "x", 99)
    state = attempts.start_over(exercise)
    assert (state["value"], state["confidence"], state["feedback"], state["hints"]) == (None, None, None, ["Look here."])
    assert re.fullmatch(r"Cleared, \d{4}-\d\d-\d\d \d\d:\d\d\.", state["message"])
    assert re.fullmatch(r"Cleared, \d{4}-\d\d-\d\d \d\d:\d\d\.", attempts.look(exercise)["message"])
    left = kept()
    assert (left.value, left.confidence, left.first, left.first_confidence, left.hints, left.checks) == (None, None, "y", 85, 1, 2)


def test_a_card_can_start_over_with_what_it_holds(exercise: Exercise) -> None:
    attempts.check(exercise, "y", 85)
    assert attempts.ACTIONS["reset"](exercise, "y", 85, None)["value"] is None
    assert attempts.ACTIONS["save"](exercise, "x", 50, None)["value"] == "x"
    said = attempts.ACTIONS["check"](exercise, "x", 50, None)["feedback"]
    assert said is not None
    assert said["verdict"] == "Right."
    assert attempts.ACTIONS["hint"](exercise, "x", 50, None)["hints"] == ["Look here."]
    assert attempts.ACTIONS["look"](exercise, "y", 85, None)["value"] == "x"
    assert set(attempts.ACTIONS) == {"look", "reset", "save", "check", "hint"}


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        (0, 0),
        (1, 1),
        (50, 50),
        (99, 99),
        (100, 100),
        (-1, None),
        (101, None),
        (True, None),
        (50.0, None),
        ("50", None),
        (None, None),
        ([50], None),
    ],
)
def test_a_confidence_is_a_whole_number_from_0_to_100_or_none(exercise: Exercise, given: Any, stored: int | None) -> None:
    assert attempts.save(exercise, "x", given)["confidence"] == stored
    assert attempts.hint(exercise, "x", given)["confidence"] == stored
    assert attempts.check(exercise, "x", given)["confidence"] == stored
    assert (kept().confidence, kept().first_confidence) == (stored, stored)


def test_a_question_of_a_test_is_saved_and_never_marked(ask: Ask) -> None:
    ask(CHOOSE, KEY)
    folder = Path(document_path("1")).parent
    course = folder.parent / "course"
    path = course / "exercises" / "11-one.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('beat = "practice"', 'beat = "test"'), encoding="utf-8")
    exercise = attempts.open_exercise("q")
    state = attempts.check(exercise, "y", 85)
    assert (state["value"], state["confidence"], state["feedback"]) == ("y", 85, None)
    assert SAVED.fullmatch(state["message"])
    assert (kept().first, kept().checks) == (None, 0)
    document = json.loads(document_path("1").read_text(encoding="utf-8"))
    document["answers"]["q"]["first"] = "y"
    document_path("1").write_text(json.dumps(document), encoding="utf-8")
    for state in (attempts.look(exercise), attempts.check(exercise, "x", 50)):
        assert state["message"] == "This test is handed in. What counts is the answer that you gave then."
    assert (kept().value, kept().first) == ("x", "y")


def test_a_changed_text_is_told_until_the_answer_is_given_again(exercise: Exercise) -> None:
    attempts.save(exercise, "y", 85)
    text = document_path("1").parent.parent / "course" / "data" / "texts" / "ferry.txt"
    text.write_text(text.read_text(encoding="utf-8").replace("seaworthy", "sound"), encoding="utf-8")
    exercise = attempts.open_exercise("q")
    told = "The text has changed since you answered. Your answer is here; read again and check it once more."
    assert (attempts.look(exercise)["message"], attempts.look(exercise)["value"]) == (told, "y")
    attempts.save(exercise, "y", 85)
    assert SAVED.fullmatch(attempts.look(exercise)["message"])


def test_what_cannot_be_saved_stays_on_screen_and_says_so(exercise: Exercise, answers: Path) -> None:
    answers.write_text("in the way", encoding="utf-8")
    state = attempts.check(exercise, "y", 85)
    assert state["message"].startswith(f"Not saved. The folder {answers} cannot be written (")
    assert state["message"].endswith("). Free some space or make it writable, then check again. Your answer stays on screen.")
    assert (state["value"], state["confidence"]) == ("y", 85)
    assert state["feedback"] is not None
    assert state["feedback"]["verdict"] == "Not yet."


@pytest.mark.parametrize("action", ["look", "save", "check", "hint", "start_over"])
def test_a_file_that_could_not_be_read_is_told_before_anything_else(exercise: Exercise, action: str) -> None:
    document_path("1").parent.mkdir()
    document_path("1").write_text("odd", encoding="utf-8")
    state = getattr(attempts, action)(exercise, *([] if action == "look" else ["y", 85]))
    assert state["message"].startswith("The answers in module-1.json could not be read (")


def test_without_a_text_none_is_remembered(ask: Ask) -> None:
    ask('kind = "write"\n', 'model = ["So."]')
    attempts.save(attempts.open_exercise("q"), "A line.")
    assert kept().text == ""
