"""Where the book keeps answers and the reader's own texts: in the page's own storage, of which this is the side that Python sees.

The worker gives every document that was changed elsewhere before it asks for anything, and takes what was written afterwards, all in
one transaction of the browser's database. So nothing here waits, locks or fails, but for a storage that the browser refuses.
"""

import contextlib
from collections.abc import Iterator

from dateline.answers.files import NotSavedError


class Kept:
    """The documents of all modules as the page's storage has them, by module. A reader's own text has a name that no module has."""

    place = "this browser"

    def __init__(self) -> None:
        self.documents: dict[str, bytes] = {}
        self.written: dict[str, str] = {}
        """What was written since the worker last took it."""
        self.refused = ""
        """Why the browser keeps nothing at the moment, in a sentence; empty where it does."""
        self._before: dict[str, bytes] = {}
        self._changes = 0

    def taken(self, documents: dict[str, str]) -> None:
        """The worker's documents that differ from those here; one without words is gone."""
        for module, words in documents.items():
            if words:
                self.documents[module] = words.encode("utf-8", "surrogatepass")
            else:
                self.documents.pop(module, None)
        self._before = dict(self.documents)
        self._changes += len(documents)

    def drop(self, name: str) -> None:
        """Have a document no more; raises `NotSavedError` where the browser refuses."""
        self.documents.pop(name, None)
        self._changes += 1
        if self.refused:
            raise NotSavedError(self.refused)
        self.written[name] = ""

    def take_back(self) -> None:
        """Have the documents as they were before the last work, which the browser did not keep."""
        self.documents = self._before

    def given(self) -> dict[str, str]:
        """What was written since this was last called."""
        written, self.written = self.written, {}
        return written

    def modules(self) -> list[str]:
        """The modules of which there is a document."""
        return sorted(name for name in self.documents if name.isalnum())

    def read(self, module: str) -> bytes | None:
        """A module's document, or None if there is none."""
        return self.documents.get(module)

    def write(self, module: str, raw: bytes) -> None:
        """Keep a module's document. Where the browser refuses it stays here for as long as the page does, and `NotSavedError` is raised."""
        self.documents[module] = raw
        self._changes += 1
        if self.refused:
            raise NotSavedError(self.refused)
        self.written[module] = raw.decode("utf-8")

    @contextlib.contextmanager
    def alone(self, module: str) -> Iterator[None]:
        """The worker holds the database for as long as Python works."""
        yield

    def set_aside(self, module: str, why: str) -> str:
        """Keep a document that cannot be read under a name that no module has; returns a line to show."""
        number = 1 + sum(name.startswith(f"unreadable-{module}-") for name in self.documents)
        raw = self.documents.pop(module)
        aside = f"unreadable-{module}-{number}"
        self.documents[aside] = raw
        self.written |= {aside: raw.decode("utf-8", "replace"), module: ""}
        return f"The answers of module {module} could not be read ({why}). They are kept beside the others; you can go on."

    def stamp(self) -> object:
        """Changes whenever an answer is written."""
        return self._changes
