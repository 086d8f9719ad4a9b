"""Dated events and statements around the article, one row each, with where they come from."""

import csv
import re
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec

from dateline.evidence.sources import load_sources
from dateline.faults import CourseError, Problem, fail
from dateline.folders import course_folder, named

LONGEST_QUOTATION = 12
"""Words that may be quoted of anybody's text."""
FORMS = {"none": "", "year": r"\d{4}", "month": r"\d{4}-\d\d", "day": r"\d{4}-\d\d-\d\d", "minute": r"\d{4}-\d\d-\d\dT\d\d:\d\d"}
"""How a date is written at each precision; its zone stands in a column of its own."""
Precision = Literal["none", "year", "month", "day", "minute"]


class Event(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something that happened, was reported or was published; `clock` says which of the three the date is.

    `until` is the last day of what took several. `series` names a set of like events, such as visits, and `searched` the
    languages and places in which the set was looked for.
    """

    id: str
    date: str
    precision: Precision
    zone: str
    clock: Literal["event", "report", "publication"]
    actor: str
    what: str
    channel: str
    source: str
    as_of: str
    status: str
    until: str = ""
    series: str = ""
    searched: str = ""


class Reaction(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an actor said or did, or that nothing was found by `as_of` in the languages and places that `searched` names."""

    id: str
    date: str
    precision: Precision
    zone: str
    actor: str
    about: str
    channel: str
    act: str
    paraphrase: str
    quotation: str
    source: str
    as_of: str
    status: Literal["seen", "none found"]
    searched: str = ""

    @property
    def found(self) -> bool:
        """Whether there is a statement; else somebody looked and found none."""
        return self.status == "seen"


Row = TypeVar("Row", Event, Reaction)


def load_events() -> tuple[Event, ...]:
    """The rows of `data/context/events.csv`; raises `CourseError` with every fault."""
    path = course_folder() / "data" / "context" / "events.csv"
    return _load(path, Event, path.stat().st_mtime_ns)


def load_reactions() -> tuple[Reaction, ...]:
    """The rows of `data/context/reactions.csv`; raises `CourseError` with every fault."""
    path = course_folder() / "data" / "context" / "reactions.csv"
    return _load(path, Reaction, path.stat().st_mtime_ns)


def load_counts() -> tuple[dict[str, int], ...]:
    """Missile tests by year as two bodies count them: `year`, `cns_missiles`, `csis_missile_events` and more."""
    path = course_folder() / "data" / "context" / "missile_counts.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return tuple({name: int(value) for name, value in row.items()} for row in csv.DictReader(file))


@lru_cache(maxsize=4)
def _load(path: Path, kind: type[Row], _changed: int) -> tuple[Row, ...]:
    rows: list[Row] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        for table in reader:
            try:
                row = msgspec.convert(table, kind)
            except msgspec.ValidationError as error:
                problems += fail(named(path), reader.line_num, str(error), "Use the columns and values that data/README.md lists").problems
                continue
            problems += [Problem(named(path), reader.line_num, *fault) for fault in _faults(row, seen)]
            rows.append(row)
    if problems:
        raise CourseError(problems)
    return tuple(rows)


def _faults(row: Any, seen: set[str]) -> list[tuple[str, str]]:
    found = []
    if row.id in seen:
        found.append((f"the id {row.id!r} is there twice", "Give each row its own"))
    seen.add(row.id)
    if not re.fullmatch(FORMS[row.precision], row.date):
        found.append(
            (
                f"{row.date!r} is not a date with the precision {row.precision!r}",
                "Write 2025-12-24 for a day, 2025-12-24T17:00 for a minute",
            )
        )
    if row.precision == "minute" and not re.fullmatch(r"Z|[+-]\d\d:\d\d", row.zone):
        found.append((f"{row.zone!r} is not a time zone", "Write Z or an offset such as +09:00"))
    if (row.source or row.status != "none found") and row.source not in load_sources():
        found.append((f"there is no source {row.source!r}", "Add it to data/sources.toml"))
    if (row.status == "none found" or getattr(row, "series", "")) and not (row.searched.strip() and re.fullmatch(FORMS["day"], row.as_of)):
        found.append(
            (
                f"{row.id}: it is not said where and until when somebody looked",
                "Write languages and places into searched, and the day into as_of",
            )
        )
    if getattr(row, "until", "") and not (re.fullmatch(FORMS["day"], row.until) and row.until > row.date):
        found.append((f"{row.until!r} is not a later day", "Write the last day as 2025-12-24, or leave until empty"))
    if len(getattr(row, "quotation", "").split()) > LONGEST_QUOTATION:
        found.append((f"the quotation has more than {LONGEST_QUOTATION} words", "Shorten it, or put it in other words"))
    return found
