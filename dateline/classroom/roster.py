"""Who is in the class: a table that the teacher keeps, or that a school's system exports."""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from dateline.classroom.names import plain
from dateline.classroom.tables import Row, Table, called, read_table
from dateline.classroom.worksheet import Worksheet, find_worksheet
from dateline.faults import CourseError, Problem, fail
from dateline.folders import named

FULL_NAMES = ("vollständiger name", "nom complet", "nombre completo", "nome completo", "volledige naam", "imię i nazwisko")
COLUMNS = {
    "id": ("sis user id", "student id", "student number", "id number", "orgdefinedid", "learner", "learner id", "matrikelnummer", "id"),
    "account": ("username", "user name", "account", "sis login id", "login id", "login", "user id", "benutzername", "anmeldename"),
    "email": (
        *("email", "email address", "e-mail", "e-mail address", "mail", "e-mail-adresse", "adresse de courriel", "courriel"),
        *("correo electrónico", "dirección de correo", "indirizzo email", "e-mailadres", "endereço de email"),
    ),
    "participant": ("identifier",),
    "name": ("name", "student", "full name", "student name", "learner name", "lastfirst", "display name", *FULL_NAMES),
    "last": (
        *("last name", "lastname", "surname", "family name", "student last name"),
        *("nachname", "nom", "apellido", "apellidos", "apellido(s)", "cognome", "achternaam", "sobrenome"),
    ),
    "first": (
        *("first name", "firstname", "given name", "given names", "student first name"),
        *("vorname", "prénom", "nombre", "nome", "voornaam"),
    ),
    "canvas": (),
}
"""What columns are called in the exports that are known, the surest first. Canvas's own number is the column ID of its gradebook alone."""
KNOWN = frozenset(name for names in COLUMNS.values() for name in names)
SAID = {"id": "id", "account": "user name", "canvas": "Canvas's number", "participant": "Moodle's participant", "email": "e-mail"}
LONGEST = 500
"""Letters of a name or an id."""
MOST_PROBLEMS = 20
NO_GRADE = (
    "this is Moodle's grading worksheet, and it has no column for points, so moodle-worksheet.csv is not written; let the assignment be "
    "graded in points and download it again, or import moodle.csv"
)
"""Rows that are told at once."""


class Learner(msgspec.Struct, frozen=True):
    """A learner as the teacher's table has them. `row` is that row whole, for tables that go back to the school's system.

    `canvas` is Canvas's own number (column ID of its gradebook); `participant` Moodle's number in one assignment (column Identifier of its
    grading worksheet); `accounts` are user names: SIS login, Blackboard or hub account.
    """

    id: str
    name: str = ""
    email: str = ""
    row: dict[str, str] = {}
    canvas: str = ""
    participant: str = ""
    accounts: tuple[str, ...] = ()


class Roster(msgspec.Struct, frozen=True):
    """The class in the order of the teacher's table. `system` is whose table it is, as far as the columns tell (`Canvas`, `Moodle`, ...).

    `understood` says in a line which columns were taken for what; `notes` say who was left out and why.
    """

    learners: tuple[Learner, ...]
    system: str = ""
    understood: str = ""
    notes: tuple[str, ...] = ()
    worksheet: Worksheet | None = None
    """The columns of Moodle's grading worksheet, if it is one and a grade can be entered."""


def read_roster(path: Path) -> Roster:
    """The roster in a CSV as Canvas, Moodle, Brightspace, Blackboard, Google Classroom, Excel or a person writes it.

    Raises `CourseError` that names the line of each row that cannot be understood and says what the columns were taken for, or `OSError`.
    """
    table = read_table(path, KNOWN, "id,name,email", find_worksheet)
    sheet = find_worksheet(table.columns, [[row.cells.get(column, "") for column in table.columns] for row in table.rows])
    system = "Moodle" if sheet else _system(table)
    columns = _columns(table, system, sheet)
    understood = _understood(columns)
    if not any(columns[field] for field in ("id", "account", "canvas", "participant", "email", "name", "last", "first")):
        seen = ", ".join(plain(column, 40) for column in table.columns[:20])
        fix = f"Name the columns in the first line, for instance: id,name,email (the columns seen are: {seen})"
        raise fail(named(path), 1, "there is no column for the learner", fix)
    notes = [table.note] if table.note else []
    if sheet and not sheet.grade:
        notes.append(f"{NO_GRADE} (the columns seen are: {', '.join(plain(column, 40) for column in table.columns[:20])})")
        sheet = None
    learners: dict[str, Learner] = {}
    lines: dict[str, int] = {}
    problems = []
    for row in table.rows:
        left_out = _left_out(row, columns, system)
        if left_out:
            notes += [f"line {row.line}: {left_out}"] if left_out != " " else []
            continue
        learner = _learner(row, columns)
        wrong, fix = _wrong(row, learner, lines, len(table.columns))
        if wrong:
            problems.append(Problem(named(path), row.line, f"{wrong} ({understood})", fix))
        else:
            lines[learner.id] = row.line
            learners[learner.id] = learner
    if problems:
        raise CourseError(problems[:MOST_PROBLEMS])
    if not learners:
        raise fail(named(path), 1, f"there is no learner in it ({understood})", "Export the table of the class again")
    said = f"{len(learners)} learner{'s' * (len(learners) != 1)}; {understood}"
    if sheet:
        said += f", the grade goes into {sheet.grade!r}" + (f" and a comment into {sheet.comment!r}" if sheet.comment else "")
    return Roster(tuple(learners.values()), system, said, tuple(notes), sheet)


def _system(table: Table) -> str:
    heads = [called(column) for column in table.columns]
    canvas = heads[:2] in (["student", "id"], ["lastname", "firstname"]) or heads[:3] == ["last name", "first name", "id"]
    if canvas and "id" in heads[:3] and {"section", "sis login id", "sis user id"} & set(heads):
        return "Canvas"
    if "identifier" in heads:
        return "Moodle"
    if "orgdefinedid" in heads or "end-of-line indicator" in heads:
        return "Brightspace"
    if heads[:3] == ["last name", "first name", "email address"]:
        return "Google Classroom"
    return ""


def _columns(table: Table, system: str, sheet: Worksheet | None) -> dict[str, list[str]]:
    """The columns of each field, the surest first."""
    heads: dict[str, str] = {}
    for column in table.columns:
        heads.setdefault(called(column), column)
    found = {field: [heads[name] for name in names if name in heads] for field, names in COLUMNS.items()}
    if system == "Canvas":
        found["canvas"] = [heads["id"]]
        found["id"] = [column for column in found["id"] if column != heads["id"]]
    if sheet:
        found = {field: [column for column in columns if column != sheet.identifier] for field, columns in found.items()}
        found["participant"] = [sheet.identifier]
    return found


def _understood(columns: dict[str, list[str]]) -> str:
    parts = [f"{said} from {columns[field][0]!r}" for field, said in SAID.items() if columns[field]]
    name = columns["name"][:1] or [*columns["first"][:1], *columns["last"][:1]]
    return ", ".join([*parts, *(["name from " + " and ".join(map(repr, name))] if name else [])]) or "no column was understood"


def _left_out(row: Row, columns: dict[str, list[str]], system: str) -> str:
    """Why a row is no learner: in words, or a blank where nothing need be said."""
    cells = [cell for cell in row.cells.values() if cell]
    first = next(iter(row.cells.values()), "")
    if system == "Canvas":
        if called(first).startswith("points possible") or set(cells) <= {"Manual Posting", "Muted", "(read only)"}:
            return " "
        if called(_name(row, columns)).replace(",", "") in ("student test", "test student"):
            return "Canvas's test student is left out"
    if system == "Google Classroom" and not _cell(row, columns["email"]) and called(first) in ("date", "points", "class average", ""):
        return " "
    return ""


def _cell(row: Row, columns: list[str]) -> str:
    return next((tidy for column in columns if (tidy := _tidy(row.cells.get(column, "")))), "")


def _tidy(cell: str) -> str:
    """A cell without what spreadsheets and Brightspace put around it so that a number stays a word: ="007", #007, '007."""
    held = re.fullmatch(r'="([^"]{1,500})"', cell)
    return plain(held[1] if held else re.sub(r"^(?:#|'(?=[0-9=+@#-]))", "", cell), 2 * LONGEST)


def _name(row: Row, columns: dict[str, list[str]]) -> str:
    first, last = _cell(row, columns["first"]), _cell(row, columns["last"])
    return _cell(row, columns["name"]) or (f"{last}, {first}" if first and last else first or last)


def _learner(row: Row, columns: dict[str, list[str]]) -> Learner:
    name, email = _name(row, columns), _cell(row, columns["email"])
    accounts = tuple(_accounts(row, columns["account"]))
    canvas, identifier = _cell(row, columns["canvas"]), _cell(row, columns["participant"])
    number = re.search(r"[0-9]{1,19}$", identifier)
    ways = (_cell(row, columns["id"]), *accounts, email, canvas, identifier, name)
    return Learner(next(filter(None, ways), ""), name, email, row.cells, canvas, number[0] if number else "", accounts)


def _accounts(row: Row, columns: list[str]) -> Iterator[str]:
    for column in columns:
        account = _cell(row, [column])
        if account:
            yield account


def _wrong(row: Row, learner: Learner, lines: dict[str, int], width: int) -> tuple[str, str]:
    """What is wrong with a row and what to do, or nothing."""
    if row.many:
        return f"this row has more cells than there are columns ({width})", "Put a name with a comma in quotation marks"
    if not learner.id:
        return "this row names nobody", "Give it an id or a name, or delete it"
    if max(len(learner.id), len(learner.name), len(learner.email)) > LONGEST:
        return f"a cell has more than {LONGEST} letters", "Shorten it; a quotation mark that is not closed also does this"
    if learner.id in lines:
        fix = "Keep one row for each learner; add a column with an id or an e-mail where two have one name"
        return f"{learner.id!r} is here and on line {lines[learner.id]}", fix
    return "", ""
