"""Our own tables of a class: the gradebook, what is wrong, and what the teacher changed. What counted stands in the first line of each."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import msgspec

from dateline.classroom.counting import Counting, Score
from dateline.classroom.names import safe
from dateline.classroom.results import Change, Entry, Fault
from dateline.classroom.roster import Learner

LONGEST = 2_000
"""Letters of a cell."""
GRADEBOOK, FAULTS, AUDIT = "gradebook.csv", "faults.csv", "audit.csv"


class Row(msgspec.Struct, frozen=True):
    """A learner in the tables: what they handed in, what it comes to (nothing, if it was not graded), and what is said of it."""

    learner: Learner
    entry: Entry
    score: Score | None
    notes: tuple[str, ...] = ()


class Writer(Protocol):
    """Writes one row of a table."""

    def __call__(self, row: Sequence[object]) -> object: ...


@contextmanager
def table(path: Path, top: Sequence[Sequence[object]], encoding: str = "utf-8-sig") -> Iterator[Writer]:
    """A CSV begun with some rows of ours; words in all others are made safe. The byte order mark is for Excel, which else guesses."""
    with path.open("w", encoding=encoding, errors="replace", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")

        def write(row: Sequence[object]) -> object:
            return writer.writerow(map(_cell, row))

        writer.writerows(top)
        yield write


class AsItWas(str):
    """Words that go back to where they came from without a change."""


def _cell(value: object) -> object:
    """A number as it is, and words made safe; a dash alone stays, because Moodle means something by it."""
    return value if isinstance(value, int | float | AsItWas) or value == "-" else safe("" if value is None else str(value), LONGEST)


@contextmanager
def gradebook(out: Path, counting: Counting) -> Iterator[Writer]:
    """The gradebook, to be filled with `gradebook_row`."""
    head = ["id", "name", "handed in", "received", "late", "answered", "of", "percent", *counting.lessons, "counted of several"]
    head += ["found by", "sure", "page", "notes"]
    with table(out / GRADEBOOK, [[f"What counts: {counting.said}."], head]) as write:
        yield write


def gradebook_row(row: Row, counting: Counting) -> list[object]:
    """A learner's line in the gradebook. A lesson that was not taken, of several of which one counts, is left open."""
    entry, score = row.entry, row.score
    shares = [None if score is None else _percent(score.lessons[lesson]) for lesson in counting.lessons]
    handed_in = "no" if entry.state == "missing" else "yes"
    scored = [score.answered, score.of, score.percent] if score else [None, None, None]
    chosen = ", ".join(score.chosen) if score else ""
    found = [entry.rule, "" if entry.state == "missing" else "yes" if entry.sure else "no", entry.page, "; ".join(row.notes)]
    return [entry.learner, entry.name, handed_in, entry.received, "yes" if entry.late else "", *scored, *shares, chosen, *found]


def _percent(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 1)


def write_faults(out: Path, counting: Counting, faults: Iterable[Fault], graded: frozenset[str]) -> int:
    """Every fault; returns how many there are."""
    rows = [[*fault, "yes" if fault.learner in graded else "no"] for fault in faults]
    with table(out / FAULTS, [[f"What counts: {counting.said}."], ["learner", "file", "what", "graded"]]) as write:
        for row in rows:
            write(row)
    return len(rows)


def write_audit(out: Path, counting: Counting, changes: Iterable[Change]) -> None:
    """What the teacher took out or changed, with the points before and after."""
    with table(out / AUDIT, [[f"What counts: {counting.said}."], ["what", "learner", "question", "before", "after", "why"]]) as write:
        for change in changes:
            write(list(msgspec.structs.astuple(change)))
