"""The pages as they were shipped: which cells are unchanged, which of them only show, and how a page is brought back.

`data/pages.json` is written by `refresh` and holds a hash for every cell of every page. A copy of each page that fits it is kept in
`.lab/pages` when the course is opened; `course.py restore` takes it from there.
"""

import ast
import hashlib
import json
import shutil
from pathlib import Path
from typing import Any, TypeAlias

from dateline.folders import course_folder

PAGES = ("notebooks", "exercises")
"""Folders whose notebooks are pages of the course."""
FIGURES = frozenset(
    {"base_rate_strip", "calibration_plot", "certainty_histogram", "counts_by_year", "hall_drawing", "hedge_inventory", "reaction_matrix"}
    | {"source_chain", "voice_map"}
)
"""The figures by name, so that nobody has to import them to know which they are."""
SHOWS = FIGURES | {
    *("beside", "check", "compare", "ending", "exemplars", "exercise", "explore", "farewell", "form", "hand_in", "hint", "keepsake"),
    *("look_back", "passage", "progress", "reasons", "report", "result", "review", "solution", "workbench"),
}
"""The calls that show and write nothing: a page may make them by itself when it opens."""

Notebook: TypeAlias = dict[str, Any]
Cells: TypeAlias = dict[str, str]
"""Cell ids and the first 16 hex digits of the SHA-256 of their source, in the order of the page."""


def page_files() -> list[Path]:
    """The notebooks that are pages, in reading order."""
    return [path for folder in PAGES for path in sorted((course_folder() / folder).glob("*.ipynb"))]


def page_name(path: Path) -> str:
    """A page as the list of pages names it, such as `notebooks/00-start.ipynb`."""
    return path.resolve().relative_to(course_folder().resolve()).as_posix()


def source_of(cell: dict[str, Any]) -> str:
    """A cell's source as one string; a notebook's file may hold it as lines."""
    source = cell.get("source", "")
    return "".join(source) if isinstance(source, list) else str(source)


def cells_of(notebook: Notebook) -> Cells:
    """The hashes of a notebook's cells."""
    return {str(cell.get("id", "")): _hash(source_of(cell)) for cell in notebook.get("cells", [])}


def shipped() -> dict[str, Cells]:
    """Every page as it was shipped; empty for a course without a list of pages."""
    try:
        found = json.loads(_list_of_pages().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write_shipped(paths: list[Path]) -> Path | None:
    """Enter pages as they are now, and leave out those that are gone; returns the file if it had to be changed."""
    here = {page_name(path) for path in page_files()}
    entered = {page_name(path): cells_of(read_notebook(path)) for path in paths if path.parent.name in PAGES}
    whole = {name: cells for name, cells in sorted((shipped() | entered).items()) if name in here}
    after = json.dumps(whole, indent=1) + "\n"
    file = _list_of_pages()
    if file.exists() and file.read_text(encoding="utf-8") == after:
        return None
    file.write_text(after, encoding="utf-8", newline="\n")
    return file


def read_notebook(path: Path) -> Notebook:
    """A notebook's file as it is; an empty one if it cannot be read."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def shows_only(source: str) -> bool:
    """Whether code does nothing but bring in the course's names and make calls that show, with plain values."""
    try:
        statements = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError):
        return False
    return all(_brings_in(statement) or _shows(statement) for statement in statements)


def _brings_in(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.ImportFrom) and statement.module in ("dateline.lesson", "dateline.figures")


def _shows(statement: ast.stmt) -> bool:
    if not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call) and isinstance(statement.value.func, ast.Name)):
        return False
    call = statement.value
    values = [*call.args, *(keyword.value for keyword in call.keywords)]
    return statement.value.func.id in SHOWS and all(isinstance(value, ast.Constant) for value in values)


def code_as_shipped(notebook: Notebook, cells: Cells) -> dict[str, str]:
    """The sources, by cell id, of the code that is unchanged since it was shipped with the hashes `cells`."""
    code = [cell for cell in notebook.get("cells", []) if cell.get("cell_type") == "code"]
    sources = {str(cell.get("id", "")): source_of(cell) for cell in code}
    return {name: source for name, source in sources.items() if cells.get(name) == _hash(source)}


def keep_copies() -> None:
    """Keep a copy of every page that is as it was shipped, so that it can be brought back."""
    for name, cells in shipped().items():
        page, copy = course_folder() / name, _copy_of(name)
        if not is_as(copy, cells) and is_as(page, cells):
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(page, copy)


def changed_pages() -> list[str]:
    """The pages that are not as they were shipped, or are gone."""
    return [name for name, cells in shipped().items() if not is_as(course_folder() / name, cells)]


def is_as(page: Path, cells: Cells) -> bool:
    """Whether a notebook has these cells, in this order."""
    return list(cells_of(read_notebook(page)).items()) == list(cells.items())


def restore(name: str) -> Path | None:
    """Bring a page back as it was shipped. What was there is kept beside the copies, and its place is returned.

    Raises `FileNotFoundError` if there is no copy.
    """
    page, copy = course_folder() / name, _copy_of(name)
    if not is_as(copy, shipped().get(name, {})):
        raise FileNotFoundError(name)
    aside = None
    if page.exists():
        aside = _free_name(course_folder() / ".lab" / "changed" / page.name)
        aside.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(page, aside)
    page.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(copy, page)
    return aside


def _free_name(path: Path) -> Path:
    """The path, or the same with the first number that is free."""
    taken = (path.with_stem(f"{path.stem}-{number}") for number in range(2, 10_000))
    return path if not path.exists() else next(other for other in taken if not other.exists())


def _copy_of(name: str) -> Path:
    return course_folder() / ".lab" / "pages" / name


def _list_of_pages() -> Path:
    return course_folder() / "data" / "pages.json"


def _hash(source: str) -> str:
    return hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()[:16]
