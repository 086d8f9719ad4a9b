"""Cards on a page of their own, without JupyterLab: the test sees what a card sends and says what comes back."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page

from dateline.cards.code import source, style

FAKE = (Path(__file__).parent / "fake.js").read_text(encoding="utf-8")
HOME = "http://cards.test/"
"""An address that only the tests' browser knows: a page without one has no storage."""
PAGE = "<!doctype html><html lang='en'><title>Cards</title><body style='margin:0'><main id='cards'></main></body></html>"


def fake_page(browser: Browser, width: int = 1000, *, still: bool = False, **context: Any) -> Page:
    """A page with the cards' code and nothing on it yet. If it is `still`, time passes only when the test moves its clock."""
    page = browser.new_context(viewport={"width": width, "height": 900}, **context).new_page()
    if still:
        page.clock.install(time="2031-05-06T08:00:00Z")
        page.clock.pause_at("2031-05-06T09:00:00Z")
    page.route(f"{HOME}*", lambda route: route.fulfill(body=PAGE, content_type="text/html"))
    load(page)
    return page


@pytest.fixture
def still_page(browser: Browser) -> Iterator[Page]:
    """An empty page whose clock the test moves."""
    page = fake_page(browser, still=True)
    yield page
    page.context.close()


@pytest.fixture
def blank_page(browser: Browser) -> Iterator[Page]:
    """An empty page on which time passes as it does."""
    page = fake_page(browser)
    yield page
    page.context.close()


def load(page: Page) -> None:
    """Load the page, or load it anew: what was on it is gone but for what the browser keeps of a tab."""
    page.goto(HOME)
    page.evaluate(f"Object.assign(window, {json.dumps({'source': source(), 'style': style()})})")
    page.add_script_tag(content=FAKE, type="module")
    page.wait_for_function("window.ready", polling=20)


def show_all(page: Page, specs: Iterable[Mapping[str, Any]]) -> None:
    """Show a card of each view, in order; what is in its field `state` is what the other side says of it."""
    page.evaluate("specs => specs.forEach((spec, i) => window.show(`${i}-${spec.id}`, spec, spec.state))", list(specs))
    page.locator("#dateline-cards").wait_for(state="attached")


class FakeCard:
    """One view of a card. Views of one id share a model, as in a notebook that shows an exercise twice."""

    def __init__(self, page: Page, spec: Mapping[str, Any], **state: Any) -> None:
        self.page = page
        self.spec = spec
        self.id = spec.get("id") or spec.get("workbench")
        before = page.locator("#cards > div").count()
        page.evaluate("([id, spec, state]) => window.show(id, spec, state)", [self.id, spec, state])
        self.node: Locator = page.locator("#cards > div").nth(before)
        self.place = page.evaluate("id => window.ends[id].length - 1", self.id)

    def sent(self) -> list[dict[str, Any]]:
        """Every message of this card's views so far."""
        found: list[dict[str, Any]] = self.page.evaluate("id => window.models[id].sent", self.id)
        return found

    def values(self) -> list[Any]:
        """The answer in each of them."""
        return [message["value"] for message in self.sent()]

    def made_anew(self, **state: Any) -> "FakeCard":
        """The same exercise after the other side was started anew: a model of its own, and one view."""
        self.page.evaluate("id => window.anew(id)", self.id)
        return FakeCard(self.page, self.spec, **state)

    def told(self, **state: Any) -> None:
        """The other side says something that answers nothing from here."""
        self.page.evaluate("([id, state]) => window.answer(id, state)", [self.id, {"n": 0, "view": "", **state}])

    def answered(self, message: Mapping[str, Any], /, **state: Any) -> None:
        """The other side has dealt with a message: its value is the state of every view, with what else is said."""
        whole = {"value": message["value"], "confidence": message["confidence"], "n": message["n"], "view": message["view"], **state}
        self.page.evaluate("([id, state]) => window.answer(id, state)", [self.id, whole])

    def status(self) -> str:
        """The line that says whether the answer is saved."""
        return self.node.locator(".dl-status").inner_text()

    def remove(self) -> None:
        """Take this view off the page, as closing a tab does."""
        self.page.evaluate("([id, place]) => window.ends[id][place]()", [self.id, self.place])

    def listeners(self) -> int:
        """How many listeners the model has, of all views together."""
        return int(self.page.evaluate("id => window.models[id].listeners.length", self.id))


def spec(kind: str, **fields: Any) -> dict[str, Any]:
    """A small question of a kind as a card sees it."""
    shared = {"id": f"q-{kind}", "kind": kind, "prompt": "What is said?", "passage": [], "confidence": [], "hints": 0, "test": False}
    return {**shared, **fields}


def choices(*words: str) -> list[dict[str, str]]:
    """Choices whose ids and letters are the first letters of their words."""
    return [{"id": word[0], "text": word, "letter": word[0].upper()} for word in words]
