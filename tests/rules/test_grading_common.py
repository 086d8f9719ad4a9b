"""What holds for every kind: no answer, no key, no marks, and that right means all of it."""

from typing import Any

import pytest
from asking import Ask, listed

from dateline.kinds import feedback, grade

CHOICES = listed("choices", x="ex", y="why")
ITEMS = listed("items", a="Aye", b="Bee")
SHAPES = {
    "choose": CHOICES,
    "choose-many": CHOICES,
    "tag": 'text = "ferry"\nitems = ["p1.s1"]\n' + CHOICES,
    "match": ITEMS + CHOICES,
    "ladder": ITEMS + CHOICES,
    "grid": ITEMS + f'columns = [{{ id = "c", text = "See", {CHOICES.strip()} }}]\n',
    "mark": 'text = "ferry"\nshow = ["p1"]\n' + CHOICES,
    "order": ITEMS,
    "number": "low = 0\nhigh = 9\n",
    "range": "low = 0\nhigh = 9\n",
    "when": ITEMS,
    "chain": ITEMS,
    "desk": 'budget = 1\nitems = [{ id = "a", who = "W", date = "D", title = "T", inside = "I" }]\n',
    "write": "",
}
ANSWERS: dict[str, Any] = {
    "choose": "x",
    "choose-many": ["x"],
    "tag": {"p1.s1": "x"},
    "match": {"a": "x"},
    "ladder": {"b": "y"},
    "grid": {"a/c": "x"},
    "mark": [{"at": "p1.s1", "start": 0, "end": 6, "label": "x"}],
    "order": ["b", "a"],
    "number": 0,
    "range": [0, 0],
    "when": {"a": "2031"},
    "chain": [{"from": "a", "to": "b", "inferred": False}],
    "desk": {"before": 1, "opened": [], "after": 1},
    "write": "A line.",
}
every_kind = pytest.mark.parametrize("kind", SHAPES)


def shape(kind: str) -> str:
    return f'kind = "{kind}"\n' + SHAPES[kind]


@every_kind
@pytest.mark.parametrize("blank", [None, {}, "", []])
def test_nothing_is_not_answered_but_an_empty_list_says_that_there_is_none(ask: Ask, kind: str, blank: Any) -> None:
    question, _ = ask(shape(kind), "")
    answers = blank == [] and kind in ("choose-many", "mark")
    result = grade(question, None, blank)
    assert (result.status, result.points, result.problem) == ("for your teacher" if answers else "not answered", 0.0, "")
    if not answers:
        assert feedback(question, None, blank).verdict == "Not answered yet. Your answer is saved as soon as you give one."


@every_kind
def test_without_a_key_an_answer_is_saved_for_the_teacher(ask: Ask, kind: str) -> None:
    question, key = ask(shape(kind), "")
    assert key is None
    told = feedback(question, key, ANSWERS[kind])
    assert (told.status, told.verdict, told.notes) == ("for your teacher", "Saved; your teacher has the key.", ())


@every_kind
def test_what_is_unmarked_is_noted_if_it_has_the_right_form(ask: Ask, kind: str) -> None:
    question, key = ask("unmarked = true\n" + shape(kind), "")
    told = feedback(question, key, ANSWERS[kind])
    assert (told.status, told.verdict, told.notes) == ("noted", "Noted. This answer is not marked.", ())
    assert grade(question, key, {"odd": [1]}).status == "not valid"


@every_kind
def test_how_sure_is_asked_only_where_the_author_says_so(ask: Ask, kind: str) -> None:
    assert ask(shape(kind), "")[0].confidence is False
    assert ask("confidence = true\n" + shape(kind), "")[0].confidence is True


TWENTY = [f"i{number}" for number in range(20)]
MATCH = 'kind = "match"\n' + CHOICES + listed("items", **dict.fromkeys(TWENTY, "T"))
MATCH_KEY = "".join(
    f'[q.items.{name}]\nright = ["x"]\nhalf = {["y"] if name == "i0" else []}\nwhy = {{ x = "Yes.", y = "No." }}\n' for name in TWENTY
)


@pytest.mark.parametrize(
    ("wrong", "status", "points", "last"),
    [
        ([], "right", 1.0, "What to keep."),
        (["i0"], "partly", 0.975, "What to do."),
        (["i1"], "partly", 0.95, "What to do."),
        (["i0", *TWENTY[2:]], "partly", 0.075, "What to do."),
        (TWENTY[:], "partly", 0.025, "What to do."),
    ],
)
def test_right_is_all_of_it_and_partly_is_any_of_it(ask: Ask, wrong: list[str], status: str, points: float, last: str) -> None:
    question, key = ask(MATCH, MATCH_KEY)
    answer = {name: "y" if name in wrong else "x" for name in TWENTY}
    result = grade(question, key, answer)
    assert result.status == status
    assert result.points == pytest.approx(points)
    assert feedback(question, key, answer).next == last
