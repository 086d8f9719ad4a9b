"""A copy without keys keeps what is answered, shows it, says who has the keys, and promises nothing that it cannot do."""

import re
import shutil
from pathlib import Path

import pytest

from dateline.answers import attempts
from dateline.answers.attempts import open_exercise
from dateline.cards import acts
from dateline.figures.before_and_after import comparison_shown
from dateline.figures.own import calibration_shown
from dateline.folders import course_folder
from dateline.kinds.cells import Choose
from dateline.kinds.write import Write
from dateline.learner.before_and_after import hand_in
from dateline.learner.course_end import farewell_shown
from dateline.learner.looking_back import ending_shown, look_back_shown, standing_shown
from dateline.learner.outcomes import outcome_lines, reasons_shown
from dateline.learner.record import stems
from dateline.wording import NO_KEYS

PROMISED = re.compile(r"stands? here|appears? here|reasons appear|Press Check|not handed in yet|grade")
"""What only comes where the keys are."""


@pytest.fixture(autouse=True)
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole course but its keys."""
    for name in ("data", "exercises", "notebooks"):
        shutil.copytree(course_folder() / name, tmp_path / "copy" / name)
    monkeypatch.setenv("DATELINE_COURSE", str(tmp_path / "copy"))


def answer(number: str) -> None:
    """Answer every question of a lesson with its first choice, or a line."""
    for one in next(stem for stem in stems() if stem.lesson.lesson == number).lesson.question:
        value = "A line of mine." if isinstance(one, Write) else one.choices[-1].id if isinstance(one, Choose) else None
        if value is not None:
            attempts.check(open_exercise(one.id), value, 70 if one.confidence else None)


def test_looking_back_shows_what_you_said_at_first_and_how_sure() -> None:
    answer("1.1")
    attempts.check(open_exercise("predict-quotation"), "relayed", 99)
    assert look_back_shown("predict-quotation").plain.split("\n") == [
        "At first you said: Nothing: words that reach us this way are worthless. You were 70 % sure.",
        "Now you say: Somebody has published these words, in English, as his.",
        "The keys are not in this copy; your teacher has them.",
    ]


def test_how_an_answer_stands_is_said_by_naming_it_and_who_has_the_keys() -> None:
    answer("1.1")
    assert standing_shown("exit-yard").plain == f"You said: the report by itself. {NO_KEYS}"
    attempts.save(open_exercise("source-needed"), "cut")
    assert standing_shown("source-needed").plain == f"You said: Cut it: a sentence without a source cannot be trusted. {NO_KEYS}"


def test_a_lesson_ends_with_what_is_open_and_the_next_one() -> None:
    answer("1.1")
    ending = ending_shown("1.1").plain
    assert ending.startswith(NO_KEYS)
    assert "questions are still open above." in ending
    assert not PROMISED.search(ending)


def test_a_test_is_handed_in_and_nothing_more_is_promised_before_or_after() -> None:
    answer("0.2")
    answer("7.1")
    before = acts.hand_in_test("A").look()["lines"]
    for form in ("A", "B"):
        hand_in(form)
    after = [
        *outcome_lines("A"),
        reasons_shown("A").plain,
        comparison_shown("A", "B").plain,
        farewell_shown("A", "B").plain,
        calibration_shown().plain,
    ]
    told = [*before, *after, *acts.keepsake("A", "B").look()["lines"]]
    assert all(NO_KEYS.removesuffix(".") in said for said in told if not said.startswith("16 of 16"))
    assert [said for said in told if PROMISED.search(said)] == []
