"""Answers in files: one for each module in the answer folder, written whole or not at all, by one program at a time."""

import contextlib
import datetime
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from dateline.answers.document import LARGEST
from dateline.folders import answers_folder

PATIENCE = 5.0
"""Seconds to wait for another program that is writing the same document."""


class NotSavedError(Exception):
    """An answer could not be written. The message says why and what to do."""


def document_path(module: str) -> Path:
    """Where the answers of a module are kept."""
    return answers_folder() / f"module-{module}.json"


class Files:
    """The answer folder on this machine."""

    @property
    def place(self) -> str:
        """Where the answers are, in words."""
        return str(answers_folder())

    def modules(self) -> list[str]:
        """The modules of which there is a document."""
        names = sorted(path.stem.removeprefix("module-") for path in answers_folder().glob("module-*.json"))
        return [name for name in names if name.isalnum()]

    def read(self, module: str) -> bytes | None:
        """A module's document, or None if there is none; raises `NotSavedError` where it is there and cannot be read."""
        path = document_path(module)
        try:
            return read_bytes(path)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise NotSavedError(
                f"Your answers in {path} cannot be read ({error.strerror}). Allow this account to read the file, then open the page again."
            ) from None

    def write(self, module: str, raw: bytes) -> None:
        """Write a module's document; raises `OSError`."""
        write_whole(document_path(module), raw, private=True)

    @contextlib.contextmanager
    def alone(self, module: str) -> Iterator[None]:
        """Hold a document alone for as long as this lasts; the system's errors become `NotSavedError`."""
        from filelock import FileLock, Timeout  # a tenth of what a lesson imports, and only writing needs it

        path = document_path(module)
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

    def set_aside(self, module: str, why: str) -> str:
        """Move a document that cannot be read out of the way, never delete it; returns a line to show."""
        path = document_path(module)
        moment = datetime.datetime.now(datetime.UTC).strftime("%Y%m%dT%H%M%S%fZ")
        aside = path.with_name(f"{path.stem}.unreadable-{moment}.json")
        try:
            path.replace(aside)
        except OSError:
            return f"The answers in {path.name} cannot be read ({why}) nor moved aside. Make the folder {path.parent} writable."
        return f"The answers in {path.name} could not be read ({why}). The file is kept as {aside.name}; you can go on."

    def stamp(self) -> object:
        """Changes whenever an answer is written, by whomever: the documents with their times and sizes."""
        found = [(path, path.stat()) for path in sorted(answers_folder().glob("module-*.json"))]
        return tuple((path.name, about.st_mtime_ns, about.st_size) for path, about in found)


def read_bytes(path: Path) -> bytes:
    """A file of answers, as far as one may be long; raises `OSError`."""
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


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
