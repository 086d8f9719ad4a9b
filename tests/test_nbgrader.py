"""Lessons as assignments of the real nbgrader: made, released, answered, collected and graded by its own commands.

nbgrader brings extensions into JupyterLab, so it is not installed beside the course. Name a Python that has it, with the course's own
requirements: NBGRADER_PYTHON=/path/to/python python3 course.py test
"""

import json
import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

import nbformat
import pytest

from dateline.answers.store import save_answer
from dateline.bank import find_question
from dateline.classroom.nbgrader import make_assignments, points
from dateline.faults import CourseError
from dateline.folders import course_folder
from dateline.kinds import solved

PYTHON = os.environ.get("NBGRADER_PYTHON")
NAME = "11-who-is-speaking"


def test_points_are_those_of_the_saved_answer() -> None:
    assert points("voices-p4") == 0.0
    question, key, lesson = find_question("voices-p5")
    assert key
    best = solved(question, key)
    save_answer(lesson.module, "voices-p5", value=best)
    assert points("voices-p5") == 1.0
    save_answer(lesson.module, "voices-p5", value=dict(list(best.items())[:1]))
    assert points("voices-p5") == 0.5


def test_an_assignment_has_a_graded_cell_for_each_question_that_counts(tmp_path: Path) -> None:
    path = make_assignments(tmp_path, ["1.1"])[0]
    cells = nbformat.read(path, as_version=4).cells
    graded = [cell for cell in cells if cell.metadata.get("nbgrader", {}).get("grade")]
    assert [cell.source for cell in graded] == [
        f'points("{name}")' for name in ("predict-quotation", "voices-p4", "voices-p5", "voices-l1", "exit-yard")
    ]
    assert len({cell.id for cell in cells}) == len(cells)
    with pytest.raises(CourseError, match=r"there is no lesson 9\.9"):
        make_assignments(tmp_path, ["9.9"])


@pytest.mark.skipif(not PYTHON, reason="NBGRADER_PYTHON names no Python that has nbgrader")
def test_the_real_nbgrader_collects_and_shows_the_marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    course = tmp_path / "nbcourse"
    make_assignments(course, ["1.1"])
    variables = {**os.environ, "PYTHONPATH": str(course_folder()), "PATH": f"{Path(PYTHON or '').parent}:{os.environ['PATH']}"}
    variables.pop("DATELINE_ANSWERS", None)

    def nbgrader(*words: str) -> None:
        done = subprocess.run(
            [PYTHON or "", "-m", "nbgrader", *words], cwd=course, env=variables, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-3000:]

    nbgrader("generate_assignment", NAME)
    for learner, choice in (("ada", "leader"), ("bo", "outlet")):
        place = course / "submitted" / learner / NAME
        shutil.copytree(course / "release" / NAME, place)
        monkeypatch.setenv("DATELINE_ANSWERS", str(place / "answers"))
        save_answer("1", "voices-p4", value={"p4.s2": choice})
        save_answer("1", "voices-p5", value={"p5.s1": "unclear"})
    nbgrader("autograde", NAME)
    with sqlite3.connect(course / "gradebook.db") as book:
        rows = book.execute(
            "select s.student_id, c.name, g.auto_score from grade g join submitted_notebook n on g.notebook_id = n.id "
            "join submitted_assignment s on n.assignment_id = s.id join base_cell c on g.cell_id = c.id"
        ).fetchall()
    marks = {(learner, cell): score for learner, cell, score in rows}
    assert marks["ada", "points-voices-p4"] == 1.0
    assert marks["bo", "points-voices-p4"] == 0.0
    assert marks["ada", "points-voices-p5"] == marks["bo", "points-voices-p5"] == 0.5
    assert json.loads((course / "submitted" / "ada" / NAME / "answers" / "module-1.json").read_text())["answers"]["voices-p4"]
