"""The stored notebooks are honest: run, printed, in the course's form, and compared by nbval."""

import ast
import itertools
import json
from pathlib import Path
from typing import Any

import nbformat
import pytest

from dateline.authoring.notebooks import CALL, KERNEL, WIDGET_VIEW, notebook_files, solve, solved_path
from dateline.folders import course_folder

NOTEBOOKS = notebook_files()
FORBIDDEN = ("%", "!", "import os", "pip ", "http://", "https://")


def read(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def code_cells(path: Path) -> list[dict[str, Any]]:
    return [cell for cell in read(path)["cells"] if cell["cell_type"] == "code"]


def source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


pytestmark = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: f"{path.parent.name}/{path.stem}")


def test_every_code_cell_has_been_run_in_order(path: Path) -> None:
    counts = [cell["execution_count"] for cell in code_cells(path)]
    assert counts == list(range(1, len(counts) + 1))


def test_no_output_holds_a_widget_view_and_every_exercise_its_printed_form(path: Path) -> None:
    assert WIDGET_VIEW not in path.read_text(encoding="utf-8")
    for cell in code_cells(path):
        call = CALL.match(source(cell))
        if call and call[1] == "exercise":
            assert any(f'aria-label="Exercise {call[2]}"' in "".join(output["data"]["text/html"]) for output in cell["outputs"])


def test_no_cell_failed_or_printed_a_stray_object(path: Path) -> None:
    kinds = {output["output_type"] for cell in code_cells(path) for output in cell["outputs"]}
    assert kinds <= {"display_data"}


def test_cells_are_short_plain_calls(path: Path) -> None:
    cells = [source(cell) for cell in code_cells(path)]
    assert max(len(cell.splitlines()) for cell in cells) <= 10
    for cell in cells:
        nodes = {type(node) for node in ast.walk(ast.parse(cell))}
        assert not nodes & {ast.ClassDef, ast.FunctionDef, ast.Lambda, ast.For, ast.While, ast.If}
        assert not any(word in cell for word in FORBIDDEN)


def test_one_title_and_headings_in_order(path: Path) -> None:
    cells = [source(cell) for cell in read(path)["cells"] if cell["cell_type"] == "markdown"]
    levels = [len(line) - len(line.lstrip("#")) for cell in cells for line in cell.splitlines() if line.startswith("#")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_a_sentence_stands_between_two_calls(path: Path) -> None:
    if path.parent.name == "solutions":
        return
    kinds = [cell["cell_type"] for cell in read(path)["cells"]]
    assert all(pair != ("code", "code") for pair in itertools.pairwise(kinds))


def test_paragraphs_are_short_and_calm(path: Path) -> None:
    for cell in read(path)["cells"]:
        if cell["cell_type"] == "markdown":
            for paragraph in source(cell).split("\n\n"):
                assert len(paragraph.split()) <= 90 or paragraph.startswith("| ")  # a table is none
                assert "!" not in paragraph


def test_metadata_is_only_what_the_course_stores(path: Path) -> None:
    notebook = read(path)
    assert notebook["metadata"] == KERNEL
    assert all(set(cell["metadata"]) <= {"tags"} for cell in notebook["cells"])
    assert all(not output.get("metadata") for cell in code_cells(path) for output in cell["outputs"])


def test_every_figure_has_alt_text_and_a_table(path: Path) -> None:
    for cell in code_cells(path):
        for output in cell["outputs"]:
            html = "".join(output.get("data", {}).get("text/html", ""))
            assert "image/png" not in output.get("data", {})
            if "<img" in html:
                assert 'alt=""' not in html
                assert '<img alt="' in html
                assert "<table>" in html


def test_a_solved_notebook_is_what_its_practice_notebook_makes(path: Path) -> None:
    if path.parent.name != "exercises":
        return
    made = solve(nbformat.read(path, as_version=4))
    stored = nbformat.read(solved_path(path), as_version=4)
    assert [(cell.id, cell.source) for cell in made.cells] == [(cell.id, cell.source) for cell in stored.cells]


def test_no_machine_path_is_stored(path: Path) -> None:
    words = path.read_text(encoding="utf-8")
    assert str(course_folder()) not in words
    assert str(Path.home()) + "/" not in words
