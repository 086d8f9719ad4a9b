"""The named misconceptions: what a wrong choice may rest on, and what to think instead."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from dateline.faults import read_toml
from dateline.folders import course_folder, named


def misconceptions() -> dict[str, dict[str, Any]]:
    """The named misconceptions: id to `name` and `better`; raises `CourseError`."""
    path = course_folder() / "data" / "misconceptions.toml"
    return _misconceptions(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _misconceptions(path: Path, _changed: int) -> dict[str, dict[str, Any]]:
    return read_toml(path, named(path))[0]
