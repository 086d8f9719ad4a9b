"""The sources that lessons cite: a table that authors write, and the page that readers open."""

import datetime
import re
from urllib.parse import urlsplit

import msgspec

from dateline.faults import load
from dateline.folders import course_folder

CITED = re.compile(r"SOURCES\.md#([a-z0-9-]+)")
"""How a notebook cites a source."""
INTRODUCTION = """# Sources

What the lessons say of the world rests on these pages and files. *Seen* says how much of each was read for this course. Addresses are
those at which a source was seen; some are copies in other papers. Where a page was seen as a stored excerpt and not whole, *seen* says so.
This page is made from `sources.toml` by `python3 course.py refresh`.
"""


PAGE = re.compile(r"[-_.\d]")
"""What the last part of a page's address has, and the name of an outlet, a section or a person mostly not."""
FRONT_PAGES = frozenset({"index.html", "index.htm", "index.php", "home.html", "default.aspx"})
PROFILES = frozenset({"x.com", "twitter.com", "facebook.com", "instagram.com", "t.me", "youtube.com", "threads.net", "github.com"})
"""Where the first part of an address is somebody's name, and only what follows it is a page."""


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


def names_a_page(url: str) -> bool:
    """Whether an address leads to one page, not to an outlet's front page, a section of it, or a profile."""
    address = urlsplit(url)
    host = address.netloc.partition(":")[0].removeprefix("www.").removeprefix("m.")
    parts = [part for part in address.path.split("/") if part]
    if address.scheme not in ("http", "https") or "." not in host:
        return False
    if host in PROFILES and len(parts) < 2:
        return False
    return bool(address.query) or bool(parts and parts[-1] not in FRONT_PAGES and PAGE.search(parts[-1]))


def sources_page() -> str:
    """The page that lessons link to, one heading for each source."""
    parts = [
        f"## {name}\n\n{entry.who}, {entry.date.day} {entry.date:%B %Y}: {entry.what}. Seen: {entry.seen}. <{entry.url}>\n"
        for name, entry in load_sources().items()
    ]
    return "\n".join([INTRODUCTION, *parts])
