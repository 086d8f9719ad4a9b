"""Where on the card a reason belongs: its place in words, and the part of the card that it stands beside."""

from typing import Any

import pytest
from asking import Ask
from one_of_each import KINDS, MARKED

from dateline.kinds import feedback


@pytest.mark.parametrize(
    ("kind", "answer", "places"),
    [
        ("choose", "z", [("", "")]),
        ("match", {"b": "y"}, [("Bee", "b"), ("", "")]),
        ("grid", {"a/c": "z"}, [("Aye: Sea", "a/c")]),
        ("tag", {"p1.s1": "y"}, [("p1.s1", "p1.s1")]),
        ("choose-many", ["y", "z"], [("", "y"), ("", "z"), ("", "")]),
        ("mark", [MARKED | {"label": "y"}], [("p1.s2", "p1.s2:3-13")]),
        ("mark", [MARKED | {"start": 14, "end": 18, "label": "y"}], [("p1.s2", "p1.s2:14-18"), ("", "")]),
        ("order", ["b", "a"], [("Bee", "b"), ("Aye", "a")]),
        ("number", 5, [("", "")]),
        ("number", 0, [("", "")]),
        ("reading", 40, [("", "")]),
        ("range", [30, 40], [("", "")]),
        ("when", {"a": "2031-05-09"}, [("Aye", "a"), ("Bee", "b")]),
        ("chain", [{"from": "b", "to": "a", "inferred": False}], [("", "b>a"), ("", "")]),
        ("desk", {"before": 50, "opened": ["a"], "after": 90}, [("", "a"), ("", ""), ("", "")]),
        ("desk", {"before": 50, "opened": ["a"]}, [("", "a"), ("", "")]),
        ("write", "A line.", []),
    ],
)
def test_where_a_reason_belongs(ask: Ask, kind: str, answer: Any, places: list[tuple[str, str]]) -> None:
    question, key = KINDS[kind]
    read = ask(question, key.replace('teach = "Keep."\nnext = "Do."\n', ""))
    assert [(note.at, note.item) for note in feedback(*read, answer).notes] == places


def test_an_item_that_is_free_has_its_place_too(ask: Ask) -> None:
    key = 'order = [["b"]]\nfree = ["a"]\nwhy = { a = "A.", b = "B." }\n'
    told = feedback(*ask(KINDS["order"][0], key), ["a", "b"])
    assert [(note.at, note.item) for note in told.notes] == [("Bee", "b"), ("Aye", "a")]
