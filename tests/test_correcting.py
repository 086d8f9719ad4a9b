"""A draft that is corrected: what each change does to the file, what it refuses, what is counted, compared and exported from it."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from dateline.cards.marks import MarksCard, marks_card, why
from dateline.cards.workbench import Workbench
from dateline.texts.annotating import drafted, toml_of
from dateline.texts.comparing import agreement, side_by_side
from dateline.texts.correcting import ELSEWHERE, Corrections, standing
from dateline.texts.exporting import as_csv, as_page, as_web_annotations
from dateline.texts.marks import Annotated, Annotation, read_annotation
from dateline.texts.text import Text, load_text, read_text
from dateline.texts.voices import resting, statements, voices

HEADER = '+++\nid = "{}"\ntitle = "The boat"\npublished = 2031-01-01\nprovenance = "x"\nrights = "x"\n+++\n'
BODY = "# Boat sinks\n\nThe boat sank, KTA said on Monday.\nIt reportedly had 14 men on board.\n"
BODY += "General Pell denied it.\nHe said that it sails.\n"


def text_of(body: str, name: str = "boat") -> Text:
    return read_text((HEADER.format(name) + body).encode(), f"{name}.txt")


TEXT = text_of(BODY)


@pytest.fixture
def corrections(tmp_path: Path) -> Corrections:
    path = tmp_path / "boat.toml"
    path.write_text(toml_of(Annotation("boat", drafted(TEXT))), encoding="utf-8")
    return Corrections(TEXT, path)


def number(corrections: Corrections, words: str, label: str = "") -> int:
    return next(k for k, mark in enumerate(corrections.marks) if mark.words == words and label in ("", mark.label))


def states(corrections: Corrections) -> dict[str, str]:
    """How each mark stands, as the file has it."""
    return {f"{mark.label} {mark.words}": mark.state for mark in read_annotation(corrections.path, TEXT).mark}


def test_what_is_kept_or_thrown_out_takes_along_what_goes_with_it_and_is_in_the_file_at_once(corrections: Corrections) -> None:
    assert corrections.keep(number(corrections, "said", "cue")) == ""
    assert corrections.throw_out(number(corrections, "reportedly")) == ""
    found = states(corrections)
    assert (found["source KTA"], found["evidential reportedly"], found["number 14"]) == ("kept", "out", "draft")
    kept = [mark.words for mark in corrections.marks if mark.state == "kept"]
    assert kept == ["The boat sank", "KTA", "said"]


def test_every_change_can_be_undone_one_by_one(corrections: Corrections) -> None:
    before = corrections.path.read_bytes()
    corrections.keep(number(corrections, "14"))
    corrections.add("p1.s2", 0, 2, "source")
    corrections.change(number(corrections, "Monday"), 24, 33, "date")
    assert [corrections.undo() for _ in range(3)] == ["", "", ""]
    assert corrections.path.read_bytes() == before
    assert corrections.undo() == "There is nothing to undo."


def test_a_mark_gets_other_words_or_another_label(corrections: Corrections) -> None:
    assert corrections.change(number(corrections, "Monday"), 24, 33, "duration") == ""
    changed = next(mark for mark in corrections.marks if mark.label == "duration")
    assert (changed.words, changed.state, changed.layer) == ("on Monday", "kept", "date")


@pytest.mark.parametrize(
    ("start", "end", "label", "said"),
    [
        (0, 0, "number", "Choose words"),
        (0, 999, "number", "Choose words"),
        (0, 3, "number", "Choose words"),
        (0, 2, "colour", "There is no label 'colour'."),
        (0, 2, "cue", "A part of an attribution stays one"),
    ],
)
def test_what_does_not_fit_is_refused_and_changes_nothing(corrections: Corrections, start: int, end: int, label: str, said: str) -> None:
    before = corrections.path.read_bytes()
    assert said in corrections.change(number(corrections, "14"), start, end, label)
    assert corrections.path.read_bytes() == before
    assert corrections.before == []


def test_a_mark_is_added_once_and_a_part_goes_with_an_attribution_or_begins_one(corrections: Corrections) -> None:
    assert corrections.add("p1.s2", 0, 2, "source", to=number(corrections, "said", "cue")) == ""
    assert corrections.add("p1.s2", 0, 2, "source") == "These words have that label already."
    assert corrections.add("p1.s2", 3, 13, "cue") == ""
    links = {mark.words: mark.link for mark in corrections.marks if not mark.rule}
    assert links["It"] == corrections.marks[number(corrections, "said", "cue")].link
    assert links["reportedly"] == "b1"
    assert corrections.throw_out(number(corrections, "reportedly", "cue")) == ""
    assert "cue reportedly" not in states(corrections)
    assert corrections.add("p9.s1", 0, 2, "number").startswith("There is no sentence")


def test_a_file_that_was_changed_elsewhere_is_read_again_and_never_overwritten(corrections: Corrections) -> None:
    theirs = corrections.path.read_text(encoding="utf-8").replace('words = "14"', 'words = "14 men"')
    corrections.path.write_text(theirs, encoding="utf-8")
    assert corrections.keep(number(corrections, "Monday")) == ELSEWHERE
    assert corrections.path.read_text(encoding="utf-8") == theirs
    assert corrections.keep(number(corrections, "14 men")) == ""


def test_a_file_that_cannot_be_written_is_told_and_the_marks_stay(corrections: Corrections, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_path: Path, _words: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("dateline.texts.correcting.write_whole", refused)
    assert "No space left" in corrections.keep(0)
    assert corrections.before == []
    assert corrections.marks[0].state == "draft"


def test_who_speaks_is_counted_with_short_names_and_pronouns() -> None:
    said = [(one.source, one.sentences) for one in statements(drafted(TEXT))]
    assert said == [("KTA", ("p1.s1",)), ("General Pell", ("p1.s3",)), ("He", ("p1.s4",))]
    found = voices(drafted(TEXT))
    assert [(voice.name, voice.statements, voice.sentences) for voice in found] == [
        ("General Pell", 2, ("p1.s3", "p1.s4")),
        ("KTA", 1, ("p1.s1",)),
    ]
    rest = resting(TEXT, drafted(TEXT))
    assert (rest.nobody, rest.one, rest.several, rest.voice, rest.alone) == (1, 3, 0, "General Pell", ("p1.s3", "p1.s4"))


def test_the_register_is_the_one_that_was_named_before_and_a_register_is_another() -> None:
    marks = drafted(text_of("It sank, according to the League's traffic register.\nIt sails, the register shows.\nIt is old, Roe said.\n"))
    assert [(voice.name, voice.statements) for voice in voices(marks)] == [("the League's traffic register", 2), ("Roe", 1)]
    marks = drafted(text_of("It sank, according to the League's traffic register.\nIt sails, an old register shows.\n"))
    assert len(voices(marks)) == 2


def test_a_vague_voice_is_told() -> None:
    marks = drafted(text_of("Some analysts say that it sank.\nRoe says it sails.\n"))
    assert [(voice.name, voice.vague) for voice in voices(marks)] == [("Some analysts", True), ("Roe", False)]


def test_two_reports_stand_side_by_side() -> None:
    other = text_of(
        "# Boat sinks\n\nThe boat sank quickly, KTA said on Tuesday.\nNobody was hurt in the harbour town.\nHe said that it sails.\n", "b"
    )
    rows = side_by_side(TEXT, other)
    assert [(row.how, row.left[0], row.right[0]) for row in rows] == [
        ("same", "H1", "H1"),
        ("changed", "p1.s1", "p1.s1"),
        ("dropped", "p1.s2", ""),
        ("dropped", "p1.s3", ""),
        ("added", "", "p1.s2"),
        ("same", "p1.s4", "p1.s3"),
    ]
    assert (rows[1].dropped, rows[1].added) == (("Monday",), ("quickly", "Tuesday"))


def test_agreement_counts_what_overlaps_by_half_once() -> None:
    mine = [Annotated("date", "p1.s1", "date", "on Monday"), Annotated("number", "p1.s2", "number", "14")]
    theirs = [Annotated("date", "p1.s1", "date", "Monday"), Annotated("number", "p1.s2", "number", "14 men on board"),
              Annotated("hedge", "p1.s2", "evidential", "reportedly")]  # fmt: skip
    found = {row.label: (row.left, row.right, row.both, row.share) for row in agreement(TEXT, mine, theirs)}
    assert found == {"date": (1, 1, 1, 1.0), "number": (1, 1, 0, 0.0), "evidential": (0, 1, 0, 0.0)}


def test_a_table_has_a_row_for_each_mark_and_no_formula() -> None:
    text = text_of("A boat sank.\n=1+1 sank.\n")
    marks = [Annotated("number", "p1.s2", "number", "=1+1"), Annotated("number", "p1.s1", "number", "A boat", state="out")]
    rows = list(csv.DictReader(io.StringIO(as_csv(text, marks).removeprefix("\ufeff"))))
    assert [(row["at"], row["start"], row["end"], row["words"]) for row in rows] == [("p1.s2", "0", "4", "'=1+1")]


def test_annotations_of_the_w3c_quote_their_words_and_name_their_place() -> None:
    whole = json.loads(as_web_annotations(TEXT, drafted(TEXT)))
    assert (whole["@context"], whole["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
    item = next(item for item in whole["items"] if item["body"][0]["value"] == "number")
    quote, place = item["target"]["selector"]
    assert quote == {"type": "TextQuoteSelector", "exact": "14", "prefix": "It reportedly had ", "suffix": " men on board."}
    assert TEXT["p1.s2"][place["start"] : place["end"]] == "14"
    assert item["target"]["source"] == f"urn:sha256:{TEXT.sha256}#p1.s2"
    assert len({item["id"] for item in whole["items"]}) == len(whole["items"])


def test_the_marked_page_stands_alone_and_escapes_what_it_shows() -> None:
    text = text_of("The <b>boat</b> sank, KTA said.\n")
    words = as_page(text, drafted(text))
    assert words.startswith("<!doctype html>")
    assert "&lt;b&gt;" in words
    assert '<span class="source">KTA</span><sup>S</sup>' in words
    assert "http" not in words.replace("http-equiv", "")


# ---- the card ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def card(corrections: Corrections) -> MarksCard:
    return MarksCard(TEXT, corrections.path)


def hear(card: MarksCard, do: str, **more: Any) -> dict[str, Any]:
    card.hear({"do": do, "n": 1, "view": "v", **more})
    return card.state


def item(card: MarksCard, words: str) -> dict[str, Any]:
    return next(one for one in card.state["items"] if one["words"] == words)


def test_the_card_saves_what_the_page_asks_for(card: MarksCard) -> None:
    hear(card, "keep", mark=item(card, "14")["number"])
    assert (item(card, "14")["state"], card.state["undo"], card.state["said"]) == ("kept", 1, "")
    hear(card, "undo")
    assert (item(card, "14")["state"], card.state["undo"]) == ("draft", 0)
    hear(card, "add", at="p1.s2", words="men on board", label="number")
    assert item(card, "men on board")["state"] == ""
    assert "the words 'nobody' are not in p1.s2" in hear(card, "add", at="p1.s2", words="nobody", label="number")["said"]
    assert "please do it once more" in hear(card, "keep", mark="x")["said"]


def test_an_unknown_message_changes_nothing(card: MarksCard) -> None:
    before = card.state
    card.hear({"do": "explode"})
    assert card.state is before


def test_a_mark_says_its_rule_and_how_often_that_was_right() -> None:
    before = next(mark for mark in drafted(TEXT) if mark.rule == "before")
    assert "Right in" in why(before)
    assert "on sentences held out" in why(before)
    unsure = Annotated("attribution", "p1.s1", "cue", "said", rule="quotation-alone", note="why", sure=False)
    assert why(unsure) == "why. Not measured yet. Not sure here: another reading is open."
    assert why(Annotated("date", "p1.s1", "date", "Monday")) == "marked by hand"


@pytest.mark.parametrize(("form", "kind"), [("csv", "text/csv"), ("json", "application/ld+json"), ("html", "text/html")])
def test_the_card_makes_a_file_and_forgets_it_at_the_next_change(card: MarksCard, form: str, kind: str) -> None:
    file = hear(card, "export", form=form)["file"]
    assert (file["name"], file["type"]) == (f"marks-on-boat.{form}", kind)
    assert "KTA" in file["words"]
    assert hear(card, "undo")["file"] is None


def test_the_card_compares_with_the_draft_and_with_a_colleague(card: MarksCard) -> None:
    hear(card, "out", mark=item(card, "14")["number"])
    rows = {row["label"]: (row["left"], row["right"], row["both"]) for row in hear(card, "agree")["agreement"]["rows"]}
    assert rows["quantity"] == (0, 1, 0)
    assert rows["date or time"] == (1, 1, 1)
    mine = toml_of(Annotation("boat", standing(card.corrections.marks)))
    told = hear(card, "agree", words=mine, name="roe.toml")
    assert told["said"] == "Compared with roe.toml."
    assert all(row["share"] in (1.0, None) for row in told["agreement"]["rows"])
    other = mine.replace('text = "boat"', 'text = "ship"')
    assert "could not be read" in hear(card, "agree", words=other)["said"]
    assert "TOML" in hear(card, "agree", words="= =")["said"]


def test_the_card_sets_another_text_of_the_course_beside(card: MarksCard) -> None:
    compared = hear(card, "compare", **{"with": "l8"})["comparison"]
    assert compared["with"] == "Capstone: a satellite"
    assert compared["both"] == ["KTA"]
    assert "General Pell" in compared["here"]
    assert {row["how"] for row in compared["rows"]} >= {"dropped", "added"}
    assert hear(card, "compare", **{"with": ""})["comparison"] is None


def test_only_a_text_with_a_draft_has_the_card(monkeypatch: pytest.MonkeyPatch, corrections: Corrections) -> None:
    monkeypatch.setattr("dateline.cards.marks.annotation_files", lambda _name: [corrections.path])
    assert marks_card(TEXT) is not None
    satellite = load_text("l8")
    corrections.path.write_text(toml_of(Annotation("l8", drafted(satellite))), encoding="utf-8")
    tools = Workbench(satellite, []).spec_with(lambda model: type(model).__name__)["tools"]
    assert tools == [{"title": "Marks", "model": "MarksCard", "whole": True}]
    plain = toml_of(Annotation("boat", (Annotated("voice", "p1.s1", "agency"),)))
    corrections.path.write_text(plain, encoding="utf-8")
    assert marks_card(TEXT) is None


def test_the_card_on_paper_lists_every_mark_that_stands(card: MarksCard) -> None:
    hear(card, "out", mark=item(card, "14")["number"])
    shown, plain = card.printed()
    assert "reportedly" in shown
    assert ">14<" not in shown
    assert plain == f"Marks on The boat: {len(standing(card.corrections.marks))} marks"
