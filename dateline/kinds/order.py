"""An order: Kendall's tau over the pairs whose order can be known, and nothing below zero."""

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

import msgspec
from markupsafe import Markup

from dateline.evidence.misconceptions import Belief
from dateline.kinds import fit
from dateline.kinds.base import Chosen, Fault, Items, Kind, Question, Told, Trial, View, as_plain, items_by_id, note_of
from dateline.kinds.paper import grid
from dateline.kinds.results import Note, Part, Picture, Result, result_of, short


class Order(Question, tag="order", frozen=True, kw_only=True):
    """Items to put in order, first to last. Its answer is the list of their ids."""

    items: Items
    first: str = "first"
    last: str = "last"


class OrderKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Groups from first to last; within a group, and for `free` items, the order is not known and does not count.

    `why` says for each item why it stands where it does, or why its place cannot be known.
    """

    order: tuple[tuple[str, ...], ...]
    why: dict[str, str]
    teach: str
    next: str
    free: tuple[str, ...] = ()


class OrderKind(Kind[Order, OrderKey]):
    """Pairs in order less pairs out of order, over the pairs whose order can be known; never below nothing."""

    def answer_form(self, question: Order) -> str:
        return "[" + ", ".join(f'"{item.id}"' for item in question.items) + "]"

    def invalid(self, question: Order, answer: Any) -> str:
        items = [item.id for item in question.items]
        if not isinstance(answer, list) or not all(isinstance(item, str) for item in answer):
            return f"Write the items in order as a list, such as {self.answer_form(question)}"
        for item in answer:
            if item not in items:
                return f"{short(item)} is not one of the items; they are {', '.join(items)}"
        return "" if sorted(answer) == sorted(items) else f"Write each of {', '.join(items)} once"

    def said(self, question: Order, answer: Any) -> str:
        texts = items_by_id(question.items)
        return "; ".join(f"{place}. {texts[item]}" for place, item in enumerate(answer, 1))

    def grade(self, question: Order, key: OrderKey, answer: Any) -> Result:
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
        parts = tuple(
            Part(item, str(place[item] + 1), right[item] / compared[item] if compared[item] else 1.0) for item in answer if item in rank
        )
        total = result_of((Part("", answer, float(agree)),), len(pairs))
        return Result(total.status, total.points, parts)

    def notes(self, question: Order, key: OrderKey, result: Result) -> tuple[Note, ...]:
        texts = items_by_id(question.items)
        said = (note_of(texts[part.item], part.credit, f"place {part.chosen}", key.why[part.item], item=part.item) for part in result.parts)
        return (*said, *(Note(texts[item], "none", "", key.why[item], item=item) for item in key.free))

    def solved(self, question: Order, key: OrderKey) -> Any:
        """The groups one after the other, then what is free."""
        return [item for group in key.order for item in group] + list(key.free)

    def extras(self, key: OrderKey, answer: Any) -> tuple[tuple[str, ...], Picture | None]:
        return (), None

    def view(self, question: Order) -> View:
        return {"items": as_plain(question.items, "id", "text"), "ends": (question.first, question.last)}

    def printed(self, spec: View, answer: Any) -> Markup:
        place = {item: str(number) for number, item in enumerate(answer or [], 1)}
        rows = [[item["text"], place.get(item["id"], "____")] for item in spec["items"]]
        return grid(["", f"place (1 = {spec['ends'][0]}, {len(rows)} = {spec['ends'][1]})"], rows)

    def question_faults(self, question: Order) -> Iterator[Fault]:
        yield from fit.shown(question)

    def faults(self, question: Order, key: OrderKey) -> Iterator[Fault]:
        items = [item.id for item in question.items]
        placed = [item for group in key.order for item in group] + list(key.free)
        yield from fit.same(placed, items, "an item", ("order",))
        yield from fit.reasons(key.why, items)
        if len(placed) > len(set(placed)):
            yield Fault(("order",), "an item has two places", "Give it one")
        elif set(placed) == set(items) and self.grade(question, key, items).status == "right":
            yield Fault(("order",), "the items stand in the right order already", "Put them in another order in the question")

    def giveaways(self, question: Order, key: OrderKey) -> Iterable[str]:
        return []

    def may_be_open(self, key: OrderKey) -> Iterable[str]:
        return list(key.why)

    def counts(self, key: OrderKey) -> bool:
        return True

    def is_fixed(self, question: Order, key: OrderKey) -> bool:
        return False

    def beliefs(self, key: OrderKey, result: Result) -> set[Belief]:
        return set()

    def can_show(self, key: OrderKey) -> set[Belief]:
        return set()

    def trials(self, question: Order, key: OrderKey, result: Result) -> Iterator[Trial]:
        return iter(())

    def chosen(self, question: Order, key: OrderKey, result: Result) -> Iterator[Chosen]:
        texts = items_by_id(question.items)
        for part in result.parts:
            yield Chosen(part.item, texts[part.item], part.chosen, f"place {part.chosen}", part.credit, key.why[part.item])

    def told(self, question: Order, key: OrderKey) -> Iterator[Told]:
        texts = items_by_id(question.items)
        for item in self.solved(question, key):
            yield Told((texts[item],), "place not known" if item in key.free else "", key.why[item])
