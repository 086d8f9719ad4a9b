"""When a skill is secure: the last five answers, four fifths of their points, two texts, hints at a fifth, no belief twice running."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from asking import listed
from lessons import KEY, WHY, give, lesson, question

from dateline.learner.progress import Skill, skills

Course = Callable[[dict[str, str]], Path]
SKILLS = {"data/skills.toml": '[marks]\nname = "reading marks"\nlesson = "1.2"\n[voice]\nname = "hearing a voice"\nlesson = "1.1"\n'}
TEN = [f"i{number}" for number in range(10)]
CELLS = 'kind = "match"\n' + listed("items", **dict.fromkeys(TEN, "T")) + listed("choices", x="ex", y="why", z="zed")
BELIEFS = 'misconception = { y = "were-heard", z = "same-clock" }\n'


def cells_key(name: str) -> str:
    return 'teach = "Keep."\nnext = "Do."\n' + "".join(f'[{name}.items.{cell}]\nright = ["x"]\n{WHY}{BELIEFS}' for cell in TEN)


def chosen(word: str) -> dict[str, str]:
    """`9y` is nine cells right and one y, `x` is all of them right."""
    right = 10 if word == "x" else int(word[:-1] or 0)
    return {cell: "x" if number < right else word[-1] for number, cell in enumerate(TEN)}


def voice(course: Course, words: str, hints: str = "", texts: tuple[str, ...] = ("ferry", "bridge")) -> Skill:
    """The skill after these answers to tables of ten cells, the texts in turn."""
    names = [f"q{number}" for number in range(len(words.split()))]
    asked = [question(name, kind=CELLS, text=texts[number % len(texts)]) for number, name in enumerate(names)]
    course(lesson("1.1", *asked, keys={name: cells_key(name) for name in names}) | SKILLS)
    taken = map(int, hints.split() or "0" * len(names))
    give("1", {name: {"value": chosen(word), "hints": seen} for name, word, seen in zip(names, words.split(), taken, strict=True)})
    return skills()[1]


@pytest.mark.parametrize(
    ("words", "mastery", "why"),
    [
        ("x", "too early to say", "4 more with one right answer"),
        ("x x x x", "too early to say", "1 more with one right answer"),
        ("9y 9y", "too early to say", "3 more with one right answer"),
        ("x x x x x", "secure", "100 % of the last 5"),
        ("x x x x y", "secure", "80 % of the last 5"),
        ("x x x 8z 2y", "secure", "80 % of the last 5"),
        ("x x x 8z 1y", "under way", "78 % of the last 5"),
        ("y y x x x x x", "secure", "100 % of the last 5"),
        ("x x y z y z y", "under way", "0 % of the last 5"),
        ("x x x 9y 9y", "under way", "the same belief twice running"),
        ("x x x 9y 9z", "secure", "96 % of the last 5"),
        ("x x 9y x 9y", "secure", "96 % of the last 5"),
        ("x x 9y 9y x", "secure", "96 % of the last 5"),
    ],
)
def test_the_last_five_answers_decide(small_course: Course, words: str, mastery: str, why: str) -> None:
    found = voice(small_course, words)
    assert (found.name, found.lesson, found.mastery, found.why, found.count) == (
        "hearing a voice",
        "1.1",
        mastery,
        why,
        len(words.split()),
    )


@pytest.mark.parametrize(
    ("hints", "mastery", "why"),
    [
        ("0 0 0 0 1", "secure", "96 % of the last 5"),
        ("0 0 2 0 3", "secure", "80 % of the last 5"),
        ("0 0 3 0 3", "under way", "76 % of the last 5"),
        ("3 3 3 3 3", "under way", "40 % of the last 5"),
    ],
)
def test_every_hint_takes_a_fifth_of_an_answer(small_course: Course, hints: str, mastery: str, why: str) -> None:
    found = voice(small_course, "x x x x x", hints)
    assert (found.mastery, found.why) == (mastery, why)


@pytest.mark.parametrize(
    ("words", "texts", "mastery", "why"),
    [
        ("x x x x x", ("ferry",), "too early to say", "one more text"),
        ("9y 9y 9y 9y 9y", ("ferry",), "too early to say", "one more text"),
        ("x x x x x x", ("bridge", *["ferry"] * 5), "too early to say", "one more text"),
        ("x x x x x", ("bridge", *["ferry"] * 4), "secure", "100 % of the last 5"),
        ("x x x x x", ("",), "secure", "100 % of the last 5"),
    ],
)
def test_the_last_five_are_from_two_texts_at_least(small_course: Course, words: str, texts: Any, mastery: str, why: str) -> None:
    found = voice(small_course, words, texts=texts)
    assert (found.mastery, found.why, found.count) == (mastery, why, len(words.split()))


def test_tests_other_skills_and_questions_with_several_right_answers_do_not_count(small_course: Course) -> None:
    loose = KEY.replace('right = ["x"]', 'right = ["x", "y"]')
    names = {"own": "own", "practice": "practice", "test": "test", "loose": "exit"}
    asked = [question(name, beat) for name, beat in names.items()]
    keys = dict.fromkeys(names, KEY) | {"loose": loose, "other": KEY}
    small_course(lesson("1.1", *asked, question("other", skill="marks"), keys=keys) | SKILLS)
    give("1", {name: {"value": "x"} for name in [*names, "other"]})
    assert [(one.name, one.lesson, one.count, one.mastery) for one in skills()] == [
        ("reading marks", "1.2", 1, "too early to say"),
        ("hearing a voice", "1.1", 2, "too early to say"),
    ]


def test_a_card_that_came_back_counts_and_the_newest_answer_is_the_one_saved_last(small_course: Course) -> None:
    small_course(lesson("1.1", question("a"), question("b")) | SKILLS)
    back = [f"a--in-review{number}" for number in range(1, 4)]
    give("1", {"a": {"value": "y"}, "b": {"value": "y"}, **{name: {"value": "x"} for name in back}})
    assert (skills()[1].why, skills()[1].count) == ("60 % of the last 5", 5)
