"""What is on screen and not yet saved is never lost, and never written over something newer."""

from typing import Any

import pytest
from fake import FakeCard, choices, fake_page, load, spec, still_page
from playwright.sync_api import Browser, Page, expect

page = still_page
CHOOSE = spec("choose", choices=choices("agency", "ministry", "reporter"))
WRITE = spec("write", lines=3)
WHEN = spec("when", items=[{"id": "launch", "text": "The launch"}], offsets=[])
NOT_SAVED = "Not saved yet. Your answer is kept in this page and will be saved when the course is running again."


def box(card: FakeCard) -> Any:
    return card.node.get_by_label("Your answer")


def test_typing_that_does_not_pause_is_saved_after_two_seconds(page: Page) -> None:
    card = FakeCard(page, WRITE)
    for letter in "abcdef":
        box(card).press(letter)
        page.clock.run_for(300)
    assert card.values() == []  # 1.8 seconds
    box(card).press("g")
    page.clock.run_for(300)
    assert card.values() == ["abcdefg"]


@pytest.mark.parametrize(
    "end",
    [
        "dispatchEvent(new Event('pagehide'))",
        "Object.defineProperty(document, 'visibilityState', { value: 'hidden' }); document.dispatchEvent(new Event('visibilitychange'))",
        "ends['q-write'][0]()",
    ],
)
def test_what_is_being_typed_is_sent_when_the_page_or_the_card_goes(page: Page, end: str) -> None:
    card = FakeCard(page, WRITE)
    box(card).press_sequentially("It says")
    assert card.values() == []
    page.evaluate(end)
    assert card.values() == ["It says"]


def test_a_card_that_is_gone_sends_nothing_more_and_hears_nothing_more(page: Page) -> None:
    card = FakeCard(page, WRITE)
    box(card).press_sequentially("It says")
    card.remove()
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    page.clock.run_for(3000)
    assert card.values() == ["It says"]
    assert page.evaluate("[kernel.statusChanged.count(), kernel.connectionStatusChanged.count()]") == [0, 0]


def test_within_a_second_a_card_says_that_nobody_listens(page: Page) -> None:
    card = FakeCard(page, CHOOSE)
    card.node.get_by_label("agency").check()
    page.clock.run_for(900)
    assert card.status() == ""
    page.clock.run_for(100)
    assert card.status() == NOT_SAVED


@pytest.mark.parametrize(
    "end",
    [
        "kernel.statusChanged.emit('dead')",
        "kernel.statusChanged.emit('autorestarting')",
        "kernel.connectionStatusChanged.emit('disconnected')",
        "models.code.comm_live = false; models['q-write'].trigger('comm_live_update')",
    ],
)
def test_when_the_course_stops_what_is_unsaved_is_told_at_once(page: Page, end: str) -> None:
    card = FakeCard(page, WRITE)
    box(card).press("a")
    page.evaluate(f"async () => {{ {end} }}")
    expect(card.node.locator(".dl-status")).to_have_text(NOT_SAVED)


def test_when_the_course_stops_and_all_is_saved_nothing_is_said(page: Page) -> None:
    card = FakeCard(page, CHOOSE)
    card.node.get_by_label("agency").check()
    card.answered(card.sent()[-1], message="Saved.", saved="s1")
    page.evaluate("kernel.statusChanged.emit('dead')")
    page.clock.run_for(3000)
    assert card.status() == "Saved."


def test_a_busy_or_idle_kernel_is_no_reason_to_say_anything(page: Page) -> None:
    card = FakeCard(page, CHOOSE)
    card.node.get_by_label("agency").check()
    for status in ("busy", "idle"):
        page.evaluate(f"kernel.statusChanged.emit('{status}')")
    assert card.status() == ""


def test_what_could_not_be_saved_is_sent_when_the_connection_is_back(page: Page) -> None:
    card = FakeCard(page, CHOOSE)
    card.node.get_by_label("agency").check()
    page.evaluate("kernel.connectionStatusChanged.emit('connected')")
    assert card.values() == ["a", "a"]
    card.answered(card.sent()[-1], message="Saved.", saved="s1")
    page.evaluate("kernel.connectionStatusChanged.emit('connected')")
    assert card.values() == ["a", "a"]


def test_a_card_made_anew_shows_and_sends_what_the_one_before_could_not_save(page: Page) -> None:
    card = FakeCard(page, WRITE, value="old", saved="s1")
    box(card).fill("new")
    again = card.made_anew(value="old", saved="s1")
    expect(box(again)).to_have_value("new")
    assert [(message["do"], message["value"], message["based"]) for message in again.sent()] == [("save", "new", "s1")]


def test_a_card_made_anew_says_which_answer_its_words_were_based_on(page: Page) -> None:
    card = FakeCard(page, WRITE, value="old", saved="s1")
    box(card).fill("new")
    again = card.made_anew(value="changed elsewhere", saved="s2")
    assert [(message["value"], message["based"]) for message in again.sent()] == [("new", "s1")]


def test_what_is_typed_is_kept_before_it_is_sent(page: Page) -> None:
    card = FakeCard(page, WRITE)
    box(card).press("a")
    assert card.values() == []
    expect(box(card.made_anew())).to_have_value("a")


def test_a_page_that_is_loaded_anew_sends_what_it_could_not_save(page: Page) -> None:
    card = FakeCard(page, WRITE, value="old", saved="s1")
    box(card).fill("new")
    load(page)
    again = FakeCard(page, WRITE, value="old", saved="s1")
    expect(box(again)).to_have_value("new")
    assert [(message["value"], message["based"]) for message in again.sent()] == [("new", "s1")]


@pytest.mark.parametrize("loaded", [False, True])
def test_what_is_saved_is_not_kept_any_longer(page: Page, loaded: bool) -> None:
    card = FakeCard(page, CHOOSE)
    card.node.get_by_label("agency").check()
    card.answered(card.sent()[-1], saved="s1")
    if loaded:
        load(page)
    again = FakeCard(page, CHOOSE, value="m", saved="s2") if loaded else card.made_anew(value="m", saved="s2")
    expect(again.node.get_by_label("ministry")).to_be_checked()
    assert again.sent() == []


def test_what_was_saved_after_all_is_not_sent_again(page: Page) -> None:
    card = FakeCard(page, WRITE)
    box(card).fill("new")
    again = card.made_anew(value="new", saved="s1")
    assert again.sent() == []


def test_an_answer_that_was_not_stored_is_still_kept(page: Page) -> None:
    card = FakeCard(page, CHOOSE)
    card.node.get_by_label("agency").check()
    card.answered(card.sent()[-1], stored=False, message="Not saved. The disk is full.")
    assert card.status() == "Not saved. The disk is full."
    expect(card.made_anew().node.get_by_label("agency")).to_be_checked()


def test_where_the_browser_keeps_nothing_the_page_still_does(browser: Browser) -> None:
    page = fake_page(browser, still=True)
    page.add_init_script("Object.defineProperty(window, 'sessionStorage', { get() { throw new Error('forbidden'); } })")
    load(page)
    card = FakeCard(page, WRITE)
    box(card).fill("new")
    box(card).blur()
    assert card.values() == ["new"]
    expect(box(card.made_anew())).to_have_value("new")
    page.context.close()


def test_another_view_never_writes_over_what_is_not_saved_here(page: Page) -> None:
    card = FakeCard(page, WRITE)
    box(card).press_sequentially("mine")
    card.told(value="other", saved="s1", message="Saved.")
    expect(box(card)).to_have_value("mine")
    page.clock.run_for(1000)
    last = card.sent()[-1]
    assert (last["value"], last["based"]) == ("mine", "")  # based on what it has seen, so the other side can tell


def newer(card: FakeCard, value: Any, **more: Any) -> None:
    other = {"value": value, "confidence": None, "saved": "s9", "when": "2031-05-06 10:00"}
    card.answered(card.sent()[-1], stored=False, message="Not saved: changed elsewhere.", newer=other, **more)


def test_of_two_answers_both_are_shown_and_the_learner_keeps_the_one_above(page: Page) -> None:
    card = FakeCard(page, CHOOSE, value="r", saved="s1")
    card.node.get_by_label("agency").check()
    assert card.sent()[-1]["based"] == "s1"
    newer(card, "m")
    twin = card.node.get_by_role("group", name="Saved in another window, 2031-05-06 10:00")
    expect(twin.get_by_label("ministry")).to_be_checked()
    expect(twin.get_by_label("ministry")).to_be_disabled()
    expect(card.node.get_by_label("agency").first).to_be_checked()
    card.node.get_by_role("button", name="Keep the answer above").click()
    assert [card.sent()[-1][name] for name in ("do", "value", "based")] == ["save", "a", "s9"]
    card.answered(card.sent()[-1], saved="s10", newer=None, stored=True, message="Saved.")
    expect(twin).to_have_count(0)
    expect(card.node.get_by_label("agency")).to_be_checked()


def test_of_two_answers_the_learner_takes_the_other(page: Page) -> None:
    card = FakeCard(page, CHOOSE)
    card.node.get_by_label("agency").check()
    newer(card, "m")
    card.node.get_by_role("button", name="Take the other answer").click()
    assert card.sent()[-1]["do"] == "look"
    expect(card.node.get_by_label("ministry").first).to_be_checked()
    card.answered({**card.sent()[-1], "value": "m"}, saved="s9", newer=None, stored=True, message="Saved.")
    expect(card.made_anew(value="m", saved="s9").node.get_by_label("ministry")).to_be_checked()


def test_an_answer_of_this_view_that_arrived_without_a_word_is_no_quarrel(page: Page) -> None:
    card = FakeCard(page, WRITE)
    for words in ("first", "second"):
        box(card).fill(words)
        box(card).blur()
    again = card.made_anew()  # the first was stored before the other side went down, and nobody could say so
    newer(again, "first")
    last = again.sent()[-1]
    assert (last["do"], last["value"], last["based"]) == ("save", "second", "s9")
    expect(again.node.get_by_role("button", name="Keep the answer above")).to_have_count(0)


def test_a_date_that_is_half_typed_is_not_complained_of_until_the_box_is_left(page: Page) -> None:
    card = FakeCard(page, WHEN)
    date = card.node.get_by_label("Date")
    date.press_sequentially("2031-")
    page.clock.run_for(500)
    card.answered(card.sent()[-1], readable=False, stored=False, message="This answer cannot be read.")
    assert card.status() == ""
    date.blur()
    card.answered(card.sent()[-1], readable=False, stored=False, message="This answer cannot be read.")
    assert card.status() == "This answer cannot be read."
