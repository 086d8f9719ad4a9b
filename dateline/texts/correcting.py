"""A draft while somebody corrects it: each mark kept, thrown out, changed or added, saved in its file at once, and undone.

Every change is checked as the file is when it is read. What the file says when it was changed elsewhere is never overwritten.
"""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from dateline.faults import CourseError
from dateline.texts.annotating import nth_of, toml_of, write_whole
from dateline.texts.marks import Annotated, Annotation, read_annotation
from dateline.texts.text import Text

PARTS = ("source", "cue", "content")
LABELS: dict[str, tuple[str, str]] = {
    "source": ("attribution", "S"),
    "cue": ("attribution", "V"),
    "content": ("attribution", "C"),
    "quotation": ("quotation", "Q"),
    "evidential": ("hedge", "E"),
    "epistemic": ("hedge", "L"),
    "stance": ("hedge", "T"),
    "vague": ("hedge", "U"),
    "evidence": ("hedge", "I"),
    "date": ("date", "D"),
    "duration": ("date", "H"),
    "set": ("date", "R"),
    "number": ("number", "N"),
}
"""Each label that a mark may have, with its layer and the letter that stands for it in the text."""
ELSEWHERE = "The file of the marks was changed elsewhere meanwhile. It has been read again; please do it once more."
MOST = 200
"""Changes that can be undone."""


class Corrections:
    """The marks of one text and their file. What changes them returns what is to be said; an empty string is that all went well."""

    def __init__(self, text: Text, path: Path) -> None:
        self.text = text
        self.path = path
        self.before: list[tuple[Annotated, ...]] = []
        """What the marks were before each change, the last change last."""
        self.marks: tuple[Annotated, ...] = ()
        self._written = b""
        self.read()

    def read(self) -> None:
        """Read the file anew; raises `CourseError`."""
        self.marks = read_annotation(self.path, self.text).mark
        self._written = self.path.read_bytes()
        self.before.clear()

    def same_mark(self, number: int) -> list[int]:
        """The numbers of the marks that go with one: source, cue and content of an attribution."""
        link = self.marks[number].link
        return [k for k, mark in enumerate(self.marks) if link and mark.link == link] or [number]

    def keep(self, number: int) -> str:
        """Say that a mark is right, and whatever goes with it."""
        return self._decide(number, "kept")

    def throw_out(self, number: int) -> str:
        """Say that a mark is wrong, and whatever goes with it. One that a person made is taken away."""
        if not self._has(number):
            return "There is no such mark."
        if self.marks[number].rule:
            return self._decide(number, "out")
        gone = self.same_mark(number)
        return self._change(tuple(mark for k, mark in enumerate(self.marks) if k not in gone))

    def _decide(self, number: int, state: str) -> str:
        if not self._has(number):
            return "There is no such mark."
        together = self.same_mark(number)
        return self._change(
            tuple(msgspec.structs.replace(mark, state=state) if k in together else mark for k, mark in enumerate(self.marks))
        )

    def change(self, number: int, start: int, end: int, label: str) -> str:
        """Give a mark other words of its sentence, or another label; it is kept then."""
        if not self._has(number):
            return "There is no such mark."
        old = self.marks[number]
        if label != old.label and (label in PARTS) != (old.label in PARTS):
            return "A part of an attribution stays one; throw the mark out and add another."
        made = self._placed(old.at, start, end, label)
        if isinstance(made, str):
            return made
        together = self.same_mark(number)
        new = msgspec.structs.replace(old, layer=made.layer, label=label, words=made.words, nth=made.nth, state="kept" if old.rule else "")
        return self._change(
            tuple(
                new if k == number else msgspec.structs.replace(mark, state="kept") if k in together and mark.rule else mark
                for k, mark in enumerate(self.marks)
            )
        )

    def add(self, at: str, start: int, end: int, label: str, to: int | None = None) -> str:
        """Add a mark; a part of an attribution goes with the mark `to`, or begins one of its own."""
        made = self._placed(at, start, end, label)
        if isinstance(made, str):
            return made
        if any(
            (mark.at, mark.words, mark.nth, mark.label) == (made.at, made.words, made.nth, label) and mark.state != "out"
            for mark in self.marks
        ):
            return "These words have that label already."
        marks = list(self.marks)
        if label in PARTS:
            link = self._link_of(to, marks)
            made = msgspec.structs.replace(made, link=link)
        order = {sentence.at: number for number, sentence in enumerate(self.text.sentences)}
        return self._change(tuple(sorted([*marks, made], key=lambda mark: order[mark.at])))

    def _link_of(self, to: int | None, marks: list[Annotated]) -> str:
        if to is not None and self._has(to) and marks[to].link:
            return marks[to].link
        used = {mark.link for mark in marks}
        return next(name for k in range(1, len(marks) + 2) if (name := f"b{k}") not in used)

    def undo(self) -> str:
        """Bring back what the marks were before the last change."""
        if not self.before:
            return "There is nothing to undo."
        last = self.before[-1]
        said = self._write(last)
        if not said:
            self.before.pop()
        return said

    def _has(self, number: int) -> bool:
        return 0 <= number < len(self.marks)

    def _placed(self, at: str, start: int, end: int, label: str) -> Annotated | str:
        """A mark on these characters, or what is wrong with them."""
        try:
            words = self.text[at]
        except CourseError as error:
            return error.problems[0].what.capitalize() + "."
        if label not in LABELS:
            return f"There is no label {label!r}."
        chosen = words[start:end]
        if not 0 <= start < end <= len(words) or not chosen.strip() or chosen != chosen.strip():
            return "Choose words of the sentence, without the space around them."
        return Annotated(LABELS[label][0], at, label, chosen, nth_of(words, chosen, start))

    def _change(self, marks: tuple[Annotated, ...]) -> str:
        if marks == self.marks:
            return ""
        before = self.marks
        said = self._write(marks)
        if not said:
            self.before = [*self.before[-MOST + 1 :], before]
        return said

    def _write(self, marks: tuple[Annotated, ...]) -> str:
        """Write the file if it is as it was last seen, and read it as the course will."""
        try:
            if self.path.read_bytes() != self._written:
                self.read()
                return ELSEWHERE
            write_whole(self.path, toml_of(Annotation(self.text.id, marks)))
            self._written = self.path.read_bytes()
        except OSError as error:
            return f"Not saved: the file of the marks cannot be written ({error.strerror}). Allow this account to write it, then try again."
        except CourseError as error:
            return f"The file of the marks has faults now: {error.problems[0]}"
        self.marks = marks
        return ""


def standing(marks: Sequence[Annotated]) -> tuple[Annotated, ...]:
    """The marks that were not thrown out."""
    return tuple(mark for mark in marks if mark.state != "out")
