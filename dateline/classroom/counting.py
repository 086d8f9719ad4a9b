"""What counts towards a grade: which questions, which of several capstones, what a teacher takes out and what a teacher corrects."""

import math
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

import msgspec

from dateline.classroom.grade import Asked, Course, counts
from dateline.classroom.tables import called, read_table
from dateline.faults import fail
from dateline.folders import named
from dateline.learner.routes import Route, load_routes
from dateline.wording import counted

EXTRAS = ("tests", "practice", "review")
"""What stays out of the percentage unless it is asked for."""
_BEATS = {"test": "tests", "practice": "practice", "review": "review"}
COLUMNS = ("learner", "question", "points", "why")


class Wanted(msgspec.Struct, frozen=True):
    """What a teacher asks to be counted: sessions of the path for a class, a path, or lessons; all lessons, if nothing is said."""

    sessions: tuple[int, ...] = ()
    path: str = ""
    lessons: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()


class Counting(msgspec.Struct, frozen=True, dict=True):
    """What counts. `lessons` has the places of the counting questions of each lesson among `Course.asked`; of the lessons in one group
    of `instead` the best counts. `title` names a column, `said` is the same in a sentence.
    """

    title: str
    said: str
    lessons: dict[str, tuple[int, ...]]
    instead: tuple[tuple[str, ...], ...] = ()
    dropped: tuple[str, ...] = ()

    @cached_property
    def places(self) -> frozenset[int]:
        """The places of all questions that can count."""
        return frozenset(place for places in self.lessons.values() for place in places)


class Correction(msgspec.Struct, frozen=True):
    """A mark that the teacher changes: the learner as the teacher wrote it, the question's place, the points from 0 to 1, and why."""

    learner: str
    place: int
    points: float
    why: str
    line: int


class Score(msgspec.Struct, frozen=True):
    """What a paper comes to: percent over what counts, questions answered and asked, the share of each lesson, which capstone counted."""

    percent: float
    answered: int
    of: int
    lessons: dict[str, float | None]
    chosen: tuple[str, ...]
    left: frozenset[int]
    """Places of counting questions without an answer."""


def what_counts(course: Course, wanted: Wanted) -> Counting:
    """The questions that count; raises `CourseError` where something is asked for that is not there."""
    where, title, within = _lessons(wanted)
    known = list(dict.fromkeys(one.lesson for one in course.asked))
    _refuse("--lessons", [name for name in wanted.lessons if name not in known], "lesson", known)
    _refuse("--also", [name for name in wanted.also if name not in EXTRAS], "kind of question", EXTRAS)
    _refuse("--drop", [name for name in wanted.drop if name not in course.place], "question", course.place)
    lessons: dict[str, tuple[int, ...]] = {}
    for place, one in enumerate(course.asked):
        if within is not None and one.lesson not in within:
            continue
        beats = within[one.lesson] if within is not None else set()
        if _counts(one, wanted) and (not beats or one.question.beat in beats) and one.question.id not in wanted.drop:
            lessons[one.lesson] = (*lessons.get(one.lesson, ()), place)
    if not lessons:
        raise fail(where, 0, f"no question of {title} counts", "Add --also tests or --also practice, or name other lessons")
    groups = tuple(group for group in _groups(wanted, lessons) if len(group) > 1)
    return Counting(title, _said(title, lessons, groups, wanted), lessons, groups, wanted.drop)


def _counts(one: Asked, wanted: Wanted) -> bool:
    extra = _BEATS.get(one.question.beat)
    asked_for = extra in wanted.also or (extra == "tests" and one.lesson in wanted.lessons)
    return counts(one.question, one.key) and (extra is None or asked_for)


def _lessons(wanted: Wanted) -> tuple[str, str, dict[str, set[str]] | None]:
    """The option that chooses, its words, and the lessons with the beats of each (all, where there are none)."""
    given = [name for name in ("sessions", "path", "lessons") if getattr(wanted, name)]
    if len(given) > 1:
        raise fail("grade", 0, "--session, --path and --lessons were given together", "Give one of the three")
    if wanted.lessons:
        return "--lessons", f"lesson{'s' * (len(wanted.lessons) > 1)} {', '.join(wanted.lessons)}", {name: set() for name in wanted.lessons}
    routes = load_routes()
    if wanted.path:
        _refuse("--path", [wanted.path] if wanted.path not in routes else [], "path", routes)
        return "--path", f"the path {wanted.path!r}".replace("'", ""), _within(routes[wanted.path], None)
    if wanted.sessions:
        sessions = session_parts(routes["class"])
        _refuse("--session", [str(one) for one in wanted.sessions if one not in sessions], "session", [str(one) for one in sessions])
        title = f"session{'s' * (len(wanted.sessions) > 1)} {', '.join(map(str, wanted.sessions))}"
        return "--session", title, _within(routes["class"], {sessions[one] for one in wanted.sessions})
    return "grade", "all lessons", None


def session_parts(route: Route) -> dict[int, int]:
    """The parts of a path by their session's number; what is done at home before the first is session 0."""
    meetings = [place for place, part in enumerate(route.part) if part.steps]
    before = [place for place in range(len(route.part)) if place < meetings[0]]
    return dict.fromkeys([0], before[-1]) | dict(enumerate(meetings, 1)) if before else dict(enumerate(meetings, 1))


def _within(route: Route, parts: set[int] | None) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    whole: set[str] = set()
    for place, part in enumerate(route.part):
        for step in (*part.steps, *part.home) if parts is None or place in parts else ():
            for lesson in filter(None, (step.lesson, *step.instead)):
                found.setdefault(lesson, set()).update(step.beats)
                whole |= set() if step.beats else {lesson}
    return {lesson: set() if lesson in whole else beats for lesson, beats in found.items()}


def _groups(wanted: Wanted, lessons: dict[str, tuple[int, ...]]) -> list[tuple[str, ...]]:
    """Lessons of which one is enough, as the paths offer them."""
    routes = load_routes()
    used = [routes["class" if wanted.sessions else wanted.path]] if wanted.sessions or wanted.path else list(routes.values())
    offered = dict.fromkeys((step.lesson, *step.instead) for route in used for step in route.steps if step.instead)
    return [tuple(name for name in group if name in lessons) for group in offered]


def _said(title: str, lessons: dict[str, tuple[int, ...]], groups: Sequence[tuple[str, ...]], wanted: Wanted) -> str:
    alternatives = {name for group in groups for name in group}
    count = sum(len(places) for name, places in lessons.items() if name not in alternatives)
    count += sum(len(lessons[group[0]]) for group in groups)
    parts = [f"{title}: {counted(count, 'question')} of {'lesson' if len(lessons) == 1 else 'lessons'} {', '.join(lessons)}"]
    parts += [f"of {', '.join(group)} the best one counts" for group in groups]
    out = [name for name in EXTRAS if name not in wanted.also and not (name == "tests" and wanted.lessons)]
    parts += [f"not counted: {', '.join(out)}"] if out else []
    parts += [f"taken out by the teacher: {', '.join(wanted.drop)}"] if wanted.drop else []
    return "; ".join(parts)


def _refuse(where: str, unknown: Sequence[str], what: str, known: Iterable[str]) -> None:
    if unknown:
        near = get_close_matches(unknown[0], list(known), n=1)
        listed = ", ".join(list(known)[:40])
        raise fail(where, 0, f"there is no {what} {', '.join(unknown)}", f"Did you mean {near[0]}" if near else f"There are: {listed}")


def score(points: Sequence[float], counting: Counting) -> Score:
    """What a paper's points (in the order of `Course.asked`, NaN where nothing was answered) come to."""
    earned = [one if one == one else 0.0 for one in points]  # NaN alone is not itself
    shares = {lesson: sum(map(earned.__getitem__, places)) / len(places) for lesson, places in counting.lessons.items()}
    chosen = tuple(_best(points, counting, group, shares) for group in counting.instead)
    aside = {lesson for group in counting.instead for lesson in group} - set(chosen)
    used = [place for lesson, places in counting.lessons.items() if lesson not in aside for place in places]
    left = frozenset([place for place in used if points[place] != points[place]])
    shown = {lesson: None if lesson in aside and not _taken(points, counting, lesson) else share for lesson, share in shares.items()}
    percent = round(100 * sum(map(earned.__getitem__, used)) / len(used), 1)
    return Score(percent, len(used) - len(left), len(used), shown, chosen, left)


def _taken(points: Sequence[float], counting: Counting, lesson: str) -> bool:
    return any(not math.isnan(points[place]) for place in counting.lessons[lesson])


def _best(points: Sequence[float], counting: Counting, group: tuple[str, ...], shares: dict[str, float]) -> str:
    """The best of those that were taken, the first of several alike; the first of all where none was."""
    taken = [lesson for lesson in group if _taken(points, counting, lesson)]
    return max(taken, key=lambda lesson: shares[lesson]) if taken else group[0]


def read_points(path: Path, course: Course) -> list[Correction]:
    """The teacher's corrections of single points: a CSV with the columns learner, question, points (0 to 1) and why.

    Raises `CourseError` with the line of a fault.
    """
    table = read_table(path, COLUMNS, ",".join(COLUMNS))
    heads = {called(column): column for column in table.columns}
    if not set(COLUMNS) <= set(heads):
        fix = f"Write the columns {', '.join(COLUMNS)} (there are: {', '.join(table.columns) or 'none'})"
        raise fail(named(path), 1, "a column is missing", fix)
    found: list[Correction] = []
    for row in table.rows:
        line = row.line
        learner, question, points, why = (row.cells.get(heads[name], "").strip() for name in COLUMNS)
        if question not in course.place:
            near = get_close_matches(question, course.place, n=1)
            raise fail(named(path), line, f"there is no question {question!r}", f"Did you mean {near[0]}" if near else "Write a card's id")
        if any((one.learner, one.place) == (learner, course.place[question]) for one in found):
            raise fail(named(path), line, f"{question} of {learner!r} is corrected twice", "Keep one of the two lines")
        found.append(Correction(learner, course.place[question], _points(points, named(path), line), why, line))
    return found


def _points(words: str, file: str, line: int) -> float:
    try:
        points = float(words.replace(",", "."))
    except ValueError:
        points = math.nan
    if not 0 <= points <= 1:
        raise fail(file, line, f"{words!r} are no points", "Write a number from 0 to 1, such as 0.5")
    return points
