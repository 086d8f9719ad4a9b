"""What a cell puts on the page, always in two forms: HTML for the eye and plain text for everything else."""

from collections.abc import Sequence
from typing import Any

from IPython import display

from dateline.html import Markup, paragraphs, table_html


def show(thing: Any) -> None:
    """Display something that knows how to show itself."""
    display.display(thing)


def as_it_is(shown: Markup) -> str:
    """HTML in which two dollar signs stay two dollar signs: MathJax passes over these classes, in JupyterLab and in exported pages."""
    return f'<div class="mathjax_ignore tex2jax_ignore">\n{shown}\n</div>'


def show_both(shown: Markup, plain: str) -> None:
    """Display HTML, with the same in plain text beside it."""
    display.display({"text/html": as_it_is(shown), "text/plain": plain}, raw=True)


def show_lines(lines: Sequence[str]) -> None:
    """Display paragraphs of plain words."""
    show_both(paragraphs(lines), "\n".join(lines))


def show_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Display a table of plain words."""
    plain = "\n".join("  ".join(row) for row in (head, *rows))
    show_both(table_html(head, rows), plain)
