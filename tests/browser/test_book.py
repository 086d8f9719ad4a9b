"""The book in Chromium: pages that come alive, answers that stay with the reader whatever happens, and nobody else who hears of them."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import psutil
import pytest
from axe_playwright_python.sync_playwright import Axe
from driver import FLAGS, until
from playwright.sync_api import Browser, BrowserContext, expect
from shelf import Reader, Shelf, choose, made_book, one_reader, readers_browser, shelf, verdict

from dateline.authoring.suite import NEEDS, chromium, found
from dateline.book.build import service
from dateline.classroom.scorm import make_package
from dateline.folders import course_folder

PUPPETEER = course_folder() / "node_modules" / "puppeteer-core"
LESSON = "11-who-is-speaking"
REFUSES = 'Object.defineProperty(globalThis, "indexedDB", { get() { throw new DOMException("refused", "SecurityError"); } });\n'


book, context, reader = made_book, readers_browser, one_reader


def on_disk(browser: Browser, folder: Path) -> BrowserContext:
    """A browser of its own, with what it keeps in a folder."""
    return browser.browser_type.launch_persistent_context(str(folder), executable_path=chromium(), args=FLAGS)


def test_a_lesson_is_answered_before_python_is_there_and_kept(reader: Reader) -> None:
    reader.open(LESSON, alive=False)
    card = reader.card("predict-quotation")
    choose(card, "heard")
    reader.card("say-why-p3").locator("textarea").fill("The sentence says who quotes.")
    reader.wait(LESSON)
    expect(card.get_by_role("status")).to_contain_text("Saved", timeout=30_000)
    verdict(card, "Not yet.")
    choose(card, "relayed")
    verdict(card, "Right.")
    expect(reader.page.locator(".rv-count")).to_have_text("2 of 6 answered")
    expect(reader.page.locator(".rv-part a[aria-current] .rv-heard")).to_have_text(", begun")
    kept = reader.kept()
    assert kept["predict-quotation"]["value"] == "relayed"
    assert kept["predict-quotation"]["first"] == "heard"
    assert kept["say-why-p3"]["value"] == "The sentence says who quotes."
    reader.page.reload()
    expect(card.locator("input[value='relayed']")).to_be_checked()
    expect(reader.card("say-why-p3").locator("textarea")).to_have_value("The sentence says who quotes.")
    expect(reader.page.locator(".rv-count")).to_have_text("2 of 6 answered")
    reader.wait(LESSON)
    assert reader.said == []


def test_the_tools_of_a_workbench_are_live_and_keep_what_is_written(reader: Reader) -> None:
    reader.open("61-capstone-a-satellite")
    page = reader.page
    page.get_by_role("tab", name="Brief").click()
    box = page.get_by_role("tabpanel", name="Brief").locator("textarea").first
    box.fill("A satellite was launched, KTA says.")
    until(lambda: reader.kept().get("c8-brief", {}).get("value") == "A satellite was launched, KTA says.")
    page.reload()
    page.get_by_role("tab", name="Brief").click()
    expect(box).to_have_value("A satellite was launched, KTA says.")


def test_what_follows_the_answers_changes_without_anything_being_run(reader: Reader) -> None:
    reader.open(LESSON)
    expect(reader.page.get_by_text("Not answered yet").first).to_be_visible()
    card = reader.card("predict-quotation")
    choose(card, "relayed")
    verdict(card, "Right.")
    expect(reader.page.get_by_text("At first you said: Somebody has published these words").first).to_be_visible()
    reader.turn("1.2 Where did it come from?").wait("12-where-did-it-come-from")
    assert reader.page.url.endswith("/12-where-did-it-come-from.html")
    assert reader.page.title() == "1.2 Where did it come from? · Reading the Dateline"
    reader.page.go_back()
    reader.wait(LESSON)
    expect(card.locator("input[value='relayed']")).to_be_checked()
    assert reader.said == []


def test_typing_when_the_tab_closes_is_saved_at_the_next_visit_of_any_page(context: BrowserContext, book: Shelf) -> None:
    first = Reader(context, book).open(LESSON)
    first.card("say-why-p3").locator("textarea").press_sequentially("half a thou")
    first.page.close()
    second = Reader(context, book).open("12-where-did-it-come-from")
    until(lambda: second.kept().get("say-why-p3", {}).get("value") == "half a thou")


def test_an_answer_outlives_a_killed_browser(browser: Browser, book: Shelf, tmp_path: Path) -> None:
    context = on_disk(browser, tmp_path)
    reader = Reader(context, book).open(LESSON)
    choose(reader.card("predict-quotation"), "relayed")
    verdict(reader.card("predict-quotation"), "Right.")
    for process in psutil.process_iter(["cmdline"]):
        if f"--user-data-dir={tmp_path}" in (process.info["cmdline"] or []):
            process.kill()
    (tmp_path / "SingletonLock").unlink(missing_ok=True)
    context = on_disk(browser, tmp_path)
    again = Reader(context, book).open(LESSON, alive=False)
    expect(again.card("predict-quotation").locator("input[value='relayed']")).to_be_checked()
    assert again.kept()["predict-quotation"]["checks"] == 1
    context.close()


def test_two_tabs_keep_each_others_answers(context: BrowserContext, book: Shelf) -> None:
    one, other = Reader(context, book).open(LESSON), Reader(context, book).open(LESSON)
    choose(one.card("predict-quotation"), "relayed")
    verdict(one.card("predict-quotation"), "Right.")
    choose(other.card("exit-yard"), "service")
    expect(other.card("exit-yard").get_by_role("status")).to_contain_text("Saved")
    choose(other.card("predict-quotation"), "heard")
    expect(other.page.get_by_text("Saved in another window")).to_be_visible()
    assert other.kept()["predict-quotation"]["value"] == "relayed"
    other.page.get_by_role("button", name="Keep the answer above").click()
    until(lambda: other.kept()["predict-quotation"]["value"] == "heard")
    assert one.kept()["exit-yard"]["value"] == "service"


def test_a_browser_that_keeps_nothing_says_so_and_offers_a_file(context: BrowserContext, book: Shelf, tmp_path: Path) -> None:
    words = (book.folder / "course" / "storage.js").read_text(encoding="utf-8")
    context.route("**/storage.js", lambda route: route.fulfill(body=REFUSES + words, content_type="text/javascript"))
    reader = Reader(context, book).open(LESSON)
    expect(reader.page.get_by_role("alert")).to_contain_text("This browser does not keep your answers")
    card = reader.card("predict-quotation")
    choose(card, "relayed")
    verdict(card, "Right.")
    expect(card.get_by_role("status")).to_contain_text("Not saved. This browser cannot keep it")
    choose(reader.card("exit-yard"), "service")
    expect(reader.card("exit-yard").get_by_role("status")).to_contain_text("Not saved")
    reader.page.get_by_role("alert").get_by_role("button", name="Save your answers as a file").click()
    with reader.page.expect_download() as download:
        reader.page.get_by_role("button", name="Save as a file").click()
    download.value.save_as(tmp_path / "mine.json")
    saved = json.loads((tmp_path / "mine.json").read_text(encoding="utf-8"))["modules"]["1"]
    assert {name: answer["value"] for name, answer in saved.items()} == {"predict-quotation": "relayed", "exit-yard": "service"}
    assert saved["predict-quotation"]["checks"] == 1


def test_a_full_storage_is_said_at_once_and_nothing_is_lost(context: BrowserContext, book: Shelf) -> None:
    reader = Reader(context, book).open(LESSON)
    quota = context.new_cdp_session(reader.page)
    quota.send("Storage.overrideQuotaForOrigin", {"origin": f"http://127.0.0.1:{book.port}", "quotaSize": 1})
    card = reader.card("predict-quotation")
    choose(card, "relayed")
    expect(card.get_by_role("status")).to_contain_text("Not saved. This browser cannot keep it")
    expect(reader.page.get_by_role("alert")).to_contain_text("This browser does not keep your answers")
    assert reader.kept() == {}
    quota.send("Storage.overrideQuotaForOrigin", {"origin": f"http://127.0.0.1:{book.port}"})
    choose(reader.card("exit-yard"), "service")
    expect(reader.card("exit-yard").get_by_role("status")).to_contain_text("Saved")
    expect(reader.page.get_by_role("alert")).to_be_hidden()
    assert {name: answer["value"] for name, answer in reader.kept().items()} == {"predict-quotation": "relayed", "exit-yard": "service"}


def test_answers_are_kept_on_a_plain_address_with_a_name(browser: Browser, book: Shelf, tmp_path: Path) -> None:
    flags = [*FLAGS, "--host-resolver-rules=MAP plain.test 127.0.0.1"]
    context = browser.browser_type.launch_persistent_context(str(tmp_path), executable_path=chromium(), args=flags)
    reader = Reader(context, book).open(LESSON, host="plain.test")
    choose(reader.card("predict-quotation"), "relayed")
    verdict(reader.card("predict-quotation"), "Right.")
    reader.page.reload()
    expect(reader.card("predict-quotation").locator("input[value='relayed']")).to_be_checked()
    assert reader.page.evaluate("isSecureContext") is False
    assert reader.said == []
    context.close()


def test_the_file_of_answers_is_graded_and_taken_in_elsewhere(browser: Browser, reader: Reader, tmp_path: Path) -> None:
    reader.open(LESSON)
    choose(reader.card("predict-quotation"), "relayed")
    verdict(reader.card("predict-quotation"), "Right.")
    reader.page.get_by_role("button", name="Your answers").first.click()
    box = reader.page.get_by_role("dialog", name="Your answers")
    expect(box).to_contain_text("They were never saved as a file here.")
    box.get_by_label("File name").fill("../lee:min")
    with reader.page.expect_download() as download:
        box.get_by_role("button", name="Save as a file").click()
    assert download.value.suggested_filename == "leemin.json"
    expect(box).to_contain_text("Last saved as a file:")
    hand_ins = tmp_path / "hand-ins"
    hand_ins.mkdir()
    download.value.save_as(hand_ins / "lee-min.json")
    out = tmp_path / "graded"
    subprocess.run([sys.executable, "-m", "dateline", "grade", str(hand_ins), "--out", str(out)], check=True, capture_output=True)
    assert "lee-min" in (out / "gradebook.csv").read_text(encoding="utf-8")
    other = Reader(browser.new_context(), reader.shelf).open(LESSON)
    other.page.get_by_role("button", name="Your answers").first.click()
    other.page.locator("#bk-file").set_input_files(hand_ins / "lee-min.json")
    expect(other.page.get_by_text("1 answer taken in.")).to_be_visible()
    other.page.get_by_role("button", name="Close").click()
    expect(other.card("predict-quotation").locator("input[value='relayed']")).to_be_checked()
    other.page.context.close()


def test_every_page_is_alive_accessible_and_narrow_enough_and_asks_nobody_else(reader: Reader) -> None:
    reader.open()
    page = reader.page
    names = page.locator(".rv-part a").evaluate_all("(links) => links.map((link) => link.dataset.page)")
    assert len(names) == len(set(names)) == len(list(reader.shelf.folder.glob("*.html"))) - 1
    for number, name in enumerate(names):
        page.emulate_media(color_scheme="dark" if number % 2 else "light")
        narrow = bool(number % 2)
        page.set_viewport_size({"width": 320 if narrow else 1280, "height": 800})
        map_button = page.get_by_role("button", name="Map")
        expect(map_button).to_have_attribute("aria-expanded", "false" if narrow else "true")
        if narrow:
            map_button.click()
        page.locator(f".rv-part a[data-page='{name}']").click()
        page.locator(f"article[data-page='{name}'][data-alive]").wait_for()
        assert page.get_by_text("could not be shown").count() == 0, name
        cards_from_before = page.get_by_role("heading", name="A few cards from before").count()
        assert cards_from_before == (name == "notebooks/00-start.ipynb"), "a lesson has no section for cards when none is due"
        assert Axe().run(page).response["violations"] == [], name
        wide = page.evaluate("() => { const main = document.querySelector('main'); return main.scrollWidth - main.clientWidth; }")
        assert wide <= 0, f"{name} can be scrolled sideways by {wide} px"
    assert reader.said == []
    assert {url.split("/")[2] for url in reader.asked if not url.startswith(("data:", "blob:"))} == {f"127.0.0.1:{reader.shelf.port}"}
    assert page.context.cookies() == []


def test_the_list_of_sources_is_a_page_and_links_in_the_prose_lead_to_places(reader: Reader) -> None:
    reader.open(alive=False)
    page = reader.page
    page.goto(reader.shelf.address("sources"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    entry = page.locator("main a[href*='#'], main [id]").last.get_attribute("id")
    page.goto(f"{reader.shelf.address('sources')}#{entry}")
    expect(page.locator(f"[id='{entry}']")).to_be_in_viewport()


def test_without_javascript_it_is_a_book_to_read(browser: Browser, book: Shelf) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(book.address(LESSON))
    expect(page.get_by_role("heading", name="1.1 Who is speaking?")).to_be_visible()
    expect(page.get_by_text("What do the quotation marks in this sentence promise you?").first).to_be_visible()
    expect(page.locator("noscript p")).to_contain_text("allow JavaScript for this site")
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_role("heading", name="1.2 Where did it come from?")).to_be_visible()
    page.locator(".rv-map a", has_text="1.3 Quotes that drift").click()
    expect(page.get_by_role("heading", name="1.3 Quotes that drift")).to_be_visible()
    context.close()


def test_nothing_moves_when_the_cards_come_alive(reader: Reader) -> None:
    reader.page.add_init_script(MOVED)
    reader.open(LESSON)
    reader.page.wait_for_timeout(500)
    assert reader.page.evaluate("window.moved") < 0.02


MOVED = """window.moved = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.moved += entry.value;
}).observe({ type: "layout-shift", buffered: true });"""


def test_after_the_first_visit_every_page_opens_with_the_server_gone(browser: Browser, tmp_path: Path) -> None:
    with shelf(tmp_path / "book") as book:
        context = on_disk(browser, tmp_path / "browser")
        reader = Reader(context, book).open()
        reader.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        context.close()
        book.stop()
        context = on_disk(browser, tmp_path / "browser")
        again = Reader(context, book).open("24-as-much-as-you-know")
        choose(again.card("l24-exit"), again.card("l24-exit").locator("input").first.get_attribute("value") or "")
        expect(again.card("l24-exit").get_by_role("status")).to_contain_text("Saved")
        again.turn("6.1").wait("61-capstone-a-satellite")
        again.page.goto(book.address("sources"))
        expect(again.page.get_by_role("heading", level=1)).to_be_visible()
        context.close()


def test_a_new_version_is_told_and_taken_at_the_next_visit_with_the_answers_of_the_old(browser: Browser, tmp_path: Path) -> None:
    with shelf(tmp_path / "book") as book:
        context = on_disk(browser, tmp_path / "browser")
        reader = Reader(context, book).open(LESSON)
        choose(reader.card("predict-quotation"), "relayed")
        verdict(reader.card("predict-quotation"), "Right.")
        reader.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page = book.folder / f"{LESSON}.html"
        page.write_text(
            page.read_text(encoding="utf-8").replace("Two sentences that look alike", "Two sentences, mended"), encoding="utf-8"
        )
        files = {path.relative_to(book.folder).as_posix(): path.read_bytes() for path in book.folder.rglob("*") if path.is_file()}
        del files["service.js"]
        (book.folder / "service.js").write_bytes(service(files))
        reader.page.reload()
        expect(reader.page.get_by_role("heading", name="Two sentences that look alike")).to_be_visible()
        told = reader.page.locator("dialog").get_by_text("A newer version of this course has been fetched")
        expect(told).to_be_attached(timeout=60_000)
        context.close()
        context = on_disk(browser, tmp_path / "browser")
        again = Reader(context, book).open(LESSON)
        expect(again.page.get_by_role("heading", name="Two sentences, mended")).to_be_visible()
        expect(again.card("predict-quotation").locator("input[value='relayed']")).to_be_checked()
        context.close()


def lacking() -> str:
    """What a reader in Firefox lacks on this machine, or nothing."""
    missing = [NEEDS[need][1] for need in ("firefox", "node") if not found(need)]
    return "; ".join(missing or ([] if PUPPETEER.is_dir() else ["puppeteer-core (say `npm ci` in the course's folder)"]))


def test_a_reader_in_firefox_answers_keeps_saves_a_file_and_reads_on_without_a_network(book: Shelf, tmp_path: Path) -> None:
    if lacks := lacking():
        assert os.environ.get("CI") != "true", lacks
        pytest.skip(f"left out: it needs {lacks}")
    firefox, node = found("firefox"), found("node")
    assert firefox
    assert node
    own = Shelf(book.folder)
    command = [node, str(Path(__file__).with_name("reader.mjs")), own.address(), firefox, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=course_folder()) as running:
        assert running.stdin
        assert running.stdout
        assert running.stdout.readline() == "stop the server\n"
        own.stop()
        running.stdin.write("\n")
        running.stdin.flush()
        seen = json.loads(running.stdout.readline())
    assert seen == {"errors": [], "count": "1 of 6 answered", "kept": True, "offline": "2.4 Say exactly as much as you know"}
    saved = json.loads((tmp_path / "my-answers.json").read_text(encoding="utf-8"))["modules"]["1"]["predict-quotation"]
    assert (saved["value"], saved["first"], saved["checks"]) == ("relayed", "heard", 2)


SCHOOL = """<!doctype html><title>School</title><script>
const heard = {};
window.API = { LMSInitialize: () => "true", LMSFinish: () => "true", LMSCommit: () => "true",
  LMSGetValue: (name) => heard[name] ?? "", LMSSetValue: (name, value) => { heard[name] = value; return "true"; } };
</script><iframe id="sco" src="package/scorm-start.html" width="1200" height="800"></iframe>"""
"""A school's system around the package: no more of SCORM 1.2 than the package asks for. `tests/test_scorm.py` has a public runtime."""


def test_a_schools_system_hears_how_far_one_is_and_what_was_right_at_once(book: Shelf, context: BrowserContext, tmp_path: Path) -> None:
    make_package(book.folder, tmp_path / "book.zip", "Reading the Dateline")
    zipfile.ZipFile(tmp_path / "book.zip").extractall(tmp_path / "school" / "package")
    (tmp_path / "school" / "school.html").write_text(SCHOOL, encoding="utf-8")
    school = Shelf(tmp_path / "school")
    page = context.new_page()
    page.goto(school.address("school"))
    inner = page.frame_locator("#sco").frame_locator("iframe")
    inner.locator("article[data-alive]").wait_for(timeout=90_000)
    assert page.evaluate("heard") == {"cmi.core.lesson_status": "incomplete"}, "nothing was practised, and the tour is no practice"
    inner.locator(".rv-part a", has_text="1.1 Who is speaking?").click()
    inner.locator("article[data-page$='/11-who-is-speaking.ipynb'][data-alive]").wait_for(timeout=30_000)
    card = inner.locator("form[data-exercise='predict-quotation']")
    choose(card, "relayed")
    verdict(card, "Right.")
    page.wait_for_function("heard['cmi.core.score.raw'] === '100'", timeout=30_000)
    other = inner.locator("form[data-exercise='exit-yard']")
    choose(other, "minister")
    verdict(other, "Not yet.")
    page.wait_for_function("heard['cmi.core.score.raw'] === '50'", timeout=30_000)
    assert page.evaluate("heard['cmi.core.lesson_status']") == "incomplete"
    school.stop()
