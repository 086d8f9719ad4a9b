"""A learner's work on one text as a page of its own: to read, to print on A4 or Letter, to hand in. It needs nothing beside it."""

import datetime
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from dateline.answers.attempts import Exercise, open_exercise, saved_answer
from dateline.answers.document import Answer
from dateline.answers.store import NotSavedError, write_whole
from dateline.bank import questions_about
from dateline.display import show_both, show_lines
from dateline.folders import answers_folder, course_folder, named
from dateline.html import page, table_html
from dateline.kinds import feedback, grade, invalid
from dateline.kinds.printed import FORMS
from dateline.kinds.questions import Mark
from dateline.kinds.view import View, passage, view
from dateline.learner.before_and_after import form_stem, outcome, said_of_change
from dateline.texts.text import Text, load_text

PRESENCE = (("Found:", True), ("Not found:", False))


def write_report(text: str) -> Path:
    """Write the report on a text into the answer folder and return its path; raises `CourseError` or `NotSavedError`."""
    path = answers_folder() / "reports" / f"{text}.html"
    page = report_page(text, [open_exercise(name) for name in questions_about(text)], datetime.date.today())
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, page.encode("utf-8", "replace"))
    except OSError as error:
        raise NotSavedError(f"{path} cannot be written ({error.strerror}). Free some space or make the folder writable.") from None
    return path


def show_written(path: Path) -> None:
    """Say where a report is, with a link where the answers lie inside the course."""
    place = path.relative_to(answers_folder()).as_posix()
    words = f"Your report is written: {place}, in the folder of your answers. Open it in any browser, and print it from there."
    if not path.is_relative_to(course_folder()):
        show_lines([words])
        return
    link = f'<a href="../{named(path)}" target="_blank">Open your report</a>'
    show_both(f"<div>\n<p>{escape(words)}</p>\n<p>{link}</p>\n</div>", words)


def report_page(text: str, exercises: Sequence[Exercise], day: datetime.date) -> str:
    """The whole page as HTML."""
    read = load_text(text)
    title = f"Reading “{read[read.sentences[0].at]}”"
    parts = [_section(exercise, saved_answer(exercise), read) for exercise in exercises]
    head = f"<header><h1>{escape(title)}</h1><p>Reading the Dateline · {day.day} {day:%B %Y} · Name: {'_' * 28}</p></header>"
    about = f'<p class="quiet">{escape(read.header.provenance)}</p>'
    tests = "".join(f"<p>{escape(line)}</p>" for line in _tests())
    body = "\n".join([head, about, *parts, f"<section><h2>Before and after</h2>{tests}</section>" if tests else ""])
    return page(title, body)


def _section(exercise: Exercise, answer: Answer, text: Text) -> str:
    question = exercise.question
    filled = None if answer.value is None or invalid(question, answer.value) else answer.value
    spec = view(question)
    if filled is None:
        shown = '<p class="quiet">Not answered.</p>'
    elif isinstance(question, Mark):
        shown = _marked(spec, filled, text)
    elif spec["kind"] == "write":
        shown = '<div class="brief">' + "".join(f"<p>{escape(part)}</p>" for part in str(filled).split("\n\n")) + "</div>"
    else:
        shown = FORMS[spec["kind"]](spec, filled)
    return f"<section><h2>{escape(question.title or question.id)}</h2>\n{shown}\n{_verdict(exercise, filled)}</section>"


def _verdict(exercise: Exercise, filled: Any) -> str:
    if filled is None or exercise.key is None or exercise.question.unmarked:
        return ""
    told = feedback(exercise.question, exercise.key, filled, grade(exercise.question, exercise.key, filled))
    if told.status != "for your teacher":
        return f'<p class="quiet">{escape(told.verdict)}</p>'
    groups = {words: [note.chosen for note in told.notes if (note.sign == "right") == there] for words, there in PRESENCE}
    lines = [f"{words} {', '.join(names)}." for words, names in groups.items() if names]
    return f'<p class="quiet">A check for presence, not for quality. {escape(" ".join(lines))}</p>' if lines else ""


def _marked(spec: View, spans: list[dict[str, Any]], text: Text) -> str:
    """The text with the learner's marks, each with the letter of its label, and the labels below."""
    letters = {choice["id"]: choice["letter"] or choice["text"] for choice in spec["choices"]}
    names = {choice["id"]: choice["text"] for choice in spec["choices"]}
    lines = []
    for line in passage(text.id, tuple(sentence["at"] for sentence in spec["sentences"])):
        here = sorted((span["start"], span["end"], letters[span["label"]]) for span in spans if span["at"] == line["at"])
        lines.append(f"<p><code>{line['at']}</code> {_with_marks(line['words'], here)}</p>")
    counts = {name: sum(span["label"] == name for span in spans) for name in names}
    rows = [[letters[name], names[name], str(count)] for name, count in counts.items()]
    return f"<blockquote>{''.join(lines)}</blockquote>\n{table_html(['letter', 'label', 'marks'], rows)}"


def _with_marks(words: str, spans: list[tuple[int, int, str]]) -> str:
    parts, at = [], 0
    for start, end, letter in spans:
        if start >= at:
            parts.append(f"{escape(words[at:start])}<mark>{escape(words[start:end])}<sup>{escape(letter)}</sup></mark>")
            at = end
    return "".join([*parts, escape(words[at:])])


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
