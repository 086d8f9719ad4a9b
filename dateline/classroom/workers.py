"""The papers of a class read, graded and given their page, on every core of the machine; a small class stays in one process."""

import datetime
import os
from array import array
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from pathlib import Path

import msgspec

from dateline.classroom.counting import Counting, score
from dateline.classroom.grade import Chosen, Course, Grade, Grader, identity, the_course
from dateline.classroom.match import Matched
from dateline.classroom.pages import Pages, Policy, Reader, page_name
from dateline.classroom.papers import Late, Paper, paper_of
from dateline.classroom.results import Entry, Fault

CHUNK = 32
"""Papers that a process is given at once."""
SMALL = 200
"""Papers that are quicker graded here than by processes that have to start first."""


class Task(msgspec.Struct, frozen=True):
    """What is done with every paper. `points` are the teacher's corrections by learner and place; `known` the papers graded before."""

    counting: Counting
    due: datetime.datetime | None
    late: Late
    policy: Policy
    folder: Path
    points: dict[str, dict[int, float]]
    known: frozenset[bytes]


class Done(msgspec.Struct, frozen=True):
    """A row's entry, the grade of its paper if it is new, and its faults."""

    entry: Entry
    grade: Grade | None = None
    faults: tuple[Fault, ...] = ()


class Batch(msgspec.Struct, frozen=True):
    """Some rows done by one process, and the choices that it met for the first time, numbered on from those before."""

    process: int
    fresh: tuple[Chosen, ...]
    done: tuple[Done, ...]


class Worker:
    """Does one task with any number of papers."""

    def __init__(self, task: Task, course: Course) -> None:
        self.task, self.course = task, course
        self.pages = Pages(course, task.counting, task.policy, task.folder)
        self.grader = Grader(course, None if task.policy == "none" else self.pages.article)

    def batch(self, rows: Sequence[tuple[int, Matched]]) -> Batch:
        """Some rows, each with its place; whatever is wrong with one of them is a fault of that row alone."""
        numbers = self.grader.numbers
        before = len(numbers)
        done = tuple(self._safely(place, matched) for place, matched in rows)
        return Batch(os.getpid(), tuple(islice(numbers, before, None)), done)

    def _safely(self, place: int, matched: Matched) -> Done:
        try:
            return self._row(place, matched, paper_of(matched, self.task.due, self.task.late))
        except Exception as error:
            what = f"it could not be graded ({type(error).__name__}); look at the file, and tell whoever keeps the course"
            return self._row(place, matched, Paper({}, faults=(what,)))

    def _row(self, place: int, matched: Matched, paper: Paper) -> Done:
        learner = matched.learner
        source = ", ".join(paper.used or [one.source for one in matched.hand_ins])
        faults = tuple(Fault(learner.id, source, what) for what in (*matched.faults, *paper.faults))
        entry = Entry(
            place=place,
            learner=learner.id,
            name=learner.name,
            email=learner.email,
            known=matched.known,
            rule=matched.rule,
            sure=matched.sure,
            state=paper.state,
            sources=paper.used,
            left_out=paper.left_out,
            received=paper.received,
            late=paper.late,
        )
        if paper.state != "graded":
            return Done(entry, faults=faults)
        name = identity(paper.answers, self.course)
        grade, page = self._graded(entry, name, paper)
        entry = msgspec.structs.replace(entry, paper=name, page=page)
        if name in self.task.known or grade is None:
            return Done(entry, faults=faults)
        return Done(entry, grade, faults)

    def _graded(self, entry: Entry, name: bytes, paper: Paper) -> tuple[Grade | None, str]:
        """The grade of a paper and the name of its page; no grade if both were there already."""
        corrected = self.task.points.get(entry.learner, {})
        reader = Reader(entry.learner, entry.name, ("It came after the day it was due.",) if entry.late else (), corrected)
        sign = self.pages.sign(reader, name)
        paged = self.task.policy == "none" or self.pages.is_there(reader, sign)
        if name in self.task.known and paged:
            return None, "" if self.task.policy == "none" else page_name(reader.id)
        grade, shown = self.grader.paper(paper.answers)
        if self.task.policy == "none":
            return grade, ""
        points = array("f", grade.points)
        for at, after in corrected.items():
            points[at] = after
        return grade, self.pages.write(reader, sign, shown, score(points, self.task.counting))


_workers: list[Worker] = []
"""The worker of this process, where it is one of several."""


def _start(task: Task) -> None:
    _workers[:] = [Worker(task, the_course())]


def _do(rows: Sequence[tuple[int, Matched]]) -> Batch:
    return _workers[0].batch(rows)


def work(rows: Sequence[tuple[int, Matched]], task: Task, course: Course, cores: int = 0) -> Iterator[Batch]:
    """All rows, in order, in batches. `cores` is the number of processes; by itself it is that of the machine's cores."""
    numbered = iter(rows)
    chunks = iter(lambda: list(islice(numbered, CHUNK)), [])
    many = cores or (1 if len(rows) <= SMALL else len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
    if many == 1:
        worker = Worker(task, course)
        yield from map(worker.batch, chunks)
        return
    with ProcessPoolExecutor(many, initializer=_start, initargs=(task,)) as pool:
        waiting: deque[Future[Batch]] = deque(pool.submit(_do, chunk) for chunk in islice(chunks, 3 * many))
        while waiting:
            yield waiting.popleft().result()
            waiting.extend(pool.submit(_do, chunk) for chunk in islice(chunks, 1))
