"""Where a learner stands: the state of each lesson, the minutes left, mastery by skill, and what to do next."""

import os
from typing import Literal, TypeAlias

import msgspec

from dateline.answers.document import Answer
from dateline.bank import Stem
from dateline.faults import load
from dateline.folders import course_folder
from dateline.kinds.results import percent
from dateline.learner.record import Taken, answers_of, beliefs, is_answered, is_fixed, stems, taken
from dateline.learner.routes import Route, Step, load_routes

RECENT = 5
"""Questions on which mastery rests: the last so many with a fixed key."""
SECURE = 0.8
TEXTS = 2
HINT_COST = 0.2
"""What each hint takes from the weight of a right answer. The score that is shown stays as it is."""
Mastery: TypeAlias = Literal["secure", "under way", "too early to say"]


class Taught(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A skill in plain words, and the lesson that teaches it."""

    name: str
    lesson: str


class State(msgspec.Struct, frozen=True):
    """A lesson, or the part of it that is on the way: how much is answered, and the minutes left."""

    lesson: str
    title: str
    notebook: str
    done: int
    of: int
    minutes: int
    left: int


class Skill(msgspec.Struct, frozen=True):
    """What is known of one skill: its name, the lesson that teaches it, answers that count, and the verdict."""

    name: str
    lesson: str
    count: int
    mastery: Mastery
    why: str


def chosen_route() -> str:
    """The path that the learner chose on the first page; if none, the one that this course was made for, or alone."""
    otherwise = os.environ.get("DATELINE_PATH") or "alone"
    for stem in stems():
        if any(question.id == "path" for question in stem.lesson.question):
            value = answers_of(stem).get("path", Answer()).value
            return value if value in load_routes() else otherwise
    return otherwise


def states(route: Route) -> list[State]:
    """The state of every step of a path that is a lesson, in the order of the path."""
    known = {stem.lesson.lesson: stem for stem in stems()}
    return [
        max((state_of(known[name], step) for name in (step.lesson, *step.instead)), key=lambda state: state.done / max(1, state.of))
        for step in route.steps
        if step.lesson in known
    ]


def state_of(stem: Stem, step: Step) -> State:
    """The state of one lesson, or of the beats of it that a step names."""
    wanted = [question.id for question in stem.lesson.question if _belongs(question.beat, step)]
    answers = answers_of(stem)
    done = sum(is_answered(answers, name) for name in wanted)
    left = round(step.minutes * (len(wanted) - done) / len(wanted)) if wanted else step.minutes
    return State(stem.lesson.lesson, stem.lesson.title, f"{stem.name}.ipynb", done, len(wanted), step.minutes, left)


def _belongs(beat: str, step: Step) -> bool:
    return beat in step.beats if step.beats else beat not in ("practice", "review")


def next_step(found: list[State]) -> State | None:
    """The first lesson on the path that is not done."""
    return next((state for state in found if state.done < state.of), None)


def skills() -> list[Skill]:
    """Every skill that the course teaches, in the order of its lessons."""
    by_skill: dict[str, list[Taken]] = {}
    for one in taken():
        if is_fixed(one) and one.question.beat != "test":
            by_skill.setdefault(one.question.skill, []).append(one)
    return [_skill(entry.name, entry.lesson, by_skill.get(name, [])) for name, entry in load_skills().items()]


def _skill(name: str, lesson: str, done: list[Taken]) -> Skill:
    last = done[-RECENT:]
    texts = {one.question.text or one.question.id for one in last}
    weighed = sum(one.result.points * (1 - HINT_COST * one.answer.hints) for one in last) / RECENT
    repeated = beliefs(last[-1]) & beliefs(last[-2]) if len(last) > 1 else set()
    if len(last) < RECENT:
        return Skill(name, lesson, len(done), "too early to say", f"{RECENT - len(last)} more with one right answer")
    if len(texts) < TEXTS:
        return Skill(name, lesson, len(done), "too early to say", "one more text")
    if repeated:
        return Skill(name, lesson, len(done), "under way", "the same belief twice running")
    share = f"{percent(weighed)} of the last {RECENT}"
    return Skill(name, lesson, len(done), "secure" if weighed >= SECURE else "under way", share)


def load_skills() -> dict[str, Taught]:
    """The skills by id, in the order of their lessons; raises `CourseError`."""
    return load(course_folder() / "data" / "skills.toml", dict[str, Taught], "A skill has a name and the lesson that teaches it")
