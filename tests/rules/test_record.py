"""What the record counts: which confidences are measured, which beliefs stand behind an answer, what is a trial of judgment."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from asking import READERS, YARDSTICKS, listed
from lessons import WHY, at, give, lesson, question
from one_of_each import AB, CELLS, KINDS, MARKED, TAIL, XY

from dateline.learner.record import answers_of, beliefs, is_answered, judgments, stems, taken, trials

Course = Callable[[dict[str, str]], Path]


@pytest.fixture
def one(small_course: Course) -> Callable[[str, Any], list[Any]]:
    """The record of a course with one question of a kind, answered with some confidence."""

    def make(kind: str, value: Any, key: str = "") -> list[Any]:
        asked, usual = KINDS[kind]
        small_course(
            lesson("1.1", question("q", kind=asked), keys={"q": key or usual})
            | {"data/probability_phrases.csv": READERS, "data/yardsticks.csv": YARDSTICKS}
        )
        give("1", {"q": {"value": value, "first_confidence": 85}})
        return taken()

    return make


@pytest.mark.parametrize(
    ("kind", "value", "found"),
    [
        ("choose", "x", set()),
        ("choose", "y", {"were-heard"}),
        ("choose", "z", {"same-clock"}),
        ("match", {"a": "x", "b": "x"}, set()),
        ("match", {"a": "x", "b": "y"}, {"were-heard"}),
        ("match", {"a": "y", "b": "z"}, {"were-heard", "same-clock"}),
        ("match", {"a": "y"}, {"were-heard"}),
        ("ladder", {"a": "y", "b": "x"}, {"were-heard"}),
        ("grid", {"a/c": "z"}, {"same-clock"}),
        ("tag", {"p1.s1": "y"}, {"were-heard"}),
        ("choose-many", ["x"], set()),
        ("choose-many", ["x", "y"], {"were-heard"}),
        ("mark", [MARKED | {"label": "x"}], set()),
        ("mark", [MARKED | {"label": "y"}], {"were-heard"}),
        ("mark", [MARKED | {"start": 14, "end": 18, "label": "y"}], set()),
        ("number", 4, set()),
        ("number", 0, {"same-clock"}),
        ("number", 9, set()),
        ("number", 1, set()),
        ("when", {"a": "2031-05-06"}, set()),
        ("when", {"a": "2031-05-09", "b": "not stated"}, {"same-clock"}),
        ("when", {"a": "2031-05-08"}, set()),
        ("order", ["b", "a"], set()),
        ("range", [0, 1], set()),
        ("chain", [{"from": "b", "to": "a", "inferred": False}], set()),
        ("desk", {"before": 50, "opened": ["a"], "after": 50}, set()),
        ("write", "A line.", set()),
    ],
)
def test_the_beliefs_behind_an_answer(one: Callable[..., list[Any]], kind: str, value: Any, found: set[str]) -> None:
    [answered] = one(kind, value)
    assert beliefs(answered) == found


@pytest.mark.parametrize(
    ("kind", "value", "right"),
    [
        ("match", {"a": "x", "b": "x"}, True),
        ("match", {"a": "x", "b": "y"}, False),
        ("match", {"a": "x"}, False),
        ("ladder", {"a": "x", "b": "x"}, True),
        ("grid", {"a/c": "x"}, True),
        ("tag", {"p1.s1": "y"}, False),
        ("number", 4, True),
        ("number", 5, False),
        ("when", {"a": "2031-05-06", "b": "not stated"}, True),
    ],
)
def test_a_confidence_is_measured_where_one_answer_is_right(one: Callable[..., list[Any]], kind: str, value: Any, right: bool) -> None:
    assert judgments(one(kind, value)) == [(85, right)]


@pytest.mark.parametrize(
    ("kind", "value", "key"),
    [
        ("choose", "x", ""),  # z is half right
        ("choose", "x", f'right = ["x", "z"]\n{WHY}{TAIL}'),
        ("match", {"a": "x"}, CELLS.replace('right = ["x"]', 'right = ["x", "y"]', 1)),
        ("match", {"a": "x"}, CELLS.replace('right = ["x"]', 'right = ["x"]\nhalf = ["y"]', 1)),
        ("when", {"a": "2031-05-06"}, KINDS["when"][1].replace('["2031-05-06"]', '["2031-05-06", "2031-05-07"]')),
        ("reading", 40, ""),
        ("range", [30, 60], ""),
        ("choose-many", ["x"], ""),
        ("mark", [MARKED | {"label": "x"}], ""),
        ("order", ["a", "b"], ""),
        ("chain", [{"from": "a", "to": "b", "inferred": False}], ""),
        ("desk", {"before": 50, "opened": ["a"], "after": 90}, ""),
        ("write", "A line.", ""),
    ],
)
def test_no_confidence_is_measured_where_several_answers_are_right(one: Callable[..., list[Any]], kind: str, value: Any, key: str) -> None:
    done = one(kind, value, key)
    assert len(done) == 1
    assert judgments(done) == []


def test_without_a_confidence_there_is_no_judgment(small_course: Course) -> None:
    small_course(lesson("1.1", question("q"), question("r"), question("s")))
    give(
        "1",
        {
            "q": {"value": "x", "confidence": 70},
            "r": {"value": "y", "first_confidence": 0},
            "s": {"value": "y", "first": "x", "first_confidence": 99},
        },
    )
    assert judgments(taken()) == [(0, False), (99, True)]


SENTENCE = 'kind = "choose"\n' + listed("choices", fine="fine", supported="supported", over="overstated", none="no source")


def verdict(right: str, half: str = "") -> str:
    why = 'why = { fine = "F.", supported = "S.", over = "O.", none = "N." }'
    return f"right = {right.split()}\nhalf = {half.split()}\n{why}\n{TAIL}".replace("'", '"')


@pytest.mark.parametrize(
    ("right", "half", "chosen", "trial"),
    [
        ("fine", "", "fine", [(True, False)]),
        ("fine", "", "over", [(True, True)]),
        ("supported", "", "fine", [(True, False)]),
        ("supported", "fine", "none", [(True, True)]),
        ("over", "", "over", [(False, True)]),
        ("over", "", "none", [(False, True)]),
        ("over", "none", "supported", [(False, False)]),
        ("fine over", "", "fine", []),
        ("fine", "over", "fine", []),
        ("over", "supported", "over", []),
    ],
)
def test_a_sentence_is_passed_or_flagged_where_the_key_says_which(
    small_course: Course, right: str, half: str, chosen: str, trial: Any
) -> None:
    small_course(lesson("1.1", question("q", kind=SENTENCE), keys={"q": verdict(right, half)}))
    give("1", {"q": {"value": chosen}})
    assert trials(taken()) == trial


def test_only_sentences_that_could_pass_and_were_answered_are_trials(small_course: Course) -> None:
    match = f'kind = "match"\n{AB}' + listed("choices", fine="fine", over="overstated")
    why = 'why = { fine = "F.", over = "O." }'
    cells = f'{TAIL}[q.items.a]\nright = ["fine"]\n{why}\n[q.items.b]\nright = ["over"]\n{why}\n'
    plain = 'kind = "choose"\n' + XY
    small_course(lesson("1.1", question("q", kind=match), question("r", kind=plain), keys={"q": cells, "r": KINDS["choose"][1]}))
    give("1", {"q": {"value": {"b": "over"}}, "r": {"value": "x"}})
    assert trials(taken()) == [(False, True)]


def test_the_record_is_what_was_checked_and_has_a_key_the_oldest_first(small_course: Course) -> None:
    first = lesson(
        "1.1",
        question("a"),
        question("b"),
        question("c"),
        question("d"),
        keys={"a": KINDS["choose"][1], "b": KINDS["choose"][1], "d": KINDS["choose"][1]},
    )
    second = lesson("1.2", question("e"))
    third = lesson("2.1", question("f"))
    course = small_course(first | second | third)
    give(
        "1",
        {
            "e": {"value": "x", "saved": at(9)},
            "a--in-1.2": {"value": "y"},
            "a": {"value": "x", "first": "z"},
            "b": {"value": "x", "first": None},
            "c": {"value": "x"},
            "gone": {"value": "x"},
        },
    )
    give("2", {"f": {"value": "x", "saved": at(4)}})
    assert [(one.name, one.question.id, one.lesson, one.result.status) for one in taken()] == [
        ("a--in-1.2", "a", "1.1", "not yet"),
        ("a", "a", "1.1", "partly"),
        ("f", "f", "2.1", "right"),
        ("e", "e", "1.2", "right"),
    ]
    (course / "solutions" / "12-lesson.toml").unlink()
    assert [one.name for one in taken()] == ["a--in-1.2", "a", "f"]
    assert [stem.name for stem in stems()] == ["11-lesson", "12-lesson", "21-lesson"]


def test_an_answer_that_was_taken_away_is_none(small_course: Course) -> None:
    small_course(lesson("1.1", question("a")))
    give("1", {"a": {"first": "x"}, "b": {"value": ""}})
    answers = answers_of(stems()[0])
    assert (is_answered(answers, "a"), is_answered(answers, "b"), is_answered(answers, "c")) == (False, True, False)
