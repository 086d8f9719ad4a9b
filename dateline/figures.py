"""Figures: each is drawn from data, and each comes with alt text and a table that say the same."""

import base64
import io
from collections.abc import Sequence
from html import escape
from pathlib import Path

from matplotlib import style
from matplotlib.figure import Figure

from dateline.annotations import load_marks
from dateline.attempts import open_exercise, saved_answer
from dateline.questions import Tag
from dateline.showing import show_both, table_html
from dateline.texts import load_text

STYLE = Path(__file__).with_name("course.mplstyle")
WIDTH = 6.5
"""Inches; with DPI it gives a picture that is read without scaling in a notebook."""
DPI = 110
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
    marks = load_marks(text, "voice")
    worked = {mark.at: mark.labels[0] for mark in marks if not mark.words}
    mine = {at: label for name in exercises for at, label in _answered(name, text).items() if at not in worked}
    lines = [sentence for sentence in load_text(text).sentences if not sentence.at.startswith("HD")]
    voices = {line.at: (worked | mine).get(line.at, "") for line in lines}
    figure = _draw_voices({line.at: len(line.words.split()) for line in lines}, voices)
    rows = [
        [line.at, _voice_name(voices[line.at]), "yours" if line.at in mine else "worked above" if line.at in worked else ""]
        for line in lines
    ]
    show_figure(figure, _voices_said(voices, len(mine)), ("sentence", "voice", "marked by"), rows)


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
        figure = Figure(figsize=(WIDTH, 0.26 * len(words) + 0.9), layout="constrained")
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


def show_figure(figure: Figure, alt: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Display a figure with its alt text, and below it the table behind it, closed."""
    drawn = io.BytesIO()
    with style.context(STYLE):
        figure.savefig(drawn, format="png", dpi=DPI, metadata={"Software": None})
    picture = base64.b64encode(drawn.getvalue()).decode()
    html = (
        f'<figure style="margin: 0">\n<img alt="{escape(alt)}" style="max-width: 100%; height: auto" '
        f'src="data:image/png;base64,{picture}">\n'
        f"<figcaption><details><summary>The same as a table</summary>\n{table_html(head, rows)}\n</details></figcaption>\n</figure>"
    )
    show_both(html, alt)
