"""The cards' JavaScript and style sheet, joined from their files."""

import re
import sys
from pathlib import Path

from dateline.kinds import KINDS

HERE = Path(__file__).parent
SHARED = ("basics", "keeper", "presence", "choices", "numbers")
PAGE = ("readers", "feedback", "card", "panels", "marks", "workbench", "act", "main")
BORDERS = re.compile(r"^import [^;]*;\n|^export (?!default)", re.MULTILINE)
"""What joins the files of the cards to each other; in one module they need none of it."""


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
