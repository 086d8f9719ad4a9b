"""The printed half of the teaching kit: a handout, blank sheets, the rubric, the answer key, and slides for each session.

Every page is one HTML file that needs nothing beside it. The plans and notes are written by hand and stand in `teaching/`.
"""

import re
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

import nbformat
from markupsafe import Markup

from dateline.bank import Stem, exercise_files, load_stem
from dateline.faults import fail
from dateline.folders import course_folder
from dateline.html import page, table_html
from dateline.kinds import Key, Question, kind_of
from dateline.learner.routes import load_routes
from dateline.learner.rubric import load_rubric

LINES = 10
SKIPPED = ("import", "again", "look-back", "review", "say-why", "exit")


def headed(title: str, body: str, style: str = "") -> str:
    """A page to print, with its title on it."""
    return page(title, Markup(f"<h1>{escape(title)}</h1>\n{body}"), style)


def make_kit(out: Path) -> list[Path]:
    """Write every page into a folder; raises `CourseError` or `OSError`."""
    if out.exists() and any(out.iterdir()):
        raise fail(str(out), 1, "there is something in this folder already", "Choose another name, or empty it first")
    stems = [stem for stem in map(load_stem, exercise_files()) if stem.keys is not None]
    written = {
        "six-questions.html": six_questions(),
        **{f"sheet-{name}.html": headed(title, body, SHEET) for name, title, body in sheets()},
        "rubric.html": rubric(),
        "answer-key.html": answer_key(stems),
        **{f"slides/session-{number}.html": content for number, content in enumerate(slides(stems), 1)},
    }
    for name, content in written.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text(content, encoding="utf-8", newline="\n")
    return [out / name for name in written]


# ---- to print ----------------------------------------------------------------------------------------------------------

SHEET = """
table { table-layout: fixed; width: 99%; } td, th { border: 1px solid #666; padding: 0.3rem 0.5rem; } td { height: 2.6rem; }
@page { size: landscape; margin: 12mm; }
@media screen { body { max-width: 60rem; } }
"""


def six_questions() -> str:
    """The handout on one page, from the text that teachers read."""
    from nbconvert.filters import markdown2html  # slow to import, and wanted here alone

    words = (course_folder() / "teaching" / "six-questions.md").read_text(encoding="utf-8")
    title, _, rest = words.partition("\n")
    small = "h2 { margin: 0.7rem 0 0; border-top: 1px solid; font-size: 1.05em; } p { margin: 0.25rem 0; } .anchor-link { display: none; }"
    small += " @media print { body { font-size: 9.5pt; line-height: 1.4; } h1 { margin: 0; } }"
    return headed(title.lstrip("# "), str(markdown2html(rest)), small)


def sheets() -> Iterable[tuple[str, str, str]]:
    """Blank sheets: name, title, body."""
    name = f"<p>Name {'_' * 24} Text {'_' * 24}</p>"
    yield (
        "chain",
        "Source chain",
        name
        + _blank(
            "Begin with the page that you read and go back. A step that the text does not show is inferred.",
            ("who", "got it from", "shown or inferred", "words that show it"),
        ),
    )
    yield (
        "clocks",
        "Three clocks",
        name
        + _blank(
            "One line for each thing that has a time of its own. “Not stated” is an answer.",
            ("what", "event, report or page", "day", "hour and clock", "words that say so"),
        ),
    )
    yield (
        "matrix",
        "Reaction matrix",
        name
        + _blank(
            "One line for each actor. “No statement found by …” is an answer; silence is no consent.",
            ("actor", "act", "channel", "day", "interest", "how do we know"),
        ),
    )
    yield (
        "tags",
        "Marks",
        name
        + _blank(
            "A attribution · E how it is known, with nobody named · L how sure · S a verb that takes a stance · G claims more than "
            "its writer could know · F fine as it is",
            ("address", "words", "label", "why"),
        ),
    )


def _blank(instruction: str, head: tuple[str, ...]) -> str:
    return f"<p>{escape(instruction)}</p>\n{table_html(head, [[''] * len(head)] * LINES)}"


def rubric() -> str:
    """The rubric as a table to mark on."""
    found = load_rubric()
    rows = [
        [f"{one.name} ({one.points})", *(f"{one.earns[level]}: {words}" for level, words in enumerate(one.levels)), ""]
        for one in found.criterion
    ]
    body = table_html(["criterion", "level 0", "level 1", "level 2", "level 3", "points"], rows)
    return headed("Rubric for the capstone, 100 points", body, "td, th { border: 1px solid #666; padding: 0.3rem; font-size: 0.85rem; }")


# ---- the key -------------------------------------------------------------------------------------------------------------


def answer_key(stems: list[Stem]) -> str:
    """Every question with its accepted answers and the reason for each choice. For the teacher alone."""
    parts = ["<p><strong>For the teacher alone.</strong> Where several answers are accepted, each has its reason.</p>"]
    for stem in stems:
        asked = [(question, (stem.keys or {}).get(question.id)) for question in stem.lesson.question]
        inside = "\n".join(_entry(question, key) for question, key in asked if key)
        parts.append(f"<section><h2>{escape(f'{stem.lesson.lesson} {stem.lesson.title}')}</h2>\n{inside}</section>")
    return headed("Answer key", "\n".join(parts), "h3 { font-size: 1rem; margin-top: 1rem; }")


def _entry(question: Question, key: Key) -> str:
    lines = [f"<li>{_line(told.parts, told.sign, told.why)}</li>" for told in kind_of(question).told(question, key)]
    last = f"<p>{escape(key.teach)}</p>"
    return f"<h3>{escape(question.prompt)} <code>{question.id}</code></h3>\n<ul>{''.join(lines)}</ul>{last}"


def _line(parts: Iterable[str], sign: str, why: str) -> str:
    said = f"<strong>{escape(sign)}</strong> " if sign else ""
    return f"{said}{escape(': '.join(part.rstrip('.:') for part in parts))}. {escape(why)}".replace("?. ", "? ")


# ---- slides ----------------------------------------------------------------------------------------------------------------

SLIDES = """
.reveal { font: 26px/1.45 Charter, Georgia, "Noto Serif", serif; color: #111; background: #fff; }
.reveal .slides { text-align: left; }
.reveal .slides section { max-height: 100%; overflow-y: auto; padding: 0 0.5em; box-sizing: border-box; }
.reveal h1 { font-size: 1.7em; }
.reveal h2 { font-size: 1.25em; }
.reveal table { border-collapse: collapse; font-size: 0.75em; }
.reveal th, .reveal td { border-bottom: 1px solid #999; padding: 0.15em 0.5em; vertical-align: top; }
.reveal img { max-width: 100%; height: auto; }
.reveal blockquote { margin: 0.3em 0; padding-left: 0.7em; border-left: 3px solid #999; font-size: 0.9em; }
.reveal small, .reveal summary { font-size: 0.7em; }
.jp-InputPrompt, .jp-OutputPrompt, .anchor-link, .jp-Collapser { display: none; }
"""


def slides(stems: list[Stem]) -> list[str]:
    """A page of slides for each session of the path for a class, in order."""
    known = {stem.lesson.lesson: stem.name for stem in stems}
    return [
        slide_page(part.title, [known[step.lesson] for step in part.steps if step.lesson in known])
        for part in load_routes()["class"].part
        if part.steps
    ]


def slide_page(title: str, notebooks: list[str]) -> str:
    """Some notebooks as slides, exported by nbconvert and then made to need nothing beside them."""
    from nbconvert import SlidesExporter  # slow to import, and wanted here alone

    cells: list[Any] = [nbformat.from_dict({"cell_type": "markdown", "source": f"# {title}", "metadata": {}, "id": "session"})]
    for name in notebooks:
        read = nbformat.read(course_folder() / "notebooks" / f"{name}.ipynb", as_version=4)
        cells += [cell for cell in read.cells if not cell.id.startswith(SKIPPED) and (cell.cell_type == "markdown" or cell.outputs)]
    for cell in cells:
        cell.metadata = nbformat.from_dict({"slideshow": {"slide_type": "slide"}})
    for number, cell in enumerate(cells):
        cell.id = f"slide-{number}"
    shown = nbformat.from_dict({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    body, _ = SlidesExporter(exclude_input=True, exclude_input_prompt=True, exclude_output_prompt=True).from_notebook_node(shown)
    inside = re.search(r'<div class="slides">(.*)</div>\s*</div>\s*</main>', body, re.S)
    held = inside[1] if inside else ""
    vendored = course_folder() / "teaching" / "reveal"
    code, style = ((vendored / name).read_text(encoding="utf-8") for name in ("reveal.js", "reveal.css"))
    code = code.replace("</script", r"<\/script")
    return (
        f'<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><title>{escape(title)}</title>\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<style>{style}{SLIDES}</style></head>\n'
        f'<body>\n<div class="reveal"><div class="slides">{_local(held)}</div></div>\n<script>{code}</script>\n'
        "<script>Reveal.initialize({ hash: true, center: false, width: 1100, height: 720, margin: 0.04 });</script>\n</body>\n</html>\n"
    )


def _local(inside: str) -> str:
    """Slides whose links lead nowhere outside: links to other pages of the course become plain words."""
    return re.sub(r'<a [^>]*href="(?!#)[^"]*"[^>]*>(.*?)</a>', r"\1", inside, flags=re.S)
