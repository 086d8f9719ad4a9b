"""What a teacher prints or shows stands whole on paper of both sizes and on a telephone, and a reader can use it."""

import json
import random
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from classes import paper
from playwright.sync_api import Browser
from systems import canvas, put_zip

from dateline.classroom.counting import Wanted
from dateline.classroom.errands import Order, run_class_page, run_grade
from dateline.classroom.kit import make_kit
from dateline.learner.record import stems

MILLIMETRE = 96 / 25.4
"""In pixels of CSS."""
WIDTHS = {"A4": (210 - 32) * MILLIMETRE, "Letter": (215.9 - 32) * MILLIMETRE, "telephone": 390}
"""What is left of a sheet between its margins of 16 mm."""
BEYOND = """width => [...document.querySelectorAll("body *")]
    .filter(one => one.getClientRects().length && one.getBoundingClientRect().right > width + 1 && !one.closest("svg"))
    .map(one => `${one.tagName} ${one.className} ${one.textContent.trim().slice(0, 40)}`)"""
PAGES = ("rubric", "answer-key", "six-questions", "sheet-marks", "sheet-source-chain", "report", "wall-session-1", "feedback")


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every page by its name: the kit, and a class of eight with long names, one of whom answered little."""
    place = tmp_path_factory.mktemp("print")
    make_kit(place / "kit")
    luck = random.Random(3)
    lessons = [stem for stem in stems() if stem.lesson.lesson in ("1.1", "1.2", "1.3")]
    names = [f"Featherstonehaugh-Wolfeschlegelstein{letter}, Maximiliana Anastasia" for letter in "abcdefgh"]
    files = {
        canvas(name, 10 + n, 90 + n): json.dumps(paper(0.6, luck, lessons[: 1 if n == 1 else 3])).encode() for n, name in enumerate(names)
    }
    run_grade(Order(put_zip(place / "in.zip", files), place / "out", Wanted(sessions=(1,)), feedback="full"))
    run_class_page(place / "out", True)
    every = {path.stem: path for path in (*(place / "kit").glob("*.html"), *(place / "out").glob("*.html"))}
    return every | {"feedback": sorted((place / "out" / "feedback").iterdir())[1]}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_stands_whole_on_paper_and_on_a_telephone(name: str, printed: dict[str, Path], browser: Browser) -> None:
    page = browser.new_page()
    try:
        page.goto(printed[name].as_uri())
        for paper_size, width in WIDTHS.items():
            page.emulate_media(media="screen" if paper_size == "telephone" else "print")
            page.set_viewport_size({"width": int(width), "height": 900})
            assert page.evaluate(BEYOND, int(width)) == [], paper_size
        for scheme in ("light", "dark"):
            page.emulate_media(media="screen", color_scheme=scheme)
            violations = Axe().run(page).response["violations"]
            assert violations == [], [one["id"] for one in violations]
    finally:
        page.close()
