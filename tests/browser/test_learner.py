"""A learner in a real JupyterLab: opens, reads, answers with the keyboard, is told why, and finds the answer again."""

import json
import shutil

from driver import Lab, Notebook, picture, until
from playwright.sync_api import Page, expect

LESSON = "notebooks/11-who-is-speaking.ipynb"


def stored(lab: Lab, name: str) -> dict[str, object]:
    return json.loads((lab.answers / "module-1.json").read_text())["answers"].get(name, {})  # type: ignore[no-any-return]


def test_before_it_is_run_a_lesson_shows_the_printed_question(page: Page, lab: Lab) -> None:
    Notebook(page, lab, LESSON)
    printed = page.locator(".dateline-printed").filter(has_text="predict-quotation")
    expect(printed).to_be_visible()
    expect(printed).to_contain_text("On screen this is a card that can be answered")
    expect(page.get_by_text("model not found", exact=False)).to_have_count(0)


def test_a_learner_answers_with_the_keyboard_and_the_answer_survives_the_kernel(page: Page, lab: Lab) -> None:
    notebook = Notebook(page, lab, LESSON)
    notebook.run_all()
    card = notebook.card("voices-p4")
    first = card.get_by_role("radio").first
    first.focus()
    page.keyboard.press("Space")
    expect(first).to_be_checked()
    page.keyboard.press("ArrowDown")
    second = card.get_by_role("radio").nth(1)
    expect(second).to_be_checked()
    assert second.evaluate("radio => radio.value") == "leader"
    page.keyboard.press("Tab")
    expect(card.get_by_role("button", name="Check")).to_be_focused()
    page.keyboard.press("Enter")
    expect(card.locator(".dl-verdict")).to_have_text("Right.")
    expect(card.get_by_text("Right.", exact=True)).to_have_count(1)
    expect(card.locator(".dl-note")).to_contain_text("has previously framed")
    picture(card, "card")
    assert stored(lab, "voices-p4")["value"] == {"p4.s2": "leader"}

    lab.kill_kernels()
    reopened = Notebook(page, lab, LESSON)
    reopened.run_all()
    again = reopened.card("voices-p4")
    expect(again.get_by_role("radio").nth(1)).to_be_checked()
    expect(again.get_by_role("status")).to_contain_text("Saved 2")


def test_a_wrong_choice_gets_its_reason_and_the_belief_behind_it(page: Page, lab: Lab) -> None:
    notebook = Notebook(page, lab, LESSON)
    notebook.run_all()
    card = notebook.card("predict-quotation")
    radios = card.get_by_role("radio")
    expect(radios.first).to_be_visible()
    page.get_by_text("A common belief:").first.wait_for(state="detached")
    card.locator("input[value='heard']").check()
    card.get_by_label("very sure (85 %)").check()
    card.get_by_role("button", name="Check").click()
    expect(card.locator(".dl-verdict")).to_have_text("Not yet.")
    expect(card.locator(".dl-note")).to_contain_text("Anything in quotation marks was heard by the reporter")
    card.get_by_role("button", name="Hint").click()
    expect(card.get_by_role("list", name="Hints").get_by_role("listitem")).to_have_count(1)
    expect(card.locator(".dl-verdict")).to_have_text("Not yet.")
    assert stored(lab, "predict-quotation")["confidence"] == 85
    card.get_by_role("button", name="Start over").click()
    expect(card.locator("input:checked")).to_have_count(0)
    expect(card.get_by_role("status")).to_contain_text("Cleared")
    card.get_by_role("button", name="Bring my answer back").click()
    expect(card.locator("input[value='heard']")).to_be_checked()
    expect(card.get_by_role("status")).to_contain_text("Saved 2")
    assert stored(lab, "predict-quotation")["value"] == "heard"


def test_a_notebook_saved_by_a_learner_opens_without_widget_errors(page: Page, lab: Lab) -> None:
    notebook = Notebook(page, lab, LESSON)
    notebook.run_all()
    notebook.card("voices-p4")
    file = lab.course / LESSON
    before = file.stat().st_mtime_ns
    page.locator("[data-jp-item-name='save'] button, [data-jp-item-name='save'] jp-button").first.click()
    until(lambda: file.stat().st_mtime_ns > before and file.read_text().endswith("}\n"))
    saved = file.read_text()
    assert "widget-view+json" not in saved
    assert 'aria-label=\\"Exercise voices-p4\\"' in saved


NOT_SAVED = "Not saved yet. Your answer is kept in this page and will be saved when the course is running again."


def test_when_the_course_does_not_answer_the_card_says_so_and_saves_once_it_does(page: Page, lab: Lab) -> None:
    notebook = Notebook(page, lab, LESSON)
    notebook.run_all()
    card = notebook.card("voices-p5")
    with lab.frozen_kernels():
        card.locator("input[value='unclear']").first.check()
        expect(card.get_by_role("status")).to_have_text(NOT_SAVED)
        expect(card.locator("input[value='unclear']").first).to_be_checked()
    expect(card.get_by_role("status")).to_contain_text("Saved 2")
    assert stored(lab, "voices-p5")["value"]


def test_what_could_not_be_saved_is_saved_when_the_card_is_there_again(page: Page, lab: Lab) -> None:
    notebook = Notebook(page, lab, LESSON)
    notebook.run_all()
    card = notebook.card("say-why-p3")
    card.locator("textarea").fill("Nobody says who saw it")
    until(lambda: stored(lab, "say-why-p3").get("value") == "Nobody says who saw it")
    lab.kill_kernels()
    card.locator("textarea").press("End")
    card.locator("textarea").press_sequentially(" and where.")
    expect(card.get_by_role("status")).to_have_text(NOT_SAVED)
    page.get_by_role("dialog").get_by_role("button", name="Ok").click()  # JupyterLab tells that it has started the course anew
    notebook.wait_until_idle()
    notebook.run_all()
    again = notebook.card("say-why-p3")
    expect(again.get_by_role("status")).to_contain_text("Saved 2")
    expect(again.locator("textarea")).to_have_value("Nobody says who saw it and where.")
    assert stored(lab, "say-why-p3")["value"] == "Nobody says who saw it and where."


def test_what_is_typed_until_the_tab_is_closed_is_saved(page: Page, lab: Lab) -> None:
    notebook = Notebook(page, lab, LESSON)
    notebook.run_all()
    card = notebook.card("say-why-p3")
    expect(card.get_by_role("button", name="Check")).to_be_visible()
    card.locator("textarea").fill("Typed to the end")
    page.close(run_before_unload=True)
    until(lambda: stored(lab, "say-why-p3").get("value") == "Typed to the end")


def test_an_older_view_never_writes_over_a_newer_answer(page: Page, lab: Lab) -> None:
    notebook = Notebook(page, lab, LESSON)
    notebook.run_all()
    older = notebook.card("say-why-p3")
    shutil.copy(lab.course / LESSON, lab.course / "notebooks" / "copy.ipynb")
    tab = page.context.new_page()
    copy = Notebook(tab, lab, "notebooks/copy.ipynb")  # with a kernel of its own
    copy.run_all()
    newer = copy.card("say-why-p3")
    newer.locator("textarea").fill("The newer answer")
    until(lambda: stored(lab, "say-why-p3").get("value") == "The newer answer")
    older.get_by_role("button", name="Check").click()
    expect(older.get_by_role("status")).to_contain_text("changed in another window")
    assert stored(lab, "say-why-p3")["value"] == "The newer answer"
    expect(older.get_by_role("group", name="Saved in another window").locator("textarea")).to_have_value("The newer answer")
    older.get_by_role("button", name="Take the other answer").click()
    expect(older.locator("textarea").first).to_have_value("The newer answer")
    expect(older.get_by_role("button", name="Take the other answer")).to_have_count(0)
    tab.close()
