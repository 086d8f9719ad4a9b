"""What goes back into a school's system: grades for Canvas and Moodle, and pages of feedback zipped as they take them in bulk.

Whoever handed nothing in, or nothing that could be read, is left out of these files: an empty cell would change a mark that is there.
So is whoever is not on the roster or not surely the learner. What is written for learners says nothing of what was wrong with a file.
"""

import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from dateline.classroom.counting import Counting
from dateline.classroom.gradebook import AsItWas, Row, table
from dateline.classroom.match import Matched
from dateline.classroom.names import Named, plain
from dateline.classroom.pages import FOLDER
from dateline.classroom.roster import Learner, Roster
from dateline.classroom.worksheet import EMPTY, Worksheet, points, word_of, written
from dateline.wording import counted

COURSE = "Reading the Dateline"
POSSIBLE = 100
CANVAS, MOODLE, WORKSHEET = "canvas.csv", "moodle.csv", "moodle-worksheet.csv"
IDENTITY = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
POINTS_ROW = "    Points Possible"
"""As Canvas writes it, with its four blanks."""
OURS = re.compile(
    rf"(?:<[^<>]{{1,20}}>)*{COURSE}: .{{1,300}} questions? answered\.(?: It came after the day it was due\.)?(?:<[^<>]{{1,20}}>)*|\s*"
)
"""A comment of an earlier run, as it was written or as Moodle gives it back."""
ZIPS = {"Canvas": "feedback-canvas.zip", "Moodle": "feedback-moodle.zip"}


def column(counting: Counting) -> str:
    """What a run is called in a school's gradebook, so that one run never takes the column of another."""
    return f"{COURSE}: {counting.title}"


def comment(row: Row, counting: Counting) -> str:
    """What a learner is told beside the grade."""
    if row.score is None:
        return ""
    late = " It came after the day it was due." if row.entry.late else ""
    return f"{column(counting)}: {row.score.answered} of {counted(row.score.of, 'question')} answered.{late}"


def _is_marked(row: Row) -> bool:
    """Whether there is a mark to give: a paper without any answer that counts is more likely the wrong file than work worth nothing."""
    return row.score is not None and row.score.answered > 0


class Schools:
    """The files for a school's system, filled row by row."""

    def __init__(self, out: Path, counting: Counting, roster: Roster | None, stack: ExitStack) -> None:
        self.out, self.counting = out, counting
        self.canvas_head = _canvas_head(roster)
        title = column(counting)
        top: list[list[object]] = [[*self.canvas_head, title], [POINTS_ROW, *[""] * (len(self.canvas_head) - 1), POSSIBLE]]
        self._canvas = stack.enter_context(table(out / CANVAS, top, "utf-8"))
        head = ["ID number", "Username", "Full name", "Email address", title, "Feedback comments"]
        self._moodle = stack.enter_context(table(out / MOODLE, [head], "utf-8"))
        self.worksheet = roster.worksheet if roster else None
        (out / WORKSHEET).unlink(missing_ok=True)
        self._sheet = stack.enter_context(table(out / WORKSHEET, [self.worksheet.columns], "utf-8")) if self.worksheet else None
        for name in ZIPS.values():
            (out / name).unlink(missing_ok=True)
        self._stack = stack
        self._zips: dict[str, zipfile.ZipFile] = {}
        self.by_hand: list[str] = []
        """Learners whose page is in no zip."""
        self.told: list[tuple[str, str]] = []
        """Learners for whom the worksheet had something already, and what becomes of it."""

    def add(self, row: Row, matched: Matched | None) -> None:
        """One learner, with what was handed in."""
        name = _counted(row, matched)
        sure = row.entry.known and row.entry.sure
        if self._sheet and self.worksheet and row.learner.row:
            marked = sure and _is_marked(row)
            self._sheet(_worksheet_row(row, self.worksheet, self.counting if marked else None))
            if marked and (there := _there(row, self.worksheet)):
                self.told.append((row.learner.id, there))
        if row.score is None or not sure:
            return
        if _is_marked(row):
            self._mark(row, row.score.percent, name)
        if row.entry.page and name and (path := feedback_path(name)):
            self._zip(name.system).writestr(_info(path), (self.out / FOLDER / row.entry.page).read_bytes(), compresslevel=1)
        elif row.entry.page:
            self.by_hand.append(row.learner.id)

    def _mark(self, row: Row, percent: float, name: Named | None) -> None:
        """A learner's mark, for Canvas and for Moodle's import."""
        learner = row.learner
        self._canvas([*_canvas_cells(row, self.canvas_head, name), percent])
        known_by = (_number(learner), next(iter(learner.accounts), ""), learner.email)
        if any(known_by) or not learner.row:  # one line that Moodle cannot place stops its whole import
            number, account, email = known_by
            self._moodle([number, account, learner.name, email, percent, comment(row, self.counting)])

    def _zip(self, system: str) -> zipfile.ZipFile:
        if system not in self._zips:
            made = zipfile.ZipFile(self.out / ZIPS[system], "w", zipfile.ZIP_DEFLATED)
            self._zips[system] = self._stack.enter_context(made)
        return self._zips[system]

    @property
    def packed(self) -> bool:
        """Whether there is a zip of pages."""
        return bool(self._zips)

    @property
    def written(self) -> list[str]:
        """The names of the files that there are now."""
        return [CANVAS, MOODLE, *([WORKSHEET] if self._sheet else []), *(ZIPS[system] for system in self._zips)]


@contextmanager
def schools(out: Path, counting: Counting, roster: Roster | None) -> Iterator[Schools]:
    """The files for a school's system, open to be filled."""
    with ExitStack() as stack:
        yield Schools(out, counting, roster, stack)


def _info(path: str) -> zipfile.ZipInfo:
    """An entry that is the same for the same page, whenever it is packed."""
    info = zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info


def _counted(row: Row, matched: Matched | None) -> Named | None:
    """The name under which a learner handed in: of the files that count if there is one, the newest by the system's own order.

    What is theirs by a correction was handed in under another name, and goes back to nobody.
    """
    own = [one for one in matched.hand_ins if one.source not in matched.foreign] if matched else []
    newest = max(own, key=lambda one: (one.source in row.entry.sources, one.name.order), default=None)
    return newest.name if newest else None


def _number(learner: Learner) -> str:
    """The school's own number for a learner: the id, if it is no other thing that the roster has."""
    others = (learner.name, learner.email, learner.canvas, *learner.accounts)
    numbered = bool(learner.participant) and learner.id.endswith(learner.participant) and word_of(learner.id) != ""
    return "" if learner.id in others or numbered or not learner.row else learner.id


def feedback_path(name: Named) -> str:
    """Where a page lies in a zip that the system takes in: Canvas looks for its two numbers, Moodle for the participant's."""
    who = re.sub(r"[_/\\\0-\x1f]+", " ", name.who).strip() or "learner"
    if name.system == "Canvas" and name.number and name.order:
        return f"{who.replace(' ', '')}_{'LATE_' * name.late}{name.number}_{name.order}_feedback.html"
    if name.system == "Moodle" and name.number:
        return f"{who}_{name.number}_assignsubmission_file/feedback.html"
    return ""


# ---- Canvas ---------------------------------------------------------------------------------------------------------------


def _canvas_head(roster: Roster | None) -> list[str]:
    """The columns by which Canvas knows a learner, as its own export has them."""
    heads = list(roster.learners[0].row) if roster and roster.system == "Canvas" and roster.learners else []
    last = max((place for place, head in enumerate(heads) if head.strip() in (*IDENTITY, "Integration ID", "Root Account")), default=-1)
    return heads[: last + 1] if "Section" in (head.strip() for head in heads[: last + 1]) else list(IDENTITY)


def _canvas_cells(row: Row, heads: Sequence[str], name: Named | None) -> list[str]:
    learner = row.learner
    number = learner.canvas or (name.number if name and name.system == "Canvas" else "")
    own = {"Student": learner.name or learner.id, "ID": number, "SIS User ID": "" if number else _number(learner)}
    return [learner.row.get(head) or own.get(head.strip(), "") for head in heads]


# ---- Moodle's offline grading worksheet ------------------------------------------------------------------------------------


def _worksheet_row(row: Row, sheet: Worksheet, counting: Counting | None) -> list[object]:
    """A participant's line as it was downloaded, with the grade and the comment of whoever was graded and is surely the learner."""
    cells: dict[str, object] = dict(row.learner.row)
    for column in (sheet.identifier, sheet.grade, sheet.comment):
        cells[column] = AsItWas(row.learner.row.get(column, ""))
    if counting:
        cells[sheet.grade] = AsItWas(_grade(row, sheet))
        if not _own_words(row, sheet):
            cells[sheet.comment] = comment(row, counting)
    return [cells.get(column, "") for column in sheet.columns]


def _grade(row: Row, sheet: Worksheet) -> str:
    most = row.learner.row.get(sheet.most, "")
    return written(row.score.percent * (points(most) or POSSIBLE) / POSSIBLE, most) if row.score else ""


def _own_words(row: Row, sheet: Worksheet) -> str:
    """A comment that a teacher wrote: one of ours is made anew."""
    there = row.learner.row.get(sheet.comment, "")
    return "" if OURS.fullmatch(there) else there


def _there(row: Row, sheet: Worksheet) -> str:
    """What is said of a grade or a comment that the worksheet has already."""
    before, now = row.learner.row.get(sheet.grade, ""), _grade(row, sheet)
    other = points(before) != points(now) and before.strip() not in EMPTY
    grade = f"{WORKSHEET} has {now} in place of the {plain(before, 20)} that was there" if other else ""
    return "; ".join(filter(None, [grade, f"the comment that was there stays in {WORKSHEET}" if _own_words(row, sheet) else ""]))
