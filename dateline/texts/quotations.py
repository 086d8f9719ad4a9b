"""Quotations: where they open and close, over sentences and paragraphs, in the marks of several languages."""

import re
from collections.abc import Sequence
from typing import NamedTuple

CLOSERS = {"“": "”", "«": "»", "„": "“”", "‘": "’", "「": "」", "『": "』", "‹": "›", "‚": "‘’", "»": "«"}
"""Marks that open a quotation, and what may close it."""
MARKS = re.compile(r"[\"“”«»„‘’'「」『』‹›‚]|``|''")
LONGEST = 4_000
"""Letters of a quotation in single marks at most; an apostrophe that opens nothing must not swallow a page."""


class Piece(NamedTuple):
    """A stretch of a quotation within one paragraph, in characters of the document, with its marks (`start`, `end`) and without."""

    start: int
    inner_start: int
    inner_end: int
    end: int


class Quotation(NamedTuple):
    """A quotation: one piece, or one for each paragraph through which it runs. One that never closes is not `closed`."""

    pieces: tuple[Piece, ...]
    closed: bool = True


def find_quotations(document: str, paragraphs: Sequence[tuple[int, int]]) -> list[Quotation]:
    """The quotations of a document that are not inside another, in order; `paragraphs` are its stretches."""
    found: list[Quotation] = []
    running: tuple[str, list[Piece]] | None = None
    for number, (start, end) in enumerate(paragraphs):
        at = start
        if running:
            at = _skip_opening(document, start, end, running[0])
            close = _closing(document, at, end, running[0])
            goes_on = close is None and _opens_next(document, paragraphs, number, running[0])
            stop, after = close or (end, end)
            running[1].append(Piece(start, at, stop, after))
            if not goes_on:
                found.append(Quotation(tuple(running[1]), close is not None))
                running = None
            if close is None:
                continue
            at = after
        while (opened := _opening(document, at, start, end)) is not None:
            mark, begin, inner = opened
            close = _closing(document, inner, end, mark)
            if close is None:
                if mark in ("'", "‘", "‚", "»"):
                    at = inner
                    continue
                piece = Piece(begin, inner, end, end)
                if _opens_next(document, paragraphs, number, mark):
                    running = (mark, [piece])
                elif inner < end:
                    found.append(Quotation((piece,), closed=False))
                break
            stop, after = close
            if inner < stop:
                found.append(Quotation((Piece(begin, inner, stop, after),)))
            at = after
    if running:
        found.append(Quotation(tuple(running[1]), closed=False))
    return found


def half_closed(sentence: str) -> tuple[int, int] | None:
    """The words before a mark that closes a quotation which began before this sentence."""
    for mark in MARKS.finditer(sentence):
        if mark[0] in ("”", "»", '"') and _may_close(sentence, mark.start(), mark.end()) and mark.start():
            return 0, mark.start()
        if mark[0] not in ("'", "’"):
            return None
    return None


def _opening(document: str, at: int, start: int, end: int) -> tuple[str, int, int] | None:
    for mark in MARKS.finditer(document, at, end):
        sign, here, after = mark[0], mark.start(), mark.end()
        before = document[here - 1] if here > start else " "
        following = document[after] if after < end else " "
        free = not (before.isalnum() or before in ".,;!?")
        if sign in ("“", "„", "「", "『", "‹", "``") or (sign == "«"):
            return sign, here, after + (following in " \u00a0\u202f" and sign == "«")
        if sign in ('"', "''") and free and not following.isspace():
            return sign, here, after
        if sign == "»" and free and following.isalpha():
            return sign, here, after
        if sign in ("'", "‘", "‚") and free and (following.isalpha() or following in '“"…¿¡') and not _elided(document, after):
            return sign, here, after
    return None


def _elided(document: str, at: int) -> bool:
    """Whether an apostrophe stands for letters that are left out: ’em, ’tis, ’til."""
    return bool(re.match(r"(?:em|tis|til|twas|cause|n|round)\b", document[at : at + 6], re.IGNORECASE))


def _closing(document: str, at: int, end: int, opened: str) -> tuple[int, int] | None:
    closers = {'"': '"', "'": "'", "''": "''", "``": "''"}.get(opened) or CLOSERS[opened]
    single = opened in ("'", "‘", "‚")
    depth = 0
    for mark in MARKS.finditer(document, at, min(end, at + LONGEST) if single else end):
        sign, here, after = mark[0], mark.start(), mark.end()
        if opened in CLOSERS and sign == opened and not single and opened not in closers:
            depth += 1
        elif sign in closers if opened != "``" else sign in ("''", '"', "”"):
            if single and not _closes_single(document, here, after):
                continue
            if opened in ('"', "''") and not _may_close(document, here, after):
                continue
            if depth:
                depth -= 1
                continue
            return here - (document[here - 1] in " \u00a0\u202f" and sign == "»"), after
    return None


def _closes_single(document: str, here: int, after: int) -> bool:
    """Whether a single mark closes: no letter follows, and it is no possessive of a plural before a word in the same phrase."""
    before, following = document[here - 1], document[after : after + 1]
    if following.isalnum():
        return False
    if before in '.,!?…”"' or not following or following in '.,;:!?)”"—–':
        return True
    return (before.isalnum() and before != "s") or (
        before == "s" and not re.match(r" [a-z]+(?:[^’'‘]*)[’'](?!\w)", document[after : after + 200])
    )


def _may_close(document: str, here: int, after: int) -> bool:
    """Whether a straight mark closes rather than opens: something stands before it, and no letter follows."""
    before, following = document[here - 1 : here], document[after : after + 1]
    return bool(before) and not before.isspace() and not following.isalnum()


def _skip_opening(document: str, start: int, end: int, opened: str) -> int:
    again = MARKS.match(document, start, end)
    return again.end() if again and again[0] in (opened, *({"“": "”", "«": "»"}.get(opened, ""))) else start


def _opens_next(document: str, paragraphs: Sequence[tuple[int, int]], number: int, opened: str) -> bool:
    """Whether the next paragraph begins with the mark that this one opened and did not close: the same voice goes on."""
    if number + 1 >= len(paragraphs):
        return False
    start, _ = paragraphs[number + 1]
    return document.startswith((opened, "»") if opened == "«" else opened, start)
