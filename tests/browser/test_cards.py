"""What a card does by itself, on a model that keeps what it is sent."""

from typing import Any

from fake import FakeCard, choices, spec, still_page
from playwright.sync_api import Page, expect

page = still_page
CHOOSE = spec("choose", choices=choices("agency", "ministry"), hints=2)
MANY = spec("choose-many", choices=choices("agency", "ministry", "reporter"))
WRITE = spec("write", lines=3)
ORDER = spec("order", items=[{"id": name, "text": name} for name in ("first", "second", "third")], ends=["early", "late"])
# "a b c d", each word one letter, at 0, 2, 4 and 6
MARK = spec(
    "mark",
    choices=choices("hedge", "source"),
    sentences=[{"at": "p1.s1", "words": [[0, 1, "a"], [2, 3, "b"], [4, 5, "c"], [6, 7, "d"]]}],
)
DESK = spec(
    "desk",
    items=[{"id": name, "who": "Agency", "date": "2 May", "title": f"Card {name}", "inside": f"Inside {name}"} for name in ("a", "b", "c")],
    budget=2,
)


def test_a_choice_is_sent_at_once_and_check_sends_it_again_to_be_marked(page: Page) -> None:
    card = FakeCard(page, CHOOSE)
    card.node.get_by_label("ministry").check()
    card.node.get_by_role("button", name="Check").click()
    assert [(message["do"], message["value"]) for message in card.sent()] == [("save", "m"), ("check", "m")]


def test_an_older_answer_of_the_other_side_never_overwrites_a_newer_one(page: Page) -> None:
    card = FakeCard(page, CHOOSE)
    card.node.get_by_label("agency").check()
    card.node.get_by_label("ministry").check()
    older, newer = card.sent()
    card.answered(older, message="Saved the agency.")
    assert card.status() == ""
    expect(card.node.get_by_label("ministry")).to_be_checked()
    card.answered(newer, message="Saved the ministry.")
    assert card.status() == "Saved the ministry."
    expect(card.node.get_by_label("ministry")).to_be_checked()


def test_an_older_answer_does_not_hide_that_the_newer_one_is_not_saved(page: Page) -> None:
    card = FakeCard(page, CHOOSE)
    card.node.get_by_label("agency").check()
    card.node.get_by_label("ministry").check()
    card.answered(card.sent()[0], message="Saved the agency.")
    page.clock.run_for(1000)
    assert card.status().startswith("Not saved yet")


def test_what_another_view_answers_is_shown_here(page: Page) -> None:
    one, two = FakeCard(page, CHOOSE), FakeCard(page, CHOOSE)
    two.node.get_by_label("agency").check()
    two.answered(two.sent()[-1], message="Saved.")
    expect(one.node.get_by_label("agency")).to_be_checked()
    one.node.get_by_label("ministry").check()
    two.answered(one.sent()[-1], message="Saved.")
    expect(two.node.get_by_label("ministry")).to_be_checked()
    assert two.status() == "Saved."


def test_typing_that_pauses_is_saved_once(page: Page) -> None:
    card = FakeCard(page, WRITE)
    card.node.get_by_label("Your answer").press_sequentially("It says so")
    assert card.values() == []
    page.clock.run_for(1000)
    assert card.values() == ["It says so"]


def test_typing_is_saved_at_once_when_the_box_is_left(page: Page) -> None:
    card = FakeCard(page, WRITE)
    card.node.get_by_label("Your answer").press_sequentially("It")
    card.node.get_by_label("Your answer").blur()
    assert card.values() == ["It"]
    page.clock.run_for(1000)
    assert card.values() == ["It"]


def test_none_of_these_clears_the_others_and_the_other_way_round(page: Page) -> None:
    card = FakeCard(page, MANY)
    for name in ("agency", "reporter", "None of these", "ministry"):
        card.node.get_by_label(name).check()
    assert card.values() == [["a"], ["a", "r"], [], ["m"]]
    card.node.get_by_label("ministry").uncheck()
    assert card.values()[-1] is None


def test_marks_that_would_overlap_replace_each_other(page: Page) -> None:
    card = FakeCard(page, MARK)
    words = card.node.get_by_role("option")
    words.nth(0).focus()
    for key in ("Space", "Shift+ArrowRight", "h", "Space", "Shift+ArrowRight", "s"):
        page.keyboard.press(key)  # "a b" is a hedge; then the word b and the next are a source
    first, second = card.values()
    assert first == [{"at": "p1.s1", "start": 0, "end": 3, "label": "h"}]
    assert [mark["label"] for mark in second] == ["s"]
    expect(card.node.get_by_role("list", name="Marked words").get_by_role("listitem")).to_have_count(1)


def test_marks_beside_each_other_both_stay(page: Page) -> None:
    card = FakeCard(page, MARK)
    card.node.get_by_role("option").nth(0).focus()
    for key in ("h", "ArrowRight", "s"):
        page.keyboard.press(key)
    assert card.values()[-1] == [
        {"at": "p1.s1", "start": 0, "end": 1, "label": "h"},
        {"at": "p1.s1", "start": 2, "end": 3, "label": "s"},
    ]


def test_nothing_to_mark_takes_the_marks_away_and_a_mark_takes_nothing_away(page: Page) -> None:
    card = FakeCard(page, MARK)
    nothing = card.node.get_by_label("There is nothing to mark here")
    card.node.get_by_role("option").nth(0).focus()
    page.keyboard.press("h")
    nothing.check()
    assert card.values()[-1] == []
    card.node.get_by_role("option").nth(3).focus()
    page.keyboard.press("s")
    expect(nothing).not_to_be_checked()
    card.node.get_by_role("button", name="Remove the mark").click()
    assert card.values()[-1] is None


def test_a_view_that_is_taken_away_leaves_no_listener_behind(page: Page) -> None:
    one, two = FakeCard(page, CHOOSE), FakeCard(page, CHOOSE)
    both = one.listeners()
    two.remove()
    assert one.listeners() * 2 == both
    one.remove()
    assert one.listeners() == 0


def test_a_workbench_that_is_taken_away_leaves_no_listener_behind(page: Page) -> None:
    tool = FakeCard(page, CHOOSE)
    tool.remove()
    bench = FakeCard(page, bench_of([], tools=[{"title": "Choose", "model": CHOOSE["id"], "whole": False}]))
    expect(bench.node.get_by_label("agency")).to_be_visible()
    assert tool.listeners() > 0
    bench.remove()
    assert tool.listeners() == 0


def test_start_over_can_be_undone_and_the_button_says_so(page: Page) -> None:
    card = FakeCard(page, CHOOSE)
    card.node.get_by_label("agency").check()
    card.node.get_by_role("button", name="Start over").click()
    expect(card.node.locator("input:checked")).to_have_count(0)
    card.node.get_by_role("button", name="Bring my answer back").click()
    expect(card.node.get_by_label("agency")).to_be_checked()
    assert [(message["do"], message["value"]) for message in card.sent()] == [("save", "a"), ("reset", None), ("save", "a")]
    expect(card.node.get_by_role("button", name="Start over")).to_be_visible()


def test_after_a_new_answer_there_is_nothing_left_to_bring_back(page: Page) -> None:
    card = FakeCard(page, CHOOSE)
    card.node.get_by_label("agency").check()
    card.node.get_by_role("button", name="Start over").click()
    card.node.get_by_label("ministry").check()
    expect(card.node.get_by_role("button", name="Start over")).to_be_visible()


def test_an_item_that_is_moved_keeps_the_focus_on_its_button(page: Page) -> None:
    card = FakeCard(page, ORDER)
    card.node.get_by_role("button", name="Move down: first").press("Enter")
    expect(card.node.get_by_role("button", name="Move down: first")).to_be_focused()
    page.keyboard.press("Enter")
    expect(card.node.get_by_role("button", name="Move up: first")).to_be_focused()  # at the bottom "down" is closed
    assert card.values() == [["second", "first", "third"], ["second", "third", "first"]]


def test_an_order_left_as_it_stands_is_an_answer_once_it_is_checked(page: Page) -> None:
    card = FakeCard(page, ORDER)
    card.node.get_by_role("button", name="Check").click()
    assert card.values() == [["first", "second", "third"]]


def test_desk_cards_stay_closed_until_there_is_a_first_number_and_only_as_many_open_as_may(page: Page) -> None:
    card = FakeCard(page, DESK)
    opens = card.node.get_by_role("button", name="Open: Card")
    expect(opens).to_have_count(3)
    for one in opens.all():
        expect(one).to_be_disabled()
    card.node.get_by_label("Before you open a card").fill("40")
    opens.nth(1).click()
    expect(card.node.get_by_text("Inside b")).to_be_focused()
    expect(card.node.get_by_text("Inside a")).to_be_hidden()
    opens.nth(0).click()
    expect(opens).to_have_count(1)
    expect(opens).to_be_disabled()
    assert card.values()[-1] == {"before": 40, "opened": ["b", "a"], "after": None}


def bench_of(marks: list[dict[str, Any]], tools: list[dict[str, Any]]) -> dict[str, Any]:
    lines = [{"at": "p1.s1", "words": "🚀 rose, it said."}]
    layers = [{"name": "hedge", "marks": marks}] if marks else []
    return {"workbench": "bench", "title": "A rocket", "passage": lines, "tools": tools, "layers": layers}


def test_of_open_marks_that_overlap_the_first_is_drawn_and_all_are_listed(page: Page) -> None:
    tool = FakeCard(page, CHOOSE)
    places = [(2, 6), (4, 12), (8, 10)]  # "rose", "se, it s" and "it", in signs, of which the rocket is one
    marks = [{"at": "p1.s1", "start": start, "end": end, "words": "x", "label": f"mark {start}", "note": "why"} for start, end in places]
    bench = FakeCard(page, bench_of(marks, [{"title": "Choose", "model": tool.id, "whole": False}]))
    bench.node.get_by_label("Show marks").select_option("hedge")
    assert bench.node.locator("mark").all_inner_texts() == ["rose", "it"]
    assert bench.node.locator(".dl-text .dl-line").inner_text().endswith("🚀 rose, it said.")
    expect(bench.node.get_by_role("list", name="Marks").get_by_role("listitem")).to_have_count(3)


def test_hints_come_one_by_one_and_then_the_button_is_closed(page: Page) -> None:
    card = FakeCard(page, CHOOSE)
    card.node.get_by_role("button", name="Hint", exact=True).click()
    card.answered(card.sent()[-1], hints=["Look at the verb."])
    card.node.get_by_role("button", name="Hint 2 of 2").click()
    card.answered(card.sent()[-1], hints=["Look at the verb.", "Who says it?"])
    assert card.node.get_by_role("list", name="Hints").get_by_role("listitem").all_inner_texts() == ["Look at the verb.", "Who says it?"]
    expect(card.node.get_by_role("button", name="Hint 2 of 2")).to_be_disabled()
    assert [message["do"] for message in card.sent()] == ["hint", "hint"]


def test_a_card_shows_what_it_has_and_nothing_else(page: Page) -> None:
    card = FakeCard(page, {**CHOOSE, "hints": 0})
    shown = [line.strip() for line in card.node.locator("form").inner_text().splitlines() if line.strip()]
    assert shown == ["What is said?", "A", "agency", "M", "ministry", "Check", "Start over"]


def test_from_five_rows_on_the_labels_stand_once_in_sight_and_each_choice_still_has_its_name(page: Page) -> None:
    def tagged(count: int) -> FakeCard:
        rows = [{"id": f"p1.s{n}", "at": f"p1.s{n}", "words": "A few words. " * 8, "given": "", "choices": []} for n in range(1, count + 1)]
        return FakeCard(page, spec("tag", id=f"q-{count}", rows=rows, choices=choices("agency", "ministry")))

    few, five, many = tagged(4), tagged(5), tagged(30)
    expect(few.node.locator(".dl-key")).to_have_count(0)
    expect(five.node.locator(".dl-key")).to_have_count(1)
    expect(few.node.get_by_text("ministry").first).to_be_in_viewport()
    key = many.node.locator(".dl-key")
    expect(key).to_have_text("A agencyM ministry")
    last = many.node.get_by_role("group", name="p1.s30").get_by_role("radio", name="ministry")
    last.scroll_into_view_if_needed()
    expect(key).to_be_in_viewport()
    last.check()
    assert many.sent()[-1]["value"] == {"p1.s30": "m"}
    height = "node => node.querySelector('.dl-rows').offsetHeight / node.querySelectorAll('.dl-item').length"
    assert many.node.evaluate(height) < few.node.evaluate(height)
