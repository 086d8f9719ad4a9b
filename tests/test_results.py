"""From hand-ins to marks: what counts, what is kept, what goes back into a school's system, and what a class is told."""

import csv
import io
import json
import math
import os
import random
import re
import sqlite3
import subprocess
import zipfile
from array import array
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from classes import HOSTILE, as_folder, as_zip, paper, submissions
from hypothesis import given
from hypothesis import strategies as st
from systems import canvas, moodle
from systems import packed as zipped

from dateline import cli
from dateline.bank import exercise_files, load_stem
from dateline.classroom import errands, grade, workers
from dateline.classroom.analysis import Analysis, Choice, Item, Sums, analyse, correlated, divided, missed
from dateline.classroom.class_page import wall_page
from dateline.classroom.counting import Counting, Wanted, score, what_counts
from dateline.classroom.errands import Order, run_class_page, run_grade
from dateline.classroom.grade import Chosen, Course, Grader, the_course
from dateline.classroom.leaks import find_leaks, secrets
from dateline.classroom.match import Matched
from dateline.classroom.pages import page_name, shortened
from dateline.classroom.papers import paper_of
from dateline.classroom.results import FILE, Packed, Results
from dateline.classroom.roster import Learner
from dateline.classroom.submissions import read_submissions
from dateline.faults import CourseError
from dateline.folders import course_folder

NAN = math.nan
LESSON = Wanted(lessons=("1.1",))
ROSTER = """Student,ID,SIS User ID,SIS Login ID,Section,Quiz (8)
    Points Possible,,,,,10
"Berg, Anna",71,s1,anna,A,4
"Cole, Bo",72,s2,bo,A,
"Dunn, Cy",73,s3,cy,A,7
"Ek, Di",74,s4,di,A,7
"""
RIGHT = {"predict-quotation": "relayed", "voices-p4": {"p4.s2": "leader"}}
"""Two of the five questions of lesson 1.1 that count, answered rightly."""


def document(values: Mapping[str, Any], saved: str = "2026-11-02T10:00:00.000Z", **more: Any) -> bytes:
    given = {name: {"value": value, "first": value, "checks": 1, "saved": saved, **more} for name, value in values.items()}
    return json.dumps({"schema": 3, "modules": {"1": given}}).encode()


@pytest.fixture
def group(tmp_path: Path) -> Path:
    """Four on the roster: Anna has two of five right, Bo one of them late, Cy's file is broken, Di handed nothing in."""
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    files = [
        (canvas("Berg, Anna", 71, 901), document(RIGHT)),
        (canvas("Cole, Bo", 72, 902, late=True), document({"voices-p4": {"p4.s2": "leader"}, "exit-yard": "service"})),
        (canvas("Dunn, Cy", 73, 903), b"{"),
    ]
    as_zip(tmp_path / "in.zip", iter(files))
    return tmp_path


def graded(place: Path, **changes: Any) -> str:
    chosen: dict[str, Any] = {"submissions": place / "in.zip", "out": place / "out", "roster": place / "roster.csv", "wanted": LESSON}
    return run_grade(Order(**chosen | changes))


def read(path: Path, skipped: int = 0) -> list[dict[str, str]]:
    lines = path.read_bytes().decode("utf-8-sig").split("\r\n")[skipped:]
    return list(csv.DictReader(io.StringIO("\r\n".join(lines))))


def percents(out: Path) -> dict[str, str]:
    return {row["id"]: row["percent"] for row in read(out / "gradebook.csv", 1)}


# ---- what counts -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("points", "percent", "answered", "chosen", "shares"),
    [
        ([1.0, NAN, 0.5, 1.0], 66.7, 2, "c", {"a": 0.5, "b": 0.5, "c": 1.0}),
        ([1.0, NAN, 0.5, 0.25], 50.0, 2, "b", {"a": 0.5, "b": 0.5, "c": 0.25}),
        ([1.0, 1.0, NAN, 0.5], 83.3, 3, "c", {"a": 1.0, "b": None, "c": 0.5}),
        ([1.0, 1.0, NAN, NAN], 66.7, 2, "b", {"a": 1.0, "b": 0.0, "c": None}),
        ([0.0, 0.0, 0.5, 0.5], 16.7, 3, "b", {"a": 0.0, "b": 0.5, "c": 0.5}),
        ([NAN, NAN, NAN, 0.0], 0.0, 1, "c", {"a": 0.0, "b": None, "c": 0.0}),
    ],
)
def test_of_several_capstones_the_best_that_was_taken_counts(
    points: list[float], percent: float, answered: int, chosen: str, shares: dict[str, float | None]
) -> None:
    counting = Counting("a title", "said", {"a": (0, 1), "b": (2,), "c": (3,)}, (("b", "c"),))
    found = score(points, counting)
    assert (found.percent, found.answered, found.of, found.chosen) == (percent, answered, 3, (chosen,))
    assert found.lessons == shares


def test_what_is_left_unanswered_is_that_of_the_capstone_that_counts() -> None:
    counting = Counting("a title", "said", {"a": (0, 1), "b": (2, 3), "c": (4, 5)}, (("b", "c"),))
    assert score([1.0, NAN, NAN, NAN, NAN, 1.0], counting).left == {1, 4}


def ids(course: Course, counting: Counting) -> set[str]:
    return {course.asked[place].question.id for place in counting.places}


def test_a_session_counts_its_lessons_and_those_at_home_after_it() -> None:
    course = the_course()
    found = what_counts(course, Wanted(sessions=(3,)))
    assert set(found.lessons) == {"2.1", "2.2", "2.3", "2.4"}
    assert found.title == "session 3"
    assert " of lessons 2.1, 2.2, 2.3, 2.4;" in found.said
    assert {"l21-predict", "l24-exit"} <= ids(course, found)
    assert set(what_counts(course, Wanted(sessions=(1, 3))).lessons) == {"1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "2.4"}


def test_a_path_counts_only_the_beats_that_it_names() -> None:
    course = the_course()
    beats = {course.asked[place].question.beat for place in what_counts(course, Wanted(path="newsroom")).places}
    assert beats <= {"predict", "say-why", "guided"}
    whole = what_counts(course, Wanted(sessions=(6,)))
    assert {course.asked[place].question.beat for place in whole.lessons["4.4"]} == {"predict", "guided", "own", "exit"}
    assert whole.instead == (("6.1", "6.2", "6.3"),)


def test_tests_and_practice_stay_out_unless_they_are_asked_for() -> None:
    course = the_course()

    def beats(**wanted: Any) -> set[str]:
        return {course.asked[place].question.beat for place in what_counts(course, Wanted(**wanted)).places}

    assert beats() == {"predict", "guided", "own", "exit", "capstone"}
    assert beats(also=("tests",)) == {"predict", "guided", "own", "exit", "capstone", "test"}
    assert beats(also=("practice",)) == {"predict", "guided", "own", "exit", "capstone", "practice"}
    assert beats(also=("review",)) == {"predict", "guided", "own", "exit", "capstone", "review"}
    assert beats(lessons=("0.2",)) == {"test"}
    assert "not counted: tests, practice, review" in what_counts(course, Wanted()).said


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (Wanted(sessions=(9,)), "--session: there is no session 9. There are: 0, 1, 2, 3, 4, 5, 6."),
        (Wanted(sessions=(0,)), "--session: no question of session 0 counts"),
        (Wanted(path="klass"), "--path: there is no path klass. Did you mean class"),
        (Wanted(lessons=("9.9",)), "--lessons: there is no lesson 9.9"),
        (Wanted(also=("homework",)), "--also: there is no kind of question homework. There are: tests, practice"),
        (Wanted(drop=("voice-p4",)), "--drop: there is no question voice-p4. Did you mean voices-p4"),
        (Wanted(sessions=(1,), lessons=("1.1",)), "Give one of the three"),
    ],
)
def test_what_is_not_there_cannot_be_asked_for(wanted: Wanted, said: str) -> None:
    with pytest.raises(CourseError) as told:
        what_counts(the_course(), wanted)
    assert said in str(told.value)
    assert "\n" not in str(told.value)


# ---- a class ---------------------------------------------------------------------------------------------------------


def test_a_class_is_graded_and_what_counted_stands_above_every_table_of_ours(group: Path) -> None:
    said = graded(group)
    assert "3 learners handed something in, 2 graded, 1 could not be read, 1 of the roster handed nothing in." in said
    assert percents(group / "out") == {"s1": "40.0", "s2": "20.0", "s3": "", "s4": ""}
    rows = {row["id"]: row for row in read(group / "out" / "gradebook.csv", 1)}
    assert [rows[name]["handed in"] for name in ("s1", "s2", "s3", "s4")] == ["yes", "yes", "yes", "no"]
    assert (rows["s1"]["answered"], rows["s1"]["of"], rows["s1"]["1.1"]) == ("2", "5", "40.0")
    assert (rows["s1"]["late"], rows["s2"]["late"]) == ("", "yes")
    for name in ("gradebook.csv", "faults.csv", "audit.csv"):
        first = (group / "out" / name).read_bytes().decode("utf-8-sig").split("\r\n")[0]
        assert "What counts: lesson 1.1: 5 questions of lesson 1.1;" in first, name
    assert {(row["learner"], row["graded"]) for row in read(group / "out" / "faults.csv", 1)} == {("s2", "yes"), ("s3", "no"), ("s4", "no")}


def test_a_question_that_is_taken_out_counts_for_nobody_and_is_in_the_audit_trail(group: Path) -> None:
    graded(group, wanted=Wanted(lessons=("1.1",), drop=("voices-p4",)))
    assert percents(group / "out") == {"s1": "25.0", "s2": "0.0", "s3": "", "s4": ""}
    [change] = read(group / "out" / "audit.csv", 1)
    assert (change["what"], change["learner"], change["question"]) == ("taken out", "", "voices-p4")


def test_a_mark_is_corrected_for_one_learner_and_both_points_are_in_the_audit_trail(group: Path) -> None:
    lines = [
        "learner;question;points;why",
        "Berg, Anna;exit-yard;0,5;said it aloud",
        "s2;voices-p4;0;copied from the board",
        "s4;exit-yard;1;x",
    ]
    (group / "marks.csv").write_text("\n".join(lines), encoding="utf-8")
    graded(group, marks=group / "marks.csv")
    assert percents(group / "out") == {"s1": "50.0", "s2": "0.0", "s3": "", "s4": ""}
    changes = [tuple(row.values()) for row in read(group / "out" / "audit.csv", 1)]
    assert changes == [
        ("corrected", "s1", "exit-yard", "", "0.5", "said it aloud"),
        ("corrected", "s2", "voices-p4", "1.0", "0.0", "copied from the board"),
    ]
    assert any(
        row["learner"] == "s4" and "nothing of this learner to correct" in row["what"] for row in read(group / "out" / "faults.csv", 1)
    )
    page = (group / "out" / "feedback" / page_name("s1")).read_text(encoding="utf-8")
    assert "No answer was handed in. Your teacher has set the points: 0.5 of 1." in page
    assert "said it aloud" not in page


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("zoe,exit-yard,1,x", "marks.csv:2: nobody here is called 'zoe'"),
        ("s1,exit-yart,1,x", "marks.csv:2: there is no question 'exit-yart'. Did you mean exit-yard"),
        ("s1,exit-yard,2,x", "marks.csv:2: '2' are no points"),
        ("s1,exit-yard,,x", "marks.csv:2: '' are no points"),
        ("s1,exit-yard,1,x\ns1,exit-yard,0,y", "marks.csv:3: exit-yard of 's1' is corrected twice"),
    ],
)
def test_a_correction_that_cannot_be_used_is_told_before_anything_is_graded(group: Path, line: str, said: str) -> None:
    (group / "marks.csv").write_text(f"learner,question,points,why\n{line}\n", encoding="utf-8")
    with pytest.raises(CourseError) as told:
        graded(group, marks=group / "marks.csv")
    assert said in str(told.value)
    assert not (group / "out").exists()


@pytest.mark.parametrize(("late", "percent", "mark"), [("count", "20.0", ""), ("mark", "20.0", "yes"), ("leave-out", "", "")])
def test_late_work_counts_is_marked_or_is_left_out(group: Path, late: str, percent: str, mark: str) -> None:
    graded(group, late=late)
    row = next(row for row in read(group / "out" / "gradebook.csv", 1) if row["id"] == "s2")
    assert (row["percent"], row["late"]) == (percent, mark)
    page = group / "out" / "feedback" / page_name("s2")
    assert page.is_file() == (late != "leave-out")
    assert late == "leave-out" or ("It came after the day it was due." in page.read_text(encoding="utf-8")) == (late == "mark")


def test_the_same_answers_from_two_are_named_to_the_teacher_alone(tmp_path: Path) -> None:
    three = RIGHT | {"exit-yard": "service"}
    files = [("ann.json", document(three)), ("bo.json", document(three)), ("cy.json", document(RIGHT)), ("di.json", document(RIGHT))]
    as_folder(tmp_path / "in", iter(files))
    run_grade(Order(tmp_path / "in", tmp_path / "out", LESSON, feedback="full"))
    told = [(row["learner"], row["what"]) for row in read(tmp_path / "out" / "faults.csv", 1)]
    assert [name for name, _ in told] == ["ann", "bo"]
    assert "were handed in by bo" in told[0][1]
    for path in (tmp_path / "out" / "feedback").iterdir():
        assert "same answers" not in path.read_text(encoding="utf-8")
    assert "same answers" not in (tmp_path / "out" / "moodle.csv").read_text(encoding="utf-8")


def test_what_is_asked_for_wrongly_is_one_line(group: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for changes, said in (
        ({"feedback": "all"}, "--feedback: there is no feedback 'all'. Write one of: none, verdict, full."),
        ({"late": "never"}, "--late: late work cannot be treated as 'never'. Write one of: count, mark, leave-out."),
        ({"out": group}, "would lie among the submissions"),
    ):
        with pytest.raises(CourseError) as told:
            graded(group, **changes)
        assert said in str(told.value)
        assert "\n" not in str(told.value)
    bare = [load_stem(path) for path in exercise_files()]
    monkeypatch.setattr(
        grade, "load_stem", lambda path: next(type(one)(one.name, one.lesson, None) for one in bare if one.name == path.stem)
    )
    with pytest.raises(CourseError, match="there are no keys in this copy, so nothing can be graded"):
        graded(group)


# ---- back into the school's system --------------------------------------------------------------------------------------


def test_canvas_takes_the_table_and_no_mark_is_overwritten_by_an_empty_cell(group: Path) -> None:
    graded(group)
    rows = list(csv.reader(io.StringIO((group / "out" / "canvas.csv").read_text(encoding="utf-8"))))
    assert rows == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Reading the Dateline: lesson 1.1"],
        ["    Points Possible", "", "", "", "", "100"],
        ["Berg, Anna", "71", "s1", "anna", "A", "40.0"],
        ["Cole, Bo", "72", "s2", "bo", "A", "20.0"],
    ]


def test_each_run_has_a_column_of_its_own(group: Path) -> None:
    graded(group, wanted=Wanted(sessions=(1,)))
    assert "Reading the Dateline: session 1\n" in (group / "out" / "canvas.csv").read_text(encoding="utf-8")


def test_without_a_roster_canvas_knows_learners_by_the_number_in_the_files_name(group: Path) -> None:
    graded(group, roster=None)
    rows = list(csv.reader(io.StringIO((group / "out" / "canvas.csv").read_text(encoding="utf-8"))))
    assert [row[:2] for row in rows[2:]] == [["berganna", "71"], ["colebo", "72"]]


def test_canvas_takes_the_pages_back_in_bulk(group: Path) -> None:
    graded(group)
    with zipfile.ZipFile(group / "out" / "feedback-canvas.zip") as packed:
        assert packed.namelist() == ["berganna_71_901_feedback.html", "colebo_LATE_72_902_feedback.html"]
        assert b"Berg, Anna" in packed.read("berganna_71_901_feedback.html")
    graded(group, feedback="none")
    assert not (group / "out" / "feedback-canvas.zip").exists()
    assert not (group / "out" / "feedback").exists()


WORKSHEET = """Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,Last modified (grade),Feedback comments
Participant 1023,Anna Berg,anna@x.example,Submitted for grading,,10.00,Yes,-,
Participant 1024,Bo Cole,bo@x.example,No submission,7.00,10.00,Yes,"Monday, 2 November 2026, 10:00 AM",well done
"""


def test_moodles_grading_worksheet_is_filled_in_and_moodles_import_has_whoever_was_graded(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text(WORKSHEET, encoding="utf-8")
    as_zip(tmp_path / "in.zip", iter([(moodle("Anna Berg", 1023), document(RIGHT, text="0" * 64))]))
    graded(tmp_path)
    sheet = list(csv.reader(io.StringIO((tmp_path / "out" / "moodle-worksheet.csv").read_text(encoding="utf-8"))))
    assert sheet[0] == WORKSHEET.splitlines()[0].split(",")
    comment = "Reading the Dateline: lesson 1.1: 2 of 5 questions answered."
    assert sheet[1] == ["Participant 1023", "Anna Berg", "anna@x.example", "Submitted for grading", "4.00", "10.00", "Yes", "-", comment]
    assert sheet[2][4] == "7.00"
    assert sheet[2][8] == "well done"
    [row] = read(tmp_path / "out" / "moodle.csv")
    assert (row["Email address"], row["Reading the Dateline: lesson 1.1"], row["Feedback comments"]) == ("anna@x.example", "40.0", comment)
    with zipfile.ZipFile(tmp_path / "out" / "feedback-moodle.zip") as packed:
        assert packed.namelist() == ["Anna Berg_1023_assignsubmission_file/feedback.html"]
    assert "another version of the text" in (tmp_path / "out" / "faults.csv").read_text(encoding="utf-8-sig")


def test_a_grade_that_was_there_is_told_and_a_teachers_own_words_stay(tmp_path: Path) -> None:
    ours = "Reading the Dateline: lesson 1.1: 1 of 5 questions answered."
    rows = [f"Participant {number},Submitted,{grade},10.00,Yes,-,{words}" for number, grade, words in (
        (11, "7.00", "see me"), (12, "4.00", f"<p>{ours}</p>"), (13, "", f"{ours} Well done."), (14, "-", ""),
    )]  # fmt: skip
    (tmp_path / "roster.csv").write_text("\n".join([BLIND_HEAD, *rows]), encoding="utf-8")
    as_zip(tmp_path / "in.zip", iter([(moodle("Participant", number), document(RIGHT)) for number in (11, 12, 13, 14)]))
    graded(tmp_path)
    sheet = [row[-1] for row in csv.reader((tmp_path / "out" / "moodle-worksheet.csv").read_text(encoding="utf-8").splitlines())]
    new = "Reading the Dateline: lesson 1.1: 2 of 5 questions answered."
    assert sheet[1:] == ["see me", new, f"{ours} Well done.", new]
    told = [row["what"] for row in read(tmp_path / "out" / "faults.csv", 1) if "moodle-worksheet" in row["what"]]
    stays = "the comment that was there stays in moodle-worksheet.csv"
    assert told == [f"moodle-worksheet.csv has 4.00 in place of the 7.00 that was there; {stays}", stays]


def test_a_file_without_an_answer_that_counts_gives_no_mark_of_0_to_the_school(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text(WORKSHEET, encoding="utf-8")
    as_zip(tmp_path / "in.zip", iter([(moodle("Anna Berg", 1023), document({})), (moodle("Bo Cole", 1024), document({"l21-sort": {}}))]))
    graded(tmp_path)
    assert percents(tmp_path / "out") == {"anna@x.example": "0.0", "bo@x.example": "0.0"}
    assert read(tmp_path / "out" / "moodle.csv") == []
    assert len((tmp_path / "out" / "canvas.csv").read_text(encoding="utf-8").splitlines()) == 2
    sheet = list(csv.reader((tmp_path / "out" / "moodle-worksheet.csv").read_text(encoding="utf-8").splitlines()))
    assert [row[4] for row in sheet[1:]] == ["", "7.00"]
    told = (tmp_path / "out" / "faults.csv").read_text(encoding="utf-8-sig")
    assert told.count("nothing that counts is answered; no mark of 0 goes to your school's system") == 2
    with zipfile.ZipFile(tmp_path / "out" / "feedback-moodle.zip") as packed:
        assert len(packed.namelist()) == 2, "the page that lists what is open goes back all the same"


BLIND_HEAD = "Identifier,Status,Grade,Maximum Grade,Grade can be changed,Last modified (grade),Feedback comments"


def test_a_blind_worksheet_in_german_is_filled_in_with_its_own_numbers_and_keeps_every_other_word(tmp_path: Path) -> None:
    head = "ID,Status,Bewertung,Bestwertung,Bewertung kann geändert werden,Zuletzt geändert (Bewertung),Feedback als Kommentar"
    rows = [
        'Teilnehmer/in1023,Abgegeben,,"10,00",Ja,-,',
        f'Teilnehmer/in1024,Nichts,"7,50","10,00",Ja,-,"<p>Sehr gut!</p>\n{"gut " * 900}"',
    ]
    (tmp_path / "roster.csv").write_text("\n".join([head, *rows]), encoding="utf-8")
    as_zip(tmp_path / "in.zip", iter([(moodle("Teilnehmer/in", 1023), document(RIGHT)), (moodle("Teilnehmer/in", 1025), document(RIGHT))]))
    said = graded(tmp_path)
    assert "1 row is not surely its" in said
    sheet = list(csv.reader(io.StringIO((tmp_path / "out" / "moodle-worksheet.csv").read_bytes().decode("utf-8"), newline="")))
    assert sheet[0] == head.split(",")
    assert sheet[1][:6] == ["Teilnehmer/in1023", "Abgegeben", "4,00", "10,00", "Ja", "-"]
    assert sheet[2] == ["Teilnehmer/in1024", "Nichts", "7,50", "10,00", "Ja", "-", f"<p>Sehr gut!</p>\n{'gut ' * 900}".strip()]
    assert read(tmp_path / "out" / "moodle.csv") == [], "a name that Moodle's import does not know stops it"
    with zipfile.ZipFile(tmp_path / "out" / "feedback-moodle.zip") as packed:
        assert packed.namelist() == ["Teilnehmerin_1023_assignsubmission_file/feedback.html"]


def test_a_file_that_a_correction_gives_to_somebody_else_lends_them_no_number(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text("id,name\nann,Anna Berg\nbo,Bo Cole\ncy,Cy Young\n", encoding="utf-8")
    (tmp_path / "fix.csv").write_text(
        f"file,learner\n{canvas('Li, Wei', 99, 909)},ann\n{canvas('Li, Wei', 98, 908)},cy\n", encoding="utf-8"
    )
    files = [(canvas("Berg, Anna", 71, 901), document({"exit-yard": "service"})), (canvas("Cole, Bo", 72, 902), document(RIGHT))]
    as_zip(
        tmp_path / "in.zip", iter([*files, (canvas("Li, Wei", 99, 909), document(RIGHT)), (canvas("Li, Wei", 98, 908), document(RIGHT))])
    )
    graded(tmp_path, corrections=tmp_path / "fix.csv")
    assert [row[:2] for row in csv.reader((tmp_path / "out" / "canvas.csv").read_text(encoding="utf-8").splitlines())][2:] == [
        ["Anna Berg", "71"],
        ["Bo Cole", "72"],
        ["Cy Young", ""],
    ]
    with zipfile.ZipFile(tmp_path / "out" / "feedback-canvas.zip") as packed:
        assert packed.namelist() == ["berganna_71_901_feedback.html", "colebo_72_902_feedback.html"]
    assert "cy,,the page of feedback is not in the zip" in (tmp_path / "out" / "faults.csv").read_text(encoding="utf-8-sig")


def test_the_worked_example_for_teachers_works_line_by_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (course_folder() / "teaching" / "README.md").read_text(encoding="utf-8")
    section = page[page.index("## A class on Canvas") : page.index("## Three habits")]
    commands = re.findall(r"^python3 course\.py (.+)$", section, re.MULTILINE)
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    files = [(canvas("Berg, Anna", 71, 901), document(RIGHT)), (canvas("Cole, Bo", 72, 902, late=True), document(RIGHT))]
    as_zip(tmp_path / "submissions.zip", iter([*files, (canvas("Dunn, Sister", 99, 909), document(RIGHT))]))
    (tmp_path / "marks.csv").write_text("learner,question,points,why\ns1,exit-yard,1,said so\ns1,voices-p4,0.25,aloud\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    rows = []
    for line in commands:
        with pytest.raises(SystemExit) as ended:
            cli.app(line.split())
        assert not ended.value.code, line
        if line.startswith("match"):
            table = (tmp_path / "matching.csv").read_text(encoding="utf-8-sig")
            assert table.count("?,") == 1
            (tmp_path / "matching.csv").write_text(table.replace("?,", "s3,"), encoding="utf-8-sig")
        elif line.startswith("grade"):
            folder = tmp_path / line.rpartition(" ")[2]
            with zipfile.ZipFile(folder / "feedback-canvas.zip") as packed:
                rows.append((percents(folder), packed.namelist()))
    assert len(commands) == 6
    assert [set(back) for _, back in rows] == [
        {"berganna_71_901_feedback.html", "colebo_LATE_72_902_feedback.html"},
        {"berganna_71_901_feedback.html"},
        {"berganna_71_901_feedback.html", "colebo_LATE_72_902_feedback.html"},
        {"berganna_71_901_feedback.html", "colebo_LATE_72_902_feedback.html"},
    ]
    assert all(found["s3"] for found, _ in rows)
    assert rows[0][0]["s2"]
    assert not rows[1][0]["s2"]


def test_whoever_is_not_surely_the_learner_is_left_out_of_the_schools_files(group: Path) -> None:
    files = [(canvas("Berg, Anna", 72, 901), document(RIGHT)), (canvas("Nobody, Known", 99, 902), document(RIGHT))]
    as_zip(group / "in.zip", iter(files))
    said = graded(group)
    assert len((group / "out" / "canvas.csv").read_text(encoding="utf-8").splitlines()) == 2
    assert len((group / "out" / "moodle.csv").read_text(encoding="utf-8").splitlines()) == 1
    assert "2 rows are not surely their" in said


# ---- what is kept from run to run ---------------------------------------------------------------------------------------


def test_a_grade_is_made_once_and_made_anew_when_keys_or_answers_change(group: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    real = Grader.paper

    def counted(self: Grader, answers: Any) -> Any:
        made.append(len(answers))
        return real(self, answers)

    monkeypatch.setattr(Grader, "paper", counted)
    graded(group, feedback="none")
    assert len(made) == 2
    graded(group, feedback="none", wanted=Wanted(), roster=None, late="count")
    assert len(made) == 2
    graded(group)
    graded(group)
    assert len(made) == 4, "pages that are there already are not made again"
    monkeypatch.setattr(grade, "_stamp", lambda: b"other keys")
    graded(group, feedback="none")
    assert len(made) == 6
    as_zip(group / "in.zip", iter([(canvas("Berg, Anna", 71, 901), document({"voices-p4": {"p4.s2": "outlet"}}))]))
    graded(group, feedback="none")
    assert len(made) == 7
    assert percents(group / "out")["s1"] == "0.0"


def test_a_page_is_made_again_when_anything_on_it_changes(group: Path) -> None:
    path = group / "out" / "feedback" / page_name("s1")
    graded(group)
    first = path.read_text(encoding="utf-8")
    for changes in ({"wanted": Wanted(sessions=(1,))}, {"feedback": "full"}):
        graded(group, **changes)
        assert path.read_text(encoding="utf-8") != first
    (group / "roster.csv").write_text(ROSTER.replace("Berg, Anna", "Berg, Anna Maria"), encoding="utf-8")
    graded(group)
    assert "Anna Maria" in path.read_text(encoding="utf-8")


def test_who_somebody_is_is_never_kept(group: Path) -> None:
    graded(group, roster=None)
    assert set(percents(group / "out")) == {"berganna", "colebo", "dunncy"}
    graded(group)
    assert set(percents(group / "out")) == {"s1", "s2", "s3", "s4"}


def test_a_batch_that_was_broken_off_goes_on(group: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = graded(group, feedback="none")
    tables = {
        name: (group / "out" / name).read_bytes() for name in ("gradebook.csv", "canvas.csv", "moodle.csv", "faults.csv", "audit.csv")
    }
    real = workers.work

    def breaks(*given: Any) -> Any:
        yield from real(*given)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(errands, "work", breaks)
        with pytest.raises(KeyboardInterrupt):
            graded(group, out=group / "new", feedback="none")
        with pytest.raises(CourseError, match="the last run of grade did not finish"):
            run_class_page(group / "new", False)
        monkeypatch.setattr(Grader, "paper", None)
    assert graded(group, out=group / "new", feedback="none").replace("new", "out") == whole
    assert {name: (group / "new" / name).read_bytes() for name in tables} == tables


def test_what_is_no_longer_there_leaves_everything(group: Path) -> None:
    graded(group)
    mine = group / "out" / "feedback" / "my notes.html"
    mine.write_text("kept", encoding="utf-8")
    as_zip(group / "in.zip", iter([(canvas("Berg, Anna", 71, 901), document(RIGHT))]))
    (group / "roster.csv").write_text(ROSTER.replace('"Cole, Bo",72,s2,bo,A,\n', ""), encoding="utf-8")
    graded(group)
    assert {path.name for path in (group / "out" / "feedback").iterdir()} == {page_name("s1"), "my notes.html"}
    for path in (group / "out").glob("*.*"):
        assert b"Cole" not in path.read_bytes(), path.name
    with sqlite3.connect(group / "out" / FILE) as book:
        assert book.execute("SELECT count(*) FROM grades").fetchone() == (1,)
        assert book.execute("SELECT learner, state FROM submissions ORDER BY place").fetchall() == [
            ("s1", "graded"),
            ("s3", "missing"),
            ("s4", "missing"),
        ]


def test_the_same_inputs_give_the_same_tables_on_any_number_of_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = as_zip(tmp_path / "in.zip", submissions(90))
    run_grade(Order(place, tmp_path / "one", LESSON))
    real = workers.work
    monkeypatch.setattr(errands, "work", lambda rows, task, course: real(rows, task, course, cores=3))
    run_grade(Order(place, tmp_path / "three", LESSON))
    run_class_page(tmp_path / "one", True)
    run_class_page(tmp_path / "three", True)
    files = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*.*") if path.name != FILE)
    assert len(files) > 90
    for path in files:
        assert (tmp_path / "one" / path).read_bytes() == (tmp_path / "three" / path).read_bytes(), path


def test_the_results_are_for_their_owner_alone_and_a_foreign_file_is_told(group: Path) -> None:
    graded(group)
    assert (group / "out").stat().st_mode & 0o077 == 0
    assert (group / "out" / FILE).stat().st_mode & 0o077 == 0
    (group / "out" / FILE).write_bytes(b"this is no database, and long enough to be looked at" * 40)
    with pytest.raises(CourseError, match="this file cannot be used"):
        graded(group)


def test_the_page_on_the_database_names_its_tables_and_columns(group: Path) -> None:
    graded(group)
    page = (course_folder() / "docs" / "results.md").read_text(encoding="utf-8")
    with sqlite3.connect(group / "out" / FILE) as book:
        for (table,) in book.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            assert f"## `{table}`" in page
            for _, column, *_ in book.execute(f"PRAGMA table_info({table})"):
                assert f"`{column}`" in page, (table, column)


# ---- nothing stops a batch -----------------------------------------------------------------------------------------------


def test_five_thousand_with_broken_ones_among_them_lose_nothing(tmp_path: Path) -> None:
    place = as_zip(tmp_path / "class.zip", submissions(5000))
    run_grade(Order(place, tmp_path / "out", Wanted(lessons=("1.1", "2.1")), feedback="none"))
    rows = read(tmp_path / "out" / "gradebook.csv", 1)
    assert {row["id"] for row in rows} == {f"learner-{number:04d}x" for number in range(5000)}
    faulty = {row["learner"] for row in read(tmp_path / "out" / "faults.csv", 1)}
    assert faulty == {f"learner-{number:04d}x" for number in range(5000) if number % 50 == 42}
    assert all(row["percent"] for row in rows if row["id"] not in faulty)


def test_every_hostile_file_is_told_in_one_line(tmp_path: Path) -> None:
    place = as_folder(tmp_path / "in", ((f"h{letter}.json", raw) for letter, raw in zip("abcdefghijklmnop", HOSTILE, strict=False)))
    run_grade(Order(place, tmp_path / "out", LESSON))
    told = read(tmp_path / "out" / "faults.csv", 1)
    assert {row["learner"] for row in told} == {f"h{letter}" for letter, _ in zip("abcdefghijklmnop", HOSTILE, strict=False)}
    assert all("\n" not in row["what"] and len(row["what"]) < 500 for row in told)


ANNAS = canvas("Berg, Anna", 71, 999)
ATTACKS: tuple[tuple[str, bytes], ...] = (
    (ANNAS, document({"exit-yard": "service"})),
    ("Berg, Anna (2).json", document({"exit-yard": "service"}, saved="9999-12-31T23:59:59Z")),
    ("a.zip", zipped({ANNAS: document({}), "../../../evil.json": document(RIGHT), "/evil.json": document(RIGHT)})),
    ("b.zip", zipped({"inner.zip": zipped({ANNAS: document(RIGHT)})})),
    ("c.zip", zipped({"my-answers.json": b" " * 100_000_000})),
    ("d.ndjson", b'{"learner": "s1", "received": "2099-01-01T00:00:00Z", "answers": {"schema": 3, "modules": {}}}'),
    ("\u202enosj.evil.json", document(RIGHT)),
    ("\x1b[31mred\x07\r.json", document({"say-why-p3": "<script>alert(1)</script>\u202e\x1b[2J =1+1"})),
    ("=cmd!A1;@x\t-2.json", document({"voices-p4": {"p4.s2": "<img src=x onerror=alert(1)>"}})),
    ("-" * 60_000 + ".json", b'{"schema": 3, "modules": {"1": {"voices-p4": {"value": ' + b"9" * 5_000 + b"}}}}"),
    ("9" * 5_000 + ".json", b'{"schema": 3, "learner": "s1", "modules": {}}'),
    *((f"{number}.json", raw) for number, raw in enumerate(HOSTILE)),
)


def test_an_attacker_changes_no_line_and_no_page_of_anybody_else(tmp_path: Path) -> None:
    """All of the attacker's files come under the attacker's own name in the school's system; that name is all that they decide."""
    honest = {canvas("Berg, Anna", 71, 901): document(RIGHT), canvas("Cole, Bo", 72, 902): document({"exit-yard": "service"})}
    attack = {canvas("Dunn, Cy", 73, 910 + number, name): raw for number, (name, raw) in enumerate(ATTACKS)}
    found = []
    for place, files in ((tmp_path / "before", honest), (tmp_path / "after", honest | attack)):
        place.mkdir()
        (place / "roster.csv").write_text(ROSTER, encoding="utf-8")
        as_zip(place / "in.zip", iter(files.items()))
        graded(place, feedback="full")
        out = place / "out"
        rows = {row["id"]: row for row in read(out / "gradebook.csv", 1)}
        marks = [line for line in (out / "canvas.csv").read_text(encoding="utf-8").splitlines() if "Dunn" not in line]
        with zipfile.ZipFile(out / "feedback-canvas.zip") as back:
            given = {name: back.read(name) for name in back.namelist() if "_73_" not in name}
        found.append((rows["s1"], rows["s2"], rows["s4"], marks, given))
        for table in out.glob("*.csv"):
            words = table.read_text(encoding="utf-8-sig").replace("\r\n", "").replace("\n", "")
            assert all(letter.isprintable() for letter in words), table.name
    assert found[0] == found[1]
    assert len(found[1][4]) == 2
    assert not list(tmp_path.rglob("*evil*"))
    page = (tmp_path / "after" / "out" / "feedback" / page_name("s3")).read_text(encoding="utf-8")
    assert "<script" not in page
    assert "<img" not in page


def test_a_paper_that_the_program_stumbles_over_is_a_fault_of_that_paper_alone(group: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = paper_of

    def stumbles(matched: Any, *more: Any) -> Any:
        if matched.learner.id == "s1":
            raise ZeroDivisionError
        return real(matched, *more)

    monkeypatch.setattr(workers, "paper_of", stumbles)
    graded(group)
    assert percents(group / "out") == {"s1": "", "s2": "20.0", "s3": "", "s4": ""}
    assert any("it could not be graded (ZeroDivisionError)" in row["what"] for row in read(group / "out" / "faults.csv", 1))


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

    course = the_course()

    def never(*_: Any, **__: Any) -> Any:
        raise AssertionError("something was run")

    for name in ("eval", "exec", "compile"):
        monkeypatch.setattr(builtins, name, never)
    monkeypatch.setattr(pickle, "loads", never)
    monkeypatch.setattr(subprocess, "Popen", never)
    monkeypatch.setattr(os, "system", never)
    rows = [(number, Matched(Learner(one.source), (one,), "by hand", True, (), True)) for number, one in enumerate(read_submissions(place))]
    task = workers.Task(what_counts(course, LESSON), None, "mark", "full", tmp_path / "feedback", {}, frozenset())
    done = workers.Worker(task, course).batch(rows).done
    monkeypatch.undo()
    assert not (tmp_path / "hacked").exists()
    assert len(done) == 4
    assert all(one.faults or (one.grade and one.grade.faults) for one in done)


def test_the_course_folder_is_left_alone(group: Path) -> None:
    before = sorted(course_folder().iterdir())
    graded(group, feedback="full")
    assert sorted(course_folder().iterdir()) == before


# ---- pages ----------------------------------------------------------------------------------------------------------------


def test_a_page_names_the_learners_own_answer_and_what_was_not_answered(group: Path) -> None:
    graded(group)
    page = (group / "out" / "feedback" / page_name("s1")).read_text(encoding="utf-8")
    assert "<strong>40 of 100. 2 of 5 questions answered.</strong>" in page
    assert "You answered: Somebody has published these words, in English, as his." in page
    left = page.partition("<h2>Not answered</h2>")[2]
    assert re.findall(r"<code>([a-z0-9-]+)</code>", left) == ["voices-p5", "voices-l1", "exit-yard"]
    assert "It came after" not in page
    assert "&lt;" not in page


@pytest.mark.parametrize(
    ("words", "most", "short"),
    [
        ("one two", 7, "one two"),
        ("one  two\nthree", 9, "one two…"),
        ("say *one two* now", 12, "say one…"),
        ("say *one* two now", 12, "say *one*…"),
        ("x" * 12, 10, "xxxxxxxxx…"),
    ],
)
def test_a_prompt_is_cut_between_words_and_never_inside_an_emphasis(words: str, most: int, short: str) -> None:
    assert shortened(words, most) == short


def test_words_between_asterisks_are_emphasised_and_a_name_is_only_words(tmp_path: Path) -> None:
    name = "<b>Anna</b> & *Bo*"
    (tmp_path / "roster.csv").write_text(f"id,name\ns1,{name}\n", encoding="utf-8")
    starred = next(one for one in the_course().asked if re.search(r"\*\w+\*", one.question.prompt))
    as_folder(tmp_path / "in", iter([("s1.json", document({starred.question.id: "anything"}))]))
    run_grade(Order(tmp_path / "in", tmp_path / "out", Wanted(lessons=(starred.lesson,), also=("practice",)), tmp_path / "roster.csv"))
    page = (tmp_path / "out" / "feedback" / page_name("s1")).read_text(encoding="utf-8")
    assert "<b>Anna" not in page
    assert "<em>" in page.partition("</header>")[2]
    assert not re.search(r"\*\w+\*", page.partition("</header>")[2])


def test_the_policy_holds_back_reasons(group: Path) -> None:
    known = secrets()
    graded(group)
    assert find_leaks(group / "out" / "feedback", known) == []
    graded(group, feedback="full")
    assert find_leaks(group / "out" / "feedback", known) != []


@given(st.text(max_size=40))
def test_a_page_is_written_inside_its_folder(name: str) -> None:
    assert Path(page_name(name)).name == page_name(name)
    assert page_name(name) != page_name(name + "x")


# ---- what the class missed ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty on lessons 1.1 and 2.1: every second one knows nearly everything, and all miss the prediction at first."""
    place = tmp_path_factory.mktemp("class")
    luck = random.Random(5)
    lessons = [stem for stem in map(load_stem, exercise_files()) if stem.lesson.lesson in ("1.1", "2.1")]
    papers = [(f"learner-{number:02d}x.json", paper(0.98 if number % 2 else 0.2, luck, lessons)) for number in range(60)]
    for _, one in papers:
        one["modules"]["1"]["predict-quotation"] |= {"value": "relayed", "first": "heard", "first_confidence": 85}
    as_folder(place / "in", ((name, json.dumps(one).encode()) for name, one in papers))
    run_grade(Order(place / "in", place / "out", Wanted(lessons=("1.1", "2.1")), feedback="none"))
    return place / "out"


def analysed(out: Path) -> Analysis:
    course, results = the_course(), Results(out)
    try:
        return analyse(results, course, what_counts(course, Wanted(lessons=("1.1", "2.1"))))
    finally:
        results.close()


def test_difficulty_discrimination_and_beliefs_follow_the_first_answers(reported: Path) -> None:
    found = analysed(reported)
    items = {item.question.id: item for item in found.items}
    missed = items["predict-quotation"]
    assert (missed.answers, missed.difficulty, missed.discrimination) == (60, 0.0, None)
    assert [(choice.words, choice.sign, choice.learners) for choice in missed.chosen] == [
        ("The reporter heard Kim say these words.", "not", 60)
    ]
    assert missed.right[0].words == "Somebody has published these words, in English, as his."
    assert (items["voices-l1"].discrimination or 0) > 0.3
    believed = {belief.name: (belief.learners, belief.of) for belief in found.beliefs}
    assert believed["Anything in quotation marks was heard by the reporter"] == (60, 60)
    assert found.sure[85][0] >= 60
    assert sum(found.leans) == 60 or found.discernment is None


def item(place: int, difficulty: float, discrimination: float | None = None) -> Item:
    question = the_course().asked[0].question
    return Item(place, question, "1.1", 20, difficulty, discrimination, chosen=(Choice("words", "not", 3),))


def test_a_class_is_divided_between_a_quarter_and_three_quarters_and_below_that_nearly_everybody_missed_it() -> None:
    items = (item(0, 0.24), item(1, 0.25), item(2, 0.75), item(3, 0.76), item(4, 0.5, 0.1), item(5, 0.5, 0.6), item(6, 0.0))
    found = Analysis(20, items, (), None, (0, 0, 0), {})
    assert [one.place for one in divided(found)] == [5, 4, 1, 2]
    assert [one.place for one in missed(found)] == [6, 0]
    assert [one.place for one in divided(found, most=2)] == [5, 4]


def packed(points: list[float], sure: list[int], chosen: list[int]) -> Packed:
    first = array("f", points).tobytes()
    return Packed(first, first, bytes(sure), array("I", chosen).tobytes())


def test_leans_judgments_and_beliefs_are_counted_over_what_counts_alone() -> None:
    course = the_course()
    fixed = course.place["predict-quotation"]
    other = course.place["exit-yard"]
    counting = Counting("t", "s", {"1.1": (fixed,)})
    name = "Anything in quotation marks was heard by the reporter"
    choices = {
        0: Chosen(fixed, "", "heard", "not", name, 1),
        1: Chosen(fixed, "", "flagged", "right", "", 2),
        2: Chosen(fixed, "", "alarm", "not", "", 3),
        3: Chosen(fixed, "", "passed", "right", "", 4),
        4: Chosen(other, "", "not counted", "not", name, 1),
    }
    sums = Sums(course, counting, choices)
    size = len(course.asked)

    def one(points: float, sure: int, chosen: list[int]) -> Packed:
        every, confidences = [NAN] * size, [255] * size
        every[fixed], confidences[fixed] = points, sure
        every[other], confidences[other] = 1.0, 99
        return packed(every, confidences, chosen)

    suspicious = one(1.0, 85, [1, 1, 1, 2, 2, 2, 4])
    trusting = one(0.5, 85, [0, 0, 0, 3, 3, 3])
    fair = one(1.0, 50, [1, 1, 3, 3])
    sums.add([suspicious, trusting, fair])
    assert sums.leans == [1, 1, 1]
    assert sums.trials.tolist() == [3, 5, 3, 5]
    assert {level: (sums.sure[level], sums.right[level]) for level in (50, 85, 99)} == {50: (1, 1), 85: (2, 1), 99: (0, 0)}
    assert int(sums.did.sum()) == 1
    assert sums.learners == 3


def test_sums_give_the_correlation_that_is_worked_out_by_hand() -> None:
    def of(xs: Sequence[float], rs: Sequence[float]) -> float | None:
        pairs = list(zip(xs, rs, strict=True))
        return correlated(len(xs), sum(xs), sum(x * x for x in xs), sum(rs), sum(r * r for r in rs), sum(x * r for x, r in pairs))

    assert of([0, 1] * 6, [0, 1] * 6) == pytest.approx(1)
    assert of([0, 1] * 6, [1, 0] * 6) == pytest.approx(-1)
    assert of([0, 0, 1, 1] * 3, [0, 1, 1, 1] * 3) == pytest.approx(0.5773503)
    assert of([0, 1] * 4 + [0], [0, 1] * 4 + [0]) is None, "nine answers say nothing"
    assert of([1] * 10, list(map(float, range(10)))) is None


def test_the_report_needs_no_list_and_says_what_to_talk_about(reported: Path) -> None:
    said = run_class_page(reported, False)
    assert "The class of 60" in said
    page = (reported / "report.html").read_text(encoding="utf-8")
    hard = page.partition("<h2>Hard for nearly everybody</h2>")[2].partition("<h2>How hard")[0]
    assert "Lesson 1.1, card <code>predict-quotation</code>" in hard
    assert "Kim was quoted as saying" in hard, "the sentence that is asked about"
    assert "60 of 60" in hard
    assert "<strong>Right:</strong> Somebody has published these words, in English, as his." in hard
    assert "learner-0" not in page
    assert "http" not in page
    assert "&lt;" not in page, "HTML that was escaped once too often"
    marked = page.partition("<code>l21-marks</code>")[2].partition("<h3>")[0]
    assert not marked or "<strong>Right:</strong>" in marked, "the part that is shown has a right answer"
    assert "punishes being sure and wrong" in page
    run_class_page(reported, True)
    assert "learner-03x" in (reported / "report.html").read_text(encoding="utf-8")


def test_the_wall_has_a_page_for_each_session_that_was_graded_and_no_name(reported: Path) -> None:
    run_class_page(reported, True)
    assert sorted(path.name for path in reported.glob("wall-*")) == ["wall-session-1.html", "wall-session-3.html"]
    page = (reported / "wall-session-1.html").read_text(encoding="utf-8")
    assert "learner-" not in page
    assert "60 papers. No name is on this page." in page
    assert "&lt;" not in page


def test_a_wall_of_few_papers_shows_no_numbers(reported: Path) -> None:
    found = analysed(reported)
    items = [item for item in found.items if item.lesson == "1.1"]
    assert re.search(r"\d of \d", wall_page("Session 1", items, 5))
    assert not re.search(r"\d of \d|\d %", wall_page("Session 1", items, 4))


def test_the_wall_asks_the_whole_question(reported: Path) -> None:
    [mains] = [one.question for one in the_course().asked if one.question.id == "l12-mains"]
    base = next(item for item in analysed(reported).items if item.right)
    hard = [msgspec.structs.replace(base, place=place, difficulty=0.1 * place, question=mains) for place in range(5)]
    assert "How many independent accounts of a burst main are there?" in wall_page("Session 1", hard, 20).split("Look again")[1]


def test_a_report_is_refused_where_nothing_was_graded_or_the_keys_have_changed(group: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CourseError, match=r"Run course\.py grade with --out this folder first"):
        run_class_page(group, False)
    graded(group)
    monkeypatch.setattr(grade, "_stamp", lambda: b"other keys")
    with pytest.raises(CourseError, match="have changed since this was graded"):
        run_class_page(group / "out", False)


def test_a_class_without_any_answer_has_a_report_too(tmp_path: Path) -> None:
    as_folder(tmp_path / "in", iter([("ann.json", document({}))]))
    run_grade(Order(tmp_path / "in", tmp_path / "out", LESSON))
    assert "The class of 0" in run_class_page(tmp_path / "out", False)
