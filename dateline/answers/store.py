"""The learner's answers: one small JSON document for each module, written whole or not at all.

A document holds no score, no name and no code. It is the record, and it is what is handed in.
"""

import contextlib
import datetime
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

import msgspec

from dateline.answers.document import Answer, Document, HandIn, decode_document, decode_hand_in, encode, moment, newest
from dateline.answers.files import Files, read_bytes, write_whole
from dateline.answers.files import NotSavedError as NotSavedError
from dateline.answers.files import document_path as document_path


class Store(Protocol):
    """Where answers are kept. `Files`, in which they are unless somebody else takes its place, says what each method promises."""

    @property
    def place(self) -> str: ...

    def modules(self) -> list[str]: ...

    def read(self, module: str) -> bytes | None: ...

    def write(self, module: str, raw: bytes) -> None: ...

    def alone(self, module: str) -> AbstractContextManager[None]: ...

    def set_aside(self, module: str, why: str) -> str: ...

    def stamp(self) -> object: ...


_store: Store = Files()

listeners: list[Callable[[str], object]] = []
"""What wants to know when answers of a module were written here; each is called with the module."""


def kept_in(other: Store) -> Store:
    """From now on keep answers somewhere else; returns where they were before."""
    global _store
    before, _store = _store, other
    return before


def read_answers(module: str) -> tuple[Document, str]:
    """A module's answers, and a line to show if they could not be read.

    What cannot be read is never deleted: it is moved aside under a name with the time.
    """
    try:
        raw = _store.read(module)
    except NotSavedError as error:
        return Document(module=module), str(error)
    if raw is None:
        return Document(module=module), ""
    try:
        return decode_document(raw, module), ""
    except ValueError as error:
        return Document(module=module), _store.set_aside(module, str(error))


def read_answer(module: str, question: str) -> tuple[Answer, str]:
    """The answer to one question (an empty one if there is none), and a line to show if the file could not be read."""
    document, notice = read_answers(module)
    return document.answers.get(question, Answer()), notice


def stamp() -> object:
    """Changes whenever an answer is written, by whomever."""
    return _store.stamp()


def tell(module: str) -> None:
    """Let the listeners know that answers of a module were written."""
    for listener in listeners:
        listener(module)


def all_answers() -> HandIn:
    """The answers of all modules; raises `NotSavedError` where there are none or some could not be read."""
    documents = [read_answers(module) for module in _store.modules()]
    unread = [notice for _, notice in documents if notice]
    if unread:
        raise NotSavedError(f"{' '.join(unread)} Nothing was written; do it once more for the answers that can be read.")
    whole = HandIn(modules={document.module: document.answers for document, _ in documents if document.answers})
    if not whole.modules:
        raise NotSavedError(f"There are no answers in {_store.place}, so nothing was written. Answer something first.")
    return whole


def hand_in(path: Path) -> int:
    """Write the answers of all modules into one file and return how many there are; raises `NotSavedError`."""
    whole = all_answers()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, encode(whole))
    except OSError as error:
        raise NotSavedError(f"{path} cannot be written ({error.strerror}). Choose another place.") from None
    return sum(len(answers) for answers in whole.modules.values())


def take_in(path: Path) -> int:
    """Merge a hand-in file into the answers here, the later of each kept; return how many were taken.

    Raises `NotSavedError` if the file cannot be read or the answers cannot be written; then nothing is changed.
    """
    try:
        raw = read_bytes(path)
    except OSError as error:
        raise NotSavedError(f"{path} cannot be read ({error.strerror}). Check the name.") from None
    return take_in_bytes(raw, str(path))


def take_in_bytes(raw: bytes, name: str) -> int:
    """Merge the bytes of a hand-in file of that name, as `take_in` does."""
    try:
        modules = decode_hand_in(raw).modules
    except ValueError as error:
        raise NotSavedError(f"{name} is not a file of answers: {error}. Nothing was changed.") from None
    wrong = [module for module in modules if not module.isalnum()]
    if wrong:
        raise NotSavedError(f"{name} is not a file of answers: it names a module that cannot be. Nothing was changed.")
    if not any(modules.values()):
        raise NotSavedError(f"There are no answers in {name}. Nothing was changed.")
    return sum(_merge(module, answers) for module, answers in modules.items())


def _merge(module: str, answers: dict[str, Answer]) -> int:
    with _store.alone(module):
        document, _ = read_answers(module)
        document.answers, taken = newest(document.answers, answers)
        _store.write(module, encode(document))
    tell(module)
    return taken


def save_answer(module: str, question: str, **changes: Any) -> tuple[Answer, str]:
    """Write fields of one answer; return it as it now stands and a line to show, if any; raises `NotSavedError`."""
    return change_answer(module, question, lambda before: msgspec.structs.replace(before, **changes))


def change_answer(module: str, question: str, change: Callable[[Answer], Answer]) -> tuple[Answer, str]:
    """Write what `change` makes of an answer; return it as it now stands and a line to show, if any; raises `NotSavedError`.

    The document is read again under a lock, so two kernels that write at once keep each other's answers. Where `change` gives back
    what it was given, or raises, nothing is written.
    """
    try:
        with _store.alone(module):
            document, notice = read_answers(module)
            before = document.answers.get(question, Answer())
            after = change(before)
            if after is before:
                return before, notice
            after = msgspec.structs.replace(after, saved=_later_than(before.saved))
            document.answers[question] = after
            _store.write(module, encode(document))
        tell(module)
        return after, notice
    except (msgspec.MsgspecError, UnicodeEncodeError, TypeError):
        raise NotSavedError("The answer holds characters that cannot be stored. Type it again.") from None


def _later_than(before: str) -> str:
    """The time now in UTC, or a millisecond after `before` where a clock has been set back."""
    now = datetime.datetime.now(datetime.UTC)
    last = moment(before)
    with contextlib.suppress(OverflowError):  # after the last moment of the calendar there is none
        now = max(now, last + datetime.timedelta(milliseconds=1)) if last else now
    return now.isoformat(timespec="milliseconds").replace("+00:00", "Z")
