"""What every question says to some answers, as hashes by question. The last line is what the book's own Python prints of it."""

import hashlib
import json

import msgspec

from dateline.kinds import feedback, grade, kind_of, solved
from dateline.learner.record import stems

ODD = (None, "", "nobody-has-this-id", [], {}, 7, {"nobody": ["x"]})
"""Answers that no card gives."""


def told(question, key, value):
    """How an answer stands, and what is said of it."""
    result = grade(question, key, value)
    return msgspec.to_builtins((result, feedback(question, key, value, result)))


def said_of(question, key):
    """All that is said of a question: what its card shows, and what is told of its model answer, of none and of odd ones."""
    values = [solved(question, key), *ODD] if key else ODD
    return [msgspec.to_builtins(kind_of(question).view(question)), *(told(question, key, value) for value in values)]


def hashed(thing):
    return hashlib.sha256(json.dumps(thing, sort_keys=True, default=str).encode()).hexdigest()


def marks():
    """The hash of each question."""
    return {one.id: hashed(said_of(one, (stem.keys or {}).get(one.id))) for stem in stems() for one in stem.lesson.question}


json.dumps(marks())
