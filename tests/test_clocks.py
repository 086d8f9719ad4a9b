"""Clocks of several places: summer time, the date line, and whole days, each against what `zoneinfo` itself says."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from dateline.kinds.when import read_moment
from dateline.texts.clocks import midnights, shown, span

ZONES = ("Asia/Seoul", "UTC", "America/New_York", "Europe/London", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Australia/Lord_Howe")


@pytest.mark.parametrize(
    ("at", "zone", "there", "words"),
    [
        ("2025-12-24T17:00", "Asia/Seoul", "UTC", "Wed 24 Dec, 08:00"),
        ("2025-12-25T23:53", "UTC", "Asia/Seoul", "Fri 26 Dec, 08:53"),
        ("2025-12-26", "Asia/Seoul", "Asia/Seoul", "Fri 26 Dec"),
        ("2025-12-26", "Asia/Seoul", "America/New_York", "Thu 25 Dec, 10:00 to Fri 26 Dec, 10:00"),
        ("2025-07-01T12:00", "UTC", "Europe/London", "Tue 1 Jul, 13:00"),
        ("2025-01-01T12:00", "UTC", "Europe/London", "Wed 1 Jan, 12:00"),
        ("2025-12-31T23:00", "Pacific/Pago_Pago", "Pacific/Kiritimati", "Fri 2 Jan, 00:00"),
        ("2025-03-30", "Europe/London", "Europe/London", "Sun 30 Mar"),
        ("2025-03-30", "Europe/London", "UTC", "Sun 30 Mar, 00:00 to Sun 30 Mar, 23:00"),
    ],
)
def test_a_moment_is_read_on_another_clock(at: str, zone: str, there: str, words: str) -> None:
    assert shown(span(at, zone), there) == words


def test_a_day_of_summer_time_is_shorter_and_one_of_winter_time_longer() -> None:
    def hours(day: str) -> float:
        found = span(day, "America/New_York")
        return (found.end - found.start).total_seconds() / 3600

    assert (hours("2025-03-09"), hours("2025-11-02"), hours("2025-12-24")) == (23, 25, 24)


@given(some.datetimes(datetime.datetime(2000, 1, 1), datetime.datetime(2037, 12, 31)), some.sampled_from(ZONES), some.sampled_from(ZONES))
def test_what_is_shown_is_what_zoneinfo_says(moment: datetime.datetime, zone: str, there: str) -> None:
    moment = moment.replace(second=0, microsecond=0)
    expected = moment.replace(tzinfo=ZoneInfo(zone)).astimezone(datetime.UTC).astimezone(ZoneInfo(there))
    assert shown(span(moment.isoformat(timespec="minutes"), zone), there).endswith(f"{expected:%H:%M}")


@given(some.datetimes(datetime.datetime(2000, 1, 1), datetime.datetime(2037, 12, 31)), some.sampled_from(ZONES))
def test_an_answer_with_an_offset_is_the_moment_that_zoneinfo_gives(moment: datetime.datetime, zone: str) -> None:
    local = moment.replace(second=0, microsecond=0, tzinfo=ZoneInfo(zone))
    offset = local.utcoffset()
    assert offset is not None
    read = read_moment(local.isoformat(timespec="minutes"))
    assert read == (17, local.astimezone(datetime.UTC))


def test_midnights_name_the_day_that_begins_and_keep_to_the_clock() -> None:
    first, last = datetime.datetime(2025, 3, 8, 12, tzinfo=datetime.UTC), datetime.datetime(2025, 3, 10, 12, tzinfo=datetime.UTC)
    found = midnights(first, last, "America/New_York")
    assert [name for _, name in found] == ["Sun 9 Mar", "Mon 10 Mar"]
    assert found[1][0] - found[0][0] == datetime.timedelta(hours=23)
