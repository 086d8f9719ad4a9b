"""Jupyter's server with the course: the frame's data, the hook that keeps printed forms, and a kernel that is ready before the page is."""

import asyncio
import os
from pathlib import Path
from typing import Any

from jupyter_server.base.handlers import APIHandler
from jupyter_server.utils import url_path_join
from tornado import web

from dateline.folders import NoCourseError, course_folder

SESSION = "notebooks/Reading the Dateline"
"""The path of the one session that all pages share, relative to the course's folder. Nothing is ever written there."""


def is_reading() -> bool:
    """Whether the course was opened as pages (environment variable DATELINE_READING), and not as notebooks."""
    return os.environ.get("DATELINE_READING") == "1"


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "dateline.reading.server"}]


def _load_jupyter_server_extension(app: Any) -> None:
    app.contents_manager.register_pre_save_hook(_keep_printed_form)
    address = url_path_join(app.web_app.settings["base_url"], "dateline", "(course|words)")
    app.web_app.add_handlers(".*$", [(address, Frame)])
    if is_reading() and _inside(app.root_dir) is not None:
        app.web_app.settings.setdefault("page_config_data", {})["datelineReading"] = "true"
        app.io_loop.add_callback(_start_kernel, app)


def _keep_printed_form(model: dict[str, Any], path: str = "", contents_manager: object = None) -> None:
    from dateline.authoring.notebooks import keep_printed_form  # imports more than a server that saves nothing needs

    keep_printed_form(model)


def _inside(root: str) -> str | None:
    """The course's folder as the server names it: below its own root, or None if it lies elsewhere."""
    try:
        inside = course_folder().resolve().relative_to(Path(root).expanduser().resolve()).as_posix()
    except (NoCourseError, ValueError):
        return None
    return "" if inside == "." else f"{inside}/"


async def _start_kernel(app: Any) -> None:
    path = f"{_inside(app.root_dir)}{SESSION}"
    name = app.kernel_manager.default_kernel_name
    await app.session_manager.create_session(path=path, name="Reading the Dateline", type="notebook", kernel_name=name)


class Frame(APIHandler):
    """The frame's data: `course` as the page starts, `words` once somebody searches."""

    @web.authenticated
    async def get(self, what: str) -> None:
        """Answer with JSON; the work is done beside the server's loop."""
        found = await asyncio.get_running_loop().run_in_executor(None, self._found, what)
        self.finish(found)

    def _found(self, what: str) -> str:
        from dateline.reading import course

        if what == "words":
            return course.encoded({"words": course.words()})
        inside = _inside(self.settings["server_root_dir"])
        if inside is None:
            return course.encoded({"folder": None})
        place = {"folder": inside, "session": f"{inside}{SESSION}"}
        return course.encoded({**place, **course.known(), "standing": course.standing()})
