"""The reader's own texts as the book's Python keeps them: in the browser's storage alone, whatever that does, and in no file of answers."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from dateline import display
from dateline.answers import store
from dateline.answers.files import NotSavedError
from dateline.book.host import Book
from dateline.book.own_page import OWN_PAGE, with_own_page
from dateline.folders import course_folder

REPORT = """Ferry fleet is ready, Kestria says

Kestria's ferries are ready, the state agency KTA reported on Friday, 2 June 2034. "We sail. We always sail," the minister said.

The fleet reportedly has 14 ships; it may have fewer, an analyst said.
"""
NAME = "own-ferry-fleet-is-ready-kestria-says"
FULL = "The storage is full."


class Tab:
    """A tab of the book in a browser whose storage is `documents`: what the worker does around Python, and a course of its own."""

    def __init__(self, place: Path, documents: dict[str, str], patch: pytest.MonkeyPatch) -> None:
        self.course = place
        self.patch = patch
        (place / "exercises").mkdir(parents=True)
        shutil.copytree(course_folder() / "data", place / "data", ignore=shutil.ignore_patterns("*.png", "*.json"))
        self.documents = documents
        self.known: dict[str, str] = {}
        self.is_full = False
        self.book = Book()
        self.items = self.ask(call="page", page=OWN_PAGE)["answer"]

    def ask(self, **message: Any) -> dict[str, Any]:
        """One message to Python, and what comes of it in the storage."""
        self.patch.setenv("DATELINE_COURSE", str(self.course))
        store.kept_in(self.book.kept)
        display.shown_by(self.book.host)
        gone = {name: "" for name, words in self.known.items() if words and name not in self.documents}
        differing = {name: words for name, words in self.documents.items() if self.known.get(name) != words} | gone
        self.known |= differing
        told: dict[str, Any] = json.loads(self.book.work(json.dumps({**message, "documents": differing})))
        if self.is_full and told["written"]:
            again = {**message, "again": True, "refused": FULL}
            told = json.loads(self.book.work(json.dumps(again)))
            assert told["written"] == {}
            return told
        for name, words in told["written"].items():
            self.known[name] = words
            if words:
                self.documents[name] = words
            else:
                del self.documents[name]
        return told

    def do(self, act: str, model: str = "own: texts", **message: Any) -> dict[str, Any]:
        """What is done on the card, and how the card that it was done on stands then."""
        told = self.ask(call="hear", model=model, message={"do": act, **message})
        states = [event["state"] for event in told["events"] if event.get("model") == model]
        return states[-1] if states else {}

    def take(self, words: str = REPORT, outlet: str = "", day: str = "") -> dict[str, Any]:
        return self.do("take", words=words, outlet=outlet, day=day)

    def correct(self, act: str, name: str = NAME, **message: Any) -> dict[str, Any]:
        return self.do(act, f"marks: {name}", **message)

    @property
    def texts(self) -> dict[str, str]:
        """What the list says of each text."""
        return {text["id"]: text["about"] for text in self.book.card.state["texts"]}


@pytest.fixture
def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Makes tabs of one browser; whoever shows the course and keeps answers afterwards is who did before."""
    monkeypatch.setattr(display, "_host", display._host)
    monkeypatch.setattr(store, "_store", store._store)
    documents: dict[str, str] = {}
    made: list[Tab] = []

    def tab(other: dict[str, str] | None = None) -> Tab:
        made.append(Tab(tmp_path / f"tab{len(made)}", documents if other is None else other, monkeypatch))
        return made[-1]

    return tab


def marks(tab: Tab, name: str = NAME) -> dict[str, str]:
    """How each mark stands in the browser's storage."""
    words = json.loads(tab.documents[f"text-{name}"])["files"][f"annotations/{name}.toml"]
    found = {}
    for block in words.split("[[mark]]\n")[1:]:
        line = dict(line.split(" = ", 1) for line in block.strip().split("\n"))
        found[f"{json.loads(line['label'])} {json.loads(line['words'])}"] = json.loads(line.get("state", '""'))
    return found


def number(tab: Tab, label: str, words: str, name: str = NAME) -> int:
    items = tab.book.host.models[f"marks: {name}"].state["items"]
    return next(int(item["number"]) for item in items if (item["label"], item["words"]) == (label, words))


def test_what_is_pasted_is_marked_opened_and_kept_as_a_document_of_its_own(browser: Any) -> None:
    tab = browser()
    assert [list(tab.items), tab.items["own-bench"]] == [["own-texts", "own-bench"], []]
    told = tab.ask(call="hear", model="own: texts", message={"do": "take", "words": REPORT, "outlet": "Harbour Post", "day": "2034-06-03"})
    bench = next(event for event in told["events"] if event.get("part") == "own-bench")["items"][0]
    assert bench["model"] == f"workbench: {NAME}"
    assert [tool["title"] for tool in bench["spec"]["tools"]] == ["Marks"]
    assert [item["model"] for item in bench["inside"]] == [bench["spec"]["tools"][0]["model"]] == [f"marks: {NAME}"]
    assert list(tab.documents) == [f"text-{NAME}"]
    assert {"cue reported", "evidential reportedly", "number 14", "epistemic may"} <= marks(tab).keys()
    state = tab.book.card.state
    assert state["took"] is True
    assert state["said"].startswith("“Ferry fleet is ready, Kestria says” is taken in: 5 sentences and ")
    assert tab.texts[NAME].startswith("Harbour Post · 3 June 2034 · ")
    assert tab.texts[NAME].endswith(" marks, 0 decided")


def test_no_text_is_in_the_file_that_is_handed_in(browser: Any) -> None:
    tab = browser()
    tab.take()
    answer = tab.ask(call="export")["answer"]
    assert answer["words"] == ""
    assert "There are no answers in this browser" in answer["said"]
    with pytest.raises(NotSavedError):
        store.all_answers()


def test_a_correction_is_there_at_the_next_visit_and_is_counted(browser: Any) -> None:
    tab = browser()
    tab.take()
    tab.correct("keep", mark=number(tab, "cue", "reported"))
    tab.correct("out", mark=number(tab, "number", "14"))
    tab.correct("change", mark=number(tab, "evidential", "reportedly"), start=4, end=20, label="evidential")
    again = browser()
    found = marks(again)
    assert (found["cue reported"], found["number 14"], found["evidential fleet reportedly"]) == ("kept", "out", "kept")
    assert again.items["own-bench"][0]["model"] == f"workbench: {NAME}", "the text that was changed last is open"
    states = {item["words"]: item["state"] for item in again.items["own-bench"][0]["inside"][0]["state"]["items"]}
    assert states["14"] == "out"
    assert again.texts[NAME].endswith(" 3 decided")


@pytest.mark.parametrize(
    ("words", "line", "said"),
    [
        (" \n\n", None, "There is no text in the box yet. Paste one, headline first."),
        ("Ferries sail\n\nThey sail.\nThey s\0ail.\n", 4, "There is a character in this line that no text has (NUL)."),
        ("Ferries sail\n\nThey sail.\n" + "They sail again. " * 7_000, 1, "The text has 119,"),
    ],
)
def test_a_fault_names_the_readers_own_line_and_changes_nothing(browser: Any, words: str, line: int | None, said: str) -> None:
    tab = browser()
    state = tab.take(words)
    assert (state["took"], tab.documents, tab.texts) == (False, {}, {})
    if line is None:
        assert (state["said"], state["faults"]) == (said, [])
    else:
        assert state["said"] == "The text was not taken in. It stands in the box as you pasted it."
        assert [fault["line"] for fault in state["faults"]] == [line]
        assert state["faults"][0]["words"].startswith(said)
    assert sorted(path.name for path in (tab.course / "data").rglob("own-*")) == []


def test_a_day_that_cannot_be_read_is_told(browser: Any) -> None:
    tab = browser()
    assert tab.take(day="2034-02-30")["said"] == "The day cannot be read. Write it as year, month and day, or leave it out."
    assert tab.take(day="")["notes"] == ["Its day, 2 June 2034, is the first in it with day, month and year."]
    assert tab.take("Ferries sail\n\nThey sail.")["notes"] == ["No day was given and none was found, so today's stands for it."]


def test_half_a_character_is_no_reason_to_lose_a_text(browser: Any) -> None:
    assert browser().take("Ferries sail\n\nThey \ud83d sail.")["took"] is True


def test_two_texts_with_one_headline_stand_beside_each_other(browser: Any) -> None:
    tab = browser()
    tab.take()
    tab.take()
    assert list(tab.texts) == [f"{NAME}-2", NAME]
    assert tab.book.card.state["open"] == f"{NAME}-2"
    assert tab.do("open", text=NAME)["open"] == NAME
    assert tab.do("open", text="article")["said"] == "This text is no longer here."


def test_a_reader_may_mark_what_the_rules_leave_unmarked(browser: Any) -> None:
    tab = browser()
    tab.take("Ferries\n\nThey sail.")
    assert marks(tab, "own-ferries") == {}
    tab.correct("add", "own-ferries", at="p1.s1", start=0, end=4, label="source")
    assert marks(browser(), "own-ferries") == {"source They": ""}


def test_what_is_deleted_is_gone_everywhere_and_can_be_brought_back(browser: Any) -> None:
    tab, other = browser(), browser()
    tab.take()
    tab.correct("keep", mark=number(tab, "number", "14"))
    other.ask(call="page", page=OWN_PAGE)
    assert list(other.texts) == [NAME]
    state = tab.do("delete", text=NAME)
    assert (state["deleted"], state["texts"], tab.documents) == ("Ferry fleet is ready, Kestria says", [], {})
    assert other.ask(call="page", page=OWN_PAGE)["answer"]["own-bench"] == []
    assert [*(other.course / "data").rglob("own-*")] == [], "no file of it is left in another tab"
    assert tab.documents == {}
    state = tab.do("undo")
    assert (state["deleted"], state["open"]) == ("", NAME)
    assert marks(tab)["number 14"] == "kept"
    assert tab.do("undo")["said"] == "There is nothing to bring back."


def test_a_workbench_on_a_text_that_another_tab_deleted_says_so(browser: Any) -> None:
    tab, other = browser(), browser()
    tab.take()
    other.ask(call="page", page=OWN_PAGE)
    tab.do("delete", text=NAME)
    assert other.correct("keep", mark=0)["said"].startswith("This text was deleted in another tab")
    assert tab.documents == {}


def test_two_tabs_never_write_over_each_others_marks(browser: Any) -> None:
    one, two = browser(), browser()
    one.take()
    two.ask(call="page", page=OWN_PAGE)
    one.correct("keep", mark=number(one, "number", "14"))
    said = two.correct("out", mark=number(two, "evidential", "reportedly"))["said"]
    assert said.startswith("The file of the marks was changed elsewhere meanwhile.")
    two.correct("out", mark=number(two, "evidential", "reportedly"))
    assert (marks(one)["number 14"], marks(one)["evidential reportedly"]) == ("kept", "out")


def test_what_a_full_storage_refuses_is_said_is_done_once_and_is_kept_later(browser: Any) -> None:
    tab = browser()
    tab.is_full = True
    state = tab.take()
    assert (state["said"], state["took"], list(tab.texts)) == (FULL, False, [NAME]), "the box keeps the words, and the text can be used"
    assert tab.correct("add", at="p2.s1", start=0, end=3, label="number")["said"] == FULL
    assert tab.correct("undo")["said"] == FULL, "one addition is undone by one undo"
    items = tab.book.host.models[f"marks: {NAME}"].state
    assert (items["undo"], [item for item in items["items"] if item["words"] == "The"]) == (0, [])
    assert tab.documents == {}
    tab.take("Ferries\n\nThey sail.")
    tab.is_full = False
    tab.correct("keep", mark=number(tab, "number", "14"))
    assert tab.documents.keys() == {f"text-{NAME}", "text-own-ferries"}
    assert marks(browser())["number 14"] == "kept"


def test_an_answer_that_is_refused_is_still_told_as_an_answer(browser: Any) -> None:
    tab = browser()
    tab.is_full = True
    tab.take()
    tab.is_full = False
    assert tab.ask(call="save", id="nobody", value=1, confidence=None, based="")["answer"] is True
    assert tab.documents == {}, "what a text waits for is not mixed with answers"


def test_one_file_holds_all_texts_and_is_taken_in_elsewhere(browser: Any) -> None:
    tab = browser()
    assert tab.do("export")["file"] is None
    tab.take()
    tab.correct("keep", mark=number(tab, "number", "14"))
    tab.take("Ferries\n\nThey sail.")
    file = tab.do("export")["file"]
    assert (file["name"], file["type"]) == ("my-texts.json", "application/json")
    elsewhere = browser({})
    assert elsewhere.do("import", name="my-texts.json", words=file["words"])["said"] == "2 texts taken in."
    assert elsewhere.texts.keys() == {NAME, "own-ferries"}
    assert marks(elsewhere)["number 14"] == "kept"
    again = elsewhere.do("import", name="my-texts.json", words=file["words"])["said"]
    assert again == "0 texts taken in. 2 texts were here already, with marks as new or newer."


def test_of_two_sets_of_marks_the_later_is_kept_and_another_text_gets_another_name(browser: Any) -> None:
    tab, elsewhere = browser(), browser({})
    tab.take()
    file = tab.do("export")["file"]["words"]
    tab.correct("keep", mark=number(tab, "number", "14"))
    assert tab.do("import", name="f", words=file)["said"].startswith("0 texts taken in. 1 text was here already")
    assert marks(tab)["number 14"] == "kept"
    elsewhere.take(REPORT.replace("14", "15"))
    elsewhere.do("import", name="f", words=file)
    assert elsewhere.texts.keys() == {f"{NAME}-2", NAME}
    assert "number 14" in marks(elsewhere, f"{NAME}-2")
    elsewhere.correct("keep", f"{NAME}-2", mark=number(elsewhere, "number", "14", f"{NAME}-2"))
    assert marks(browser(elsewhere.documents), f"{NAME}-2")["number 14"] == "kept"


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: "no JSON",
        lambda whole: json.dumps({"modules": {}}),
        lambda whole: whole.replace(f"texts/{NAME}.txt", "../../x.txt"),
        lambda whole: whole.replace(NAME, "article"),
        lambda whole: whole.replace(f"annotations/{NAME}.toml", f"{NAME}/annotations.toml"),
        lambda whole: whole.replace("reportedly", "perhaps", 1),
        lambda whole: whole.replace("+++", "---"),
    ],
    ids=["no JSON", "answers", "another folder", "a text of the course", "another place", "a mark on other words", "no header"],
)
def test_a_file_that_is_no_file_of_texts_is_told_and_changes_nothing(browser: Any, damage: Any) -> None:
    tab, elsewhere = browser(), browser({})
    tab.take()
    whole = tab.do("export")["file"]["words"]
    before = sorted(path for path in elsewhere.course.rglob("*"))
    damaged = damage(whole)
    assert damaged != whole
    said = elsewhere.do("import", name="mine.json", words=damaged)["said"]
    assert said.startswith("mine.json is not a file of texts: ")
    assert said.endswith(" Nothing was changed.")
    assert (elsewhere.documents, sorted(path for path in elsewhere.course.rglob("*"))) == ({}, before)


def test_a_document_that_cannot_be_read_stays_and_stops_no_other(browser: Any) -> None:
    documents = {"text-own-torn": '{"title": "Torn'}
    tab = browser(documents)
    tab.take()
    assert tab.book.card.state["unread"] == "1 text could not be read and is kept as it is."
    assert list(tab.texts) == [NAME]
    assert documents["text-own-torn"] == '{"title": "Torn'


def test_the_page_stands_on_the_map_after_the_path() -> None:
    parts: list[dict[str, Any]] = [
        {"title": title, "pages": []} for title in ("", "1 Sourcing", "After", "Also in the course", "More practice")
    ]
    titles = [part["title"] for part in with_own_page({"parts": parts})["parts"]]
    assert titles == ["", "1 Sourcing", "After", "After the lessons", "Also in the course", "More practice"]
    assert with_own_page({"parts": parts[:1]})["parts"][-1]["pages"][0]["title"] == "Your own text"
