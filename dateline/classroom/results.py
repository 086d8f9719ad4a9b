"""What a class handed in and how it stands, in one file: `results.sqlite`. `docs/results.md` describes its tables.

Only the pure grade of a paper is kept from run to run. Everything else in here is made anew by every run, and what a run did not see
is gone when it has finished.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from dateline.classroom.grade import Chosen, Grade
from dateline.faults import fail

FILE = "results.sqlite"
VERSION = 1
"""Of the tables. A file of another version is made anew."""
BLOCK = 500
"""Papers that are read at once."""
SCHEMA = """
CREATE TABLE runs (run INTEGER PRIMARY KEY, finished TEXT NOT NULL DEFAULT '', stamp BLOB NOT NULL, counted TEXT NOT NULL,
    setting TEXT NOT NULL);
CREATE TABLE submissions (place INTEGER PRIMARY KEY, run INTEGER NOT NULL, learner TEXT NOT NULL, name TEXT NOT NULL, email TEXT NOT NULL,
    known INTEGER NOT NULL, rule TEXT NOT NULL, sure INTEGER NOT NULL, state TEXT NOT NULL, sources TEXT NOT NULL, left_out TEXT NOT NULL,
    received TEXT NOT NULL, late INTEGER NOT NULL, paper BLOB, percent REAL, answered INTEGER, of INTEGER, page TEXT NOT NULL);
CREATE TABLE grades (paper BLOB PRIMARY KEY, points BLOB NOT NULL, first BLOB NOT NULL, sure BLOB NOT NULL, chosen BLOB NOT NULL,
    faults TEXT NOT NULL);
CREATE TABLE choices (choice INTEGER PRIMARY KEY, question INTEGER NOT NULL, part TEXT NOT NULL, words TEXT NOT NULL, sign TEXT NOT NULL,
    belief TEXT NOT NULL, trial INTEGER NOT NULL);
CREATE TABLE faults (run INTEGER NOT NULL, learner TEXT NOT NULL, source TEXT NOT NULL, what TEXT NOT NULL);
CREATE TABLE audit (run INTEGER NOT NULL, what TEXT NOT NULL, learner TEXT NOT NULL, question TEXT NOT NULL, before REAL, after REAL,
    why TEXT NOT NULL);
"""
MADE_ANEW = ("submissions", "faults", "audit")


class Entry(msgspec.Struct, frozen=True):
    """A row of `submissions`. `state` is `graded`, `not read`, `left out` (all of it came late) or `missing`."""

    place: int
    learner: str
    name: str
    email: str
    known: bool
    rule: str
    sure: bool
    state: str
    sources: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    received: str = ""
    late: bool = False
    paper: bytes | None = None
    percent: float | None = None
    answered: int | None = None
    of: int | None = None
    page: str = ""


class Change(msgspec.Struct, frozen=True):
    """A row of `audit`: what the teacher changed, for whom (nobody named: for all), and the points before and after, if they are known."""

    what: str
    learner: str
    question: str
    before: float | None
    after: float | None
    why: str


class Fault(NamedTuple):
    """A row of `faults`."""

    learner: str
    source: str
    what: str


class Run(msgspec.Struct, frozen=True):
    """A run that finished: what it was graded by, what counted in words, and everything it was asked for, as JSON."""

    run: int
    stamp: bytes
    counted: str
    setting: str


class Packed(NamedTuple):
    """A paper that counts, as the class's figures want it."""

    points: bytes
    first: bytes
    sure: bytes
    chosen: bytes


class Results:
    """The results in a folder. Raises `CourseError` if the file there is no database of ours, and `OSError` if it cannot be written."""

    def __init__(self, out: Path) -> None:
        self.path = out / FILE
        if not self.path.exists():
            out.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.close(os.open(self.path, os.O_CREAT | os.O_WRONLY, 0o600))
        self.run = 0
        self.choices: dict[Chosen, int] = {}
        self.fresh: list[tuple[Any, ...]] = []
        try:
            self.db = sqlite3.connect(self.path, isolation_level=None)
            self.db.execute("PRAGMA synchronous = NORMAL")
            self.db.execute("PRAGMA secure_delete = ON")  # what leaves the tables leaves the file
            self.db.execute("PRAGMA cache_size = -8000")
            if self.db.execute("PRAGMA user_version").fetchone()[0] != VERSION:
                self._make()
        except sqlite3.DatabaseError as error:
            fix = "Close other programs that have it open; if that does not help, take the file away and grade again"
            raise fail(str(self.path), 0, f"this file cannot be used ({error})", fix) from None

    def _make(self) -> None:
        for (name,) in self.db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            self.db.execute(f'DROP TABLE "{name}"')
        self.db.executescript(SCHEMA)
        self.db.execute(f"PRAGMA user_version = {VERSION}")

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    # ---- a run ---------------------------------------------------------------------------------------------------------

    def begin(self, stamp: bytes, counted: str, setting: str) -> None:
        """Begin a run; one that did not finish is forgotten, but for the grades that it made."""
        self.db.execute("BEGIN")
        self.db.execute("DELETE FROM runs WHERE finished = ''")
        written = self.db.execute("INSERT INTO runs (stamp, counted, setting) VALUES (?, ?, ?)", (stamp, counted, setting))
        self.run = int(written.lastrowid or 0)
        for name in MADE_ANEW:
            self.db.execute(f"DELETE FROM {name}")
        self.db.execute("COMMIT")
        self.choices = {chosen: number for number, chosen in self.all_choices().items()}

    def known(self) -> frozenset[bytes]:
        """The papers whose grade is kept."""
        return frozenset(paper for (paper,) in self.db.execute("SELECT paper FROM grades"))

    def keep(self, entries: Iterable[Entry], grades: Iterable[tuple[bytes, Grade]], faults: Iterable[Fault]) -> None:
        """Keep some rows, the new grades of their papers, and their faults, all or nothing."""
        self.db.execute("BEGIN")
        self.db.executemany("INSERT INTO choices VALUES (?, ?, ?, ?, ?, ?, ?)", self.fresh)
        self.fresh.clear()
        self.db.executemany(f"INSERT INTO submissions VALUES ({', '.join('?' * 18)})", [_row(self.run, entry) for entry in entries])
        self.db.executemany(
            f"INSERT OR IGNORE INTO grades VALUES ({', '.join('?' * 6)})",
            [(paper, one.points, one.first, one.sure, one.chosen, _json(one.faults)) for paper, one in grades],
        )
        self.db.executemany("INSERT INTO faults VALUES (?, ?, ?, ?)", [(self.run, *fault) for fault in faults])
        self.db.execute("COMMIT")

    def add_faults(self, faults: Iterable[Fault]) -> None:
        """Keep faults that are seen only when all rows are there."""
        self._many("INSERT INTO faults VALUES (?, ?, ?, ?)", [(self.run, *fault) for fault in faults])

    def scores(self, scores: Iterable[tuple[float, int, int, int]]) -> None:
        """What papers come to: percent, answered and asked questions, by the place of their row."""
        self._many("UPDATE submissions SET percent = ?, answered = ?, of = ? WHERE place = ?", scores)

    def _many(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        self.db.execute("BEGIN")
        self.db.executemany(statement, rows)
        self.db.execute("COMMIT")

    def audit(self, changes: Iterable[Change]) -> None:
        """Keep what the teacher changed."""
        rows = [(self.run, *msgspec.structs.astuple(change)) for change in changes]
        self._many(f"INSERT INTO audit VALUES ({', '.join('?' * 7)})", rows)

    def number(self, chosen: Chosen) -> int:
        """The number of a choice, given once and kept with the next rows."""
        if chosen not in self.choices:
            self.choices[chosen] = len(self.choices)
            self.fresh.append((self.choices[chosen], *chosen))
        return self.choices[chosen]

    def finish(self, when: str) -> None:
        """End a run: it is the last one now, and grades of papers that are no longer there are gone."""
        self.db.execute("BEGIN")
        self.db.execute("DELETE FROM grades WHERE paper NOT IN (SELECT paper FROM submissions WHERE paper IS NOT NULL)")
        self.db.execute("UPDATE runs SET finished = ? WHERE run = ?", (when, self.run))
        self.db.execute("COMMIT")

    # ---- what the last run found ------------------------------------------------------------------------------------------

    def last(self) -> Run | None:
        """The last run, if it finished."""
        found = self.db.execute("SELECT run, stamp, counted, setting, finished FROM runs ORDER BY run DESC LIMIT 1").fetchone()
        return Run(*found[:4]) if found and found[4] else None

    def entries(self) -> Iterator[tuple[Entry, bytes | None, tuple[str, ...]]]:
        """Every row in order, with its points and what its grade found odd."""
        columns = ", ".join(f"s.{name}" for name in Entry.__struct_fields__)
        query = f"SELECT {columns}, g.points, g.faults FROM submissions s LEFT JOIN grades g ON g.paper = s.paper ORDER BY s.place"
        for *fields, points, faults in self.db.execute(query):
            yield _entry(fields), points, tuple(msgspec.json.decode(faults or "[]"))

    def faults(self) -> Iterator[Fault]:
        """Every fault, by row and in the order in which it was found."""
        for row in self.db.execute("SELECT learner, source, what FROM faults ORDER BY rowid"):
            yield Fault(*row)

    def changes(self) -> Iterator[Change]:
        """What the teacher changed."""
        for row in self.db.execute("SELECT what, learner, question, before, after, why FROM audit ORDER BY rowid"):
            yield Change(*row)

    def alike(self, least: int) -> list[tuple[str, ...]]:
        """Groups of learners whose answers are the same to the second, if they hold at least so many answers; in the order of the rows."""
        query = """SELECT paper, learner FROM submissions WHERE paper IN
            (SELECT paper FROM submissions WHERE answered >= ? GROUP BY paper HAVING count(*) > 1) ORDER BY place"""
        groups: dict[bytes, tuple[str, ...]] = {}
        for paper, learner in self.db.execute(query, (least,)):
            groups[paper] = (*groups.get(paper, ()), learner)
        return list(groups.values())

    def papers(self) -> Iterator[list[Packed]]:
        """The papers that were graded, in blocks."""
        found = self.db.execute(
            "SELECT g.points, g.first, g.sure, g.chosen FROM submissions s JOIN grades g ON g.paper = s.paper ORDER BY s.place"
        )
        while rows := found.fetchmany(BLOCK):
            yield [Packed(*row) for row in rows]

    def all_choices(self) -> dict[int, Chosen]:
        """What the numbers of choices stand for."""
        return {number: Chosen(*chosen) for number, *chosen in self.db.execute("SELECT * FROM choices")}

    def count(self, state: str) -> int:
        """How many rows are in a state."""
        return int(self.db.execute("SELECT count(*) FROM submissions WHERE state = ?", (state,)).fetchone()[0])

    def unsure(self) -> int:
        """How many rows are not surely their learner's."""
        return int(self.db.execute("SELECT count(*) FROM submissions WHERE NOT (sure AND known)").fetchone()[0])

    def pages(self) -> frozenset[str]:
        """The names of the pages that there are."""
        return frozenset(page for (page,) in self.db.execute("SELECT page FROM submissions WHERE page != ''"))


def _row(run: int, entry: Entry) -> tuple[Any, ...]:
    place, *fields = msgspec.structs.astuple(entry)
    return (place, run, *(_json(field) if isinstance(field, tuple) else field for field in fields))


def _entry(fields: Sequence[Any]) -> Entry:
    values = dict(zip(Entry.__struct_fields__, fields, strict=True))
    lists = {name: tuple(msgspec.json.decode(values[name])) for name in ("sources", "left_out")}
    return Entry(**values | lists | {name: bool(values[name]) for name in ("known", "sure", "late")})


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
