"""HTML that escapes by default: pieces made with `html`, tables, and a page of its own that needs nothing beside it.

What is not `Markup` is plain words and is escaped wherever it is put in (markupsafe).
"""

import re
from collections.abc import Iterable, Sequence

from markupsafe import Markup

STYLE = """
@page { size: auto; margin: 18mm 16mm 20mm; }
html { color-scheme: light dark; background: Canvas; color: CanvasText; }
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
@media (max-width: 30rem) { th, td { overflow-wrap: anywhere; } }
@media print { body { margin: 0; padding: 0; max-width: none; font-size: 11pt; } a { color: inherit; } }
"""
EMPHASIS = re.compile(r"\*(\S|\S[^*]*\S)\*")
LEFT = Markup(' style="text-align: left"')


def html(form: str, *values: object, **named: object) -> Markup:
    """A piece of HTML: a form as in `str.format`, with every value escaped unless it is `Markup`."""
    return Markup(form).format(*values, **named)


def join(parts: Iterable[object], between: str = "\n") -> Markup:
    """Pieces one after the other; what is empty is left out."""
    return Markup(between).join(str(part) if not isinstance(part, str) else part for part in parts if part)


def lines(words: str) -> Markup:
    """Plain words with their line ends kept."""
    return Markup("<br>\n").join(words.split("\n"))


def emphasised(words: str) -> Markup:
    """Plain words with their line ends kept; what stands between two asterisks is emphasised, as on a card (`cards/basics.js`)."""
    return Markup(EMPHASIS.sub(r"<em>\1</em>", str(lines(words))))


def paragraphs(words: Iterable[str]) -> Markup:
    """Plain words, a paragraph each."""
    return join(html("<p>{}</p>", line) for line in words)


def table_html(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Markup:
    """A table whose first column heads its rows."""
    top = join((html('<th scope="col"{}>{}</th>', LEFT, cell) if cell else Markup("<td></td>") for cell in head), "")
    body = Markup("\n").join(_row(row) for row in rows)
    return html("<table>\n<thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody>\n</table>", top, body)


def _row(cells: Sequence[str]) -> Markup:
    first, *others = cells
    rest = join((html("<td{}>{}</td>", LEFT, cell) for cell in others), "")
    if not first:
        return html("<tr><td></td>{}</tr>", rest)
    return html('<tr><th scope="row" style="text-align: left; font-weight: normal">{}</th>{}</tr>', first, rest)


def page(title: str, body: Markup, style: str = "") -> Markup:
    """The whole file, from the HTML inside it; the title is plain words."""
    return html(
        '<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{}</title>\n'
        "<style>{}</style></head>\n<body>\n<main>\n{}\n</main>\n</body>\n</html>\n",
        title,
        Markup(STYLE + style),
        body,
    )


__all__ = ["STYLE", "Markup", "emphasised", "html", "join", "lines", "page", "paragraphs", "table_html"]
