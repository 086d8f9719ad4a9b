"""The course's questions and keys as files: found by id, loaded lesson by lesson, checked for their shape.

A lesson's questions stand in `exercises/<stem>.toml`, its keys in `solutions/<stem>.toml`. A copy of the course
without `solutions/` is complete but for the keys.
"""

import re
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

import msgspec

from dateline.faults import CourseError, Problem, fail, line_of, read_toml
from dateline.folders import course_folder, named
from dateline.kinds.questions import KEY_TYPES, AnyKey, AnyQuestion, CellsKey, Ladder, Lesson, Mark, MarkKey, Verdict
from dateline.texts.text import load_text


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
    questions = {question.id: question for question in lesson.question}
    keys: dict[str, AnyKey] = {}
    problems: list[Problem] = []
    for name, value in table.items():
        header = line_of(source, f"[{name}]")
        if name not in questions:
            problems += fail(named(path), header, f"there is no question {name!r}", f"Name one of: {', '.join(questions)}").problems
            continue
        try:
            keys[name] = _whole(questions[name], msgspec.convert(value, KEY_TYPES[type(questions[name])]))
        except msgspec.ValidationError as error:
            problems += fail(named(path), header, *_said(error)).problems
    if problems:
        raise CourseError(problems)
    return keys


def _whole(question: AnyQuestion, key: AnyKey) -> AnyKey:
    """A key with what its kind adds: rungs beside a right one are half right, and reasons that many spans share."""
    if isinstance(question, Ladder) and isinstance(key, CellsKey):
        return _with_rungs(question, key)
    if isinstance(question, Mark) and isinstance(key, MarkKey) and (key.mixed or key.rest):
        return _with_shared_reasons(question, key)
    return key


def _with_shared_reasons(question: Mark, key: MarkKey) -> MarkKey:
    path = course_folder() / "data" / "mixed-up.toml"
    shared = read_toml(path, named(path))[0].get(key.mixed, {}) if key.mixed else {}
    spans = tuple(msgspec.structs.replace(span, why=shared.get(span.right[0], {}) | span.why) for span in key.span)
    rest = {sentence.at: key.rest for sentence in load_text(question.text).select(question.show)} if key.rest else {}
    return msgspec.structs.replace(key, span=spans, fine=rest | key.fine)


def _with_rungs(question: Ladder, key: CellsKey) -> CellsKey:
    rungs = [choice.id for choice in question.choices]
    items = {name: msgspec.structs.replace(verdict, half=_beside(verdict, rungs)) for name, verdict in key.items.items()}
    return msgspec.structs.replace(key, items=items)


def _beside(verdict: Verdict, rungs: list[str]) -> tuple[str, ...]:
    right = {rungs.index(choice) for choice in verdict.right if choice in rungs}
    return tuple(rung for at, rung in enumerate(rungs) if at not in right and {at - 1, at + 1} & right)


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


AGAIN = "--in-"
"""Between a question's id and the lesson in which it comes back: `exit-yard--in-2.1` has an answer of its own."""


def original(name: str) -> str:
    """The id of the question that a name stands for, whether or not it comes back in a later lesson."""
    return name.partition(AGAIN)[0]


def find_question(name: str) -> tuple[AnyQuestion, AnyKey | None, Lesson]:
    """A question by its id, its key if there is one, and its lesson; raises `CourseError`.

    Only the file in which the id stands is parsed, so a lesson does not pay for the whole course.
    """
    if name != original(name):
        question, key, lesson = find_question(original(name))
        return msgspec.structs.replace(question, id=name), key, lesson
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


def questions_about(text: str) -> list[str]:
    """The ids of the questions that a workbench sets on a text, in order; raises `CourseError` if there are none."""
    asked = [question for path in exercise_files() for question in load_stem(path).lesson.question if question.beat == "capstone"]
    found = [question.id for question in asked if question.text == text]
    if not found:
        known = sorted({question.text for question in asked})
        raise fail("exercises", 1, f"no workbench is set on the text {text!r}", _near(text, known))
    return found


def _near(name: str, known: list[str]) -> str:
    close = get_close_matches(str(name), known, n=1)
    return f"Did you mean {close[0]!r}" if close else f"There are: {', '.join(known)}"
