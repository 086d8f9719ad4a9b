"""For a course that already runs nbgrader: lessons as its assignments, with cells that read the answer document and give its marks.

Needs the extra `dateline[nbgrader]` where assignments are made and graded. A learner answers on the cards, as everywhere; the
answers lie in a folder `answers` beside the notebook, and are handed in with it. When nbgrader grades, each graded cell reads
them and returns its points, which nbgrader takes for partial credit. Where the keys are not, a cell says so and gives nothing.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import nbformat

from dateline.answers.store import read_answer
from dateline.authoring.notebooks import KERNEL
from dateline.bank import exercise_files, find_question, load_stem
from dateline.classroom.grade import counts
from dateline.display import show_lines
from dateline.faults import fail
from dateline.folders import course_folder
from dateline.kinds import grade

CALLS = "from dateline.classroom.nbgrader import points, use_answers_beside\nuse_answers_beside()"
MOST = 1.0
"""Points of a question."""


def use_answers_beside() -> None:
    """Keep the answers of this kernel in a folder beside the notebook, so that nbgrader collects them with it."""
    os.environ["DATELINE_ANSWERS"] = str(Path.cwd() / "answers")


def points(name: str) -> float | None:
    """The points (0 to 1) of a saved answer, for nbgrader to take as partial credit; None where the keys are not."""
    question, key, lesson = find_question(name)
    if key is None:
        show_lines(["Your teacher's copy gives the points for this one."])
        return None
    answer = read_answer(lesson.module, name)[0]
    value = answer.first if question.beat == "test" and answer.first is not None else answer.value
    return round(MOST * grade(question, key, value).points, 4)


def make_assignments(out: Path, lessons: Iterable[str]) -> list[Path]:
    """Write an nbgrader source folder for each lesson (`OUT/source/<name>/<name>.ipynb`); raises `CourseError` or `OSError`."""
    wanted = list(lessons)
    stems = {stem.lesson.lesson: stem for stem in map(load_stem, exercise_files())}
    unknown = [name for name in wanted if name not in stems]
    if unknown or not wanted:
        raise fail("exercises", 1, f"there is no lesson {', '.join(unknown) or '(none is named)'}", f"There are: {', '.join(stems)}")
    written = []
    for name in wanted:
        stem = stems[name]
        read = nbformat.read(course_folder() / "notebooks" / f"{stem.name}.ipynb", as_version=4)
        asked = [question for question in stem.lesson.question if question.beat not in ("practice", "review")]
        graded = [question.id for question in asked if counts(question, (stem.keys or {}).get(question.id))]
        path = out / "source" / stem.name / f"{stem.name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(_assignment(read, graded), path)
        written.append(path)
    return written


def _assignment(read: Any, graded: list[str]) -> Any:
    """The lesson with its answers kept beside it, and a graded cell for each question at the end."""
    cells = [_code("answers-beside", CALLS, locked=True)]
    for cell in read.cells:
        cell.metadata = nbformat.from_dict({})
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    cells += read.cells
    cells += [_code(f"points-{name}", f'points("{name}")', grade=True) for name in graded]
    return nbformat.from_dict({"cells": cells, "metadata": KERNEL, "nbformat": 4, "nbformat_minor": 5})


def _code(name: str, source: str, grade: bool = False, locked: bool = True) -> Any:
    about: dict[str, Any] = {"schema_version": 3, "grade_id": name, "locked": locked, "solution": False, "grade": grade, "task": False}
    about |= {"points": MOST} if grade else {}
    cell: dict[str, Any] = {
        "id": name[:64],
        "cell_type": "code",
        "metadata": {"nbgrader": about},
        "source": source,
        "outputs": [],
        "execution_count": None,
    }
    return nbformat.from_dict(cell)
