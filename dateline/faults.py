"""What is wrong with a file that a person edits, said so that the person can mend it; and the one way to read such a file."""

import contextlib
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn, TypeVar, cast, get_args, get_origin

import msgspec

from dateline.folders import named
from dateline.wording import ended

Place = tuple[str | int, ...]
"""The path of names and numbers (from 0) that leads to something in a table."""
Shape = TypeVar("Shape")


class Problem(msgspec.Struct, frozen=True, order=True):
    """One fault: the file, the line (counted from 1; 0 where it is no matter of lines), what is wrong, and what to write instead."""

    file: str
    line: int
    what: str
    fix: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {ended(self.what)} {ended(self.fix)}"


class CourseError(ValueError):
    """One or more problems in the course's files, all told at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def fail(file: str, line: int, what: str, fix: str) -> CourseError:
    """A `CourseError` with a single problem."""
    return CourseError([Problem(file, line, what, fix)])


def caught(load: Callable[[], object]) -> tuple[Problem, ...]:
    """The problems that loading something meets."""
    try:
        load()
    except CourseError as error:
        return error.problems
    return ()


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


# ---- TOML ------------------------------------------------------------------------------------------------------------


class Source:
    """A TOML file as it was read: its table, its words, and the line of everything in it."""

    def __init__(self, path: Path) -> None:
        self.file = named(path)
        try:
            raw = path.read_bytes()
        except OSError as error:
            raise fail(self.file, 1, f"the file cannot be read ({error.strerror})", "Put it where it is looked for") from None
        self.words = decode_utf8(raw, self.file)
        self.table = parse_toml(self.words, self.file)
        self._lines: dict[Place, int] | None = None

    def line(self, place: Place) -> int:
        """The line of the deepest part of a place that has one; 1 for nothing."""
        if self._lines is None:
            self._lines = lines_of(self.words)
        while place and place not in self._lines:
            place = place[:-1]
        return self._lines.get(place, 1)

    def problem(self, place: Place, what: str, fix: str) -> Problem:
        """A fault at a place in this file."""
        return Problem(self.file, self.line(place), what, fix)

    def stop(self, place: Place, what: str, fix: str) -> NoReturn:
        """Raise a `CourseError` with one fault at a place in this file."""
        raise CourseError([self.problem(place, what, fix)])


def parse_toml(source: str, file: str, first_line: int = 1) -> dict[str, Any]:
    """The table in TOML text that starts at `first_line` of `file`; raises `CourseError`."""
    with contextlib.suppress(ImportError):
        import rtoml  # an eighth of the time; what it cannot read is read once more by the one that names the line

        with contextlib.suppress(rtoml.TomlParsingError):
            return rtoml.loads(source)
    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+)", str(error))
        line = int(found[1]) if found else source.count("\n") + 1
        what = re.sub(r" \(at .*", "", str(error))
        raise fail(file, line + first_line - 1, f"this is not TOML: {what}", "Correct the line; strings need quotation marks") from None


TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*|[\[\]{},\n=]|[^\s"\'#\[\]{},=]+', re.DOTALL
)
NAME = re.compile(r'"((?:\\.|[^"\\])*)"|\'([^\']*)\'|([\w-]+)')


def lines_of(source: str) -> dict[Place, int]:
    """The line of every table, key, and element of a list in TOML text. TOML readers give no lines for what they have read."""
    found: dict[Place, int] = {}
    counts: dict[Place, int] = {}
    table: Place = ()
    for start, tokens in _statements(source):
        line = start
        words = [token for token, _ in tokens]
        if words[0] == "[":
            inside = "".join(words).strip("[]")
            table = _numbered(_names(inside), counts, opens=words[1] == "[")
            found.setdefault(table, line)
        elif "=" in words:
            at = words.index("=")
            place = (*table, *_names(".".join(_dots(words[:at]))))
            found.setdefault(place, line)
            found |= {(*place, number): line for number, line in enumerate(_elements(tokens[at + 1 :]))}
    return found


def _statements(source: str) -> Iterator[tuple[int, list[tuple[str, int]]]]:
    """The statements of TOML text: the line on which each begins, and its tokens with their lines."""
    depth, line, tokens = 0, 1, []  # type: tuple[int, int, list[tuple[str, int]]]
    for match in TOKEN.finditer(source):
        token = match[0]
        if token == "\n" and not depth and tokens:
            yield tokens[0][1], tokens
            tokens = []
        elif not token.startswith(("#", "\n")):
            tokens.append((token, line))
        depth += (token in "[{") - (token in "]}")
        line += token.count("\n")
    if tokens:
        yield tokens[0][1], tokens


def _elements(tokens: list[tuple[str, int]]) -> Iterator[int]:
    """The lines on which the elements of a list begin; none of what is no list."""
    if not tokens or tokens[0][0] != "[":
        return
    depth, waiting = 0, True
    for token, line in tokens:
        if depth == 1 and waiting and token not in ",]":
            yield line
            waiting = False
        if token == "," and depth == 1:
            waiting = True
        depth += (token in "[{") - (token in "]}")


def _dots(words: list[str]) -> list[str]:
    return [word.strip(".") for word in words if word != "."]


def _names(words: str) -> tuple[str, ...]:
    return tuple(next(part for part in found if part) if any(found) else "" for found in NAME.findall(words))


def _numbered(names: tuple[str, ...], counts: dict[Place, int], opens: bool) -> Place:
    """A table's place: `[[a]]` opens another element of a list, and `[a.b]` below it belongs to the last one opened."""
    place: Place = ()
    for depth, name in enumerate(names):
        place = (*place, name)
        last = depth == len(names) - 1
        if opens and last:
            counts[place] = counts.get(place, -1) + 1
        if place in counts:
            place = (*place, counts[place])
    return place


# ---- one way to read -------------------------------------------------------------------------------------------------


Resolve = Callable[[type, Any], Any]


def load(path: Path, shape: type[Shape], fix: str, check: Callable[[Shape], Iterable[tuple[Place, str, str]]] | None = None) -> Shape:
    """What a TOML file holds, as a `Struct` or as a table of them by name; read again when the file has changed.

    `fix` says what belongs there; `check` gives further faults as place, what is wrong, and fix. Raises `CourseError` with all.
    """
    try:
        stamp = path.stat().st_mtime_ns
    except OSError:
        raise fail(named(path), 1, "there is no such file", "Put it back, or choose another name") from None
    return cast(Shape, _load(path, cast(Any, shape), fix, check, stamp))


@lru_cache(maxsize=128)
def _load(path: Path, shape: Any, fix: str, check: Callable[[Any], Iterable[tuple[Place, str, str]]] | None, _stamp: int) -> object:
    source = Source(path)
    whole, problems = converted(source, source.table, shape, fix)
    if not problems and check:
        problems = [source.problem(*fault) for fault in check(whole)]
    if problems:
        raise CourseError(problems)
    return whole


def converted(source: Source, raw: Any, shape: Any, fix: str, at: Place = (), resolve: Resolve | None = None) -> tuple[Any, list[Problem]]:
    """A part of a file as a type, or every fault that it has; of a table of things each thing is tried."""
    if get_origin(shape) is dict and isinstance(raw, dict):
        tried = {name: converted(source, value, get_args(shape)[1], fix, (*at, name), resolve) for name, value in raw.items()}
        return {name: one for name, (one, _) in tried.items()}, [problem for _, problems in tried.values() for problem in problems]
    try:
        return msgspec.convert(raw, shape, dec_hook=resolve), []
    except msgspec.ValidationError as error:
        return None, [source.problem((*at, *place), what, fix) for place, what in _violations(raw, shape, resolve, error)]


UNKNOWN = re.compile(r"unknown field `(.*)`")
PART = re.compile(r"\.(\w[\w-]*)|\[(\d+)\]|(\[\.\.\.\])")


def _violations(raw: Any, shape: Any, resolve: Resolve | None, error: msgspec.ValidationError) -> list[tuple[Place, str]]:
    """The places of what is wrong. msgspec does not name the key of a table in which it stopped, so each is tried alone."""
    what, _, where = str(error).partition(" - at ")
    place: Place = ()
    for name, number, unnamed in PART.findall(where):
        if unnamed:
            return _one_by_one(raw, place, shape, resolve) or [(place, _worded(what))]
        place = (*place, int(number) if number else name)
    unknown = UNKNOWN.search(what)
    return [((*place, unknown[1]) if unknown else place, _worded(what))]


def _one_by_one(raw: Any, place: Place, shape: Any, resolve: Resolve | None) -> list[tuple[Place, str]]:
    found: list[tuple[Place, str]] = []
    table = _at(raw, place)
    for name in table if isinstance(table, dict) else ():
        alone = _with(raw, place, {name: table[name]})
        try:
            msgspec.convert(alone, shape, dec_hook=resolve)
        except msgspec.ValidationError as error:
            inner = str(error).partition(" - at ")
            deeper = tuple(name if not number else int(number) for name, number, unnamed in PART.findall(inner[2]) if not unnamed)
            if deeper[: len(place)] == place and "[...]" in inner[2]:
                found.append(((*place, name, *deeper[len(place) :]), _worded(inner[0])))
    return found


def _at(raw: Any, place: Place) -> Any:
    for name in place:
        raw = raw[name]
    return raw


def _with(raw: Any, place: Place, value: Any) -> Any:
    if not place:
        return value
    copy = dict(raw) if isinstance(raw, dict) else list(raw)
    copy[place[0]] = _with(raw[place[0]], place[1:], value)  # type: ignore[index]
    return copy


def _worded(what: str) -> str:
    return f"{what[0].lower()}{what[1:]}"
