"""Moodle's offline grading worksheet, whatever language the site speaks: its columns are told by what stands in them.

The order is Moodle's own (mod/assign/gradingtable.php): the identifier, who it is if names are shown, how it stands, the grade, the most
that can be had, whether it can be changed, when it was changed, a comment. What a site calls them is in its language.
"""

import re
from collections.abc import Sequence

import msgspec

PARTICIPANT = re.compile(r"(?P<word>\D{0,60}[^\W\d_]\D{0,60}?) ?(?P<number>[0-9]{1,19})")
"""A cell of the identifier: the site's word for a participant, with or without a blank, and the number in this assignment."""
NUMBER = re.compile(r"[0-9]{1,6}(?:[.,][0-9]{1,5})?")
EMPTY = ("", "-", "'-", "' -")
SCALES = frozenset({"scale", "skala", "barème", "escala", "scala", "schaal"})
DATED = (")", "）")
"""How the columns `Last modified (grade)` end, in every language that was looked at."""
LOOKED_AT = 500
"""Rows that are looked at."""


class Worksheet(msgspec.Struct, frozen=True):
    """The columns of a worksheet, as they are called in it. `most` is the column of the points possible, `comment` may be missing."""

    columns: tuple[str, ...]
    identifier: str
    grade: str = ""
    most: str = ""
    comment: str = ""


def find_worksheet(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Worksheet | None:
    """The worksheet that a table is, if it is one; without `grade` where a grade cannot be entered, because a scale is used for instance.

    `rows` are the cells in the order of the columns.
    """
    looked = [[cell.strip() for cell in row] for row in rows[:LOOKED_AT] if len(row) >= len(columns)]
    called = [column.strip().casefold() for column in columns]
    if not looked or len(columns) < 2 or not _are_participants([row[0] for row in looked]):
        return None
    most = next((place for place in range(2, len(columns)) if _is_most(looked, place)), 0)
    dated = [place for place, column in enumerate(called) if column.endswith(DATED) and place > most]
    if most and dated and not SCALES & set(called):
        comment = columns[-1] if dated[-1] < len(columns) - 1 else ""
        return Worksheet(tuple(columns), columns[0], columns[most - 1], columns[most], comment)
    if called[0] == "identifier" and "grade" in called and not dated:
        return Worksheet(tuple(columns), columns[0], columns[called.index("grade")])
    return Worksheet(tuple(columns), columns[0]) if dated else None


def _are_participants(cells: Sequence[str]) -> bool:
    """Whether these are one word and a number each, no number twice."""
    found = [PARTICIPANT.fullmatch(cell) for cell in cells]
    words, numbers = {one and one["word"].strip() for one in found}, {one and one["number"] for one in found}
    return None not in words and len(words) == 1 and len(numbers) == len(found)


def _is_most(rows: Sequence[Sequence[str]], place: int) -> bool:
    """Whether a column holds the points possible: one number in all rows, and before it grades or nothing; what comes next is no number."""
    cells = {row[place] for row in rows}
    before = all(row[place - 1] in EMPTY or NUMBER.fullmatch(row[place - 1]) for row in rows)
    after = place + 1 < len(rows[0]) and not any(NUMBER.fullmatch(row[place + 1]) for row in rows)
    return len(cells) == 1 and before and after and bool(NUMBER.fullmatch(cell := next(iter(cells)))) and points(cell) > 0


def points(words: str) -> float:
    """A number with a point or a comma; 0 if it is none."""
    return float(words.replace(",", ".")) if NUMBER.fullmatch(words.strip()) else 0.0


def written(grade: float, most: str) -> str:
    """A grade as the worksheet writes its numbers."""
    return f"{grade:.2f}".replace(".", "," if "," in most else ".")


def word_of(identifier: str) -> str:
    """The site's word for a participant in a cell of the identifier."""
    found = PARTICIPANT.fullmatch(identifier.strip())
    return found["word"].strip() if found else ""
