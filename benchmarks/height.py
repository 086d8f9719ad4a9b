"""How high a lesson is at 1280x720 with nothing answered yet: a page of the course, beside the first edition's notebook after Run All."""

import statistics
import sys
import tempfile
from pathlib import Path

from first import FirstEdition, run_whole
from playwright.sync_api import Page, sync_playwright

sys.path[:0] = [str(Path(__file__).parents[1] / "tests" / "browser"), str(Path(__file__).parents[1] / "tests")]
from driver import FLAGS, Lab  # noqa: E402

from dateline.authoring.suite import chromium  # noqa: E402

LESSONS = (
    "02-before-you-start",
    "11-who-is-speaking",
    "12-where-did-it-come-from",
    "13-quotes-that-drift",
    "14-five-questions",
    "15-grade-it-twice",
    "21-two-kinds-of-hedge",
    "22-the-certainty-thermometer",
    "23-the-missing-hedge",
    "24-as-much-as-you-know",
    "31-three-clocks",
    "32-headline-against-body",
    "33-from-words-to-weapons",
    "34-is-it-new",
    "35-what-must-be-true",
    "41-reactions-without-reactors",
    "42-the-reaction-matrix",
    "43-contested-names",
    "44-because-in-response-after",
    "51-read-sideways",
)
# From the top of the first thing on a page to the end of the last, and how many characters can be read there (code is not read). Empty
# room below it is not counted. Waits until it rests.
HEIGHT = """async (parts) => {
  const height = () => {
    const boxes = [...document.querySelectorAll(parts)].map((node) => node.getBoundingClientRect()).filter((box) => box.height > 0);
    return Math.max(...boxes.map((box) => box.bottom)) - Math.min(...boxes.map((box) => box.top));
  };
  for (let before = -1, rested = 0; rested < 10; before = height()) {
    await new Promise((go) => setTimeout(go, 100));
    rested = height() === before ? rested + 1 : 0;
  }
  const words = [...document.querySelectorAll(parts)].flatMap((node) => [...node.querySelectorAll(".jp-RenderedMarkdown, .jp-OutputArea")]);
  const outer = words.filter((node) => !words.some((other) => other !== node && other.contains(node)));
  return [height(), outer.reduce((sum, node) => sum + node.innerText.length, 0)];
}"""


def of_first(page: Page, lab: FirstEdition, lesson: str) -> tuple[float, int]:
    run_whole(page, lab, f"notebooks/{lesson}.ipynb")
    height, characters = page.evaluate(HEIGHT, ".jp-Notebook .jp-Cell")
    return height, characters


def of_page(page: Page, lab: Lab, lesson: str) -> tuple[float, int]:
    page.goto(lab.lesson_address(lesson))
    page.reload()
    page.locator(".rv-said", has_text="is ready").wait_for(state="attached", timeout=60_000)
    height, characters = page.evaluate(HEIGHT, ".rv-page > *")
    return height, characters


def main(lessons: tuple[str, ...]) -> None:
    """Print both for each lesson, and the median of how much less it is."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        labs = FirstEdition(Path(name) / "first"), Lab(Path(name) / "now", pages=True)
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        first, now = (browser.new_context(viewport={"width": 1280, "height": 720}).new_page() for _ in labs)
        less, denser = [], []
        for lesson in lessons:
            (before, told), (after, tells) = of_first(first, labs[0], lesson), of_page(now, labs[1], lesson)
            less.append(1 - after / before)
            denser.append(1 - (after / tells) / (before / told))
            print(
                f"{lesson:30} first edition {before:6.0f} px, {told:6} characters   page {after:6.0f} px, {tells:6} characters"
                f"   {less[-1]:4.0%} less; for the same text {denser[-1]:4.0%}",
                flush=True,
            )
        print(f"median {statistics.median(less):.0%} less; for the same text {statistics.median(denser):.0%}")
        browser.close()
        for lab in labs:
            lab.close()


if __name__ == "__main__":
    main(tuple(sys.argv[1:]) or LESSONS)
