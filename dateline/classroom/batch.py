"""A batch of submissions graded: one bad one never stops it, and a batch that was broken off goes on where it stopped.

Nothing in a submission is run. It is read as JSON of one shape, and its answers go to the same pure function as a learner's click.
"""

import datetime
import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from dateline.answers.document import Answer, decode_any
from dateline.bank import Stem, exercise_files, load_stem, original
from dateline.classroom.roster import Class, Learner, named_in
from dateline.classroom.submissions import Submission, read_submissions
from dateline.faults import fail
from dateline.folders import course_folder
from dateline.kinds import Key, Question, Result, grade, kind_of
from dateline.texts.text import load_text

RESULTS = "results.ndjson"
UNCOUNTED = ("tour", "practice")
"""Beats that do not count towards a grade."""


class Graded(msgspec.Struct, frozen=True):
    """One answer with its result. `first` is the result of the answer before any feedback, where it differs."""

    question: str
    lesson: str
    result: Result
    first: Result | None = None
    confidence: int | None = None
    checks: int = 0
    hints: int = 0
    old_text: bool = False


class Marked(msgspec.Struct, frozen=True):
    """One submission graded. `faults` say in words what is wrong with it; a submission without `answers` could not be read."""

    learner: str
    source: str
    sha256: str
    received: str = ""
    late: bool = False
    turn: int = 0
    known: bool = True
    answers: tuple[Graded, ...] = ()
    faults: tuple[str, ...] = ()
    read: bool = True


class Asked(msgspec.Struct, frozen=True):
    """What a batch is graded by: the lessons with their keys, the questions of each that count, and what identifies all of it."""

    stems: tuple[Stem, ...]
    counting: dict[str, tuple[str, ...]]
    stamp: str

    def pairs(self) -> Iterator[tuple[Stem, Question, Key | None]]:
        """Every question with its lesson and key."""
        for stem in self.stems:
            for question in stem.lesson.question:
                yield stem, question, (stem.keys or {}).get(question.id)


def asked(lessons: Iterable[str] = ()) -> Asked:
    """The questions of some lessons, or of all that have keys; raises `CourseError` for a lesson that is not there."""
    wanted = set(lessons)
    every = [stem for stem in map(load_stem, exercise_files()) if stem.keys is not None]
    unknown = sorted(wanted - {stem.lesson.lesson for stem in every})
    if unknown:
        fix = f"There are: {', '.join(stem.lesson.lesson for stem in every)}"
        raise fail("solutions", 1, f"there are no keys for lesson {', '.join(unknown)}", fix)
    stems = tuple(stem for stem in every if not wanted or stem.lesson.lesson in wanted)
    counting = {stem.lesson.lesson: tuple(q.id for q in stem.lesson.question if counts(q, (stem.keys or {}).get(q.id))) for stem in stems}
    sums = hashlib.sha256(repr(sorted(wanted)).encode())
    for folder in ("exercises", "solutions", "data/texts"):
        for path in sorted((course_folder() / folder).glob("*.t*")):
            sums.update(path.name.encode() + b"\0" + path.read_bytes())
    return Asked(stems, counting, sums.hexdigest())


def counts(question: Question, key: Key | None) -> bool:
    """Whether a question counts towards a grade: asked of everybody, and marked. A number set beside readers is never marked."""
    return not question.unmarked and question.beat not in UNCOUNTED and key is not None and kind_of(question).counts(key)


def grade_batch(
    place: Path,
    out: Path,
    by: Asked,
    learners: list[Learner],
    due: datetime.datetime | None = None,
    tell: Callable[[int], None] = lambda done: None,
) -> list[Marked]:
    """Grade everything in a place and write each result as it is made; returns them all, in order; raises `CourseError` or `OSError`.

    What an earlier run with the same keys and the same course has graded is not graded again.
    """
    out.mkdir(parents=True, exist_ok=True)
    before = read_results(out, by.stamp)
    room = Class(learners)
    found = []
    path = out / RESULTS
    if not before:
        path.write_bytes(msgspec.json.encode({"stamp": by.stamp}) + b"\n")
    with path.open("ab") as file:
        for number, submission in enumerate(read_submissions(place), 1):
            sha = hashlib.sha256(submission.raw).hexdigest()
            marked = before.get((submission.source, sha))
            if marked is None:
                marked = _named(grade_one(submission, sha, by), submission, room, bool(learners), due)
                file.write(msgspec.json.encode(marked) + b"\n")
                file.flush()
            found.append(marked)
            tell(number)
    return found


def read_results(out: Path, stamp: str = "") -> dict[tuple[str, str], Marked]:
    """The results in a folder, by source and content; none if they were graded by other keys. A line that is cut off is left out."""
    path = out / RESULTS
    if not path.is_file():
        return {}
    lines = path.read_bytes().split(b"\n")
    try:
        head = msgspec.json.decode(lines[0], type=dict[str, Any])
    except msgspec.DecodeError:
        return {}
    if stamp and head.get("stamp") != stamp:
        return {}
    found = {}
    whole = [lines[0]]
    for line in lines[1:]:
        try:
            marked = msgspec.json.decode(line, type=Marked)
        except msgspec.MsgspecError:
            continue
        whole.append(line)
        found[marked.source, marked.sha256] = marked
    if len(whole) < len([line for line in lines if line]):
        path.write_bytes(b"\n".join(whole) + b"\n")
    return found


def grade_one(submission: Submission, sha: str, by: Asked) -> Marked:
    """One submission against every question that is asked; never raises."""
    bare = Marked("", submission.source, sha, submission.received.isoformat() if submission.received else "")
    if submission.problem:
        return msgspec.structs.replace(bare, faults=(submission.problem,), read=False)
    try:
        modules = decode_any(submission.raw)
    except ValueError as error:
        return msgspec.structs.replace(bare, faults=(f"it cannot be read: {error}",), read=False)
    known = {question.id for _, question, _ in by.pairs()}
    graded = [
        _graded(stem, question, key, modules[stem.lesson.module][question.id])
        for stem, question, key in by.pairs()
        if question.id in modules.get(stem.lesson.module, {})
    ]
    answered = [one for one in graded if one.result.status != "not answered"]
    strange = sum(original(name) not in known for answers in modules.values() for name in answers)
    return msgspec.structs.replace(bare, answers=tuple(answered), faults=tuple(_faults(answered, strange)))


def _faults(answered: list[Graded], strange: int) -> Iterator[str]:
    if not answered:
        yield "it holds no answer to these questions"
    old = sum(one.old_text for one in answered)
    if old:
        yield f"{_many(old)} given on another version of the text; graded on this one"
    wrong = [one.question for one in answered if one.result.status == "not valid"]
    if wrong:
        yield f"{_many(len(wrong))} not of the form that the question asks for: {', '.join(wrong[:5])}"
    if strange:
        yield f"{_many(strange)} to questions that are not graded here"


def _many(count: int) -> str:
    return "1 answer" if count == 1 else f"{count} answers"


def _graded(stem: Stem, question: Question, key: Key | None, answer: Answer) -> Graded:
    """A test counts as it was handed in, everything else as it stands now."""
    value = answer.first if question.beat == "test" and answer.first is not None else answer.value
    first = grade(question, key, answer.first) if answer.first is not None and answer.first != value else None
    confidence = answer.first_confidence if answer.first is not None else answer.confidence
    old = bool(answer.text and question.text and answer.text != load_text(question.text).sha256)
    result = grade(question, key, value)
    return Graded(question.id, stem.lesson.lesson, result, first, _percent(confidence), answer.checks, answer.hints, old)


def _percent(confidence: int | None) -> int | None:
    return confidence if confidence is not None and 0 <= confidence <= 100 else None


def _named(marked: Marked, submission: Submission, room: Class, rostered: bool, due: datetime.datetime | None) -> Marked:
    """Whose submission it is, by the file's name and the roster, never by what stands in it; and whether it is late."""
    found = named_in(submission.who or submission.source)
    learner = room.find(found) if rostered else None
    late = found.late or bool(due and submission.received and submission.received > due)
    faults = (
        *marked.faults,
        *(["nobody on the roster has this name"] if rostered and learner is None else []),
        *(["late"] if late else []),
    )
    return msgspec.structs.replace(
        marked,
        learner=learner.id if learner else (submission.who or found.who)[:200],
        late=late,
        turn=found.turn,
        known=learner is not None or not rostered,
        faults=faults,
    )


def counted(found: list[Marked]) -> tuple[dict[str, Marked], list[Marked]]:
    """The submission that counts for each learner, the last that can be read, and those that were replaced by it."""
    last: dict[str, Marked] = {}
    replaced = []
    for marked in sorted(found, key=lambda one: (one.read, one.turn, one.received, one.source)):
        if marked.learner in last:
            replaced.append(last[marked.learner])
        last[marked.learner] = marked
    return last, replaced


def share(answers: Iterable[Graded], wanted: Iterable[str]) -> float | None:
    """The mean points (0 to 1) over questions that count, answered or not; None if there are none."""
    names = list(wanted)
    earned = {one.question: one.result.points for one in answers}
    return sum(earned.get(name, 0.0) for name in names) / len(names) if names else None
