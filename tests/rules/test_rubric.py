"""The rubric: four levels for each criterion, points up to its own, and exemplars marked on every one."""

from collections.abc import Callable
from pathlib import Path

import pytest
from asking import words_of

from dateline.faults import CourseError
from dateline.learner.rubric import load_rubric, points, show_exemplars

Course = Callable[[dict[str, str]], Path]
RUBRIC = """about = "Two briefs."
[[criterion]]
name = "Sourcing"
points = 60
levels = ["a", "b", "c", "d"]
earns = [0, 10, 30, 60]
[[criterion]]
name = "Words"
points = 40
levels = ["a", "b", "c", "d"]
earns = [1, 5, 20, 40]
[[exemplar]]
title = "Weak & short"
brief = "One.\\n\\nTwo <2>."
reached = [1, 0]
why = ["No source.", "No hedge."]
"""


def test_points_are_those_of_the_levels_reached(small_course: Course) -> None:
    small_course({"data/rubric.toml": RUBRIC})
    rubric = load_rubric()
    assert {reached: points(rubric, reached) for reached in ((0, 0), (1, 0), (2, 3), (3, 3))} == {
        (0, 0): 1,
        (1, 0): 11,
        (2, 3): 70,
        (3, 3): 100,
    }
    with pytest.raises(ValueError, match="shorter"):
        points(rubric, (1,))


FOUR = "Give four levels and four numbers."
EACH = "Give a level and a reason for each criterion."
SHAPE = "A criterion has name, points, levels, earns; an exemplar title, brief, reached, why."


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('levels = ["a", "b", "c", "d"]', 'levels = ["a", "b", "c"]', 2, f"Sourcing has not four levels up to 60 points. {FOUR}"),
        ("earns = [1, 5, 20, 40]", "earns = [1, 5, 20, 30, 40]", 7, f"Words has not four levels up to 40 points. {FOUR}"),
        ("earns = [1, 5, 20, 40]", "earns = [1, 5, 20, 39]", 7, f"Words has not four levels up to 40 points. {FOUR}"),
        ("reached = [1, 0]", "reached = [1]", 12, f"Weak & short is not marked on every criterion. {EACH}"),
        ('"No hedge."]', '"No hedge.", "No."]', 12, f"Weak & short is not marked on every criterion. {EACH}"),
        ('why = ["No source.", "No hedge."]', 'why = ["No."]', 12, f"Weak & short is not marked on every criterion. {EACH}"),
        ("about", "on", 1, SHAPE),
    ],
)
def test_a_rubric_that_is_not_whole_is_told(small_course: Course, old: str, new: str, line: int, said: str) -> None:
    small_course({"data/rubric.toml": RUBRIC.replace(old, new, 1)})
    with pytest.raises(CourseError) as told:
        load_rubric()
    assert str(told.value).startswith(f"data/rubric.toml:{line}: ")
    assert str(told.value).endswith(said)


def test_the_exemplars_are_shown_with_their_marks_and_reasons(small_course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    small_course({"data/rubric.toml": RUBRIC})
    shown: list[dict[str, str]] = []
    monkeypatch.setattr("IPython.display.display", lambda bundle, **_: shown.append(bundle))
    show_exemplars()
    html = shown[0]["text/html"]
    assert shown[0]["text/plain"] == "Two briefs.\n\nWeak & short: 11 of 100\n\nOne.\n\nTwo <2>."
    assert words_of(html) == [
        "Two briefs.",
        "Weak & short: 11 of 100",
        *("One.", "Two <2>."),
        *("criterion (points)", "earned", "why"),
        *("Sourcing (60)", "10", "No source."),
        *("Words (40)", "1", "No hedge."),
    ]
