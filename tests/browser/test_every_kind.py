"""Every kind of exercise in a real JupyterLab, answered with the keyboard alone, and the answer found again in other ways."""

import json
import re
from collections.abc import Iterator

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from driver import Lab, Notebook, picture
from playwright.sync_api import BrowserContext, Locator, Page, expect
from support import every_pair, use_sampler

from dateline.authoring.notebooks import KERNEL

PAGE = "notebooks/00-start.ipynb"
# What is pressed, from the first control of the card on; each word is a key, and text after = is typed.
KEYS = {
    "s-choose": "Space",
    "s-steps": "Tab Enter Space",
    "s-many": "Space Tab Space",
    "s-tag": "Space Tab ArrowDown ArrowDown",
    "s-match": "Space Tab ArrowDown",
    "s-ladder": "ArrowDown",
    "s-grid": "=made Tab =yes Tab =saw Tab =no",
    "s-mark": "ArrowRight ArrowRight =e Tab ArrowRight ArrowRight Shift+ArrowRight =s",
    "s-order": "Enter Enter",
    "s-number": "=9",
    "s-reading": "=75",
    "s-range": "=60 Tab =80",
    "s-when": "=2031-05-06 Tab Tab Tab Tab Tab Tab Tab Space",
    "s-chain": "=a_wire Tab =the_press Tab Tab Tab Enter =the_news Tab =a_wire Tab Space",
    "s-desk": "=50 Tab Enter Tab Tab Enter Tab =90",
    "s-write": "=It_says_so.",
}
FIRST = {"s-order": "button:not([disabled])", "s-mark": "[role=option]"}


@pytest.fixture(scope="module")
def sampler_lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    folder = tmp_path_factory.mktemp("kinds")
    patch = pytest.MonkeyPatch()
    course = use_sampler(folder / "course", patch)
    calls = ["from dateline.lesson import exercise", *(f'exercise("{question.id}")' for question, _ in every_pair())]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(call) for call in calls], metadata=KERNEL)
    nbformat.write(notebook, course / PAGE)
    patch.undo()
    lab = Lab(folder, course)
    yield lab
    lab.close()


@pytest.fixture(scope="module")
def at_hand(context: BrowserContext, sampler_lab: Lab) -> Iterator[Notebook]:
    """The notebook opened once, for tests that each use a card of their own."""
    notebook = Notebook(context.new_page(), sampler_lab, PAGE)
    notebook.run_all()
    yield notebook
    notebook.page.close()


def press(page: Page, keys: str) -> None:
    for key in keys.split():
        if key.startswith("="):
            page.keyboard.type(key[1:].replace("_", " "))
        else:
            page.keyboard.press(key)


def check_by_keyboard(page: Page, card: Locator) -> None:
    check = card.get_by_role("button", name="Check")
    for _ in range(20):
        if check.evaluate("node => node === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")


def test_every_kind_is_answered_with_the_keyboard_alone(page: Page, sampler_lab: Lab) -> None:
    notebook = Notebook(page, sampler_lab, PAGE)
    notebook.run_all()
    for name, keys in KEYS.items():
        card = notebook.card(name)
        card.locator(FIRST.get(name, "input, select, textarea")).first.focus()
        press(page, keys)
        check_by_keyboard(page, card)
        verdict = card.locator(".dl-verdict")
        expect(verdict).to_be_visible()
        assert verdict.inner_text().startswith(("Right", "Noted", "Saved")), (name, card.inner_text())
        violations = Axe().run(page, context=f"form[data-exercise='{name}']").response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == [], name
        picture(card, f"kind-{card.get_attribute('data-kind')}")


def test_answers_are_found_again_after_reload_and_in_a_second_tab(page: Page, sampler_lab: Lab) -> None:
    Notebook(page, sampler_lab, PAGE).run_all()
    card = page.locator("form[data-exercise='s-mark']")
    card.wait_for(timeout=60_000)
    expect(card.get_by_role("list", name="Marked words").get_by_role("listitem")).to_have_count(2)
    expect(page.locator("form[data-exercise='s-order'] li").last).to_contain_text("will sail")

    other = page.context.new_page()
    second = Notebook(other, sampler_lab, PAGE)
    second.run_all()
    twin = second.card("s-choose")
    twin.locator("input[value=heard]").check()
    expect(twin.get_by_role("status")).to_contain_text("Saved")
    first = Notebook(page, sampler_lab, PAGE)
    first.run_all()
    expect(first.card("s-choose").locator("input[value=heard]")).to_be_checked()
    saved = json.loads((sampler_lab.answers / "module-1.json").read_text())["answers"]
    assert saved["s-choose"]["value"] == "heard"
    assert set(KEYS) <= set(saved)


def test_words_are_marked_with_the_mouse_and_taken_away_again(at_hand: Notebook) -> None:
    card = at_hand.card("s-mark")
    card.get_by_role("button", name="Start over").click()
    marks = card.get_by_role("list", name="Marked words").get_by_role("listitem")
    expect(marks).to_have_count(0)
    words = card.get_by_role("option")
    words.nth(0).hover()
    at_hand.page.mouse.down()
    words.nth(2).hover()
    at_hand.page.mouse.up()
    card.get_by_role("button", name="how sure").click()
    expect(marks).to_have_count(1)
    expect(marks.first).to_contain_text("The ship reportedly")
    card.get_by_role("button", name="Remove").click()
    expect(marks).to_have_count(0)
    card.get_by_label("There is nothing to mark here").check()
    card.get_by_role("button", name="Check").click()
    expect(card.locator(".dl-verdict")).to_contain_text("Not yet")


def test_the_picture_of_a_chain_follows_its_steps(at_hand: Notebook) -> None:
    card = at_hand.card("s-chain")
    image = card.get_by_role("img")
    expect(image).to_have_attribute(
        "aria-label", "a wire agency got it from the press service; the newspaper got it from a wire agency (inferred)"
    )
    card.get_by_role("button", name="Remove this step").first.click()
    expect(image).to_have_attribute("aria-label", "the newspaper got it from a wire agency (inferred)")


def test_where_the_folder_cannot_be_written_the_card_says_so_and_keeps_the_answer(page: Page, sampler_lab: Lab) -> None:
    notebook = Notebook(page, sampler_lab, PAGE)
    notebook.run_all()
    card = notebook.card("s-choose")
    aside = sampler_lab.answers.with_name("aside")
    sampler_lab.answers.rename(aside)
    sampler_lab.answers.write_text("in the way")
    card.locator("input[value=unknown]").check()
    expect(card.get_by_role("status")).to_contain_text("Not saved.")
    expect(card.locator("input[value=unknown]")).to_be_checked()
    sampler_lab.answers.unlink()
    aside.rename(sampler_lab.answers)
    card.get_by_role("button", name="Check").click()
    expect(card.locator(".dl-verdict")).to_contain_text("Partly right")


def test_what_a_learner_types_is_never_taken_as_html(page: Page, sampler_lab: Lab) -> None:
    typed = '<img src="x" onerror="document.title = \'taken\'"><script>document.title = "taken"</script>'
    notebook = Notebook(page, sampler_lab, PAGE)
    notebook.run_all()
    card = notebook.card("s-write")
    card.locator("textarea").fill(typed)
    card.get_by_role("button", name="Check").click()
    expect(card.locator(".dl-verdict")).to_contain_text("Saved")
    again = Notebook(page, sampler_lab, PAGE)
    assert page.locator(".jp-OutputArea img[src='x']").count() == 0
    again.run_all()
    expect(again.card("s-write").locator("textarea")).to_have_value(typed)
    assert page.locator("img[src='x']").count() == 0
    assert page.title() != "taken"


def test_what_is_hidden_appears_when_its_row_is_begun(at_hand: Notebook) -> None:
    card = at_hand.card("s-grid")
    card.get_by_role("button", name="Start over").click()
    words = card.get_by_text("Its coastguard is meant.")
    expect(words).to_be_hidden()
    menus = card.locator("tbody tr:has(select)").last.locator("select")
    expect(menus.last).to_be_disabled()
    menus.first.select_option("saw")
    expect(words).to_be_visible()
    expect(menus.last).to_be_enabled()


def test_readers_of_a_phrase_are_drawn_beside_the_learners_range(at_hand: Notebook) -> None:
    card = at_hand.card("s-range")
    card.get_by_label("From").fill("10")
    card.get_by_label("To").fill("20")
    card.get_by_role("button", name="Check").click()
    image = card.locator(".dl-feedback").get_by_role("img")
    expect(image).to_have_attribute("aria-label", re.compile(r"5174 readers of “Likely”.*your range is 10 to 20 %.*PHIA 55 to 75 %"))
    assert Axe().run(at_hand.page, context="form[data-exercise='s-range']").response["violations"] == []
    picture(card, "kind-range")
