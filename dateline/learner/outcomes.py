"""What a test says on the page: its outcome, its reasons, two tests beside each other, and two open answers."""

from dateline.answers.attempts import open_exercise, saved_answer
from dateline.answers.store import NotSavedError
from dateline.display import show_both, show_lines
from dateline.html import Markup, html, join, table_html
from dateline.kinds import feedback, grade
from dateline.learner.before_and_after import (
    form_stem,
    hand_in,
    open_numbers,
    outcome,
    said_of,
    said_of_calibration,
    said_of_change,
)
from dateline.learner.record import Taken, taken

NO_KEYS = "Saved. The keys are not in this copy; your teacher will grade the test."


def show_result(form: str, finish: bool) -> None:
    """Hand a test in, once it is whole or the learner says so, and show how it went."""
    waiting = open_numbers(form)
    if outcome(form) is None and waiting and not finish:
        numbers = ", ".join(map(str, waiting))
        show_lines(
            [
                f"Open: question{'s' if len(waiting) > 1 else ''} {numbers}. Your answers so far are saved.",
                f'Answer them and run this cell again. To hand in as it is, write result("{form}", finish=True).',
            ]
        )
        return
    if form_stem(form).keys is None:
        show_lines([NO_KEYS])
        return
    try:
        hand_in(form)
    except NotSavedError as error:
        show_lines([f"Not handed in. {error}"])
        return
    found = outcome(form)
    show_lines(said_of(found) if found else ["Nothing is answered yet."])


def show_reasons(form: str) -> None:
    """The questions of a test that was handed in, each with how it stands and why."""
    found = outcome(form)
    if found is None:
        show_lines([f'The reasons are shown when the form is handed in; result("{form}") does that.'])
        return
    done = {one.name: one for one in found.answers}
    parts, plain = [], []
    for number, question in enumerate(form_stem(form).lesson.question, 1):
        told, said = _reason(number, question.prompt, done.get(question.id))
        parts.append(told)
        plain.append(said)
    show_both(html("<div>\n{}\n</div>", join(parts)), "\n".join(plain))


def _reason(number: int, prompt: str, one: Taken | None) -> tuple[Markup, str]:
    if one is None:
        return html("<p><strong>{}. Not answered.</strong></p>", number), f"{number}. Not answered."
    told = feedback(one.question, one.key, one.answer.first, grade(one.question, one.key, one.answer.first))
    words = " ".join(filter(None, [told.verdict, *(note.reason for note in told.notes), told.next]))
    chosen = told.notes[0].chosen if told.notes else ""
    shown = html("<p><strong>{}.</strong> {}<br><em>{}</em><br>{}</p>", number, prompt, chosen, words)
    return shown, f"{number}. {prompt} {chosen} {words}"


def show_comparison(before: str, after: str) -> None:
    """Two tests beside each other in plain words."""
    first, second = outcome(before), outcome(after)
    missing = [form for form, found in ((before, first), (after, second)) if found is None]
    if first is None or second is None:
        show_lines(
            [f"Form {' and form '.join(missing)} {'are' if len(missing) > 1 else 'is'} not handed in yet, so there is nothing to compare."]
        )
        return
    show_lines(said_of_change(first, second))


def show_calibration_table() -> None:
    """How often each confidence was right, after enough answers."""
    line, rows = said_of_calibration(taken())
    head = ["you said", "answers", "right", "chance alone could give"]
    table = table_html(head, rows) if rows else ""
    show_both(html("<div>\n<p>{}</p>\n{}\n</div>", line, table), line)


def show_beside(first: str, second: str) -> None:
    """Two open answers beside each other, for instance a recall before the course and one after."""
    words = [saved_answer(open_exercise(name)).value for name in (first, second)]
    if not all(words):
        show_lines(["Both appear here beside each other once both are written."])
        return
    cell = '<td style="text-align: left; vertical-align: top; white-space: pre-line; max-width: 22rem">{}</td>'
    head = join((html('<th scope="col" style="text-align: left">{}</th>', name) for name in ("before", "after")), "")
    cells = join((html(cell, word) for word in words), "")
    table = html("<table>\n<thead><tr>{}</tr></thead>\n<tbody><tr>{}</tr></tbody>\n</table>", head, cells)
    show_both(table, "\n\n".join(map(str, words)))
