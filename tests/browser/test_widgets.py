"""Every widget of the lessons, used in a real JupyterLab as a learner would use it."""

import re
from collections.abc import Iterator

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from driver import Lab, Notebook, picture
from playwright.sync_api import BrowserContext, Locator, Page, expect

from dateline.authoring.notebooks import KERNEL

EXERCISES = (
    *("l12-mast", "l14-denial", "l15-drill", "l21-sort", "l21-predict", "l22-probably", "l22-realistic", "l23-budget", "l24-telling"),
    *("l31-when", "l32-alone", "l33-article", "l41-p6", "l42-matrix"),
)
PANELS = ("article-sources", "deterrent", "p5", "three-clocks", "tower-production", "names", "arrows", "gloss-quotation", "rewrite")


@pytest.fixture(scope="module")
def page(context: BrowserContext, lab: Lab) -> Iterator[Page]:
    """A page with every widget, opened once; each test uses a widget of its own."""
    calls = ["from dateline.lesson import exercise, explore", *(f'exercise("{name}")' for name in EXERCISES)]
    calls += [f'explore("{name}")' for name in PANELS]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(call) for call in calls], metadata=KERNEL)
    nbformat.write(notebook, lab.course / "notebooks" / "widgets.ipynb")
    page = context.new_page()
    Notebook(page, lab, "notebooks/widgets.ipynb").run_all()
    yield page
    page.close()


def card_of(page: Page, name: str) -> Locator:
    found = page.locator(f"form[data-exercise='{name}']")
    found.wait_for(timeout=60_000)
    found.scroll_into_view_if_needed()
    return found


def panel(page: Page, name: str) -> Locator:
    found = page.locator(f"[data-panel='{name}']")
    found.wait_for(timeout=60_000)
    found.scroll_into_view_if_needed()
    return found


def check(card: Locator) -> Locator:
    card.get_by_role("button", name="Check").click()
    return card.locator(".dl-verdict")


def mark(page: Page, card: Locator, at: str, first: str, last: str, label: str) -> None:
    """Mark from one word to another of a sentence with the keyboard: the arrows move, Shift extends, a letter labels."""
    words = card.get_by_role("listbox", name=f"Words of {at}").get_by_role("option")
    texts = words.all_inner_texts()
    start = texts.index(first)
    end = next(i for i in range(start, len(texts)) if texts[i] == last)
    words.first.focus()
    for _ in range(start):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    for _ in range(end - start):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press(label)


def is_accessible(page: Page, where: str) -> bool:
    return bool(Axe().run(page, context=where).response["violations"] == [])


def test_a_source_is_taken_away_and_its_claims_fall(page: Page) -> None:
    links = panel(page, "article-sources")
    links.get_by_label("North Korea's state media").uncheck()
    expect(links.get_by_role("status")).to_have_text("3 of 9 claims still stand.")
    expect(links.get_by_role("listitem").filter(has_text="draft plans")).to_contain_text("✗ falls")
    expect(links.get_by_role("listitem").filter(has_text="were launched")).to_contain_text("✓ stands")
    links.get_by_label("South Korea's Joint Chiefs of Staff").uncheck()
    expect(links.get_by_role("listitem").filter(has_text="were launched")).to_contain_text("✗ falls")
    assert is_accessible(page, "[data-panel='article-sources']")
    picture(links, "panel-break-a-link")

    chain = card_of(page, "l12-mast")
    steps = [("The Mast", "the press office", False), ("The Courier", "The Mast", False), ("The Evening Post", "The Courier", True)]
    for number, (to, source, inferred) in enumerate(steps):
        if number:
            chain.get_by_role("button", name="Add a step").click()
        row = chain.get_by_role("group", name="A step").nth(number)
        row.get_by_label("Who").select_option(label=to)
        row.get_by_label("got it from").select_option(label=source)
        row.get_by_label("inferred").set_checked(inferred)
    expect(check(chain)).to_contain_text("Right")
    picture(chain, "chain-builder")


def test_two_renderings_are_laid_beside_each_other(page: Page) -> None:
    aligner = panel(page, "deterrent")
    aligner.get_by_label("with", exact=True).select_option(label="The Korea Herald, from the Korean")
    expect(aligner.get_by_role("status")).to_have_text("4 of 6 parts differ.")
    expect(aligner.get_by_role("row").filter(has_text="in particular")).to_contain_text("+ added")
    expect(aligner.get_by_role("row").filter(has_text="enhancing")).to_contain_text("≠ changed")
    assert is_accessible(page, "[data-panel='deterrent']")
    picture(aligner, "panel-aligner")


def test_a_clause_is_read_word_by_word_with_a_tap_and_with_the_arrows(page: Page) -> None:
    reader = panel(page, "gloss-quotation")
    words = reader.get_by_role("radio")
    expect(words).to_have_count(8)
    about = reader.locator("[aria-live=polite].dl-glossed")
    reader.get_by_text("특히").click()
    expect(about.locator(":lang(ko)").first).to_have_text("특히")
    expect(about).to_contain_text("in particular")
    page.keyboard.press("ArrowRight")
    expect(words.nth(5)).to_be_focused()
    expect(about).to_contain_text("the most")
    assert reader.locator("label .dl-sense").all_inner_texts() == ["", "", "", "", "in particular", "the most", "", ""]
    assert about.locator("[lang=ko-Latn]").inner_text() == "jeil"
    expect(reader.get_by_text("In raising war-deterring power")).to_be_hidden()
    reader.get_by_text("All of it in our English").click()
    expect(reader.get_by_text("In raising war-deterring power")).to_be_visible()
    voiced = reader.evaluate(
        "node => [...node.querySelectorAll('*')].filter(e => [...e.childNodes].some(n => n.nodeType === 3 && /[ㄱ-ㅣ가-힣]/.test(n.data)))"
        ".map(e => e.closest('[lang]')?.lang)"
    )
    assert set(voiced) == {"ko"}, "every Korean word stands in an element that says so"
    assert is_accessible(page, "[data-panel='gloss-quotation']")
    picture(reader, "panel-gloss")


def test_a_rewrite_shows_whose_words_it_has(page: Page) -> None:
    prints = panel(page, "rewrite")
    line = prints.locator(".dl-line", has_text="p3.s1").first
    expect(line.locator("mark").last).to_have_text("is of paramount importance in bolstering war deterrent")
    prints.get_by_label("Reuters").press("ArrowRight")
    expect(prints.get_by_text("AFP: words in a row in 3 of 13 lines.")).to_be_visible()
    expect(line.locator("mark").last).to_have_text("is of paramount importance in bolstering")
    prints.get_by_label("The Independent").check()
    expect(prints.locator(".dl-line", has_text="H1").locator("mark")).to_have_count(0)
    expect(prints.locator(".dl-line:has(mark)")).to_have_count(11)
    assert is_accessible(page, "[data-panel='rewrite']")
    phrase = prints.get_by_role("button", name="a crucial step in the modernisation")
    phrase.press("Enter")
    expect(phrase).to_have_attribute("aria-pressed", "true")
    expect(prints.get_by_role("status")).to_contain_text("p4.s2, 5 words; p4.s2, 4 words.")
    expect(prints.locator("li", has_text="a crucial step in the modernisation").locator(".dl-line")).to_contain_text(
        "a crucial step in the nuclear armament of the"
    )
    phrase.click()
    expect(prints.locator("li .dl-line")).to_have_count(0)
    prints.get_by_label("On no card").check()
    expect(prints.get_by_role("button")).to_have_count(0)
    expect(prints.locator(".dl-line", has_text="p6.s2").locator("mark").last).to_have_text("in response.")
    assert is_accessible(page, "[data-panel='rewrite']")


def test_words_are_marked_through_five_lenses(page: Page) -> None:
    card = card_of(page, "l14-denial")
    mark(page, card, "p1.s3", "on", "alone.", "f")
    mark(page, card, "p1.s2", "on", "2031,", "t")
    expect(check(card)).to_contain_text("2 of 6 right")
    assert is_accessible(page, "form[data-exercise='l14-denial']")


def test_the_source_is_hidden_until_the_claim_is_graded(page: Page) -> None:
    card = card_of(page, "l15-drill")
    row = card.locator("tbody tr").filter(has_text="There were launches before midnight")
    hidden = row.get_by_text("Source to grade: Vellmark's Joint Staff.")
    expect(hidden).to_be_hidden()
    expect(row.locator("select").last).to_be_disabled()
    row.locator("select").first.select_option("1")
    expect(hidden).to_be_visible()
    row.locator("select").last.select_option("B")
    expect(check(card)).to_contain_text("2 of 10 right")
    picture(card, "two-axis-grader")


def test_hedges_are_sorted_and_a_number_for_reportedly_is_explained(page: Page) -> None:
    card = card_of(page, "l21-sort")
    expect(card.get_by_text("Filled in for you")).to_have_count(3)
    for words, value in {"was quoted as saying": "evidential", "may": "epistemic", "framed it as": "stance", "on Monday": "none"}.items():
        card.get_by_role("group", name=words, exact=True).locator(f"input[value={value}]").check()
    expect(check(card)).to_contain_text("Right: 4 of 4")
    first = card_of(page, "l21-predict")
    first.locator("input[value=sixty]").check()
    check(first)
    expect(first.locator(".dl-belief")).to_contain_text("about 60 per cent true")


def test_a_number_and_a_range_meet_the_readers(page: Page) -> None:
    card = card_of(page, "l22-probably")
    card.get_by_label("Your number", exact=True).fill("90")
    expect(check(card)).to_contain_text("Noted")
    expect(card.locator(".dl-feedback").get_by_role("img")).to_have_attribute("aria-label", re.compile("your number is 90 %"))
    ranged = card_of(page, "l22-realistic")
    ranged.get_by_label("From", exact=True).fill("40")
    ranged.get_by_label("To", exact=True).fill("50")
    expect(check(ranged)).to_contain_text("Not yet")
    ranged.get_by_label("From", exact=True).fill("25")
    ranged.get_by_label("To", exact=True).fill("80")
    expect(check(ranged)).to_contain_text("Right")
    assert is_accessible(page, "form[data-exercise='l22-realistic']")
    picture(ranged, "thermometer")


def test_a_gap_is_found_and_a_sound_sentence_costs(page: Page) -> None:
    card = card_of(page, "l23-budget")
    mark(page, card, "p4.s2", "forced", "hand.", "w")
    expect(check(card)).to_contain_text("1 of 4 right")
    mark(page, card, "p3.s3", "52", "cent", "q")
    expect(check(card)).to_contain_text("1 too many")
    expect(card.get_by_role("listitem").filter(has_text="Who asked, how many, when")).to_be_visible()
    picture(card, "gap-finder")


def test_strength_is_stepped_through_and_a_retelling_stopped(page: Page) -> None:
    stepper = panel(page, "p5")
    stepper.get_by_label("3 as strong as the evidence").check()
    expect(stepper.locator(".dl-stepped")).to_contain_text("had detected launches on Wednesday")
    expect(stepper.get_by_role("definition").nth(1)).to_have_text("Each source for its own part; the writer for having read both.")
    assert is_accessible(page, "[data-panel='p5']")
    picture(stepper, "panel-strength")

    card = card_of(page, "l24-telling")
    expect(card.get_by_text("1 of 5 shown.")).to_be_visible()
    card.get_by_role("button", name="Next").click()
    card.get_by_role("button", name="Next").click()
    expect(card.get_by_label("Stop at 4")).to_be_hidden()
    card.get_by_label("Stop at 3").check()
    expect(check(card)).to_have_text("Right.")
    picture(card, "laundering")


def test_the_days_move_when_another_clock_is_chosen(page: Page) -> None:
    clocks = panel(page, "three-clocks")
    afp = clocks.get_by_role("row").filter(has_text="AFP's page")
    expect(afp).to_contain_text("Fri 26 Dec, 08:53")
    clocks.get_by_label("UTC").check()
    expect(afp).to_contain_text("Thu 25 Dec, 23:53")
    expect(clocks.get_by_role("status")).to_have_text("Now on the clock of UTC.")
    expect(clocks.get_by_role("row").filter(has_text="The visits to the factories")).to_contain_text("not stated")
    assert is_accessible(page, "[data-panel='three-clocks']")
    picture(clocks, "panel-clocks")


def test_not_stated_is_an_answer_and_the_day_of_the_report_has_a_reason_of_its_own(page: Page) -> None:
    card = card_of(page, "l31-when")
    card.get_by_role("group", name="The visits to the factories").get_by_label("not stated").check()
    launch = card.get_by_role("group", name="The launch", exact=True)
    launch.get_by_label("Date").fill("2025-12-25")
    expect(check(card)).to_contain_text("1 of 4 right")
    expect(card.locator(".dl-note").filter(has_text="The article has the day of the report")).to_be_visible()
    launch.get_by_label("Date").fill("2025-12-24")
    launch.get_by_label("Time, if stated").fill("08:00")
    launch.get_by_label("Zone").select_option("Z")
    expect(check(card)).to_contain_text("2 of 4 right")
    picture(card, "dates-with-zones")


def test_the_wrong_year_is_found_in_the_headline(page: Page) -> None:
    card = card_of(page, "l32-alone")
    card.get_by_label("There is nothing to mark here").check()
    expect(check(card)).to_contain_text("Not yet")
    mark(page, card, "H1", "for", "2025", "x")
    expect(check(card)).to_contain_text("Right")


def test_one_rung_off_earns_half(page: Page) -> None:
    card = card_of(page, "l33-article")
    card.get_by_role("group", name="The submarine under construction").locator("input[value=parade]").check()
    expect(check(card)).to_contain_text("1 half right")
    card.get_by_role("group", name="The submarine under construction").locator("input[value=photo]").check()
    expect(check(card)).to_contain_text("1 of 4 right")


def test_an_assumption_is_taken_away_and_a_reading_falls(page: Page) -> None:
    tower = panel(page, "tower-production")
    tower.get_by_label("More is really made.").uncheck()
    expect(tower.get_by_role("listitem").filter(has_text="It is for export.")).to_contain_text("✗ falls")
    expect(tower.get_by_role("listitem").filter(has_text="It is for the congress.")).to_contain_text("✓ stands")
    assert is_accessible(page, "[data-panel='tower-production']")
    picture(tower, "panel-tower")


def test_reactions_are_counted_and_a_silence_is_a_cell(page: Page) -> None:
    counter = card_of(page, "l41-p6")
    for menu, value in zip(counter.locator("select").all(), ("state", "act", "no"), strict=True):
        menu.select_option(value)
    expect(check(counter)).to_contain_text("Right: 3 of 3")
    matrix = card_of(page, "l42-matrix")
    ilmar = matrix.locator("tbody tr:has(select)").last.locator("select")
    for menu, value in zip(ilmar.all(), ("none", "none", "to-22"), strict=True):
        menu.select_option(value)
    expect(check(matrix)).to_contain_text("3 of 15 right")
    assert is_accessible(page, "form[data-exercise='l42-matrix']")
    matrix.locator("tbody tr:has(select)").last.evaluate("row => row.scrollIntoView({ block: 'start' })")
    head = matrix.get_by_role("columnheader").first.bounding_box()
    notebook = page.locator(".jp-Notebook:visible").first.bounding_box()
    assert head
    assert notebook
    assert 0 <= head["y"] - notebook["y"] < 40, "the heads of a long table stay in sight"
    picture(matrix, "reaction-matrix")


def test_a_name_and_an_arrow_are_switched(page: Page) -> None:
    names = panel(page, "names")
    names.get_by_label("around it").check()
    expect(names.locator(".dl-stepped")).to_have_text("North Korea fired a missile over the sea off its east coast.")
    arrows = panel(page, "arrows")
    arrows.get_by_label("a third thing → both").check()
    expect(arrows.get_by_role("definition").first).to_contain_text("talks that failed")
    assert is_accessible(page, "[data-panel='arrows']")
    picture(arrows, "panel-arrows")


def test_a_card_that_comes_back_is_blank_and_keeps_an_answer_of_its_own(page: Page, lab: Lab) -> None:
    first, again = ("exit-yard", "exit-yard--in-1.2")
    calls = ["from dateline.lesson import exercise", f'exercise("{first}")', f'exercise("{again}")']
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(call) for call in calls], metadata=KERNEL)
    nbformat.write(notebook, lab.course / "notebooks" / "again.ipynb")
    tab = page.context.new_page()
    opened = Notebook(tab, lab, "notebooks/again.ipynb")
    opened.run_all()
    card = opened.card(first)
    card.locator("input[value=service]").check()
    check(card)
    back = opened.card(again)
    expect(back.locator("input[value=service]")).not_to_be_checked()
    back.locator("input[value=outlet]").check()
    expect(check(back)).to_have_text("Right.")
    expect(card.locator("input[value=service]")).to_be_checked()
    tab.close()
