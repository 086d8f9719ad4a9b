"""A question asks for reading: its right choice is told by no length, no place and no look of a sentence."""

from collections.abc import Callable
from typing import NamedTuple

import pytest
from bots import by_the_look

from dateline.bank import exercise_files, load_stem
from dateline.kinds import grade
from dateline.kinds.base import Question
from dateline.kinds.cells import Choose, ChooseKey, Tag
from dateline.kinds.spans import Mark

MOST, MOST_IN_A_TEST = 0.35, 0.5
NUMBERS = frozenset({"no", "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"})
STEMS = [stem for stem in map(load_stem, exercise_files()) if stem.keys is not None]


class Single(NamedTuple):
    """A single-choice question: the lengths of its choices in their order, and the places of those that are right."""

    lengths: tuple[int, ...]
    right: frozenset[int]
    form: str = ""
    again: bool = False


def has_a_natural_order(question: Choose) -> bool:
    """Choices that are shown in turn, or that each begin with a number, stand where they must."""
    firsts = [choice.text.split(maxsplit=1)[0].strip(",.:").casefold() for choice in question.choices]
    return question.one_by_one or all(first in NUMBERS or first.isdigit() for first in firsts)


def singles() -> list[Single]:
    found = []
    for stem in STEMS:
        for question in stem.lesson.question:
            key = (stem.keys or {}).get(question.id)
            if isinstance(question, Choose) and isinstance(key, ChooseKey) and not question.unmarked and not has_a_natural_order(question):
                right = frozenset(place for place, choice in enumerate(question.choices) if choice.id in key.right)
                lengths = tuple(len(choice.text) for choice in question.choices)
                found.append(Single(lengths, right, stem.lesson.form, question.beat == "review"))
    return found


def by_length(best: Callable[[tuple[int, ...]], int]) -> Callable[[Single], float]:
    """How likely it is right to take a choice of the length that `best` picks."""

    def luck(single: Single) -> float:
        taken = [place for place, length in enumerate(single.lengths) if length == best(single.lengths)]
        return sum(place in single.right for place in taken) / len(taken)

    return luck


def by_place(place: int) -> Callable[[Single], float]:
    """Whether it is right to take the choice at a place, counted from the end if below nought."""
    return lambda single: float((place if place >= 0 else len(single.lengths) + place) in single.right)


WAYS = {
    "the longest": by_length(max),
    "the shortest": by_length(min),
    **{f"number {place + 1}": by_place(place) for place in range(4)},
    "the last": by_place(-1),
}


@pytest.mark.parametrize("again", [False, True], ids=["in the lessons", "when it comes back"])
@pytest.mark.parametrize("way", WAYS)
def test_no_way_of_clicking_is_right_too_often(way: str, again: bool) -> None:
    scores = [WAYS[way](single) for single in singles() if single.again == again]
    assert len(scores) >= (80 if again else 120)
    assert sum(scores) / len(scores) <= MOST


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("form", ["A", "B", "C"])
def test_no_way_of_clicking_passes_a_test(way: str, form: str) -> None:
    scores = [WAYS[way](single) for single in singles() if single.form == form]
    assert len(scores) == 16
    assert sum(scores) / len(scores) <= MOST_IN_A_TEST


def about_gaps(question: Question) -> bool:
    if question.skill != "gaps" or not question.text or question.text == "article":
        return False
    return isinstance(question, Mark) or (isinstance(question, Tag | Choose) and any(choice.id == "fine" for choice in question.choices))


def test_a_gap_is_not_told_by_the_look_of_its_sentence() -> None:
    pairs = [(question, (stem.keys or {})[question.id]) for stem in STEMS for question in stem.lesson.question if about_gaps(question)]
    assert len(pairs) >= 3
    scores = [grade(question, key, by_the_look(question)).points for question, key in pairs]
    assert sum(scores) / len(scores) < MOST


@pytest.mark.parametrize(
    ("lengths", "right", "way", "score"),
    [
        ((4, 9, 9), {1}, "the longest", 0.5),
        ((4, 9, 9), {0}, "the shortest", 1.0),
        ((4, 9, 9), {2}, "the last", 1.0),
        ((4, 9, 9), {2}, "number 4", 0.0),
    ],
)
def test_a_way_of_clicking_is_measured(lengths: tuple[int, ...], right: set[int], way: str, score: float) -> None:
    assert WAYS[way](Single(lengths, frozenset(right))) == score
