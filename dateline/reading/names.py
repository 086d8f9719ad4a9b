"""An IPython extension: a single cell of a page works, whichever was run before it.

Before a cell runs, the names of the course that it uses and nobody has defined are brought in. Notebooks that lie outside the
course's folder are left alone.
"""

import ast
import os
from pathlib import Path
from typing import Any

from dateline.authoring.shipped import FIGURES
from dateline.folders import NoCourseError, course_folder


def load_ipython_extension(shell: Any) -> None:
    """Listen to every cell that is about to run. Where the course is open as pages, its tools are brought in before the first is there."""
    shell.events.register("pre_run_cell", lambda info: bring_in(shell.user_ns, info.raw_cell))
    if os.environ.get("DATELINE_READING") == "1" and _in_course():
        from dateline import lesson  # noqa: F401
        from dateline.reading.live import serve

        serve()


def bring_in(names: dict[str, Any], source: str) -> None:
    """Add to `names` what `source` uses of the course and `names` lacks."""
    if not _in_course():
        return
    try:
        used = {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
    except (SyntaxError, ValueError, RecursionError):
        return
    wanted = used - names.keys()
    if wanted:
        from dateline import lesson

        names.update({name: getattr(lesson, name) for name in wanted.intersection(lesson.__all__)})
        wanted -= names.keys()
    if wanted & FIGURES:
        from dateline import figures  # needs matplotlib, which takes a second to import

        names.update({name: getattr(figures, name) for name in wanted & FIGURES})


def _in_course() -> bool:
    try:
        return Path.cwd().is_relative_to(course_folder().resolve())
    except (NoCourseError, OSError):  # there is no course here, or no folder any more
        return False
