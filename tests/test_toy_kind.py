"""A new kind is one Python file, one JavaScript file and one line; everything else follows from what the kind must be able to do."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import dateline

PACKAGE = Path(dateline.__file__).parent
COIN = '''"""Heads or tails."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from markupsafe import Markup

from dateline.evidence.misconceptions import Belief
from dateline.html import html
from dateline.kinds.base import Chosen, Fault, Kind, Question, Told, Trial, View, note_of
from dateline.kinds.results import Note, Part, Picture, Result, result_of

SIDES = ("heads", "tails")


class Coin(Question, tag="coin", frozen=True, kw_only=True):
    """A side of a coin. Its answer is `heads` or `tails`."""


class CoinKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The side, and a reason."""

    side: str
    why: str
    teach: str
    next: str


class CoinKind(Kind[Coin, CoinKey]):
    """The right side earns 1."""

    def answer_form(self, question: Coin) -> str:
        return '"heads"'

    def invalid(self, question: Coin, answer: Any) -> str:
        return "" if answer in SIDES else "Write heads or tails"

    def said(self, question: Coin, answer: Any) -> str:
        return str(answer)

    def grade(self, question: Coin, key: CoinKey, answer: Any) -> Result:
        return result_of((Part("", answer, float(answer == key.side)),), 1)

    def notes(self, question: Coin, key: CoinKey, result: Result) -> tuple[Note, ...]:
        return (note_of("", result.points, result.parts[0].chosen, key.why),)

    def solved(self, question: Coin, key: CoinKey) -> Any:
        return key.side

    def extras(self, key: CoinKey, answer: Any) -> tuple[tuple[str, ...], Picture | None]:
        return (), None

    def view(self, question: Coin) -> View:
        return {"sides": list(SIDES)}

    def printed(self, spec: View, answer: Any) -> Markup:
        return html("<p>{}</p>", answer or "heads or tails?")

    def question_faults(self, question: Coin) -> Iterator[Fault]:
        return iter(())

    def faults(self, question: Coin, key: CoinKey) -> Iterator[Fault]:
        if key.side not in SIDES:
            yield Fault(("side",), f"{key.side!r} is no side", "Write heads or tails")

    def giveaways(self, question: Coin, key: CoinKey) -> Iterable[str]:
        return [key.side]

    def may_be_open(self, key: CoinKey) -> Iterable[str]:
        return [key.side]

    def counts(self, key: CoinKey) -> bool:
        return True

    def is_fixed(self, question: Coin, key: CoinKey) -> bool:
        return True

    def beliefs(self, key: CoinKey, result: Result) -> set[Belief]:
        return set()

    def can_show(self, key: CoinKey) -> set[Belief]:
        return set()

    def trials(self, question: Coin, key: CoinKey, result: Result) -> Iterator[Trial]:
        return iter(())

    def chosen(self, question: Coin, key: CoinKey, result: Result) -> Iterator[Chosen]:
        for part in result.parts:
            yield Chosen("", "", part.chosen, part.chosen, part.credit, key.why)

    def told(self, question: Coin, key: CoinKey) -> Iterator[Told]:
        yield Told((key.side,), "right", key.why)
'''
CONTROL = 'CONTROLS.coin = (spec) => ({ node: h("p", {}, spec.sides.join(" or ")), read: () => null, write: () => {} });\n'
QUESTION = """lesson = "1.1"
title = "Toys"

[[question]]
id = "toss"
kind = "coin"
beat = "exit"
theme = "sourcing"
skill = "voice"
prompt = "Which side is up?"
hints = ["Look.", "A coin has two.", "The other coin lies on its edge."]
"""
KEY = '[toss]\nside = "tails"\nwhy = "The bird is on the other side, so this one shows the number."\nteach = "A side."\nnext = "Look."\n'
USE = """
from dateline.answers import attempts
from dateline.authoring.check import check_course
from dateline.authoring.kinds_page import kinds_page, schemas
from dateline.bank import find_question
from dateline.cards.card import Card
from dateline.cards.code import source
from dateline.classroom.leaks import secrets
from dateline.kinds import kind_of
from dateline.kinds.view import printed_html
from dateline.learner import record

print([str(fault) for fault in check_course()])
exercise = attempts.open_exercise("toss")
print(attempts.check(exercise, "heads")["feedback"]["verdict"], attempts.check(exercise, "tails")["feedback"]["verdict"])
print(Card(exercise).spec["sides"], "coin" in source(), "heads or tails?" in printed_html(exercise.question))
print([one.result.points for one in record.taken()], record.is_fixed(record.taken()[0]))
print("## `coin`" in kinds_page(), '"coin"' in schemas()["exercises.json"], len(secrets()))
print([told.parts for told in kind_of(exercise.question).told(exercise.question, exercise.key)])
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the package in which the toy kind is added: two files and one line."""
    shutil.copytree(PACKAGE, tmp_path / "dateline", ignore=shutil.ignore_patterns("__pycache__"))
    kinds = tmp_path / "dateline" / "kinds"
    (kinds / "coin.py").write_text(COIN, encoding="utf-8")
    (kinds / "coin.js").write_text(CONTROL, encoding="utf-8")
    listed = (kinds / "__init__.py").read_text(encoding="utf-8")
    listed = listed.replace("\nKINDS: tuple", "\nfrom dateline.kinds.coin import CoinKind\nKINDS: tuple")
    (kinds / "__init__.py").write_text(listed.replace("WriteKind())", "WriteKind(), CoinKind())"), encoding="utf-8")
    for name, content in {"exercises": QUESTION, "solutions": KEY}.items():
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "11-toys.toml").write_text(content, encoding="utf-8")
    for name in ("data/texts", "notebooks", "answers"):
        (tmp_path / name).mkdir(parents=True)
    return tmp_path


def run(package: Path, program: str) -> subprocess.CompletedProcess[str]:
    variables = {**os.environ, "PYTHONPATH": str(package), "DATELINE_COURSE": str(package), "DATELINE_ANSWERS": str(package / "answers")}
    return subprocess.run([sys.executable, "-P", "-c", program], env=variables, cwd=package, capture_output=True, text=True, timeout=120)


def test_a_toy_kind_is_checked_answered_shown_told_and_kept_secret(package: Path) -> None:
    done = run(package, USE)
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "[]",
        "Not yet. Right.",
        "['heads', 'tails'] True True",
        "[0.0] True",
        "True True 1",
        "[('tails',)]",
    ]


@pytest.mark.parametrize("method", re.findall(r"    def (\w+)\(self", COIN))
def test_a_half_made_kind_cannot_be_imported(package: Path, method: str) -> None:
    coin = package / "dateline" / "kinds" / "coin.py"
    coin.write_text(coin.read_text(encoding="utf-8").replace(f"def {method}(", f"def not_{method}("), encoding="utf-8")
    done = run(package, "import dateline.kinds")
    assert done.returncode == 1
    assert "TypeError: Can't instantiate abstract class CoinKind" in done.stderr
    assert method in done.stderr
