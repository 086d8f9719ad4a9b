"""Grading a paper: a pure function of its answers and the keys, packed small enough to keep for a hundred thousand learners.

Nothing in a submission is run. It is read as JSON of one shape, and its answers go to the same pure function as a learner's click.
"""

import hashlib
import math
from array import array
from collections.abc import Callable, Hashable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

import msgspec

from dateline.answers.document import Answer
from dateline.bank import Stem, exercise_files, load_stem, original
from dateline.faults import fail
from dateline.folders import course_folder
from dateline.kinds import Key, Question, Result, grade, kind_of
from dateline.kinds.results import Part, sign_of
from dateline.wording import counted

MEMORY = 20_000
"""Different answers in each half of what a process remembers: in a class most are given more than once."""
MOST_CHOICES = 100_000
"""Different choices that are told apart in a class."""
LARGE = 2_000
"""Bytes of an answer beyond which it is not remembered."""
UNSAID = 255
"""Where no confidence was given, in the packed confidences."""
GRADED_BY = ("kinds", "texts", "evidence", "answers", "bank.py", "classroom/grade.py")
"""The sources of this package that a grade depends on."""
ENCODER = msgspec.json.Encoder()
LONGEST = 300
"""Letters that are kept of where and what was chosen."""


class Chosen(NamedTuple):
    """What was chosen in a part of an answer: the question's place, the part and the choice in words, its sign, the misconception behind
    it, and the sentence that it judges (1 unsound and passed, 2 unsound and flagged, 3 sound and flagged, 4 sound and passed, 0 none).
    """

    place: int
    part: str
    words: str
    sign: str
    belief: str = ""
    trial: int = 0


class Asked(NamedTuple):
    """A question with its lesson and key."""

    lesson: str
    question: Question
    key: Key | None


class Course(msgspec.Struct, frozen=True, dict=True):
    """Everything that a paper is graded by, in reading order. `stamp` is the SHA-256 of all of it and of the code that grades."""

    stems: tuple[Stem, ...]
    stamp: bytes

    @cached_property
    def asked(self) -> tuple[Asked, ...]:
        """Every question with its lesson and key; a paper's points stand in this order."""
        return tuple(
            Asked(stem.lesson.lesson, question, (stem.keys or {}).get(question.id))
            for stem in self.stems
            for question in stem.lesson.question
        )

    @cached_property
    def place(self) -> dict[str, int]:
        """Where each question stands among `asked`."""
        return {one.question.id: number for number, one in enumerate(self.asked)}


class Grade(msgspec.Struct, frozen=True):
    """A paper's grade, packed in the order of `Course.asked`: float32 points (NaN where nothing was answered) as the answers stand now
    and as they stood before any feedback; a byte of confidence for each; uint32 numbers of what was chosen in the first answers,
    and what is odd about the paper.
    """

    points: bytes
    first: bytes
    sure: bytes
    chosen: bytes
    faults: tuple[str, ...] = ()


def the_course() -> Course:
    """The lessons that have keys; raises `CourseError` in a copy without them."""
    stems = tuple(stem for stem in map(load_stem, exercise_files()) if stem.keys is not None)
    if not stems:
        fix = "Grade with the full course; the copy that learners have holds no keys"
        raise fail("solutions", 0, "there are no keys in this copy, so nothing can be graded", fix)
    return Course(stems, _stamp())


def _stamp() -> bytes:
    package = Path(__file__).parent.parent
    sums = hashlib.sha256()
    for root, names in ((course_folder(), ("exercises", "solutions", "data")), (package, GRADED_BY)):
        for name in names:
            for path in _sources(root / name):
                sums.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return sums.digest()


def _sources(place: Path) -> list[Path]:
    if place.is_file():
        return [place]
    return sorted(path for path in place.rglob("*") if path.suffix in (".toml", ".txt", ".csv", ".py") and path.is_file())


def counts(question: Question, key: Key | None) -> bool:
    """Whether a question can count towards a grade: its answer earns points."""
    return key is not None and not question.unmarked and question.beat != "tour" and kind_of(question).counts(key)


def identity(answers: Mapping[str, Answer], course: Course) -> bytes:
    """What a paper's grade is kept under: its answers, the keys, the texts and the code, as one SHA-256."""
    return hashlib.sha256(course.stamp + msgspec.json.encode(answers, order="deterministic")).digest()


class One(NamedTuple):
    """One answer graded, the packed numbers of what was chosen in it, and as it is shown to the learner, if it is shown."""

    points: float
    status: str
    chosen: bytes = b""
    shown: bytes = b""


class Seen(NamedTuple):
    """An answer that was graded: status and points as it counts, points and choices before any feedback, and what is shown of it."""

    status: str
    points: float
    first: float
    chosen: bytes
    shown: bytes


Show: TypeAlias = Callable[[int, Any, Result], str]
"""Makes what a learner sees of an answer: from the question's place, the value and its result. It is kept as UTF-8."""


Name = TypeVar("Name", bound=Hashable)
Thing = TypeVar("Thing")


class Memory(Generic[Name, Thing]):
    """A table that forgets what was not asked for in a long while: of two halves the older is dropped when the newer is full."""

    def __init__(self) -> None:
        self.new: dict[Name, Thing] = {}
        self.old: dict[Name, Thing] = {}

    def get(self, name: Name) -> Thing | None:
        """What was kept under a name, if it is still there."""
        if name in self.new:
            return self.new[name]
        found = self.old.get(name)
        if found is not None:
            self.keep(name, found)
        return found

    def keep(self, name: Name, thing: Thing) -> None:
        """Keep something."""
        if len(self.new) >= MEMORY:
            self.new, self.old = {}, self.new
        self.new[name] = thing


class Grader:
    """Grades papers by one course; remembers the answers that it has graded, because in a class most are given more than once.

    `numbers` has the choices that it met, each with the number that stands for it in `Grade.chosen`.
    """

    def __init__(self, course: Course, show: Show | None = None) -> None:
        self.course = course
        self.show = show
        self.numbers: dict[Chosen, int] = {}
        self.memory: Memory[tuple[int, bytes], Seen] = Memory()
        self.told: Memory[tuple[int, str, str | bytes, float], bytes] = Memory()
        self.texts = [one.question.text.whole.sha256 if one.question.text else "" for one in course.asked]
        self.tests = {place for place, one in enumerate(course.asked) if one.question.beat == "test"}

    def paper(self, answers: Mapping[str, Answer]) -> tuple[Grade, dict[int, bytes]]:
        """The grade of a paper's answers, given by question id, and what is shown of each by the question's place."""
        shown: dict[int, bytes] = {}
        size = len(self.course.asked)
        points, first, sure = array("f", [math.nan]) * size, array("f", [math.nan]) * size, bytearray([UNSAID]) * size
        chosen: list[bytes] = []
        wrong: list[str] = []
        old = strange = 0
        places, texts = self.course.place, self.texts
        for name, answer in answers.items():
            place = places.get(name)
            if place is None:
                strange += original(name) not in places
                continue
            status, now, before, numbers, article = self.seen(place, answer)
            if status == "not answered":
                continue
            points[place], first[place], shown[place] = now, before, article
            chosen.append(numbers)
            said = answer.confidence if answer.first is None else answer.first_confidence
            if said is not None and 0 <= said <= 100:
                sure[place] = said
            if answer.text and answer.text != texts[place]:
                old += texts[place] != ""
            if status == "not valid":
                wrong.append(name)
        faults = tuple(_faults(bool(shown) or not answers, old, wrong, strange))
        return Grade(points.tobytes(), first.tobytes(), bytes(sure), b"".join(chosen), faults), shown

    def seen(self, place: int, answer: Answer) -> Seen:
        """An answer as it counts (of a test: as it was handed in, else as it stands now), and as it was before any feedback."""
        value, first = answer.value, answer.first
        given = ENCODER.encode((value, first))
        known = self.memory.get((place, given))
        if known is not None:
            return known
        now = self._one(place, first if first is not None and place in self.tests else value)
        before = now if first is None or first == value else self._one(place, first)
        found = Seen(now.status, now.points, before.points, before.chosen, now.shown)
        if len(given) <= LARGE:
            self.memory.keep((place, given), found)
        return found

    def _one(self, place: int, value: Any) -> One:
        question, key = self.course.asked[place].question, self.course.asked[place].key
        result = grade(question, key, value)
        if result.status == "not answered":
            return One(result.points, result.status)
        shown = self.show(place, value, result).encode("utf-8", "replace") if self.show else b""
        numbers = b"".join([self._chosen(place, part) for part in result.parts]) if key is not None else b""
        return One(result.points, result.status, numbers, shown)

    def _chosen(self, place: int, part: Part) -> bytes:
        """The numbers of what was chosen for one part, packed; most parts have been seen before."""
        chosen = part.chosen if type(part.chosen) is str else ENCODER.encode(part.chosen)
        name = (place, part.item, chosen, part.credit)
        known = self.told.get(name)
        if known is None:
            known = array("I", [self._number(one) for one in _in_words(place, self.course.asked[place], part)]).tobytes()
            self.told.keep(name, known)
        return known

    def _number(self, chosen: Chosen) -> int:
        """The number of a choice. When there are very many, those that come new are told apart no more."""
        if chosen not in self.numbers and len(self.numbers) >= MOST_CHOICES:
            chosen = chosen._replace(words="another answer")
        return self.numbers.setdefault(chosen, len(self.numbers))


def _in_words(place: int, asked: Asked, part: Part) -> Iterator[Chosen]:
    kind, alone = kind_of(asked.question), Result("partly", 0.0, (part,))
    slips = sorted(slip.name for slip in kind.beliefs(asked.key, alone))
    trials = [1 + (3 - trial.flagged if trial.sound else trial.flagged) for trial in kind.trials(asked.question, asked.key, alone)]
    for one in kind.chosen(asked.question, asked.key, alone):
        yield Chosen(place, one.part[:LONGEST], one.words[:LONGEST], sign_of(one.credit), "".join(slips[:1]), sum(trials[:1]))


def _faults(answered: bool, old: int, wrong: list[str], strange: int) -> Iterator[str]:
    if not answered:
        yield "it holds no answer to these questions"
    if old:
        yield f"{counted(old, 'answer')} given on another version of the text; graded on this one"
    if wrong:
        yield f"{counted(len(wrong), 'answer')} not of the form that the question asks for: {', '.join(wrong[:5])}"
    if strange:
        yield f"{counted(strange, 'answer')} to questions that are not in this course"
