"""The card under axe-core in JupyterLab's light and dark themes, on a narrow page, and in forced colours."""

import json
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from driver import Lab, Notebook
from playwright.sync_api import Browser, Page, expect
from support import every_pair, use_sampler

from dateline.cards.card import source, style
from dateline.kinds.base import View
from dateline.kinds.view import view

FEW = 4
"""Cards of each kind under axe-core, which takes a second for each three; names, sizes and widths are looked at on every card."""
LESSON = "notebooks/11-who-is-speaking.ipynb"
FAKE = """
const listeners = [];
const state = { value: null, confidence: null, feedback: null, earlier: false, hints: [], message: "", n: 0, view: "" };
window.sent = [];
const model = {
  get: (name) => (name === "spec" ? window.spec : name === "state" ? state : "code"),
  on: (_, call) => listeners.push(call), off: () => {},
  send: (message) => window.sent.push(message),
  widget_manager: { get_model: async () => ({ get: () => window.style }) },
};
const { render } = await import(URL.createObjectURL(new Blob([window.source], { type: "text/javascript" })));
window.specs.forEach((spec) => { window.spec = spec; render({ model, el: document.getElementById("cards") }); });
window.ready = true;
"""


@pytest.fixture
def specs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[View]:
    """The cards of the whole course, and of the sampler with every kind; of two that ask alike (on different pages) one is enough."""
    ours = list({question.prompt: view(question) for question, _ in every_pair()}.values())
    use_sampler(tmp_path / "sampler", monkeypatch)
    return ours + [view(question) for question, _ in every_pair()]


def violations(page: Page, where: str) -> list[str]:
    found = Axe().run(page, context=where)
    return [f"{violation['id']}: {violation['help']} {violation['nodes'][0]['html'][:120]}" for violation in found.response["violations"]]


def choose_theme(page: Page, theme: str) -> None:
    page.get_by_role("menuitem", name="Settings", exact=True).click()
    page.locator(".lm-Menu-item", has_text="Theme").first.click()
    page.locator(".lm-Menu-item[data-command='apputils:change-theme']", has_text=f"JupyterLab {theme}").first.click()
    page.keyboard.press("Escape")
    page.locator(f"body[data-jp-theme-light='{str(theme == 'Light').lower()}']").wait_for(state="attached")


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_axe_finds_nothing_on_cards_in_jupyterlab(page: Page, lab: Lab, theme: str) -> None:
    notebook = Notebook(page, lab, LESSON)
    choose_theme(page, theme)
    notebook.run_all()
    card = notebook.card("voices-p5")
    for radio in ("unclear", "outlet"):
        card.locator(f"input[value='{radio}']").last.check()
        card.get_by_role("button", name="Check").click()
    expect(card.locator(".dl-note").first).to_be_visible()
    found = violations(page, "form[data-exercise]")
    choose_theme(page, "Light")
    assert found == []


def plain_page(browser: Browser, specs: list[View], width: int, **context: str) -> Page:
    page = browser.new_context(viewport={"width": width, "height": 900}, **context).new_page()  # type: ignore[arg-type]
    page.set_content("<!doctype html><html lang='en'><title>Cards</title><body style='margin:0'><main id='cards'></main></body></html>")
    sources = {"source": source(), "style": style(), "specs": specs}
    page.evaluate(f"Object.assign(window, {json.dumps(sources)})")
    page.add_script_tag(content=FAKE, type="module")
    page.wait_for_function("window.ready")
    page.locator("#dateline-cards").wait_for(state="attached")
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
    few = [spec for kind in {spec["kind"] for spec in specs} for spec in [one for one in specs if one["kind"] == kind][-FEW:]]
    page = plain_page(browser, few, 1000, forced_colors=colours)
    assert violations(page, "main") == []
    for role in ("radio", "button", "textbox"):
        control = page.get_by_role(role).first
        page.keyboard.press("Tab")
        control.focus()
        assert control.evaluate("node => getComputedStyle(node).outlineStyle") != "none"
    page.context.close()


def test_every_control_of_every_card_has_a_name(browser: Browser, specs: list[View]) -> None:
    page = plain_page(browser, specs, 1000)
    unnamed = page.evaluate(
        "[...document.querySelectorAll('input, textarea, select')].filter("
        "n => !n.labels.length && !n.getAttribute('aria-labelledby') && !n.getAttribute('aria-label')).length"
    )
    assert unnamed == 0
    page.context.close()
