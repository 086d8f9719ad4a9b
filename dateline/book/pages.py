"""The pages of the book: each notebook as it is stored, as one HTML file that can be read, printed and linked to by itself."""

import base64
import hashlib
import html as escapes
import io
import itertools
import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec
from markdown_it import MarkdownIt
from PIL import Image

from dateline.authoring.shipped import Notebook, page_files, page_name, read_notebook, source_of
from dateline.book import own_page
from dateline.folders import course_folder
from dateline.html import Markup, html, join
from dateline.reading.course import IN_NOTEBOOKS

START = "notebooks/00-start.ipynb"
SOURCES = "data/SOURCES.md"
PICTURE = re.compile(r'src="data:image/(png|svg\+xml);base64,([^"]+)"')
LINK = re.compile(r'href="(?:\.\./)*(?:notebooks/|exercises/|data/)?([\w.-]+)\.(ipynb|md)(#[^"]*)?"')
TAGS = re.compile(r"<[^>]+>")
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; img-src 'self' data: blob:; "
    "style-src 'self' 'unsafe-inline'; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'"
)
"""What a page of the book may do: run this site's own files, ask this site alone, and nothing else."""
DESCRIBED = 155
"""Characters of a description; search engines cut what is longer."""
SAID_AT_ONCE = "Reading the Dateline is a course on reading defence news that rests on state media."
LICENCE = (
    "The text of the course, but for the article of its worked case, may be used under CC BY 4.0; "
    "its program may be used under the BSD 3-clause licence."
)

Items = dict[str, list[dict[str, Any]]]


class Page(NamedTuple):
    """One page: its name in the course, its file in the book, its title, its notebook."""

    name: str
    file: str
    title: str
    notebook: Notebook


class Place(NamedTuple):
    """A page in the order of the course, for the map that is there without JavaScript."""

    part: str
    name: str
    shown: str


def file_of(name: str) -> str:
    """The file of a page in the book; the first page is what a folder shows by itself."""
    return "index.html" if name == START else name.rpartition("/")[2].rpartition(".")[0].lower() + ".html"


def pages(titles: dict[str, str], own: str) -> list[Page]:
    """Every page by the titles of the notebooks, the list of sources, and the page for own texts, of which `own` is the card on paper."""
    found = [Page(name, file_of(name), titles[name], read_notebook(path)) for path in page_files() if (name := page_name(path)) in titles]
    sources = course_folder() / SOURCES
    whole = {"cells": [{"cell_type": "markdown", "id": "whole", "source": sources.read_text(encoding="utf-8")}]}
    return [
        *found,
        Page(SOURCES, file_of(SOURCES), "Sources", whole),
        Page(own_page.OWN_PAGE, file_of(own_page.OWN_PAGE), own_page.TITLE, own_page.notebook(own)),
    ]


def without_outputs(notebook: Notebook) -> Notebook:
    """A notebook with nothing but its cells' kinds, names and words, for the course inside the book."""
    return {"cells": [{"cell_type": cell["cell_type"], "id": cell["id"], "source": source_of(cell)} for cell in notebook["cells"]]}


class Pictures:
    """Pictures that stand in stored outputs, as files named by their content, so that a page is small and a picture is loaded once."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def moved(self, shown: str) -> str:
        """HTML with its pictures in files of their own."""
        return PICTURE.sub(self._file, shown)

    def _file(self, found: re.Match[str]) -> str:
        picture = base64.b64decode(found[2])
        picture = with_a_palette(picture) if found[1] == "png" else picture
        name = f"course/pictures/{hashlib.sha256(picture).hexdigest()[:16]}.{found[1].partition('+')[0]}"
        self.files[name] = picture
        return f'src="{name}" loading="lazy"'


def with_a_palette(picture: bytes) -> bytes:
    """A PNG of at most 256 colours, a third of its size: our drawings have a few hundred, of which neighbours cannot be told apart."""
    drawn = Image.open(io.BytesIO(picture)).convert("RGB").quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    smaller = io.BytesIO()
    drawn.save(smaller, "PNG", optimize=True)
    return smaller.getvalue()


def _markdown() -> MarkdownIt:
    drawn = MarkdownIt("commonmark", {"html": True, "typographer": False}).enable(["table", "strikethrough"])
    return drawn


MARKDOWN = _markdown()


def prose(words: str) -> Markup:
    """Markdown as HTML; every heading can be linked to by its words, as in JupyterLab."""
    tokens = MARKDOWN.parse(words)
    for head, inside in itertools.pairwise(tokens):
        if head.type == "heading_open":
            head.attrSet("id", inside.content.strip().replace(" ", "-"))
    return Markup(linked(MARKDOWN.renderer.render(tokens, MARKDOWN.options, {})))


def linked(shown: str) -> str:
    """HTML in which links to notebooks are links to pages of the book."""
    return LINK.sub(lambda found: f'href="{file_of(found[1] + "." + found[2])}{found[3] or ""}"', shown)


def body(page: Page, pictures: Pictures) -> Markup:
    """A page's article: its prose, and every output as it is stored."""
    cells = [cell for cell in page.notebook["cells"] if cell["id"] not in IN_NOTEBOOKS]
    sections = join(filter(None, (_section(cell, pictures) for cell in cells)))
    return html('<article class="rv-page" data-page="{}">\n{}\n</article>', page.name, sections)


def _section(cell: dict[str, Any], pictures: Pictures) -> Markup | None:
    if cell["cell_type"] == "markdown":
        return html('<section class="rv-prose" data-cell="{}">\n{}</section>', cell["id"], prose(source_of(cell)))
    items = [html('<div class="rv-item">\n{}\n</div>', Markup(linked(pictures.moved(shown)))) for shown in _stored(cell)]
    return html('<section class="rv-output" data-cell="{}">\n{}\n</section>', cell["id"], join(items)) if items else None


def _stored(cell: dict[str, Any]) -> Iterator[str]:
    for output in cell.get("outputs", []):
        shown = output.get("data", {}).get("text/html")
        if shown is not None:
            yield "".join(shown) if isinstance(shown, list) else str(shown)


def description(page: Page) -> str:
    """What a page is about: the question of its lesson where there is one, else its first words."""
    told = [source_of(cell) for cell in page.notebook["cells"] if cell["cell_type"] == "markdown" and cell["id"] not in IN_NOTEBOOKS]
    words = " ".join(escapes.unescape(TAGS.sub(" ", str(prose(part)))) for part in told[:2]).split()
    plain = " ".join(words).removeprefix(page.title).strip()
    if len(plain) < 40:
        return SAID_AT_ONCE
    return plain if len(plain) <= DESCRIBED else plain[:DESCRIBED].rpartition(" ")[0] + " …"


HEAD = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<meta name="description" content="{description}">
{canonical}<meta property="og:type" content="article">
<meta property="og:site_name" content="Reading the Dateline">
<meta property="og:title" content="{title}">
<meta property="og:description" content="{description}">
<meta property="og:image" content="{site}course/picture.png">
<meta property="og:image:alt" content="A newspaper column under the words Reading the Dateline; one sentence is underlined.">
<meta name="twitter:card" content="summary_large_image">
<link rel="icon" type="image/svg+xml" href="course/icon.svg">
<link rel="license" href="https://creativecommons.org/licenses/by/4.0/">
<link rel="stylesheet" href="course/book.css">
<link rel="stylesheet" href="course/style.css">
<link rel="stylesheet" id="dateline-cards" href="course/cards.css">
{modules}<script type="module" blocking="render" src="course/page.js"></script>
</head>
<body class="bk">
"""
BODY = """<div class="rv-frame bk-still" id="bk-still">
<a class="rv-skip" href="#rv-main">Skip to the lesson</a>
<header class="rv-top">
<p class="rv-where"><span class="rv-part-now">{part}</span><strong class="rv-title-now">{shown}</strong></p>
<p class="rv-count"></p>
<nav class="rv-steps" aria-label="Previous and next page">{steps}</nav>
</header>
<div class="rv-body">
<nav class="rv-map" aria-label="Course">
<noscript><p class="rv-notice">You can read and print every page as it is. To answer and be told why, allow JavaScript for this
site.</p></noscript>
{map}
</nav>
<main id="rv-main" class="rv-main-column" tabindex="-1">
{article}
<footer class="bk-foot"><p>{licence}</p></footer>
</main>
</div>
</div>
<script type="application/json" id="bk-parts">{parts}</script>
</body>
</html>
"""


class Setting(msgspec.Struct, frozen=True):
    """What all pages share: where they will stand (an address with a slash at its end, or nothing), their order, the scripts."""

    site: str
    order: tuple[Place, ...]
    modules: tuple[str, ...]


def page_html(page: Page, items: Items, setting: Setting, pictures: Pictures) -> str:
    """A whole page. `items` are the cards that it shows before anything is answered, by part."""
    here = next((number for number, place in enumerate(setting.order) if place.name == page.name), None)
    before, after = _beside(setting.order, here)
    place = setting.order[here] if here is not None else Place("", page.name, page.title)
    title = "Reading the Dateline" if page.name == START else f"{page.title} · Reading the Dateline"
    canonical = html('<link rel="canonical" href="{0}">\n<meta property="og:url" content="{0}">\n', setting.site + _address(page.file))
    head = html(
        HEAD,
        policy=POLICY,
        title=title,
        description=description(page),
        canonical=canonical if setting.site else "",
        site=setting.site,
        modules=join((html('<link rel="modulepreload" href="{}">\n', module) for module in setting.modules), ""),
    )
    shown = html(
        BODY,
        part=place.part,
        shown=place.shown,
        steps=join([_step("prev", "Previous", before), _step("next", "Next", after)], " "),
        map=_map(setting.order, page.name),
        article=body(page, pictures),
        licence=LICENCE,
        parts=Markup(_inside_script({"page": page.name, "items": items})),
    )
    return str(head + shown)


def _beside(order: tuple[Place, ...], here: int | None) -> tuple[Place | None, Place | None]:
    if here is None:
        return None, None
    return (order[here - 1] if here else None), (order[here + 1] if here + 1 < len(order) else None)


def _address(file: str) -> str:
    return "" if file == "index.html" else file


def _step(name: str, word: str, place: Place | None) -> Markup | None:
    form = '<a class="rv-step" rel="{}" href="{}">{}<span class="rv-step-name">: {}</span></a>'
    return html(form, name, file_of(place.name), word, place.shown) if place else None


def _map(order: tuple[Place, ...], here: str) -> Markup:
    parts = dict.fromkeys(place.part for place in order)
    return join(_part(part, [place for place in order if place.part == part], here) for part in parts)


def _part(title: str, places: list[Place], here: str) -> Markup:
    entry = '<li><a href="{}"{}><span class="rv-sign" aria-hidden="true"></span><span class="rv-name">{}</span></a></li>'
    current = Markup(' aria-current="page"')
    links = join((html(entry, file_of(place.name), current if place.name == here else "", place.shown) for place in places), "\n")
    heading = html('<p class="rv-part-title">{}</p>\n', title) if title else ""
    return html('<section class="rv-part">\n{}<ul>\n{}\n</ul>\n</section>', heading, links)


def _inside_script(data: object) -> str:
    """JSON that ends no script: no `<` in it."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True).replace("<", "\\u003c")
