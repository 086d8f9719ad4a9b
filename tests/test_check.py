"""The checker is checked: one line of a sound course is changed, and the fault is named with its file, its line and its fix."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dateline.authoring.check import check_course
from dateline.bank import find_question
from dateline.faults import lines_of

QUESTIONS = "exercises/11-sampler.toml"
KEYS = "solutions/11-sampler.toml"
TEXT = "data/texts/ferry.txt"

# What is written instead of what, and the fault: file, the line of the changed words, words of the message.
ROWS: list[tuple[str, str, str, str]] = [
    # questions: shape
    (QUESTIONS, 'beat = "predict"', 'beat = "guess"', "invalid enum value 'guess'"),
    (QUESTIONS, 'theme = "sourcing"', 'theme = "weather"', "invalid enum value 'weather'"),
    (QUESTIONS, 'kind = "tag"', 'kind = "dance"', "invalid value 'dance'"),
    (QUESTIONS, 'skill = "voice"\nconfidence = true', 'skill = "voice"\nconfidence = "yes"', "expected `bool`, got `str`"),
    (QUESTIONS, 'kind = "order"', 'kind = "order"\ncolour = "red"', "object contains unknown field `colour`"),
    (QUESTIONS, 'text = "ferry"\nshow = ["p1.s1"]', 'text = "fery"\nshow = ["p1.s1"]', "there is no text 'fery'; did you mean 'ferry'"),
    (QUESTIONS, 'id = "s-choose"', 'id = ""', "expected `str` of length >= 1"),
    (QUESTIONS, "budget = ", "budget = -", "expected `int` >= 1"),
    (QUESTIONS, 'lesson = "1.1"', "lesson = 1.1", "expected `str`, got `float`"),
    # questions: sense
    (QUESTIONS, 'id = "s-steps"', 'id = "s-choose"', "the id 's-choose' is also in exercises/11-sampler.toml"),
    (QUESTIONS, 'show = ["p1.s1"]', 'show = ["p9.s1"]', "there is no sentence 'p9.s1'"),
    (QUESTIONS, 'items = ["H1", "p1.s1", "p1.s2"]', 'items = ["H1", "p1.s1", "p1.s9"]', "there is no sentence 'p1.s9'"),
    (QUESTIONS, 'given = { H1 = "outlet" }', 'given = { H2 = "outlet" }', "'H2' is not an item of this question"),
    (QUESTIONS, 'given = { H1 = "outlet" }', 'given = { H1 = "nobody" }', "'nobody' is not a choice"),
    (QUESTIONS, 'hints = ["Go row by row.", ', "hints = [", "it has 2 hints"),
    (QUESTIONS, '{ id = "unknown", text', '{ id = "heard", text', "two of its choices have the same id"),
    (QUESTIONS, "low = 0\nhigh = 24", "low = 30\nhigh = 24", "low (30) is not below high (24)"),
    # keys: shape
    (KEYS, 'right = ["ops", "vant"]', "right = []", "expected `array` of length >= 1"),
    (KEYS, 'right = ["service"]', 'right = "service"', "expected `array`, got `str`"),
    (KEYS, "near = 1", "near = -1", "expected `float` >= 0.0"),
    (KEYS, 'heard = "quotes-were-heard"', 'heard = "quotes-were-seen"', "'quotes-were-seen' is not in data/misconceptions.toml"),
    (KEYS, '[s-range]\ndata = "Likely"', '[s-range]\ndata = "Lightly"', "'Lightly' is not a phrase of data/probability_phrases.csv"),
    (KEYS, "[s-write]", "[s-wrote]", "there is no question 's-wrote'"),
    (KEYS, '[s-tag.items."p1.s2"]\nright = ["unclear", "outlet"]', '[s-tag.items."p1.s2"]\nright = 5', "expected `array`, got `int`"),
    # keys: sense
    (KEYS, 'right = ["service"]', 'right = ["servant"]', "'servant' is not a choice"),
    (KEYS, 'half = ["unknown"]', 'half = ["service"]', "'service' is both right and half right"),
    (KEYS, 'look = "will sail within days"', 'look = "will sail within hours"', "the words 'will sail within hours' are not in p1.s1"),
    (KEYS, 'look = "reportedly"', 'look = "allegedly"', "the words 'allegedly' are not in p1.s2"),
    (KEYS, 'look = "on 6 May"', 'look = "on 7 May"', "the words 'on 7 May' are not in p1.s2"),
    (KEYS, 'words = "reportedly"', 'words = "allegedly"', "the words 'allegedly' are not in p1.s2"),
    (KEYS, 'heard = "No captain and no reporter on board is named."\n', "", "there is no reason for 'heard'"),
    (KEYS, 'yard = "The yard is mentioned', 'dock = "The yard is mentioned', "there is a reason for 'dock', which cannot be answered"),
    (KEYS, "The last sentence names it.", "The first sentence names it.", "two answers share one reason"),
    (KEYS, 'teach = "Both are proper names."', 'teach = ""', "teach is empty"),
    (KEYS, 'right = ["ops", "vant"]', 'right = ["ops", "vant"]\noptional = ["vant"]', "'vant' is both right and optional"),
    (KEYS, 'order = [["may"], ["likely"], ["will"]]', 'order = [["may"], ["likely"], ["will", "may"]]', "an item has two places"),
    (KEYS, 'order = [["may"], ["likely"], ["will"]]', 'order = [["may"], ["will"]]', "there is no verdict for 'likely'"),
    (KEYS, "value = 9", "value = 90", "90 is not between the question's bounds"),
    (KEYS, "value = 9\nnear = 1", "value = 9\ntolerance = 2\nnear = 1", "near (1) lies inside the tolerance (2)"),
    (KEYS, "trap = [{ value = 0", "trap = [{ value = 9", "the trap 9 is right"),
    (KEYS, 'right = ["2031-05-06"]', 'right = ["6 May 2031"]', "'6 May 2031' is not a date"),
    (KEYS, 'trap = { "2031-05-09"', 'trap = { "2031-05-06"', "the trap '2031-05-06' is right, or right but for its precision"),
    (KEYS, '"p1.s3" = "These words name', '"p1.s9" = "These words name', "'p1.s9' is not a sentence that is shown"),
    # texts
    (TEXT, "The ship reportedly", " The ship reportedly", "there is a space at an end of this line"),
    (TEXT, 'title = "', 'titel = "', "the header is not complete"),
]


@pytest.fixture
def change(sampler: Path) -> Callable[[str, str, str], int]:
    """Write something else in one place of the sampler; returns the line on which the new words stand."""

    def make(file: str, old: str, new: str) -> int:
        path = sampler / file
        words = path.read_text(encoding="utf-8")
        assert old in words, old
        path.write_text(words.replace(old, new, 1), encoding="utf-8")
        at = words.index(old)
        same = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
        return words[: at + same].count("\n") + 1 + new[same:].startswith("\n")

    return make


@pytest.mark.parametrize(("file", "old", "new", "said"), ROWS, ids=[said[:40] for *_, said in ROWS])
def test_a_changed_line_is_named_with_file_line_and_fix(change: Callable[..., int], file: str, old: str, new: str, said: str) -> None:
    line = change(file, old, new)
    found = [problem for problem in check_course() if said in problem.what]
    assert found, [str(problem) for problem in check_course()]
    assert found[0].file == file
    assert abs(found[0].line - line) <= NEAR.get(said, 0), (found[0].line, line)
    assert len(found[0].fix) > 8


NEAR = {
    "there is no reason for 'heard'": 2,
    "near (1) lies inside the tolerance (2)": 1,
    "two answers share one reason": 2,
    "the header is not complete": 3,
}
"""Lines by which a fault may stand beside the change: what is missing or shared is told where its table begins."""


UNTOLD = """
[s-untold]
right = ["cannot-tell"]
teach = "A search order."
next = "Look it up."
why = { yes = "Nobody says so there.", cannot-tell = "It cannot be told from this." }
"""
ASKED = """
[[question]]
id = "s-untold"
kind = "choose"
beat = "practice"
theme = "sourcing"
skill = "voice"
prompt = "Did it sail?"
choices = [{ id = "yes", text = "yes" }, { id = "cannot-tell", text = "It cannot be told." }]
hints = ["Look.", "Look again.", "“It may” is not “it did”."]
"""
INVENTED = 'text = "ferry"\nshow = ["p1.s1"]\n'
TRIED = 'unlock = "Vant\'s register was looked up on 7 May: no entry."\n'


@pytest.mark.parametrize(
    ("asked", "keyed", "invented", "faults"),
    [
        (ASKED, UNTOLD, False, 1),
        (ASKED, UNTOLD.replace("teach", TRIED + "teach"), False, 0),
        (ASKED, UNTOLD.replace("teach", 'unlock = " "\nteach'), False, 1),
        (ASKED, UNTOLD.replace('right = ["cannot-tell"]', 'right = ["yes"]\nhalf = ["cannot-tell"]'), False, 1),
        (ASKED, UNTOLD.replace('right = ["cannot-tell"]', 'right = ["yes"]'), False, 0),
        (ASKED.replace("prompt", INVENTED + "prompt"), UNTOLD, False, 1),
        (ASKED.replace("prompt", INVENTED + "prompt"), UNTOLD, True, 0),
    ],
)
def test_what_cannot_be_told_of_the_real_world_names_the_look_up(
    sampler: Path, asked: str, keyed: str, invented: bool, faults: int
) -> None:
    for file, more in ((QUESTIONS, asked), (KEYS, keyed)):
        with (sampler / file).open("a", encoding="utf-8") as opened:
            opened.write(more)
    if not invented:
        words = (sampler / TEXT).read_text(encoding="utf-8")
        (sampler / TEXT).write_text(words.replace("invented = true\n", ""), encoding="utf-8")
    found = [problem for problem in check_course() if "no look-up is named" in problem.what]
    assert all(problem.file == KEYS for problem in found)
    assert [problem.what.split(":")[0] for problem in found if "s-when" not in problem.what] == ["s-untold"] * faults
    assert any("s-when" in problem.what for problem in found) == (not invented), "“not stated” of a real text is told as well"


@pytest.mark.parametrize(
    ("url", "a_page"),
    [
        ("https://example.org/news/2031-05-06/ferry/2486803", True),
        ("https://example.org/politics/ferry-leaves.html", True),
        ("https://example.org/view?id=7", True),
        ("https://doi.org/10.5281/zenodo.18750055", True),
        ("https://github.com/nagix/nk-missile-tests", True),
        ("https://x.com/office/status/2007", True),
        ("https://example.org", False),
        ("https://example.org/", False),
        ("https://example.org/news/world/", False),
        ("https://example.org/index.html", False),
        ("https://x.com/INDOPACOM", False),
        ("https://www.facebook.com/some.office", False),
        ("example.org/a-page", False),
        ("https://nowhere/a-page", False),
    ],
)
def test_a_source_is_a_page_and_not_an_outlet_or_a_profile(sampler: Path, url: str, a_page: bool) -> None:
    table = f'[wire]\nwho = "A wire"\ndate = 2031-05-06\nwhat = "Ferry leaves"\nurl = "{url}"\nseen = "whole"\n'
    (sampler / "data" / "sources.toml").write_text(table, encoding="utf-8")
    found = [problem for problem in check_course() if problem.file == "data/sources.toml" and "names the source" not in problem.what]
    assert [(problem.line, "not a page" in problem.what) for problem in found] == ([] if a_page else [(5, True)])


@pytest.mark.parametrize(
    ("other", "line"),
    [("https://www.example.org/ferry-leaves", 12), ("http://example.org/ferry-leaves", 12), ("https://example.org/ferry-leaves-2", None)],
)
def test_a_page_is_one_source(sampler: Path, other: str, line: int | None) -> None:
    entry = '[{}]\nwho = "A wire"\ndate = 2031-05-06\nwhat = "Ferry leaves"\nurl = "{}"\nseen = "whole"\n\n'
    table = entry.format("wire", "https://example.org/ferry-leaves") + entry.format("again", other)
    (sampler / "data" / "sources.toml").write_text(table, encoding="utf-8")
    found = [problem for problem in check_course() if problem.file == "data/sources.toml" and "names the source" not in problem.what]
    assert [(problem.line, problem.what) for problem in found] == ([(line, "again: the same address is wire")] if line else [])


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("", True),
        ("The ferry-wire has it.", True),
        ("[A wire](../data/SOURCES.md#ferry-wire-2)", True),
        ("[A wire](../data/SOURCES.md#ferry-wire)", False),
    ],
)
def test_a_source_that_nothing_names_is_told(sampler: Path, page: str, told: bool) -> None:
    entry = '[ferry-wire]\nwho = "A wire"\ndate = 2031-05-06\nwhat = "Ferry"\nurl = "https://example.org/ferry-leaves"\nseen = "whole"\n'
    (sampler / "data" / "sources.toml").write_text(entry, encoding="utf-8")
    (sampler / "teaching").mkdir()
    (sampler / "teaching" / "plan.md").write_text(page, encoding="utf-8")
    found = [(problem.line, problem.what) for problem in check_course()]
    assert found == ([(1, "no page and no table names the source 'ferry-wire'")] if told else [])


AGAIN = """[[question]]
id = "{id}"
kind = "choose"
beat = "{beat}"
recalls = "{recalls}"
theme = "sourcing"
skill = "{skill}"
prompt = "Whose word is it?"
choices = [{{ id = "one", text = "one's" }}, {{ id = "other", text = "another's" }}]
"""
REASONS = '[{id}]\nright = ["one"]\nwhy = {{ one = "It says so.", other = "It does not." }}\nteach = "Keep."\nnext = "Do."\n'


@pytest.mark.parametrize(
    ("last", "what"),
    [
        ({}, ""),
        ({"recalls": "s-chose"}, "a-3 recalls 's-chose', which its lesson does not ask"),
        ({"skill": "hedges"}, "a-3 has another skill than s-choose"),
        ({"beat": "exit"}, "questions with the beat review stand in the folder review, and none but they"),
        (None, "s-choose comes back 2 times"),
    ],
)
def test_a_question_that_comes_back_does_so_three_times_with_its_own_skill(sampler: Path, last: dict[str, str] | None, what: str) -> None:
    plain = {"beat": "review", "recalls": "s-choose", "skill": find_question("s-choose")[0].skill}
    asked = [plain | {"id": "a-1"}, plain | {"id": "a-2"}, *([plain | {"id": "a-3"} | last] if last is not None else [])]
    for folder, one in (("exercises", AGAIN), ("solutions", REASONS)):
        (sampler / folder / "review").mkdir()
        head = 'lesson = "1.1"\ntitle = "Sampler"\n' if folder == "exercises" else ""
        words = head + "\n".join(one.format(**names) for names in asked)
        (sampler / folder / "review" / "11-sampler.toml").write_text(words, encoding="utf-8")
    found = [problem for problem in check_course() if what in problem.what or not what]
    assert [(problem.file, problem.what) for problem in found] == ([("exercises/review/11-sampler.toml", what)] if what else [])


def test_there_are_forty_rows_and_a_sound_course_has_no_fault(sampler: Path) -> None:
    assert len(ROWS) >= 40
    assert check_course() == []


def test_every_fault_of_every_file_is_told_in_one_run(sampler: Path, change: Callable[..., int]) -> None:
    change(QUESTIONS, 'beat = "predict"', 'beat = "guess"')
    change(QUESTIONS, 'hints = ["Go row by row.", ', "hints = [")
    change(KEYS, 'right = ["2031-05-06"]', 'right = ["6 May 2031"]')
    change(TEXT, "The ship reportedly", " The ship reportedly")
    (sampler / "exercises" / "12-broken.toml").write_text('lesson = "1.2\n', encoding="utf-8")
    (sampler / "exercises" / "13-other.toml").write_text('lesson = "1.3"\ntitle = "T"\n[[question]]\nid = "x"\n', encoding="utf-8")
    (sampler / "notebooks" / "99-torn.ipynb").write_text("{", encoding="utf-8")
    files = [problem.file for problem in check_course()]
    assert {"exercises/12-broken.toml", "exercises/13-other.toml", QUESTIONS, TEXT, "notebooks/99-torn.ipynb"} <= set(files)
    assert sum(file == QUESTIONS for file in files) >= 2


def test_a_file_that_is_no_toml_is_one_fault_and_not_one_more_for_each_call_of_its_questions(
    sampler: Path, change: Callable[..., int]
) -> None:
    cells = [{"cell_type": "code", "source": f'exercise("{name}")', "outputs": []} for name in ("s-choose", "s-chose")]
    (sampler / "notebooks").mkdir(exist_ok=True)
    (sampler / "notebooks" / "11-sampler.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
    (sampler / "solutions" / "11-sampler.toml").unlink()
    line = change(QUESTIONS, "title = ", "title : ")
    called = [problem.what for problem in check_course() if problem.file.startswith("notebooks/")]
    assert called == ["there is no exercise 's-chose'"]
    assert [problem.line for problem in check_course() if problem.file == QUESTIONS] == [line]


@pytest.mark.parametrize("written", ["id = 's-choose'", 'id="s-choose"', '"id" = "s-choose"', 'id   =   "s-choose"  # the first'])
def test_an_id_works_however_it_is_written(sampler: Path, change: Callable[..., int], written: str) -> None:
    change(QUESTIONS, 'id = "s-choose"', written)
    assert check_course() == []
    assert find_question("s-choose")[0].prompt == "Whose words are in quotation marks?"


@pytest.mark.parametrize("header", ["['s-choose']", '["s-choose"]', "[ s-choose ]"])
def test_a_key_works_however_its_head_is_written(sampler: Path, change: Callable[..., int], header: str) -> None:
    change(KEYS, "[s-choose]\n", header + "\n")
    assert check_course() == []
    line = change(KEYS, 'right = ["service"]', 'right = ["servant"]')
    assert [problem.line for problem in check_course() if "servant" in problem.what] == [line]


def test_the_command_ends_with_1_and_counts_what_is_to_mend(sampler: Path, change: Callable[..., int]) -> None:
    def check() -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, "-m", "dateline", "check"], capture_output=True, text=True, timeout=60)

    sound = check()
    assert (sound.returncode, sound.stdout) == (0, "Nothing to mend in 1 text, 16 questions, 0 notebooks.\n")
    line = change(KEYS, "value = 9", "value = 90")
    faulty = check()
    assert faulty.returncode == 1
    assert faulty.stdout.startswith(f"{KEYS}:{line}: s-number: 90 is not between the question's bounds. ")
    assert faulty.stderr == "1 to mend.\n"


def test_no_byte_of_any_authored_file_ends_the_check_in_a_fault_of_its_own(sampler: Path) -> None:
    """Cut off anywhere, or with a byte that is no text, a file gives faults and nothing else."""
    for name in (QUESTIONS, KEYS, TEXT, "data/misconceptions.toml"):
        whole = (sampler / name).read_bytes()
        for cut in range(0, len(whole), max(1, len(whole) // 12)):
            for torn in (whole[:cut], whole[:cut] + b"\xff" + whole[cut:], whole[:cut] + b'"' + whole[cut:]):
                (sampler / name).write_bytes(torn)
                assert all(problem.line >= 1 and problem.fix for problem in check_course())
        (sampler / name).write_bytes(whole)
    assert check_course() == []


def test_a_missing_folder_or_file_is_a_fault_or_nothing(sampler: Path) -> None:
    shutil.rmtree(sampler / "solutions")
    assert check_course() == [], "a learner's copy has no keys and nothing to mend"
    (sampler / "data" / "misconceptions.toml").unlink()
    assert check_course() == []


TOML = """# a comment with [brackets] and = signs
a = 1
"b.c" = 'x # no comment'

[one]
list = [
    1,
    [2, 3],
    { d = "]" },
]
text = \"\"\"
[not.a.table]
e = 2
\"\"\"
[[many]]
f = 1
[many.inner]
g.h = 1
[[many]]
f = 2
['quoted name'.x]
i = 1
"""


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("a",), 2),
        (("b.c",), 3),
        (("one",), 5),
        (("one", "list"), 6),
        (("one", "list", 0), 7),
        (("one", "list", 1), 8),
        (("one", "list", 2), 9),
        (("one", "text"), 11),
        (("many", 0), 15),
        (("many", 0, "f"), 16),
        (("many", 0, "inner"), 17),
        (("many", 0, "inner", "g", "h"), 18),
        (("many", 1, "f"), 20),
        (("quoted name", "x", "i"), 22),
    ],
)
def test_everything_in_a_file_has_its_line(place: tuple[str | int, ...], line: int) -> None:
    assert lines_of(TOML)[place] == line
    assert ("not", "a", "table") not in lines_of(TOML)
