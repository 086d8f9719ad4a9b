"""The marks of a text for others: a table, annotations as the W3C has them, and a page that stands alone and prints."""

import csv
import io
import json
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from dateline.html import Markup, html, join, page, table_html
from dateline.texts.correcting import LABELS, standing
from dateline.texts.marks import Annotated
from dateline.texts.text import Text
from dateline.texts.voices import resting, voices

COLUMNS = ("at", "start", "end", "words", "layer", "label", "link", "rule", "state", "sure")
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


def as_csv(text: Text, marks: Sequence[Annotated]) -> str:
    """A row for each mark that stands, in characters of its sentence; a formula gets an apostrophe before it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for mark in standing(marks):
        span = text.find(mark.at, mark.words, mark.nth)
        row = (mark.at, span.start, span.end, mark.words, mark.layer, mark.label, mark.link, mark.rule, mark.state, str(mark.sure).lower())
        writer.writerow([f"'{cell}" if isinstance(cell, str) and cell.startswith(RISKY) else cell for cell in row])
    return "\ufeff" + out.getvalue()


def as_web_annotations(text: Text, marks: Sequence[Annotated]) -> str:
    """An annotation page of the W3C's Web Annotation model: each mark by its words, what is around it, and its place in the sentence."""
    items: list[dict[str, Any]] = []
    for number, mark in enumerate(standing(marks), 1):
        span = text.find(mark.at, mark.words, mark.nth)
        sentence = text[mark.at]
        before, after = sentence[max(0, span.start - AROUND) : span.start], sentence[span.end : span.end + AROUND]
        body = [{"type": "TextualBody", "purpose": "tagging", "value": mark.label}]
        if mark.note:
            body.append({"type": "TextualBody", "purpose": "commenting", "value": mark.note})
        item: dict[str, Any] = {
            "id": f"urn:dateline:{text.id}:{number}",
            "type": "Annotation",
            "motivation": "classifying",
            "body": body,
            "target": {
                "source": f"urn:sha256:{text.sha256}#{mark.at}",
                "selector": [
                    {"type": "TextQuoteSelector", "exact": sentence[span.start : span.end], "prefix": before, "suffix": after},
                    {"type": "TextPositionSelector", "start": span.start, "end": span.end},
                ],
            },
        }
        if mark.link:
            item["body"].append({"type": "TextualBody", "purpose": "identifying", "value": mark.link})
        items.append(item)
    whole = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"urn:dateline:{text.id}",
        "type": "AnnotationPage",
        "items": items,
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def as_page(text: Text, marks: Sequence[Annotated]) -> str:
    """The text with its marks, the voices counted, and every mark in a table: a page that needs nothing beside it, and prints."""
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
            Markup("<h2>Marks</h2>"),
            table_html(("At", "Words", "Label", "Why"), rows),
        ]
    )
    return page(text.header.title, body, STYLE)


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
