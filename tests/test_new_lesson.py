"""From a marked text to a draft of a lesson that `check` guides to the end."""

import datetime
import re
import tomllib
from pathlib import Path

import pytest
from support import copied_course

from dateline.answers.attempts import check, open_exercise
from dateline.authoring.check import check_course
from dateline.authoring.new_lesson import FILL, new_lesson, said_of, toml
from dateline.authoring.new_text import take_in
from dateline.bank import load_stem
from dateline.faults import CourseError
from dateline.kinds import grade, solved
from dateline.texts.correcting import Corrections
from dateline.texts.text import load_text

REPORT = """Kestria says river gunboats are ready

NORHAVEN, 19 March 2034 (Northern Wire) - Kestria has put six gunboats to sea, the state agency KTA reported on Saturday, 18 March 2034.
"The river is ours," President Osk Verin was quoted as saying. He insisted that the boats were "purely defensive".
The boats were reportedly built at a yard that was closed on 2 May 2031.

Some analysts say the boats may be older. "The paint is new," said Tomas Brill, a fellow at the Institute for Coastal Studies.
Vellmark's defence ministry said in a statement that it had counted four boats. It denied that any had crossed the line.
They are probably still at the yard, according to Brill.
"""


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the course with a report taken in."""
    root = copied_course(tmp_path, monkeypatch)
    (tmp_path / "river.txt").write_text(REPORT, encoding="utf-8")
    take_in(tmp_path / "river.txt")
    return root


def fill(path: Path) -> None:
    """Write into every place that waits, as an author would; a model keeps the name that it is asked to give."""
    count = iter(range(1000))
    words = path.read_text(encoding="utf-8")
    words = re.sub(
        rf"{FILL}: ([^\"\n\\]*)",
        lambda found: f"Written {next(count)}{' by ' + found[1].split()[-1] if 'names' in found[1] else ''}",
        words,
    )
    path.write_text(words, encoding="utf-8")


def test_a_draft_has_every_kind_and_check_guides_it_to_the_end(course: Path) -> None:
    made = new_lesson("river")
    assert set(made.kinds) == {"choose", "tag", "match", "mark", "number", "choose-many", "when", "chain", "write"}
    assert made.left_out == ()
    waiting = check_course()
    assert len(waiting) >= made.open_places
    assert {problem.file.rpartition("/")[2] for problem in waiting} == {path.name for path in made.files}
    assert all(problem.what.startswith("a draft waits here: ") or "model answer" in problem.what for problem in waiting)
    for path in made.files:
        fill(path)
    assert check_course() == []


def test_the_keys_come_from_the_marks(course: Path) -> None:
    made = new_lesson("river")
    keys = tomllib.loads(made.files[1].read_text(encoding="utf-8"))
    asked = {question["id"]: question for question in tomllib.loads(made.files[0].read_text(encoding="utf-8"))["question"]}
    assert keys["river-lesson-whose"]["right"] == ["kta"]
    assert keys["river-lesson-whose"]["why"]["kta"] == "“reported” hands it to the state agency KTA."
    assert "analysts" not in keys["river-lesson-ask"]["right"]
    assert "brill" in keys["river-lesson-ask"]["right"]
    assert [item["right"] for item in keys["river-lesson-when"]["items"].values()] == [["2034-03-18"], ["2031-05-02"]]
    assert keys["river-lesson-count"]["value"] == 6
    spans = {(span["words"], *span["right"]) for span in keys["river-lesson-hedges"]["span"]}
    assert spans >= {("reportedly", "evidential"), ("may", "epistemic"), ("insisted", "stance")}
    assert [item["id"] for item in asked["river-lesson-chain"]["items"]][-1] == "page"
    edges = {(edge["from"], edge["to"]) for edge in keys["river-lesson-chain"]["edge"]}
    assert edges >= {("wire", "page"), ("kta", "wire"), ("brill", "wire")}


def test_a_pronoun_is_the_voice_before_it_also_where_that_was_marked_by_hand(course: Path, tmp_path: Path) -> None:
    body = "Boat sinks\n\nNORHAVEN, 19 March 2034 (Wire) - It sank on Friday, Roe said. The mayor, Pell, was there. "
    (tmp_path / "mayor.txt").write_text(body + "He had seen it sink, he added. It sank on Friday, according to Brill.\n", encoding="utf-8")
    take_in(tmp_path / "mayor.txt")
    corrections = Corrections(load_text("mayor"), course / "data/annotations/mayor.toml")
    assert corrections.add("p1.s2", 0, len("The mayor, Pell"), "source") == ""
    there = len("The mayor, Pell, "), len("The mayor, Pell, was there")
    assert corrections.add("p1.s2", *there, "cue", to=source_of(corrections, "Pell")) == ""
    made = new_lesson("mayor")
    keys = tomllib.loads(made.files[1].read_text(encoding="utf-8"))
    verdicts = keys["mayor-lesson-voices"]["items"]
    assert verdicts["p1.s3"]["right"] == ["mayor"]
    assert verdicts["p1.s3"]["why"]["mayor"] == "“added” hands it to The mayor, Pell."
    why = [edge["why"] for edge in keys["mayor-lesson-chain"]["edge"]]
    assert "The text shows it: “according to”, p1.s4." in why
    assert keys["mayor-lesson-whose"]["why"]["brill"].startswith("“according to Brill” stands in p1.s4")
    assert [item["right"] for item in keys["mayor-lesson-when"]["items"].values()] == [["2034-03-17"]]


def source_of(corrections: Corrections, words: str) -> int:
    return next(k for k, mark in enumerate(corrections.marks) if mark.label == "source" and words in mark.words)


def test_a_lesson_takes_the_place_that_it_is_given_and_no_other(course: Path) -> None:
    made = new_lesson("river", "5.9", "boats")
    assert [path.name for path in made.files] == ["59-boats.toml", "59-boats.toml", "59-boats.ipynb"]
    lesson = load_stem(made.files[0]).lesson
    assert lesson.lesson == "5.9"
    assert {question.id.partition("-")[0] for question in lesson.question} == {"l59"}
    for number, name, said in (("5.4", "x", "there is a lesson 5.4 already"), ("54", "x", "cannot name"), ("5.8", "../x", "cannot name")):
        with pytest.raises(CourseError, match=said):
            new_lesson("river", number, name)


def test_every_question_of_a_draft_can_be_answered_and_graded(course: Path) -> None:
    made = new_lesson("river")
    stem = load_stem(made.files[0])
    assert stem.keys is not None
    for question in stem.lesson.question:
        result = grade(question, stem.keys[question.id], solved(question, stem.keys[question.id]))
        assert result.status in ("right", "for your teacher"), question.id
    state = check(open_exercise("river-lesson-count"), 6)
    assert state["feedback"]["notes"][0]["reason"].startswith("They are: ")  # type: ignore[index]


def test_what_a_text_has_too_little_for_is_left_out_and_told(course: Path, tmp_path: Path) -> None:
    (tmp_path / "short.txt").write_text("Boat sinks\n\nThe boat sank, KTA said.\nNobody was hurt, Roe said.\n", encoding="utf-8")
    take_in(tmp_path / "short.txt", published=datetime.date(2031, 1, 1))
    made = new_lesson("short")
    assert set(made.left_out) == {"match", "mark", "choose-many", "when"}
    assert "The text has too little for: match, mark, choose-many, when." in said_of(made)


def test_a_text_without_attribution_and_a_second_draft_are_refused_and_leave_nothing(course: Path, tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="no attribution is marked"):
        new_lesson("l8")
    new_lesson("river")
    before = {path: path.read_bytes() for path in course.rglob("*") if path.is_file()}
    with pytest.raises(CourseError, match="there is a lesson on 'river' already"):
        new_lesson("river")
    assert {path: path.read_bytes() for path in course.rglob("*") if path.is_file()} == before


def test_a_table_is_written_as_it_is_read() -> None:
    table = {"a": "x “y” \"z\"", "n": 3, "yes": True, "list": ["p", "q"], "flat": [{"id": "i", "text": "t"}],
             "p1.s1": "dotted", "inner": {"p1.s1": {"why": {"b c": "d"}}}, "spans": [{"at": "x", "why": {"k": "v"}}]}  # fmt: skip
    assert tomllib.loads(toml(("q-1",), table)) == {"q-1": table}
