"""The chain and the clocks that marks draft, without JupyterLab: what comes anew with the marks, and what stays on the page."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from fake import FakeCard, blank_page, fake_page, spec
from playwright.sync_api import Browser, Page, expect

PAGE, WIRE, KTA = ({"id": "page", "text": "this page"}, {"id": "Wire", "text": "Wire"}, {"id": "KTA", "text": "KTA"})
CHAIN = spec("chain", items=[PAGE, WIRE], from_marks=True, unmarked=True)
SATURDAY, MONDAY = ({"id": f"p1.s1 {day}", "text": f"p1.s1, “{day}”. report by KTA: It sank."} for day in ("Saturday", "Monday"))
CLOCKS = spec("when", prompt="When was it?", items=[PAGE, SATURDAY], offsets=["Z", "+09:00"], from_marks=True, unmarked=True)


def way(to: str, source: str) -> dict[str, Any]:
    return {"from": source, "to": to, "inferred": False}


DRAFT = {"drafted": True, "items": [PAGE, WIRE], "why": ["this page got it from Wire: dateline “Wire”, p1.s1"], "message": "Drafted."}


page = blank_page


@pytest.fixture
def chain(page: Page) -> FakeCard:
    return FakeCard(page, CHAIN, value=[way("page", "Wire")], **DRAFT)


@pytest.fixture
def clocks(page: Page) -> FakeCard:
    return FakeCard(page, CLOCKS, value={"p1.s1 Saturday": "2034-03-18T06:40+09:00"}, **{**DRAFT, "items": [PAGE, SATURDAY]})


def steps(card: FakeCard) -> list[list[str]]:
    rows = card.node.locator(".dl-step").all()
    return [[select.locator("option:checked").inner_text() for select in row.locator("select").all()] for row in rows]


def test_the_draft_is_on_the_page_with_the_marks_that_say_so_and_nothing_is_sent(chain: FakeCard) -> None:
    assert steps(chain) == [["this page", "Wire"]]
    chain.node.get_by_text("Which marks say so").click()
    expect(chain.node.get_by_text("dateline “Wire”, p1.s1")).to_be_visible()
    assert chain.status().strip() == "Drafted."
    assert chain.sent() == []


def test_a_step_is_changed_by_keyboard_and_sent_at_once(chain: FakeCard, page: Page) -> None:
    chain.node.get_by_label("inferred, not shown").focus()
    page.keyboard.press("Space")
    assert chain.values() == [[{**way("page", "Wire"), "inferred": True}]]
    assert chain.sent()[-1]["do"] == "save"


def test_the_chain_follows_when_the_marks_change(chain: FakeCard) -> None:
    chain.told(value=[way("page", "Wire"), way("Wire", "KTA")], items=[PAGE, WIRE, KTA], drafted=True)
    assert steps(chain) == [["this page", "Wire"], ["Wire", "KTA"]]
    expect(chain.node.get_by_role("img", name="this page got it from Wire; Wire got it from KTA")).to_be_visible()
    chain.node.get_by_role("button", name="Add a step").click()
    assert "KTA" in chain.node.locator(".dl-step").last.locator("select").first.locator("option").all_inner_texts()


def test_a_voice_that_no_mark_names_any_more_stays_in_the_step_that_has_it(chain: FakeCard) -> None:
    chain.told(value=[way("page", "Wire"), way("Wire", "Roe")], items=[PAGE], drafted=False)
    assert steps(chain) == [["this page", "Wire"], ["Wire", "Roe"]]
    chain.node.get_by_label("inferred, not shown").first.check()
    assert chain.values()[-1] == [{**way("page", "Wire"), "inferred": True}, way("Wire", "Roe")]


def test_what_is_half_done_outlives_the_answer_of_its_own_change(chain: FakeCard) -> None:
    chain.node.get_by_role("button", name="Add a step").click()
    chain.node.get_by_label("inferred, not shown").first.check()
    chain.answered(chain.sent()[-1], items=[PAGE, WIRE, KTA], drafted=False)
    assert steps(chain) == [["this page", "Wire"], ["choose…", "choose…"]]
    assert "KTA" in chain.node.locator(".dl-step").last.locator("select").first.locator("option").all_inner_texts()


def test_a_chain_without_a_step_is_an_answer_and_starting_over_brings_the_draft(chain: FakeCard) -> None:
    chain.node.get_by_role("button", name="Remove this step").click()
    assert chain.values() == [[]]
    chain.answered(chain.sent()[-1], drafted=False)
    assert steps(chain) == []
    chain.node.get_by_role("button", name="Start over").click()
    message = chain.sent()[-1]
    assert message["do"] == "reset"
    chain.answered({**message, "value": [way("page", "Wire")]}, drafted=True)
    assert steps(chain) == [["this page", "Wire"]]
    chain.node.get_by_role("button", name="Bring my answer back").click()
    assert chain.values()[-1] == []


def test_the_clocks_follow_and_keep_hour_and_zone(clocks: FakeCard) -> None:
    clocks.told(value={"p1.s1 Saturday": "2034-03-18T06:40+09:00", "p1.s1 Monday": "2034-03-13"}, items=[PAGE, SATURDAY, MONDAY])
    assert clocks.node.locator("legend").all_inner_texts() == [PAGE["text"], SATURDAY["text"], MONDAY["text"]]
    clocks.node.get_by_role("group", name="Monday").get_by_label("not stated").check()
    assert clocks.values()[-1] == {"p1.s1 Saturday": "2034-03-18T06:40+09:00", "p1.s1 Monday": "not stated"}


def test_a_day_whose_mark_is_gone_stays_until_it_is_taken_away(clocks: FakeCard) -> None:
    clocks.told(value={"p1.s1 Saturday": "2034-03-18", "page": "2034-03-19"}, items=[PAGE], drafted=False)
    row = clocks.node.get_by_role("group", name="p1.s1 Saturday")
    expect(row.get_by_label("Date or month")).to_have_value("2034-03-18")
    row.get_by_label("Date or month").fill("")
    row.get_by_label("Date or month").blur()
    assert clocks.values()[-1] == {"page": "2034-03-19"}


def test_typing_in_a_date_is_not_disturbed_by_the_answer_to_it(clocks: FakeCard, page: Page) -> None:
    box = clocks.node.get_by_role("group", name="this page").get_by_label("Date or month")
    box.fill("2034-03")
    page.wait_for_function("id => window.models[id].sent.length > 0", arg=clocks.id)
    box.press("-")
    clocks.answered(clocks.sent()[-1], drafted=False)
    expect(box).to_be_focused()
    expect(box).to_have_value("2034-03-")


def test_an_answer_from_another_window_stands_beside_with_its_own_names(chain: FakeCard) -> None:
    chain.node.get_by_label("inferred, not shown").check()
    newer = {"value": [way("page", "KTA")], "confidence": None, "saved": "x", "when": "09:00"}
    chain.answered(chain.sent()[-1], newer=newer, stored=False, drafted=False)
    twin = chain.node.locator(".dl-twin select").nth(1)
    expect(twin.locator("option:checked")).to_have_text("KTA")


def test_both_can_be_used_by_everybody_and_stand_on_a_phone(browser: Browser) -> None:
    page = fake_page(browser, width=390)
    chain = FakeCard(page, CHAIN, value=[way("page", "Wire")], **DRAFT)
    clocks = FakeCard(page, CLOCKS, value={"p1.s1 Saturday": "2034-03-18"}, **{**DRAFT, "items": [PAGE, SATURDAY]})
    chain.node.get_by_text("Which marks say so").click()
    for card in (chain, clocks):
        assert card.node.evaluate("node => node.scrollWidth <= node.clientWidth")
    found = Axe().run(page, context="#cards").response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    chain.remove()
    assert chain.listeners() == 0
    page.context.close()
