"""A text of a reader's own as a document: its words and its marks, as the files that they are in the course, and the file of several."""

import datetime
import re
from pathlib import Path

import msgspec

from dateline.faults import parse_toml
from dateline.texts.marks import Annotation
from dateline.texts.text import Text, read_text

NAME = re.compile(r"own-[a-z0-9]+(?:-[a-z0-9]+)*")
PLACE = re.compile(r"[a-z]+/[a-z0-9-]+\.(?:txt|toml|json)")


class OwnText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text as it is kept: what the reader said of it, when it was changed last (UTC), and its files by their place in `data`."""

    title: str
    outlet: str
    published: datetime.date
    saved: str
    files: dict[str, str]


class OwnFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All texts as one file, by name."""

    own_texts: dict[str, OwnText]


def read_own_file(raw: bytes) -> dict[str, OwnText]:
    """The texts in a file of several, by name, each whole and with marks that fit; raises `ValueError` where it is no such file."""
    texts = msgspec.json.decode(raw, type=OwnFile).own_texts
    for name, text in texts.items():
        check_places(name, text)
        check_marks(name, text)
    return texts


def check_places(name: str, text: OwnText) -> None:
    """Raise `ValueError` unless a text has its words and its marks, and all its files have its name and lie in `data`."""
    places = {f"texts/{name}.txt", f"annotations/{name}.toml"}
    if not NAME.fullmatch(name) or not places <= text.files.keys():
        raise ValueError("it names a text that cannot be")
    if any(not PLACE.fullmatch(place) or Path(place).stem != name for place in text.files):
        raise ValueError("it names a file that is none of a text")


def check_marks(name: str, text: OwnText) -> None:
    """Raise `ValueError` unless the words can be read and every mark stands on words of its sentence."""
    marks = f"annotations/{name}.toml"
    read = words_of(name, text)
    annotation = msgspec.convert(parse_toml(text.files[marks], marks), Annotation)
    if {read.id, annotation.text} != {name}:
        raise ValueError("it names one text and holds another")
    for mark in annotation.mark:
        read.find(mark.at, mark.words, mark.nth)


def words_of(name: str, text: OwnText) -> Text:
    """The text itself; raises `CourseError`."""
    place = f"texts/{name}.txt"
    return read_text(text.files[place].encode(), place)


def renamed(text: OwnText, old: str, new: str) -> OwnText:
    """The same text under another name, which its files say inside too."""
    says = re.compile(rf'(?m)^(id|text) = "{old}"$')
    files = {place.replace(old, new): says.sub(rf'\1 = "{new}"', words, count=1) for place, words in text.files.items()}
    return msgspec.structs.replace(text, files=files)
