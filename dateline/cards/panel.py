"""A panel on the page: the live form, and the printed form that says the same."""

from html import escape
from typing import Any

import anywidget
import msgspec
import traitlets

from dateline.cards.card import HERE, WIDGET_VIEW, code_model
from dateline.panels import AnyPanel, Renderings, Steps, Supports
from dateline.showing import table_html


class PanelCard(anywidget.AnyWidget):
    """A live panel. It keeps nothing: trying is free."""

    _esm = (HERE / "shim.js").read_text(encoding="utf-8")
    code = traitlets.Unicode().tag(sync=True)
    spec = traitlets.Dict().tag(sync=True)

    def __init__(self, name: str, panel: AnyPanel) -> None:
        self.panel = panel
        super().__init__(code=code_model(), spec={**msgspec.to_builtins(panel), "panel": name})

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        return {
            WIDGET_VIEW: {"version_major": 2, "version_minor": 0, "model_id": self.model_id},
            "text/html": printed_panel(self.panel),
            "text/plain": self.panel.prompt,
        }, {}


def printed_panel(panel: AnyPanel) -> str:
    """The whole panel as plain HTML."""
    origin = f"<p><small>{escape(panel.origin)}</small></p>" if panel.origin else ""
    inside = f"<p><strong>{escape(panel.prompt)}</strong></p>\n{table_html(*_table(panel))}\n{origin}"
    return f'<section class="dateline-printed" aria-label="{escape(panel.prompt)}">\n{inside}\n</section>'


def _table(panel: AnyPanel) -> tuple[list[str], list[list[str]]]:
    match panel:
        case Steps():
            return ["", "", *panel.headings], [[step.label, step.words, *step.notes] for step in panel.step]
        case Renderings():
            return ["who", "words"], [[version.who, " ".join(filter(None, version.parts))] for version in panel.rendering]
        case Supports():
            names = {support.id: support.text for support in panel.supports}
            rows = [[f"{claim.at} {claim.text}".strip(), _needs(claim.needs, names), claim.why] for claim in panel.claim]
            return ["claim", "rests on", ""], rows


def _needs(needs: tuple[tuple[str, ...], ...], names: dict[str, str]) -> str:
    return "; or ".join(" and ".join(names[need] for need in group) for group in needs)
