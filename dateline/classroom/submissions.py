"""What was handed in, wherever it lies: a folder, a zip from a school's system, or lines of JSON. Nothing is unpacked to disk or run.

The names are read at once, and the contents one by one when they are wanted, so memory does not grow with the class. Everything that a
learner made has a budget: entries and bytes of a zip here, bytes and files of a learner in `papers`. Seconds follow from these.
"""

import datetime
import io
import os
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from dateline.answers.document import LARGEST
from dateline.classroom.names import Named, plain, read_names
from dateline.faults import fail

MOST = 1_000_000
"""Files in one batch."""
ENTRIES = 1_000
"""Files in a learner's own zip."""
PACKED = 20_000_000
"""Bytes of a learner's own zip."""
LONGEST_LINE = LARGEST + 100_000
SKIPPED = ("__macosx", "desktop.ini", "thumbs.db")
SKIPPED_ENDS = (".lock", ".tmp")
WRONG_KIND = "it is not a .json file; ask for the file that course.py export writes"
MAIL = "it is a saved e-mail, and a sender is easily forged; save its attachment into a folder with the learner's name"
DOCUMENTS = (".json", ".json.txt")
"""How the exported file ends, also where a mail program or a telephone has added an ending of its own."""
RAW = -1
"""The method of a step that leads to a part of a file as it stands."""


class Step(msgspec.Struct, frozen=True, gc=False):
    """A part of a file: `size` bytes, packed, from `at` on; an entry of a zip begins there with its own header."""

    at: int
    size: int
    method: int = RAW
    crc: int = 0


class Place(msgspec.Struct, frozen=True, gc=False):
    """Where the bytes are: a file, then a step into it (a zip, a list), and one more (a learner's zip in the school's)."""

    path: str
    steps: tuple[Step, ...] = ()


class HandIn(msgspec.Struct, frozen=True, gc=False):
    """One file that was handed in; its contents are read when they are wanted.

    `source` is how a person finds it, unique in a batch and fit to be shown; `name` what the school's system wrote;
    `received` the moment by that system, with a zone, where it says one; `late` the system's own marker.
    A `problem` says why it cannot be read; a `note` says something else about it. Both are one line.
    """

    source: str
    name: Named
    place: Place
    received: datetime.datetime | None = None
    late: bool = False
    problem: str = ""
    note: str = ""


class Unread(msgspec.Struct, frozen=True):
    """Why the contents of a hand-in cannot be had, in one line."""

    what: str


class Found(msgspec.Struct, frozen=True, gc=False):
    """A file of the download, by its path in it, before its name is understood."""

    path: str
    place: Place
    problem: str = ""


# ---- which files there are -------------------------------------------------------------------------------------------


def read_submissions(place: Path) -> list[HandIn]:
    """Every hand-in in a folder, a zip or a teacher's list (.ndjson), sorted by `source`: names only, so it is small.

    Raises `CourseError` if there is no such place or it is one learner's file. Whatever else is wrong is a hand-in with a `problem`.
    """
    _zip_in_zip.cache_clear()
    if place.is_dir():
        found = _folder(place)
    elif not place.is_file():
        raise fail(plain(str(place)), 0, "there is nothing here to grade", "Name a folder, a zip, or a list of JSON lines (.ndjson)")
    elif place.suffix.lower() in (".ndjson", ".jsonl"):
        return _distinct(_lines(place))
    elif place.suffix.lower() == ".zip" or zipfile.is_zipfile(place):
        found = _archive(place)
    else:
        fix = "Name the folder or the zip that holds what was handed in, or a list of JSON lines (.ndjson)"
        raise fail(plain(str(place)), 0, "this is a single file, not what a class handed in", fix)
    return _distinct(_hand_ins(found))


def _hand_ins(found: Iterator[Found]) -> Iterator[HandIn]:
    files = sorted(_within(found), key=lambda file: file.path)
    names = read_names([file.path for file in files])
    for file, name in zip(files, names, strict=True):
        if name is not None:
            yield from _opened(file, name)


def _within(found: Iterator[Found]) -> Iterator[Found]:
    for number, file in enumerate(found):
        if number >= MOST:
            yield Found("…", Place(""), f"there are more than {MOST:,} files; the others are not read")
            return
        yield file


def _distinct(found: Iterator[HandIn]) -> list[HandIn]:
    """Sorted, and each source there once: two files may look the same when they are shown."""
    every = sorted(found, key=lambda one: (one.source, one.place.path, [step.at for step in one.place.steps]))
    met: Counter[str] = Counter()
    distinct = []
    for one in every:
        met[one.source] += 1
        again = met[one.source]
        distinct.append(one if again == 1 else msgspec.structs.replace(one, source=f"{one.source} [{again}]"))
    return distinct


def _folder(place: Path) -> Iterator[Found]:
    """Every file below a folder. Links are not followed, and what is neither a file nor a folder is not opened."""
    waiting = [""]
    while waiting:
        inside = waiting.pop()
        try:
            entries = sorted(os.scandir(place / inside), key=lambda entry: entry.name)
        except OSError as error:
            yield Found(inside, Place(str(place / inside)), f"this folder cannot be read ({error.strerror})")
            continue
        for entry in entries:
            path = f"{inside}/{entry.name}" if inside else entry.name
            if _is_skipped(path):
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append(path)
            elif entry.is_symlink():
                yield Found(path, Place(entry.path), "it is a link, and links are not followed")
            else:
                yield Found(path, Place(entry.path), "" if entry.is_file(follow_symlinks=False) else "it is a device or a pipe")


def _is_skipped(path: str) -> bool:
    """What systems and programs leave behind: hidden files, locks, folders of a Mac."""
    parts = path.casefold().split("/")
    return any(part.startswith(".") or part in SKIPPED for part in parts) or parts[-1].endswith(SKIPPED_ENDS)


def _archive(place: Path) -> Iterator[Found]:
    try:
        with zipfile.ZipFile(place) as packed:
            yield from (Found(path, Place(str(place), (step,)), problem) for path, step, problem in _entries(packed))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise fail(plain(str(place)), 0, f"this zip cannot be read ({plain(str(error))})", "Download it again") from None


def _entries(packed: zipfile.ZipFile) -> Iterator[tuple[str, Step, str]]:
    """The files of a zip. A path that leads elsewhere leads nowhere: nothing is ever written."""
    for entry in packed.infolist():
        path = "/".join(part for part in entry.filename.split("/") if part not in ("", ".", ".."))
        if path and not entry.is_dir() and not _is_skipped(path):
            problem = "it is locked with a password; ask for it without one" if entry.flag_bits & 1 else ""
            yield path, Step(entry.header_offset, entry.compress_size, entry.compress_type, entry.CRC), problem


def _opened(file: Found, name: Named) -> Iterator[HandIn]:
    """A file as a hand-in, and a learner's own zip as one for each .json file in it, all under the name of the zip."""
    whole = HandIn(plain(file.path, 400), name, file.place, name.received, name.late, file.problem, name.odd)
    ending = file.path[-12:].lower()
    if file.problem:
        yield whole
    elif name.system == "Teams" and "Working files/" in file.path:
        yield msgspec.structs.replace(whole, problem="it is a draft (Working files), not handed in")
    elif ending.endswith(".zip"):
        yield from _learners_zip(whole)
    elif ending.endswith((".ndjson", ".jsonl")):
        yield msgspec.structs.replace(whole, problem="it is a list; if it is yours, name it alone as SUBMISSIONS")
    elif not ending.endswith(DOCUMENTS):
        yield msgspec.structs.replace(whole, problem=MAIL if ending.endswith((".eml", ".msg", ".mbox")) else WRONG_KIND)
    else:
        yield whole


def _learners_zip(whole: HandIn) -> Iterator[HandIn]:
    raw = _read(whole.place, PACKED)
    if isinstance(raw, Unread):
        yield msgspec.structs.replace(whole, problem=raw.what)
        return
    if raw.count(b"PK\x01\x02") > ENTRIES:  # each file of a zip has this mark in the list at its end, and reading that list costs memory
        yield msgspec.structs.replace(whole, problem=f"this zip holds more than {ENTRIES:,} files; ask for the one from course.py export")
        return
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            entries = list(_entries(packed))
    except Exception as error:  # whatever a zip that a learner made may do to its reader
        yield msgspec.structs.replace(whole, problem=f"this zip cannot be read ({type(error).__name__})")
        return
    wanted = [entry for entry in entries if entry[0].lower().endswith(DOCUMENTS)]
    for path, step, problem in wanted:
        place = msgspec.structs.replace(whole.place, steps=(*whole.place.steps, step))
        yield msgspec.structs.replace(whole, source=plain(f"{whole.source}/{path}", 600), place=place, problem=problem)
    others = [plain(path, 60) for path, _, _ in entries if not path.lower().endswith(DOCUMENTS)]
    if not wanted:
        yield msgspec.structs.replace(whole, problem="there is no .json file in this zip; ask for the file that course.py export writes")
    elif others:
        told = ", ".join(others[:3]) + (", …" if len(others) > 3 else "")
        yield msgspec.structs.replace(whole, problem=f"what is not a .json file in this zip is left out: {told}")


# ---- a list that the teacher's own tools made ----------------------------------------------------------------------------


class _Line(msgspec.Struct):
    answers: msgspec.Raw
    learner: str = ""
    received: Any = None


def _lines(path: Path) -> Iterator[HandIn]:
    """One hand-in on each line: {"learner": ..., "received": ..., "answers": {the exported file}}."""
    with path.open("rb") as file:
        number = at = 0
        while line := file.readline(LONGEST_LINE):
            number += 1
            source, start = f"{plain(path.name)}:{number}", at
            at += len(line)
            nobody = Named("list", f"list/{number}", source)
            if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
                yield HandIn(source, nobody, Place(str(path)), problem="the line is too long")
                while (rest := file.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                    at += len(rest)
                at += len(rest)
            elif line.strip():
                yield _line(source, line, Place(str(path), (Step(start, len(line)),)), nobody)


def _line(source: str, line: bytes, place: Place, nobody: Named) -> HandIn:
    try:
        found = msgspec.json.decode(line, type=_Line)
    except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
        what = f'it is not a line such as {{"learner": "...", "answers": {{...}}}} ({plain(str(error))})'
        return HandIn(source, nobody, place, problem=what)
    who = found.learner
    named = Named("list", f"list/{who}", plain(who), who) if plain(who) else nobody
    moment, note = _moment(found.received)
    return HandIn(source, named, place, moment, note=note or ("" if plain(who) else "the line names no learner"))


def _moment(words: Any) -> tuple[datetime.datetime | None, str]:
    if words is None:
        return None, ""
    try:
        moment = datetime.datetime.fromisoformat(words)
        if moment.tzinfo is None:
            return moment.astimezone(), "its time names no zone, so this computer's is taken"
        return moment.astimezone(datetime.UTC), ""
    except (ValueError, TypeError, OverflowError, OSError):
        return None, f"its time cannot be understood ({plain(str(words), 40)})"


# ---- what is in them ---------------------------------------------------------------------------------------------------


def contents(hand_in: HandIn) -> bytes | Unread:
    """The bytes of a hand-in, at most `LARGEST` and never written to disk; never raises."""
    if hand_in.problem:
        return Unread(hand_in.problem)
    raw = _read(hand_in.place, LARGEST if hand_in.name.system != "list" else LONGEST_LINE)
    if isinstance(raw, Unread) or hand_in.name.system != "list":
        return raw
    try:
        return bytes(msgspec.json.decode(raw, type=_Line).answers)
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        return Unread("the list was changed while it was read; grade again")


def _read(place: Place, most: int) -> bytes | Unread:
    """What a place leads to, if it is at most `most` bytes."""
    try:
        if len(place.steps) > 1:
            raw = _zip_in_zip(Place(place.path, place.steps[:-1]))
            return raw if isinstance(raw, Unread) else _part(io.BytesIO(raw), place.steps[-1], most)
        with _regular(place.path) as file:
            return _part(file, place.steps[0], most) if place.steps else _at_most(file.read(most + 1), most)
    except OSError as error:
        return Unread(f"the file cannot be read ({error.strerror or error})")
    except (zlib.error, ValueError, OverflowError, MemoryError) as error:
        return Unread(f"it cannot be unpacked ({plain(str(error))})")


@lru_cache(maxsize=1)
def _zip_in_zip(place: Place) -> bytes | Unread:
    """A learner's zip, kept while its files are read one after the other."""
    return _read(place, PACKED)


def _regular(path: str) -> BinaryIO:
    """A file opened for reading: no link, and nothing that waits for somebody at its other end."""
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    handle = os.open(path, flags)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(0, "it is not a file")
    return os.fdopen(handle, "rb")


def _part(file: BinaryIO, step: Step, most: int) -> bytes | Unread:
    """An entry of a zip, unpacked as far as it may go, or some bytes as they stand."""
    file.seek(step.at)
    if step.method == RAW:
        return _at_most(file.read(min(step.size, most + 1)), most)
    head = file.read(30)
    if len(head) < 30 or not head.startswith(b"PK\x03\x04"):
        return Unread("the zip is damaged here; download it again")
    file.seek(step.at + 30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little"))
    packed = file.read(min(step.size, most + most // 100 + 1_000))
    if step.method == zipfile.ZIP_STORED:
        raw, whole = packed, len(packed) == step.size
    elif step.method == zipfile.ZIP_DEFLATED:
        unpacking = zlib.decompressobj(-15)
        raw = unpacking.decompress(packed, most + 1)
        whole = unpacking.eof
    else:
        return Unread("it is packed in a way that is not read here; ask for it without a zip")
    if len(raw) > most:
        return _at_most(raw, most)
    return raw if whole and zlib.crc32(raw) == step.crc else Unread("it is damaged in the zip; ask for it again")


def _at_most(raw: bytes, most: int) -> bytes | Unread:
    return raw if len(raw) <= most else Unread(f"it is larger than {most // 1_000_000} MB")


def refuse_out(out: Path, submissions: Path) -> None:
    """Raises `CourseError` if the folder for the results lies in the submissions, or they in it."""
    there, here = out.resolve(), submissions.resolve()
    if there == here or there.is_relative_to(here) or here.is_relative_to(there):
        fix = f"Choose a folder for the results that is not inside {plain(submissions.name)} and does not hold it"
        raise fail("--out", 0, "the results would lie among the submissions and be taken for some", fix)
