"""The classroom: nothing of a key goes out, nothing that comes in is lost or run, and a class is told what it missed."""

import csv
import datetime
import html
import importlib.util
import io
import json
import os
import random
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from classes import HOSTILE, as_folder, as_zip, paper, submissions
from hypothesis import given
from hypothesis import strategies as st

from dateline.classroom import handout
from dateline.classroom.analysis import FEW, analyse, correlation, to_discuss
from dateline.classroom.batch import RESULTS, Marked, asked, counted, grade_batch, read_results
from dateline.classroom.errands import run_grade, run_report
from dateline.classroom.gradebook import FORMULA, guarded, rows, table
from dateline.classroom.handout import LeakError, make_handout
from dateline.classroom.kit import make_kit
from dateline.classroom.leaks import find_leaks, secrets, views
from dateline.classroom.pages import page_name
from dateline.classroom.roster import Class, Learner, named_in, read_roster
from dateline.classroom.submissions import read_submissions
from dateline.faults import CourseError
from dateline.folders import course_folder
from dateline.kinds.cells import ChooseKey
from dateline.learner.record import stems

LESSONS = ("1.1", "2.1")


# ---- what goes out -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> handout.Handout:
    return make_handout(tmp_path_factory.mktemp("out") / "copy")


def test_the_learners_copy_has_no_keys_and_starts(copy: handout.Handout, tmp_path: Path) -> None:
    assert not (copy.folder / "solutions").exists()
    assert find_leaks(copy.folder, secrets()) == []
    assert len(secrets()) > 1500
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
    with pytest.raises(CourseError, match=r"there is no lesson 9\.9"):
        make_handout(tmp_path / "none", lessons=("9.9",))
    with pytest.raises(CourseError, match="there already"):
        make_handout(tmp_path / "few")


# ---- who it is -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "who", "turn", "late"),
    [
        ("doejane_12345_678_my-answers.json", "doejane", 0, False),
        ("doejane_LATE_12345_678_my-answers-2.json", "doejane", 2, True),
        ("Jane Doe_98765_assignsubmission_file_/answers.json", "Jane Doe", 0, False),
        ("Jane Doe_98765_assignsubmission_file_answers.json", "Jane Doe", 0, False),
        ("s123.json", "s123", 0, False),
        ("s123-1.json", "s123", 1, False),
        ("s123 (2).json", "s123", 2, False),
        ("../../evil.json", "evil", 0, False),
    ],
)
def test_a_files_name_says_whose_it_is(file: str, who: str, turn: int, late: bool) -> None:
    found = named_in(file)
    assert (found.who, found.turn, found.late) == (who, turn, late)


def test_a_learner_is_found_by_id_number_address_or_either_order_of_the_name(tmp_path: Path) -> None:
    file = tmp_path / "roster.csv"
    file.write_text(
        'Student,ID,SIS User ID,SIS Login ID,Section\n"Doe, Jane",12345,s1,jdoe,A\n"Éluard, Paul",777,s2,pe,A\n', encoding="utf-8"
    )
    room = Class(read_roster(file))
    for name in ("doejane_12345_678_a.json", "s1.json", "Jane Doe_1_assignsubmission_file_/a.json", "JANE DOE.json"):
        learner = room.find(named_in(name))
        assert learner, name
        assert learner.id == "s1"
    paul = room.find(named_in("paul eluard.json"))
    assert paul
    assert paul.id == "s2"
    assert room.find(named_in("nobody.json")) is None


def test_two_of_one_name_are_not_taken_for_each_other() -> None:
    room = Class([Learner("s1", "Jo Lee"), Learner("s2", "Jo Lee")])
    assert room.find(named_in("Jo Lee.json")) is None
    assert room.find(named_in("s2.json")) == Learner("s2", "Jo Lee")


@pytest.mark.parametrize(("content", "said"), [("a,b\n1,2\n", "no column for the learner"), ("id\ns1\ns1\n", "here and on line 2")])
def test_a_roster_that_cannot_be_used_is_told(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "r.csv").write_text(content)
    with pytest.raises(CourseError, match=said):
        read_roster(tmp_path / "r.csv")


# ---- what comes in ---------------------------------------------------------------------------------------------------


def test_five_thousand_submissions_with_broken_ones_among_them_lose_nothing(tmp_path: Path) -> None:
    place = as_zip(tmp_path / "class.zip", submissions(5000))
    by = asked(LESSONS)
    found = grade_batch(place, tmp_path / "out", by, [])
    assert len(found) == 5000
    assert {marked.source for marked in found} == {f"learner-{number:04d}x.json" for number in range(5000)}
    broken = [marked for marked in found if int(marked.learner.removeprefix("learner-").removesuffix("x")) % 50 == 42]
    assert len(broken) == 100
    assert all(marked.faults for marked in broken), [marked for marked in broken if not marked.faults]
    assert all(not marked.faults and marked.answers for marked in found if marked not in broken)
    assert len(read_results(tmp_path / "out", by.stamp)) == 5000


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return as_folder(tmp_path / "class", submissions(60))


def test_a_folder_a_zip_and_lines_give_the_same_marks(small: Path, tmp_path: Path) -> None:
    as_zip(tmp_path / "class.zip", ((path.name, path.read_bytes()) for path in small.iterdir()))
    lines = tmp_path / "class.ndjson"
    with lines.open("wb") as file:
        for path in sorted(small.iterdir()):
            raw = path.read_bytes()
            whole = raw if raw.startswith(b"{") and raw.endswith(b"}") else b"0"
            file.write(b'{"learner": "' + path.stem.encode() + b'", "answers": ' + b" ".join(whole.split()) + b"}\n")
    by = asked(LESSONS)
    kinds = [grade_batch(place, tmp_path / f"out{n}", by, []) for n, place in enumerate((small, tmp_path / "class.zip", lines))]
    marks = [{one.learner: one.answers for one in found if one.read} for found in kinds]
    assert marks[0] == marks[1] == marks[2]
    assert len(marks[0]) >= 58


def test_nothing_in_a_submission_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import builtins
    import pickle

    monkeypatch.chdir(tmp_path)
    place = tmp_path / "class"
    place.mkdir()

    class Hack:
        def __reduce__(self) -> Any:
            return os.system, ("touch hacked",)

    (place / "pickle.json").write_bytes(pickle.dumps(Hack()))
    code = "__import__('os').system('touch hacked')"
    value = {"value": code, "first": code, "text": code, "saved": code}
    (place / "code.json").write_text(json.dumps({"schema": 3, "modules": {"1": {"voices-p4": value, "predict-quotation": value}}}))
    (place / "notebook.ipynb").write_text(json.dumps({"cells": [{"cell_type": "code", "source": code}]}))
    (place / "code.py").write_text(code)

    def never(*_: Any, **__: Any) -> Any:
        raise AssertionError("something was run")

    by = asked(LESSONS)
    for name in ("eval", "exec", "compile"):
        monkeypatch.setattr(builtins, name, never)
    monkeypatch.setattr(pickle, "loads", never)
    monkeypatch.setattr(subprocess, "Popen", never)
    monkeypatch.setattr(os, "system", never)
    found = grade_batch(place, tmp_path / "out", by, [])
    monkeypatch.undo()
    assert not (tmp_path / "hacked").exists()
    assert len(found) == 4
    assert all(marked.faults for marked in found)


def test_a_batch_that_was_broken_off_goes_on_and_new_keys_begin_anew(small: Path, tmp_path: Path) -> None:
    by, out = asked(LESSONS), tmp_path / "out"
    whole = grade_batch(small, out, by, [])
    lines = (out / RESULTS).read_bytes().splitlines(keepends=True)
    (out / RESULTS).write_bytes(b"".join(lines[:31]) + lines[31][:40])
    assert len(read_results(out, by.stamp)) == 30
    again = grade_batch(small, out, by, [])
    assert again == whole
    assert len((out / RESULTS).read_bytes().splitlines()) == 61
    (small / "learner-0001x.json").write_bytes(b"{")
    changed = grade_batch(small, out, by, [])
    assert [one.read for one in changed].count(False) == [one.read for one in whole].count(False) + 1
    assert read_results(out, "another stamp") == {}


def test_the_last_submission_that_can_be_read_counts_and_the_others_are_named(tmp_path: Path) -> None:
    luck = random.Random(1)
    lessons = [stem for stem in stems() if stem.lesson.lesson == "1.1"]
    good, better = json.dumps(paper(0, luck, lessons)), json.dumps(paper(1, luck, lessons))
    as_folder(
        tmp_path / "in",
        iter([("s1_1_1_a.json", good.encode()), ("s1_1_2_a-1.json", better.encode()), ("s1_1_3_a-2.json", b"{"), ("s2_2_4_a.json", b"{")]),
    )
    found = grade_batch(tmp_path / "in", tmp_path / "out", asked(("1.1",)), [])
    last, replaced = counted(found)
    assert (last["s1"].turn, last["s1"].read, last["s2"].read) == (1, True, False)
    assert len(replaced) == 2
    table = rows([Learner("s1"), Learner("s3", "Who is away")], last, replaced, asked(("1.1",)))
    assert [(row.learner.id, row.percent) for row in table] == [("s1", 100.0), ("s3", None), ("s2", None)]
    assert "handed in 3 times" in " ".join(table[0].notes)
    assert table[1].notes == ("nothing was handed in",)


def test_late_ones_and_those_on_another_text_or_version_are_told(tmp_path: Path) -> None:
    answer = {"value": {"p4.s2": "leader"}, "text": "0" * 64}
    document = {"schema": 3, "modules": {"1": {"voices-p4": answer}}}
    lines = [
        {"learner": "early", "received": "2026-11-01T10:00:00+00:00", "answers": document},
        {"learner": "late", "received": "2026-11-03T10:00:00+00:00", "answers": document},
        {"learner": "newer", "answers": {"schema": 99, "modules": {}}},
        {"learner": "older", "answers": {"schema": 1, "module": "1", "answers": {"voices-p4": {"value": {"p4.s2": "leader"}}}}},
    ]
    (tmp_path / "in.ndjson").write_text("\n".join(map(json.dumps, lines)))
    due = datetime.datetime(2026, 11, 2, tzinfo=datetime.UTC)
    found = {one.learner: one for one in grade_batch(tmp_path / "in.ndjson", tmp_path / "out", asked(("1.1",)), [], due)}
    assert not found["early"].late
    assert found["late"].faults[-1] == "late"
    assert "another version of the text" in found["early"].faults[0]
    assert "use the newest course" in found["newer"].faults[0]
    assert found["older"].answers[0].result.status == "right"


def test_a_zip_that_is_no_zip_or_holds_one_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    inner = as_zip(tmp_path / "inner.zip", iter([("s9.json", b"{}"), ("../../s8.json", b"{}"), ("__MACOSX/._x.json", b"1")]))
    place = as_folder(tmp_path / "in", iter([("packed.zip", inner.read_bytes()), ("bad.zip", b"PK\x03\x04 no"), ("notes.docx", b"x")]))
    (place / "link.json").symlink_to("/etc/passwd")
    found = {one.source: one.problem for one in read_submissions(place)}
    assert found["packed.zip/s9.json" if "packed.zip/s9.json" in found else "s9.json"] == ""
    assert not (tmp_path.parent / "s8.json").exists()
    assert found["bad.zip"] == "this zip cannot be read"
    assert "export" in found["notes.docx"]
    assert "links are not followed" in found["link.json"]
    assert not any("MACOSX" in name for name in found)
    with pytest.raises(CourseError, match="nothing here to grade"):
        list(read_submissions(tmp_path / "nowhere"))


# ---- what is written --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("start", FORMULA)
def test_no_cell_is_a_formula(start: str) -> None:
    assert guarded(start + "cmd|'/C calc'!A0").startswith("'")
    written = table(["a", "b"], [[start + "1+1", -3.5]]).decode("utf-8-sig")
    cells = list(csv.reader(io.StringIO(written)))[1]
    assert cells[0].startswith("'")
    assert cells[1] == "-3.5"


def test_the_whole_errand_writes_every_table_and_a_page_for_each(small: Path, tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    names = [f"learner-{number:04d}x" for number in range(61)]
    head = "Student,ID,SIS User ID,SIS Login ID,Section\n"
    roster.write_text(head + "".join(f'"=Evil, {name}",{number},{name},{name},A\n' for number, name in enumerate(names)), encoding="utf-8")
    out = tmp_path / "out"
    said = run_grade(small, out, roster, LESSONS, None, "full")
    assert "60 submissions, 59 graded" in said
    assert "1 of the roster handed nothing in" in said
    tables = {
        name: list(csv.DictReader(io.StringIO((out / name).read_bytes().decode("utf-8-sig"))))
        for name in ("gradebook.csv", "canvas.csv", "moodle.csv", "faults.csv")
    }
    assert len(tables["gradebook.csv"]) == len(tables["canvas.csv"]) == len(tables["moodle.csv"]) == 61
    first = tables["canvas.csv"][0]
    assert (first["ID"], first["SIS User ID"]) == ("0", "learner-0000x")
    assert first["Student"].startswith("'=Evil")
    assert 0 <= float(first["Reading the Dateline"]) <= 100
    assert {row["learner"] for row in tables["faults.csv"]} == {"learner-0042x", "learner-0060x"}
    page = (out / "feedback" / page_name("learner-0000x")).read_text(encoding="utf-8")
    assert "=Evil, learner-0000x" in page
    assert "Who is speaking?" in page
    with pytest.raises(CourseError, match="there is no feedback 'all'"):
        run_grade(small, out, roster, LESSONS, None, "all")


def test_the_policy_holds_back_reasons(small: Path, tmp_path: Path) -> None:
    run_grade(small, tmp_path / "verdict", None, LESSONS, None, "verdict")
    assert find_leaks(tmp_path / "verdict" / "feedback", secrets()) == []
    run_grade(small, tmp_path / "none", None, LESSONS, None, "none")
    assert not (tmp_path / "none" / "feedback").exists()
    run_grade(small, tmp_path / "full", None, LESSONS, None, "full")
    assert find_leaks(tmp_path / "full" / "feedback", secrets()) != []


@given(st.text(max_size=40))
def test_a_page_is_written_inside_its_folder(name: str) -> None:
    assert Path(page_name(name)).name == page_name(name)
    assert page_name(name) != page_name(name + "x")


# ---- what the class missed ----------------------------------------------------------------------------------------------


def test_difficulty_discrimination_and_beliefs_follow_the_class(tmp_path: Path) -> None:
    luck = random.Random(5)
    lessons = [stem for stem in stems() if stem.lesson.lesson in LESSONS]
    papers = [(f"s{number}.json", paper(0.98 if number % 2 else 0.2, luck, lessons)) for number in range(60)]
    for _, one in papers:
        one["modules"]["1"]["predict-quotation"] |= {"value": "relayed", "first": "heard"}
    place = as_folder(tmp_path / "in", ((name, json.dumps(one).encode()) for name, one in papers))
    by = asked(LESSONS)
    last, _ = counted(grade_batch(place, tmp_path / "out", by, []))
    analysis = analyse(last, by)
    items = {item.question.id: item for item in analysis.items}
    missed = items["predict-quotation"]
    assert (missed.difficulty, missed.discrimination) == (0.0, None)
    assert missed.wrong[0][2] == 60
    assert "No reporter is placed in the room" in missed.wrong[0][3]
    assert all((items[name].discrimination or 0) > 0.3 for name in ("voices-l1", "l21-drill"))
    believed = {belief.name: belief.learners for belief in analysis.beliefs}
    assert believed["Anything in quotation marks was heard by the reporter"] == 60
    assert analysis.judgments
    assert to_discuss(analysis)


def test_a_correlation_by_hand_and_with_too_few() -> None:
    assert correlation([0, 1] * 6, [0, 1] * 6) == pytest.approx(1)
    assert correlation([0, 1] * 6, [1, 0] * 6) == pytest.approx(-1)
    assert correlation([0, 1], [0, 1]) is None
    assert correlation([1] * FEW, list(range(FEW))) is None


def test_the_report_names_nobody_unless_asked(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run_grade(small, out, None, LESSONS, None, "none")
    assert "No learner is named" in run_report(out, LESSONS, None, False)
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "learner-00" not in page
    assert page.count("<img alt=") == 2
    assert "http" not in page
    run_report(out, LESSONS, None, True)
    assert "learner-0003x" in (out / "report.html").read_text(encoding="utf-8")
    with pytest.raises(CourseError, match="no results of these lessons"):
        run_report(out, ("3.1",), None, False)


def test_every_hostile_file_is_told_in_one_line(tmp_path: Path) -> None:
    place = as_folder(tmp_path / "in", ((f"h{number}.json", raw) for number, raw in enumerate(HOSTILE)))
    found: list[Marked] = grade_batch(place, tmp_path / "out", asked(LESSONS), [])
    assert len(found) == len(HOSTILE)
    for marked in found:
        assert marked.faults
        assert all("\n" not in fault and len(fault) < 400 for fault in marked.faults)


def test_the_course_folder_is_left_alone(small: Path, tmp_path: Path) -> None:
    before = sorted(path for path in course_folder().iterdir())
    run_grade(small, tmp_path / "out", None, LESSONS, None, "full")
    assert sorted(path for path in course_folder().iterdir()) == before


# ---- what the teacher prints, and what a hub pulls ------------------------------------------------------------------------


def test_the_kit_needs_nothing_beside_it_and_its_key_has_every_reason(tmp_path: Path) -> None:
    written = make_kit(tmp_path / "kit")
    names = {path.relative_to(tmp_path / "kit").as_posix() for path in written}
    assert {f"slides/session-{number}.html" for number in range(1, 7)} <= names
    for path in written:
        page = path.read_text(encoding="utf-8")
        before_code = page.partition("<script>")[0]
        assert not re.search(r'(?:src|href)="(?!data:|#)', before_code), path.name
        assert "<img" not in page or page.count("<img") == page.count('<img alt="') + page.count("<img alt='")
    shown = re.sub(r"<[^>]+>", " ", html.unescape((tmp_path / "kit" / "answer-key.html").read_text(encoding="utf-8")))
    for stem in stems():
        for key in (stem.keys or {}).values():
            if isinstance(key, ChooseKey):
                assert all(" ".join(why.split()) in " ".join(shown.split()) for why in key.why.values())
    slides = (tmp_path / "kit" / "slides" / "session-1.html").read_text(encoding="utf-8")
    assert slides.count("<section") > 30
    known = frozenset(words for words in secrets() if len(words.split()) > 8)
    assert find_leaks(tmp_path / "kit" / "slides", known) == [], "slides are shown to learners"
    with pytest.raises(CourseError, match="something in this folder already"):
        make_kit(tmp_path / "kit")


def test_every_plan_adds_up_and_names_cards_that_are_there() -> None:
    known = {question.id for stem in stems() for question in stem.lesson.question}
    plans = sorted((course_folder() / "teaching").rglob("*.md"))
    for path in plans:
        text = path.read_text(encoding="utf-8")
        named = set(re.findall(r"`([a-z0-9]+(?:-[a-z0-9]+)+)`", text))
        assert named <= known, (path.name, named - known)
        if path.parent.name == "sessions":
            assert [int(found) for found in re.findall(r"^\|[^|]*\| (\d+) \|", text, re.M)] == [5, 10, 15, 12, 5, 3]
        if path.name == "newsroom-90.md":
            assert sum(int(found) for found in re.findall(r"^\| (\d+) \|", text, re.M)) == 90
    assert len(plans) >= 12


def test_a_pull_brings_what_is_new_and_keeps_what_a_learner_changed(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("pull", course_folder() / "deploy" / "pull.py")
    assert spec
    assert spec.loader
    pull = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(pull)
    home = tmp_path / "home"
    first = as_zip(tmp_path / "1.zip", iter([("c/a.ipynb", b"1"), ("c/b.txt", b"1"), ("c/../../evil", b"x")]))
    assert pull.pull(first, home) == {"new": 2, "replaced": 0, "kept": 0, "same": 0}
    assert not (tmp_path / "evil").exists()
    (home / "a.ipynb").write_bytes(b"mine")
    assert pull.pull(first, home)["same"] == 2
    second = as_zip(tmp_path / "2.zip", iter([("c/a.ipynb", b"2"), ("c/b.txt", b"2"), ("c/new.txt", b"2")]))
    assert pull.pull(second, home) == {"new": 1, "replaced": 1, "kept": 1, "same": 0}
    assert (home / "a.ipynb").read_bytes() == b"mine"
    assert (home / "a.new.ipynb").read_bytes() == b"2"
    assert (home / "b.txt").read_bytes() == b"2"
