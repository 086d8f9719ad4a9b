"""The book in a browser, and the same lesson in JupyterLite: what a first visit takes, Check to reason, bytes and memory; and how many
words a second the rules mark there.

`--visits N` says how often each is visited, in turn, each time by a reader of whom the browser knows nothing; five times if it is not
given. A reader of JupyterLite starts the notebook the moment it can be read. `lite.py` says how that site is made; where it cannot be,
the book is measured alone. Beside both, the least that any page with Python needs: Pyodide alone, loaded by the same browser from the
same server.
"""

import argparse
import gzip
import json
import statistics
import sys
import tempfile
import time
import urllib.parse
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import lite
import psutil
from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "browser"))
from driver import FLAGS
from shelf import Shelf, choose, shelf

from dateline.authoring.suite import chromium

VISITS = 5
CLICKS = 10
"""Of Check in each visit, after the first."""
PATIENCE = 180_000
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
# Keeps the seconds from the start of the visit to the first frame in which each thing was there.
WATCH = """globalThis.seen = {};
const isThere = (one, words) => one.textContent.includes(words) && one.getClientRects().length;
const shown = (where, words) => [...document.querySelectorAll(where)].some((one) => isThere(one, words));
const look = () => {
  const now = performance.now() / 1000;
  if (shown("h1", "Who is speaking")) seen.readable ??= now;
  if (shown("form[data-exercise='predict-quotation']", "")) seen.card ??= now;
  if (shown("form[data-exercise='predict-quotation'] .dl-verdict", "Right.")) seen.reason ??= now;
  requestAnimationFrame(look);
};
look();"""
# Resolves with the milliseconds from the click to the next frame after a verdict has come; a choice before it has taken the last away.
MEASURE = """([button, verdict]) => new Promise((resolve) => {
  const start = performance.now();
  new MutationObserver((_, watch) => {
    if (!verdict.textContent) return;
    watch.disconnect();
    requestAnimationFrame(() => resolve(performance.now() - start));
  }).observe(verdict, { childList: true, subtree: true, characterData: true });
  button.click();
})"""


class Way(NamedTuple):
    """A way to the same lesson: where it is served, at which address, and what a reader clicks before there are cards."""

    name: str
    served: Shelf
    address: str
    clicks: Callable[[Page], None]


class Visit(NamedTuple):
    """What one visit took: figures by what they are, and the milliseconds of each later Check."""

    figures: dict[str, float]
    checks: list[float]


def visit(browser: Browser, way: Way) -> Visit:
    """A visit with nothing kept, in which Check is pressed as soon as there is a card, and ten times more a little later."""
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.add_init_script(WATCH)
    page.goto(way.address, wait_until="commit")
    page.locator("h1", has_text="Who is speaking").first.wait_for()
    way.clicks(page)
    card = page.locator("form[data-exercise='predict-quotation']")
    choose(card, "relayed")
    card.get_by_role("button", name="Check", exact=True).click()
    card.locator(".dl-verdict", has_text="Right.").wait_for()
    page.wait_for_timeout(100)  # the next frame has seen it too
    seen = page.evaluate("seen")
    sent = compressed(asked, way.served)
    page.wait_for_timeout(3000)  # what a visit leaves to be done later is done
    checks = pressed(page)
    figures = {
        "readable, s": seen["readable"],
        "a card is there, s": seen["card"],
        "Check pressed at once: the reason, s": seen["reason"],
        "compressed, MB": sent,
        "memory of its pages, MB": memory(),
    }
    context.close()
    return Visit(figures, checks)


def compressed(asked: list[str], served: Shelf) -> float:
    """Megabytes of the files that were asked for, each once, as a server that compresses would send them."""
    places = [urllib.parse.urlsplit(url) for url in asked]
    names = {urllib.parse.unquote(place.path).lstrip("/") for place in places if place.port == served.port}
    files = [served.folder / name for name in sorted(names)]
    return sum(len(gzip.compress(file.read_bytes())) for file in files if file.is_file()) / 1e6


def pressed(page: Page) -> list[float]:
    """Milliseconds from Check to the reason, each after another choice has been saved."""
    card = page.locator("form[data-exercise='voices-p5']")
    places = [card.get_by_role("button", name="Check", exact=True).element_handle(), card.locator(".dl-verdict").element_handle()]
    times = []
    for click in range(CLICKS):
        card.locator("input[type=radio]").nth(click % 4).check()
        page.wait_for_timeout(600)
        times.append(page.evaluate(MEASURE, places))
    return times


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
    held = 0
    for one in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):  # it may end while we look
            held += one.memory_full_info().pss if "--type=renderer" in one.cmdline() else 0
    return held / 1e6


def medians(name: str, rows: list[dict[str, float]]) -> None:
    for what in rows[0]:
        print(f"{name:14} {what:36} {statistics.median(row[what] for row in rows):8.2f}", flush=True)


def visits(browser: Browser, ways: list[Way], number: int) -> None:
    """Visit each way in turn, and print medians."""
    rounds = [[visit(browser, way) for way in ways] for _ in range(number)]
    for way, made in zip(ways, zip(*rounds, strict=True), strict=True):
        size = sum(path.stat().st_size for path in way.served.folder.rglob("*") if path.is_file())
        print(f"{way.name:14} {'the folder, MB':36} {size / 1e6:8.2f}")
        medians(way.name, [one.figures for one in made])
        times = sorted(time for one in made for time in one.checks)
        slowest = times[max(0, int(len(times) * 0.95) - 1)]
        print(f"{way.name:14} {'Check to the reason, ms':36} {statistics.median(times):8.1f}   95th percentile {slowest:.1f}")


def lessons(browser: Browser, book: Shelf) -> None:
    """Turn twenty pages of the book, and print what each takes and what is held before and after."""
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    page.goto(book.address(LESSON))
    page.locator("article[data-alive]").wait_for(timeout=PATIENCE)
    before = memory()
    medians("on the map", [turning(page) for _ in range(19)])
    print(f"{'memory':14} {'MB with one lesson, with twenty':36} {before:8.0f} {memory():8.0f}")


def main() -> None:
    """Print medians."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--visits", type=int, default=VISITS, metavar="N", help="how often each way is visited")
    number = max(1, asked.parse_args().visits)
    with tempfile.TemporaryDirectory() as name, shelf(Path(name) / "book") as book, lite.lite(Path(name) / "lite", book) as other:
        ways = [Way("the book", book, book.address(LESSON), lambda _: None)]
        ways += [Way("JupyterLite", other, lite.address(other), lite.run_all)] if other else []
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
            visits(browser, ways, number)
            medians("beside them", [alone(browser, book) for _ in range(number)])
            medians("the marker", [marking(browser, book) for _ in range(number)])
            lessons(browser, book)
            browser.close()


if __name__ == "__main__":
    main()
