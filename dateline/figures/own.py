"""Figures that follow a reader's own answers: who speaks in a text, and how well confidence fits."""

from collections.abc import Sequence

from dateline.answers.attempts import open_exercise, saved_answer
from dateline.figures.svg import WIDTH, bar, dot, drawing, figure_shown, line, words
from dateline.html import Markup, html, join
from dateline.kinds.cells import Tag
from dateline.learner.before_and_after import said_of_calibration
from dateline.learner.measures import Level, calibration
from dateline.learner.record import judgments, stems, taken
from dateline.live import Shown, show_following
from dateline.texts.marks import load_marks
from dateline.texts.text import load_text
from dateline.wording import NO_KEYS, counted

VOICES = {
    "agency": (("state", "agency"), "A"),
    "leader": (("leader", "quoted"), "L"),
    "outlet": (("article", "itself"), "O"),
    "official": (("other", "official"), "F"),
    "unclear": (("unclear",), "U"),
}
"""The lanes of the voice map: what stands above each, and the letter at the end of its bars."""
ALWAYS = ("agency", "leader", "outlet", "unclear")
READ = "Full bars are yours, outlines were worked above, dotted lines are not marked yet. A longer bar has more words."
LEFT = 52
ROW = 19
TOP = 42


# ---- who speaks ------------------------------------------------------------------------------------------------------


def voice_map(text: str, *exercises: str) -> None:
    """Show who speaks in each sentence of a text: the sentences worked in the open, and the learner's own answers to `exercises`."""
    worked = {mark.at: mark.labels[0] for mark in load_marks(text, "voice") if not mark.words}
    worked |= {at: label for name in exercises for at, label in _given(name, text).items()}

    def mine() -> dict[str, str]:
        return {at: label for name in exercises for at, label in _answered(name, text).items() if at not in worked}

    show_following(mine, lambda: voices_shown(text, worked, mine()))


def voices_shown(text: str, worked: dict[str, str], mine: dict[str, str]) -> Shown:
    """The map of a text from the voice of each sentence by address: those `worked` in the open, and the reader's own."""
    lines = {sentence.at: len(sentence.words.split()) for sentence in load_text(text).sentences if not sentence.at.startswith("HD")}
    voices = {at: (worked | mine).get(at, "") for at in lines}
    rows = [[at, _voice_name(voices[at]), "yours" if at in mine else "worked above" if at in worked else ""] for at in lines]
    marked = [voice for voice in voices.values() if voice]
    own = sum(voice == "outlet" for voice in marked)
    title = f"{own} of the {counted(len(marked), 'line')} marked so far {'has' if own == 1 else 'have'} no speaker but the article itself"
    alt = _voices_said(voices, len(mine))
    return figure_shown(title, _voices_drawn(lines, voices, set(mine), alt), alt, ("sentence", "voice", "marked by"), rows, READ)


def _answered(name: str, text: str) -> dict[str, str]:
    """The learner's labels for sentences of a text; nothing for an answer of another form."""
    opened = open_exercise(name)
    value = saved_answer(opened).value
    if not isinstance(opened.question, Tag) or opened.question.text != text:
        return {}
    known = {choice.id for choice in opened.question.choices}
    mine = value if isinstance(value, dict) else {}
    asked = [cell.id for cell in opened.question.cells if not cell.given]
    return {at: mine[at] for at in asked if mine.get(at) in known}


def _given(name: str, text: str) -> dict[str, str]:
    """The labels that an exercise has filled in for sentences of a text."""
    question = open_exercise(name).question
    return question.given if isinstance(question, Tag) and question.text == text else {}


def _voice_name(voice: str) -> str:
    return " ".join(VOICES[voice][0]) if voice else "not marked yet"


def _voices_said(voices: dict[str, str], mine: int) -> str:
    counts = {voice: sum(found == voice for found in voices.values()) for voice in VOICES}
    said = ", ".join(f"{_voice_name(voice)} {count}" for voice, count in counts.items() if count)
    open_ones = sum(not voice for voice in voices.values())
    yours = f"{mine} of the marks {'is' if mine == 1 else 'are'} yours"
    return f"Voice map of {counted(len(voices), 'line')}: {said}; not marked yet {open_ones}. {yours}."


def _voices_drawn(lengths: dict[str, int], voices: dict[str, str], mine: set[str], alt: str) -> Markup:
    used = [voice for voice in VOICES if voice in voices.values() or voice in ALWAYS]
    lane, longest = (WIDTH - LEFT) / len(used), max(lengths.values())
    parts = [
        words(LEFT + lane * column, 13 + 15 * row, said, size=12)
        for column, voice in enumerate(used)
        for row, said in enumerate(VOICES[voice][0])
    ]
    for number, (at, voice) in enumerate(voices.items()):
        y = TOP + ROW * number
        parts.append(words(LEFT - 8, y + 10, at, size=12, at="end"))
        if not voice:
            parts.append(line((LEFT, y + 6), (WIDTH, y + 6), dash="1 5"))
            continue
        x, length = LEFT + lane * used.index(voice), lane * (0.15 + 0.55 * lengths[at] / longest)
        parts += [bar(x, y, length, 12, filled=at in mine), words(x + length + 4, y + 11, VOICES[voice][1], size=12, heavy=True)]
    return drawing(TOP + ROW * len(voices), alt, parts)


# ---- how well confidence fits ----------------------------------------------------------------------------------------

SQUARE = (46, 26, 330)
"""Where the square of the calibration begins from the left and from the top, and how long its sides are."""
FLOOR = 0.08
"""A bar that begins lower than this has its counts above it, because below it stands the scale."""


def calibration_plot() -> None:
    """Show how often each confidence was right, over all lessons and tests, with how far chance alone could go."""
    show_following(lambda: judgments(taken()), calibration_shown)


def calibration_shown() -> Shown:
    """The calibration as it stands, or how many answers are missing before there is one."""
    said, rows = said_of_calibration(taken())
    said = said if any(stem.keys for stem in stems()) else NO_KEYS
    if not rows:
        return Shown(html("<p>{}</p>", said), said)
    levels = calibration(judgments(taken()))
    answers = sum(level.answers for level in levels)
    told = "; ".join(f"at {level.confidence} %, {level.right} of {level.answers} right" for level in levels)
    alt = f"Calibration. {told}."
    title = f"{counted(answers, 'answer')}; the bars are what chance alone could give"
    shown = figure_shown(title, calibration_drawn(levels, alt), alt, ("you said", "answers", "right", "chance alone could give"), rows)
    return Shown(join([shown.html, html("<p>{}</p>", said)]), f"{shown.plain} {said}")


def calibration_drawn(levels: Sequence[Level], alt: str) -> Markup:
    """How often each confidence was right, with 95 % intervals; on the dashed line it fits."""
    left, top, side = SQUARE

    def place(confidence: float, share: float) -> tuple[float, float]:
        return left + side * confidence / 100, top + side * (1 - share)

    parts = [line(place(0, 0), place(100, 0)), line(place(0, 0), place(0, 1)), line(place(0, 0), place(100, 1), dash="5 4")]
    for percent in range(0, 101, 25):
        x, y = place(percent, percent / 100)
        parts += [
            words(x, top + side + 17, f"{percent} %", size=12, at="middle"),
            words(left - 6, y + 4, f"{percent} %", size=12, at="end"),
        ]
    # What the axes and the dashed line mean stands outside the square, where no bar can be.
    parts.append(words(left + side, top + side + 52, "on the dashed line: as often right as was said", size=12, at="end", slanted=True))
    parts.append(words(left + side, top + side + 36, "how sure you said you were", size=12, at="end"))
    parts.append(words(0, top - 12, "how often it was right", size=12))
    for level in levels:
        x, y = place(level.confidence, level.right / level.answers)
        parts.append(line(place(level.confidence, level.low), place(level.confidence, level.high), width=2))
        parts.append(dot(x, y, 5.5, filled=True))
        beside = place(0, level.low)[1] + 14 if level.low > FLOOR else place(0, level.high)[1] - 6
        parts.append(words(x, beside, f"{level.right} of {level.answers}", size=11, at="middle"))
    return drawing(top + side + 60, alt, parts)
