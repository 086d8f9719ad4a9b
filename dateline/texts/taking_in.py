"""A text that comes from outside: made readable, given a header, cut into sentences, and marked by the rules."""

import contextlib
import datetime
import re
from collections.abc import Iterable
from typing import NamedTuple

from dateline.faults import CourseError, Problem, fail
from dateline.texts.annotating import drafted, quoted
from dateline.texts.marks import Annotated
from dateline.texts.shapes import Shaped, decode, shaped
from dateline.texts.text import Header, Text, read_text

LARGEST = 100_000
"""Bytes of a text that is taken in; about forty printed pages."""
NOT_KNOWN = "Not known. Ask before you hand it out or publish it."
"""What is written of the rights in a text that somebody brought."""


class Taken(NamedTuple):
    """A text that was taken in: the words of its file, the draft of its marks, and what was recognised and mended."""

    text: Text
    words: str
    marks: tuple[Annotated, ...]
    mended: tuple[str, ...]


def taken_in(raw: bytes, file: str, name: str, provenance: str, title: str = "", published: datetime.date | None = None) -> Taken:
    """A text from the bytes of somebody's file, under a name that the course does not have yet.

    Raises `CourseError`; every fault names the line of `file` itself.
    """
    plain, said = _readable(raw, file)
    shape = shaped(plain)
    first = next((line.lstrip("# ") for line in shape.lines if line), name)
    day = published or date_of(shape.words) or datetime.date.today()
    header = header_of(Header(name, (title or first)[:120], day, provenance, NOT_KNOWN))
    text = _text(header, shape, file)
    return Taken(text, header + shape.words, drafted(text), (*filter(None, [said]), *shape.mended))


def _readable(raw: bytes, file: str) -> tuple[str, str]:
    """The words of a file, and what is to be said of how they were written."""
    if len(raw) > LARGEST:
        raise fail(file, 1, f"the text has {len(raw):,} bytes", f"Cut it to {LARGEST:,}: a workbench holds one article")
    plain, said = decode(raw, file)
    if not plain.strip():
        raise fail(file, 1, "the file is empty", "Put the text into it, headline first")
    return plain, said


def _text(header: str, shape: Shaped, file: str) -> Text:
    """The text as the course will read it; a fault in it names the line of the user's own file."""
    try:
        return read_text((header + shape.words).encode(), file)
    except CourseError as error:
        skipped = header.count("\n")
        raise CourseError(
            Problem(
                one.file,
                shape.origins[min(max(one.line - skipped - 1, 0), len(shape.origins) - 1)] if shape.origins else 1,
                one.what,
                one.fix,
            )
            for one in error.problems
        ) from None


def header_of(header: Header) -> str:
    """The lines of a text's file before its first sentence."""
    lines = [
        f"id = {quoted(header.id)}",
        f"title = {quoted(header.title)}",
        f"published = {header.published}",
        f"provenance = {quoted(header.provenance)}",
        f"rights = {quoted(header.rights)}",
    ]
    return "+++\n" + "\n".join(lines) + "\n+++\n"


def counted_marks(marks: Iterable[Annotated]) -> int:
    """How many marks there are; source, cue and content of one attribution are one."""
    marks = list(marks)
    return len({mark.link for mark in marks if mark.link}) + sum(not mark.link for mark in marks)


MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
DATED = re.compile(
    r"\b(?:(?P<d>\d{1,2})(?:st|nd|rd|th)? (?P<m>[A-Z][a-z]{2,8})\.?,? (?P<y>(?:19|20)\d\d)"
    r"|(?P<m2>[A-Z][a-z]{2,8})\.? (?P<d2>\d{1,2}),? (?P<y2>(?:19|20)\d\d)"
    r"|(?P<y3>(?:19|20)\d\d)-(?P<m3>\d\d)-(?P<d3>\d\d))\b"
)
BEGINNING = 1_500
"""Letters of a text in which its date is looked for."""


def date_of(words: str) -> datetime.date | None:
    """The first date with day, month and year near the beginning of a text, which is most often its dateline's."""
    for found in DATED.finditer(words[:BEGINNING]):
        year, month, day = (
            (found["y"] or found["y2"] or found["y3"]),
            (found["m"] or found["m2"] or found["m3"]),
            (found["d"] or found["d2"] or found["d3"]),
        )
        number = (
            int(month)
            if month.isdigit()
            else next(
                (k for k, name in enumerate(MONTHS, 1) if name.startswith(month[:3]) and (name.startswith(month) or month == "Sept")), 0
            )
        )
        with contextlib.suppress(ValueError):
            return datetime.date(int(year), number, int(day))
    return None


def is_dated(text: Text) -> bool:
    """Whether the text's day stands near its own beginning."""
    return date_of("\n".join(sentence.words for sentence in text.sentences)) == text.header.published
