"""Paragraphs annotated by hand in braces, as `README.md` beside this file describes, and nothing of the rules that are measured on them."""

import re
from pathlib import Path
from typing import NamedTuple

KINDS = {
    "d": "date",
    "u": "duration",
    "r": "set",
    "n": "number",
    "q": "quotation",
    "ev": "evidential",
    "ep": "epistemic",
    "st": "stance",
}
PARTS = {"s": "source", "v": "cue", "c": "content"}
TAG = re.compile(r"\{(?:([svc])(\d)|(d|u|r|n|q|ev|ep|st))((?:\.[a-z-]+)*) ?")


class Mark(NamedTuple):
    """Characters of a paragraph and what stands there: a kind, or a part of the attribution `number`; `more` names its construction."""

    kind: str
    number: int
    more: tuple[str, ...]
    start: int
    end: int


class Paragraph(NamedTuple):
    """A paragraph without its braces, where its sentences begin and end, and its marks."""

    words: str
    sentences: tuple[tuple[int, int], ...]
    marks: tuple[Mark, ...]
    heading: bool


def read(path: Path) -> list[Paragraph]:
    """The paragraphs of a file, whose first is a remark."""
    return [paragraph(block) for block in path.read_text(encoding="utf-8").strip().split("\n\n") if not block.startswith("%")]


def paragraph(block: str) -> Paragraph:
    """One paragraph: a sentence on each line, a heading after `# `."""
    heading = block.startswith("# ")
    block = block.removeprefix("# ")
    plain, open_marks, marks, ends, at = "", [], [], [], 0  # type: str, list[tuple[str, int, tuple[str, ...], int]], list[Mark], list[int], int
    while at < len(block):
        found = TAG.match(block, at)
        if found:
            kind = PARTS.get(found[1] or "") or KINDS[found[3]]
            open_marks.append((kind, int(found[2] or 0), tuple(found[4].split(".")[1:]), len(plain)))
            at = found.end()
            continue
        letter = block[at]
        if letter == "}":
            marks.append(Mark(*open_marks.pop(), len(plain)))
        elif letter == "\n":
            ends.append(len(plain))
            plain += " "
        else:
            assert letter != "{", f"a brace without a tag: {block[at : at + 20]}"
            plain += letter
        at += 1
    assert not open_marks, f"a brace is not closed: {block[:60]}"
    starts = [0, *(end + 1 for end in ends)]
    return Paragraph(plain, tuple(zip(starts, [*ends, len(plain)], strict=True)), tuple(marks), heading)
