"""The learner's answers: one small JSON document for each module, written whole or not at all.

A document holds no score, no name and no code. It is the record, and it is what is handed in.
"""

import contextlib
import datetime
import os
import tempfile
from pathlib import Path
from typing import Any

import msgspec
from filelock import FileLock, Timeout

from dateline.places import answers_folder

SCHEMA = 1
LARGEST = 8_000_000
"""Bytes of a document that is read; a full module of answers is under 200,000."""
PATIENCE = 5.0
"""Seconds to wait for another program that is writing the same document."""


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One answer: `value` as the question's kind wants it, `confidence` in percent, `saved` in UTC.

    `first` is the value at the first check, kept so that a prediction can be shown again.
    `hints` and `checks` count what was asked for.
    """

    value: Any = None
    confidence: int | None = None
    saved: str = ""
    first: Any = None
    hints: int = 0
    checks: int = 0


class Document(msgspec.Struct, forbid_unknown_fields=True):
    """The answers of one module, by question id."""

    schema: int = SCHEMA
    module: str = ""
    answers: dict[str, Answer] = {}


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


def decode_document(raw: bytes, module: str) -> Document:
    """The document in some bytes; raises `ValueError` that says what is wrong with them."""
    if len(raw) > LARGEST:
        raise ValueError(f"it is larger than {LARGEST // 1_000_000} MB")
    try:
        document = msgspec.json.decode(raw, type=Document)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise ValueError(str(error)) from None
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    if document.schema != SCHEMA:
        raise ValueError(f"its schema is {document.schema} and this course reads {SCHEMA}")
    if document.module != module:
        raise ValueError(f"it belongs to module {document.module!r}, not {module!r}")
    return document


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


def save_answer(module: str, question: str, **changes: Any) -> tuple[Answer, str]:
    """Write fields of one answer; return it as it now stands and a line to show, if any; raises `NotSavedError`.

    The document is read again under a lock, so two kernels that write at once keep each other's answers.
    """
    path = document_path(module)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_suffix(".lock"), timeout=PATIENCE):
            document, notice = read_answers(module)
            before = document.answers.get(question, Answer())
            after = msgspec.structs.replace(before, **changes, saved=_later_than(before.saved))
            document.answers[question] = after
            _write_whole(path, msgspec.json.format(msgspec.json.encode(document, order="sorted"), indent=1))
            return after, notice
    except Timeout:
        raise NotSavedError(f"Another program has {path.name} open. Close it and check again.") from None
    except OSError as error:
        raise NotSavedError(
            f"The folder {path.parent} cannot be written ({error.strerror}). Free some space or make it writable, then check again."
        ) from None
    except (msgspec.MsgspecError, UnicodeEncodeError, TypeError):
        raise NotSavedError("The answer holds characters that cannot be stored. Type it again.") from None


def _later_than(before: str) -> str:
    """The time now in UTC, or a millisecond after `before` where a clock has been set back."""
    now = datetime.datetime.now(datetime.UTC)
    with contextlib.suppress(ValueError):
        now = max(now, datetime.datetime.fromisoformat(before) + datetime.timedelta(milliseconds=1))
    return now.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _write_whole(path: Path, raw: bytes) -> None:
    """Write beside the file, reach the disk, then take its place: a reader sees the old document or the new one."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
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
