"""The printed half of the teaching kit: a handout, blank sheets, the rubric, the answer key, and slides for each session.

Every page is one HTML file that needs nothing beside it. The plans and notes are written by hand and stand in `teaching/`.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from markupsafe import Markup

from dateline.bank import Stem, exercise_files, load_stem
from dateline.classroom.counting import session_parts
from dateline.classroom.slides import slide_page
from dateline.faults import fail
from dateline.folders import course_folder
from dateline.html import emphasised, html, join, page, table_html
from dateline.kinds import Key, Question, kind_of
from dateline.learner.routes import Part, load_routes
from dateline.learner.rubric import load_rubric
from dateline.wording import counted, ended

LINES = 10


def headed(title: str, body: Markup, style: str = "") -> Markup:
    """A page to print, with its title on it."""
    return page(title, html("<h1>{}</h1>\n{}", title, body), style)


def make_kit(out: Path, session: int | None = None) -> list[Path]:
    """Write every page into a folder, or what one session needs; raises `CourseError` or `OSError`."""
    if out.exists() and any(out.iterdir()):
        raise fail(str(out), 0, "there is something in this folder already", "Choose another name, or empty it first")
    stems = {stem.lesson.lesson: stem for stem in map(load_stem, exercise_files()) if stem.keys is not None}
    if not stems or not (course_folder() / "teaching").is_dir():
        raise fail("kit", 0, "this copy of the course holds no keys and no plans, so there is no kit to print", "Use the full course")
    parts = _sessions(session)
    lessons = [stem for name, stem in stems.items() if session is None or any(name in lessons_of(part) for part in parts.values())]
    written = {
        "six-questions.html": six_questions(),
        **{f"sheet-{title.lower().replace(' ', '-')}.html": headed(title, body, SHEET) for title, body in sheets()},
        "rubric.html": rubric(),
        "answer-key.html": answer_key(lessons),
        **{f"slides/session-{number}.html": slide_page(part, stems) for number, part in parts.items() if part.steps},
    }
    for name, content in written.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text(content, encoding="utf-8", newline="\n")
    return [out / name for name in written]


def _sessions(session: int | None) -> dict[int, Part]:
    """The sessions of the path for a class, or one of them; raises `CourseError`."""
    route = load_routes()["class"]
    found = {number: route.part[place] for number, place in session_parts(route).items()}
    if session is not None and session not in found:
        raise fail("--session", 0, f"there is no session {session}", f"There are: {', '.join(map(str, found))}")
    return {number: part for number, part in found.items() if session in (None, number)}


def lessons_of(part: Part) -> set[str]:
    """The lessons of a session, those done at home among them."""
    return {name for step in (*part.steps, *part.home) for name in (step.lesson, *step.instead) if name}


# ---- to print ----------------------------------------------------------------------------------------------------------

SHEET = """
table { table-layout: fixed; width: 99%; } td, th { border: 1px solid #666; padding: 0.3rem 0.5rem; } td { height: 2.6rem; }
@page { size: landscape; margin: 12mm; }
@media screen { body { max-width: 60rem; } }
"""


def written(name: str) -> tuple[str, Markup]:
    """The title and the HTML of a text that teachers read."""
    from nbconvert.filters import markdown2html  # slow to import, and wanted here alone

    title, _, rest = (course_folder() / "teaching" / name).read_text(encoding="utf-8").partition("\n")
    return title.lstrip("# "), Markup(str(markdown2html(rest)))


def six_questions() -> Markup:
    """The handout on one page, from the text that teachers read."""
    title, body = written("six-questions.md")
    small = "h2 { margin: 0.7rem 0 0; border-top: 1px solid; font-size: 1.05em; } p { margin: 0.25rem 0; } .anchor-link { display: none; }"
    small += " @media print { body { font-size: 9.5pt; line-height: 1.4; } h1 { margin: 0; } }"
    return headed(title, body, small)


def sheets() -> Iterable[tuple[str, Markup]]:
    """Blank sheets: title, body. The plans call them by these titles."""
    name = html("<p>Name {line} Text {line}</p>", line="_" * 24)
    yield (
        "Source chain",
        name
        + _blank(
            "Begin with the page that you read and go back. A step that the text does not show is inferred.",
            ("who", "got it from", "shown or inferred", "words that show it"),
        ),
    )
    yield (
        "Three clocks",
        name
        + _blank(
            "One line for each thing that has a time of its own. “Not stated” is an answer.",
            ("what", "event, report or page", "day", "hour and clock", "words that say so"),
        ),
    )
    yield (
        "Reaction matrix",
        name
        + _blank(
            "One line for each actor. “No statement found by …” is an answer; silence is no consent.",
            ("actor", "act", "channel", "day", "interest", "how do we know"),
        ),
    )
    yield (
        "Marks",
        name
        + _blank(
            "A attribution · E how it is known, with nobody named · L how sure · S a verb that takes a stance · G claims more than "
            "its writer could know · F fine as it is",
            ("address", "words", "label", "why"),
        ),
    )


def _blank(instruction: str, head: tuple[str, ...]) -> Markup:
    return html("<p>{}</p>\n{}", instruction, table_html(head, [[""] * len(head)] * LINES))


RUBRIC = """
table { width: 98%; } .one { break-inside: avoid; } .anchor-link { display: none; }
td, th { border: 1px solid #666; padding: 0.3rem 0.4rem; }
@media not (max-width: 30rem) { td:first-child, th:first-child, td:nth-child(2) { white-space: nowrap; } }
.points td { height: 1.6rem; }
@media print { body { font-size: 10pt; line-height: 1.4; } h2 { margin-top: 1.2rem; } table { break-inside: avoid; } }
"""


def rubric() -> Markup:
    """The rubric as teachers read it, with a table to write the points into."""
    title, body = written("rubric.md")
    found = load_rubric().criterion
    lines = [*((one.name, one.points) for one in found), ("Together", sum(one.points for one in found))]
    rows = [html('<tr><th scope="row">{}</th><td>of {}</td><td></td></tr>', *line) for line in lines]
    points = '<div class="one"><h2>The points of one brief</h2>\n<p>Name {}</p>\n<table class="points">{}</table></div>'
    return headed(title, body + html(points, "_" * 30, join(rows, "")), RUBRIC)


# ---- the key -------------------------------------------------------------------------------------------------------------


KEY = """
h3 { font-size: 1rem; margin-top: 1rem; } h3, h3 + ul { break-before: avoid; } nav ol { list-style: none; padding: 0; columns: 2; }
section { break-before: page; } ul { margin: 0.2rem 0; }
@media print { body { font-size: 9.5pt; line-height: 1.35; } section + section { break-before: page; } }
"""


def answer_key(stems: Sequence[Stem]) -> Markup:
    """Every question with its accepted answers and the reason for each choice, after a list of what is in it. For the teacher alone."""
    links, parts = [], []
    for stem in stems:
        entries = list(_entries(stem))
        if entries:
            lesson = stem.lesson.lesson
            title = f"{lesson} {stem.lesson.title}"
            links.append(html('<li><a href="#lesson-{}">{}</a>, {}</li>', lesson, title, counted(len(entries), "card")))
            parts.append(html('<section id="lesson-{}"><h2>{}</h2>\n{}</section>', lesson, title, join(entries)))
    lead = Markup("<p><strong>For the teacher alone.</strong> Where several answers are accepted, each has its reason.</p>")
    listed = html('<nav aria-label="Lessons"><ol>{}</ol></nav>', join(links, ""))
    return headed("Answer key", join([lead, listed, *parts]), KEY)


def _entries(stem: Stem) -> Iterator[Markup]:
    for question in stem.lesson.question:
        key = (stem.keys or {}).get(question.id)
        if key:
            yield _entry(question, key)


def _entry(question: Question, key: Key) -> Markup:
    lines = [_line(told.parts, told.sign, told.why) for told in kind_of(question).told(question, key)]
    head = html("<h3>{} <code>{}</code></h3>", emphasised(question.prompt), question.id)
    return html("{}\n<ul>{}</ul><p>{}</p>", head, join(lines, ""), emphasised(key.teach))


def _line(parts: Iterable[str], sign: str, why: str) -> Markup:
    said = html("<strong>{}</strong> ", sign) if sign else ""
    return html("<li>{}{} {}</li>", said, emphasised(ended(": ".join(part.rstrip(".:") for part in parts))), emphasised(why))
