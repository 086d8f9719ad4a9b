"""The sources that lessons cite: a table that authors write, and the page that readers open."""

import datetime
import re

import msgspec

from dateline.faults import load
from dateline.folders import course_folder

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
    return load(course_folder() / "data" / "sources.toml", dict[str, Source], "Give who, date, what, url and seen")


def sources_page() -> str:
    """The page that lessons link to, one heading for each source."""
    parts = [
        f"## {name}\n\n{entry.who}, {entry.date.day} {entry.date:%B %Y}: {entry.what}. Seen: {entry.seen}. <{entry.url}>\n"
        for name, entry in load_sources().items()
    ]
    return "\n".join([INTRODUCTION, *parts])
