"""The capstone's rubric and three briefs at three levels, marked by it."""

from functools import lru_cache
from html import escape
from pathlib import Path

import msgspec

from dateline.display import show_both
from dateline.faults import fail, read_toml
from dateline.folders import course_folder, named
from dateline.html import table_html


class Criterion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One criterion: the points it can earn, and four levels from the lowest with the points of each and what it looks like."""

    name: str
    points: int
    levels: tuple[str, ...]
    earns: tuple[int, ...]


class Exemplar(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A brief, the level that it reaches on each criterion (from 0), and why."""

    title: str
    brief: str
    reached: tuple[int, ...]
    why: tuple[str, ...]


class Rubric(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The criteria, and the exemplars with the text that they are about."""

    about: str
    criterion: tuple[Criterion, ...]
    exemplar: tuple[Exemplar, ...]


def load_rubric() -> Rubric:
    """The rubric of `data/rubric.toml`; raises `CourseError`."""
    path = course_folder() / "data" / "rubric.toml"
    return _load(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _load(path: Path, _changed: int) -> Rubric:
    table, _ = read_toml(path, named(path))
    try:
        rubric = msgspec.convert(table, Rubric)
    except msgspec.ValidationError as error:
        raise fail(
            named(path), 1, str(error), "A criterion has name, points, levels, earns; an exemplar title, brief, reached, why"
        ) from None
    for one in rubric.criterion:
        if len(one.levels) != 4 or len(one.earns) != 4 or max(one.earns) != one.points:
            raise fail(named(path), 1, f"{one.name} has not four levels up to {one.points} points", "Give four levels and four numbers")
    for brief in rubric.exemplar:
        if not len(brief.reached) == len(brief.why) == len(rubric.criterion):
            raise fail(named(path), 1, f"{brief.title} is not marked on every criterion", "Give a level and a reason for each criterion")
    return rubric


def points(rubric: Rubric, reached: tuple[int, ...]) -> int:
    """The points of levels reached, out of 100."""
    return sum(one.earns[level] for one, level in zip(rubric.criterion, reached, strict=True))


def show_exemplars() -> None:
    """Three briefs with their marks on the page."""
    rubric = load_rubric()
    html, plain = [f"<p>{escape(rubric.about)}</p>"], [rubric.about]
    for one in rubric.exemplar:
        total = points(rubric, one.reached)
        rows = [
            [f"{criterion.name} ({criterion.points})", str(criterion.earns[level]), why]
            for criterion, level, why in zip(rubric.criterion, one.reached, one.why, strict=True)
        ]
        brief = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in one.brief.strip().split("\n\n"))
        html.append(
            f"<details><summary><strong>{escape(one.title)}: {total} of 100</strong></summary>"
            f'<blockquote style="font-family: Charter, Georgia, serif; max-width: 42rem">{brief}</blockquote>'
            f"{table_html(['criterion (points)', 'earned', 'why'], rows)}</details>"
        )
        plain += [f"{one.title}: {total} of 100", one.brief.strip()]
    show_both("<div>\n" + "\n".join(html) + "\n</div>", "\n\n".join(plain))
