"""Where things are: the course's folder and the folder of the learner's answers."""

import os
from functools import cache
from pathlib import Path

HELD = ("data/texts", "exercises")
"""What a folder must hold to be the course's."""


class NoCourseError(Exception):
    """The course's folder is not where it is said to be. The message is one sentence on it and one on what to do."""


def course_folder() -> Path:
    """The folder that holds `data`, `exercises` and the rest (environment variable DATELINE_COURSE, or the package's parent).

    Raises `NoCourseError` where it is not there, as with a package that was installed alone.
    """
    return _verified(os.environ.get("DATELINE_COURSE", ""))


@cache
def _verified(chosen: str) -> Path:
    folder = Path(chosen).expanduser().absolute() if chosen else Path(__file__).resolve().parent.parent
    if all((folder / name).is_dir() for name in HELD):
        return folder
    if chosen:
        raise NoCourseError(
            f"DATELINE_COURSE names {folder}, which does not hold the course. Set it to the folder that holds data and exercises."
        )
    raise NoCourseError("The course is not beside its package. Set DATELINE_COURSE to the folder that holds data and exercises.")


def answers_folder() -> Path:
    """Where answers are kept (environment variable DATELINE_ANSWERS, or `answers` in the course's folder)."""
    return Path(os.environ.get("DATELINE_ANSWERS") or course_folder() / "answers")


def named(path: Path) -> str:
    """The path as a person would name it: relative to the course's folder where it lies inside."""
    try:
        return path.relative_to(course_folder()).as_posix()
    except (ValueError, NoCourseError):
        return str(path)
