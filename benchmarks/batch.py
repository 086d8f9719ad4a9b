"""Decoding and grading answer documents on one core: how long for a thousand, ten thousand, a hundred thousand, and how much memory.

A document here is a module of answers as a learner hands it in: every question of lesson 1.1, right, half right and wrong.
"""

import random
import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from bots import at_random

from dateline.answers.document import Answer, Document, decode_document, encode
from dateline.bank import exercise_files, load_stem
from dateline.kinds import grade

LESSON = next(load_stem(path) for path in exercise_files() if path.stem.startswith("11"))
DIFFERENT = 500


def documents() -> list[bytes]:
    """Different documents, with the fields that a learner's have."""
    luck = random.Random(3)
    made = []
    for _ in range(DIFFERENT):
        values = {question.id: at_random(question, luck) or "A line of the learner's own." for question in LESSON.lesson.question}
        answers = {name: Answer(value=value, confidence=70, saved="2026-11-23T12:00:00.000Z", checks=1) for name, value in values.items()}
        made.append(encode(Document(module="1", answers=answers)))
    return made


def grade_document(raw: bytes) -> float:
    """The points of one document."""
    answers = decode_document(raw, "1").answers
    keys = LESSON.keys or {}
    return sum(grade(question, keys[question.id], answers[question.id].value).points for question in LESSON.lesson.question)


def main() -> None:
    """Print seconds and memory for growing numbers of documents."""
    raws = documents()
    print(f"{len(LESSON.lesson.question)} questions and {len(raws[0]):,} bytes in a document")
    for count in (1_000, 10_000, 100_000):
        start = time.perf_counter()
        for number in range(count):
            grade_document(raws[number % DIFFERENT])
        seconds = time.perf_counter() - start
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{count:8,} documents  {seconds:7.2f} s  {seconds / count * 1e6:6.1f} µs each  {memory:5.0f} MB at most")


if __name__ == "__main__":
    main()
