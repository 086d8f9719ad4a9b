"""What is true of a text, sentence by sentence: marks that name a sentence, quote its words and give a label.

Marks that a lesson works through in the open stand in `data/annotations/`; those that are answers stand in
`solutions/annotations/`. Read together they are the whole annotation; a copy without keys has the first alone.
"""

from pathlib import Path
from typing import Literal

import msgspec

from dateline.faults import CourseError, Source, caught, load
from dateline.folders import course_folder
from dateline.texts.text import Text, load_text


class Annotated(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One mark. Without `words` it is about the whole sentence; labels joined with `|` are all defensible, best first.

    Source, cue and content of one attribution share a `link`. A mark that a rule made names it, and says with `state` whether it is a
    `draft` still, was `kept` by somebody, or was thrown `out`, so that no later draft brings it back. `sure` is false where the rule
    was not.
    """

    layer: str
    at: str
    label: str
    words: str = ""
    nth: int | None = None
    note: str = ""
    link: str = ""
    rule: str = ""
    state: Literal["", "draft", "kept", "out"] = ""
    sure: bool = True

    @property
    def labels(self) -> tuple[str, ...]:
        """The defensible labels, best first."""
        return tuple(self.label.split("|"))


class Annotation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The marks of one file about one text."""

    text: str
    mark: tuple[Annotated, ...]


def annotation_files(text: str) -> list[Path]:
    """The files that annotate a text: the open one and the one that is kept with the keys."""
    folders = (course_folder() / "data" / "annotations", course_folder() / "solutions" / "annotations")
    return [path for folder in folders if (path := folder / f"{text}.toml").is_file()]


def open_marks(text: Text) -> tuple[Annotated, ...]:
    """The marks on words of a text that stand in the open, in the order of their file; raises `CourseError`."""
    files = [path for path in annotation_files(text.id) if "solutions" not in path.parts[-3:-1]]
    return tuple(mark for path in files for mark in read_annotation(path, text).mark if mark.words and mark.state != "out")


def load_marks(text: str, layer: str, keys: bool = False) -> tuple[Annotated, ...]:
    """The marks of one layer in the order of the text, from the open file, and with `keys` from both; raises `CourseError`."""
    files = annotation_files(text)
    chosen = files if keys else [path for path in files if "solutions" not in path.parts[-3:-1]]
    loaded = load_text(text)
    marks = [mark for path in chosen for mark in read_annotation(path, loaded).mark if mark.layer == layer and mark.state != "out"]
    order = {sentence.at: number for number, sentence in enumerate(loaded.sentences)}
    return tuple(sorted(marks, key=lambda mark: order[mark.at]))


def read_annotation(path: Path, text: Text) -> Annotation:
    """A file of marks, each resolved in its text; raises `CourseError` with every mark that does not fit."""
    annotation = load(path, Annotation, "A mark has layer, at, label, and if need be words, nth, note, link, rule, state, sure")
    faults = [
        (("mark", number), fault)
        for number, mark in enumerate(annotation.mark)
        for fault in caught(lambda mark=mark: text.find(mark.at, mark.words, mark.nth) if mark.words else text[mark.at])  # type: ignore[misc]
    ]
    if faults:
        source = Source(path)
        raise CourseError([source.problem(place, fault.what, fault.fix) for place, fault in faults])
    return annotation
