"""Figures: each is drawn from data, and each comes with alt text and a table that say the same."""

import datetime
from collections.abc import Sequence

import msgspec
from matplotlib import style
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from dateline.answers.attempts import open_exercise, saved_answer
from dateline.evidence.context import Reaction, load_counts, load_events, load_reactions
from dateline.evidence.survey import BIN, phrases
from dateline.faults import fail, load
from dateline.figures.drawing import STYLE, blank, figure_shown, show_figure
from dateline.folders import course_folder
from dateline.html import html, join
from dateline.kinds.cells import Tag
from dateline.learner.before_and_after import said_of_calibration
from dateline.learner.measures import Level, calibration
from dateline.learner.record import judgments, taken
from dateline.live import Shown, show_following
from dateline.texts.marks import load_marks
from dateline.texts.text import load_text

# Okabe-Ito colours, each with a hatch, so that a photocopy still reads.
VOICES = {
    "agency": ("state\nagency", "A", "#0072b2", ""),
    "leader": ("leader\nquoted", "L", "#d55e00", "///"),
    "outlet": ("article\nitself", "O", "#009e73", ".."),
    "official": ("other\nofficial", "F", "#cc79a7", "xx"),
    "unclear": ("unclear", "U", "#ffffff", "\\\\"),
}


def voice_map(text: str, *exercises: str) -> None:
    """Show who speaks in each sentence of a text: the sentences worked in the open, and the learner's own answers to `exercises`."""
    worked = {mark.at: mark.labels[0] for mark in load_marks(text, "voice") if not mark.words}

    def mine() -> dict[str, str]:
        return {at: label for name in exercises for at, label in _answered(name, text).items() if at not in worked}

    show_following(mine, lambda: _voices_shown(text, worked, mine()))


def _voices_shown(text: str, worked: dict[str, str], mine: dict[str, str]) -> Shown:
    lines = [sentence for sentence in load_text(text).sentences if not sentence.at.startswith("HD")]
    voices = {line.at: (worked | mine).get(line.at, "") for line in lines}
    figure = _draw_voices({line.at: len(line.words.split()) for line in lines}, voices)
    rows = [
        [line.at, _voice_name(voices[line.at]), "yours" if line.at in mine else "worked above" if line.at in worked else ""]
        for line in lines
    ]
    return figure_shown(figure, _voices_said(voices, len(mine)), ("sentence", "voice", "marked by"), rows)


def _answered(name: str, text: str) -> dict[str, str]:
    """The learner's labels for sentences of a text, those given among them; nothing for an answer of another form."""
    opened = open_exercise(name)
    value = saved_answer(opened).value
    if not isinstance(opened.question, Tag) or opened.question.text != text:
        return {}
    known = {choice.id for choice in opened.question.choices}
    mine = value if isinstance(value, dict) else {}
    asked = [cell.id for cell in opened.question.cells if not cell.given]
    return opened.question.given | {at: mine[at] for at in asked if mine.get(at) in known}


def _voice_name(voice: str) -> str:
    return VOICES[voice][0].replace("\n", " ") if voice else "not marked yet"


def _voices_said(voices: dict[str, str], mine: int) -> str:
    counts = {voice: sum(found == voice for found in voices.values()) for voice in VOICES}
    said = ", ".join(f"{_voice_name(voice)} {count}" for voice, count in counts.items() if count)
    open_ones = sum(not voice for voice in voices.values())
    return f"Voice map of {len(voices)} lines: {said}; not marked yet {open_ones}. {mine} of the marks are yours."


def _draw_voices(words: dict[str, int], voices: dict[str, str]) -> Figure:
    used = [voice for voice in VOICES if voice in voices.values() or voice in ("agency", "leader", "outlet", "unclear")]
    with style.context(STYLE):
        figure = blank(0.26 * len(words) + 0.9)
        axes = figure.add_subplot()
        longest = max(words.values())
        for row, (at, voice) in enumerate(voices.items()):
            if voice:
                _, letter, colour, hatch = VOICES[voice]
                lane = used.index(voice)
                length = 0.2 + 0.65 * words[at] / longest
                axes.barh(row, length, left=lane, height=0.72, color=colour, hatch=hatch, edgecolor="black", linewidth=0.7)
                axes.text(lane + length + 0.03, row, letter, va="center", fontsize=9, fontweight="bold")
            else:
                axes.plot([0, len(used) - 0.15], [row, row], color="0.6", linewidth=0.8, linestyle=(0, (1, 4)))
        axes.set_yticks(range(len(voices)), list(voices))
        axes.set_xticks([lane + 0.02 for lane in range(len(used))], [VOICES[voice][0] for voice in used], ha="left")
        axes.xaxis.tick_top()
        axes.tick_params(length=0)
        axes.set_xlim(-0.05, len(used))
        axes.invert_yaxis()
        axes.spines[:].set_visible(False)
        marked = [voice for voice in voices.values() if voice]
        own = sum(voice == "outlet" for voice in marked)
        axes.set_title(f"{own} of the {len(marked)} lines marked so far have no speaker but the article itself", pad=12)
        axes.set_xlabel("Longer bar: more words. Dotted: not marked yet.", loc="left", fontsize=9)
    return figure


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
    show_figure(figure, f"Hedge inventory of {len(lines)} lines: {said}.", ("sentence", "words", "kind"), rows)


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
    """Show the reports of one kind on a line of time: visits to munitions factories, from `data/context/events.csv`."""
    visits = [event for event in load_events() if event.id.startswith("visit-")]
    visits += [event for event in load_events() if event.id == "plants-report-2025-12"]
    days = [datetime.date.fromisoformat(event.date) for event in visits]
    months = (days[-1].year - days[0].year) * 12 + days[-1].month - days[0].month
    with style.context(STYLE):
        figure = blank(1.9)
        axes = figure.add_subplot()
        axes.axhline(0, color="black", linewidth=0.8)
        axes.scatter(days, [0] * len(days), s=90, color="white", edgecolor="black", zorder=3)  # type: ignore[arg-type]
        for number, day in enumerate(days):
            above = {"xytext": (0, 16 if number % 2 else -16), "textcoords": "offset points", "ha": "center", "va": "center"}
            axes.annotate(f"{day.day} {day:%b %Y}", (day, 0), fontsize=9, **above)  # type: ignore[arg-type]
        axes.set_ylim(-1, 1)
        axes.margins(x=0.12)
        axes.axis("off")
        axes.set_title(f"{len(days)} such visits were found in {months} months; there may be more")
    rows = [[f"{day.day} {day:%B %Y}", event.what, event.source] for day, event in zip(days, visits, strict=True)]
    said = "; ".join(f"{row[0]}" for row in rows)
    show_figure(figure, f"Line of time with {len(days)} reported visits to munitions factories: {said}.", ("day", "what", "source"), rows)


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
        same = sum(len({row[column] for column in COUNTS}) == 1 for row in rows)
        title = f"Two bodies count tests, each in its own way: they agree in {same} year of {len(rows)}"
        figure.suptitle(title, x=0.01, ha="left", fontsize=11, fontweight="bold")
    told = "; ".join(f"{name}: " + ", ".join(f"{row['year']} {row[column]}" for row in rows) for column, (name, _, _) in COUNTS.items())
    table = [[str(row["year"]), *(str(row[column]) for column in COUNTS)] for row in rows]
    show_figure(figure, f"Bars for each year from {years[0]} to {years[-1]}. {told}.", ("year", "CNS and NTI", "CSIS"), table)


ACTORS = ("South Korea", "Japan", "United States", "China", "Russia", "United Nations", "North Korea")
ABOUT = {
    "test-2025-12": "the missile test\n24 Dec 2025",
    "submarine-report-2025-12": "the submarine\n25 Dec 2025",
    "plants-report-2025-12": "the factories\n26 Dec 2025",
    "ballistic-2026-01": "ballistic missiles\n4 Jan 2026",
}


def reaction_matrix() -> None:
    """Show who was found to react to what, from `data/context/reactions.csv`; an empty cell was not looked for."""
    reactions = load_reactions()
    found = {(row.actor, row.about): row for row in reactions}
    with style.context(STYLE):
        figure = blank(0.5 * len(ACTORS) + 1.1)
        axes = figure.add_subplot()
        for y, actor in enumerate(ACTORS):
            for x, about in enumerate(ABOUT):
                words, face, hatch = _cell(found.get((actor, about)))
                axes.add_patch(Rectangle((x, y), 1, 1, facecolor=face, edgecolor="black", linewidth=0.7, hatch=hatch))
                plain = {"facecolor": face, "edgecolor": "none", "pad": 1}
                axes.text(x + 0.5, y + 0.5, words, ha="center", va="center", fontsize=7.5, bbox=plain)
        axes.set_xlim(0, len(ABOUT))
        axes.set_ylim(len(ACTORS), 0)
        axes.set_xticks([x + 0.5 for x in range(len(ABOUT))], list(ABOUT.values()), fontsize=8.5)
        axes.set_yticks([y + 0.5 for y in range(len(ACTORS))], list(ACTORS))
        axes.xaxis.tick_top()
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
        asked = [row for row in reactions if row.about in ABOUT and row.actor != "North Korea"]
        silent = sum(row.status == "none found" for row in asked)
        axes.set_title(f"{len(asked) - silent} reactions of others, and {silent} silences that were looked for", pad=14)
    rows = [
        [row.actor, ABOUT[row.about].replace("\n", ", "), row.act, row.date or f"by {row.as_of}", row.source]
        for row in reactions
        if row.about in ABOUT
    ]
    told = "; ".join(f"{actor} on {about}: {act}" for actor, about, act, _, _ in rows)
    show_figure(figure, f"Matrix of seven actors and four occasions. {told}.", ("actor", "about", "act", "date", "source"), rows)


def _cell(row: Reaction | None) -> tuple[str, str, str]:
    """Words, colour and hatch of a cell; a silence that was looked for is not the same as a cell that was not."""
    if row is None:
        return "", "white", ""
    if row.status == "none found":
        return f"none found\nby {row.as_of}", "0.92", ".."
    return f"{row.act}\n{row.date}", "#cfe8f5", ""


# ---- how well confidence fits ----------------------------------------------------------------------------------------


def calibration_plot() -> None:
    """Show how often each confidence was right, over all lessons and tests, with how far chance alone could go."""
    show_following(lambda: judgments(taken()), _calibration_shown)


def _calibration_shown() -> Shown:
    line, rows = said_of_calibration(taken())
    if not rows:
        return Shown(html("<p>{}</p>", line), line)
    levels = calibration(judgments(taken()))
    answers = sum(level.answers for level in levels)
    figure = calibration_figure(levels, f"{answers} answers; the bars are what chance alone could give")
    told = "; ".join(f"at {level.confidence} %, {level.right} of {level.answers} right" for level in levels)
    drawn = figure_shown(figure, f"Calibration. {told}.", ("you said", "answers", "right", "chance alone could give"), rows)
    return Shown(join([drawn.html, html("<p>{}</p>", line)]), f"{drawn.plain} {line}")


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
