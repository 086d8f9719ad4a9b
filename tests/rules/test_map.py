"""The map of lessons: what counts as done, the minutes left, what comes next, and on which path."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from asking import words_of
from lessons import give, lesson, question

from dateline.faults import CourseError
from dateline.learner import course_map
from dateline.learner.progress import chosen_route, next_step, states
from dateline.learner.routes import load_routes

Course = Callable[[dict[str, str]], Path]
PATHS = """[alone]
title = "alone"
minutes = 200
[[alone.part]]
title = "First"
minutes = 120
steps = [{ lesson = "1.1", minutes = 20 }, { what = "a walk", minutes = 100 }]
home = [{ lesson = "1.2", minutes = 30, beats = ["practice"] }]
[[alone.part]]
title = "Then"
minutes = 80
steps = [{ lesson = "2.1", minutes = 70, instead = ["2.2"] }, { lesson = "9.9", minutes = 10 }]
[short]
title = "short & quick"
minutes = 20
[[short.part]]
title = "All"
minutes = 20
steps = [{ lesson = "1.1", minutes = 20 }]
"""
CHOICE = 'kind = "choose"\nunmarked = true\nchoices = [{ id = "short", text = "S" }, { id = "alone", text = "A" }]\n'


@pytest.fixture
def course(small_course: Course) -> Path:
    return small_course(
        lesson("0", question("path", "tour", kind=CHOICE), keys={})
        | lesson("1.1", *(question(f"a{number}") for number in range(3)), question("p", "practice"))
        | lesson("1.2", question("b0"), question("b1", "practice"))
        | lesson("2.1", question("c0"), question("c1"))
        | lesson("2.2", question("d0"), question("d1"))
        | {"data/paths.toml": PATHS, "data/skills.toml": '[voice]\nname = "hearing <a voice>"\nlesson = "1.1"\n'}
    )


def rows(path: str = "alone") -> list[tuple[str, int, int, int, int]]:
    return [(one.lesson, one.done, one.of, one.minutes, one.left) for one in states(load_routes()[path])]


@pytest.mark.parametrize(
    ("one", "two", "expected", "coming"),
    [
        ("", "", [("1.1", 0, 3, 20, 20), ("1.2", 0, 1, 30, 30), ("2.1", 0, 2, 70, 70)], "1.1"),
        ("a0", "", [("1.1", 1, 3, 20, 13), ("1.2", 0, 1, 30, 30), ("2.1", 0, 2, 70, 70)], "1.1"),
        ("a0 a1 p", "", [("1.1", 2, 3, 20, 7), ("1.2", 0, 1, 30, 30), ("2.1", 0, 2, 70, 70)], "1.1"),
        ("a0 a1 a2 b0", "c0", [("1.1", 3, 3, 20, 0), ("1.2", 0, 1, 30, 30), ("2.1", 1, 2, 70, 35)], "1.2"),
        ("a0 a1 a2 b1", "c0 d0", [("1.1", 3, 3, 20, 0), ("1.2", 1, 1, 30, 0), ("2.1", 1, 2, 70, 35)], "2.1"),
        ("a0 a1 a2 b1", "c0 d0 d1", [("1.1", 3, 3, 20, 0), ("1.2", 1, 1, 30, 0), ("2.2", 2, 2, 70, 0)], None),
        ("a1 b1", "d0 d1", [("1.1", 1, 3, 20, 13), ("1.2", 1, 1, 30, 0), ("2.2", 2, 2, 70, 0)], "1.1"),
    ],
)
@pytest.mark.usefixtures("course")
def test_what_is_answered_is_done(one: str, two: str, expected: Any, coming: str | None) -> None:
    give("1", {name: {"value": "x"} for name in one.split()})
    give("2", {name: {"value": "x"} for name in two.split()})
    assert rows() == expected
    found = next_step(states(load_routes()["alone"]))
    assert (found.lesson if found else None) == coming


@pytest.mark.usefixtures("course")
def test_an_answer_that_was_taken_away_is_not_done_and_one_never_checked_is() -> None:
    give("1", {"a0": {"first": "x", "checks": 1}, "a1": {"value": "x", "first": None, "checks": 0}})
    assert rows("short") == [("1.1", 1, 3, 20, 13)]


@pytest.mark.parametrize(("value", "path"), [("short", "short"), ("alone", "alone"), ("by air", "alone"), (None, "alone")])
@pytest.mark.usefixtures("course")
def test_the_path_is_the_one_on_the_card_and_else_the_long_one(value: str | None, path: str) -> None:
    give("0", {"path": {"value": value}})
    assert chosen_route() == path


def test_without_the_card_the_path_is_the_long_one(small_course: Course) -> None:
    small_course(lesson("1.1", question("a")) | {"data/paths.toml": PATHS})
    assert chosen_route() == "alone"


@pytest.fixture
def shown() -> list[tuple[str, str]]:
    """What was put on the page, as HTML and as plain text."""
    return []


@pytest.mark.usefixtures("course")
def test_the_map_in_words(shown: list[tuple[str, str]]) -> None:
    give("1", {"a0": {"value": "x"}, "a1": {"value": "x"}})
    give("2", {"d0": {"value": "x"}, "d1": {"value": "x"}})
    shown.append(course_map.map_shown(None))
    shown.append(course_map.map_shown("short"))
    shown.append(course_map.map_shown("by air"))
    (html, plain), (_, short), (_, odd) = shown
    assert plain.split("\n") == [
        "Path: alone. About 37 minutes of 2.0 hours left.",
        "Next: 1.1 Lesson 1.1, 7 minutes.",
        "hearing <a voice>: too early to say (1 more with one right answer)",
        "1.1 Lesson 1.1: begun, 7 minutes left",
        "1.2 Lesson 1.2: not begun, 30 minutes left",
        "2.2 Lesson 2.2: done, 0 minutes left",
    ]
    assert odd == plain
    assert short.startswith("Path: short & quick. About 7 minutes of 20 minutes left.\nNext: 1.1 Lesson 1.1, 7 minutes.\n")
    meant = "Secure means at least 80 % of the last five, over at least two texts; an answer after a hint weighs a little less."
    assert words_of(html) == [
        "Path: alone. About 37 minutes of 2.0 hours left.",
        *("Next:", "1.1 Lesson 1.1", ", 7 minutes."),
        *("lesson", "state", "minutes left"),
        "First",
        *("1.1 Lesson 1.1", "◐ begun, 2 of 3", "7"),
        *("1.2 Lesson 1.2", ", at home", "○ not begun", "30"),
        "Then",
        *("2.2 Lesson 2.2", "● done", "0"),
        "What you can do, as far as your answers show it:",
        *("skill", "state", "how we know", "lesson"),
        *("hearing <a voice>", "too early to say", "1 more with one right answer", "1.1"),
        f"{meant} Secure so far: 0.",
    ]
    assert '<a href="11-lesson.ipynb">1.1 Lesson 1.1</a>' in html


@pytest.mark.usefixtures("course")
def test_before_anything_is_done_no_skill_is_spoken_of(shown: list[tuple[str, str]]) -> None:
    shown.append(course_map.map_shown("short"))
    assert shown[0][1].split("\n") == [
        "Path: short & quick. About 20 minutes of 20 minutes left.",
        "Next: 1.1 Lesson 1.1, 20 minutes.",
        "1.1 Lesson 1.1: not begun, 20 minutes left",
    ]
    assert "What you can do" not in shown[0][0]
    assert "Path: short &amp; quick." in shown[0][0]


@pytest.mark.usefixtures("course")
def test_when_all_is_done_it_says_so(shown: list[tuple[str, str]]) -> None:
    give("1", {f"a{number}": {"value": "x"} for number in range(3)})
    shown.append(course_map.map_shown("short"))
    assert "Every lesson on this path is done." in shown[0][0]
    assert "\nEvery lesson on this path is done.\n" in shown[0][1]


@pytest.mark.parametrize(
    ("right", "words"), [(5, "Secure so far: 1."), (3, "Secure so far: 0. Worth another look: hearing a voice (lesson 1.1).")]
)
def test_a_skill_that_is_not_secure_is_worth_another_look(
    small_course: Course, shown: list[tuple[str, str]], right: int, words: str
) -> None:
    names = [f"q{number}" for number in range(5)]
    skill = '[voice]\nname = "hearing a voice"\nlesson = "1.1"\n'
    small_course(lesson("1.1", *map(question, names)) | {"data/paths.toml": PATHS, "data/skills.toml": skill})
    give("1", {name: {"value": "x" if number < right else "y" if number % 2 else "z"} for number, name in enumerate(names)})
    shown.append(course_map.map_shown("short"))
    assert f"{words}</p>" in shown[0][0]


@pytest.mark.parametrize(("minutes", "said"), [(90, "90 minutes"), (91, "1.5 hours"), (200, "3.3 hours"), (595, "9.9 hours")])
def test_long_times_are_told_in_hours(small_course: Course, shown: list[tuple[str, str]], minutes: int, said: str) -> None:
    step = f'{{ lesson = "1.1", minutes = {minutes} }}'
    part = f'{{ title = "P", minutes = {minutes}, steps = [{step}] }}'
    path = f'[alone]\ntitle = "alone"\nminutes = {minutes}\npart = [{part}]\n'
    small_course(lesson("1.1", question("a")) | {"data/paths.toml": path, "data/skills.toml": ""})
    shown.append(course_map.map_shown(None))
    assert shown[0][1].startswith(f"Path: alone. About {said} of {said} left.")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("minutes = 120", "minutes = 119", "4: First: its steps add up to 120 minutes, stated are 119. Correct one of the two."),
        ("minutes = 200", "minutes = 201", "1: alone: its steps add up to 200 minutes, stated are 201. Correct one of the two."),
        (
            'quick"\nminutes = 20',
            'quick"\nminutes = 21',
            "13: short & quick: its steps add up to 20 minutes, stated are 21. Correct one of the two.",
        ),
        ('what = "a walk"', 'walk = "a walk"', "A path has title, minutes and parts; a part has title, minutes and steps."),
    ],
)
def test_a_path_that_is_not_whole_is_told(course: Path, old: str, new: str, said: str) -> None:
    (course / "data" / "paths.toml").write_text(PATHS.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CourseError) as told:
        load_routes()
    assert str(told.value).startswith("data/paths.toml:")
    assert said in str(told.value)


def test_what_is_done_at_home_belongs_to_the_path_and_not_to_its_minutes(course: Path) -> None:
    route = load_routes()["alone"]
    assert [step.lesson or step.what for step in route.steps] == ["1.1", "a walk", "1.2", "2.1", "9.9"]
    assert route.minutes == 200
