"""From the command to the first card, from a click on the map to a card, and what twenty lessons cost, beside JupyterLab itself."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
from playwright.sync_api import Browser, Page, sync_playwright

sys.path[:0] = [str(Path(__file__).parents[1] / "tests" / "browser"), str(Path(__file__).parents[1] / "tests")]
from driver import FLAGS, Lab  # noqa: E402

from dateline.authoring.shipped import shipped  # noqa: E402
from dateline.authoring.suite import chromium  # noqa: E402

RUNS = 5
LESSONS = 20
CARD = ".rv-page form[data-exercise]"
PAINTED = ".jp-Notebook .jp-RenderedMarkdown h1"


def tab(browser: Browser) -> Page:
    """A tab of a browser that was never here before."""
    return browser.new_context(viewport={"width": 1280, "height": 720}).new_page()


def course(browser: Browser, folder: Path) -> float:
    """Seconds from `course.py open` to the first card that can be answered."""
    start = time.perf_counter()
    lab = Lab(folder, pages=True)
    page = tab(browser)
    page.goto(lab.address)
    page.locator(CARD).first.wait_for(timeout=120_000)
    took = time.perf_counter() - start
    page.context.close()
    lab.close()
    return took


@contextmanager
def plain_lab(root: Path, port: int) -> Iterator[str]:
    """JupyterLab as anybody starts it, on a folder, with what it writes beside it."""
    kept = {name: str(root / ".plain" / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")}
    variables = {**os.environ, **kept, "DATELINE_READING": "0"}
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--ServerApp.port={port}"]
    command += ["--ServerApp.port_retries=0", "--IdentityProvider.token=x", f"--ServerApp.root_dir={root}"]
    server = subprocess.Popen(command, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    base = f"http://localhost:{port}"
    while True:
        with suppress(OSError):
            urllib.request.urlopen(f"{base}/api", timeout=1).close()
            break
        time.sleep(0.05)
    try:
        yield base
    finally:
        server.terminate()
        server.wait(20)


def jupyterlab(browser: Browser, root: Path, port: int) -> float:
    """Seconds from `jupyter lab` to the first notebook that is painted."""
    start = time.perf_counter()
    with plain_lab(root, port) as base:
        page = tab(browser)
        page.goto(f"{base}/lab/tree/notebooks/00-start.ipynb?token=x")
        page.locator(PAINTED).first.wait_for(timeout=120_000)
        took = time.perf_counter() - start
        page.context.close()
    return took


def clicks(browser: Browser, lab: Lab) -> tuple[list[float], int, float]:
    """Seconds from a click on the map to the first card of each lesson; then the kernels there are, and their memory in MB."""
    page = tab(browser)
    page.goto(lab.address)
    page.locator(CARD).first.wait_for(timeout=120_000)
    found = []
    for name in list(shipped())[-LESSONS:]:
        page.wait_for_timeout(700)
        link = page.locator(f".rv-part a[data-page='{name}']")
        link.scroll_into_view_if_needed()
        start = time.perf_counter()
        link.click()
        page.locator(f".rv-page[data-page='{name}'] form[data-exercise]").first.wait_for(timeout=60_000)
        found.append(time.perf_counter() - start)
    page.wait_for_timeout(1500)
    memory = sum(psutil.Process(kernel.pid).memory_full_info().uss for kernel in lab.kernels()) / 1e6
    count = len(lab.kernels())
    page.context.close()
    return found, count, memory


def main() -> None:
    """Print medians; the two ways to open are run in turn."""
    ours: list[float] = []
    theirs: list[float] = []
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        lab = Lab(folder / "clicks", pages=True)
        found, kernels, memory = clicks(browser, lab)
        lab.close()
        for number in range(RUNS):
            ours.append(course(browser, folder / f"run-{number}"))
            theirs.append(jupyterlab(browser, folder / f"run-{number}" / "course", 9700 + number))
        browser.close()
    ratio = statistics.median(ours) / statistics.median(theirs)
    print(f"open to the first live card            {statistics.median(ours):6.2f} s")
    print(f"jupyter lab to the first painted page  {statistics.median(theirs):6.2f} s   ({ratio:.2f} times)")
    print(f"click on the map to a live card        {statistics.median(found):6.2f} s   (slowest {max(found):.2f} s)")
    print(f"after {LESSONS} lessons                       {kernels} kernel, {memory:.0f} MB of its own")


if __name__ == "__main__":
    main()
