"""Three learners walk the course in its pages: a newcomer, an editor in a hurry at 1280x720, and one with a phone's width, a dark theme and
the keyboard alone. Each waits for what they would see, never for a time."""

import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from driver import Lab
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from dateline.answers.document import decode_any
from dateline.authoring.suite import NEEDS, found
from dateline.folders import course_folder

PUPPETEER = course_folder() / "node_modules" / "puppeteer-core"
MANY = 120
"""Presses of Tab after which a control is not to be reached."""


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[Lab]:
    """A course that nobody has opened before."""
    running = Lab(tmp_path, pages=True)
    yield running
    running.close()


@pytest.fixture
def visit(browser: Browser, lab: Lab) -> Iterator[Any]:
    """Opens a page of the course in a browser of its own."""
    contexts: list[BrowserContext] = []

    def opened(page: str = "", **look: Any) -> Page:
        contexts.append(browser.new_context(**({"viewport": {"width": 1280, "height": 720}} | look)))
        tab = contexts[-1].new_page()
        tab.goto(lab.lesson_address(page))
        return tab

    yield opened
    for context in contexts:
        context.close()


def card(tab: Page, name: str) -> Locator:
    found_card = tab.locator(f".rv-page form[data-exercise='{name}']")
    found_card.wait_for(timeout=60_000)
    return found_card


def heading(tab: Page, words: str) -> None:
    expect(tab.get_by_role("heading", level=1)).to_have_text(words, timeout=60_000)


def clean(tab: Page) -> None:
    """axe-core finds nothing on the whole page."""
    violations = Axe().run(tab).response["violations"]
    assert [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in violations] == []


def handed_in(file: Path) -> dict[str, Any]:
    """The answers in a file that was handed in."""
    return {name: answer.value for answers in decode_any(file.read_bytes()).values() for name, answer in answers.items()}


def saved_file(tab: Page, press: Any, folder: Path, name: str) -> dict[str, Any]:
    """The answers in the file that pressing saves under the name asked for."""
    with tab.expect_download() as download:
        press()
    assert download.value.suggested_filename == name
    download.value.save_as(folder / name)
    return handed_in(folder / name)


def in_sight(tab: Page, thing: Locator) -> None:
    """The whole of a thing can be seen without scrolling."""
    expect(thing).to_be_in_viewport(ratio=1)
    height = tab.viewport_size["height"] if tab.viewport_size else 0
    box = thing.bounding_box()
    assert box
    assert box["y"] + box["height"] <= height


def below(upper: Locator, lower: Locator) -> float:
    """How many px the top of one thing is below the end of another."""
    one, other = upper.bounding_box(), lower.bounding_box()
    assert one
    assert other
    return other["y"] - one["y"] - one["height"]


def test_a_newcomer_answers_at_once_is_told_why_goes_on_and_hands_in(lab: Lab, visit: Any, tmp_path: Path) -> None:
    tab: Page = visit()
    first = card(tab, "tour")
    expect(tab.locator(".rv-page form[data-exercise]").first).to_have_attribute("data-exercise", "tour")
    first.get_by_label("Kim Jong Un").check()
    first.get_by_role("button", name="Check").click()
    expect(first.locator(".dl-verdict")).to_have_text("Not yet.")
    expect(first.locator(".dl-note")).to_have_count(1)
    first.get_by_role("button", name="Hint").click()
    expect(first.get_by_role("list", name="Hints").get_by_role("listitem")).to_have_count(1)
    first.get_by_label("state media").check()
    first.get_by_role("button", name="Check").click()
    expect(first.locator(".dl-verdict")).to_have_text("Right.")
    follows = tab.locator(".rv-output[data-cell='check']")
    expect(follows).to_contain_text("Right.")
    card(tab, "path").get_by_label(re.compile("in a newsroom")).check()
    expect(tab.locator(".rv-output[data-cell='progress']")).to_contain_text("Path: in a newsroom")
    expect(tab.locator(".rv-map")).to_contain_text(re.compile(r"About \d+ minutes left\."))
    expect(tab.locator(".rv-count")).to_have_text("2 of 2 answered")

    tab.locator(".rv-go-on a").first.click()
    heading(tab, "1.1 Who is speaking?")
    one = card(tab, "predict-quotation")
    one.locator("input[value='heard']").check()
    one.get_by_label("very sure (85 %)").check()
    one.get_by_role("button", name="Check").click()
    expect(one.locator(".dl-verdict")).to_have_text("Not yet.")
    told = tab.locator(".rv-output").filter(has_text="At first you said:")
    expect(told).to_contain_text("You were 85 % sure.")
    expect(told).to_contain_text("The key says:")
    clean(tab)

    tab.get_by_role("button", name="Hand in").click()
    dialog = tab.get_by_role("dialog", name="Hand in")
    expect(dialog).to_contain_text("In it: lesson 1.1, 1 answer.")
    expect(dialog).to_contain_text("Missing in what you began: lesson 1.1, 3 open.")
    dialog.get_by_label("File name").fill("Session 1 Kim.json")
    clean(tab)
    make = dialog.get_by_role("button", name="Make the file")
    answers = saved_file(tab, make.click, tmp_path, "Session 1 Kim.json")
    assert answers == {"tour": "state-media", "path": "newsroom", "predict-quotation": "heard"}
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_be_hidden()
    expect(tab.get_by_role("button", name="Hand in")).to_be_focused()


def test_an_editor_in_a_hurry_sees_verdicts_where_the_answers_are(lab: Lab, visit: Any) -> None:
    tab: Page = visit("22-the-certainty-thermometer")
    heading(tab, "2.2 The certainty thermometer")
    card(tab, "l22-predict").get_by_role("radio").first.check()
    expect(tab.locator(".rv-count")).to_have_text(re.compile(r"^1 of \d+ answered$"))
    scales = card(tab, "l22-scales")
    rows = scales.locator(".dl-item")
    expect(rows).to_have_count(7)
    for row in rows.all()[1:]:
        row.get_by_label("no table tells").check()
    scales.get_by_role("button", name="Check").click()
    expect(scales.locator(".dl-verdict")).to_have_text("Partly right: 3 of 6 right.")
    in_sight(tab, scales.locator(".dl-verdict"))
    for row in rows.all()[1:]:
        row.scroll_into_view_if_needed()
        in_sight(tab, row.locator(".dl-choices"))
        in_sight(tab, row.locator(".dl-note"))
        assert 0 <= below(row.locator(".dl-choices"), row.locator(".dl-note")) <= 12
    expect(rows.nth(1).locator(".dl-note")).to_contain_text("not yet")

    search = tab.get_by_role("searchbox", name="Search lessons and terms")
    search.fill("reactors")
    tab.locator(".rv-found a").filter(has_text="4.1").first.click()
    heading(tab, "4.1 Reactions without reactors")
    card(tab, "l41-predict").get_by_role("radio").first.check()
    expect(tab.locator(".rv-part a[aria-current='page']")).to_contain_text("1 of")
    tab.locator(".rv-steps").get_by_role("link", name=re.compile("^Next")).click()
    heading(tab, "4.2 The reaction matrix")
    card(tab, "l42-predict")
    tab.go_back()
    heading(tab, "4.1 Reactions without reactors")
    tab.go_back()
    heading(tab, "2.2 The certainty thermometer")
    expect(card(tab, "l22-predict").get_by_role("radio").first).to_be_checked()
    expect(card(tab, "l22-scales").get_by_label("no table tells").last).to_be_checked()
    assert len(lab.kernels()) == 1


def go_to(tab: Page, thing: Locator, key: str = "Tab") -> None:
    """Press a key until a thing has the focus."""
    for _ in range(MANY):
        if thing.evaluate("node => node === document.activeElement"):
            return
        tab.keyboard.press(key)
    raise AssertionError(f"the keyboard does not reach {thing}")


def go_into(tab: Page, thing: Locator) -> None:
    """Press Tab until the focus is inside a thing."""
    for _ in range(MANY):
        if thing.evaluate("node => node.contains(document.activeElement)"):
            return
        tab.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {thing}")


def seen(tab: Page) -> None:
    """What has the focus is in sight and shows that it has it."""
    focused = tab.locator(":focus")
    expect(focused).to_be_in_viewport()
    assert tab.evaluate(
        "() => { const n = document.activeElement; const shows = (one) => getComputedStyle(one).outlineStyle !== 'none';"
        " return shows(n) || shows(n.closest('label') ?? n); }"
    )


def test_with_a_phones_width_in_the_dark_and_by_keyboard_alone(lab: Lab, visit: Any, tmp_path: Path) -> None:
    tab: Page = visit(viewport={"width": 390, "height": 844}, color_scheme="dark")
    expect(card(tab, "tour").get_by_role("radio").first).to_be_enabled()
    expect(tab.locator("body[data-jp-theme-light='false']")).to_be_attached(timeout=30_000)
    map_button = tab.get_by_role("button", name="Map", exact=True)
    go_to(tab, map_button)
    seen(tab)
    tab.keyboard.press("Enter")
    lesson = tab.locator(".rv-part a", has_text="1.1 Who is speaking?")
    expect(lesson).to_be_visible()
    clean(tab)
    go_to(tab, lesson)
    seen(tab)
    tab.keyboard.press("Enter")
    heading(tab, "1.1 Who is speaking?")
    expect(tab.locator("#rv-map")).to_be_hidden()
    expect(tab.locator("#rv-main")).to_be_focused()
    one = card(tab, "predict-quotation")
    go_into(tab, one.locator("fieldset, [role=radiogroup]").first)
    seen(tab)
    tab.keyboard.press("Space")
    tab.keyboard.press("ArrowDown")
    expect(one.get_by_role("radio").nth(1)).to_be_checked()
    go_to(tab, one.get_by_role("button", name="Check"))
    tab.keyboard.press("Enter")
    expect(one.locator(".dl-verdict")).to_be_visible()
    note = one.locator(".dl-note").first
    expect(note).to_be_visible()
    main = tab.locator("#rv-main")
    assert main.evaluate("node => node.scrollWidth <= node.clientWidth"), "nothing has to be scrolled sideways"
    clean(tab)

    go_to(tab, map_button, "Shift+Tab")
    tab.keyboard.press("Enter")
    hand_in = tab.locator("#rv-map").get_by_role("button", name="Hand in")
    go_to(tab, hand_in)
    seen(tab)
    tab.keyboard.press("Enter")
    dialog = tab.get_by_role("dialog", name="Hand in")
    make = dialog.get_by_role("button", name="Make the file")
    expect(make).to_be_visible()
    clean(tab)
    go_to(tab, dialog.get_by_label("File name"))
    tab.keyboard.press("Control+A")
    tab.keyboard.type("phone.json")
    go_to(tab, make)
    seen(tab)
    answers = saved_file(tab, lambda: tab.keyboard.press("Enter"), tmp_path, "phone.json")
    assert list(answers) == ["predict-quotation"]
    tab.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(hand_in).to_be_focused()
    tab.keyboard.press("Escape")
    expect(tab.locator("#rv-map")).to_be_hidden()
    expect(map_button).to_be_focused()


def lacking() -> str:
    """What the walk in Firefox lacks on this machine, or nothing."""
    missing = [NEEDS[need][1] for need in ("firefox", "node") if not found(need)]
    return "; ".join(missing or ([] if PUPPETEER.is_dir() else ["puppeteer-core (say `npm ci` in the course's folder)"]))


def test_the_newcomers_walk_in_firefox(lab: Lab, tmp_path: Path) -> None:
    if lacks := lacking():
        assert os.environ.get("CI") != "true", lacks
        pytest.skip(f"left out: it needs {lacks}")
    script = Path(__file__).with_name("newcomer.mjs")
    firefox, node = found("firefox"), found("node")
    assert firefox
    assert node
    done = subprocess.run(
        [node, str(script), lab.lesson_address(), firefox, str(tmp_path)], capture_output=True, text=True, timeout=180, cwd=course_folder()
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == {
        "verdict": "Not yet.",
        "again": "Right.",
        "follows": True,
        "title": "1.1 Who is speaking?",
        "text": "above the choices",
        "pressed": "where it was",
        "count": "1 of 4 answered",
    }
    assert handed_in(tmp_path / "Session 1 Kim.json") == {
        "tour": "state-media",
        "path": "newsroom",
        "predict-quotation": "heard",
        "voices-p4": {"p4.s2": "agency"},
    }
