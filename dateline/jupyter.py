"""JupyterLab as the course opens it: as pages, with its settings, and with everything it writes inside the course's folder."""

import contextlib
import json
import os
import secrets
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from dateline.authoring.shipped import keep_copies
from dateline.folders import answers_folder, course_folder, named, remember_answers
from dateline.reading.install import lay

SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/apputils-extension:themes": {"adaptive-theme": True},
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
}
FIRST_PAGE = "notebooks/00-start.ipynb"
CONTENTS = "@jupyterlab/toc:plugin"
LAYOUT: dict[str, dict[str, Any]] = {
    "data": {
        "layout-restorer:data": {
            "left": {"collapsed": False, "visible": True, "current": CONTENTS, "widgets": ["filebrowser", CONTENTS]},
            "right": {"collapsed": True, "visible": True, "widgets": []},
            "relativeSizes": [0.2, 0.8, 0],
        },
    },
    "metadata": {"id": "course"},
}
TRIED = range(8888, 8908)


class PortError(Exception):
    """The port asked for cannot be used."""


class NotStartedError(Exception):
    """JupyterLab ended before it answered. The message says where to look."""


def free_port(wanted: int | None) -> int:
    """The port asked for, or the first free one of those that JupyterLab uses; raises `PortError`."""
    if wanted is not None and not 1 <= wanted <= 65535:
        raise PortError(f"There is no port {wanted}. Choose one from 1024 to 65535, such as --port 9100.")
    for port in [wanted] if wanted else TRIED:
        with socket.socket() as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, os.name == "posix")
            try:
                tried.bind(("127.0.0.1", port))
                return port
            except PermissionError:
                raise PortError(f"Port {port} is kept for the system. Choose one from 1024 to 65535, such as --port 9100.") from None
            except OSError:
                continue
    shown = str(wanted) if wanted else f"{TRIED[0]} to {TRIED[-1]}"
    raise PortError(f"Port {shown} is in use by another program. Choose another with --port, such as --port 9100.")


def environment(pages: bool = True) -> dict[str, str]:
    """What JupyterLab's environment has beside what is there: settings, layout, trust and history stay inside the course's folder."""
    home = course_folder() / ".lab"
    kept = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "IPYTHONDIR": "ipython",
        "MPLCONFIGDIR": "matplotlib",
    }
    own = {"DATELINE_READING": str(int(pages)), "DATELINE_ANSWERS": str(answers_folder().resolve())}
    return {name: str(home / folder) for name, folder in kept.items()} | own


def prepare() -> None:
    """Lay the reading view and JupyterLab's defaults into the environment, keep copies of the pages, write the layout the first time."""
    lay()
    write_settings()
    keep_copies()
    workspaces = course_folder() / ".lab" / "workspaces"
    if not workspaces.exists():
        from jupyterlab_server.workspaces_handler import WorkspacesManager  # takes long to import, and is needed once

        workspaces.mkdir(parents=True, exist_ok=True)
        WorkspacesManager(str(workspaces)).save(LAYOUT["metadata"]["id"], json.dumps(LAYOUT))


def write_settings() -> None:
    """Write JupyterLab's defaults for the course into the environment that it runs in."""
    overrides = Path(sys.prefix) / "share" / "jupyter" / "lab" / "settings" / "overrides.json"
    written = json.dumps(SETTINGS, indent=1)
    if not overrides.exists() or overrides.read_text(encoding="utf-8") != written:
        overrides.parent.mkdir(parents=True, exist_ok=True)
        overrides.write_text(written, encoding="utf-8")


def open_lab(port: int | None = None, browser: bool = True, answers: Path | None = None, pages: bool = True) -> None:
    """Run JupyterLab on the course until it is ended, and print its address once it answers; raises `PortError` or `NotStartedError`.

    JupyterLab runs in this process, so that whatever ends this command ends the server and its notebooks too.
    """
    chosen = free_port(port)
    prepare()
    remember_answers(answers.expanduser().resolve() if answers else None)
    token = secrets.token_urlsafe(24)
    if answers:  # what was asked for now comes before what the environment says
        os.environ["DATELINE_ANSWERS"] = str(answers.expanduser().resolve())
    os.environ.update(environment(pages), JUPYTER_TOKEN=token)
    from jupyterlab.labapp import LabApp  # reads the environment when it is imported

    page = "/lab/workspaces/course" + ("" if pages else f"/tree/{FIRST_PAGE}")
    options = [
        f"--ServerApp.root_dir={course_folder()}",
        f"--ServerApp.port={chosen}",
        f"--ServerApp.port_retries={0 if port else len(TRIED)}",
        "--ServerApp.log_level=WARN",
        "--LabApp.log_level=WARN",
        "--ServerApp.answer_yes=True",
        "--KernelManager.transport_encryption=auto",  # other accounts of this machine cannot listen
        f"--LabApp.default_url={page}",
        *(["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
        *([] if browser else ["--no-browser"]),
    ]
    log = course_folder() / ".lab" / "lab.log"
    with _quiet(log) as terminal:
        try:
            server = LabApp.initialize_server(argv=options)
            if hasattr(signal, "SIGHUP"):  # the terminal's window was closed
                signal.signal(signal.SIGHUP, lambda *_: server.stop(from_signal=True))
            bound = server.io_loop.add_callback  # the callback before ours binds the port
            bound(lambda: _say_where(f"http://localhost:{server.port}{page}?token={token}", terminal))
            server.start()
        except SystemExit:
            free_port(port)
            raise NotStartedError(f"JupyterLab ended before it was ready. The file {named(log)} says why.") from None
        with contextlib.suppress(OSError):  # a terminal that is gone hears nothing
            print("\nClosed. Every answer that you gave is saved.", file=terminal, flush=True)


def _say_where(address: str, terminal: TextIO) -> None:
    print(f"Reading the Dateline is open at\n\n    {address}\n\nPress Ctrl+C here to close it.", file=terminal, flush=True)


@contextlib.contextmanager
def _quiet(log: Path) -> Iterator[TextIO]:
    """The terminal for our own few lines, while all that the server and its notebooks say goes into a file."""
    kept = [os.dup(1), os.dup(2)]
    with log.open("wb") as said, os.fdopen(os.dup(1), "w", encoding="utf-8") as terminal:
        try:
            for number in (1, 2):
                os.dup2(said.fileno(), number)
            yield terminal
        finally:
            for number, before in zip((1, 2), kept, strict=True):
                os.dup2(before, number)
                os.close(before)
