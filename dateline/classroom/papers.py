"""Which paper counts: all files of one learner merged, question by question."""

import datetime
from typing import Literal

import msgspec

from dateline.answers.document import Answer
from dateline.classroom.match import Matched

Late = Literal["count", "mark", "leave-out"]


class Paper(msgspec.Struct, frozen=True):
    """The answers of one learner, of all modules, by question id; of two the later by its own `saved` stamp.

    `received` is an ISO time with its zone: the school's, or else the latest answer's; `by` says which ("Canvas", "the answers").
    `used` and `left_out` are sources. `read` is false if no file could be read. The faults are one line each.
    """

    answers: dict[str, Answer]
    received: str = ""
    by: str = ""
    late: bool = False
    used: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    read: bool = False


def paper_of(matched: Matched, due: datetime.datetime | None = None, late: Late = "mark") -> Paper:
    """The paper of a row. Late work (the system's marker, or after `due`) counts, counts and is marked, or is left out. Never raises."""
    raise NotImplementedError
