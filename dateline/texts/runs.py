"""Words that two texts have in a row: the fingerprint by which one wording is told from another."""

import re
from typing import NamedTuple

WORD = re.compile(r"[^\W_]+(?:[,.'’-][^\W_]+)*")
"""A word with what is inside it, such as “8,700-tonne” or “country’s”."""


class Word(NamedTuple):
    """A word as it is compared, and where it stands in its text."""

    said: str
    start: int
    end: int


class Run(NamedTuple):
    """Words in a row that another text has as well: where they stand, in characters, and how many they are."""

    start: int
    end: int
    length: int


def words_of(text: str) -> list[Word]:
    """The words of a text. Neither capitals nor the form of an apostrophe make a difference."""
    return [Word(found[0].casefold().replace("’", "'"), found.start(), found.end()) for found in WORD.finditer(text)]


def shared_runs(line: str, other: str, shortest: int) -> list[Run]:
    """The longest runs of words of `line` that stand in `other`, from the left; none is shorter than `shortest` words."""
    here, there = words_of(line), [word.said for word in words_of(other)]
    found, place = [], 0
    while place < len(here):
        length = max((_common([word.said for word in here[place:]], there[start:]) for start in range(len(there))), default=0)
        if length >= shortest:
            found.append(Run(here[place].start, here[place + length - 1].end, length))
        place += length if length >= shortest else 1
    return found


def _common(first: list[str], second: list[str]) -> int:
    """How many words two lists have in common from their beginning."""
    return next((n for n, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second)))
