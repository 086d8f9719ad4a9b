"""Ways through the course, as data: alone, in class, in a newsroom. Each adds up to its stated minutes."""

from functools import lru_cache
from pathlib import Path

import msgspec

from dateline.faults import fail, line_of, read_toml
from dateline.folders import course_folder, named
from dateline.kinds.questions import Beat


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
    path = course_folder() / "data" / "paths.toml"
    return _load(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _load(path: Path, _changed: int) -> dict[str, Route]:
    table, source = read_toml(path, named(path))
    routes = {}
    for name, entry in table.items():
        line = line_of(source, f"[{name}]")
        try:
            routes[name] = msgspec.convert(entry, Route)
        except msgspec.ValidationError as error:
            raise fail(named(path), line, str(error), "A path has title, minutes and parts; a part has title, minutes and steps") from None
        sums = [(part.title, part.minutes, sum(step.minutes for step in part.steps)) for part in routes[name].part]
        sums.append((routes[name].title, routes[name].minutes, sum(part.minutes for part in routes[name].part)))
        for title, stated, found in sums:
            if stated != found:
                raise fail(
                    named(path), line, f"{title}: its steps add up to {found} minutes, stated are {stated}", "Correct one of the two"
                )
    return routes
