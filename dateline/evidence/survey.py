"""What readers take phrases of likelihood to mean (5,174 people, 19 phrases, whole percentages), and the bands of four yardsticks.

Source: Kucharski AJ (2026), CAPphrase, DOI 10.5281/zenodo.18750055, CC BY 4.0, counted by phrase and percentage. Bands: US ICD 203,
UK PHIA, NATO AJP-2.1, IPCC.
"""

import csv
from functools import cache
from typing import NamedTuple

from dateline.folders import course_folder


@cache
def readers_of(phrase: str) -> tuple[tuple[int, int], ...]:
    """Pairs of percent and number of readers for a phrase, lowest percent first; raises `KeyError` for an unknown phrase."""
    return _phrases()[phrase]


@cache
def _phrases() -> dict[str, tuple[tuple[int, int], ...]]:
    path = course_folder() / "data" / "probability_phrases.csv"
    phrases: dict[str, list[tuple[int, int]]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            phrases.setdefault(row["phrase"], []).append((int(row["percent"]), int(row["readers"])))
    return {phrase: tuple(sorted(pairs)) for phrase, pairs in phrases.items()}


BIN = 5
"""Percent that one bar of a histogram spans; the last one holds 100 too."""


class Band(NamedTuple):
    """What a yardstick lets a phrase mean, in percent."""

    yardstick: str
    low: int
    high: int


@cache
def bands(phrase: str) -> tuple[Band, ...]:
    """The bands of the yardsticks that use this very phrase."""
    path = course_folder() / "data" / "yardsticks.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(Band(row["yardstick"], int(row["low"]), int(row["high"])) for row in rows if row["phrase"].casefold() == phrase.casefold())


def histogram(phrase: str) -> tuple[int, ...]:
    """How many readers of a phrase lie in each of the twenty bars from 0 to 100 %; raises `KeyError` for an unknown phrase."""
    counts = [0] * (100 // BIN)
    for percent, count in readers_of(phrase):
        counts[min(percent // BIN, len(counts) - 1)] += count
    return tuple(counts)


def phrases() -> tuple[str, ...]:
    """The phrases there are."""
    return tuple(_phrases())


def share(phrase: str, low: float, high: float) -> float:
    """The share (0 to 1) of a phrase's readers whose number lies from `low` to `high`, both included."""
    pairs = readers_of(phrase)
    return sum(count for percent, count in pairs if low <= percent <= high) / sum(count for _, count in pairs)


def quantile(phrase: str, part: float) -> int:
    """The lowest percentage that at least a `part` (0 to 1) of the readers do not exceed."""
    pairs = readers_of(phrase)
    wanted = part * sum(count for _, count in pairs)
    seen = 0
    for percent, count in pairs:
        seen += count
        if seen >= wanted:
            return percent
    return pairs[-1][0]
