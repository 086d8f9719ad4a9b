"""Where things are: the course's folder and the folder of the learner's answers."""

import contextlib
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
    """Where answers are kept.

    Environment variable DATELINE_ANSWERS, or where they were when the course was last opened, or `answers` in the course's folder.
    """
    with contextlib.suppress(OSError, UnicodeError):
        chosen = os.environ.get("DATELINE_ANSWERS") or _memory().read_text(encoding="utf-8").strip()
        return Path(chosen) if chosen else course_folder() / "answers"
    return course_folder() / "answers"


def remember_answers(folder: Path | None) -> None:
    """Keep where answers are for commands to come, such as export; None is their place in the course's folder. May raise `OSError`."""
    if folder is None:
        _memory().unlink(missing_ok=True)
    else:
        _memory().parent.mkdir(parents=True, exist_ok=True)
        _memory().write_text(str(folder), encoding="utf-8")


def _memory() -> Path:
    return course_folder() / ".lab" / "answers-are-in.txt"


def open_to_others(folder: Path) -> bool:
    """Whether other accounts of this machine can look into a folder that is there.

    They can where its mode lets them, and that of every folder around it lets them through. A group of the owner alone, which has the
    owner's name, is not counted as others. Where modes say nothing (Windows), the answer is no.
    """
    if os.name != "posix":
        return False
    place = folder.resolve()
    around = all(_lets(part, read=False) for part in place.parents)
    return around and _lets(place, read=True)


def _lets(folder: Path, read: bool) -> bool:
    """Whether somebody else may list a folder or go through it (`read`), or at least go through it."""
    import grp  # only where there are modes
    import pwd

    about = folder.stat()
    wanted = 0o005 if read else 0o001
    if about.st_mode & wanted:
        return True
    try:
        group = grp.getgrgid(about.st_gid)
        own = group.gr_name == pwd.getpwuid(about.st_uid).pw_name and not group.gr_mem
    except KeyError:
        own = False
    return bool(about.st_mode & wanted << 3) and not own


def named(path: Path) -> str:
    """The path as a person would name it: relative to the course's folder where it lies inside."""
    try:
        return path.relative_to(course_folder()).as_posix()
    except (ValueError, NoCourseError):
        return str(path)
