"""The authoring checks: every fault in texts, annotations, questions, keys and notebooks, all at once, each with file, line and fix."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any

from dateline.authoring.notebooks import CALL, notebook_files
from dateline.bank import exercise_files, load_stem, original
from dateline.cards.panels import load_panel, panel_files
from dateline.evidence.context import load_events, load_reactions
from dateline.evidence.misconceptions import misconceptions
from dateline.evidence.sources import CITED, load_sources
from dateline.evidence.survey import phrases
from dateline.faults import CourseError, Problem, line_of
from dateline.folders import course_folder, named
from dateline.kinds import grade, solved
from dateline.kinds.questions import (
    AnyKey,
    AnyQuestion,
    CellsKey,
    ChainKey,
    Choose,
    ChooseKey,
    DeskKey,
    ManyKey,
    Mark,
    MarkKey,
    NumberKey,
    Order,
    OrderKey,
    RangeKey,
    Tag,
    WhenKey,
    Write,
    WriteKey,
)
from dateline.kinds.when import read_moment
from dateline.texts.marks import read_annotation
from dateline.texts.text import load_text

Fault = tuple[tuple[str, ...], str, str]
"""Words that lead to the line in the key file, what is wrong, and the fix."""


def check_course() -> list[Problem]:
    """Every problem in the course's files, in order of file and line."""
    return sorted(set(chain(check_texts(), check_annotations(), check_panels(), check_context(), check_questions(), check_notebooks())))


def check_texts() -> Iterator[Problem]:
    """Texts that do not load."""
    for path in sorted((course_folder() / "data" / "texts").glob("*.txt")):
        yield from _caught(lambda path=path: load_text(path.stem))  # type: ignore[misc]


def check_annotations() -> Iterator[Problem]:
    """Marks that do not fit their text."""
    for folder in ("data", "solutions"):
        for path in sorted((course_folder() / folder / "annotations").glob("*.toml")):
            yield from _caught(lambda path=path: read_annotation(path, load_text(path.stem)))  # type: ignore[misc]


def check_panels() -> Iterator[Problem]:
    """Panels that do not load."""
    for path in panel_files():
        yield from _caught(lambda path=path: load_panel(path.stem))  # type: ignore[misc]


def check_context() -> Iterator[Problem]:
    """Sources and tables that do not load, where the course has them."""
    tables = {"sources.toml": load_sources, "context/events.csv": load_events, "context/reactions.csv": load_reactions}
    for name, load in tables.items():
        if (course_folder() / "data" / name).is_file():
            yield from _caught(load)


def check_questions() -> Iterator[Problem]:
    """Questions and keys that do not load, do not fit each other, or leave a learner without a reason."""
    seen: dict[str, str] = {}
    for path in exercise_files():
        problems = list(_caught(lambda path=path: load_stem(path)))  # type: ignore[misc]
        yield from problems
        if problems:
            continue
        stem = load_stem(path)
        source = path.read_text(encoding="utf-8")
        for question in stem.lesson.question:
            line = line_of(source, f'id = "{question.id}"')
            if question.id in seen:
                yield Problem(named(path), line, f"the id {question.id!r} is also in {seen[question.id]}", "Choose another id")
            seen[question.id] = named(path)
            yield from (Problem(named(path), line, what, fix) for what, fix in _question_faults(question))
            if stem.keys is not None:
                yield from _key_problems(path.name, question, stem.keys.get(question.id))


def check_notebooks() -> Iterator[Problem]:
    """Calls of exercises and sources that are not there, and pictures without alt text."""
    known = {question.id for path in exercise_files() for question in load_stem(path).lesson.question}
    for path in notebook_files():
        source = path.read_text(encoding="utf-8")
        cited = set(CITED.findall(source))
        for name in sorted(cited - set(load_sources())) if cited else []:
            yield Problem(named(path), line_of(source, f"SOURCES.md#{name}"), f"there is no source {name!r}", "Add it to data/sources.toml")
        for cell in json.loads(source)["cells"]:
            call = CALL.match("".join(cell["source"]))
            if call and original(call[2]) not in known:
                yield Problem(
                    named(path), line_of(source, call[2]), f"there is no exercise {call[2]!r}", "Name one that stands in exercises/"
                )
            if re.search(r"<img(?![^>]*alt=.\"[^\\])", json.dumps(cell.get("outputs", []))):
                yield Problem(
                    named(path), line_of(source, "<img"), "a picture has no alt text", "Draw it with a helper of dateline.figures.lessons"
                )


def _caught(load: Callable[[], Any]) -> tuple[Problem, ...]:
    try:
        load()
    except CourseError as error:
        return error.problems
    return ()


def _question_faults(question: AnyQuestion) -> Iterator[tuple[str, str]]:
    places = (*question.show, *(question.items if isinstance(question, Tag) else ()))
    if places and not question.text:
        yield "it shows sentences of no text", 'Name the text: text = "article"'
    elif places:
        for problem in _caught(lambda: load_text(question.text).select(places)):
            yield problem.what, problem.fix
    unaided = isinstance(question, Write) or question.beat == "test" or question.unmarked
    if not unaided and len(question.hints) != 3:
        yield f"it has {len(question.hints)} hints", "Write three: where to look, the principle, a line worked elsewhere"
    for name in ("choices", "items", "columns"):
        ids = [getattr(part, "id", part) for part in getattr(question, name, ())]
        if len(set(ids)) < len(ids):
            yield f"two of its {name} have the same id", "Give each its own"
    given = getattr(question, "given", {})
    unknown = set(given) - {cell.id for cell in getattr(question, "cells", ())}
    if unknown:
        yield f"what is given for {', '.join(sorted(unknown))} belongs to no item", "Use the ids of the items"


def _key_problems(file: str, question: AnyQuestion, key: AnyKey | None) -> Iterator[Problem]:
    path = course_folder() / "solutions" / file
    source = path.read_text(encoding="utf-8")
    if question.unmarked:
        yield from [Problem(named(path), 1, f"{question.id} is unmarked and has a key", "Take one of the two away")] if key else []
        return
    if key is None:
        yield Problem(named(path), 1, f"there is no key for {question.id!r}", f"Add a table [{question.id}]")
        return
    faults = list(FAULTS[type(key)](question, key))
    for where, what, fix in faults:
        yield Problem(named(path), line_of(source, f"[{question.id}", *where), f"{question.id}: {what}", fix)
    if faults:
        return
    header = line_of(source, f"[{question.id}")
    result = grade(question, key, solved(question, key))
    if result.status not in ("right", "noted", "for your teacher"):
        yield Problem(named(path), header, f"{question.id}: no answer can be right ({result.problem or result.status})", "Correct the key")
    for answer in _answer_words(question, key):
        if any(answer.casefold() in hint.casefold() for hint in question.hints):
            yield Problem(named(path), header, f"{question.id}: a hint contains the answer {answer!r}", "Reword the hint in the question")


def _answer_words(question: AnyQuestion, key: AnyKey) -> list[str]:
    """Words that would give the answer away in a hint."""
    if isinstance(question, Choose) and isinstance(key, ChooseKey):
        return [choice.text for choice in question.choices if choice.id in key.right]
    if isinstance(key, MarkKey):
        return [f"“{span.words}”" for span in key.span]
    if isinstance(key, WhenKey):
        return [value for verdict in key.items.values() for value in verdict.right if read_moment(value)]
    return []


# ---- what can be wrong with each kind of key -------------------------------------------------------------------------


def _reasons(why: dict[str, str], wanted: Iterable[str], where: tuple[str, ...] = ()) -> Iterator[Fault]:
    wanted = set(wanted)
    for name in sorted(wanted - set(why)):
        yield where, f"there is no reason for {name!r}", f"Add it to why: {name} = "
    for name in sorted(set(why) - wanted):
        yield where, f"there is a reason for {name!r}, which cannot be answered", f"Take it out, or use one of: {', '.join(sorted(wanted))}"
    if len(set(why.values())) < len(why):
        yield where, "two answers share one reason", "Say of each why it is right or wrong"


def _known(names: Iterable[str], wanted: Iterable[str], what: str, where: tuple[str, ...] = ()) -> Iterator[Fault]:
    wanted = set(wanted)
    for name in sorted(set(names) - wanted):
        yield where, f"{name!r} is not {what}", f"Use one of: {', '.join(sorted(wanted))}"


def _same(found: Iterable[str], wanted: Iterable[str], what: str) -> Iterator[Fault]:
    found, wanted = set(found), set(wanted)
    for name in sorted(wanted - found):
        yield (), f"there is no verdict for {name!r}", f"Add one, or give {what} in the question"
    yield from _known(found, wanted, what)


def _beliefs(named_ones: Iterable[str], where: tuple[str, ...] = ()) -> Iterator[Fault]:
    yield from _known(named_ones, misconceptions(), "in data/misconceptions.toml", where)


def _words_in(text: str, at: str, words: str, nth: int | None, where: tuple[str, ...]) -> Iterator[Fault]:
    if words and at and text:
        for problem in _caught(lambda: load_text(text).find(at, words, nth)):
            yield where, problem.what, problem.fix


def _cells(question: Any, key: ChooseKey | CellsKey) -> Iterator[Fault]:
    cells = {cell.id: cell for cell in question.cells if not cell.given}
    yield from _same(key.items, cells, "something that is asked")
    for name in set(key.items) & set(cells):
        verdict = key.items[name]
        choices = [choice.id for choice in cells[name].choices]
        where = (f'"{name}"',) if name else ()
        yield from _reasons(verdict.why, choices, where)
        yield from _known((*verdict.right, *verdict.half, *verdict.misconception), choices, "a choice", where)
        yield from _beliefs(verdict.misconception.values(), where)
        yield from _words_in(question.text, verdict.at or (name if isinstance(question, Tag) else ""), verdict.look, verdict.nth, where)
        if not verdict.right:
            yield where, "no choice is right", "Name at least one"
        if set(verdict.right) & set(verdict.half):
            yield where, "a choice is both right and half right", "Take it out of one"


def _many(question: Any, key: ManyKey) -> Iterator[Fault]:
    choices = [choice.id for choice in question.choices]
    yield from _reasons(key.why, choices)
    yield from _known((*key.right, *key.optional, *key.misconception), choices, "a choice")
    yield from _beliefs(key.misconception.values())


def _mark(question: Mark, key: MarkKey) -> Iterator[Fault]:
    labels = [choice.id for choice in question.choices]
    shown = [sentence.at for sentence in load_text(question.text).select(question.show)]
    for name in [at for at in shown if at not in key.fine]:
        yield (), f"there is no reason why the other words of {name} are fine", f'Add to fine: "{name}" = '
    yield from _known((*key.fine, *(span.at for span in key.span)), shown, "a sentence that is shown")
    for span in key.span:
        where = ("[[", f'"{span.words}"')
        yield from _words_in(question.text, span.at, span.words, span.nth, where)
        yield from _reasons(span.why, labels, where)
        yield from _known(span.right, labels, "a label", where)
        yield from _beliefs(span.misconception.values(), where)


def _order(question: Order, key: OrderKey) -> Iterator[Fault]:
    items = [item.id for item in question.items]
    placed = [item for group in key.order for item in group] + list(key.free)
    yield from _same(placed, items, "an item")
    yield from _reasons(key.why, items)
    if len(placed) > len(set(placed)):
        yield (), "an item has two places", "Give it one"
    if set(placed) == set(items) and grade(question, key, items).status == "right":
        yield (), "the items stand in the right order already", "Put them in another order in the question"


def _number(question: Any, key: NumberKey) -> Iterator[Fault]:
    if key.data:
        yield from _known([key.data], phrases(), "a phrase of data/probability_phrases.csv")
    elif key.value is None or not question.low <= key.value <= question.high:
        yield (), "the value is not between the question's bounds", "Give a value, or name the data"
    else:
        yield from _reasons(key.why, ("right", "low", "high"))
    yield from _beliefs(trap.misconception for trap in key.trap if trap.misconception)


def _range(_: Any, key: RangeKey) -> Iterator[Fault]:
    yield from _known([key.data], phrases(), "a phrase of data/probability_phrases.csv")
    yield from _reasons(key.why, ("right", "narrow", "wide"))


def _when(question: Any, key: WhenKey) -> Iterator[Fault]:
    yield from _same(key.items, [item.id for item in question.items], "an item")
    for name, verdict in key.items.items():
        where = (f"{question.id}.items.{name}",)
        precisions = [moment[0] for value in verdict.right if (moment := read_moment(value))]
        finest = 16 if question.offsets else 10
        wanted = {"right", "other"} | ({"coarse"} if any(p > 4 for p in precisions) else set())
        wanted |= {"fine"} if any(p < finest for p in precisions) else set()
        yield from _reasons(verdict.why, wanted, where)
        yield from _beliefs(verdict.misconception.values(), where)
        for value in (*verdict.right, *verdict.trap):
            if value != "not stated" and read_moment(value) is None:
                yield where, f"{value!r} is not a date", "Write 2025-12-24, 2025-12-24T17:00+09:00, or not stated"


def _chain(question: Any, key: ChainKey) -> Iterator[Fault]:
    items = [item.id for item in question.items]
    yield from _known(chain.from_iterable((edge.source, edge.to) for edge in key.edge), items, "in this chain")
    yield from _reasons(key.wrong, items)


def _desk(question: Any, key: DeskKey) -> Iterator[Fault]:
    yield from _same(key.items, [item.id for item in question.items], "a card")
    yield from _reasons(key.why, ("nearer", "farther", "still"))
    if len({worth.why for worth in key.items.values()}) < len(key.items):
        yield (), "two cards share one reason", "Say of each what it is worth and why"
    best = sum(sorted((worth.worth for worth in key.items.values()), reverse=True)[: question.budget])
    if not 0 < key.enough <= best:
        yield (
            (),
            f"{key.enough:g} is not to be had: the best {question.budget} cards are worth {best:g}",
            "Lower enough or raise the budget",
        )


def _write(_: Any, key: WriteKey) -> Iterator[Fault]:
    if not key.model:
        yield (), "there is no model answer", "Write at least one"


FAULTS: dict[type[AnyKey], Callable[[Any, Any], Iterator[Fault]]] = {
    ChooseKey: _cells,
    CellsKey: _cells,
    ManyKey: _many,
    MarkKey: _mark,
    OrderKey: _order,
    NumberKey: _number,
    RangeKey: _range,
    WhenKey: _when,
    ChainKey: _chain,
    DeskKey: _desk,
    WriteKey: _write,
}


def count_checked() -> dict[str, int]:
    """How many of each were checked."""
    stems = [load_stem(path) for path in exercise_files()]
    return {
        "texts": len(list((course_folder() / "data" / "texts").glob("*.txt"))),
        "questions": sum(len(stem.lesson.question) for stem in stems),
        "notebooks": len(notebook_files()),
    }
