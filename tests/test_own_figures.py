"""Figures that follow a reader's own answers, and the ending of the course: what they show, and that they need no library."""

import datetime
import re
import subprocess
import sys

import pytest
from learners import Way, do

from dateline.answers.document import encode
from dateline.answers.store import all_answers
from dateline.cards.act import ActCard
from dateline.cards.acts import keepsake
from dateline.figures import own
from dateline.kinds import Key, Question, solved
from dateline.learner.before_and_after import form_stem, hand_in
from dateline.learner.course_end import course_end, farewell_shown


def test_figures_of_ones_own_answers_need_no_matplotlib() -> None:
    code = (
        "import sys, dateline.figures, dateline.figures.before_and_after, dateline.cards.acts\n"
        "dateline.figures.voice_map('article', 'voices-p4')\n"
        "assert 'matplotlib' not in sys.modules\n"
        "dateline.figures.hedge_inventory\n"
        "assert 'matplotlib' in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_voice_map_tells_own_marks_from_those_that_were_worked() -> None:
    shown = own.voices_shown("article", {"p1.s1": "agency", "p3.s1": "leader"}, {"p4.s1": "outlet"})
    assert (
        shown.plain
        == "Voice map of 17 lines: state agency 1, leader quoted 1, article itself 1; not marked yet 14. 1 of the marks is yours."
    )
    assert f'aria-label="{shown.plain}"' in shown.html
    bars = re.findall(r"<rect[^>]*>", shown.html)
    assert ["none" in bar for bar in bars] == [True, True, False], "outlines were worked above, the full bar is the reader's"
    assert shown.html.count("stroke-dasharray") == 14
    assert "<figcaption" in shown.html
    assert "1 of the 3 lines marked so far has no speaker but the article itself" in shown.html
    rows = re.findall(r'normal">([^<]+)</th><td[^>]*>([^<]*)</td><td[^>]*>([^<]*)</td>', shown.html)
    assert {row for row in rows if row[2]} == {
        ("p1.s1", "state agency", "worked above"),
        ("p3.s1", "leader quoted", "worked above"),
        ("p4.s1", "article itself", "yours"),
    }


def test_in_a_voice_map_each_voice_has_a_lane_and_a_letter_of_its_own() -> None:
    voices = {"p1.s1": "agency", "p3.s1": "leader", "p2.s1": "outlet", "p2.s2": "official", "p5.s1": "unclear"}
    shown = own.voices_shown("article", voices, {})
    starts = [float(x) for x in re.findall(r'<rect x="([\d.]+)"', shown.html)]
    assert len(starts) == len(set(starts)) == 5
    assert re.findall(r'font-weight="600">([A-Z])</text>', shown.html) == ["A", "O", "F", "L", "U"], "in the order of the text"


# ---- the end of the course -------------------------------------------------------------------------------------------


def wrong_in(*skills: str) -> Way:
    """A reader who misses what is asked of some skills, and knows the rest."""

    def way(question: Question, key: Key) -> object:
        if question.skill not in skills:
            return solved(question, key)
        return next(choice.id for choice in question.choices if choice.id not in key.right)  # type: ignore[attr-defined]

    return way


@pytest.fixture
def two_tests() -> None:
    do("0.2", wrong_in("voice", "quotation"))
    hand_in("A")
    do("7.1", wrong_in("hedges", "quotation"))
    hand_in("B")


@pytest.mark.usefixtures("two_tests")
def test_the_end_says_what_one_could_not_do_and_now_can_what_held_and_what_to_practise() -> None:
    found = course_end("A", "B")
    assert found is not None
    assert [skill.name for skill in found.gained] == ["telling whose voice a sentence has"]
    assert [skill.name for skill in found.practise] == ["saying what quotation marks warrant", "telling kinds of hedge apart"]
    assert len(found.held) == 13
    shown = farewell_shown("A", "B")
    assert shown.plain.split("\n")[0] == "What you could not do and now can: telling whose voice a sentence has."
    assert '<li>telling whose voice a sentence has, <a href="11-who-is-speaking.ipynb">1.1 Who is speaking?</a></li>' in shown.html
    assert shown.plain.split("\n")[-1] == "Each of these rests on one question in each test, so take it as a hint."


def test_before_both_tests_are_handed_in_the_end_says_which_is_missing() -> None:
    assert farewell_shown("A", "B").plain == "What you can do now stands here after form A and form B."
    act = keepsake("A", "B")
    assert act.look()["button"] == ""
    assert act.look()["lines"] == ["When form A and form B are handed in, you can make the page here."]


def test_where_nothing_was_gained_or_nothing_is_left_it_is_said() -> None:
    do("0.2")
    hand_in("A")
    do("7.1")
    hand_in("B")
    told = farewell_shown("A", "B").plain.split("\n")
    assert told[0] == "What you could not do and now can: No question that went wrong before is right now."
    assert told[2] == "What to practise: Nothing in these answers asks for more practice."


@pytest.mark.usefixtures("two_tests")
def test_the_page_to_keep_stands_alone_and_has_a_place_for_the_name_that_python_never_sees() -> None:
    card = ActCard(keepsake("A", "B"))
    assert card.spec["signed"] is True
    card.hear({"do": "press", "name": "mine.html"})
    file = card.state["file"]
    assert file["name"] == "mine.html"
    page = file["words"]
    assert re.search(r"Name: <span data-name>(&#95;){28}</span>", page)
    assert "telling whose voice a sentence has (lesson 1.1)" in page
    assert f"{datetime.date.today().day} {datetime.date.today():%B %Y}" in page
    assert "32 questions answered in 2 lessons" in page
    assert "<svg" in page
    assert not re.search(r'(src|href)="(?!#|data:)', page), "it needs nothing beside it"
    assert set(card.spec) == {"act", "name", "signed"}
    assert b'"name"' not in encode(all_answers()), "an answer document has no field for a name"


def test_the_two_tests_ask_the_same_skills_once_each_and_the_course_names_them() -> None:
    from dateline.learner.progress import load_skills

    asked = [sorted(question.skill for question in form_stem(form).lesson.question) for form in "ABC"]
    assert asked[0] == asked[1] == asked[2]
    assert len(asked[0]) == len(set(asked[0])) == 16
    assert set(asked[0]) <= set(load_skills())
