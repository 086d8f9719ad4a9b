"""A reader's own text in the book: pasted, marked, corrected by keyboard, kept in the browser, taken along, deleted, and sent nowhere."""

import json
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from driver import FLAGS, until
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from shelf import KEPT, Reader, Shelf, choose, made_book, one_reader, readers_browser, shelf, verdict

from dateline.authoring.suite import chromium
from dateline.book.build import build_copy, service

PAGE = "own-text"
REPORT = """Ferry fleet is ready, Kestria says

Kestria's ferries are ready, the state agency KTA reported on Friday, 2 June 2034. "We sail. We always sail," the minister said.

The fleet reportedly has 14 ships; it may have fewer, an analyst said.
"""
TITLE = "Ferry fleet is ready, Kestria says"


book, context, reader = made_book, readers_browser, one_reader


def paste(page: Page, words: str = REPORT) -> None:
    page.get_by_label("The text").fill(words)
    page.get_by_role("button", name="Mark this text").click()


def tag(page: Page, words: str) -> Locator:
    """The letter of a mark, by what it says to a screen reader."""
    return page.locator(f".dl-tag[aria-label*='{words}']").first


def texts(page: Page) -> Any:
    """The texts in the browser's database, by name."""
    found = [json.loads(words) for words in page.evaluate(KEPT)]
    return {next(iter(one["files"])).split("/")[1].split(".")[0]: one for one in found if "files" in one}


def saved(page: Page, button: str, folder: Path) -> str:
    """The words of the file that a button saves."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    download.value.save_as(folder / download.value.suggested_filename)
    return (folder / download.value.suggested_filename).read_text(encoding="utf-8-sig")


def test_a_pasted_text_is_marked_corrected_kept_exported_and_deleted(reader: Reader, tmp_path: Path) -> None:
    page = reader.open(PAGE).page
    page.get_by_label("Outlet, if you know it").fill("Harbour Post")
    paste(page)
    expect(page.get_by_role("status").filter(has_text="is taken in: 5 sentences and")).to_be_visible(timeout=60_000)
    expect(page.get_by_label("The text")).to_have_value("")
    expect(page.locator("[data-text]")).to_contain_text("Harbour Post · 2 June 2034")
    tag(page, "how it is known, with nobody named: reportedly").focus()
    expect(page.get_by_role("region", name="The chosen mark")).to_contain_text("rule")
    page.keyboard.press("x")
    expect(tag(page, "reportedly")).to_have_count(0)
    tag(page, "quantity: 14").focus()
    page.keyboard.press("Shift+ArrowRight")
    expect(tag(page, "quantity: 14 ships;, decided")).to_be_visible()
    expect(page.locator("[data-text]")).to_contain_text("2 decided")

    page.reload()
    expect(page.locator("[data-workbench^='own-']")).to_be_visible(timeout=60_000)
    expect(tag(page, "quantity: 14 ships;, decided")).to_be_visible()
    expect(tag(page, "reportedly")).to_have_count(0)
    reader.wait(PAGE)

    table = saved(page, "Table (CSV)", tmp_path)
    assert "14 ships;,number,number" in table
    assert "reportedly" not in table
    items = json.loads(saved(page, "Annotations (JSON)", tmp_path))["items"]
    assert "14 ships;" in [item["target"]["selector"][0]["exact"] for item in items]
    assert f"<h1>{TITLE}</h1>" in saved(page, "Marked page (HTML)", tmp_path)

    page.get_by_role("button", name=f"Delete: {TITLE}").click()
    expect(page.get_by_role("button", name="Keep it")).to_be_focused()
    page.get_by_role("button", name="Delete it").click()
    expect(page.get_by_text("No text is kept here yet.")).to_be_visible()
    expect(page.locator("[data-workbench^='own-']")).to_have_count(0)
    until(lambda: texts(page) == {})
    page.get_by_role("button", name="Bring back").click()
    expect(tag(page, "quantity: 14 ships;, decided")).to_be_visible()
    until(lambda: len(texts(page)) == 1)
    assert reader.said == []
    assert {url.split("/")[2] for url in reader.asked if not url.startswith(("data:", "blob:"))} == {f"127.0.0.1:{reader.shelf.port}"}


def test_what_is_typed_before_python_is_there_is_kept_and_marked_when_it_is(reader: Reader) -> None:
    page = reader.open(PAGE, alive=False).page
    page.get_by_label("The text").fill(REPORT)
    page.reload()
    expect(page.get_by_label("The text")).to_have_value(REPORT)
    page.get_by_role("button", name="Mark this text").click()
    expect(page.get_by_role("status").filter(has_text="The page is still getting ready.")).to_be_visible()
    expect(page.get_by_label("The text")).to_have_value(REPORT)
    expect(page.locator("[data-workbench^='own-']")).to_be_visible(timeout=90_000)
    expect(page.get_by_label("The text")).to_have_value("")
    page.reload()
    expect(page.get_by_label("The text")).to_have_value("")
    assert list(texts(page)) == ["own-ferry-fleet-is-ready-kestria-says"]


def test_a_fault_leads_to_the_line_and_the_text_stays_in_the_box(reader: Reader) -> None:
    page = reader.open(PAGE).page
    paste(page)
    expect(page.locator("[data-text]")).to_have_count(1, timeout=60_000)
    words = "Ferries sail\n\nThey sail.\nThey s\u0001ail.\n".replace("\u0001", "\u0000")
    page.get_by_label("The text").evaluate("(box, words) => { box.value = words; box.dispatchEvent(new Event('input')); }", words)
    page.get_by_role("button", name="Mark this text").click()
    alert = page.locator(".bk-own").get_by_role("alert")
    expect(alert).to_contain_text("Line 4: There is a character in this line that no text has (NUL).")
    alert.get_by_role("button", name="Go to line 4").click()
    chosen = page.get_by_label("The text").evaluate("(box) => box.value.slice(box.selectionStart, box.selectionEnd)")
    assert chosen == "They s\u0000ail."
    expect(page.locator("[data-text]")).to_have_count(1)


def test_the_texts_are_taken_along_in_one_file_and_a_teacher_gets_none(browser: Browser, reader: Reader, tmp_path: Path) -> None:
    page = reader.open(PAGE).page
    paste(page)
    tag(page, "quantity: 14").focus()
    page.keyboard.press("k")
    expect(page.locator("[data-text]")).to_contain_text("1 decided")
    saved(page, "Save all texts as a file", tmp_path)
    reader.turn("1.1 Who is speaking?").wait("11-who-is-speaking")
    choose(reader.card("predict-quotation"), "relayed")
    verdict(reader.card("predict-quotation"), "Right.")
    page.get_by_role("button", name="Your answers").first.click()
    answers = saved(page, "Save as a file", tmp_path)
    assert "relayed" in answers
    assert "Kestria" not in answers
    other = Reader(browser.new_context(), reader.shelf).open(PAGE)
    other.page.locator("#own-file").set_input_files(tmp_path / "my-texts.json")
    expect(other.page.get_by_role("status").filter(has_text="1 text taken in.")).to_be_visible()
    expect(tag(other.page, "quantity: 14, decided")).to_be_visible()
    other.page.locator("#own-file").set_input_files(tmp_path / "my-answers.json")
    expect(other.page.get_by_role("status").filter(has_text="my-answers.json is not a file of texts")).to_be_visible()
    assert other.said == []
    other.page.context.close()


def test_two_tabs_keep_each_others_marks(context: BrowserContext, book: Shelf) -> None:
    one = Reader(context, book).open(PAGE)
    paste(one.page)
    expect(one.page.locator("[data-text]")).to_have_count(1, timeout=60_000)
    two = Reader(context, book).open(PAGE)
    tag(one.page, "quantity: 14").focus()
    one.page.keyboard.press("k")
    expect(tag(one.page, "quantity: 14, decided")).to_be_visible()
    tag(two.page, "reportedly").focus()
    two.page.keyboard.press("x")
    expect(two.page.get_by_text("was changed elsewhere meanwhile")).to_be_visible()
    expect(tag(two.page, "quantity: 14, decided")).to_be_visible()
    tag(two.page, "reportedly").focus()
    two.page.keyboard.press("x")
    expect(tag(two.page, "reportedly")).to_have_count(0)
    words = json.dumps(texts(one.page))
    assert ("kept" in words, "out" in words) == (True, True)


def test_it_is_all_reached_by_keyboard_and_is_accessible_on_a_narrow_page(reader: Reader) -> None:
    page = reader.open(PAGE).page
    page.get_by_label("The text").focus()
    page.keyboard.insert_text(REPORT)
    for _ in range(9):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Mark this text":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Go to its marks")).to_be_visible(timeout=60_000)
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.dl-tag')"):
            break
    page.keyboard.press("k")
    expect(page.locator(".dl-tag.dl-settled").first).to_be_visible()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for width in (1280, 390, 320):
            page.set_viewport_size({"width": width, "height": 800})
            assert Axe().run(page).response["violations"] == [], (scheme, width)
            wide = page.evaluate("() => { const main = document.querySelector('main'); return main.scrollWidth - main.clientWidth; }")
            assert wide <= 0, f"{width} px: it can be scrolled sideways by {wide} px"


def test_a_full_storage_is_said_and_the_text_stays_in_the_box(context: BrowserContext, book: Shelf) -> None:
    reader = Reader(context, book).open(PAGE)
    quota = context.new_cdp_session(reader.page)
    origin = f"http://127.0.0.1:{book.port}"
    quota.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 1})
    paste(reader.page)
    expect(reader.page.get_by_role("alert").filter(has_text="This browser does not keep")).to_be_visible(timeout=60_000)
    expect(reader.page.locator(".bk-own .dl-status")).to_contain_text("This browser cannot keep it")
    expect(reader.page.get_by_label("The text")).to_have_value(REPORT)
    tag(reader.page, "quantity: 14").focus()
    reader.page.keyboard.press("k")
    expect(tag(reader.page, "quantity: 14, decided")).to_be_visible()
    assert texts(reader.page) == {}
    quota.send("Storage.overrideQuotaForOrigin", {"origin": origin})
    tag(reader.page, "reportedly").focus()
    reader.page.keyboard.press("x")
    until(lambda: len(texts(reader.page)) == 1)
    words = json.dumps(texts(reader.page))
    assert ("kept" in words, "out" in words) == (True, True)


def test_a_text_outlives_the_network_and_a_new_version_of_the_book(browser: Browser, tmp_path: Path) -> None:
    def on_disk() -> BrowserContext:
        return browser.browser_type.launch_persistent_context(str(tmp_path / "browser"), executable_path=chromium(), args=FLAGS)

    with shelf(tmp_path / "book") as book:
        context = on_disk()
        reader = Reader(context, book).open(PAGE)
        paste(reader.page)
        expect(reader.page.locator("[data-text]")).to_have_count(1, timeout=60_000)
        reader.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page = book.folder / f"{PAGE}.html"
        page.write_text(page.read_text(encoding="utf-8").replace("Here you use", "Now you use"), encoding="utf-8")
        files = {path.relative_to(book.folder).as_posix(): path.read_bytes() for path in book.folder.rglob("*") if path.is_file()}
        del files["service.js"]
        (book.folder / "service.js").write_bytes(service(files))
        reader.page.reload()
        told = reader.page.locator("dialog").get_by_text("A newer version of this course has been fetched")
        expect(told).to_be_attached(timeout=60_000)
        context.close()
        book.stop()
        context = on_disk()
        again = Reader(context, book).open(PAGE)
        expect(again.page.get_by_text("Now you use the tools")).to_be_visible()
        expect(tag(again.page, "quantity: 14")).to_be_visible()
        paste(again.page, "Ferries\n\nThey sail, KTA said.\n")
        expect(again.page.locator("[data-text]")).to_have_count(2, timeout=60_000)
        context.close()


def test_the_copy_without_keys_has_it_too(browser: Browser, tmp_path: Path) -> None:
    build_copy(tmp_path / "out", None, "", "", handout=True)
    made = Shelf(tmp_path / "out")
    context = browser.new_context()
    reader = Reader(context, made).open(PAGE)
    paste(reader.page)
    expect(tag(reader.page, "quantity: 14")).to_be_visible(timeout=60_000)
    context.close()
    made.stop()
