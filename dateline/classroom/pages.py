"""A page of feedback for each learner, as far as the teacher wants it to go: nothing, the verdicts, or everything."""

import hashlib
import re
from html import escape
from pathlib import Path
from typing import Literal, TypeAlias

from markupsafe import Markup

from dateline.classroom.batch import Asked, Graded
from dateline.classroom.gradebook import Row
from dateline.html import page
from dateline.kinds import feedback
from dateline.kinds.base import Key, Question
from dateline.kinds.number import Number
from dateline.kinds.range import Range

Policy: TypeAlias = Literal["none", "verdict", "full"]
POLICIES: tuple[Policy, ...] = ("none", "verdict", "full")


def page_name(learner: str) -> str:
    """A file name that no name can lead astray: small letters and figures, and eight figures that keep two learners apart."""
    bare = re.sub(r"[^a-z0-9]+", "-", learner.casefold()).strip("-")[:40] or "learner"
    return f"{bare}-{hashlib.sha256(learner.encode('utf-8', 'replace')).hexdigest()[:8]}.html"


def write_pages(out: Path, found: list[Row], by: Asked, policy: Policy) -> int:
    """Write a page for everybody whose submission could be read; returns how many. With the policy `none` there are no pages."""
    if policy == "none":
        return 0
    folder = out / "feedback"
    folder.mkdir(exist_ok=True)
    count = 0
    for row in found:
        if row.marked and row.marked.read:
            (folder / page_name(row.learner.id)).write_text(_page(row, by, policy), encoding="utf-8", errors="replace", newline="\n")
            count += 1
    return count


def _page(row: Row, by: Asked, policy: Policy) -> str:
    given = {one.question: one for one in row.marked.answers} if row.marked else {}
    parts = []
    for stem in by.stems:
        asked = [(question, (stem.keys or {}).get(question.id)) for question in stem.lesson.question if question.id in given]
        if asked:
            inside = "\n".join(_question(question, key, given[question.id], policy) for question, key in asked)
            parts.append(f"<section><h2>{escape(f'{stem.lesson.lesson} {stem.lesson.title}')}</h2>\n{inside}</section>")
    name = row.learner.name or row.learner.id
    total = "" if row.percent is None else f"{row.percent:g} of 100 over every question that counts. "
    notes = " ".join(f"{note[0].upper()}{note[1:]}." for note in row.notes)
    head = f'<header><h1>Reading the Dateline</h1><p>{escape(name)}</p><p class="quiet">{escape(total + notes)}</p></header>'
    body = "\n".join([head, *parts])
    return page(f"Feedback for {name}", Markup(body))


def _question(question: Question, key: Key | None, one: Graded, policy: Policy) -> str:
    marked = isinstance(question, Number | Range) and one.result.parts
    told = feedback(question, key, one.result.parts[0].chosen if marked else None, one.result)
    asked = f"<p><strong>{escape(question.prompt)}</strong><br>{escape(told.verdict)}</p>"
    if policy == "verdict":
        return asked
    notes = "".join(
        f"<li>{escape(' · '.join(filter(None, [note.at, note.chosen.rstrip('.')])))}: {escape(note.reason)}"
        + (f" <q>{escape(note.quote)}</q>" if note.quote else "")
        + "</li>"
        for note in told.notes
    )
    last = f"<p>{escape(told.next)}</p>" if told.next else ""
    return asked + (f"<ul>{notes}</ul>" if notes else "") + last
