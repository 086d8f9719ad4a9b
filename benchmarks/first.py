"""The first edition, from before its lessons were pages: taken out of the repository, and opened with the same JupyterLab."""

import os
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page

sys.path[:0] = [str(Path(__file__).parents[1] / "tests" / "browser"), str(Path(__file__).parents[1] / "tests")]
from driver import Lab, Notebook  # noqa: E402

EDITION = "695b542"
RUN = "() => [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].every((one) => /\\d/.test(one.textContent))"
"""Every cell has a number, so it has run."""


class FirstEdition(Lab):
    """The first edition, with its own package."""

    def __init__(self, folder: Path) -> None:
        course = folder / "first-edition"
        course.mkdir(parents=True)
        packed = subprocess.run(["git", "archive", EDITION], cwd=Path(__file__).parent.parent, check=True, capture_output=True)
        subprocess.run(["tar", "-x", "-C", str(course)], input=packed.stdout, check=True)
        super().__init__(folder, course)

    def look(self) -> list[str]:
        """It had one way to be opened."""
        return []

    def variables(self) -> dict[str, str]:
        """Its package comes before this one."""
        return {**os.environ, "DATELINE_COURSE": str(self.course), "PYTHONPATH": str(self.course)}


def run_whole(page: Page, lab: FirstEdition, notebook: str) -> Notebook:
    """A notebook in a layout of its own after Run, Run All Cells, once all of it has run."""
    opened = Notebook(page, lab, notebook)
    page.wait_for_timeout(1000)  # Run All before the kernel listens clears a page and runs nothing
    opened.run_all()
    page.locator(".jp-Notebook form[data-exercise]").first.wait_for(timeout=60_000)
    page.wait_for_function(RUN, timeout=60_000)
    return opened
