"""The reading view in a real JupyterLab: a lesson is a page that is alive when it opens, in a frame that shows the way."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from driver import Lab
from playwright.sync_api import Browser, BrowserContext, FloatRect, Locator, Page, Route, WebSocket, expect

from dateline.authoring.notebooks import KERNEL

LESSON = "11-who-is-speaking"
PRINTED = "What do the quotation marks in this sentence promise you?"
LINES = """
(() => {
  const lengths = [];
  for (const paragraph of document.querySelectorAll(".rv-prose p")) {
    const range = document.createRange();
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    let length = 0, top = null;
    while (walker.nextNode()) for (let at = 0; at < walker.currentNode.length; at++) {
      range.setStart(walker.currentNode, at); range.setEnd(walker.currentNode, at + 1);
      const box = range.getClientRects()[0];
      if (!box) continue;
      if (top !== null && box.top - top > 12) { lengths.push(length); length = 0; }
      if (top === null || box.top - top > 12) top = box.top;
      length += 1;
    }
  }
  return lengths;
})()
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    running = Lab(tmp_path_factory.mktemp("pages"), pages=True)
    yield running
    running.close()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A tab of a browser that was never here before."""
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    yield context.new_page()
    context.close()


def opened(tab: Page, lab: Lab, page: str = "") -> Page:
    """A page of the course, once its first card is alive."""
    tab.goto(lab.lesson_address(page))
    tab.locator(".rv-page form[data-exercise]").first.wait_for(timeout=60_000)
    return tab


def turn_to(tab: Page, page: str) -> None:
    """Click a page on the map and wait until its first card is alive."""
    tab.locator(f".rv-part a[data-page='notebooks/{page}.ipynb']").click()
    tab.locator(f".rv-page[data-page='notebooks/{page}.ipynb'] form[data-exercise]").first.wait_for(timeout=30_000)


def card(tab: Page, name: str) -> Locator:
    found = tab.locator(f"form[data-exercise='{name}']")
    found.wait_for(timeout=30_000)
    return found


def scrolled(tab: Page) -> float:
    return float(tab.evaluate("document.getElementById('rv-main').scrollTop"))


def box(thing: Locator) -> FloatRect:
    found = thing.bounding_box()
    assert found
    return found


def violations(tab: Page) -> list[str]:
    found = Axe().run(tab).response["violations"]
    return [f"{one['id']}: {one['help']} {one['nodes'][0]['html'][:160]}" for one in found]


def test_the_first_card_is_alive_without_a_click_at_the_top_and_nothing_is_written(pages: Lab, tab: Page) -> None:
    opened(tab, pages)
    expect(card(tab, "path").get_by_role("radio").first).to_be_enabled(timeout=30_000)
    assert scrolled(tab) == 0
    assert tab.evaluate("document.activeElement === document.body")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Reading the Dateline")
    words = tab.locator(".rv-page").inner_text()
    assert "exercise(" not in words
    assert "Run All" not in words
    for chrome in (".jp-InputArea", ".jp-InputPrompt", ".jp-NotebookPanel-toolbar", ".jp-FileBrowser", ".jp-Launcher", "#jp-top-panel"):
        assert not any(part.is_visible() for part in tab.locator(chrome).all()), chrome
    assert not list(pages.answers.glob("*.json"))


def test_nothing_runs_before_the_session_is_ready_and_the_page_can_be_read_meanwhile(pages: Lab, tab: Page) -> None:
    held: list[Route] = []
    let_go: list[bool] = []
    tab.route("**/api/sessions*", lambda route: route.continue_() if let_go else held.append(route))
    tab.goto(pages.lesson_address(LESSON))
    expect(tab.get_by_text(PRINTED)).to_be_visible(timeout=60_000)
    tab.wait_for_timeout(1500)
    expect(tab.locator("form[data-exercise]")).to_have_count(0)
    let_go.append(True)
    for route in held:
        route.continue_()
    expect(card(tab, "predict-quotation").get_by_text(PRINTED)).to_be_visible()
    expect(tab.locator("form[data-exercise]")).to_have_count(6, timeout=30_000)
    expect(tab.locator(".dateline-printed")).to_have_count(0)
    assert scrolled(tab) == 0


def test_the_map_moves_in_one_click_with_one_kernel_and_follows_answers(pages: Lab, tab: Page) -> None:
    opened(tab, pages)
    for page in (LESSON, "12-where-did-it-come-from", "24-as-much-as-you-know", "32-headline-against-body"):
        turn_to(tab, page)
        assert scrolled(tab) == 0
    assert len(pages.kernels()) == 1
    here = tab.locator(".rv-part a[aria-current='page']")
    expect(here).to_contain_text("3.2 Headline against body")
    expect(here).to_contain_text("not begun")
    expect(tab.locator(".rv-count")).to_have_text(re.compile(r"^0 of \d+ answered$"))
    tab.locator("form[data-exercise]").first.get_by_role("radio").first.check()
    expect(tab.locator(".rv-count")).to_have_text(re.compile(r"^1 of \d+ answered$"))
    expect(here).to_contain_text("begun")
    expect(here).to_contain_text("1 of")
    expect(tab.locator(".rv-said")).to_have_text(re.compile(r"^1 of \d+ answered$"))
    tab.get_by_role("link", name="Next: 3.3 From words to weapons").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("3.3 From words to weapons")
    tab.go_back()
    expect(tab.get_by_role("heading", level=1)).to_have_text("3.2 Headline against body")
    tab.reload()
    expect(tab.get_by_role("heading", level=1)).to_have_text("3.2 Headline against body", timeout=60_000)
    expect(tab.locator(".rv-count")).to_have_text(re.compile(r"^1 of \d+ answered$"))
    expect(tab.locator("form[data-exercise]").first.get_by_role("radio").first).to_be_checked(timeout=30_000)


def test_whoever_turns_pages_faster_than_they_open_gets_the_last_one(pages: Lab, tab: Page) -> None:
    tab.goto(pages.lesson_address())
    links = tab.locator(".rv-part a")
    links.nth(3).wait_for(timeout=60_000)
    for number in (3, 4, 5, 6, 7, 8):
        links.nth(number).click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("2.1 Two kinds of hedge")
    expect(card(tab, "l21-predict")).to_be_visible()
    expect(tab.locator(".rv-frame")).to_be_visible()
    expect(tab.get_by_text("This page could not be opened whole")).to_have_count(0)


def test_a_link_in_the_prose_turns_the_page(pages: Lab, tab: Page) -> None:
    opened(tab, pages)
    tab.locator(".rv-page .jp-OutputArea a", has_text="1.3 Quotes that drift").first.click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("1.3 Quotes that drift")
    tab.locator(".rv-foot a").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("1.4 Five questions for a state outlet")
    turn_to(tab, "22-the-certainty-thermometer")
    tab.locator(".rv-prose a[href*='SOURCES.md'][href$='#icd203']").first.click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Sources")
    expect(tab.get_by_role("heading", name="icd203")).to_be_in_viewport()
    tab.go_back()
    expect(tab.get_by_role("heading", level=1)).to_have_text("2.2 The certainty thermometer")


def test_the_prose_cannot_be_edited_or_cut(pages: Lab, tab: Page) -> None:
    opened(tab, pages, LESSON)
    before = tab.locator(".rv-page > section").count()
    prose = tab.locator(".rv-prose p").nth(1)
    words = prose.inner_text()
    prose.dblclick()
    for key in ("x", "d", "d", "Delete", "Enter", "b"):
        tab.keyboard.press(key)
    assert tab.locator(".rv-page > section").count() == before
    assert prose.inner_text() == words
    assert not tab.locator(".cm-editor").first.is_visible()


def test_the_notebook_is_one_click_away_with_all_of_it_and_back(pages: Lab, tab: Page) -> None:
    opened(tab, pages, "21-two-kinds-of-hedge")
    tab.get_by_role("button", name="Show the notebook").click()
    notebook = tab.locator(".jp-Notebook")
    expect(notebook.get_by_text('exercise("l21-predict")')).to_be_visible(timeout=30_000)
    expect(tab.get_by_role("menuitem", name="Run", exact=True)).to_be_visible()
    expect(tab.locator(".rv-frame")).to_be_hidden()
    expect(notebook.locator("form[data-exercise]")).to_have_count(0)
    expect(tab.locator("#jp-main-statusbar", has_text="| Idle")).to_be_visible(timeout=30_000)
    tab.get_by_role("menuitem", name="Run", exact=True).click()
    tab.locator("[data-command='runmenu:run-all']").click()
    expect(notebook.locator("form[data-exercise='l21-predict']")).to_be_visible(timeout=30_000)
    tab.reload()
    expect(tab.locator(".jp-Notebook").get_by_text('exercise("l21-predict")')).to_be_visible(timeout=60_000)
    tab.get_by_role("button", name="Read as a page").click()
    expect(card(tab, "l21-predict")).to_be_visible()
    expect(tab.get_by_role("heading", level=1)).to_have_text("2.1 Two kinds of hedge")
    expect(tab.get_by_role("menuitem", name="Run", exact=True)).to_be_hidden()
    until = time.monotonic() + 15
    while len(pages.kernels()) > 1 and time.monotonic() < until:
        time.sleep(0.2)
    assert len(pages.kernels()) == 1, "the notebook has given its kernel back"


def test_restored_notebooks_start_nothing_until_they_are_looked_at(tmp_path: Path, browser: Browser) -> None:
    lab = Lab(tmp_path, pages=True)
    try:
        names = [f"notebooks/{name}.ipynb" for name in ("13-quotes-that-drift", "14-five-questions", "15-grade-it-twice")]
        layout = {"dock": {"type": "tab-area", "currentIndex": 0, "widgets": [f"notebook:{name}" for name in names]}}
        data = {"layout-restorer:data": {"main": {**layout, "current": f"notebook:{names[0]}"}}}
        data |= {f"notebook:{name}": {"data": {"path": name, "factory": "Notebook"}} for name in names}
        address, token = lab.address.split("?token=")
        saved = address.replace("/lab/workspaces/", "/lab/api/workspaces/")
        context = browser.new_context()
        put = context.request.put(
            saved, data=json.dumps({"data": data, "metadata": {"id": "course"}}), headers={"Authorization": f"token {token}"}
        )
        assert put.ok
        tab = opened(context.new_page(), lab)
        expect(tab.locator(".lm-TabBar-tab", has_text="15-grade-it-twice.ipynb")).to_be_attached(timeout=30_000)
        tab.wait_for_timeout(2000)
        assert len(lab.kernels()) == 1
        expect(tab.locator(".jp-Notebook form[data-exercise]")).to_have_count(0)
        context.close()
    finally:
        lab.close()


def test_a_notebook_of_ones_own_is_left_alone(pages: Lab, tab: Page) -> None:
    mine = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("open('ran.txt', 'w').close()")], metadata=KERNEL)
    nbformat.write(mine, pages.course / "mine.ipynb")
    tab.goto(pages.page_address("mine.ipynb"))
    expect(tab.locator(".jp-Notebook").get_by_text("ran.txt")).to_be_visible(timeout=60_000)
    expect(tab.locator("#jp-main-statusbar", has_text="| Idle")).to_be_visible(timeout=30_000)
    tab.wait_for_timeout(1500)
    assert not (pages.course / "ran.txt").exists()
    expect(tab.locator(".rv-frame")).to_have_count(0)


def test_a_changed_part_is_not_run_and_the_page_can_be_brought_back(pages: Lab, tab: Page) -> None:
    path = pages.course / "notebooks" / "23-the-missing-hedge.ipynb"
    shipped = path.read_bytes()
    notebook = nbformat.read(path, as_version=4)
    changed = next(cell for cell in notebook.cells if cell.source.startswith("exercise("))
    changed.source += "\nopen('ran.txt', 'w').close()"
    nbformat.write(notebook, path)
    tab.goto(pages.lesson_address("23-the-missing-hedge"))
    expect(tab.get_by_text("Parts of this page were changed in your copy")).to_be_visible(timeout=60_000)
    tab.locator("form[data-exercise]").first.wait_for(timeout=30_000)
    expect(tab.locator(f"[data-cell='{changed.id}'] form")).to_have_count(0)
    assert not list(pages.course.rglob("ran.txt"))
    command = [sys.executable, "-m", "dateline", "restore", "23-the-missing-hedge"]
    done = subprocess.run(command, env={**os.environ, "DATELINE_COURSE": str(pages.course)}, capture_output=True, text=True, check=True)
    assert "notebooks/23-the-missing-hedge.ipynb is as it was shipped." in done.stdout
    assert path.read_bytes() == shipped
    tab.reload()
    expect(tab.locator(f"[data-cell='{changed.id}'] form")).to_have_count(1, timeout=60_000)
    expect(tab.get_by_text("Parts of this page were changed")).to_have_count(0)


def test_the_text_asked_about_stays_in_sight_while_one_answers(pages: Lab, tab: Page) -> None:
    tab.set_viewport_size({"width": 1280, "height": 400})
    opened(tab, pages, LESSON)
    question = card(tab, "predict-quotation")
    passage = question.locator(".dl-passage")
    question.locator("button", has_text="Check").evaluate("node => node.scrollIntoView({ block: 'end' })")
    tab.locator("#rv-main").evaluate("node => node.scrollBy(0, 120)")
    top = box(tab.locator("#rv-main"))["y"]
    assert box(question)["y"] < top, "the head of the card has left the screen"
    assert abs(box(passage)["y"] - top) <= 2
    assert "paramount importance" in passage.inner_text()


def test_the_text_stays_beside_the_tools_of_the_workbench(pages: Lab, tab: Page) -> None:
    tab.set_viewport_size({"width": 1500, "height": 250})  # the tools are longer than the text beside them
    opened(tab, pages, "61-capstone-a-satellite")
    bench = tab.locator("[data-workbench='l8']")
    bench.get_by_role("tab", name="Reactions").click()
    text, tools = bench.locator(".dl-text"), bench.locator(".dl-tools")
    tools.evaluate("node => node.scrollIntoView({ block: 'start' })")
    tab.locator("#rv-main").evaluate("node => node.scrollBy(0, 150)")
    top = box(tab.locator("#rv-main"))["y"]
    assert box(tools)["y"] < top - 100
    assert abs(box(text)["y"] - top) <= 2
    assert box(tools)["x"] >= box(text)["x"] + box(text)["width"]
    assert box(bench)["x"] >= box(tab.locator("#rv-map"))["x"] + box(tab.locator("#rv-map"))["width"]


def test_lines_of_prose_have_62_to_70_characters(pages: Lab, tab: Page) -> None:
    opened(tab, pages, LESSON)
    lengths: list[int] = tab.evaluate(LINES)
    assert len(lengths) > 30
    assert 62 <= sum(lengths) / len(lengths) <= 70


def test_terms_and_addresses_explain_themselves_on_hover_focus_and_tap(pages: Lab, tab: Page) -> None:
    opened(tab, pages, "51-read-sideways")
    address = tab.get_by_role("button", name="p5.s1")
    note = tab.get_by_role("tooltip").filter(has_text="supervised the test launch of a new type of air defence missile")
    address.hover()
    expect(note).to_be_visible()
    tab.mouse.move(5, 5)
    expect(note).to_be_hidden()
    address.focus()
    expect(note).to_be_visible()
    tab.keyboard.press("Escape")
    expect(note).to_be_hidden()
    turn_to(tab, LESSON)
    term = tab.get_by_role("button", name="voice", exact=True).first
    term.click()
    told = tab.get_by_role("tooltip").filter(has_text="the one who would have to answer for what is said")
    expect(told).to_be_visible()
    inside = box(told)
    assert inside["x"] + inside["width"] <= 1280


def test_the_search_finds_lessons_and_terms(pages: Lab, tab: Page) -> None:
    opened(tab, pages)
    search = tab.get_by_role("searchbox", name="Search lessons and terms")
    search.fill("distancing phrase")
    found = tab.locator(".rv-found")
    expect(found).to_contain_text("words that keep the writer a step away")
    found.get_by_role("link", name=re.compile("1.1 Who is speaking.*With a little help")).click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("1.1 Who is speaking?")
    heading = tab.get_by_role("heading", name="With a little help")
    expect(heading).to_be_in_viewport()
    search.fill("xylophone")
    expect(tab.get_by_text("Nothing found.")).to_be_visible()


def test_a_lesson_can_be_walked_by_keyboard_alone(pages: Lab, tab: Page) -> None:
    opened(tab, pages)
    tab.keyboard.press("Tab")
    expect(tab.get_by_role("link", name="Skip to the lesson")).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.locator("#rv-main")).to_be_focused()
    tab.locator(".rv-part a", has_text="4.1 Reactions without reactors").focus()
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", level=1)).to_have_text("4.1 Reactions without reactors")
    expect(tab.locator("#rv-main")).to_be_focused()
    first = tab.locator("form[data-exercise]").first
    first.wait_for(timeout=30_000)
    for _ in range(40):
        tab.keyboard.press("Tab")
        if first.evaluate("node => node.contains(document.activeElement)"):
            break
    tab.keyboard.press("Space")
    expect(first.get_by_role("status")).to_contain_text("Saved")
    tree = tab.locator("body").aria_snapshot()
    for words in ('navigation "Course"', "banner", "main", "1 of", "heading"):
        assert words in tree


@pytest.mark.parametrize(
    "look",
    [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}, {"viewport": {"width": 390, "height": 844}}],
    ids=["light", "dark", "forced", "narrow"],
)
def test_axe_finds_nothing_on_the_whole_page(pages: Lab, browser: Browser, look: dict[str, Any]) -> None:
    context: BrowserContext = browser.new_context(**({"viewport": {"width": 1280, "height": 720}} | look))
    tab = opened(context.new_page(), pages, "12-where-did-it-come-from")
    if look.get("color_scheme"):
        expect(tab.locator(f"body[data-jp-theme-light='{str(look['color_scheme'] == 'light').lower()}']")).to_be_attached(timeout=15_000)
    first = tab.locator("form[data-exercise]").first
    first.get_by_role("radio").first.check()
    first.get_by_role("button", name="Check").click()
    expect(first.locator(".dl-note").first).to_be_visible()
    tab.locator(".rv-word button").first.focus()
    found = violations(tab)
    if "viewport" in look:
        tab.get_by_role("button", name="Map").click()
    tab.get_by_role("searchbox").fill("chain")
    expect(tab.locator(".rv-found li").first).to_be_visible()
    found += violations(tab)
    context.close()
    assert found == []


def test_on_a_phone_the_map_starts_closed_and_the_page_has_the_screen(pages: Lab, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark", has_touch=True)
    tab = opened(context.new_page(), pages, "22-the-certainty-thermometer")
    expect(tab.locator("#rv-map")).to_be_hidden()
    tab.evaluate("document.getElementById('main').style.minWidth = '450px'")  # as JupyterLab sets it once its menus are there
    assert tab.evaluate("document.scrollingElement.scrollWidth") == 390, "nothing behind the page makes the window move sideways"
    main = tab.locator("#rv-main")
    assert box(main)["height"] >= 750
    assert main.evaluate("node => node.scrollWidth <= node.clientWidth")
    background = tab.locator(".rv-frame").evaluate("node => getComputedStyle(node).backgroundColor")
    assert sum(map(int, re.findall(r"\d+", background)[:3])) < 150, "the page follows the system's dark theme"
    tab.get_by_role("button", name="Map").tap()
    tab.locator("#rv-map").get_by_role("link", name=re.compile("2.3 The missing hedge")).tap()
    expect(tab.get_by_role("heading", level=1)).to_have_text("2.3 The missing hedge")
    expect(tab.locator("#rv-map")).to_be_hidden()
    context.close()


def test_when_the_kernel_dies_the_page_comes_back_to_life_by_itself(tmp_path: Path, browser: Browser) -> None:
    lab = Lab(tmp_path, pages=True)
    try:
        tab = opened(browser.new_context(viewport={"width": 1280, "height": 720}).new_page(), lab, "14-five-questions")
        first = tab.locator("form[data-exercise]").first
        first.get_by_role("radio").nth(1).check()
        expect(first.get_by_role("status")).to_contain_text("Saved")
        before = {kernel.pid for kernel in lab.kernels()}
        lab.kill_kernels()
        until = time.monotonic() + 30
        while not {kernel.pid for kernel in lab.kernels()} - before and time.monotonic() < until:
            time.sleep(0.2)
        tab.wait_for_timeout(3000)
        expect(first.get_by_role("radio").nth(1)).to_be_checked()
        first.get_by_role("radio").nth(0).check()
        expect(first.get_by_role("status")).to_contain_text("Saved")
        expect(tab.locator(".rv-count")).to_contain_text("1 of")
        tab.context.close()
    finally:
        lab.close()


def test_two_dollar_signs_stay_two_dollar_signs_in_a_notebook_too(pages: Lab, tab: Page) -> None:
    words = "It cost $5 bn and $3 bn."
    code = nbformat.v4.new_code_cell(f"from dateline.display import show_lines\nshow_lines([{words!r}])")
    nbformat.write(nbformat.v4.new_notebook(cells=[code], metadata=KERNEL), pages.course / "dollars.ipynb")
    tab.goto(pages.page_address("dollars.ipynb"))
    tab.locator("#jp-main-statusbar", has_text="| Idle").wait_for(timeout=60_000)
    tab.get_by_role("menuitem", name="Run", exact=True).click()
    tab.locator("[data-command='runmenu:run-all']").click()
    expect(tab.locator(".jp-OutputArea-output p")).to_have_text(words, timeout=30_000)
    tab.wait_for_timeout(1000)
    expect(tab.locator(".jp-OutputArea-output p")).to_have_text(words)
    expect(tab.locator("mjx-container")).to_have_count(0)


def test_no_card_is_opened_while_the_widgets_manager_still_asks_what_there_is(tmp_path: Path, tab: Page) -> None:
    """Otherwise, on a busy machine, a card now and then says "Not saved yet" for good, though its answer was saved."""
    said: list[str] = []
    told = re.compile(rb'"msg_type": ?"([a-z_]+)"')

    def note(message: str | bytes) -> None:
        raw = message if isinstance(message, bytes) else message.encode()
        found = told.search(raw)
        said.append("update_states" if b'"update_states"' in raw else found[1].decode() if found else "")

    def listen(socket: WebSocket) -> None:
        if "/channels" in socket.url:
            socket.on("framereceived", note)

    tab.on("websocket", listen)
    lab = Lab(tmp_path, pages=True)  # of its own: what runs already has its cards, and opens none
    try:
        opened(tab, lab, LESSON)
        assert said.index("update_states") < said.index("comm_open")
        tab.wait_for_timeout(5000)  # whom nobody has answered asks once more, after four seconds
        assert "comm_info_reply" not in said
    finally:
        lab.close()
