"""A noun in its number, and one mark at the end of a sentence: by hand, and where a person meets them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from asking import Ask
from one_of_each import KINDS, TAIL
from typer.testing import CliRunner

from dateline.answers.store import save_answer
from dateline.cli import app
from dateline.faults import Problem
from dateline.kinds import feedback
from dateline.wording import counted, ended


@pytest.mark.parametrize(
    ("count", "forms", "said"),
    [
        (0, ("card",), "0 cards"),
        (1, ("card",), "1 card"),
        (2, ("card",), "2 cards"),
        (1200, ("answer",), "1,200 answers"),
        (1, ("question is", "questions are"), "1 question is"),
        (3, ("question is", "questions are"), "3 questions are"),
    ],
)
def test_a_noun_stands_in_its_number(count: int, forms: tuple[str, ...], said: str) -> None:
    assert counted(count, *forms) == said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("The yard", "The yard."),
        ("The yard.", "The yard."),
        ("Who says so?", "Who says so?"),
        ("Wait!", "Wait!"),
        ("and so on …", "and so on …"),
        ("They asked “who?”", "They asked “who?”"),
        ("They said “we”", "They said “we”."),
        ("p1.s1, p2.s1", "p1.s1, p2.s1."),
    ],
)
def test_a_sentence_ends_once(words: str, said: str) -> None:
    assert ended(words) == said


def test_what_a_row_asks_is_no_reason_for_a_second_mark(ask: Ask) -> None:
    question, key = ask(KINDS["match"][0].replace("Bee", "Who says so?"), KINDS["match"][1].replace(TAIL, ""))
    assert feedback(question, key, {"a": "x"}).notes[0].reason == "No answer here yet: Who says so?"


def test_a_fault_ends_once() -> None:
    assert str(Problem("a.toml", 3, "whose is it?", "Say who")) == "a.toml:3: whose is it? Say who."


@pytest.mark.machine
@pytest.mark.parametrize(("names", "said"), [(["a"], "1 answer is in "), (["a", "b"], "2 answers are in ")])
def test_export_counts_one_as_one(small_course: Callable[[dict[str, str]], Path], tmp_path: Path, names: list[str], said: str) -> None:
    small_course({})
    for name in names:
        save_answer("1", name, value="x")
    told = CliRunner().invoke(app, ["export", str(tmp_path / "mine.json")])
    assert told.output.startswith(said)
