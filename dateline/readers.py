"""What readers take phrases of likelihood to mean: 5,174 people, 19 phrases, whole percentages.

Source: Kucharski AJ (2026), CAPphrase, DOI 10.5281/zenodo.18750055, CC BY 4.0, counted by phrase and percentage.
"""

import csv
from functools import cache

from dateline.places import course_folder


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
