"""Notebooks as files: run them afresh, keep the printed form of every card, and make the solved ones."""

import os
import re
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

from dateline.authoring.pages import derived_pages
from dateline.authoring.shipped import write_shipped
from dateline.folders import course_folder

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
FOLDERS = ("notebooks", "exercises", "solutions")
KERNEL = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
CALL = re.compile(r'^(exercise|check)\("([^"]+)"\)$')
IMPORT = "from dateline.lesson import "
SOLVED_NOTE = (
    "This notebook is made by `python3 course.py refresh` from the practice notebook of the same name and the keys. Change those, not this."
)


def notebook_files(*folders: str) -> list[Path]:
    """The notebooks of the course, in reading order."""
    root = course_folder()
    return [path for folder in folders or FOLDERS for path in sorted((root / folder).glob("*.ipynb"))]


def keep_printed_form(model: dict[str, Any], **_: Any) -> None:
    """Jupyter's hook before a notebook is saved: drop widget views, so that a notebook opened later shows the printed question."""
    if model.get("type") == "notebook" and model.get("content"):
        strip_widgets(model["content"])


def strip_widgets(notebook: dict[str, Any]) -> None:
    """Take widget views out of outputs that have a printed form too, and widget state out of the notebook."""
    notebook.get("metadata", {}).pop("widgets", None)
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            if "text/html" in output.get("data", {}):
                output["data"].pop(WIDGET_VIEW, None)


def refresh(only: list[Path] | None = None) -> list[Path]:
    """Make the solved notebooks and the derived pages, run every notebook in a fresh kernel with no answers; returns what changed."""
    wanted = only or [*notebook_files(), *(solved_path(path) for path in notebook_files("exercises") if (solutions_folder()).is_dir())]
    with no_answers(), ThreadPoolExecutor(max_workers=2) as pool:
        changed = list(pool.map(_refreshed, dict.fromkeys(wanted)))
    changed += [write_changed(path, words) for path, words in derived_pages()] if only is None else []
    changed.append(write_shipped(wanted))
    return [path for path in changed if path]


def _refreshed(path: Path) -> Path | None:
    return write_changed(path, fresh(path))


def write_changed(path: Path, after: str) -> Path | None:
    """Write a text file where it is not so already; returns the path if it had to be changed."""
    if path.exists() and path.read_text(encoding="utf-8") == after:
        return None
    path.parent.mkdir(exist_ok=True)
    path.write_text(after, encoding="utf-8", newline="\n")
    return path


def fresh(path: Path) -> str:
    """The notebook's file as a run in a fresh kernel leaves it. A solved notebook is made anew from its practice notebook."""
    practice = course_folder() / "exercises" / path.name
    solved = path.parent == solutions_folder() and practice.exists()
    notebook = solve(nbformat.read(practice, as_version=4)) if solved else nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook, timeout=120, kernel_name="python3", store_widget_state=False, resources={"metadata": {"path": str(path.parent)}}
    )
    client.create_kernel_manager().transport_encryption = "auto"  # else it warns that other accounts could listen
    client.execute()
    normalise(notebook)
    nbformat.validate(notebook)
    return str(nbformat.writes(notebook)) + "\n"


def normalise(notebook: Any) -> None:
    """Leave only what the course means to store, so that a difference shows only what changed."""
    strip_widgets(notebook)
    notebook.metadata = nbformat.from_dict(KERNEL)
    notebook.nbformat_minor = 5
    for cell in notebook.cells:
        tags = cell.metadata.get("tags")
        cell.metadata = nbformat.from_dict({"tags": tags} if tags else {})
        for output in cell.get("outputs", []):
            if "metadata" in output:
                output.metadata = nbformat.from_dict({})


def solutions_folder() -> Path:
    """Where keys and solved notebooks are."""
    return course_folder() / "solutions"


def solved_path(practice: Path) -> Path:
    """The solved notebook of a practice notebook."""
    return solutions_folder() / practice.name


def solve(practice: Any) -> Any:
    """A practice notebook with the solution of each exercise after its card."""
    solved = nbformat.v4.new_notebook()
    for cell in practice.cells:
        call = CALL.match(cell.source) if cell.cell_type == "code" else None
        if call and call[1] == "check":
            continue
        solved.cells.append(_copy(cell))
        if call:
            solved.cells.append(nbformat.v4.new_code_cell(f'solution("{call[2]}")', id=f"{cell.id}-solution"[:64]))
    solved.cells.insert(1, nbformat.v4.new_markdown_cell(SOLVED_NOTE, id="solved-note"))
    return solved


def _copy(cell: Any) -> Any:
    made = nbformat.from_dict({**cell, "metadata": {}})
    if cell.cell_type == "code":
        made.outputs, made.execution_count = [], None
        _, head, names = cell.source.partition(IMPORT)
        if head:
            made.source = head + ", ".join(sorted({*names.split(", "), "solution"} - {"check"}))
    return made


@contextmanager
def no_answers() -> Iterator[None]:
    """An empty answer folder, and none of this account's own settings of IPython, for as long as this lasts."""
    before = dict(os.environ)
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(DATELINE_ANSWERS=str(Path(folder) / "answers"), IPYTHONDIR=str(Path(folder) / "ipython"))
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)
