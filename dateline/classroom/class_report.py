"""One page on a class: what was hard, what was believed, how the class judges, and what to talk about next."""

import datetime
from html import escape
from pathlib import Path

from markupsafe import Markup
from matplotlib import style

from dateline.classroom.analysis import Analysis, Item, to_discuss
from dateline.classroom.gradebook import Row
from dateline.figures.drawing import STYLE as PLOT
from dateline.figures.drawing import blank, figure_html
from dateline.figures.lessons import calibration_figure
from dateline.html import page, table_html
from dateline.kinds.results import percent
from dateline.learner.measures import COIN, brier, calibration

LONGEST = 110
"""Characters of a question in a table."""


def write_report(path: Path, analysis: Analysis, rows: list[Row], names: bool = False) -> None:
    """Write the page; learners are named in it only if `names` says so. Raises `OSError`."""
    path.write_text(report_page(analysis, rows, names, datetime.date.today()), encoding="utf-8", errors="replace", newline="\n")


def report_page(analysis: Analysis, rows: list[Row], names: bool, day: datetime.date) -> str:
    """The whole page as HTML."""
    parts = [
        f"<header><h1>The class at a glance</h1><p>Reading the Dateline · {day.day} {day:%B %Y} · {_who(analysis, rows)}</p></header>",
        _section("To talk about next", _discussion(analysis)),
        _section("How hard each question was", _difficulty(analysis)),
        _section("What was believed", _beliefs(analysis)),
        _section("Sound and unsound", _discernment(analysis)),
        _section("How well confidence fits", _calibration(analysis)),
        _section("Learner by learner", _learners(rows)) if names else "",
    ]
    return page("The class at a glance", Markup("\n".join(filter(None, parts))), "img { max-width: 100%; height: auto; background: #fff; }")


def _section(title: str, inside: str) -> str:
    return f"<section><h2>{escape(title)}</h2>\n{inside}</section>"


def _who(analysis: Analysis, rows: list[Row]) -> str:
    missing = sum(row.marked is None for row in rows)
    unread = sum(row.marked is not None and not row.marked.read for row in rows)
    more = [f"{missing} handed nothing in" if missing else "", f"{unread} could not be read" if unread else ""]
    return ", ".join(filter(None, [f"{analysis.learners} submissions", *more]))


def _discussion(analysis: Analysis) -> str:
    found = to_discuss(analysis)
    if not found:
        return "<p>No question divides the class: each was right for most or for few.</p>"
    return "<p>The class is divided on these. Ask for the reasons on both sides before you give ours.</p>" + "".join(map(_talk, found))


def _talk(item: Item) -> str:
    lead = f"{item.lesson}: {item.question.prompt}"
    chosen = "".join(
        f"<li>{escape(': '.join(filter(None, [part, words])))} ({number} of {item.answers}). {escape(reason)}</li>"
        for part, words, number, reason in item.wrong
    )
    return f"<h3>{escape(lead)}</h3><p>{percent(item.difficulty)} of the points were earned. Chosen beside the key:</p><ul>{chosen}</ul>"


def _difficulty(analysis: Analysis) -> str:
    if not analysis.items:
        return "<p>No question has an answer yet.</p>"
    hard = sorted(analysis.items, key=lambda item: item.difficulty)[:20]
    with style.context(PLOT):
        figure = blank(0.26 * len(hard) + 0.9)
        axes = figure.add_subplot()
        places = range(len(hard))
        axes.barh(places, [100 * item.difficulty for item in hard], color="#56b4e9", edgecolor="black", linewidth=0.6)
        axes.set_yticks(places, [f"{item.question.id} ({item.answers})" for item in hard], fontsize=8)
        axes.invert_yaxis()
        axes.set_xlim(0, 100)
        axes.set_xlabel("points earned at the first answer, %")
        axes.set_title(f"The {len(hard)} hardest of {len(analysis.items)} questions")
    every = [
        [item.lesson, item.question.id, _short(item.question.prompt), str(item.answers), percent(item.difficulty), _signed(item)]
        for item in analysis.items
    ]
    told = "; ".join(f"{item.question.id} {percent(item.difficulty)}" for item in hard)
    head = ("lesson", "exercise", "question", "answers", "points", "tells strong from weak")
    meant = (
        "<p>Points are those of the first answer, before any feedback. The last column is the correlation of a question with the rest of "
        "the paper: near 0 or below, it does not tell strong from weak, and may be worded badly. It is left open below ten answers.</p>"
    )
    return meant + figure_html(figure, f"Bars of the hardest questions. {told}.", head, every)


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def _signed(item: Item) -> str:
    return "–" if item.discrimination is None else f"{item.discrimination:+.2f}"


def _beliefs(analysis: Analysis) -> str:
    if not analysis.beliefs:
        return "<p>No answer shows one of the named beliefs.</p>"
    rows = [[one.name, f"{one.learners} of {one.of}", percent(one.learners / one.of), one.better] for one in analysis.beliefs]
    return table_html(["belief", "learners", "share", "what to say to it"], rows)


def _discernment(analysis: Analysis) -> str:
    found = analysis.discernment
    if found is None:
        return "<p>There are not yet sound and unsound statements enough.</p>"
    leaning = [sum(lean < -0.25 for lean in analysis.leans), sum(lean > 0.25 for lean in analysis.leans)]
    return (
        f"<p>The class flagged {found.caught} of {found.unsound} statements that do not hold and {found.alarms} of {found.sound} that do "
        f"(d′ = {found.sensitivity:.1f}, c = {found.lean:+.1f}). Of {len(analysis.leans)} learners, {leaning[0]} lean towards suspicion "
        f"and {leaning[1]} towards trust; the others lean neither way.</p>"
    )


def _calibration(analysis: Analysis) -> str:
    if not analysis.judgments:
        return "<p>No confidence was given.</p>"
    levels = calibration(analysis.judgments)
    figure = calibration_figure(levels, f"{len(analysis.judgments)} judgments; on the dashed line confidence fits")
    rows = [
        [f"{one.confidence} %", str(one.answers), percent(one.right / one.answers), f"{percent(one.low)} to {percent(one.high)}"]
        for one in levels
    ]
    told = "; ".join(f"at {one.confidence} %, {one.right} of {one.answers} right" for one in levels)
    line = f"<p>The Brier score of the class is {brier(analysis.judgments):.2f}; always saying 50 % gives {COIN:.2f}, and 0 is best.</p>"
    return line + figure_html(figure, f"Calibration of the class. {told}.", ("said", "answers", "right", "chance alone could give"), rows)


def _learners(rows: list[Row]) -> str:
    body = [
        [row.learner.name or row.learner.id, "" if row.percent is None else f"{row.percent:g}", "; ".join(row.notes)]
        for row in sorted(rows, key=lambda row: (row.learner.name or row.learner.id).casefold())
    ]
    return table_html(["learner", "of 100", "notes"], body)
