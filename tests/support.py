"""What several tests need: every question with its key, and a small course with one question of every kind."""

import shutil
from pathlib import Path

import pytest

from dateline.bank import exercise_files, load_stem
from dateline.folders import course_folder
from dateline.kinds.base import Key, Question


def every_pair() -> list[tuple[Question, Key]]:
    """Every question of the course in use, with its key."""
    return [
        (question, (stem.keys or {})[question.id])
        for stem in map(load_stem, exercise_files())
        for question in stem.lesson.question
        if not question.unmarked
    ]


def use_sampler(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy the sampler to a folder and use it as the course."""
    shutil.copytree(Path(__file__).parent / "sampler", root)
    (root / "notebooks").mkdir(exist_ok=True)  # git keeps no empty folder
    for name in ("probability_phrases.csv", "yardsticks.csv"):
        shutil.copy(course_folder() / "data" / name, root / "data")
    monkeypatch.setenv("DATELINE_COURSE", str(root))
    return root


def copied_course(place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the course without its pages, in a folder of `place`, that a test may add to; it is the course from now on."""
    root = place / "course"
    for name in ("data", "exercises", "solutions", "notebooks"):
        shutil.copytree(course_folder() / name, root / name, ignore=shutil.ignore_patterns("*.ipynb", ".ipynb_checkpoints"))
    monkeypatch.setenv("DATELINE_COURSE", str(root))
    return root
