"""Figures drawn from data as SVG inside the page: no library, ink in the colour of the words around, nothing told by colour alone.

Ink is `currentColor`, so a figure is readable on paper, in a dark theme, in forced colours and in grey. Widths are in the units of the
drawing; a drawing is 400 wide, so that its letters stay legible where a phone shows it without scaling.
"""

from collections.abc import Iterable, Sequence

from dateline.html import Markup, html, join, table_html
from dateline.live import Shown

WIDTH = 400
WIDEST = 35
"""Rem: how wide a drawing may grow on the page."""


def drawing(height: float, alt: str, parts: Iterable[Markup]) -> Markup:
    """The picture itself, told in words by `alt`."""
    form = (
        '<svg role="img" aria-label="{}" viewBox="0 0 {} {:g}" style="display: block; width: 100%; max-width: {}rem; height: auto; '
        'margin: 0.4rem 0; font-family: system-ui, sans-serif" fill="currentColor" stroke="none">\n{}\n</svg>'
    )
    return html(form, alt, WIDTH, height, WIDEST, join(parts))


def words(x: float, y: float, said: str, size: float = 13, at: str = "start", heavy: bool = False, slanted: bool = False) -> Markup:
    """Words whose line stands at `y`; `at` says whether `x` is their start, middle or end."""
    style = (' font-weight="600"' if heavy else "") + (' font-style="italic"' if slanted else "")
    return html('<text x="{:g}" y="{:g}" font-size="{:g}" text-anchor="{}"{}>{}</text>', x, y, size, at, Markup(style), said)


def line(start: tuple[float, float], end: tuple[float, float], width: float = 1, dash: str = "", faint: bool = False) -> Markup:
    """A line, dashed as SVG writes it (`"4 3"`)."""
    style = (f' stroke-dasharray="{dash}"' if dash else "") + (' stroke-opacity="0.45"' if faint else "")
    form = '<line x1="{:g}" y1="{:g}" x2="{:g}" y2="{:g}" stroke="currentColor" stroke-width="{:g}"{}/>'
    return html(form, *start, *end, width, Markup(style))


def dot(x: float, y: float, radius: float, filled: bool) -> Markup:
    """A point, filled or a ring."""
    style = Markup("" if filled else ' fill="none" stroke="currentColor" stroke-width="2"')
    return html('<circle cx="{:g}" cy="{:g}" r="{:g}"{}/>', x, y, radius, style)


def bar(x: float, y: float, width: float, height: float, filled: bool) -> Markup:
    """A bar, filled or an outline."""
    style = Markup("" if filled else ' fill="none" stroke="currentColor" stroke-width="1.3"')
    return html('<rect x="{:g}" y="{:g}" width="{:g}" height="{:g}"{}/>', x, y, width, height, style)


def figure_shown(title: str, drawn: Markup, alt: str, head: Sequence[str], rows: Iterable[Sequence[str]], note: str = "") -> Shown:
    """A drawing under its title, with a note on how to read it and the table behind it, closed."""
    form = (
        '<figure style="margin: 0 0 1rem">\n<figcaption style="font-weight: 600">{}</figcaption>\n{}\n{}'
        "<details><summary>The same as a table</summary>\n{}\n</details>\n</figure>"
    )
    told = html('<p style="margin: 0 0 0.4rem; font-size: 0.9em">{}</p>\n', note) if note else ""
    return Shown(html(form, title, drawn, told, table_html(head, rows)), alt)
