"""Moments and days on the clocks of several places. All arithmetic is `zoneinfo`'s, so summer time and the date line are its business."""

import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

DAY = datetime.timedelta(days=1)
ONE_MINUTE = datetime.timedelta(minutes=1)


class Span(NamedTuple):
    """From a moment to a moment, both in UTC: a minute for a time, a whole local day for a date."""

    start: datetime.datetime
    end: datetime.datetime


def span(at: str, zone: str) -> Span:
    """The span of `2025-12-24T17:00` or `2025-12-24` on the clock of a zone such as `Asia/Seoul`.

    Raises `ValueError` if it is neither, and `KeyError` for a zone that is not known.
    """
    place = ZoneInfo(zone)
    if "T" in at:
        start = datetime.datetime.fromisoformat(at).replace(tzinfo=place).astimezone(datetime.UTC)
        return Span(start, start + ONE_MINUTE)
    day = datetime.date.fromisoformat(at)
    return Span(*(_midnight(day + step * DAY, place) for step in (0, 1)))


def _midnight(day: datetime.date, place: ZoneInfo) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), place).astimezone(datetime.UTC)


def shown(found: Span, zone: str) -> str:
    """A span in words on the clock of a zone: a time, a day, or from one time to another."""
    place = ZoneInfo(zone)
    start, end = (moment.astimezone(place) for moment in found)
    if found.end - found.start <= ONE_MINUTE:
        return f"{start:%a} {start.day} {start:%b}, {start:%H:%M}"
    if (start.hour, start.minute, end.hour, end.minute) == (0, 0, 0, 0) and end.date() - start.date() == DAY:
        return f"{start:%a} {start.day} {start:%b}"
    return f"{start:%a} {start.day} {start:%b}, {start:%H:%M} to {end:%a} {end.day} {end:%b}, {end:%H:%M}"


def midnights(first: datetime.datetime, last: datetime.datetime, zone: str) -> list[tuple[datetime.datetime, str]]:
    """The midnights of a zone from `first` to `last` (UTC), each with the name of the day that begins."""
    place = ZoneInfo(zone)
    day = first.astimezone(place).date()
    found = []
    while (moment := _midnight(day, place)) <= last:
        if moment >= first:
            found.append((moment, f"{day:%a} {day.day} {day:%b}"))
        day += DAY
    return found
