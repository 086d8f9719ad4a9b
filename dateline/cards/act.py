"""What acts, as a card with a button: handing in a test, taking the page of a text, taking a file of all answers.

Showing and acting are apart: such a card does nothing when it appears. It says what would happen, asks once where something would be
left open, and acts when its button is pressed.
"""

from collections.abc import Callable
from typing import TypedDict

from dateline import live
from dateline.cards.model import Message, Model
from dateline.html import Markup, html, paragraphs


class File(TypedDict):
    """A file for the reader to keep: its name, what it is, and its words."""

    name: str
    type: str
    words: str


def made(name: str, kind: str, words: str) -> File:
    """A file that was made."""
    return File(name=name, type=kind, words=words)


class State(TypedDict):
    """What the card says and offers. `ask` is a question put before the button acts; `file` was made by the last press."""

    lines: list[str]
    button: str
    ask: str
    file: File | None
    said: str


class Act:
    """One thing that can be done: a title, what the card says now, and what pressing does. `name` is the file name that is offered.

    Where it is `signed`, the card asks for the reader's own name and the browser alone puts it into the file: it is sent nowhere.
    """

    def __init__(self, title: str, look: Callable[[], State], press: Callable[[str], State], name: str = "", signed: bool = False) -> None:
        self.title = title
        self.look = look
        self.press = press
        self.name = name
        self.signed = signed


class ActCard(Model):
    """The card of an act. It follows the answers, and acts on nothing but its button."""

    def __init__(self, act: Act) -> None:
        self.act = act
        super().__init__({"act": act.title, "name": act.name, "signed": act.signed}, dict(act.look()))

    def hear(self, message: Message) -> None:
        """Act when the button is pressed."""
        if message.get("do") == "press":
            self.state = dict(self.act.press(str(message.get("name", ""))[:200]))
            live.answers_changed()

    def follow(self) -> None:
        """Say anew how things stand, where they stand otherwise; what the last press said and made is kept until then."""
        now = dict(self.act.look())
        if any(now[field] != self.state.get(field) for field in ("lines", "button", "ask")):
            self.state = now

    def printed(self) -> tuple[Markup, str]:
        """What the card says now, and the name of its button."""
        state = self.act.look()
        lines = [*state["lines"], f"On screen there is a button here: {state['button']}." if state["button"] else ""]
        said = paragraphs(filter(None, lines))
        form = '<section class="dateline-printed" aria-label="{}"><p><strong>{}</strong></p>\n{}</section>'
        return html(form, self.act.title, self.act.title, said), "\n".join(filter(None, [self.act.title, *lines]))
