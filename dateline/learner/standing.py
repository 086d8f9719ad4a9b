"""What the calls about the learner's own standing put on the page: the map of lessons, a test's outcome, a comparison."""

from html import escape

from dateline.answers.attempts import open_exercise, saved_answer
from dateline.answers.store import NotSavedError
from dateline.display import show_both, show_lines
from dateline.html import table_html
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
from dateline.learner.progress import Skill, State, chosen_route, next_step, skills, states
from dateline.learner.record import stems, taken
from dateline.learner.routes import Route, load_routes

SIGNS = {"done": "●", "begun": "◐", "not begun": "○"}
NO_KEYS = "Saved. The keys are not in this copy; your teacher will grade the test."


def show_progress(path: str | None) -> None:
    """The map of lessons on the chosen path, the next step, and mastery by skill."""
    routes = load_routes()
    route = routes[path if path in routes else chosen_route()]
    found = states(route)
    left = sum(state.left for state in found)
    coming = next_step(found)
    known = [skill for skill in skills() if skill.count]
    lines = [f"Path: {route.title}. About {_hours(left)} of {_hours(sum(state.minutes for state in found))} left."]
    lines.append(f"Next: {coming.lesson} {coming.title}, {coming.left} minutes." if coming else "Every lesson on this path is done.")
    html = [f"<p>{escape(lines[0])}</p>", f"<p>{_link(coming) if coming else escape(lines[1])}</p>", _map(route, found)]
    if known:
        rows = [[skill.name, skill.mastery, skill.why, skill.lesson] for skill in known]
        html += ["<p>What you can do, as far as your answers show it:</p>", table_html(["skill", "state", "how we know", "lesson"], rows)]
        lines += [f"{skill.name}: {skill.mastery} ({skill.why})" for skill in known]
        html.append(f"<p>{escape(_worth_another_look(known))}</p>")
    lines += [f"{state.lesson} {state.title}: {_word(state)}, {state.left} minutes left" for state in found]
    show_both("<div>\n" + "\n".join(html) + "\n</div>", "\n".join(lines))


def _hours(minutes: int) -> str:
    return f"{minutes / 60:.1f} hours" if minutes > 90 else f"{minutes} minutes"


def _link(state: State) -> str:
    return f'Next: <a href="{escape(state.notebook)}">{escape(f"{state.lesson} {state.title}")}</a>, {state.left} minutes.'


def _word(state: State) -> str:
    return "done" if state.done == state.of else "begun" if state.done else "not begun"


def _map(route: Route, found: list[State]) -> str:
    here = {stem.lesson.lesson for stem in stems()}  # a copy may have some lessons only
    waiting = iter(found)
    rows = []
    for part in route.part:
        rows.append(f'<tr><th scope="rowgroup" colspan="3" style="text-align: left">{escape(part.title)}</th></tr>')
        for where, steps in (("", part.steps), ("at home", part.home)):
            rows += [_row(next(waiting), where) for step in steps if step.lesson in here]
    head = '<thead><tr><th scope="col" style="text-align: left">lesson</th><th scope="col" style="text-align: left">state</th>'
    head += '<th scope="col" style="text-align: left">minutes left</th></tr></thead>'
    return f"<table>\n{head}\n<tbody>\n" + "\n".join(rows) + "\n</tbody>\n</table>"


def _row(state: State, where: str) -> str:
    word = _word(state)
    name = f'<a href="{escape(state.notebook)}">{escape(f"{state.lesson} {state.title}")}</a>' + (f", {where}" if where else "")
    shown = f"{SIGNS[word]} {word}" + (f", {state.done} of {state.of}" if word == "begun" else "")
    return f'<tr><td style="text-align: left">{name}</td><td style="text-align: left">{shown}</td><td>{state.left}</td></tr>'


def _worth_another_look(known: list[Skill]) -> str:
    weak = [skill for skill in known if skill.mastery == "under way"]
    secure = sum(skill.mastery == "secure" for skill in known)
    again = f" Worth another look: {weak[0].name} (lesson {weak[0].lesson})." if weak else ""
    meant = "Secure means at least 80 % of the last five, over at least two texts; an answer after a hint weighs a little less."
    return f"{meant} Secure so far: {secure}.{again}"


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
        one = done.get(question.id)
        if one is None:
            parts.append(f"<p><strong>{number}. Not answered.</strong></p>")
            plain.append(f"{number}. Not answered.")
            continue
        told = feedback(one.question, one.key, one.answer.first, grade(one.question, one.key, one.answer.first))
        words = " ".join(filter(None, [told.verdict, *(note.reason for note in told.notes), told.next]))
        chosen = told.notes[0].chosen if told.notes else ""
        parts.append(f"<p><strong>{number}.</strong> {escape(question.prompt)}<br><em>{escape(chosen)}</em><br>{escape(words)}</p>")
        plain.append(f"{number}. {question.prompt} {chosen} {words}")
    show_both("<div>\n" + "\n".join(parts) + "\n</div>", "\n".join(plain))


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
    show_both(f"<div>\n<p>{escape(line)}</p>\n{table}\n</div>", line)


def show_beside(first: str, second: str) -> None:
    """Two open answers beside each other, for instance a recall before the course and one after."""
    words = [saved_answer(open_exercise(name)).value for name in (first, second)]
    if not all(words):
        show_lines(["Both appear here beside each other once both are written."])
        return
    cells = "".join(
        f'<td style="text-align: left; vertical-align: top; white-space: pre-line; max-width: 22rem">{escape(str(word))}</td>'
        for word in words
    )
    head = '<th scope="col" style="text-align: left">before</th><th scope="col" style="text-align: left">after</th>'
    show_both(f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody><tr>{cells}</tr></tbody>\n</table>", "\n\n".join(map(str, words)))
