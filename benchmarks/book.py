"""The book in a browser: until it can be read, until a card is there, until Python answers; Check to reason; bytes and memory; and how
many words a second the rules mark there.

Beside it, the least that any page with Python needs: Pyodide alone, loaded by the same browser from the same server.
"""

import gzip
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

import psutil
from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "browser"))
from driver import FLAGS
from shelf import Shelf, choose, shelf

from dateline.authoring.suite import chromium

VISITS = 5
CLICKS = 50
LESSON = "11-who-is-speaking"
ALONE = """<!doctype html><title>Pyodide alone</title><p id="told"></p><script type="module">
const python = await (await import("./course/pyodide/pyodide.mjs")).loadPyodide({ indexURL: "./course/pyodide/" });
document.getElementById("told").textContent = python.runPython("str(6 * 7)");
</script>"""
MARKER = """<!doctype html><title>The marker where the book runs</title><p id="told"></p><script type="module">
const python = await (await import("./course/pyodide/pyodide.mjs")).loadPyodide({
  indexURL: "./course/pyodide/", env: { HOME: "/", DATELINE_COURSE: "/course" },
});
const site = python.runPython("import sysconfig; sysconfig.get_paths()['purelib']");
for (const [name, extractDir] of [["packages", site], ["course", "/course"]])
  python.unpackArchive(await (await fetch(`./course/${name}.zip`)).arrayBuffer(), "zip", { extractDir });
document.getElementById("told").textContent = python.runPython(await (await fetch("./marker.py")).text());
</script>"""
MARKED = """
import json, sys, time
sys.path.insert(0, "/course")
from dateline.texts.annotating import drafted
from dateline.texts.taking_in import LARGEST, taken_in
from dateline.texts.text import load_text

article = "\\n\\n".join(sentence.words for sentence in load_text("article").sentences)
taken_in(article.encode(), "the article", "own-once", "")  # the rules are read once for a visit
long = "\\n\\n".join([article] * (LARGEST // (len(article.encode()) + 2)))
start = time.perf_counter()
text = taken_in(long.encode(), "the article repeated", "own-long", "").text
whole = time.perf_counter() - start
start = time.perf_counter()
drafted(text)
words = sum(len(sentence.words.split()) for sentence in text.sentences)
json.dumps({"words taken in a second": words / whole, "words marked a second": words / (time.perf_counter() - start)})
"""
# Each resolves with the milliseconds from the click to the next change inside the watched place.
MEASURE = """([button, place]) => new Promise((resolve) => {
  const start = performance.now();
  new MutationObserver((_, watch) => { watch.disconnect(); requestAnimationFrame(() => resolve(performance.now() - start)); })
    .observe(place, { childList: true, subtree: true, characterData: true });
  button.click();
})"""
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0].startTime / 1000"


def first_visit(browser: Browser, book: Shelf) -> dict[str, float]:
    """Seconds of a visit with nothing kept, in which Check is pressed as soon as there is a card."""
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    start = time.perf_counter()
    page.goto(book.address(LESSON), wait_until="commit")
    card = page.locator("form[data-exercise='predict-quotation']")
    card.wait_for()
    there = time.perf_counter() - start
    choose(card, "relayed")
    card.get_by_role("button", name="Check", exact=True).click()
    card.get_by_text("Right.").first.wait_for()
    told = time.perf_counter() - start
    painted = float(page.evaluate(PAINTED))
    files = {book.folder / url.partition(f":{book.port}/")[2] for url in asked if f":{book.port}/" in url}
    sent = sum(len(gzip.compress(file.read_bytes())) for file in files if file.is_file())
    context.close()
    return {"readable": painted, "a card is there": there, "Check pressed at once: the reason": told, "MB, compressed": sent / 1e6}


def alone(browser: Browser, book: Shelf) -> dict[str, float]:
    """Seconds until Pyodide alone has answered."""
    (book.folder / "alone.html").write_text(ALONE, encoding="utf-8")
    context = browser.new_context()
    page = context.new_page()
    start = time.perf_counter()
    page.goto(book.address("alone"), wait_until="commit")
    page.get_by_text("42").wait_for()
    context.close()
    return {"Pyodide alone: an answer": time.perf_counter() - start}


def marking(browser: Browser, book: Shelf) -> dict[str, float]:
    """Words a second of the article, repeated to the length that is taken in at most: the whole of taking in, and the rules alone."""
    (book.folder / "marker.html").write_text(MARKER, encoding="utf-8")
    (book.folder / "marker.py").write_text(MARKED, encoding="utf-8")
    context = browser.new_context()
    page = context.new_page()
    page.goto(book.address("marker"))
    page.locator("#told", has_text="words").wait_for(timeout=120_000)
    told: dict[str, float] = json.loads(page.locator("#told").inner_text())
    context.close()
    return told


def turning(page: Page) -> dict[str, float]:
    """Seconds from a click on the map to the next page's card, and to Python's word on it."""
    step = page.locator(".rv-step[rel='next']")
    name = step.get_attribute("data-page")
    start = time.perf_counter()
    step.click()
    page.locator(f"article[data-page='{name}'] form.dl-card").first.wait_for()
    there = time.perf_counter() - start
    page.locator(f"article[data-page='{name}'][data-alive]").wait_for()
    return {"next lesson: a card": there, "next lesson: alive": time.perf_counter() - start}


def memory() -> float:
    """Megabytes of all that Chromium's pages hold (proportional set size)."""
    pages = [one for one in psutil.Process().children(recursive=True) if "--type=renderer" in one.cmdline()]
    return sum(one.memory_full_info().pss for one in pages) / 1e6


def medians(name: str, rows: list[dict[str, float]]) -> None:
    for what in rows[0]:
        print(f"{name:14} {what:36} {statistics.median(row[what] for row in rows):8.2f}")


def main() -> None:
    """Print medians."""
    with tempfile.TemporaryDirectory() as folder, shelf(Path(folder) / "book") as book, sync_playwright() as playwright:
        size = sum(path.stat().st_size for path in book.folder.rglob("*") if path.is_file())
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        print(f"{'the folder':14} {'MB':36} {size / 1e6:8.2f}")
        medians("first visit", [first_visit(browser, book) for _ in range(VISITS)])
        medians("beside it", [alone(browser, book) for _ in range(VISITS)])
        medians("the marker", [marking(browser, book) for _ in range(VISITS)])
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        page.goto(book.address(LESSON))
        page.locator("article[data-alive]").wait_for(timeout=60_000)
        card = page.locator("form[data-exercise='voices-p5']")
        panel = card.element_handle()
        check = card.get_by_role("button", name="Check").element_handle()
        times = []
        for click in range(CLICKS):
            card.locator("input[type=radio]").nth(click % 4).check()
            page.wait_for_timeout(250)
            times.append(page.evaluate(MEASURE, [check, panel]))
            page.wait_for_timeout(150)
        slowest = sorted(times)[int(CLICKS * 0.95) - 1]
        print(f"{'Check':14} {'to the reason, ms':36} {statistics.median(times):8.1f}   95th percentile {slowest:.1f}")
        before = memory()
        medians("on the map", [turning(page) for _ in range(19)])
        print(f"{'memory':14} {'MB with one lesson, with twenty':36} {before:8.0f} {memory():8.0f}")
        browser.close()


if __name__ == "__main__":
    main()
