"""Runs the hand-in service, as JupyterHub starts it: `python -m dateline.hub`.

The hub says where to listen and where it can be asked (JUPYTERHUB_SERVICE_URL, JUPYTERHUB_SERVICE_PREFIX, JUPYTERHUB_SERVICE_NAME,
JUPYTERHUB_API_URL). DATELINE_INBOX names the file for what is handed in.
"""

import asyncio
import os
import signal
import sys
from pathlib import Path
from urllib.parse import urlsplit

from dateline.folders import open_to_others
from dateline.hub.inbox import Inbox
from dateline.hub.service import application, ask_the_hub, limits


async def serve() -> None:
    """Answer until the hub ends this program."""
    inbox = Inbox(_place())
    service = os.environ.get("JUPYTERHUB_SERVICE_NAME", "handin")
    prefix = os.environ.get("JUPYTERHUB_SERVICE_PREFIX", f"/services/{service}/")
    where = urlsplit(os.environ.get("JUPYTERHUB_SERVICE_URL", "http://127.0.0.1:8944"))
    asked = application(inbox, ask_the_hub(_needed("JUPYTERHUB_API_URL")), prefix, service)
    server = asked.listen(where.port or 8944, where.hostname or "127.0.0.1", **limits())
    ended = asyncio.Event()
    for sent in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sent, ended.set)
    await ended.wait()
    server.stop()
    await server.close_all_connections()
    inbox.close()


def _needed(name: str) -> str:
    found = os.environ.get(name, "")
    if not found:
        sys.exit(f"{name} is not set. Let JupyterHub start this program; deploy/jupyterhub_config.py shows how.")
    return found


def _place() -> Path:
    place = Path(_needed("DATELINE_INBOX"))
    if not place.parent.is_dir():
        sys.exit(f"There is no folder {place.parent} for what is handed in. Make it, readable by this account alone, then start again.")
    if open_to_others(place.parent):
        sys.exit(f"Other accounts can read {place.parent}. Say chmod 700 {place.parent}, then start again.")
    return place


if __name__ == "__main__":
    os.umask(0o077)
    asyncio.run(serve())
