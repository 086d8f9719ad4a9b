"""The kernel's side of the frame: whoever listens is told where the learner stands, at once and after every saved answer."""

import asyncio
from typing import Any

from comm import get_comm_manager

from dateline.answers import store
from dateline.reading.course import standing

TARGET = "dateline"
AFTER = 0.1
"""Seconds between a saved answer and the news of it, so that the card is answered first and a quick typist is told once."""

_listening: dict[str, Any] = {}
_waiting: list[asyncio.TimerHandle] = []


def serve() -> None:
    """Let the page listen; said twice it changes nothing."""
    get_comm_manager().register_target(TARGET, _opened)
    if _changed not in store.listeners:
        store.listeners.append(_changed)


def _opened(comm: Any, _message: object) -> None:
    _listening[comm.comm_id] = comm
    comm.on_close(lambda _: _listening.pop(comm.comm_id, None))
    comm.send({"standing": standing()})


def _changed(_module: str) -> None:
    while _waiting:
        _waiting.pop().cancel()
    try:
        _waiting.append(asyncio.get_running_loop().call_later(AFTER, _tell))
    except RuntimeError:  # no loop runs here, as in a script
        _tell()


def _tell() -> None:
    if _listening:
        now = {"standing": standing()}
        for comm in list(_listening.values()):
            comm.send(now)
