"""Open text: presence checks that say what they are, and model answers; never a mark."""

from typing import Any

from dateline.kinds.questions import Write, WriteKey
from dateline.kinds.results import Mark, Note, Result, short

LONGEST = 20_000
"""Characters of an open answer; about ten printed pages."""
LENGTH = "length"


def invalid(_: Write, answer: Any) -> str:
    """What is wrong with the form of an answer."""
    if not isinstance(answer, str):
        return f"Write your answer as text in quotation marks, not {short(answer)}"
    if "\0" in answer:
        return "Your answer holds a character that cannot be shown; type it again"
    return f"This is {len(answer):,} characters long; keep it under {LONGEST:,}" if len(answer) > LONGEST else ""


def grade(_: Write, key: WriteKey, answer: str) -> Result:
    """Which features are present; nothing is counted."""
    found = answer.casefold()
    marks = (Mark(feature.name, feature.name, float(any(word.casefold() in found for word in feature.any))) for feature in key.features)
    length = (Mark(LENGTH, len(answer.split()), 0.0),) if key.words else ()
    return Result("for your teacher", marks=(*marks, *length))


def notes(_: Write, key: WriteKey, result: Result) -> tuple[Note, ...]:
    """Whether each feature is mentioned."""
    missing = {feature.name: feature.missing for feature in key.features}
    length = [_length(key.words, result.marks[-1].chosen)] if key.words else []
    return *length, *(
        Note("", "right", mark.item, "Your answer mentions it.") if mark.credit else Note("", "none", mark.item, missing[mark.item])
        for mark in result.marks
        if mark.item != LENGTH
    )


def _length(asked: tuple[int, int], found: int) -> Note:
    fewest, most = asked
    return Note("", "right" if fewest <= found <= most else "none", f"{found} words", f"Asked were {fewest} to {most} words.")


def solved(_: Write, key: WriteKey) -> Any:
    """The first model answer."""
    return key.model[0]
