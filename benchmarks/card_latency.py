"""From a click on Check to the reason on the page, in a real JupyterLab: a page, the first edition's notebook, a stock button."""

import statistics
import sys
import tempfile
from pathlib import Path

import nbformat
from first import FirstEdition, run_whole
from playwright.sync_api import ElementHandle, Page, sync_playwright

sys.path[:0] = [str(Path(__file__).parents[1] / "tests" / "browser"), str(Path(__file__).parents[1] / "tests")]
from driver import FLAGS, Lab, Notebook  # noqa: E402

from dateline.authoring.notebooks import KERNEL  # noqa: E402
from dateline.authoring.suite import chromium  # noqa: E402

CLICKS = 40
LESSON = "11-who-is-speaking"
CARD = "form[data-exercise='voices-p5']"
STOCK = """import ipywidgets
from IPython.display import display
button, label = ipywidgets.Button(description="Stock"), ipywidgets.HTML("<p class='stock'>0</p>")
def pressed(_): label.value = f"<p class='stock'>{int(label.value.split('>')[1].split('<')[0]) + 1}</p>"
button.on_click(pressed)
display(button, label)"""
# Each resolves with the milliseconds from the click to the next frame that shows a change inside the watched place.
MEASURE = """([button, place]) => new Promise((resolve) => {
  const start = performance.now();
  new MutationObserver((_, watch) => { watch.disconnect(); requestAnimationFrame(() => resolve(performance.now() - start)); })
    .observe(place, { childList: true, subtree: true, characterData: true });
  button.click();
})"""


class Clicked:
    """A button on a page of its own, the place that it changes, and how long that took each time."""

    def __init__(self, page: Page, button: str, place: str) -> None:
        self.page = page
        self.button, self.place = self._thing(button), self._thing(place)
        self.choices = page.locator(f"{CARD} input[type=radio]").element_handles()
        self.times: list[float] = []

    def _thing(self, where: str) -> ElementHandle:
        found = self.page.locator(where).first.element_handle()
        assert found
        return found

    def press(self, number: int) -> None:
        """Choose something else, let it be saved, and press."""
        if self.choices:
            self.choices[number % len(self.choices)].check()
        self.page.wait_for_timeout(600)
        self.times.append(self.page.evaluate(MEASURE, [self.button, self.place]))

    def report(self, name: str) -> None:
        ordered = sorted(self.times)
        print(
            f"{name:36} median {statistics.median(ordered):6.1f} ms   95th percentile {ordered[int(len(ordered) * 0.95) - 1]:6.1f} ms",
            flush=True,
        )


def stock_button(page: Page, lab: Lab) -> Clicked:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(STOCK)], metadata=KERNEL)
    nbformat.write(notebook, lab.course / "notebooks" / "latency.ipynb")
    opened = Notebook(page, lab, "notebooks/latency.ipynb")
    opened.run_all()
    page.locator(".stock").wait_for(timeout=60_000)
    return Clicked(page, "button:has-text('Stock')", ".jupyter-widgets:has(> .stock), .widget-html:has(.stock)")


def main() -> None:
    """Print median and 95th percentile; the clicks are made in turn."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        first, pages, plain = FirstEdition(folder / "first"), Lab(folder / "pages", pages=True), Lab(folder / "plain")
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        tabs = [browser.new_context(viewport={"width": 1280, "height": 720}).new_page() for _ in range(3)]
        try:
            tabs[0].goto(pages.lesson_address(LESSON))
            tabs[0].locator(".rv-said", has_text="is ready").wait_for(state="attached", timeout=60_000)
            run_whole(tabs[1], first, f"notebooks/{LESSON}.ipynb")
            places = f"{CARD} button:has-text('Check')", CARD
            measured = {
                "a page: Check to reason": Clicked(tabs[0], *places),
                "first edition: Check to reason": Clicked(tabs[1], places[0], f"{CARD} .dl-feedback"),
                "stock button to label": stock_button(tabs[2], plain),
            }
            for number in range(CLICKS):
                for one in measured.values():
                    one.press(number)
            for what, one in measured.items():
                one.report(what)
        finally:
            browser.close()
            for lab in (first, pages, plain):
                lab.close()


if __name__ == "__main__":
    main()
