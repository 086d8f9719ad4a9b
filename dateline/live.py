"""What follows the answers: it changes in every open view when an answer does, without running anything again.

An output is shown under an id of Jupyter's own, by which whatever shows the page replaces it. What it rests on is looked at after
every saved answer, a moment later, so that nobody who types or checks waits for a figure.
"""

import asyncio
import contextlib
import itertools
from collections.abc import Callable
from typing import Any, NamedTuple, Protocol

from IPython import display

from dateline.display import as_it_is
from dateline.html import Markup

PAUSE = 0.15
"""Seconds after the last saved answer before outputs follow."""
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
        display.display(_bundle(draw()), raw=True, display_id=self.name)

    def follow(self) -> None:
        """Show it anew where what it rests on has changed."""
        now = self.rests_on()
        if now != self.drawn_from:
            self.drawn_from = now
            display.display(_bundle(self.draw()), raw=True, display_id=self.name, update=True)


_count = itertools.count(1)
_following: list[Follows] = []
_waiting: list[asyncio.TimerHandle] = []


def show_following(rests_on: Callable[[], object], draw: Callable[[], Shown]) -> None:
    """Show an output now, and again whenever what it rests on has changed."""
    keep_up(Output(rests_on, draw))


def keep_up(thing: Follows) -> None:
    """Let something follow the answers from now on."""
    _following.append(thing)
    del _following[:-MOST]


def _bundle(shown: Shown) -> dict[str, Any]:
    return {"text/html": as_it_is(shown.html), "text/plain": shown.plain}


def answers_changed(*_: object) -> None:
    """Let everything follow in a moment; at once where nothing waits for a next message."""
    for timer in _waiting:
        timer.cancel()
    _waiting.clear()
    try:
        _waiting.append(asyncio.get_running_loop().call_later(PAUSE, settle))
    except RuntimeError:
        settle()


def settle() -> None:
    """Let everything follow now. What cannot be drawn any more stays as it is and stops nothing else."""
    _waiting.clear()
    for thing in list(_following):
        with contextlib.suppress(Exception):
            thing.follow()
