"""A picture of our own, drawn, so that a caption can be held against it."""

from collections.abc import Iterator

from dateline.display import show_both
from dateline.figures.svg import bar, dot, drawing, figure_shown, line, words
from dateline.html import Markup, html

FLOOR = 150
CRATE = (52, 30)
SEEN = (
    ("crates", "eight, closed, in two rows of four"),
    ("people", "two; the left one holds out an arm towards the crates"),
    ("shadows", "of the left person to the left, of the right person to the right"),
    ("on the wall", "a calendar with the word MAY"),
)
"""What is in the drawing, for whoever cannot see it: shapes and places, and nothing that a caption would add."""


def hall_drawing() -> None:
    """Show the drawing of a hall that lesson 3.6 holds captions against."""
    alt = f"A drawing of a hall. {' '.join(f'{name.capitalize()}: {what}.' for name, what in SEEN)}"
    shown = figure_shown("A hall, drawn for this course", drawing(225, alt, _hall()), alt, ("what", "how it is seen"), SEEN)
    show_both(shown.html, shown.plain)


def _hall() -> Iterator[Markup]:
    yield bar(6, 6, 388, 213, filled=False)
    yield line((6, FLOOR), (394, FLOOR), faint=True)
    yield from _calendar(34, 26)
    for row, y in enumerate((FLOOR - CRATE[1], FLOOR + 4)):
        for column in range(4):
            yield from _crate(150 + 16 * row + column * (CRATE[0] + 4), y)
    yield from _person(62, 196, shadow=-1, arm=True)
    yield from _person(116, 204, shadow=1, arm=False)


def _calendar(x: float, y: float) -> Iterator[Markup]:
    yield bar(x, y, 56, 50, filled=False)
    yield words(x + 28, y + 17, "MAY", 14, "middle", heavy=True)
    for row in range(3):
        for day in range(7):
            yield dot(x + 7 + 7 * day, y + 26 + 8 * row, 1.3, filled=True)


def _crate(x: float, y: float) -> Iterator[Markup]:
    width, height = CRATE
    yield bar(x, y, width, height, filled=False)
    for board in (height / 3, 2 * height / 3):
        yield line((x, y + board), (x + width, y + board), faint=True)
    yield line((x + 8, y), (x + 8, y + height), 2)
    yield line((x + width - 8, y), (x + width - 8, y + height), 2)


def _person(x: float, feet: float, shadow: int, arm: bool) -> Iterator[Markup]:
    """Somebody in a coat; `shadow` is the side to which it falls, -1 for the left."""
    top = feet - 62
    yield html('<path d="M{:g} {:g} h10 l{:g} 14 h-16 z" fill-opacity="0.3"/>', x - 5, feet - 1, 40 * shadow)
    yield dot(x, top - 8, 8, filled=True)
    yield html('<path d="M{:g} {:g} h12 l8 46 h-8 v16 h-5 v-16 h-2 v16 h-5 v-16 h-8 z"/>', x - 6, top + 1)
    if arm:
        yield line((x + 4, top + 9), (x + 36, top - 4), 5)
