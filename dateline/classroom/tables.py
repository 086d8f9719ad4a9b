"""A table that a person or a school's system wrote: a CSV of any usual encoding and separator, whatever stands above its columns."""

import csv
import io
import re
from collections.abc import Callable, Collection, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeAlias

import msgspec

from dateline.classroom.names import plain
from dateline.faults import fail
from dateline.folders import named

SEPARATORS = (",", ";", "\t", "|")
LARGEST = 50_000_000
"""Bytes of a table."""
ABOVE = 10
"""Lines that may stand above the names of the columns: titles, dates, empty ones."""
SAID = re.compile(r"""\ufeff?"?sep=(.)"?\s*?\r?\n""", re.IGNORECASE)


Shape: TypeAlias = Callable[[Sequence[str], Sequence[Sequence[str]]], object]
"""Says of a first line and the rows below it whether they are a table that it knows."""


class Row(msgspec.Struct, frozen=True):
    """A row: the line on which it begins and its cells by column, trimmed. `many` is the count of cells without a column."""

    line: int
    cells: dict[str, str]
    many: int = 0


class Table(msgspec.Struct, frozen=True):
    """A table: its columns as they are called in it, its rows without the empty ones, and a note on how it was read, if there is one."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""


def called(column: str) -> str:
    """A column's name as it is compared."""
    return " ".join(column.replace("_", " ").casefold().split())


def read_table(path: Path, known: Collection[str], example: str, shaped: Shape | None = None) -> Table:
    """The table in a file, below the line that names most of the `known` columns (as `called`).

    Where none is known, `shaped` may still know the table by its first line and the rows below it. Raises `CourseError` that shows the
    `example` of a first line, or `OSError`.
    """
    with path.open("rb") as file:
        raw = file.read(LARGEST + 1)
    words, note = _decoded(raw, named(path))
    said = SAID.match(words)
    csv.field_size_limit(LARGEST)
    try:
        return _table(words, (said[1],) if said else SEPARATORS, known, note, path, example, shaped)
    except csv.Error as error:
        raise fail(named(path), 1, f"this is no table ({error})", "Save it as CSV from the program that made it") from None


def _decoded(raw: bytes, file: str) -> tuple[str, str]:
    if len(raw) > LARGEST:
        raise fail(file, 1, f"it is larger than {LARGEST // 1_000_000} MB", "Name the table of the class")
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise fail(file, 1, "this is a workbook, not a table of text", "Open it and save it as CSV (UTF-8), then name that file")
    try:
        if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
            return raw.decode("utf-16"), ""
        if b"\0" in raw[:2000]:
            return raw.decode("utf-16-le" if raw[1:2] == b"\0" else "utf-16-be"), ""
    except UnicodeDecodeError:
        raise fail(file, 1, "its letters cannot be read", "Save it as CSV (UTF-8)") from None
    try:
        return raw.decode("utf-8-sig"), ""
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
    try:
        words = raw.decode("cp1252")
    except UnicodeDecodeError:
        raise fail(file, line, "the letters on this line cannot be read", "Save it as CSV (UTF-8)") from None
    shown = plain(words.splitlines()[line - 1], 60)
    return words, f"its letters were read as Windows-1252; if line {line} should not read {shown!r}, save it as CSV (UTF-8)"


def _table(
    words: str, separators: tuple[str, ...], known: Collection[str], note: str, path: Path, example: str, shaped: Shape | None
) -> Table:
    best = max((_heads(words, separator, known) for separator in separators), key=lambda found: found[:2])
    if not best[0] and shaped:
        best = next((one for separator in separators if (one := _shape(words, separator, shaped))), best)
    score, _, at, separator = best
    rows = csv.reader(io.StringIO(words, newline=""), delimiter=separator)
    if not score:
        seen = [plain(cell, 40) for cell in next((row for row in rows if any(row)), [])]
        fix = f"Name the columns in the first line, for instance: {example} (the columns seen are: {', '.join(seen[:20]) or 'none'})"
        raise fail(named(path), 1, "no column was understood", fix)
    for _ in range(at):
        next(rows)
    columns = [cell.strip() for cell in next(rows)]
    found = []
    line = rows.line_num + 1
    for cells in rows:
        if any(cell.strip() for cell in cells):
            named_cells: dict[str, str] = {}
            for head, cell in zip(columns, cells, strict=False):
                if head:
                    named_cells.setdefault(head, cell.strip())
            found.append(Row(line, named_cells, len([cell for cell in cells[len(columns) :] if cell.strip()])))
        line = rows.line_num + 1
    return Table(tuple(column for column in columns if column), tuple(found), note)


def _shape(words: str, separator: str, shaped: Shape) -> tuple[int, int, int, str] | None:
    """As `_heads`, of a table that is known by its shape."""
    rows = [row for row in csv.reader(io.StringIO(words, newline=""), delimiter=separator) if any(row)]
    return (1, 0, 0, separator) if rows and shaped(rows[0], rows[1:]) else None


def _heads(words: str, separator: str, known: Collection[str]) -> tuple[int, int, int, str]:
    """How well a separator does: known columns named on one line, rows below of another width (less is better), that line, itself."""
    rows = list(islice(csv.reader(io.StringIO(words, newline=""), delimiter=separator), 3 * ABOVE))
    scores = [sum(called(cell) in known for cell in row) for row in rows[:ABOVE]] or [0]
    at = scores.index(max(scores))
    uneven = sum(len(row) != len(rows[at]) for row in rows[at + 1 :] if row) if rows else 0
    return scores[at], -uneven, at, separator
