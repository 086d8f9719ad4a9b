"""What a card shows of a question, and its printed form. Nothing of a key ever passes here."""

from typing import Any

from markupsafe import Markup

from dateline.html import emphasised, html, join
from dateline.kinds import invalid, kind_of
from dateline.kinds.base import Question, View
from dateline.kinds.paper import box, passage_html, passage_plain
from dateline.texts.text import TextName, text_named

CONFIDENCE = ((25, "a guess"), (50, "leaning"), (70, "fairly sure"), (85, "very sure"), (99, "certain"))
"""Percent and the plain word beside it."""


def view(question: Question) -> View:
    """The question as a card sees it: what all kinds have, and what its own kind adds."""
    return {
        "id": question.id,
        "kind": question.kind,
        "prompt": question.prompt,
        "passage": passage(question.text, question.show),
        "confidence": list(CONFIDENCE) if question.confidence else [],
        "hints": len(question.hints),
        "test": question.beat == "test",
        "unmarked": question.unmarked,
        **kind_of(question).view(question),
    }


def passage(text: str, places: tuple[str, ...]) -> list[dict[str, str]]:
    """Sentences of a text with their addresses; raises `CourseError`."""
    known = text if isinstance(text, TextName) else text_named(text)
    return [{"at": sentence.at, "words": sentence.words} for sentence in known.lines(places)]


def printed_html(question: Question, answer: Any = None, confidence: int | None = None) -> Markup:
    """The whole question as HTML for paper, exported pages and notebooks that were not run.

    The learner's answer is filled in if it has the right form; nothing of the key is there.
    """
    spec = view(question)
    parts = [
        html("<p><strong>{}</strong></p>", emphasised(question.prompt)),
        passage_html(spec["passage"]) if spec["passage"] else "",
        filled(question, spec, answer),
        _sure(spec, confidence),
        html("<p><small>Exercise <code>{}</code>. On screen this is a card that can be answered.</small></p>", question.id),
    ]
    return html('<section class="dateline-printed" aria-label="Exercise {}">\n{}\n</section>', question.id, join(parts))


def filled(question: Question, spec: View, answer: Any) -> Markup:
    """The part of the printed form that an answer is written into."""
    return kind_of(question).printed(spec, None if answer is None or invalid(question, answer) else answer)


def printed_plain(question: Question) -> str:
    """The prompt and the passage as plain text, for a reader that shows no HTML."""
    return "\n".join(filter(None, [question.prompt, passage_plain(view(question)["passage"]), f"Exercise {question.id}."]))


def _sure(spec: View, confidence: int | None) -> Markup | str:
    if not spec["confidence"]:
        return ""
    options = " ".join(f"{box(confidence == percent)} {word} ({percent} %)" for percent, word in spec["confidence"])
    return html("<p>How sure are you that your answer is right? {}</p>", options)
