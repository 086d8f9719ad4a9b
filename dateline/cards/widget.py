"""What is alive on a page, as a widget of Jupyter: the thin side that carries `spec` and `state` to the page and messages back."""

from functools import cache
from typing import Any

import anywidget
import ipywidgets
import traitlets

from dateline.cards.code import HERE, source, style
from dateline.cards.model import Model

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


class Code(ipywidgets.Widget):  # type: ignore[misc]
    """The cards' JavaScript and style sheet, sent once for each kernel instead of once for each card."""

    source = traitlets.Unicode().tag(sync=True)
    style = traitlets.Unicode().tag(sync=True)


@cache
def _code() -> Code:
    return Code(source=source(), style=style())


class Widget(anywidget.AnyWidget):
    """One model on Jupyter's pages. Shown twice, it is one widget with two views that stay alike."""

    _esm = (HERE / "shim.js").read_text(encoding="utf-8")
    code = traitlets.Unicode().tag(sync=True)
    spec = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)

    def __init__(self, model: Model) -> None:
        super().__init__(code=str(_code().model_id), spec=model.spec_with(_name_of), state=model.state)
        self.on_msg(lambda _widget, message, _buffers: model.hear(message))
        model.told.append(self._show)

    def _show(self, state: dict[str, Any]) -> None:
        self.state = state


def widget_of(model: Model) -> Widget:
    """The widget of a model, made when it is first wanted."""
    if model.widget is None:
        model.widget = Widget(model)
    widget: Widget = model.widget
    return widget


def _name_of(model: Model) -> str:
    return str(widget_of(model).model_id)


def view_of(model: Model) -> dict[str, Any]:
    """The part of an output by which Jupyter shows the widget."""
    return {WIDGET_VIEW: {"version_major": 2, "version_minor": 0, "model_id": _name_of(model)}}
