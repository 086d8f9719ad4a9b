"""Every kind on paper, empty and filled in, as it is read from top to bottom; and what a card is told of a question."""

import re
from typing import Any

import msgspec
import pytest
from asking import Ask, listed, words_of
from one_of_each import KINDS, MARKED

from dateline.kinds.view import printed_html, printed_plain, view

LINE = "_" * 12
TICKS = "ex | why | zed"
FERRY = "OSTREL (Ostrel Press Service) — The ferry will sail on Friday."
UNDERLINE = "It reportedly left the yard on 6 May. | Underline the words and write the letter of a label beside each: ex; why; zed."
CARDS = "Cross out up to 2 cards, then read those alone; what they say stands below. | open | who | when | what"
INSIDE = "What the cards say | T | I"
PRINTED: dict[str, tuple[Any, str, str]] = {
    "choose": ("y", "☐ ex | ☐ why | ☐ zed", "☐ ex | ☒ why | ☐ zed"),
    "choose-many": (["x", "z"], "☐ ex | ☐ why | ☐ zed | ☐ None of these.", "☒ ex | ☐ why | ☒ zed | ☐ None of these."),
    "match": ({"b": "y"}, f"{TICKS} | Aye | ☐ | ☐ | ☐ | Bee | ☐ | ☐ | ☐", f"{TICKS} | Aye | ☐ | ☐ | ☐ | Bee | ☐ | ☒ | ☐"),
    "ladder": ({"a": "x"}, f"{TICKS} | Aye | ☐ | ☐ | ☐ | Bee | ☐ | ☐ | ☐", f"{TICKS} | Aye | ☒ | ☐ | ☐ | Bee | ☐ | ☐ | ☐"),
    "tag": ({"p1.s1": "z"}, f"{TICKS} | p1.s1 {FERRY} | ☐ | ☐ | ☐", f"{TICKS} | p1.s1 {FERRY} | ☐ | ☐ | ☒"),
    "grid": ({"a/c": "z"}, f"Sea | Aye | {LINE} | Sea: ex; why; zed.", "Sea | Aye | zed | Sea: ex; why; zed."),
    "mark": ([], f"p1.s2 | {UNDERLINE} | ☐ Nothing to mark.", f"p1.s2 | {UNDERLINE} | ☐ Nothing to mark."),
    "order": (["b", "a"], "place (1 = first, 2 = last) | Aye | ____ | Bee | ____", "place (1 = first, 2 = last) | Aye | 2 | Bee | 1"),
    "number": (4.5, f"{LINE}  (from 0 to 9)", "4.5  (from 0 to 9)"),
    "range": ([30, 60.5], f"from {LINE} to {LINE}  (between 0 and 100)", "from 30 to 60.5  (between 0 and 100)"),
    "when": (
        {"a": "2031"},
        f"date or month, or “not stated” | Aye | {LINE} | Bee | {LINE}",
        f"date or month, or “not stated” | Aye | 2031 | Bee | {LINE}",
    ),
    "chain": (
        [{"from": "a", "to": "b", "inferred": True}, {"from": "b", "to": "a", "inferred": False}],
        "In this chain: Aye; Bee. | who | got it from | how we know" + f" | {LINE} | {LINE} | ☐ shown ☐ inferred" * 2,
        "In this chain: Aye; Bee. | who | got it from | how we know | Bee | Aye | inferred | Aye | Bee | shown",
    ),
    "desk": (
        {"before": 50, "opened": ["a"], "after": None},
        f"Before a card is opened: {LINE} % | {CARDS} | ☐ | W | D | T | At the end: {LINE} % | {INSIDE}",
        f"Before a card is opened: 50 % | {CARDS} | ☒ | W | D | T | At the end: {LINE} % | {INSIDE}",
    ),
    "write": ("A <line>.\nTwo.", " | ".join(["_" * 68] * 3), "A <line>. | Two."),
}
END = ["Exercise", "q", ". On screen this is a card that can be answered."]


@pytest.mark.parametrize("kind", PRINTED)
def test_on_paper(ask: Ask, kind: str) -> None:
    question, _ = ask(KINDS[kind][0], "")
    answer, blank, filled = PRINTED[kind]
    assert words_of(printed_html(question)) == ["What holds?", *blank.split(" | "), *END]
    assert words_of(printed_html(question, answer)) == ["What holds?", *filled.split(" | "), *END]
    assert words_of(printed_html(question, {"odd": 1})) == ["What holds?", *blank.split(" | "), *END]
    assert printed_plain(question) == "What holds?\nExercise q."


def test_marks_are_told_by_their_words_and_the_words_of_their_label(ask: Ask) -> None:
    question, _ = ask(KINDS["mark"][0], "")
    two = [MARKED | {"label": "y"}, {"at": "p1.s2", "start": 15, "end": 24, "label": "z"}]
    assert "Marked: p1.s2 “reportedly”: why; p1.s2 “eft the y”: zed" in words_of(printed_html(question, two))


def test_what_an_author_emphasises_is_emphasised_on_paper(ask: Ask) -> None:
    starred = KINDS["match"][0].replace("Aye", "An *Aye*").replace('"ex"', '"*ex*"').replace("why", "2 * 3 * 4")
    question, _ = ask(starred, "")
    told = printed_html(msgspec.structs.replace(question, prompt="What *holds* <here>?\nSay."))
    assert "<strong>What <em>holds</em> &lt;here&gt;?<br>\nSay.</strong>" in told
    assert "An <em>Aye</em></th>" in told
    assert "<em>ex</em></th>" in told
    assert "2 * 3 * 4</th>" in told


@pytest.mark.parametrize("kind", ["choose", "choose-many", "mark", "order", "when", "chain", "grid", "desk"])
def test_every_kind_emphasises_on_paper(ask: Ask, kind: str) -> None:
    question, _ = ask(re.sub(r'(text|title) = "(ex|Aye|Sea|T)"', r'\1 = "*\2*"', KINDS[kind][0]), "")
    told = printed_html(question)
    assert "<em>" in told
    assert "*" not in told


def test_one_card_is_asked_for_as_one(ask: Ask) -> None:
    question, _ = ask(KINDS["desk"][0].replace("budget = 2", "budget = 1"), "")
    assert "Cross out one card, then read that one alone; what it says stands below." in words_of(printed_html(question))


def test_a_question_among_the_links_of_a_chain_ends_its_sentence(ask: Ask) -> None:
    question, _ = ask(KINDS["chain"][0].replace("Bee", "Who else?"), "")
    assert "In this chain: Aye; Who else?" in words_of(printed_html(question))


def test_both_confidences_of_a_desk_are_printed(ask: Ask) -> None:
    question, _ = ask(KINDS["desk"][0], "")
    words = words_of(printed_html(question, {"before": 12.5, "opened": [], "after": 75}))
    assert [line for line in words if line.endswith("%")] == ["Before a card is opened: 12.5 %", "At the end: 75 %"]


def test_that_none_applies_is_crossed_too(ask: Ask) -> None:
    question, _ = ask(KINDS["choose-many"][0], "")
    assert words_of(printed_html(question, []))[1:5] == ["☐ ex", "☐ why", "☐ zed", "☒ None of these."]


GRID = """kind = "grid"
items = [{ id = "a", text = "Aye", reveal = "Later <A>." }, { id = "b", text = "Bee" }]
columns = [
    { id = "c", text = "Sea", choices = [{ id = "x", text = "ex" }] },
    { id = "d", text = "Dee", choices = [{ id = "y", text = "why" }] },
]
given = { "a/c" = "x" }
"""


def test_a_grid_shows_what_is_given_and_what_comes_later(ask: Ask) -> None:
    question, _ = ask(GRID, "")
    assert words_of(printed_html(question))[1:-3] == [
        *("Sea", "Dee"),
        *("Aye", "ex", LINE),
        *("Bee", LINE, LINE),
        "Sea: ex.",
        "Dee: why.",
        "When the first column is filled in, read on here:",
        "Aye Later <A>.",
    ]


@pytest.mark.parametrize(
    ("kind", "more", "words"),
    [
        ("number", 'unit = "km"\n', [f"{LINE} km (from 0 to 9)"]),
        ("range", 'unit = "%"\n', [f"from {LINE} to {LINE} % (between 0 and 100)"]),
        ("order", 'first = "weak"\nlast = "strong"\n', ["place (1 = weak, 2 = strong)", "Aye", "____", "Bee", "____"]),
        (
            "when",
            'offsets = ["+09:00", "Z"]\n',
            ["date or month, time and zone (+09:00, Z, or none if none is given), or “not stated”", "Aye", LINE, "Bee", LINE],
        ),
        ("write", "rows = 1\n", ["_" * 68]),
        ("match", 'given = { a = "x" }\n', [*TICKS.split(" | "), "Aye", "☒", "☐", "☐", "Bee", "☐", "☐", "☐"]),
    ],
)
def test_what_an_author_may_add_is_printed(ask: Ask, kind: str, more: str, words: list[str]) -> None:
    question, _ = ask(KINDS[kind][0] + more, "")
    assert words_of(printed_html(question))[1:-3] == words


SURE = (
    "How sure are you that your answer is right? ☐ a guess (25 %) ☐ leaning (50 %) ☐ fairly sure (70 %) ☐ very sure (85 %) ☐ certain (99 %)"
)


def test_passages_and_confidence_are_printed(ask: Ask) -> None:
    question, _ = ask('confidence = true\ntext = "ferry"\nshow = ["H1", "p1.s2"]\nkind = "write"\nrows = 1\n', "")
    passage = ["H1", "The ferry waits", "p1.s2", "It reportedly left the yard on 6 May."]
    assert words_of(printed_html(question))[:-3] == ["What holds?", *passage, "_" * 68, SURE]
    assert words_of(printed_html(question, None, 70))[-4] == SURE.replace("☐ fairly", "☒ fairly")
    assert "<strong>The ferry waits</strong>" in printed_html(question)
    assert "<strong>It reportedly" not in printed_html(question)
    assert printed_plain(question) == "What holds?\nH1  The ferry waits\np1.s2  It reportedly left the yard on 6 May.\nExercise q."


XYZ = [{"id": "x", "text": "ex", "letter": ""}, {"id": "y", "text": "why", "letter": ""}, {"id": "z", "text": "zed", "letter": ""}]
AB = [{"id": "a", "text": "Aye"}, {"id": "b", "text": "Bee"}]


def row(name: str, words: str, at: str = "", choices: Any = ()) -> dict[str, Any]:
    return {"id": name, "at": at, "words": words, "given": "", "choices": list(choices)}


VIEWS: dict[str, dict[str, Any]] = {
    "choose": {"rows": [row("", "")], "choices": XYZ},
    "match": {"rows": [row("a", "Aye"), row("b", "Bee")], "choices": XYZ},
    "ladder": {"rows": [row("a", "Aye"), row("b", "Bee")], "choices": XYZ},
    "tag": {"rows": [row("p1.s1", FERRY, "p1.s1")], "choices": XYZ},
    "grid": {
        "rows": [row("a/c", "Aye: Sea", choices=XYZ)],
        "items": [{"id": "a", "text": "Aye", "reveal": ""}],
        "columns": [{"id": "c", "text": "Sea"}],
    },
    "choose-many": {"choices": XYZ},
    "mark": {
        "choices": XYZ,
        "sentences": [
            {
                "at": "p1.s2",
                "words": [
                    *((0, 2, "It"), (3, 13, "reportedly"), (14, 18, "left"), (19, 22, "the")),
                    *((23, 27, "yard"), (28, 30, "on"), (31, 32, "6"), (33, 37, "May.")),
                ],
            }
        ],
    },
    "order": {"items": AB, "ends": ("first", "last")},
    "number": {"bounds": (0, 9), "unit": ""},
    "range": {"bounds": (0, 100), "unit": ""},
    "when": {"items": AB, "offsets": []},
    "chain": {"items": AB},
    "desk": {"items": [{"id": "a", "who": "W", "date": "D", "title": "T", "inside": "I"}], "budget": 2},
    "write": {"lines": 3},
}
ALL = {"id": "q", "prompt": "What holds?", "passage": [], "confidence": [], "hints": 0, "test": False, "unmarked": False}


@pytest.mark.parametrize("kind", VIEWS)
def test_what_a_card_is_told(ask: Ask, kind: str) -> None:
    question, _ = ask(KINDS[kind][0], "")
    assert view(question) == ALL | {"kind": kind} | VIEWS[kind]


def test_what_a_card_is_told_of_what_an_author_adds(ask: Ask) -> None:
    more = 'unmarked = true\nconfidence = true\nhints = ["1", "2"]\ntext = "ferry"\nshow = ["p1.s1"]\n'
    steps = 'kind = "choose"\none_by_one = true\n' + listed("choices", x="ex")
    question, _ = ask(more + steps, "")
    sure = [(25, "a guess"), (50, "leaning"), (70, "fairly sure"), (85, "very sure"), (99, "certain")]
    assert view(question) == ALL | {
        "kind": "choose",
        "passage": [{"at": "p1.s1", "words": FERRY}],
        "confidence": sure,
        "hints": 2,
        "unmarked": True,
        "rows": [row("", "")],
        "choices": XYZ[:1],
        "one_by_one": True,
    }
