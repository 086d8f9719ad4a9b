"""A book on a server of its own, for the tests of the book: built once for each run of a file, served from this machine alone."""

import contextlib
import functools
import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from dateline.book.build import build


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and says nothing of it."""

    def log_message(self, *_: object) -> None:
        """Nothing."""


class Shelf:
    """A folder on a server that can be ended and started again at the same address."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = 0
        self.start()

    def start(self) -> None:
        """Serve the folder, at the port of the last time where there was one."""
        handler = functools.partial(Quiet, directory=str(self.folder))
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", self.port), handler)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """End the server; whoever asks is refused."""
        self.server.shutdown()
        self.server.server_close()

    def address(self, page: str = "", host: str = "127.0.0.1") -> str:
        """The address of a page, such as `11-who-is-speaking`, or of the first."""
        return f"http://{host}:{self.port}/{page and page + '.html'}"


@contextlib.contextmanager
def shelf(folder: Path) -> Iterator[Shelf]:
    """A book, built and served for as long as this lasts."""
    build(folder)
    made = Shelf(folder)
    yield made
    with contextlib.suppress(OSError):
        made.stop()


class Reader:
    """A page of the book, with what it said to the console and whom it asked."""

    def __init__(self, context: BrowserContext, shelf: Shelf) -> None:
        self.shelf = shelf
        self.page: Page = context.new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        self.page.on("request", lambda request: self.asked.append(request.url))

    def open(self, page: str = "", alive: bool = True, host: str = "127.0.0.1") -> "Reader":
        """Open a page by its address, and wait until its cards are told of by Python."""
        self.page.goto(self.shelf.address(page, host))
        return self.wait(page) if alive else self

    def wait(self, page: str = "") -> "Reader":
        """Wait until the page in sight is alive."""
        name = page or "00-start"
        self.page.locator(f"article[data-page*='/{name}.'][data-alive]").wait_for(timeout=90_000)
        return self

    def turn(self, words: str) -> "Reader":
        """Choose a page on the map by its words."""
        self.page.locator(".rv-part a", has_text=words).first.click()
        return self

    def card(self, name: str) -> Locator:
        """The card of an exercise."""
        return self.page.locator(f"form[data-exercise='{name}']")

    def kept(self) -> dict[str, Any]:
        """The answers in the browser's database, by exercise."""
        words = self.page.evaluate(KEPT)
        return {name: answer for text in words for name, answer in json.loads(text)["answers"].items()}


KEPT = """() => new Promise((done, failed) => {
  const request = indexedDB.open("dateline", 1);
  request.onerror = () => failed(request.error);
  request.onupgradeneeded = () => request.result.createObjectStore("documents", { keyPath: "module" });
  request.onsuccess = () => {
    const all = request.result.transaction("documents").objectStore("documents").getAll();
    all.onsuccess = () => { request.result.close(); done(all.result.map((one) => one.words)); };
  };
})"""


def choose(card: Locator, value: str) -> None:
    """Choose one of the choices of a card."""
    card.locator(f"input[value='{value}']").check()


def verdict(card: Locator, words: str) -> None:
    """Press Check and wait for what is said."""
    card.get_by_role("button", name="Check", exact=True).click()
    expect(card.locator(".dl-verdict")).to_have_text(words, timeout=60_000)


@pytest.fixture(scope="module")
def made_book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """A book for the tests of one file, there under the name `book`."""
    with shelf(tmp_path_factory.mktemp("book") / "out") as made:
        yield made


@pytest.fixture
def readers_browser(browser: Browser) -> Iterator[BrowserContext]:
    """A browser of the reader's own, in which nothing is kept yet; there under the name `context`."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()


@pytest.fixture
def one_reader(context: BrowserContext, book: Shelf) -> Reader:
    """A reader who has opened nothing yet; there under the name `reader`."""
    return Reader(context, book)
