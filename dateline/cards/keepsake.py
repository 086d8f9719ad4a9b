"""A page to keep: what the course has changed, to print or to put away. The name on it never leaves the browser."""

import datetime

from dateline.figures.before_and_after import tests_shown
from dateline.html import Markup, html, join, page
from dateline.learner.before_and_after import outcome, said_of_change
from dateline.learner.course_end import HINT, Ending, course_end, parts_of
from dateline.learner.record import answers_of, is_answered, stems

LINE = Markup("&#95;" * 28)
STYLE = "h1 { margin-top: 1rem; } figure { break-inside: avoid; } [data-name] { font-weight: 600; }"


def keepsake_words(before: str, after: str, day: datetime.date) -> str:
    """The page as HTML; the browser puts the name where `data-name` stands. Empty until both tests are handed in."""
    found, tests = course_end(before, after), [test for form in (before, after) if (test := outcome(form))]
    if found is None:
        return ""
    when = f"{day.day} {day:%B %Y}"
    head = html("<header><h1>Reading the Dateline</h1><p>Name: <span data-name>{}</span> · {} · {}</p></header>", LINE, when, _done())
    picture = tests_shown(tests)
    change = join(html("<p>{}</p>", said) for said in said_of_change(*tests)[:2])
    last = html("<section><h2>Before and after</h2>\n{}\n{}</section>", change, picture.html if picture else "")
    return str(page("Reading the Dateline: a page to keep", join([head, _parts(found), last]), STYLE))


def _parts(found: Ending) -> Markup:
    written = []
    for title, taught, none in parts_of(found):
        items = html("<ul>\n{}\n</ul>", join(html("<li>{} (lesson {})</li>", one.name, one.lesson) for one in taught))
        written.append(html("<section><h2>{}</h2>\n{}</section>", title, items if taught else html("<p>{}</p>", none)))
    return join([*written, html('<p class="quiet">{}</p>', HINT)])


def _done() -> str:
    asked = [(stem, question.id) for stem in stems() for question in stem.lesson.question if question.beat != "tour"]
    done = {(stem.name, name) for stem, name in asked if is_answered(answers_of(stem), name)}
    return f"{len(done)} questions answered in {len({stem for stem, _ in done})} lessons"
