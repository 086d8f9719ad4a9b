"""The card on which a draft of marks is corrected: drawn in the text, each with its rule, and what is counted from them."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from dateline.cards.act import File, made
from dateline.cards.drafted import DraftedCard
from dateline.cards.model import Message, Model
from dateline.faults import CourseError, parse_toml
from dateline.html import Markup, html, join, table_html
from dateline.texts.annotating import drafted
from dateline.texts.comparing import agreement, side_by_side
from dateline.texts.correcting import LABELS, Corrections, standing
from dateline.texts.exporting import as_csv, as_page, as_web_annotations
from dateline.texts.implied import Beside
from dateline.texts.lexicon import load_cues
from dateline.texts.marks import Annotated, Annotation, annotation_files, load_marks
from dateline.texts.text import Text, load_text, text_files
from dateline.texts.voices import resting, shared, voices
from dateline.wording import counted

NAMES = {
    "source": "source: who says it",
    "cue": "cue: the words that hand it over",
    "content": "content: what is said",
    "quotation": "quotation",
    "evidential": "how it is known, with nobody named",
    "epistemic": "how sure somebody is",
    "stance": "a word that takes a stance",
    "vague": "vague source: nobody could ask it",
    "evidence": "evidence shown",
    "date": "date or time",
    "duration": "how long",
    "set": "how often",
    "number": "quantity",
}
LARGEST = 2_000_000
"""Letters of a colleague's file at most."""
EXPORTS: dict[str, tuple[str, str, Callable[[Text, tuple[Annotated, ...], Beside], str]]] = {
    "csv": ("csv", "text/csv", as_csv),
    "json": ("json", "application/ld+json", as_web_annotations),
    "html": ("html", "text/html", as_page),
}
"""The forms in which the marks leave the page: the ending of the file, its type, and what makes it."""


class MarksCard(Model):
    """The marks of a text that was taken in. Each change is saved in the annotation file at once, and can be undone."""

    def __init__(self, text: Text, path: Path) -> None:
        self.text = text
        self.corrections = Corrections(text, path)
        lines = [{"at": sentence.at, "words": sentence.words} for sentence in text.sentences]
        labels = [{"id": label, "layer": layer, "letter": letter, "text": NAMES[label]} for label, (layer, letter) in LABELS.items()]
        others = [path.stem for path in text_files() if path.stem != text.id]
        super().__init__({"marks": text.id, "title": text.header.title, "passage": lines, "labels": labels, "others": others})
        self.drafted: Sequence[DraftedCard] = ()
        """The cards that are drafted from these marks."""
        self._shown: dict[str, Any] = {"file": None, "comparison": None, "agreement": None}
        self._show("", {})

    def hear(self, message: Message) -> None:
        """Do what the page asks for, and show how the marks stand then."""
        act = ACTS.get(str(message.get("do", "")))
        if act is None:
            return
        self._shown = {**self._shown, "file": None}
        try:
            said = act(self, message)
        except (CourseError, TypeError, ValueError) as error:
            said = str(error.problems[0]) if isinstance(error, CourseError) else "That could not be read; please do it once more."
        for card in self.drafted:
            card.follow()
        self._show(said, message)

    def stands_beside(self, cards: Sequence[DraftedCard]) -> None:
        """Let cards that are drafted from these marks follow them, and leave the page with them."""
        self.drafted = cards

    def _show(self, said: str, message: Message) -> None:
        marks = self.corrections.marks
        self.state = {
            "items": [self._item(number, mark) for number, mark in enumerate(marks) if mark.words],
            "undo": len(self.corrections.before),
            "said": said,
            "voices": [voice._asdict() for voice in voices(marks)],
            "resting": resting(self.text, marks)._asdict(),
            **self._shown,
            "n": message.get("n", 0),
            "view": message.get("view", ""),
        }

    def _item(self, number: int, mark: Annotated) -> dict[str, Any]:
        span = self.text.find(mark.at, mark.words, mark.nth)
        return {
            **{"number": number, "at": mark.at, "start": span.start, "end": span.end, "words": mark.words, "label": mark.label},
            **{"link": mark.link, "state": mark.state, "sure": mark.sure, "why": why(mark)},
        }

    def keep(self, message: Message) -> str:
        return self.corrections.keep(_number(message))

    def throw_out(self, message: Message) -> str:
        return self.corrections.throw_out(_number(message))

    def change(self, message: Message) -> str:
        return self.corrections.change(_number(message), int(message["start"]), int(message["end"]), str(message["label"]))

    def add(self, message: Message) -> str:
        """Add a mark, on characters of a sentence or on words that are typed."""
        at, label, to = str(message["at"]), str(message["label"]), message.get("to")
        if message.get("words"):
            span = self.text.find(at, str(message["words"]).strip(), int(message["nth"]) if message.get("nth") else None)
            start, end = span.start, span.end
        else:
            start, end = int(message["start"]), int(message["end"])
        return self.corrections.add(at, start, end, label, int(to) if to is not None else None)

    def undo(self, _message: Message) -> str:
        return self.corrections.undo()

    def export(self, message: Message) -> str:
        """Make a file of the marks for the reader to keep."""
        ending, kind, words = EXPORTS[str(message.get("form")) if message.get("form") in EXPORTS else "html"]
        self._shown["file"] = self._file(ending, kind, words(self.text, self.corrections.marks, self._beside()))
        return "Made."

    def _beside(self) -> Beside:
        stands = [card.beside() for card in self.drafted]
        return Beside(tuple(row for one in stands for row in one.chain), tuple(row for one in stands for row in one.clocks))

    def _file(self, ending: str, kind: str, words: str) -> File:
        return made(f"marks-on-{self.text.id}.{ending}", kind, words)

    def compare(self, message: Message) -> str:
        """Set another text beside this one: what is added, dropped and changed, and who is named in which."""
        name = str(message.get("with", ""))
        if not name:
            self._shown["comparison"] = None
            return ""
        other = load_text(name)
        marks = load_all(name) or drafted(other)
        both, here, there = shared(voices(self.corrections.marks), voices(marks))
        self._shown["comparison"] = {
            "with": other.header.title,
            "rows": [side._asdict() for side in side_by_side(self.text, other)],
            **{"both": both, "here": here, "there": there},
        }
        return f"{other.header.title} stands beside it."

    def agree(self, message: Message) -> str:
        """Compare these marks with the draft as the rules make it now, or with a colleague's file."""
        words = str(message.get("words", ""))
        if len(words) > LARGEST:
            return "The file is too large to be one of marks."
        if words:
            theirs = read_colleague(words, self.text)
            whom = str(message.get("name", "")) or "your colleague"
        else:
            theirs, whom = drafted(self.text), "the draft"
        rows = agreement(self.text, standing(self.corrections.marks), theirs)
        self._shown["agreement"] = {
            "with": whom,
            "rows": [{**row._asdict(), "label": NAMES.get(row.label, row.label), "share": row.share} for row in rows],
        }
        return f"Compared with {whom}."

    def printed(self) -> tuple[Markup, str]:
        """The text and its marks in a table."""
        marks = standing(self.corrections.marks)
        rows = [(mark.at, mark.words, NAMES.get(mark.label, mark.label), why(mark)) for mark in marks]
        table = table_html(("At", "Words", "Label", "Why"), rows)
        head = html("<p><strong>Marks: {}</strong></p>", counted(len(marks), "mark"))
        whole = html('<section class="dateline-printed" aria-label="Marks">{}</section>', join([head, table]))
        return whole, f"Marks on {self.text.header.title}: {counted(len(marks), 'mark')}"


def why(mark: Annotated) -> str:
    """Why a mark is there: its rule with how often it was right on text that was held out, and whether it was sure here."""
    if not mark.rule:
        return mark.note or "marked by hand"
    construction = load_cues().constructions.get(mark.rule)
    measured = f" Right in {construction.right} of {construction.made} on sentences held out." if construction and construction.made else ""
    unmeasured = " Not measured yet." if construction and not construction.made else ""
    doubt = "" if mark.sure else " Not sure here: another reading is open."
    return f"{mark.note or mark.rule}.{measured}{unmeasured}{doubt}"


def _number(message: Message) -> int:
    return int(message["mark"])


def load_all(name: str) -> tuple[Annotated, ...]:
    """The open marks of a text, in the order of their file."""
    layers = dict.fromkeys(layer for layer, _ in LABELS.values())
    return tuple(mark for layer in layers for mark in load_marks(name, layer) if mark.words) if annotation_files(name) else ()


def read_colleague(words: str, text: Text) -> tuple[Annotated, ...]:
    """The marks in a colleague's annotation file of the same text; raises `CourseError`."""
    annotation = msgspec.convert(parse_toml(words, "the file"), Annotation)
    if annotation.text != text.id:
        raise ValueError("another text")
    for mark in annotation.mark:
        text.find(mark.at, mark.words, mark.nth)
    return standing(annotation.mark)


ACTS: dict[str, Callable[[MarksCard, Message], str]] = {
    "keep": MarksCard.keep,
    "out": MarksCard.throw_out,
    "change": MarksCard.change,
    "add": MarksCard.add,
    "undo": MarksCard.undo,
    "export": MarksCard.export,
    "compare": MarksCard.compare,
    "agree": MarksCard.agree,
}
"""What the page may ask for."""


def marks_card(text: Text) -> MarksCard | None:
    """The card for a text whose marks were drafted; none for one whose marks are a lesson's own."""
    for path in annotation_files(text.id):
        if "solutions" not in path.parts[-3:-1]:
            corrections = Corrections(text, path)
            if any(mark.state for mark in corrections.marks):
                return MarksCard(text, path)
    return None
