"""The teacher's two errands: grade a batch, and report on a class."""

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from dateline.classroom.analysis import analyse
from dateline.classroom.batch import RESULTS, Marked, asked, counted, grade_batch, read_results
from dateline.classroom.class_report import write_report
from dateline.classroom.gradebook import Row, rows, write_tables
from dateline.classroom.pages import POLICIES, write_pages
from dateline.classroom.roster import Learner, read_roster
from dateline.faults import fail

REPORT = "report.html"


def run_grade(
    submissions: Path, out: Path, roster: Path | None, lessons: tuple[str, ...], due: datetime.datetime | None, feedback: str
) -> str:
    """Grade a batch and write its tables and pages; returns what was done, in words. Raises `CourseError` or `OSError`."""
    policy = next((known for known in POLICIES if known == feedback), None)
    if policy is None:
        raise fail("--feedback", 1, f"there is no feedback {feedback!r}", f"Write one of: {', '.join(POLICIES)}")
    by = asked(lessons)
    learners = _learners(roster)
    with _bar() as tell:
        found = grade_batch(submissions, out, by, learners, due, tell)
    if not found:
        raise fail(str(submissions), 1, "there is no submission in it", "Name the folder or zip that holds the exported .json files")
    last, replaced = counted(found)
    table = rows(learners, last, replaced, by)
    write_tables(out, table, found, replaced, by)
    pages = write_pages(out, table, by, policy)
    count = sum(map(len, by.counting.values()))
    asked_for = f"The percentages are over {count} questions of {len(by.stems)} lessons" + ("." if lessons else "; --lessons chooses some.")
    return f"{_said(found, table, replaced, pages, out)}\n{asked_for}"


def _learners(roster: Path | None) -> list[Learner]:
    return read_roster(roster) if roster else []


def _said(found: list[Marked], table: list[Row], replaced: list[Marked], pages: int, out: Path) -> str:
    unread = sum(not marked.read for marked in found)
    faulty = sum(bool(marked.faults) for marked in found)
    missing = sum(row.marked is None for row in table)
    parts = [
        f"{len(found)} submission{'s' if len(found) != 1 else ''}, {len(found) - unread} graded",
        f"{unread} could not be read" if unread else "",
        f"{len(replaced)} replaced by a later one" if replaced else "",
        f"{missing} of the roster handed nothing in" if missing else "",
    ]
    lines = [", ".join(filter(None, parts)) + "."]
    lines.append(f"In {out}: gradebook.csv, canvas.csv, moodle.csv, {RESULTS}" + (f", {pages} pages in feedback." if pages else "."))
    if faulty or replaced or missing:
        lines.append(f"Something is said of {faulty} submissions: see faults.csv.")
    return "\n".join(lines)


def run_report(out: Path, lessons: tuple[str, ...], roster: Path | None, names: bool) -> str:
    """Write the page on a class that was graded; returns what was done, in words. Raises `CourseError` or `OSError`."""
    by = asked(lessons)
    found = list(read_results(out, by.stamp).values())
    if not found:
        fix = "Run course.py grade with --out this folder first, and name the same lessons"
        raise fail(str(out / RESULTS), 1, "there are no results of these lessons and keys here", fix)
    last, replaced = counted(found)
    table = rows(_learners(roster), last, replaced, by)
    analysis = analyse(last, by)
    write_report(out / REPORT, analysis, table, names)
    told = "Learners are named in it: keep it to yourself." if names else "No learner is named in it."
    return f"The class of {analysis.learners} is in {out / REPORT}. {told}"


@contextmanager
def _bar() -> Iterator[Callable[[int], None]]:
    """A line that counts, where somebody watches; nothing where the words go into a file."""
    columns = (SpinnerColumn(), TextColumn("graded {task.completed}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=not Console(stderr=True).is_terminal) as progress:
        task = progress.add_task("grading", total=None)
        yield lambda done: progress.update(task, completed=done)
