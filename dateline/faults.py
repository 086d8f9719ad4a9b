"""What is wrong with a file that a person edits, said so that the person can mend it."""

import contextlib
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
import rtoml


class Problem(msgspec.Struct, frozen=True, order=True):
    """One fault: the file, the line (counted from 1), what is wrong, and what to write instead."""

    file: str
    line: int
    what: str
    fix: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}. {self.fix}."


class CourseError(ValueError):
    """One or more problems in the course's files, all told at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def fail(file: str, line: int, what: str, fix: str) -> CourseError:
    """A `CourseError` with a single problem."""
    return CourseError([Problem(file, line, what, fix)])


def decode_utf8(raw: bytes, file: str) -> str:
    """The file's text with line ends as \\n and without a byte order mark; raises `CourseError` if it is not UTF-8."""
    try:
        words = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise fail(file, line, "this line is not UTF-8 text", "Save the file as UTF-8") from None
    if "\0" in words:
        line = words[: words.index("\0")].count("\n") + 1
        raise fail(file, line, "there is a NUL character in this line", "Delete it") from None
    return words.replace("\r\n", "\n").replace("\r", "\n")


def read_toml(path: Path, file: str) -> tuple[dict[str, Any], str]:
    """The table in a TOML file and the file's text; raises `CourseError` with the line of a fault."""
    source = decode_utf8(path.read_bytes(), file)
    return parse_toml(source, file), source


def parse_toml(source: str, file: str, first_line: int = 1) -> dict[str, Any]:
    """The table in TOML text that starts at `first_line` of `file`; raises `CourseError`."""
    with contextlib.suppress(rtoml.TomlParsingError):
        return rtoml.loads(source)  # an eighth of the time; what it cannot read is read once more by the one that names the line
    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+)", str(error))
        line = int(found[1]) if found else source.count("\n") + 1
        what = re.sub(r" \(at .*", "", str(error))
        raise fail(file, line + first_line - 1, f"this is not TOML: {what}", "Correct the line; strings need quotation marks") from None


def line_of(source: str, *needles: str) -> int:
    """The line on which the last needle stands, each searched for after the one before; 1 if the first is not there.

    TOML readers give no line numbers for what they have read, so an error points at the words that name the place.
    """
    at = 0
    for needle in needles:
        found = source.find(needle, at)
        if found < 0:
            break
        at = found
    return source.count("\n", 0, at) + 1
