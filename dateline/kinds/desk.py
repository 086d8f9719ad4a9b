"""A desk of source cards: which were worth opening, and where the confidence went.

Half the points are for the cards, a quarter for moving as they lean, a quarter for coming nearer to the truth.
The Brier score of a single judgment is (confidence - truth) squared, from 0 (sure and right) to 1 (sure and wrong); who
always says 50 % gets .25. Source: Brier GW (1950), Monthly Weather Review 78, 1-3.
"""

from typing import Any

from dateline.kinds.questions import Desk, DeskKey
from dateline.kinds.results import Mark, Note, Result, is_number, short, sign_of, status_of

FIELDS = {"before", "opened", "after"}
STILL = 5
"""Percent by which a confidence may move and still count as unmoved."""
WASTED = 0.5
"""What a worthless card costs: less than a useful one earns, so looking is never a mistake, only dear."""
COIN = 0.25
"""The Brier score of always saying 50 %."""


def invalid(question: Desk, answer: Any) -> str:
    """What is wrong with the form of an answer."""
    items = [item.id for item in question.items]
    form = f'{{"before": 50, "opened": ["{items[0]}"], "after": 50}}'
    if not isinstance(answer, dict) or not set(answer) <= FIELDS or "opened" not in answer:
        return f"Write your confidence before and after and the cards you opened: {form}"
    opened = answer["opened"]
    if not isinstance(opened, list) or len(opened) > question.budget:
        return f"Open at most {question.budget} cards: {form}"
    wrong = next((card for card in opened if not isinstance(card, str) or card not in items), None)
    if wrong is not None:
        return f"{short(wrong)} is no card on this desk; it has {', '.join(items)}"
    if len(set(opened)) < len(opened):
        return "One card is there twice; a card is opened once"
    numbers = [answer[name] for name in ("before", "after") if answer.get(name) is not None]
    return "" if all(is_number(number) and 0 <= number <= 100 for number in numbers) else "A confidence is a number from 0 to 100"


def grade(_: Desk, key: DeskKey, answer: dict[str, Any]) -> Result:
    """Nothing is earned for a confidence that rests on no card of any worth."""
    worth = sum(key.items[card].worth or -WASTED for card in answer["opened"])
    cards = tuple(Mark(card, card, key.items[card].worth) for card in answer["opened"])
    before, after = answer.get("before"), answer.get("after")
    if before is None or after is None:
        return Result("not yet", 0.0, (*cards, Mark("after", None, 0.0)))
    moved, leaning = after - before, _leaning(key, answer["opened"])
    direction = float(moved * leaning > 0) if leaning and abs(moved) > STILL else float(not leaning and abs(moved) <= STILL)
    nearer = 1.0 if brier(after, key) < min(brier(before, key), COIN) else 0.5 if abs(moved) <= STILL else 0.0
    informed = any(key.items[card].worth for card in answer["opened"])
    points = 0.5 * min(1.0, max(0.0, worth / key.enough)) + informed * 0.25 * (direction + nearer)
    return Result(status_of(points), points, (*cards, Mark("direction", moved, direction), Mark("after", after, nearer)))


def _leaning(key: DeskKey, opened: list[str]) -> int:
    return sum(key.items[card].leans for card in opened)


def brier(percent: float, key: DeskKey) -> float:
    """The Brier score of one confidence, from 0 to 1."""
    return (percent / 100 - float(key.holds)) ** 2


def notes(question: Desk, key: DeskKey, result: Result) -> tuple[Note, ...]:
    """What each opened card was worth, then where the confidence went."""
    names = {item.id: item.title for item in question.items}
    said = [Note("", sign_of(mark.credit), names[mark.item], key.items[mark.item].why) for mark in result.marks if mark.item in names]
    last = {mark.item: mark for mark in result.marks if mark.item not in names}
    after = last["after"].chosen
    if after is None:
        return (*said, Note("", "none", "", "Say how sure you are before you open a card and again when you stop; then check."))
    moved = last["direction"].chosen
    before = after - moved
    case = "still" if abs(moved) <= STILL else "nearer" if last["after"].credit else "farther"
    leaning = _leaning(key, [mark.item for mark in result.marks if mark.item in names])
    away = "The cards that you opened lean another way." if leaning else "The cards that you opened lean neither way."
    leaned = "You moved as the cards that you opened lean." if last["direction"].credit else away
    scores = f"Brier score before {brier(before, key):.2f}, after {brier(after, key):.2f}; 0 is best, and always saying 50 % gives 0.25."
    said.append(Note("", sign_of(last["direction"].credit), f"from {before:g} % to {after:g} %", leaned))
    said.append(Note("", sign_of(last["after"].credit), f"{after:g} % at the end", f"{key.why[case]} {scores}"))
    return tuple(said)


def solved(_: Desk, key: DeskKey) -> Any:
    """The best cards until they are enough, and a confidence that follows them."""
    opened: list[str] = []
    for card in sorted(key.items, key=lambda name: -key.items[name].worth):
        if sum(key.items[name].worth for name in opened) < key.enough:
            opened.append(card)
    leaning = _leaning(key, opened)
    return {"before": 50, "opened": opened, "after": 50 if not leaning else 85 if key.holds else 15}
