"""What the course knows of the world: dated rows that fit their precision, sources with a page, and what readers take a phrase to mean."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from asking import MISCONCEPTIONS, READERS, YARDSTICKS

from dateline.evidence import survey
from dateline.evidence.context import load_counts, load_events, load_reactions
from dateline.evidence.misconceptions import belief, misconceptions
from dateline.evidence.sources import load_sources, sources_page
from dateline.faults import CourseError

Course = Callable[[dict[str, str]], Path]
SOURCES = """[wire-1]
who = "A wire"
date = 2031-05-06
what = "Ferry leaves"
url = "https://example.org/1"
seen = "whole"
[paper-2]
who = "A paper"
date = 2030-12-24
what = "Yard opens"
url = "https://example.org/2"
seen = "first page"
"""
EVENTS = "id,date,precision,zone,clock,actor,what,channel,source,as_of,status\n"
SERIES = "id,date,precision,zone,clock,actor,what,channel,source,as_of,status,until,series,searched\n"
REACTIONS = "id,date,precision,zone,actor,about,channel,act,paraphrase,quotation,source,as_of,status,searched\n"


@pytest.fixture
def course(small_course: Course) -> Path:
    root = small_course(
        {
            "data/sources.toml": SOURCES,
            "data/misconceptions.toml": MISCONCEPTIONS,
            "data/probability_phrases.csv": READERS,
            "data/yardsticks.csv": YARDSTICKS,
        }
    )
    (root / "data" / "context").mkdir()
    return root


def event(course: Path, row: str) -> list[str]:
    """The faults of one event."""
    (course / "data" / "context" / "events.csv").write_text(EVENTS + row, encoding="utf-8")
    return faults(load_events)


def faults(load: Callable[[], object]) -> list[str]:
    try:
        load()
    except CourseError as error:
        return str(error).split("\n")
    return []


WHERE = "data/context/events.csv:2: "
WRITE = "Write 2025-12-24 for a day, 2025-12-24T17:00 for a minute."


@pytest.mark.parametrize(
    ("date", "precision", "zone", "said"),
    [
        ("2031", "year", "", []),
        ("2031-05", "month", "", []),
        ("2031-05-06", "day", "+09:00", []),
        ("2031-05-06", "day", "odd", []),
        ("2031-05-06T17:00", "minute", "+09:00", []),
        ("2031-05-06T17:00", "minute", "Z", []),
        ("", "none", "", []),
        ("2031-05", "year", "", [f"'2031-05' is not a date with the precision 'year'. {WRITE}"]),
        ("2031", "month", "", [f"'2031' is not a date with the precision 'month'. {WRITE}"]),
        ("2031-05-06T17:00", "day", "", [f"'2031-05-06T17:00' is not a date with the precision 'day'. {WRITE}"]),
        ("2031-05-06", "minute", "Z", [f"'2031-05-06' is not a date with the precision 'minute'. {WRITE}"]),
        ("2031", "none", "", [f"'2031' is not a date with the precision 'none'. {WRITE}"]),
        ("2031-05-06T17:00", "minute", "", ["'' is not a time zone. Write Z or an offset such as +09:00."]),
        ("2031-05-06T17:00", "minute", "9:00", ["'9:00' is not a time zone. Write Z or an offset such as +09:00."]),
    ],
)
def test_a_date_fits_its_precision(course: Path, date: str, precision: str, zone: str, said: list[str]) -> None:
    assert event(course, f"a,{date},{precision},{zone},event,Ostrel,left,wire,wire-1,2031-06-01,seen\n") == [WHERE + one for one in said]


def test_every_fault_of_every_row_is_told_at_once(course: Path) -> None:
    (course / "data" / "context" / "events.csv").write_text(
        EVENTS
        + "a,2031,year,,event,Ostrel,left,wire,wire-1,2031,seen\n"
        + "a,2031,day,,event,Ostrel,left,wire,nobody,2031,seen\n"
        + "b,2031,century,,event,Ostrel,left,wire,wire-1,2031,seen\n"
        + "c,2031,year,,event,Ostrel,left,wire,,2031,seen\n",
        encoding="utf-8",
    )
    told = faults(load_events)
    assert told[:3] == [
        f"data/context/events.csv:3: '2031' is not a date with the precision 'day'. {WRITE}",
        "data/context/events.csv:3: the id 'a' is there twice. Give each row its own.",
        "data/context/events.csv:3: there is no source 'nobody'. Add it to data/sources.toml.",
    ]
    assert told[3].startswith("data/context/events.csv:4: Invalid enum value 'century'")
    assert told[3].endswith("Use the columns and values that data/README.md lists.")
    assert told[4:] == ["data/context/events.csv:5: there is no source ''. Add it to data/sources.toml."]


TWELVE = " ".join(["word"] * 12)
UNSEARCHED = "{}: it is not said where and until when somebody looked. Write languages and places into searched, and the day into as_of."


@pytest.mark.parametrize(
    ("as_of", "status", "searched", "said"),
    [
        ("2031-06-01", "none found", "Ostrel and English; pages of the ministry", []),
        ("2031-06-01", "none found", "", [UNSEARCHED.format("r")]),
        ("2031-06-01", "none found", "  ", [UNSEARCHED.format("r")]),
        ("2031", "none found", "English", [UNSEARCHED.format("r")]),
        ("", "none found", "English", [UNSEARCHED.format("r")]),
        ("2031-06-01", "seen", "", []),
    ],
)
def test_none_found_says_where_and_until_when(course: Path, as_of: str, status: str, searched: str, said: list[str]) -> None:
    row = f"r,,none,,Vant,a,,none found,None,,wire-1,{as_of},{status},{searched}\n"
    (course / "data" / "context" / "reactions.csv").write_text(REACTIONS + row, encoding="utf-8")
    assert faults(load_reactions) == [f"data/context/reactions.csv:2: {one}" for one in said]


LATER = "{!r} is not a later day. Write the last day as 2025-12-24, or leave until empty."


@pytest.mark.parametrize(
    ("until", "series", "searched", "said"),
    [
        ("", "", "", []),
        ("2031-05-07", "visits", "English", []),
        ("2031-05-06", "", "", [LATER.format("2031-05-06")]),
        ("2031-06", "", "", [LATER.format("2031-06")]),
        ("", "visits", "", [UNSEARCHED.format("a")]),
    ],
)
def test_a_series_says_how_it_was_searched_and_its_last_day_is_later(
    course: Path, until: str, series: str, searched: str, said: list[str]
) -> None:
    row = f"a,2031-05-06,day,Z,event,Ostrel,left,wire,wire-1,2031-06-01,seen,{until},{series},{searched}\n"
    (course / "data" / "context" / "events.csv").write_text(SERIES + row, encoding="utf-8")
    assert faults(load_events) == [WHERE + one for one in said]


@pytest.mark.parametrize(
    ("quotation", "source", "status", "said"),
    [
        (TWELVE, "wire-1", "seen", []),
        (TWELVE + " more", "wire-1", "seen", ["the quotation has more than 12 words. Shorten it, or put it in other words."]),
        ("", "", "none found", []),
        ("", "nobody", "none found", ["there is no source 'nobody'. Add it to data/sources.toml."]),
        ("", "", "seen", ["there is no source ''. Add it to data/sources.toml."]),
    ],
)
def test_a_quotation_has_twelve_words_at_most_and_what_was_seen_has_a_source(
    course: Path, quotation: str, source: str, status: str, said: list[str]
) -> None:
    row = f"r,2031,year,,Vant,a,statement,spoke,It spoke,{quotation},{source},2031-06-01,{status},English\n"
    (course / "data" / "context" / "reactions.csv").write_text(REACTIONS + row, encoding="utf-8")
    assert faults(load_reactions) == [f"data/context/reactions.csv:2: {one}" for one in said]


def test_rows_are_read_in_the_order_of_their_file_and_again_when_it_changes(course: Path) -> None:
    row = "{},2031,year,,event,Ostrel,left,wire,wire-1,2031,seen\n"
    assert event(course, row.format("b") + row.format("a")) == []
    assert [(one.id, one.actor, one.clock) for one in load_events()] == [("b", "Ostrel", "event"), ("a", "Ostrel", "event")]
    (course / "data" / "context" / "missile_counts.csv").write_text("year,cns_missiles\n2030,2\n2031,0\n", encoding="utf-8")
    assert load_counts() == ({"year": 2030, "cns_missiles": 2}, {"year": 2031, "cns_missiles": 0})


@pytest.mark.parametrize(
    ("name", "head", "row", "load"),
    [
        ("reactions", REACTIONS, "{},2031,year,,Võnt,a,statement,spoke,It spoke,,wire-1,2031,seen,\n", load_reactions),
        ("events", EVENTS, "{},2031,year,,event,Võnt,left,wire,wire-1,2031,seen\n", load_events),
    ],
)
def test_a_table_is_read_again_when_its_file_changes(course: Path, name: str, head: str, row: str, load: Callable[[], Any]) -> None:
    path = course / "data" / "context" / f"{name}.csv"
    for ids in ("r", "rs"):
        path.write_text(head + "".join(map(row.format, ids)), encoding="utf-8")
        os.utime(path, (len(ids), len(ids)))
        assert [(one.id, one.actor) for one in load()] == [(one, "Võnt") for one in ids]


@pytest.mark.usefixtures("course")
def test_the_page_of_sources_has_a_heading_for_each() -> None:
    assert list(load_sources()) == ["wire-1", "paper-2"]
    page = sources_page()
    assert page.startswith("# Sources\n\nWhat the lessons say of the world rests on these pages and files.")
    assert page.endswith(
        "\n## wire-1\n\nA wire, 6 May 2031: Ferry leaves. Seen: whole. <https://example.org/1>\n"
        "\n## paper-2\n\nA paper, 24 December 2030: Yard opens. Seen: first page. <https://example.org/2>\n"
    )


def test_a_source_that_lacks_something_is_told_with_its_line(course: Path) -> None:
    (course / "data" / "sources.toml").write_text(SOURCES.replace('seen = "first page"\n', ""), encoding="utf-8")
    with pytest.raises(CourseError, match=r"^data/sources.toml:7: .*seen.*\. Give who, date, what, url and seen\.$"):
        load_sources()


@pytest.mark.usefixtures("course")
def test_a_misconception_has_a_name_and_what_is_better() -> None:
    found = belief("same-clock")
    assert (found, found.name, found.better) == ("same-clock", "All clocks are one", "Ask whose clock it is.")
    assert set(misconceptions()) == {"were-heard", "same-clock"}
    with pytest.raises(ValueError, match=r"^'same-clocks' is not in data/misconceptions.toml; did you mean 'same-clock'$"):
        belief("same-clocks")
    with pytest.raises(ValueError, match=r"^'xyz' is not in data/misconceptions.toml$"):
        belief("xyz")


@pytest.mark.parametrize(
    ("low", "high", "share"),
    [(10, 80, 1.0), (10, 10, 0.04), (30, 60, 0.85), (31, 59, 0.5), (29.5, 30, 0.15), (81, 100, 0.0), (60, 30, 0.0)],
)
@pytest.mark.usefixtures("course")
def test_the_share_of_readers_from_one_number_to_another(low: float, high: float, share: float) -> None:
    assert survey.phrase("Perhaps").share(low, high) == pytest.approx(share)


@pytest.mark.parametrize(
    ("part", "percent"),
    [
        (0.0, 10),
        (0.04, 10),
        (0.05, 20),
        (0.06, 30),
        (0.2, 30),
        (0.21, 40),
        (0.5, 40),
        (0.54, 40),
        (0.56, 50),
        (0.9, 60),
        (0.91, 70),
        (1.0, 80),
    ],
)
@pytest.mark.usefixtures("course")
def test_the_percentage_that_a_part_of_the_readers_does_not_exceed(part: float, percent: int) -> None:
    assert survey.phrase("Perhaps").quantile(part) == percent


@pytest.mark.usefixtures("course")
def test_phrases_and_bands_are_found_by_their_words() -> None:
    assert tuple(survey.phrases()) == ("Perhaps", "Evenly")
    found = survey.phrase("Perhaps")
    assert (found, found.readers[:2], found.asked) == ("Perhaps", ((10, 4), (20, 1)), 100)
    assert found.bands == (("Ours", 20, 45), ("Theirs", 30, 60))
    assert survey.phrase("Evenly").bands == ()
    with pytest.raises(ValueError, match=r"^'perhaps' is not a phrase of data/probability_phrases.csv; there are Perhaps, Evenly$"):
        survey.phrase("perhaps")


def test_the_readers_are_those_of_the_course_in_use(course: Path) -> None:
    assert set(survey.phrases()) == {"Perhaps", "Evenly"}
    (course / "data" / "probability_phrases.csv").rename(course / "data" / "old.csv")
    other = course.parent / "other"
    (other / "data" / "texts").mkdir(parents=True)
    (other / "exercises").mkdir()
    (other / "data" / "probability_phrases.csv").write_text("phrase,percent,readers\nHardly,9,1\nHardly,4,3\n", encoding="utf-8")
    (other / "data" / "yardsticks.csv").write_text(YARDSTICKS, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATELINE_COURSE", str(other))
        assert survey.phrase("Hardly").readers == ((4, 3), (9, 1))
        assert survey.phrase("Hardly").histogram()[:3] == (3, 1, 0)
