"""Every kind of question, on a small course that has one of each: each answer gets the sign and the reason that its key gives."""

import random
from pathlib import Path
from typing import Any

import msgspec
import pytest
from bots import at_random
from hypothesis import given, settings
from hypothesis import strategies as st
from mutations import cases
from support import every_pair

from dateline.authoring.check import check_course
from dateline.kinds import KINDS, feedback, grade, kind_of, said, solved, verdict
from dateline.kinds.base import Question
from dateline.kinds.number import with_unit
from dateline.kinds.view import printed_html, printed_plain, view

pytestmark = pytest.mark.usefixtures("sampler")
FIELDS = ["p1.s1", "p1.s2", "at", "start", "end", "label", "from", "to", "inferred", "left"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=4),
    max_leaves=10,
)


def pick(kind: str) -> tuple[Any, Any]:
    return next((question, key) for question, key in every_pair() if question.id == kind)


def test_the_sampler_has_every_kind_and_nothing_to_mend() -> None:
    assert {type(question) for question, _ in every_pair()} == {kind.asks for kind in KINDS}
    assert check_course() == []


def test_every_case_of_every_kind_gets_its_sign_and_its_very_reason() -> None:
    for question, key in every_pair():
        for answer, sign, reason in cases(question, key):
            notes = feedback(question, key, answer).notes
            assert any(note.sign == sign and reason in note.reason for note in notes), (question.id, answer, sign, notes)


def test_solved_scores_all_and_blank_nothing() -> None:
    for question, key in every_pair():
        assert grade(question, key, solved(question, key)).status in ("right", "noted", "for your teacher")
        assert grade(question, key, None).status == "not answered"


@settings(max_examples=600)
@given(st.data())
def test_any_answer_to_any_kind_gives_a_result_in_bounds(data: st.DataObject) -> None:
    question, key = data.draw(st.sampled_from(every_pair()))
    answer = data.draw(JSON | st.just(solved(question, key)) | st.lists(st.just(solved(question, key)), max_size=2))
    if isinstance(answer, dict) and isinstance(solved(question, key), dict):
        answer = solved(question, key) | answer
    for used in (key, None):
        result = grade(question, used, answer)
        assert 0 <= result.points <= 1
        assert (result.status == "not valid") == bool(result.problem)
        assert feedback(question, used, answer, result).verdict
        assert "\n" not in result.problem
        assert len(result.problem) < 400


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False))
def test_a_verdict_alone_is_the_one_that_stands_above_the_reasons(luck: random.Random) -> None:
    for question, key in every_pair():
        answer = at_random(question, luck)
        result = grade(question, key, answer)
        assert verdict(question, key, result) == feedback(question, key, answer, result).verdict
        if result.parts:
            kind = kind_of(question)
            assert sorted(kind.signs(question, key, result)) == sorted(note.sign for note in kind.notes(question, key, result))


def test_a_key_never_shows_before_an_answer() -> None:
    for question, key in every_pair():
        seen = printed_html(question) + printed_plain(question) + msgspec.json.encode(view(question)).decode()
        reasons = [reason for _, _, reason in cases(question, key)] + [key.teach, key.next]
        assert [reason for reason in reasons if reason in seen] == []


def test_the_printed_form_shows_what_was_answered() -> None:
    for question, key in every_pair():
        assert printed_html(question, solved(question, key)) != printed_html(question)
        assert printed_html(question, {"odd": ["<script>"]}) == printed_html(question)


@pytest.mark.parametrize(
    ("kind", "answer", "points"),
    [
        ("s-many", ["ops"], 0.5),
        ("s-many", ["ops", "yard"], 0.0),
        ("s-many", ["ops", "vant", "yard"], 0.5),
        ("s-many", [], 0.0),
        ("s-ladder", {"photo": "seen"}, 0.5),
        ("s-ladder", {"photo": "sails"}, 0.0),
        ("s-mark", [], 0.0),
        ("s-mark", [{"at": "p1.s2", "start": 9, "end": 19, "label": "epistemic"}], 0.25),
        ("s-mark", [{"at": "p1.s2", "start": 4, "end": 19, "label": "evidential"}], 0.5),
        ("s-mark", [{"at": "p1.s2", "start": 0, "end": 39, "label": "evidential"}], 0.0),
        ("s-order", ["may", "will", "likely"], 1 / 3),
        ("s-order", ["will", "likely", "may"], 0.0),
        ("s-number", 8, 0.5),
        ("s-range", [76, 79], 0.0),
        ("s-when", {"left": "2031-05", "seen": "not stated"}, 0.75),
        ("s-when", {"left": "2031-05-06T12:00Z", "seen": "not stated"}, 0.5),
        ("s-chain", [{"from": "service", "to": "wire", "inferred": True}], 1 / 3),
        ("s-chain", [{"from": "wire", "to": "service", "inferred": True}], 0.0),
        ("s-grid", {"ostrel/act": "said"}, 0.25),
    ],
)
def test_partial_credit(kind: str, answer: Any, points: float) -> None:
    assert grade(*pick(kind), answer).points == pytest.approx(points)


@pytest.mark.parametrize(
    ("kind", "answer", "said"),
    [
        ("s-choose", True, "not one of the choices"),
        ("s-choose", "x" * 10_000, "not one of the choices"),
        ("s-many", ["ops", "ops"], "twice"),
        ("s-tag", {"H1": "outlet"}, "not asked here"),
        ("s-mark", [{"at": "p1.s2", "start": -3, "end": 5, "label": "evidential"}], "not inside"),
        ("s-mark", [{"at": "p1.s2", "start": True, "end": 5, "label": "evidential"}], "whole numbers"),
        ("s-mark", [{"at": "p1.s2", "start": s, "end": 9, "label": "evidential"} for s in (0, 4)], "overlap"),
        ("s-mark", [{"at": "p1.s2", "start": 0, "end": 5, "label": "evidential", "text": "x"}], "A mark is written"),
        ("s-order", ["may"], "once"),
        ("s-number", float("nan"), "not a number"),
        ("s-number", float("inf"), "not a number"),
        ("s-number", True, "not a number"),
        ("s-range", [80, 60], "lower number first"),
        ("s-when", {"left": "6 May"}, "write a date as"),
        ("s-when", {"left": "2031-02-30"}, "write a date as"),
        ("s-chain", [{"from": "wire", "to": "wire", "inferred": False}], "from itself"),
        ("s-chain", [{"from": "moon", "to": "wire", "inferred": False}], "not in this chain"),
        ("s-write", 5, "as text"),
        ("s-write", "x" * 20_001, "keep it under"),
    ],
)
def test_what_is_not_valid_is_told_with_what_to_write(kind: str, answer: Any, said: str) -> None:
    result = grade(*pick(kind), answer)
    assert result.status == "not valid"
    assert said in result.problem


def test_a_number_of_six_thousand_digits_is_told_in_few_words() -> None:
    assert "a very large number" in grade(*pick("s-number"), 10**6000).problem
    assert "a very large number" in grade(*pick("s-mark"), [{"at": "p1.s2", "start": 0, "end": 10**6000, "label": "evidential"}]).problem


def test_the_same_moment_in_another_zone_is_the_same_answer() -> None:
    question, key = pick("s-when")
    moment = msgspec.structs.replace(key.items["left"], right=("2031-05-06T08:00+09:00",))
    key = msgspec.structs.replace(key, items=key.items | {"left": moment})
    assert grade(question, key, {"left": "2031-05-05T23:00Z", "seen": "not stated"}).points == 1


def test_where_there_are_no_keys_an_answer_is_saved_and_says_so(sampler: Path) -> None:
    from dateline.answers import attempts

    for path in (sampler / "solutions").glob("*.toml"):
        path.unlink()
    state = attempts.check(attempts.open_exercise("s-choose"), "heard")
    assert state["feedback"] is not None
    assert state["feedback"]["verdict"] == "Saved; your teacher has the key."
    assert attempts.look(attempts.open_exercise("s-choose"))["value"] == "heard"
    told = attempts.check(attempts.open_exercise("s-choose"), "nonsense")
    assert told["feedback"] is not None
    assert "not one of the choices" in told["feedback"]["verdict"]
    assert attempts.look(attempts.open_exercise("s-choose"))["value"] == "heard", "what cannot be read replaces nothing"


@pytest.mark.parametrize(
    ("kind", "answer", "words"),
    [
        ("s-choose", "heard", "a captain's, heard by the reporter"),
        ("s-many", ["vant", "ops"], "the Ostrel Press Service; Vant's coastguard"),
        ("s-many", [], "none of these"),
        ("s-tag", {"p1.s1": "agency"}, "p1.s1: the press service"),
        ("s-grid", {"ostrel/act": "said", "vant/date": "no"}, "Ostrel: what it did: made a statement; Vant: is it dated?: no"),
        ("s-mark", [{"at": "p1.s2", "start": 9, "end": 19, "label": "evidential"}], "“reportedly” (how it is known)"),
        ("s-mark", [], "nothing to mark"),
        ("s-order", ["may", "likely", "will"], "1. The ferry may sail.; 2. The ferry is likely to sail.; 3. The ferry will sail."),
        ("s-number", 9, "9 hours"),
        ("s-range", [60, 80.5], "60 to 80.5 %"),
        ("s-chain", [{"from": "service", "to": "wire", "inferred": True}], "the press service → a wire agency, inferred"),
        ("s-write", "It says so.", "It says so."),
        ("s-choose", None, ""),
        ("s-choose", "nobody", ""),
    ],
)
def test_an_answer_is_told_in_words(kind: str, answer: Any, words: str) -> None:
    assert said(pick(kind)[0], answer) == words


def test_a_kind_is_named_by_its_tag() -> None:
    assert all(issubclass(kind.asks, Question) for kind in KINDS)


@pytest.mark.parametrize(("value", "unit", "said"), [(60, "%", "60%"), (4, "accounts", "4 accounts"), (7.5, "", "7.5")])
def test_a_number_is_said_with_its_unit_as_one_writes_it(value: float, unit: str, said: str) -> None:
    assert with_unit(value, unit) == said
