"""The reader's own texts and their marks: files of the course for as long as a visit lasts, documents of the browser's storage for good.

A text is taken in and corrected by the same code as in the course's folder. Before each message the documents that were changed elsewhere
are laid as files; after it the files that were changed become documents. They have names that no module has, so no file of answers
holds them.
"""

import datetime
import re
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from dateline.answers.files import NotSavedError
from dateline.book.kept import Kept
from dateline.folders import course_folder
from dateline.texts.marks import Annotation
from dateline.texts.own import OwnFile, OwnText, check_places, read_own_file, renamed

if TYPE_CHECKING:
    from dateline.texts.taking_in import Taken

PREFIX = "text-"
"""Begins the name of a document that is a text."""
FILE = "your text"
"""What a fault calls the text that was pasted."""
LONGEST = 40
"""Letters of a name that is made of a headline."""


class OwnTexts:
    """The texts that are here. Where the browser refuses to keep them nothing is raised: what was done stays for as long as the visit."""

    def __init__(self, kept: Kept) -> None:
        self.kept = kept
        self.found: dict[str, OwnText] = {}
        self.unread = 0
        """Texts that are kept and cannot be read; they stay as they are."""
        self.deleted: tuple[str, OwnText] | None = None
        """The text that was deleted last in this visit."""
        self._laid: dict[str, bytes] = {}
        self._unsaved: set[str] = set()
        self._stored: set[str] = set()

    def lay(self) -> None:
        """Have files as the documents are, before anything is done."""
        self._stored.clear()
        documents = {name.removeprefix(PREFIX): raw for name, raw in self.kept.documents.items() if name.startswith(PREFIX)}
        for name in [*(name for name in self._laid if name not in documents)]:
            self._forget(name)
        for name, raw in documents.items():
            if self._laid.get(name) != raw:
                self._forget(name)
                self._laid[name] = raw
                try:
                    text = msgspec.json.decode(raw, type=OwnText)
                    check_places(name, text)
                except ValueError:
                    continue
                self.found[name] = text
                _write(text)
        self.unread = len(documents) - len(self.found)

    def _forget(self, name: str) -> None:
        self.found.pop(name, None)
        self._laid.pop(name, None)
        for place in _files(name):
            (_data() / place).unlink()

    def keep(self) -> bool:
        """Have documents as the files are, after something was done; says whether a text was changed, made or deleted."""
        for name, text in self.found.items():
            files = _files(name)
            if files != text.files:
                self._put(name, msgspec.structs.replace(text, saved=_now(), files=files))
        if self._stored:
            for name in list(self._unsaved):
                self._store(name)
        return bool(self._stored)

    def _put(self, name: str, text: OwnText) -> None:
        self.found[name] = text
        self._laid[name] = msgspec.json.encode(text)
        self._store(name)

    def _store(self, name: str) -> None:
        """Hand a document to the browser, or its absence; where it refuses, try again after the next change."""
        self._unsaved.discard(name)
        self._stored.add(name)
        try:
            if name in self._laid:
                self.kept.write(PREFIX + name, self._laid[name])
            else:
                self.kept.drop(PREFIX + name)
        except NotSavedError:
            self._unsaved.add(name)

    def not_kept(self) -> None:
        """The browser did not keep what was stored last."""
        self._unsaved |= self._stored

    def is_gone(self, name: str) -> bool:
        """Whether a text was the reader's own and is no longer here."""
        return name.startswith("own-") and name not in self.found

    def newest(self) -> str:
        """The text that was changed last, or nothing."""
        return max(self.found, key=lambda name: self.found[name].saved, default="")

    def add(self, words: str, outlet: str, published: datetime.date | None) -> "tuple[str, Taken]":
        """Take a text in and draft its marks; returns its name. Raises `CourseError`, and then nothing is changed."""
        from dateline.texts.annotating import toml_of  # the rules, for which no page has to wait that shows no text of the reader's own
        from dateline.texts.taking_in import taken_in

        head = next((line for line in words.split("\n") if line.strip()), "")
        name = self._free(re.sub(r"[^a-z0-9]+", "-", head.lower())[:LONGEST].strip("-") or "text")
        pasted = f"Pasted by a reader on {datetime.date.today()}."
        taken = taken_in(words.encode(), FILE, name, f"{outlet}. {pasted}" if outlet else pasted, published=published)
        header = taken.text.header
        files = {f"texts/{name}.txt": taken.words, f"annotations/{name}.toml": toml_of(Annotation(name, taken.marks))}
        text = OwnText(header.title, outlet, header.published, _now(), files)
        _write(text)
        self._put(name, text)
        return name, taken

    def _free(self, stem: str) -> str:
        names = (f"own-{stem}" if number == 1 else f"own-{stem}-{number}" for number in range(1, len(self._laid) + 2))
        return next(name for name in names if name not in self._laid)

    def delete(self, name: str) -> None:
        """Take a text away with its marks; it can be brought back while the visit lasts."""
        self.deleted = (name, self.found[name])
        self._forget(name)
        self._store(name)

    def bring_back(self) -> str:
        """Bring back what was deleted last; returns its name."""
        assert self.deleted
        (name, text), self.deleted = self.deleted, None
        return self._lay_in(name, text)

    def all(self) -> bytes:
        """All texts as one file."""
        return msgspec.json.format(msgspec.json.encode(OwnFile(self.found)), indent=1)

    def take(self, raw: bytes) -> tuple[list[str], int]:
        """Take in a file of texts: the names that are new or newer here, and how many were here already.

        Raises `ValueError` where it is no such file.
        Of one text with two sets of marks the later is kept. Where one of the texts has a fault, nothing is changed.
        """
        texts = read_own_file(raw)
        came = [self._lay_in(name, text) for name, text in texts.items() if not self._is_here(name, text)]
        return came, len(texts) - len(came)

    def _is_here(self, name: str, text: OwnText) -> bool:
        here = self.found.get(name)
        return here is not None and _same_words(here, text, name) and here.saved >= text.saved

    def _lay_in(self, name: str, text: OwnText) -> str:
        """Put a text under its name, or under a free one where that is another text's."""
        here = self.found.get(name)
        if name in self._laid and not (here and _same_words(here, text, name)):
            other = self._free(name.removeprefix("own-"))
            name, text = other, renamed(text, name, other)
        _write(text)
        self._put(name, text)
        return name


def annotation_of(name: str) -> Path:
    """The file of a text's marks."""
    return _data() / "annotations" / f"{name}.toml"


def _same_words(here: OwnText, there: OwnText, name: str) -> bool:
    place = f"texts/{name}.txt"
    return here.files[place] == there.files[place]


def _data() -> Path:
    return course_folder() / "data"


def _files(name: str) -> dict[str, str]:
    return {f"{path.parent.name}/{path.name}": path.read_text(encoding="utf-8") for path in sorted(_data().glob(f"*/{name}.*"))}


def _write(text: OwnText) -> None:
    for place, words in text.files.items():
        path = _data() / place
        path.parent.mkdir(exist_ok=True)
        path.write_text(words, encoding="utf-8", newline="\n")


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
