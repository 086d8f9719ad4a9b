"""Annotation files as they are made: a draft by the rules, a new draft that keeps what people decided, and the file's words."""

import contextlib
import json
import os
import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

import msgspec

from dateline.texts.draft import LAYERS, Drafted, draft_sentences
from dateline.texts.marks import Annotated, Annotation
from dateline.texts.text import Text

REMARK = (
    "# A draft, made by the rules of data/cues.toml. Correct it on the workbench, or here: take away what is wrong, add what is missing."
)


def drafted(text: Text) -> tuple[Annotated, ...]:
    """The marks of a text by the rules, in the order of the text."""
    paragraphs = [list(group) for _, group in groupby(text.sentences, key=lambda sentence: sentence.at.partition(".")[0])]
    headings = frozenset(number for number, part in enumerate(paragraphs) if part[0].at.startswith("H"))
    made = draft_sentences([[sentence.words for sentence in part] for part in paragraphs], headings)
    return tuple(
        annotated(sentence.at, sentence.words, mark)
        for part, marks in zip(paragraphs, made, strict=True)
        for sentence, found in zip(part, marks, strict=True)
        for mark in found
    )


def annotated(at: str, sentence: str, mark: Drafted) -> Annotated:
    """A drafted mark as a file has it: by the words of its sentence."""
    words = sentence[mark.start : mark.end]
    return Annotated(
        layer=LAYERS.get(mark.kind, mark.kind),
        at=at,
        label=mark.part or mark.kind,
        words=words,
        nth=nth_of(sentence, words, mark.start),
        note=f"rule {mark.rule}: {mark.why}",
        link=mark.link,
        rule=mark.rule,
        state="draft",
        sure=mark.sure,
    )


def nth_of(sentence: str, words: str, start: int) -> int | None:
    """Which of the places where these words stand is meant; nothing where they stand once."""
    starts = [found.start() for found in re.finditer(f"(?={re.escape(words)})", sentence)]
    return starts.index(start) + 1 if len(starts) > 1 else None


def redrafted(text: Text, marks: Sequence[Annotated]) -> tuple[Annotated, ...]:
    """A new draft beside what people kept, added or threw out; links of the new draft are numbered after those in use."""
    decided = [mark for mark in marks if mark.state != "draft"]
    used = max((int(mark.link[1:]) for mark in decided if re.fullmatch(r"a\d+", mark.link)), default=0)
    known = {_place(mark) for mark in decided}
    fresh = [mark for mark in drafted(text) if _place(mark) not in known]
    fresh = [msgspec.structs.replace(mark, link=f"a{int(mark.link[1:]) + used}") if mark.link else mark for mark in fresh]
    order = {sentence.at: number for number, sentence in enumerate(text.sentences)}
    return tuple(sorted([*decided, *fresh], key=lambda mark: order[mark.at]))


def _place(mark: Annotated) -> tuple[str, str, str, int | None]:
    return mark.layer, mark.at, mark.words, mark.nth


def toml_of(annotation: Annotation, remark: str = REMARK) -> str:
    """The words of an annotation file."""
    parts = [remark, f"text = {quoted(annotation.text)}\n"]
    parts += [_mark(mark) for mark in annotation.mark]
    return "\n".join(parts if annotation.mark else [*parts, "mark = []\n"])


def _mark(mark: Annotated) -> str:
    lines = ["[[mark]]"]
    for name, value in msgspec.structs.asdict(mark).items():
        if value is False or (value is not True and value not in ("", None)):
            lines.append(f"{name} = {quoted(value) if isinstance(value, str) else json.dumps(value)}")
    return "\n".join(lines) + "\n"


def quoted(words: str) -> str:
    """A TOML string; JSON writes the same escapes, but for the character that TOML does not have bare."""
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")


def write_whole(path: Path, words: str) -> None:
    """Write a file so that it is there whole or as it was before; raises `OSError` that names it."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(words, encoding="utf-8", newline="\n")
        beside.replace(path)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def counts_by_rule(marks: Iterable[Annotated]) -> dict[str, int]:
    """How many marks each rule made; the parts of one attribution are one."""
    seen: dict[str, set[tuple[str, str, str]]] = {}
    for mark in marks:
        if mark.rule:
            seen.setdefault(mark.rule, set()).add((mark.link, "", "") if mark.link else (mark.at, mark.words, str(mark.nth)))
    return {rule: len(found) for rule, found in seen.items()}
