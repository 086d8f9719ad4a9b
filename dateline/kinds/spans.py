"""Words marked in a text, each with a label: label-aware IoU.

A marked span meets a key span if their intersection over union is at least one half; where the key names a core, if it covers the core
and stays within the limit. Meeting it earns half, the right label the other half. A mark that meets none costs half a span, so that
marking everything is no way to score.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

import msgspec
from markupsafe import Markup

from dateline.evidence.misconceptions import Belief
from dateline.html import emphasised, html
from dateline.kinds import fit
from dateline.kinds.base import Choices, Chosen, Fault, Kind, Question, Right, Told, Trial, View, Whole, as_plain, note_of
from dateline.kinds.cells import not_a_choice
from dateline.kinds.paper import passage_html
from dateline.kinds.results import Note, Part, Picture, Result, Sign, result_of, short, sign_of
from dateline.texts.text import ALIKE, Span, Text
from dateline.wording import counted, ended

SAME = 0.5
"""The least intersection over union that counts as the same span."""
FALSE_ALARM = -0.5
MOST = 200
"""Marks in one answer."""
FIELDS = {"at", "start", "end", "label"}
WORD = re.compile(r"\S+")
BARE = re.compile(r"\w.*\w|\w")
"""A mark without what hangs on either end of it and does not count: commas, quotation marks, the full stop."""


class Mark(Question, tag="mark", frozen=True, kw_only=True):
    """Words to mark in the sentences shown, each with a label.

    Its answer is a list of `{at, start, end, label}`, offsets in code points; an empty list says that there is nothing to mark. With
    `two_labels`, marks with different labels may overlap, so that words can have both.
    """

    choices: Choices
    two_labels: bool = False

    @cached_property
    def lengths(self) -> dict[str, int]:
        """How many letters every sentence has that is shown, by address."""
        return {sentence.at: len(sentence.words) for sentence in self.text.lines(self.show)}


class MarkedSpan(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words that should be marked, with the labels accepted. An `optional` one neither earns nor costs.

    `why` has a reason for every label. `also` are other words of the sentence that will do as well. Where the length of a mark is a
    matter of taste, `core` are the words among `words` that it has to cover, and `within` those that it may not leave (else `words`).
    """

    at: str
    words: str
    nth: int | None = None
    also: tuple[str, ...] = ()
    core: str = ""
    within: str = ""
    right: Right
    why: dict[str, str]
    optional: bool = False
    misconception: dict[str, Belief] = {}


class MarkKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """The spans to mark, and for every sentence shown the reason why its other words are `fine` as they are.

    On a whole text, `rest` is that reason for the sentences without one of their own, `mixed` names a table of `data/mixed-up.toml`
    with the reasons why one label is not another, and `enough` is how many spans full marks ask for.
    """

    fine: dict[str, str]
    teach: str
    next: str
    span: tuple[MarkedSpan, ...] = ()
    rest: str = ""
    mixed: str = ""
    enough: Whole = 0

    @cached_property
    def placed(self) -> dict[str, dict[str, list[tuple[int, "_Place"]]]]:
        """Where the spans stand in a text (by its `sha256`), by sentence: found once, as a class is graded by one key."""
        return {}


class MarkKind(Kind[Mark, MarkKey]):
    """A mark that shares at least half of all its and the key's words meets them: ½, and ½ more for the right label.

    Where the key names a core and a limit, it has to cover the one and stay within the other. What meets nothing costs ½. A second
    label that is right for the same words neither earns nor costs.
    """

    empty_list_is_an_answer = True

    def answer_form(self, question: Mark) -> str:
        return f'[{{"at": "p1.s1", "start": 0, "end": 5, "label": "{question.choices[0].id}"}}]'

    def invalid(self, question: Mark, answer: Any) -> str:
        form = self.answer_form(question)
        if not isinstance(answer, list) or len(answer) > MOST:
            return f"Write a list of marks such as {form}, or [] if there is nothing to mark"
        shown = question.lengths
        for mark in answer:
            if not isinstance(mark, dict) or set(mark) != FIELDS:
                return f"A mark is written {form[1:-1]}"
            if not isinstance(mark["at"], str) or mark["at"] not in shown:
                return f"{short(mark['at'])} is not shown here; the sentences are {', '.join(shown)}"
            problem = _out_of_place(mark, shown[mark["at"]]) or not_a_choice(question.choices, mark["label"])
            if problem:
                return f"{mark['at']}: {problem}"
        return _overlapping(answer, question.two_labels)

    def said(self, question: Mark, answer: Any) -> str:
        labels = {choice.id: choice.text for choice in question.choices}
        marks = sorted(answer, key=lambda mark: (mark["at"], mark["start"]))
        words = (f"“{question.text.whole[mark['at']][mark['start'] : mark['end']]}” ({labels[mark['label']]})" for mark in marks)
        return ", ".join(words) or "nothing to mark"

    def grade(self, question: Mark, key: MarkKey, answer: Any) -> Result:
        """The credit of the key's spans, as many as count, less the false alarms, over their number."""
        fits = [_fits(question.text.whole, key, mark) for mark in answer]
        met: dict[int, dict[str, Any]] = {}
        seconds, alarms = [], []
        for mark, fit_of in sorted(zip(answer, fits, strict=True), key=lambda one: not _labelled(key, *one)):
            free = {i: how_well for i, how_well in fit_of.items() if i not in met}
            if free:
                met[max(free, key=lambda i: (mark["label"] in key.span[i].right, free[i]))] = mark
            elif second := [i for i in fit_of if mark["label"] in key.span[i].right and mark["label"] != met[i]["label"]]:
                seconds.append(Part(str(second[0]), mark, 0.0, optional=True))
            else:
                alarms.append(Part("", mark, FALSE_ALARM))
        wanted = [i for i, span in enumerate(key.span) if not span.optional]
        asked = key.enough or len(wanted)
        missed = [i for i in wanted if i not in met][: max(0, asked - sum(i in met for i in wanted))]
        hits = tuple(Part(str(i), met.get(i), _credit(key.span[i], met.get(i)), key.span[i].optional) for i in sorted({*met, *missed}))
        return result_of((*hits, *seconds, *sorted(alarms, key=lambda part: answer.index(part.chosen))), asked)

    def notes(self, question: Mark, key: MarkKey, result: Result) -> tuple[Note, ...]:
        """The reason for each mark; for spans that were not marked only where there is more."""
        labels = {choice.id: choice.text for choice in question.choices}
        said, missed = [], []
        for part in result.parts:
            if part.chosen is None:
                missed.append(key.span[int(part.item)].at)
            else:
                said.append(_note(question, key, part, labels[part.chosen["label"]]))
        if missed:
            said.append(Note("", "none", "", f"There is more to mark in {', '.join(dict.fromkeys(missed))}."))
        return tuple(said)

    def signs(self, question: Mark, key: MarkKey, result: Result) -> list[Sign]:
        signs = [_sign(key, part) for part in result.parts if part.chosen is not None]
        return signs if len(signs) == len(result.parts) else [*signs, "none"]

    def solved(self, question: Mark, key: MarkKey) -> Any:
        found = zip(_placed(question.text.whole, key), key.span, strict=True)
        return [{"at": at.at, "start": at.start, "end": at.end, "label": one.right[0]} for at, one in found if not one.optional]

    def extras(self, key: MarkKey, answer: Any) -> tuple[tuple[str, ...], Picture | None]:
        return (), None

    def view(self, question: Mark) -> View:
        """Sentences as words with their offsets in code points, so that the browser never counts characters itself."""
        sentences = [
            {"at": line.at, "words": [(found.start(), found.end(), found[0]) for found in WORD.finditer(line.words)]}
            for line in question.text.lines(question.show)
        ]
        labels = as_plain(question.choices, "id", "text", "letter")
        more = {"two": True} if question.two_labels else {}
        return {"choices": labels, "sentences": sentences, "passage": [], **more}

    def printed(self, spec: View, answer: Any) -> Markup:
        labels = "; ".join(f"{choice['letter']} {choice['text']}".strip() for choice in spec["choices"])
        lines = [{"at": sentence["at"], "words": " ".join(word for _, _, word in sentence["words"])} for sentence in spec["sentences"]]
        marked = "; ".join(_marked(spec, mark) for mark in answer or [])
        found = html("<p>Marked: {}</p>", marked) if marked else html("<p>☐ Nothing to mark.</p>")
        asked = html("<p>Underline the words and write the letter of a label beside each: {}</p>", emphasised(ended(labels)))
        return html("{}\n{}\n{}", passage_html(lines), asked, found)

    def question_faults(self, question: Mark) -> Iterator[Fault]:
        yield from fit.shown(question)
        if not question.show or not question.text:
            yield Fault(("show",), "no sentences are shown to mark words in", 'Name a text, and sentences of it: show = ["p1"]')

    def faults(self, question: Mark, key: MarkKey) -> Iterator[Fault]:
        labels = [choice.id for choice in question.choices]
        shown = [sentence.at for sentence in question.text.lines(question.show)]
        for name in [at for at in shown if at not in key.fine]:
            yield Fault(("fine",), f"there is no reason why the other words of {name} are fine", f'Add to fine: "{name}" = ')
        for name in key.fine:
            yield from fit.known([name], shown, "a sentence that is shown", ("fine", name))
        for number, span in enumerate(key.span):
            where = ("span", number)
            yield from fit.known([span.at], shown, "a sentence that is shown", (*where, "at"))
            if span.at in shown:
                yield from fit.words_in(question.text, span.at, span.words, span.nth, (*where, "words"))
                for words in (*span.also, span.within):
                    yield from fit.words_in(question.text, span.at, words, None, where)
                if not _inside(span.core, span.words) or not _inside(span.words, span.within or span.words):
                    yield Fault((*where, "core"), "the core is not in the words, or the words not within the limit", "Copy them anew")
            yield from fit.reasons(span.why, labels, where)
            yield from fit.known(span.right, labels, "a label", (*where, "right"))
            yield from fit.known(span.misconception, labels, "a label", (*where, "misconception"))
        wanted = sum(not span.optional for span in key.span)
        if key.enough > wanted:
            yield Fault(("enough",), f"enough asks for {counted(key.enough, 'mark')} and {wanted} can count", "Lower enough")

    def giveaways(self, question: Mark, key: MarkKey) -> Iterable[str]:
        return [f"“{span.words}”" for span in key.span]

    def may_be_open(self, key: MarkKey) -> Iterable[str]:
        yield from (*key.fine, key.mixed)
        for span in key.span:
            yield from (span.at, span.words, *span.also, span.core, span.within, *span.right, *span.misconception, *span.why)

    def counts(self, key: MarkKey) -> bool:
        return True

    def is_fixed(self, question: Mark, key: MarkKey) -> bool:
        return False

    def beliefs(self, key: MarkKey, result: Result) -> set[Belief]:
        slips = (key.span[int(part.item)].misconception.get(part.chosen["label"]) for part in result.parts if part.item and part.chosen)
        return {slip for slip in slips if slip}

    def can_show(self, key: MarkKey) -> set[Belief]:
        return {slip for span in key.span for slip in span.misconception.values()}

    def trials(self, question: Mark, key: MarkKey, result: Result) -> Iterator[Trial]:
        return iter(())

    def chosen(self, question: Mark, key: MarkKey, result: Result) -> Iterator[Chosen]:
        """The label given to each key span, and for false alarms the sentence that they stand in."""
        labels = {choice.id: choice.text for choice in question.choices}
        for part in (part for part in result.parts if part.chosen):
            label = part.chosen["label"]
            if part.item:
                span = key.span[int(part.item)]
                if not span.optional and part.credit:
                    yield Chosen(part.item, f"{span.at} “{span.words}”", label, labels[label], part.credit, span.why[label])
            else:
                at = part.chosen["at"]
                yield Chosen(at, f"{at}, other words", label, labels[label], part.credit, key.fine[at])

    def told(self, question: Mark, key: MarkKey) -> Iterator[Told]:
        labels = {choice.id: choice.text for choice in question.choices}
        for span in key.span:
            sign = "neither" if span.optional else "right"
            yield Told((span.at, f"“{span.words}”", " or ".join(labels[name] for name in span.right)), sign, span.why[span.right[0]])
        for at, why in key.fine.items():
            yield Told((at,), "fine", why)


def iou(span: Span, mark: dict[str, Any]) -> float:
    """Intersection over union of two spans in characters; 0 in different sentences (Jaccard index)."""
    if span.at != mark["at"]:
        return 0.0
    both: int = min(span.end, mark["end"]) - max(span.start, mark["start"])
    length: int = mark["end"] - mark["start"]
    return max(0, both) / (span.end - span.start + length - max(0, both))


class _Place(NamedTuple):
    """Where a key span stands: its words, other words that will do, and the core and the limit if it has a core."""

    ways: tuple[Span, ...]
    core: Span | None
    within: Span


def _place(text: Text, span: MarkedSpan) -> _Place:
    words = text.find(span.at, span.words, span.nth)
    core = None
    if span.core:
        start = words.start + span.words.translate(ALIKE).index(span.core.translate(ALIKE))
        core = Span(span.at, start, start + len(span.core))
    within = text.find(span.at, span.within) if span.within else words
    return _Place((words, *(text.find(span.at, other) for other in span.also)), core, within)


def _places(text: Text, key: MarkKey) -> dict[str, list[tuple[int, _Place]]]:
    """The key spans with their numbers, by sentence."""
    if text.sha256 not in key.placed:
        here = key.placed.setdefault(text.sha256, {})
        for i, span in enumerate(key.span):
            here.setdefault(span.at, []).append((i, _place(text, span)))
    return key.placed[text.sha256]


def _inside(words: str, others: str) -> bool:
    return words.translate(ALIKE) in others.translate(ALIKE)


def _fits(text: Text, key: MarkKey, mark: dict[str, Any]) -> dict[int, float]:
    """The key spans that a mark meets, and how well (intersection over union), the best first."""
    bare = _bare(text, mark)
    found = {}
    for i, place in _places(text, key).get(mark["at"], ()):
        best = max([iou(way, mark) for way in place.ways])
        if best >= SAME if place.core is None else _holds(bare, place.core) and _holds(place.within, bare):
            found[i] = best
    return dict(sorted(found.items(), key=lambda one: -one[1]))


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _bare(text: Text, mark: dict[str, Any]) -> Span:
    """A mark without what hangs on its ends."""
    words = text[mark["at"]][mark["start"] : mark["end"]]
    found = BARE.search(words)
    start, end = found.span() if found else (0, len(words))
    return Span(mark["at"], mark["start"] + start, mark["start"] + end)


def _labelled(key: MarkKey, mark: dict[str, Any], fit_of: dict[int, float]) -> bool:
    """Whether the label of a mark is right for a span that it meets."""
    return any(mark["label"] in key.span[i].right for i in fit_of)


def _placed(text: Text, key: MarkKey) -> list[Span]:
    return [_place(text, span).ways[0] for span in key.span]


def _credit(span: MarkedSpan, mark: dict[str, Any] | None) -> float:
    if mark is None or span.optional:
        return 0.0
    return 1.0 if mark["label"] in span.right else 0.5


def _note(question: Mark, key: MarkKey, part: Part, label: str) -> Note:
    mark = part.chosen
    item = f"{mark['at']}:{mark['start']}-{mark['end']}"
    if not part.item:
        words = question.text.whole[mark["at"]][mark["start"] : mark["end"]]
        return Note(mark["at"], "not", label, key.fine[mark["at"]], words, item=item)
    span = key.span[int(part.item)]
    note = note_of(span.at, part.credit, label, span.why[mark["label"]], span.words, span.misconception.get(mark["label"]), item)
    return msgspec.structs.replace(note, sign=_sign(key, part))


def _sign(key: MarkKey, part: Part) -> Sign:
    if not part.item:
        return "not"
    return sign_of(part.credit) if part.credit and not key.span[int(part.item)].optional else "none"


def _marked(spec: View, mark: dict[str, Any]) -> str:
    """A mark in words, from what the card shows: the sentence, the words marked, the label."""
    [words] = [sentence["words"] for sentence in spec["sentences"] if sentence["at"] == mark["at"]]
    first, last = mark["start"], mark["end"]
    inside = " ".join(word[max(0, first - start) : last - start] for start, end, word in words if start < last and first < end)
    label = next(choice["text"] for choice in spec["choices"] if choice["id"] == mark["label"])
    return f"{mark['at']} “{inside}”: {label}"


def _out_of_place(mark: dict[str, Any], length: int) -> str:
    ends = (mark["start"], mark["end"])
    if any(isinstance(end, bool) or not isinstance(end, int) for end in ends):
        return "start and end are whole numbers"
    return "" if 0 <= ends[0] < ends[1] <= length else f"the mark from {short(ends[0])} to {short(ends[1])} is not inside 0 to {length}"


def _overlapping(answer: list[dict[str, Any]], two_labels: bool) -> str:
    ordered = sorted((mark["label"] if two_labels else "", mark["at"], mark["start"], mark["end"]) for mark in answer)
    for (label, at, _, end), (next_label, next_at, start, _) in pairwise(ordered):
        if (label, at) == (next_label, next_at) and start < end:
            return f"{at}: two marks {'with one label ' * two_labels}overlap; take one away"
    return ""


def with_shared_reasons(question: Mark, key: MarkKey, shared: dict[str, dict[str, str]]) -> MarkKey:
    """A key with the reasons that many spans share, by label, and the reason for every sentence without one of its own."""
    spans = tuple(msgspec.structs.replace(span, why=shared.get(span.right[0], {}) | span.why) for span in key.span)
    rest = {sentence.at: key.rest for sentence in question.text.lines(question.show)} if key.rest else {}
    return msgspec.structs.replace(key, span=spans, fine=rest | key.fine)
