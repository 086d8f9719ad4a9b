"""The teacher's two errands: grade a batch, and make the page on a class."""

import datetime
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from dateline.classroom.counting import Correction, Counting, Score, Wanted, read_points, score, what_counts
from dateline.classroom.grade import Course, Grade, the_course
from dateline.classroom.gradebook import AUDIT, FAULTS, GRADEBOOK, Row, gradebook, gradebook_row, write_audit, write_faults
from dateline.classroom.match import Matched, Matching, match, read_corrections
from dateline.classroom.pages import FOLDER, POLICIES
from dateline.classroom.papers import Late
from dateline.classroom.results import FILE, Change, Entry, Fault, Results
from dateline.classroom.roster import Learner, Roster, read_roster
from dateline.classroom.schools import schools
from dateline.classroom.submissions import read_submissions, refuse_out
from dateline.classroom.workers import Batch, Task, work
from dateline.faults import fail
from dateline.folders import named
from dateline.wording import counted

LATES: tuple[Late, ...] = ("count", "mark", "leave-out")
ENOUGH_ALIKE = 3
"""Answers that two papers must share, to the second, before the teacher is told."""


class Order(msgspec.Struct, frozen=True):
    """What a teacher asks for when a batch is graded."""

    submissions: Path
    out: Path
    wanted: Wanted = Wanted()
    roster: Path | None = None
    corrections: Path | None = None
    """A CSV that says whose a file is."""
    marks: Path | None = None
    """A CSV that changes the points of single answers."""
    due: datetime.datetime | None = None
    late: str = "mark"
    feedback: str = "verdict"


def run_grade(order: Order) -> str:
    """Grade a batch and write its tables and pages; returns what was done, in words. Raises `CourseError` or `OSError`."""
    policy = next((known for known in POLICIES if known == order.feedback), None)
    late = next((known for known in LATES if known == order.late), None)
    if policy is None:
        raise fail("--feedback", 0, f"there is no feedback {order.feedback!r}", f"Write one of: {', '.join(POLICIES)}")
    if late is None:
        raise fail("--late", 0, f"late work cannot be treated as {order.late!r}", f"Write one of: {', '.join(LATES)}")
    course = the_course()
    counting = what_counts(course, order.wanted)
    refuse_out(order.out, order.submissions)
    roster = read_roster(order.roster) if order.roster else None
    found = read_submissions(order.submissions)
    if not found:
        raise fail(str(order.submissions), 0, "there is no submission in it", "Name the folder or zip that holds the exported .json files")
    matching = match(found, roster, read_corrections(order.corrections) if order.corrections else None)
    del found
    rows = all_rows(matching, roster)
    corrected = _by_learner(read_points(order.marks, course), rows, order.marks) if order.marks else {}
    results = Results(order.out)
    try:
        results.begin(course.stamp, counting.said, msgspec.json.encode(order.wanted).decode())
        points = {name: {one.place: one.points for one in own} for name, own in corrected.items()}
        task = Task(counting, order.due, late, policy, order.out / FOLDER, points, results.known())
        _grade_all(results, rows, task, course)
        said = _write_all(results, order.out, rows, roster, matching, counting, corrected, course)
        _forget_pages(order.out / FOLDER, results)
        results.finish(datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"))
    finally:
        results.close()
    return said


def all_rows(matching: Matching, roster: Roster | None) -> list[tuple[Learner, Matched | None]]:
    """Everybody in the order of the tables: the roster, whether or not something was handed in, then whoever else handed something in."""
    have = {matched.learner.id: matched for matched in matching.rows if matched.hand_ins}
    listed = [(learner, have.get(learner.id)) for learner in roster.learners] if roster else []
    known = {learner.id for learner, _ in listed}
    return listed + [(matched.learner, matched) for matched in have.values() if matched.learner.id not in known]


def _by_learner(
    corrections: list[Correction], rows: Sequence[tuple[Learner, Matched | None]], path: Path | None
) -> dict[str, list[Correction]]:
    """The corrections by the id of the learner, whom a teacher may name by id, address or name; raises `CourseError` for a stranger."""
    ways: dict[str, set[str]] = defaultdict(set)
    for learner, _ in rows:
        for way in filter(None, (learner.id, learner.email, learner.name)):
            ways[way.casefold()].add(learner.id)
    found: dict[str, list[Correction]] = defaultdict(list)
    for one in corrections:
        ids = ways.get(one.learner.casefold(), set())
        if len(ids) != 1:
            what = f"{len(ids)} learners are called {one.learner!r}" if ids else f"nobody here is called {one.learner!r}"
            raise fail(named(path) if path else "", one.line, what, "Write the id that gradebook.csv has for the learner")
        found[next(iter(ids))].append(one)
    return found


def _grade_all(results: Results, rows: Sequence[tuple[Learner, Matched | None]], task: Task, course: Course) -> None:
    """Have every row graded, and keep what comes back as it comes."""
    missing = [(place, learner) for place, (learner, matched) in enumerate(rows) if matched is None]
    results.keep([Entry(place, one.id, one.name, one.email, True, "", True, "missing") for place, one in missing], (), ())
    there = [(place, matched) for place, (_, matched) in enumerate(rows) if matched]
    numbers: dict[int, array[int]] = defaultdict(lambda: array("I"))
    done = 0
    with _bar(len(there)) as tell:
        for batch in work(there, task, course):
            _keep(results, batch, numbers[batch.process])
            done += len(batch.done)
            tell(done)


def _keep(results: Results, batch: Batch, numbers: "array[int]") -> None:
    """Keep a batch; the numbers that its process gave to choices become those of the file."""
    numbers.extend(results.number(chosen) for chosen in batch.fresh)

    def renumbered(grade: Grade) -> Grade:
        chosen = array("I", map(numbers.__getitem__, array("I", grade.chosen)))
        return msgspec.structs.replace(grade, chosen=chosen.tobytes())

    grades = [(done.entry.paper or b"", renumbered(done.grade)) for done in batch.done if done.grade]
    results.keep([done.entry for done in batch.done], grades, [fault for done in batch.done for fault in done.faults])


# ---- the tables -----------------------------------------------------------------------------------------------------------


def _write_all(
    results: Results,
    out: Path,
    rows: Sequence[tuple[Learner, Matched | None]],
    roster: Roster | None,
    matching: Matching,
    counting: Counting,
    corrected: Mapping[str, Sequence[Correction]],
    course: Course,
) -> str:
    """Write every table in one pass over the rows; returns what is said at the end."""
    notes = defaultdict(list)
    for fault in results.faults():
        notes[fault.learner].append(fault.what)
    scores: list[tuple[float, int, int, int]] = []
    changes = [Change("taken out", "", name, None, None, "for everybody (--drop)") for name in counting.dropped]
    odd: list[Fault] = []
    graded = set()
    with gradebook(out, counting) as write, schools(out, counting, roster) as back:
        for entry, packed, strange in results.entries():
            learner, matched = rows[entry.place]
            own = corrected.get(entry.learner, ())
            found, changed = _scored(packed, counting, own, course) if packed else (None, ())
            changes += [msgspec.structs.replace(one, learner=entry.learner) for one in changed]
            faults = [Fault(entry.learner, ", ".join(entry.sources), what) for what in strange]
            faults += [Fault(entry.learner, "", UNUSED)] if own and not packed else []
            faults += [Fault(entry.learner, "", "nothing was handed in")] if entry.state == "missing" else []
            faults += [Fault(entry.learner, ", ".join(entry.sources), NO_MARK)] if found and not found.answered else []
            odd += faults
            if found:
                graded.add(entry.learner)
                scores.append((found.percent, found.answered, found.of, entry.place))
            row = Row(learner, entry, found, (*notes.get(entry.learner, ()), *(fault.what for fault in faults)))
            write(gradebook_row(row, counting))
            back.add(row, matched)
        files = back.written
        odd += [Fault(name, "", BY_HAND) for name in back.by_hand] if back.packed else []
        odd += [Fault(name, "", what) for name, what in back.told]
    results.scores(scores)
    results.audit(changes)
    alike = [Fault(name, "", _alike(name, group)) for group in results.alike(ENOUGH_ALIKE) for name in group]
    whole = [Fault("", "", what) for what in (*matching.faults, *(roster.notes if roster else ()))]
    results.add_faults([*odd, *alike, *whole])
    count = write_faults(out, counting, results.faults(), frozenset(graded))
    write_audit(out, counting, results.changes())
    return _said(results, out, counting, count, [GRADEBOOK, *files, AUDIT, FAULTS, FILE], roster)


NO_MARK = "nothing that counts is answered; no mark of 0 goes to your school's system, so ask for the right file or give the mark yourself"
BY_HAND = "the page of feedback is not in the zip: the file was handed in under another name; give the page by hand"
UNUSED = "a mark was corrected, but there is nothing of this learner to correct"


def _scored(packed: bytes, counting: Counting, own: Iterable[Correction], course: Course) -> tuple[Score, list[Change]]:
    """What a paper comes to with the teacher's corrections, and these as they are told."""
    points = array("f", packed)
    changes = []
    for one in own:
        before = points[one.place]
        counted = one.why if one.place in counting.places else f"{one.why} (not counted in this run)"
        changes.append(
            Change(
                "corrected", "", course.asked[one.place].question.id, None if before != before else round(before, 4), one.points, counted
            )
        )
        points[one.place] = one.points
    return score(points, counting), changes


def _alike(name: str, group: Iterable[str]) -> str:
    others = ", ".join(other for other in group if other != name)
    return (
        f"the same answers, to the second, were handed in by {others}; that can be one file sent twice by mistake, so ask before you judge"
    )


def _forget_pages(folder: Path, results: Results) -> None:
    """Take away the pages of earlier runs that nobody has in this one; what is no page of ours stays."""
    kept = results.pages()
    for path in folder.glob("*-????????.html") if folder.is_dir() else ():
        if path.name not in kept:
            path.unlink()
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def _said(results: Results, out: Path, counting: Counting, faults: int, files: Sequence[str], roster: Roster | None) -> str:
    graded, unread, late, missing = (results.count(state) for state in ("graded", "not read", "left out", "missing"))
    came = graded + unread + late
    unsure = results.unsure()
    parts = [
        f"{counted(came, 'learner')} handed something in, {graded} graded",
        f"{unread} could not be read" if unread else "",
        f"{late} left out as late" if late else "",
        f"{missing} of the roster handed nothing in" if missing else "",
    ]
    lines = [", ".join(filter(None, parts)) + ".", f"What counts: {counting.said}."]
    pages = len(results.pages())
    lines.append(f"In {out}: {', '.join(files)}" + (f", and {counted(pages, 'page')} in {FOLDER}." if pages else "."))
    if unsure:
        rows = "1 row is not surely its" if unsure == 1 else f"{unsure} rows are not surely their"
        lines.append(
            f"{rows} learner's (columns 'found by' and 'sure' of {GRADEBOOK}); they are left out of the "
            "files for your school's system until course.py match and --corrections settle them."
        )
    if faults:
        lines.append(f"{counted(faults, 'thing')} to know {'is' if faults == 1 else 'are'} in {FAULTS}.")
    if roster and roster.understood:
        lines.append(f"The roster: {roster.understood}")
    return "\n".join(lines)


# ---- the class page -------------------------------------------------------------------------------------------------------------


def run_class_page(out: Path, names: bool) -> str:
    """Write the pages on the class that was graded last; returns what was done, in words. Raises `CourseError` or `OSError`."""
    from dateline.classroom.analysis import analyse
    from dateline.classroom.class_page import write_class_pages

    if not (out / FILE).is_file():
        raise fail(str(out), 0, f"there is no {FILE} here", "Run course.py grade with --out this folder first")
    course = the_course()
    results = Results(out)
    try:
        run = results.last()
        if run is None:
            raise fail(str(out / FILE), 0, "the last run of grade did not finish", "Run the same line again, then this one")
        if run.stamp != course.stamp:
            raise fail(str(out / FILE), 0, "the keys, the texts or the program have changed since this was graded", "Run grade again first")
        counting = what_counts(course, msgspec.json.decode(run.setting, type=Wanted))
        analysis = analyse(results, course, counting)
        written = write_class_pages(out, analysis, results, counting, names)
    finally:
        results.close()
    told = "Learners are named in it: keep it to yourself." if names else "No learner is named in it."
    wall = [path.name for path in written[1:]]
    pages = f" For the wall: {', '.join(wall)}." if wall else ""
    return f"The class of {analysis.learners} is in {written[0]}. {told}{pages}"


@contextmanager
def _bar(total: int) -> Iterator[Callable[[int], None]]:
    """A line that counts, where somebody watches; nothing where the words go into a file."""
    columns = (SpinnerColumn(), TextColumn("graded {task.completed} of {task.total}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=not Console(stderr=True).is_terminal) as progress:
        task = progress.add_task("grading", total=total)
        yield lambda done: progress.update(task, completed=done)
