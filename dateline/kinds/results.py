"""What grading gives back: parts and points, and the words for them."""

from typing import Any, Literal, TypeAlias

import msgspec

Status: TypeAlias = Literal["not answered", "not valid", "not yet", "partly", "right", "noted", "for your teacher"]
"""`noted` is an answer that is never marked, such as a reader's own number for a phrase."""
Sign: TypeAlias = Literal["right", "half", "not", "none"]


class Part(msgspec.Struct, frozen=True):
    """What one part of an answer earned: `credit` from 0 to 1, or below 0 where it costs. An `optional` one neither earns nor costs."""

    item: str
    chosen: Any
    credit: float
    optional: bool = False


class Result(msgspec.Struct, frozen=True):
    """`points` from 0 to 1, the parts behind them, and for an answer that is not valid, what is wrong with it."""

    status: Status
    points: float = 0.0
    parts: tuple[Part, ...] = ()
    problem: str = ""


class Note(msgspec.Struct, frozen=True):
    """The reason for one part; `item` is that part on the card (empty: the whole), `quote` the words of the text to look at."""

    at: str
    sign: Sign
    chosen: str
    reason: str
    quote: str = ""
    misconception: str = ""
    better: str = ""
    item: str = ""


class Picture(msgspec.Struct, frozen=True):
    """What a picture of a phrase's readers needs: counts in bars of 5 %, the yardsticks' bands, and the learner's number or range."""

    phrase: str
    counts: tuple[int, ...]
    bands: tuple[tuple[str, int, int], ...]
    mine: tuple[float, ...]


class Feedback(msgspec.Struct, frozen=True):
    """What is said of an answer: the verdict first, then why, then what to do next; `model` are model answers."""

    status: Status
    verdict: str
    notes: tuple[Note, ...] = ()
    next: str = ""
    model: tuple[str, ...] = ()
    readers: Picture | None = None


def result_of(parts: tuple[Part, ...], keys: int) -> Result:
    """The result of parts of which `keys` are asked for: what is earned, up to all of these, less what costs; never below 0.

    So whoever finds more than is asked for pays for a false alarm all the same. With nothing to earn (`keys` 0) an answer is
    right if nothing costs.
    """
    credits = [part.credit for part in parts]
    costs = sum([credit for credit in credits if credit < 0])
    earned = min(keys, sum(credits) - costs) + costs
    points = max(0.0, earned / keys) if keys else float(earned >= 0)
    return Result(status_of(points), points, parts)


def status_of(points: float) -> Status:
    """The word for points from 0 to 1."""
    return "right" if points >= 1 else "partly" if points > 0 else "not yet"


def sign_of(credit: float) -> Sign:
    """The sign for a credit."""
    return "right" if credit >= 1 else "half" if credit > 0 else "not"


FORMS: dict[type, str] = {list: "a list", dict: "a table of names and values", tuple: "a tuple", set: "a set"}


def short(value: Any) -> str:
    """A value as a message shows it: never long, never a whole structure."""
    if value is None:
        return "an empty value"
    if not isinstance(value, str | float | bool | int):
        return FORMS.get(value.__class__, "something of another form")
    if isinstance(value, int) and abs(value) > 10**12:
        return "a very large number"
    shown = repr(value[:60] if isinstance(value, str) else value)
    return shown if len(shown) <= 40 else shown[:37] + "..."


def is_number(value: Any) -> bool:
    """A finite number that is no truth value and fits a float."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15


def percent(share: float) -> str:
    """A share from 0 to 1 as the course writes it: `80 %`."""
    return f"{100 * share:.0f} %"
