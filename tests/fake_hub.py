"""A hub that knows a few tokens, and the hand-in service in front of it, each on a loopback port of its own."""

import asyncio
import http.client
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tornado import netutil, web
from tornado.httpserver import HTTPServer

from dateline.hub.inbox import Inbox
from dateline.hub.service import application, ask_the_hub, limits

MAY = "access:services!service=handin"
PEOPLE: dict[str, dict[str, Any]] = {
    "anna-token": {"name": "anna", "kind": "user", "scopes": [MAY, "users:activity!user=anna"], "admin": False},
    "ben-token": {"name": "ben", "kind": "user", "scopes": [MAY], "admin": False},
    "kernel-token": {"name": "cy", "kind": "user", "scopes": ["users:activity!user=cy", "access:servers!server=cy/"], "admin": False},
    "admin-token": {"name": "dee", "kind": "user", "scopes": ["access:services", "admin:users", "list:users"], "admin": True},
    "grader-token": {"name": "grader", "kind": "service", "scopes": [MAY, "custom:handin:collect"], "admin": False},
    "culler-token": {"name": "culler", "kind": "service", "scopes": [MAY], "admin": False},
}
"""Tokens, and what a hub says of each: what was seen of JupyterHub 6.1.1, less what the service does not look at."""


class User(web.RequestHandler):
    """The hub's address that says whose a token is."""

    def get(self) -> None:
        """403 for a token that is not known, as the hub says it."""
        form, _, token = self.request.headers.get("Authorization", "").partition(" ")
        found = PEOPLE.get(token) if form == "token" else None
        if found is None:
            raise web.HTTPError(403)
        self.finish(json.dumps(found))


class Service:
    """The service, as somebody sees it who knows nothing but its address."""

    def __init__(self, port: int, place: Path) -> None:
        self.port, self.place = port, place
        self.address = f"http://127.0.0.1:{port}/services/handin"

    def ask(
        self, method: str, path: str, token: str = "", body: bytes = b"", headers: dict[str, str] | None = None
    ) -> tuple[int, Any, dict[str, str]]:
        """Status, what was said, and the headers."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        sent = {"Authorization": f"token {token}"} if token else {}
        line.request(method, f"/services/handin/{path}", body=body or None, headers=sent | (headers or {}))
        answer = line.getresponse()
        raw = answer.read()
        line.close()
        kind = answer.headers.get("Content-Type", "")
        return answer.status, json.loads(raw) if kind == "application/json" else raw, dict(answer.headers)


@contextmanager
def hub() -> Iterator[int]:
    """The hub alone; gives its port."""
    started, found = threading.Event(), dict[str, Any]()

    async def serve() -> None:
        server = HTTPServer(web.Application([("/hub/api/user", User)]))
        sockets = netutil.bind_sockets(0, "127.0.0.1")
        server.add_sockets(sockets)
        found.update(port=sockets[0].getsockname()[1], loop=asyncio.get_running_loop(), ended=asyncio.Event())
        started.set()
        await found["ended"].wait()
        server.stop()
        await server.close_all_connections()

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    try:
        assert started.wait(10)
        yield found["port"]
    finally:
        found["loop"].call_soon_threadsafe(found["ended"].set)
        thread.join(10)


@contextmanager
def running(place: Path, hub_is_there: bool = True) -> Iterator[Service]:
    """The service with its file at `place`, as long as this lasts."""
    started = threading.Event()
    found: dict[str, Any] = {}

    async def serve() -> None:
        sockets = [netutil.bind_sockets(0, "127.0.0.1") for _ in range(2)]
        ports = [bound[0].getsockname()[1] for bound in sockets]
        hub = HTTPServer(web.Application([("/hub/api/user", User)]))
        if hub_is_there:
            hub.add_sockets(sockets[0])
        else:
            for one in sockets[0]:
                one.close()
        inbox = Inbox(place)
        asked = HTTPServer(
            application(inbox, ask_the_hub(f"http://127.0.0.1:{ports[0]}/hub/api"), "/services/handin/", "handin"), **limits()
        )
        asked.add_sockets(sockets[1])
        found.update(port=ports[1], loop=asyncio.get_running_loop(), ended=asyncio.Event())
        started.set()
        await found["ended"].wait()
        for server in (hub, asked):
            server.stop()
            await server.close_all_connections()
        inbox.close()

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    try:
        assert started.wait(10)
        yield Service(found["port"], place)
    finally:
        found["loop"].call_soon_threadsafe(found["ended"].set)
        thread.join(10)
