"""Answers of those who do not read: at random, everything suspicious, everything fine, always the same label."""

import random
import re
from typing import Any

from dateline.kinds.cells import Choose
from dateline.kinds.chain import Chain
from dateline.kinds.desk import Desk
from dateline.kinds.many import ChooseMany
from dateline.kinds.number import Number
from dateline.kinds.order import Order
from dateline.kinds.range import Range
from dateline.kinds.spans import Mark
from dateline.kinds.when import When
from dateline.kinds.write import Write
from dateline.texts.draft import draft
from dateline.texts.text import load_text

SUSPICIOUS = ("unsourced", "overstated", "not-supported", "contradicted", "stronger", "doubtful", "outlet", "unclear", "problem")
SAYS = re.compile(
    r"\b(?:said|says|told|reported|reportedly|wrote|called|calls|announced|according|citing|quoted|claimed|insisted|denied|warned|urged"
    r"|asked|shows?|probably|likely|unlikely|may|could|appears?|apparently|expected)\b",
    re.IGNORECASE,
)
"""Words by which a sentence hands something over or holds something back."""

SAYS_OR_HEDGES = ("attribution", "evidential", "epistemic", "stance", "quotation")
TRUSTING = ("fine", "supported", "agency", "confirmed", "true", "shown", "yes")


def at_random(question: Any, luck: random.Random) -> Any:
    """A valid answer drawn without reading."""
    match question:
        case Choose(choices=choices):
            return luck.choice(choices).id
        case ChooseMany(choices=choices):
            return [choice.id for choice in choices if luck.random() < 0.5]
        case Mark(choices=choices):
            return [random_span(question, luck, choices)]
        case Order(items=items):
            return [item.id for item in luck.sample(items, len(items))]
        case Number(low=low, high=high):
            return round(luck.uniform(low, high))
        case Range(low=low, high=high):
            return sorted(round(luck.uniform(low, high)) for _ in range(2))
        case When(items=items):
            days = [f"2025-12-{day}" for day in range(20, 31)] + ["not stated"] * 4
            return {item.id: luck.choice(days) for item in items}
        case Chain(items=items):
            pairs = {tuple(luck.sample([item.id for item in items], 2)) for _ in items[1:]}
            return [{"from": a, "to": b, "inferred": luck.random() < 0.5} for a, b in pairs]
        case Desk(items=items, budget=budget):
            opened = luck.sample([item.id for item in items], budget)
            return {"before": luck.randrange(101), "opened": opened, "after": luck.randrange(101)}
        case Write():
            return None
        case _:
            return {cell.id: luck.choice(cell.choices).id for cell in question.cells if not cell.given}


def looks_like_a_gap(words: str) -> bool:
    """A sentence without a verb of saying, a hedge or a digit: so a gap looks to who does not read."""
    return not SAYS.search(words) and not re.search(r"\d", words)


def by_the_look(question: Any) -> Any:
    """What the look of its sentences alone says of gaps: marked whole with the first label, or given the first label that is not `fine`."""
    lines = load_text(question.text).select(question.show or getattr(question, "items", ()))
    gaps = {line.at: line for line in lines if looks_like_a_gap(line.words)}
    if isinstance(question, Mark):
        return [{"at": at, "start": 0, "end": len(line.words), "label": question.choices[0].id} for at, line in gaps.items()]
    fault = next(choice.id for choice in question.choices if choice.id != "fine")
    if isinstance(question, Choose):
        return fault if gaps else "fine"
    return {cell.id: fault if cell.id in gaps else "fine" for cell in question.cells if not cell.given}


def random_span(question: Any, luck: random.Random, choices: Any) -> dict[str, Any]:
    sentence = luck.choice(load_text(question.text).select(question.show))
    start = luck.randrange(len(sentence.words) - 1)
    end = min(len(sentence.words), start + luck.randint(4, 30))
    return {"at": sentence.at, "start": start, "end": end, "label": luck.choice(choices).id}


def always(question: Any, labels: tuple[str, ...]) -> Any:
    """The first of some labels wherever it can be given; for other kinds an answer in the same spirit, or none."""
    suspicious = labels == SUSPICIOUS
    match question:
        case ChooseMany(choices=choices):
            return [choice.id for choice in choices] if suspicious else []
        case Mark(choices=choices):
            sentences = load_text(question.text).select(question.show)
            return [{"at": s.at, "start": 0, "end": len(s.words), "label": choices[0].id} for s in sentences] if suspicious else []
        case Choose(choices=choices):
            return next((label for label in labels if label in {choice.id for choice in choices}), None)
        case Desk(items=items, budget=budget):
            opened = [item.id for item in items[:budget]]
            return {"before": 50, "opened": opened, "after": 1 if suspicious else 99}
        case Write() | Order() | Number() | Range() | When() | Chain():
            return None
        case _:
            found = {
                cell.id: [label for label in labels if label in {c.id for c in cell.choices}] for cell in question.cells if not cell.given
            }
            return {name: names[0] for name, names in found.items() if names} or None


CLAIMS_FLAT = re.compile(r"^\D*$")


def gaps_by_look(question: Mark) -> Any:
    """Every sentence without a verb of saying, a hedge or a digit, marked whole as a gap: by its look, and not by asking who could know."""
    sentences = load_text(question.text).select(question.show)
    flat = [s for s in sentences if CLAIMS_FLAT.match(s.words) and not any(mark.kind in SAYS_OR_HEDGES for mark in draft(s.words))]
    return [{"at": s.at, "start": 0, "end": len(s.words), "label": "gap"} for s in flat]
