"""What was handed in, in one file of SQLite: every version of every learner, each with a receipt and the moment it came."""

import datetime
import hashlib
import os
import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from dateline.answers.document import decode_hand_in

LARGEST = 4_000_000
"""Bytes of what is taken; the answers to all questions of the course are under 2,000,000."""
VERSIONS = 1_000
"""Versions of one learner that are kept."""
ROOM = 100_000_000
"""Bytes on disk for one learner, so that nobody fills the disk for all."""
AT_ONCE = 50
"""Documents in memory while all are read."""
TABLE = """create table if not exists handed_in (
    receipt integer primary key autoincrement,
    learner text not null, received text not null, sha256 text not null, size integer not null, packed blob not null
) strict"""
INDEX = "create index if not exists of_learner on handed_in (learner, receipt)"
WHAT = "receipt, learner, received, sha256, size"


class Receipt(msgspec.Struct, frozen=True):
    """That something was handed in: a number that only rises, whose it is by the hub, when it came (UTC), its SHA-256 and its bytes."""

    receipt: int
    learner: str
    received: str
    sha256: str
    size: int


class RefusedError(Exception):
    """Something is not taken. `status` is the number that HTTP has for the reason; the message is one sentence or two."""

    def __init__(self, status: int, why: str) -> None:
        self.status = status
        super().__init__(why)


class Inbox:
    """The file of all that was handed in; only this account can read it, and one program writes it."""

    def __init__(self, path: Path) -> None:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        self.table = sqlite3.connect(path, isolation_level=None)
        self.table.execute("pragma journal_mode = wal")
        self.table.execute("pragma synchronous = full")  # what has a receipt is on disk
        self.table.execute(TABLE)
        self.table.execute(INDEX)

    def take(self, learner: str, raw: bytes) -> tuple[Receipt, bool]:
        """Keep a learner's file of answers; returns its receipt and whether it is new. Raises `RefusedError`.

        The same bytes as last time are the same hand-in: whoever sends once more after a cut line gets the receipt of the first.
        """
        refuse_unreadable(raw)
        found = hashlib.sha256(raw).hexdigest()
        own = self.own(learner)
        if own and own[-1].sha256 == found:
            return own[-1], False
        packed = zlib.compress(raw)
        used = self.table.execute("select total(length(packed)) from handed_in where learner = ?", [learner]).fetchone()[0]
        if len(own) >= VERSIONS or used + len(packed) > ROOM:
            raise RefusedError(429, "You have handed in so often that there is no more room for you. Give your file to your teacher.")
        received = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        number = self.table.execute(
            "insert into handed_in (learner, received, sha256, size, packed) values (?, ?, ?, ?, ?)",
            [learner, received, found, len(raw), packed],
        ).lastrowid
        return Receipt(number or 0, learner, received, found, len(raw)), True

    def own(self, learner: str) -> list[Receipt]:
        """A learner's receipts, the first one first."""
        return [Receipt(*row) for row in self.table.execute(f"select {WHAT} from handed_in where learner = ? order by receipt", [learner])]

    def document(self, learner: str, receipt: int) -> bytes | None:
        """What a learner handed in under a receipt; None where that receipt is not this learner's."""
        row = self.table.execute("select packed from handed_in where learner = ? and receipt = ?", [learner, receipt]).fetchone()
        return zlib.decompress(row[0]) if row else None

    def everything(self) -> Iterator[tuple[Receipt, bytes]]:
        """Every version of everybody that is there now, by receipt, a few in memory at a time."""
        last, end = 0, self.table.execute("select coalesce(max(receipt), 0) from handed_in").fetchone()[0]
        while rows := self.table.execute(
            f"select {WHAT}, packed from handed_in where receipt > ? and receipt <= ? order by receipt limit ?", [last, end, AT_ONCE]
        ).fetchall():
            for *what, packed in rows:
                yield Receipt(*what), zlib.decompress(packed)
            last = rows[-1][0]

    def close(self) -> None:
        """Let go of the file."""
        self.table.close()


def refuse_unreadable(raw: bytes) -> None:
    """Raises `RefusedError` unless some bytes are a file of answers in UTF-8 with something in it."""
    if len(raw) > LARGEST:
        raise RefusedError(413, f"It is larger than {LARGEST // 1_000_000} MB, and a file of answers never is.")
    if not raw.lstrip(b" \t\r\n").startswith(b"{"):
        raise RefusedError(400, "It is not a file of answers of this course.")
    try:
        modules = decode_hand_in(raw).modules
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise RefusedError(400, f"It is not a file of answers of this course: {error}.") from None
    if not any(modules.values()):
        raise RefusedError(400, "There are no answers in it. Answer something first.")
