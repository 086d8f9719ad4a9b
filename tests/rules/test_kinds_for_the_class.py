"""What a teacher's key says of every kind, what an analysis counts of an answer, and what of a key may stand in the open."""

from typing import Any

import pytest
from asking import Ask
from one_of_each import KINDS, MARKED

from dateline.kinds import grade, kind_of

XYZ = [("ex", "right", "X holds."), ("why", "wrong", "Y does not."), ("zed", "wrong", "Z does not.")]
READING = (
    "Of the people asked about “Perhaps”, 20 % gave a lower number, 35 % the same and 45 % a higher one. "
    "The middle answer is 40 %, and 8 of 10 lie from 30 to 60 %. Your number is not marked: it is one reading among many."
)
every_kind = pytest.mark.parametrize("kind", KINDS)


def asked(ask: Ask, kind: str) -> tuple[Any, Any]:
    """The question and the key of a kind; the key's own last lines take the place of those of the fixture."""
    question, key = KINDS[kind]
    return ask(question, key.replace('teach = "Keep."\nnext = "Do."\n', ""))


TOLD: dict[str, list[tuple[tuple[str, ...], str, str]]] = {
    "choose": [(("ex",), "right", "X holds."), (("why",), "wrong", "Y does not."), (("zed",), "half", "Z does not.")],
    "match": [((item, words), sign, why) for item in ("Aye", "Bee") for words, sign, why in XYZ],
    "ladder": [((item, words), "half" if words == "why" else sign, why) for item in ("Aye", "Bee") for words, sign, why in XYZ],
    "grid": [(("Aye: Sea", words), sign, why) for words, sign, why in XYZ],
    "tag": [(("p1.s1", words), sign, why) for words, sign, why in XYZ],
    "choose-many": [(("ex",), "right", "X holds."), (("why",), "wrong", "Y does not."), (("zed",), "neither", "Z does not.")],
    "mark": [(("p1.s2", "“reportedly”", "ex"), "right", "X holds."), (("p1.s2",), "fine", "Plain.")],
    "order": [(("Aye",), "", "A."), (("Bee",), "", "B.")],
    "number": [(("4",), "", "R."), (("0",), "wrong", "T."), (("9",), "wrong", "U.")],
    "reading": [(("40",), "", READING)],
    "range": [(("30 to 60",), "", "Your range holds 85 % of the readers of “Perhaps”; 8 of 10 lie from 30 to 60 %. R.")],
    "when": [(("Aye", "2031-05-06"), "right", "R."), (("Aye", "2031-05-09"), "wrong", "T."), (("Bee", "not stated"), "right", "R.")],
    "chain": [(("Bee got it from Aye",), "shown", "W.")],
    "desk": [(("T", "worth 1"), "", "W.")],
    "write": [(("M.",), "ours", "")],
}


@every_kind
def test_the_teachers_key(ask: Ask, kind: str) -> None:
    question, key = asked(ask, kind)
    assert list(kind_of(question).told(question, key)) == TOLD[kind]


MANY_RIGHT = """[q.items.a]
right = ["2031-05-06", "2031-05-07"]
why = { right = "R.", other = "O." }
[q.items.b]
right = ["not stated"]
why = { right = "R.", other = "O." }
"""
FREE = 'order = [["b"]]\nfree = ["a"]\nwhy = { a = "A.", b = "B." }\n'
SPAN = """[[q.span]]
at = "p1.s2"
words = "{}"
right = ["x", "z"]
optional = {}
why = {{ x = "X holds.", y = "Y does not.", z = "Z does not." }}
"""
SPANS = '[q.fine]\n"p1.s2" = "Plain."\n' + SPAN.format("reportedly", "false") + SPAN.format("6 May", "true")


@pytest.mark.parametrize(
    ("kind", "key", "told"),
    [
        ("when", MANY_RIGHT, [(("Aye", "2031-05-06 or 2031-05-07"), "right", "R."), (("Bee", "not stated"), "right", "R.")]),
        ("order", FREE, [(("Bee",), "", "B."), (("Aye",), "place not known", "A.")]),
        (
            "mark",
            SPANS,
            [
                (("p1.s2", "“reportedly”", "ex or zed"), "right", "X holds."),
                (("p1.s2", "“6 May”", "ex or zed"), "neither", "X holds."),
                (("p1.s2",), "fine", "Plain."),
            ],
        ),
    ],
)
def test_what_is_free_optional_or_right_in_two_ways_is_told_so(ask: Ask, kind: str, key: str, told: list[Any]) -> None:
    question, read = ask(KINDS[kind][0], key)
    assert list(kind_of(question).told(question, read)) == told


CHOSEN: list[tuple[str, Any, list[tuple[str, str, str, str, float, str]]]] = [
    ("choose", "z", [("", "", "z", "zed", 0.5, "Z does not.")]),
    ("match", {"b": "y"}, [("b", "Bee", "y", "why", 0.0, "Y does not.")]),
    ("ladder", {"a": "y", "b": "x"}, [("a", "Aye", "y", "why", 0.5, "Y does not."), ("b", "Bee", "x", "ex", 1.0, "X holds.")]),
    ("grid", {"a/c": "z"}, [("a/c", "Aye: Sea", "z", "zed", 0.0, "Z does not.")]),
    ("tag", {"p1.s1": "y"}, [("p1.s1", "p1.s1", "y", "why", 0.0, "Y does not.")]),
    ("choose-many", ["y", "z"], [("y", "", "y", "why", -1.0, "Y does not.")]),
    ("mark", [MARKED | {"label": "y"}], [("0", "p1.s2 “reportedly”", "y", "why", 0.5, "Y does not.")]),
    ("mark", [MARKED | {"start": 14, "end": 18, "label": "y"}], [("p1.s2", "p1.s2, other words", "y", "why", -0.5, "Plain.")]),
    ("order", ["b", "a"], [("b", "Bee", "1", "place 1", 0.0, "B."), ("a", "Aye", "2", "place 2", 0.0, "A.")]),
    ("number", 5, [("", "", "5", "5", 0.5, "H.")]),
    ("number", 0, [("", "", "0", "0", 0.0, "T.")]),
    ("reading", 40, []),
    ("range", [30, 60], [("", "", "right", "about 8 of 10 readers inside", 1.0, "R.")]),
    ("range", [30, 40], [("", "", "narrow", "too few readers inside", 0.0, "N.")]),
    ("range", [10, 80], [("", "", "wide", "too many readers inside", 0.0, "W.")]),
    ("when", {"a": "2031-05-09"}, [("a", "Aye", "2031-05-09", "2031-05-09", 0.0, "T.")]),
    ("chain", [{"from": "a", "to": "b", "inferred": True}], [("a>b", "", "inferred", "Aye → Bee, inferred", 0.5, "W.")]),
    ("chain", [{"from": "b", "to": "a", "inferred": False}], [("b>a", "", "shown", "Bee → Aye", -0.5, "B.")]),
    ("desk", {"before": 50, "opened": ["a"], "after": 90}, [("", "opened", "a", "T", 1.0, "W.")]),
    ("write", "A line.", []),
]


@pytest.mark.parametrize(("kind", "answer", "counted"), CHOSEN)
def test_what_an_analysis_counts(ask: Ask, kind: str, answer: Any, counted: list[Any]) -> None:
    question, key = asked(ask, kind)
    assert list(kind_of(question).chosen(question, key, grade(question, key, answer))) == counted


OPEN = {
    "choose": "x y z",
    "match": "a b x y z",
    "ladder": "a b x y z",
    "grid": "a/c x y z",
    "tag": "p1.s1 x y z",
    "choose-many": "x y z",
    "mark": "p1.s2 reportedly x y z",
    "order": "a b",
    "number": "right low high same-clock",
    "reading": "Perhaps",
    "range": "Perhaps right narrow wide",
    "when": "a b 2031-05-06 2031-05-09 not_stated right other",
    "chain": "a b",
    "desk": "a nearer farther still there",
    "write": "",
}
GIVEN_AWAY = {"choose": ["ex"], "mark": ["“reportedly”"], "when": ["2031-05-06"]}
SHOWN = {kind: {"were-heard", "same-clock"} for kind in ("choose", "match", "ladder", "grid", "tag", "choose-many", "mark")}
SHOWN |= {kind: {"same-clock"} for kind in ("number", "when")}


@every_kind
def test_what_of_a_key_may_be_open_and_what_gives_it_away(ask: Ask, kind: str) -> None:
    question, key = asked(ask, kind)
    found = kind_of(question)
    assert {str(words).replace(" ", "_") for words in found.may_be_open(key)} - {""} == set(OPEN[kind].split())
    assert list(found.giveaways(question, key)) == GIVEN_AWAY.get(kind, [])
    assert found.can_show(key) == SHOWN.get(kind, set())
    assert found.counts(key) == (kind not in ("reading", "write"))
