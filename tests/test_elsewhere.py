"""Opened any other way it is still a course: by a kernel that an editor starts, and by nbconvert."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager

from dateline.cards.widget import WIDGET_VIEW
from dateline.folders import course_folder
from dateline.reading.install import lay

NOTEBOOKS = course_folder() / "notebooks"
CALL = re.compile(r"(?m)^\w+\(")
PROMPT = "What do the quotation marks in this sentence promise you?"


@pytest.fixture(scope="module")
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BlockingKernelClient]:
    """A kernel as an editor starts one: in the notebook's folder, with the course's environment and none of its settings."""
    lay()
    manager = KernelManager()
    answers = tmp_path_factory.mktemp("answers")
    manager.start_kernel(cwd=str(NOTEBOOKS), env={**os.environ, "DATELINE_ANSWERS": str(answers), "PYTHONPATH": str(course_folder())})
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def said(kernel: BlockingKernelClient, source: str) -> list[dict[str, Any]]:
    """The forms of each output of a cell; an error is none of them and fails at once."""
    found: list[dict[str, Any]] = []

    def hear(message: dict[str, Any]) -> None:
        assert message["msg_type"] not in ("error", "stream"), message["content"]
        if message["msg_type"] in ("display_data", "execute_result"):
            found.append(message["content"]["data"])

    reply = kernel.execute_interactive(source, output_hook=hear, timeout=60, store_history=False)
    assert reply["content"]["status"] == "ok", reply["content"]
    return found


def test_one_cell_of_a_page_alone_shows_a_card_and_its_printed_form(kernel: BlockingKernelClient) -> None:
    (shown,) = said(kernel, 'exercise("predict-quotation")')
    assert WIDGET_VIEW in shown
    for form in ("text/html", "text/plain"):
        assert PROMPT in shown[form]
    assert "Widget" not in shown["text/plain"]


def test_a_lesson_from_top_to_bottom_shows_something_at_every_call(kernel: BlockingKernelClient) -> None:
    cells = nbformat.read(NOTEBOOKS / "11-who-is-speaking.ipynb", as_version=4).cells
    for cell in (cell for cell in cells if cell.cell_type == "code"):
        shown = said(kernel, cell.source)
        assert len(shown) == len(CALL.findall(cell.source)), cell.source
        assert all(forms["text/html"] and forms["text/plain"] for forms in shown), cell.source


def test_an_exported_page_is_the_printed_lesson(tmp_path: Path) -> None:
    lay()
    command = [sys.executable, "-m", "nbconvert", "--to", "html", "--execute", "--output-dir", str(tmp_path)]
    variables = {**os.environ, "DATELINE_ANSWERS": str(tmp_path / "answers"), "PYTHONPATH": str(course_folder())}
    done = subprocess.run(
        [*command, str(NOTEBOOKS / "11-who-is-speaking.ipynb")], env=variables, cwd=NOTEBOOKS, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "11-who-is-speaking.html").read_text(encoding="utf-8")
    assert page.count('aria-label="Exercise ') == 6
    assert PROMPT in page
    for stray in ("model not found", "Traceback", "NameError", WIDGET_VIEW):
        assert stray not in page, stray
    assert not list((tmp_path / "answers").glob("*.json"))
