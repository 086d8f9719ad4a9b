"""The learner's answers: one small JSON document for each module, written whole or not at all.

A document holds no score, no name and no code. It is the record, and it is what is handed in.
"""

import contextlib
import datetime
import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from dateline.answers.document import LARGEST, Answer, Document, HandIn, decode_document, decode_hand_in, encode, moment, newest
from dateline.folders import answers_folder

PATIENCE = 5.0
"""Seconds to wait for another program that is writing the same document."""


listeners: list[Callable[[str], object]] = []
"""What wants to know when answers of a module were written here; each is called with the module."""


class NotSavedError(Exception):
    """An answer could not be written. The message says why and what to do."""


def document_path(module: str) -> Path:
    """Where the answers of a module are kept."""
    return answers_folder() / f"module-{module}.json"


def read_answers(module: str) -> tuple[Document, str]:
    """A module's answers, and a line to show if the file could not be read.

    A file that cannot be read is never deleted: it is moved aside under a name with the time.
    """
    path = document_path(module)
    try:
        raw = _read_bytes(path)
    except FileNotFoundError:
        return Document(module=module), ""
    except OSError as error:
        return Document(
            module=module
        ), f"Your answers in {path} cannot be read ({error.strerror}). Allow this account to read the file, then run the cell again."
    try:
        return decode_document(raw, module), ""
    except ValueError as error:
        return Document(module=module), _set_aside(path, str(error))


def _read_bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def _set_aside(path: Path, why: str) -> str:
    moment = datetime.datetime.now(datetime.UTC).strftime("%Y%m%dT%H%M%S%fZ")
    aside = path.with_name(f"{path.stem}.unreadable-{moment}.json")
    try:
        path.replace(aside)
    except OSError:
        return f"The answers in {path.name} cannot be read ({why}) nor moved aside. Make the folder {path.parent} writable."
    return f"The answers in {path.name} could not be read ({why}). The file is kept as {aside.name}; you can go on."


def read_answer(module: str, question: str) -> tuple[Answer, str]:
    """The answer to one question (an empty one if there is none), and a line to show if the file could not be read."""
    document, notice = read_answers(module)
    return document.answers.get(question, Answer()), notice


def stamp() -> tuple[tuple[str, int, int], ...]:
    """Changes whenever an answer is written, by whomever: the documents with their times and sizes."""
    found = [(path, path.stat()) for path in sorted(answers_folder().glob("module-*.json"))]
    return tuple((path.name, about.st_mtime_ns, about.st_size) for path, about in found)


def tell(module: str) -> None:
    """Let the listeners know that answers of a module were written."""
    for listener in listeners:
        listener(module)


def all_answers() -> HandIn:
    """The answers of all modules; raises `NotSavedError` where there are none or some could not be read."""
    documents = _every_document()
    unread = [notice for _, notice in documents if notice]
    if unread:
        raise NotSavedError(f"{' '.join(unread)} Nothing was written; do it once more for the answers that can be read.")
    whole = HandIn(modules={document.module: document.answers for document, _ in documents if document.answers})
    if not whole.modules:
        raise NotSavedError(f"There are no answers in {answers_folder()}, so nothing was written. Answer something first.")
    return whole


def hand_in(path: Path) -> int:
    """Write the answers of all modules into one file and return how many there are; raises `NotSavedError`."""
    whole = all_answers()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, encode(whole))
    except OSError as error:
        raise NotSavedError(f"{path} cannot be written ({error.strerror}). Choose another place.") from None
    return sum(len(answers) for answers in whole.modules.values())


def take_in(path: Path) -> int:
    """Merge a hand-in file into the answers here, the later of each kept; return how many were taken.

    Raises `NotSavedError` if the file cannot be read or the answers cannot be written; then nothing is changed.
    """
    try:
        modules = decode_hand_in(_read_bytes(path)).modules
    except OSError as error:
        raise NotSavedError(f"{path} cannot be read ({error.strerror}). Check the name.") from None
    except ValueError as error:
        raise NotSavedError(f"{path} is not a file of answers: {error}. Nothing was changed.") from None
    wrong = [module for module in modules if not module.isalnum()]
    if wrong:
        raise NotSavedError(f"{path} is not a file of answers: it names a module that cannot be. Nothing was changed.")
    if not any(modules.values()):
        raise NotSavedError(f"There are no answers in {path}. Nothing was changed.")
    return sum(_merge(module, answers) for module, answers in modules.items())


def _merge(module: str, answers: dict[str, Answer]) -> int:
    path = document_path(module)
    with _locked(path):
        document, _ = read_answers(module)
        document.answers, taken = newest(document.answers, answers)
        write_whole(path, encode(document), private=True)
    tell(module)
    return taken


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold a document alone for as long as this lasts; the system's errors become `NotSavedError`."""
    from filelock import FileLock, Timeout  # a tenth of what a lesson imports, and only writing needs it

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_suffix(".lock"), timeout=PATIENCE):
            yield
    except Timeout:
        raise NotSavedError(f"Another program has {path.name} open. Close it and check again.") from None
    except OSError as error:
        raise NotSavedError(
            f"The folder {path.parent} cannot be written ({error.strerror}). Free some space or make it writable, then check again."
        ) from None


def _every_document() -> list[tuple[Document, str]]:
    names = sorted(path.stem.removeprefix("module-") for path in answers_folder().glob("module-*.json"))
    return [read_answers(name) for name in names if name.isalnum()]


def save_answer(module: str, question: str, **changes: Any) -> tuple[Answer, str]:
    """Write fields of one answer; return it as it now stands and a line to show, if any; raises `NotSavedError`."""
    return change_answer(module, question, lambda before: msgspec.structs.replace(before, **changes))


def change_answer(module: str, question: str, change: Callable[[Answer], Answer]) -> tuple[Answer, str]:
    """Write what `change` makes of an answer; return it as it now stands and a line to show, if any; raises `NotSavedError`.

    The document is read again under a lock, so two kernels that write at once keep each other's answers. Where `change` gives back
    what it was given, or raises, nothing is written.
    """
    path = document_path(module)
    try:
        with _locked(path):
            document, notice = read_answers(module)
            before = document.answers.get(question, Answer())
            after = change(before)
            if after is before:
                return before, notice
            after = msgspec.structs.replace(after, saved=_later_than(before.saved))
            document.answers[question] = after
            write_whole(path, encode(document), private=True)
        tell(module)
        return after, notice
    except (msgspec.MsgspecError, UnicodeEncodeError, TypeError):
        raise NotSavedError("The answer holds characters that cannot be stored. Type it again.") from None


def _later_than(before: str) -> str:
    """The time now in UTC, or a millisecond after `before` where a clock has been set back."""
    now = datetime.datetime.now(datetime.UTC)
    last = moment(before)
    with contextlib.suppress(OverflowError):  # after the last moment of the calendar there is none
        now = max(now, last + datetime.timedelta(milliseconds=1)) if last else now
    return now.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def write_whole(path: Path, raw: bytes, private: bool = False) -> None:
    """Write beside the file, reach the disk, then take its place: a reader sees the old document or the new one.

    What is `private` only this account can read; for the rest the system's own rule for new files (umask) holds.
    """
    name = path.with_name(f".{secrets.token_hex(8)}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(name, flags, 0o600 if private else 0o666), "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
