"""The tables of a graded batch: our own gradebook, the two that Canvas and Moodle take in, and the list of faults."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from dateline.classroom.batch import Asked, Marked, share
from dateline.classroom.roster import Learner

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A cell that begins with one of these is a formula to a spreadsheet."""
ASSIGNMENT = "Reading the Dateline"


class Row(msgspec.Struct, frozen=True):
    """What a gradebook has of a learner: the submission that counts, if there is one, and its points from 0 to 100."""

    learner: Learner
    marked: Marked | None
    percent: float | None
    notes: tuple[str, ...] = ()


def rows(learners: list[Learner], counted: dict[str, Marked], replaced: list[Marked], by: Asked) -> list[Row]:
    """A row for everybody on the roster, and for everybody else who handed something in."""
    every = {learner.id: learner for learner in learners}
    known = [*every, *(sorted(name for name in counted if name not in every))]
    again: dict[str, int] = {}
    for old in replaced:
        again[old.learner] = again.get(old.learner, 0) + 1
    found = []
    for name in known:
        marked = counted.get(name)
        wanted = [question for questions in by.counting.values() for question in questions]
        points = share(marked.answers, wanted) if marked and marked.read else None
        notes = list(marked.faults) if marked else ["nothing was handed in"]
        notes += [f"handed in {again[name] + 1} times; the last that can be read counts"] if name in again else []
        found.append(Row(every.get(name, Learner(name)), marked, None if points is None else round(100 * points, 1), tuple(notes)))
    return found


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP, CSV injection)."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def table(head: Sequence[str], body: Iterable[Sequence[object]]) -> bytes:
    """A CSV with guarded words and plain numbers; with a byte order mark, so that Excel reads its letters."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([guarded(cell) for cell in head])
    for row in body:
        writer.writerow([cell if isinstance(cell, int | float) else guarded("" if cell is None else str(cell)) for cell in row])
    return written.getvalue().encode("utf-8-sig")


def write_tables(out: Path, found: list[Row], every: list[Marked], replaced: list[Marked], by: Asked) -> list[Path]:
    """Write all four tables; returns their paths."""
    written = {
        "gradebook.csv": _gradebook(found, by),
        "canvas.csv": _canvas(found),
        "moodle.csv": _moodle(found),
        "faults.csv": _faults(found, every, replaced),
    }
    for name, raw in written.items():
        (out / name).write_bytes(raw)
    return [out / name for name in written]


def _gradebook(found: list[Row], by: Asked) -> bytes:
    lessons = list(by.counting)
    head = ["id", "name", "handed in", "received", "late", "answered", "of", "percent", *lessons, "notes"]
    body = []
    for row in found:
        marked = row.marked
        ids = {question for questions in by.counting.values() for question in questions}
        answered = sum(one.question in ids for one in marked.answers) if marked else 0
        parts = [share(marked.answers, by.counting[lesson]) if marked and marked.read else None for lesson in lessons]
        shown = [None if part is None else round(100 * part, 1) for part in parts]
        when, late = (marked.received, "yes" if marked.late else "") if marked else ("", "")
        said = "; ".join(row.notes)
        body.append(
            [row.learner.id, row.learner.name, "yes" if marked else "no", when, late, answered, len(ids), row.percent, *shown, said]
        )
    return table(head, body)


def _canvas(found: list[Row]) -> bytes:
    """Canvas finds a learner by its own id, so a roster that Canvas exported goes back with the column it wants."""
    kept = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
    body = []
    for row in found:
        cells = {head.strip(): cell for head, cell in row.learner.row.items()}
        own = {"Student": row.learner.name or row.learner.id, "SIS User ID": row.learner.id}
        body.append([*(cells.get(head) or own.get(head, "") for head in kept), row.percent])
    return table([*kept, ASSIGNMENT], body)


def _moodle(found: list[Row]) -> bytes:
    head = ["ID number", "Full name", "Email address", ASSIGNMENT, "Feedback comments"]
    return table(head, [[row.learner.id, row.learner.name, row.learner.email, row.percent, "; ".join(row.notes)] for row in found])


def _faults(found: list[Row], every: list[Marked], replaced: list[Marked]) -> bytes:
    """Every fault of every submission, those that were replaced among them, and everybody who handed nothing in."""
    body = [[marked.learner, marked.source, fault, "no" if not marked.read else "yes"] for marked in every for fault in marked.faults]
    body += [[marked.learner, marked.source, "replaced by a later submission", "yes" if marked.read else "no"] for marked in replaced]
    body += [[row.learner.id, "", "nothing was handed in", "no"] for row in found if row.marked is None]
    return table(["learner", "file", "what", "graded"], body)
