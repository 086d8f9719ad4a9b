"""A chain of who got it from whom: typed-edge F1, the type being whether a step is shown or inferred."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, Literal

import msgspec
from markupsafe import Markup

from dateline.evidence.misconceptions import Belief
from dateline.html import emphasised, html
from dateline.kinds import fit
from dateline.kinds.base import LONGEST_NAME, Chosen, Fault, Items, Kind, Question, Told, Trial, View, as_plain, items_by_id, note_of
from dateline.kinds.paper import BLANK, grid
from dateline.kinds.results import Note, Part, Picture, Result, Sign, short, sign_of, status_of
from dateline.wording import ended

MOST = 60
"""Steps in one answer."""
TOO_MANY = -0.5
"""The credit of a step that is not in the key: beside a whole chain it takes about half a step's share of the points (F1)."""


class Chain(Question, tag="chain", frozen=True, kw_only=True):
    """Who got it from whom. Its answer is a list of `{from, to, inferred}`: `to` got it from `from`.

    With `from_marks` the voices that the marks of its text name are items as well, each under its name, and the steps that they imply are
    drafted; an answer may then give a name that no mark has any more.
    """

    items: Items
    from_marks: bool = False


SPARE = "You have drawn this part of the way already. The text leaves room for one of the two, and one is enough."
"""The reason for a second way where either is accepted."""


class OneWay(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One step: `to` got it from `from`, and whether the text shows that or a reader infers it."""

    source: str = msgspec.field(name="from")
    to: str
    step: Literal["shown", "inferred", "either"] = "shown"
    why: str

    @property
    def ends(self) -> tuple[str, str]:
        return self.source, self.to


class Edge(OneWay, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A step of the key. `instead` are steps that are accepted in its place, each with its own reason."""

    instead: tuple[OneWay, ...] = ()

    @property
    def ways(self) -> tuple[OneWay, ...]:
        """The step and what may stand in its place."""
        return self, *self.instead


class ChainKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The steps. `wrong` says for every item why a step from it that is not among them does not hold."""

    edge: tuple[Edge, ...]
    wrong: dict[str, str]
    teach: str
    next: str


class ChainKind(Kind[Chain, ChainKey]):
    """Twice the credit over the steps given and the steps of the key together (F1); a step with the wrong way of knowing earns ½.

    A step that is not in the key is one too many, and none of those that there are. Where a key has several ways for one step, any one
    of them is enough, and a second is one too many.
    """

    def answer_form(self, question: Chain) -> str:
        return f'[{{"from": "{question.items[0].id}", "to": "{question.items[-1].id}", "inferred": false}}]'

    def invalid(self, question: Chain, answer: Any) -> str:
        items = [item.id for item in question.items]
        form = self.answer_form(question)
        if not isinstance(answer, list) or len(answer) > MOST:
            return f"Write a list of steps such as {form}"
        seen = set()
        for step in answer:
            if not isinstance(step, dict) or set(step) != {"from", "to", "inferred"} or not isinstance(step["inferred"], bool):
                return f"A step is written {form[1:-1]}"
            for end in (step["from"], step["to"]):
                if question.from_marks and isinstance(end, str) and 0 < len(end) <= LONGEST_NAME:
                    continue
                if not isinstance(end, str) or end not in items:
                    return f"{short(end)} is not in this chain; it has {', '.join(items)}"
            if step["from"] == step["to"]:
                return f"{step['to']} cannot have it from itself"
            if (step["from"], step["to"]) in seen:
                return f"The step from {step['from']} to {step['to']} is there twice; take one away"
            seen.add((step["from"], step["to"]))
        return ""

    def said(self, question: Chain, answer: Any) -> str:
        names = items_by_id(question.items)
        return "; ".join(_step(step, names) for step in answer)

    def grade(self, question: Chain, key: ChainKey, answer: Any) -> Result:
        places = {way.ends: (edge, way) for edge in key.edge for way in edge.ways}
        taken: set[tuple[str, str]] = set()
        parts = []
        for step in answer:
            edge, way = places.get((step["from"], step["to"]), (None, None))
            spare = edge is not None and edge.ends in taken
            parts.append(Part(f"{step['from']}>{step['to']}", step, _credit(None if spare else way, step["inferred"])))
            taken |= {edge.ends} if edge else set()
        missed = [Part(f"{edge.source}>{edge.to}", None, 0.0) for edge in key.edge if edge.ends not in taken]
        points = 2 * sum(max(0.0, part.credit) for part in parts) / (len(answer) + len(key.edge))
        return Result(status_of(points), points, (*parts, *missed))

    def notes(self, question: Chain, key: ChainKey, result: Result) -> tuple[Note, ...]:
        """The reason for each step given; of steps that are missing only how many."""
        names = items_by_id(question.items)
        said = [
            note_of("", part.credit, _step(part.chosen, names), _reason(key, part), item=part.item) for part in result.parts if part.chosen
        ]
        missing = sum(part.chosen is None for part in result.parts)
        if missing:
            said.append(Note("", "none", "", f"{missing} more {'step is' if missing == 1 else 'steps are'} needed to reach the reader."))
        return tuple(said)

    def signs(self, question: Chain, key: ChainKey, result: Result) -> list[Sign]:
        signs = [sign_of(part.credit) for part in result.parts if part.chosen]
        return signs if len(signs) == len(result.parts) else [*signs, "none"]

    def solved(self, question: Chain, key: ChainKey) -> Any:
        return [{"from": edge.source, "to": edge.to, "inferred": edge.step == "inferred"} for edge in key.edge]

    def extras(self, key: ChainKey, answer: Any) -> tuple[tuple[str, ...], Picture | None]:
        return (), None

    def view(self, question: Chain) -> View:
        return {"items": as_plain(question.items, "id", "text"), **({"from_marks": True} if question.from_marks else {})}

    def printed(self, spec: View, answer: Any) -> Markup:
        names = {item["id"]: item["text"] for item in spec["items"]}
        steps = [
            [names.get(s["to"], s["to"]), names.get(s["from"], s["from"]), "inferred" if s["inferred"] else "shown"] for s in answer or []
        ]
        blank = [[BLANK, BLANK, "☐ shown ☐ inferred"] for _ in names if not steps]
        table = grid(["who", "got it from", "how we know"], steps + blank)
        return html("<p>In this chain: {}</p>\n{}", emphasised(ended("; ".join(names.values()))), table)

    def question_faults(self, question: Chain) -> Iterator[Fault]:
        yield from fit.shown(question)
        if len(question.items) < 2 and not question.from_marks:
            yield Fault(("items",), "a chain has at least two links", "Add one")

    def faults(self, question: Chain, key: ChainKey) -> Iterator[Fault]:
        items = [item.id for item in question.items]
        if not key.edge:
            yield Fault(("edge",), "there is no step in this chain", "Add one")
        ways = [(number, way) for number, edge in enumerate(key.edge) for way in edge.ways]
        yield from fit.known(chain.from_iterable(way.ends for _, way in ways), items, "in this chain", ("edge",))
        yield from fit.once((f"{way.source} to {way.to}" for _, way in ways), "the steps", ("edge",))
        for number, way in ways:
            if way.source == way.to:
                yield Fault(("edge", number), f"{way.to!r} cannot have it from itself", "Correct one of the two ends")
        yield from fit.same(key.wrong, items, "an item", ("wrong",))
        yield from fit.unshared(key.wrong, ("wrong",))

    def giveaways(self, question: Chain, key: ChainKey) -> Iterable[str]:
        return []

    def may_be_open(self, key: ChainKey) -> Iterable[str]:
        return key.wrong

    def counts(self, key: ChainKey) -> bool:
        return True

    def is_fixed(self, question: Chain, key: ChainKey) -> bool:
        return False

    def beliefs(self, key: ChainKey, result: Result) -> set[Belief]:
        return set()

    def can_show(self, key: ChainKey) -> set[Belief]:
        return set()

    def trials(self, question: Chain, key: ChainKey, result: Result) -> Iterator[Trial]:
        return iter(())

    def chosen(self, question: Chain, key: ChainKey, result: Result) -> Iterator[Chosen]:
        names = items_by_id(question.items)
        for part in (part for part in result.parts if part.chosen):
            how = "inferred" if part.chosen["inferred"] else "shown"
            yield Chosen(part.item, "", how, _step(part.chosen, names), part.credit, _reason(key, part))

    def told(self, question: Chain, key: ChainKey) -> Iterator[Told]:
        names = items_by_id(question.items)
        for edge in key.edge:
            for way in edge.ways:
                start = "or: " if way is not edge else ""
                yield Told((f"{start}{names[way.to]} got it from {names[way.source]}",), way.step, way.why)


def _credit(way: OneWay | None, inferred: bool) -> float:
    if way is None:
        return TOO_MANY
    return 1.0 if way.step == "either" or (way.step == "inferred") == inferred else 0.5


def _reason(key: ChainKey, part: Part) -> str:
    ways = {f"{way.source}>{way.to}": way.why for edge in key.edge for way in edge.ways}
    if part.item not in ways:
        return key.wrong[part.chosen["from"]]
    return ways[part.item] if part.credit > 0 else SPARE


def _step(step: dict[str, Any], names: dict[str, str]) -> str:
    return f"{names.get(step['from'], step['from'])} → {names.get(step['to'], step['to'])}{', inferred' if step['inferred'] else ''}"
