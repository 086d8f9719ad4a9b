"""Figures that are the same for every reader: each is drawn from data, with alt text and a table that say the same."""

import datetime
import itertools
import textwrap
from collections.abc import Sequence

import msgspec
from matplotlib import style
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from dateline.evidence.context import Event, Reaction, load_counts, load_events, load_reactions
from dateline.evidence.survey import BIN, phrases
from dateline.faults import fail, load
from dateline.figures.drawing import STYLE, blank, show_figure
from dateline.folders import course_folder
from dateline.learner.measures import Level
from dateline.texts.marks import load_marks
from dateline.texts.text import load_text
from dateline.wording import counted

# ---- the hedges of a text ------------------------------------------------------------------------------------------

HEDGES = {
    "evidential": ("how it is known\n(evidential)", "#0072b2", "o"),
    "epistemic": ("how sure\n(epistemic)", "#d55e00", "D"),
    "stance": ("how it is put\n(stance verb)", "#009e73", "s"),
    "evaluative": ("a judgment,\nno hedge", "#cc79a7", "x"),
}


def hedge_inventory(text: str) -> None:
    """Show every hedge and stance verb of a text that lessons work through in the open: where it stands, its words and its kind."""
    marks = load_marks(text, "hedge")
    lines = [sentence.at for sentence in load_text(text).sentences if not sentence.at.startswith("HD")]
    counts = {kind: sum(mark.label == kind for mark in marks) for kind in HEDGES}
    with style.context(STYLE):
        figure = blank(0.27 * len(lines) + 1)
        axes = figure.add_subplot()
        for row, at in enumerate(lines):
            here = [mark for mark in marks if mark.at == at]
            axes.axhline(row, color="0.85", linewidth=0.6, zorder=0)
            for mark in here:
                column = list(HEDGES).index(mark.label)
                _, colour, shape = HEDGES[mark.label]
                axes.scatter(column, row, s=34, color=colour, marker=shape)
                axes.text(
                    column + 0.07, row, mark.words.replace("what Pyongyang describes as", "what P. describes as"), va="center", fontsize=8
                )
        axes.set_yticks(range(len(lines)), lines)
        axes.set_xticks(range(len(HEDGES)), [name for name, _, _ in HEDGES.values()], ha="left")
        axes.xaxis.tick_top()
        axes.tick_params(length=0)
        axes.set_xlim(-0.1, len(HEDGES))
        axes.invert_yaxis()
        axes.spines[:].set_visible(False)
        hedges = counts["evidential"] + counts["epistemic"]
        axes.set_title(f"{counts['epistemic']} of {hedges} hedges says how sure the writer is; {counts['stance']} stance verbs", pad=12)
    said = ", ".join(f"{name.replace(chr(10), ' ')} {counts[kind]}" for kind, (name, _, _) in HEDGES.items())
    rows = [[mark.at, mark.words, mark.label] for mark in marks]
    show_figure(figure, f"Hedge inventory of {counted(len(lines), 'line')}: {said}.", ("sentence", "words", "kind"), rows)


# ---- the way of the news -------------------------------------------------------------------------------------------


class ChainStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step of a chain that is worked in the open: `shown` if the text has words for it."""

    source: str = msgspec.field(name="from")
    to: str
    shown: bool
    why: str


class DrawnChain(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The steps of a file in `data/chains/`, the origin first."""

    step: tuple[ChainStep, ...]


def source_chain(name: str) -> None:
    """Show a chain of `data/chains/`: who got the news from whom, the inferred steps dashed."""
    path = course_folder() / "data" / "chains" / f"{name}.toml"
    if not path.is_file():
        raise fail(
            "data/chains", 1, f"there is no chain {name!r}", f"There are: {', '.join(file.stem for file in path.parent.glob('*.toml'))}"
        )
    steps = load(path, DrawnChain, "A step has from, to, shown and why").step
    places = [steps[0].source, *(step.to for step in steps)]
    inferred = sum(not step.shown for step in steps)
    with style.context(STYLE):
        figure = blank(0.62 * len(places) + 0.4)
        axes = figure.add_subplot()
        for row, place in enumerate(places):
            axes.text(0.02, row, place, va="center", bbox={"boxstyle": "square,pad=0.4", "facecolor": "white", "edgecolor": "black"})
        for row, step in enumerate(steps):
            arrow = {"arrowstyle": "-|>", "linestyle": "-" if step.shown else (0, (3, 3)), "color": "black"}
            axes.annotate("", (0.06, row + 0.73), (0.06, row + 0.27), arrowprops=arrow)
            axes.text(0.1, row + 0.5, "shown in the article" if step.shown else "inferred", va="center", fontsize=8.5, style="italic")
        axes.set_xlim(0, 1)
        axes.set_ylim(len(places) - 0.5, -0.5)
        axes.axis("off")
        axes.set_title(f"{inferred} of {len(steps)} steps are inferred: the article has no words for them")
    told = "; ".join(f"{step.to} got it from {step.source} ({'shown' if step.shown else 'inferred'})" for step in steps)
    rows = [[step.to, step.source, "shown" if step.shown else "inferred", step.why] for step in steps]
    show_figure(figure, f"Source chain. {told}.", ("who", "got it from", "how we know", "why"), rows)


# ---- what readers take words to mean ---------------------------------------------------------------------------------

YARDSTICKS = ("ICD 203", "PHIA", "AJP-2.1", "IPCC")
"""United States, United Kingdom, NATO, and the climate panel."""


def certainty_histogram(words: str) -> None:
    """Show what readers take a phrase to mean, over the bands that four yardsticks give to the same words."""
    phrase = phrases()[words]
    counts, middle = phrase.histogram(), phrase.quantile(0.5)
    low, high = phrase.quantile(0.1), phrase.quantile(0.9)
    ruled = {band.yardstick: band for band in phrase.bands}
    with style.context(STYLE):
        figure = blank(3.6)
        bars, lanes = figure.subplots(2, 1, sharex=True, height_ratios=(3, 1.5))
        bars.bar([BIN * (i + 0.5) for i in range(len(counts))], counts, width=BIN * 0.85, color="#56b4e9", edgecolor="black", linewidth=0.6)
        bars.axvline(middle, color="black", linestyle="--", linewidth=1.4)
        bars.annotate(
            f"half of the readers\nsay {middle} % or less",
            (middle, max(counts)),
            (-6, -4),
            textcoords="offset points",
            ha="right",
            va="top",
            fontsize=8.5,
        )
        bars.set_ylabel("readers")
        bars.set_title(f"“{phrase}”: 8 of 10 readers lie from {low} to {high} %")
        for lane, yardstick in enumerate(YARDSTICKS):
            band = ruled.get(yardstick)
            if band:
                lanes.barh(lane, band.high - band.low, left=band.low, height=0.6, color="white", edgecolor="black", hatch="///")
                lanes.text(band.low - 1.5, lane, f"{band.low}–{band.high} %", va="center", ha="right", fontsize=8.5)
            else:
                lanes.text(2, lane, "has no band for these words", va="center", fontsize=8.5, style="italic")
        lanes.set_yticks(range(len(YARDSTICKS)), YARDSTICKS)
        lanes.set_ylim(len(YARDSTICKS) - 0.4, -0.6)
        lanes.set_xlim(0, 100)
        lanes.set_xticks(range(0, 101, 20), [f"{percent} %" for percent in range(0, 101, 20)])
    ruled_as = ", ".join(f"{band.yardstick} {band.low} to {band.high} %" for band in ruled.values()) or "none has a band for these words"
    alt = f"Histogram of {sum(counts)} readers of “{phrase}”. The middle answer is {middle} %, 8 of 10 lie from {low} to {high} %."
    rows = [[f"{BIN * i} to {100 if i == len(counts) - 1 else BIN * (i + 1) - 1} %", str(count)] for i, count in enumerate(counts) if count]
    show_figure(figure, f"{alt} Yardsticks: {ruled_as}.", ("percent", "readers"), rows)


# ---- what was said and done before, and by whom ---------------------------------------------------------------------


def base_rate_strip() -> None:
    """Show reports of one kind, a line for each year: visits to munitions factories, from `data/context/events.csv`."""
    visits = series("munitions visits", load_events())
    years = sorted({day_of(visit).year for visit in visits})
    with style.context(STYLE):
        figure = blank(0.62 * len(years) + 0.9)
        axes = figure.add_subplot()
        for row, year in enumerate(years):
            axes.plot([1, 366], [row, row], color="black", linewidth=0.8)
            axes.text(-8, row, str(year), ha="right", va="center", fontsize=9)
        for number, visit in enumerate(visits):
            day = day_of(visit)
            place = (day.timetuple().tm_yday, years.index(day.year))
            marker, face = ("o", "black") if visit.clock == "event" else ("s", "white")
            axes.scatter(*place, s=52, marker=marker, color=face, edgecolor="black", zorder=3)
            above = {"xytext": (0, 12 if number % 2 else -12), "textcoords": "offset points", "ha": "center", "va": "center"}
            axes.annotate(days_said(visit), place, fontsize=8, **above)  # type: ignore[arg-type]
        axes.set_xlim(-30, 376)
        axes.set_ylim(len(years) - 0.4, -0.6)
        axes.axis("off")
        axes.set_title(strip_title(visits), fontsize=10)
    rows = [[days_said(visit), str(day_of(visit).year), DAYS[visit.clock], visit.what, visit.source] for visit in visits]
    said = "; ".join(f"{days} {year} ({clock})" for days, year, clock, _, _ in rows)
    show_figure(figure, f"A line for each year. {strip_title(visits)}. {said}.", ("day", "year", "whose day", "what", "source"), rows)


DAYS = {"event": "the visit's day", "report": "the report's day; the visit has none", "publication": "a page's day"}
"""Whose day the date of a row is."""


def series(name: str, events: Sequence[Event]) -> list[Event]:
    """The events of a series, first to last."""
    return sorted((event for event in events if event.series == name), key=lambda event: event.date)


def day_of(event: Event) -> datetime.date:
    """The (first) day of an event."""
    return datetime.date.fromisoformat(event.date[:10])


def days_said(event: Event) -> str:
    """The day or days of an event, as few words as they need: `3–5 Aug`."""
    first, last = day_of(event), datetime.date.fromisoformat(event.until or event.date[:10])
    if first == last:
        return f"{first.day} {first:%b}"
    start = f"{first.day}" if first.month == last.month else f"{first.day} {first:%b}"
    return f"{start}–{last.day} {last:%b}"


def strip_title(visits: Sequence[Event]) -> str:
    """How many were found, of which the day is known, and how they were searched: examples, and no count of all there are."""
    dated = sum(visit.clock == "event" for visit in visits)
    first, last = day_of(visits[0]), day_of(visits[-1])
    searched = ", ".join(dict.fromkeys(visit.searched for visit in visits))
    until = max(visit.as_of for visit in visits)
    return (
        f"{len(visits)} reported visits found, {first:%b %Y} to {last:%b %Y}: {dated} with a day (●),\n"
        f"{len(visits) - dated} with the report's day alone (□). Searched in {searched} by {until};\nexamples, not a count of all"
    )


COUNTS = {
    "cns_missiles": ("CNS and NTI: missiles that can carry 500 kg over 300 km, to 18 April 2026", "#0072b2", ""),
    "csis_missile_events": ("CSIS: events, cruise missiles and engine tests among them, to 20 August 2026", "#e69f00", "///"),
}


def counts_by_year() -> None:
    """Show tests by year as two bodies count them. They count different things, so each has an axis of its own."""
    rows = load_counts()
    years = [row["year"] for row in rows]
    with style.context(STYLE):
        figure = blank(4)
        for axes, (column, (name, colour, hatch)) in zip(figure.subplots(2, 1, sharex=True), COUNTS.items(), strict=True):
            bars = axes.bar(years, [row[column] for row in rows], color=colour, edgecolor="black", hatch=hatch, linewidth=0.6)
            axes.bar_label(bars, fontsize=8)
            axes.set_title(name, fontsize=9, fontweight="normal")
            axes.set_yticks([])
            axes.spines["left"].set_visible(False)
        axes.set_xticks(years)
        figure.suptitle(counts_title(rows), x=0.01, ha="left", fontsize=11, fontweight="bold")
    told = "; ".join(f"{name}: " + ", ".join(f"{row['year']} {row[column]}" for row in rows) for column, (name, _, _) in COUNTS.items())
    table = [[str(row["year"]), *(str(row[column]) for column in COUNTS)] for row in rows]
    show_figure(figure, f"Bars for each year from {years[0]} to {years[-1]}. {told}.", ("year", "CNS and NTI", "CSIS"), table)


def counts_title(rows: Sequence[dict[str, int]]) -> str:
    """In how many of the years drawn the two counts agree."""
    same = sum(len({row[column] for column in COUNTS}) == 1 for row in rows)
    years = "year" if same == 1 else "years"
    return f"Two bodies count tests, each in its own way: they agree in {same} {years} of {len(rows)}"


ACTORS = ("South Korea", "Japan", "United States", "China", "Russia", "United Nations", "North Korea")
ABOUT = {
    "test-2025-12": "the missile test\n24 Dec 2025",
    "submarine-report-2025-12": "the submarine report\n25 Dec 2025",
    "plants-report-2025-12": "the factories report\n26 Dec 2025",
    "ballistic-2026-01": "ballistic missiles\n4 Jan 2026",
}


Cells = dict[tuple[str, str], list[Reaction]]


def reaction_matrix() -> None:
    """Show who was found to react to what, from `data/context/reactions.csv`; an empty cell was not looked for."""
    cells = matrix_cells(load_reactions())
    with style.context(STYLE):
        figure = blank(sum(map(_height, ACTORS, [cells] * len(ACTORS))) + 1.5)
        axes = figure.add_subplot()
        top = 0.0
        middles = []
        for actor in ACTORS:
            high = _height(actor, cells)
            for x, about in enumerate(ABOUT):
                words, face, hatch = _cell(cells.get((actor, about), []))
                axes.add_patch(Rectangle((x, top), 1, high, facecolor=face, edgecolor="black", linewidth=0.7, hatch=hatch))
                plain = {"facecolor": face, "edgecolor": "none", "pad": 1}
                axes.text(x + 0.5, top + high / 2, words, ha="center", va="center", fontsize=7, bbox=plain)
            middles.append(top + high / 2)
            top += high
        axes.set_xlim(0, len(ABOUT))
        axes.set_ylim(top, 0)
        axes.set_xticks([x + 0.5 for x in range(len(ABOUT))], list(ABOUT.values()), fontsize=8.5)
        axes.set_yticks(middles, list(ACTORS))
        axes.xaxis.tick_top()
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
        axes.set_title(matrix_title(cells), pad=14, fontsize=10)
        axes.set_xlabel("\n".join(searches(cells)), fontsize=7.5, loc="left")
    shown = [row for found in cells.values() for row in found]
    rows = [
        [row.actor, ABOUT[row.about].replace("\n", ", "), row.channel, row.act, row.date or f"by {row.as_of}", row.searched, row.source]
        for row in shown
    ]
    told = "; ".join(f"{row[0]} on {row[1]}: {row[3]}" for row in rows)
    alt = f"Matrix of {len(ACTORS)} actors and {len(ABOUT)} occasions. {matrix_title(cells)}. {told}. {' '.join(searches(cells))}"
    show_figure(figure, alt, ("actor", "about", "channel", "act", "date", "searched in", "source"), rows)


def matrix_cells(reactions: Sequence[Reaction]) -> Cells:
    """What is drawn, by actor and occasion: every statement found there, by date, or the search that found none."""
    cells: Cells = {}
    for place in itertools.product(ACTORS, ABOUT):
        rows = [row for row in reactions if (row.actor, row.about) == place]
        if rows:
            cells[place] = sorted(rows, key=lambda row: row.date)
    return cells


def matrix_title(cells: Cells) -> str:
    """How many statements and searches without one are drawn, and how many cells nobody looked into."""
    others = [row for (actor, _), rows in cells.items() for row in rows if actor != "North Korea"]
    said = sum(row.found for row in others)
    empty = len(ACTORS) * len(ABOUT) - len(cells)
    return f"{said} statements of others, {len(others) - said} searches that found none (dotted),\n{empty} cells not looked into (empty)"


def searches(cells: Cells) -> list[str]:
    """Where and until when somebody looked, for each search that found none."""
    silent = [row for rows in cells.values() for row in rows if not row.found]
    return [f"{row.actor}: none found by {row.as_of}, searched in {row.searched}." for row in silent]


def _height(actor: str, cells: Cells) -> float:
    """The height of an actor's row, in inches: what its fullest cell needs."""
    return 0.14 + max(0.13 * len(_cell(cells.get((actor, about), []))[0].split("\n")) for about in ABOUT)


def _cell(rows: Sequence[Reaction]) -> tuple[str, str, str]:
    """Words, colour and hatch of a cell; a search that found none is not the same as a cell that nobody looked into."""
    if not rows:
        return "", "white", ""
    if not any(row.found for row in rows):
        return f"none found\nby {rows[0].as_of}", "0.92", ".."
    lines = []
    for row in rows:
        day = datetime.date.fromisoformat(row.date[:10])
        lines += textwrap.wrap(f"{row.act}, {day.day}\u00a0{day:%b}", 23)
    return "\n".join(lines), "#cfe8f5", ""


# ---- how well confidence fits ----------------------------------------------------------------------------------------


def calibration_figure(levels: Sequence[Level], title: str) -> Figure:
    """How often each confidence was right, with 95 % intervals; on the dashed line it fits."""
    with style.context(STYLE):
        figure = blank(4.2)
        axes = figure.add_subplot()
        axes.plot([0, 100], [0, 100], color="black", linewidth=1, linestyle="--")
        axes.text(42, 44, "as often right as was said", ha="right", fontsize=8.5, style="italic")
        for level in levels:
            share = 100 * level.right / level.answers
            axes.plot([level.confidence] * 2, [100 * level.low, 100 * level.high], color="#0072b2", linewidth=2)
            axes.scatter(level.confidence, share, s=60, color="white", edgecolor="#0072b2", linewidth=2, zorder=3)
            note = {"xytext": (7, -3), "textcoords": "offset points", "fontsize": 8.5}
            axes.annotate(f"{level.right} of {level.answers}", (level.confidence, share), **note)  # type: ignore[arg-type]
        axes.set_xlim(0, 105)
        axes.set_ylim(-3, 103)
        axes.set_xlabel("confidence, %")
        axes.set_ylabel("right, %")
        axes.set_title(title)
    return figure
