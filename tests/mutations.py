"""Typical answers made from a key: right, alternatively right, half right, and wrong in every way it has a reason for."""

from collections.abc import Iterator
from typing import Any

from dateline.kinds import solved
from dateline.kinds.base import Key
from dateline.kinds.cells import CellsKey, ChooseKey
from dateline.kinds.chain import SPARE, ChainKey
from dateline.kinds.desk import DeskKey
from dateline.kinds.many import ManyKey
from dateline.kinds.number import NumberKey
from dateline.kinds.order import OrderKey
from dateline.kinds.range import FULL, HALF, RangeKey
from dateline.kinds.spans import Mark, MarkKey
from dateline.kinds.when import WhenKey
from dateline.texts.text import load_text

Case = tuple[Any, str, str]
"""An answer, the sign that one of its notes must have, and the reason that note must give."""


def cases(question: Any, key: Key) -> Iterator[Case]:
    """Every case of a key with the very reason that it must get."""
    match key:
        case ChooseKey():
            for choice, why in key.why.items():
                yield choice, sign(key.credit(choice)), why
        case CellsKey():
            for name, verdict in key.items.items():
                for choice, why in verdict.why.items():
                    yield solved(question, key) | {name: choice}, sign(verdict.credit(choice)), why
        case ManyKey():
            for choice, why in key.why.items():
                right = "none" if choice in key.optional else "right" if choice in key.right else "not"
                yield [*dict.fromkeys([*key.right, choice])], right, why
        case MarkKey():
            yield from mark_cases(question, key)
        case OrderKey():
            best = solved(question, key)
            for item in key.why:
                yield best, "none" if item in key.free else "right", key.why[item]
            for item in key.order[-1]:
                yield [item, *(other for other in best if other != item)], "not", key.why[item]
        case NumberKey(value=float() | int() as value):
            yield value, "right", key.why["right"]
            for trap in key.trap:
                yield trap.value, "not", trap.why
            for number, case in ((question.low, "low"), (question.high, "high")):
                if abs(number - value) > max(key.near, key.tolerance) and number not in [trap.value for trap in key.trap]:
                    yield number, "not", key.why[case]
        case RangeKey():
            yield solved(question, key), "right", key.why["right"]
            yield [50, 50], "not", key.why["narrow"]
            if key.data.share(0, 100) > HALF[1]:
                yield [0, 100], "not", key.why["wide"]
            assert FULL[0] <= key.data.share(*solved(question, key)) <= FULL[1]
        case WhenKey():
            yield from when_cases(question, key)
        case DeskKey():
            best = solved(question, key)
            for card, worth in key.items.items():
                yield best | {"opened": [card]}, sign(worth.worth), worth.why
            far, near = (10, 90) if key.holds else (90, 10)
            yield best | {"before": 50, "after": near}, "right", key.why["nearer"]
            yield best | {"before": 50, "after": far}, "not", key.why["farther"]
            yield best | {"before": 50, "after": 50}, "half", key.why["still"]
            yield best | {"before": near, "after": near}, "right", key.why["there"]
        case ChainKey():
            best = solved(question, key)
            for edge, step in zip(key.edge, best, strict=True):
                yield best, "right", edge.why
                if edge.step != "either":
                    yield [*(s for s in best if s != step), step | {"inferred": not step["inferred"]}], "half", edge.why
                for way in edge.instead:
                    other = {"from": way.source, "to": way.to, "inferred": way.step == "inferred"}
                    yield [*(s for s in best if s != step), other], "right", way.why
                    yield [*best, other], "not", SPARE
            ends = {way.ends for edge in key.edge for way in edge.ways}
            for item in key.wrong:
                to = next((other for other in key.wrong if other != item and (item, other) not in ends), None)
                if to:
                    yield [*best, {"from": item, "to": to, "inferred": False}], "not", key.wrong[item]


def mark_cases(question: Any, key: MarkKey) -> Iterator[Case]:
    text = load_text(question.text)
    for span in key.span:
        found = text.find(span.at, span.words, span.nth)
        for label, why in span.why.items():
            answer = [{"at": found.at, "start": found.start, "end": found.end, "label": label}]
            yield answer, "none" if span.optional else "right" if label in span.right else "half", why
    for at, why in key.fine.items():
        taken = [text.find(span.at, span.words, span.nth) for span in key.span if span.at == at]
        free = next(
            (i for i, letter in enumerate(text[at]) if letter.isalpha() and not any(span.start <= i < span.end for span in taken)), None
        )
        if free is not None and isinstance(question, Mark):
            yield [{"at": at, "start": free, "end": free + 1, "label": question.choices[0].id}], "not", why


def when_cases(question: Any, key: WhenKey) -> Iterator[Case]:
    for name, verdict in key.items.items():
        for value in verdict.right:
            yield {name: value}, "right", verdict.why["right"]
            if "coarse" in verdict.why and len(value) >= 10 and value != "not stated":
                yield {name: value[:7]}, "half", verdict.why["coarse"]
            if "fine" in verdict.why and len(value) == 10 and value != "not stated":
                yield {name: f"{value}T12:00Z"}, "not", verdict.why["fine"]
            if len(value) == len("2031-05-06T17:00") and not any(other.startswith(value) for other in verdict.right if other != value):
                yield {name: f"{value}Z"}, "not", verdict.why["fine"]
        for value, why in verdict.trap.items():
            yield {name: value}, "not", why
        yield {name: "1999-01-01"}, "not", verdict.why["other"]


def sign(credit: float) -> str:
    return "right" if credit == 1 else "half" if credit else "not"
