"""The chain and the clocks that marks draft: who got it from whom, what was when, how both follow the marks and leave the page."""

import csv
import datetime
import io
import json
from pathlib import Path
from typing import Any

import pytest
from support import copied_course

from dateline.answers.attempts import open_exercise, saved_answer
from dateline.authoring.new_text import take_in
from dateline.bank import questions_about
from dateline.cards.drafted import DRAFTED, DraftedCard, card_of
from dateline.cards.marks import MarksCard
from dateline.cards.workbench import Workbench
from dateline.folders import course_folder
from dateline.kinds.from_marks import followed
from dateline.texts.annotating import drafted
from dateline.texts.days import day_meant
from dateline.texts.implied import chain_implied, clocks_implied
from dateline.texts.marks import Annotated
from dateline.texts.text import Text, load_text, read_text

SUNDAY = datetime.date(2034, 3, 19)
HEADER = '+++\nid = "boat"\ntitle = "The boat"\npublished = 2034-03-20\nprovenance = "x"\nrights = "x"\n+++\n'
REPORT = """Kestria puts gunboats to sea

NORHAVEN, 19 March 2034 (Northern Wire) - Six gunboats are at sea, the state agency KTA reported on Saturday, quoting \
President Osk Verin as saying that they were ready.
The yard was closed in May 2031.
It will open on Friday, according to Tomas Brill.
KTA said that nobody was hurt.
"""


def text_of(body: str) -> Text:
    return read_text((HEADER + body).encode(), "boat.txt")


# ---- the day that words mean ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Saturday", "2034-03-18"),
        ("on Sunday", "2034-03-19"),
        ("last Sunday", "2034-03-12"),
        ("next Sunday", "2034-03-26"),
        ("19 March 2033", "2033-03-19"),
        ("March 18th", "2034-03-18"),
        ("on 20 March", "2034-03-20"),
        ("28 December", "2033-12-28"),
        ("2034-03-02", "2034-03-02"),
        ("May 2031", "2031-05"),
        ("in May", "2033-05"),
        ("in March", "2034-03"),
        ("last month", "2034-02"),
        ("this year", "2034"),
        ("in 2029", "2029"),
        ("yesterday", "2034-03-18"),
        ("three weeks ago", "2034-02-26"),
        ("14 months ago", "2033-01"),
        ("two years earlier", "2032"),
        ("06:40 on 18 March", "2034-03-18T06:40"),
        ("5:30 p.m. GMT on Friday", "2034-03-17T17:30Z"),
        ("12 a.m. on Friday", "2034-03-17T00:00"),
        ("at 06:40", ""),
        ("next week", ""),
        ("30 February 2031", "2031-02"),
    ],
)
def test_words_mean_a_day_counted_from_the_dateline_and_no_finer_than_they_are(words: str, day: str) -> None:
    assert day_meant(words, SUNDAY) == day


@pytest.mark.parametrize(
    ("words", "day"), [("Friday", "2034-03-24"), ("Sunday", "2034-03-26"), ("in May", "2034-05"), ("in March", "2034-03")]
)
def test_what_is_to_come_is_counted_on(words: str, day: str) -> None:
    assert day_meant(words, SUNDAY, ahead=True) == day


# ---- what marks imply ----------------------------------------------------------------------------------------------------


def steps(text: Text) -> list[tuple[str, str]]:
    return [(way.to, way.source) for way in chain_implied(text, drafted(text))[1]]


def test_the_chain_goes_from_the_page_over_its_agency_to_the_voices_and_to_whom_they_quote() -> None:
    text = text_of(f"# {REPORT}")
    assert steps(text) == [
        ("page", "Northern Wire"),
        ("Northern Wire", "the state agency KTA"),
        ("the state agency KTA", "President Osk Verin"),
        ("Northern Wire", "Tomas Brill"),
    ]
    names, ways = chain_implied(text, drafted(text))
    assert names == ("Northern Wire", "the state agency KTA", "President Osk Verin", "Tomas Brill")
    assert ways[1].why == "“reported”, p1.s1"


def test_a_pronoun_goes_on_by_the_way_of_the_voice_before_it() -> None:
    text = text_of("# Boat sinks\n\nKTA quoted General Pell as saying that it sank.\nHe added that it sails.\nPell denied it on Monday.\n")
    assert steps(text) == [("page", "KTA"), ("KTA", "General Pell"), ("page", "General Pell")]
    assert steps(text_of("# Boat sinks\n\nKTA quoted General Pell as saying that it sank.\nHe added that it sails.\n"))[-1] == (
        "KTA",
        "General Pell",
    )


def test_a_reporter_stands_between_agency_and_voices_and_a_credit_beside_them() -> None:
    text = text_of("# Boat sinks\n\nBy Ann Roe\n\nNORHAVEN, 19 March 2034 (Northern Wire) - It sank, Pell said.\n\nPhoto: KTA\n")
    assert steps(text) == [("page", "KTA"), ("page", "Northern Wire"), ("Northern Wire", "Ann Roe"), ("Ann Roe", "Pell")]


def test_without_a_maker_the_page_has_it_from_the_voices_and_what_is_thrown_out_implies_nothing() -> None:
    text = text_of("# Boat sinks\n\nIt sank, Pell said.\nIt sails, Roe said.\n")
    assert steps(text) == [("page", "Pell"), ("page", "Roe")]
    gone = [Annotated(**{**{name: getattr(mark, name) for name in mark.__struct_fields__}, "state": "out"}) for mark in drafted(text)]
    assert chain_implied(text, gone) == ((), ())


def test_dates_are_counted_from_the_dateline_and_say_of_what_they_are() -> None:
    text = text_of(f"# {REPORT}")
    moments = clocks_implied(text, drafted(text))
    assert [(moment.id, moment.day) for moment in moments] == [
        ("p1.s1 19 March 2034", "2034-03-19"),
        ("p1.s1 Saturday", "2034-03-18"),
        ("p1.s2 May 2031", "2031-05"),
        ("p1.s3 Friday", "2034-03-24"),
    ]
    said = ["the dateline", "report by the state agency KTA", "event, in the text's own words", "event, as Tomas Brill has it"]
    assert [moment.what for moment in moments] == said


def test_without_a_dateline_the_days_are_counted_from_the_page() -> None:
    text = text_of("# Boat sinks\n\nIt sank on Sunday. It sank on Sunday or on Monday.\n")
    assert next(moment.day for moment in clocks_implied(text, drafted(text))) == "2034-03-19"


# ---- an answer while the draft changes -----------------------------------------------------------------------------------


def way(source: str, to: str, inferred: bool = False) -> dict[str, Any]:
    return {"from": source, "to": to, "inferred": inferred}


def test_what_was_left_as_drafted_follows_and_what_somebody_changed_stays() -> None:
    before, after = [way("a", "page"), way("b", "page"), way("c", "page")], [way("b", "page"), way("d", "page")]
    mine = [way("a", "page"), way("b", "page", inferred=True), way("x", "b")]
    names = {"a", "b", "c", "page"}, {"b", "d", "page"}
    assert followed(mine, before, after, names) == [way("b", "page", inferred=True), way("x", "b"), way("d", "page")]


def test_a_step_that_was_taken_away_does_not_come_back_and_a_changed_one_outlives_its_mark() -> None:
    before = [way("a", "page"), way("b", "page")]
    assert followed([way("a", "page")], before, [*before, way("c", "page")], (set("ab"), set("abc"))) == [
        way("a", "page"),
        way("c", "page"),
    ]
    mine = [way("a", "page", inferred=True)]
    assert followed(mine, before, [way("b", "page")], (set("ab"), set("b"))) == mine


def test_a_name_that_gets_more_words_keeps_what_was_said_of_it() -> None:
    names = {"KTA", "page"}, {"the state agency KTA", "page"}
    now = [way("the state agency KTA", "page")]
    assert followed([way("KTA", "page", inferred=True)], [way("KTA", "page")], now, names) == [
        way("the state agency KTA", "page", inferred=True)
    ]
    days = {"p1.s1 Monday", "p1.s2 Monday"}, {"p1.s1 on Monday", "p1.s2 Monday"}
    told = {"p1.s1 Monday": "2034-03-06", "p1.s2 Monday": "2034-03-13"}
    drafts = {"p1.s1 Monday": "2034-03-13", "p1.s2 Monday": "2034-03-13"}, {"p1.s1 on Monday": "2034-03-13", "p1.s2 Monday": "2034-03-13"}
    assert followed(told, *drafts, days) == {"p1.s1 on Monday": "2034-03-06", "p1.s2 Monday": "2034-03-13"}


def test_a_day_that_was_not_touched_follows_the_dateline() -> None:
    names = {"page", "p1.s1 Monday"}, {"page", "p1.s1 Monday"}
    before, after = {"p1.s1 Monday": "2034-03-13"}, {"p1.s1 Monday": "2034-03-20"}
    assert followed(before, before, after, names) == after
    assert followed({"p1.s1 Monday": "not stated"}, before, after, names) == {"p1.s1 Monday": "not stated"}


# ---- the cards on the workbench ------------------------------------------------------------------------------------------


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answers: Path) -> Workbench:
    """The workbench on a report that was taken in."""
    copied_course(tmp_path, monkeypatch)
    (tmp_path / "boat.txt").write_text(REPORT, encoding="utf-8")
    take_in(tmp_path / "boat.txt")
    return Workbench(load_text("boat"), [card_of(open_exercise(name)) for name in questions_about("boat")])


def tool(bench: Workbench, name: str) -> DraftedCard:
    card = next(card for card in bench.cards if card.exercise.question.id == f"boat-{name}")
    assert isinstance(card, DraftedCard)
    return card


def hear(card: Any, do: str, **more: Any) -> dict[str, Any]:
    card.hear({"do": do, "n": 1, "view": "v", "based": card.state.get("saved", ""), "confidence": None, **more})
    state: dict[str, Any] = card.state
    return state


def number(bench: Workbench, words: str, label: str) -> int:
    assert isinstance(bench.marks, MarksCard)
    return next(int(item["number"]) for item in bench.marks.state["items"] if (item["words"], item["label"]) == (words, label))


def ends(state: dict[str, Any]) -> list[tuple[str, str]]:
    return [(step["to"], step["from"]) for step in state["value"]]


def test_the_workbench_has_a_chain_and_clocks_drafted_from_the_marks(bench: Workbench) -> None:
    assert [(card.spec["kind"]) for card in bench.cards] == ["mark", "chain", "when", "write", "write"]
    state = tool(bench, "way").state
    assert [item["text"] for item in state["items"]][:3] == ["this page", "the event itself", "Northern Wire"]
    assert ends(state)[0] == ("page", "Northern Wire")
    assert state["why"][0] == "this page got it from Northern Wire: dateline “Northern Wire”, p1.s1"
    assert (state["drafted"], state["message"]) == (True, DRAFTED)
    days = tool(bench, "times").state["value"]
    about = [item["text"] for item in tool(bench, "times").state["items"]]
    assert about[3] == "p2.s1, “May 2031”: event, in the text's own words. The yard was closed in May 2031."
    assert (days["page"], days["p1.s1 Saturday"]) == ("2034-03-19", "2034-03-18")
    assert saved_answer(tool(bench, "way").exercise).value is None, "a draft is no answer"


def test_a_draft_that_nobody_touched_follows_the_marks_and_stays_a_draft(bench: Workbench) -> None:
    hear(bench.marks, "out", mark=number(bench, "Tomas Brill", "source"))
    state = tool(bench, "way").state
    assert ("Northern Wire", "Tomas Brill") not in ends(state)
    assert "Tomas Brill" not in [item["id"] for item in state["items"]]
    hear(bench.marks, "undo")
    assert ("Northern Wire", "Tomas Brill") in ends(tool(bench, "way").state)
    hear(bench.marks, "out", mark=number(bench, "Saturday", "date"))
    assert "p1.s1 Saturday" not in tool(bench, "times").state["value"]
    assert saved_answer(tool(bench, "times").exercise).value is None


def test_an_answer_is_saved_at_once_and_follows_the_marks_in_the_file(bench: Workbench) -> None:
    card = tool(bench, "way")
    mine = [{**step, "inferred": step["from"] == "President Osk Verin"} for step in card.state["value"]]
    hear(card, "save", value=mine)
    assert saved_answer(card.exercise).value == mine
    hear(bench.marks, "out", mark=number(bench, "Tomas Brill", "source"))
    stored = saved_answer(card.exercise).value
    assert stored == mine[:-1]
    assert card.state["value"] == stored
    assert not card.state["drafted"]
    hear(bench.marks, "out", mark=number(bench, "President Osk Verin", "source"))
    assert saved_answer(card.exercise).value == mine[:-1], "what somebody changed outlives its mark"
    assert hear(card, "reset", value=None)["drafted"]


def test_a_mark_with_more_words_keeps_the_day_that_was_written(bench: Workbench) -> None:
    card = tool(bench, "times")
    hear(card, "save", value={**card.state["value"], "p1.s1 Saturday": "2034-03-11"})
    item = next(item for item in bench.marks.state["items"] if item["words"] == "Saturday")  # type: ignore[union-attr]
    hear(bench.marks, "change", mark=item["number"], start=item["start"] - 3, end=item["end"], label="date")
    assert saved_answer(card.exercise).value["p1.s1 on Saturday"] == "2034-03-11"
    assert "p1.s1 Saturday" not in saved_answer(card.exercise).value


def test_an_answer_from_another_window_is_not_written_over(bench: Workbench) -> None:
    card = tool(bench, "way")
    other = card_of(open_exercise("boat-way"))
    hear(other, "save", value=[way("Northern Wire", "page")])
    state = hear(card, "save", value=[way("event", "page")])
    assert state["newer"]["value"] == [way("Northern Wire", "page")]
    assert saved_answer(card.exercise).value == [way("Northern Wire", "page")]


def test_an_emptied_chain_stays_empty(bench: Workbench) -> None:
    card = tool(bench, "way")
    state = hear(card, "save", value=[])
    assert (state["value"], state["drafted"]) == ([], False)
    assert card_of(open_exercise("boat-way")).state["value"] == []


def test_a_name_that_no_mark_has_is_read_and_printed(bench: Workbench) -> None:
    card = tool(bench, "way")
    assert hear(card, "save", value=[way("the harbour master", "page")])["readable"]
    assert "the harbour master" in card.on_paper()
    days = tool(bench, "times")
    hear(days, "save", value={"p9.s9 Monday": "2034-03-13"})
    assert "p9.s9 Monday" in days.on_paper()
    assert not hear(card, "save", value=[way("x" * 301, "page")])["readable"]


def test_the_printed_workbench_has_the_chain_and_the_clocks(bench: Workbench) -> None:
    shown, _ = bench.printed()
    assert ">the state agency KTA</td>" in shown
    assert ">2034-03-18</td>" in shown


def test_the_chain_and_the_clocks_leave_the_page_with_the_marks(bench: Workbench) -> None:
    card = tool(bench, "way")
    hear(card, "save", value=[way("=KTA", "page", inferred=True)])
    words = hear(bench.marks, "export", form="csv")["file"]["words"].removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(words)))
    chain = [(row["words"], row["label"], row["value"]) for row in rows if row["layer"] == "chain"]
    assert chain == [("this page", "inferred", "'=KTA")]
    clocks = {row["words"]: (row["at"], row["start"], row["value"]) for row in rows if row["layer"] == "clock"}
    assert clocks["Saturday"] == ("p1.s1", "100", "2034-03-18")
    assert clocks["The page itself"] == ("", "", "2034-03-19")
    items = json.loads(hear(bench.marks, "export", form="json")["file"]["words"])["items"]
    linking = next(item for item in items if item["motivation"] == "linking")
    assert linking["body"][0]["value"] == "this page got it from =KTA (inferred)"
    assert linking["target"] == {"source": f"urn:sha256:{load_text('boat').sha256}"}
    describing = [item for item in items if item["motivation"] == "describing"]
    assert [item["target"]["selector"][0]["exact"] for item in describing if "selector" in item["target"]][1] == "Saturday"
    assert len({item["id"] for item in items}) == len(items)
    page = hear(bench.marks, "export", form="html")["file"]["words"]
    assert "<h2>Chain</h2>" in page
    assert ">=KTA</td>" in page
    assert ">2034-03-18</td>" in page


def test_a_fault_in_the_marks_leaves_the_questions_readable(bench: Workbench) -> None:
    path = course_folder() / "data" / "annotations" / "boat.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('words = "Saturday"', 'words = "Caturday"'), encoding="utf-8")
    assert open_exercise("boat-tags").question.id == "boat-tags"
    assert [item.id for item in getattr(open_exercise("boat-way").question, "items", ())] == ["page", "event"]
