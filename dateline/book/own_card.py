"""The card for the reader's own texts: a box to paste one into, the list of those that are here, and the workbench on the open one."""

import datetime
import re
from collections.abc import Callable
from typing import Any

from dateline.book.own_page import BENCH, CARD
from dateline.book.own_texts import OwnTexts, annotation_of
from dateline.cards.act import made
from dateline.cards.marks import MarksCard
from dateline.cards.model import Message, Model
from dateline.cards.workbench import Workbench
from dateline.display import show
from dateline.faults import CourseError
from dateline.html import Markup, paragraphs
from dateline.texts.own import OwnText
from dateline.texts.taking_in import LARGEST, counted_marks, is_dated
from dateline.texts.text import load_text
from dateline.wording import counted, ended

BUTTON = "Mark this text"
FILE_NAME = "my-texts.json"
EMPTY = "There is no text in the box yet. Paste one, headline first."
NO_TEXTS = "There is no text here yet, so no file was made."
UNPAIRED = re.compile("[\ud800-\udfff]")
"""Halves of a character, which no file can hold."""
LINK = re.compile(r'(?m)^link = "(.*)"$')
"""What joins source, cue and content in a file of marks."""
LONGEST = 200
"""Letters of an outlet's name at most."""

DrawAnew = Callable[[str, Callable[[], None]], None]
"""Shows a part of the page anew: its name, and what shows it."""


class OwnCard(Model):
    """The box and the list. One text is open at a time, and its workbench stands below."""

    def __init__(self, own: OwnTexts, draw_anew: DrawAnew) -> None:
        self.own = own
        self.draw_anew = draw_anew
        self.open = ""
        self._more: dict[str, Any] = {}
        """What the last act says beside its words."""
        super().__init__({"own": "texts", "button": BUTTON, "most": LARGEST})
        self._say("", {})

    def parts(self) -> dict[str, Callable[[], None]]:
        """What the page shows, part by part: the card, and the workbench on the text that is open or was changed last."""
        if self.open not in self.own.found:
            self.open = self.own.newest()
        self._more = {}
        self._say("", {})
        return {CARD: lambda: show(self), BENCH: self.show_open}

    def show_open(self) -> None:
        """Show the workbench of the open text; nothing where none is open."""
        if self.open:
            show(self._bench(self.open))

    def _bench(self, name: str) -> Workbench:
        text = load_text(name)
        bench = Workbench(text, [])
        bench.marks = bench.marks or MarksCard(text, annotation_of(name))  # the rules may have found nothing, and a reader may
        return bench

    def look_again(self) -> None:
        """Let the list follow what was changed."""
        self.state = {**self.state, "texts": self._texts(), "open": self.open, "took": False, "file": None}

    def _texts(self) -> list[dict[str, Any]]:
        newest_first = sorted(self.own.found.items(), key=lambda item: item[1].saved, reverse=True)
        return [{"id": name, "title": text.title, "about": about(text)} for name, text in newest_first]

    def _say(self, said: str, asked: Message) -> None:
        unread = f"{counted(self.own.unread, 'text')} could not be read and is kept as it is." if self.own.unread else ""
        self.state = {
            **{"said": said, "faults": [], "notes": [], "took": False, "file": None},
            **{"texts": self._texts(), "open": self.open, "unread": unread},
            "deleted": self.own.deleted[1].title if self.own.deleted else "",
            "n": asked.get("n", 0),
            **self._more,
        }

    def hear(self, message: Message) -> None:
        """Do what the page asks for."""
        act = ACTS.get(str(message.get("do", "")))
        if act:
            self._more = {}
            self._say(act(self, message), message)

    def take(self, message: Message) -> str:
        """Take in what was pasted, open it, and say what was recognised; a fault names the line and changes nothing."""
        words = UNPAIRED.sub("\ufffd", str(message.get("words", "")))
        day = str(message.get("day", ""))
        if not words.strip():
            return EMPTY
        try:
            published = datetime.date.fromisoformat(day) if day else None
            name, taken = self.own.add(words, " ".join(str(message.get("outlet", "")).split())[:LONGEST], published)
        except CourseError as error:
            faults = [{"line": one.line, "words": f"{_begun(one.what)} {_begun(one.fix)}"} for one in error.problems]
            self._more = {"faults": faults}
            return "The text was not taken in. It stands in the box as you pasted it."
        except ValueError:
            return "The day cannot be read. Write it as year, month and day, or leave it out."
        self._open(name)
        text, marks = taken.text, counted_marks(taken.marks)
        said = f"“{text.header.title}” is taken in: {counted(len(text.sentences), 'sentence')} and {counted(marks, 'mark')}."
        notes = taken.mended if published else (*taken.mended, _said_of_day(text.header.published, is_dated(text)))
        self._more = {"took": True, "notes": list(notes)}
        return said

    def open_text(self, message: Message) -> str:
        """Open a text that is here."""
        name = self._named(message)
        if not name:
            return "This text is no longer here."
        self._open(name)
        return f"“{self.own.found[name].title}” is open."

    def _open(self, name: str) -> None:
        self.open = name
        self.draw_anew(BENCH, self.show_open)

    def _named(self, message: Message) -> str:
        name = str(message.get("text", ""))
        return name if name in self.own.found else ""

    def delete(self, message: Message) -> str:
        """Take a text away, with its marks."""
        name = self._named(message)
        if not name:
            return "This text is no longer here."
        title = self.own.found[name].title
        self.own.delete(name)
        if self.open == name:
            self._open("")
        return f"“{title}” and its marks are deleted."

    def undo(self, message: Message) -> str:
        """Bring back the text that was deleted last, and open it."""
        if not self.own.deleted:
            return "There is nothing to bring back."
        self._open(self.own.bring_back())
        return f"“{self.own.found[self.open].title}” is back, with its marks."

    def export(self, message: Message) -> str:
        """Make one file of all texts for the reader to keep."""
        if not self.own.found:
            return NO_TEXTS
        self._more = {"file": made(FILE_NAME, "application/json", self.own.all().decode())}
        return f"{counted(len(self.own.found), 'text')} with all marks: made."

    def take_file(self, message: Message) -> str:
        """Take in a file of texts."""
        file = str(message.get("name", "")) or "The file"
        try:
            came, known = self.own.take(str(message.get("words", "")).encode("utf-8", "replace"))
        except ValueError as error:
            why = error.problems[0].what if isinstance(error, CourseError) else str(error)
            return f"{file} is not a file of texts: {ended(why)} Nothing was changed."
        if came:
            self._open(came[-1])
        had = f" {counted(known, 'text was', 'texts were')} here already, with marks as new or newer." if known else ""
        return f"{counted(len(came), 'text')} taken in.{had}"

    def printed(self) -> tuple[Markup, str]:
        """What stands here on screen."""
        lines = [f"On screen there is a box here to paste a text into, a button: {BUTTON}, and the list of your texts."]
        return paragraphs(lines), lines[0]


def about(text: OwnText) -> str:
    """A text in a line: outlet, day, and how many marks there are and how many are decided."""
    day = f"{text.published.day} {text.published:%B %Y}"
    drafts = drafts_in(next(words for place, words in text.files.items() if place.startswith("annotations/")))
    marks = f"{counted(len(drafts), 'mark')}, {drafts.count(False):,} decided"
    return " · ".join(filter(None, [text.outlet, day, marks]))


def drafts_in(words: str) -> list[bool]:
    """Of each mark in an annotation file, whether nobody has decided on it; source, cue and content of one attribution are one mark.

    The file is not read as TOML, which takes a second for a long text where the book runs.
    """
    found: dict[str, bool] = {}
    for number, block in enumerate(words.split("[[mark]]\n")[1:]):
        link = LINK.search(block)
        found[link[1] if link else f"{number}"] = '\nstate = "draft"' in block
    return list(found.values())


def _begun(words: str) -> str:
    return ended(words[:1].upper() + words[1:])


def _said_of_day(day: datetime.date, is_in_text: bool) -> str:
    if is_in_text:
        return f"Its day, {day.day} {day:%B %Y}, is the first in it with day, month and year."
    return "No day was given and none was found, so today's stands for it."


ACTS: dict[str, Callable[[OwnCard, Message], str]] = {
    "take": OwnCard.take,
    "open": OwnCard.open_text,
    "delete": OwnCard.delete,
    "undo": OwnCard.undo,
    "export": OwnCard.export,
    "import": OwnCard.take_file,
}
"""What the page may ask for."""
