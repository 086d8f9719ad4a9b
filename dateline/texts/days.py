"""The day that words such as “on Saturday” or “last month” mean in a report, counted from the day of its dateline.

A draft, to be corrected: what cannot be counted is left open, and nothing is drafted finer than the words are.
"""

import calendar
import contextlib
import datetime
import re
from collections.abc import Callable

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
WORDS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\b"
YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)\b"
TIME = re.compile(
    r"\b(?P<hour>[01]?\d|2[0-3])(?:[:.](?P<minute>[0-5]\d))? ?(?P<half>[ap])\.?m\b|\b(?P<hour24>[01]?\d|2[0-3]):(?P<minute24>[0-5]\d)\b",
    re.I,
)
UNIVERSAL = re.compile(r"\b(?:GMT|UTC|Z)\b")
AHEAD = re.compile(
    r"\b(?:will|would|shall|next|coming|tomorrow|due|plans?|planned|scheduled|to (?:be|begin|open|close|sail|meet|start))\b", re.I
)
"""Words by which a weekday without “last” or “next” is one that is still to come."""
Reader = Callable[[re.Match[str], datetime.date, bool], str]


def day_meant(words: str, base: datetime.date, ahead: bool = False) -> str:
    """The day, month or year that words mean, as `2034-03-18`, `2034-03` or `2034`, with `T06:40` where they give an hour of a day.

    `base` is the day from which they are counted, and `ahead` says that they are about what is to come. Empty where they leave it open.
    """
    for pattern, read in READERS:
        found = pattern.search(words)
        if found:
            with contextlib.suppress(ValueError, OverflowError, KeyError):
                return _with_hour(read(found, base, ahead), words)
    return ""


def _with_hour(day: str, words: str) -> str:
    found = TIME.search(words)
    if not found or len(day) != len("2034-03-18"):
        return day
    hour, minute = int(found["hour"] or found["hour24"]), int(found["minute"] or found["minute24"] or 0)
    if found["half"]:
        hour = hour % 12 + (12 if found["half"].lower() == "p" else 0)
    return f"{day}T{hour:02d}:{minute:02d}{'Z' if UNIVERSAL.search(words) else ''}"


def _iso(found: re.Match[str], _base: datetime.date, _ahead: bool) -> str:
    return datetime.date(int(found["year"]), int(found["number"]), int(found["day"])).isoformat()


def _calendar(found: re.Match[str], base: datetime.date, _ahead: bool) -> str:
    """A day and a month; without a year the nearest such day, because a report leaves the year out of what is near."""
    month, day = MONTHS[found["month"].lower()], int(found["day"])
    year = found.groupdict().get("year")
    years = [int(year)] if year else sorted(range(base.year - 1, base.year + 2), key=lambda one: abs(datetime.date(one, month, 1) - base))
    return datetime.date(years[0], month, day).isoformat()


def _month(found: re.Match[str], base: datetime.date, ahead: bool) -> str:
    month = MONTHS[found["month"].lower()]
    year = found.groupdict().get("year")
    if year:
        return f"{year}-{month:02d}"
    turn = 1 if ahead and month < base.month else -1 if not ahead and month > base.month else 0
    return f"{base.year + turn}-{month:02d}"


def _near(found: re.Match[str], base: datetime.date, _ahead: bool) -> str:
    steps = {"yesterday": -1, "tomorrow": 1, "day before yesterday": -2, "day after tomorrow": 2}
    return (base + datetime.timedelta(days=steps.get(found[0].lower(), 0))).isoformat()


def _ago(found: re.Match[str], base: datetime.date, _ahead: bool) -> str:
    count = int(found["count"]) if found["count"].isdigit() else WORDS[found["count"].lower()]
    return _stepped(base, -count, found["unit"].lower())


def _turned(found: re.Match[str], base: datetime.date, _ahead: bool) -> str:
    """Last month, this year, next month."""
    return _stepped(base, {"last": -1, "previous": -1, "this": 0, "next": 1}[found["turn"].lower()], found["unit"].lower())


def _stepped(base: datetime.date, count: int, unit: str) -> str:
    if unit in ("day", "week"):
        return (base + datetime.timedelta(days=count * (7 if unit == "week" else 1))).isoformat()
    if unit == "month":
        months = base.year * 12 + base.month - 1 + count
        return f"{months // 12:04d}-{months % 12 + 1:02d}"
    return f"{base.year + count:04d}"


def _weekday(found: re.Match[str], base: datetime.date, ahead: bool) -> str:
    """A report's weekday is the last one, the day of the dateline among them, or the next where it is still to come."""
    wanted, turn = WEEKDAYS[found["weekday"].lower()], (found["turn"] or "").lower()
    if turn == "next" or (ahead and turn != "last"):
        return (base + datetime.timedelta(days=(wanted - base.weekday() - 1) % 7 + 1)).isoformat()
    back = (base.weekday() - wanted) % 7
    return (base - datetime.timedelta(days=back or (7 if turn == "last" else 0))).isoformat()


def _year(found: re.Match[str], _base: datetime.date, _ahead: bool) -> str:
    return found["year"]


COUNT = "(?P<count>" + r"\d{1,3}|" + "|".join(WORDS) + ")"
READERS: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(rf"\b{pattern}", re.IGNORECASE), read)
    for pattern, read in (
        (r"(?P<year>\d{4})-(?P<number>\d\d)-(?P<day>\d\d)\b", _iso),
        (rf"{DAY}(?: of)? {MONTH},? {YEAR}", _calendar),
        (rf"{MONTH} {DAY},? {YEAR}", _calendar),
        (rf"{MONTH},?(?: of)? {YEAR}", _month),
        (rf"{DAY}(?: of)? {MONTH}", _calendar),
        (rf"{MONTH} {DAY}", _calendar),
        (rf"(?:(?P<turn>last|this|next|coming) )?(?P<weekday>{'|'.join(WEEKDAYS)})\b", _weekday),
        (r"(?:day before yesterday|day after tomorrow|yesterday|today|tonight|tomorrow)\b", _near),
        (rf"{COUNT} (?P<unit>day|week|month|year)s? (?:ago|earlier|before)\b", _ago),
        (r"(?P<turn>last|previous|this|next) (?P<unit>month|year)\b", _turned),
        (MONTH, _month),
        (YEAR, _year),
    )
)
"""Forms of a date, the one that says most first."""
