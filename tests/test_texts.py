"""A text keeps every character, gives every sentence its address, and says plainly what is wrong with a file."""

import calendar
import datetime
import hashlib
import re
from collections.abc import Callable

import pytest

from dateline.faults import CourseError
from dateline.folders import course_folder
from dateline.texts.text import load_text, read_text

TextFile = Callable[[str, str], str]


def paragraphs(text: object) -> list[str]:
    blocks: dict[str, list[str]] = {}
    for sentence in text.sentences:  # type: ignore[attr-defined]
        blocks.setdefault(sentence.at.split(".")[0], []).append(sentence.words)
    return [" ".join(block) for block in blocks.values()]


def test_article_is_the_worked_case_word_for_word() -> None:
    title, subtitle, *rest = paragraphs(load_text("article"))
    printed = "\n".join([title, subtitle]) + "\n\n" + "\n\n".join(rest)
    assert hashlib.sha256(printed.encode()).hexdigest() == "d0df235f8bee79e26bf9f42c11b60b3c095b97112d32a0bd3aa19db4f7ad8e83"


def test_article_has_its_headlines_heads_and_fifteen_sentences() -> None:
    addresses = [sentence.at for sentence in load_text("article").sentences]
    body = [at for at in addresses if at.startswith("p")]
    assert [at for at in addresses if at.startswith("H")] == ["H1", "H2", "HD1", "HD2", "HD3"]
    assert len(body) == 15
    assert body[0] == "p1.s1"
    assert body[-1] == "p8.s2"


def test_quoted_words_are_found_whatever_their_quotation_marks_and_spaces(text_file: TextFile) -> None:
    text = read_text(text_file("t", "He said “it’s ready” at\u00a05 p.m.\n").encode(), "t.txt")
    span = text.find("p1.s1", '"it\'s ready" at 5 p.m.')
    assert text["p1.s1"][span.start : span.end] == "“it’s ready” at\u00a05 p.m."


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark_do_not_change_a_text(text_file: TextFile, ends: str, mark: str) -> None:
    plain = text_file("t", "# Head\n\nOne.\nTwo.\n\n조선중앙통신이 보도했다.\n")
    other = read_text((mark + plain.replace("\n", ends)).encode(), "t.txt")
    assert other.sha256 == read_text(plain.encode(), "t.txt").sha256
    assert other["p2.s1"] == "조선중앙통신이 보도했다."


def test_identity_changes_with_a_word_and_not_with_the_header(text_file: TextFile) -> None:
    one = text_file("t", "One.\n")
    assert read_text(one.encode(), "t").sha256 == read_text(one.replace('"T"', '"U"').encode(), "t").sha256
    assert read_text(one.encode(), "t").sha256 != read_text(one.replace("One.", "One!").encode(), "t").sha256


def test_words_that_stand_twice_need_to_say_which(text_file: TextFile) -> None:
    text = read_text(text_file("t", "The ship met the ship.\n").encode(), "t.txt")
    with pytest.raises(CourseError, match=r"t\.txt:8: .*2 times.*nth = 1 to 2"):
        text.find("p1.s1", "ship")
    assert text.find("p1.s1", "ship", 2).start == 17
    with pytest.raises(CourseError, match="no number 3"):
        text.find("p1.s1", "ship", 3)


@pytest.mark.parametrize(
    ("body", "line", "fix"),
    [
        ("One. \n", 8, "Delete it"),
        ("# A\n# B\n\nOne.\n", 9, "Keep one"),
        ("# A\n", 9, "one sentence on each line"),
    ],
)
def test_a_fault_is_told_with_file_line_and_fix(text_file: TextFile, body: str, line: int, fix: str) -> None:
    with pytest.raises(CourseError, match=rf"t\.txt:{line}: .*{fix}"):
        read_text(text_file("t", body).encode(), "t.txt")


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"no header", r"t\.txt:1: the header is missing"),
        (b"+++\nid = \n+++\nOne.", r"t\.txt:2: this is not TOML"),
        (b'+++\nid = "t"\n+++\nOne.', r"t\.txt:2: the header is not complete"),
        (b"+++\n+++\n\nSt\xe9", r"t\.txt:4: this line is not UTF-8"),
        (b"+++\n+++\n\x00", r"t\.txt:3: there is a NUL"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(raw: bytes, said: str) -> None:
    with pytest.raises(CourseError, match=said):
        read_text(raw, "t.txt")


def test_an_unknown_address_names_one_that_is_near() -> None:
    with pytest.raises(CourseError, match=r"no sentence 'p9\.s1'.*Did you mean p"):
        load_text("article")["p9.s1"]


def test_an_unknown_text_names_those_there_are() -> None:
    with pytest.raises(CourseError, match="Write one of: article"):
        load_text("nothing")


def test_every_day_of_the_week_in_a_text_fits_its_date() -> None:
    days, months = ("|".join(names[1:]) for names in (("", *calendar.day_name), calendar.month_name))
    pattern = re.compile(rf"({days}), (\d{{1,2}} (?:{months}) \d{{4}})")
    pages = [*(course_folder() / "data" / "texts").glob("*.txt"), course_folder() / "docs" / "writing-a-lesson.md"]
    found = [match for path in pages for match in pattern.findall(path.read_text(encoding="utf-8"))]
    assert len(found) >= 10
    for day, date in found:
        assert datetime.datetime.strptime(date, "%d %B %Y").strftime("%A") == day, (day, date)
