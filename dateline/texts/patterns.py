"""Marks that a pattern finds: hedges, dates, durations, what recurs, quantities."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from dateline.texts.lexicon import Cue, Lexicon

PLAIN = re.compile(r"[^\W_]+")
JOINED = re.compile(r",? (?:on |of |in |at |the |from )?|-|–")
"""What may stand between two marks that are one date: 17:30 on Friday."""
NAMED = re.compile(r"\b(?:[A-Z]\w*[a-z]\w*|[A-Z]{2,}) $")
"""A word in capitals before a number makes it a name: CVN 69, Hwasong 15."""
MEASURED = frozenset(
    {
        "of",
        "and",
        "the",
        "about",
        "some",
        "over",
        "nearly",
        "at",
        "in",
        "on",
        "by",
        "for",
        "to",
        "from",
        "only",
        "but",
        "with",
        "than",
        "when",
        "after",
    }
)
IDENTIFIER = re.compile(r"^\d{6,}$")
YEAR = re.compile(r"(?:^|[a-z] )(?:1[5-9]|20)\d\d(?: (?:and|to|or) (?:1[5-9]|20)\d\d)?$")
PLURAL = re.compile(r" (?!and\b|to\b|or\b|the\b|in\b|on\b|by\b|when\b|but\b|as\b|was\b|is\b|has\b)[a-z]+s\b")
LISTED = re.compile(r"(?:^|\n)\(?\d{1,2}[.)] ")
TIMES = ("date", "duration", "set")


class Hit(NamedTuple):
    """Characters of the document that a rule marks."""

    start: int
    end: int
    cue: Cue


def hits(document: str, lexicon: Lexicon, sentences: Iterable[tuple[int, int]]) -> list[Hit]:
    """What the patterns find, in order; of two that clash the longer is kept."""
    return [hit for span in sentences for hit in _of_sentence(document, lexicon, span)]


def _of_sentence(document: str, lexicon: Lexicon, span: tuple[int, int]) -> list[Hit]:
    words = set(PLAIN.findall(document[slice(*span)].lower()))
    if any(word[0].isdigit() or word[-1].isdigit() for word in words):
        words.add("#")
    found = [
        Hit(start, end, cue)
        for cue, needs, pattern in lexicon.patterns
        if not needs.isdisjoint(words)
        for match in pattern.finditer(document, *span)
        for start, end in [_bare(document, *match.span())]
        if end > start and not (cue.kind == "number" and _no_quantity(document, start, end, span[0]))
    ]
    if not found:
        return found
    found = _joined(document, found)
    kept: list[Hit] = []
    taken: dict[str, list[tuple[int, int]]] = {}
    for hit in sorted(found, key=lambda hit: (hit.start - hit.end, hit.cue.kind != "date", hit.start)):
        group = "when" if hit.cue.kind in (*TIMES, "number") else hit.cue.kind
        spans = taken.setdefault(group, [])
        if not any(hit.start < end and start < hit.end for start, end in spans):
            kept.append(hit)
            spans.append((hit.start, hit.end))
    return sorted(kept, key=lambda hit: (hit.start, hit.end, hit.cue.kind))


def _bare(document: str, start: int, end: int) -> tuple[int, int]:
    words = document[start:end]
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip(" ,"))


def _no_quantity(document: str, start: int, end: int, sentence: int) -> bool:
    """Whether a number is a name, an identifier, or the number of an item in a list."""
    words = document[start:end]
    if IDENTIFIER.match(words) or (YEAR.search(words) and not PLURAL.match(document, end)):
        return True
    if words[0].isdigit() and LISTED.match(document[start - 1 : end + 2] if start else "\n" + document[: end + 2]):
        return True
    if not words[0].isdigit():
        return False
    before = NAMED.search(document[max(0, start - 30) : start])
    if before is None:
        return False
    word = before[0].strip()
    return start - len(before[0]) != sentence and word.lower() not in MEASURED


def _joined(document: str, found: Iterable[Hit]) -> list[Hit]:
    """Dates that stand side by side are one."""
    dates = sorted((hit for hit in found if hit.cue.kind == "date"), key=lambda hit: (hit.start, -hit.end))
    joined: list[Hit] = []
    for hit in dates:
        last = joined[-1] if joined else None
        if (
            last
            and (hit.start < last.end or JOINED.fullmatch(document[last.end : hit.start]))
            and not (hit.start >= last.end and _same_sort(last, hit))
        ):
            joined[-1] = Hit(last.start, max(last.end, hit.end), last.cue)
        else:
            joined.append(hit)
    return [hit for hit in found if hit.cue.kind != "date"] + joined


def _same_sort(one: Hit, other: Hit) -> bool:
    """Two years or two weekdays side by side are a list, not one date."""
    return one.cue.id == other.cue.id and one.cue.id in ("year", "weekday", "figures", "decade")
