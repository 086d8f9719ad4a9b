"""What follows the answers: it changes in every open view when an answer does, without running anything again.

What an output rests on is looked at after every saved answer, a moment later, so that nobody who types or checks waits for a figure.
"""

import contextlib
import itertools
from collections.abc import Callable
from typing import Any, NamedTuple, Protocol

from dateline.display import as_it_is, host
from dateline.html import Markup

MOST = 60
"""Things that follow at once; of more, the oldest stay as they are."""


class Shown(NamedTuple):
    """What an output says: as HTML, and in plain text for everything else."""

    html: Markup
    plain: str


class Follows(Protocol):
    """Whatever can look again at the answers."""

    def follow(self) -> None: ...


class Output:
    """One output: `rests_on` is cheap and tells whether `draw` would draw anything else."""

    def __init__(self, rests_on: Callable[[], object], draw: Callable[[], Shown]) -> None:
        self.rests_on = rests_on
        self.draw = draw
        self.drawn_from = rests_on()
        self.name = f"dateline-{next(_count)}"
        host().publish(_bundle(draw()), self.name)

    def follow(self) -> None:
        """Show it anew where what it rests on has changed."""
        now = self.rests_on()
        if now != self.drawn_from:
            self.drawn_from = now
            host().publish(_bundle(self.draw()), self.name, update=True)


_count = itertools.count(1)
_following: list[Follows] = []


def show_following(rests_on: Callable[[], object], draw: Callable[[], Shown]) -> None:
    """Show an output now, and again whenever what it rests on has changed."""
    keep_up(Output(rests_on, draw))


def keep_up(thing: Follows) -> None:
    """Let something follow the answers from now on; what is shown once more is not among the oldest any more."""
    if thing in _following:
        _following.remove(thing)
    _following.append(thing)
    del _following[:-MOST]


def nothing_follows() -> None:
    """Let go of everything that follows: the page it stood on is gone."""
    _following.clear()


def _bundle(shown: Shown) -> dict[str, Any]:
    return {"text/html": as_it_is(shown.html), "text/plain": shown.plain}


def answers_changed(*_: object) -> None:
    """Let everything follow in a moment."""
    host().soon(settle)


def settle() -> None:
    """Let everything follow now. What cannot be drawn any more stays as it is and stops nothing else."""
    for thing in list(_following):
        with contextlib.suppress(Exception):
            thing.follow()
