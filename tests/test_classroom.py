"""What a teacher hands out and prints: nothing of a key goes out, and every page of the kit is whole."""

import html
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.classroom import handout
from dateline.classroom.handout import LeakError, make_handout
from dateline.classroom.kit import make_kit, sheets
from dateline.classroom.leaks import find_leaks, secrets, views
from dateline.classroom.slides import Block, grouped, spoken
from dateline.faults import CourseError
from dateline.folders import course_folder
from dateline.kinds.cells import ChooseKey
from dateline.learner.record import stems

# ---- what goes out -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> handout.Handout:
    return make_handout(tmp_path_factory.mktemp("out") / "copy")


def test_the_learners_copy_has_no_keys_and_starts(copy: handout.Handout, tmp_path: Path) -> None:
    assert not (copy.folder / "solutions").exists()
    assert find_leaks(copy.folder, secrets()) == []
    assert len(secrets()) > 2800
    assert any("nine years without one stand side by side" in secret for secret in secrets()), "the keys of cards that come back are secret"
    code = "from dateline.lesson import check, progress, solution; solution('voices-p4'); progress()"
    variables = {**os.environ, "DATELINE_COURSE": str(copy.folder), "DATELINE_ANSWERS": str(tmp_path), "PYTHONPATH": str(copy.folder)}
    told = subprocess.run([sys.executable, "-c", code], env=variables, capture_output=True, text=True, cwd=copy.folder, check=True)
    assert "Traceback" not in told.stderr
    manifest = json.loads((copy.folder / "manifest.json").read_text())
    assert set(manifest["files"]) == {
        path.relative_to(copy.folder).as_posix() for path in copy.folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    } - {"manifest.json"}
    with zipfile.ZipFile(copy.archive) as packed:
        assert len(packed.namelist()) == copy.files


def test_a_leak_is_found_in_every_form_it_can_take(tmp_path: Path) -> None:
    secret = next(iter(sorted(secrets(), key=len)[900:]))
    spoken = secret.capitalize()
    import base64
    import zlib

    chunk = b"Comment\0\0" + zlib.compress(spoken.encode())
    png = b"\x89PNG\r\n\x1a\n" + len(chunk).to_bytes(4, "big") + b"zTXt" + chunk + b"\0\0\0\0"
    forms: dict[str, bytes] = {
        "plain.txt": spoken.encode(),
        "wide.txt": spoken.encode("utf-16"),
        "page.html": spoken.replace(" ", " <b>", 1).replace(" ", "&#32;").encode(),
        "escaped.json": json.dumps({"a": ["first line\n", spoken]}, ensure_ascii=True).encode(),
        "cell.ipynb": json.dumps({"source": [spoken[:10], spoken[10:]]}).encode(),
        "picture.png": png,
        "inside.html": b'<img src="data:image/png;base64,' + base64.b64encode(png) + b'">',
    }
    for name, raw in forms.items():
        (tmp_path / name).write_bytes(raw)
    with zipfile.ZipFile(tmp_path / "packed.zip", "w") as packed:
        packed.writestr("a/b.txt", spoken)
    assert {leak.file for leak in find_leaks(tmp_path, frozenset({secret}))} == {*forms, "packed.zip"}


@given(st.binary(max_size=300))
def test_any_bytes_can_be_searched(raw: bytes) -> None:
    list(views(raw))


def test_a_copy_that_would_leak_is_not_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handout, "README", "The key says: " + max(secrets(), key=len))
    with pytest.raises(LeakError, match=r"README\.md"):
        make_handout(tmp_path / "copy")
    assert list(tmp_path.iterdir()) == []


def test_a_path_or_some_lessons_make_a_smaller_copy(tmp_path: Path) -> None:
    made = make_handout(tmp_path / "few", lessons=("1.2", "1.1"))
    assert made.lessons == ("0", "1.1", "1.2")
    assert not (made.folder / "exercises/module-1.ipynb").exists()
    assert not (made.folder / "data/texts/tb.txt").exists()
    again = sorted(path.name for path in (made.folder / "exercises" / "review").iterdir())
    assert again == ["11-who-is-speaking.toml", "12-where-did-it-come-from.toml"], "a card comes back only where its lesson is"
    with pytest.raises(CourseError, match=r"there is no lesson 9\.9"):
        make_handout(tmp_path / "none", lessons=("9.9",))
    with pytest.raises(CourseError, match="there already"):
        make_handout(tmp_path / "few")


# ---- what the teacher prints ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("print") / "kit"
    make_kit(place)
    return place


def test_the_kit_needs_nothing_beside_it(printed: Path) -> None:
    names = {path.relative_to(printed).as_posix() for path in printed.rglob("*.html")}
    assert {f"slides/session-{number}.html" for number in range(1, 7)} < names
    assert {"rubric.html", "answer-key.html", "six-questions.html", "sheet-marks.html", "sheet-source-chain.html"} < names
    assert (printed / "bench-card.html").read_text(encoding="utf-8").count("<h2") == 7, "seven points for the desk"
    for name in names:
        before_code = (printed / name).read_text(encoding="utf-8").partition("<script>")[0]
        assert not re.search(r'(?:src|href)="(?!data:|#)', before_code), name
        assert before_code.count("<img") == before_code.count('<img alt="'), name
    with pytest.raises(CourseError, match="something in this folder already"):
        make_kit(printed)


def test_the_key_has_contents_and_every_reason(printed: Path) -> None:
    page = (printed / "answer-key.html").read_text(encoding="utf-8")
    for target in re.findall(r'<a href="#([^"]+)"', page):
        assert f'<section id="{target}">' in page
    assert page.count('<a href="#lesson-') == page.count('<section id="lesson-') > 25
    shown = " ".join(re.sub(r"<[^>]+>", " ", html.unescape(page)).split())
    for stem in stems():
        for key in (stem.keys or {}).values():
            if isinstance(key, ChooseKey):
                assert all(" ".join(why.split()) in shown for why in key.why.values())


def test_the_kit_of_one_session_has_its_lessons_alone(tmp_path: Path) -> None:
    make_kit(tmp_path / "three", 3)
    page = (tmp_path / "three" / "answer-key.html").read_text(encoding="utf-8")
    assert re.findall(r'<section id="lesson-([^"]+)"', page) == ["2.1", "2.2", "2.3", "2.4"]
    assert [path.name for path in (tmp_path / "three" / "slides").iterdir()] == ["session-3.html"]
    with pytest.raises(CourseError, match=r"--session: there is no session 9\. There are: 0, 1, 2, 3, 4, 5, 6\."):
        make_kit(tmp_path / "nine", 9)


def test_the_rubric_of_the_kit_is_the_one_that_teachers_read(printed: Path) -> None:
    page = (printed / "rubric.html").read_text(encoding="utf-8")
    assert "How to mark one brief in ten minutes" in page
    assert "21–<strong>25</strong>" in page
    assert page.count('<th scope="row">') == 6


def test_slides_never_speak_of_running_and_hold_no_reason(printed: Path) -> None:
    known = frozenset(words for words in secrets() if len(words.split()) > 8)
    assert find_leaks(printed / "slides", known) == [], "slides are shown to learners"
    for path in (printed / "slides").iterdir():
        words = re.sub(r"<[^>]+>", " ", path.read_text(encoding="utf-8").partition("<script>")[0])
        assert not re.search(r"Shift\+Enter|Run All|(?:next|this) cell|[Rr]un (?:it|the|this) ", words), path.name


def test_prose_loses_what_tells_a_reader_to_run_something() -> None:
    source = "## Look\n\nHere is a figure. The next cell brings it in.\n\nChoose *Run*, then *Run All Cells*, once."
    assert spoken(source) == "## Look\n\nHere is a figure."
    assert spoken("Three kinds of cell are in it.") == "Three kinds of cell are in it."
    assert spoken("Run the next cell again when you have answered both.") == ""


def test_prose_figure_and_reading_are_one_slide_and_a_heading_begins_another() -> None:
    def prose(count: int, head: bool = False, reads: bool = False) -> Block:
        return Block("p", count, head, reads)

    figure, card = Block("f"), Block("c", card=True)
    intro, reading = prose(20), prose(90, reads=True)
    assert grouped([intro, figure, reading]) == [[intro, figure, reading]]
    assert grouped([intro, figure, prose(20), figure]) == [[intro, figure], [prose(20), figure]]
    assert grouped([intro, card, reading]) == [[intro, card], [reading]], "what follows a card does not stand beside its question"
    assert grouped([prose(20, head=True), prose(20, head=True)]) == [[prose(20, head=True)], [prose(20, head=True)]]
    assert grouped([prose(59), prose(20)]) == [[prose(59), prose(20)]]
    assert grouped([prose(60), prose(20)]) == [[prose(60)], [prose(20)]]
    assert grouped([prose(60), card]) == [[prose(60)], [card]]
    assert grouped([prose(60), figure]) == [[prose(60), figure]]


def test_a_copy_without_plans_or_tests_says_so_in_a_line(copy: handout.Handout, tmp_path: Path) -> None:
    variables = {**os.environ, "DATELINE_COURSE": str(copy.folder), "PYTHONPATH": str(copy.folder)}
    for words, said in (
        (["kit", str(tmp_path / "kit")], "kit: this copy of the course holds no keys and no plans, so there is no kit to print."),
        (["test"], "This copy of the course holds no tests."),
        (["grade", str(tmp_path), "--out", str(tmp_path / "out")], "solutions: there are no keys in this copy, so nothing can be graded."),
    ):
        run = [sys.executable, "-m", "dateline", *words]
        told = subprocess.run(run, env=variables, capture_output=True, text=True, cwd=copy.folder, check=False)
        assert told.returncode == 1
        assert told.stderr.startswith(said), told.stderr
        assert told.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_every_plan_adds_up_and_says_where_its_cards_are() -> None:
    where = {
        question.id: f"practice {stem.lesson.module}" if question.beat == "practice" else stem.lesson.lesson
        for stem in stems()
        for question in stem.lesson.question
    }
    plans = sorted((course_folder() / "teaching").rglob("*.md"))
    for path in plans:
        text = path.read_text(encoding="utf-8")
        named = set(re.findall(r"`([a-z0-9]+(?:-[a-z0-9]+)+)`", text))
        assert named <= set(where), (path.name, named - set(where))
        for sheet in re.findall(r"sheet\s+\*([^*]+)\*", text):
            assert " ".join(sheet.split()) in {title for title, _ in sheets()}, (path.name, sheet)
        if path.parent.name == "sessions":
            assert [int(found) for found in re.findall(r"^\|[^|]*\| (\d+) \|", text, re.M)] == [5, 10, 15, 12, 5, 3]
            for row in re.findall(r"^\|[^|]*\| \d+ \| \d+ \| \d+ \| (.*) \|$", text, re.M):
                for lesson, cards in re.findall(r"((?:practice )?[\d.]+): ([^;]+)", row):
                    assert {where[card] for card in re.findall(r"`([a-z0-9-]+)`", cards)} == {lesson}, (path.name, row)
                assert row.startswith(("none", "the capstone")) or re.match(r"(practice \d|\d\.\d): `", row), (path.name, row)
            assert "`my-answers.json`" in text
            assert f"`--session {path.stem[-1]}`" in text
        if path.name == "newsroom-90.md":
            assert sum(int(found) for found in re.findall(r"^\| (\d+) \|", text, re.M)) == 90
    assert len(plans) >= 12
