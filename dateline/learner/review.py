"""Cards that come back: from finished lessons, the one not seen for longest first, so that all come back equally often.

Spacing is uniform because growing intervals were found to be no better (Latimier et al. 2021). Nothing is ever overdue.
"""

from dateline.answers.document import Answer
from dateline.answers.store import read_answers
from dateline.bank import AGAIN, Stem, original
from dateline.kinds.cells import Choose
from dateline.learner.record import is_answered, stems

BEATS = ("guided", "own", "exit")


def due(count: int) -> list[str]:
    """The names of the next cards; fewer, or none, while few lessons are finished."""
    waiting: list[tuple[str, str]] = []
    for stem in stems():
        answers = read_answers(stem.lesson.module)[0].answers
        if is_finished(stem, answers):
            waiting += [_next(question.id, answers) for question in stem.lesson.question if _comes_back(question)]
    return [name for _, name in sorted(waiting)[:count]]


def is_finished(stem: Stem, answers: dict[str, Answer]) -> bool:
    """Whether every question of a lesson but the practice has an answer."""
    asked = [question for question in stem.lesson.question if question.beat not in ("practice", "tour", "test", "capstone")]
    return bool(asked) and all(is_answered(answers, question.id) for question in asked)


def _comes_back(question: object) -> bool:
    return isinstance(question, Choose) and question.beat in BEATS and not question.unmarked


def _next(question: str, answers: dict[str, Answer]) -> tuple[str, str]:
    """When a card was last seen, and the name under which it comes back: the copy that is not yet checked, or a new one."""
    seen = {name: answer for name, answer in answers.items() if original(name) == question}
    last = max((answer.saved for answer in seen.values() if answer.checks or answer.value is not None), default="")
    copies = sum(name.startswith(f"{question}{AGAIN}review") and answer.checks > 0 for name, answer in seen.items())
    unchecked = f"{question}{AGAIN}review{copies + 1}"
    if unchecked in seen:
        last = max((answer.saved for name, answer in seen.items() if name != unchecked), default="")
    return last, unchecked
