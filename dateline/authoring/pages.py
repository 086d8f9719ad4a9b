"""Pages and pictures that are made from other files: which, and from what."""

from collections.abc import Iterator
from pathlib import Path

from dateline.authoring.kinds_page import kinds_page, schemas
from dateline.authoring.rooms import rooms_picture
from dateline.evidence.sources import sources_page
from dateline.folders import course_folder


def derived_pages() -> Iterator[tuple[Path, str]]:
    """Every such file with what should stand in it; those for maintainers only where the course has `docs`."""
    yield course_folder() / "data" / "SOURCES.md", sources_page()
    docs = course_folder() / "docs"
    if docs.is_dir():
        yield docs / "kinds.md", kinds_page()
        yield docs / "images" / "rooms.svg", str(rooms_picture())
        for name, schema in schemas().items():
            yield docs / "schema" / name, schema
