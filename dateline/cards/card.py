"""The live card: shows a question with native controls and passes what the learner does to `attempts`."""

import re
import sys
from functools import cache
from pathlib import Path
from typing import Any

import anywidget
import ipywidgets
import traitlets

from dateline.answers import attempts
from dateline.answers.attempts import Exercise
from dateline.display import as_it_is
from dateline.kinds import KINDS
from dateline.kinds.view import printed_html, printed_plain, view

HERE = Path(__file__).parent
SHARED = ("basics", "keeper", "presence", "choices", "numbers")
PAGE = ("readers", "feedback", "card", "panels", "workbench", "act", "main")
BORDERS = re.compile(r"^import [^;]*;\n|^export (?!default)", re.MULTILINE)
"""What joins the files of the cards to each other; in one module they need none of it."""
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


class Code(ipywidgets.Widget):  # type: ignore[misc]
    """The cards' JavaScript and style sheet, sent once for each kernel instead of once for each card."""

    source = traitlets.Unicode().tag(sync=True)
    style = traitlets.Unicode().tag(sync=True)


def source() -> str:
    """The cards' JavaScript: the files joined in order, as one module that gives `render`."""
    return "\n".join(BORDERS.sub("", part.read_text(encoding="utf-8")) for part in parts()) + "\nexport { render };\n"


def parts() -> list[Path]:
    """The files of the cards' JavaScript in the order in which they are joined; each kind's control lies beside its Python."""
    modules = dict.fromkeys(sys.modules[type(kind).__module__].__file__ or "" for kind in KINDS)
    controls = [Path(module).with_suffix(".js") for module in modules]
    return [*(HERE / f"{name}.js" for name in SHARED), *controls, *(HERE / f"{name}.js" for name in PAGE)]


def style() -> str:
    """The cards' style sheet."""
    return (HERE / "card.css").read_text(encoding="utf-8")


@cache
def _code() -> Code:
    return Code(source=source(), style=style())


def code_model() -> str:
    """The id of the model that carries the code, made when it is first wanted."""
    return str(_code().model_id)


class Card(anywidget.AnyWidget):
    """One exercise. Shown twice, it is one card with two views that stay alike."""

    _esm = (HERE / "shim.js").read_text(encoding="utf-8")
    code = traitlets.Unicode().tag(sync=True)
    spec = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise
        self.written: dict[str, str] = {}
        """The stamp of the last answer that each view has written: what a view wrote it need not have been told yet."""
        super().__init__(code=code_model(), spec=view(exercise.question), state=_numbered(attempts.look(exercise), {}))
        self.on_msg(self._heard)

    def _heard(self, _widget: object, message: dict[str, Any], _buffers: object) -> None:
        action = attempts.ACTIONS.get(message.get("do", ""))
        if action:
            seen = {message.get("based", ""), self.written.get(message.get("view", ""), "")}
            state = action(self.exercise, message.get("value"), message.get("confidence"), seen)
            if state["stored"]:
                self.written[message.get("view", "")] = state["saved"]
            self.show(state, message)

    def show(self, state: attempts.State, message: dict[str, Any]) -> None:
        """Show a state in every view; `message` is what it answers. Feedback stays until there is newer."""
        kept = self.state.get("feedback")
        if state["feedback"] is None and kept and message.get("do") in ("save", "hint"):
            state = {**state, "feedback": kept, "earlier": state["value"] != self.state.get("value") or self.state["earlier"]}
        self.state = _numbered(state, message)

    def look_again(self) -> None:
        """Read the saved answer again, which another kernel may have changed."""
        self.state = _numbered(attempts.look(self.exercise), {})

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        answer = attempts.saved_answer(self.exercise)
        question = self.exercise.question
        return {
            WIDGET_VIEW: {"version_major": 2, "version_minor": 0, "model_id": self.model_id},
            "text/html": as_it_is(printed_html(question, answer.value, answer.confidence)),
            "text/plain": printed_plain(question),
        }, {}


def _numbered(state: attempts.State, message: dict[str, Any]) -> dict[str, Any]:
    return {**state, "n": message.get("n", 0), "view": message.get("view", "")}
