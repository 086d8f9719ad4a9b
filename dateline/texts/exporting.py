"""The marks of a text for others: a table, annotations as the W3C has them, and a page that stands alone and prints."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from dateline.html import Markup, html, join, page, table_html
from dateline.texts.correcting import LABELS, standing
from dateline.texts.implied import Beside
from dateline.texts.marks import Annotated
from dateline.texts.text import Text
from dateline.texts.voices import resting, voices

COLUMNS = ("at", "start", "end", "words", "layer", "label", "link", "rule", "state", "sure", "value")
RISKY = ("=", "+", "-", "@", "\t", "\r")
"""Signs at the beginning of a cell that a spreadsheet takes for a formula."""
AROUND = 32
"""Letters before and after a mark that are quoted with it."""
STYLE = """
.at { font: 0.7rem monospace; padding-right: 0.4em; }
.source { text-decoration: underline; } .cue { text-decoration: underline dotted; } .content { text-decoration: underline dashed; }
.quotation { text-decoration: underline double; } .other { text-decoration: underline wavy; }
sup { font: 600 0.65rem system-ui, sans-serif; }
"""


NOTHING = Beside()


def as_csv(text: Text, marks: Sequence[Annotated], stands: Beside = NOTHING) -> str:
    """A row for each mark that stands, in characters of its sentence, then the steps of the chain and the days of the clocks.

    A step has who got it in `words` and from whom in `value`; a day has the words that it stands in, and the day in `value`.
    A formula gets an apostrophe before it.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for mark in standing(marks):
        span = text.find(mark.at, mark.words, mark.nth)
        row = (mark.at, span.start, span.end, mark.words, mark.layer, mark.label, mark.link, mark.rule, mark.state, str(mark.sure).lower())
        writer.writerow(_safe((*row, "")))
    for who, whom, how in stands.chain:
        writer.writerow(_safe(("", "", "", who, "chain", how, "", "", "", "", whom)))
    for dated, what, day in stands.clocks:
        place: tuple[object, ...] = ("", "", "", what)
        if dated:
            found = text.find(dated.at, dated.words, dated.nth)
            place = (dated.at, found.start, found.end, dated.words)
        writer.writerow(_safe((*place, "clock", what, "", "", "", "", day)))
    return "\ufeff" + out.getvalue()


def _safe(row: Iterable[object]) -> list[object]:
    return [f"'{cell}" if isinstance(cell, str) and cell.startswith(RISKY) else cell for cell in row]


def as_web_annotations(text: Text, marks: Sequence[Annotated], stands: Beside = NOTHING) -> str:
    """An annotation page of the W3C's Web Annotation model: each mark by its words, what is around it, and its place in the sentence.

    Each step of the chain is one on the whole text (`linking`), each day of the clocks one on the words that it stands in (`describing`).
    """
    items: list[dict[str, Any]] = []
    for number, mark in enumerate(standing(marks), 1):
        body = [{"type": "TextualBody", "purpose": "tagging", "value": mark.label}]
        if mark.note:
            body.append({"type": "TextualBody", "purpose": "commenting", "value": mark.note})
        item: dict[str, Any] = {
            "id": f"urn:dateline:{text.id}:{number}",
            "type": "Annotation",
            "motivation": "classifying",
            "body": body,
            "target": _target(text, mark),
        }
        if mark.link:
            item["body"].append({"type": "TextualBody", "purpose": "identifying", "value": mark.link})
        items.append(item)
    rest: list[tuple[str, str, Annotated | None]] = [
        ("linking", f"{who} got it from {whom} ({how})", None) for who, whom, how in stands.chain
    ]
    rest += [("describing", f"{what}: {day}", dated) for dated, what, day in stands.clocks]
    for number, (why, said, dated) in enumerate(rest, len(items) + 1):
        items.append(
            {
                "id": f"urn:dateline:{text.id}:{number}",
                "type": "Annotation",
                "motivation": why,
                "body": [{"type": "TextualBody", "purpose": why, "value": said}],
                "target": _target(text, dated),
            }
        )
    whole = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"urn:dateline:{text.id}",
        "type": "AnnotationPage",
        "items": items,
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _target(text: Text, mark: Annotated | None) -> dict[str, Any]:
    """The words of a mark in their sentence, or the whole text."""
    if mark is None:
        return {"source": f"urn:sha256:{text.sha256}"}
    span = text.find(mark.at, mark.words, mark.nth)
    sentence = text[mark.at]
    before, after = sentence[max(0, span.start - AROUND) : span.start], sentence[span.end : span.end + AROUND]
    return {
        "source": f"urn:sha256:{text.sha256}#{mark.at}",
        "selector": [
            {"type": "TextQuoteSelector", "exact": sentence[span.start : span.end], "prefix": before, "suffix": after},
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        ],
    }


def as_page(text: Text, marks: Sequence[Annotated], stands: Beside = NOTHING) -> str:
    """The text with its marks, the voices counted, the chain, the clocks, every mark in a table: a page that stands alone and prints."""
    kept = standing(marks)
    lines = [html('<p><span class="at">{}</span>{}</p>', sentence.at, _marked(text, sentence.at, kept)) for sentence in text.sentences]
    spoken = [(voice.name, str(voice.statements), ", ".join(voice.sentences)) for voice in voices(kept)]
    rest = resting(text, kept)
    said = html(
        "<p>{} sentences hand nothing to anybody, {} rest on one voice alone, {} on several.</p>", rest.nobody, rest.one, rest.several
    )
    rows = [(mark.at, mark.words, mark.label, mark.note) for mark in kept]
    letters = "; ".join(f"{letter} {label}" for label, (_, letter) in LABELS.items())
    body = join(
        [
            html("<h1>{}</h1>", text.header.title),
            html('<p class="quiet">{}. Letters: {}.</p>', text.header.published.isoformat(), letters),
            join(lines),
            Markup("<h2>Who speaks</h2>"),
            table_html(("Voice", "Statements", "In"), spoken),
            said,
            _headed("Chain", ("Who", "Got it from", "How we know"), stands.chain),
            _headed("Clocks", ("At", "Of what", "Day"), [(dated.at if dated else "", what, day) for dated, what, day in stands.clocks]),
            Markup("<h2>Marks</h2>"),
            table_html(("At", "Words", "Label", "Why"), rows),
        ]
    )
    return page(text.header.title, body, STYLE)


def _headed(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Markup:
    """A table under its heading; nothing where there is nothing in it."""
    return join([html("<h2>{}</h2>", title), table_html(head, rows)]) if rows else Markup("")


def _marked(text: Text, at: str, marks: Sequence[Annotated]) -> Markup:
    """A sentence with its marks: underlined in the manner of its kind, with a letter after it, one inside another."""
    words = text[at]
    spans = []
    for mark in marks:
        if mark.at == at and mark.words:
            span = text.find(at, mark.words, mark.nth)
            spans.append((span.start, span.end, mark.label))
    cuts = sorted({0, len(words), *(edge for start, end, _ in spans for edge in (start, end))})
    parts = []
    for start, end in pairwise(cuts):
        covers = [label for a, b, label in spans if a <= start and end <= b]
        ends = [LABELS[label][1] for _, b, label in sorted(spans, key=lambda one: -one[0]) if b == end and label in LABELS]
        classes = " ".join(dict.fromkeys(label if label in ("source", "cue", "content", "quotation") else "other" for label in covers))
        piece = html('<span class="{}">{}</span>', classes, words[start:end]) if covers else html("{}", words[start:end])
        parts.append(piece + (html("<sup>{}</sup>", "".join(ends)) if ends else Markup("")))
    return Markup("").join(parts)
