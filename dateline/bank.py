"""The course's questions and keys: found by id, loaded lesson by lesson, from parsed files.

A lesson's questions stand in `exercises/<stem>.toml`, its keys in `solutions/<stem>.toml`; what asks them again in later lessons
stands under the same name in the folder `review` of each. A copy of the course without `solutions/` is complete but for the keys. What a
question or key names (a text, a misconception, a phrase) is put in here, so that nothing that has both needs to read a file.
"""

from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

import msgspec

from dateline.evidence import misconceptions, survey
from dateline.faults import CourseError, Problem, Source, converted, fail, load
from dateline.folders import course_folder, named
from dateline.kinds import AnyQuestion, Key, Question, kind_of
from dateline.kinds.cells import CellsKey, Ladder, with_rungs
from dateline.kinds.from_marks import is_from_marks, with_items
from dateline.kinds.spans import Mark, MarkKey, with_shared_reasons
from dateline.texts.text import TextName, text_files, text_named

RESOLVERS: dict[type, Any] = {TextName: text_named, misconceptions.Belief: misconceptions.belief, survey.Phrase: survey.phrase}
"""What an author writes as a name, and what the name stands for."""
QUESTION = "docs/kinds.md shows what each kind of question has"
KEY = "docs/kinds.md shows what the key of each kind has"


class Lesson(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A lesson's number (`1.1`), title, minutes and questions, as its file gives them. A test has a `form`."""

    lesson: str
    title: str
    question: tuple[Any, ...]
    minutes: Annotated[int, msgspec.Meta(ge=0)] = 0
    form: str = ""

    @property
    def module(self) -> str:
        """The module that a lesson belongs to: `1` for lesson 1.1."""
        return self.lesson.split(".")[0]


class Stem(msgspec.Struct, frozen=True):
    """The name that a lesson's files share, with what the two files hold."""

    name: str
    lesson: Lesson
    keys: dict[str, Key] | None


def exercise_files() -> list[Path]:
    """The question files in reading order."""
    return sorted((course_folder() / "exercises").glob("*.toml"))


def question_files() -> list[Path]:
    """Every file of questions: those of the lessons, each with the file that asks its questions again."""
    return [part for path in exercise_files() for part in _parts(path)]


def _parts(path: Path) -> list[Path]:
    """A lesson's file, and the file of the same name that asks its questions again, if there is one."""
    again = path.parent / "review" / path.name
    return [path, again] if again.is_file() else [path]


def keys_file(path: Path) -> Path:
    """Where the keys of a file of questions stand."""
    return course_folder() / "solutions" / path.relative_to(course_folder() / "exercises")


def load_stem(path: Path) -> Stem:
    """A lesson's questions, and its keys where they are there; raises `CourseError` with every fault of its files."""
    return _drafted(_stem_as_of(path, _stamp(*_named_there())))


def load_stems() -> list[Stem]:
    """All of them in reading order. What their names lead to is looked at once for all, because this is asked after every answer."""
    shared = _stamp(*_named_there())
    return [_drafted(_stem_as_of(path, shared)) for path in exercise_files()]


def _drafted(stem: Stem) -> Stem:
    """A stem with the items that the marks of a text add now: they change while somebody corrects them, and so much else does not."""
    if not any(is_from_marks(question) for question in stem.lesson.question):
        return stem
    questions = tuple(with_items(question) for question in stem.lesson.question)
    return msgspec.structs.replace(stem, lesson=msgspec.structs.replace(stem.lesson, question=questions))


def _stem_as_of(path: Path, shared: tuple[int, ...]) -> Stem:
    parts = tuple(_parts(path))
    return _load_stem(parts, (*_stamp(*parts, *map(keys_file, parts)), *shared))


def _named_there() -> list[Path]:
    """The files that names in a lesson's files lead to."""
    return [*text_files(), misconceptions.table_file(), *survey.tables(), _mixed_up()]


def _stamp(*paths: Path) -> tuple[int, ...]:
    """Changes when any of the files changes."""
    return tuple(path.stat().st_mtime_ns if path.is_file() else 0 for path in paths)


@lru_cache(maxsize=128)
def _load_stem(parts: tuple[Path, ...], _stamp: tuple[int, ...]) -> Stem:
    problems: list[Problem] = []
    lessons: list[Lesson] = []
    keys: dict[str, Key] = {}
    for path in parts:
        lesson, faults = read_lesson(path)
        found, more = read_keys(keys_file(path), lesson.question) if keys_file(path).is_file() else ({}, [])
        lessons.append(lesson)
        keys |= found
        problems += [*faults, *more]
    if problems:
        raise CourseError(problems)
    questions = tuple(question for lesson in lessons for question in lesson.question)
    whole = msgspec.structs.replace(lessons[0], question=questions)
    return Stem(parts[0].stem, whole, keys if keys_file(parts[0]).is_file() else None)


def read_lesson(path: Path) -> tuple[Lesson, list[Problem]]:
    """The questions in a file of `exercises/` that can be read, and the faults of those that cannot; raises `CourseError`."""
    source = Source(path)
    listed = source.table.get("question", [])
    head, problems = converted(source, source.table | {"question": []}, Lesson, "A lesson has lesson, title, minutes, form, questions")
    if head is None:
        head = Lesson(str(source.table.get("lesson", "")), "", ())
    if not isinstance(listed, list):
        problems.append(source.problem(("question",), "a question is not written as [[question]]", "Write its head with two brackets"))
        listed = []
    questions: list[Question] = []
    for number, raw in enumerate(listed):
        found, faults = converted(source, raw, AnyQuestion, QUESTION, ("question", number), resolve)
        questions += [found] if found is not None else []
        problems += faults
    return msgspec.structs.replace(head, question=tuple(questions)), problems


def read_keys(path: Path, questions: tuple[Question, ...]) -> tuple[dict[str, Key], list[Problem]]:
    """The keys in a file of `solutions/` that can be read, and the faults of those that cannot; raises `CourseError`."""
    source = Source(path)
    asked = {question.id: question for question in questions}
    keys: dict[str, Key] = {}
    problems: list[Problem] = []
    for name, raw in source.table.items():
        if name not in asked:
            problems.append(source.problem((name,), f"there is no question {name!r}", f"Name one of: {', '.join(asked)}"))
            continue
        key, faults = converted(source, raw, kind_of(asked[name]).keyed, KEY, (name,), resolve)
        problems += faults
        if key is not None:
            keys[name] = _whole(asked[name], key, source)
    return keys, problems


def resolve(wanted: type, written: Any) -> Any:
    """What a name that an author wrote stands for; raises `ValueError` if there is no such thing."""
    if not isinstance(written, str):
        raise ValueError("a name in quotation marks belongs here")
    return RESOLVERS[wanted](written)


def _mixed_up() -> Path:
    return course_folder() / "data" / "mixed-up.toml"


def _whole(question: Question, key: Any, source: Source) -> Any:
    """A key with what its author leaves to the course: rungs beside a right one are half right, and reasons that many spans share."""
    if isinstance(question, Ladder) and isinstance(key, CellsKey):
        return with_rungs(question, key)
    if isinstance(question, Mark) and isinstance(key, MarkKey) and (key.mixed or key.rest):
        tables = (
            load(_mixed_up(), dict[str, dict[str, dict[str, str]]], "A table of labels, each with a reason by label") if key.mixed else {}
        )
        if key.mixed and key.mixed not in tables:
            source.stop((question.id, "mixed"), f"{key.mixed!r} is not in {named(_mixed_up())}", f"Use one of: {', '.join(tables)}")
        return with_shared_reasons(question, key, tables.get(key.mixed, {}))
    return key


AGAIN = "--in-"
"""Between a question's id and the place in which it once came back word for word: answers under such names stay readable."""


def original(name: str) -> str:
    """The id of the question that a name stands for, whether or not it comes back in a later lesson."""
    return name.partition(AGAIN)[0]


def find_question(name: str) -> tuple[Question, Key | None, Lesson]:
    """A question by its id, its key if there is one, and its lesson; raises `CourseError`.

    Files in which the id stands are parsed first, so a lesson does not pay for the whole course.
    """
    if name != original(name):
        question, key, lesson = find_question(original(name))
        return msgspec.structs.replace(question, id=name), key, lesson
    broken: list[Problem] = []
    for path in sorted(exercise_files(), key=lambda path: not _names(path, name)):
        try:
            stem = load_stem(path)
        except CourseError as error:
            broken += error.problems
            continue
        for question in stem.lesson.question:
            if question.id == name:
                return question, (stem.keys or {}).get(name), stem.lesson
    if broken:
        raise CourseError(broken)
    known = [question.id for path in exercise_files() for question in load_stem(path).lesson.question]
    raise fail("exercises", 1, f"there is no exercise {name!r}", _near(name, known))


def _names(path: Path, name: str) -> bool:
    return any(name in part.read_text(encoding="utf-8", errors="replace") for part in _parts(path))


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


__all__ = [
    *("AGAIN", "Lesson", "Stem", "exercise_files", "find_question", "keys_file", "load_stem", "original", "question_files"),
    "questions_about",
]
