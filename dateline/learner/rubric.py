"""The capstone's rubric and three briefs at three levels, marked by it."""

from collections.abc import Iterator

import msgspec

from dateline.display import show_both
from dateline.faults import Place, load
from dateline.folders import course_folder
from dateline.html import html, join, table_html
from dateline.wording import counted


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
    fix = "A criterion has name, points, levels, earns; an exemplar title, brief, reached, why"
    return load(course_folder() / "data" / "rubric.toml", Rubric, fix, _faults)


def _faults(rubric: Rubric) -> Iterator[tuple[Place, str, str]]:
    for number, one in enumerate(rubric.criterion):
        if len(one.levels) != 4 or len(one.earns) != 4 or max(one.earns) != one.points:
            what = f"{one.name} has not four levels up to {counted(one.points, 'point')}"
            yield ("criterion", number), what, "Give four levels and four numbers"
    for number, brief in enumerate(rubric.exemplar):
        if not len(brief.reached) == len(brief.why) == len(rubric.criterion):
            fix = "Give a level and a reason for each criterion"
            yield ("exemplar", number), f"{brief.title} is not marked on every criterion", fix


def points(rubric: Rubric, reached: tuple[int, ...]) -> int:
    """The points of levels reached, out of 100."""
    return sum(one.earns[level] for one, level in zip(rubric.criterion, reached, strict=True))


def show_exemplars() -> None:
    """Three briefs with their marks on the page."""
    rubric = load_rubric()
    parts, plain = [html("<p>{}</p>", rubric.about)], [rubric.about]
    for one in rubric.exemplar:
        total = points(rubric, one.reached)
        rows = [
            [f"{criterion.name} ({criterion.points})", str(criterion.earns[level]), why]
            for criterion, level, why in zip(rubric.criterion, one.reached, one.why, strict=True)
        ]
        brief = join((html("<p>{}</p>", paragraph) for paragraph in one.brief.strip().split("\n\n")), "")
        parts.append(
            html(
                "<details><summary><strong>{}: {} of 100</strong></summary>"
                '<blockquote style="font-family: Charter, Georgia, serif; max-width: 42rem">{}</blockquote>{}</details>',
                one.title,
                total,
                brief,
                table_html(["criterion (points)", "earned", "why"], rows),
            )
        )
        plain += [f"{one.title}: {total} of 100", one.brief.strip()]
    show_both(html("<div>\n{}\n</div>", join(parts)), "\n\n".join(plain))
