"""The page of the book on which a reader marks a text of their own: its place on the map, its words, and what stands on it."""

from typing import Any

from dateline.reading.course import OTHERS, PRACTICE

OWN_PAGE = "book/own-text.md"
"""The page's name, beside those of the notebooks; its file in the book is made of it."""
TITLE = "Your own text"
PART = "After the lessons"
CARD, BENCH = "own-texts", "own-bench"
"""The parts of the page: the box with the list of texts, and the workbench on the one that is open."""
PROSE = f"""# {TITLE}

Here you use the tools of the course on a report that you choose. Paste it into the box. Rules mark who says what, what is quoted,
how it is known, how sure somebody is, and every date and quantity. Some of their marks are wrong. You keep each one, mend it or
throw it out, and add what is missing.

Your text and its marks stay in this browser, on this device. Nothing of them is sent anywhere, and they are not in the file of
answers that goes to a teacher. Clearing the browser's data takes them away, so save them as a file if you need them later. A
report belongs to whoever published it: ask before you pass it on.
"""


def notebook(printed: str) -> dict[str, Any]:
    """The page as the book sets every page: its prose, and two parts that come alive; `printed` is the first of them on paper."""
    parts = [(CARD, printed), (BENCH, "")]
    return {
        "cells": [
            {"cell_type": "markdown", "id": "whole", "source": PROSE},
            *({"cell_type": "code", "id": part, "source": "", "outputs": [{"data": {"text/html": shown}}]} for part, shown in parts),
        ]
    }


def with_own_page(standing: dict[str, Any]) -> dict[str, Any]:
    """Where the learner stands, with this page on the map after the last lesson of the path."""
    entry = {"page": OWN_PAGE, "number": "", "title": TITLE, "minutes": 0, "done": 0, "of": 0}
    after = next((k for k, part in enumerate(standing["parts"]) if part["title"] in (OTHERS, PRACTICE)), len(standing["parts"]))
    parts = [*standing["parts"][:after], {"title": PART, "pages": [entry]}, *standing["parts"][after:]]
    return {**standing, "parts": parts}


def searched() -> dict[str, str]:
    """What the search finds of the page."""
    return {"page": OWN_PAGE, "head": TITLE, "words": " ".join(PROSE.partition("\n")[2].split())}
