"""The lessons can be read aloud: plain sentences, terms explained where they first stand, sources that resolve."""

import json
import re
import tomllib
from pathlib import Path

import pyphen
import pytest

from dateline.authoring.notebooks import notebook_files
from dateline.evidence.sources import CITED, load_sources
from dateline.folders import course_folder

HARDEST = 10.0
"""The highest Flesch–Kincaid grade that a page's prose may have."""
TERM = re.compile(r"\*\*([^*]+)\*\* \(([^()]+)\)")
LESSONS = notebook_files("notebooks", "exercises")
GLOSSARY = tomllib.loads((course_folder() / "data" / "glossary.toml").read_text(encoding="utf-8"))


def prose(path: Path) -> list[str]:
    """The paragraphs of a notebook's markdown cells, without headings, links, marks and code."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    paragraphs = [part for cell in cells if cell["cell_type"] == "markdown" for part in "".join(cell["source"]).split("\n\n")]
    plain = [re.sub(r"\(?\[([^\]]*)\]\([^)]*\)[;)]*|[*`#]", "", part) for part in paragraphs if not part.startswith("#")]
    return [part for part in plain if len(part.split()) > 3]


by_lesson = pytest.mark.parametrize("path", LESSONS, ids=lambda path: f"{path.parent.name}/{path.stem}")


SYLLABLES = pyphen.Pyphen(lang="en_US", left=1, right=1)


def grade_of(paragraphs: list[str]) -> float:
    """The Flesch–Kincaid grade: 0.39 words a sentence + 11.8 syllables a word - 15.59 (Kincaid and others, 1975)."""
    words = [word for part in paragraphs for word in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", part)]
    sentences = sum(len(re.findall(r"[.?:;…](?:[”’)]*)(?:\s|$)", part)) or 1 for part in paragraphs)
    syllables = sum(len(SYLLABLES.positions(word)) + 1 for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def test_the_grade_tells_plain_prose_from_hard() -> None:
    assert grade_of(["The cat sat on the mat. It was warm there."]) < 3
    assert grade_of(["Notwithstanding considerable organisational heterogeneity, accountability deteriorated substantially."]) > 14


@by_lesson
def test_the_prose_is_plain(path: Path) -> None:
    assert grade_of(prose(path)) <= HARDEST


@by_lesson
def test_a_term_is_explained_as_in_the_glossary(path: Path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    words = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    for term, plain in TERM.findall(words):
        entry = GLOSSARY.get(term.lower().replace(" ", "-"))
        assert entry, f"{term!r} is not in data/glossary.toml"
        assert entry["plain"] == plain


def test_every_term_of_the_glossary_is_met_in_a_lesson() -> None:
    words = "\n".join(path.read_text(encoding="utf-8") for path in LESSONS)
    met = {term.lower().replace(" ", "-") for term, _ in TERM.findall(words)}
    assert set(GLOSSARY) <= met | {"voice"}


def test_every_source_that_is_cited_is_there() -> None:
    cited = {name for path in LESSONS for name in CITED.findall(path.read_text(encoding="utf-8"))}
    assert cited
    assert cited <= set(load_sources())


PROMISES = re.compile(
    r"[Oo]urs appears|says at once how|the reason we would give|[Yy]ou will see where it stands|; then it shows how it went"
    r"|the reason for each answer stands here\.|mentioned\. Two model answers|When you press Check, the card looks|[Oo]urs follow"
)
"""What only a copy with the keys does."""


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_no_page_promises_what_a_copy_without_keys_does_not_do(path: Path) -> None:
    assert [part for part in prose(path) if PROMISES.search(part)] == []
