"""Words marked in a text, each with a label: label-aware IoU.

A marked span meets a key span if their intersection over union is at least one half. Meeting it earns half, the right label the other
half. A mark that meets none costs half a span, so that marking everything is no way to score.
"""

from itertools import pairwise
from typing import Any

from dateline.evidence.misconceptions import misconceptions
from dateline.kinds.cells import not_a_choice
from dateline.kinds.questions import Mark, MarkedSpan, MarkKey
from dateline.kinds.results import Mark as Given
from dateline.kinds.results import Note, Result, result_of, short, sign_of
from dateline.texts.text import Span, load_text

ENOUGH = 0.5
"""The least intersection over union that counts as the same span."""
FALSE_ALARM = -0.5
MOST = 200
"""Marks in one answer."""
FIELDS = {"at", "start", "end", "label"}


def invalid(question: Mark, answer: Any) -> str:
    """What is wrong with the form of an answer."""
    form = f'{{"at": "p1.s1", "start": 0, "end": 5, "label": "{question.choices[0].id}"}}'
    if not isinstance(answer, list) or len(answer) > MOST:
        return f"Write a list of marks such as {form}, or [] if there is nothing to mark"
    shown = {sentence.at: len(sentence.words) for sentence in load_text(question.text).select(question.show)}
    for mark in answer:
        if not isinstance(mark, dict) or set(mark) != FIELDS:
            return f"A mark is written {form}"
        if not isinstance(mark["at"], str) or mark["at"] not in shown:
            return f"{short(mark['at'])} is not shown here; the sentences are {', '.join(shown)}"
        problem = _out_of_place(mark, shown[mark["at"]]) or not_a_choice(question.choices, mark["label"])
        if problem:
            return f"{mark['at']}: {problem}"
    return _overlapping(answer)


def _out_of_place(mark: dict[str, Any], length: int) -> str:
    ends = (mark["start"], mark["end"])
    if any(isinstance(end, bool) or not isinstance(end, int) for end in ends):
        return "start and end are whole numbers"
    return "" if 0 <= ends[0] < ends[1] <= length else f"the mark from {short(ends[0])} to {short(ends[1])} is not inside 0 to {length}"


def _overlapping(answer: list[dict[str, Any]]) -> str:
    ordered = sorted((mark["at"], mark["start"], mark["end"]) for mark in answer)
    for (at, _, end), (next_at, start, _) in pairwise(ordered):
        if at == next_at and start < end:
            return f"{at}: two marks overlap; take one away"
    return ""


def grade(question: Mark, key: MarkKey, answer: list[dict[str, Any]]) -> Result:
    """The credit of every key span, less the false alarms, over the number of spans that count."""
    text = load_text(question.text)
    spans = [text.find(span.at, span.words, span.nth) for span in key.span]
    met: dict[int, dict[str, Any]] = {}
    alarms = []
    for mark in answer:
        best = max(range(len(spans)), key=lambda i: iou(spans[i], mark), default=-1)
        if best < 0 or iou(spans[best], mark) < ENOUGH or best in met:
            alarms.append(Given("", mark, FALSE_ALARM))
        else:
            met[best] = mark
    wanted = [i for i, span in enumerate(key.span) if not span.optional]
    asked = key.enough or len(wanted)
    missed = [i for i in wanted if i not in met][: max(0, asked - sum(i in met for i in wanted))]
    hits = tuple(Given(str(i), met.get(i), _credit(key.span[i], met.get(i))) for i in sorted({*met, *missed}))
    return result_of(hits + tuple(alarms), asked)


def iou(span: Span, mark: dict[str, Any]) -> float:
    """Intersection over union of two spans in characters; 0 in different sentences (Jaccard index)."""
    if span.at != mark["at"]:
        return 0.0
    both: int = min(span.end, mark["end"]) - max(span.start, mark["start"])
    length: int = mark["end"] - mark["start"]
    return max(0, both) / (span.end - span.start + length - max(0, both))


def _credit(span: MarkedSpan, mark: dict[str, Any] | None) -> float:
    if mark is None or span.optional:
        return 0.0
    return 1.0 if mark["label"] in span.right else 0.5


def notes(question: Mark, key: MarkKey, result: Result) -> tuple[Note, ...]:
    """The reason for each mark; for spans that were not marked only how many and where."""
    labels = {choice.id: choice.text for choice in question.choices}
    text = load_text(question.text)
    said = []
    missed: list[str] = []
    for mark in result.marks:
        if mark.chosen is None:
            missed.append(key.span[int(mark.item)].at)
        elif mark.item:
            span = key.span[int(mark.item)]
            label = mark.chosen["label"]
            slip = misconceptions().get(span.misconception.get(label, ""), {})
            sign = sign_of(mark.credit) if not span.optional else "none"
            said.append(Note(span.at, sign, labels[label], span.why[label], span.words, slip.get("name", ""), slip.get("better", "")))
        else:
            at = mark.chosen["at"]
            words = text[at][mark.chosen["start"] : mark.chosen["end"]]
            said.append(Note(at, "not", labels[mark.chosen["label"]], key.fine[at], words))
    if missed:
        said.append(Note("", "none", "", f"There is more to mark in {', '.join(dict.fromkeys(missed))}."))
    return tuple(said)


def solved(question: Mark, key: MarkKey) -> Any:
    """Every span that counts, with its first accepted label."""
    text = load_text(question.text)
    found = [(text.find(span.at, span.words, span.nth), span.right[0]) for span in key.span if not span.optional]
    return [{"at": span.at, "start": span.start, "end": span.end, "label": label} for span, label in found]
