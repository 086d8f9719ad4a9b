"""Handing in from a lesson: the file of answers goes to the hub's service, and the receipt is kept beside the answers."""

import contextlib
import hashlib
import http.client
import os
import urllib.error
import urllib.request

import msgspec

from dateline.answers.document import moment
from dateline.answers.files import write_whole
from dateline.folders import answers_folder
from dateline.hub.asking import opener, told

ADDRESS = "DATELINE_HANDIN"
"""The environment variable that names the service's address, such as http://127.0.0.1:8000/services/handin."""
TOKEN = "JUPYTERHUB_API_TOKEN"
PATIENCE = 10
"""Seconds to wait for the service."""
FILE = "handed-in.json"


class Receipt(msgspec.Struct, frozen=True):
    """That the service has a file: the number, when it came (UTC), and the SHA-256 of the file."""

    receipt: int
    received: str
    sha256: str = ""

    def __str__(self) -> str:
        came = moment(self.received)
        when = f"{came.astimezone():%Y-%m-%d %H:%M %Z}, " if came else ""
        return f"{when}receipt {self.receipt}"


class NotHandedInError(Exception):
    """The service did not take it. The message says why, in a part of a sentence."""


def address() -> str:
    """Where the service is; empty where there is none."""
    return os.environ.get(ADDRESS, "").strip().rstrip("/")


def post(raw: bytes) -> Receipt:
    """Hand in a file of answers; returns the service's receipt. Raises `NotHandedInError`."""
    headers = {"Authorization": f"token {os.environ.get(TOKEN, '')}", "Content-Type": "application/json"}
    try:
        request = urllib.request.Request(f"{address()}/api/submissions", data=raw, headers=headers)
        with opener().open(request, timeout=PATIENCE) as answer:
            receipt = msgspec.json.decode(answer.read(10_000), type=Receipt)
    except urllib.error.HTTPError as error:
        raise NotHandedInError(told(error) or f"The hand-in service answered with {error.code}.") from None
    except TimeoutError:
        raise NotHandedInError(f"The hand-in service did not answer within {PATIENCE} seconds.") from None
    except (OSError, ValueError, http.client.HTTPException):
        raise NotHandedInError("The hand-in service cannot be reached.") from None
    if receipt.sha256 != hashlib.sha256(raw).hexdigest():
        raise NotHandedInError("The hand-in service did not get the file whole.")
    _keep(receipt)
    return receipt


def last_receipt() -> Receipt | None:
    """The receipt of the last hand-in from here, if there is one."""
    with contextlib.suppress(OSError, msgspec.MsgspecError, UnicodeError):
        return msgspec.json.decode((answers_folder() / FILE).read_bytes(), type=list[Receipt])[-1]
    return None


def _keep(receipt: Receipt) -> None:
    """Write the receipt beside the answers. The service has it too, so a folder that cannot be written loses nothing."""
    path = answers_folder() / FILE
    before: list[Receipt] = []
    with contextlib.suppress(OSError, msgspec.MsgspecError, UnicodeError):
        before = msgspec.json.decode(path.read_bytes(), type=list[Receipt])
    kept = [one for one in before if one.receipt != receipt.receipt]
    with contextlib.suppress(OSError):
        write_whole(path, msgspec.json.format(msgspec.json.encode([*kept, receipt]), indent=1), private=True)
