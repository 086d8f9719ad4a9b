"""A panel on the page: the live form, and the printed form that says the same."""

import datetime
from typing import Any

import msgspec

from dateline.cards.fingerprint import compared, on_no_card, printed_rows
from dateline.cards.model import Model
from dateline.cards.panels import AnyPanel, Clocks, Fingerprint, Gloss, Happening, Renderings, Steps, Supports
from dateline.display import as_it_is
from dateline.html import Markup, emphasised, html, join, table_html
from dateline.texts.clocks import midnights, shown, span


class PanelCard(Model):
    """A live panel. It keeps nothing: trying is free."""

    def __init__(self, name: str, panel: AnyPanel) -> None:
        self.panel = panel
        super().__init__({**_view(panel), "panel": name})

    def printed(self) -> tuple[Markup, str]:
        """The whole panel as a table."""
        return Markup(as_it_is(printed_panel(self.panel))), self.panel.prompt


def _view(panel: AnyPanel) -> dict[str, Any]:
    """What the page needs. Every clock is read here, so the browser does no arithmetic with zones."""
    plain: dict[str, Any] = msgspec.to_builtins(panel)
    if isinstance(panel, Fingerprint):
        plain["shown"] = [msgspec.to_builtins(one) for one in (*compared(panel), on_no_card(panel))]
    if isinstance(panel, Clocks):
        spans = [span(one.at, one.zone) if one.at else None for one in panel.happening]
        first, last = min(found.start for found in spans if found), max(found.end for found in spans if found)

        def hours(moment: datetime.datetime) -> float:
            return (moment - first).total_seconds() / 3600

        plain |= {
            "hours": [[hours(moment) for moment in found] if found else None for found in spans],
            "length": hours(last),
            "read": [list(column) for column in zip(*(_read(one, panel) for one in panel.happening), strict=True)],
            "days": [[[hours(moment), name] for moment, name in midnights(first, last, place.zone)] for place in panel.places],
        }
    return plain


def printed_panel(panel: AnyPanel) -> Markup:
    """The whole panel as plain HTML."""
    origin = html("<p><small>{}</small></p>", panel.origin) if panel.origin else ""
    origin = join([html("<p>{}</p>", panel.apart), origin]) if isinstance(panel, Fingerprint) and panel.apart else origin
    inside = html("<p><strong>{}</strong></p>\n{}\n{}", panel.prompt, table_html(*_table(panel)), origin)
    return html('<section class="dateline-printed" aria-label="{}">\n{}\n</section>', panel.prompt, inside)


def _table(panel: AnyPanel) -> tuple[list[str], list[list[str]]]:
    match panel:
        case Gloss():
            rows = [[_spoken(word.text + word.then, panel.lang), word.sound, emphasised(word.form), word.sense] for word in panel.word]
            return ["word", "sounds like", "form", "sense"], [*rows, [panel.who, "", "all of it", panel.whole]]
        case Steps():
            return ["", "", *panel.headings], [[step.label, step.words, *step.notes] for step in panel.step]
        case Renderings():
            return ["who", "words"], [[version.who, " ".join(filter(None, version.parts))] for version in panel.rendering]
        case Clocks():
            rows = [[one.text, one.lane, *_read(one, panel), one.why] for one in panel.happening]
            return ["", "clock", *(place.text for place in panel.places), ""], rows
        case Fingerprint():
            return ["from", "phrase", "words in a row with the text"], printed_rows(panel)
        case Supports():
            names = {support.id: support.text for support in panel.supports}
            rows = [[f"{claim.at} {claim.text}".strip(), _needs(claim.needs, names), claim.why] for claim in panel.claim]
            return ["claim", "rests on", ""], rows


def _spoken(words: str, lang: str) -> Markup:
    """Words of another language, marked as such: a screen reader changes its voice, and a browser its letters."""
    return html('<span lang="{}">{}</span>', lang, words)


def _needs(needs: tuple[tuple[str, ...], ...], names: dict[str, str]) -> str:
    return "; or ".join(" and ".join(names[need] for need in group) for group in needs)


def _read(one: Happening, panel: Clocks) -> list[str]:
    return [shown(span(one.at, one.zone), place.zone) if one.at else "not stated" for place in panel.places]
