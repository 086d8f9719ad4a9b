"""Ways through the course, as data: alone, in class, in a newsroom. Each adds up to its stated minutes."""

from collections.abc import Iterator

import msgspec

from dateline.faults import Place, load
from dateline.folders import course_folder
from dateline.kinds.base import Beat
from dateline.wording import counted


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A lesson, or the `beats` of it that are done here, or something else to do; in minutes. One of `instead` does as well."""

    minutes: int
    lesson: str = ""
    what: str = ""
    beats: tuple[Beat, ...] = ()
    instead: tuple[str, ...] = ()


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A module, a session or a sitting, with what is done at home after it."""

    title: str
    minutes: int
    steps: tuple[Step, ...]
    home: tuple[Step, ...] = ()


class Route(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A way through the course. `minutes` are those of its parts, homework not counted."""

    title: str
    minutes: int
    part: tuple[Part, ...]

    @property
    def steps(self) -> list[Step]:
        """Everything to do, in order, homework among it."""
        return [step for part in self.part for step in (*part.steps, *part.home)]


def load_routes() -> dict[str, Route]:
    """Every way through the course by its id; raises `CourseError` where minutes do not add up."""
    fix = "A path has title, minutes and parts; a part has title, minutes and steps"
    return load(course_folder() / "data" / "paths.toml", dict[str, Route], fix, _sums)


def _sums(routes: dict[str, Route]) -> Iterator[tuple[Place, str, str]]:
    """Minutes that do not add up."""
    for name, route in routes.items():
        sums = [
            ((name, "part", n), part.title, part.minutes, sum(step.minutes for step in part.steps)) for n, part in enumerate(route.part)
        ]
        for place, title, stated, found in [*sums, ((name,), route.title, route.minutes, sum(part.minutes for part in route.part))]:
            if stated != found:
                yield place, f"{title}: its steps add up to {counted(found, 'minute')}, stated are {stated}", "Correct one of the two"
