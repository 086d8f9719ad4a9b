"""Which paper counts: all files of one learner merged, question by question."""

import datetime
import re
import time
from collections.abc import Collection
from typing import Literal, TypeAlias

import msgspec

from dateline.answers.document import LARGEST, VALUES, Answer, decode_any, values_in
from dateline.classroom.match import Matched
from dateline.classroom.names import plain
from dateline.classroom.submissions import HandIn, Unread, contents
from dateline.wording import counted

Late = Literal["count", "mark", "leave-out"]
State = Literal["graded", "not read", "left out"]
FILES = 200
"""Files of one learner that are read."""
BYTES = 3 * LARGEST
"""Bytes of one learner's files that are read; all answers of the course are under 2 MB."""
MOST_VALUES = 5 * VALUES
"""Values in one learner's files that are read: two hundred full exports have fewer. They take a second, and 100 MB at most."""
SECONDS = 20
"""Seconds of a processor that one learner's files may take before the rest is left; a full paper takes some thousandths of one."""
TOLD = 5
"""Faults of one learner's files that are told one by one."""
STAMP = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")
"""A stamp as the course writes it."""
BEGINNING = datetime.datetime.min.replace(tzinfo=datetime.UTC)
Rank: TypeAlias = tuple[bool, datetime.datetime, int]
"""By which of two answers to one question counts: one that says something, the later, the later file. No stamp is `BEGINNING`."""


class Paper(msgspec.Struct, frozen=True):
    """The answers of one learner, of all modules, by question id; of two the later by its own `saved` stamp.

    `received` is an ISO time with its zone: the school's, or else the latest answer's; `by` says which ("Canvas", "the answers").
    `used` and `left_out` are sources. `state` is `graded`, `not read` if no file could be, or `left out` if all that could came late.
    The faults are one line each.
    """

    answers: dict[str, Answer]
    received: str = ""
    by: str = ""
    late: bool = False
    used: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    state: State = "not read"


class Part(msgspec.Struct, frozen=True):
    """A file of a learner as it was read: its answers, or why there are none."""

    hand_in: HandIn
    answers: tuple[tuple[str, Answer], ...] = ()
    problem: str = ""


def paper_of(matched: Matched, due: datetime.datetime | None = None, late: Late = "mark") -> Paper:
    """The paper of a row. Late work (the system's marker, or after `due`) counts, counts and is marked, or is left out. Never raises.

    Where the school's system says no time, an answer is late by its own stamp. `due` has a zone.
    """
    parts = _read(matched.hand_ins)
    merged: dict[str, tuple[Answer, int]] = {}
    used: dict[str, Part] = {}
    all_late = False
    some_late = 0
    for order, part in enumerate(parts):
        whole = _is_late(part.hand_in, due)
        by_stamp = due if whole is None else None
        for question, answer in part.answers:
            if whole or (by_stamp and _saved(answer) > by_stamp):
                some_late += 1
                all_late |= bool(whole)
                if late == "leave-out":
                    continue
            used[part.hand_in.source] = part
            before = merged.get(question)
            if before is None or _rank(answer, order) > _rank(*before):
                merged[question] = (answer, order)
    answers = {question: merged[question][0] for question in sorted(merged)}
    received, by = _received([part.hand_in for part in used.values()], answers.values())
    faults = _faults(parts, used, answers)
    faults += _said_of_late(some_late, all_late, late)
    return Paper(
        answers,
        received,
        by,
        bool(some_late) and late == "mark",
        tuple(used),
        tuple(part.hand_in.source for part in parts if part.hand_in.source not in used),
        tuple(faults),
        "left out" if some_late and not used else "graded" if any(not part.problem for part in parts) else "not read",
    )


def _saved(answer: Answer) -> datetime.datetime:
    return moment(answer.saved) or BEGINNING


def _rank(answer: Answer, order: int) -> Rank:
    return answer.value is not None or answer.first is not None, _saved(answer), order


def _read(hand_ins: tuple[HandIn, ...]) -> list[Part]:
    """The files in the system's order, within the budget of one learner."""
    parts = []
    left, values, began = BYTES, MOST_VALUES, time.process_time()
    for number, hand_in in enumerate(sorted(hand_ins, key=lambda one: (one.name.order, one.source))):
        if number >= FILES or left <= 0:
            much = f"{FILES} files" if number >= FILES else f"{BYTES // 1_000_000} MB"
            parts.append(Part(hand_in, problem=f"this learner handed in more than {much}; this one is not read"))
            continue
        if time.process_time() - began > SECONDS:
            parts.append(Part(hand_in, problem=f"the files before took more than {SECONDS} seconds; this one is not read"))
            continue
        raw = contents(hand_in)
        if isinstance(raw, Unread):
            parts.append(Part(hand_in, problem=raw.what))
            continue
        left -= len(raw)
        values -= values_in(raw)
        parts.append(_part(hand_in, raw) if values >= 0 else Part(hand_in, problem="it and the files before hold far more than answers"))
    return parts


def _part(hand_in: HandIn, raw: bytes) -> Part:
    try:
        modules = decode_any(raw)
    except (ValueError, ArithmeticError, MemoryError, RecursionError) as error:
        return Part(hand_in, problem=f"it cannot be read: {plain(str(error))}")
    answers = tuple((question, answer) for module in sorted(modules) for question, answer in sorted(modules[module].items()))
    return Part(hand_in, answers)


def _is_late(hand_in: HandIn, due: datetime.datetime | None) -> bool | None:
    """Whether the school's system says that a file is late; None where it says nothing."""
    if hand_in.late:
        return True
    return hand_in.received > due if hand_in.received and due else False if hand_in.received else None


def moment(saved: str) -> datetime.datetime | None:
    """The moment of an answer's stamp, in UTC where it names no zone; None if it is no moment."""
    try:
        found = datetime.datetime.fromisoformat(saved[:40])
        return found.replace(tzinfo=datetime.UTC) if found.tzinfo is None else found.astimezone(datetime.UTC)
    except (ValueError, OverflowError):
        return None


def _said_of_late(count: int, whole: bool, late: Late) -> list[str]:
    """What is said of late work; where only the answers' own stamps tell, how many it is."""
    if not count or late == "count":
        return []
    many = f"{count} answer{'s' * (count > 1)} given after the due time"
    if late == "leave-out":
        return ["what came late is left out" if whole else f"left out: {many}"]
    return ["late" if whole else f"late: {many}"]


def _received(hand_ins: list[HandIn], answers: Collection[Answer]) -> tuple[str, str]:
    times = [(one.received, one.name.system) for one in hand_ins if one.received]
    if times:
        last, system = max(times)
        return last.isoformat(timespec="seconds"), "your list" if system == "list" else system
    last = _latest(answers)
    return (last.isoformat(timespec="seconds"), "the answers") if last > BEGINNING else ("", "")


def _latest(answers: Collection[Answer]) -> datetime.datetime:
    """The moment of the latest answer. Stamps as the course writes them sort like their moments, so of these one alone is read."""
    stamps = [answer.saved for answer in answers]
    ours = [stamp for stamp in stamps if STAMP.fullmatch(stamp)]
    last = moment(max(ours)) if ours else None
    others = stamps if last is None else [stamp for stamp in stamps if not STAMP.fullmatch(stamp)] if len(ours) < len(stamps) else []
    return max([last or BEGINNING, *(moment(stamp) or BEGINNING for stamp in others)])


def _faults(parts: list[Part], used: dict[str, Part], answers: dict[str, Answer]) -> list[str]:
    wrong = [part for part in parts if part.problem]
    faults = [f"{part.hand_in.source}: {part.problem}" for part in wrong[:TOLD]]
    faults += [f"{counted(len(wrong) - TOLD, 'more file')} could not be read"] if len(wrong) > TOLD else []
    empty = [part.hand_in.source for part in parts if not part.problem and not part.answers]
    faults += [f"{source}: it holds no answers" for source in empty[:TOLD]]
    if len(used) > 1:
        faults.append(f"{len(used)} files are merged, of each question the later answer: {', '.join(list(used)[:TOLD])}")
    return faults
