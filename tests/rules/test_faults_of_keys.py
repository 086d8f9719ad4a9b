"""What an author is told of a question or a key that does not fit: where, what is wrong, and what to write instead."""

from typing import Any

import pytest
from asking import Ask
from lessons import WHY
from one_of_each import KINDS, XY

from dateline.kinds import kind_of

SOUND = {name: (question, key.replace('teach = "Keep."\nnext = "Do."\n', "")) for name, (question, key) in KINDS.items()}
SOUND["desk"] = (SOUND["desk"][0].replace("budget = 2", "budget = 1"), SOUND["desk"][1])
SOUND["order"] = (SOUND["order"][0], SOUND["order"][1].replace('[["a"], ["b"]]', '[["b"], ["a"]]'))
NAME_IT_THERE = 'Name the text in the question: text = "article"'
NAME_IT = 'Name the text: text = "article"'
OUT_OF_ONE = "Take it out of one"
BETTER = "Say of each why it is right or wrong"

# kind, what is written instead of what, where the fault is, what it is, what to write
ROWS: list[tuple[str, str, str, tuple[Any, ...], str, str]] = [
    # sentences and words of a text
    ("choose", 'kind = "choose"', 'show = ["p1.s1"]\nkind = "choose"', ("show",), "it shows sentences of no text", NAME_IT),
    (
        "write",
        'kind = "write"',
        'text = "ferry"\nshow = ["p9"]\nkind = "write"',
        ("show",),
        "there is no sentence 'p9' in the text 'ferry'",
        "…",
    ),
    ("tag", 'text = "ferry"\n', "", ("items",), "it asks about sentences of no text", NAME_IT),
    ("tag", 'items = ["p1.s1"]', 'items = ["p1.s1", "p9.s1"]', ("items",), "there is no sentence 'p9.s1' in the text 'ferry'", "…"),
    ("tag", 'items = ["p1.s1"]', 'items = ["p1.s1", "p1.s1"]', ("items",), "'p1.s1' is there twice among its items", "Give each its own"),
    ("choose", 'right = ["x"]', 'right = ["x"]\nlook = "sail"', ("look",), "the words 'sail' are of no text", NAME_IT_THERE),
    ("when", 'look = ""', 'look = "6 May"', ("items", "a", "look"), "the words '6 May' are of no text", NAME_IT_THERE),
    ("tag", 'right = ["x"]', 'right = ["x"]\nlook = "row"', ("items", "p1.s1", "look"), "the words 'row' are not in p1.s1", "…"),
    (
        "mark",
        'show = ["p1.s2"]',
        "",
        ("show",),
        "no sentences are shown to mark words in",
        'Name a text, and sentences of it: show = ["p1"]',
    ),
    ("mark", 'words = "reportedly"', 'words = "perhaps"', ("span", 0, "words"), "the words 'perhaps' are not in p1.s2", "…"),
    # choices, labels, cells
    ("choose", 'right = ["x"]', 'right = ["w"]', ("right",), "'w' is not a choice", "Use one of: x, y, z"),
    ("choose", 'half = ["z"]', 'half = ["w"]', ("half",), "'w' is not a choice", "Use one of: x, y, z"),
    ("choose", 'half = ["z"]', 'half = ["x"]', ("half",), "'x' is both right and half right", OUT_OF_ONE),
    ("choose", 'right = ["x"]', 'right = ["x", "y"]', ("misconception",), "'y' is both right and a misconception", OUT_OF_ONE),
    ("choose", '{ y = "were-heard"', '{ w = "were-heard"', ("misconception",), "'w' is not a choice", "Use one of: x, y, z"),
    ("choose", ', z = "Z does not."', "", ("why",), "there is no reason for 'z'", "Add it to why: z = "),
    (
        "choose",
        'z = "Z does not."',
        'z = "Z does not.", w = "W."',
        ("why", "w"),
        "there is a reason for 'w', which cannot be answered",
        "Take it out, or use one of: x, y, z",
    ),
    ("choose", '"Z does not."', '"Y does not."', ("why",), "two answers share one reason", BETTER),
    ("choose", '"Z does not."', '" "', ("why", "z"), "the reason for 'z' is empty", "Say why in a sentence"),
    (
        "match",
        "[q.items.b]",
        "[q.items.c]",
        ("items",),
        "there is no verdict for 'b'",
        "Add one, or give something that is asked in the question",
    ),
    ("match", "[q.items.b]", "[q.items.c]", ("items",), "'c' is not something that is asked", "Use one of: a, b"),
    (
        "match",
        'kind = "match"',
        'given = { c = "x" }\nkind = "match"',
        ("given",),
        "'c' is not an item of this question",
        "Use one of: a, b",
    ),
    ("match", 'kind = "match"', 'given = { a = "w" }\nkind = "match"', ("given", "a"), "'w' is not a choice", "Use one of: x, y, z"),
    (
        "match",
        'kind = "match"',
        'given = { a = "x", b = "x" }\nkind = "match"',
        (),
        "nothing is asked: every cell is given",
        "Take one out of given",
    ),
    ("grid", 'id = "c"', 'id = "c/d"', (), "the id 'c/d' holds a slash", "Take it out: a cell is named row/column"),
    (
        "grid",
        "columns = [",
        f'columns = [{{ id = "c", text = "Again", {XY.strip()} }}, ',
        ("columns",),
        "'c' is there twice among its columns",
        "Give each its own",
    ),
    ("choose-many", 'optional = ["z"]', 'optional = ["x"]', ("optional",), "'x' is both right and optional", OUT_OF_ONE),
    ("choose-many", 'optional = ["z"]', 'optional = ["w"]', ("optional",), "'w' is not a choice", "Use one of: x, y, z"),
    ("choose-many", 'right = ["x"]', 'right = ["x", "y"]', ("misconception",), "'y' is both right and a misconception", OUT_OF_ONE),
    ("choose-many", ', y = "Y does not."', "", ("why",), "there is no reason for 'y'", "Add it to why: y = "),
    # marks
    ("mark", '"p1.s2" = "Plain."', "", ("fine",), "there is no reason why the other words of p1.s2 are fine", 'Add to fine: "p1.s2" = '),
    ("mark", '"Plain."', '"Plain.", "p1.s1" = "Odd."', ("fine", "p1.s1"), "'p1.s1' is not a sentence that is shown", "Use one of: p1.s2"),
    ("mark", 'at = "p1.s2"', 'at = "p1.s1"', ("span", 0, "at"), "'p1.s1' is not a sentence that is shown", "Use one of: p1.s2"),
    ("mark", 'right = ["x"]', 'right = ["w"]', ("span", 0, "right"), "'w' is not a label", "Use one of: x, y, z"),
    ("mark", '{ y = "were-heard"', '{ w = "were-heard"', ("span", 0, "misconception"), "'w' is not a label", "Use one of: x, y, z"),
    ("mark", ', z = "Z does not."', "", ("span", 0, "why"), "there is no reason for 'z'", "Add it to why: z = "),
    ("mark", "fine = ", "enough = 2\nfine = ", ("enough",), "enough asks for 2 marks and 1 can count", "Lower enough"),
    # orders, numbers, ranges
    (
        "order",
        '[["b"], ["a"]]',
        '[["a"], ["b"]]',
        ("order",),
        "the items stand in the right order already",
        "Put them in another order in the question",
    ),
    ("order", '[["b"], ["a"]]', '[["b", "a"], ["a"]]', ("order",), "an item has two places", "Give it one"),
    ("order", '[["b"], ["a"]]', '[["b"]]', ("order",), "there is no verdict for 'a'", "Add one, or give an item in the question"),
    ("order", '[["b"], ["a"]]', '[["b"], ["a", "c"]]', ("order",), "'c' is not an item", "Use one of: a, b"),
    ("order", ', b = "B."', "", ("why",), "there is no reason for 'b'", "Add it to why: b = "),
    ("number", "low = 0\nhigh = 9", "low = 9\nhigh = 9", ("low",), "low (9) is not below high (9)", "Write the lower bound first"),
    ("number", "value = 4", "value = 9.5", ("value",), "9.5 is not between the question's bounds", "Correct the value or the bounds"),
    (
        "number",
        "near = 2",
        "near = 2\ntolerance = 2",
        ("near",),
        "near (2) lies inside the tolerance (2)",
        "Make near larger than tolerance, or leave it out",
    ),
    (
        "number",
        "value = 0, why",
        "value = 9.5, why",
        ("trap", 0),
        "the trap 9.5 is not between the question's bounds",
        "Nobody can fall into it",
    ),
    ("number", "near = 2", "tolerance = 4", ("trap", 0), "the trap 0 is right", "Take it out, or narrow the tolerance"),
    ("number", ', high = "H."', "", ("why",), "there is no reason for 'high'", "Add it to why: high = "),
    (
        "number",
        "value = 4",
        'data = "Perhaps"\nvalue = 4',
        (),
        "a number is set against a value or against data, one of the two",
        "Give value, or name the data",
    ),
    ("range", ', wide = "W."', "", ("why",), "there is no reason for 'wide'", "Add it to why: wide = "),
    ("range", "low = 0\nhigh = 100", "low = 100\nhigh = 0", ("low",), "low (100) is not below high (0)", "Write the lower bound first"),
    # dates
    (
        "when",
        'kind = "when"',
        'offsets = ["9:00"]\nkind = "when"',
        ("offsets",),
        "'9:00' is not an offset",
        "Write Z or an offset such as +09:00",
    ),
    ("when", "[q.items.b]", "[q.items.c]", ("items",), "there is no verdict for 'b'", "Add one, or give an item in the question"),
    ("when", ', coarse = "C."', "", ("items", "a", "why"), "there is no reason for 'coarse'", "Add it to why: coarse = "),
    (
        "when",
        'right = ["2031-05-06"]',
        'right = ["6 May"]',
        ("items", "a", "right"),
        "'6 May' is not a date",
        "Write 2025-12-24, 2025-12, 2025-12-24T17:00+09:00, 2025-12-24T17:00, or not stated",
    ),
    (
        "when",
        '{ "2031-05-09" = "T." }',
        '{ "9 May" = "T." }',
        ("items", "a", "trap"),
        "'9 May' is not a date",
        "Write 2025-12-24, 2025-12, 2025-12-24T17:00+09:00, 2025-12-24T17:00, or not stated",
    ),
    (
        "when",
        '"T." }',
        '"T.", "2031-05" = "U." }',
        ("items", "a", "trap"),
        "the trap '2031-05' is right, or right but for its precision",
        "Take it out",
    ),
    ("when", '"T." }', '"T.", "2031-05-08" = "T." }', ("items", "a", "trap"), "two answers share one reason", BETTER),
    (
        "when",
        'misconception = { "2031-05-09"',
        'misconception = { "2031-05-08"',
        ("items", "a", "misconception"),
        "'2031-05-08' is not a trap",
        "Use one of: 2031-05-09",
    ),
    # chains, desks, open text
    ("chain", ', { id = "b", text = "Bee" }]', "]", ("items",), "a chain has at least two links", "Add one"),
    ("chain", 'to = "b"', 'to = "c"', ("edge",), "'c' is not in this chain", "Use one of: a, b"),
    ("chain", 'to = "b"', 'to = "a"', ("edge", 0), "'a' cannot have it from itself", "Correct one of the two ends"),
    (
        "chain",
        'why = "W."',
        'why = "W."\n[[q.edge]]\nfrom = "a"\nto = "b"\nwhy = "V."',
        ("edge",),
        "'a to b' is there twice among the steps",
        "Give each its own",
    ),
    ("chain", ', b = "B." }', " }", ("wrong",), "there is no verdict for 'b'", "Add one, or give an item in the question"),
    ("chain", 'b = "B."', 'b = "A."', ("wrong",), "two answers share one reason", BETTER),
    ("desk", "budget = 1", "budget = 2", ("budget",), "the budget is 2 cards and there are 1", "Lower the budget"),
    (
        "desk",
        "enough = 1.0",
        "enough = 1.5",
        ("enough",),
        "1.5 is not to be had: the best that 1 card can be worth is 1",
        "Lower enough or raise the budget",
    ),
    ("desk", "{ a = {", "{ b = {", ("items",), "there is no verdict for 'a'", "Add one, or give a card in the question"),
    ("desk", ', still = "S."', "", ("why",), "there is no reason for 'still'", "Add it to why: still = "),
    ("desk", 'leans = 1, why = "W."', 'leans = 1, why = ""', ("items", "a"), "the reason for 'a' is empty", "Say why in a sentence"),
    (
        "write",
        'model = ["M."]',
        'model = ["M."]\nwords = [3, 3]',
        ("words",),
        "from 3 to 3 words is no length",
        "Write the fewest first, then the most",
    ),
    ("write", 'model = ["M."]', 'model = ["M."]\nwords = [2, 3]', ("model",), "a model answer has 1 word", "Keep it to 2 to 3"),
    (
        "write",
        'model = ["M."]',
        'model = ["M."]\n[[q.features]]\nname = "verb"\nany = ["said"]\nmissing = "Look."',
        ("model",),
        "a model answer does not pass its own check for verb",
        "Add a word to `any`, or correct the model",
    ),
    (
        "write",
        'model = ["M."]',
        'model = ["M."]\n[[q.features]]\nname = "length"\nany = ["m"]\nmissing = "Look."',
        ("features",),
        "a feature is named 'length', which stands for the number of words",
        "Choose another name",
    ),
]


def faults(ask: Ask, kind: str, old: str = "", new: str = "") -> list[tuple[Any, str, str]]:
    written, keyed = SOUND[kind]
    if kind == "when":  # the precision of a right date asks for a reason why less is less
        keyed = keyed.replace('right = "R.", other = "O." }', 'right = "R.", other = "O.", coarse = "C." }\nlook = ""', 1)
    assert old in written + keyed, old
    question, key = ask(written.replace(old, new, 1), keyed if old in written else keyed.replace(old, new, 1))
    found = kind_of(question)
    return [(fault.where, fault.what, fault.fix) for fault in (*found.question_faults(question), *found.faults(question, key))]


@pytest.mark.parametrize("kind", KINDS)
def test_a_sound_key_has_no_fault(ask: Ask, kind: str) -> None:
    assert faults(ask, kind) == []


@pytest.mark.parametrize(("kind", "old", "new", "where", "what", "fix"), ROWS, ids=[f"{kind}: {what}" for kind, _, _, _, what, _ in ROWS])
def test_a_fault_is_told_with_its_place_and_what_to_write(
    ask: Ask, kind: str, old: str, new: str, where: tuple[Any, ...], what: str, fix: str
) -> None:
    found = faults(ask, kind, old, new)
    if fix == "…":  # the text says which of its sentences or words is near
        assert (where, what) in [fault[:2] for fault in found]
    else:
        assert (where, what, fix) in found


FEATURES = "".join(f'[[q.features]]\nname = "{name}"\nany = ["{name}"]\nmissing = "Look."\n' for name in ("verb", "noun"))


@pytest.mark.parametrize(
    ("kind", "more", "told"),
    [
        ("mark", "enough = 1\n", []),
        ("write", "words = [0, 1]\n", []),
        ("write", "words = [1, 2]\n", []),
        ("write", FEATURES, ["a model answer does not pass its own check for verb, noun"]),
    ],
)
def test_the_last_that_fits_and_all_that_is_missing(ask: Ask, kind: str, more: str, told: list[str]) -> None:
    question, written = SOUND[kind]
    read = ask(question, written + more if kind == "write" else more + written)
    assert [fault.what for fault in kind_of(read[0]).faults(*read)] == told


def test_words_to_look_at_need_a_sentence(ask: Ask) -> None:
    question, key = ask('text = "ferry"\nkind = "choose"\n' + XY, f'right = ["x"]\nlook = "left"\n{WHY}')
    told = [("nobody says in which sentence 'left' stands", 'Say where: at = "p1.s1"')]
    assert [(fault.what, fault.fix) for fault in kind_of(question).faults(question, key)] == told


def test_two_faults_of_one_key_are_both_told(ask: Ask) -> None:
    question, key = ask('kind = "choose"\n' + XY, f'right = ["w"]\nhalf = ["v"]\n{WHY}')
    assert [fault.what for fault in kind_of(question).faults(question, key)] == ["'w' is not a choice", "'v' is not a choice"]
