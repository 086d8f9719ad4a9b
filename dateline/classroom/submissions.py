"""What was handed in, wherever it lies: a folder, a zip as Canvas and Moodle export it, or lines of JSON. Nothing is unpacked or run."""

import contextlib
import datetime
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from dateline.answers.document import LARGEST
from dateline.faults import fail

SUFFIXES = (".json",)
SKIPPED = ("__macosx", "desktop.ini", "thumbs.db")
DEEPEST = 2
"""Zips inside a zip that are opened: a school's system packs what a learner may have packed."""
MOST = 200_000
"""Submissions in one batch."""
LONGEST_LINE = LARGEST + 100_000


class Submission(msgspec.Struct, frozen=True):
    """One file that was handed in: where it lies, its bytes (at most one more than may be read), and when it arrived, if that is known.

    `who` is given only by a list that the teacher's own tools made; otherwise the learner is read from the file's name.
    """

    source: str
    raw: bytes
    received: datetime.datetime | None = None
    who: str = ""
    problem: str = ""


def read_submissions(place: Path) -> Iterator[Submission]:
    """Every submission in a folder, a zip or an NDJSON file, in order of its name; raises `CourseError` if there is no such place."""
    if place.is_dir():
        yield from _folder(place)
    elif not place.is_file():
        raise fail(str(place), 1, "there is nothing here to grade", "Name a folder, a zip, or a file of JSON lines")
    elif zipfile.is_zipfile(place):
        yield from _zip(place.name, place, 1)
    else:
        yield from _lines(place)


def _folder(place: Path) -> Iterator[Submission]:
    for path in sorted(place.rglob("*")):
        name = path.relative_to(place).as_posix()
        if path.is_symlink():
            yield Submission(name, b"", problem="it is a link, and links are not followed")
        if path.is_symlink() or not path.is_file() or _is_skipped(name):
            continue
        try:
            when = datetime.datetime.fromtimestamp(path.stat().st_mtime, datetime.UTC)
            if path.suffix.lower() == ".zip":
                yield from _zip(name, _read(path, 20 * LARGEST), 1)
            elif path.suffix.lower() == ".ndjson":
                yield from _lines(path)
            else:
                yield _kept(name, _read(path, LARGEST + 1), when)
        except OSError as error:
            yield Submission(name, b"", problem=f"the file cannot be read ({error.strerror})")


def _read(path: Path, most: int) -> bytes:
    with path.open("rb") as file:
        return file.read(most)


def _kept(name: str, raw: bytes, when: datetime.datetime | None) -> Submission:
    wrong = "" if name.lower().endswith(SUFFIXES) else "it is not a .json file; ask for the file that course.py export writes"
    return Submission(name, raw if not wrong else b"", when, problem=wrong)


def _is_skipped(name: str) -> bool:
    parts = name.casefold().split("/")
    return any(part.startswith(".") or part in SKIPPED for part in parts)


def _zip(name: str, where: bytes | Path, depth: int) -> Iterator[Submission]:
    """The entries of a zip, read and never written: a path that leads elsewhere leads nowhere."""
    try:
        packed = zipfile.ZipFile(io.BytesIO(where) if isinstance(where, bytes) else where)
        entries = sorted(packed.infolist(), key=lambda entry: entry.filename)
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        yield Submission(name, b"", problem="this zip cannot be read")
        return
    with packed:
        for entry in entries[:MOST]:
            inner = f"{name}/{entry.filename}" if depth > 1 else entry.filename
            if entry.is_dir() or _is_skipped(entry.filename):
                continue
            try:
                with packed.open(entry) as file:
                    body = file.read((20 * LARGEST if entry.filename.lower().endswith(".zip") else LARGEST) + 1)
            except (zipfile.BadZipFile, RuntimeError, OSError, NotImplementedError, EOFError, ValueError) as error:
                yield Submission(inner, b"", problem=f"it cannot be unpacked ({type(error).__name__})")
                continue
            if entry.filename.lower().endswith(".zip") and depth < DEEPEST:
                yield from _zip(inner, body, depth + 1)
            else:
                yield _kept(inner, body, _moment(entry))


def _moment(entry: zipfile.ZipInfo) -> datetime.datetime | None:
    """When the entry says that it was written; a zip knows no zone, so the teacher's is taken."""
    with contextlib.suppress(ValueError):
        return datetime.datetime(*entry.date_time).astimezone() if entry.date_time[0] > 1980 else None
    return None


def _lines(path: Path) -> Iterator[Submission]:
    """One submission on each line: {"learner": ..., "received": ..., "answers": {the exported file}}."""
    with path.open("rb") as file:
        number = 0
        while line := file.readline(LONGEST_LINE):
            number += 1
            if not line.endswith(b"\n") and len(line) == LONGEST_LINE:
                yield Submission(f"{path.name}:{number}", b"", problem="the line is too long")
                while (rest := file.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                    pass
                continue
            if line.strip():
                yield _line(f"{path.name}:{number}", line)


class _Line(msgspec.Struct):
    answers: msgspec.Raw
    learner: str = ""
    received: Any = None


def _line(source: str, line: bytes) -> Submission:
    try:
        found = msgspec.json.decode(line, type=_Line)
    except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
        return Submission(source, b"", problem=f'it is not a line such as {{"learner": "...", "answers": {{...}}}} ({error})'[:300])
    moment = None
    with contextlib.suppress(ValueError, TypeError):
        moment = datetime.datetime.fromisoformat(found.received)
    return Submission(source, bytes(found.answers), moment, found.learner[:200])
