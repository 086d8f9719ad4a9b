"""What was handed in, wherever it lies: a folder, a zip as a school's system gives it, or lines of JSON. Nothing is unpacked to disk or run."""

import datetime
from pathlib import Path

import msgspec

from dateline.classroom.names import Named


class Place(msgspec.Struct, frozen=True):
    """Where the bytes are: a file; `size` bytes of it from `at` on; an entry of a zip (`method`, `crc`), and of a learner's zip in that."""

    path: str
    at: int = -1
    size: int = 0
    method: int = -1
    crc: int = 0
    inside: int = -1


class HandIn(msgspec.Struct, frozen=True):
    """One file that was handed in; its contents are read when they are wanted.

    `source` is how a person finds it, unique in a batch and fit to be shown; `name` what the school's system wrote;
    `received` the moment by that system, with a zone, where it says one; `late` the system's own marker.
    A `problem` says why it cannot be read; a `note` says something else about it. Both are one line.
    """

    source: str
    name: Named
    place: Place
    received: datetime.datetime | None = None
    late: bool = False
    problem: str = ""
    note: str = ""


class Unread(msgspec.Struct, frozen=True):
    """Why the contents of a hand-in cannot be had, in one line."""

    what: str


def read_submissions(place: Path) -> list[HandIn]:
    """Every hand-in in a folder, a zip or a teacher's list (.ndjson), sorted by `source`: names only, so it is small.

    Raises `CourseError` if there is no such place or it is one learner's file. Whatever else is wrong is a hand-in with a `problem`.
    """
    raise NotImplementedError


def contents(hand_in: HandIn) -> bytes | Unread:
    """The bytes of a hand-in, at most `LARGEST` and never written to disk; never raises."""
    raise NotImplementedError


def refuse_out(out: Path, submissions: Path) -> None:
    """Raises `CourseError` if the folder for the results lies in the submissions, or they in it."""
    raise NotImplementedError
