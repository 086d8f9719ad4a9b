"""A figure says of itself what is drawn: change a row, and its title and its words change."""

import re

import msgspec
import pytest

from dateline.evidence.context import Event, Reaction, load_counts, load_events, load_reactions
from dateline.figures import base_rate_strip, counts_by_year, hall_drawing, reaction_matrix
from dateline.figures import lessons as drawn

ROW = Reaction(
    *("r", "2031-05-06", "day", "Z", "Japan", "plants-report-2025-12", "statement", "spoke", "It spoke", "", "wire", "2031-06-01", "seen")
)
SILENT = msgspec.structs.replace(ROW, actor="China", date="", precision="none", status="none found", searched="Chinese; its own pages")
VISIT = Event(
    *("a", "2031-05-06", "day", "Z", "event", "Ostrel", "left", "wire", "wire-1", "2031-06-01", "seen by others", "", "visits", "English")
)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "0 statements of others, 0 searches that found none (dotted), 28 cells not looked into (empty)"),
        ([ROW], "1 statements of others, 0 searches that found none (dotted), 27 cells not looked into (empty)"),
        ([ROW, ROW], "2 statements of others, 0 searches that found none (dotted), 27 cells not looked into (empty)"),
        ([ROW, SILENT], "1 statements of others, 1 searches that found none (dotted), 26 cells not looked into (empty)"),
        ([msgspec.structs.replace(ROW, actor="North Korea")], "0 statements of others, 0 searches that found none (dotted), 27 cells"),
        ([msgspec.structs.replace(ROW, about="another occasion")], "0 statements of others, 0 searches that found none (dotted), 28 cells"),
        ([msgspec.structs.replace(ROW, actor="Peru")], "0 statements of others, 0 searches that found none (dotted), 28 cells"),
    ],
)
def test_the_title_of_the_matrix_counts_what_is_drawn(rows: list[Reaction], said: str) -> None:
    assert drawn.matrix_title(drawn.matrix_cells(rows)).replace("\n", " ").startswith(said)


def test_a_cell_holds_all_that_was_said_and_a_silence_says_where_somebody_looked() -> None:
    later = msgspec.structs.replace(ROW, date="2031-05-07", act="protested")
    [cell] = drawn.matrix_cells([later, ROW]).values()
    assert drawn._cell(cell)[0] == "spoke, 6\u00a0May\nprotested, 7\u00a0May"
    silent = drawn.matrix_cells([SILENT])
    assert drawn._cell(silent["China", "plants-report-2025-12"])[0] == "none found\nby 2031-06-01"
    assert drawn.searches(silent) == ["China: none found by 2031-06-01, searched in Chinese; its own pages."]
    assert drawn._cell([])[0] == ""


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, "2 reported visits found, May 2031 to May 2031: 2 with a day (●), 0 with the report's day alone (□). Searched"),
        (
            {"clock": "report"},
            "2 reported visits found, May 2031 to May 2031: 1 with a day (●), 1 with the report's day",
        ),
        ({"date": "2032-01-02"}, "2 reported visits found, May 2031 to Jan 2032: 2 with a day"),
        ({"series": "other"}, "1 reported visits found"),
    ],
)
def test_the_title_of_the_strip_counts_what_is_drawn(change: dict[str, str], said: str) -> None:
    visits = drawn.series("visits", [VISIT, msgspec.structs.replace(VISIT, id="b", **change)])
    assert drawn.strip_title(visits).replace("\n", " ").startswith(said)
    assert drawn.strip_title(visits).endswith("examples, not a count of all")


@pytest.mark.parametrize(("until", "said"), [("", "6 May"), ("2031-05-08", "6–8 May"), ("2031-06-02", "6 May–2 Jun")])
def test_the_days_of_a_visit(until: str, said: str) -> None:
    assert drawn.days_said(msgspec.structs.replace(VISIT, until=until)) == said


@pytest.mark.parametrize(
    ("second", "said"), [(0, "they agree in 2 years of 2"), (5, "they agree in 1 year of 2"), (9, "they agree in 1 year of 2")]
)
def test_the_title_of_the_counts_says_in_how_many_years_they_agree(second: int, said: str) -> None:
    rows = [{"year": 2030, "cns_missiles": 3, "csis_missile_events": 3}, {"year": 2031, "cns_missiles": 0, "csis_missile_events": second}]
    assert drawn.counts_title(rows).endswith(said)


def test_every_row_is_on_the_page_and_every_search_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr("IPython.display.display", lambda bundle, **_: shown.append(bundle["text/html"]))
    reaction_matrix()
    base_rate_strip()
    counts_by_year()
    matrix, strip, counts = shown
    cells = drawn.matrix_cells(load_reactions())
    assert len(re.findall("<tr>", matrix)) == 1 + sum(map(len, cells.values()))
    for line in drawn.searches(cells):
        assert line in matrix
    assert len(re.findall("<tr>", strip)) == 1 + len(drawn.series("munitions visits", load_events()))
    assert len(re.findall("<tr>", counts)) == 1 + len(load_counts())


def test_a_report_day_is_never_drawn_as_the_day_of_a_visit() -> None:
    visits = drawn.series("munitions visits", load_events())
    assert [visit.id for visit in visits if visit.what.startswith("Leader reported") and visit.clock != "report"] == []
    assert [visit.date for visit in visits if visit.clock == "report"] == [
        "2024-01-05",
        "2024-09-08",
        "2025-05-07",
        "2025-12-26",
        "2026-01-04",
    ]


def test_the_drawing_says_in_words_what_is_seen_and_nothing_that_a_caption_would_add(monkeypatch: pytest.MonkeyPatch) -> None:
    pages: list[str] = []
    monkeypatch.setattr("IPython.display.display", lambda bundle, **_: pages.append(bundle["text/html"]))
    hall_drawing()
    [shown] = pages
    for words in ("eight, closed, in two rows of four", "holds out an arm", "to the left", "to the right", "MAY"):
        assert shown.count(words) >= 2, "in the words of the picture, and in its table"
    assert shown.count("<rect") == 10, "the frame, the calendar and eight crates"
    assert not re.search(r"president|factory|inspect|production|KTA", shown)
