"""Showing and acting are apart: a page that opens with full answers writes nothing, hands nothing in and gives nothing away."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from support import every_pair

from dateline import lesson, live
from dateline.answers import attempts, store
from dateline.answers.store import read_answers
from dateline.authoring.notebooks import notebook_files
from dateline.authoring.shipped import SHOWS
from dateline.bank import find_question
from dateline.cards.act import ActCard, State
from dateline.cards.acts import answers_file, safe_name
from dateline.folders import course_folder
from dateline.html import Markup
from dateline.kinds import solved
from dateline.learner.looking_back import ending_shown, look_back_shown, standing_shown
from dateline.learner.record import stems

PAGES = notebook_files("notebooks", "exercises")


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with the right answer to every question, saved and never checked."""
    folder = tmp_path_factory.mktemp("full") / "answers"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATELINE_ANSWERS", str(folder))
        for question, key in every_pair():
            attempts.save(attempts.open_exercise(question.id), solved(question, key), 85 if question.confidence else None)
        yield folder


def state_of(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_opening_a_page_with_full_answers_writes_nothing_and_gives_nothing_away(
    answered: Path, page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_ANSWERS", str(answered))
    shown: list[str] = []

    def display(thing: Any, **_: Any) -> None:
        bundle = thing if isinstance(thing, dict) else thing._repr_mimebundle_()[0]
        state = getattr(thing, "state", {})
        shown.append(f"{bundle.get('text/html', '')} {bundle.get('text/plain', '')} {state}")

    monkeypatch.setattr("IPython.display.display", display)
    before, course = state_of(answered), sorted(path for path in course_folder().glob("*"))
    names: dict[str, Any] = {}
    for cell in nbformat.read(page, as_version=4).cells:
        if cell.cell_type == "code":
            exec(cell.source, names)  # a notebook of the course, line by line
    assert state_of(answered) == before
    assert sorted(path for path in course_folder().glob("*")) == course
    words = " ".join(" ".join(shown).split())
    own = [(question, key) for question, key in every_pair() if f"'{question.id}'" in words or f">{question.id}<" in words]
    given_away = [key.teach for _, key in own if " ".join(key.teach.split()) in words]
    assert given_away == []
    assert not any(answer.first for stem in stems() for answer in read_answers(stem.lesson.module)[0].answers.values())


def test_every_call_of_a_page_is_one_that_only_shows() -> None:
    calls = {
        cell.source.split("(")[0]
        for page in PAGES
        for cell in nbformat.read(page, as_version=4).cells
        if cell.cell_type == "code" and not cell.source.startswith("from ")
    }
    assert calls <= SHOWS
    assert not calls & {"answer", "solution", "export"}


# ---- what follows the answers ----------------------------------------------------------------------------------------


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bool, str]]:
    """What was displayed: under which id, whether it took the place of something, and its plain text."""
    page: list[tuple[str, bool, str]] = []

    def display(bundle: dict[str, str], display_id: str = "", update: bool = False, **_: object) -> None:
        page.append((display_id, update, bundle["text/plain"]))

    monkeypatch.setattr("IPython.display.display", display)
    monkeypatch.setattr(live, "_following", [])
    return page


def test_an_output_follows_its_answer_and_no_other(shown: list[tuple[str, bool, str]]) -> None:
    from dateline.lesson import look_back

    assert live.answers_changed in store.listeners
    look_back("predict-quotation")
    attempts.check(attempts.open_exercise("exit-yard"), "agency", 70)
    assert len(shown) == 1, "an answer to another question changes nothing here"
    attempts.check(attempts.open_exercise("predict-quotation"), "heard", 50)
    attempts.check(attempts.open_exercise("predict-quotation"), "relayed", 90)
    names = {name for name, _, _ in shown}
    assert len(names) == 1
    assert [update for _, update, _ in shown] == [False, True, True]
    assert shown[0][2].startswith("Not answered yet.")


def test_a_broken_output_stops_no_other(shown: list[tuple[str, bool, str]]) -> None:
    counted = [0]

    def broken() -> live.Shown:
        if counted[0]:
            raise OSError("gone")
        return live.Shown(Markup("b"), "broken")

    live.show_following(lambda: counted[0], broken)
    live.show_following(lambda: counted[0], lambda: live.Shown(Markup("s"), f"sound {counted[0]}"))
    counted[0] = 1
    live.settle()
    assert [plain for _, _, plain in shown] == ["broken", "sound 0", "sound 1"]


def test_looking_back_says_what_was_said_first_what_is_said_now_and_why() -> None:
    exercise = attempts.open_exercise("predict-quotation")
    assert look_back_shown("predict-quotation").plain.startswith("Not answered yet.")
    attempts.save(exercise, "heard", 50)
    said = look_back_shown("predict-quotation").plain.split("\n")
    assert said[0].startswith("At first you said: ")
    assert said[0].endswith(" You were 50 % sure.")
    assert said[1] == "Saved. Press Check on the card to see how it stands; it then appears here too."
    attempts.check(exercise, "heard", 50)
    attempts.check(exercise, "relayed", 95)
    told = look_back_shown("predict-quotation").plain
    question, key, _ = find_question("predict-quotation")
    texts = {choice.id: choice.text.rstrip(".") for choice in question.choices}  # type: ignore[attr-defined]
    assert told.split("\n")[0] == f"At first you said: {texts['heard']}. You were 50 % sure."
    assert told.split("\n")[1].startswith(f"Now you say: {texts['relayed']}")
    assert key is not None
    assert key.why["heard"] in told  # type: ignore[attr-defined]
    assert f"The key says: {texts['relayed']}." in told
    assert key.why["relayed"] in told  # type: ignore[attr-defined]


def test_how_an_answer_stands_is_told_once_it_was_checked() -> None:
    exercise = attempts.open_exercise("exit-yard")
    assert standing_shown("exit-yard").plain.startswith("Not answered yet.")
    attempts.save(exercise, exercise.question.choices[0].id)  # type: ignore[attr-defined]
    assert standing_shown("exit-yard").plain == "Saved. Press Check on the card to see how it stands; it then appears here too."
    attempts.check(exercise, solved(exercise.question, exercise.key))  # type: ignore[arg-type]
    assert standing_shown("exit-yard").plain.startswith("Right.")
    attempts.save(attempts.open_exercise("path"), "class")
    assert standing_shown("path").plain.startswith("You said: ")
    assert standing_shown("path").plain.endswith("This is saved and not marked.")


def test_the_end_of_a_lesson_tells_what_the_answers_show_and_offers_the_next() -> None:
    assert "When you have checked some answers of lesson 1.1" in ending_shown("1.1").plain
    exercise = attempts.open_exercise("predict-quotation")
    attempts.check(exercise, "heard", 85)
    attempts.check(exercise, "relayed", 85)
    attempts.check(attempts.open_exercise("exit-yard"), solved(*find_question("exit-yard")[:2]), 70)  # type: ignore[arg-type]
    lines = ending_shown("1.1").plain.split("\n")
    assert lines[0].startswith("You have checked 2 of ")
    assert lines[0].endswith(" Right at the first try: 1 of 2.")
    assert lines[1] == "Once you came to another answer after reading again, and that one is right."
    assert lines[2].startswith("Worth remembering, because you met it here: “")
    assert "Where you said how sure you were, it was 78 % on average; 50 % of those were right." in lines
    assert lines[-1].startswith("Next: 1.2 Where did it come from?, 25 minutes.")
    assert 'href="12-where-did-it-come-from.ipynb"' in ending_shown("1.1").html


# ---- what acts -------------------------------------------------------------------------------------------------------


def test_the_file_of_answers_is_made_by_its_button_alone_and_can_be_taken_in(answers: Path) -> None:
    act = answers_file()
    assert act.look()["lines"][1] == "There is nothing in it yet: no question is answered."
    assert act.look()["button"] == ""
    attempts.save(attempts.open_exercise("exit-yard"), "agency")
    assert act.look()["lines"][1].startswith("In it: lesson 1.1, 1 answer.")
    before = state_of(answers)
    made = act.press("Übung 1/2: Anna.json")["file"]
    assert made is not None
    assert (made["name"], made["type"]) == ("Übung 12 Anna.json".replace("12", "1 2"), "application/json")
    assert '"exit-yard"' in made["words"]
    assert state_of(answers) == before


@pytest.mark.parametrize(
    ("wished", "name"),
    [
        ("my-answers.json", "my-answers.json"),
        ("", "my-answers.json"),
        ("..", "my-answers.json"),
        ("a/b\\c", "a b c.json"),
        ("Kim Minji (2)", "Kim Minji (2).json"),
        ("x" * 300, "x" * 80 + ".json"),
        ("<script>.JSON", "script.json"),
    ],
)
def test_a_file_name_is_one_that_every_system_takes(wished: str, name: str) -> None:
    assert safe_name(wished, "my-answers", ".json") == name


def test_a_card_that_acts_does_nothing_until_its_button_is_pressed() -> None:
    pressed: list[str] = []
    act = answers_file()
    press = act.press

    def noted(name: str) -> State:
        pressed.append(name)
        return press(name)

    act.press = noted
    card = ActCard(act)
    card.follow()
    card.hear({"do": "look"})
    assert pressed == []
    card.hear({"do": "press", "name": "mine"})
    assert pressed == ["mine"]
    assert card.state["said"].startswith("There are no answers in ")


def test_a_card_that_acts_follows_the_answers_however_many_pages_were_opened_since(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("IPython.display.display", lambda *_, **__: None)
    monkeypatch.setattr(live, "_following", [])
    monkeypatch.setattr(lesson, "_acts", {})
    lesson.hand_in()
    for _ in range(100):
        lesson.look_back("exit-yard")
    lesson.hand_in()
    attempts.save(attempts.open_exercise("exit-yard"), "agency")
    assert lesson._acts["hand in"].state["lines"][1].startswith("In it: lesson 1.1, 1 answer.")
