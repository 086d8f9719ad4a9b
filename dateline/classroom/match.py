"""Whose each hand-in is: a pure function of the names that a school's system wrote, the roster and the teacher's corrections."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from dateline.classroom.roster import Learner, Roster
from dateline.classroom.submissions import HandIn


class Matched(msgspec.Struct, frozen=True):
    """A learner and what is theirs. `rule` says in plain words what decided it, `sure` that nothing speaks against it.

    `known`: the learner is on the roster, or there is no roster. `learner.id` is unique among the rows. A row with `known` false is named
    by the system's own label, and nothing of it counts for anybody else.
    """

    learner: Learner
    hand_ins: tuple[HandIn, ...]
    rule: str
    sure: bool
    faults: tuple[str, ...]
    known: bool


class Matching(msgspec.Struct, frozen=True):
    """All rows, those of the roster in its order and then the others by label; who handed nothing in that counts; faults of the whole."""

    rows: tuple[Matched, ...]
    missing: tuple[Learner, ...]
    faults: tuple[str, ...] = ()


def match(hand_ins: Iterable[HandIn], roster: Roster | None = None, corrections: Mapping[str, str] | None = None) -> Matching:
    """Who handed in what. `corrections` gives a learner (id, e-mail or name; empty: leave out) for a file or folder. Never raises."""
    raise NotImplementedError


def read_corrections(path: Path) -> dict[str, str]:
    """The teacher's corrections: a CSV with the columns `file` and `learner`, others are not looked at. Raises `CourseError`."""
    raise NotImplementedError
