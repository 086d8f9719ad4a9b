"""Where things are: the course's folder and the folder of the learner's answers."""

import os
from pathlib import Path


def course_folder() -> Path:
    """The folder that holds `data`, `exercises` and the rest (environment variable DATELINE_COURSE, or the package's parent)."""
    return Path(os.environ.get("DATELINE_COURSE") or Path(__file__).resolve().parent.parent)


def answers_folder() -> Path:
    """Where answers are kept (environment variable DATELINE_ANSWERS, or `answers` in the course's folder)."""
    return Path(os.environ.get("DATELINE_ANSWERS") or course_folder() / "answers")


def named(path: Path) -> str:
    """The path as a person would name it: relative to the course's folder where it lies inside."""
    try:
        return path.relative_to(course_folder()).as_posix()
    except ValueError:
        return str(path)
