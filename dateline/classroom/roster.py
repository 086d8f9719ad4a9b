"""Who is in the class: a table that the teacher keeps, and how a file's name leads to a learner."""

import csv
import io
import re
import unicodedata
from pathlib import Path

import msgspec

from dateline.faults import decode_utf8, fail
from dateline.folders import named

COLUMNS = {
    "id": ("sis user id", "student id", "learner", "username", "id number", "sis login id", "id"),
    "name": ("name", "student", "full name", "student name"),
    "email": ("email", "email address", "e-mail"),
}
LATE = "_late_"
CANVAS = re.compile(r"^(?P<who>[^_]+)_(?P<late>LATE_)?(?P<user>\d+)_(?P<file>\d+)_(?P<rest>.+)$", re.IGNORECASE)
MOODLE = re.compile(r"^(?P<who>.+)_(?P<user>\d+)_assignsubmission_file_?(?P<rest>.*)$", re.IGNORECASE)
AGAIN = re.compile(r"[-\s(]+(?P<turn>\d+)\)?$")


class Learner(msgspec.Struct, frozen=True):
    """A learner as the teacher's table has them. `row` is that row whole, for tables that go back to the school's system."""

    id: str
    name: str = ""
    email: str = ""
    row: dict[str, str] = {}
    canvas: str = ""
    """Canvas's own number (column ID of its gradebook)."""
    participant: str = ""
    """Moodle's number of the participant in one assignment (column Identifier of its grading worksheet)."""
    accounts: tuple[str, ...] = ()
    """User names: SIS login, Blackboard or hub account."""


class Roster(msgspec.Struct, frozen=True):
    """The class in the order of the teacher's table. `system` is whose table it is, as far as the columns tell (`Canvas`, `Moodle`, ...).

    `understood` says in a line which columns were taken for what; `notes` say who was left out and why.
    """

    learners: tuple[Learner, ...]
    system: str = ""
    understood: str = ""
    notes: tuple[str, ...] = ()


class Named(msgspec.Struct, frozen=True):
    """What a file's name says: who, which turn of several, whether the school's system calls it late, and its number there."""

    who: str
    turn: int = 0
    late: bool = False
    user: str = ""


def read_roster(path: Path) -> list[Learner]:
    """A CSV with a column for the learner's id (or name); other columns are kept. Raises `CourseError`."""
    words = decode_utf8(path.read_bytes(), named(path))
    rows = csv.DictReader(io.StringIO(words))
    heads = {head.strip().casefold(): head for head in rows.fieldnames or [] if head}
    found = {field: next((heads[name] for name in names if name in heads), "") for field, names in COLUMNS.items()}
    if not found["id"] and not found["name"]:
        fix = f"Name the first line's columns, for instance: id,name,email (there are: {', '.join(heads) or 'none'})"
        raise fail(named(path), 1, "there is no column for the learner", fix)
    learners = []
    seen: dict[str, int] = {}
    for line, row in enumerate(rows, 2):
        values = {field: (row.get(head) or "").strip() if head else "" for field, head in found.items()}
        identity = values["id"] or values["name"]
        if not identity or identity.casefold() in ("points possible", "student"):
            continue
        if identity in seen:
            raise fail(named(path), line, f"{identity!r} is here and on line {seen[identity]}", "Keep one row for each learner")
        seen[identity] = line
        learners.append(Learner(identity, values["name"], values["email"], {k: v or "" for k, v in row.items() if k}))
    return learners


def named_in(file: str) -> Named:
    """Who a file belongs to, by its name alone: as Canvas and Moodle export it, or `name.json`."""
    parts = [part for part in file.replace("\\", "/").split("/") if part]
    stem = parts[-1].rsplit(".", 1)[0] if parts else ""
    folder = MOODLE.match(parts[-2]) if len(parts) > 1 else None
    if folder:
        return Named(folder["who"].strip(), _turn(stem), False, folder["user"])
    canvas = CANVAS.match(stem)
    if canvas:
        return Named(canvas["who"], _turn(canvas["rest"]), bool(canvas["late"]), canvas["user"])
    moodle = MOODLE.match(stem)
    if moodle:
        return Named(moodle["who"].strip(), 0, False, moodle["user"])
    again = AGAIN.search(stem)
    return Named(stem[: again.start()] if again else stem, int(again["turn"]) if again else 0, LATE in stem.casefold())


def _turn(words: str) -> int:
    again = AGAIN.search(words.rsplit(".", 1)[0])
    return int(again["turn"]) if again else 0


def folded(words: str) -> str:
    """A name as it is compared: small letters and figures alone, without accents."""
    bare = unicodedata.normalize("NFKD", words.casefold())
    return "".join(letter for letter in bare if letter.isalnum())


class Class:
    """The learners of a roster, found by id, number, address or name."""

    def __init__(self, learners: list[Learner]) -> None:
        self.learners = learners
        self.by: dict[str, Learner | None] = {}
        for learner in learners:
            ways = {learner.id, learner.email, learner.email.partition("@")[0], learner.name, *_turned(learner.name), *_numbers(learner)}
            for way in {folded(way) for way in ways if way}:
                self.by[way] = None if way in self.by and self.by[way] != learner else learner

    def find(self, found: Named) -> Learner | None:
        """The learner that a name leads to, if it leads to one alone."""
        return self.by.get(folded(found.user)) or self.by.get(folded(found.who)) if found.user else self.by.get(folded(found.who))


def _turned(name: str) -> set[str]:
    """A name the other way round: `Doe, Jane` and `Jane Doe` are the same, and Canvas writes `doejane`."""
    last, comma, first = name.partition(",")
    if comma:
        return {f"{first} {last}", f"{last}{first}"}
    words = name.split()
    return {f"{words[-1]}{''.join(words[:-1])}"} if len(words) > 1 else set()


def _numbers(learner: Learner) -> set[str]:
    """Everything on a row that is an id of some kind."""
    return {cell for head, cell in learner.row.items() if cell and head.strip().casefold() in (*COLUMNS["id"], "identifier")}
