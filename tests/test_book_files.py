"""The book as files, and Python as the book has it: what it says of every question is what the course says anywhere."""

import ast
import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from dateline import display
from dateline.answers import store
from dateline.answers.files import NotSavedError
from dateline.authoring.suite import found
from dateline.book import parts
from dateline.book.build import build, build_copy
from dateline.book.kept import Kept
from dateline.classroom.leaks import find_leaks, secrets
from dateline.cli import app
from dateline.faults import CourseError
from dateline.folders import course_folder
from dateline.lesson import answer

HERE = Path(__file__).parent / "book"
in_node = pytest.mark.skipif(not found("node"), reason="Python as the book has it runs in Node.js here, and there is none")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("book") / "out", site="https://example.org/course").folder


def in_book(book: Path, script: str, *words: str, pyodide: Path | None = None, **variables: str) -> Any:
    """What a script says where the book runs."""
    node = found("node")
    assert node
    command = [node, str(HERE / "python.mjs"), str(pyodide or book / "course" / "pyodide"), str(book), str(HERE / script), *words]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ | variables, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def here(script: str) -> Any:
    """What the same script says under this machine's Python, in a process of its own."""
    tree = ast.parse((HERE / script).read_text(encoding="utf-8"))
    last = tree.body[-1]
    assert isinstance(last, ast.Expr)
    words = f"{ast.unparse(ast.Module(tree.body[:-1], []))}\nprint({ast.unparse(last.value)})"
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@in_node
def test_every_question_says_the_same_in_the_book_as_anywhere(book: Path) -> None:
    ours = here("marks.py")
    assert len(ours) > 250
    assert in_book(book, "marks.py") == ours


@in_node
def test_every_page_shows_the_same_in_the_book_as_its_builder_saw(book: Path) -> None:
    """The book's Python has a trimmed library: whatever a page asks for is in it."""
    ours = here("shown.py")
    assert [name for name, shown in ours.items() if "could not be shown" in json.dumps(shown)] == []
    assert in_book(book, "shown.py") == ours


@in_node
def test_the_rules_hold_where_the_book_runs(book: Path) -> None:
    told = in_book(
        book,
        "units.py",
        "tests/rules",
        "tests/test_texts.py",
        pyodide=parts.ROOT / "node_modules" / "pyodide",
        COURSE=str(course_folder()),
        PACKAGES=sysconfig.get_paths()["purelib"],
    )
    assert told["failed"] == []
    assert told["ended"] == 0, told["said"]
    assert told["passed"] > 1000


def test_the_same_course_makes_the_same_book_and_a_book_is_made_anew(book: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    for _ in range(2):
        build(again, site="https://example.org/course/")
    files = {path.relative_to(book): path for path in sorted(book.rglob("*")) if path.is_file()}
    assert sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file()) == list(files)
    assert [name for name, path in files.items() if path.read_bytes() != (again / name).read_bytes()] == []
    assert list(tmp_path.iterdir()) == [again], "nothing is left beside it"


def test_nothing_but_a_book_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("ten years")
    with pytest.raises(CourseError, match=r"this is there already, and it is no book of this course\. Name another folder"):
        build(tmp_path)
    assert (tmp_path / "thesis.txt").read_text() == "ten years"


def test_the_book_is_small_enough_for_a_first_visit(book: Path) -> None:
    assert sum(path.stat().st_size for path in book.rglob("*") if path.is_file()) <= 16_000_000


class Links(HTMLParser):
    """The links, ids and scripts of a page."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(words)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        self.ids.update(filter(None, (given.get("id"), given.get("data-cell"))))
        self.links += [value for name in ("href", "src") if (value := given.get(name))]


def pages(book: Path) -> Iterator[tuple[str, Links]]:
    return ((path.name, Links(path.read_text(encoding="utf-8"))) for path in sorted(book.glob("*.html")))


def test_every_link_inside_the_book_leads_somewhere(book: Path) -> None:
    found = dict(pages(book))
    lost = []
    for name, page in found.items():
        for link in page.links:
            file, _, at = link.partition("#")
            if re.match(r"[a-z]+:", link):
                continue
            if not (book / (file or name)).is_file() or (at and at not in found[file or name].ids):
                lost.append(f"{name}: {link}")
    assert lost == []


def test_a_page_says_what_it_is_and_allows_nothing_but_its_own_files(book: Path) -> None:
    for name, page in pages(book):
        meta = {
            str(given.get("name") or given.get("property") or given.get("http-equiv")): given.get("content") or ""
            for tag, given in page.tags
            if tag == "meta"
        }
        assert meta["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self' 'wasm-unsafe-eval';"), name
        assert "unsafe-inline" not in meta["Content-Security-Policy"].split("style-src")[0]
        assert 40 < len(meta["description"]) <= 160, name
        assert meta["og:image"] == "https://example.org/course/course/picture.png"
        scripts = [given for tag, given in page.tags if tag == "script"]
        assert [given.get("type") for given in scripts] == ["module", "application/json"], name
        assert not [given for _, given in page.tags if any(key.startswith("on") for key in given)], name
        assert sum(tag == "h1" for tag, _ in page.tags) == 1, name
        assert next(given for tag, given in page.tags if tag == "html") == {"lang": "en"}
        canonical = next(given["href"] for tag, given in page.tags if tag == "link" and given.get("rel") == "canonical")
        assert canonical == f"https://example.org/course/{'' if name == 'index.html' else name}"
        images = [given for tag, given in page.tags if tag == "img"]
        assert all(given.get("alt") for given in images), name


def test_every_page_has_a_title_and_a_description_of_its_own(book: Path) -> None:
    titles = [re.findall("<title>(.*)</title>", path.read_text(encoding="utf-8"))[0] for path in sorted(book.glob("*.html"))]
    assert len(set(titles)) == len(titles)
    assert titles[1] == "0.2 Before you start · Reading the Dateline"


def test_the_service_knows_every_file_by_its_hash(book: Path) -> None:
    words = (book / "service.js").read_text(encoding="utf-8")
    listed = json.loads(re.findall(r"const FILES = (\{.*\});", words)[0])
    files = {path.relative_to(book).as_posix(): path for path in book.rglob("*") if path.is_file()}
    del files["service.js"]
    assert listed == {name: base64.b64encode(hashlib.sha256(path.read_bytes()).digest()).decode() for name, path in files.items()}


def test_the_book_for_a_class_holds_no_word_of_a_key_and_the_lessons_of_its_path_alone(tmp_path: Path) -> None:
    known = secrets()
    out = tmp_path / "out"
    said = build_copy(out, None, "", "newsroom", handout=True)
    assert "The book is in" in said
    inside = tmp_path / "inside"
    with zipfile.ZipFile(out / "course" / "course.zip") as course:
        course.extractall(inside)
    assert not (inside / "solutions").exists()
    assert find_leaks(out, known) == []
    assert find_leaks(inside, known) == []
    made = {path.stem for path in out.glob("*.html")}
    assert {"index", "sources", "21-two-kinds-of-hedge", "60-a-short-brief"} <= made
    assert "22-the-certainty-thermometer" not in made
    assert (out / "course" / "settings.js").read_text() == 'export default {"path":"newsroom"};\n'
    assert '"keys":false' in (out / "course" / "known.js").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "this folder lacks pyodide.mjs. Name the folder of Pyodide 314.0.7 as npm holds it."),
        (dict.fromkeys((*parts.PYODIDE, "pyodide-lock.json"), ""), "this folder lacks package.json."),
        (
            {**dict.fromkeys(parts.PYODIDE, "{}"), "pyodide-lock.json": '{"info": {}}', "package.json": '{"version": "0.1.0"}'},
            "this is Pyodide 0.1.0. The book is made for 314.0.7; name a folder with that.",
        ),
    ],
    ids=["an empty folder", "a folder without a version", "another version"],
)
def test_a_folder_that_is_no_pyodide_is_one_line(tmp_path: Path, files: dict[str, str], said: str) -> None:
    for name, words in files.items():
        (tmp_path / name).write_text(words)
    told = CliRunner().invoke(app, ["book", str(tmp_path / "out"), "--pyodide", str(tmp_path)])
    assert told.exit_code == 1
    assert said in told.output.replace("\n", " ")
    assert not (tmp_path / "out").exists()


def test_what_a_machine_lacks_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("package.json", "requirements-book.txt"):
        shutil.copyfile(parts.ROOT / name, tmp_path / name)
    monkeypatch.setattr(parts, "ROOT", tmp_path)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(
        CourseError, match=r"there is no npm here\. Install Node\.js 20 or newer with npm .* or give a folder with --pyodide"
    ):
        parts.pyodide_files(None)
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(CourseError, match=r"msgspec \S+ for browsers could not be fetched\. Connect to the internet and run this again"):
        parts.packages(None)


def test_a_copy_for_learners_says_where_the_book_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "ROOT", tmp_path)
    with pytest.raises(CourseError, match="Make the book in the whole course, not in a copy for learners"):
        parts.pyodide_files(None)


def test_what_the_browser_refuses_stays_in_the_page_and_is_told() -> None:
    kept = Kept()
    kept.taken({"1": "one"})
    kept.write("1", b"two")
    assert kept.given() == {"1": "two"}
    kept.take_back()
    assert kept.read("1") == b"one", "the browser did not keep it"
    kept.refused = "Full."
    with pytest.raises(NotSavedError, match=r"Full\."):
        kept.write("1", b"two")
    assert (kept.read("1"), kept.given()) == (b"two", {})
    kept.taken({})
    kept.refused = ""
    kept.write("1", b"three")
    assert kept.given() == {"1": "three"}


def test_a_document_that_cannot_be_read_is_kept_under_another_name() -> None:
    kept = Kept()
    kept.taken({"1": "{"})
    assert kept.set_aside("1", "it is cut off") == (
        "The answers of module 1 could not be read (it is cut off). They are kept beside the others; you can go on."
    )
    assert kept.given() == {"unreadable-1-1": "{", "1": ""}
    assert kept.modules() == []
    kept.taken({"1": "["})
    kept.set_aside("1", "it is cut off")
    assert kept.given() == {"unreadable-1-2": "[", "1": ""}


def test_who_shows_the_course_and_keeps_its_answers_is_the_same_after_a_book_was_made(tmp_path: Path) -> None:
    before = display.host(), store.stamp()
    build(tmp_path / "out")
    answer("predict-quotation", "heard")
    assert display.host() is before[0]
    assert store.stamp() != before[1]
    assert list((tmp_path / "answers").iterdir()), "the answer is where it would have been"
