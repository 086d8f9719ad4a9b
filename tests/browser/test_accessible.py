"""The card under axe-core in JupyterLab's light and dark themes, on a narrow page, and in forced colours."""

from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, Literal

import msgspec
import pytest
from axe_playwright_python.sync_playwright import Axe
from driver import Lab, Notebook
from fake import fake_page, show_all
from playwright.sync_api import Browser, Page, expect
from support import every_pair, use_sampler

from dateline.kinds import Key, Question, feedback, solved
from dateline.kinds.base import View
from dateline.kinds.view import view

FEW = 4
"""Cards of each kind under axe-core, which takes a second for each three; names, sizes and widths are looked at on every card."""
LESSON = "notebooks/11-who-is-speaking.ipynb"
CONTROLS = "#cards :is(button, input, select, textarea, [role=option], summary):not(:disabled)"


@pytest.fixture
def specs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[View]:
    """The cards of the whole course, and of the sampler with every kind, checked; of two that ask alike one is enough."""
    ours = list({question.prompt: checked(question, key) for question, key in every_pair()}.values())
    use_sampler(tmp_path / "sampler", monkeypatch)
    return ours + [checked(question, key) for question, key in every_pair()]


def checked(question: Question, key: Key) -> View:
    """A card with a full answer and all that is said of it."""
    value = solved(question, key)
    said = msgspec.to_builtins(feedback(question, key, value))
    return {**view(question), "state": {"value": value, "feedback": said, "hints": list(question.hints)}}


def few_of_each_kind(specs: list[View]) -> list[View]:
    by_kind = groupby(sorted(specs, key=itemgetter("kind")), key=itemgetter("kind"))
    return [spec for _, alike in by_kind for spec in list(alike)[-FEW:]]


def violations(page: Page, where: str) -> list[str]:
    found = Axe().run(page, context=where)
    return [f"{violation['id']}: {violation['help']} {violation['nodes'][0]['html'][:120]}" for violation in found.response["violations"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_cards_in_jupyterlab(page: Page, lab: Lab, scheme: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=scheme)
    notebook = Notebook(page, lab, LESSON)
    page.locator(f"body[data-jp-theme-light='{str(scheme == 'light').lower()}']").wait_for(state="attached")
    notebook.run_all()
    card = notebook.card("voices-p5")
    for radio in ("unclear", "outlet"):
        card.locator(f"input[value='{radio}']").last.check()
        card.get_by_role("button", name="Check").click()
    expect(card.locator(".dl-note").first).to_be_visible()
    assert violations(page, "form[data-exercise]") == []


def plain_page(browser: Browser, specs: list[View], width: int, **context: Any) -> Page:
    page = fake_page(browser, width, **context)
    show_all(page, specs)
    return page


def test_every_card_fits_a_page_of_320_pixels(browser: Browser, specs: list[View]) -> None:
    page = plain_page(browser, specs, 320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    small = page.evaluate(
        "[...document.querySelectorAll('button, label.dl-choice')].filter(n => n.offsetParent).map(n => n.getBoundingClientRect())"
        ".filter(box => box.height < 24 || box.width < 24).length"
    )
    assert small == 0
    page.context.close()


@pytest.mark.parametrize("colours", ["none", "active"])
def test_axe_finds_nothing_on_cards_of_every_kind_and_focus_can_be_seen(browser: Browser, specs: list[View], colours: str) -> None:
    page = plain_page(browser, few_of_each_kind(specs), 1000, forced_colors=colours)
    assert violations(page, "main") == []
    page.keyboard.press("Tab")  # a focus that comes by keyboard
    unseen = page.evaluate(
        "where => [...document.querySelectorAll(where)].filter(n => n.checkVisibility()).filter(n => {"
        " n.focus(); return getComputedStyle(n).outlineStyle === 'none'; }).map(n => n.outerHTML.slice(0, 120))",
        CONTROLS,
    )
    assert unseen == []
    page.context.close()


def test_every_control_of_every_card_has_a_name(browser: Browser, specs: list[View]) -> None:
    page = plain_page(browser, specs, 1000)
    unnamed = page.evaluate(
        "[...document.querySelectorAll('input, textarea, select')].filter("
        "n => !n.labels.length && !n.getAttribute('aria-labelledby') && !n.getAttribute('aria-label')).length"
    )
    assert unnamed == 0
    page.context.close()
