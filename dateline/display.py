"""What a cell puts on the page, always in two forms: HTML for the eye and plain text for everything else.

Who shows it is the host: Jupyter, unless somebody else takes its place.
"""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from dateline.html import Markup, paragraphs, table_html

PAUSE = 0.15
"""Seconds after the last wish before what may wait a moment is done."""


class Host(Protocol):
    """Whatever shows the course."""

    def publish(self, bundle: dict[str, Any], name: str = "", update: bool = False) -> None:
        """Show forms of one output, by media type; under a `name` it can be shown anew with `update`."""

    def show(self, thing: Any) -> None:
        """Show something that knows how to show itself, such as a card."""

    def soon(self, act: Callable[[], None]) -> None:
        """Do something in a moment, once however often it was wished; at once where nothing waits for a next message."""


class Jupyter:
    """Jupyter's own display, imported when something is shown for the first time."""

    def __init__(self) -> None:
        self.waiting: dict[Callable[[], None], Any] = {}

    def publish(self, bundle: dict[str, Any], name: str = "", update: bool = False) -> None:
        """Show an output under an id of Jupyter's own, by which whatever shows the page replaces it."""
        from IPython import display

        if name:
            display.display(bundle, raw=True, display_id=name, update=update)
        else:
            display.display(bundle, raw=True)

    def show(self, thing: Any) -> None:
        """Show something as Jupyter would at the end of a cell."""
        from IPython import display

        display.display(thing)

    def soon(self, act: Callable[[], None]) -> None:
        """Let the kernel's loop do it after a pause."""
        import asyncio  # long to import, and there already where a kernel runs

        timer = self.waiting.pop(act, None)
        if timer:
            timer.cancel()
        try:
            self.waiting[act] = asyncio.get_running_loop().call_later(PAUSE, act)
        except RuntimeError:
            act()


_host: Host = Jupyter()


def host() -> Host:
    """Who shows the course now."""
    return _host


def shown_by(other: Host) -> Host:
    """From now on let somebody else show the course; returns who did before."""
    global _host
    before, _host = _host, other
    return before


def show(thing: Any) -> None:
    """Display something that knows how to show itself."""
    _host.show(thing)


def as_it_is(shown: Markup) -> str:
    """HTML in which two dollar signs stay two dollar signs: MathJax passes over these classes, in JupyterLab and in exported pages."""
    return f'<div class="mathjax_ignore tex2jax_ignore">\n{shown}\n</div>'


def show_both(shown: Markup, plain: str) -> None:
    """Display HTML, with the same in plain text beside it."""
    _host.publish({"text/html": as_it_is(shown), "text/plain": plain})


def show_lines(lines: Sequence[str]) -> None:
    """Display paragraphs of plain words."""
    show_both(paragraphs(lines), "\n".join(lines))


def show_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Display a table of plain words."""
    plain = "\n".join("  ".join(row) for row in (head, *rows))
    show_both(table_html(head, rows), plain)
