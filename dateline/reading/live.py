"""The kernel's side of the frame: whoever listens is told where the learner stands, at once and after every saved answer."""

from typing import Any

from comm import get_comm_manager

from dateline.answers import store
from dateline.display import host
from dateline.reading.course import standing

TARGET = "dateline"

_listening: dict[str, Any] = {}


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
    host().soon(_tell)


def _tell() -> None:
    if _listening:
        now = {"standing": standing()}
        for comm in list(_listening.values()):
            comm.send(now)
