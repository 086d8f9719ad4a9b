"""The service that takes what is handed in. The hub says who somebody is, the service says when.

It knows people by the token that their own server has, sent in the header Authorization, and by nothing else: no cookie, no address
with a token in it, so no page of another site can hand in for somebody. Whoever it is can post as themselves only.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from tornado import web
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest

from dateline.hub.collected import first_line, last_line, line
from dateline.hub.inbox import LARGEST, Inbox, RefusedError

DRAINED = 8 * LARGEST
"""Bytes that are read of what is too large, so that whoever sends it can still read the answer."""
COLLECT = "custom:handin:collect"
FORMS = ("token", "bearer")


class Person(msgspec.Struct, frozen=True):
    """Whose a token is by the hub: the account's name, `user` or `service`, and what the token may do."""

    name: str
    kind: str
    scopes: tuple[str, ...] = ()


Ask = Callable[[str], Awaitable[Person | None]]
"""Whose a token is; None where the hub does not know it. Raises `RefusedError` where the hub cannot be asked."""


def ask_the_hub(address: str) -> Ask:
    """A way to ask the hub whose programming interface is at `address`. Nothing is remembered: a token that was taken back is no token."""

    async def ask(token: str) -> Person | None:
        request = HTTPRequest(
            f"{address.rstrip('/')}/user", headers={"Authorization": f"token {token}"}, request_timeout=10, follow_redirects=False
        )
        try:
            found = await AsyncHTTPClient().fetch(request)
            return msgspec.json.decode(found.body, type=Person)
        except HTTPClientError as error:
            if error.code in (401, 403):
                return None
            raise RefusedError(503, "The hub cannot be asked who you are just now. Try again in a minute.") from None
        except (OSError, msgspec.MsgspecError):
            raise RefusedError(503, "The hub cannot be asked who you are just now. Try again in a minute.") from None

    return ask


class Base(web.RequestHandler):
    """What all addresses share: answers in JSON, reasons in words, and nobody comes in by anything but a token."""

    def initialize(self, inbox: Inbox, ask: Ask, service: str) -> None:
        """Take what the service was started with."""
        self.inbox, self.ask, self.service = inbox, ask, service

    def set_default_headers(self) -> None:
        """Nothing here is for a page to show or for anybody to keep."""
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")

    async def person(self, *also: str) -> Person:
        """Who is asking, if their token may use this service and all that is in `also`; raises `RefusedError`."""
        form, _, token = self.request.headers.get("Authorization", "").partition(" ")
        if form.lower() not in FORMS or not token.strip():
            raise RefusedError(401, "The token of your own server is needed here, and none was sent.")
        try:
            found = await self.ask(token.strip())
        except UnicodeError:
            found = None
        if found is None:
            raise RefusedError(401, "The hub does not know this token. Stop your server, start it again, and hand in once more.")
        if not {"access:services", f"access:services!service={self.service}"} & set(found.scopes):
            raise RefusedError(403, "This token may not be used for handing in. Whoever looks after the hub can allow it.")
        if not set(also) <= set(found.scopes):
            raise RefusedError(403, "Reading what all have handed in is for the teacher alone.")
        return found

    async def learner(self) -> str:
        """The account that is asking, if it is a person's; raises `RefusedError`."""
        found = await self.person()
        if found.kind != "user":
            raise RefusedError(403, "Only people hand in, and this token belongs to a program.")
        return found.name

    def answer(self, what: Any, status: int = 200) -> None:
        """Answer with JSON."""
        self.set_status(status)
        self.set_header("Content-Type", "application/json")
        self.finish(msgspec.json.encode(what))

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Say in words why something was not done."""
        error = kwargs.get("exc_info", (None, None, None))[1]
        if isinstance(error, RefusedError):
            self.answer({"message": str(error)}, error.status)
            return
        known = {404: "There is nothing at this address.", 405: "This address does not do that."}
        self.answer({"message": known.get(status_code, "Something went wrong here. Nothing was taken.")}, status_code)

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        """Refusing somebody is no fault of the service."""
        if not isinstance(value, RefusedError):
            super().log_exception(typ, value, tb)


@web.stream_request_body
class Submissions(Base):
    """Hand in, and see one's own receipts."""

    def prepare(self) -> None:
        """Begin to count what comes."""
        self.came, self.much = bytearray(), 0

    def data_received(self, chunk: bytes) -> None:
        """Keep what comes as far as it may be long, and let the rest run by."""
        self.much += len(chunk)
        if self.much <= LARGEST:
            self.came += chunk
        else:
            self.came.clear()

    async def post(self) -> None:
        """Take a file of answers: 201 with a receipt, or 200 with the earlier one where it is the same as last time."""
        learner = await self.learner()
        if self.much > LARGEST:
            raise RefusedError(413, f"It is larger than {LARGEST // 1_000_000} MB, and a file of answers never is.")
        receipt, new = self.inbox.take(learner, bytes(self.came))
        self.answer(receipt, 201 if new else 200)

    async def get(self) -> None:
        """The receipts of whoever asks."""
        self.answer(self.inbox.own(await self.learner()))


class Submission(Base):
    """One's own file back."""

    async def get(self, number: str) -> None:
        """What was handed in under a receipt, byte by byte."""
        raw = self.inbox.document(await self.learner(), int(number))
        if raw is None:
            raise RefusedError(404, f"You have no receipt {int(number)}.")
        self.set_header("Content-Type", "application/json")
        self.finish(raw)


class Collect(Base):
    """Everything, for the teacher."""

    async def get(self) -> None:
        """Every version of everybody, a line each, between a line that says what this is and one that says how many there were."""
        await self.person(COLLECT)
        self.set_header("Content-Type", "application/x-ndjson")
        self.write(first_line())
        count = 0
        for receipt, raw in self.inbox.everything():
            self.write(line(receipt, raw))
            await self.flush()
            count += 1
        self.finish(last_line(count))


class Health(Base):
    """Whether the service runs; the hub's keeper asks this without a token."""

    def get(self) -> None:
        """Yes."""
        self.answer({"ok": True})


class Nothing(Base):
    """Every other address."""

    def prepare(self) -> None:
        """There is nothing."""
        raise web.HTTPError(404)


def application(inbox: Inbox, ask: Ask, prefix: str = "/", service: str = "handin") -> web.Application:
    """The service below a prefix such as `/services/handin/`."""
    shared = {"inbox": inbox, "ask": ask, "service": service}
    addresses: list[tuple[str, type[Base], dict[str, Any]]] = [
        (rf"{prefix}api/submissions", Submissions, shared),
        (rf"{prefix}api/submissions/([0-9]{{1,15}})", Submission, shared),
        (rf"{prefix}api/collect", Collect, shared),
        (rf"{prefix}health", Health, shared),
    ]
    return web.Application(addresses, default_handler_class=Nothing, default_handler_args=shared, log_function=_quiet)


def _quiet(handler: web.RequestHandler) -> None:
    """What was asked is no matter for a log of everybody's doings; faults are logged where they happen."""


def limits() -> dict[str, Any]:
    """What the server that runs the application must be told, so that what is too large is answered in words."""
    return {"max_body_size": DRAINED, "max_header_size": 65_536, "body_timeout": 60, "idle_connection_timeout": 120}
