"""Lay the reading view into an environment: everything in `environment/` goes to the same place below its root.

A wheel does the same by itself (`tool.flit.external-data`); `course.py open` does it for a course that was updated in place.
"""

import sys
from pathlib import Path

FILES = Path(__file__).parent / "environment"


def lay(prefix: Path = Path(sys.prefix)) -> list[Path]:
    """Copy what is missing or differs; returns what was written."""
    return [target for source in sorted(FILES.rglob("*")) if source.is_file() and (target := _copied(source, prefix))]


def _copied(source: Path, prefix: Path) -> Path | None:
    target, whole = prefix / source.relative_to(FILES), source.read_bytes()
    if target.is_file() and target.read_bytes() == whole:
        return None
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(whole)
    return target
