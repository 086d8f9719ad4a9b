"""What a number or a list in a question or its key may be: the last value that is read, and the first that is refused."""

import pytest
from asking import Ask, listed
from one_of_each import AB, KINDS, XY

from dateline.faults import CourseError

RANGES = [
    # kind, what stands there, what is read, what is refused
    ("desk", "budget = 2", "budget = 1", "budget = 0"),
    ("desk", "enough = 1.0", "enough = 0.01", "enough = 0"),
    ("desk", "worth = 1.0", "worth = 1", "worth = 1.01"),
    ("desk", "worth = 1.0", "worth = 0", "worth = -0.01"),
    ("desk", "leans = 1", "leans = -1", "leans = -2"),
    ("mark", "fine = {", "enough = 0\nfine = {", "enough = -1\nfine = {"),
    ("number", "near = 2", "near = 0", "near = -0.1"),
    ("number", "near = 2", "tolerance = 0", "tolerance = -0.1"),
    ("write", 'kind = "write"\n', 'kind = "write"\nrows = 1\n', 'kind = "write"\nrows = 0\n'),
    ("write", 'kind = "write"\n', 'kind = "write"\nrows = 60\n', 'kind = "write"\nrows = 61\n'),
    ("choose", 'id = "z"', 'id = "z"', 'id = ""'),
    ("order", 'id = "b"', 'id = "b"', 'id = ""'),
    ("choose-many", 'right = ["x"]', 'right = ["x"]', "right = []"),
    ("match", 'right = ["x"]', 'right = ["x"]', "right = []"),
    ("choose", XY.strip(), listed("choices", x="ex").strip(), "choices = []"),
    ("chain", AB.strip(), listed("items", a="Aye").strip(), "items = []"),
]


@pytest.mark.parametrize(("kind", "old", "read", "refused"), RANGES, ids=[f"{kind} {number}" for number, (kind, *_) in enumerate(RANGES)])
def test_what_is_read_and_what_is_refused(ask: Ask, kind: str, old: str, read: str, refused: str) -> None:
    question, key = KINDS[kind]
    key = key.replace('teach = "Keep."\nnext = "Do."\n', "")
    assert old in question + key
    ask(question.replace(old, read, 1), key.replace(old, read, 1))
    with pytest.raises(CourseError):
        ask(question.replace(old, refused, 1), key.replace(old, refused, 1))
