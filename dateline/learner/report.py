"""A learner's work on one text as a page of its own: to read, to print on A4 or Letter, to hand in. It needs nothing beside it."""

import datetime
from collections.abc import Sequence
from typing import Any

from dateline.answers.attempts import Exercise, open_exercise, saved_answer
from dateline.answers.document import Answer
from dateline.bank import questions_about
from dateline.html import Markup, html, join, page, table_html
from dateline.kinds import feedback, grade, invalid
from dateline.kinds.base import View
from dateline.kinds.spans import Mark
from dateline.kinds.view import filled, passage, view
from dateline.kinds.write import Write
from dateline.learner.before_and_after import form_stem, outcome, said_of_change
from dateline.texts.text import Text, load_text

PRESENCE = (("Found:", True), ("Not found:", False))


def report_words(text: str) -> str:
    """The page on a text as it stands today; raises `CourseError`."""
    return str(report_page(text, [open_exercise(name) for name in questions_about(text)], datetime.date.today()))


def report_page(text: str, exercises: Sequence[Exercise], day: datetime.date) -> Markup:
    """The whole page as HTML."""
    read = load_text(text)
    title = f"Reading “{read[read.sentences[0].at]}”"
    parts = [_section(exercise, saved_answer(exercise), read) for exercise in exercises]
    when = f"Reading the Dateline · {day.day} {day:%B %Y} · Name: {'_' * 28}"
    head = html("<header><h1>{}</h1><p>{}</p></header>", title, when)
    about = html('<p class="quiet">{}</p>', read.header.provenance)
    tests = join((html("<p>{}</p>", line) for line in _tests()), "")
    last = html("<section><h2>Before and after</h2>{}</section>", tests) if tests else ""
    return page(title, join([head, about, *parts, last]))


def _section(exercise: Exercise, answer: Answer, text: Text) -> Markup:
    question = exercise.question
    value = None if answer.value is None or invalid(question, answer.value) else answer.value
    spec = view(question)
    if value is None:
        shown = html('<p class="quiet">Not answered.</p>')
    elif isinstance(question, Mark):
        shown = _marked(spec, value, text)
    elif isinstance(question, Write):
        shown = html('<div class="brief">{}</div>', join((html("<p>{}</p>", part) for part in value.split("\n\n")), ""))
    else:
        shown = filled(question, spec, value)
    return html("<section><h2>{}</h2>\n{}\n{}</section>", question.title or question.id, shown, _verdict(exercise, value))


def _verdict(exercise: Exercise, value: Any) -> Markup | str:
    if value is None or exercise.key is None or exercise.question.unmarked:
        return ""
    told = feedback(exercise.question, exercise.key, value, grade(exercise.question, exercise.key, value))
    if told.status != "for your teacher":
        return html('<p class="quiet">{}</p>', told.verdict)
    groups = {words: [note.chosen for note in told.notes if (note.sign == "right") == there] for words, there in PRESENCE}
    found = [f"{words} {', '.join(names)}." for words, names in groups.items() if names]
    return html('<p class="quiet">A check for presence, not for quality. {}</p>', " ".join(found)) if found else ""


def _marked(spec: View, spans: list[dict[str, Any]], text: Text) -> Markup:
    """The text with the learner's marks, each with the letter of its label, and the labels below."""
    letters = {choice["id"]: choice["letter"] or choice["text"] for choice in spec["choices"]}
    names = {choice["id"]: choice["text"] for choice in spec["choices"]}
    written = []
    for line in passage(text.id, tuple(sentence["at"] for sentence in spec["sentences"])):
        here = sorted((span["start"], span["end"], letters[span["label"]]) for span in spans if span["at"] == line["at"])
        written.append(html("<p><code>{}</code> {}</p>", line["at"], _with_marks(line["words"], here)))
    counts = {name: sum(span["label"] == name for span in spans) for name in names}
    rows = [[letters[name], names[name], str(count)] for name, count in counts.items()]
    return html("<blockquote>{}</blockquote>\n{}", join(written, ""), table_html(["letter", "label", "marks"], rows))


def _with_marks(words: str, spans: list[tuple[int, int, str]]) -> Markup:
    parts, at = [], 0
    for start, end, letter in spans:
        if start >= at:
            parts.append(html("{}<mark>{}<sup>{}</sup></mark>", words[at:start], words[start:end], letter))
            at = end
    return join([*parts, html("{}", words[at:])], "")


def _tests() -> list[str]:
    """The comparison of the first and the last test that was handed in, if there are two."""
    forms = [form for form in "ABC" if _exists(form) and outcome(form)]
    first, last = (outcome(forms[0]), outcome(forms[-1])) if len(forms) > 1 else (None, None)
    return said_of_change(first, last) if first and last else []


def _exists(form: str) -> bool:
    try:
        return bool(form_stem(form))
    except ValueError:
        return False
