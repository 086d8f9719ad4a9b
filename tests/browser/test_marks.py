"""The card on which marks are corrected, without JupyterLab: what it shows, what each key and button asks for."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from fake import FakeCard, blank_page, fake_page
from playwright.sync_api import Browser, Page, expect

LABELS = [
    {"id": "source", "layer": "attribution", "letter": "S", "text": "source: who says it"},
    {"id": "cue", "layer": "attribution", "letter": "V", "text": "cue: the words that hand it over"},
    {"id": "content", "layer": "attribution", "letter": "C", "text": "content: what is said"},
    {"id": "epistemic", "layer": "hedge", "letter": "L", "text": "how sure somebody is"},
    {"id": "number", "layer": "number", "letter": "N", "text": "quantity"},
]
LINES = [{"at": "p1.s1", "words": "🚀 It may sink, KTA said."}, {"at": "p1.s2", "words": "It has 14 men."}]
SPEC = {"marks": "boat", "title": "The boat", "passage": LINES, "labels": LABELS, "others": ["ferry"]}


def mark(number: int, at: str, start: int, end: int, words: str, label: str, **more: Any) -> dict[str, Any]:
    whole = {"number": number, "at": at, "start": start, "end": end, "words": words, "label": label}
    return {**whole, "link": "", "state": "draft", "sure": True, "why": f"rule {number}", **more}


ITEMS = [
    mark(0, "p1.s1", 2, 13, "It may sink", "content", link="a1"),
    mark(1, "p1.s1", 5, 8, "may", "epistemic", sure=False),
    mark(2, "p1.s1", 15, 18, "KTA", "source", link="a1"),
    mark(3, "p1.s1", 19, 23, "said", "cue", link="a1"),
    mark(4, "p1.s2", 7, 9, "14", "number"),
]
STATE = {
    **{"items": ITEMS, "undo": 0, "said": "", "agreement": None, "comparison": None, "file": None},
    "voices": [{"name": "KTA", "statements": 1, "sentences": ["p1.s1"], "vague": False}],
    "resting": {"nobody": 1, "one": 1, "several": 0, "voice": "KTA", "alone": ["p1.s1"]},
}


page = blank_page


@pytest.fixture
def card(page: Page) -> FakeCard:
    return FakeCard(page, {**SPEC, "id": "marks"}, **STATE)


def tag(card: FakeCard, number: int) -> Any:
    return card.node.locator(f"[data-mark='{number}']")


def last(card: FakeCard) -> dict[str, Any]:
    return {name: value for name, value in card.sent()[-1].items() if name not in ("n", "view")}


def test_all_marks_are_in_the_text_with_their_letter_and_the_words_stay_whole(card: FakeCard) -> None:
    assert card.node.locator(".dl-tag").all_inner_texts() == ["L?", "C", "S", "V", "N"]
    line = card.node.locator("[data-at='p1.s1']")
    bare = line.evaluate(
        "node => { const copy = node.cloneNode(true); copy.querySelectorAll('button').forEach(b => b.remove()); return copy.textContent }"
    )
    assert bare == "p1.s1 🚀 It may sink, KTA said."
    assert line.locator(".dl-m-content").all_inner_texts() == ["It ", "may", " sink"]


def test_a_mark_says_its_rule_when_it_has_the_focus_or_the_mouse(card: FakeCard) -> None:
    detail = card.node.get_by_role("region", name="The chosen mark")
    tag(card, 1).hover()
    expect(detail).to_contain_text("rule 1")
    tag(card, 4).focus()
    expect(detail).to_contain_text("rule 4")
    tag(card, 2).focus()
    expect(detail).to_contain_text("Goes with: content “It may sink”; cue “said”")


def test_keys_go_from_mark_to_mark_and_decide(card: FakeCard, page: Page) -> None:
    tag(card, 1).focus()
    page.keyboard.press("ArrowRight")
    expect(tag(card, 0)).to_be_focused()
    page.keyboard.press("End")
    expect(tag(card, 4)).to_be_focused()
    page.keyboard.press("k")
    assert last(card) == {"do": "keep", "mark": 4}
    page.keyboard.press("Home")
    page.keyboard.press("x")
    assert last(card) == {"do": "out", "mark": 1}
    page.keyboard.press("u")
    assert last(card) == {"do": "undo"}
    assert card.node.locator(".dl-tag[tabindex='0']").count() == 1


def test_an_edge_moves_by_a_word_with_keys_and_buttons(card: FakeCard, page: Page) -> None:
    tag(card, 2).focus()
    page.keyboard.press("Shift+ArrowRight")
    assert last(card) == {"do": "change", "mark": 2, "start": 15, "end": 24, "label": "source"}
    page.keyboard.press("Alt+ArrowLeft")
    assert last(card) == {"do": "change", "mark": 2, "start": 9, "end": 18, "label": "source"}
    card.node.get_by_role("button", name="End earlier").click()
    assert card.status() == "It cannot go further there."


def test_a_label_is_changed_within_its_sort(card: FakeCard) -> None:
    tag(card, 1).focus()
    box = card.node.locator(".dl-detail select")
    assert box.locator("option").all_inner_texts() == ["choose…", "how sure somebody is", "quantity"]
    box.select_option("number")
    assert last(card) == {"do": "change", "mark": 1, "start": 5, "end": 8, "label": "number"}


def test_after_a_mark_is_thrown_out_the_focus_is_on_the_next(card: FakeCard, page: Page) -> None:
    tag(card, 1).focus()
    page.keyboard.press("x")
    gone = [{**item, "state": "out"} if item["number"] == 1 else item for item in ITEMS]
    card.told(items=gone, undo=1)
    expect(tag(card, 0)).to_be_focused()
    expect(tag(card, 1)).to_have_count(0)
    expect(card.node.get_by_role("button", name="Undo")).to_be_enabled()


def test_what_is_shown_can_be_narrowed(card: FakeCard) -> None:
    card.node.get_by_label("who says what").uncheck()
    assert card.node.locator(".dl-tag").all_inner_texts() == ["L?", "N"]
    card.node.get_by_label("only what is not sure").check()
    assert card.node.locator(".dl-tag").all_inner_texts() == ["L?"]
    card.node.get_by_label("only what is not sure").uncheck()
    card.told(items=[{**item, "state": "kept"} if item["number"] == 4 else item for item in ITEMS])
    card.node.get_by_label("only what is not decided").check()
    assert card.node.locator(".dl-tag").all_inner_texts() == ["L?"]


def test_a_mark_is_added_by_its_words_and_goes_with_an_attribution(card: FakeCard) -> None:
    card.node.get_by_text("Add a mark", exact=True).click()
    add = card.node.get_by_role("button", name="Add the mark")
    add.click()
    assert card.status() == "Choose a sentence, its words and a label."
    card.node.get_by_label("Sentence").select_option("p1.s1")
    card.node.get_by_label("Words", exact=True).fill(" sink ")
    card.node.locator("details select").nth(1).select_option("cue")
    card.node.get_by_label("Goes with").select_option("3")
    add.click()
    assert last(card) == {"do": "add", "at": "p1.s1", "words": "sink", "label": "cue", "nth": None, "to": 3}


def test_voices_are_counted_and_reports_compared(card: FakeCard) -> None:
    card.node.get_by_text("Who speaks how often").first.click()
    expect(card.node.get_by_role("table", name="Who speaks how often")).to_contain_text("KTA")
    expect(card.node.get_by_text("On KTA alone: p1.s1.")).to_be_visible()
    card.node.get_by_text("Beside another report").click()
    card.node.get_by_label("Text", exact=True).select_option("ferry")
    assert last(card) == {"do": "compare", "with": "ferry"}
    row = {"how": "added", "left": ["", ""], "right": ["p1.s1", "It sails."], "dropped": [], "added": ["It sails."]}
    card.told(comparison={"with": "The ferry", "rows": [row], "here": ["KTA"], "both": [], "there": ["Roe"]})
    expect(card.node.get_by_role("table", name="The boat beside The ferry")).to_contain_text("It sails.")
    expect(card.node.get_by_text("Only here: KTA. Only there: Roe.")).to_be_visible()


def test_agreement_is_asked_for_and_shown(card: FakeCard) -> None:
    card.node.get_by_text("Agreement with the draft or a colleague").click()
    card.node.get_by_role("button", name="Compare with the draft").click()
    assert last(card) == {"do": "agree"}
    card.told(agreement={"with": "the draft", "rows": [{"label": "quantity", "left": 2, "right": 1, "both": 1, "share": 2 / 3}]})
    expect(card.node.get_by_role("table", name="Agreement with the draft")).to_contain_text("67 %")
    file = {"name": "roe.toml", "mimeType": "text/plain", "buffer": b'text = "boat"'}
    card.node.get_by_label("A colleague's annotation file of this text").set_input_files(file)  # type: ignore[arg-type]
    card.page.wait_for_function("id => window.models[id].sent.length === 2", arg="marks")
    assert last(card) == {"do": "agree", "words": 'text = "boat"', "name": "roe.toml"}


def test_a_file_is_saved_by_the_view_that_asked_for_it(card: FakeCard, page: Page) -> None:
    card.node.get_by_role("button", name="Table (CSV)").click()
    message = card.sent()[-1]
    assert last(card) == {"do": "export", "form": "csv"}
    with page.expect_download() as got:
        card.told(file={"name": "marks-on-boat.csv", "type": "text/csv", "words": "a"}, view=message["view"])
    assert got.value.suggested_filename == "marks-on-boat.csv"


def test_it_leaves_no_listener_and_stands_on_a_phone(browser: Browser) -> None:
    page = fake_page(browser, width=390)
    card = FakeCard(page, {**SPEC, "id": "marks"}, **STATE)
    assert card.node.evaluate("node => node.scrollWidth <= node.clientWidth")
    card.remove()
    assert card.listeners() == 0
    page.context.close()


def test_it_can_be_used_by_everybody(card: FakeCard, page: Page) -> None:
    for summary in card.node.locator("summary").all():
        summary.click()
    tag(card, 2).focus()
    found = Axe().run(page, context="#cards").response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
