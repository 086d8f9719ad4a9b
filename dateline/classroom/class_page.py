"""Pages on a class: for the teacher what was hard, what was believed, how the class judges and what to talk about next; for the wall
a page for each session, without names.
"""

import datetime
from collections.abc import Iterable, Sequence
from pathlib import Path

from markupsafe import Markup
from matplotlib import style
from matplotlib.figure import Figure

from dateline.classroom.analysis import Analysis, Item, divided, missed
from dateline.classroom.counting import Counting, session_parts
from dateline.classroom.pages import shortened
from dateline.classroom.results import Results
from dateline.figures.drawing import STYLE as PLOT
from dateline.figures.drawing import blank, figure_html
from dateline.figures.lessons import calibration_figure
from dateline.html import emphasised, html, join, page, table_html
from dateline.kinds.results import percent
from dateline.learner.measures import COIN, Level, wilson
from dateline.learner.routes import load_routes
from dateline.wording import counted, ended

NAME = "report.html"
"""The file that course.py report writes."""
FEWEST = 5
"""Papers below which a page for the wall has no numbers: in a small group they would point at somebody."""
ON_THE_WALL = 3
MOST_LINES = 6
"""Sentences that are shown with a question."""
PICTURES = "img { max-width: 100%; height: auto; background: #fff; } figure { break-inside: avoid; }"
TALK = """
.talk { break-inside: avoid; margin: 1rem 0 1.4rem; } .talk h3 { margin-bottom: 0.2rem; } .talk blockquote { margin: 0.3rem 0; }
.bars { width: auto; } .bars td { border: 0; padding: 0.1rem 0.6rem 0.1rem 0; } .bars progress { width: 7rem; }
.bars td:nth-child(2) { white-space: nowrap; } @media (max-width: 30rem) { .bars progress { width: 3rem; } }
"""
SIGNS = {"right": "right", "half": "half right", "not": "not right", "none": ""}


def write_class_pages(out: Path, analysis: Analysis, results: Results, counting: Counting, names: bool = False) -> list[Path]:
    """Write the page on the class, with names only if `names` says so, and those for the wall; returns their paths. Raises `OSError`."""
    day = datetime.date.today()
    written = {NAME: str(class_page(analysis, results, counting, names, day))}
    written |= {f"wall-{name}.html": str(content) for name, content in wall_pages(analysis, counting)}
    for old in out.glob("wall-*.html"):
        old.unlink()
    for name, content in written.items():
        (out / name).write_text(content, encoding="utf-8", errors="replace", newline="\n")
    return [out / name for name in written]


def class_page(analysis: Analysis, results: Results, counting: Counting, names: bool, day: datetime.date) -> Markup:
    """The whole page for the teacher as HTML."""
    head = "<h1>The class at a glance</h1><p>Reading the Dateline · {} {:%B %Y} · {}</p>"
    counts = html('<p class="quiet">What counts: {}.</p>', counting.said)
    parts = [
        html("<header>" + head + "{}</header>", day.day, day, _who(analysis, results), counts),
        _section("To talk about next", _discussion(divided(analysis), DIVIDED, "No question divides the class.")),
        _section("Hard for nearly everybody", _discussion(missed(analysis), MISSED, "No question was missed by nearly everybody.")),
        _section("How hard each question was", _difficulty(analysis)),
        _section("What was believed", _beliefs(analysis)),
        _section("Sound and unsound", _discernment(analysis)),
        _section("How well confidence fits", _calibration(analysis)),
        _section("Learner by learner", _learners(results)) if names else "",
    ]
    return page("The class at a glance", join(parts), PICTURES + TALK)


def _section(title: str, inside: Markup) -> Markup:
    return html("<section><h2>{}</h2>\n{}</section>", title, inside)


def _who(analysis: Analysis, results: Results) -> str:
    said = {"missing": "handed nothing in", "not read": "could not be read", "left out": "came late and were left out"}
    more = [f"{count} {words}" for state, words in said.items() if (count := results.count(state))]
    return ", ".join(filter(None, [counted(analysis.learners, "paper"), *more]))


# ---- what to talk about ------------------------------------------------------------------------------------------------------

DIVIDED = "The class is divided on these. Ask for the reasons on both sides before you give ours."
MISSED = "Nearly everybody missed these. Teach the step again before you ask. If a question is badly worded, grade --drop takes it out."


def _discussion(items: Sequence[Item], lead: str, none: str) -> Markup:
    return html("<p>{}</p>{}", lead if items else none, join(map(talk, items), ""))


def talk(item: Item) -> Markup:
    """One question: where it is, what it asks about, what was most chosen, and the right answer with its reason."""
    earned = html(
        '<p class="quiet">{} earned {} of the points at their first answer.</p>', counted(item.answers, "learner"), percent(item.difficulty)
    )
    asked = html("<p>{}</p>{}", emphasised(item.question.prompt), about(item))
    head = html("<h3>Lesson {}, card <code>{}</code></h3>", item.lesson, item.question.id)
    return html('<div class="talk">{}{}{}{}{}</div>', head, asked, earned, _chosen(item), _right(item))


def _right(item: Item) -> Markup:
    return join((html("<p><strong>Right:</strong> {} {}</p>", ended(part.words), emphasised(part.reason)) for part in item.right), "")


def about(item: Item) -> Markup:
    """The words that a question, or the part of it that most had wrong, asks about."""
    question = item.question
    lines = [(line.at, line.words) for line in question.text.lines(question.show)]
    every = [(line.at, line.words) for line in question.text.whole.sentences] if question.text else []
    here = [line for line in every if line[0] == item.at.partition(" ")[0].rstrip(",")]
    shown = here or lines[:MOST_LINES]
    quoted = join((html("<p><code>{}</code> {}</p>", at, words) for at, words in shown), "")
    named = item.at and item.at not in [at for at, _ in here]
    part = html("<p>The part that most had wrong: <em>{}</em></p>", item.at) if named else ""
    return join([html("<blockquote>{}</blockquote>", quoted) if quoted else "", part], "")


def _chosen(item: Item) -> Markup:
    row = (
        '<tr><td><progress value="{count}" max="{of}" aria-hidden="true"></progress></td>'
        "<td>{count} of {of}</td><td>{words}</td><td>{sign}</td></tr>"
    )
    rows = [html(row, count=one.learners, of=item.answers, words=one.words, sign=SIGNS.get(one.sign, "")) for one in item.chosen]
    return html('<table class="bars"><tbody>{}</tbody></table>', join(rows, "")) if rows else Markup("")


# ---- how hard ------------------------------------------------------------------------------------------------------------------


def _difficulty(analysis: Analysis) -> Markup:
    if not analysis.items:
        return Markup("<p>No question has an answer yet.</p>")
    hard = sorted(analysis.items, key=lambda item: (item.difficulty, item.place))[:20]
    with style.context(PLOT):
        figure = blank(0.26 * len(hard) + 0.9)
        axes = figure.add_subplot()
        places = range(len(hard))
        axes.barh(places, [100 * item.difficulty for item in hard], color="#56b4e9", edgecolor="black", linewidth=0.6)
        axes.set_yticks(places, [f"{item.question.id} ({item.answers})" for item in hard], fontsize=8)
        axes.invert_yaxis()
        axes.set_xlim(0, 100)
        axes.set_xlabel("points earned at the first answer, %")
        axes.set_title(f"The {len(hard)} hardest of {counted(len(analysis.items), 'question')}")
    every = [
        [item.lesson, item.question.id, shortened(item.question.prompt), str(item.answers), percent(item.difficulty), _signed(item)]
        for item in analysis.items
    ]
    told = "; ".join(f"{item.question.id} {percent(item.difficulty)}" for item in hard)
    head = ("lesson", "exercise", "question", "answers", "points", "tells strong from weak")
    meant = Markup(
        "<p>Points are those of the first answer, before any feedback. The last column is the correlation of a question with the rest of "
        "the paper: near 0 or below, it does not tell strong from weak, and may be worded badly. It is left open below ten answers.</p>"
    )
    return meant + figure_html(figure, f"Bars of the hardest questions. {told}.", head, every)


def _signed(item: Item) -> str:
    return "–" if item.discrimination is None else f"{item.discrimination:+.2f}"


def _beliefs(analysis: Analysis) -> Markup:
    if not analysis.beliefs:
        return Markup("<p>No answer shows one of the named beliefs.</p>")
    rows = [[one.name, f"{one.learners} of {one.of}", percent(one.learners / one.of), one.better] for one in analysis.beliefs]
    return table_html(["belief", "learners", "share", "what to say to it"], rows)


# ---- how the class judges --------------------------------------------------------------------------------------------------------


def _discernment(analysis: Analysis) -> Markup:
    found = analysis.discernment
    if found is None:
        return Markup("<p>There are not yet sound and unsound statements enough.</p>")
    caught, alarms = found.caught / found.unsound, found.alarms / found.sound
    suspicion, neither, trust = analysis.leans
    rows = [
        ["statements that do not hold", str(found.unsound), str(found.caught), percent(caught)],
        ["statements that hold", str(found.sound), str(found.alarms), percent(alarms)],
    ]
    told = f"{percent(caught)} of the statements that do not hold were flagged, and {percent(alarms)} of those that do."
    every = suspicion + neither + trust
    leaning = f"Learners who lean towards suspicion: {suspicion} of {every}; towards trust: {trust}; neither way: {neither}."
    words = html("<p>{} {} {} {}</p>", told, _apart(found.sensitivity), _lean(found.lean), leaning)
    measures = html(
        '<p class="quiet">The two numbers behind this: d′ = {:.1f} says how far apart the bars are (0: not at all, 1: '
        "fairly, 2: well). c = {:+.1f} says which way the class errs (below 0: too many flags, above 0: too few). "
        "Half a flag is added to each kind, so that a small class gives no endless number.</p>",
        found.sensitivity,
        found.lean,
    )
    head = ("", "seen", "flagged", "share")
    return words + figure_html(_flags(caught, alarms), f"Two bars. {told}", head, rows) + measures


def _flags(caught: float, alarms: float) -> Figure:
    """Two bars: how many of the unsound and of the sound statements were flagged."""
    with style.context(PLOT):
        figure = blank(1.9)
        axes = figure.add_subplot()
        shares = [100 * caught, 100 * alarms]
        axes.barh([0, 1], shares, color=["#0072b2", "#ffffff"], edgecolor="black", hatch=["", "//"], linewidth=0.8)
        axes.set_yticks([0, 1], ["does not hold", "holds"])
        axes.invert_yaxis()
        axes.set_xlim(0, 100)
        axes.set_xlabel("flagged, %")
        for place, share in enumerate(shares):
            axes.text(min(share + 1, 90), place, f"{share:.0f} %", va="center", fontsize=9)
        axes.set_title("Best is a long first bar and a short second one")
    return figure


def _apart(sensitivity: float) -> str:
    levels = ((0.5, "The class hardly tells the two apart."), (1.5, "The class tells the two apart somewhat."))
    return next((words for limit, words in levels if sensitivity < limit), "The class tells the two apart well.")


def _lean(lean: float) -> str:
    if abs(lean) < 0.25:
        return "On the whole it leans neither way."
    return "On the whole it flags too much." if lean < 0 else "On the whole it lets too much pass."


def _calibration(analysis: Analysis) -> Markup:
    if not analysis.sure:
        return Markup("<p>No confidence was given.</p>")
    levels = [Level(said, answers, right, *wilson(right, answers)) for said, (answers, right) in sorted(analysis.sure.items())]
    answers, right = sum(one.answers for one in levels), sum(one.right for one in levels)
    said = sum(one.confidence * one.answers for one in levels) / answers
    score = sum(one.right * (one.confidence / 100 - 1) ** 2 + (one.answers - one.right) * (one.confidence / 100) ** 2 for one in levels)
    gap = said - 100 * right / answers
    fits = (
        "That fits."
        if abs(gap) < 5
        else "The class is surer than it is right."
        if gap > 0
        else "The class is more often right than it thinks."
    )
    line = html(
        "<p>On average the class said that it was {:.0f} % sure, and {} of these answers were right. {} "
        "In the picture a point on the dashed line fits; below it, learners were surer than they were right.</p>"
        '<p class="quiet">The Brier score, which punishes being sure and wrong most, is {:.2f}: 0 is best, and '
        "always saying 50 % gives {:.2f}.</p>",
        said,
        percent(right / answers),
        fits,
        score / answers,
        COIN,
    )
    figure = calibration_figure(levels, f"{counted(answers, 'judgment')}; on the dashed line confidence fits")
    rows = [
        [f"{one.confidence} %", str(one.answers), percent(one.right / one.answers), f"{percent(one.low)} to {percent(one.high)}"]
        for one in levels
    ]
    told = "; ".join(f"at {one.confidence} %, {one.right} of {one.answers} right" for one in levels)
    head = ("said", "answers", "right", "chance alone could give")
    return line + figure_html(figure, f"Calibration of the class. {told}.", head, rows)


def _learners(results: Results) -> Markup:
    found = [
        (entry.name or entry.learner, "" if entry.percent is None else f"{entry.percent:g}", entry.state)
        for entry, _, _ in results.entries()
    ]
    said = {"graded": "", "not read": "could not be read", "left out": "came late, left out", "missing": "nothing was handed in"}
    body = [[name, share, said[state]] for name, share, state in sorted(found, key=lambda one: one[0].casefold())]
    return table_html(["learner", "of 100", "notes"], body)


# ---- for the wall ---------------------------------------------------------------------------------------------------------------


def wall_pages(analysis: Analysis, counting: Counting) -> Iterable[tuple[str, Markup]]:
    """A page for each session of the path for a class of which something was graded: its name and the page."""
    route = load_routes()["class"]
    for number, place in session_parts(route).items():
        part = route.part[place]
        lessons = {name for step in (*part.steps, *part.home) for name in (step.lesson, *step.instead)} & set(counting.lessons)
        here = [item for item in analysis.items if item.lesson in lessons]
        if here:
            yield f"session-{number}", wall_page(part.title, here, analysis.learners)


def wall_page(title: str, items: Sequence[Item], learners: int) -> Markup:
    """What a class may see of itself: what went well, and what is worth another look with the right answer and its reason. No names."""
    few = learners < FEWEST
    good = sorted(items, key=lambda item: (-item.difficulty, item.place))[:ON_THE_WALL]
    hard = [item for item in sorted(items, key=lambda item: (item.difficulty, item.place)) if item not in good and item.right][:ON_THE_WALL]
    share = "" if few else " ({})"
    well = [html("<li>{}" + share + "</li>", emphasised(shortened(item.question.prompt, 160)), percent(item.difficulty)) for item in good]
    who = "The numbers are left out, because few papers were handed in."
    body = html(
        '<header><h1>{}</h1><p class="quiet">{}</p></header>'
        "<section><h2>This went well</h2><ul>{}</ul></section><section><h2>Look again</h2>{}</section>",
        title,
        who if few else f"{counted(learners, 'paper')}. No name is on this page.",
        join(well, ""),
        join((_look_again(item, few) for item in hard), ""),
    )
    return page(title, body, TALK + WALL)


WALL = """
@page { margin: 12mm 14mm; }
@media print { body { font-size: 10.5pt; line-height: 1.4; } h2 { margin-top: 0.8rem; } .talk { margin: 0.5rem 0; } }
"""


def _look_again(item: Item, few: bool) -> Markup:
    shown = "" if few else _chosen(item)
    return html('<div class="talk"><h3>{}</h3>{}{}{}</div>', emphasised(item.question.prompt), about(item), shown, _right(item))
