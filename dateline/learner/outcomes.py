"""What a test says once it is handed in: its outcome and its reasons."""

from dateline.html import Markup, html, join, paragraphs
from dateline.kinds import feedback, grade
from dateline.learner.before_and_after import Outcome, form_stem, outcome, said_of
from dateline.learner.record import Taken
from dateline.live import Shown
from dateline.wording import NO_KEYS

WAITING = "The reasons appear here when the test is handed in."


def _lines(said: list[str]) -> Shown:
    return Shown(html("<div>\n{}\n</div>", paragraphs(said)), "\n".join(said))


def outcome_lines(form: str) -> list[str]:
    """How a test went that was handed in."""
    if form_stem(form).keys is None:
        return [f"Your answers are handed in. {NO_KEYS}"]
    found = outcome(form)
    return said_of(found) if found else ["Nothing is answered yet."]


def reasons_shown(form: str) -> Shown:
    """The questions of a test that was handed in, each with how it stands and why."""
    if form_stem(form).keys is None:
        return _lines([NO_KEYS])
    found = outcome(form)
    if found is None:
        return _lines([WAITING])
    done = {one.name: one for one in found.answers}
    told = [_reason(number, question.prompt, done.get(question.id)) for number, question in enumerate(form_stem(form).lesson.question, 1)]
    return Shown(html("<div>\n{}\n</div>", join(part for part, _ in told)), "\n".join(said for _, said in told))


def _reason(number: int, prompt: str, one: Taken | None) -> tuple[Markup, str]:
    prompt = prompt.removeprefix(f"{number}. ")
    if one is None:
        return html("<p><strong>{}. Not answered.</strong></p>", number), f"{number}. Not answered."
    told = feedback(one.question, one.key, one.answer.first, grade(one.question, one.key, one.answer.first))
    words = " ".join(filter(None, [told.verdict, *(note.reason for note in told.notes), told.next]))
    chosen = told.notes[0].chosen if told.notes else ""
    shown = html("<p><strong>{}.</strong> {}<br><em>{}</em><br>{}</p>", number, prompt, chosen, words)
    return shown, f"{number}. {prompt} {chosen} {words}"


def missing(forms: list[str]) -> str:
    """Why two tests cannot be compared."""
    if any(form_stem(form).keys is None for form in forms):
        return NO_KEYS
    return f"Form {' and form '.join(forms)} {'are' if len(forms) > 1 else 'is'} not handed in yet, so there is nothing to compare."


def handed_in(*forms: str) -> tuple[Outcome | None, ...]:
    """What these pages rest on: the outcome of each test, if it is handed in."""
    return tuple(outcome(form) for form in forms)
