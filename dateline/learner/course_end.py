"""The end of the course: what one could not do and now can, what held, and what to practise, from two parallel tests.

The forms ask the same skills, one question each; what one question shows is a hint, and the page says so.
"""

import msgspec

from dateline.bank import Stem
from dateline.evidence.misconceptions import Belief
from dateline.html import Markup, html, join
from dateline.learner.before_and_after import Outcome, form_stem, outcome
from dateline.learner.progress import Taught, load_skills, skills
from dateline.learner.record import Taken, beliefs, stems
from dateline.live import Shown
from dateline.wording import NO_KEYS

HINT = "Each of these rests on one question in each test, so take it as a hint."


class Ending(msgspec.Struct, frozen=True):
    """What two tests show, skill by skill in the order of the lessons, and the beliefs that the later one met."""

    gained: tuple[Taught, ...]
    held: tuple[Taught, ...]
    practise: tuple[Taught, ...]
    beliefs: tuple[Belief, ...]


def course_end(before: str, after: str) -> Ending | None:
    """What has changed from one form to the other; None until both are handed in."""
    first, last = outcome(before), outcome(after)
    if first is None or last is None:
        return None
    then, now = _right(first), _right(last)
    met = {belief.name: belief for one in last.answers if one.result.status != "right" for belief in beliefs(one)}
    under_way = {skill.name for skill in skills() if skill.mastery == "under way"}
    known = [(taught, then.get(name), now.get(name)) for name, taught in load_skills().items()]
    return Ending(
        gained=tuple(taught for taught, was, is_now in known if is_now and was is False),
        held=tuple(taught for taught, was, is_now in known if is_now and was),
        practise=tuple(taught for taught, _, is_now in known if is_now is False or (is_now is None and taught.name in under_way)),
        beliefs=tuple(met[name] for name in sorted(met)),
    )


def _right(test: Outcome) -> dict[str, bool]:
    """Which skills of a test were right; a question left open is not counted."""
    return {one.question.skill: _is_right(one) for one in test.answers}


def _is_right(one: Taken) -> bool:
    return one.result.status == "right"


def farewell_shown(before: str, after: str) -> Shown:
    """What you could not do and now can, and what to practise, each with its lesson."""
    found = course_end(before, after)
    if found is None and form_stem(after).keys is None:
        return Shown(html("<p>{}</p>", NO_KEYS), NO_KEYS)
    if found is None:
        waiting = " and ".join(f"form {form}" for form in (before, after) if outcome(form) is None)
        said = f"What you can do now stands here after {waiting}."
        return Shown(html("<p>{}</p>", said), said)
    parts = [_part(title, taught, none) for title, taught, none in parts_of(found)]
    told = [f"You met a common belief: “{belief.name}”. {belief.better}" for belief in found.beliefs]
    shown = join([*(part for part, _ in parts), *(html("<p>{}</p>", said) for said in told), html("<p>{}</p>", HINT)])
    return Shown(html("<div>\n{}\n</div>", shown), "\n".join([*(said for _, said in parts), *told, HINT]))


def parts_of(found: Ending) -> list[tuple[str, tuple[Taught, ...], str]]:
    """The parts of an ending: a heading, its skills, and what is said where there are none."""
    return [
        ("What you could not do and now can", found.gained, "No question that went wrong before is right now."),
        ("What you could do before, and still can", found.held, "Nothing was right both times."),
        ("What to practise", found.practise, "Nothing in these answers asks for more practice."),
    ]


def _part(title: str, taught: tuple[Taught, ...], none: str) -> tuple[Markup, str]:
    head = html("<h3>{}</h3>", title)
    if not taught:
        return join([head, html("<p>{}</p>", none)]), f"{title}: {none}"
    items = join(html("<li>{}, {}</li>", one.name, _link(one.lesson)) for one in taught)
    return join([head, html("<ul>\n{}\n</ul>", items)]), f"{title}: {'; '.join(one.name for one in taught)}."


def _link(lesson: str) -> Markup:
    stem: Stem | None = next((one for one in stems() if one.lesson.lesson == lesson), None)
    if stem is None:  # a copy may have some lessons only
        return html("lesson {}", lesson)
    return html('<a href="{}.ipynb">{} {}</a>', stem.name, lesson, stem.lesson.title)
