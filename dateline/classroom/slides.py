"""Slides for a session: one HTML file that needs nothing beside it, moved through with the keys, and printed a slide to a page.

A cell is not a slide. What introduces a passage, a figure or a card stands on its slide, and so does the paragraph that reads it aloud.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
import nbformat

from dateline.bank import Stem
from dateline.folders import course_folder
from dateline.html import Markup, html, join
from dateline.learner.routes import Part

SKIPPED = ("import", "again", "look-back", "review", "say-why", "exit")
"""Beginnings of the ids of cells that are no slides."""
ABOUT_RUNNING = re.compile(r"\b(?:next|this|single) cell\b|\b[Rr]un (?:the|a|it|this)\b|Run All|[Cc]hoose \*Run\*")
SENTENCE = re.compile(r"(?<=[.!?])\s+")
ON_SCREEN = re.compile(r"\s*On screen this is a card that can be answered\.")
PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>{style}</style></head>
<body>
<main>
{slides}</main>
<nav aria-label="Slides"><button type="button" id="back">Back</button> <span id="place" role="status"></span> \
<button type="button" id="on">On</button></nav>
<script>{code}</script>
</body>
</html>
"""
LONG = 60
"""Words of prose on a slide after which more prose has a slide of its own."""


class Block(msgspec.Struct, frozen=True):
    """A piece of a lesson: prose, or something shown (a passage, a figure, a panel, a card)."""

    html: str
    words: int = 0
    head: bool = False
    reads: bool = False
    """Prose that reads aloud what was shown before it."""
    card: bool = False


Slide = list[Block]


def slide_page(part: Part, stems: dict[str, Stem]) -> str:
    """The slides of a session: a title, then the lessons that are done in it."""
    lessons = [stems[step.lesson] for step in part.steps if step.lesson in stems]
    listed = join((html("<li>{} {}</li>", stem.lesson.lesson, stem.lesson.title) for stem in lessons), "")
    slides: list[str] = [html('<section class="title"><h1>{}</h1><ul>{}</ul></section>', part.title, listed)]
    for stem in lessons:
        slides += map(_section, grouped(blocks(course_folder() / "notebooks" / f"{stem.name}.ipynb")))
    style, code = (Path(__file__).with_name(name).read_text(encoding="utf-8") for name in ("slides.css", "slides.js"))
    return html(PAGE, title=part.title, style=Markup(style), slides=Markup("".join(slides)), code=Markup(code))


def blocks(notebook: Path) -> Iterator[Block]:
    """What a notebook shows, piece by piece, without a word about running it."""
    for cell in nbformat.read(notebook, as_version=4).cells:
        if cell.id.startswith(SKIPPED):
            continue
        if cell.cell_type == "markdown":
            words = spoken(cell.source)
            if words:
                yield Block(_prose(words), len(words.split()), words.startswith("#"), cell.id.endswith("-read"))
            continue
        for output in cell.outputs:
            shown = "".join(output.get("data", {}).get("text/html", ""))
            if shown:
                yield Block(_bare(shown), card="dateline-printed" in shown)


def spoken(source: str) -> str:
    """Prose without the sentences that tell a reader to run something; a heading with nothing under it stays."""
    parts = []
    for paragraph in source.split("\n\n"):
        kept = " ".join(sentence for sentence in SENTENCE.split(paragraph) if not ABOUT_RUNNING.search(sentence))
        parts += [kept] if kept.strip() else []
    return "\n\n".join(parts)


def grouped(pieces: Iterable[Block]) -> list[Slide]:
    """Pieces as slides: prose with what it introduces, and with it the paragraph that reads it; cards have their slide for themselves."""
    slides: list[Slide] = []
    for piece in pieces:
        here = slides[-1] if slides else []
        shown = [one for one in here if not one.words]
        prose = sum(one.words for one in here)
        if piece.words:
            joins = bool(here) and not piece.head and (piece.reads and not shown[0].card if shown else prose < LONG)
        else:
            joins = bool(here) and not shown and not (piece.card and prose >= LONG)
        if joins:
            here.append(piece)
        else:
            slides.append([piece])
    return slides


def _section(slide: Slide) -> str:
    prose = "".join(one.html for one in slide if one.words)
    shown = "".join(one.html for one in slide if not one.words)
    head = re.match(r"\s*<h\d.*?</h\d>", prose, re.S)
    title, rest = (head[0], prose[head.end() :]) if head else ("", prose)
    words = f'<div class="words">{rest}</div>' if rest.strip() else ""
    return f'<section>{title}<div class="body">{words}' + (f'<div class="shown">{shown}</div>' if shown else "") + "</div></section>\n"


def _prose(words: str) -> str:
    from nbconvert.filters import markdown2html  # slow to import, and wanted here alone

    return _local(re.sub(r'<a class="anchor-link".*?</a>', "", str(markdown2html(words))))


def _bare(shown: str) -> str:
    """What a cell shows, without the line on running it and without the table under a figure."""
    return _local(re.sub(r"<figcaption>.*?</figcaption>", "", ON_SCREEN.sub("", shown), flags=re.S))


def _local(inside: str) -> str:
    """HTML whose links lead nowhere outside: links to other pages of the course become plain words."""
    return re.sub(r'<a [^>]*href="(?!#)[^"]*"[^>]*>(.*?)</a>', r"\1", inside, flags=re.S)
