"""Cards that come back: what a finished lesson asked, asked again on a new surface, in words that the learner has not seen.

A question that comes back has three variants, in the order of their file: one for a later lesson, one for a later module, one for the
end of the course. Spacing is uniform because growing intervals were found to be no better (Latimier et al. 2021). Nothing is ever overdue.
"""

from dateline.answers.document import Answer
from dateline.bank import Stem, original
from dateline.learner.record import answers_of, is_answered, stems

SAME_MODULE, LATER_MODULE, END = 1, 2, 3
"""How many variants of a question may have come by then."""
LAST = "7"
"""The module at the end of the course."""


def due(count: int, lesson: str = "") -> list[str]:
    """The ids of the cards that come back in a lesson: first those that come for the first time, then those not seen for longest.

    Where no lesson is named, it is the one after the last that is finished. Fewer, or none, while few lessons are finished.
    """
    every = stems()
    taken = [is_finished(stem, answers_of(stem)) for stem in every]
    named = [place for place, stem in enumerate(every) if stem.lesson.lesson == lesson]
    here = named[0] if named else min(1 + max((place for place, done in enumerate(taken) if done), default=-1), len(every) - 1)
    waiting = [one for stem, done in zip(every[:here], taken, strict=False) if done for one in _waiting(stem, every[here].lesson.module)]
    return [name for *_, name in sorted(waiting)[:count]]


def is_finished(stem: Stem, answers: dict[str, Answer]) -> bool:
    """Whether every question of a lesson but the practice has an answer."""
    asked = [question for question in stem.lesson.question if question.beat not in ("practice", "review", "tour", "test", "capstone")]
    return bool(asked) and all(is_answered(answers, question.id) for question in asked)


def _waiting(stem: Stem, module: str) -> list[tuple[int, str, str]]:
    """For each question of a lesson that comes back in a module: which time it is, when it was last seen, and its next variant."""
    answers = answers_of(stem)
    variants: dict[str, list[str]] = {}
    for question in stem.lesson.question:
        if question.beat == "review":
            variants.setdefault(question.recalls, []).append(question.id)
    found = []
    for recalled, names in variants.items():
        left = [(turn, name) for turn, name in enumerate(names[: _times(stem, module)], 1) if not _is_done(answers, name)]
        if left:
            turn, name = left[0]
            found.append((turn, _last_seen(answers, {recalled, *names} - {name}), name))
    return found


def _times(stem: Stem, module: str) -> int:
    if module == LAST:
        return END
    return SAME_MODULE if module == stem.lesson.module else LATER_MODULE


def _is_done(answers: dict[str, Answer], name: str) -> bool:
    return name in answers and answers[name].checks > 0


def _last_seen(answers: dict[str, Answer], names: set[str]) -> str:
    seen = (answer for name, answer in answers.items() if original(name) in names and (answer.checks or answer.value is not None))
    return max((answer.saved for answer in seen), default="")
