"""What a cell puts on the page, always in two forms: HTML for the eye and plain text for everything else."""

from collections.abc import Sequence
from html import escape
from typing import Any

from IPython import display


def show(thing: Any) -> None:
    """Display something that knows how to show itself."""
    display.display(thing)


def show_both(html: str, plain: str) -> None:
    """Display HTML, with the same in plain text beside it."""
    display.display({"text/html": html, "text/plain": plain}, raw=True)


def show_lines(lines: Sequence[str]) -> None:
    """Display paragraphs of plain words."""
    html = "\n".join(f"<p>{escape(line)}</p>" for line in lines)
    show_both(f"<div>\n{html}\n</div>", "\n".join(lines))


def show_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Display a table of plain words."""
    plain = "\n".join("  ".join(row) for row in (head, *rows))
    show_both(table_html(head, rows), plain)


def table_html(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of plain words whose first column heads its rows."""
    top = "".join(f'<th scope="col" style="text-align: left">{escape(cell)}</th>' if cell else "<td></td>" for cell in head)
    body = "\n".join(_row(row) for row in rows)
    return f"<table>\n<thead><tr>{top}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def _row(cells: Sequence[str]) -> str:
    first, *others = (escape(cell) for cell in cells)
    rest = "".join(f'<td style="text-align: left">{cell}</td>' for cell in others)
    return f'<tr><th scope="row" style="text-align: left; font-weight: normal">{first}</th>{rest}</tr>'
