"""Marks of the printed form: boxes to cross, blanks to fill, tables, sentences set as a text; an author's *words* are emphasised."""

from collections.abc import Callable, Iterable, Sequence

from markupsafe import Markup

from dateline.html import emphasised, html, join, table_html

BOX, CROSSED = "☐", "☒"
BLANK = "_" * 12


def box(crossed: bool) -> str:
    """A box, crossed or not."""
    return CROSSED if crossed else BOX


def boxes(choices: Iterable[dict[str, str]], crossed: Callable[[str], bool]) -> Markup:
    """A box for each choice."""
    return html("<p>{}</p>", join((html("{} {}", box(crossed(choice["id"])), emphasised(choice["text"])) for choice in choices), "<br>\n"))


def grid(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Markup:
    """A table to be filled in, whose first column heads its rows."""
    return table_html([emphasised(cell) for cell in head], ([emphasised(cell) for cell in row] for row in rows))


def passage_html(lines: Iterable[dict[str, str]]) -> Markup:
    """Sentences set as a text, each after its address; headings as bold lines."""
    paragraphs: dict[str, list[Markup]] = {}
    for line in lines:
        words = html("<strong>{}</strong>" if line["at"].startswith("H") else "{}", line["words"])
        paragraphs.setdefault(line["at"].split(".")[0], []).append(html("<small><code>{}</code></small> {}", line["at"], words))
    inside = join(html("<p>{}</p>", join(group, "<br>")) for group in paragraphs.values())
    return html('<blockquote style="font-family: Charter, Georgia, serif; max-width: 42rem; line-height: 1.6">\n{}\n</blockquote>', inside)


def passage_plain(lines: Iterable[dict[str, str]]) -> str:
    """Sentences as plain text, each after its address."""
    return "\n".join(f"{line['at']}  {line['words']}" for line in lines)
