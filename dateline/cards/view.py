"""What a card shows of a question, as plain data. Nothing of a key ever passes here."""

from typing import Any, TypedDict

from dateline.questions import AnyQuestion, Choose, Question, Tag, Write
from dateline.texts import load_text

CONFIDENCE = ((25, "a guess"), (50, "leaning"), (70, "fairly sure"), (85, "very sure"), (99, "certain"))
"""Percent and the plain word beside it."""


class Row(TypedDict):
    """One item to label: its address and words, and its label if that is already given."""

    id: str
    words: str
    given: str


class View(TypedDict):
    """A question as a card sees it."""

    id: str
    kind: str
    prompt: str
    passage: list[dict[str, str]]
    rows: list[Row]
    choices: list[dict[str, str]]
    confidence: list[tuple[int, str]]
    hints: int
    lines: int


def view(question: AnyQuestion) -> View:
    """The question's view; raises `CourseError` if its text or an address is not there."""
    return View(
        id=question.id,
        kind=kind_of(question),
        prompt=question.prompt,
        passage=passage(question.text, question.show) if question.show else [],
        rows=_rows(question),
        choices=[] if isinstance(question, Write) else [{"id": c.id, "text": c.text, "letter": c.letter} for c in question.choices],
        confidence=list(CONFIDENCE) if question.confidence else [],
        hints=len(question.hints),
        lines=question.rows if isinstance(question, Write) else 0,
    )


def kind_of(question: Question) -> str:
    """The kind as it is written in a question file."""
    return str(question.__struct_config__.tag)


def passage(text: str, places: tuple[str, ...]) -> list[dict[str, str]]:
    """Sentences of a text with their addresses."""
    return [{"at": sentence.at, "words": sentence.words} for sentence in load_text(text).select(places)]


def _rows(question: AnyQuestion) -> list[Row]:
    if isinstance(question, Choose):
        return [Row(id="", words="", given="")]
    if isinstance(question, Tag):
        text = load_text(question.text)
        return [Row(id=at, words=text[at], given=question.given.get(at, "")) for at in question.items]
    return []


def chosen(question: AnyQuestion, answer: Any, row: str) -> str:
    """The choice that an answer holds for a row, or an empty string."""
    if isinstance(question, Choose):
        return answer if isinstance(answer, str) else ""
    if isinstance(question, Tag):
        picked = answer.get(row, "") if isinstance(answer, dict) else ""
        return question.given.get(row) or (picked if isinstance(picked, str) else "")
    return ""
