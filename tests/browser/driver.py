"""A real JupyterLab and a real browser, on a copy of the course with an answer folder of its own."""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from dateline.authoring.suite import chromium
from dateline.folders import course_folder

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
PICTURES = os.environ.get("DATELINE_PICTURES") == "1"
"""Whether pictures for the documentation are taken anew (`course.py test --pictures`)."""
IMAGES = Path(__file__).parents[2] / "docs" / "images"
SHARED = ("data", "exercises", "solutions", "notebooks")
expect.set_options(timeout=20_000)  # a busy machine is slow; what never comes is still a failure


class Lab:
    """A running course: its address, its folder, and the folder of its answers. It is open as notebooks, or as pages."""

    def __init__(self, folder: Path, course: Path | None = None, pages: bool = False) -> None:
        self.pages = pages
        self.course = course or folder / "course"
        self.answers = folder / "answers"
        if course is None:
            for name in SHARED:
                shutil.copytree(course_folder() / name, self.course / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
        self.log = folder / "lab.log"
        addresses = (self._start() for _ in range(3))  # another program may take a port between finding and using it
        self.address = next((address for address in addresses if address), "")
        if not self.address:
            raise AssertionError(f"JupyterLab did not start:\n{self.log.read_text()}")

    def _start(self) -> str:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = str(free.getsockname()[1])
        self.process = subprocess.Popen(
            [sys.executable, "-m", "dateline", "open", "--no-browser", "--port", port, "--answers", str(self.answers), *self.look()],
            cwd=self.course,
            env=self.variables(),
            stdout=self.log.open("w"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        return self._wait()

    def look(self) -> list[str]:
        """The words of the command that say how it is opened."""
        return [] if self.pages else ["--notebooks"]

    def variables(self) -> dict[str, str]:
        """The environment of the command."""
        return {**os.environ, "DATELINE_COURSE": str(self.course)}

    def _wait(self) -> str:
        """The address once it answers, or nothing if the program ended before."""
        end = time.monotonic() + 60
        while self.process.poll() is None and time.monotonic() < end:
            found = re.search(r"http://localhost:\S+", self.log.read_text())
            if found:
                with contextlib.suppress(OSError), urllib.request.urlopen(found[0].split("/lab")[0] + "/api", timeout=1):
                    return found[0]
            time.sleep(0.1)
        return ""

    def page_address(self, notebook: str) -> str:
        """The address of a notebook, in a layout of its own so that tests do not share open tabs."""
        base, token = self.address.split("?")
        return f"{base.split('/lab/')[0]}/lab/workspaces/test-{time.time_ns()}/tree/{notebook}?{token}"

    def lesson_address(self, page: str = "") -> str:
        """The address of a page, such as `11-who-is-speaking`, or of the course."""
        return self.address + (f"#{page}" if page else "")

    def kernels(self) -> list[psutil.Process]:
        """The kernels' processes."""
        found = []
        for child in psutil.Process(self.process.pid).children(recursive=True):
            with contextlib.suppress(psutil.NoSuchProcess):  # it may end while we look
                found += [child] if "ipykernel_launcher" in " ".join(child.cmdline()) else []
        return found

    def kill_kernels(self) -> None:
        """Kill every kernel at once, as a crash would."""
        for kernel in self.kernels():
            kernel.kill()

    @contextlib.contextmanager
    def frozen_kernels(self) -> Iterator[None]:
        """No kernel answers for as long as this lasts, as in an endless computation."""
        kernels = self.kernels()
        for kernel in kernels:
            kernel.suspend()
        yield
        for kernel in kernels:
            kernel.resume()

    def close(self) -> None:
        """End JupyterLab and its kernels."""
        for kernel in self.kernels():
            kernel.kill()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)


class Notebook:
    """A notebook open in JupyterLab, used as a learner would use it."""

    def __init__(self, page: Page, lab: Lab, path: str) -> None:
        self.page = page
        self.lab = lab
        page.goto(lab.page_address(path))
        page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=60_000)
        self.wait_until_idle()

    def wait_until_idle(self) -> None:
        """Wait until JupyterLab says that the kernel is there and does nothing."""
        self.page.locator("#jp-main-statusbar", has_text="| Idle").wait_for(timeout=60_000)

    def run_all(self) -> None:
        """Choose Run > Run All Cells from the menu."""
        self.page.get_by_role("menuitem", name="Run", exact=True).click()
        self.page.locator("[data-command='runmenu:run-all']").click()

    def card(self, name: str) -> Locator:
        """The live card of an exercise, once it is there."""
        card = self.page.locator(f"form[data-exercise='{name}']")
        card.wait_for(timeout=60_000)
        card.scroll_into_view_if_needed()
        return card


def until(holds: Callable[[], bool], seconds: float = 20) -> None:
    """Wait for something outside the page, and fail if it does not come."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.05)


def picture(thing: Locator | Page, name: str) -> None:
    """Keep a picture for the documentation, when asked for."""
    if PICTURES:
        IMAGES.mkdir(parents=True, exist_ok=True)
        thing.screenshot(path=IMAGES / f"{name}.png")


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A course of each file's own, so that which files one process runs, and in which order, decides nothing."""
    running = Lab(tmp_path_factory.mktemp("lab"))
    yield running
    running.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One context for all tests: what JupyterLab sends is kept, and each notebook opens in half the time."""
    context = browser.new_context(viewport={"width": 1280, "height": 1900 if PICTURES else 1000})
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    before = list(context.pages)
    yield context.new_page()
    for opened in context.pages:
        if opened not in before:
            opened.close()
