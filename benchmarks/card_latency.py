"""From a click on Check to feedback on the page, in a real JupyterLab, beside a stock ipywidgets button that sets a label."""

import statistics
import sys
import tempfile
from pathlib import Path

import nbformat
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "browser"))
from driver import FLAGS, Lab, Notebook

from dateline.authoring.notebooks import KERNEL
from dateline.authoring.suite import chromium

CLICKS = 50
STOCK = """import ipywidgets
from IPython.display import display
button, label = ipywidgets.Button(description="Stock"), ipywidgets.HTML("<p class='stock'>0</p>")
def pressed(_): label.value = f"<p class='stock'>{int(label.value.split('>')[1].split('<')[0]) + 1}</p>"
button.on_click(pressed)
display(button, label)"""
# Each resolves with the milliseconds from the click to the next change inside the watched place.
MEASURE = """([button, place]) => new Promise((resolve) => {
  const start = performance.now();
  new MutationObserver((_, watch) => { watch.disconnect(); requestAnimationFrame(() => resolve(performance.now() - start)); })
    .observe(place, { childList: true, subtree: true, characterData: true });
  button.click();
})"""


def report(name: str, times: list[float]) -> None:
    ordered = sorted(times)
    print(f"{name:28} median {statistics.median(times):6.1f} ms   95th percentile {ordered[int(len(ordered) * 0.95) - 1]:6.1f} ms")


def main() -> None:
    """Print median and 95th percentile of 50 clicks each."""
    with tempfile.TemporaryDirectory() as folder:
        lab = Lab(Path(folder))
        notebook = nbformat.v4.new_notebook(
            cells=[
                nbformat.v4.new_code_cell("from dateline.lesson import exercise"),
                nbformat.v4.new_code_cell('exercise("voices-p5")'),
                nbformat.v4.new_code_cell(STOCK),
            ],
            metadata=KERNEL,
        )
        nbformat.write(notebook, lab.course / "notebooks" / "latency.ipynb")
        try:
            with sync_playwright() as playwright:
                page = playwright.chromium.launch(executable_path=chromium(), args=FLAGS).new_page(viewport={"width": 1280, "height": 1000})
                opened = Notebook(page, lab, "notebooks/latency.ipynb")
                opened.run_all()
                card = opened.card("voices-p5")
                panel = card.locator(".dl-feedback").element_handle()
                check = card.get_by_role("button", name="Check").element_handle()
                ours = []
                for click in range(CLICKS):
                    card.locator("input[type=radio]").nth(click % 4).check()
                    page.wait_for_timeout(150)
                    ours.append(page.evaluate(MEASURE, [check, panel]))
                    page.wait_for_timeout(50)
                stock_button = page.get_by_role("button", name="Stock").element_handle()
                stock_place = page.locator(".stock").locator("..").element_handle()
                stock = [page.evaluate(MEASURE, [stock_button, stock_place]) for _ in range(CLICKS)]
                report("card: Check to feedback", ours)
                report("stock button to label", stock)
        finally:
            lab.close()


if __name__ == "__main__":
    main()
