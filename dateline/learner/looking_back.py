"""What was said at first, what is said now, and what the key says: for predictions, single answers, two answers, and a whole lesson."""

from dateline.answers.attempts import Exercise, open_exercise, saved_answer
from dateline.answers.document import Answer
from dateline.bank import original
from dateline.html import Markup, html, join, paragraphs
from dateline.kinds import Feedback, feedback, grade, kind_of, said
from dateline.kinds.results import percent
from dateline.learner.course_map import lesson_link
from dateline.learner.progress import chosen_route, next_step, states
from dateline.learner.record import Taken, answers_of, beliefs, is_answered, stems, taken
from dateline.learner.routes import load_routes
from dateline.live import Shown
from dateline.wording import NO_KEYS, counted, ended

NOT_YET = "Not answered yet. Go back to the question when you like; what you say there appears here beside the key."
UNCHECKED = "Saved. Press Check on the card to see how it stands; it then appears here too."
SIGNS = {"right": "right", "half": "half right", "not": "not yet", "none": "open"}


def as_shown(lines: list[str]) -> Shown:
    """Plain words, a paragraph each."""
    return Shown(html("<div>\n{}\n</div>", paragraphs(lines)), "\n".join(lines))


def words_of(told: Feedback, verdict: bool = True) -> list[str]:
    """Feedback as lines of plain words."""
    lines = [told.verdict] if verdict else []
    for note in told.notes:
        head = " · ".join(filter(None, [note.at, SIGNS[note.sign], f"“{note.chosen}”" if note.chosen else ""]))
        lines.append(f"{head}: {note.reason}" + (f" Look at: “{note.quote}”." if note.quote else ""))
        if note.misconception:
            lines.append(f"A common belief: “{note.misconception}”. {note.better}")
    lines += [f"Our line: {line}" for line in told.model]
    return [*lines, told.next] if told.next else lines


def told_of(exercise: Exercise, value: object) -> Feedback:
    """The feedback on a value."""
    return feedback(exercise.question, exercise.key, value, grade(exercise.question, exercise.key, value))


# ---- one exercise --------------------------------------------------------------------------------------------------


def look_back_shown(name: str) -> Shown:
    """What you said first and how sure, what you say now, and the key's reason."""
    exercise = open_exercise(name)
    answer = saved_answer(exercise)
    if answer.first is None and answer.value is None:
        return as_shown([NOT_YET])
    if answer.first is None and exercise.key is not None:
        return as_shown([_said_first(exercise, answer), UNCHECKED])
    lines = [_said_first(exercise, answer)]
    if answer.value is not None and answer.first is not None and answer.value != answer.first:
        lines.append(f"Now you say: {said(exercise.question, answer.value) or 'something that cannot be read'}")
    return as_shown(lines + _key_says(exercise, answer))


def _said_first(exercise: Exercise, answer: Answer) -> str:
    value, sure = (answer.value, answer.confidence) if answer.first is None else (answer.first, answer.first_confidence)
    confidence = f" You were {sure} % sure." if sure is not None else ""
    words = said(exercise.question, value) or "something that cannot be read"
    return f"At first you said: {ended(words)}{confidence}"


def _key_says(exercise: Exercise, answer: Answer) -> list[str]:
    """The reason for what was said first, and where that was not right, what is and why."""
    if exercise.key is None:
        return [NO_KEYS]
    first = answer.value if answer.first is None else answer.first
    lines = words_of(told_of(exercise, first))
    kind = kind_of(exercise.question)
    if grade(exercise.question, exercise.key, first).status in ("not yet", "partly"):
        best = kind.solved(exercise.question, exercise.key)
        told = kind.notes(exercise.question, exercise.key, kind.grade(exercise.question, exercise.key, best))
        lines.append(ended(f"The key says: {kind.said(exercise.question, best)}") + (f" {told[0].reason}" if len(told) == 1 else ""))
    return lines


def standing_shown(name: str) -> Shown:
    """How the saved answer of an exercise stands, once it was checked on its card."""
    exercise = open_exercise(name)
    answer = saved_answer(exercise)
    if answer.value is None:
        return as_shown(["Not answered yet. Your answer is saved as soon as you give one."])
    if exercise.question.unmarked:
        return as_shown([f"You said: {ended(said(exercise.question, answer.value))} This is saved and not marked."])
    if exercise.key is None and exercise.question.beat != "test":
        return as_shown([f"You said: {ended(said(exercise.question, answer.value))} {NO_KEYS}"])
    if exercise.question.beat == "test" or not answer.checks:
        return as_shown([UNCHECKED if exercise.question.beat != "test" else "Saved. The reasons come when the test is handed in."])
    return as_shown(words_of(told_of(exercise, answer.value)))


def beside_shown(first: str, second: str) -> Shown:
    """Two open answers beside each other, for instance a recall before the course and one after."""
    words = [saved_answer(open_exercise(name)).value for name in (first, second)]
    if not all(words):
        return as_shown(["Both appear here beside each other once both are written."])
    cell = '<td style="text-align: left; vertical-align: top; white-space: pre-line; max-width: 22rem">{}</td>'
    head = join((html('<th scope="col" style="text-align: left">{}</th>', name) for name in ("before", "after")), "")
    cells = join((html(cell, word) for word in words), "")
    table = html("<table>\n<thead><tr>{}</tr></thead>\n<tbody><tr>{}</tr></tbody>\n</table>", head, cells)
    return Shown(table, "\n\n".join(map(str, words)))


# ---- a lesson's end ------------------------------------------------------------------------------------------------


def ending_shown(number: str) -> Shown:
    """What the answers to a lesson show: how many at first, where the mind changed, what was believed, and what comes next."""
    stem = next(stem for stem in stems() if stem.lesson.lesson == number)
    own = {question.id for question in stem.lesson.question if question.beat not in ("practice", "review", "tour")}
    done = [one for one in taken() if original(one.name) in own and one.name == original(one.name)]
    lines = (_ending_lines(number, done, len(own)) if stem.keys else [NO_KEYS]) + _open_line(number, own)
    link = _next_link(number)
    shown = html("<div>\n{}\n{}\n</div>", paragraphs(lines), link or "")
    return Shown(shown, "\n".join([*lines, *([link.striptags()] if link else [])]))


def _ending_lines(number: str, done: list[Taken], of: int) -> list[str]:
    if not done:
        return [f"When you have checked some answers of lesson {number}, what they show stands here."]
    marked = [one for one in done if one.result.status in ("right", "partly", "not yet")]
    right = sum(one.result.status == "right" for one in marked)
    lines = [f"You have checked {len(done)} of {counted(of, 'question')} of this lesson. Right at the first try: {right} of {len(marked)}."]
    changed = [one for one in marked if one.result.status != "right" and _is_right_now(one)]
    if changed:
        lines.append(f"{_times(len(changed))} you came to another answer after reading again, and that one is right.")
    held = sorted({(slip.name, slip.better) for one in done for slip in beliefs(one)})
    lines += [f"Worth remembering, because you met it here: “{name}”. {better}" for name, better in held[:2]]
    sure = [one for one in marked if one.answer.first_confidence is not None]
    if len(sure) > 1:
        mean = sum(one.answer.first_confidence or 0 for one in sure) / len(sure)
        share = sum(one.result.status == "right" for one in sure) / len(sure)
        lines.append(f"Where you said how sure you were, it was {mean:.0f} % on average; {percent(share)} of those were right.")
    return lines


def _is_right_now(one: Taken) -> bool:
    return one.answer.value is not None and grade(one.question, one.key, one.answer.value).status == "right"


def _times(count: int) -> str:
    return {1: "Once", 2: "Twice"}.get(count, f"{count} times")


def _open_line(number: str, own: set[str]) -> list[str]:
    stem = next(stem for stem in stems() if stem.lesson.lesson == number)
    answered = {name for name in own if is_answered(answers_of(stem), name)}
    left = len(own - answered)
    return [f"{left} {'question is' if left == 1 else 'questions are'} still open above."] if left and answered else []


def _next_link(number: str) -> Markup | None:
    """The lesson after this one on the path, or the first that is not done."""
    found = states(load_routes()[chosen_route()])
    names = [state.lesson for state in found]
    after = found[names.index(number) + 1 :] if number in names else found
    coming = next((state for state in after if state.done < state.of), None) or next_step(found)
    if coming is None or coming.lesson == number:
        return None
    return html("<p>Next: {}, {}.</p>", lesson_link(coming), counted(coming.left, "minute"))
