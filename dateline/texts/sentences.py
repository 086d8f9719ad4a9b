"""Plain text into sentences, by rules that can be read: where a full stop ends a sentence, and where it does not."""

import re
from collections.abc import Iterator
from itertools import pairwise


def words_of(listed: str) -> frozenset[str]:
    """The words of a list that is written as prose."""
    return frozenset(listed.split())


END = re.compile(r"(?:[.!?…]|\.{3})+[\"'”’»)\]]*\s+(?=\S)")
"""A stop, what closes after it, and space: every place where a sentence may end."""
ALWAYS_SHORT = words_of(
    "adm brig capt cdr cmdr col comm cpl dr fr gen gov hon lt maj messrs mr mrs ms pfc pres prof pte pvt rep rev sen sgt sr st supt "
    "no nos vol fig p pp art para sec approx ca cf e.g i.e viz vs v al"
)
"""Abbreviations after which a sentence goes on: what follows belongs to them."""
OFTEN_SHORT = words_of(
    "a.m p.m u.s u.n u.k e.u u.s.s.r d.c etc inc ltd co corp bros jr est dept min max mt jan feb mar apr jun jul aug sep sept oct nov dec "
    "mon tue tues wed thu thur thurs fri sat sun ft hr hrs km kg ph.d"
)
"""Abbreviations that may stand at the end: the sentence ends if what follows begins as sentences do."""
STARTERS = words_of(
    "a after all although among an and any as asked at because before both but by despite during each earlier even every following for "
    "from he her his how however i if in it its last later many meanwhile most neither no nobody none nor not now of officials on once "
    "one only other others our over she since so some state still that the their then there these they this those though three to today "
    "two under until we what when where whether which while who why with yesterday yet you"
)
HOURS = frozenset({"a.m", "p.m", "etc"})
"""After these a capital letter begins a sentence, unless a day or the name of a clock follows."""
DATED = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Febr|March|Apr|May|June|July|Aug|Sept|Oct|Nov|Dec)"
    r"|(?:[A-Z]\w+ ){1,2}time\b|[A-Z]{3}\b"
)
OPENING = "\"'“‘«(["
CLOSING = "\"'”’»)]"
INITIAL = re.compile(r"(?:^|[\s(\"'“‘])(?:[A-Z]\.)*[A-Z]\.$")
LISTED = re.compile(r"^\(?\d{1,2}\.$")


def split_sentences(paragraph: str) -> list[str]:
    """The sentences of one paragraph; joined with single spaces they are the paragraph."""
    words = " ".join(paragraph.split())
    starts = [0, *(found.end() for found in END.finditer(words) if _ends(words, found)), len(words)]
    return [words[a:b].strip() for a, b in pairwise(starts) if words[a:b].strip()]


def _ends(words: str, found: re.Match[str]) -> bool:
    """Whether a stop ends its sentence."""
    before, after = words[: found.end()].rstrip(), words[found.end() :]
    first = after.lstrip(OPENING)[:1]
    bare = before.rstrip(CLOSING)
    if not (first.isupper() or first.isdigit() or not first.isascii()):
        return False  # a sentence does not begin with a small letter: “Why now?” he asked
    if bare != before or not bare.endswith(".") or bare.endswith(".."):
        return True
    last = bare.rsplit(maxsplit=1)[-1].lstrip(OPENING)
    short = last.rstrip(".").lower()
    if LISTED.match(last) and _begins_an_item(bare[: -len(last)].rstrip()):
        return False
    if short in ALWAYS_SHORT and not (short == "no" and not first.isdigit()):
        return False
    if short in HOURS:
        return not DATED.match(after)
    begins = re.split(r"[\s,’']", after.lstrip(OPENING), maxsplit=1)[0].lower() in STARTERS
    if short in OFTEN_SHORT:
        return begins
    return begins if INITIAL.search(bare) else True


def _begins_an_item(before: str) -> bool:
    """Whether a number with a full stop begins an item of a list: it stands at the beginning, or after the end of a sentence."""
    word = before.rsplit(maxsplit=1)[-1] if before else ""
    return not before or (before.endswith((".", "!", "?", "”", '"', ":")) and word.rstrip(".").lower() not in ALWAYS_SHORT | OFTEN_SHORT)


def paragraphs(plain: str) -> Iterator[str]:
    """The paragraphs of a plain text: apart by empty lines, or one on each line where there is no empty line."""
    text = plain.strip().replace("\r\n", "\n").replace("\r", "\n")
    parts = re.split(r"\n\s*\n", text) if re.search(r"\n\s*\n", text) else text.split("\n")
    yield from (" ".join(part.split()) for part in parts if part.strip())


LONGEST_HEAD = 14
"""Words of a heading at most."""


def is_heading(paragraph: str) -> bool:
    """Whether a paragraph is a heading: short, and without a stop at its end."""
    return len(paragraph.split()) <= LONGEST_HEAD and paragraph.rstrip(CLOSING)[-1:] not in (".", "!", "?", "…", ":", ",", ";")


def as_course_text(plain: str) -> str:
    """A plain text in the course's form: a headline, headings, and one sentence on each line."""
    lines: list[str] = []
    for number, paragraph in enumerate(paragraphs(plain)):
        mark = "# " if number == 0 and is_heading(paragraph) else "### " if is_heading(paragraph) else ""
        lines += [mark + paragraph] if mark else split_sentences(paragraph)
        lines.append("")
    return "\n".join(lines)
