"""Putting a figure on the page: its picture, alt text that says the same, and the table behind it."""

import base64
import io
from collections.abc import Sequence
from pathlib import Path

from matplotlib import style
from matplotlib.figure import Figure

from dateline.display import show_both
from dateline.html import Markup, html, table_html

STYLE = Path(__file__).with_name("course.mplstyle")
WIDTH = 6.5
"""Inches; with DPI it gives a picture that is read without scaling in a notebook."""
DPI = 110


def blank(height: float) -> Figure:
    """An empty figure of the course's width; `height` in inches. Draw on it inside `style.context(STYLE)`."""
    return Figure(figsize=(WIDTH, height), layout="constrained")


def show_figure(figure: Figure, alt: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Display a figure with its alt text, and below it the table behind it, closed."""
    show_both(figure_html(figure, alt, head, rows), alt)


def figure_html(figure: Figure, alt: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Markup:
    """A figure as HTML that needs nothing beside it: the picture, its alt text, and the table behind it, closed."""
    drawn = io.BytesIO()
    with style.context(STYLE):
        figure.savefig(drawn, format="png", dpi=DPI, metadata={"Software": None})
    picture = base64.b64encode(drawn.getvalue()).decode()
    return html(
        '<figure style="margin: 0">\n<img alt="{}" style="max-width: 100%; height: auto" src="data:image/png;base64,{}">\n'
        "<figcaption><details><summary>The same as a table</summary>\n{}\n</details></figcaption>\n</figure>",
        alt,
        picture,
        table_html(head, rows),
    )
