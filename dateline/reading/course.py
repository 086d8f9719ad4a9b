"""What the frame around a lesson knows, as plain data: the course as it is written, and where the learner stands."""

import json
import re
from typing import Any

import msgspec

from dateline.authoring.shipped import (
    Cells,
    Notebook,
    code_as_shipped,
    page_files,
    page_name,
    read_notebook,
    shipped,
    shows_only,
    source_of,
)
from dateline.bank import Stem, original
from dateline.faults import load
from dateline.folders import course_folder
from dateline.learner.progress import chosen_route, next_step, state_of, states
from dateline.learner.record import answers_of, is_answered, stems
from dateline.learner.review import due
from dateline.learner.routes import Route, Step, load_routes
from dateline.texts.text import load_text, text_files

START = "0"
"""The number of the first page, which is on no path."""
OTHERS = "Also in the course"
PRACTICE = "More practice"
"""The parts of the map that stand after the path."""
COME_BACK = 3
"""How many cards are offered at a time."""
IN_NOTEBOOKS = frozenset({"how-it-works", "import-intro"})
"""Cells that tell how to run a notebook, by id; a page that is alive has no use for them."""
READ = re.compile(r'^(passage|exercise)\("([^"]+)"')
HEADING = re.compile(r"(?m)^(#{1,2}) +(.+)$")


def known() -> dict[str, Any]:
    """The course as it is written: pages by name, terms, and sentences of every text by address."""
    as_shipped = shipped()
    texts = {question.id: question.text for stem in stems() for question in stem.lesson.question}
    read = {page_name(path): read_notebook(path) for path in page_files()}
    pages = {name: _page(name, notebook, as_shipped.get(name, {}), texts) for name, notebook in read.items()}
    return {"pages": pages, "terms": _terms(), "texts": _sentences()}


def _page(name: str, notebook: Notebook, cells: Cells, texts: dict[str, str]) -> dict[str, Any]:
    """A page: its title, the cells it may run by itself, those that act, those it does not show, and the text each call is about."""
    code = {str(cell.get("id", "")): source_of(cell) for cell in notebook.get("cells", []) if cell.get("cell_type") == "code"}
    unchanged = code_as_shipped(notebook, cells)
    about = {cell: _text_of(source, texts) for cell, source in code.items()}
    return {
        "title": _title(name, notebook),
        "live": {cell: source for cell, source in unchanged.items() if shows_only(source)},
        "acts": {cell: source for cell, source in unchanged.items() if not shows_only(source)},
        "hidden": sorted(IN_NOTEBOOKS),
        "about": {cell: text for cell, text in about.items() if text},
    }


def _title(name: str, notebook: Notebook) -> str:
    """The first heading of a notebook, or its file's name."""
    heads = HEADING.search(_prose(notebook))
    return _plain(heads[2]) if heads else name.rpartition("/")[2].removesuffix(".ipynb")


def _prose(notebook: Notebook) -> str:
    told = (cell for cell in notebook.get("cells", []) if cell.get("cell_type") == "markdown" and cell.get("id") not in IN_NOTEBOOKS)
    return "\n\n".join(map(source_of, told))


def _text_of(source: str, texts: dict[str, str]) -> str:
    """The name of the text that a call shows or asks about, if it is about one."""
    call = READ.match(source)
    return "" if not call else call[2] if call[1] == "passage" else texts.get(original(call[2]), "")


class Term(msgspec.Struct, frozen=True):
    """A term of the glossary: what it is in plain words, and what it means."""

    plain: str
    meaning: str


def _terms() -> list[dict[str, str]]:
    """The glossary, each term as a person would write it."""
    path = course_folder() / "data" / "glossary.toml"
    if not path.is_file():
        return []
    terms = load(path, dict[str, Term], "Give each term a line plain and a line meaning")
    return [{"term": name.replace("-", " "), "plain": term.plain, "meaning": term.meaning} for name, term in terms.items()]


def _sentences() -> dict[str, dict[str, str]]:
    return {path.stem: {sentence.at: sentence.words for sentence in load_text(path.stem).sentences} for path in text_files()}


def words() -> list[dict[str, str]]:
    """What the search looks through: every section of every page as plain words."""
    return [{"page": page_name(path), **section} for path in page_files() for section in _sections(_prose(read_notebook(path)))]


def _sections(prose: str) -> list[dict[str, str]]:
    starts = list(HEADING.finditer(prose))
    ends = [head.start() for head in starts[1:]] + [len(prose)]
    return [{"head": head[2].strip(), "words": _plain(prose[head.end() : end])} for head, end in zip(starts, ends, strict=True)]


def _plain(markdown: str) -> str:
    """Markdown without its marks, near enough for a search."""
    linked = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    return " ".join(re.sub(r"[*`#>|\\]+", "", linked).split())


def standing() -> dict[str, Any]:
    """Where the learner stands: the parts of the chosen path with the state of each page, the next one, the cards that come back."""
    route = load_routes()[chosen_route()]
    on_path = states(route)
    coming = next_step(on_path)
    return {
        "path": route.title,
        "left": sum(state.left for state in on_path),
        "next": f"notebooks/{coming.notebook}" if coming else "",
        "review": len(due(COME_BACK)),
        "parts": [part for part in (_first(), *_parts(route), _others(route), _practice()) if part["pages"]],
    }


def _first() -> dict[str, Any]:
    return {"title": "", "pages": [_entry(stem) for stem in stems() if stem.lesson.lesson == START]}


def _parts(route: Route) -> list[dict[str, Any]]:
    here = {stem.lesson.lesson: stem for stem in stems()}  # a copy may have some lessons only
    return [
        {
            "title": part.title,
            "pages": [
                _entry(here[name], step) for step in (*part.steps, *part.home) for name in (step.lesson, *step.instead) if name in here
            ],
        }
        for part in route.part
    ]


def _others(route: Route) -> dict[str, Any]:
    """Lessons that the path leaves out."""
    on_path = {name for step in route.steps for name in (step.lesson, *step.instead)} | {START}
    return {"title": OTHERS, "pages": [_entry(stem) for stem in stems() if stem.lesson.lesson not in on_path]}


def _entry(stem: Stem, step: Step | None = None) -> dict[str, Any]:
    step = step or Step(minutes=stem.lesson.minutes, lesson=stem.lesson.lesson)
    state = state_of(stem, step)
    number = "" if state.lesson == START else state.lesson
    return {
        "page": f"notebooks/{state.notebook}",
        "number": number,
        "title": state.title,
        "minutes": state.minutes,
        "done": state.done,
        "of": state.of,
    }


def _practice() -> dict[str, Any]:
    """The practice notebooks: how many of the questions that they set have an answer."""
    asked_in = {question.id: stem for stem in stems() for question in stem.lesson.question}
    files = [path for path in page_files() if path.parent.name == "exercises"]
    return {"title": PRACTICE, "pages": [_practised(page_name(path), read_notebook(path), asked_in) for path in files]}


def _practised(name: str, notebook: Notebook, asked_in: dict[str, Stem]) -> dict[str, Any]:
    calls = [READ.match(source_of(cell)) for cell in notebook.get("cells", []) if cell.get("cell_type") == "code"]
    asked = [call[2] for call in calls if call and call[1] == "exercise" and call[2] in asked_in]
    done = sum(is_answered(answers_of(asked_in[question]), question) for question in asked)
    return {"page": name, "number": "", "title": _title(name, notebook), "minutes": 0, "done": done, "of": len(asked)}


def encoded(found: Any) -> str:
    """Data of the frame as it travels."""
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))
