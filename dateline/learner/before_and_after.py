"""The tests before and after: handed in once, measured, compared, and said in plain words with the size of chance."""

import msgspec

from dateline.answers.store import save_answer
from dateline.bank import Stem
from dateline.faults import fail
from dateline.kinds.results import percent
from dateline.learner.measures import COIN, Discernment, Judgment, brier, calibration, change, discernment
from dateline.learner.record import Taken, answers_of, is_answered, judgments, stems, taken, trials
from dateline.wording import counted

THEMES = {"sourcing": "sourcing", "language": "hedged language", "context": "building context", "reactions": "regional reactions"}
ENOUGH = 20
"""Answers with a confidence before a calibration is shown."""
LEANS = 0.25
"""How far c is from 0 before it is said that a reader leans."""
FITS = 5
"""Points between how sure one was and how often one was right below which it is said to fit."""


class Outcome(msgspec.Struct, frozen=True):
    """A test that was handed in: how many are right of how many, by theme too, and the judgments behind it."""

    form: str
    right: int
    of: int
    by_theme: dict[str, tuple[int, int]]
    answers: tuple[Taken, ...]


def form_stem(form: str) -> Stem:
    """The questions of a form; raises `CourseError`."""
    found = {stem.lesson.form: stem for stem in stems() if stem.lesson.form}
    if form not in found:
        raise fail("exercises", 1, f"there is no form {form!r}", f"Write one of: {', '.join(sorted(found))}")
    return found[form]


def open_numbers(form: str) -> list[int]:
    """The numbers (from 1) of the questions without an answer."""
    stem = form_stem(form)
    answers = answers_of(stem)
    return [number for number, question in enumerate(stem.lesson.question, 1) if not is_answered(answers, question.id)]


def without_confidence(form: str) -> list[int]:
    """The numbers (from 1) of the questions that are answered, ask how sure one is, and were not told."""
    stem = form_stem(form)
    answers = answers_of(stem)
    return [
        number
        for number, question in enumerate(stem.lesson.question, 1)
        if question.confidence and is_answered(answers, question.id) and answers[question.id].confidence is None
    ]


def is_handed_in(form: str) -> bool:
    """Whether a form was handed in, with or without keys here."""
    stem = form_stem(form)
    answers = answers_of(stem)
    return any(question.id in answers and answers[question.id].first is not None for question in stem.lesson.question)


def hand_in(form: str) -> None:
    """Fix the answers of a form as they are now. What was handed in before stays; raises `NotSavedError`."""
    stem = form_stem(form)
    for name, answer in answers_of(stem).items():
        if any(question.id == name for question in stem.lesson.question) and answer.value is not None and answer.first is None:
            save_answer(stem.lesson.module, name, first=answer.value, first_confidence=answer.confidence)


def outcome(form: str) -> Outcome | None:
    """How a form went, or None while it is not handed in."""
    stem = form_stem(form)
    ids = {question.id for question in stem.lesson.question}
    done = [one for one in taken() if one.name in ids]
    if not done:
        return None
    right = {question.theme: 0 for question in stem.lesson.question}
    for one in done:
        right[one.question.theme] += one.result.status == "right"
    counts = {theme: sum(question.theme == theme for question in stem.lesson.question) for theme in right}
    return Outcome(form, sum(right.values()), len(ids), {theme: (right[theme], counts[theme]) for theme in right}, tuple(done))


class Judged(msgspec.Struct, frozen=True):
    """How the judgments of a test went, in counts: sound and unsound told apart, how sure one was and how often right.

    `sure` is the mean confidence in percent and `fits` the answers with a confidence that are right; `said` is how many there are.
    """

    found: Discernment
    sure: float
    fits: int
    said: int


def judged(test: Outcome) -> Judged:
    """The judgments behind a test."""
    given = judgments(list(test.answers))
    mean = sum(one.confidence for one in given) / len(given) if given else 0.0
    return Judged(discernment(trials(list(test.answers))), mean, sum(one.right for one in given), len(given))


def said_of(found: Outcome) -> list[str]:
    """A test's outcome in plain words."""
    lines = [f"{found.right} of {found.of} right."]
    lines.append("By theme: " + ", ".join(f"{THEMES[theme]} {right} of {of}" for theme, (right, of) in found.by_theme.items()) + ".")
    counts = judged(found)
    return [*lines, said_of_discernment(counts.found), said_of_confidence(counts)]


def said_of_discernment(found: Discernment) -> str:
    """How well sound and unsound were told apart, and which way the reader leans."""
    if not found.unsound or not found.sound:
        return "Whether you tell sound from unsound cannot be said yet: that needs sound statements and unsound ones."
    flagged = f"You flagged {found.caught} of {found.unsound} statements that do not hold and {found.alarms} of {found.sound} that do."
    lean = (
        "You lean towards suspicion" if found.lean < -LEANS else "You lean towards trust" if found.lean > LEANS else "You lean neither way"
    )
    return f"{flagged} {lean}."


def said_of_confidence(counts: Judged) -> str:
    """How sure one was beside how often one was right."""
    if not counts.said:
        return "You gave no confidence, so there is nothing to say of how well it fits."
    gap = counts.sure - 100 * counts.fits / counts.said
    fits = (
        "That fits."
        if abs(gap) < FITS
        else "You were surer than you were right."
        if gap > 0
        else "You were more often right than you thought."
    )
    return (
        f"Your confidence was {counts.sure:.0f} % on average, and {percent(counts.fits / counts.said)} of those answers were right. {fits}"
    )


def measures_of(test: Outcome) -> list[str]:
    """The same as the field measures it, each measure with what it means."""
    found, given = discernment(trials(list(test.answers))), judgments(list(test.answers))
    return [
        *([measured_discernment(found)] if found.unsound and found.sound else []),
        *([measured_confidence(given)] if given else []),
    ]


def measured_discernment(found: Discernment) -> str:
    """The two measures of signal detection in a line."""
    return (
        f"d′ = {found.sensitivity:z.1f} says how well you told statements that hold from those that do not: 0 is guessing, about 3 is "
        f"no error here. c = {found.lean:+z.1f} says which way you err: below 0 towards suspicion, above 0 towards trust."
    )


def measured_confidence(given: list[Judgment]) -> str:
    """The Brier score beside the line of a coin."""
    score = brier(given)
    beside = "better than" if score < COIN - 0.005 else "worse than" if score > COIN + 0.005 else "as good as"
    return (
        f"The Brier score is {score:.2f}, {beside} the {COIN:.2f} of somebody who always says 50 %. It is small if you were sure where "
        "you were right and unsure where you were not; 0 is best."
    )


def said_of_calibration(done: list[Taken]) -> tuple[str, list[list[str]]]:
    """A line about small numbers, and a row for each confidence that was used; no rows before there are enough answers."""
    found = judgments(done)
    if len(found) < ENOUGH:
        return f"After {ENOUGH} answers with a confidence this shows how well it fits; so far there are {len(found)}.", []
    levels = calibration(found)
    rows = [
        [f"{one.confidence} %", str(one.answers), percent(one.right / one.answers), f"{percent(one.low)} to {percent(one.high)}"]
        for one in levels
    ]
    widest = max(levels, key=lambda one: one.high - one.low)
    return (
        f"{len(found)} answers are few. With {counted(widest.answers, 'answer')} at {widest.confidence} %, chance alone could move "
        f"the share right anywhere from {percent(widest.low)} to {percent(widest.high)}.",
        rows,
    )


def said_of_change(before: Outcome, after: Outcome) -> list[str]:
    """Two tests beside each other in plain words, with how far chance alone could go."""
    low, high = change((before.right, before.of), (after.right, after.of))
    moved = after.right - before.right
    word = f"{moved} more" if moved > 0 else f"{-moved} fewer" if moved < 0 else "as many"
    lines = [f"Form {before.form}: {before.right} of {before.of} right. Form {after.form}: {after.right} of {after.of} right, {word}."]
    least, most = round(low * after.of), round(high * after.of)
    span = f"from {_signed(least)} to {_signed(most)} questions"
    if least > 0 or most < 0:  # as it is told: a range that reaches 0 says nothing of a change
        lines.append(f"That is more than chance alone would often do with {counted(after.of, 'question')} (95 % interval {span}).")
    else:
        lines.append(
            f"With {counted(after.of, 'question')} a test says little: the same reader could differ by as much from one form to the next "
            f"(95 % interval {span}). Read it as a hint, not as proof."
        )
    return lines + [f"Form {found.form}. {' '.join(said_of(found)[2:])}" for found in (before, after)]


def _signed(number: int) -> str:
    return f"{number:+d}" if number else "0"
