"""A test, and two tests beside each other, as a picture: sound and unsound, how sure and how right, before and after."""

from collections.abc import Sequence
from typing import NamedTuple

from dateline.figures.svg import WIDTH, dot, drawing, figure_shown, line, words
from dateline.html import Markup, html, join, paragraphs
from dateline.kinds.results import percent
from dateline.learner.before_and_after import Judged, Outcome, is_handed_in, judged, measures_of, outcome, said_of_change
from dateline.learner.outcomes import missing
from dateline.live import Shown

LEFT, RIGHT = 14, WIDTH - 14
ROW = 64
"""From one row to the next: its words, its line, and what stands at the points."""
RING = 9
NEAR = 60
"""Points that lie nearer to each other share their words."""
LETTER = 6.4
"""About how wide a letter is."""
NOT_YET = "When the test is handed in, a picture of it stands here."


class Row(NamedTuple):
    """One line of the picture from 0 to 100 %: what it shows, and for each test the share (0 to 1) and how it is said."""

    title: str
    points: tuple[tuple[float, str], ...]


def outcome_shown(form: str) -> Shown:
    """A test that was handed in as a picture, with its measures behind "more"; until then a line that says so."""
    found = outcome(form)
    if found is None:
        said = "" if is_handed_in(form) else NOT_YET  # without keys the card above has said that the teacher has them
        return Shown(paragraphs([said]) if said else Markup(""), said)
    return _shown([], [found])


def comparison_shown(before: str, after: str) -> Shown:
    """Two tests beside each other: in plain words, as a picture, and with their measures behind "more"."""
    first, second = outcome(before), outcome(after)
    if first is None or second is None:
        said = missing([form for form, found in ((before, first), (after, second)) if found is None])
        return Shown(html("<p>{}</p>", said), said)
    return _shown(said_of_change(first, second), [first, second])


def _shown(said: list[str], tests: Sequence[Outcome]) -> Shown:
    picture = tests_shown(tests)
    measures = [line if len(tests) == 1 else f"Form {test.form}. {line}" for test in tests for line in measures_of(test)]
    parts = [paragraphs(said) if said else "", picture.html if picture else "", _more(measures)]
    plain = [*said, *([picture.plain] if picture else []), *measures]
    return Shown(html("<div>\n{}\n</div>", join(parts)), "\n".join(plain))


def _more(measures: list[str]) -> Markup | str:
    return html("<details><summary>More: the measures</summary>\n{}\n</details>", paragraphs(measures)) if measures else ""


def tests_shown(tests: Sequence[Outcome]) -> Shown | None:
    """One or two tests as a picture; nothing where no judgment can be drawn."""
    rows = _rows([judged(test) for test in tests])
    if not rows:
        return None
    names = [f"form {test.form}" for test in tests]
    told = " ".join(f"{row.title}: {', then '.join(said for _, said in row.points)}." for row in rows)
    title = "How it went" if len(tests) == 1 else f"Before and after: {names[0]} and {names[1]}"
    table = [[row.title, *(f"{said} ({percent(share)})" for share, said in row.points)] for row in rows]
    return figure_shown(title, _drawn(rows, told), told, ("", *names), table)


def _rows(tests: list[Judged]) -> list[Row]:
    rows = []
    if all(one.found.unsound and one.found.sound for one in tests):
        caught = tuple((one.found.caught / one.found.unsound, f"{one.found.caught} of {one.found.unsound}") for one in tests)
        passed = [(one.found.sound - one.found.alarms, one.found.sound) for one in tests]
        rows.append(Row("Statements that do not hold: you flagged", caught))
        rows.append(Row("Statements that hold: you let pass", tuple((count / of, f"{count} of {of}") for count, of in passed)))
    if all(one.said for one in tests):
        rows.append(Row("How sure you were", tuple((one.sure / 100, f"{one.sure:.0f} %") for one in tests)))
        rows.append(Row("How often you were right then", tuple((one.fits / one.said, f"{one.fits} of {one.said}") for one in tests)))
    return rows


def _drawn(rows: list[Row], alt: str) -> Markup:
    parts = []
    for number, row in enumerate(rows):
        y = 32 + ROW * number
        parts += [words(0, y - 18, row.title, size=13, heavy=True), line((LEFT, y), (RIGHT, y), faint=True)]
        parts += [line((x, y - 4), (x, y + 4), faint=True) for x in (LEFT, (LEFT + RIGHT) / 2, RIGHT)]
        parts += _points(row.points, y)
    foot = 32 + ROW * len(rows) - 8
    parts += [words(LEFT, foot, "none", size=11, at="middle"), words(RIGHT, foot, "all", size=11, at="end")]
    parts.append(words(WIDTH / 2, foot, "ring: before · point: after" if len(rows[0].points) > 1 else "half", size=11, at="middle"))
    return drawing(foot + 6, alt, parts)


def _points(points: tuple[tuple[float, str], ...], y: float) -> list[Markup]:
    """The last point filled and the one before it a ring, so that they are told apart where they lie on each other."""
    places = [LEFT + (RIGHT - LEFT) * share for share, _ in points]
    start, end = places[0], places[-1]
    drawn = [dot(end, y, 5.5, filled=True)]
    if len(points) == 1:
        return [*drawn, _beside(end, y, points[0][1])]
    drawn.append(dot(start, y, RING, filled=False))
    if abs(end - start) > RING:
        drawn.append(line((start + RING if end > start else start - RING, y), (end, y), width=2))
    before, after = (said for _, said in points)
    if abs(end - start) < NEAR:
        return [*drawn, _beside((start + end) / 2, y, f"before {before}, after {after}")]
    return [*drawn, _beside(start, y, before), _beside(end, y, after)]


def _beside(x: float, y: float, said: str) -> Markup:
    """Words below a point, kept inside the drawing."""
    half = LETTER * len(said) / 2
    return words(min(max(x, half), WIDTH - half), y + 24, said, size=12, at="middle")
