"""A course with one question and its key, written as an author writes them, for the tables of what each answer earns."""

from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

Ask = Callable[[str, str], tuple[Any, Any]]
"""Makes the question and the key that some TOML describes."""

LESSON = """lesson = "1.1"
title = "One question"

[[question]]
id = "q"
beat = "practice"
theme = "sourcing"
skill = "voice"
prompt = "What holds?"
"""
KEY = '[q]\nteach = "What to keep."\nnext = "What to do."\n'
MISCONCEPTIONS = """
[were-heard]
name = "Quotations were heard"
better = "Quotation marks show wording alone."
[same-clock]
name = "All clocks are one"
better = "Ask whose clock it is."
"""
TEXT = """+++
id = "ferry"
title = "A ferry"
published = 2031-05-09
provenance = "Written for a test; Ostrel is an invented state."
rights = "CC0"
+++
# The ferry waits

OSTREL (Ostrel Press Service) — The ferry will sail on Friday.
It reportedly left the yard on 6 May.

The coastguard appears to have seen it.
It is perhaps seaworthy.
"""
READERS = """phrase,percent,readers
Perhaps,10,4
Perhaps,20,1
Perhaps,30,15
Perhaps,40,35
Perhaps,50,15
Perhaps,60,20
Perhaps,70,7
Perhaps,80,3
""" + "".join(f"Evenly,{percent},1\n" for percent in range(1, 101))
"""100 readers of each phrase, so that a count is a percentage."""
YARDSTICKS = "yardstick,phrase,low,high\nOurs,perhaps,20,45\nTheirs,PERHAPS,30,60\nTheirs,Surely,90,99\n"


def listed(what: str, **texts: str) -> str:
    """A line of TOML: `items` or `choices` with an id and a text each."""
    entries = [f'{{ id = "{name}", text = "{text}" }}' for name, text in texts.items()]
    return f"{what} = [{', '.join(entries)}]\n"


def words_of(html: str) -> list[str]:
    """What a reader sees of HTML: its pieces of text in order."""
    found: list[str] = []

    class Reader(HTMLParser):
        def handle_data(self, data: str) -> None:
            found.extend(filter(None, [data.strip()]))

    Reader().feed(html)
    return found
