"""A text in whatever shape it comes: what becomes a paragraph, a heading, an item, and what is said of what was mended."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.faults import CourseError
from dateline.texts.sentences import split_sentences
from dateline.texts.shapes import as_course_text, decode, is_heading, shaped

SHAPES: tuple[tuple[str, str, list[str], list[str]], ...] = (
    (
        "lines broken at a width, words broken at a hyphen",
        "Navy says frigate is ready\nThe ministry of defence reported on Friday\nthat the frigate had left the yard and\nthat pro-\n"
        "duction has begun. It is a state-\nrun yard, and nobody was re-\nported hurt.\nThe opposition said that it had not been\ntold.\n",
        [
            "# Navy says frigate is ready",
            "The ministry of defence reported on Friday that the frigate had left the yard and that production has begun.",
            "It is a state-run yard, and nobody was reported hurt.",
            "The opposition said that it had not been told.",
        ],
        ["6 lines that had been broken at a width were joined.", "3 words broken at a hyphen were joined; look at them."],
    ),
    (
        "headline, empty line, one paragraph on each line",
        "Navy says frigate is ready\n\nThe ministry said so. It gave no date.\nThe opposition said that it had not been told of it.\n"
        "Nobody else has said anything about the frigate.\n",
        [
            "# Navy says frigate is ready",
            "The ministry said so.",
            "It gave no date.",
            "The opposition said that it had not been told of it.",
            "Nobody else has said anything about the frigate.",
        ],
        [],
    ),
    (
        "a list",
        "What is known\n\nThree:\n\n- The agency said it flew.\n- The minister denied it.\n• Talvia has not spoken\n\nThat is all.\n",
        [
            "# What is known",
            "Three:",
            "The agency said it flew.",
            "The minister denied it.",
            "Talvia has not spoken",
            "That is all.",
        ],
        ["3 items of lists stand each as a paragraph."],
    ),
    (
        "a table",
        "The ships\n\n| Ship | Year |\n|---|---|\n| Heron | 2031 |\n\nThat is all.",
        ["# The ships", "Ship; Year", "Heron; 2031", "That is all."],
        ["2 rows of a table stand each as a paragraph."],
    ),
    (
        "Markdown",
        "# Missile launch\n\nThe [agency](http://example.org) said *so*.\n\n### What is known\n\n> He said **no**.\n",
        ["# Missile launch", "The agency said so.", "### What is known", "He said no."],
        ["The marks of Markdown were taken out."],
    ),
    ("a question for a headline", "Is it ready?\n\nNobody knows. It is late.", ["# Is it ready?", "Nobody knows.", "It is late."], []),
    (
        "a long headline",
        "Kestria says that its long awaited new frigate will at last be ready to put to sea before the year is out\n\nNobody knows.",
        ["# Kestria says that its long awaited new frigate will at last be ready to put to sea before the year is out", "Nobody knows."],
        [],
    ),
    (
        "no headline",
        "Nobody knows. It is late.\n\nHe left.",
        ["Nobody knows.", "It is late.", "He left."],
        ["No headline was found; write one with “# ” before it if the text has one."],
    ),
    (
        "a headline with a number sign of its own",
        "# # Launch\n\nIt flew.",
        ["# Launch", "It flew."],
        ["The marks of Markdown were taken out."],
    ),
    (
        "Japanese",
        "発射を確認\n\n韓国軍は発射を確認した。「行く。」と述べた。船は出た！",
        ["# 発射を確認", "韓国軍は発射を確認した。", "「行く。」と述べた。", "船は出た！"],
        [],
    ),
    (
        "Arabic",
        "وصول السفينة\n\nهل وصلت السفينة؟ نعم، وصلت اليوم. ثم غادرت.",
        ["# وصول السفينة", "هل وصلت السفينة؟", "نعم، وصلت اليوم.", "ثم غادرت."],
        [],
    ),
    (
        "Korean",
        "함정 출항\n\n해군은 함정이 출항했다고 밝혔다. 날짜는 밝히지 않았다.",
        ["# 함정 출항", "해군은 함정이 출항했다고 밝혔다.", "날짜는 밝히지 않았다."],
        [],
    ),
    ("nothing but headings", "One\n\nTwo", ["# One", "Two"], []),
)


@pytest.mark.parametrize(("plain", "lines", "mended"), [row[1:] for row in SHAPES], ids=[row[0] for row in SHAPES])
def test_a_shape_is_recognised_and_what_was_mended_is_said(plain: str, lines: list[str], mended: list[str]) -> None:
    made = shaped(plain)
    assert [line for line in made.lines if line] == [line for line in lines if line]
    assert list(made.mended) == mended


def test_paragraphs_on_lines_of_their_own_stay_apart() -> None:
    lines = as_course_text(
        "Head\n\nThe ministry said so. It gave no date.\nThe opposition has said that it was not told of it.\n"
    ).splitlines()
    assert lines == [
        *("# Head", "", "The ministry said so.", "It gave no date.", ""),
        "The opposition has said that it was not told of it.",
    ]


def test_a_line_remembers_the_line_of_the_file() -> None:
    made = shaped("Head\n\n\nOne is here. Two is here.\n\n- three\n")
    assert [(line, number) for line, number in zip(made.lines, made.origins, strict=True) if line] == [
        ("# Head", 1),
        ("One is here.", 4),
        ("Two is here.", 4),
        ("three", 6),
    ]


@given(st.text(alphabet="aB \n.-#|*>\t•1", max_size=80))
def test_no_letter_is_lost_and_none_comes_twice(plain: str) -> None:
    made = shaped(plain)
    assert sorted(made.words.replace("#", "").lower()).count("a") == plain.count("a")
    assert sorted(made.words.lower()).count("b") == plain.count("B")
    assert len(made.lines) == len(made.origins)


@pytest.mark.parametrize(
    ("paragraph", "sentences"),
    [
        ("officials of the U.S. State Department said no. He left.", ["officials of the U.S. State Department said no.", "He left."]),
        ("The U.S. Under Secretary of State went.", ["The U.S. Under Secretary of State went."]),
        ("Lt.-Gen. Kim met Maj.-Gen. Park. They spoke.", ["Lt.-Gen. Kim met Maj.-Gen. Park.", "They spoke."]),
        ("Amb. Kim, Asst. Secretary Lee and Spc. Roe met.", ["Amb. Kim, Asst. Secretary Lee and Spc. Roe met."]),
        ("Oru Tass, a.k.a. The Tern, met Dep. Minister Roe.", ["Oru Tass, a.k.a. The Tern, met Dep. Minister Roe."]),
        ('The film "Mamma Mia! Here We Go" was shown. Yes.', ['The film "Mamma Mia! Here We Go" was shown.', "Yes."]),
        ("Yahoo! Japan reported it.", ["Yahoo! Japan reported it."]),
        ("It came from the U.S. The navy said no.", ["It came from the U.S.", "The navy said no."]),
        ("It came from the U.S. State what you know.", ["It came from the U.S.", "State what you know."]),
        ("“Stop! Turn back!” he cried.", ["“Stop!", "Turn back!” he cried."]),
    ],
)
def test_a_stop_that_ends_no_sentence(paragraph: str, sentences: list[str]) -> None:
    assert split_sentences(paragraph) == sentences


@pytest.mark.parametrize(
    ("raw", "words", "said"),
    [
        (b"It sank.", "It sank.", ""),
        ("\ufeffIt sank.".encode(), "It sank.", ""),
        ("It sank.\r\nYes.".encode("utf-16"), "It sank.\nYes.", "UTF-16"),
        ("It sank.\nYes, it sank.".encode("utf-16-le"), "It sank.\nYes, it sank.", "UTF-16"),
        ("“It sank”, said José.".encode("cp1252"), "“It sank”, said José.", "Windows-1252"),
    ],
)
def test_encodings_are_read_and_told(raw: bytes, words: str, said: str) -> None:
    read, remark = decode(raw, "a.txt")
    assert read == words
    assert said in remark
    assert bool(said) == bool(remark)


@pytest.mark.parametrize(
    ("raw", "line", "what"),
    [
        (b"PK\x03\x04rest", 1, "Word"),
        (b"%PDF-1.7", 1, "PDF"),
        (b"{\\rtf1", 1, "rich text"),
        (b"One.\nTwo\0.", 2, "NUL"),
        ("One.\n한국군은 발사를".encode("cp949"), 2, "neither UTF-8 nor Windows-1252"),
    ],
)
def test_what_is_no_plain_text_is_told_with_its_line(raw: bytes, line: int, what: str) -> None:
    with pytest.raises(CourseError, match=what) as told:
        decode(raw, "a.txt")
    assert [(problem.file, problem.line) for problem in told.value.problems] == [("a.txt", line)]


@pytest.mark.parametrize(("words", "heading"), [("What is known", True), ("It is known.", False), ("One, two,", False), ("x " * 15, False)])
def test_a_heading_is_short_and_has_no_stop(words: str, heading: bool) -> None:
    assert is_heading(words) is heading
