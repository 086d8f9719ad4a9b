"""The reading view without a browser: what a page may run, what is as it was shipped, what the frame knows, how the course closes."""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest
from typer.testing import CliRunner

import dateline.figures
import dateline.lesson
from dateline.answers.attempts import open_exercise, save
from dateline.authoring import shipped
from dateline.authoring.notebooks import notebook_files
from dateline.cli import app
from dateline.display import as_it_is
from dateline.folders import course_folder
from dateline.html import Markup
from dateline.reading import course, live
from dateline.reading.install import lay
from dateline.reading.names import bring_in


def test_the_list_of_pages_is_that_of_the_notebooks() -> None:
    now = {shipped.page_name(path): shipped.cells_of(shipped.read_notebook(path)) for path in notebook_files("notebooks", "exercises")}
    assert shipped.shipped() == now, "run: course.py refresh"


@pytest.mark.parametrize(
    ("source", "shows"),
    [
        ("from dateline.lesson import exercise, passage\nfrom dateline.figures import voice_map", True),
        ('exercise("predict-quotation")', True),
        ('voice_map("article", "voices-p4")', True),
        ('passage("article", "p1")\nreview(count=3)', True),
        ('answer("tour", "nobody")', False),
        ('exercise(open("x", "w"))', False),
        ('exercise("a"); import os', False),
        ("from os import system", False),
        ("from dateline.answers.store import hand_in", False),
        ("exercise = 1", False),
        ("(exercise)('a' +", False),
    ],
)
def test_only_calls_that_show_are_made_by_a_page_itself(source: str, shows: bool) -> None:
    assert shipped.shows_only(source) is shows


def test_a_page_may_make_every_call_of_the_course_but_the_one_that_answers() -> None:
    assert set(dateline.figures.__all__) == shipped.FIGURES
    assert {*dateline.lesson.__all__, *dateline.figures.__all__} - {"answer"} == shipped.SHOWS


def test_nothing_that_a_page_runs_by_itself_writes(answers: Path) -> None:
    for name, page in course.known()["pages"].items():
        names: dict[str, Any] = {}
        for source in page["live"].values():
            exec(source, names)
        assert not list(answers.glob("*")), name


def test_every_part_of_every_page_runs_by_itself() -> None:
    for name, page in course.known()["pages"].items():
        code = [cell["id"] for cell in shipped.read_notebook(course_folder() / name)["cells"] if cell["cell_type"] == "code"]
        assert code == list(page["live"]), name


def a_page(source: str = 'exercise("a")') -> str:
    cells = [nbformat.v4.new_markdown_cell("# A page", id="title"), nbformat.v4.new_code_cell(source, id="first")]
    return str(nbformat.writes(nbformat.v4.new_notebook(cells=cells)))


@pytest.fixture
def page(small_course: Any) -> Path:
    root: Path = small_course({"notebooks/01-page.ipynb": a_page()})
    shipped.write_shipped([root / "notebooks" / "01-page.ipynb"])
    shipped.keep_copies()
    return root / "notebooks" / "01-page.ipynb"


def test_a_changed_page_is_brought_back_and_what_was_there_is_kept(page: Path) -> None:
    before = page.read_bytes()
    page.write_text(a_page("print(1)"), encoding="utf-8")
    assert shipped.changed_pages() == ["notebooks/01-page.ipynb"]
    told = CliRunner().invoke(app, ["restore"])
    assert told.exit_code == 0
    assert told.stdout == ("notebooks/01-page.ipynb is as it was shipped. What was there is kept in .lab/changed/01-page.ipynb.\n")
    assert page.read_bytes() == before
    assert "print(1)" in (course_folder() / ".lab" / "changed" / "01-page.ipynb").read_text(encoding="utf-8")
    assert CliRunner().invoke(app, ["restore"]).stdout == "Every page is as it was shipped.\n"


def test_a_page_that_was_deleted_is_brought_back(page: Path) -> None:
    before = page.read_bytes()
    page.unlink()
    assert CliRunner().invoke(app, ["restore", "01-page.ipynb"]).stdout == "notebooks/01-page.ipynb is as it was shipped.\n"
    assert page.read_bytes() == before


def test_a_page_without_a_copy_and_a_page_that_never_was_are_told(page: Path) -> None:
    (course_folder() / ".lab" / "pages" / "notebooks" / "01-page.ipynb").unlink()
    page.write_text(a_page("print(1)"), encoding="utf-8")
    told = CliRunner().invoke(app, ["restore", "01-page"])
    assert told.exit_code == 1
    assert "There is no copy of notebooks/01-page.ipynb as it was shipped." in told.stderr
    assert "There is no page 'nowhere'." in CliRunner().invoke(app, ["restore", "nowhere"]).stderr


def test_a_changed_page_is_not_kept_as_the_copy(page: Path) -> None:
    page.write_text(a_page("print(1)"), encoding="utf-8")
    shipped.keep_copies()
    assert shipped.restore("notebooks/01-page.ipynb") is not None
    assert "print(1)" not in page.read_text(encoding="utf-8")


def test_a_cell_finds_the_names_of_the_course_and_keeps_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(course_folder() / "notebooks")
    names: dict[str, Any] = {"passage": "mine"}
    bring_in(names, 'exercise("a"); passage("b"); voice_map("c"); other("d")')
    assert {name for name in names if not name.startswith("_")} == {"exercise", "passage", "voice_map"}
    assert names["passage"] == "mine"
    assert names["exercise"].__module__ == "dateline.lesson"


def test_a_notebook_outside_the_course_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    bring_in(names, 'exercise("a")')
    assert names == {}


def test_the_reading_view_is_laid_into_an_environment_and_written_again_only_where_it_differs(tmp_path: Path) -> None:
    written = {path.relative_to(tmp_path).as_posix() for path in lay(tmp_path)}
    assert {
        "share/jupyter/labextensions/dateline/package.json",
        "share/jupyter/labextensions/dateline/static/entry.js",
        "etc/jupyter/jupyter_server_config.d/dateline.json",
        "etc/ipython/ipython_kernel_config.json",
    } <= written
    assert lay(tmp_path) == []
    entry = tmp_path / "share/jupyter/labextensions/dateline/static/entry.js"
    entry.write_text("old", encoding="utf-8")
    assert lay(tmp_path) == [entry]


def test_the_frame_says_where_the_learner_stands() -> None:
    before = course.standing()
    assert before["next"] == "notebooks/01-cold-read.ipynb"
    assert [part["title"] for part in before["parts"]][:3] == ["", "Before", "1 Sourcing"]
    listed = [page["page"] for part in before["parts"] for page in part["pages"]]
    assert sorted(listed) == sorted(shipped.shipped()), "every page is on the map once"
    save(open_exercise("predict-quotation"), "reporter")
    entry = next(page for part in course.standing()["parts"] for page in part["pages"] if page["number"] == "1.1")
    assert (entry["done"], entry["of"]) == (1, 6)


def test_whoever_listens_is_told_after_a_saved_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    class Ear:
        comm_id = "ear"

        def __init__(self) -> None:
            self.heard: list[Any] = []

        def on_close(self, call: Any) -> None:
            self.closed = call

        def send(self, data: Any) -> None:
            self.heard.append(data["standing"])

    ear = Ear()
    live.serve()
    live.serve()
    live._opened(ear, {})
    save(open_exercise("predict-quotation"), "reporter")
    assert len(ear.heard) == 2
    assert ear.heard[0] != ear.heard[1]
    ear.closed({})
    save(open_exercise("predict-quotation"), "exact")
    assert len(ear.heard) == 2


def test_search_and_terms_are_plain_words() -> None:
    sections = course.words()
    worked = next(one for one in sections if one["page"].endswith("11-who-is-speaking.ipynb") and one["head"] == "A worked step")
    assert "We call the answer the voice." in worked["words"]
    assert not any("Run All Cells" in one["words"] for one in sections)
    voice = next(term for term in course.known()["terms"] if term["term"] == "voice")
    assert voice["plain"] == "who is speaking"


def test_html_on_a_page_is_passed_over_by_both_readers_of_formulas() -> None:
    classes = re.match(r'<div class="([^"]+)">', as_it_is(Markup("<p>$5 bn and $3 bn</p>")))
    assert classes
    assert classes[1].split() == ["mathjax_ignore", "tex2jax_ignore"]


def opened(folder: Path) -> subprocess.Popen[str]:
    """The course, open on a free port, with its first lines read."""
    command = [sys.executable, "-m", "dateline", "open", "--no-browser", "--answers", str(folder / "answers")]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=dict(os.environ), start_new_session=True
    )


def children_with_a_kernel(pid: int) -> list[psutil.Process]:
    """Every process that a course has started, once the kernel that waits for the first page is among them."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with contextlib.suppress(psutil.NoSuchProcess):  # one of them has ended meanwhile
            started: list[psutil.Process] = psutil.Process(pid).children(recursive=True)
            if any("ipykernel_launcher" in " ".join(child.cmdline()) for child in started):
                return started
        time.sleep(0.2)
    raise AssertionError("no kernel was started")


@pytest.mark.parametrize("ended_by", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_course_closes_at_once_with_all_it_started_and_says_that_all_is_saved(tmp_path: Path, ended_by: signal.Signals) -> None:
    process = opened(tmp_path)
    assert process.stdout
    lines = [process.stdout.readline() for _ in range(5)]
    assert re.search(r"http://localhost:\d+/lab/workspaces/course\?token=", lines[2])
    started = children_with_a_kernel(process.pid)
    process.send_signal(ended_by)
    assert process.stdout.read() == "\nClosed. Every answer that you gave is saved.\n"
    assert process.wait(10) == 0
    _, alive = psutil.wait_procs(started, timeout=5)
    assert not alive


def test_the_handout_holds_what_the_reading_view_needs() -> None:
    from dateline.classroom.handout import PACKAGE

    suffixes = {path.suffix for path in (course_folder() / "dateline" / "reading").rglob("*") if path.is_file() and path.suffix != ".pyc"}
    assert suffixes - {".ts"} <= set(PACKAGE), "types are for whoever changes the JavaScript"
    assert json.loads((course_folder() / "data" / "pages.json").read_text(encoding="utf-8"))
