"""An order: Kendall's tau over the pairs whose order can be known, and nothing below zero."""

from itertools import combinations
from typing import Any

from dateline.kinds.questions import Order, OrderKey
from dateline.kinds.results import Mark, Note, Result, result_of, short, sign_of


def invalid(question: Order, answer: Any) -> str:
    """What is wrong with the form of an answer."""
    items = [item.id for item in question.items]
    if not isinstance(answer, list) or not all(isinstance(item, str) for item in answer):
        return f"Write the items in order as a list, such as {items}"
    for item in answer:
        if item not in items:
            return f"{short(item)} is not one of the items; they are {', '.join(items)}"
    return "" if sorted(answer) == sorted(items) else f"Write each of {', '.join(items)} once"


def grade(question: Order, key: OrderKey, answer: list[str]) -> Result:
    """(pairs in order - pairs out of order) / pairs that can be compared."""
    place = {item: number for number, item in enumerate(answer)}
    rank = {item: number for number, group in enumerate(key.order) for item in group}
    right = dict.fromkeys(rank, 0)
    compared = dict.fromkeys(rank, 0)
    agree = 0
    pairs = [(a, b) if rank[a] < rank[b] else (b, a) for a, b in combinations(rank, 2) if rank[a] != rank[b]]
    for before, after in pairs:
        holds = place[before] < place[after]
        agree += 1 if holds else -1
        for item in (before, after):
            compared[item] += 1
            right[item] += holds
    marks = tuple(
        Mark(item, str(place[item] + 1), right[item] / compared[item] if compared[item] else 1.0) for item in answer if item in rank
    )
    total = result_of((Mark("", answer, float(agree)),), len(pairs))
    return Result(total.status, total.points, marks)


def notes(question: Order, key: OrderKey, result: Result) -> tuple[Note, ...]:
    """For each item why it stands where it does."""
    texts = {item.id: item.text for item in question.items}
    said = tuple(Note(texts[mark.item], sign_of(mark.credit), f"place {mark.chosen}", key.why[mark.item]) for mark in result.marks)
    return said + tuple(Note(texts[item], "none", "", key.why[item]) for item in key.free)


def solved(_: Order, key: OrderKey) -> Any:
    """The groups one after the other, then what is free."""
    return [item for group in key.order for item in group] + list(key.free)
