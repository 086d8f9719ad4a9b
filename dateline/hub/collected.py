"""The list of all that was handed in, as the service streams it and the teacher's copy reads it: a line each, and a line at either end.

The line at the beginning says what it is, so that no learner's file is taken for one. The line at the end says how many there were, so
that half a class is never taken for the whole.
"""

import contextlib
import http.client
import os
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from dateline.faults import CourseError, fail
from dateline.hub.asking import opener, told
from dateline.hub.inbox import LARGEST, Receipt

SCHEMA = 1
LONGEST = LARGEST + 10_000
"""Bytes of a line; what the service takes is shorter."""
BLANKS = bytes.maketrans(b"\r\n", b"  ")
PATIENCE = 60
"""Seconds between two parts of the list."""
TOKEN = "DATELINE_COLLECT_TOKEN"


class First(msgspec.Struct, forbid_unknown_fields=True):
    """The line at the beginning."""

    handed_in: str
    schema: int


class Last(msgspec.Struct, forbid_unknown_fields=True):
    """The line at the end: how many lines stand between it and the first."""

    end: int


class Line(msgspec.Struct):
    """A line: whose it is by the hub, when it came, its receipt, and the file of answers as it came."""

    learner: str
    received: str
    receipt: int
    answers: msgspec.Raw


class Found(msgspec.Struct, frozen=True, gc=False):
    """A hand-in of a list: its learner, when it came, its receipt, and where in the file its line begins and how long it is."""

    learner: str
    received: str
    receipt: int
    at: int
    size: int


def first_line() -> bytes:
    """The line at the beginning."""
    return msgspec.json.encode(First("dateline", SCHEMA)) + b"\n"


def line(receipt: Receipt, raw: bytes) -> bytes:
    """One hand-in. JSON has line ends between its parts alone, so blanks may stand for them."""
    about = msgspec.json.encode({"learner": receipt.learner, "received": receipt.received, "receipt": receipt.receipt})
    return about[:-1] + b',"answers":' + raw.translate(BLANKS) + b"}\n"


def last_line(count: int) -> bytes:
    """The line at the end."""
    return msgspec.json.encode(Last(count)) + b"\n"


def read_list(path: Path) -> list[Found]:
    """Every hand-in of a list, in the order in which it came; raises `CourseError` where the file is no such list, or not a whole one."""
    with path.open("rb") as file:
        return list(_read(path, file))


def _read(path: Path, file: BinaryIO) -> Iterator[Found]:
    first = file.readline(LONGEST)
    try:
        schema = msgspec.json.decode(first, type=First).schema
    except (msgspec.MsgspecError, UnicodeError):
        fix = "Name the list that the hand-in service gave, or leave --from-hub out and name what was handed in as SUBMISSIONS"
        raise fail(str(path), 1, "this is not the hub's list of what was handed in", fix) from None
    if schema != SCHEMA:
        raise fail(str(path), 1, f"this list has the form {schema}, and this course reads form {SCHEMA}", "Use the newest course here too")
    at, count = len(first), 0
    while raw := file.readline(LONGEST):
        with contextlib.suppress(msgspec.MsgspecError, UnicodeError):
            if msgspec.json.decode(raw, type=Last).end == count:
                return
        try:
            found = msgspec.json.decode(raw, type=Line)
        except (msgspec.MsgspecError, UnicodeError):
            break
        yield Found(found.learner, found.received, found.receipt, at, len(raw))
        at, count = at + len(raw), count + 1
    raise fail(str(path), count + 2, "the list was cut off here, so part of the class would be missing", "Fetch it from the hub once more")


def fetch(address: str, path: Path) -> None:
    """Write the list that the service at an address gives, readable by this account alone; raises `CourseError`, and then writes nothing.

    The teacher's token is taken from the environment variable DATELINE_COLLECT_TOKEN.
    """
    token = os.environ.get(TOKEN, "")
    if not token:
        raise fail("--from-hub", 0, f"the hub asks for the teacher's token, and {TOKEN} is not set", "Set it, then run the same line again")
    wanted = address.rstrip("/").removesuffix("/api/collect") + "/api/collect"
    aside = path.with_name(f".{path.name}.part")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        request = urllib.request.Request(wanted, headers={"Authorization": f"token {token}"})
        with (
            opener().open(request, timeout=PATIENCE) as answer,
            os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file,
        ):
            while part := answer.read(1 << 16):
                file.write(part)
        read_list(aside)
        os.replace(aside, path)
    except CourseError as error:
        raise fail(wanted, 0, error.problems[0].what, error.problems[0].fix) from None
    except urllib.error.HTTPError as error:
        raise fail(wanted, 0, told(error) or f"the hub answered with {error.code}", "Look at the address and the token") from None
    except (OSError, ValueError, http.client.HTTPException) as error:
        why = f"the list cannot be fetched ({getattr(error, 'reason', error)})"
        raise fail(wanted, 0, why, "Look whether the hub runs, or name a list fetched earlier") from None
    finally:
        aside.unlink(missing_ok=True)
