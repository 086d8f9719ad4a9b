"""A desk of source cards: which were worth opening, and where the confidence went.

Half the points are for the cards, a quarter for moving as they lean, a quarter for coming nearer to the truth. Who starts near the
truth has nowhere to go: with cards that bear the start out, staying there is worth as much as coming there.
The Brier score of a single judgment is (confidence - truth) squared, from 0 (sure and right) to 1 (sure and wrong); who
always says 50 % gets .25. Source: Brier GW (1950), Monthly Weather Review 78, 1-3.
"""

from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Literal

import msgspec
from markupsafe import Markup

from dateline.evidence.misconceptions import Belief
from dateline.html import emphasised, html, join
from dateline.kinds import fit
from dateline.kinds.base import Chosen, Fault, Kind, Name, Question, Share, Told, Trial, View, note_of
from dateline.kinds.paper import BLANK, box, grid
from dateline.kinds.results import Note, Part, Picture, Result, is_number, short, status_of
from dateline.wording import counted

FIELDS = {"before", "opened", "after"}
STILL = 5
"""Percent by which a confidence may move and still count as unmoved."""
NEAR = 20
"""Percent from the truth within which a confidence is as good as there."""
WASTED = 0.5
"""What a worthless card costs: less than a useful one earns, so looking is never a mistake, only dear."""
ONE = "Cross out one card, then read that one alone; what it says stands below."
SEVERAL = "Cross out up to {} cards, then read those alone; what they say stands below."
COIN = 0.25
"""The Brier score of always saying 50 %."""


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A card on the desk: who published it, when, its title, and inside, what it says."""

    id: Name
    who: str
    date: str
    title: str
    inside: str


class Desk(Question, tag="desk", frozen=True, kw_only=True):
    """A claim and closed cards, of which `budget` may be opened.

    Its answer is `{before, opened, after}`: percent that the claim holds before and after, and the ids of the cards opened, in order.
    """

    items: tuple[Source, ...]
    budget: Annotated[int, msgspec.Meta(ge=1)]


class Worth(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a card does for the claim: 1 bears on it, 0.5 helps a little, 0 nothing; `leans` for it (1), against it (-1) or neither."""

    worth: Share
    leans: Literal[-1, 0, 1]
    why: str


class DeskKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The worth of each card, how much of it is `enough`, and whether the claim holds.

    `why` has `nearer`, `farther` and `still` for a confidence that moved towards the truth, away from it, or not, and `there` for one
    that was near the truth and stayed.
    """

    items: dict[str, Worth]
    enough: Annotated[float, msgspec.Meta(gt=0)]
    holds: bool
    why: dict[str, str]
    teach: str
    next: str


class DeskKind(Kind[Desk, DeskKey]):
    """Half for the worth of the cards opened, half for moving as they lean and towards the truth.

    A confidence within 20 of the truth that stays there, with cards that lean that way, has both quarters of that half.
    """

    def answer_form(self, question: Desk) -> str:
        return f'{{"before": 50, "opened": ["{question.items[0].id}"], "after": 50}}'

    def invalid(self, question: Desk, answer: Any) -> str:
        items = [item.id for item in question.items]
        form = self.answer_form(question)
        if not isinstance(answer, dict) or not set(answer) <= FIELDS or "opened" not in answer:
            return f"Write your confidence before and after and the cards you opened: {form}"
        opened = answer["opened"]
        if not isinstance(opened, list) or len(opened) > question.budget:
            return f"Open at most {counted(question.budget, 'card')}: {form}"
        wrong = next((card for card in opened if not isinstance(card, str) or card not in items), None)
        if wrong is not None:
            return f"{short(wrong)} is no card on this desk; it has {', '.join(items)}"
        if len(set(opened)) < len(opened):
            return "One card is there twice; a card is opened once"
        numbers = [answer[name] for name in ("before", "after") if answer.get(name) is not None]
        return "" if all(is_number(number) and 0 <= number <= 100 for number in numbers) else "A confidence is a number from 0 to 100"

    def said(self, question: Desk, answer: Any) -> str:
        titles = {item.id: item.title for item in question.items}
        opened = "; ".join(titles[card] for card in answer["opened"]) or "no card"
        sure = [f"{answer[name]:g} %" for name in ("before", "after") if answer.get(name) is not None]
        return f"{' → '.join(sure)} ({opened})" if sure else opened

    def grade(self, question: Desk, key: DeskKey, answer: Any) -> Result:
        """Nothing is earned for a confidence that rests on no card of any worth."""
        worths = [key.items[card].worth for card in answer["opened"]]
        earned = min(key.enough, sum(worths)) - WASTED * worths.count(0)
        cards = tuple(Part(card, card, key.items[card].worth) for card in answer["opened"])
        before, after = answer.get("before"), answer.get("after")
        if before is None or after is None:
            return Result("not yet", 0.0, (*cards, Part("after", None, 0.0)))
        moved, leaning = after - before, _leaning(key, answer["opened"])
        if _stayed_there(key, before, after, leaning):
            direction = nearer = 1.0
        else:
            direction = float(moved * leaning > 0) if leaning and abs(moved) > STILL else float(not leaning and abs(moved) <= STILL)
            nearer = 1.0 if brier(after, key) < min(brier(before, key), COIN) else 0.5 if abs(moved) <= STILL else 0.0
        points = 0.5 * max(0.0, earned / key.enough) + any(worths) * 0.25 * (direction + nearer)
        return Result(status_of(points), points, (*cards, Part("direction", moved, direction), Part("after", after, nearer)))

    def notes(self, question: Desk, key: DeskKey, result: Result) -> tuple[Note, ...]:
        """What each opened card was worth, then where the confidence went."""
        names = {item.id: item.title for item in question.items}
        opened = [part for part in result.parts if part.item in names]
        said = [note_of("", part.credit, names[part.item], key.items[part.item].why, item=part.item) for part in opened]
        last = {part.item: part for part in result.parts if part.item not in names}
        after = last["after"].chosen
        if after is None:
            return (*said, Note("", "none", "", "Say how sure you are before you open a card and again when you stop; then check."))
        moved = last["direction"].chosen
        leaning = _leaning(key, [part.item for part in opened])
        there = _stayed_there(key, after - moved, after, leaning)
        case = "there" if there else "still" if abs(moved) <= STILL else "nearer" if last["after"].credit else "farther"
        away = "The cards that you opened lean another way." if leaning else "The cards that you opened lean neither way."
        along = "The cards that you opened bear out where you were." if there else "You moved as the cards that you opened lean."
        leaned = along if last["direction"].credit else away
        reason = f"{key.why[case]} {_scores(after - moved, after, key)}"
        said.append(note_of("", last["direction"].credit, f"from {after - moved:g} % to {after:g} %", leaned))
        said.append(note_of("", last["after"].credit, f"{after:g} % at the end", reason))
        return tuple(said)

    def solved(self, question: Desk, key: DeskKey) -> Any:
        """The best cards until they are enough, and a confidence that follows them."""
        opened: list[str] = []
        for card in sorted(key.items, key=lambda name: -key.items[name].worth):
            if sum(key.items[name].worth for name in opened) < key.enough:
                opened.append(card)
        leaning = _leaning(key, opened)
        return {"before": 50, "opened": opened, "after": 50 if not leaning else 85 if key.holds else 15}

    def extras(self, key: DeskKey, answer: Any) -> tuple[tuple[str, ...], Picture | None]:
        return (), None

    def view(self, question: Desk) -> View:
        return {"items": [msgspec.to_builtins(item) for item in question.items], "budget": question.budget}

    def printed(self, spec: View, answer: Any) -> Markup:
        opened = (answer or {}).get("opened", [])
        rows = [[box(item["id"] in opened), item["who"], item["date"], item["title"]] for item in spec["items"]]
        cards = [html("<p><strong>{}</strong><br>{}</p>", emphasised(item["title"]), emphasised(item["inside"])) for item in spec["items"]]
        asked = html("<p>{}</p>", ONE if spec["budget"] == 1 else SEVERAL.format(spec["budget"]))
        return join(
            [
                html("<p>Before a card is opened: {}</p>", _percent(answer, "before")),
                asked,
                grid(["open", "who", "when", "what"], rows),
                html("<p>At the end: {}</p>", _percent(answer, "after")),
                html("<details><summary>What the cards say</summary>"),
                *cards,
                html("</details>"),
            ]
        )

    def question_faults(self, question: Desk) -> Iterator[Fault]:
        yield from fit.shown(question)
        yield from fit.once((item.id for item in question.items), "the cards", ("items",))
        if question.budget > len(question.items):
            yield Fault(
                ("budget",), f"the budget is {counted(question.budget, 'card')} and there are {len(question.items)}", "Lower the budget"
            )

    def faults(self, question: Desk, key: DeskKey) -> Iterator[Fault]:
        yield from fit.same(key.items, [item.id for item in question.items], "a card", ("items",))
        yield from fit.reasons(key.why, ("nearer", "farther", "still", "there"))
        yield from fit.unshared({name: worth.why for name, worth in key.items.items()}, ("items",))
        best = sum(sorted((worth.worth for worth in key.items.values()), reverse=True)[: question.budget])
        if key.enough > best:
            what = f"{key.enough:g} is not to be had: the best that {counted(question.budget, 'card')} can be worth is {best:g}"
            yield Fault(("enough",), what, "Lower enough or raise the budget")

    def giveaways(self, question: Desk, key: DeskKey) -> Iterable[str]:
        return []

    def may_be_open(self, key: DeskKey) -> Iterable[str]:
        return [*key.items, *key.why]

    def counts(self, key: DeskKey) -> bool:
        return True

    def is_fixed(self, question: Desk, key: DeskKey) -> bool:
        return False

    def beliefs(self, key: DeskKey, result: Result) -> set[Belief]:
        return set()

    def can_show(self, key: DeskKey) -> set[Belief]:
        return set()

    def trials(self, question: Desk, key: DeskKey, result: Result) -> Iterator[Trial]:
        return iter(())

    def chosen(self, question: Desk, key: DeskKey, result: Result) -> Iterator[Chosen]:
        """The cards that were opened."""
        titles = {item.id: item.title for item in question.items}
        for part in (part for part in result.parts if part.item in titles):
            yield Chosen("", "opened", part.item, titles[part.item], part.credit, key.items[part.item].why)

    def told(self, question: Desk, key: DeskKey) -> Iterator[Told]:
        titles = {item.id: item.title for item in question.items}
        for name, worth in key.items.items():
            yield Told((titles[name], f"worth {worth.worth:g}"), "", worth.why)


def brier(percent: float, key: DeskKey) -> float:
    """The Brier score of one confidence, from 0 to 1."""
    return (percent / 100 - float(key.holds)) ** 2


def _stayed_there(key: DeskKey, before: float, after: float, leaning: int) -> bool:
    """Whether a confidence was near the truth, is still, has not moved away from it, and the cards lean that way."""
    truth = 100 * key.holds
    apart = abs(before - truth), abs(after - truth)
    return max(apart) <= NEAR and apart[1] <= apart[0] + STILL and leaning * (2 * key.holds - 1) > 0


def _leaning(key: DeskKey, opened: list[str]) -> int:
    return sum(key.items[card].leans for card in opened)


def _scores(before: float, after: float, key: DeskKey) -> str:
    scores = f"Brier score before {brier(before, key):.2f}, after {brier(after, key):.2f}"
    return f"{scores}; 0 is best, and always saying 50 % gives 0.25."


def _percent(answer: Any, name: str) -> str:
    value = (answer or {}).get(name)
    return f"{BLANK} %" if value is None else f"{value:g} %"
