"""The map of the course on the page: the path, what is done, the next step, and what the answers show of each skill."""

from dateline.html import Markup, html, join, table_html
from dateline.learner.progress import Skill, State, chosen_route, next_step, skills, states
from dateline.learner.record import stems
from dateline.learner.routes import Route, load_routes
from dateline.live import Shown
from dateline.wording import counted

SIGNS = {"done": "●", "begun": "◐", "not begun": "○"}
LEFT = Markup(' style="text-align: left"')


def map_shown(path: str | None) -> Shown:
    """The map of lessons on the chosen path, the next step, and mastery by skill."""
    routes = load_routes()
    route = routes[path if path in routes else chosen_route()]
    found = states(route)
    left = sum(state.left for state in found)
    coming = next_step(found)
    known = [skill for skill in skills() if skill.count]
    lines = [f"Path: {route.title}. About {_hours(left)} of {_hours(sum(state.minutes for state in found))} left."]
    upcoming = f"Next: {coming.lesson} {coming.title}, {counted(coming.left, 'minute')}." if coming else ""
    lines.append(upcoming or "Every lesson on this path is done.")
    parts = [html("<p>{}</p>", lines[0]), html("<p>{}</p>", _next(coming) if coming else lines[1]), _map(route, found)]
    if known:
        rows = [[skill.name, skill.mastery, skill.why, skill.lesson] for skill in known]
        parts.append(html("<p>What you can do, as far as your answers show it:</p>"))
        parts.append(table_html(["skill", "state", "how we know", "lesson"], rows))
        parts.append(html("<p>{}</p>", _worth_another_look(known)))
        lines += [f"{skill.name}: {skill.mastery} ({skill.why})" for skill in known]
    lines += [f"{state.lesson} {state.title}: {_word(state)}, {counted(state.left, 'minute')} left" for state in found]
    return Shown(html("<div>\n{}\n</div>", join(parts)), "\n".join(lines))


def _hours(minutes: int) -> str:
    return f"{minutes / 60:.1f} hours" if minutes > 90 else counted(minutes, "minute")


def _next(state: State) -> Markup:
    return html("Next: {}, {}.", lesson_link(state), counted(state.left, "minute"))


def lesson_link(state: State) -> Markup:
    """A link that opens a lesson."""
    return html('<a href="{}">{} {}</a>', state.notebook, state.lesson, state.title)


def _word(state: State) -> str:
    return "done" if state.done == state.of else "begun" if state.done else "not begun"


def _map(route: Route, found: list[State]) -> Markup:
    here = {stem.lesson.lesson for stem in stems()}  # a copy may have some lessons only
    waiting = iter(found)
    rows = []
    for part in route.part:
        rows.append(html('<tr><th scope="rowgroup" colspan="3"{}>{}</th></tr>', LEFT, part.title))
        for where, steps in (("", part.steps), ("at home", part.home)):
            rows += [_row(next(waiting), where) for step in steps if step.lesson in here]
    head = join((html('<th scope="col"{}>{}</th>', LEFT, name) for name in ("lesson", "state", "minutes left")), "")
    return html("<table>\n<thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody>\n</table>", head, join(rows))


def _row(state: State, where: str) -> Markup:
    word = _word(state)
    name = html("{}{}", lesson_link(state), f", {where}" if where else "")
    shown = f"{SIGNS[word]} {word}" + (f", {state.done} of {state.of}" if word == "begun" else "")
    return html("<tr><td{}>{}</td><td{}>{}</td><td>{}</td></tr>", LEFT, name, LEFT, shown, state.left)


def _worth_another_look(known: list[Skill]) -> str:
    weak = [skill for skill in known if skill.mastery == "under way"]
    secure = sum(skill.mastery == "secure" for skill in known)
    again = f" Worth another look: {weak[0].name} (lesson {weak[0].lesson})." if weak else ""
    meant = "Secure means at least 80 % of the last five, over at least two texts; an answer after a hint weighs a little less."
    return f"{meant} Secure so far: {secure}.{again}"
