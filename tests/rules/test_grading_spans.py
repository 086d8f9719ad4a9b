"""Marks in a text: when a mark meets a span, what it then earns, what a false alarm costs, and when enough is enough."""

from pathlib import Path
from typing import Any

import pytest
from asking import Ask

from dateline.kinds import feedback, grade, solved

MARK = """kind = "mark"
text = "ferry"
show = ["p1.s2", "p2"]
choices = [{ id = "known", text = "how it is known" }, { id = "sure", text = "how sure" }]
"""
FINE = """[q.fine]
"p1.s2" = "Plain words."
"p2.s1" = "A name."
"p2.s2" = "Nothing here."
"""
SPANS = """[[q.span]]
at = "p1.s2"
words = "reportedly"
right = ["known"]
why = { known = "A report is meant.", sure = "It says not how sure." }
misconception = { sure = "were-heard" }
[[q.span]]
at = "p2.s1"
words = "appears to"
right = ["sure", "known"]
why = { known = "Also good.", sure = "It says how sure." }
[[q.span]]
at = "p2.s2"
words = "perhaps"
right = ["sure"]
optional = true
why = { known = "It may be left.", sure = "It may be marked." }
"""
KEY = FINE + SPANS


def mark(at: str, start: int, end: int, label: str = "known") -> dict[str, Any]:
    return {"at": at, "start": start, "end": end, "label": label}


REPORTEDLY = mark("p1.s2", 3, 13)
APPEARS = mark("p2.s1", 15, 25, "sure")
PERHAPS = mark("p2.s2", 6, 13, "sure")
ALARM = mark("p1.s2", 14, 18)
OTHER_ALARM = mark("p2.s1", 0, 3)


@pytest.mark.parametrize(
    ("start", "end", "met"),
    [(3, 13, True), (3, 8, True), (3, 7, False), (0, 20, True), (0, 21, False), (6, 16, True), (7, 17, False), (13, 23, False)],
)
def test_a_mark_meets_a_span_if_half_of_what_they_cover_is_common(ask: Ask, start: int, end: int, met: bool) -> None:
    question, key = ask(MARK, KEY)
    assert grade(question, key, [mark("p1.s2", start, end)]).points == (0.5 if met else 0.0)
    assert feedback(question, key, [mark("p1.s2", start, end)]).notes[0].sign == ("right" if met else "not")


@pytest.mark.parametrize(
    ("answer", "status", "points"),
    [
        ([], "not yet", 0.0),
        ([REPORTEDLY], "partly", 0.5),
        ([REPORTEDLY | {"label": "sure"}], "partly", 0.25),
        ([APPEARS, REPORTEDLY], "right", 1.0),
        ([APPEARS | {"label": "known"}, REPORTEDLY], "right", 1.0),
        ([ALARM], "not yet", 0.0),
        ([REPORTEDLY, ALARM], "partly", 0.25),
        ([REPORTEDLY, ALARM, OTHER_ALARM], "not yet", 0.0),
        ([REPORTEDLY, APPEARS, ALARM], "partly", 0.75),
        ([PERHAPS], "not yet", 0.0),
        ([REPORTEDLY, PERHAPS], "partly", 0.5),
        ([REPORTEDLY, APPEARS, PERHAPS], "right", 1.0),
        ([PERHAPS | {"label": "known"}, REPORTEDLY, APPEARS], "right", 1.0),
        ([mark("p1.s2", 3, 8), mark("p1.s2", 8, 13)], "partly", 0.25),
        ([mark("p2.s2", 3, 13)], "not yet", 0.0),
    ],
)
def test_points(ask: Ask, answer: list[Any], status: str, points: float) -> None:
    result = grade(*ask(MARK, KEY), answer)
    assert (result.status, result.points) == (status, points)


@pytest.mark.parametrize(
    ("answer", "status", "points", "more"),
    [
        ([], "not yet", 0.0, ["p1.s2", "p2.s1"]),
        ([REPORTEDLY], "partly", 0.5, ["p2.s1"]),
        ([PERHAPS], "partly", 0.5, ["p1.s2"]),
        ([APPEARS, PERHAPS], "right", 1.0, []),
        ([REPORTEDLY, APPEARS, PERHAPS], "right", 1.0, []),
        ([REPORTEDLY, APPEARS, PERHAPS, ALARM], "partly", 0.75, []),
        ([REPORTEDLY, APPEARS, PERHAPS, ALARM, OTHER_ALARM], "partly", 0.5, []),
        ([REPORTEDLY, APPEARS | {"label": "known"}, PERHAPS | {"label": "known"}], "right", 1.0, []),
        ([REPORTEDLY | {"label": "sure"}, PERHAPS | {"label": "known"}, APPEARS, ALARM], "partly", 0.75, []),
        ([REPORTEDLY, APPEARS, ALARM], "partly", 0.75, []),
    ],
)
def test_where_two_of_three_are_enough(ask: Ask, answer: list[Any], status: str, points: float, more: list[str]) -> None:
    question, key = ask(MARK, "enough = 2\n" + FINE + SPANS.replace("optional = true\n", ""))
    result = grade(question, key, answer)
    assert (result.status, result.points) == (status, points)
    said = [note.reason for note in feedback(question, key, answer).notes if note.sign == "none"]
    assert said == ([f"There is more to mark in {', '.join(more)}."] if more else [])


@pytest.mark.parametrize(("answer", "status", "points"), [([], "right", 1.0), ([REPORTEDLY], "not yet", 0.0)])
def test_where_there_is_nothing_to_mark_only_marking_nothing_is_right(ask: Ask, answer: list[Any], status: str, points: float) -> None:
    result = grade(*ask(MARK, FINE), answer)
    assert (result.status, result.points) == (status, points)


CORE = """[[q.span]]
at = "p1.s2"
words = "left the yard"
core = "left"
within = "reportedly left the yard on 6 May"
right = ["sure"]
why = { known = "No source.", sure = "It is flat." }
"""


@pytest.mark.parametrize(
    ("words", "met"),
    [
        ("left", True),
        ("left the", True),
        ("left the yard", True),
        ("reportedly left the yard on 6 May", True),
        ("left the yard on 6 May.", True),
        ("the yard", False),
        ("eft the yard", False),
        ("It reportedly left", False),
        ("It reportedly left the yard on 6 May.", False),
    ],
)
def test_a_core_has_to_be_covered_and_a_limit_kept(ask: Ask, words: str, met: bool) -> None:
    question, key = ask(MARK, FINE + CORE)
    text = question.text.whole
    found = text.find("p1.s2", words)
    assert grade(question, key, [mark("p1.s2", found.start, found.end, "sure")]).points == float(met)


def test_other_words_will_do_as_well(ask: Ask) -> None:
    question, key = ask(MARK, FINE + CORE.replace('core = "left"\nwithin = "reportedly left the yard on 6 May"', 'also = ["on 6 May"]'))
    for words, points in (("left the yard", 1.0), ("on 6 May", 1.0), ("It reportedly", 0.0)):
        found = question.text.whole.find("p1.s2", words)
        assert grade(question, key, [mark("p1.s2", found.start, found.end, "sure")]).points == points
    both = [question.text.whole.find("p1.s2", words) for words in ("left the yard", "on 6 May")]
    assert grade(question, key, [mark("p1.s2", one.start, one.end, "sure") for one in both]).points == 0.5


TWO = MARK + "two_labels = true\n"
EITHER = KEY.replace('right = ["known"]', 'right = ["known", "sure"]')


@pytest.mark.parametrize(
    ("answer", "points", "signs"),
    [
        ([REPORTEDLY, APPEARS], 1.0, ["right", "right"]),
        ([REPORTEDLY, REPORTEDLY | {"label": "sure"}, APPEARS], 1.0, ["right", "right", "none"]),
        ([REPORTEDLY | {"label": "sure"}, APPEARS, APPEARS | {"label": "known"}], 1.0, ["right", "right", "none"]),
        ([mark("p1.s2", 3, 18), mark("p1.s2", 3, 13, "sure"), APPEARS], 1.0, ["right", "right", "none"]),
        ([PERHAPS, PERHAPS | {"label": "known"}], 0.0, ["none", "not"]),
    ],
)
def test_words_may_have_two_labels(ask: Ask, answer: list[Any], points: float, signs: list[str]) -> None:
    question, key = ask(TWO, EITHER)
    assert grade(question, key, answer).points == points
    assert [note.sign for note in feedback(question, key, answer).notes if note.chosen] == signs


def test_a_second_label_is_not_among_what_a_verdict_counts(ask: Ask) -> None:
    question, key = ask(TWO, EITHER)
    told = feedback(question, key, [REPORTEDLY, REPORTEDLY | {"label": "sure"}])
    assert told.verdict.endswith(": 1 of 2 right.")


def test_a_second_label_that_is_wrong_costs(ask: Ask) -> None:
    assert grade(*ask(TWO, KEY), [REPORTEDLY, REPORTEDLY | {"label": "sure"}, APPEARS]).points == 0.75


INNER = """[[q.span]]
at = "p1.s2"
words = "reportedly left"
right = ["sure"]
why = { known = "No.", sure = "It is flat." }
"""


def test_a_mark_goes_where_its_label_is_right_before_where_it_fits_closer(ask: Ask) -> None:
    question, key = ask(TWO, KEY + INNER)
    answer = [mark("p1.s2", 3, 13, "sure"), REPORTEDLY, APPEARS]
    assert grade(question, key, answer).points == 1.0
    assert grade(question, key, answer[:1]).points == pytest.approx(1 / 3)


def test_reasons(ask: Ask) -> None:
    told = feedback(*ask(MARK, KEY), [PERHAPS, ALARM, REPORTEDLY | {"label": "sure"}])
    assert [(note.at, note.sign, note.chosen, note.reason, note.quote, note.better) for note in told.notes] == [
        ("p1.s2", "half", "how sure", "It says not how sure.", "reportedly", "Quotation marks show wording alone."),
        ("p2.s2", "none", "how sure", "It may be marked.", "perhaps", ""),
        ("p1.s2", "not", "how it is known", "Plain words.", "left", ""),
        ("", "none", "", "There is more to mark in p2.s1.", "", ""),
    ]
    assert told.notes[0].misconception == "Quotations were heard"


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        ([REPORTEDLY, APPEARS], "Right: 2 of 2 right."),
        ([REPORTEDLY | {"label": "sure"}, APPEARS, ALARM, OTHER_ALARM], "Partly right: 1 of 2 right, 1 half right, 2 too many."),
        ([REPORTEDLY, APPEARS, PERHAPS], "Right: 2 of 2 right."),
        ([REPORTEDLY, PERHAPS], "Partly right: 1 of 2 right."),
    ],
)
def test_verdicts(ask: Ask, answer: list[Any], verdict: str) -> None:
    assert feedback(*ask(MARK, KEY), answer).verdict == verdict


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [([], "Right."), ([ALARM], "Not yet."), ([ALARM, OTHER_ALARM], "Not yet: 2 too many.")],
)
def test_the_verdict_where_there_is_nothing_to_mark(ask: Ask, answer: list[Any], verdict: str) -> None:
    assert feedback(*ask(MARK, FINE), answer).verdict == verdict


def test_the_verdict_where_all_may_be_left(ask: Ask) -> None:
    question, key = ask(
        MARK,
        FINE
        + SPANS.replace("misconception", "optional = true\nmisconception").replace(
            '[[q.span]]\nat = "p2.s1"', '[[q.span]]\noptional = true\nat = "p2.s1"'
        ),
    )
    assert feedback(question, key, [PERHAPS, APPEARS]).verdict == "Right."
    assert feedback(question, key, [PERHAPS, APPEARS, ALARM]).verdict == "Not yet: 1 too many."


def test_a_place_with_two_missing_spans_is_named_once(ask: Ask) -> None:
    both = SPANS + '[[q.span]]\nat = "p1.s2"\nwords = "on 6 May"\nright = ["sure"]\nwhy = { known = "No.", sure = "Yes." }\n'
    [note] = feedback(*ask(MARK, FINE + both), []).notes
    assert note.reason == "There is more to mark in p1.s2, p2.s1."


def test_one_reason_for_the_rest_of_a_text_stands_in_where_a_sentence_has_none(ask: Ask) -> None:
    question, key = ask(MARK, 'rest = "Nothing is hedged here."\n' + FINE.replace('"p2.s1" = "A name."\n', "") + SPANS)
    told = feedback(question, key, [ALARM, OTHER_ALARM])
    assert [note.reason for note in told.notes[:2]] == ["Plain words.", "Nothing is hedged here."]


MIXED = """[hedges.known]
sure = "How it is known is not how sure."
known = "Shared."
[hedges.sure]
known = "How sure is not how it is known."
"""


def test_reasons_that_many_spans_share_stand_in_by_their_first_label(ask: Ask, tmp_path: Path) -> None:
    spans = SPANS.replace(', sure = "It says not how sure."', "").replace('known = "Also good.", ', "")
    ask(MARK, FINE)
    (tmp_path / "course" / "data" / "mixed-up.toml").write_text(MIXED, encoding="utf-8")
    question, key = ask(MARK, 'mixed = "hedges"\n' + FINE + spans)
    told = feedback(question, key, [REPORTEDLY | {"label": "sure"}, APPEARS | {"label": "known"}, ALARM])
    assert [note.reason for note in told.notes] == ["How it is known is not how sure.", "How sure is not how it is known.", "Plain words."]
    assert feedback(question, key, [REPORTEDLY]).notes[0].reason == "A report is meant."
    assert sorted(key.fine) == ["p1.s2", "p2.s1", "p2.s2"]


def test_the_solution_is_every_span_that_counts_with_its_first_label(ask: Ask) -> None:
    assert solved(*ask(MARK, KEY)) == [REPORTEDLY, APPEARS]


FORM = '{"at": "p1.s2", "start": 0, "end": 5, "label": "known"}'


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ({}, ""),
        ("p1.s2", "Write a list of marks such as "),
        ([mark("p1.s2", 0, 1)] * 200, "p1.s2: two marks overlap; take one away"),
        ([mark("p1.s2", 0, 1)] * 201, "Write a list of marks such as "),
        ([["p1.s2", 3, 13]], "A mark is written "),
        ([{"at": "p1.s2", "start": 3, "end": 13}], "A mark is written "),
        ([mark("p1.s1", 0, 5)], "'p1.s1' is not shown here; the sentences are p1.s2, p2.s1, p2.s2"),
        ([REPORTEDLY | {"at": 3}], "3 is not shown here; the sentences are p1.s2, p2.s1, p2.s2"),
        ([mark("p1.s2", 0, 37)], ""),
        ([mark("p1.s2", 0, 38)], "p1.s2: the mark from 0 to 38 is not inside 0 to 37"),
        ([mark("p1.s2", -1, 5)], "p1.s2: the mark from -1 to 5 is not inside 0 to 37"),
        ([mark("p1.s2", 5, 5)], "p1.s2: the mark from 5 to 5 is not inside 0 to 37"),
        ([mark("p1.s2", 5, 6)], ""),
        ([REPORTEDLY | {"start": 3.0}], "p1.s2: start and end are whole numbers"),
        ([REPORTEDLY | {"end": True}], "p1.s2: start and end are whole numbers"),
        ([REPORTEDLY | {"label": "odd"}], "p1.s2: 'odd' is not one of the choices; they are known, sure"),
        ([mark("p1.s2", 0, 5), mark("p1.s2", 5, 9)], ""),
        ([mark("p1.s2", 5, 9), mark("p1.s2", 0, 6)], "p1.s2: two marks overlap; take one away"),
        ([mark("p1.s2", 0, 6), mark("p2.s1", 5, 9)], ""),
        ([mark("p1.s2", 5, 9, "sure"), mark("p1.s2", 0, 6)], "p1.s2: two marks overlap; take one away"),
    ],
)
def test_the_form_of_an_answer(ask: Ask, answer: Any, problem: str) -> None:
    said = grade(*ask(MARK, KEY), answer).problem
    assert said == problem or (problem.endswith(" ") and said.startswith(problem) and "{" in said)


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ([mark("p1.s2", 5, 9, "sure"), mark("p1.s2", 0, 6)], ""),
        ([mark("p1.s2", 0, 6, "sure"), mark("p1.s2", 0, 6)], ""),
        ([mark("p1.s2", 5, 9), mark("p1.s2", 0, 6)], "p1.s2: two marks with one label overlap; take one away"),
    ],
)
def test_where_words_may_have_two_labels_one_label_is_still_given_once(ask: Ask, answer: Any, problem: str) -> None:
    assert grade(*ask(TWO, KEY), answer).problem == problem
