"""Asking the hand-in service over HTTP: straight, with a token in the header, and never led on to another address."""

import contextlib
import json
import urllib.error
import urllib.request
from typing import Any


class _Stay(urllib.request.HTTPRedirectHandler):
    """A token goes where it was meant to go and nowhere else."""

    def redirect_request(self, *_: Any) -> None:
        return None


def opener() -> urllib.request.OpenerDirector:
    """What opens an address without a proxy and without following anywhere."""
    return urllib.request.build_opener(urllib.request.ProxyHandler({}), _Stay())


def told(error: urllib.error.HTTPError) -> str:
    """The service's own sentence for a refusal; empty where there is none."""
    with contextlib.suppress(OSError, ValueError, TypeError, KeyError, AttributeError):
        message = json.loads(error.read(10_000))["message"]
        return " ".join(str(message).split())[:300]
    return ""
