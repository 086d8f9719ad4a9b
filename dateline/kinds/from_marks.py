"""Questions that the marks of their text draft: the items that marks add, the answer that they imply, and how both follow them."""

import re
from typing import Any, NamedTuple, TypeAlias, TypeVar

import msgspec

from dateline.faults import CourseError
from dateline.kinds.base import Item, Question, items_by_id
from dateline.kinds.chain import Chain
from dateline.kinds.when import When
from dateline.texts.implied import PAGE, Beside, chain_implied, clocks_implied
from dateline.texts.marks import open_marks
from dateline.texts.text import load_text

Flat: TypeAlias = dict[Any, Any]
"""An answer as what is said of each part: whether a step is inferred, or the day of an item."""
Q = TypeVar("Q", bound=Question)


class Draft(NamedTuple):
    """The answer that marks imply, and which of them say so."""

    value: Any
    why: tuple[str, ...]


def is_from_marks(question: Question) -> bool:
    """Whether marks add to a question."""
    return isinstance(question, (Chain, When)) and question.from_marks


def with_items(question: Q) -> Q:
    """A question as it is written, with the items that marks add to it; as it is where its text or its marks have a fault."""
    if not (isinstance(question, (Chain, When)) and question.from_marks):
        return question
    text = load_text(question.text)
    try:
        marks = open_marks(text)
    except CourseError:
        return question
    if isinstance(question, Chain):
        more = {name: name for name in chain_implied(text, marks)[0]}
    else:
        more = {
            moment.id: f"{moment.mark.at}, “{moment.mark.words}”: {moment.what}. {moment.around}" for moment in clocks_implied(text, marks)
        }
    known = items_by_id(question.items)
    return msgspec.structs.replace(
        question, items=(*question.items, *(Item(name, words) for name, words in more.items() if name not in known))
    )


def implied(question: Question) -> Draft:
    """What the marks of its text imply as the answer to a question; raises `CourseError`."""
    text = load_text(question.text)
    marks = open_marks(text)
    if isinstance(question, Chain):
        names = items_by_id(question.items)
        ways = chain_implied(text, marks)[1]
        value = [{"from": way.source, "to": way.to, "inferred": False} for way in ways]
        return Draft(value, tuple(f"{names.get(way.to, way.to)} got it from {way.source}: {way.why}" for way in ways))
    moments = clocks_implied(text, marks)
    days = {PAGE: text.header.published.isoformat()} | {moment.id: moment.day for moment in moments}
    open_ones = tuple(f"{moment.mark.at}, “{moment.mark.words}”: the words leave the day open" for moment in moments if not moment.day)
    return Draft({name: day for name, day in days.items() if day}, open_ones)


def followed(value: Any, before: Any, after: Any, items: tuple[set[str], set[str]]) -> Any:
    """An answer once the draft under it has changed: what was left as drafted follows the marks, and what somebody changed stays.

    `items` are the names that there were and that there are. A name whose mark got more words or fewer keeps what was said of it.
    """
    renamed = _renamed(*items)
    flat, was, now = (_flat(one, renamed) for one in (value, before, after))
    kept = {part: said for part, said in flat.items() if part in now or was.get(part) != said}
    for part, said in now.items():
        untouched = part in was and kept.get(part) == was[part]
        if untouched or (part not in was and part not in kept):
            kept[part] = said
    return [{"from": part[0], "to": part[1], "inferred": said} for part, said in kept.items()] if isinstance(value, list) else kept


def _flat(value: Any, renamed: dict[str, str]) -> Flat:
    if isinstance(value, list):
        return {(renamed.get(one["from"], one["from"]), renamed.get(one["to"], one["to"])): one["inferred"] for one in value}
    return {renamed.get(name, name): day for name, day in (value or {}).items()}


def _renamed(before: set[str], after: set[str]) -> dict[str, str]:
    """Names that are gone, each with the new one that has all its words, or of whose words it has all."""
    new = sorted(after - before)
    words = {name: set(re.findall(r"[\w.]+", name)) for name in (*before, *new)}
    found: dict[str, str] = {}
    for name in sorted(before - after):
        same = [other for other in new if words[name] <= words[other] or words[other] <= words[name]]
        if len(same) == 1 and same[0] not in found.values():
            found[name] = same[0]
    return found


def beside(question: Question, value: Any) -> Beside:
    """An answer as rows to be set beside the marks of its text; raises `CourseError`."""
    if isinstance(question, Chain):
        names = items_by_id(question.items)
        rows = [(step["to"], step["from"], "inferred" if step["inferred"] else "shown") for step in value or []]
        return Beside(chain=tuple((names.get(who, who), names.get(whom, whom), how) for who, whom, how in rows))
    if not isinstance(question, When):
        return Beside()
    text = load_text(question.text)
    marks = {moment.id: moment.mark for moment in clocks_implied(text, open_marks(text))}
    names = items_by_id(question.items)
    return Beside(clocks=tuple((marks.get(name), names.get(name, name), day) for name, day in (value or {}).items()))
