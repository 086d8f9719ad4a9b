"""The sources that lessons cite: a table that authors write, and the page that readers open."""

import datetime
import re
from functools import lru_cache
from pathlib import Path

import msgspec

from dateline.faults import fail, line_of, read_toml
from dateline.folders import course_folder, named

CITED = re.compile(r"SOURCES\.md#([a-z0-9-]+)")
"""How a notebook cites a source."""
INTRODUCTION = """# Sources

What the lessons say of the world rests on these pages and files. *Seen* says how much of each was read for this course. Addresses are
those at which a source was seen; some are copies in other papers, and a few are only the front page of an outlet. This page is made from
`sources.toml` by `python3 course.py refresh`.
"""


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who published what, when, where, and how much of it was read."""

    who: str
    date: datetime.date
    what: str
    url: str
    seen: str


def load_sources() -> dict[str, Source]:
    """Every source by its id; raises `CourseError`."""
    path = course_folder() / "data" / "sources.toml"
    return _load(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _load(path: Path, _changed: int) -> dict[str, Source]:
    table, source = read_toml(path, named(path))
    found = {}
    for name, entry in table.items():
        try:
            found[name] = msgspec.convert(entry, Source)
        except msgspec.ValidationError as error:
            raise fail(named(path), line_of(source, f"[{name}]"), str(error), "Give who, date, what, url and seen") from None
    return found


def sources_page() -> str:
    """The page that lessons link to, one heading for each source."""
    parts = [
        f"## {name}\n\n{entry.who}, {entry.date.day} {entry.date:%B %Y}: {entry.what}. Seen: {entry.seen}. <{entry.url}>\n"
        for name, entry in load_sources().items()
    ]
    return "\n".join([INTRODUCTION, *parts])
