"""The named misconceptions: what a wrong choice may rest on, and what to think instead."""

from difflib import get_close_matches
from pathlib import Path

import msgspec

from dateline.faults import load
from dateline.folders import course_folder


class Misconception(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A belief as somebody would say it, and what to think instead."""

    name: str
    better: str


class Belief(str):
    """The id of a misconception as an author writes it, carrying what it names: the belief, and what is `better`."""

    name: str = ""
    better: str = ""


def table_file() -> Path:
    """The table of misconceptions."""
    return course_folder() / "data" / "misconceptions.toml"


def belief(name: str) -> Belief:
    """The misconception with an id; raises `ValueError` if there is none."""
    known = misconceptions()
    if name not in known:
        near = get_close_matches(name, known, n=1)
        raise ValueError(f"{name!r} is not in data/misconceptions.toml" + (f"; did you mean {near[0]!r}" if near else ""))
    found = Belief(name)
    found.name, found.better = known[name].name, known[name].better
    return found


def misconceptions() -> dict[str, Misconception]:
    """The named misconceptions by id; raises `CourseError`."""
    return load(table_file(), dict[str, Misconception], "A misconception has a name and what is better")
