"""A practice notebook of twelve cards beside twelve stock ipywidgets dropdowns: time to interactive and bytes over the websocket."""

import statistics
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from playwright.sync_api import Page, sync_playwright

sys.path[:0] = [str(Path(__file__).parents[1] / "tests" / "browser"), str(Path(__file__).parents[1] / "tests")]
from driver import FLAGS, Lab, Notebook  # noqa: E402
from support import every_pair, use_sampler  # noqa: E402

from dateline.authoring.notebooks import KERNEL  # noqa: E402
from dateline.authoring.suite import chromium  # noqa: E402

RUNS = 3
STOCK = 'ipywidgets.Dropdown(options=["agency", "leader", "outlet", "unclear"], description="Voice")'


class Monkey:
    """What `use_sampler` needs of pytest's monkeypatch."""

    @staticmethod
    def setenv(name: str, value: str) -> None:
        import os

        os.environ[name] = value


def run(page: Page, lab: Lab, notebook: str, last: str, count: int) -> tuple[float, int]:
    """Seconds from Run All Cells to the last control, and the bytes that came over websockets meanwhile."""
    received = [0]

    def listen(socket: object) -> None:
        socket.on("framereceived", lambda data: received.__setitem__(0, received[0] + len(data)))  # type: ignore[attr-defined]

    page.on("websocket", listen)
    opened = Notebook(page, lab, notebook)
    received[0] = 0
    start = time.perf_counter()
    opened.run_all()
    page.locator(last).nth(count - 1).wait_for(timeout=60_000)
    return time.perf_counter() - start, received[0]


def main() -> None:
    """Print the medians of some runs, each in a fresh page and kernel, interleaved."""
    with tempfile.TemporaryDirectory() as folder:
        course = use_sampler(Path(folder) / "course", Monkey())  # type: ignore[arg-type]
        names = [question.id for question, _ in every_pair()][:12]
        cells = {
            "cards": ["from dateline.lesson import exercise", *(f'exercise("{name}")' for name in names)],
            "dropdowns": ["import ipywidgets", *[STOCK] * 12],
        }
        places = {"cards": "form[data-exercise]", "dropdowns": ".widget-dropdown select"}
        found: dict[str, list[tuple[float, int]]] = {name: [] for name in cells}
        lab = Lab(Path(folder), course)
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
                for number in range(RUNS):
                    for name, calls in cells.items():
                        path = f"notebooks/{name}-{number}.ipynb"
                        made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(call) for call in calls], metadata=KERNEL)
                        nbformat.write(made, course / path)
                        page = browser.new_context(viewport={"width": 1280, "height": 1000}).new_page()
                        found[name].append(run(page, lab, path, places[name], 12))
                        page.context.close()
        finally:
            lab.close()
        for name, runs in found.items():
            seconds = statistics.median(seconds for seconds, _ in runs)
            size = statistics.median(size for _, size in runs)
            print(f"twelve {name:10} interactive after {seconds:5.2f} s   {size / 1000:7.0f} kB over the websocket")


if __name__ == "__main__":
    main()
