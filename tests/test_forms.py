"""The tests before and after: parallel, saved without a word, handed in once, measured and compared with the size of chance."""

from collections import Counter
from typing import Any

import pytest
from learners import do, lesson

from dateline import display
from dateline import lesson as course
from dateline.answers import attempts
from dateline.answers.store import read_answers
from dateline.kinds.cells import ChooseKey
from dateline.learner.before_and_after import (
    ENOUGH,
    hand_in,
    measures_of,
    open_numbers,
    outcome,
    said_of,
    said_of_calibration,
    said_of_change,
)
from dateline.learner.record import judgments, stems, taken, trials

FORMS = {stem.lesson.form: stem for stem in stems() if stem.lesson.form}
NUMBERS = {"A": "0.2", "B": "7.1", "C": "7.2"}


def keys(form: str) -> list[ChooseKey]:
    found = [(FORMS[form].keys or {})[question.id] for question in FORMS[form].lesson.question]
    return [key for key in found if isinstance(key, ChooseKey)]


def test_the_forms_are_parallel() -> None:
    assert sorted(FORMS) == ["A", "B", "C"]
    shapes = {
        form: [(question.theme, question.skill, question.kind, question.confidence) for question in stem.lesson.question]
        for form, stem in FORMS.items()
    }
    assert shapes["A"] == shapes["B"] == shapes["C"]
    assert set(Counter(theme for theme, *_ in shapes["A"]).values()) == {4}
    choices = {form: [[choice.id for choice in q.choices] for q in stem.lesson.question] for form, stem in FORMS.items()}
    assert choices["A"] == choices["B"] == choices["C"]


def test_each_form_has_seven_sound_notes_and_each_theme_one() -> None:
    for form, stem in FORMS.items():
        assert all(len(key.right) == 1 and not key.half for key in keys(form))
        sound = [q.theme for q, key in zip(stem.lesson.question, keys(form), strict=True) if key.right == ("fine",)]
        assert len(sound) == 7
        assert set(sound) == {"sourcing", "language", "context", "reactions"}
        faults = [key.right[0] for key in keys(form) if key.right != ("fine",)]
        assert len(set(faults)) >= 6, "the unsound notes are unsound in different ways"


def test_no_note_stands_in_two_forms() -> None:
    prompts = [(question.prompt.partition(". ")[2], question.text) for stem in FORMS.values() for question in stem.lesson.question]
    assert len(set(prompts)) == len(prompts)


def test_a_test_question_is_saved_and_not_marked() -> None:
    question = FORMS["A"].lesson.question[0]
    state = attempts.check(attempts.open_exercise(question.id), "own", 85)
    assert state["feedback"] is None
    assert state["message"].startswith("Saved")
    assert read_answers("0")[0].answers[question.id].checks == 0
    assert outcome("A") is None


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is shown, in plain text."""
    found: list[str] = []
    monkeypatch.setattr(display.host(), "publish", lambda bundle, name="", update=False: found.append(bundle["text/plain"]))
    return found


def test_answering_a_test_question_in_code_saves_it_and_gives_nothing_away(said: list[str]) -> None:
    question = FORMS["A"].lesson.question[0]
    course.answer(question.id, question.choices[0].id, confidence=85)
    course.check(question.id)
    saved = read_answers("0")[0].answers[question.id]
    assert (saved.value, saved.confidence, saved.checks) == (question.choices[0].id, 85, 0)
    assert len(said) == 2
    assert said[0].startswith("Saved")
    reasons = keys("A")[0].why.values()
    for words in said:
        assert "ight" not in words
        assert not any(reason in words for reason in reasons)


def test_answering_what_is_not_marked_in_code_saves_it_and_says_so(said: list[str]) -> None:
    course.answer("path", "newsroom")
    course.check("path")
    assert read_answers("0")[0].answers["path"].value == "newsroom"
    assert len(said) == 2
    assert said[0].startswith("Saved")
    assert not any("ot yet" in words or "KeyError" in words for words in said)


def test_a_name_that_is_no_question_is_told_with_those_there_are(said: list[str]) -> None:
    course.answer("pathe", "newsroom")
    course.check("pathe")
    assert all("pathe" in words and "path" in words.replace("pathe", "") for words in said)
    assert len(said) == 2


def test_what_is_changed_after_handing_in_no_longer_counts() -> None:
    do("0.2")
    assert open_numbers("A") == []
    hand_in("A")
    before = outcome("A")
    assert before is not None
    assert before.right == 16
    question = FORMS["A"].lesson.question[0]
    state = attempts.check(attempts.open_exercise(question.id), "fine", 99)
    assert "handed in" in state["message"]
    after = outcome("A")
    assert after is not None
    assert after.right == 16


def test_the_open_questions_are_named_by_number() -> None:
    do("0.2", lambda question, key: None if question.skill == "gaps" else "fine")
    assert open_numbers("A") == [10]


def fine(question: Any, _: Any) -> str:
    return "fine"


def suspicious(question: Any, _: Any) -> str:
    return str(next(choice.id for choice in question.choices if choice.id != "fine"))


@pytest.mark.parametrize(("way", "words"), [(fine, "towards trust"), (suspicious, "towards suspicion")])
def test_who_lets_everything_pass_and_who_flags_everything_is_told_so(way: Any, words: str) -> None:
    do("0.2", way, confidence=99)
    hand_in("A")
    found = outcome("A")
    assert found is not None
    assert words in " ".join(said_of(found))
    assert "worse than the 0.25" in " ".join(measures_of(found))
    assert found.right <= 8


def test_a_small_change_is_called_a_hint_and_a_large_one_is_not() -> None:
    do("0.2", fine)
    do("7.1")
    hand_in("A")
    hand_in("B")
    first, second = outcome("A"), outcome("B")
    assert first is not None
    assert second is not None
    assert (first.right, second.right) == (7, 16)
    assert "more than chance alone" in " ".join(said_of_change(first, second))
    do("7.2", lambda question, key: "fine" if question.skill in ("voice", "hedges", "clocks") else key.right[0])  # type: ignore[attr-defined]
    hand_in("C")
    third = outcome("C")
    assert third is not None
    told = " ".join(said_of_change(third, second))
    assert "as a hint, not as proof" in told
    assert "95 % interval" in told


def test_calibration_waits_for_enough_answers_and_warns_of_small_numbers() -> None:
    do("0.2")
    hand_in("A")
    line, rows = said_of_calibration(taken())
    assert (len(judgments(taken())), rows) == (16, [])
    assert str(ENOUGH) in line
    do("7.1", fine)
    hand_in("B")
    line, rows = said_of_calibration(taken())
    assert rows == [["85 %", "32", "72 %", "55 % to 84 %"]]
    assert "32 answers are few" in line


def test_judgments_come_from_before_the_feedback() -> None:
    question = next(q for q in lesson("1.1").lesson.question if q.id == "predict-quotation")
    exercise = attempts.open_exercise(question.id)
    attempts.check(exercise, "heard", 99)
    attempts.check(exercise, "relayed", 25)
    assert judgments(taken()) == [(99, False)]
    answer = attempts.saved_answer(exercise)
    assert (answer.value, answer.first, answer.confidence, answer.first_confidence) == ("relayed", "heard", 25, 99)


def test_a_sentence_that_may_be_passed_or_flagged_is_no_trial() -> None:
    for stem in stems():
        do(stem.lesson.lesson)
    for form in FORMS:
        hand_in(form)
    found = trials(taken())
    assert all(trial.flagged != trial.sound for trial in found), "who answers by the keys passes what is sound and flags the rest"
    assert sum(trial.sound for trial in found) >= 20
    assert sum(not trial.sound for trial in found) >= 20


def test_the_calibration_is_drawn_after_enough_answers_with_alt_text_and_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline import figures

    shown: list[str] = []
    monkeypatch.setattr("IPython.display.display", lambda bundle, **_: shown.append(bundle["text/html"]))
    figures.calibration_plot()
    assert "so far there are 0" in shown[0]
    do("0.2")
    do("7.1", fine, confidence=50)
    hand_in("A")
    hand_in("B")
    figures.calibration_plot()
    assert '<svg role="img" aria-label="Calibration. at 50 %, 7 of 16 right; at 85 %, 16 of 16 right."' in shown[-1]
    assert "<table>" in shown[-1]
    assert shown[-1].count("<circle") == 2, "a point for each confidence that was used"
    assert "32 answers are few" in shown[-1]
