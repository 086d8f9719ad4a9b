"""The workbench: one text beside all the exercises that are asked of it, and the marks on it that are open."""

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

from dateline.cards.card import Card
from dateline.cards.drafted import DraftedCard
from dateline.cards.marks import marks_card
from dateline.cards.model import Model
from dateline.display import as_it_is
from dateline.html import Markup, html, join
from dateline.kinds.paper import passage_html
from dateline.kinds.spans import Mark
from dateline.kinds.view import passage
from dateline.texts.marks import Annotated, open_marks
from dateline.texts.text import Text


class Workbench(Model):
    """A text and its tools. Each tool is the live card of an exercise, saved and checked as everywhere."""

    def __init__(self, text: Text, cards: Sequence[Card]) -> None:
        self.text = text
        self.cards = cards
        self.marks = marks_card(text)
        if self.marks:
            self.marks.stands_beside([card for card in cards if isinstance(card, DraftedCard)])
        lines = passage(text.id, tuple(sentence.at for sentence in text.sentences))
        super().__init__({"workbench": text.id, "title": text.header.title, "passage": lines, "layers": open_layers(text)})

    def spec_with(self, name_of: Callable[[Model], str]) -> dict[str, Any]:
        """The spec with its tools; one that shows the whole text itself needs no text beside it."""
        tools = [
            {
                "title": card.exercise.question.title or card.exercise.question.id,
                "model": name_of(card),
                "whole": isinstance(card.exercise.question, Mark),
            }
            for card in self.cards
        ]
        if self.marks:
            tools.insert(0, {"title": "Marks", "model": name_of(self.marks), "whole": True})
        return {**self.spec, "tools": tools}

    def printed(self) -> tuple[Markup, str]:
        """The text, and below it every tool on paper."""
        parts = [self.marks.printed()[0]] if self.marks else []
        parts += [card.on_paper() for card in self.cards]
        shown = as_it_is(html("<section>\n{}\n{}\n</section>", passage_html(self.spec["passage"]), join(parts)))
        return Markup(shown), f"Workbench on {self.text.header.title}"


def open_layers(text: Text) -> list[dict[str, Any]]:
    """The marks that may be seen while working, layer by layer: those of the open annotation, none that is a key."""
    marks = open_marks(text)
    layered = groupby(sorted(marks, key=lambda mark: mark.layer), key=lambda mark: mark.layer)
    return [{"name": name, "marks": [_placed(mark, text) for mark in group]} for name, group in layered]


def _placed(mark: Annotated, text: Text) -> dict[str, Any]:
    span = text.find(mark.at, mark.words, mark.nth)
    return {"at": mark.at, "start": span.start, "end": span.end, "words": mark.words, "label": mark.label, "note": mark.note}
