"""A learner's whole way in a real JupyterLab: the start page, a lesson, the test after the course, the workbench, the printed report."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from driver import Lab, Notebook, picture
from playwright.sync_api import Browser, Locator, Page, expect

from dateline.bank import find_question
from dateline.kinds import solved
from dateline.kinds.cells import Choose, ChooseKey
from dateline.learner.record import stems

LESSON = "notebooks/51-read-sideways.ipynb"


@pytest.fixture(scope="module")
def own_lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A lab of its own, so that the map shows what this learner did."""
    running = Lab(tmp_path_factory.mktemp("path"))
    yield running
    running.close()


def stored(lab: Lab, module: str) -> dict[str, Any]:
    return json.loads((lab.answers / f"module-{module}.json").read_text())["answers"]  # type: ignore[no-any-return]


def pick(card: Locator, value: str) -> None:
    card.locator(f"input[value='{value}']").check()


def check(card: Locator) -> Locator:
    card.get_by_role("button", name="Check", exact=True).click()
    return card.locator(".dl-verdict")


def best(name: str) -> Any:
    question, key, _ = find_question(name)
    assert key
    return solved(question, key)


def desk(card: Locator, name: str) -> None:
    value = best(name)
    question, _, _ = find_question(name)
    card.locator("input").first.fill(str(value["before"]))
    for opened in value["opened"]:
        title = next(item.title for item in question.items if item.id == opened)  # type: ignore[attr-defined]
        card.get_by_role("button", name=f"Open: {title}").click()
    card.locator("input").last.fill(str(value["after"]))
    card.locator("input").last.blur()


def test_a_learner_goes_from_the_start_page_to_the_printed_report(page: Page, own_lab: Lab, tmp_path: Path) -> None:
    start = Notebook(page, own_lab, "notebooks/00-start.ipynb")
    start.run_all()
    pick(start.card("path"), "alone")
    expect(page.get_by_text("About 12.4 hours of 12.4 hours left")).to_be_visible()
    expect(page.locator("a", has_text="0.1 Cold read").first).to_have_attribute("href", re.compile("notebooks/01-cold-read.ipynb"))
    page.locator(".jp-OutputArea a", has_text="5.1 Read sideways").click()
    page.get_by_role("tab", name="51-read-sideways.ipynb").wait_for(timeout=60_000)

    lesson = Notebook(page, own_lab, LESSON)
    lesson.run_all()
    one_lesson(lesson)
    one_test(Notebook(page, own_lab, "notebooks/71-after.ipynb"), own_lab)
    bench(Notebook(page, own_lab, "notebooks/61-capstone-a-satellite.ipynb"), own_lab, tmp_path / "work.html")
    printed(page, tmp_path / "work.html", tmp_path)

    again = Notebook(page, own_lab, "notebooks/00-start.ipynb")
    again.run_all()
    row = page.locator("tr", has_text="5.1 Read sideways").last
    expect(row).to_contain_text("● done")
    expect(page.locator("tr", has_text="7.1 After the course").last).to_contain_text("● done")
    expect(again.card("l51-exit-again-1")).to_be_visible()


def one_lesson(lesson: Notebook) -> None:
    predict = lesson.card("l51-predict")
    pick(predict, "tabs")
    pick(predict, "70")
    expect(check(predict)).to_have_text("Not yet.")
    why = lesson.card("l51-say-why")
    why.locator("textarea").fill("They all copy one account; the office would know.")
    expect(check(why)).to_contain_text("Saved")
    first = lesson.card("l51-panel")
    expect(first.get_by_role("button", name="Open: Submarine puts in for supplies")).to_be_disabled()
    for name in ("l51-panel", "l51-dates", "l51-port", "l51-deal", "l51-radar"):
        card = lesson.card(name)
        desk(card, name)
        expect(check(card)).to_contain_text("Right")
    expect(first.get_by_role("button", name="Open: Congress: no schedule yet")).to_be_enabled()
    picture(first, "kind-desk")
    leave = lesson.card("l51-exit")
    pick(leave, "stop")
    pick(leave, "85")
    expect(check(leave)).to_have_text("Right.")


def one_test(test: Notebook, lab: Lab) -> None:
    """The first question wrong, the others right; nothing is said before the test is handed in."""
    test.run_all()
    stem = next(stem for stem in stems() if stem.lesson.form == "B")
    for number, question in enumerate(stem.lesson.question):
        key = (stem.keys or {})[question.id]
        assert isinstance(question, Choose)
        assert isinstance(key, ChooseKey)
        wrong = next(choice.id for choice in question.choices if choice.id not in key.right)
        card = test.card(question.id)
        expect(card.get_by_role("button", name="Check")).to_have_count(0)
        pick(card, key.right[0] if number else wrong)
        pick(card, "85")
        expect(card.get_by_role("status")).to_contain_text("Saved")
    assert Axe().run(test.page, context=f"form[data-exercise='{stem.lesson.question[0].id}']").response["violations"] == []
    acts = test.page.get_by_label("Hand in: form B")
    expect(acts.get_by_text("16 of 16 questions are answered.")).to_be_visible()
    expect(acts.get_by_text("Without a confidence")).to_have_count(0)  # the card follows a moment later, and would ask
    expect(test.page.get_by_text("15 of 16 right.")).to_have_count(0)
    acts.get_by_role("button", name="Hand in form B").click()
    expect(acts.get_by_text("15 of 16 right.").first).to_be_visible(timeout=30_000)
    expect(acts.get_by_role("button")).to_have_count(0)
    assert Axe().run(test.page, context=".dl-act").response["violations"] == []
    expect(test.page.get_by_text("Form A is not handed in yet", exact=False)).to_be_visible()
    assert stored(lab, "7")["b-01-voice"]["first"] is not None


def bench(capstone: Notebook, lab: Lab, file: Path) -> None:
    """The tools of the workbench by keyboard and mouse, the text beside them, and the page of the work as a file."""
    capstone.run_all()
    section = capstone.page.locator("[data-workbench='l8']")
    tabs = section.get_by_role("tab")
    expect(tabs).to_have_count(6, timeout=60_000)
    section.get_by_role("tab", name="Mark").focus()
    capstone.page.keyboard.press("ArrowRight")
    expect(section.get_by_role("tab", name="Chain")).to_be_focused()
    expect(section.get_by_role("region", name="Capstone: a satellite").get_by_text("The rocket rose from Cape Orso")).to_be_visible()
    section.get_by_role("tab", name="Reactions").click()
    matrix = capstone.card("c8-answers")
    for menu, value in zip(matrix.locator("select").all(), best("c8-answers").values(), strict=True):
        menu.select_option(value)
    expect(check(matrix)).to_contain_text("Right")
    capstone.page.set_viewport_size({"width": 1500, "height": 1700})
    section.scroll_into_view_if_needed()
    # On a wide page the text stands beside the tools.
    section.locator(".dl-text").evaluate("node => node.setAttribute('data-seen', '')")
    capstone.page.wait_for_function(
        "() => { const [text, tools] = ['.dl-text[data-seen]', '.dl-text[data-seen] + .dl-tools']"
        ".map(where => document.querySelector(where).getBoundingClientRect()); return tools.left >= text.right; }"
    )
    picture(section, "workbench")
    section.get_by_role("tab", name="Brief").click()
    brief = capstone.card("c8-brief")
    brief.locator("textarea").fill(best("c8-brief"))
    expect(check(brief)).to_contain_text("Saved")
    expect(brief.locator(".dl-note").first).to_contain_text("words")
    capstone.page.keyboard.press("Escape")
    violations = Axe().run(capstone.page, context="[data-workbench='l8']").response["violations"]
    assert violations == [], [violation["id"] for violation in violations]
    assert stored(lab, "6")["c8-answers"]["checks"] == 1
    acts = capstone.page.get_by_label("The page of your work")
    acts.get_by_label("File name").fill("Anna's work.html")
    with capstone.page.expect_download() as made:
        acts.get_by_role("button", name="Make the page").click()
    assert made.value.suggested_filename == "Annas work.html"
    made.value.save_as(file)


def printed(page: Page, file: Path, folder: Path) -> None:
    """The page opens in a browser, stands on paper of both sizes, and has no fault that axe knows."""
    opened = page.context.new_page()
    opened.goto(f"file://{file}")
    expect(opened.get_by_role("heading", name="Reactions")).to_be_visible()
    expect(opened.get_by_text("I am almost certain (95 to 99 %) of the launch")).to_be_visible()
    assert Axe().run(opened).response["violations"] == []
    for paper in ("A4", "Letter"):
        pdf = folder / f"{paper}.pdf"
        opened.pdf(path=pdf, format=paper)
        assert pdf.read_bytes().count(b"/Type /Page\n") + pdf.read_bytes().count(b"/Type /Page ") >= 1 or pdf.stat().st_size > 10_000
    opened.close()


def test_the_workbench_stands_on_a_narrow_screen(browser: Browser, own_lab: Lab) -> None:
    context = browser.new_context(viewport={"width": 1000, "height": 800})
    page = context.new_page()
    notebook = Notebook(page, own_lab, "notebooks/61-capstone-a-satellite.ipynb")
    page.keyboard.press("Control+b")  # the side bar takes more than there is
    page.set_viewport_size({"width": 420, "height": 800})
    notebook.run_all()
    section = page.locator("[data-workbench='l8']")
    expect(section.get_by_role("tab")).to_have_count(6, timeout=60_000)
    assert section.evaluate("node => node.scrollWidth <= node.clientWidth + 1")
    context.close()


def test_a_new_text_opens_on_the_workbench_with_its_drafted_marks(page: Page, own_lab: Lab, tmp_path: Path) -> None:
    text = "Ferries are ready, Kestria says\n\nThe fleet is ready, KTA said on Friday, 2 June 2034. It reportedly has 14 ships.\n"
    (tmp_path / "ferries.txt").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "dateline", "new-text", str(tmp_path / "ferries.txt")]
    subprocess.run(command, env={**os.environ, "DATELINE_COURSE": str(own_lab.course)}, check=True, capture_output=True)
    notebook = Notebook(page, own_lab, "notebooks/901-ferries.ipynb")
    notebook.run_all()
    bench = page.locator("[data-workbench='ferries']")
    marks = bench.locator("[data-marks='ferries']")
    hedge = marks.get_by_role("button", name="how it is known, with nobody named: reportedly")
    hedge.focus()
    page.keyboard.press("k")
    expect(marks.get_by_role("button", name="Undo")).to_be_enabled()
    annotation = own_lab.course / "data" / "annotations" / "ferries.toml"
    assert 'words = "reportedly"' in annotation.read_text(encoding="utf-8").split('state = "kept"')[0]
    bench.get_by_role("tab", name="Chain").click()
    bench.get_by_label("Show marks").select_option("hedge")
    listed = bench.get_by_role("list", name="Marks").get_by_role("listitem")
    expect(listed).to_have_count(1)
    expect(listed.first).to_contain_text("rule adverb-of-report")
    expect(bench.locator("mark")).to_have_text("reportedly")
    chain = notebook.card("ferries-way")
    expect(chain.locator(".dl-step")).to_have_count(2)  # the headline's Kestria, and KTA
    chain.get_by_label("inferred, not shown").first.focus()
    page.keyboard.press("Space")
    expect(chain.locator(".dl-status")).to_contain_text("Saved")
    bench.get_by_role("tab", name="Marks").click()
    marks.get_by_role("button", name="source: who says it: KTA").focus()
    page.keyboard.press("x")
    expect(chain.locator(".dl-step")).to_have_count(1)
    bench.get_by_role("tab", name="Clocks").click()
    row = notebook.card("ferries-times").get_by_role("group", name="Friday, 2 June 2034")
    expect(row.get_by_label("Date or month")).to_have_value("2034-06-02")
    picture(bench, "workbench-drafted")
