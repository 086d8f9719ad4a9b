"""The words of a sentence. A quotation is one word of its own, so that nothing inside it is taken for the sentence."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from dateline.texts.lexicon import Lexicon

WORD = re.compile(r"(?:[A-Z]\.){2,}|[$€£]?\d+(?:[.,:]\d+)*%?|\w+(?:[.'’&/-]\w+)*|--|\.\.\.|\S")
STOPS = frozenset({",", ";", ":", "—", "–", "--", "-", "(", ")", "[", "]", "...", "…", ".", "?", "!", "/", "|", "。", "、", "•"})
QUOTE = '"'


class Word(NamedTuple):
    """A word, a sign, or a whole quotation (`quote` is its number; -1 is none), in characters of the document."""

    start: int
    end: int
    raw: str
    low: str
    quote: int = -1
    dated: bool = False


class Words:
    """The words of a sentence, by their places from 0, with what can be asked of one."""

    def __init__(
        self,
        document: str,
        span: tuple[int, int],
        quotes: Sequence[tuple[int, int, int]],
        dates: Sequence[tuple[int, int]],
        lexicon: Lexicon,
        heading: bool = False,
    ) -> None:
        self.document = document
        self.span = span
        self.heading = heading
        self.lexicon = lexicon
        self.words = _words(document, span, quotes, dates)
        self.lows = [word.low for word in self.words]
        titled = [word.raw[0].isupper() for word in self.words if len(word.low) > 3 and word.raw[0].isalpha()]
        self.title_case = len(titled) > 2 and sum(titled) > 0.7 * len(titled)

    def __len__(self) -> int:
        return len(self.words)

    def low(self, at: int) -> str:
        """The word in small letters; nothing outside the sentence."""
        return self.lows[at] if 0 <= at < len(self.lows) else ""

    def is_quote(self, at: int) -> bool:
        return 0 <= at < len(self.words) and self.words[at].quote >= 0

    def capital(self, at: int) -> bool:
        return 0 <= at < len(self.words) and self.words[at].raw[0].isupper()

    def dated(self, at: int) -> bool:
        return 0 <= at < len(self.words) and self.words[at].dated

    def stop(self, at: int) -> bool:
        """Whether a sign stands here, or nothing."""
        return self.low(at) in STOPS or not 0 <= at < len(self.words)


def _words(document: str, span: tuple[int, int], quotes: Sequence[tuple[int, int, int]], dates: Sequence[tuple[int, int]]) -> list[Word]:
    """The words of a sentence; `quotes` are stretches with the number of their quotation."""
    found: list[Word] = []
    at, end = span
    for start, stop, number in [*quotes, (end, end, -1)]:
        if stop <= at and number >= 0:
            continue
        for match in WORD.finditer(document, at, max(at, min(start, end))):
            raw = match[0]
            found.append(Word(match.start(), match.end(), raw, raw.lower().replace("’", "'") if "’" in raw else raw.lower()))
        if number >= 0:
            first = max(start, at)
            found.append(Word(first, min(stop, end), QUOTE, QUOTE, number))
            at = min(stop, end)
    last = len(found) - 1
    merged: list[Word] = []
    for number, word in enumerate(found):
        if word.raw == "." and 0 < number < last and merged and found[number + 1].quote < 0 and merged[-1].quote < 0:
            merged[-1] = merged[-1]._replace(end=word.end)  # the stop of an abbreviation is no stop
        else:
            merged.append(word)
    if not dates:
        return merged
    starts = [start for start, _ in dates]
    return [
        word._replace(dated=True) if (k := bisect_right(starts, word.start) - 1) >= 0 and word.start < dates[k][1] else word
        for word in merged
    ]
