"""What a fingerprint panel shows: which words of a text stand on whose cards, and which stand on none."""

from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from typing import NamedTuple

import msgspec

from dateline.cards.panels import Fingerprint
from dateline.texts.runs import shared_runs, words_of
from dateline.texts.text import Sentence, load_text
from dateline.wording import counted

NO_CARD = "On no card"


class Lit(NamedTuple):
    """Words in a row: where, from which character to which, how many words, and which card of which version has them."""

    at: str
    start: int
    end: int
    length: int
    version: int
    card: int


class Piece(msgspec.Struct, frozen=True):
    """Words of a line. `sign` says whose: nobody's here, those of other versions too, or of this one alone. `cards` have them."""

    words: str
    sign: str
    cards: tuple[int, ...] = ()


class Line(msgspec.Struct, frozen=True):
    """A line of the text, cut where the light changes."""

    at: str
    pieces: tuple[Piece, ...]


class Card(msgspec.Struct, frozen=True):
    """A phrase, and in words where the text has some of it."""

    words: str
    found: str


class Compared(msgspec.Struct, frozen=True):
    """The text as one version lights it, with the sum of it in words."""

    text: str
    told: str
    lines: tuple[Line, ...]
    cards: tuple[Card, ...]


def lines_of(panel: Fingerprint) -> tuple[Sentence, ...]:
    """The lines that are compared."""
    return load_text(panel.text).select(panel.places)


def lit(panel: Fingerprint) -> list[Lit]:
    """Every run of words that a line has with a card, but for those that are a name and nothing else."""
    names = {_said(name) for name in panel.names}
    return [
        Lit(line.at, run.start, run.end, run.length, number, place)
        for line in lines_of(panel)
        for number, version in enumerate(panel.version)
        for place, card in enumerate(version.cards)
        for run in shared_runs(line.words, card, panel.shortest)
        if _said(line.words[run.start : run.end]) not in names
    ]


def _said(words: str) -> tuple[str, ...]:
    return tuple(word.said for word in words_of(words))


def compared(panel: Fingerprint) -> list[Compared]:
    """The text as each version lights it."""
    runs, lines = lit(panel), lines_of(panel)
    return [_compared(panel, number, runs, lines) for number in range(len(panel.version))]


def _compared(panel: Fingerprint, number: int, runs: list[Lit], lines: tuple[Sentence, ...]) -> Compared:
    version = panel.version[number]
    mine = [run for run in runs if run.version == number]
    cards = tuple(Card(words, _where(run for run in mine if run.card == place)) for place, words in enumerate(version.cards))
    return Compared(version.who, _told(version.who, mine, len(lines)), tuple(_line(line, number, runs) for line in lines), cards)


def _told(who: str, mine: list[Lit], lines: int) -> str:
    if not mine:
        return f"{who}: no words in a row with the text."
    longest = max(mine, key=lambda run: run.length)
    reached = len({run.at for run in mine})
    return f"{who}: words in a row in {reached} of {counted(lines, 'line')}. The longest run has {longest.length} words, in {longest.at}."


def _where(runs: Iterable[Lit]) -> str:
    found = [f"{run.at}, {counted(run.length, 'word')}" for run in runs]
    return "; ".join(found) or "not in the article"


def _line(line: Sentence, number: int, runs: list[Lit]) -> Line:
    return _joined(line, (_piece(words, over, number) for words, over in _cut(line, runs)))


def _joined(line: Sentence, pieces: Iterable[Piece]) -> Line:
    """A line of its pieces, those that are lit alike made one."""
    alike = groupby(pieces, lambda piece: (piece.sign, piece.cards))
    return Line(line.at, tuple(Piece("".join(piece.words for piece in found), *light) for light, found in alike))


def _cut(line: Sentence, runs: list[Lit]) -> Iterator[tuple[str, list[Lit]]]:
    """A line, cut where a run begins or ends, with the runs that go over each piece."""
    here = [run for run in runs if run.at == line.at]
    edges = sorted({0, len(line.words), *(edge for run in here for edge in (run.start, run.end))})
    for start, end in pairwise(edges):
        yield line.words[start:end], [run for run in here if run.start <= start and end <= run.end]


def _piece(words: str, over: list[Lit], number: int) -> Piece:
    cards = tuple(run.card for run in over if run.version == number)
    alone = len({run.version for run in over}) == 1
    return Piece(words, ("alone" if alone else "shared") if cards else "", cards)


def on_no_card(panel: Fingerprint) -> Compared:
    """The text with the words lit that stand on no card."""
    runs, lines = lit(panel), lines_of(panel)
    shown = tuple(_joined(line, (_left(words, over) for words, over in _cut(line, runs))) for line in lines)
    left = sum(len(words_of(piece.words)) for line in shown for piece in line.pieces if piece.sign)
    every = sum(len(words_of(line.words)) for line in lines)
    return Compared(NO_CARD, f"{left} of {counted(every, 'word')} stand on no card. {panel.apart}".strip(), shown, ())


def _left(words: str, over: list[Lit]) -> Piece:
    return Piece(words, "" if over or not words_of(words) else "nobody")


def printed_rows(panel: Fingerprint) -> list[list[str]]:
    """The panel as a table: each card with what it shares, then the words of each line that stand on no card."""
    rows = [[one.text, f"“{card.words}”", card.found] for one in compared(panel) for card in one.cards]
    left = [(line.at, [piece.words.strip(' ,."') for piece in line.pieces if piece.sign]) for line in on_no_card(panel).lines]
    return [*rows, *([NO_CARD, f"{at}: {' … '.join(words)}", ""] for at, words in left if words)]
