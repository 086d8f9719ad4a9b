"""A page of its own: one HTML file that needs nothing beside it and prints well on A4 and Letter."""

from collections.abc import Sequence
from html import escape

STYLE = """
@page { size: auto; margin: 18mm 16mm 20mm; }
html { color-scheme: light dark; }
body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; font: 16px/1.55 Charter, "Iowan Old Style", Georgia, "Noto Serif", serif; }
h1 { font-size: 1.7rem; line-height: 1.2; margin-bottom: 0.2rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 0.4rem; border-top: 2px solid; padding-top: 0.4rem; break-after: avoid; }
h3 { font-size: 1rem; margin: 0 0 0.4rem; }
header p, .quiet { font-size: 0.9rem; }
blockquote { margin: 0 0 1rem; padding-left: 0.9rem; border-left: 2px solid; }
table { border-collapse: collapse; width: 100%; margin: 0.4rem 0 1rem; font-size: 0.92rem; }
th, td { text-align: left; vertical-align: top; padding: 0.25rem 0.6rem 0.25rem 0; border-bottom: 1px solid #999; }
tr, p, li { break-inside: avoid; orphans: 3; widows: 3; }
code { font-size: 0.75rem; }
mark { color: inherit; background: transparent; border-bottom: 2px solid; }
mark sup { font: 600 0.65rem system-ui, sans-serif; padding-left: 0.1em; }
.brief p { break-inside: auto; }
@media print { body { margin: 0; padding: 0; max-width: none; font-size: 11pt; } a { color: inherit; } }
"""


def page(title: str, body: str, style: str = "") -> str:
    """The whole file, from the HTML inside it; the title is plain words."""
    return (
        '<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{escape(title)}</title>\n'
        f"<style>{STYLE}{style}</style></head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def table_html(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of plain words whose first column heads its rows."""
    top = "".join(f'<th scope="col" style="text-align: left">{escape(cell)}</th>' if cell else "<td></td>" for cell in head)
    body = "\n".join(_row(row) for row in rows)
    return f"<table>\n<thead><tr>{top}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def _row(cells: Sequence[str]) -> str:
    first, *others = (escape(cell) for cell in cells)
    rest = "".join(f'<td style="text-align: left">{cell}</td>' for cell in others)
    return f'<tr><th scope="row" style="text-align: left; font-weight: normal">{first}</th>{rest}</tr>'
