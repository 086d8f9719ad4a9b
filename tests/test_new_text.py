"""A text that the course has not seen: taken apart into sentences, marked by rules, and set on a workbench."""

import datetime
import json
import re
from pathlib import Path

import nbformat
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support import copied_course

from dateline.answers.attempts import check, open_exercise, save
from dateline.authoring.check import check_course
from dateline.authoring.new_text import redraft, take_in, take_in_own
from dateline.bank import questions_about
from dateline.faults import CourseError
from dateline.learner.report import report_page, report_words
from dateline.texts.annotating import toml_of
from dateline.texts.draft import draft
from dateline.texts.lexicon import load_cues
from dateline.texts.marks import Annotation, read_annotation
from dateline.texts.sentences import split_sentences
from dateline.texts.shapes import as_course_text, is_heading
from dateline.texts.taking_in import date_of, taken_in
from dateline.texts.text import load_text

ARTICLE = """Ferry fleet is ready, Kestria says

Kestria's ferries are ready, the state agency KTA reported on Friday, 2 June 2034. "We sail. We always sail," the minister said.

What is known

The fleet reportedly has 14 ships; it may have fewer, an analyst said. Vellmark warned that three of them lack a permit.
"""


@pytest.mark.parametrize(
    ("paragraph", "count"),
    [
        ("Gen. Holm met Lt. Col. Brandt of the U.S. Navy on Jan. 3. They spoke.", 2),
        ("It came from the U.S. The navy said no.", 2),
        ("J. R. Holm paid 4.5 crowns. At 5 p.m. he left.", 2),
        ('"Why now?" he asked. "Because," she said.', 2),
        ('"We are ready. We wait." The captain left.', 3),
        ("Hull No. 3 was launched (it floats). It is red.", 2),
        ("He opened the yard, and, seeing the hull, praised it; all cheered, waved flags, sang, and vowed to build more.", 1),
        ("He waited ... and left. Nobody came.", 2),
        ("“Es ist gut.” «C'est bien.» She smiled.", 3),
    ],
)
def test_sentences_end_where_they_end(paragraph: str, count: int) -> None:
    assert len(split_sentences(paragraph)) == count, split_sentences(paragraph)


@given(st.text(alphabet=st.sampled_from("abcXYZ .!?\"“”()'0123\n"), max_size=120))
def test_splitting_loses_nothing(paragraph: str) -> None:
    assert " ".join(split_sentences(paragraph)).split() == paragraph.split()


def test_headlines_and_headings_are_told_from_sentences() -> None:
    assert is_heading("What is known")
    assert not is_heading("It is known.")
    lines = as_course_text(ARTICLE).splitlines()
    assert lines[0] == "# Ferry fleet is ready, Kestria says"
    assert "### What is known" in lines
    assert '"We sail.' in lines


@pytest.mark.parametrize(
    ("sentence", "kind", "words"),
    [
        ("The hull is new, KTA said on Monday.", "attribution", "KTA said"),
        ("According to the ministry, it is new.", "attribution", "According to the ministry"),
        ("The boat reportedly sank.", "evidential", "reportedly"),
        ("It will probably sail in May.", "epistemic", "probably"),
        ("It will probably sail in May.", "date", "May"),
        ("It may sail.", "epistemic", "may"),
        ("The minister denied it.", "stance", "denied"),
        ("A 5,200-tonne ship left at 17:40.", "number", "5,200-tonne"),
        ("A 5,200-tonne ship left at 17:40.", "date", "17:40"),
        ("“We wait,” he said.", "quotation", "We wait,"),
        ("“We wait.", "quotation", "We wait."),
    ],
)
def test_a_mark_has_its_kind_its_words_and_its_rule(sentence: str, kind: str, words: str) -> None:
    found = {(mark.kind, sentence[mark.start : mark.end]): mark for mark in draft(sentence)}
    assert (kind, words) in found, found
    lexicon = load_cues()
    assert found[kind, words].rule in {*lexicon.rules, *lexicon.constructions, "quotation-marks"}  # type: ignore[index]


@pytest.mark.parametrize(
    "sentence", ["Nobody could see the ship.", "The hull has a red stripe.", "The storm claimed the lives of sailors."]
)
def test_a_plain_sentence_has_no_hedge(sentence: str) -> None:
    assert [mark for mark in draft(sentence) if mark.kind in ("evidential", "epistemic", "stance", "attribution")] == []


@example('"')
@given(st.text(max_size=80))
def test_any_sentence_can_be_marked_and_marks_stay_inside_it(sentence: str) -> None:
    for mark in draft(sentence):
        assert 0 <= mark.start < mark.end <= len(sentence)


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the course that a new text may be added to."""
    return copied_course(tmp_path, monkeypatch)


def test_a_new_text_becomes_a_workbench_that_can_be_answered(course: Path, tmp_path: Path) -> None:
    (tmp_path / "ferries.txt").write_text(ARTICLE, encoding="utf-8")
    made = take_in(tmp_path / "ferries.txt", published=datetime.date(2034, 6, 3))
    assert check_course() == []
    text = load_text("ferries")
    assert text["p1.s2"] == '"We sail.'
    assert text.header.published == datetime.date(2034, 6, 3)
    annotation = (course / "data/annotations/ferries.toml").read_text(encoding="utf-8")
    links = set(re.findall(r'link = "(.*?)"', annotation))
    assert annotation.count("[[mark]]") == annotation.count('note = "rule ') == annotation.count('state = "draft"') > made.marks
    assert made.marks == annotation.count("[[mark]]") - annotation.count("link = ") + len(links) >= 9
    assert questions_about("ferries")[0] == "ferries-tags"
    notebook = nbformat.read(made.notebook, as_version=4)
    assert 'aria-label="Exercise ferries-tags"' in str(notebook)
    assert "The page of your work" in str(notebook)
    mark = {"at": "p1.s1", "start": 0, "end": 9, "label": "gap"}
    state = check(open_exercise("ferries-tags"), [mark])
    assert state["feedback"]["verdict"] == "Saved; your teacher has the key."  # type: ignore[index]
    second = take_in(tmp_path / "ferries.txt", name="ferries-2")
    assert second.notebook.name == "902-ferries-2.ipynb"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"\xff\xfe bad!", "begins as UTF-16"),
        (b"PK\x03\x04 and so on", "a Word or OpenDocument file"),
        (b"x" * 200_000, "Cut it to"),
        (None, "cannot be read"),
    ],
)
def test_what_cannot_be_taken_in_is_told_and_nothing_is_written(course: Path, tmp_path: Path, content: bytes | None, said: str) -> None:
    before = sorted(course.rglob("*"))
    file = tmp_path / "odd.txt"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CourseError, match=said):
        take_in(file)
    assert sorted(course.rglob("*")) == before


def test_a_name_that_is_taken_is_told(course: Path, tmp_path: Path) -> None:
    (tmp_path / "l1.txt").write_text(ARTICLE, encoding="utf-8")
    with pytest.raises(CourseError, match="there is a text 'l1' already"):
        take_in(tmp_path / "l1.txt")
    with pytest.raises(CourseError, match="'l1' is a text of the course itself"):
        take_in(tmp_path / "l1.txt", replace=True)


def test_a_text_takes_the_place_of_one_that_was_taken_in_before(course: Path, tmp_path: Path) -> None:
    file = tmp_path / "ferries.txt"
    file.write_text(ARTICLE, encoding="utf-8")
    first = take_in(file)
    assert first.published == datetime.date(2034, 6, 2)
    assert "2 June 2034, is the first in it" in first.said[0]
    file.write_text(ARTICLE.replace("14 ships", "15 ships"), encoding="utf-8")
    with pytest.raises(CourseError, match="Replace it with --replace"):
        take_in(file)
    second = take_in(file, replace=True)
    assert second.files == first.files
    assert "15 ships" in load_text("ferries")["p2.s1"]
    assert check_course() == []


def test_what_fails_half_way_leaves_everything_as_it_was(course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "ferries.txt"
    file.write_text(ARTICLE, encoding="utf-8")
    take_in(file)
    before = {path: path.read_bytes() for path in course.rglob("*") if path.is_file()}
    file.write_text("Another\n\nAnother text. It is short.", encoding="utf-8")

    def broken(path: Path) -> str:
        raise RuntimeError("no kernel")

    monkeypatch.setattr("dateline.authoring.new_text.fresh", broken)
    for arguments in ({"replace": True}, {"name": "other"}):
        with pytest.raises(RuntimeError):
            take_in(file, **arguments)
        assert {path: path.read_bytes() for path in course.rglob("*") if path.is_file()} == before


def test_a_redraft_keeps_what_a_teacher_decided(course: Path, tmp_path: Path) -> None:
    (tmp_path / "ferries.txt").write_text(ARTICLE, encoding="utf-8")
    made = take_in(tmp_path / "ferries.txt")
    path = made.files[1]
    words = path.read_text(encoding="utf-8")
    head, *marks = words.split("[[mark]]")
    thrown = next(mark for mark in marks if '"reportedly"' in mark)
    path.write_text("[[mark]]".join([head, *marks]).replace(thrown, thrown.replace('"draft"', '"out"')), encoding="utf-8")
    again, count = redraft("ferries")
    assert again == path
    assert count == made.marks - 1
    assert path.read_text(encoding="utf-8").count('"reportedly"') == 1
    assert check_course() == []


def own_file(name: str = "own-ferries", **changed: str) -> bytes:
    """A file as the book's page for own texts saves it, with one mark thrown out and one kept."""
    taken = taken_in(ARTICLE.encode(), "x", name, "Pasted by a reader.")
    marks = (
        toml_of(Annotation(name, taken.marks))
        .replace('state = "draft"', 'state = "out"', 1)
        .replace('state = "draft"', 'state = "kept"', 1)
    )
    files = {f"texts/{name}.txt": taken.words, f"annotations/{name}.toml": marks} | changed
    about = {"title": "Ferries", "outlet": "", "published": "2034-06-02", "saved": "2034-06-03T00:00:00.000Z", "files": files}
    return json.dumps({"own_texts": {name: about}}, indent=1).encode()


def test_texts_that_were_saved_in_the_book_come_with_their_corrected_marks(course: Path, tmp_path: Path) -> None:
    file = tmp_path / "my-texts.json"
    file.write_bytes(own_file())
    made = take_in_own(file)
    assert check_course() == []
    assert [one.sentences for one in made] == [len(load_text("own-ferries").sentences)]
    states = [mark.state for mark in read_annotation(made[0].files[1], load_text("own-ferries")).mark]
    assert (states.count("out"), states.count("kept")) == (1, 1)
    assert made[0].notebook.name == "901-own-ferries.ipynb"
    with pytest.raises(CourseError, match="there is a text 'own-ferries' already"):
        take_in_own(file)
    assert len(take_in_own(file, replace=True)) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (own_file()[:200], "this file of texts from the book cannot be read: Input data was truncated"),
        (own_file().replace(b"reportedly", b"perhaps", 1), "the words 'reportedly' are not in"),
        (own_file("own-ferries", **{"../x.txt": "no"}), "it names a file that is none of a text"),
    ],
    ids=["cut off", "a mark on other words", "another place"],
)
def test_a_file_of_texts_that_is_not_whole_is_told_and_nothing_is_written(course: Path, tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "my-texts.json"
    file.write_bytes(content)
    before = sorted(course.rglob("*"))
    with pytest.raises(CourseError, match=re.escape(said)):
        take_in_own(file)
    assert sorted(course.rglob("*")) == before


def test_a_report_is_no_file_of_texts(tmp_path: Path) -> None:
    (tmp_path / "ferries.txt").write_text(ARTICLE, encoding="utf-8")
    assert take_in_own(tmp_path / "ferries.txt") == []


def test_the_date_of_a_text_is_the_first_whole_one_in_it() -> None:
    assert date_of("NORHAVEN, 19 March 2033 — On 20 March 2033 it sank.") == datetime.date(2033, 3, 19)
    assert date_of("It sank on Sept. 3, 2031.") == datetime.date(2031, 9, 3)
    assert date_of("It sank on 2031-02-30 or 2031-02-28.") == datetime.date(2031, 2, 28)
    assert date_of("It sank on 3 May.") is None


def test_the_report_shows_the_work_and_no_typed_html(answers: Path) -> None:
    save(open_exercise("c8-brief"), "<script>alert(1)</script>\n\nA second paragraph.")
    said = load_text("l8").find("p1.s2", "the agency said")
    save(open_exercise("c8-marks"), [{"at": "p1.s2", "start": said.start, "end": said.end, "label": "attribution"}])
    page = report_page("l8", [open_exercise(name) for name in questions_about("l8")], datetime.date(2026, 11, 23))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "<mark>the agency said<sup>A</sup></mark>" in page
    assert "Not answered." in page
    assert "http" not in page.replace("http-equiv", "")
    before = sorted(answers.rglob("*"))
    assert report_words("l8").startswith("<!doctype html>")
    assert sorted(answers.rglob("*")) == before, "a page is made for the reader to keep, and written nowhere"
