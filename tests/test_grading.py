"""Grading is total and bounded: whatever comes in, one result comes out, and more right never scores less."""

from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.grading import LONGEST_TEXT, feedback, grade, solved
from dateline.questions import AnyKey, AnyQuestion, Tag, TagKey, exercise_files, load_stem

EVERY = [(question, (stem.keys or {})[question.id]) for stem in map(load_stem, exercise_files()) for question in stem.lesson.question]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text() | st.sampled_from(["p4.s1", "p4.s2"]), inner, max_size=4),
    max_leaves=8,
)


def check_bounds(question: AnyQuestion, key: AnyKey | None, answer: Any) -> None:
    result = grade(question, key, answer)
    told = feedback(question, key, answer, result)
    assert 0 <= result.points <= 1
    assert (result.status == "not valid") == bool(result.problem)
    assert told.verdict
    assert msgspec.json.encode(told)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(EVERY), VALUES, st.booleans())
def test_any_answer_gives_a_result_in_bounds(pair: tuple[AnyQuestion, AnyKey], answer: Any, with_key: bool) -> None:
    check_bounds(pair[0], pair[1] if with_key else None, answer)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_more_right_labels_never_score_less(data: st.DataObject) -> None:
    question, key = data.draw(st.sampled_from([(q, k) for q, k in EVERY if isinstance(q, Tag)]))
    assert isinstance(question, Tag)
    assert isinstance(key, TagKey)
    labels = st.sampled_from([choice.id for choice in question.choices])
    answer = data.draw(st.dictionaries(st.sampled_from(question.asked), labels))
    at = data.draw(st.sampled_from(question.asked))
    better = answer | {at: key.items[at].right[0]}
    assert grade(question, key, better).points >= grade(question, key, answer).points


def test_without_a_key_an_answer_is_saved_for_the_teacher() -> None:
    question, key = EVERY[0]
    result = grade(question, None, solved(question, key))
    assert result.status == "for your teacher"
    assert feedback(question, None, solved(question, key)).verdict == "Saved; your teacher will grade it."


def test_a_text_that_is_too_long_is_told_in_words() -> None:
    question, key = next((q, k) for q, k in EVERY if type(q).__name__ == "Write")
    assert "keep it under" in grade(question, key, "x" * (LONGEST_TEXT + 1)).problem


def test_markup_in_an_answer_is_only_ever_words() -> None:
    question, _ = next((q, k) for q, k in EVERY if type(q).__name__ == "Write")
    from dateline.cards.printed import printed_html

    assert "<script>" not in printed_html(question, "<script>alert(1)</script>")
