"""A real JupyterLab and a real browser, on a copy of the course with an answer folder of its own."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

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


class Lab:
    """A running course: its address, its folder, and the folder of its answers."""

    def __init__(self, folder: Path, course: Path | None = None) -> None:
        self.course = course or folder / "course"
        self.answers = folder / "answers"
        if course is None:
            for name in SHARED:
                shutil.copytree(course_folder() / name, self.course / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = [sys.executable, "-m", "dateline", "open", "--no-browser", "--port", str(self.port), "--answers", str(self.answers)]
        self.log = folder / "lab.log"
        self.process = subprocess.Popen(
            command,
            env={**os.environ, "DATELINE_COURSE": str(self.course)},
            stdout=self.log.open("w"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self.address = self._wait()

    def _wait(self) -> str:
        for _ in range(300):
            found = re.search(r"http://localhost:\S+", self.log.read_text())
            if found:
                try:
                    urllib.request.urlopen(found[0].split("/lab")[0] + "/api", timeout=1)
                    return found[0]
                except OSError:
                    pass
            time.sleep(0.1)
        raise AssertionError(f"JupyterLab did not start:\n{self.log.read_text()}")

    def page_address(self, notebook: str) -> str:
        """The address of a notebook, in a layout of its own so that tests do not share open tabs."""
        base, token = self.address.split("?")
        return f"{base.split('/lab/')[0]}/lab/workspaces/test-{time.time_ns()}/tree/{notebook}?{token}"

    def kernels(self) -> list[psutil.Process]:
        """The kernels' processes."""
        return [
            child
            for child in psutil.Process(self.process.pid).children(recursive=True)
            if "ipykernel_launcher" in " ".join(child.cmdline())
        ]

    def kill_kernels(self) -> None:
        """Kill every kernel at once, as a crash would."""
        for kernel in self.kernels():
            kernel.kill()

    def freeze_kernels(self) -> None:
        """Stop every kernel from answering, as an endless computation would."""
        for kernel in self.kernels():
            kernel.suspend()

    def close(self) -> None:
        """End JupyterLab and its kernels."""
        for kernel in self.kernels():
            kernel.kill()
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
        page.locator("#jp-main-statusbar", has_text="| Idle").wait_for(timeout=60_000)

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


def picture(thing: Locator | Page, name: str) -> None:
    """Keep a picture for the documentation, when asked for."""
    if PICTURES:
        IMAGES.mkdir(parents=True, exist_ok=True)
        thing.screenshot(path=IMAGES / f"{name}.png")


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
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
