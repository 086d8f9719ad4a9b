"""Questions and keys: what is asked, and what is right, half right, and why; two files that never meet but here.

A lesson's questions stand in `exercises/<stem>.toml`, its keys in `solutions/<stem>.toml`. A copy of the course
without `solutions/` is complete but for the keys.
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, TypeAlias

import msgspec

from dateline.places import course_folder, named
from dateline.problems import CourseError, Problem, fail, line_of, read_toml

Beat: TypeAlias = Literal["tour", "predict", "say-why", "guided", "own", "exit", "practice"]
Theme: TypeAlias = Literal["sourcing", "language", "context", "reactions"]


class Choice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing a learner may choose. `letter` stands for it where space is short."""

    id: str
    text: str
    letter: str = ""


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag_field="kind"):
    """What every question has. `show` are sentences or paragraphs of `text` printed with it."""

    id: str
    prompt: str
    beat: Beat
    theme: Theme
    skill: str
    hints: tuple[str, ...] = ()
    confidence: bool = False
    text: str = ""
    show: tuple[str, ...] = ()


class Choose(Question, tag="choose", frozen=True, kw_only=True):
    """One of several choices. Its answer is the id of a choice."""

    choices: tuple[Choice, ...]


class Tag(Question, tag="tag", frozen=True, kw_only=True):
    """One label for each sentence. Its answer maps the address of each sentence to the id of a choice.

    `given` are labels already filled in; they are neither asked nor counted.
    """

    items: tuple[str, ...]
    choices: tuple[Choice, ...]
    given: dict[str, str] = {}

    @property
    def asked(self) -> tuple[str, ...]:
        """The addresses that the learner is to label."""
        return tuple(item for item in self.items if item not in self.given)


class Write(Question, tag="write", frozen=True, kw_only=True):
    """Open text, never marked. Its answer is what was written."""

    rows: int = 3


AnyQuestion: TypeAlias = Choose | Tag | Write


class Verdict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What each choice earns for one item, and why. Several `right` are an accepted set.

    `why` has a reason for every choice; `look` are the words of the text on which the reasons rest;
    `misconception` names, for a choice, an entry of `data/misconceptions.toml`.
    """

    right: tuple[str, ...]
    half: tuple[str, ...] = ()
    why: dict[str, str]
    look: str = ""
    nth: int | None = None
    misconception: dict[str, str] = {}

    def credit(self, choice: str) -> float:
        """1 for a right choice, ½ for a half right one, otherwise 0."""
        return 1.0 if choice in self.right else 0.5 if choice in self.half else 0.0


class ChooseKey(Verdict, frozen=True, kw_only=True):
    """The key of a `choose`; `at` is the address where `look` stands."""

    teach: str
    next: str
    at: str = ""


class TagKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The key of a `tag`: a verdict for every sentence asked."""

    items: dict[str, Verdict]
    teach: str
    next: str


class Feature(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something an open answer should mention: present if any of the words is there, whatever their case."""

    name: str
    any: tuple[str, ...]
    missing: str


class WriteKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Model answers and presence checks for an open answer. They are shown, never counted."""

    model: tuple[str, ...]
    teach: str
    next: str
    features: tuple[Feature, ...] = ()


AnyKey: TypeAlias = ChooseKey | TagKey | WriteKey
KEY_TYPES: dict[type[Question], type[AnyKey]] = {Choose: ChooseKey, Tag: TagKey, Write: WriteKey}


class Lesson(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A lesson's number (`1.1`), title and questions, as its file gives them."""

    lesson: str
    title: str
    question: tuple[AnyQuestion, ...]

    @property
    def module(self) -> str:
        """The module that a lesson belongs to: `1` for lesson 1.1."""
        return self.lesson.split(".")[0]


class Stem(msgspec.Struct, frozen=True):
    """The name that a lesson's files share, with what the two files hold."""

    name: str
    lesson: Lesson
    keys: dict[str, AnyKey] | None


def exercise_files() -> list[Path]:
    """The question files in reading order."""
    return sorted((course_folder() / "exercises").glob("*.toml"))


def load_stem(path: Path) -> Stem:
    """A lesson's questions, and its keys where they are there; raises `CourseError`."""
    keys = course_folder() / "solutions" / path.name
    stamp = (path.stat().st_mtime_ns, keys.stat().st_mtime_ns if keys.is_file() else None)
    return _load_stem(path, keys, stamp)


@lru_cache(maxsize=64)
def _load_stem(path: Path, keys: Path, _stamp: tuple[int, int | None]) -> Stem:
    lesson = read_lesson(path)
    return Stem(path.stem, lesson, read_keys(keys, lesson) if keys.is_file() else None)


def read_lesson(path: Path) -> Lesson:
    """The questions in a file of `exercises/`; raises `CourseError`."""
    table, source = read_toml(path, named(path))
    try:
        return msgspec.convert(table, Lesson)
    except msgspec.ValidationError as error:
        raise fail(named(path), _line(source, str(error)), *_said(error)) from None


def read_keys(path: Path, lesson: Lesson) -> dict[str, AnyKey]:
    """The keys in a file of `solutions/` for a lesson's questions; raises `CourseError` with every fault of shape."""
    table, source = read_toml(path, named(path))
    kinds = {question.id: KEY_TYPES[type(question)] for question in lesson.question}
    keys: dict[str, AnyKey] = {}
    problems: list[Problem] = []
    for name, value in table.items():
        header = line_of(source, f"[{name}]")
        if name not in kinds:
            problems += fail(named(path), header, f"there is no question {name!r}", f"Name one of: {', '.join(kinds)}").problems
            continue
        try:
            keys[name] = msgspec.convert(value, kinds[name])
        except msgspec.ValidationError as error:
            problems += fail(named(path), header, *_said(error)).problems
    if problems:
        raise CourseError(problems)
    return keys


def _said(error: msgspec.ValidationError) -> tuple[str, str]:
    what, _, where = str(error).partition(" - at ")
    place = where.strip("`$.") or "the top of the table"
    return f"{what[0].lower()}{what[1:]}", f"Correct {place}; docs/architecture.md shows the shape of each kind"


def _line(source: str, error: str) -> int:
    number = re.search(r"question\[(\d+)\]", error)
    if not number:
        return 1
    starts = [found.start() for found in re.finditer(r"(?m)^\[\[question\]\]", source)]
    return source.count("\n", 0, starts[int(number[1])]) + 1


def find_question(name: str) -> tuple[AnyQuestion, AnyKey | None, Lesson]:
    """A question by its id, its key if there is one, and its lesson; raises `CourseError`.

    Only the file in which the id stands is parsed, so a lesson does not pay for the whole course.
    """
    wanted = re.compile(rf'(?m)^id = "{re.escape(name)}"')
    for path in exercise_files():
        if wanted.search(path.read_text(encoding="utf-8")):
            stem = load_stem(path)
            for question in stem.lesson.question:
                if question.id == name:
                    return question, (stem.keys or {}).get(name), stem.lesson
    known = [question.id for path in exercise_files() for question in load_stem(path).lesson.question]
    near = _near(name, known)
    raise fail("exercises", 1, f"there is no exercise {name!r}", near)


def _near(name: str, known: list[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(str(name), known, n=1)
    return f"Did you mean {close[0]!r}" if close else f"There are: {', '.join(known)}"


def misconceptions() -> dict[str, dict[str, Any]]:
    """The named misconceptions: id to `name` and `better`; raises `CourseError`."""
    path = course_folder() / "data" / "misconceptions.toml"
    return _misconceptions(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _misconceptions(path: Path, _changed: int) -> dict[str, dict[str, Any]]:
    return read_toml(path, named(path))[0]
