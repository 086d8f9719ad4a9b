"""Tests before and after: what is handed in and when, what is said of a score, of leaning, of confidence, and of a change."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from asking import listed, words_of
from lessons import give, lesson, question

from dateline.answers.store import read_answer, read_answers, save_answer
from dateline.cards.acts import hand_in_test
from dateline.faults import CourseError
from dateline.figures.before_and_after import comparison_shown, outcome_shown
from dateline.learner import outcomes
from dateline.learner.before_and_after import (
    Judged,
    Outcome,
    form_stem,
    hand_in,
    measured_confidence,
    measured_discernment,
    measures_of,
    open_numbers,
    outcome,
    said_of,
    said_of_calibration,
    said_of_change,
    said_of_confidence,
    said_of_discernment,
    without_confidence,
)
from dateline.learner.looking_back import beside_shown
from dateline.learner.measures import Discernment
from dateline.learner.record import judgments, taken

Course = Callable[[dict[str, str]], Path]
THEMES = ("sourcing", "language", "context", "reactions")
NOTE = 'kind = "choose"\n' + listed("choices", fine="fine", over="overstated")
RIGHT = ("fine", "over", "fine", "over")


def form(number: str, name: str) -> dict[str, str]:
    """A test of four questions, one of each theme; what is right is fine, over, fine, over."""
    asked = [question(f"{name.lower()}{n}", "test", kind=NOTE, theme=theme) for n, theme in enumerate(THEMES, 1)]
    reasons = 'why = {{ fine = "Fine {0}.", over = "Over {0}." }}\nteach = "Keep {0}."\nnext = "Do {0}."\n'
    keys = {f"{name.lower()}{n}": f'right = ["{right}"]\n' + reasons.format(n) for n, right in enumerate(RIGHT, 1)}
    return lesson(number, *asked, keys=keys, form=name)


@pytest.fixture
def course(small_course: Course) -> Path:
    write = question("before", kind='kind = "write"\n') + question("after", kind='kind = "write"\n')
    return small_course(lesson("0.1", question("q")) | form("0.2", "A") | form("7.1", "B") | lesson("7.3", write, keys={}))


def answer(name: str, words: str, **more: Any) -> None:
    """Answers to a form that are saved and not yet handed in: `f` is fine, `o` overstated, `-` none."""
    values = {"f": "fine", "o": "over"}
    module = "0" if name == "a" else "7"
    give(
        module,
        {
            f"{name}{n}": {"value": values[letter], "first": None, "confidence": 85, "checks": 0, **more}
            for n, letter in enumerate(words, 1)
            if letter != "-"
        },
    )


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What was put on the page, as HTML and as plain text."""
    page: list[tuple[str, str]] = []
    monkeypatch.setattr("IPython.display.display", lambda bundle, **_: page.append((bundle["text/html"], bundle["text/plain"])))
    return page


@pytest.mark.usefixtures("course")
def test_a_form_that_is_not_there_is_told() -> None:
    assert form_stem("B").lesson.lesson == "7.1"
    with pytest.raises(CourseError, match=r"^exercises:1: there is no form 'C'\. Write one of: A, B\.$"):
        form_stem("C")


@pytest.mark.parametrize(("words", "numbers"), [("----", [1, 2, 3, 4]), ("f-o-", [2, 4]), ("fofo", [])])
@pytest.mark.usefixtures("course")
def test_the_open_questions_are_named_by_number(words: str, numbers: list[int]) -> None:
    answer("a", words)
    assert open_numbers("A") == numbers


def test_questions_answered_without_the_confidence_they_ask_for_are_named(course: Path) -> None:
    path = course / "exercises" / "02-lesson.toml"
    sure = path.read_text(encoding="utf-8").replace('beat = "test"', 'beat = "test"\nconfidence = true', 3)
    path.write_text(sure, encoding="utf-8")
    answer("a", "fo-f", confidence=None)
    assert without_confidence("A") == [1, 2]
    save_answer("0", "a1", confidence=0)
    assert without_confidence("A") == [2]


@pytest.mark.usefixtures("course")
def test_handing_in_fixes_each_answer_once_with_its_confidence_and_no_other() -> None:
    answer("a", "ff-o")
    save_answer("0", "a4", value=None)
    save_answer("0", "q", value="x", confidence=50)
    assert outcome("A") is None
    hand_in("A")
    save_answer("0", "a1", value="over", confidence=25)
    save_answer("0", "a3", value="fine", confidence=99)
    hand_in("A")
    fixed = {name: (one.first, one.first_confidence) for name, one in read_answers("0")[0].answers.items()}
    assert fixed == {"a1": ("fine", 85), "a2": ("fine", 85), "a3": ("fine", 99), "a4": (None, None), "q": (None, None)}
    found = outcome("A")
    assert found is not None
    assert (found.form, found.right, found.of) == ("A", 2, 4)
    assert found.by_theme == {"sourcing": (1, 1), "language": (0, 1), "context": (1, 1), "reactions": (0, 1)}
    assert {one.name for one in found.answers} == {"a1", "a2", "a3"}


MORE_OFTEN = "You were more often right than you thought."
NO_SOUND = "Whether you tell sound from unsound cannot be said yet: that needs sound statements and unsound ones."
COIN_SAYS = (
    "the 0.25 of somebody who always says 50 %. It is small if you were sure where you were right and unsure where you were not; 0 is best."
)
APART = "says how well you told statements that hold from those that do not: 0 is guessing, about 3 is no error here."
WAYS = "says which way you err: below 0 towards suspicion, above 0 towards trust."


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            "ffoo",
            [
                "2 of 4 right.",
                "By theme: sourcing 1 of 1, hedged language 0 of 1, building context 0 of 1, regional reactions 1 of 1.",
                "You flagged 1 of 2 statements that do not hold and 1 of 2 that do. You lean neither way.",
                "Your confidence was 85 % on average, and 50 % of those answers were right. You were surer than you were right.",
            ],
        ),
        (
            "fofo",
            [
                "4 of 4 right.",
                "By theme: sourcing 1 of 1, hedged language 1 of 1, building context 1 of 1, regional reactions 1 of 1.",
                "You flagged 2 of 2 statements that do not hold and 0 of 2 that do. You lean neither way.",
                "Your confidence was 85 % on average, and 100 % of those answers were right. You were more often right than you thought.",
            ],
        ),
        (
            "f-f-",
            [
                "2 of 4 right.",
                "By theme: sourcing 1 of 1, hedged language 0 of 1, building context 1 of 1, regional reactions 0 of 1.",
                NO_SOUND,
                "Your confidence was 85 % on average, and 100 % of those answers were right. You were more often right than you thought.",
            ],
        ),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("course")
def test_a_test_in_words(words: str, said: list[str]) -> None:
    answer("a", words)
    hand_in("A")
    found = outcome("A")
    assert found is not None
    assert said_of(found) == said


@pytest.mark.parametrize(
    ("lean", "said"),
    [
        (-0.26, "You lean towards suspicion. c = -0.3"),
        (-0.25, "You lean neither way. c = -0.2"),
        (-0.04, "You lean neither way. c = +0.0"),
        (0.25, "You lean neither way. c = +0.2"),
        (0.26, "You lean towards trust. c = +0.3"),
    ],
)
def test_which_way_a_reader_leans(lean: float, said: str) -> None:
    found = Discernment(3, 7, 1, 5, 1.2, lean)
    words, measure = said.split(" c = ")
    assert said_of_discernment(found) == f"You flagged 3 of 7 statements that do not hold and 1 of 5 that do. {words}"
    assert measured_discernment(found) == f"d′ = 1.2 {APART} c = {measure} {WAYS}"


@pytest.mark.parametrize(("unsound", "sound"), [(0, 3), (3, 0), (0, 0)])
def test_there_is_no_discernment_without_both(unsound: int, sound: int) -> None:
    told = said_of_discernment(Discernment(0, unsound, 0, sound, 0.0, 0.0))
    assert told == NO_SOUND


@pytest.mark.parametrize(
    ("given", "score", "beside"),
    [
        ([(51, True)], "0.24", "better than"),
        ([(51, True), (50, True)], "0.25", "as good as"),
        ([(50, False)], "0.25", "as good as"),
        ([(49, True), (50, True), (50, True)], "0.25", "as good as"),
        ([(49, True), (50, True)], "0.26", "worse than"),
        ([(85, True), (99, False), (25, False)], "0.36", "worse than"),
    ],
)
def test_how_well_a_confidence_fits(small_course: Course, given: list[tuple[int, bool]], score: str, beside: str) -> None:
    names = [f"q{number}" for number in range(len(given))]
    small_course(lesson("1.1", *map(question, names)))
    give("1", {name: {"value": "x" if right else "y", "first_confidence": sure} for name, (sure, right) in zip(names, given, strict=True)})
    assert measured_confidence(judgments(taken())) == f"The Brier score is {score}, {beside} {COIN_SAYS}"


@pytest.mark.parametrize(
    ("sure", "right", "of", "said"),
    [
        (74.6, 7, 10, "Your confidence was 75 % on average, and 70 % of those answers were right. That fits."),
        (75, 7, 10, "Your confidence was 75 % on average, and 70 % of those answers were right. You were surer than you were right."),
        (65.4, 7, 10, "Your confidence was 65 % on average, and 70 % of those answers were right. That fits."),
        (
            65,
            7,
            10,
            "Your confidence was 65 % on average, and 70 % of those answers were right. You were more often right than you thought.",
        ),
        (0, 0, 0, "You gave no confidence, so there is nothing to say of how well it fits."),
    ],
)
def test_how_sure_one_was_is_told_beside_how_often_one_was_right(sure: float, right: int, of: int, said: str) -> None:
    assert said_of_confidence(Judged(Discernment(0, 0, 0, 0, 0.0, 0.0), sure, right, of)) == said


@pytest.mark.parametrize(
    ("count", "line", "rows"),
    [
        (19, "After 20 answers with a confidence this shows how well it fits; so far there are 19.", []),
        (
            20,
            "20 answers are few. With 10 answers at 50 %, chance alone could move the share right anywhere from 24 % to 76 %.",
            [["50 %", "10", "50 %", "24 % to 76 %"], ["85 %", "10", "100 %", "72 % to 100 %"]],
        ),
    ],
)
def test_a_calibration_is_shown_from_twenty_answers_on(small_course: Course, count: int, line: str, rows: list[list[str]]) -> None:
    names = [f"q{number:02}" for number in range(count)]
    small_course(lesson("1.1", *map(question, names)))
    give("1", {name: {"value": "y" if n < 5 else "x", "first_confidence": 50 if n < 10 else 85} for n, name in enumerate(names)})
    assert said_of_calibration(taken()) == (line, rows)


def scored(name: str, right: int, of: int = 12) -> Outcome:
    return Outcome(name, right, of, {}, ())


NO_MEASURES = f"{NO_SOUND} You gave no confidence, so there is nothing to say of how well it fits."


@pytest.mark.parametrize(
    ("before", "after", "moved", "sure", "span"),
    [
        (5, 12, "7 more", True, "from +3 to +10"),
        (12, 5, "7 fewer", True, "from -10 to -3"),
        (5, 6, "1 more", False, "from -3 to +5"),
        (6, 6, "as many", False, "from -4 to +4"),
        (5, 9, "4 more", False, "from -1 to +7"),
        (4, 9, "5 more", False, "from 0 to +8"),
        (9, 4, "5 fewer", False, "from -8 to 0"),
        (3, 9, "6 more", True, "from +1 to +9"),
    ],
)
def test_a_change_is_told_with_how_far_chance_could_go(before: int, after: int, moved: str, sure: bool, span: str) -> None:
    lines = said_of_change(scored("A", before), scored("B", after))
    assert lines[0] == f"Form A: {before} of 12 right. Form B: {after} of 12 right, {moved}."
    assert lines[1] == (
        f"That is more than chance alone would often do with 12 questions (95 % interval {span} questions)."
        if sure
        else "With 12 questions a test says little: the same reader could differ by as much from one form to the next "
        f"(95 % interval {span} questions). Read it as a hint, not as proof."
    )
    assert lines[2:] == [f"Form A. {NO_MEASURES}", f"Form B. {NO_MEASURES}"]
    assert measures_of(scored("A", before)) == []


THREE = "questions 2, 3, 4"
SAVED = "Your answers are saved. After handing in, the reasons appear, and what is changed later no longer counts."


@pytest.mark.parametrize(
    ("words", "lines", "ask"),
    [
        ("fofo", ["4 of 4 questions are answered."], ""),
        ("f-fo", ["3 of 4 questions are answered.", "Still open: question 2."], "Still open: question 2. Hand in all the same?"),
        (
            "f---",
            ["1 of 4 questions are answered.", "Still open: questions 2, 3, 4."],
            "Still open: questions 2, 3, 4. Hand in all the same?",
        ),
    ],
)
@pytest.mark.usefixtures("course")
def test_a_test_is_handed_in_by_a_button_that_says_what_is_open(words: str, lines: list[str], ask: str) -> None:
    answer("a", words)
    act = hand_in_test("A")
    assert act.look() == {"lines": [*lines, SAVED], "button": "Hand in form A", "ask": ask, "file": None, "said": ""}
    assert outcome("A") is None, "looking hands nothing in"
    done = act.press("")
    assert done["said"] == "Handed in."
    assert done["lines"][0] == f"{4 - words.count('-')} of 4 right."
    assert (done["button"], done["ask"]) == ("", "")
    assert act.look()["lines"] == done["lines"]


@pytest.mark.usefixtures("course")
def test_an_empty_test_is_not_handed_in() -> None:
    act = hand_in_test("A")
    assert act.look()["ask"] == "Still open: questions 1, 2, 3, 4. Hand in all the same?"
    assert act.press("")["said"] == "Nothing is answered yet, so there is nothing to hand in."
    assert act.look()["button"] == "Hand in form A"


def test_without_keys_a_test_is_handed_in_and_is_for_the_teacher(course: Path) -> None:
    (course / "solutions" / "02-lesson.toml").unlink()
    answer("a", "fofo")
    done = hand_in_test("A").press("")
    assert done["lines"] == ["Your answers are handed in. The keys are not in this copy; your teacher has them."]
    assert read_answer("0", "a1")[0].first == "fine"
    save_answer("0", "a1", value="over")
    assert read_answer("0", "a1")[0].first == "fine", "what is changed later no longer counts"


@pytest.mark.usefixtures("course")
def test_what_cannot_be_handed_in_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    answer("a", "fofo")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    assert hand_in_test("A").press("")["said"].startswith("Not handed in. The folder ")
    assert outcome("A") is None


@pytest.mark.usefixtures("course")
def test_the_reasons_of_a_test_come_when_it_is_handed_in(shown: list[tuple[str, str]]) -> None:
    answer("a", "ff-o")
    shown.append(outcomes.reasons_shown("A"))
    hand_in("A")
    save_answer("0", "a1", value="over")
    shown.append(outcomes.reasons_shown("A"))
    assert shown[0][1] == "The reasons appear here when the test is handed in."
    assert shown[1][1].split("\n") == [
        "1. What holds in a1? fine Right. Fine 1. Keep 1.",
        "2. What holds in a2? fine Not yet. Fine 2. Do 2.",
        "3. Not answered.",
        "4. What holds in a4? overstated Right. Over 4. Keep 4.",
    ]
    assert words_of(shown[1][0]) == [
        *("1.", "What holds in a1?", "fine", "Right. Fine 1. Keep 1."),
        *("2.", "What holds in a2?", "fine", "Not yet. Fine 2. Do 2."),
        "3. Not answered.",
        *("4.", "What holds in a4?", "overstated", "Right. Over 4. Keep 4."),
    ]


@pytest.mark.parametrize(
    ("done", "said"),
    [
        ("", "Form A and form B are not handed in yet, so there is nothing to compare."),
        ("a", "Form B is not handed in yet, so there is nothing to compare."),
        ("b", "Form A is not handed in yet, so there is nothing to compare."),
        ("ab", "Form A: 4 of 4 right. Form B: 4 of 4 right, as many."),
    ],
)
@pytest.mark.usefixtures("course")
def test_two_tests_are_compared_when_both_are_handed_in(shown: list[tuple[str, str]], done: str, said: str) -> None:
    for name in done:
        answer(name, "fofo")
        hand_in(name.upper())
    shown.append(comparison_shown("A", "B"))
    assert shown[0][1].split("\n")[0] == said


@pytest.mark.usefixtures("course")
def test_two_open_answers_stand_beside_each_other(shown: list[tuple[str, str]]) -> None:
    shown.append(beside_shown("before", "after"))
    give("7", {"before": {"value": "A <line>."}})
    shown.append(beside_shown("before", "after"))
    give("7", {"before": {"value": "A <line>."}, "after": {"value": "Two\nlines."}})
    shown.append(beside_shown("before", "after"))
    assert [plain for _, plain in shown] == ["Both appear here beside each other once both are written."] * 2 + ["A <line>.\n\nTwo\nlines."]
    assert words_of(shown[2][0]) == ["before", "after", "A <line>.", "Two\nlines."]


@pytest.mark.usefixtures("course")
def test_a_test_and_two_tests_are_drawn_with_the_same_in_words_and_as_a_table() -> None:
    assert outcome_shown("A") == ("<p>When the test is handed in, a picture of it stands here.</p>", NOT_HANDED_IN)
    answer("a", "ffof")
    answer("b", "fofo", confidence=50)
    hand_in("A")
    alone = outcome_shown("A")
    assert alone.plain.split("\n")[0] == (
        "Statements that do not hold: you flagged: 0 of 2. Statements that hold: you let pass: 1 of 2. "
        "How sure you were: 85 %. How often you were right then: 1 of 4."
    )
    hand_in("B")
    both = comparison_shown("A", "B")
    told = (
        "Statements that do not hold: you flagged: 0 of 2, then 2 of 2. Statements that hold: you let pass: 1 of 2, then 2 of 2. "
        "How sure you were: 85 %, then 50 %. How often you were right then: 1 of 4, then 4 of 4."
    )
    assert both.plain.split("\n")[4] == told
    assert f'<svg role="img" aria-label="{told}"' in both.html
    assert words_of(both.html)[-2:] == [
        f"Form B. d′ = 1.9 {APART} c = +0.0 {WAYS}",
        f"Form B. The Brier score is 0.25, as good as {COIN_SAYS}",
    ]
    drawn, behind = both.html.split("<summary>More: the measures</summary>")
    assert "d′" not in drawn
    assert "Brier" not in drawn
    assert "d′" in behind
    assert (drawn.count('r="5.5"'), drawn.count('r="9"')) == (4, 4), "a point and a ring in each of four rows"
    assert (alone.html.count('r="5.5"'), alone.html.count('r="9"')) == (4, 0)


NOT_HANDED_IN = "When the test is handed in, a picture of it stands here."


def test_without_keys_nothing_is_drawn_of_a_test_that_was_handed_in(course: Path) -> None:
    (course / "solutions" / "02-lesson.toml").unlink()
    answer("a", "fofo")
    assert outcome_shown("A").plain == NOT_HANDED_IN
    hand_in("A")
    assert outcome_shown("A") == ("", "")
