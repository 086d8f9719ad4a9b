"""What the marks of a text imply: who got it from whom, and what happened when. Both are drafts, for a person to correct."""

import datetime
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from dateline.texts.days import AHEAD, day_meant
from dateline.texts.marks import Annotated
from dateline.texts.text import Text
from dateline.texts.voices import NOBODY, PRONOUNS, known_as, speakers

PAGE = "page"
"""The text itself, as a link of its chain and as one of its moments."""
MAKERS = ("credit", "", "dateline", "byline")
"""The constructions that name who made the page and hand it no statement, from the page inwards; one marked by hand has none."""
DATELINE = "the dateline"
LONGEST = 90
"""Letters of a sentence that stand beside a date."""
LONGEST_NAME = 45
"""Letters of a name there."""


class Way(NamedTuple):
    """One step: `to` got it from `source`, and the words of the text that say so."""

    source: str
    to: str
    why: str


class Moment(NamedTuple):
    """Something that the text dates: the mark, what it is the day of, its sentence, and that day as far as the words give it."""

    mark: Annotated
    what: str
    around: str
    day: str

    @property
    def id(self) -> str:
        """Its name in an answer: where it stands and in which words, so that it means the same when other marks come and go."""
        return f"{self.mark.at} {self.mark.words}{f' ({self.mark.nth})' if self.mark.nth else ''}"


class Beside(NamedTuple):
    """The chain and the clocks as they stand beside the marks: rows of (who, from whom, how it is known) and of (at, words, what, day)."""

    chain: tuple[tuple[str, str, str], ...] = ()
    clocks: tuple[tuple[Annotated | None, str, str], ...] = ()
    """The mark of a date, or none for the page; what it dates; the day."""


class _Placed(NamedTuple):
    """A mark with its place in its sentence."""

    mark: Annotated
    start: int
    end: int


def chain_implied(text: Text, marks: Iterable[Annotated]) -> tuple[tuple[str, ...], tuple[Way, ...]]:
    """The names in the chain, and its steps: the page has it from its agency, that from its reporter, and they from the voices they name.

    An attribution inside what another one hands over is that voice's: in “KTA quoted Verin as saying” the agency has it from Verin, and
    “he added” after it goes the same way.
    """
    placed = _placed(text, marks)
    by_link: dict[str, list[_Placed]] = {}
    for one in placed:
        if one.mark.link:
            by_link.setdefault(one.mark.link, []).append(one)
    voiced = {link: name for link, name in speakers(one.mark for one in placed).items() if name != NOBODY}
    ways: dict[tuple[str, str], Way] = {}

    def step(source: str, to: str, why: str) -> None:
        if source != to:
            ways.setdefault((source, to), Way(source, to, why))

    base = PAGE
    makers = [own[0].mark for link, own in by_link.items() if link not in voiced and all(one.mark.label == "source" for one in own)]
    for rule in MAKERS:
        found = [mark for mark in makers if mark.rule == rule]
        for mark in found:
            step(known_as(mark.words, voiced.values()), base, f"{rule or 'source'} “{mark.words}”, {mark.at}")
        if found and rule in ("dateline", "byline"):
            base = known_as(found[0].words, voiced.values())
    through: dict[str, str] = {}
    for link, name in voiced.items():
        own = by_link[link]
        goes_on = any(one.mark.label == "source" and one.mark.words.lower() in PRONOUNS for one in own)
        outer = _around(link, own, by_link, voiced) or (through.get(name, "") if goes_on else "")
        through[name] = outer
        cue = next((one.mark.words for one in own if one.mark.label == "cue"), "")
        doubt = "" if all(one.mark.sure for one in own) else ", not sure"
        step(name, outer or base, f"{f'“{cue}”' if cue else 'the words beside it'}, {own[0].mark.at}{doubt}")
    names = dict.fromkeys(name for way in ways.values() for name in (way.to, way.source))
    return tuple(name for name in names if name != PAGE), tuple(ways.values())


def _around(link: str, own: Sequence[_Placed], by_link: dict[str, list[_Placed]], voiced: dict[str, str]) -> str:
    """The voice in whose content an attribution stands, or that cites its source; the nearest, or none."""
    inner = [one for one in own if one.mark.label in ("source", "cue")]
    found = [
        (part.end - part.start, voiced[other])
        for other, parts in by_link.items()
        if other != link and other in voiced and voiced[other] != voiced[link]
        for part in parts
        if part.mark.label == "content" and inner and all(_inside(one, part) for one in inner)
    ]
    if found:
        return min(found)[1]
    if own[0].mark.rule != "citing" or not inner:
        return ""
    before = [
        (part.start, voiced[other])
        for other, parts in by_link.items()
        if other != link and other in voiced
        for part in parts
        if part.mark.label == "source" and part.mark.at == inner[0].mark.at and part.start < inner[0].start
    ]
    return max(before, default=(0, ""))[1]


def _inside(one: _Placed, part: _Placed) -> bool:
    return one.mark.at == part.mark.at and part.start <= one.start and one.end <= part.end


def clocks_implied(text: Text, marks: Iterable[Annotated]) -> tuple[Moment, ...]:
    """What the marks of dates date, in the order of the text, with the day counted from the dateline's or else from the page's."""
    placed = _placed(text, marks)
    voiced = speakers(one.mark for one in placed)
    dates = [one for one in placed if one.mark.label == "date"]
    opening = next((one for one in dates if _in_dateline(one, placed)), None)
    page = text.header.published
    base = _date(day_meant(opening.mark.words, page)) if opening else None
    order = {sentence.at: number for number, sentence in enumerate(text.sentences)}
    return tuple(
        Moment(
            one.mark,
            _what(one, placed, voiced, one is opening),
            _short(text[one.mark.at], LONGEST),
            day_meant(one.mark.words, base or page, _is_ahead(text, one)),
        )
        for one in sorted(dates, key=lambda one: (order[one.mark.at], one.start))
    )


def _date(day: str) -> datetime.date | None:
    return datetime.date.fromisoformat(day[:10]) if len(day) >= len("2034-03-18") else None


def _is_ahead(text: Text, one: _Placed) -> bool:
    """Whether the clause of a date, from the last comma on, is about what is to come."""
    return bool(AHEAD.search(text[one.mark.at][: one.end].rpartition(", ")[2]))


def _in_dateline(one: _Placed, placed: Iterable[_Placed]) -> bool:
    return any(other.mark.rule == "dateline" and other.mark.at == one.mark.at and one.start < other.start for other in placed)


def _what(one: _Placed, placed: Sequence[_Placed], voiced: dict[str, str], opening: bool) -> str:
    """What a date is the day of: the report itself, what a voice tells, or that it told it."""
    if opening:
        return DATELINE
    teller = next((voiced.get(part.mark.link, "") for part in placed if part.mark.label == "content" and _inside(one, part)), "")
    if teller:
        return f"event, as {_short(teller, LONGEST_NAME)} has it"
    cues = [part for part in placed if part.mark.label == "cue" and part.mark.at == one.mark.at and part.mark.link in voiced]
    cue = min(cues, key=lambda part: max(part.start - one.end, one.start - part.end), default=None)
    return f"report by {_short(voiced[cue.mark.link], LONGEST_NAME)}" if cue else "event, in the text's own words"


def _short(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[:most].rpartition(' ')[0]} …"


def _placed(text: Text, marks: Iterable[Annotated]) -> list[_Placed]:
    return [
        _Placed(mark, span.start, span.end)
        for mark in marks
        if mark.words and mark.state != "out"
        for span in [text.find(mark.at, mark.words, mark.nth)]
    ]
