"""The answer document: its shape, and how one is read from bytes that may be anything."""

import codecs
import datetime
import json
from collections import Counter
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

SCHEMA = 3
LARGEST = 8_000_000
"""Bytes of a document that is read; a full module of answers is under 200,000."""
VALUES = 200_000
"""Values in a document that is read, by its commas and brackets: all questions with all the marks that they take have a tenth of that.

Bytes alone are no limit on memory: eight million of them may be four million lists.
"""


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One answer: `value` as the question's kind wants it, `confidence` in percent, `saved` in UTC.

    `first` is the value at the first check, and `first_confidence` how sure the learner was then: a prediction can be shown again,
    and a judgment is measured as it was before the feedback.
    `hints` and `checks` count what was asked for. `text` is the SHA-256 of the text that was read.
    """

    value: Any = None
    confidence: int | None = None
    saved: str = ""
    first: Any = None
    first_confidence: int | None = None
    hints: int = 0
    checks: int = 0
    text: str = ""


class Document(msgspec.Struct, forbid_unknown_fields=True):
    """The answers of one module, by question id. It holds no score, no name and no code."""

    schema: int = SCHEMA
    module: str = ""
    answers: dict[str, Answer] = {}


class HandIn(msgspec.Struct, forbid_unknown_fields=True):
    """The answers of all modules in one file."""

    schema: int = SCHEMA
    modules: dict[str, dict[str, Answer]] = {}


Kind = TypeVar("Kind", Document, HandIn)


def _from_1(old: dict[str, Any]) -> dict[str, Any]:
    """Schema 1 did not say which text was read."""
    return {**old, "schema": 2}


def _from_2(old: dict[str, Any]) -> dict[str, Any]:
    """Schema 2 did not keep how sure the learner was at first; what is known is how sure now."""
    return {**old, "schema": 3}


MIGRATIONS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {1: _from_1, 2: _from_2}


def encode(document: Document | HandIn) -> bytes:
    """The document as JSON, sorted and indented, so that the same answers are the same bytes."""
    return msgspec.json.format(msgspec.json.encode(document, order="sorted"), indent=1)


def encode_ascii(document: Document | HandIn) -> bytes:
    """The same in signs that every terminal can pass on, whatever it takes text to be."""
    return json.dumps(msgspec.to_builtins(document), indent=1, sort_keys=True).encode("ascii")


def decode_document(raw: bytes, module: str) -> Document:
    """The document of a module in some bytes, brought to the present schema; raises `ValueError` that says what is wrong."""
    document = _decode(raw, Document)
    if document.module != module:
        raise ValueError(f"it belongs to module {_short(document.module)}, not {module!r}")
    return document


def decode_hand_in(raw: bytes) -> HandIn:
    """The hand-in file in some bytes; raises `ValueError` that says what is wrong."""
    return _decode(raw, HandIn)


def decode_any(raw: bytes) -> dict[str, dict[str, Answer]]:
    """The answers by module in a hand-in file, or in the document of one module; raises `ValueError` that says what is wrong."""
    try:
        return decode_hand_in(raw).modules
    except ValueError as error:
        try:
            document = _decode(raw, Document)
        except ValueError:
            raise error from None
        return {document.module: document.answers}


def _decode(raw: bytes, kind: type[Kind]) -> Kind:
    if len(raw) > LARGEST:
        raise ValueError(f"it is larger than {LARGEST // 1_000_000} MB")
    try:
        raw = _as_utf8(raw)
        if values_in(raw) > VALUES:
            raise ValueError("it holds far more than the answers of this course")
        found = msgspec.json.decode(raw, type=kind)
        if b'"schema"' not in raw:
            raise ValueError("it was not written by this course")
        if found.schema != SCHEMA:
            found = msgspec.convert(_migrated(msgspec.json.decode(raw)), kind)
        if encode(found) != raw:
            json.loads(raw, object_pairs_hook=_once)
        return found
    except msgspec.ValidationError as error:
        raise ValueError(f"it is not as this course writes it ({error})") from None
    except msgspec.MsgspecError as error:
        raise ValueError(f"it is damaged ({error})" if raw.strip() else "it is empty") from None
    except UnicodeError:
        raise ValueError("it holds characters that are no text") from None
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def values_in(raw: bytes) -> int:
    """About how many values a document holds, without reading it: its commas and brackets, those in words among them."""
    return sum(map(raw.count, (b",", b"[", b"{")))


def _as_utf8(raw: bytes) -> bytes:
    """The same words in UTF-8 without a mark: Notepad puts one before them, and PowerShell's `>` writes UTF-16."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16").encode()
    return raw.removeprefix(codecs.BOM_UTF8)


def _migrated(old: dict[str, Any]) -> dict[str, Any]:
    while old["schema"] in MIGRATIONS:
        old = MIGRATIONS[old["schema"]](old)
    if old["schema"] != SCHEMA:
        raise ValueError(f"its schema is {_short(old['schema'])} and this course reads up to {SCHEMA}; use the newest course")
    return old


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """JSON readers keep the last of two equal keys without a word; here that is a fault."""
    found = dict(pairs)
    if len(found) < len(pairs):
        counts = Counter(name for name, _ in pairs)
        twice = next(name for name, count in counts.items() if count > 1)
        raise ValueError(f"the key {_short(twice)} is there twice")
    return found


def _short(value: Any) -> str:
    shown = repr(value[:40] if isinstance(value, str) else value)
    return shown if len(shown) < 60 else "a very long value"


def moment(saved: str) -> datetime.datetime | None:
    """When an answer was saved, in UTC; None where that is no time that a calendar has."""
    try:
        found = datetime.datetime.fromisoformat(saved)
        return (found if found.tzinfo else found.replace(tzinfo=datetime.UTC)).astimezone(datetime.UTC)
    except (ValueError, OverflowError):
        return None


def newest(mine: dict[str, Answer], other: dict[str, Answer]) -> tuple[dict[str, Answer], int]:
    """Two sets of answers merged, the later of each kept, and how many were taken from the other. No known time is before every time."""
    taken = {name: answer for name, answer in other.items() if name not in mine or _is_later(answer, mine[name])}
    return mine | taken, len(taken)


def _is_later(one: Answer, other: Answer) -> bool:
    first, second = moment(one.saved), moment(other.saved)
    return first is not None and (second is None or first > second)
