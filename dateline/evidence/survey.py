"""What readers take phrases of likelihood to mean (5,174 people, 19 phrases, whole percentages), and the bands of four yardsticks.

Source: Kucharski AJ (2026), CAPphrase, DOI 10.5281/zenodo.18750055, CC BY 4.0, counted by phrase and percentage. Bands: US ICD 203,
UK PHIA, NATO AJP-2.1, IPCC.
"""

import csv
from functools import cached_property, lru_cache
from itertools import accumulate
from math import ceil, floor
from pathlib import Path
from typing import NamedTuple

from dateline.folders import course_folder

BIN = 5
"""Percent that one bar of a histogram spans; the last one holds 100 too."""


class Band(NamedTuple):
    """What a yardstick lets a phrase mean, in percent."""

    yardstick: str
    low: int
    high: int


class Phrase(str):
    """A phrase as an author writes it, carrying its readers (pairs of percent and count, lowest first) and the yardsticks' bands."""

    readers: tuple[tuple[int, int], ...] = ()
    bands: tuple[Band, ...] = ()

    def share(self, low: float, high: float) -> float:
        """The share (0 to 1) of readers whose number lies from `low` to `high`, both included."""
        first, last = max(0, ceil(low)), min(100, floor(high))
        return (self._up_to[last + 1] - self._up_to[first]) / self.asked if first <= last else 0.0

    @cached_property
    def _up_to(self) -> tuple[int, ...]:
        """How many readers gave less than each percentage, from 0 to 101: sums are looked up thousands of times."""
        counts = dict(self.readers)
        return tuple(accumulate((counts.get(percent, 0) for percent in range(101)), initial=0))

    @property
    def asked(self) -> int:
        """How many people were asked."""
        return self._up_to[-1]

    def quantile(self, part: float) -> int:
        """The lowest percentage that at least a `part` (0 to 1) of the readers do not exceed."""
        seen = 0
        for percent, count in self.readers:
            seen += count
            if seen >= part * self.asked:
                return percent
        return self.readers[-1][0]

    def histogram(self) -> tuple[int, ...]:
        """How many readers lie in each of the twenty bars from 0 to 100 %."""
        counts = [0] * (100 // BIN)
        for percent, count in self.readers:
            counts[min(percent // BIN, len(counts) - 1)] += count
        return tuple(counts)


def tables() -> tuple[Path, Path]:
    """The counts of readers and the yardsticks."""
    return course_folder() / "data" / "probability_phrases.csv", course_folder() / "data" / "yardsticks.csv"


def phrase(words: str) -> Phrase:
    """A phrase with its readers; raises `ValueError` if nobody was asked about it."""
    known = phrases()
    if words not in known:
        raise ValueError(f"{words!r} is not a phrase of data/probability_phrases.csv; there are {', '.join(known)}")
    return known[words]


def phrases() -> dict[str, Phrase]:
    """The phrases there are, by their words."""
    counts, yardsticks = tables()
    return _load(counts, yardsticks, (counts.stat().st_mtime_ns, yardsticks.stat().st_mtime_ns))


@lru_cache(maxsize=2)
def _load(counts: Path, yardsticks: Path, _changed: tuple[int, int]) -> dict[str, Phrase]:
    readers: dict[str, list[tuple[int, int]]] = {}
    for row in _rows(counts):
        readers.setdefault(row["phrase"], []).append((int(row["percent"]), int(row["readers"])))
    bands = _rows(yardsticks)
    found = {}
    for words, pairs in readers.items():
        found[words] = Phrase(words)
        found[words].readers = tuple(sorted(pairs))
        found[words].bands = tuple(
            Band(row["yardstick"], int(row["low"]), int(row["high"])) for row in bands if row["phrase"].casefold() == words.casefold()
        )
    return found


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
