"""The sign and the reason stand at the part of the answer that they are about, and what a card shows fits what is asked."""

from collections.abc import Iterator
from typing import Any

import pytest
from fake import FakeCard, choices, fake_page, spec
from playwright.sync_api import Browser, Page, expect

TWO = choices("agency", "ministry")
ROWS = [{"id": f"r{i}", "at": f"p1.s{i}", "words": f"Sentence {i}.", "given": "", "choices": []} for i in (1, 2)]
TAG = spec("tag", rows=ROWS, choices=TWO)
LABELS = ("who says it", "how it is known")


def grid(rows: int, choices: list[dict[str, str]] = TWO) -> dict[str, Any]:
    items = [{"id": f"i{i}", "text": f"Claim {i}", "reveal": ""} for i in range(rows)]
    columns = [{"id": f"c{i}", "text": label} for i, label in enumerate(LABELS)]
    cells = [
        {"id": f"{item['id']}/{one['id']}", "at": "", "words": "", "given": "", "choices": choices} for item in items for one in columns
    ]
    return spec("grid", rows=cells, items=items, columns=columns)


def note(item: str, sign: str = "not", at: str = "") -> dict[str, Any]:
    shared = {"at": at, "chosen": "", "quote": "", "misconception": "", "better": ""}
    return {**shared, "item": item, "sign": sign, "reason": f"Because of {item or 'all'}."}


def feedback(*notes: dict[str, Any]) -> dict[str, Any]:
    return {"status": "partly", "verdict": "Partly right: 1 of 2 right.", "notes": notes, "next": "", "model": [], "readers": None}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = fake_page(browser)
    yield page
    page.context.close()


def checked(page: Page, asked: dict[str, Any], value: Any, *notes: dict[str, Any]) -> FakeCard:
    card = FakeCard(page, asked, value=value)
    card.node.get_by_role("button", name="Check").click()
    card.answered(card.sent()[-1], feedback=feedback(*notes))
    return card


def reason(card: FakeCard, item: str) -> Any:
    return card.node.locator(".dl-note").filter(has_text=f"Because of {item}.")


def test_a_row_carries_its_own_sign_and_reason_and_the_line_that_sums_up_is_said_once(page: Page) -> None:
    card = checked(page, TAG, {"r1": "a", "r2": "m"}, note("r1", "right"), note("r2", "not"))
    for number, words in ((1, "✓ right"), (2, "✗ not yet")):
        row = card.node.get_by_role("group", name=f"Sentence {number}.")
        said = row.locator("xpath=..").locator(".dl-note")
        expect(said).to_have_count(1)
        expect(said).to_contain_text(words)
        expect(said).to_contain_text(f"Because of r{number}.")
        assert row.get_attribute("aria-describedby") == said.get_attribute("id")
    expect(card.node.get_by_text("Partly right: 1 of 2 right.")).to_have_count(1)
    expect(card.node.get_by_role("status")).to_have_text("Partly right: 1 of 2 right.")
    expect(card.node.get_by_role("group", name="Reasons")).to_be_hidden()


def test_what_was_pressed_stays_where_it_is_when_reasons_come_above_it(page: Page) -> None:
    rows = [{"id": f"r{i}", "at": f"p1.s{i}", "words": f"Sentence {i}.", "given": "", "choices": []} for i in range(20)]
    card = FakeCard(page, spec("tag", rows=rows, choices=TWO), value={"r0": "a"})
    button = card.node.get_by_role("button", name="Check")
    button.click()
    before = button.bounding_box()
    assert before
    card.answered(card.sent()[-1], feedback=feedback(*(note(f"r{i}", "not") for i in range(20))))
    after = button.bounding_box()
    assert after
    assert abs(after["y"] - before["y"]) <= 1
    expect(card.node.get_by_role("status")).to_be_in_viewport(ratio=1)
    expect(reason(card, "r19")).to_be_in_viewport(ratio=1)


def test_what_is_about_the_whole_or_about_a_part_that_is_not_there_stands_below(page: Page) -> None:
    card = checked(page, TAG, {"r1": "a"}, note("", "none"), note("gone", "not", at="p9.s9"))
    below = card.node.get_by_role("group", name="Reasons")
    expect(below.get_by_role("listitem")).to_have_count(2)
    expect(below).to_contain_text("p9.s9")


def test_a_reason_goes_when_its_row_is_changed_and_the_others_stay(page: Page) -> None:
    card = checked(page, TAG, {"r1": "a", "r2": "m"}, note("r1", "not"), note("r2", "right"))
    row = card.node.get_by_role("group", name="Sentence 1.")
    row.get_by_label("ministry").check()
    expect(reason(card, "r1")).to_have_count(0)
    assert row.get_attribute("aria-describedby") is None
    expect(reason(card, "r2")).to_have_count(1)
    expect(card.node.get_by_text("You have changed your answer since.", exact=False)).to_be_visible()
    expect(card.node.get_by_text("Partly right", exact=False)).to_have_count(0)
    card.answered(card.sent()[-1], feedback=feedback(note("r1", "not"), note("r2", "right")), earlier=True, message="Saved.")
    expect(reason(card, "r1")).to_have_count(0)
    expect(reason(card, "r2")).to_have_count(1)
    expect(card.node.get_by_role("status")).to_have_text("Saved.")


def test_a_cell_carries_its_sign_and_the_reason_stands_below_its_row(page: Page) -> None:
    card = checked(page, grid(2), {"i0/c0": "a", "i1/c1": "m"}, note("i0/c0", "right"), note("i1/c1", "half"))
    rows = card.node.locator("tbody tr")
    expect(rows.nth(0).locator("td").nth(0)).to_contain_text("✓ right")
    expect(rows.nth(1)).to_contain_text("right · who says it")
    expect(rows.nth(1)).to_contain_text("Because of i0/c0.")
    expect(rows.nth(2).locator("td").nth(1)).to_contain_text("◐ half right")
    expect(rows.nth(3)).to_contain_text("Because of i1/c1.")
    menu = rows.nth(2).locator("select").nth(1)
    assert menu.get_attribute("aria-describedby") == rows.nth(3).locator(".dl-note").get_attribute("id")
    menu.select_option("a")
    expect(rows.nth(2)).not_to_contain_text("half right")
    expect(rows.nth(3)).to_be_hidden()


MARK = spec("mark", choices=TWO, sentences=[{"at": "p1.s1", "words": [[0, 1, "a"], [2, 3, "b"]]}])
MARKED = [{"at": "p1.s1", "start": 2, "end": 3, "label": "a"}]
ITEMS = [{"id": name, "text": f"Item {name}"} for name in "abc"]
DESK = [{"id": name, "who": "A", "date": "2 May", "title": f"Card {name}", "inside": f"Inside {name}"} for name in "ab"]


@pytest.mark.parametrize(
    ("asked", "value", "item", "where"),
    [
        (spec("choose-many", choices=TWO), ["m"], "m", "fieldset label:has-text('ministry') + div"),
        (MARK, MARKED, "p1.s1:2-3", ".dl-marks li"),
        (spec("order", items=ITEMS, ends=["early", "late"]), ["c", "a", "b"], "a", "ol li:nth-child(2)"),
        (spec("when", items=ITEMS, offsets=[]), {"b": "2031-05-06"}, "b", ".dl-item:nth-child(2)"),
        (spec("chain", items=ITEMS), [{"from": "a", "to": "b", "inferred": False}], "a>b", "fieldset.dl-step"),
        (spec("desk", items=DESK, budget=2), {"before": 50, "opened": ["b"], "after": 60}, "b", "li.dl-open"),
    ],
)
def test_every_kind_has_the_reason_where_the_answer_is(page: Page, asked: dict[str, Any], value: Any, item: str, where: str) -> None:
    card = checked(page, asked, value, note(item, "not"))
    expect(card.node.locator(where).locator(".dl-note")).to_have_count(1)
    expect(reason(card, item)).to_have_count(1)
    expect(card.node.get_by_role("group", name="Reasons")).to_be_hidden()


def test_no_empty_box_is_kept_for_what_may_be_said(page: Page) -> None:
    card = FakeCard(page, TAG)
    card.page.locator("#dateline-cards").wait_for(state="attached")
    buttons = card.node.locator(".dl-buttons").bounding_box()
    whole = card.node.locator("form").bounding_box()
    assert buttons
    assert whole
    assert whole["y"] + whole["height"] - (buttons["y"] + buttons["height"]) < 30


def test_a_long_table_keeps_its_heads_in_sight(page: Page) -> None:
    card = FakeCard(page, grid(40))
    card.page.locator("#dateline-cards").wait_for(state="attached")
    card.node.locator("tbody tr").nth(60).evaluate("row => scrollTo(0, row.getBoundingClientRect().top)")
    for label in LABELS:
        box = card.node.get_by_role("columnheader", name=label).bounding_box()
        assert box
        assert -1 <= box["y"] <= 5


def test_words_between_stars_are_emphasised_and_nothing_is_ever_taken_as_html(page: Page) -> None:
    card = FakeCard(page, spec("choose", choices=TWO, prompt="Tick *inferred* or *not so*, 2 * 3 * 4, <b>*so*</b>"))
    prompt = card.node.locator(".dl-prompt")
    assert prompt.locator("em").all_inner_texts() == ["inferred", "not so", "so"]
    expect(prompt).to_have_text("Tick inferred or not so, 2 * 3 * 4, <b>so</b>")


def test_a_menu_too_narrow_for_its_choice_shows_it_whole_below(page: Page) -> None:
    long = [
        {"id": "a", "text": "is against it, or is said to be against it by somebody who was not asked himself"},
        {"id": "m", "text": "no"},
    ]
    card = FakeCard(page, grid(1, long))
    menu = card.node.locator("select").first
    whole = card.node.locator(".dl-chosen").first
    expect(whole).to_be_hidden()
    menu.select_option("a")
    expect(whole).to_have_text(long[0]["text"])
    expect(whole).to_be_visible()
    menu.select_option("m")
    expect(whole).to_be_hidden()


def test_a_slider_without_a_number_shows_none(page: Page) -> None:
    card = FakeCard(page, spec("number", bounds=[0, 100], unit="%"))
    slider = card.node.get_by_role("slider")
    expect(card.node.get_by_text("no number yet")).to_be_visible()
    assert slider.get_attribute("aria-valuetext") == "no number yet"
    slider.focus()
    page.keyboard.press("End")
    expect(card.node.get_by_text("no number yet")).to_be_hidden()
    assert slider.get_attribute("aria-valuetext") is None
    expect(card.node.get_by_label("Your number", exact=True)).to_have_value("100")
    assert card.sent()[-1]["value"] == 100
    card.node.get_by_label("Your number", exact=True).fill("")
    expect(card.node.get_by_text("no number yet")).to_be_visible()


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("62,5", 62.5),
        ("62.5", 62.5),
        (" 7 ", 7),
        ("0,125", 0.125),
        ("62 %", 62),
        ("62%", 62),
        ("−3", -3),
        ("1000", 1000),
        ("1,000", "1,000"),
        ("abc", "abc"),
        ("1.2.3", "1.2.3"),
        ("", None),
    ],
)
def test_a_number_is_read_as_people_type_it(page: Page, typed: str, value: Any) -> None:
    card = FakeCard(page, spec("number", bounds=[0, 100], unit="%"), value=50)
    number = card.node.get_by_label("Your number", exact=True)
    number.fill(typed)
    number.blur()
    assert card.sent()[-1]["value"] == value
    card.answered(card.sent()[-1])
    expect(number).to_have_value(typed)


def test_the_words_of_a_brief_are_counted_as_they_are_typed(page: Page) -> None:
    card = FakeCard(page, spec("write", lines=19), value="One two")
    expect(card.node.get_by_text("2 words")).to_be_visible()
    card.node.get_by_label("Your answer").press("End")
    card.node.get_by_label("Your answer").press_sequentially("  three\n four ")
    expect(card.node.get_by_text("4 words")).to_be_visible()
    short = FakeCard(page, {**spec("write", lines=3), "id": "short"})
    expect(short.node.get_by_text("words")).to_have_count(0)


def test_what_is_not_marked_is_only_saved(page: Page) -> None:
    card = FakeCard(page, spec("choose", choices=TWO, unmarked=True))
    expect(card.node.get_by_role("button", name="Check")).to_have_count(0)
    card.node.get_by_label("agency").check()
    card.answered(card.sent()[-1], message="Saved.")
    expect(card.node.get_by_role("status")).to_have_text("Saved.")
    assert [message["do"] for message in card.sent()] == ["save"]


def test_long_words_in_a_table_are_not_broken(page: Page) -> None:
    long = [{"id": "a", "text": "neighbours"}]
    asked = grid(2, long)
    asked["items"][0]["text"] = "happened neighbours understood"
    card = FakeCard(page, asked)
    page.locator("#dateline-cards").wait_for(state="attached")
    page.set_viewport_size({"width": 520, "height": 900})
    widths = card.node.get_by_role("rowheader").first.evaluate(
        "node => { const range = document.createRange(); const text = node.firstChild;"
        " return text.data.split(' ').map((word, i, all) => { const from = all.slice(0, i).join(' ').length + (i ? 1 : 0);"
        " range.setStart(text, from); range.setEnd(text, from + word.length); return range.getClientRects().length; }); }"
    )
    assert widths == [1, 1, 1]  # each word on one line
